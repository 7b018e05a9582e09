"""What every script and style of the explorer keeps to."""

import re

import pytest

from app.web import files

SCRIPTS = sorted(path.name for path in files.FOLDER.glob("*.js"))


def read(name: str) -> str:
    return (files.FOLDER / name).read_text(encoding="utf-8")


def test_there_are_scripts() -> None:
    assert "explorer.js" in SCRIPTS


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_is_small_says_what_it_is_and_never_makes_markup_of_text(name: str) -> None:
    script = read(name)
    assert len(script.splitlines()) < 300
    assert script.startswith("/**") and "@file" in script[:20]
    made_markup = (
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|srcdoc|setHTML|DOMParser"
    )
    assert not re.findall(made_markup, script)


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_asks_nobody_else(name: str) -> None:
    named = set(re.findall(r"https?://[^\s\"'`/\\]+", read(name))) - {"http://www.w3.org"}
    assert named == set()
    imported = re.findall(r"""\b(?:from\s+|import\s*\(?)["']([^"']+)["']""", read(name))
    assert [one for one in imported if one.removeprefix("./") not in SCRIPTS] == []


@pytest.mark.parametrize("name", sorted(path.name for path in files.FOLDER.glob("*.css")))
def test_a_style_loads_nothing(name: str) -> None:
    assert not re.findall(r"url\(|@import", read(name))

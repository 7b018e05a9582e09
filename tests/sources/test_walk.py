from pathlib import Path

import pytest

from app.errors import Malformed, SourceError, Unreadable
from app.sources import walk


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.txt", "a.HTML", "sub/c.jsonl", "sub/d.htm", ".hidden.txt", ".git/e.txt", "README.md", "f.pdf"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    return tmp_path


def files(*paths: str, base: Path) -> list[Path | SourceError]:
    return list(walk.files(map(Path, paths), base=base))


def test_a_folder_gives_what_can_be_read_in_order_of_names(folder):
    assert files(".", base=folder) == [Path("a.HTML"), Path("b.txt"), Path("sub/c.jsonl"), Path("sub/d.htm")]


def test_a_file_that_is_reached_twice_is_given_once(folder):
    assert files("b.txt", ".", str(folder / "b.txt"), base=folder)[0] == Path("b.txt")
    assert len(files("b.txt", ".", str(folder / "b.txt"), base=folder)) == 4


def test_a_named_file_that_no_reader_takes_lists_what_is_accepted(folder):
    [pdf, readme] = files("f.pdf", "README.md", base=folder)
    assert isinstance(pdf, Malformed)
    assert str(pdf) == "f.pdf: is not a file that is read: accepted are .txt, .html, .htm, .jsonl"
    assert isinstance(readme, Malformed)


def test_a_missing_path_is_an_error_and_the_others_are_given(folder):
    missing, found = files("none.txt", "b.txt", base=folder)
    assert isinstance(missing, Unreadable)
    assert (str(missing), found) == ("none.txt: does not exist", Path("b.txt"))


def test_linked_folders_are_not_followed_in_a_circle(folder):
    (folder / "sub" / "up").symlink_to(folder, target_is_directory=True)
    assert len(files(".", base=folder)) == 4


def test_a_hidden_file_is_read_when_it_is_named(folder):
    assert files(".hidden.txt", base=folder) == [Path(".hidden.txt")]


def test_a_folder_that_cannot_be_listed_is_an_error(folder, monkeypatch):
    def refuse(self: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refuse)
    [found] = files("sub", base=folder)
    assert isinstance(found, Unreadable)
    assert str(found) == "sub: Permission denied"

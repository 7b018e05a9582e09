from pathlib import Path

import pytest

from app import lexicon
from app.errors import LexiconError
from app.lexicon import DATA
from app.lexicon.roles import Role, RoleTable, load_roles

ROW = """
[[role]]
word = "envoy"
functions = ["ambassador", "foreign-minister"]
"""
FUNCTIONS = frozenset(("ambassador", "foreign-minister", "spokesperson"))
ROLE = f'never_behind = ["opposition"]\n{ROW}'


def refusal(folder: Path, text: str) -> LexiconError:
    (folder / "roles.toml").write_text(text, encoding="utf-8")
    with pytest.raises(LexiconError) as caught:
        load_roles(folder, FUNCTIONS)
    return caught.value


def test_a_word_stands_for_the_holders_of_its_functions(tmp_path):
    (tmp_path / "roles.toml").write_text(ROLE, encoding="utf-8")
    envoy = Role(frozenset(("ambassador", "foreign-minister")), titled=False)
    assert load_roles(tmp_path, FUNCTIONS) == RoleTable({"envoy": envoy}, frozenset(("opposition",)))


def test_the_shipped_words_are_lower_case_and_name_functions_that_offices_have():
    loaded = lexicon.load()
    functions = frozenset(office.function for office in loaded.actors.offices.values())
    assert loaded.roles == load_roles(DATA, functions)
    assert {word for word in loaded.roles.roles if not word.islower()} == set()
    assert {word for word in loaded.roles.never_behind if not word.islower()} == set()
    assert "ambassador" in loaded.roles.roles["diplomat"].functions
    assert loaded.roles.roles["king"].titled


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (ROLE.replace('"ambassador"', '"sultan"'), "row 1, field 'functions': no office has the function 'sultan'"),
        (
            ROLE + ROW.replace("envoy", "aide").replace('"ambassador", "foreign-minister"', '"b", "a"'),
            "row 2, field 'functions': no office has the function 'a'",
        ),
        (ROLE.replace('["opposition"]', '"opposition"'), "row -, field 'never_behind': "),
        ("[[role]\n", "row -, field '-': cannot be read as TOML in UTF-8"),
    ],
)
def test_a_role_that_cannot_be_right_is_refused_with_file_row_and_field(tmp_path, text, message):
    assert str(refusal(tmp_path, text)).startswith(f"roles.toml, {message}")


@pytest.mark.parametrize("field", ["word", "functions"])
def test_a_role_without_one_of_its_fields_is_refused(tmp_path, field):
    text = "\n".join(line for line in ROLE.splitlines() if not line.startswith(field))
    refused = refusal(tmp_path, text)
    assert (refused.file, refused.row, refused.field) == ("roles.toml", 1, field)


def test_a_word_that_stands_twice_is_refused(tmp_path):
    refused = refusal(tmp_path, ROLE + ROW)
    assert (refused.row, refused.field) == (2, "word")

from datetime import date
from pathlib import Path

import pytest

from app.errors import LexiconError
from app.lexicon import tables
from app.lexicon.tables import Row, read_csv, read_toml, toml_row


@pytest.fixture
def table(tmp_path):
    def write(text: str, name: str = "things.csv") -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def row(**fields: str) -> Row:
    return Row("things.csv", 7, fields)


def refusal(call, *args, **options) -> str:
    with pytest.raises(LexiconError) as caught:
        call(*args, **options)
    return str(caught.value)


def test_a_row_gives_its_fields_stripped_and_counts_from_one(table):
    path = table("id,name,aliases\na, Ångström ,x| y\n\nb,B,\n")
    first, second = read_csv(path, required=("id", "name"), optional=("aliases",), unique="id")
    assert first == Row("things.csv", 1, {"id": "a", "name": "Ångström", "aliases": "x| y"})
    assert first.many("aliases") == ("x", "y")
    assert (second.number, second.many("aliases"), second.optional("aliases")) == (2, (), None)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("id\na\n", "things.csv, row header, field 'name': is missing"),
        ("id,name,aliases,colour\na,A,,red\n", "field 'colour': is unknown: use id, name, aliases"),
        ("id,name,aliases,name\na,A,,B\n", "field 'name': stands there twice"),
        ("id,name,aliases\na,A,\nb,,\n", "things.csv, row 2, field 'name': must not be empty"),
        ("id,name,aliases\na,A\n", "things.csv, row 1, field 'aliases': the row has 2 fields, the header 3"),
        ("id,name,aliases\na,A,,x\n", "things.csv, row 1, field 'aliases': the row has 4 fields, the header 3"),
        ("id,name,aliases\na,A,\na,B,\n", "things.csv, row 2, field 'id': 'a' is already in row 1"),
        ('id,name,aliases\na,"A,\n', "things.csv, row -, field '-': cannot be read as CSV"),
        ("", "things.csv, row header, field 'id': is missing"),
    ],
)
def test_a_csv_file_that_cannot_be_right_is_refused(table, text, message):
    path = table(text)
    assert message in refusal(read_csv, path, required=("id", "name"), optional=("aliases",), unique="id")


def test_a_file_that_is_missing_or_not_utf8_is_refused_by_name(tmp_path):
    assert "none.csv" in refusal(read_csv, tmp_path / "none.csv", required=("id",))
    (tmp_path / "latin.csv").write_bytes("id\nÉlysée\n".encode("latin-1"))
    assert "latin.csv" in refusal(read_csv, tmp_path / "latin.csv", required=("id",))


@pytest.mark.parametrize("text", ["2022", "2022-01", "2022-01-26", "0001-01-01"])
def test_a_span_is_a_year_month_or_day(text):
    span = row(start=text).span("start")
    assert span is not None and span.edtf == text


def test_an_empty_date_is_no_span():
    assert row(start="").span("start") is None


@pytest.mark.parametrize(
    "text", ["2022-02-30", "2022-13", "26 January 2022", "202X", "2022-21", "2022~", "2021/2022", "[2022..2023]"]
)
def test_any_other_date_is_refused(text):
    message = refusal(row(start=text).span, "start")
    assert "things.csv, row 7, field 'start'" in message and repr(text) in message and "use YYYY" in message


@pytest.mark.parametrize("text", ["a||b", "a|", "|", "a|b|a"])
def test_a_list_with_an_empty_or_a_repeated_part_is_refused(text):
    assert "things.csv, row 7, field 'aliases'" in refusal(row(aliases=text).many, "aliases")


def test_a_choice_a_flag_and_a_reference_name_what_would_be_accepted():
    assert row(single="yes").flag("single") is True
    assert "'perhaps' is none of: yes, no" in refusal(row(single="perhaps").flag, "single")
    assert "'red' is none of: blue, green" in refusal(row(colour="red").choice, "colour", ("blue", "green"))
    assert row(state="").reference("state", {"RUS"}) is None
    assert "nothing has the id 'XYZ'" in refusal(row(state="XYZ").reference, "state", {"RUS"})
    assert "nothing has the id 'XYZ'" in refusal(row(states="RUS|XYZ").references, "states", {"RUS"})


def test_a_toml_table_gives_the_row_that_csv_would(table):
    text = '[[thing]]\nid = "a"\naliases = ["x", "y"]\nsingle = true\nstart = 2022-01-26\nyear = 2022\n'
    path = table(text, "own.toml")
    [entry] = tables.tables(read_toml(path), "thing", file=path.name)
    read = toml_row(path.name, 1, entry, required=("id",), optional=("aliases", "single", "start", "year"))
    assert (read.many("aliases"), read.flag("single")) == (("x", "y"), True)
    assert [str(read.span(field)) for field in ("start", "year")] == ["2022-01-26", "2022"]


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ({}, "own.toml, row 3, field 'id': is missing"),
        ({"id": ""}, "own.toml, row 3, field 'id': must not be empty"),
        ({"id": "a", "colour": "red"}, "own.toml, row 3, field 'colour': is unknown"),
        ({"id": "a", "name": {"x": 1}}, "own.toml, row 3, field 'name'"),
    ],
)
def test_a_toml_table_that_cannot_be_right_is_refused(entry, message):
    assert message in refusal(toml_row, "own.toml", 3, entry, required=("id",), optional=("name",))


def test_broken_toml_and_a_table_in_place_of_an_array_are_refused(table):
    assert "own.toml" in refusal(read_toml, table("id = ", "own.toml"))
    assert "written [[thing]]" in refusal(tables.tables, {"thing": {"id": "a"}}, "thing", file="own.toml")


def test_an_absent_array_has_no_tables():
    assert tables.tables({}, "thing", file="own.toml") == []


def test_a_date_given_as_toml_date_is_read_as_a_day():
    read = toml_row("own.toml", 1, {"start": date(2022, 1, 26)}, required=("start",))
    assert str(read.span("start")) == "2022-01-26"

import json
from io import BytesIO

import pytest

from app.core import calendar
from app.core.model import Article
from app.errors import Empty, Malformed, NotText, SourceError, TooLarge, Unreadable, WrongEncoding
from app.sources import jsonl

GOOD = '{"id": "g", "text": "Moscow said."}'


def read(folder, *lines: str | bytes) -> list[Article | SourceError]:
    path = folder / "a.jsonl"
    path.write_bytes(b"\n".join(line.encode() if isinstance(line, str) else line for line in lines))
    return list(jsonl.read(path, base=folder))


def record(line: str | bytes, **limits: int) -> jsonl.Record:
    [found] = jsonl.records(BytesIO(line.encode() if isinstance(line, str) else line), name="a", **limits)
    return found


def test_each_line_is_an_article_known_by_its_address_or_its_id(tmp_path):
    full = {"id": "1", "text": "One", "date": "2022-01", "url": "https://a.example/x#y", "outlet": " A ", "title": ""}
    assert read(tmp_path, json.dumps(full), '{"id": 2, "text": "Two", "date": "XXXX-01-26"}\r') == [
        Article(
            "https://a.example/x",
            "One",
            outlet="A",
            address="https://a.example/x",
            stated_date=calendar.parse("2022-01"),
        ),
        Article("a.jsonl#2", "Two", stated_month_day=(1, 26)),
    ]


BROKEN = [
    ("", Empty, "is an empty line"),
    ("nope", Malformed, "is not JSON: Expecting value"),
    ("[1]", Malformed, "is a JSON list: accepted is an object with id, text, html, date, url, outlet, title"),
    ("null", Malformed, "is a JSON null"),
    ("{}", Malformed, '"text" is missing: accepted is a text'),
    ('{"id": "x", "text": null}', Malformed, '"text" is a null'),
    ('{"id": "x", "text": 3}', Malformed, '"text" is a number'),
    ('{"id": "x", "text": ["a"]}', Malformed, '"text" is a list'),
    ('{"id": "x", "text": " "}', Empty, '"text" holds nothing but white space'),
    ('{"id": "x", "text": "a\\u0000b"}', NotText, '"text" has a NUL character at offset 1'),
    ('{"id": ["x"], "text": "a"}', Malformed, '"id" is a list: accepted is a text or a whole number'),
    ('{"id": true, "text": "a"}', Malformed, '"id" is a truth value'),
    ('{"id": "x", "text": "a", "date": "soon"}', Malformed, "\"date\" is 'soon': use EDTF"),
    ('{"id": "x", "text": "a", "date": 1.5}', Malformed, '"date" is 1.5: use EDTF'),
    ('{"id": "x", "text": "a", "url": "soon"}', Malformed, "\"url\" is 'soon': accepted is a web address"),
    ('{"id": "x", "text": "a", "outlet": 1}', Malformed, '"outlet" is 1: accepted is a text'),
    ('{"id": "x", "text": "a", "n": NaN}', Malformed, "is not JSON: NaN is no JSON number"),
    ('{"id": "x", "text": "a", "n": ' + "1" * 5000 + "}", Malformed, "is not JSON"),
    ("[" * 200_000, Malformed, "is nested too deep to be a record"),
    (b'{"id": "x", "text": "caf\xe9"}', WrongEncoding, "byte 0xe9 at offset 24 is not valid UTF-8"),
    (b"\x00\x01", NotText, "binary content"),
    ('{"text": "a"}', Malformed, 'has neither "id" nor "url"'),
    (GOOD, Malformed, "comes twice: '#g' stands on an earlier line"),
]


@pytest.mark.parametrize(("line", "error", "message"), BROKEN, ids=[message[:40] for _, _, message in BROKEN])
def test_a_broken_line_is_named_by_its_number_and_the_others_land(tmp_path, line, error, message):
    first, broken, last = read(tmp_path, GOOD, line, '{"id": "h", "text": "Kyiv said."}')
    assert [first, last] == [Article("a.jsonl#g", "Moscow said."), Article("a.jsonl#h", "Kyiv said.")]
    assert isinstance(broken, error)
    assert str(broken).startswith("a.jsonl:2: ")
    assert message in str(broken)


def test_two_records_of_one_address_come_twice(tmp_path):
    lines = (json.dumps({"id": number, "text": "a", "url": "https://a.example/"}) for number in (1, 2))
    _, second = read(tmp_path, *lines)
    assert str(second) == "a.jsonl:2: comes twice: 'https://a.example/' stands on an earlier line"


def test_half_a_surrogate_pair_is_replaced_without_moving_offsets():
    found = record('{"id": "\\ud800", "text": "a\\ud800b\\ud83d\\ude00c"}')
    assert isinstance(found.outcome, Article)
    assert found.outcome.text == "a\ufffdb\U0001f600c"
    assert found.outcome.key == "a#\ufffd"
    assert found.id == "\ud800"


def test_a_line_above_the_limit_is_passed_over_without_being_kept():
    stream = BytesIO(b'{"id": 1, "text": "' + b"x" * 1000 + b'"}\n' + b'{"id": 2, "text": "short"}\n')
    long, short = jsonl.records(stream, name="a", max_bytes=100)
    assert isinstance(long.outcome, TooLarge)
    assert str(long.outcome) == "a:1: too long: an article may have up to 100 bytes"
    assert (short.line, short.id) == (2, 2)


def test_a_line_of_just_the_limit_is_read():
    line = b'{"id": 1, "text": "xxxxx"}'
    for end in (b"", b"\n", b"\r\n"):
        assert isinstance(record(line + end, max_bytes=len(line)).outcome, Article)


def test_lines_are_read_as_they_are_asked_for():
    stream = BytesIO((GOOD + "\n").encode() * 3)
    next(jsonl.records(stream, name="a"))
    assert stream.tell() == len(GOOD) + 1


def test_an_id_is_told_even_where_the_text_is_broken():
    assert record('{"id": "x", "text": 3}').id == "x"


def test_a_separator_inside_a_text_ends_no_line(tmp_path):
    [found] = read(tmp_path, '{"id": 1, "text": "a\u2028b\x85c"}'.encode())
    assert isinstance(found, Article)
    assert found.text == "a\u2028b\x85c"


def test_an_empty_file_and_a_missing_one_are_errors(tmp_path):
    [empty] = read(tmp_path, b"")
    assert isinstance(empty, Empty)
    [missing] = jsonl.read(tmp_path / "none.jsonl", base=tmp_path)
    assert isinstance(missing, Unreadable)

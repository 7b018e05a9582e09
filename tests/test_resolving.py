import io
from functools import partial
from pathlib import Path

import pytest

from app import resolving, workers
from app.core import calendar
from app.core.model import Article, Reading
from app.errors import Empty, LexiconError, SourceError, TooLarge, Unreadable
from app.resolving import Input, Resolved
from app.sources.stated import Stated
from tests.readers import IsoReader


@pytest.fixture
def reader() -> IsoReader:
    return IsoReader()


def read(*inputs: Input, reader: IsoReader, stated: Stated | None = None, undated: bool = False) -> list[Resolved]:
    read = partial(workers.one_by_one, extractor=reader, undated=undated)
    return list(resolving.resolved(inputs, reader=read, stated=stated))


def stdin(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))


def test_a_file_of_any_suffix_is_text_and_known_by_its_name_as_given(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("note").write_bytes(b"+++\ndate = 2022-01-28\n+++\nThey met.\r\n")
    [found] = resolving.from_file("./note")
    assert found.id == "./note"
    assert isinstance(found.article, Article)
    assert (found.article.text, found.article.stated_date) == ("They met.\r\n", calendar.parse("2022-01-28"))


def test_a_web_page_is_told_by_its_suffix(tmp_path):
    path = tmp_path / "a.html"
    path.write_text("<html><body><article><p>Moscow said that it would answer soon, in writing.</p></article></html>")
    [found] = resolving.from_file(str(path))
    assert isinstance(found.article, Article)
    assert found.article.text == "Moscow said that it would answer soon, in writing."


def test_standard_input_is_a_text(monkeypatch):
    stdin(monkeypatch, "Orb\u00e1n".encode())
    [found] = resolving.from_file("-")
    assert found == Input("-", Article("-", "Orb\u00e1n"))


def test_a_standard_input_above_the_limit_is_refused(monkeypatch):
    stdin(monkeypatch, b"x" * 10_000_001)
    [found] = resolving.from_file("-")
    assert isinstance(found.article, TooLarge)


def test_a_file_that_cannot_be_read_is_its_error():
    [found] = resolving.from_file("none.txt")
    assert isinstance(found.article, Unreadable)
    with pytest.raises(Unreadable, match=r"none.jsonl: No such file"):
        list(resolving.from_lines("none.jsonl"))


def test_lines_keep_their_order_and_broken_ones_their_place(monkeypatch):
    stdin(monkeypatch, b'{"id": "b", "text": "B"}\n\n{"id": "a", "text": "A"}\n{"id": "b", "text": "B"}')
    found = list(resolving.from_lines("-"))
    assert [given.id for given in found] == ["b", None, "a", "b"]
    assert isinstance(found[1].article, Empty)
    assert str(found[1].article) == "standard input:2: is an empty line"


def test_a_date_that_is_given_counts_before_what_the_text_says_itself(reader):
    article = Article("a", "Text", stated_month_day=(1, 2))
    read(Input("a", article), reader=reader, stated=Stated(span=calendar.parse("2022-01-28")))
    read(Input("a", article), reader=reader)
    given, own = reader.articles
    assert (given.stated_date, given.stated_month_day) == (calendar.parse("2022-01-28"), None)
    assert own == article


def test_undated_acts_are_shown_when_asked_for(reader):
    [found] = read(Input("a", Article("a", "Text")), reader=reader, undated=True)
    assert isinstance(found.outcome, Reading)
    assert len(found.outcome.mentions) == 1


def test_a_text_that_breaks_the_extractor_is_an_error_in_its_place(reader):
    texts = ("2022-01-01", "explode", "2022-01-02")
    found = read(*(Input(text, Article(text, text)) for text in texts), reader=reader)
    assert [isinstance(one.outcome, SourceError) for one in found] == [False, True, False]
    document = found[1].document()
    assert (document["id"], document["error"]) == ("explode", "explode: could not be read: RuntimeError: a bug")


def test_actors_that_cannot_be_right_end_it():
    def refuse() -> IsoReader:
        raise LexiconError("own.toml", 1, "id", "is missing")

    with pytest.raises(LexiconError):
        read = partial(workers.one_by_one, extractor=refuse)
        list(resolving.resolved([Input("a", Article("a", "T"))], reader=read, stated=None))

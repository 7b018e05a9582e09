from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core import calendar
from app.core.model import ArticleDate, Basis, EventDraft, Status, Step, StoredMention
from app.formats import wire
from app.formats.wire import Source
from tests.factories import mention

SENTENCE = (
    "On January 26 the ambassador handed over the written answer and left the ministry without a word to the press."
)


def source(key: str) -> Source:
    return Source(f"id-{key}", key, f"outlet-{key}", f"https://news.example/{key}", f"title-{key}", "2022-01-27")


def draft(*keys: str) -> EventDraft:
    told = tuple(StoredMention(key, None, mention(sentence=f"{key}: {SENTENCE}")) for key in keys)
    span = calendar.parse("2022-01-26")
    return EventDraft(span, "A title", "deliver", Status.OCCURRED, Basis.EXPRESSION, (), told)


# ---------------------------------------------------------------- events
def test_a_list_shows_three_sources_and_counts_all() -> None:
    keys = ["a", "b", "b", "c", "d"]
    shown = wire.event("e1", draft(*keys), {key: source(key) for key in keys}, quote_chars=500)
    assert shown["source_count"] == 4
    assert [one["article"] for one in shown["sources"]] == ["id-a", "id-b", "id-c"]
    assert shown["sources"][0]["quote"] == f"a: {SENTENCE}"


def test_the_whole_event_shows_every_source_and_mention() -> None:
    keys = ["a", "b", "b", "c", "d"]
    sources = {key: source(key) for key in keys}
    made = draft(*keys)
    shown = wire.event("e1", made, sources, quote_chars=500)
    whole = wire.event_detail(shown, made.mentions, wire.Reasons([Step("rule", "why")]), sources, quote_chars=40)
    assert [one["article"] for one in whole["sources"]] == ["id-a", "id-b", "id-c", "id-d"]
    assert [one["article"] for one in whole["mentions"]] == ["id-a", "id-b", "id-b", "id-c", "id-d"]
    assert whole["explanation"] == [{"rule": "rule", "says": "why"}]
    assert all(len(one["sentence"]["text"]) <= 40 for one in whole["mentions"])


def test_the_timeline_names_articles_by_where_they_came_from() -> None:
    shown = wire.event("e1", draft("a"), {"a": source("a")}, quote_chars=500)
    assert wire.timeline(shown, [source("a"), source("b")]) == {
        "id": "e1",
        "date": "2022-01-26",
        "title": "A title",
        "kind": "deliver",
        "status": "occurred",
        "reported_by": None,
        "edited": [],
        "actors": [],
        "sources": [{"article": "a", "outlet": "outlet-a"}, {"article": "b", "outlet": "outlet-b"}],
    }


# ---------------------------------------------------------------- dates
@pytest.mark.parametrize(
    ("dated", "edtf"),
    [
        (ArticleDate(), None),
        (ArticleDate(best=date(2022, 2, 2), earliest=date(2022, 2, 1)), "2022-02-02"),
        (ArticleDate(earliest=date(2022, 1, 30), latest=date(2022, 2, 2)), "[2022-01-30..2022-02-02]"),
        (ArticleDate(earliest=date(2022, 2, 2), latest=date(2022, 2, 2)), "2022-02-02"),
        (ArticleDate(earliest=date(2022, 1, 30)), "2022-01-30/.."),
        (ArticleDate(latest=date(2022, 1, 30)), "../2022-01-30"),
    ],
)
def test_an_articles_date_is_its_best_day_or_what_it_lies_between(dated: ArticleDate, edtf: str | None) -> None:
    assert wire.article_edtf(dated) == edtf
    assert edtf is None or calendar.parse(edtf)


# ---------------------------------------------------------------- text
@given(st.text(st.sampled_from("ab \n\u2003é🕊")), st.integers(1, 20))
def test_a_shortened_text_is_whole_words_within_the_limit(text: str, limit: int) -> None:
    short = wire.shorten(text, limit)
    assert len(short) <= limit
    if len(text) <= limit:
        assert short == text
    else:
        kept = short.removesuffix(wire.ELLIPSIS)
        assert short == kept + wire.ELLIPSIS
        assert text.startswith(kept)
        assert kept == "" or text[len(kept)].isspace()


def test_documents_keep_their_letters() -> None:
    assert wire.dumps({"outlet": "Die Zeit – Köln"}) == '{"outlet":"Die Zeit – Köln"}'

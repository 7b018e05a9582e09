from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from app.core.model import Article, ArticleDate, Evidence, Reporter
from app.errors import NotFound, NotText
from app.store import articles, mentions
from app.store.articles import Outcome, Saved
from app.store.engine import reading as read_session
from app.store.engine import writing
from app.store.rows import ArticleRow, MentionRow, RevisionRow
from tests.factories import article, mention, reading

NOW = datetime(2022, 2, 3, 12, tzinfo=UTC)


def count(session: Session, row: type[ArticleRow] | type[MentionRow] | type[RevisionRow]) -> int:
    return session.scalar(select(func.count()).select_from(row)) or 0


def test_a_new_article_is_stored_with_its_mentions(session: Session) -> None:
    told = mention()
    saved = articles.save(session, article(), reading(told), now=NOW)
    assert (saved.outcome, saved.revision, len(saved.added), saved.removed) == (Outcome.NEW, 1, 1, ())
    [held] = mentions.of_article(session, saved.article_id)
    assert held.stored.mention == told
    assert held.stored.article_key == "one.txt"


@pytest.mark.parametrize("told_by", [Reporter("RUS", "Russia", 0, 6), Reporter(None, "officials", 3, 12)])
def test_whose_claim_a_mention_is_is_stored_with_it(session: Session, told_by: Reporter) -> None:
    saved = articles.save(session, article(), reading(mention(reported_by=told_by)), now=NOW)
    [held] = mentions.of_article(session, saved.article_id)
    assert held.stored.mention.reported_by == told_by


def test_saving_twice_is_saving_once(session: Session) -> None:
    first = articles.save(session, article(), reading(mention()), now=NOW)
    second = articles.save(session, article(), reading(mention()), now=NOW)
    assert second == Saved(Outcome.UNCHANGED, first.article_id, 1)
    assert (count(session, ArticleRow), count(session, MentionRow), count(session, RevisionRow)) == (1, 1, 1)


def test_a_changed_text_is_a_new_revision_and_its_former_mentions_go(session: Session) -> None:
    articles.save(session, article(text="before"), reading(mention(kind="deliver")), now=NOW)
    saved = articles.save(session, article(text="after"), reading(mention(kind="respond")), now=NOW)
    assert (saved.outcome, saved.revision) == (Outcome.REVISED, 2)
    assert [held.stored.mention.kind for held in saved.removed] == ["deliver"]
    present = mentions.of_article(session, saved.article_id)
    assert [held.stored.mention.kind for held in present] == ["respond"]
    assert articles.text(session, saved.article_id) == "after"
    assert count(session, RevisionRow) == 2


def test_a_text_is_stored_as_given(session: Session) -> None:
    text = "  “Ökumene” \r\n\t\u2028 e\u0301 🕊 trailing \n\n"
    saved = articles.save(session, article(text=text), reading(), now=NOW)
    assert articles.text(session, saved.article_id) == text


@pytest.mark.parametrize("text", ["a\x00b", "a\ud800b"])
def test_a_text_that_no_database_can_hold_is_refused_by_name(session: Session, text: str) -> None:
    unstorable = Article(key="bad.jsonl#3", text=text, content_hash="0")
    with pytest.raises(NotText, match=r"bad\.jsonl#3: holds NUL characters or unpaired surrogates"):
        articles.save(session, unstorable, reading(), now=NOW)


def test_a_mention_without_a_date_is_left_out(session: Session) -> None:
    assert articles.save(session, article(), reading(mention(None)), now=NOW).added == ()


def test_the_hash_of_a_stored_article_is_known_before_it_is_read_again(session: Session) -> None:
    assert articles.find_hash(session, "one.txt") is None
    articles.save(session, article(), reading(), now=NOW)
    assert articles.find_hash(session, "one.txt") == article().content_hash


def test_a_moment_without_a_time_zone_is_refused(database_url: str, engine: Engine) -> None:
    with pytest.raises(Exception, match="has no time zone"), writing(engine) as session:
        articles.save(session, article(), reading(), now=datetime(2022, 2, 3))


def test_an_exception_rolls_everything_back(engine: Engine) -> None:
    with pytest.raises(LookupError), writing(engine) as session:
        articles.save(session, article(), reading(mention()), now=NOW)
        raise LookupError
    with read_session(engine) as session:
        assert count(session, ArticleRow) == 0


def test_an_article_tells_its_date_with_the_evidence(session: Session) -> None:
    evidence = Evidence("weekday", "Wednesday", 13, 22, "2022-02-02 is the only Wednesday")
    dated = ArticleDate(date(2022, 2, 2), date(2022, 2, 1), date(2022, 2, 3), (evidence,))
    saved = articles.save(session, article(outlet="Agency", title="A note"), reading(date=dated), now=NOW)
    assert articles.get(session, saved.article_id) == {
        "id": saved.article_id,
        "key": "one.txt",
        "outlet": "Agency",
        "title": "A note",
        "address": None,
        "date": "2022-02-02",
        "best_day": "2022-02-02",
        "earliest_day": "2022-02-01",
        "latest_day": "2022-02-03",
        "revision": 1,
        "corrected_date": None,
        "retracted": False,
        "links": [{"rel": "self", "href": f"/v1/articles/{saved.article_id}"}],
        "evidence": [
            {
                "rule": "weekday",
                "text": "Wednesday",
                "begin": 13,
                "end": 22,
                "says": "2022-02-02 is the only Wednesday",
            }
        ],
        "events": [],
    }


@pytest.mark.parametrize("unknown", ["a000000000000", "", "\x00", "\ud800"])
def test_an_unknown_article_is_not_found(session: Session, unknown: str) -> None:
    with pytest.raises(NotFound, match="no article has the id"):
        articles.get(session, unknown)


def test_articles_are_listed_by_date_and_the_undated_last(session: Session) -> None:
    for key, dated in [
        ("undated.txt", ArticleDate()),
        ("later.txt", ArticleDate(best=date(2022, 2, 2))),
        ("earlier.txt", ArticleDate(earliest=date(2022, 1, 1), latest=date(2022, 1, 31))),
    ]:
        articles.save(session, article(key, text=key), reading(date=dated), now=NOW)
    seen: list[str] = []
    query = articles.ArticleQuery(limit=1)
    while True:
        found = articles.page(session, query)
        seen += found.documents
        if found.next_cursor is None:
            break
        query = articles.ArticleQuery(limit=1, cursor=found.next_cursor)
    assert [name for document in seen for name in ("undated", "later", "earlier") if f'"{name}.txt"' in document] == [
        "earlier",
        "later",
        "undated",
    ]

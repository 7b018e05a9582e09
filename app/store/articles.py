"""Articles in the store: their revisions, their dates and what was read in them."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import delete, func, select, tuple_
from sqlalchemy.orm import Session

from app.core import calendar, matching
from app.core.calendar import LAST_DAY, DateSpan
from app.core.model import Article, ArticleDate, Evidence, Reading
from app.errors import CursorError, NotFound, NotText, Overtaken
from app.formats import wire
from app.formats.shapes import ArticleDetailOut, ArticleEventOut, ArticleOut
from app.formats.wire import Source, dumps
from app.store import actors, ids, mentions, pages
from app.store.mentions import Held
from app.store.pages import Page
from app.store.rows import ArticleRow, EventRow, MentionRow, RevisionRow
from app.store.texts import storable


class Outcome(StrEnum):
    NEW = "new"
    UNCHANGED = "unchanged"
    REVISED = "revised"


@dataclass(frozen=True, slots=True)
class Saved:
    """What saving an article did: `removed` and `added` are the mentions that went and came, for `events.merge`."""

    outcome: Outcome
    article_id: str
    revision: int
    removed: tuple[Held, ...] = ()
    added: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ArticleQuery:
    """Which articles a list holds. Sorted by date (the best, else the latest day), the undated last."""

    outlet: str | None = None
    limit: int = 50
    cursor: str | None = None

    def __str__(self) -> str:
        return f"articles {dumps([self.outlet])}"


# ---------------------------------------------------------------- writing
def find_hash(session: Session, key: str) -> str | None:
    """The content hash of the article of that key as it is stored; None where there is none."""
    return session.scalar(select(ArticleRow.content_hash).where(ArticleRow.key == key)) if storable(key) else None


def save(session: Session, article: Article, reading: Reading, *, now: datetime) -> Saved:
    """Stores the article with its mentions; a text of the same hash is left as it is, another is the next revision.

    The mentions of a former revision are removed. Call `events.merge` with the result in the same transaction: until
    then the new mentions belong to no event. Raises NotText where the text holds what no database can (see `storable`), and
    Overtaken where a person corrected the date after the article was read.
    """
    _refuse_unstorable(article)
    row = session.scalar(select(ArticleRow).where(ArticleRow.key == article.key))
    if row and row.content_hash == article.content_hash:
        return Saved(Outcome.UNCHANGED, row.id, row.revision)
    if row and row.corrected_date != (article.corrected_date.edtf if article.corrected_date else None):
        raise Overtaken("its date was corrected while it was read: ingest it again")
    outcome = Outcome.REVISED if row else Outcome.NEW
    removed = _remove_mentions(session, row.id) if row else ()
    row = row or _new_row(session, article.key)
    _fill(row, article, reading.article_date, now)
    session.flush()
    session.add(
        RevisionRow(
            article_id=row.id, number=row.revision, content_hash=row.content_hash, text=article.text, stored_at=now
        )
    )
    actors.ensure(session, (ref for mention in reading.mentions for ref in mention.actors))
    added = mentions.insert(session, row.id, reading.mentions)
    return Saved(outcome, row.id, row.revision, removed, added)


def id_of(session: Session, key: str) -> str | None:
    """The id of the article of that key; None where there is none."""
    return session.scalar(select(ArticleRow.id).where(ArticleRow.key == key)) if storable(key) else None


def find(session: Session, named: str) -> str | None:
    """The id of the article of that id, key or address; None where there is none, or several have the address."""
    if not storable(named):
        return None
    row = ArticleRow
    for column in (row.id, row.key, row.address):
        found = session.scalars(select(row.id).where(column == named)).all()
        if found:
            return found[0] if len(found) == 1 else None
    return None


def correction(session: Session, key: str) -> DateSpan | None:
    """The date that a person gave the article of that key; None where nobody did."""
    found = session.scalar(select(ArticleRow.corrected_date).where(ArticleRow.key == key)) if storable(key) else None
    return calendar.parse(found) if found else None


def correct(session: Session, article_id: str, span: DateSpan | None) -> None:
    """Keeps the date that a person gives an article, or with None takes it back; it is to be read again."""
    session.get_one(ArticleRow, article_id).corrected_date = span.edtf if span else None


def retract(session: Session, article_id: str, retracted: bool) -> list[int]:
    """Ids of the article's mentions, which make events no more, or again; they are to be merged anew."""
    session.get_one(ArticleRow, article_id).retracted = retracted
    session.flush()
    return [held.id for held in mentions.of_article(session, article_id)]


def stored(session: Session, article_id: str) -> tuple[Article, int]:
    """The article as it was handed over, with the date that a person gave it, and its revision; raises NotFound."""
    row = session.get(ArticleRow, article_id) if storable(article_id) else None
    if row is None:
        raise NotFound("article", article_id)
    return _article(row, text(session, article_id)), row.revision


def to_reread(session: Session, rules: str | None) -> list[Article]:
    """The stored articles as they were handed over, those read by these rules left out; in the order of their keys."""
    row = ArticleRow
    query = (
        select(row, RevisionRow.text)
        .join(RevisionRow, (RevisionRow.article_id == row.id) & (RevisionRow.number == row.revision))
        .order_by(row.key)
    )
    if rules is not None:
        query = query.where(func.coalesce(row.rules, "") != rules)
    return [_article(found, text) for found, text in session.execute(query)]


def _article(row: ArticleRow, text: str) -> Article:
    return Article(
        key=row.key,
        text=text,
        outlet=row.outlet,
        title=row.title,
        address=row.address,
        stated_date=calendar.parse(row.stated_date) if row.stated_date else None,
        stated_month_day=(row.stated_month, row.stated_day) if row.stated_month and row.stated_day else None,
        content_hash=row.content_hash,
        sketch=row.sketch,
        corrected_date=calendar.parse(row.corrected_date) if row.corrected_date else None,
    )


def reread(session: Session, article: Article, reading: Reading, *, rules: str | None) -> Saved:
    """Puts what was read anew in the place of an article's date, mentions and sketch; the text and its revision stay.

    Call `events.merge` with the result in the same transaction. Raises NotFound, and Overtaken where the text was revised or the
    date corrected after the article was read.
    """
    row = session.scalar(select(ArticleRow).where(ArticleRow.key == article.key))
    if row is None:
        raise NotFound("article", article.key)
    corrected = article.corrected_date.edtf if article.corrected_date else None
    if (row.content_hash, row.corrected_date) != (article.content_hash, corrected):
        raise Overtaken(f"the article {article.key!r} was changed while it was read: try again")
    removed = _remove_mentions(session, row.id)
    _set_date(row, reading.article_date)
    row.rules, row.sketch = rules, article.sketch
    session.flush()
    actors.ensure(session, (ref for mention in reading.mentions for ref in mention.actors))
    added = mentions.insert(session, row.id, reading.mentions)
    return Saved(Outcome.REVISED, row.id, row.revision, removed, added)


def _refuse_unstorable(article: Article) -> None:
    texts = (article.key, article.text, article.outlet, article.title, article.address)
    if not all(storable(text) for text in texts if text is not None):
        raise NotText(article.key, "holds NUL characters or unpaired surrogates, which no text has")


def _new_row(session: Session, key: str) -> ArticleRow:
    minted = ids.mint("a", key, lambda id_: session.get(ArticleRow, id_) is not None)
    row = ArticleRow(id=minted, key=key, revision=0)
    session.add(row)
    return row


def _remove_mentions(session: Session, article_id: str) -> tuple[Held, ...]:
    removed = tuple(mentions.of_article(session, article_id))
    session.execute(delete(MentionRow).where(MentionRow.article_id == article_id))
    return removed


def _fill(row: ArticleRow, article: Article, dated: ArticleDate, now: datetime) -> None:
    row.revision += 1
    row.content_hash = article.content_hash
    row.outlet, row.title, row.address = article.outlet, article.title, article.address
    row.stated_date = article.stated_date.edtf if article.stated_date else None
    row.stated_month, row.stated_day = article.stated_month_day or (None, None)
    row.stored_at = now
    row.rules, row.sketch = matching.RULES, article.sketch
    _set_date(row, dated)


def _set_date(row: ArticleRow, dated: ArticleDate) -> None:
    row.best_day, row.earliest_day, row.latest_day = dated.best, dated.earliest, dated.latest
    row.sort_day = dated.best or dated.latest or LAST_DAY
    row.evidence = dumps([[one.rule, one.text, one.begin, one.end, one.says] for one in dated.evidence])


# ---------------------------------------------------------------- reading
def get(session: Session, article_id: str) -> ArticleDetailOut:
    """The whole article but its text, with the events it reports in timeline order; raises NotFound."""
    row = session.get(ArticleRow, article_id) if storable(article_id) else None
    if row is None:
        raise NotFound("article", article_id)
    reported = (
        select(EventRow.id, EventRow.edtf, EventRow.title)
        .where(EventRow.id.in_(select(MentionRow.event_id).where(MentionRow.article_id == article_id)))
        .where(EventRow.hidden.is_(False))
        .order_by(EventRow.first_day, EventRow.last_day, EventRow.id)
    )
    evidence = [Evidence(*fields) for fields in json.loads(row.evidence)]
    events: list[ArticleEventOut] = [
        {"id": id_, "date": edtf, "title": title} for id_, edtf, title in session.execute(reported)
    ]
    return wire.article_detail(_document(row), evidence, events)


def text(session: Session, article_id: str) -> str:
    """The article's present text as given; raises NotFound."""
    query = (
        select(RevisionRow.text)
        .join(ArticleRow, (ArticleRow.id == RevisionRow.article_id) & (ArticleRow.revision == RevisionRow.number))
        .where(ArticleRow.id == article_id)
    )
    found = session.scalar(query)
    if found is None:
        raise NotFound("article", article_id)
    return found


def page(session: Session, query: ArticleQuery) -> Page:
    """One page of articles; raises CursorError where the cursor belongs to another query."""
    row = ArticleRow
    statement = select(row).order_by(row.sort_day, row.id).limit(query.limit + 1)
    if query.outlet is not None:
        statement = statement.where(row.outlet == query.outlet)
    if query.cursor is not None:
        statement = statement.where(tuple_(row.sort_day, row.id) > _place(query.cursor, str(query)))
    rows = session.scalars(statement).all()
    shown = rows[: query.limit]
    more = len(rows) > query.limit
    following = pages.seal((shown[-1].sort_day.isoformat(), shown[-1].id), str(query)) if more else None
    return Page(tuple(dumps(_document(row)) for row in shown), following)


def source(row: ArticleRow) -> Source:
    """What an event's document says of the article."""
    return Source(row.id, row.key, row.outlet, row.address, row.title, wire.article_edtf(_date(row)))


def sources(session: Session, keys: Iterable[str]) -> dict[str, Source]:
    """What events' documents say of these articles, by their keys."""
    rows = (session.scalars(select(ArticleRow).where(ArticleRow.key == key)).one() for key in sorted(keys))
    return {row.key: source(row) for row in rows}


def _place(cursor: str, query: str) -> tuple[date, str]:
    day, article_id = pages.unseal(cursor, query, fields=2)
    try:
        return date.fromisoformat(day), article_id
    except ValueError as error:
        raise CursorError(cursor) from error


def _document(row: ArticleRow) -> ArticleOut:
    return wire.article(
        source(row),
        _date(row),
        revision=row.revision,
        corrected_date=row.corrected_date,
        retracted=row.retracted,
    )


def _date(row: ArticleRow) -> ArticleDate:
    return ArticleDate(row.best_day, row.earliest_day, row.latest_day)

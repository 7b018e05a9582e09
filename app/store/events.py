"""Events in the store: the timeline by pages, the whole event, and (from `merging`) how mentions become events."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Subquery, select
from sqlalchemy.orm import Session

from app.core import calendar
from app.core.model import DateClaim, Step
from app.errors import CursorError, NotFound
from app.formats import wire
from app.formats.shapes import EventDetailOut, EventOut, TimelineOut
from app.formats.wire import Source, dumps
from app.store import actors, articles, asof, changes, edits, mentions, pages, queries
from app.store.asof import Known
from app.store.engine import QuickReader
from app.store.merging import QUOTE_CHARS, Merged, merge, remerge
from app.store.pages import Page
from app.store.queries import EventQuery, Sort
from app.store.rows import ArticleRow, EventRedirectRow, EventRow, MentionRow
from app.store.texts import storable

__all__ = [
    "QUOTE_CHARS",
    "EventQuery",
    "Merged",
    "count",
    "get",
    "is_gone",
    "merge",
    "page",
    "quick_page",
    "remerge",
    "survivor",
    "timeline",
]

_TIMELINE_PAGE = 200
MOST_RANKED = 1000
_SEVERAL = 2
_AT_ONCE = 1000
_ALL = 2**62  # a limit that no store reaches
Place = tuple[date, date, str]


def page(session: Session, query: EventQuery) -> Page:
    """One page of events as the JSON of their list form; raises CursorError where the cursor belongs to another query."""
    if query.as_of is not None:
        return _page_as_of(session, query)
    if query.sort is Sort.RELEVANCE and query.q:
        return _ranked_page(session, query)
    shape, values = _shape(session, query)
    rows = session.execute(queries.page(shape), {**values, **_bounds(query)}).all()
    return _cut([(first.isoformat(), last.isoformat(), *rest) for first, last, *rest in rows], query)


def quick_page(reader: QuickReader, query: EventQuery) -> Page:
    """As `page`, of a query that `queries.is_bounded`; raises StoreError where the database fails."""
    shape, values = queries.shape(query, "sqlite")
    rows = reader.rows(queries.page(shape, ordered=False), {**values, **_bounds(query)})
    return _cut(sorted(rows, reverse=shape.latest), query)


def _bounds(query: EventQuery) -> dict[str, Any]:
    """Where the page begins and how many rows it takes: one more than it shows, to know whether there is another."""
    place = (
        zip(("after_first", "after_last", "after_id"), _place(query), strict=True) if query.cursor is not None else ()
    )
    return {**dict(place), "limit": query.limit + 1}


def _cut(rows: Sequence[tuple[Any, ...]], query: EventQuery) -> Page:
    """The page of these rows: first and last day as ISO text, id, document."""
    documents = tuple([row[3] for row in rows[: query.limit]])
    if len(rows) <= query.limit:
        return Page(documents, None)
    first_day, last_day, event_id, _ = rows[query.limit - 1]
    return Page(documents, pages.seal((first_day, last_day, event_id), str(query)))


def _ranked_page(session: Session, query: EventQuery) -> Page:
    """A page by relevance. Its cursor is a number: what was found may have moved, and after `MOST_RANKED` nothing is shown."""
    begin = _rank(query)
    shape, values = _shape(session, replace(query, cursor=None))
    limit = min(query.limit, MOST_RANKED - begin)
    rows = session.execute(queries.ranked_page(shape), {**values, "limit": limit + 1, "offset": begin}).all()
    documents = tuple(document for *_, document in rows[:limit])
    more = len(rows) > limit and begin + limit < MOST_RANKED
    return Page(documents, pages.seal((str(begin + limit),), str(query)) if more else None)


def _rank(query: EventQuery) -> int:
    if query.cursor is None:
        return 0
    [place] = pages.unseal(query.cursor, str(query), fields=1)
    if not place.isdecimal() or int(place) >= MOST_RANKED:
        raise CursorError(query.cursor)
    return int(place)


def count(session: Session, query: EventQuery, *, limit: int | None = None) -> int:
    """How many events the query finds on all its pages; at most `limit`."""
    if query.as_of is not None:
        found = len(asof.known(session, query))
        return found if limit is None else min(found, limit)
    shape, values = _shape(session, replace(query, cursor=None))
    return int(session.execute(queries.count(shape), {**values, "limit": limit or _ALL}).scalar_one())


def among(session: Session, query: EventQuery, ids: Iterable[str]) -> dict[str, str]:
    """Those of the events with these ids that the query finds now on any of its pages: their documents by their ids."""
    shape, values = queries.shape(replace(query, cursor=None), session.get_bind().dialect.name)
    chunks = mentions.chunks(sorted(set(ids)), mentions.IDS_PER_STATEMENT)
    rows = [row for some in chunks for row in session.execute(queries.among(shape), {**values, "ids": some})]
    return {id_: document for id_, document in rows}


def found(session: Session, query: EventQuery, *, coarse: bool = False) -> tuple[Subquery, dict[str, Any]]:
    """First day, last day and id of every event that the query finds on all its pages, as a subquery with its values.

    With `coarse` only of those that are wider than a day; the query must have a span then.
    """
    shape, values = _shape(session, replace(query, cursor=None))
    return queries.found(replace(shape, coarse=coarse)), values


def _shape(session: Session, query: EventQuery) -> tuple[queries.Shape, dict[str, Any]]:
    """The query's shape, of several actors the one with the shortest history first."""
    dialect = session.get_bind().dialect.name
    if len(query.wanted) < _SEVERAL:
        return queries.shape(query, dialect)
    counts = actors.counts(session, [id_ for id_, _ in query.wanted])
    order = sorted(range(len(query.wanted)), key=lambda place: (counts.get(query.wanted[place][0], 0), place))
    return queries.shape(query, dialect, tuple(order))


def documents(session: Session, query: EventQuery) -> Iterator[str]:
    """The JSON of every event that the query finds from its cursor on, in its order, read page after page."""
    query = replace(query, limit=_AT_ONCE)
    while True:
        found = page(session, query)
        yield from found.documents
        if found.next_cursor is None:
            return
        query = replace(query, cursor=found.next_cursor)


def _page_as_of(session: Session, query: EventQuery) -> Page:
    """The page of events as they were known: the place of the last of the page before stands in the cursor."""
    known = asof.known(session, query)
    begin = 0
    if query.cursor is not None:
        place = pages.unseal(query.cursor, str(query), fields=2)
        begin = next((at + 1 for at, one in enumerate(known) if _place_of(one) == place), len(known))
    shown = known[begin : begin + query.limit]
    documents = rendered(session, shown)
    more = begin + query.limit < len(known)
    return Page(documents, pages.seal(_place_of(shown[-1]), str(query)) if more else None)


def rendered(session: Session, shown: Sequence[Known]) -> tuple[str, ...]:
    """The JSON of the list form of events as they were known."""
    sources = articles.sources(session, {stored.article_key for one in shown for stored in one.draft.mentions})
    return tuple(dumps(wire.event(one.id, one.draft, sources, quote_chars=QUOTE_CHARS)) for one in shown)


def _place_of(one: Known) -> tuple[str, str]:
    return one.id, dumps(one.draft.mentions[0].key)


def timeline(session: Session, query: EventQuery) -> Iterator[TimelineOut]:
    """Every event that the query finds from its cursor on, page after page, with all its sources."""
    if query.as_of is not None:
        known = asof.known(session, query)
        found_in = articles.sources(session, {stored.article_key for one in known for stored in one.draft.mentions})
        for one in known:
            event = wire.event(one.id, one.draft, found_in, quote_chars=QUOTE_CHARS)
            yield wire.timeline(event, [found_in[key] for key in sorted({m.article_key for m in one.draft.mentions})])
        return
    cursor = query.cursor
    while True:
        found = page(session, replace(query, limit=_TIMELINE_PAGE, cursor=cursor))
        shown: list[EventOut] = [json.loads(document) for document in found.documents]
        sources = _sources(session, [event["id"] for event in shown])
        yield from (wire.timeline(event, sources[event["id"]]) for event in shown)
        cursor = found.next_cursor
        if cursor is None:
            return


def get(session: Session, event_id: str, *, quote_chars: int = QUOTE_CHARS) -> EventDetailOut:
    """The whole event; raises NotFound. The id of one that has become part of another gives that, with its own id."""
    row = session.get(EventRow, survivor(session, event_id) or "")
    if row is None:
        raise NotFound("event", event_id)
    told = [held.stored for held in mentions.of_events(session, [row.id])]
    sources = {source.key: source for source in _sources(session, [row.id])[row.id]}
    reasons = wire.Reasons(
        explanation=[Step(rule, says) for rule, says in json.loads(row.explanation)],
        dates=[DateClaim(calendar.parse(edtf), tuple(keys)) for edtf, keys in json.loads(row.dates)],
        possible=list(_possible(session, row)),
        edits=edits.on_event(session, [(number, instead) for number, _, instead in json.loads(row.edits)]),
    )
    return wire.event_detail(json.loads(row.document), told, reasons, sources, quote_chars=quote_chars)


def possible(session: Session, event_id: str) -> list[tuple[str, int, str]]:
    """The events that may tell the same act, as they stand now: id, score, and what is shared; none for an unknown id."""
    row = session.get(EventRow, event_id)
    return list(_possible(session, row)) if row else []


def edited_as(session: Session, event_id: str) -> tuple[list[str], list[int]]:
    """The ids under which an event may have been edited, and the numbers of the edits that made it what it is."""
    row = session.get_one(EventRow, event_id)
    former = session.scalars(select(EventRedirectRow.id).where(EventRedirectRow.event_id == event_id))
    return [event_id, *former], [number for number, *_ in json.loads(row.edits)]


def _possible(session: Session, row: EventRow) -> Iterator[tuple[str, int, str]]:
    for (article_key, sentence, trigger, edtf), score, says in json.loads(row.possible):
        event_id = mentions.event_at(session, (article_key, sentence, trigger, edtf))
        if event_id and event_id != row.id and not session.get_one(EventRow, event_id).hidden:
            yield event_id, score, says


def is_gone(session: Session, event_id: str) -> bool:
    """Whether there was an event of that id and nothing carries it on."""
    return storable(event_id) and changes.is_gone(session, event_id)


def survivor(session: Session, event_id: str) -> str | None:
    """The id of the event that this id stands for now: itself, or the one it has become part of; None for unknown and hidden."""
    standing = whereabouts(session, event_id)
    return standing if standing and not session.get_one(EventRow, standing).hidden else None


def whereabouts(session: Session, event_id: str) -> str | None:
    """As `survivor`, but of hidden events too."""
    if not storable(event_id):
        return None
    if session.get(EventRow, event_id):
        return event_id
    return session.scalar(select(EventRedirectRow.event_id).where(EventRedirectRow.id == event_id))


# ---------------------------------------------------------------- what pages are made of
def _place(query: EventQuery) -> Place:
    cursor = query.cursor or ""
    first_day, last_day, event_id = pages.unseal(cursor, str(query), fields=3)
    try:
        return date.fromisoformat(first_day), date.fromisoformat(last_day), event_id
    except ValueError as error:
        raise CursorError(cursor) from error


def _sources(session: Session, event_ids: Sequence[str]) -> dict[str, list[Source]]:
    """All articles that report these events, by event, sorted by their keys as the events' mentions are."""
    query = (
        select(MentionRow.event_id, ArticleRow)
        .join(ArticleRow, ArticleRow.id == MentionRow.article_id)
        .where(MentionRow.event_id.in_(event_ids))
        .distinct()
        .order_by(ArticleRow.key)
    )
    found: dict[str, list[Source]] = {event_id: [] for event_id in event_ids}
    for event_id, row in session.execute(query):
        found[event_id or ""].append(articles.source(row))
    return found

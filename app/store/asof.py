"""The timeline as it was known on a day: computed from the mentions of articles dated up to it, never from stored documents.

An article counts from the latest day on which it may have been written; one whose date has no such bound counts from no day.
The events are those that these mentions make by today's rules and with people's edits, which mend the reading; an event's id is
that of the event to which its first mention belongs now. The cost grows with the mentions in the range that is asked for, not
with the store.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from threading import Condition

from cachetools import LRUCache, cached
from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session

from app.core import calendar, matching
from app.core.calendar import DateSpan
from app.core.model import EventDraft
from app.store import actors, components, edits, fulltext, mentions
from app.store.days import intersecting
from app.store.merging import Membership, evidence, lasts, memberships
from app.store.queries import EventQuery, Match, Sort
from app.store.rows import ActorRow, ArticleRow, CommitRow, MentionActorRow, MentionRow

_KEPT_MENTIONS = 50_000
_EVER = calendar.lasting(calendar.FIRST_DAY, calendar.LAST_DAY)


@dataclass(frozen=True, slots=True)
class Known:
    """An event as it was known: the id that it has now, and what the mentions of that time say together."""

    id: str
    draft: EventDraft


@dataclass(frozen=True, slots=True)
class Scope:
    """What has to be worked out for a query: the day, and which mentions; its other conditions are those of events."""

    day: date
    span: DateSpan | None
    actors: tuple[str, ...]

    @classmethod
    def of(cls, query: EventQuery) -> "Scope":
        assert query.as_of is not None
        return cls(query.as_of, query.span, tuple(id_ for id_, _ in query.wanted) or query.any_of)


Work = Callable[[Session, Scope, int], Sequence[Known]]


def keeping() -> Work:
    """Works out events and keeps those of the last scopes, up to `_KEPT_MENTIONS`, each until the next commit; on any thread.

    Those who ask for the same at the same time wait for one that works it out. Given to sessions as `info["as_of"]`.
    """
    kept: LRUCache[object, Sequence[Known]] = LRUCache(_KEPT_MENTIONS, getsizeof=_size)
    return cached(kept, key=lambda session, scope, commits: (scope, commits), condition=Condition())(_events)


def known(session: Session, query: EventQuery) -> list[Known]:
    """The events known on the query's day that pass its other conditions, in its order; neither limit nor cursor counts."""
    work: Work = session.info.get("as_of", _events)
    commits = session.execute(select(CommitRow.number)).scalar_one()
    events = work(session, Scope.of(query), commits)
    states = actors.states(session, {one.state for event in events for one in event.draft.actors if one.state})
    found = [event for event in events if fits(event.draft, query, states)]
    found.sort(key=lambda one: (*calendar.order_key(one.draft.span), one.id, one.draft.mentions[0].key))
    if query.sort is Sort.RELEVANCE:
        found.sort(key=lambda one: -_relevance(one.draft, query))
    return found[::-1] if query.sort is Sort.LATEST else found


def _events(session: Session, scope: Scope, commits: int) -> Sequence[Known]:
    """All events of which a mention lies in that scope, after that many commits."""
    seeds = sorted({*session.scalars(_seeds(session, scope)), *_edited(session, scope)})
    whole = None if scope.actors else scope.span or _EVER
    events: list[Known] = []
    for component in components.around(session, seeds, matching.candidates, known_by=scope.day, whole=whole):
        event_of = {held.stored: held.event_id or "" for held in component.held}
        drafts = matching.cluster(component.told, component.decisions)
        events += [Known(event_of[draft.mentions[0]], draft) for draft in drafts if not draft.hidden]
    return events


def _size(events: Sequence[Known]) -> int:
    return sum(len(event.draft.mentions) for event in events)


def _relevance(draft: EventDraft, query: EventQuery) -> int:
    """How often the words asked for stand in an event, those of its title counted fourfold."""
    body = sum(len(fulltext.marks(query.q, one)) for one in evidence(draft))
    return 4 * len(fulltext.marks(query.q, draft.title)) + body


def _seeds(session: Session, scope: Scope) -> Select[int]:
    """The ids of the mentions known on that day that an event in the scope must hold one of, unless an edit moved it."""
    row = MentionRow
    statement = select(row.id).join(ArticleRow, ArticleRow.id == row.article_id).where(mentions.is_known_by(scope.day))
    if scope.span:
        ways = intersecting(row.first_day, row.last_day, scope.span.first_day, scope.span.last_day)
        statement = statement.where(or_(*(and_(*conditions) for conditions in ways)))
    if scope.actors:
        named = [_named(session, actor) for actor in scope.actors]
        statement = statement.where(or_(*(row.id.in_(one) for one in named)))
    return statement.order_by(row.id)


def _edited(session: Session, scope: Scope) -> list[int]:
    """The mentions known on that day whose events people have dated into the span, or given an actor or one of their people."""
    found = set(edits.redating(session, scope.span)) if scope.span else set()
    for actor in scope.actors:
        found.update(edits.giving(session, actor))
    known_ = select(MentionRow.id).join(ArticleRow).where(mentions.is_known_by(scope.day))
    chunks = mentions.chunks(sorted(found), mentions.IDS_PER_STATEMENT)
    return [id_ for chunk in chunks for id_ in session.scalars(known_.where(MentionRow.id.in_(chunk)))]


def _named(session: Session, actor: str) -> Select[int]:
    code = session.scalar(select(ActorRow.state).where(ActorRow.id == actor))
    who = MentionActorRow.actor_id == actor
    return select(MentionActorRow.mention_id).where(or_(who, MentionActorRow.state == code) if code else who)


# ---------------------------------------------------------------- the conditions, of one event
def fits(draft: EventDraft, query: EventQuery, states: Mapping[str, str]) -> bool:
    """Whether the event passes the query's conditions: the same as its statement asks (see `queries`)."""
    outlets = {stored.outlet for stored in draft.mentions}
    return (
        _fits_days(draft.span, query)
        and _fits_actors(memberships(draft, states), query)
        and (not query.kinds or draft.kind in query.kinds)
        and (not query.statuses or draft.status in query.statuses)
        and (not query.precisions or draft.span.precision in query.precisions)
        and (not query.outlets or bool(outlets.intersection(query.outlets)))
        and len({stored.article_key for stored in draft.mentions}) >= query.min_sources
        and query.conflict in (None, bool(draft.dates))
        and (not query.q or fulltext.finds(query.q, (draft.title, " … ".join(evidence(draft)))))
    )


def _fits_days(span: DateSpan, query: EventQuery) -> bool:
    if query.span is None:
        return True
    match query.match:
        case Match.INTERSECTS:
            return span.overlaps(query.span)
        case Match.WITHIN:
            return query.span.holds(span)
        case Match.CERTAIN:
            return query.span.holds(span) or (lasts(span) and span.overlaps(query.span))


def _fits_actors(parts: Mapping[str, Membership], query: EventQuery) -> bool:
    def takes_part(actor: str, *, in_role: bool) -> bool:
        part = parts.get(actor)
        return part is not None and (query.affiliates or part[2]) and (not in_role or part[3] is query.role)

    asked = query.role is not None
    every = all(takes_part(actor, in_role=in_role) for actor, in_role in query.wanted)
    return every and (not query.any_of or any(takes_part(actor, in_role=asked) for actor in query.any_of))

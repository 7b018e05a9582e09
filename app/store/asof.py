"""The timeline as it was known on a day: computed from the mentions of articles dated up to it, never from stored documents.

An article counts from the latest day on which it may have been written; one whose date has no such bound counts from no day.
The events are those that these mentions make by today's rules and with people's edits, which mend the reading; an event's id is
that of the event to which its first mention belongs now. The cost grows with the mentions in the range that is asked for, not
with the store.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session

from app.core import calendar, matching
from app.core.calendar import DateSpan
from app.core.model import EventDraft
from app.store import actors, components, edits, fulltext, mentions
from app.store.days import intersecting
from app.store.merging import Membership, evidence, lasts, memberships
from app.store.queries import EventQuery, Match, Sort
from app.store.rows import ActorRow, ArticleRow, MentionActorRow, MentionRow


@dataclass(frozen=True, slots=True)
class Known:
    """An event as it was known: the id that it has now, and what the mentions of that time say together."""

    id: str
    draft: EventDraft


def known(session: Session, query: EventQuery) -> list[Known]:
    """The events known on the query's day that pass its other conditions, in its order; neither limit nor cursor counts."""
    assert query.as_of is not None
    seeds = sorted({*session.scalars(_seeds(session, query, query.as_of)), *_edited(session, query, query.as_of)})
    events: list[Known] = []
    for component in components.around(session, seeds, matching.candidates, known_by=query.as_of):
        event_of = {held.stored: held.event_id or "" for held in component.held}
        drafts = matching.cluster(component.told, component.decisions)
        events += [Known(event_of[draft.mentions[0]], draft) for draft in drafts if not draft.hidden]
    states = actors.states(session, {one.state for event in events for one in event.draft.actors if one.state})
    found = [event for event in events if fits(event.draft, query, states)]
    found.sort(key=lambda one: (*calendar.order_key(one.draft.span), one.id, one.draft.mentions[0].key))
    if query.sort is Sort.RELEVANCE:
        found.sort(key=lambda one: -_relevance(one.draft, query))
    return found[::-1] if query.sort is Sort.LATEST else found


def _relevance(draft: EventDraft, query: EventQuery) -> int:
    """How often the words asked for stand in an event, those of its title counted fourfold."""
    body = sum(len(fulltext.marks(query.q, one)) for one in evidence(draft))
    return 4 * len(fulltext.marks(query.q, draft.title)) + body


def _seeds(session: Session, query: EventQuery, day: date) -> Select[int]:
    """The ids of the mentions known on that day that an event which passes must hold one of, unless an edit moved it."""
    row = MentionRow
    statement = select(row.id).join(ArticleRow, ArticleRow.id == row.article_id).where(mentions.is_known_by(day))
    if query.span:
        ways = intersecting(row.first_day, row.last_day, query.span.first_day, query.span.last_day)
        statement = statement.where(or_(*(and_(*conditions) for conditions in ways)))
    if wanted := _wanted(query):
        named = [_named(session, actor) for actor in wanted]
        statement = statement.where(or_(*(row.id.in_(one) for one in named)))
    return statement.order_by(row.id)


def _edited(session: Session, query: EventQuery, day: date) -> list[int]:
    """The mentions known on that day whose events people have dated into the span, or given an actor or one of their people."""
    found = set(edits.redating(session, query.span)) if query.span else set()
    for actor in _wanted(query):
        found.update(edits.giving(session, actor))
    known_ = select(MentionRow.id).join(ArticleRow).where(mentions.is_known_by(day))
    chunks = mentions.chunks(sorted(found), mentions.IDS_PER_STATEMENT)
    return [id_ for chunk in chunks for id_ in session.scalars(known_.where(MentionRow.id.in_(chunk)))]


def _wanted(query: EventQuery) -> list[str]:
    return [id_ for id_, _ in query.wanted] or list(query.any_of)


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

"""The timeline as it was known on a day: computed from the mentions of articles dated up to it, never from stored documents.

An article counts from the latest day on which it may have been written; one whose date has no such bound counts from no day.
The events are those that these mentions make by today's rules and with people's edits, which mend the reading; an event's id is
that of the event to which its first mention belongs now. The cost grows with the mentions in the range that is asked for, not
with the store.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session

from app.core import calendar, matching
from app.core.calendar import DateSpan
from app.core.model import EventDraft, Status
from app.store import actors, components, edits, mentions
from app.store.days import intersecting
from app.store.merging import memberships
from app.store.rows import ActorRow, ArticleRow, MentionActorRow, MentionRow


@dataclass(frozen=True, slots=True)
class Known:
    """An event as it was known: the id that it has now, and what the mentions of that time say together."""

    id: str
    draft: EventDraft


def known(
    session: Session,
    day: date,
    *,
    span: DateSpan | None = None,
    actor: str | None = None,
    affiliates: bool = True,
    kinds: Sequence[str] = (),
    status: Status | None = None,
) -> list[Known]:
    """The events known on that day that share a day with the span and pass the other conditions, in timeline order."""
    seeds = [*session.scalars(_seeds(session, day, span, actor)), *_edited(session, day, span, actor)]
    events: list[Known] = []
    for component in components.around(session, seeds, matching.candidates, known_by=day):
        event_of = {held.stored: held.event_id or "" for held in component.held}
        drafts = matching.cluster(component.told, component.decisions)
        events += [Known(event_of[draft.mentions[0]], draft) for draft in drafts if not draft.hidden]
    states = actors.states(session, {one.state for event in events for one in event.draft.actors if one.state})
    found = [
        event
        for event in events
        if (span is None or event.draft.span.overlaps(span))
        and (not kinds or event.draft.kind in kinds)
        and (status is None or event.draft.status is status)
        and (actor is None or _takes_part(event.draft, actor, states, affiliates=affiliates))
    ]
    return sorted(found, key=lambda one: (*calendar.order_key(one.draft.span), one.id, one.draft.mentions[0].key))


def _seeds(session: Session, day: date, span: DateSpan | None, actor: str | None) -> Select[int]:
    """The ids of the mentions known on that day that an event which passes must hold one of."""
    row = MentionRow
    query = select(row.id).join(ArticleRow, ArticleRow.id == row.article_id).where(mentions.is_known_by(day))
    if span:
        ways = intersecting(row.first_day, row.last_day, span.first_day, span.last_day)
        query = query.where(or_(*(and_(*conditions) for conditions in ways)))
    if actor is not None:
        code = session.scalar(select(ActorRow.state).where(ActorRow.id == actor))
        who = MentionActorRow.actor_id == actor
        named = select(MentionActorRow.mention_id).where(or_(who, MentionActorRow.state == code) if code else who)
        query = query.where(row.id.in_(named))
    return query.order_by(row.id)


def _edited(session: Session, day: date, span: DateSpan | None, actor: str | None) -> list[int]:
    """The mentions known on that day whose events people have dated into the span, or given the actor or one of its people."""
    found = set(edits.redating(session, span)) if span else set()
    if actor is not None:
        found.update(edits.giving(session, actor))
    known_ = select(MentionRow.id).join(ArticleRow).where(mentions.is_known_by(day))
    chunks = mentions.chunks(sorted(found), mentions.IDS_PER_STATEMENT)
    return [id_ for chunk in chunks for id_ in session.scalars(known_.where(MentionRow.id.in_(chunk)))]


def _takes_part(draft: EventDraft, actor: str, states: Mapping[str, str], *, affiliates: bool) -> bool:
    part = memberships(draft, states).get(actor)
    return part is not None and (affiliates or part[2])

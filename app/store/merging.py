"""Merging: which events the mentions make, after some of them came or went."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from app.core import matching
from app.core.calendar import DateSpan
from app.core.curation import Decision
from app.core.model import EventDraft, Role, StoredMention
from app.formats import wire
from app.formats.wire import Source, dumps
from app.store import actors, articles, changes, components, days, edits, fulltext, identity, ids, mentions, tallies
from app.store.articles import Saved
from app.store.changes import Change, What
from app.store.components import Candidates, Component
from app.store.identity import Former, Inheritance
from app.store.mentions import Held
from app.store.rows import EventActorRow, EventOutletRow, EventRedirectRow, EventRow, MentionRow

QUOTE_CHARS = 500
Cluster = Callable[[Sequence[StoredMention], Sequence[Decision]], Sequence[EventDraft]]
Membership = tuple[
    date, date, bool, Role
]  # first and last day of the event, whether the actor took part itself, and how


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge did: the ids of all events it looked at, and of these the minted, the redirected and the dropped."""

    events: tuple[str, ...] = ()
    minted: tuple[str, ...] = ()
    redirected: Mapping[str, str] = field(default_factory=dict)
    dropped: tuple[str, ...] = ()


def merge(
    session: Session,
    saved: Saved,
    *,
    cluster: Cluster = matching.cluster,
    candidates: Candidates = matching.candidates,
    quote_chars: int = QUOTE_CHARS,
) -> Merged:
    """Clusters anew the components that the saved article's mentions touch, old and new, and writes their events.

    The partition and every field but the id depend on the stored mentions alone, not on the order they came in. Ids
    are inherited (see `identity.inherit`); when events join, the oldest survives and the others redirect to it.
    Sentences are quoted up to `quote_chars`.
    """
    if not saved.added and not saved.removed:
        return Merged()
    return remerge(session, saved.added, saved.removed, cluster=cluster, candidates=candidates, quote_chars=quote_chars)


def remerge(
    session: Session,
    seeds: Sequence[int],
    removed: Sequence[Held] = (),
    *,
    cluster: Cluster = matching.cluster,
    candidates: Candidates = matching.candidates,
    quote_chars: int = QUOTE_CHARS,
) -> Merged:
    """As `merge`, around these mentions (row ids) and those that were removed: after something was decided of them."""
    affected = _affected(session, seeds, removed, candidates)
    drafts = [draft for component in affected for draft in cluster(component.told, component.decisions)]
    former = _former(session, [held for component in affected for held in component.held], removed)
    shown = _shown(session, [event.id for event in former])
    inheritance = identity.inherit(former, drafts)
    event_ids, minted = _ids(session, drafts, former, inheritance)
    counted = tallies.of(session, (event.id for event in former))
    _write_events(session, event_ids, drafts, quote_chars)
    _write_members(session, event_ids, drafts, affected)
    _write_histories(session, event_ids, drafts, former)
    _write_outlets(session, event_ids, drafts)
    _retire(session, inheritance)
    tallies.move(session, counted, tallies.of(session, event_ids))
    changes.record(session, _changes(session, event_ids, drafts, former, inheritance, shown))
    return Merged(event_ids, minted, inheritance.redirects, inheritance.dropped)


# ---------------------------------------------------------------- what is affected
def _affected(
    session: Session, seeds: Sequence[int], removed: Sequence[Held], candidates: Candidates
) -> list[Component]:
    """The components around the seeds, and around what the removed held together; whole events in any case."""
    events = {held.event_id for held in removed if held.event_id}
    orphans = [held.id for held in mentions.of_events(session, sorted(events))]
    neighbours = components.beside(session, (held.stored for held in removed), candidates)
    decided = edits.beside(session, {held.stored.article_key for held in removed})
    wanted = [*seeds, *orphans, *neighbours, *decided]
    found = components.around(session, wanted, candidates)
    while missing := _missing(session, found):
        wanted += missing
        found = components.around(session, wanted, candidates)
    return found


def _shown(session: Session, event_ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """What readers see of these events: whatever of it differs afterwards is a change. Hidden ones are not seen."""
    rows = (session.get_one(EventRow, id_) for id_ in event_ids)
    return {
        row.id: (row.document, row.dates, row.explanation, row.possible, row.edits) for row in rows if not row.hidden
    }


def _changes(
    session: Session,
    event_ids: Sequence[str],
    drafts: Sequence[EventDraft],
    former: Sequence[Former],
    inheritance: Inheritance,
    shown: Mapping[str, tuple[str, ...]],
) -> list[Change]:
    """What this merge did, event by event: first those that stand, then those that are no more."""
    home = {stored: event.id for event in former for stored in event.mentions}
    found: list[Change] = []
    now = _shown(session, event_ids)
    for event_id, draft in zip(event_ids, drafts, strict=True):
        if event_id in now and event_id not in shown:
            found.append(Change(event_id, What.CREATED))
            parts = {home[stored] for stored in draft.mentions if stored in home} & set(event_ids) & shown.keys()
            found += [Change(part, What.SPLIT, event_id) for part in sorted(parts)]
    both = [event_id for event_id in event_ids if event_id in now and event_id in shown]
    found += [Change(event_id, What.UPDATED) for event_id in both if now[event_id] != shown[event_id]]
    found += [Change(hidden, What.DELETED) for hidden in event_ids if hidden in shown and hidden not in now]
    for gone, heir in inheritance.redirects.items():
        if gone in shown:
            found.append(Change(gone, What.MERGED, heir) if heir in now else Change(gone, What.DELETED))
    return found + [Change(gone, What.DELETED) for gone in inheritance.dropped if gone in shown]


def _missing(session: Session, found: Iterable[Component]) -> list[int]:
    """Members of affected events that lie in no affected component: only a change of the matching rules leaves such."""
    placed = {held.id for component in found for held in component.held}
    events = {held.event_id for component in found for held in component.held if held.event_id}
    return [held.id for held in mentions.of_events(session, sorted(events)) if held.id not in placed]


def _former(session: Session, present: Iterable[Held], removed: Iterable[Held]) -> list[Former]:
    members: dict[str, list[StoredMention]] = {}
    for held in (*present, *removed):
        if held.event_id:
            members.setdefault(held.event_id, []).append(held.stored)
    ages = {id_: session.get_one(EventRow, id_).minted for id_ in sorted(members)}
    return [Former(id_, ages[id_], tuple(sorted(told, key=lambda one: one.key))) for id_, told in members.items()]


def _ids(
    session: Session, drafts: Sequence[EventDraft], former: Sequence[Former], inheritance: Inheritance
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The id of each draft, and which of them are new."""
    taken = {event.id for event in former}
    found: list[str] = []
    minted: list[str] = []
    for place, draft in enumerate(drafts):
        event_id = inheritance.kept.get(place)
        if event_id is None:
            key = dumps(draft.mentions[0].key)
            event_id = ids.mint("e", key, lambda id_: id_ in taken or session.get(EventRow, id_) is not None)
            taken.add(event_id)
            minted.append(event_id)
        found.append(event_id)
    return tuple(found), tuple(minted)


# ---------------------------------------------------------------- writing
def _write_events(session: Session, event_ids: Sequence[str], drafts: Sequence[EventDraft], quote_chars: int) -> None:
    sources = articles.sources(session, {stored.article_key for draft in drafts for stored in draft.mentions})
    youngest = session.scalar(select(func.max(EventRow.minted))) or 0
    for event_id, draft in zip(event_ids, drafts, strict=True):
        row = session.get(EventRow, event_id)
        if row is None:
            youngest += 1
            session.execute(delete(EventRedirectRow).where(EventRedirectRow.id == event_id))
            row = EventRow(id=event_id, minted=youngest)
        _fill(row, draft, sources, quote_chars)
        session.add(row)
        if draft.hidden:
            fulltext.remove(session, row.minted)
        else:
            fulltext.put(session, row.minted, draft.title, evidence(draft))
    session.flush()


def evidence(draft: EventDraft) -> tuple[str, ...]:
    """What an event is searched by beside its title: the sentences that tell it, each once, and the names of its actors."""
    sentences = (stored.mention.sentence.text for stored in draft.mentions)
    return tuple(dict.fromkeys((*sentences, *(actor.name for actor in draft.actors))))


def _fill(row: EventRow, draft: EventDraft, sources: Mapping[str, Source], quote_chars: int) -> None:
    shown = wire.event(row.id, draft, sources, quote_chars=quote_chars)
    row.edtf, row.first_day, row.last_day = draft.span.edtf, draft.span.first_day, draft.span.last_day
    row.precision, row.lasts = draft.span.precision.value, lasts(draft.span)
    row.width = days.width(row.first_day, row.last_day)
    row.kind, row.status, row.basis = draft.kind, draft.status.value, draft.basis.value
    row.title, row.source_count = draft.title, shown["source_count"]
    row.document = dumps(shown)
    row.explanation = dumps([[step.rule, step.says] for step in draft.explanation])
    row.conflict, row.confidence, row.rules = bool(draft.dates), draft.confidence, draft.rules
    row.dates = dumps([[claim.span.edtf, claim.articles] for claim in draft.dates])
    row.possible = dumps([[link.key, link.score, link.says] for link in draft.possible])
    row.edits = dumps([[one.number, one.op, one.instead_of] for one in draft.edits])
    row.hidden = draft.hidden


def lasts(span: DateSpan) -> bool:
    """Whether it lasted from the first day to the last, and both are known."""
    return span.is_period and not (span.open_start or span.open_end)


def _write_members(
    session: Session, event_ids: Sequence[str], drafts: Sequence[EventDraft], affected: Iterable[Component]
) -> None:
    rows: dict[StoredMention, list[Held]] = {}  # equal mentions are rows of their own
    for component in affected:
        for held in component.held:
            if not held.retracted:
                rows.setdefault(held.stored, []).append(held)
            elif held.event_id:
                session.execute(update(MentionRow).where(MentionRow.id == held.id).values(event_id=None))
    for event_id, draft in zip(event_ids, drafts, strict=True):
        members = [rows[stored].pop(0) for stored in draft.mentions]
        moved = [held.id for held in members if held.event_id != event_id]
        for mention_id in moved:
            session.execute(update(MentionRow).where(MentionRow.id == mention_id).values(event_id=event_id))


def _write_histories(
    session: Session, event_ids: Sequence[str], drafts: Sequence[EventDraft], former: Iterable[Former]
) -> None:
    """Puts the events into the histories of their actors and of these actors' states, and takes former ones out."""
    actors.ensure(session, (actor for draft in drafts for actor in draft.actors))
    states = actors.states(session, {actor.state for draft in drafts for actor in draft.actors if actor.state})
    wanted = {event_id: memberships(draft, states) for event_id, draft in zip(event_ids, drafts, strict=True)}
    changes: Counter[str] = Counter()
    for event_id in {*wanted, *(event.id for event in former)}:
        before, after = _history(session, event_id), wanted.get(event_id, {})
        if before != after:
            session.execute(delete(EventActorRow).where(EventActorRow.event_id == event_id))
            session.add_all(
                EventActorRow(
                    actor_id=actor_id,
                    event_id=event_id,
                    first_day=first,
                    last_day=last,
                    own=own,
                    role=role.value,
                    width=days.width(first, last),
                )
                for actor_id, (first, last, own, role) in after.items()
            )
            changes.update(after.keys())
            changes.subtract(before.keys())
    session.flush()
    actors.count(session, changes)


def memberships(draft: EventDraft, states: Mapping[str, str]) -> dict[str, Membership]:
    """The actors whose history holds the event: its own, and the states that these belong to or speak for; none if hidden."""
    if draft.hidden:
        return {}
    first, last = draft.span.first_day, draft.span.last_day
    own = {actor.id: actor.role for actor in draft.actors}
    found: dict[str, Membership] = {id_: (first, last, True, role) for id_, role in own.items()}
    for actor in sorted(draft.actors, key=lambda actor: matching.WEIGHT[actor.role]):  # the weightiest role counts
        state = states.get(actor.state or "")
        if state is not None and state not in own:
            found.setdefault(state, (first, last, False, actor.role))
    return dict(sorted(found.items()))


def _history(session: Session, event_id: str) -> dict[str, Membership]:
    row = EventActorRow
    query = select(row.actor_id, row.first_day, row.last_day, row.own, row.role).where(row.event_id == event_id)
    return {id_: (first, last, own, Role(role)) for id_, first, last, own, role in session.execute(query)}


def _write_outlets(session: Session, event_ids: Sequence[str], drafts: Sequence[EventDraft]) -> None:
    """Puts the events among those of the outlets that tell them, and takes them from those that do so no more."""
    row = EventOutletRow
    for event_id, draft in zip(event_ids, drafts, strict=True):
        first, last = draft.span.first_day, draft.span.last_day
        told = set() if draft.hidden else {stored.outlet for stored in draft.mentions if stored.outlet}
        wanted = {(outlet, first, last) for outlet in told}
        query = select(row.outlet, row.first_day, row.last_day).where(row.event_id == event_id)
        if wanted != {(outlet, begin, end) for outlet, begin, end in session.execute(query)}:
            session.execute(delete(row).where(row.event_id == event_id))
            session.add_all(
                row(outlet=outlet, first_day=begin, last_day=end, event_id=event_id, width=days.width(begin, end))
                for outlet, begin, end in sorted(wanted)
            )
    session.flush()


def _retire(session: Session, inheritance: Inheritance) -> None:
    """Removes the events that are no more; the ids of those that joined another lead to it from now on."""
    redirect = EventRedirectRow
    for former_id, event_id in inheritance.redirects.items():
        session.execute(update(redirect).where(redirect.event_id == former_id).values(event_id=event_id))
        session.add(redirect(id=former_id, event_id=event_id))
    session.flush()
    for former_id in (*inheritance.redirects, *inheritance.dropped):
        fulltext.remove(session, session.get_one(EventRow, former_id).minted)
        session.execute(delete(EventRow).where(EventRow.id == former_id))

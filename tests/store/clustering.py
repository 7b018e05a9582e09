"""A plain stand-in for `app.core.matching`: the store's tests are about storing, not about which acts are the same."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from app.core.calendar import DateSpan
from app.core.curation import Decision
from app.core.model import Basis, EventActor, EventDraft, Step, StoredMention


def candidates(a: StoredMention, b: StoredMention) -> bool:
    """Spans overlap, and a state or an actor is shared."""
    one, other = _span(a), _span(b)
    ids = {ref.id for ref in a.mention.actors} & {ref.id for ref in b.mention.actors}
    states = {ref.state for ref in a.mention.actors if ref.state} & {ref.state for ref in b.mention.actors}
    return one.overlaps(other) and bool(ids or states)


def cluster(mentions: Iterable[StoredMention], decisions: Iterable[Decision] = ()) -> Sequence[EventDraft]:
    """One event for each kind of act in a component."""
    ordered = sorted(mentions, key=lambda stored: (stored.mention.kind, stored.key))
    return [_draft(tuple(group)) for _, group in groupby(ordered, lambda stored: stored.mention.kind)]


def _draft(mentions: tuple[StoredMention, ...]) -> EventDraft:
    narrowest = min(mentions, key=lambda stored: (_span(stored).days, stored.key)).mention
    actors = {ref.id: EventActor(ref.id, ref.name, ref.kind, ref.state, ref.role) for ref in narrowest.actors}
    why = (Step("same-kind", f"{len(mentions)} reports of one kind"),) if len(mentions) > 1 else ()
    return EventDraft(
        span=narrowest.span or _span(mentions[0]),
        title=narrowest.title,
        kind=narrowest.kind,
        status=narrowest.status,
        basis=Basis.EXPRESSION,
        actors=tuple(actors.values()),
        mentions=mentions,
        explanation=why,
    )


def _span(stored: StoredMention) -> DateSpan:
    assert stored.mention.span is not None
    return stored.mention.span

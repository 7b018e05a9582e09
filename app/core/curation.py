"""What people decided of events, and what that makes of those that the matching made. Pure.

A decision names mentions, not events: it holds whatever the events are made of. Decisions are taken in the order in which they
were made, so that the later of two that disagree counts, and taking one back leaves what the others say. They are taken after the
matching; only what a person holds apart is told to it before, so that a new report finds the better of two sides.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import blake2s

from app.core.calendar import DateSpan
from app.core.model import Edited, EventActor, EventDraft, Key, Status, Step, StoredMention


class Op(StrEnum):
    """What can be decided of an event."""

    MERGE = "merge"
    CONFIRM = "confirm"
    SEPARATE = "separate"
    SPLIT = "split"
    REDATE = "redate"
    RETITLE = "retitle"
    CHANGE_KIND = "change-kind"
    CHANGE_STATUS = "change-status"
    CHANGE_ACTORS = "change-actors"
    HIDE = "hide"


JOINING = frozenset((Op.MERGE, Op.CONFIRM))
PARTING = frozenset((Op.SEPARATE, Op.SPLIT))
Value = DateSpan | Status | str | tuple[EventActor, ...] | None
Places = Mapping[Key, Sequence[int]]
"""Where the mentions of a key stand among those that are clustered; two that are alike share a key."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A mention as a decision remembers it, to be found again when its article was read anew or revised."""

    key: Key
    lemma: str
    kind: str
    sentence: str

    @classmethod
    def of(cls, stored: StoredMention) -> "Anchor":
        """The anchor of a mention; of its sentence a digest is kept."""
        mention = stored.mention
        return cls(stored.key, mention.trigger.lemma, mention.kind, digest(mention.sentence.text))


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a decision: the keys of its mentions that are still there, in canonical order.

    `own` are those that the matching alone held together with the first one; the others were there by other decisions, which may
    be taken back.
    """

    keys: tuple[Key, ...]
    own: frozenset[Key] = frozenset()


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision. The first side is the event it was made of; a second one is the other event, or what stayed of a split.

    `value` is what a field is to be; None for what has none. `author` and `reason` are a person's words.
    """

    number: int
    op: Op
    sides: tuple[Side, ...]
    value: Value = None
    author: str = ""
    reason: str = ""


def digest(sentence: str) -> str:
    """A digest of a sentence that does not depend on its line breaks."""
    return blake2s(" ".join(sentence.split()).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def find(anchor: Anchor, mentions: Sequence[StoredMention]) -> StoredMention | None:
    """The mention that an anchor means, among those of its article in canonical order; None where none carries it on.

    The same place and date, else the same place and verb (it was redated), else the same sentence and verb (the text moved), else
    the same act of the same day by another wording of its sentence.
    """
    _, sentence, trigger, edtf = anchor.key

    def moved(one: StoredMention) -> bool:
        return one.mention.trigger.lemma == anchor.lemma and digest(one.mention.sentence.text) == anchor.sentence

    def redated(one: StoredMention) -> bool:
        begins = one.mention.sentence.begin, one.mention.trigger.begin
        return begins == (sentence, trigger) and one.mention.trigger.lemma == anchor.lemma

    def reworded(one: StoredMention) -> bool:
        return one.key[3] == edtf and (one.mention.trigger.lemma, one.mention.kind) == (anchor.lemma, anchor.kind)

    ways: tuple[Callable[[StoredMention], bool], ...] = (
        lambda one: one.key == anchor.key,
        redated,
        moved,
        reworded,
    )
    return next((one for way in ways for one in mentions if way(one)), None)


# ---------------------------------------------------------------- which mentions are one event
def held_apart(decisions: Iterable[Decision], places: Places) -> frozenset[tuple[int, int]]:
    """The pairs of places, the later first, that a person has put into different events."""
    return frozenset(
        (max(i, j), min(i, j))
        for decision in decisions
        if decision.op in PARTING
        for i in _places(decision.sides[0].keys, places)
        for j in _places(decision.sides[1].keys, places)
        if i != j
    )


def regroup(groups: Sequence[Sequence[int]], decisions: Sequence[Decision], places: Places) -> list[list[int]]:
    """The matching's groups of places, joined and parted as people decided: lists of their numbers, each in rising order."""
    home = {place: number for number, group in enumerate(groups) for place in group}
    standing = [{number} for number in range(len(groups))]
    for decision in decisions:
        if decision.op in JOINING:
            standing = _joined(standing, decision, lambda keys: {home[place] for place in _places(keys, places)})
        elif decision.op is Op.SPLIT:
            taken = {home[place] for place in _places(decision.sides[0].keys, places)}
            standing = [part for one in standing for part in (one - taken, one & taken) if part]
    return sorted(sorted(one) for one in standing)


def _joined(
    standing: list[set[int]], decision: Decision, numbers: Callable[[Iterable[Key]], set[int]]
) -> list[set[int]]:
    wanted: set[int] = set()
    for side in decision.sides:
        found = numbers(_holding(side))
        if not found:
            return standing  # one of the two is told no more
        wanted |= found
    return [one for one in standing if not one & wanted] + [set().union(*(one for one in standing if one & wanted))]


def _holding(side: Side) -> Collection[Key]:
    """The keys by which an event is joined to another: its own, or where they are gone the first that is left."""
    return side.own or side.keys[:1]


def _places(keys: Iterable[Key], places: Places) -> list[int]:
    return [place for key in keys for place in places.get(key, ())]


# ---------------------------------------------------------------- what an event says
def decide(drafts: Sequence[EventDraft], decisions: Iterable[Decision]) -> list[EventDraft]:
    """The drafts with the fields that people gave them, each marked with the decisions that made it what it is."""
    home = {stored.key: place for place, draft in enumerate(drafts) for stored in draft.mentions}
    decided = list(drafts)
    for decision in decisions:
        for place in _touched(decision, home):
            decided[place] = _changed(decided[place], decision, drafts[place])
    return decided


def _touched(decision: Decision, home: Mapping[Key, int]) -> Iterable[int]:
    """The places of the drafts that show a decision: none where a later one has undone its effect.

    A field is that of the event which holds the first of the mentions, as its id is, wherever the others are now.
    """

    def homes(keys: Iterable[Key]) -> set[int]:
        return {home[key] for key in keys if key in home}

    if decision.op in JOINING:
        return sorted(set.intersection(*(homes(_holding(side)) for side in decision.sides)))
    if decision.op in PARTING:
        one, other = (homes(side.keys) for side in decision.sides)
        return sorted(one ^ other) if all(side.keys for side in decision.sides) else ()
    return homes(decision.sides[0].keys[:1])


def _changed(draft: EventDraft, decision: Decision, machine: EventDraft) -> EventDraft:
    """The draft with the decision's field and mark; what stood there is told as the matching made it."""
    mark = Edited(decision.number, decision.op.value, _instead(decision.op, machine))
    draft = replace(draft, edits=(*draft.edits, mark))
    match decision.op, decision.value:
        case Op.REDATE, DateSpan() as span:
            return replace(draft, span=span, dates=())
        case Op.RETITLE, str() as title:
            return replace(draft, title=title)
        case Op.CHANGE_KIND, str() as kind:
            return replace(draft, kind=kind)
        case Op.CHANGE_STATUS, Status() as status:
            return replace(draft, status=status)
        case Op.CHANGE_ACTORS, tuple() as actors:
            return replace(draft, actors=actors)
        case Op.HIDE, _:
            return replace(draft, hidden=True)
        case ((Op.MERGE | Op.CONFIRM), _):
            step = Step("edit", f"{decision.author} holds them to be one act: {decision.reason}")
            return replace(draft, explanation=(*draft.explanation, step))
        case _:
            return draft


def _instead(op: Op, machine: EventDraft) -> str | None:
    match op:
        case Op.REDATE:
            return machine.span.edtf
        case Op.RETITLE:
            return machine.title
        case Op.CHANGE_KIND:
            return machine.kind
        case Op.CHANGE_STATUS:
            return machine.status.value
        case Op.CHANGE_ACTORS:
            return ", ".join(f"{actor.id} ({actor.role.value})" for actor in machine.actors)
        case _:
            return None

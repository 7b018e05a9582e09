"""How mentions become events, and what the mentions of one event say together. Pure; the same set always gives the same events.

Which two mentions tell one act is decided by `likeness`. Here the most alike join first, unless something speaks against any of
those they join; of what is not alike enough, or fits two events, a person may decide (`EventDraft.possible`).
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.core import calendar, copies, curation, likeness
from app.core.calendar import DateSpan
from app.core.cells import Cells
from app.core.curation import Decision
from app.core.likeness import REFINES, Verdict, candidates, compare
from app.core.model import (
    ActorRef,
    Basis,
    DateClaim,
    EventActor,
    EventDraft,
    Key,
    Possible,
    Reporter,
    Role,
    Status,
    Step,
    StoredMention,
    Zone,
)

__all__ = ["REFINES", "RULES", "Verdict", "candidates", "cluster", "compare"]

RULES = "2026-11-23"  # the day on which the rules of extraction or merging changed last; every event says by which it was made
Verdicts = Mapping[tuple[int, int], Verdict]
"""What was found for each pair that could be joined, by the places of the later and the earlier."""

WEIGHT: Mapping[Role, int] = {Role.SOURCE: 0, Role.PARTICIPANT: 1, Role.TARGET: 2, Role.OTHER: 3}
_STATUSES = (Status.OCCURRED, Status.DENIED, Status.SCHEDULED, Status.HYPOTHETICAL)  # the first that is told counts


@dataclass(slots=True)
class _Group:
    """Mentions of one act, by their places, each with why it joined."""

    places: list[int]
    steps: list[Step]

    @classmethod
    def of(cls, parts: Iterable["_Group"]) -> "_Group":
        """All of them in one."""
        whole = list(parts)
        return cls(sorted(p for part in whole for p in part.places), [s for part in whole for s in part.steps])


def cluster(mentions: Iterable[StoredMention], decisions: Iterable[Decision] = ()) -> Sequence[EventDraft]:
    """The events that a connected component of mentions makes with what people decided of them, in timeline order.

    The pairs most alike join first, and two groups join only where nothing keeps any of their mentions apart: a report of
    December joins the day it is most like, and is then no report of another day.
    """
    decisions = sorted(decisions, key=lambda decision: decision.number)
    ordered = sorted((m for m in mentions if m.mention.span), key=_canonical)
    places = _places(ordered)
    apart = curation.held_apart(decisions, places)
    verdicts = _verdicts(ordered, apart)
    groups = _groups(ordered, verdicts, apart)
    numbers = curation.regroup([group.places for group in groups], decisions, places)
    standing = [_Group.of(groups[number] for number in some) for some in numbers]
    home = {place: group.places[0] for group in standing for place in group.places}
    possible = _possible(ordered, home, verdicts, apart)
    drafts = [
        _draft([ordered[place] for place in group.places], group.steps, tuple(possible.get(group.places[0], ())))
        for group in standing
    ]
    decided = curation.decide(drafts, decisions)
    return sorted(decided, key=lambda draft: (*calendar.order_key(draft.span), draft.mentions[0].key))


def alone(mentions: Iterable[StoredMention], decisions: Iterable[Decision]) -> Sequence[frozenset[Key]]:
    """The keys of the mentions that the matching alone holds together, given what people hold apart."""
    ordered = sorted((m for m in mentions if m.mention.span), key=_canonical)
    apart = curation.held_apart(decisions, _places(ordered))
    groups = _groups(ordered, _verdicts(ordered, apart), apart)
    return [frozenset(ordered[place].key for place in group.places) for group in groups]


def _places(ordered: Sequence[StoredMention]) -> dict[Key, list[int]]:
    places: dict[Key, list[int]] = {}
    for place, one in enumerate(ordered):
        places.setdefault(one.key, []).append(place)
    return places


def _verdicts(ordered: Sequence[StoredMention], apart: Collection[tuple[int, int]]) -> Verdicts:
    cells = Cells(ordered)
    return {
        (i, j): _compare(one, ordered[j])
        for i, one in enumerate(ordered)
        for j in sorted(cells.near(one))
        if j < i and candidates(one, ordered[j]) and (i, j) not in apart
    }


def _groups(ordered: Sequence[StoredMention], verdicts: Verdicts, apart: Collection[tuple[int, int]]) -> list[_Group]:
    groups = {place: _Group([place], []) for place in range(len(ordered))}
    home = list(range(len(ordered)))
    alike = [pair for pair, verdict in verdicts.items() if verdict.same]
    for i, j in sorted(alike, key=lambda pair: (-verdicts[pair].score, pair[1], pair[0])):
        first, second = sorted((home[i], home[j]))
        if first != second and _may_join(groups[first], groups[second], verdicts, ordered, apart):
            joining = groups.pop(second)
            for place in joining.places:
                home[place] = first
            says = f"{ordered[i].article_key}: {verdicts[i, j].says}"
            groups[first].steps += [*joining.steps, Step("same-act", says)]
            groups[first].places += joining.places
    return list(groups.values())


def _canonical(one: StoredMention) -> tuple[int, int, Key]:
    span = one.mention.span
    return (span.days if span else 0, one.mention.basis is not Basis.EXPRESSION, one.key)


def _may_join(
    a: _Group, b: _Group, verdicts: Verdicts, ordered: Sequence[StoredMention], apart: Collection[tuple[int, int]]
) -> bool:
    """Whether no mention of the one is kept apart from one of the other."""
    for i in a.places:
        for j in b.places:
            if (max(i, j), min(i, j)) in apart:
                return False
            verdict = verdicts.get((max(i, j), min(i, j))) or _compare(ordered[i], ordered[j])
            if verdict.objection and not verdict.akin:
                return False
    return True


def _compare(one: StoredMention, other: StoredMention) -> Verdict:
    """The rule for two mentions; of one article two verbs that share no word tell two acts, or it would have said so once."""
    verdict = compare(one.mention, other.mention)
    shared = {part.name for part in verdict.parts}
    if one.article_key == other.article_key and not verdict.objection and not shared & {"lemma", "objects", "names"}:
        return Verdict(objection="one article tells both in different words")
    return verdict


def _possible(
    ordered: Sequence[StoredMention], home: Mapping[int, int], verdicts: Verdicts, apart: Collection[tuple[int, int]]
) -> dict[int, list[Possible]]:
    """For each group, by its first place, the others that may tell the same act: the best of what they share.

    Groups of which a person holds two mentions apart are not the same act.
    """
    different = {frozenset((home[i], home[j])) for i, j in apart}
    best: dict[tuple[int, int], Verdict] = {}
    for (i, j), verdict in verdicts.items():
        if home[i] == home[j] or frozenset((home[i], home[j])) in different:
            continue
        if verdict.same or verdict.possible:
            pair = home[i], home[j]
            for one in (pair, pair[::-1]):
                best[one] = max(best.get(one, verdict), verdict, key=lambda found: (found.score, found.says))
    first = {place: ordered[place].key for place in reversed(range(len(ordered)))}
    for place in range(len(ordered)):
        first[home[place]] = min(first[home[place]], ordered[place].key)
    found: dict[int, list[Possible]] = {}
    for (own, other), verdict in best.items():
        found.setdefault(own, []).append(Possible(first[other], verdict.score, verdict.says))
    return {own: sorted(links, key=lambda link: link.key) for own, links in found.items()}


# ---------------------------------------------------------------- what they say together
def _draft(group: Sequence[StoredMention], steps: Sequence[Step], possible: tuple[Possible, ...]) -> EventDraft:
    mentions = sorted(group, key=lambda one: one.key)
    dates = _dates(mentions)
    span = dates[0].span
    statuses = {one.mention.status for one in mentions}
    status = next(status for status in _STATUSES if status in statuses)
    dated = (one for one in mentions if one.mention.span == span)
    told = min(dated, key=lambda one: (one.mention.status is not status, *_telling(one)))
    tellers = copies.tellers(mentions)
    return EventDraft(
        span=span,
        title=told.mention.title,
        kind=_kind(told, mentions),
        status=status,
        basis=min((one.mention.basis for one in mentions), key=list(Basis).index),
        actors=_event_actors(mentions),
        mentions=tuple(mentions),
        explanation=tuple(sorted(steps, key=lambda step: step.says)),
        reported_by=_claimed_by(mentions),
        dates=dates if len(dates) > 1 else (),
        possible=possible,
        confidence=_confidence(mentions, tellers, conflict=len(dates) > 1),
        rules=RULES,
        outlets=len(set(tellers)),
    )


def _dates(mentions: Sequence[StoredMention]) -> tuple[DateClaim, ...]:
    """The dates on which the mentions do not agree, the best supported first; one where they agree: the narrowest.

    A wider date supports every narrower one that it holds; articles are counted, not mentions.
    """
    spans = {one.mention.span for one in mentions if one.mention.span}
    narrowest = [span for span in spans if not any(span != other and _inside(other, span) for other in spans)]
    told = {
        span: sorted({one.article_key for one in mentions if one.mention.span and one.mention.span.holds(span)})
        for span in narrowest
    }
    by_days: dict[tuple[object, object], DateSpan] = {}
    for span in sorted(narrowest, key=lambda span: span.edtf):
        by_days.setdefault((span.first_day, span.last_day), span)
    ordered = sorted(by_days.values(), key=lambda span: (-len(told[span]), span.days, span.first_day, span.edtf))
    return tuple(DateClaim(span, tuple(told[span])) for span in ordered)


def _inside(inner: DateSpan, outer: DateSpan) -> bool:
    return outer.holds(inner) and inner.days < outer.days


def _kind(told: StoredMention, mentions: Sequence[StoredMention]) -> str:
    """The kind of the mention that tells the event, or what another report makes finer of it: the most told of these."""
    finer = Counter(one.mention.kind for one in mentions if REFINES.get(one.mention.kind) == told.mention.kind)
    return min(finer, key=lambda kind: (-finer[kind], kind)) if finer else told.mention.kind


def _confidence(mentions: Sequence[StoredMention], tellers: Sequence[int], *, conflict: bool) -> float:
    """How sure it is that the act was told and read rightly, from 0 to 1: every independent teller leaves less room for error.

    A rule of thumb, not a measured probability: a dated clause counts more than an article's occasion, the words of the
    narrator more than a claim, a body more than a caption; a date in dispute takes a third away.
    """
    doubts: dict[int, float] = {}
    for one, teller in zip(mentions, tellers, strict=True):
        mention = one.mention
        sure = 0.8 if mention.basis is Basis.EXPRESSION else 0.6
        sure -= 0.1 * (mention.reported_by is not None) + 0.1 * (mention.zone is Zone.CAPTION)
        sure -= 0.1 * (not likeness.acting(mention)) + 0.1 * (mention.kind == "other")
        doubts[teller] = min(doubts.get(teller, 1.0), 1 - sure)
    doubt = 1.0
    for teller in sorted(doubts):
        doubt *= doubts[teller]
    return round((1 - doubt) * (2 / 3 if conflict else 1), 2)


def _claimed_by(mentions: Sequence[StoredMention]) -> Reporter | None:
    """Whose claim the act is: of one speaker in every report, until the narrator or another speaker tells it."""
    told = [one.mention.reported_by for one in mentions]
    claims = [one for one in told if one]
    return claims[0] if len(claims) == len(told) and len({one.id or one.name for one in claims}) == 1 else None


def _telling(one: StoredMention) -> tuple[bool, bool, bool, int, Key]:
    """Orders mentions by how well their title tells the event."""
    mention = one.mention
    acting = any(ref.role in (Role.SOURCE, Role.PARTICIPANT) for ref in mention.actors)
    return (mention.zone is Zone.CAPTION, not acting, mention.title.endswith("…"), -len(mention.objects), one.key)


def _event_actors(mentions: Sequence[StoredMention]) -> tuple[EventActor, ...]:
    """Each actor once with its weightiest role; who is only named beside the act counts where nobody else is known."""
    best: dict[str, ActorRef] = {}
    for one in mentions:
        for ref in one.mention.actors:
            if ref.id not in best or WEIGHT[ref.role] < WEIGHT[best[ref.id].role]:
                best[ref.id] = ref
    refs = [ref for ref in best.values() if ref.role is not Role.OTHER] or list(best.values())
    refs.sort(key=lambda ref: (WEIGHT[ref.role], ref.name))
    return tuple(EventActor(ref.id, ref.name, ref.kind, ref.state, ref.role) for ref in refs)

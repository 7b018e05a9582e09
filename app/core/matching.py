"""Which mentions report one act, and what they say together. Pure; the same set of mentions always gives the same events.

The rule, in words: two mentions tell the same act when their dates are compatible (equal, or one inside the other and neither
wider than a month), somebody acts in both on the same side (a minister counts for the state), their kinds agree, one refines
the other (a signing, an agreement) or they are often told for one another (a proposal is delivered), and nothing speaks against
it: another person speaking, another counterpart, a call against a visit, a denial against a report. Of several acts that a
mention fits it joins the one it shares most with.

Not handled: dates that conflict (such reports stay apart); similarity of wording beyond verbs and objects.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.core import calendar
from app.core.model import (
    ActorKind,
    ActorRef,
    Basis,
    EventActor,
    EventDraft,
    Mention,
    Reporter,
    Role,
    Status,
    Step,
    StoredMention,
    Zone,
)

_WIDEST_DAYS = 31
_ENOUGH = 5

# Kinds that news tells for one another: what is proposed is delivered, what is delivered answers something.
_KINDRED = frozenset(
    frozenset(pair.split())
    for pair in (
        "proposal delivery", "delivery response", "statement interview", "statement accusation", "statement rejection",
        "statement threat", "statement request", "consultation call", "consultation meeting", "consultation summit",
        "consultation agreement", "meeting summit", "meeting visit", "retreat sanction",
        "statement address", "address accusation", "address rejection", "address threat", "address request",
        "signing ceasefire", "vote appointment",
    )
)  # fmt: skip

# Kinds that one report tells finely and another only by the kind above, as in the lexicon, which the core does not know. A kind
# fits the one above it and what that is told for; two that refine one kind are different acts.
REFINES = {
    fine: coarse
    for coarse, refined in (
        ("consultation", "negotiation"),
        ("agreement", "signing ratification accession ceasefire"),
        ("recognition", "relations-established embassy-opened"),
        ("support", "vote appointment"),
        ("concession", "apology prisoner-release sanctions-lifted"),
        ("request", "invitation summons"),
        ("rejection", "veto"),
        ("threat", "ultimatum"),
        ("sanction", "sanctions-imposed expulsion recall relations-broken treaty-withdrawal suspension"),
        ("mobilization", "deployment exercise weapons-test"),
        ("coercion", "arrest blockade annexation occupation"),
        ("assault", "invasion bombardment assassination"),
    )
    for fine in refined.split()
}
_SPOKEN = frozenset(
    ("statement", "interview", "press-conference", "address", "accusation", "rejection", "threat", "request")
)
_WEIGHT = {Role.SOURCE: 0, Role.PARTICIPANT: 1, Role.TARGET: 2, Role.OTHER: 3}


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether two mentions tell one act, how much they share, and why (or why not)."""

    same: bool
    score: int
    says: str


def candidates(a: StoredMention, b: StoredMention) -> bool:
    """Whether the two could be joined at all: their spans overlap and they share a state or an actor."""
    first, second = a.mention, b.mention
    if first.span is None or second.span is None or not first.span.overlaps(second.span):
        return False
    return bool(_parties(first.actors) & _parties(second.actors))


def compare(a: Mention, b: Mention) -> Verdict:
    """The rule for two mentions; symmetric."""
    if a.span is None or b.span is None:
        return Verdict(False, 0, "one of them has no date")
    equal = (a.span.first_day, a.span.last_day) == (b.span.first_day, b.span.last_day)
    if not equal and (
        not (a.span.holds(b.span) or b.span.holds(a.span)) or max(a.span.days, b.span.days) > _WIDEST_DAYS
    ):
        return Verdict(False, 0, f"{a.span} and {b.span} do not agree")
    kinship = _kinship(a.kind, b.kind)
    if not kinship:
        return Verdict(False, 0, f"{a.kind} and {b.kind} are different acts")
    against = _objection(a, b)
    if against:
        return Verdict(False, 0, against)
    shared_doers = _parties(_doers(a)) & _parties(_doers(b))
    shared_objects = set(a.objects) & set(b.objects)
    score = (
        (3 if equal else 1)
        + kinship
        + 2 * bool(shared_doers)
        + (a.trigger.lemma == b.trigger.lemma)
        + min(2, len(shared_objects))
    )
    when = f"both on {a.span}" if equal else f"{a.span} and {b.span} agree"
    who = ", ".join(sorted(shared_doers))
    what = a.kind if a.kind == b.kind else f"{a.kind} and {b.kind} tell one act"
    about = f", both about {', '.join(sorted(shared_objects))}" if shared_objects else ""
    return Verdict(score >= _ENOUGH and bool(shared_doers), score, f"{when}; {who} acts in both; {what}{about}")


def _kinship(a: str, b: str) -> int:
    """How near two kinds are: 2 for one kind, 1 for two that news tells for one another, 0 for different acts."""
    if a == b:
        return 2
    coarse_a, coarse_b = _coarse(a), _coarse(b)
    if coarse_a == coarse_b and coarse_a not in (a, b):
        return int(frozenset((a, b)) in _KINDRED)
    return int(coarse_a == coarse_b or bool({frozenset((a, b)), frozenset((coarse_a, coarse_b))} & _KINDRED))


def _coarse(kind: str) -> str:
    return REFINES.get(kind, kind)


def cluster(mentions: Iterable[StoredMention]) -> Sequence[EventDraft]:
    """The events that a connected component of mentions makes, in timeline order.

    Narrow dates first, so that a mention of a whole month joins a day that is already an event, or founds its own.
    """
    groups: list[list[tuple[StoredMention, Step | None]]] = []
    for one in sorted((m for m in mentions if m.mention.span), key=_canonical):
        best = max(
            ((_fit(one, group), -number) for number, group in enumerate(groups)),
            key=lambda fit: (fit[0].score, fit[1]),
            default=None,
        )
        if best and best[0].same:
            groups[-best[1]].append((one, Step("same-act", f"{one.article_key}: {best[0].says}")))
        else:
            groups.append([(one, None)])
    drafts = [_draft(group) for group in groups]
    return sorted(drafts, key=lambda draft: (*calendar.order_key(draft.span), draft.mentions[0].key))


def _canonical(one: StoredMention) -> tuple[int, int, tuple[str, int, int, str]]:
    span = one.mention.span
    return (span.days if span else 0, one.mention.basis is not Basis.EXPRESSION, one.key)


def _fit(one: StoredMention, group: Sequence[tuple[StoredMention, Step | None]]) -> Verdict:
    """How well a mention fits a group: its best match there, unless something speaks against any of them."""
    verdicts = [compare(one.mention, other.mention) for other, _ in group]
    against = next(
        (
            v
            for v, (other, _) in zip(verdicts, group, strict=True)
            if not v.same and _objection(one.mention, other.mention)
        ),
        None,
    )
    return against or max(verdicts, key=lambda verdict: (verdict.same, verdict.score))


def _objection(a: Mention, b: Mention) -> str | None:
    """What speaks against one act though date and kind agree."""
    if a.status is not b.status and {a.status, b.status} != {Status.OCCURRED, Status.SCHEDULED}:
        return f"one is {a.status}, the other {b.status}"
    people_a, people_b = (frozenset(ref.id for ref in _doers(m) if ref.kind is ActorKind.PERSON) for m in (a, b))
    if people_a and people_b and not people_a & people_b:
        return "different people act"
    if {_coarse(a.kind), _coarse(b.kind)} <= _SPOKEN and bool(people_a) != bool(people_b):
        return "only one of them says who speaks"
    targets_a, targets_b = (_parties(ref for ref in m.actors if ref.role is Role.TARGET) for m in (a, b))
    if targets_a and targets_b and not targets_a & targets_b:
        return "different counterparts"
    both = _parties(_participants(a)), _parties(_participants(b))
    if len(both[0]) > 1 and len(both[1]) > 1 and not (both[0] <= both[1] or both[1] <= both[0]):
        return "different participants"
    return None


def _participants(mention: Mention) -> list[ActorRef]:
    return [ref for ref in mention.actors if ref.role is Role.PARTICIPANT]


def _doers(mention: Mention) -> list[ActorRef]:
    """Who acts; where the text names no doer, everyone it names."""
    return [ref for ref in mention.actors if ref.role in (Role.SOURCE, Role.PARTICIPANT)] or list(mention.actors)


def _parties(actors: Iterable[ActorRef]) -> frozenset[str]:
    """The states the actors are or speak for, and the ids of those without a state."""
    return frozenset(ref.state or ref.id for ref in actors)


# ---------------------------------------------------------------- what they say together
def _draft(group: Sequence[tuple[StoredMention, Step | None]]) -> EventDraft:
    mentions = sorted((one for one, _ in group), key=lambda one: one.key)
    spans = [one.mention.span for one in mentions if one.mention.span]
    span = min(spans, key=lambda span: (span.days, span.first_day, span.edtf))
    told = min((one for one in mentions if one.mention.span == span), key=_telling)
    statuses = {one.mention.status for one in mentions}
    return EventDraft(
        span=span,
        title=told.mention.title,
        kind=told.mention.kind,
        status=Status.OCCURRED if Status.OCCURRED in statuses else told.mention.status,
        basis=min((one.mention.basis for one in mentions), key=list(Basis).index),
        actors=_event_actors(mentions),
        mentions=tuple(mentions),
        explanation=tuple(sorted((step for _, step in group if step), key=lambda step: step.says)),
        reported_by=_claimed_by(mentions),
    )


def _claimed_by(mentions: Sequence[StoredMention]) -> Reporter | None:
    """Whose claim the act is: of one speaker in every report, until the narrator or another speaker tells it."""
    told = [one.mention.reported_by for one in mentions]
    claims = [one for one in told if one]
    return claims[0] if len(claims) == len(told) and len({one.id or one.name for one in claims}) == 1 else None


def _telling(one: StoredMention) -> tuple[bool, bool, bool, int, tuple[str, int, int, str]]:
    """Orders mentions by how well their title tells the event."""
    mention = one.mention
    acting = any(ref.role in (Role.SOURCE, Role.PARTICIPANT) for ref in mention.actors)
    return (mention.zone is Zone.CAPTION, not acting, mention.title.endswith("…"), -len(mention.objects), one.key)


def _event_actors(mentions: Sequence[StoredMention]) -> tuple[EventActor, ...]:
    """Each actor once with its weightiest role; who is only named beside the act counts where nobody else is known."""
    best: dict[str, ActorRef] = {}
    for one in mentions:
        for ref in one.mention.actors:
            if ref.id not in best or _WEIGHT[ref.role] < _WEIGHT[best[ref.id].role]:
                best[ref.id] = ref
    refs = [ref for ref in best.values() if ref.role is not Role.OTHER] or list(best.values())
    refs.sort(key=lambda ref: (_WEIGHT[ref.role], ref.name))
    return tuple(EventActor(ref.id, ref.name, ref.kind, ref.state, ref.role) for ref in refs)

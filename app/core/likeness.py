"""How alike two mentions are: the evidence that they tell one act, point by point, and what speaks against it. Pure.

In words: their dates agree (equal, or one inside the other and neither wider than a month), somebody acts in both (a minister
counts for the state) or is named in both where one of them names no doer, their kinds agree or are often told for one another
(a proposal is delivered), and they share words: the verb, what it is done to, names and numbers. Each point of the score is kept.
Above `SAME` they are one act, above `POSSIBLE` a person should look, below they are apart. An objection outweighs every point:
another person, another counterpart, a call against a visit, a denial against a report. A plan is one act with a report of it, and
with a denial of the whole of it.
Not handled: dates that conflict by more than a day; likeness of wording beyond verbs, nouns, names and numbers.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from app.core.calendar import FIRST_DAY, LAST_DAY, DateSpan
from app.core.model import ActorKind, ActorRef, Mention, Role, Status, StoredMention

SAME = 5
DAY = timedelta(days=1)
POSSIBLE = 4
WIDEST_DAYS = 31
_SHARED_OBJECTS = 2  # so many points at most for what the act is about
_GROUP = 2  # so many parties that act in both make the same company
_ONE_KIND = 2

# Kinds that news tells for one another: what is proposed is delivered, what is delivered answers something.
_KINDRED = frozenset(
    frozenset(pair.split())
    for pair in (
        "proposal delivery", "delivery response", "statement interview", "statement accusation", "statement rejection",
        "statement threat", "statement request", "consultation call", "consultation meeting", "consultation summit",
        "meeting summit", "meeting visit", "retreat sanction",
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
# Acts of which a side has many in a day, so that the day and the side alone do not tell one from another.
_FREQUENT = frozenset(("statement", "other", "assault", "request", "accusation", "consultation"))
# Acts that are done once, so that reports which put them a day apart tell of one, with a date in dispute.
_ONCE = frozenset(
    (
        "signing",
        "ratification",
        "accession",
        "treaty-withdrawal",
        "relations-established",
        "relations-broken",
        "embassy-opened",
    )
    + ("expulsion", "recall", "publication", "delivery", "annexation", "invasion", "assassination", "sanctions-imposed")
)
_CALLED_OFF = frozenset((Status.SCHEDULED, Status.DENIED))
_HISTORIES = (frozenset((Status.SCHEDULED, Status.OCCURRED)), _CALLED_OFF)  # what was planned took place, or did not
_TALKS = frozenset(("consultation", "negotiation", "meeting", "summit"))  # who denies the one denies the others
_RESULTS = frozenset(
    ("accord", "agreement", "deal", "treaty", "pact")
)  # nouns for one thing: what is agreed and signed
_NAME = re.compile(r"[A-Z][\w-]+|\d[\d,.]*\d|\d")
_CALENDAR = frozenset(
    (
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "January",
        "February",
        "March",
        "April",
    )
    + (
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
        "The",
        "On",
        "In",
        "A",
        "He",
        "She",
        "It",
    )
)
_SMALL = re.compile(r"\d{1,2}|(?:1[5-9]|20|21)\d\d")  # days and years, which the dates have counted


@dataclass(frozen=True, slots=True)
class Part:
    """One point of the evidence: its name, how much it counts, and in words what is shared."""

    name: str
    points: int
    says: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found: the parts of the score, or the objection that keeps the two apart whatever they share.

    `lacking` says what is missing for one act, however high the score. `akin` is true where only their kinds keep them apart:
    they may still stand in one event, if a third holds them together.
    """

    parts: tuple[Part, ...] = ()
    objection: str | None = None
    lacking: str | None = None
    akin: bool = False

    @property
    def score(self) -> int:
        return 0 if self.objection else sum(part.points for part in self.parts)

    @property
    def same(self) -> bool:
        """Whether the two are one act."""
        return self.score >= SAME and self.lacking is None

    @property
    def possible(self) -> bool:
        """Whether they may be one act, which a person should decide."""
        return not self.same and self.score >= POSSIBLE

    @property
    def says(self) -> str:
        told = [f"{part.says} ({part.points})" for part in self.parts] + ([self.lacking] if self.lacking else [])
        return self.objection or "; ".join(told)


def candidates(a: StoredMention, b: StoredMention) -> bool:
    """Whether the two could be one act at all, cheaply: their dates and kinds agree and they share a state or an actor.

    What this accepts holds a component together, so it is narrow: two mentions of a busy actor must not meet through every
    other mention of the month.
    """
    first, second = a.mention, b.mention
    if first.span is None or second.span is None or not _agree(first.span, second.span):
        return False
    if not kinship(first.kind, second.kind) or not parties(first.actors) & parties(second.actors):
        return False
    return not adjacent(first.span, second.span) or _may_be_in_dispute(first, second)


def compare(a: Mention, b: Mention) -> Verdict:
    """The evidence for two mentions; symmetric."""
    if a.span is None or b.span is None:
        return Verdict(objection="one of them has no date")
    if not _agree(a.span, b.span):
        return Verdict(objection=f"{a.span} and {b.span} do not agree")
    kin = kinship(a.kind, b.kind)
    if not kin:
        return Verdict(objection=f"{a.kind} and {b.kind} are different acts", akin=objection(a, b) is None)
    if against := objection(a, b):
        return Verdict(objection=against)
    who, words = _who(a, b), tuple(_words(a, b))
    if adjacent(a.span, b.span) and not (_may_be_in_dispute(a, b) and _told_twice(who, words)):
        return Verdict(objection=f"{a.span} and {b.span} do not agree")
    kind = Part("kind", kin, a.kind if a.kind == b.kind else f"{a.kind} and {b.kind} tell one act")
    found = (_date(a.span, b.span), *who, kind, *words)
    if not who:
        return Verdict(found, lacking="nobody acts in both")
    return Verdict(found, lacking=None if words or _is_plain(a, b) else "no word in common")


def _date(a: DateSpan, b: DateSpan) -> Part:
    if _days(a) == _days(b):
        return Part("date", 3, f"both on {a}")
    if adjacent(a, b):
        return Part("date", 0, f"{a} against {b}, a day apart")
    return Part("date", 1, f"{a} and {b} agree")


def _is_plain(a: Mention, b: Mention) -> bool:
    """Whether two reports that share no word are of one act all the same: by a person of both, or by kind, day and company.

    Of what somebody does not do there is no end: a plan and a denial need more than one doer, or a person and a rare kind.
    """
    people = people_of(a) & people_of(b)
    if _is_called_off(a, b):
        company = len(parties(acting(a)) & parties(acting(b))) >= _GROUP
        return bool(people or company) and a.kind not in _FREQUENT
    if people:
        return True
    if a.kind != b.kind or a.span is None or b.span is None:
        return False
    together = parties(acting(a)) & parties(acting(b))
    return len(together) >= _GROUP or (_days(a.span) == _days(b.span) and bool(together or a.kind not in _FREQUENT))


def _agree(a: DateSpan, b: DateSpan) -> bool:
    if _days(a) == _days(b) or adjacent(a, b):
        return True
    return (a.holds(b) or b.holds(a)) and max(a.days, b.days) <= WIDEST_DAYS


def adjacent(a: DateSpan, b: DateSpan) -> bool:
    """Whether both are days and one follows the other."""
    return a.days == b.days == 1 and abs((a.first_day - b.first_day).days) == 1


def reach(span: DateSpan) -> tuple[date, date]:
    """The first and last day on which another report of the act may be dated: of a day, those beside it too."""
    if span.days > 1 or span.open_start or span.open_end:
        return span.first_day, span.last_day
    return max(span.first_day, FIRST_DAY + DAY) - DAY, min(span.last_day, LAST_DAY - DAY) + DAY


def _may_be_in_dispute(a: Mention, b: Mention) -> bool:
    """Whether reports a day apart may be of one act: of a kind that is done once, told by the same verb."""
    return a.kind == b.kind and a.kind in _ONCE and a.trigger.lemma == b.trigger.lemma


def _told_twice(who: Iterable[Part], words: Iterable[Part]) -> bool:
    """Whether two reports are so alike that one of them must have the day wrong: same side, verb, and what it is about."""
    names = {part.name for part in (*who, *words)}
    return {"doers", "lemma"} <= names and bool(names & {"objects", "names"})


def _days(span: DateSpan) -> tuple[object, object]:
    return span.first_day, span.last_day


# ---------------------------------------------------------------- kinds
def kinship(a: str, b: str) -> int:
    """How near two kinds are: 2 for one kind, 1 for two that news tells for one another, 0 for different acts."""
    if a == b:
        return _ONE_KIND
    coarse_a, coarse_b = coarse(a), coarse(b)
    if coarse_a == coarse_b and coarse_a not in (a, b):
        return int(frozenset((a, b)) in _KINDRED)
    return int(coarse_a == coarse_b or bool({frozenset((a, b)), frozenset((coarse_a, coarse_b))} & _KINDRED))


def coarse(kind: str) -> str:
    """The kind that this one refines, itself where it refines none."""
    return REFINES.get(kind, kind)


# ---------------------------------------------------------------- people and sides
def _who(a: Mention, b: Mention) -> tuple[Part, ...]:
    """Who acts in both; where one of them names no doer, who is named in both."""
    doers = parties(acting(a)), parties(acting(b))
    if not all(doers):
        named = parties(a.actors) & parties(b.actors)
        return (Part("named", 2, f"{', '.join(sorted(named))} is named in both"),) if named else ()
    shared = doers[0] & doers[1]
    if not shared:
        return ()
    return (Part("doers", 2, f"{', '.join(sorted(shared))} acts in both"),)


def acting(mention: Mention) -> list[ActorRef]:
    """Who does the act or takes part in it."""
    return [ref for ref in mention.actors if ref.role in (Role.SOURCE, Role.PARTICIPANT)]


def people_of(mention: Mention) -> frozenset[str]:
    """The ids of the people who do the act or take part in it."""
    return frozenset(ref.id for ref in acting(mention) if ref.kind is ActorKind.PERSON)


def parties(actors: Iterable[ActorRef]) -> frozenset[str]:
    """The states the actors are or speak for, and the ids of those without a state."""
    return frozenset(ref.state or ref.id for ref in actors)


# ---------------------------------------------------------------- words
def _words(a: Mention, b: Mention) -> Iterator[Part]:
    """The words that both share: the verb or event noun, what it is about, names and numbers."""
    if a.trigger.lemma == b.trigger.lemma:
        yield Part("lemma", 1, f"both by the word {a.trigger.lemma!r}")
    objects = sorted(
        (_things(a, b) & _things(b, a)) - ({a.trigger.lemma} if a.trigger.lemma == b.trigger.lemma else set())
    )
    if objects:
        yield Part("objects", min(_SHARED_OBJECTS, len(objects)), f"both about {', '.join(objects)}")
    if names := sorted(_names(a) & _names(b)):
        yield Part("names", 1, f"both name {', '.join(names)}")


def _things(mention: Mention, other: Mention) -> frozenset[str]:
    """What the act is about; with its own verb or noun where the other is about that: "the accord", "voted to endorse"."""
    own = mention.trigger.lemma
    words = (*mention.objects, own) if own in _RESULTS or own in other.objects else mention.objects
    return frozenset("agreement" if word in _RESULTS else word for word in words)


@lru_cache(maxsize=4096)
def _names(mention: Mention) -> frozenset[str]:
    """The names and numbers of a mention's clause that are neither its actors' nor a date's."""
    begin = mention.clause.begin
    text = mention.clause.text
    for ref in mention.actors:
        first, last = ref.begin - begin, ref.end - begin
        if 0 <= first < last <= len(text):
            text = text[:first] + " " * (last - first) + text[last:]
    found = {match.group() for match in _NAME.finditer(text) if match.start()}
    return frozenset(word for word in found if word not in _CALENDAR and not _SMALL.fullmatch(word))


# ---------------------------------------------------------------- what speaks against it
def objection(a: Mention, b: Mention) -> str | None:
    """What speaks against one act though date and kind agree."""
    if a.status is not b.status and frozenset((a.status, b.status)) not in _HISTORIES:
        return f"one is {a.status}, the other {b.status}"
    if _is_called_off(a, b) and (left := _left_of_the_plan(a, b)):
        return left
    people = people_of(a), people_of(b)
    if all(people) and not people[0] & people[1]:
        return "different people act"
    if {coarse(a.kind), coarse(b.kind)} <= _SPOKEN and bool(people[0]) != bool(people[1]):
        return "only one of them says who speaks"
    targets = [parties(ref for ref in mention.actors if ref.role is Role.TARGET) for mention in (a, b)]
    if all(targets) and not targets[0] & targets[1]:
        return "different counterparts"
    both = [{ref.state for ref in acting(mention) if ref.state} for mention in (a, b)]
    if all(len(one) >= _GROUP for one in both) and not (both[0] <= both[1] or both[1] <= both[0]):
        return "different participants"
    return None


def _is_called_off(a: Mention, b: Mention) -> bool:
    """Whether one of them is planned and the other denied."""
    return frozenset((a.status, b.status)) == _CALLED_OFF


def _left_of_the_plan(a: Mention, b: Mention) -> str | None:
    """What a denial leaves of a plan: an act of another kind, other days, or, of more than two, those who do come."""
    planned, denied = (a, b) if a.status is Status.SCHEDULED else (b, a)
    if planned.kind != denied.kind and not {planned.kind, denied.kind} <= _TALKS:
        return f"{planned.kind} is planned, {denied.kind} is denied"
    if planned.span and denied.span and not denied.span.holds(planned.span):
        return f"planned for {planned.span}, denied of {denied.span}"
    expected, absent = parties(acting(planned)), parties(acting(denied))
    if len(expected) > _GROUP and absent and not expected <= absent:
        return "denied of some who were to act, not of all"
    return None

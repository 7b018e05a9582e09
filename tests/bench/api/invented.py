"""Invented events, the same on every run, rendered as the application renders those that it reads.

Years 1900 to 2026, most in the last decades; 8 % are dated to a month and 2 % to a year. Of the 200 states a few act in most
events. An event has 2.2 actors, and stands in the histories of its people's states as well. Events come in no order of time.
"""

import random
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

from app.core import calendar
from app.core.calendar import DateSpan
from app.core.model import (
    Actor,
    ActorKind,
    ActorRef,
    Basis,
    EventActor,
    EventDraft,
    Extent,
    Mention,
    Role,
    Status,
    Step,
    StoredMention,
    Trigger,
)
from app.formats import wire
from app.formats.wire import Source, dumps
from app.store import merging

SEED = 20261123
FIRST, DAYS = date(1900, 1, 1), (date(2026, 11, 22) - date(1900, 1, 1)).days
TOWARDS_NOW = 0.35  # the power of an even chance that gives an event's place between the first day and the last
STATES, PEOPLE, OUTLETS = 200, 2_000, 40
KINDS = ("meeting", "call", "statement", "delivery", "signing", "visit", "sanctions-imposed", "vote")
VERBS = (
    "meets",
    "telephones",
    "answers",
    "sends a note to",
    "signs an accord with",
    "visits",
    "imposes sanctions on",
    "votes with",
)
THINGS = (
    "the border",
    "grain and fuel",
    "prisoners",
    "the straits",
    "a ceasefire",
    "fishing rights",
    "the loan",
    "transit",
)
PLACES = ("Geneva", "Vienna", "New York", "Helsinki", "Cairo", "Nairobi", "Lima", "Jakarta", "Ottawa", "Doha")
STATUSES = (Status.OCCURRED, Status.SCHEDULED, Status.DENIED, Status.HYPOTHETICAL)
Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class Rows:
    """What the store keeps of one event: its own row, and those of its actors and outlets."""

    event: Row
    actors: list[Row]
    outlets: list[Row]


def cast() -> list[Actor]:
    """The states, the most active first, and then the people."""
    states = [Actor(code, f"State of {code.title()}", ActorKind.STATE, code) for code in map(_code, range(STATES))]
    rng = random.Random(SEED)
    people = [
        Actor(
            f"envoy-{number}",
            f"Envoy {_code(number * 7)} {number}",
            ActorKind.PERSON,
            rng.choices(states, _WEIGHTS)[0].id,
        )
        for number in range(PEOPLE)
    ]
    return [*states, *people]


def event_id(number: int) -> str:
    """The id of the event of that number; no two numbers below 2**48 have one id, and their order is none."""
    return f"e{(number + 1) * 0x5DEECE66D % (1 << 48):012x}"


def events(count: int) -> Iterator[Rows]:
    """So many events with what belongs to them."""
    rng = random.Random(SEED)
    everybody = cast()
    states = {actor.id: actor.id for actor in everybody[:STATES]}
    for number in range(count):
        draft, sources = _draft(rng, number, everybody)
        yield _rows(number, draft, sources, states)


# ---------------------------------------------------------------- one event
_WEIGHTS = [1 / (place + 3) for place in range(STATES)]
_PEOPLE_WEIGHTS = [1 / (place + 20) for place in range(PEOPLE)]
_UP_TO_STATE, _UP_TO_PERSON = list(accumulate(_WEIGHTS)), list(accumulate(_PEOPLE_WEIGHTS))


def _code(number: int) -> str:
    return "".join(chr(ord("A") + number // 26**place % 26) for place in (2, 1, 0))


def _draft(rng: random.Random, number: int, everybody: list[Actor]) -> tuple[EventDraft, dict[str, Source]]:
    span = _span(rng)
    kind = rng.randrange(len(KINDS))
    actors = _actors(rng, everybody)
    place, thing = rng.choice(PLACES), rng.choice(THINGS)
    whom = actors[1].name if len(actors) > 1 else "the press"
    title = f"{actors[0].name} {VERBS[kind]} {whom} about {thing} in {place}"
    mentions, sources = [], {}
    for report in range(_reports(rng)):
        source = _source(number, report, span, rng.randrange(OUTLETS), title)
        sources[source.key] = source
        mentions.append(
            _mention(source, span, kind, actors, title, f"said an official with knowledge of file {number % 9973}")
        )
    explanation = (Step("same-day", "both reports date the act to the same day"),) if len(mentions) > 1 else ()
    return (
        EventDraft(
            span=span,
            title=title,
            kind=KINDS[kind],
            status=STATUSES[min(3, int(rng.expovariate(2)))],
            basis=Basis.EXPRESSION,
            actors=actors,
            mentions=tuple(mentions),
            explanation=explanation,
            confidence=round(0.5 + rng.random() / 2, 2),
            rules="2026-11-23",
            outlets=len({source.outlet for source in sources.values()}),
        ),
        sources,
    )


def _span(rng: random.Random) -> DateSpan:
    found = FIRST + timedelta(days=int(DAYS * rng.random() ** TOWARDS_NOW))
    width = rng.random()
    if width < 0.02:
        return calendar.year(found.year)
    if width < 0.10:
        return calendar.month(found.year, found.month)
    return calendar.day(found)


def _actors(rng: random.Random, everybody: list[Actor]) -> tuple[EventActor, ...]:
    """One to four, 2.2 on average; three of ten are people."""
    wanted = 1 + bisect((0.2, 0.7, 0.9), rng.random())
    found: dict[str, EventActor] = {}
    while len(found) < wanted:
        if rng.random() < 0.3:
            who = everybody[STATES + bisect(_UP_TO_PERSON, rng.random() * _UP_TO_PERSON[-1])]
        else:
            who = everybody[bisect(_UP_TO_STATE, rng.random() * _UP_TO_STATE[-1])]
        role = (Role.SOURCE, Role.TARGET, Role.OTHER, Role.OTHER)[len(found)]
        found.setdefault(who.id, EventActor(who.id, who.name, who.kind, who.state, role))
    return tuple(found.values())


def _reports(rng: random.Random) -> int:
    return 1 + bisect((0.6, 0.85, 0.95), rng.random())


def _source(number: int, report: int, span: DateSpan, outlet: int, title: str) -> Source:
    name = f"outlet-{outlet:02d}"
    told = span.last_day.isoformat()
    address = f"https://{name}.example/{told.replace('-', '/')}/{number}-{report}.html"
    return Source(f"a{number * 4 + report:012x}", f"bench/{number}-{report}", name, address, title, told)


def _mention(
    source: Source, span: DateSpan, kind: int, actors: tuple[EventActor, ...], title: str, more: str
) -> StoredMention:
    sentence = f"{title}, where the two sides had last spoken in the spring, {more}."
    refs = tuple(ActorRef(one.id, one.name, one.kind, one.state, one.role, "name", 0, 5) for one in actors)
    extent = Extent(0, len(sentence), sentence)
    trigger = Trigger(6, 12, KINDS[kind])
    mention = Mention(span, Basis.EXPRESSION, extent, extent, trigger, KINDS[kind], Status.OCCURRED, refs, (), title)
    return StoredMention(source.key, source.outlet, mention)


# ---------------------------------------------------------------- its rows
def _rows(number: int, draft: EventDraft, sources: dict[str, Source], states: dict[str, str]) -> Rows:
    id_ = event_id(number)
    span = draft.span
    days: Row = {"first_day": span.first_day, "last_day": span.last_day, "event_id": id_}
    members = merging.memberships(draft, states)
    event: Row = {
        "id": id_,
        "minted": number + 1,
        "edtf": span.edtf,
        "first_day": span.first_day,
        "last_day": span.last_day,
        "kind": draft.kind,
        "status": draft.status.value,
        "basis": draft.basis.value,
        "title": draft.title,
        "source_count": len(sources),
        "document": dumps(wire.event(id_, draft, sources, quote_chars=merging.QUOTE_CHARS)),
        "explanation": dumps([[step.rule, step.says] for step in draft.explanation]),
        "conflict": False,
        "confidence": draft.confidence,
        "rules": draft.rules,
        "dates": "[]",
        "possible": "[]",
        "edits": "[]",
        "hidden": False,
        "precision": span.precision.value,
        "lasts": merging.lasts(span),
    }
    actors = [{**days, "actor_id": id_, "own": own, "role": role.value} for id_, (_, _, own, role) in members.items()]
    outlets = [{**days, "outlet": name} for name in sorted({one.outlet for one in sources.values() if one.outlet})]
    return Rows(event, actors, outlets)

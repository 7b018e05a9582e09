"""How long an article takes to be stored and merged as the store grows, at a fixed number of mentions a day."""

import random
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from app.core import calendar
from app.core.model import (
    ActorKind,
    ActorRef,
    Article,
    ArticleDate,
    Basis,
    Extent,
    Mention,
    Reading,
    Role,
    Status,
    Trigger,
)
from app.store import articles, events, migrate
from app.store.engine import connect, writing

SIZES = (10_000, 100_000)
PER_ARTICLE, PER_DAY = 4, 40
MEASURED = 250  # articles on either side of a size whose time is taken
STATES = tuple(f"S{number:02d}" for number in range(60))
KINDS = ("meeting", "call", "statement", "delivery", "signing", "visit", "sanctions-imposed", "vote")
LEMMAS = ("meet", "call", "say", "send", "sign", "visit", "impose", "adopt")
THINGS = ("note", "treaty", "troops", "border", "trade", "prisoner", "aid", "talks", "vote", "plan")
START = date(2000, 1, 1)
NOW = datetime(2026, 11, 22, tzinfo=UTC)


def report() -> None:
    """Prints the time of an article at each size, and the ratio of the last to the first."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'bench.db'}"
        migrate.upgrade(url)
        engine = connect(url)
        taken: list[float] = []
        for number, (article, reading) in enumerate(news(max(SIZES) // PER_ARTICLE + MEASURED)):
            begun = time.perf_counter()
            with writing(engine) as session:
                saved = articles.save(session, article, reading, now=NOW)
                events.merge(session, saved)
            taken.append(time.perf_counter() - begun)
            del number
        engine.dispose()
    medians = []
    for size in SIZES:
        around = sorted(taken[size // PER_ARTICLE - MEASURED : size // PER_ARTICLE + MEASURED])
        medians.append(sum(around) / len(around))
        print(f"{size:7d} mentions: {1000 * medians[-1]:6.2f} ms an article of {PER_ARTICLE}")
    print(f"an article at {SIZES[-1]:,} mentions takes {medians[-1] / medians[0]:.2f} x that at {SIZES[0]:,}")


def news(count: int) -> Iterator[tuple[Article, Reading]]:
    """Generated articles, the same on every run: each tells some acts of its day, half of them told before."""
    rng = random.Random(7)
    acts: list[tuple[str, str, int, str]] = []
    for number in range(count):
        day = START + timedelta(days=number * PER_ARTICLE // PER_DAY)
        if number * PER_ARTICLE % PER_DAY == 0:
            acts = [
                (*rng.sample(STATES, 2), rng.randrange(len(KINDS)), rng.choice(THINGS)) for _ in range(PER_DAY // 2)
            ]
        told = [_mention(*act, day, 200 * place) for place, act in enumerate(rng.sample(acts, PER_ARTICLE))]
        key = f"bench/{number}.txt"
        yield (
            Article(key, key, outlet=f"outlet-{number % 20}", content_hash=key),
            Reading(ArticleDate(day, day, day), (), tuple(told)),
        )


def _mention(source: str, target: str, kind: int, thing: str, day: date, begin: int) -> Mention:
    sentence = f"{source} acted on {target} about a {thing}."
    refs = tuple(
        ActorRef(state, f"State {state}", ActorKind.STATE, state, role, "name", begin, begin + 3)
        for state, role in ((source, Role.SOURCE), (target, Role.TARGET))
    )
    return Mention(
        span=calendar.day(day),
        basis=Basis.EXPRESSION,
        sentence=Extent(begin, begin + len(sentence), sentence),
        clause=Extent(begin, begin + len(sentence) - 1, sentence[:-1]),
        trigger=Trigger(begin + 4, begin + 9, LEMMAS[kind]),
        kind=KINDS[kind],
        status=Status.OCCURRED,
        actors=refs,
        derivation=(),
        title=sentence[:-1],
        objects=(thing,),
    )

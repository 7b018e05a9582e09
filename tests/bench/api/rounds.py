"""Contestants measured in turns, since a machine's pace changes while it measures; the medians, and the table of them."""

import statistics
from collections.abc import Callable, Mapping, Sequence

from tests.bench.api.load import Loaded

ROUNDS = 3
Found = dict[str, list[Loaded]]
Figure = Callable[[Loaded], float]


def measured(contestants: Mapping[str, Callable[[int], Loaded]], *, rounds: int = ROUNDS) -> Found:
    """What each contestant gave in each round, in which every one has its turn (and is given the round's number)."""
    found: Found = {name: [] for name in contestants}
    for number in range(rounds):
        for name, measure in contestants.items():
            found[name].append(measure(number))
    return found


def median(loads: Sequence[Loaded], figure: Figure) -> float:
    """The median of a figure over the rounds."""
    return statistics.median(map(figure, loads))


def ratio(loads: Sequence[Loaded], others: Sequence[Loaded], figure: Figure) -> float:
    """The median over the rounds of the figure of the one by that of the other in the same round."""
    return statistics.median(figure(one) / figure(other) for one, other in zip(loads, others, strict=True))


def rate(one: Loaded) -> float:
    """Answers a second."""
    return one.rate


def cpu(one: Loaded) -> float:
    """CPU of the server, in ms an answer."""
    return one.cpu_ms


def whole_cpu(one: Loaded) -> float:
    """CPU of the server and its database, in ms an answer."""
    return one.cpu_ms + one.database_cpu_ms


def latency(one: Loaded) -> float:
    """How long an answer takes, in ms."""
    return one.latency_ms


def answers(loads: Sequence[Loaded]) -> int:
    """How many answers came in all rounds."""
    return sum(one.requests for one in loads)


def show(title: str, found: Found) -> None:
    """Prints the medians of each contestant's figures."""
    print(f"\n{title}")
    print(f"  {'':34}{'requests/s':>11}{'CPU ms':>9}{'database':>10}{'latency ms':>12}{'kB':>7}{'answers':>9}")
    for name, loads in found.items():
        database = median(loads, lambda one: one.database_cpu_ms)
        shown = f"{database:10.3f}" if database else f"{'-':>10}"
        print(
            f"  {name:34}{median(loads, rate):11.0f}{median(loads, cpu):9.3f}{shown}{median(loads, latency):12.2f}"
            f"{median(loads, lambda one: one.bytes_each) / 1000:7.1f}{answers(loads):9d}",
            flush=True,
        )


def compare(what: str, ratio: float, demand: str) -> None:
    """Prints a ratio beside what is asked of it."""
    print(f"  {what + ':':76}{ratio:8.2f}   demand: {demand}", flush=True)

"""Contestants measured in turns, since a machine's pace changes while it measures; medians, and the table of them."""

import statistics
from collections.abc import Callable, Mapping, Sequence
from operator import attrgetter

from tests.bench.api.load import Loaded

ROUNDS = 3


def measured(contestants: Mapping[str, Callable[[int], Loaded]], *, rounds: int = ROUNDS) -> dict[str, Loaded]:
    """The median of each figure over several rounds, in each of which every contestant has its turn (given its number)."""
    found: dict[str, list[Loaded]] = {name: [] for name in contestants}
    for number in range(rounds):
        for name, measure in contestants.items():
            found[name].append(measure(number))
    return {name: _median(one) for name, one in found.items()}


def _median(loads: Sequence[Loaded]) -> Loaded:
    def middle(field: str) -> float:
        return float(statistics.median(map(attrgetter(field), loads)))

    return Loaded(
        requests=sum(one.requests for one in loads),
        rate=middle("rate"),
        bytes_each=middle("bytes_each"),
        latency_ms=middle("latency_ms"),
        cpu_ms=middle("cpu_ms"),
        database_cpu_ms=middle("database_cpu_ms"),
    )


def show(title: str, found: Mapping[str, Loaded]) -> None:
    """Prints each contestant's figures."""
    print(f"\n{title}")
    print(f"  {'':34}{'requests/s':>11}{'CPU ms':>9}{'database':>10}{'latency ms':>12}{'kB':>7}{'answers':>9}")
    for name, one in found.items():
        database = f"{one.database_cpu_ms:10.3f}" if one.database_cpu_ms else f"{'-':>10}"
        print(
            f"  {name:34}{one.rate:11.0f}{one.cpu_ms:9.3f}{database}{one.latency_ms:12.2f}"
            f"{one.bytes_each / 1000:7.1f}{one.requests:9d}",
            flush=True,
        )


def compare(what: str, ratio: float, demand: str) -> None:
    """Prints a ratio beside what is asked of it."""
    print(f"  {what + ':':62}{ratio:8.2f}   demand: {demand}", flush=True)

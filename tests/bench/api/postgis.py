"""tipg and pygeoapi over PostGIS."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack

from tests.bench.api.ours import Place, Range
from tests.bench.api.servers import Server


def serving(running: ExitStack, count: int) -> dict[str, Server]:
    """The servers by name while `running` lasts; none, with the reason printed, where there is no PostGIS."""
    print("  tipg and pygeoapi are not measured yet")
    return {}


def ranges(found: dict[str, Server], wanted: Sequence[Range]) -> Iterator[tuple[str, Server, list[str]]]:
    """The address of a page for each range."""
    yield from ()


def histories(found: dict[str, Server], wanted: Sequence[Place]) -> Iterator[tuple[str, Server, list[str]]]:
    """The address of the page behind each place of a history."""
    yield from ()

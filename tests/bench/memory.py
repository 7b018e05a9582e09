"""Memory over many articles: what a process holds that reads all day must not grow with what it has read."""

import resource
import sys

from app import lexicon
from tests.bench import articles
from tests.bench.path import DatingPath

STOPS = (1_000, 2_500, 5_000, 10_000)


def report() -> None:
    """Prints the most memory the process has held after so many articles, none of which is like another."""
    path = DatingPath(lexicon.load())
    print("memory: articles dated, most MB held so far")
    for number, text in enumerate(articles.generated(STOPS[-1]), start=1):
        path.read(text)
        if number in STOPS:
            print(f"{number:8} {_most_held_mb():8.1f}")


def _most_held_mb() -> float:
    """The peak of the resident set, which getrusage gives in bytes on macOS and in kilobytes elsewhere."""
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return held / (1 << 20 if sys.platform == "darwin" else 1 << 10)

"""Texts that no newsroom writes, and whether the time they take grows as their length does.

Each sort is one unit over and over. Sizes are in code points and such that a step of quadratic time would show.
"""

import gc
import time
from typing import NamedTuple

from app import lexicon
from tests.bench.path import DatingPath


class Sort(NamedTuple):
    """A sort of hostile text; `size` is the length of the longest that is timed."""

    name: str
    unit: str
    size: int

    def text(self, length: int) -> str:
        """So many code points of it."""
        return (self.unit * (length // len(self.unit) + 1))[:length]


class Nested(Sort):
    """Brackets or quotes that all open before any closes; the unit is a pair."""

    def text(self, length: int) -> str:
        return self.unit[0] * (length // 2) + self.unit[1] * (length - length // 2)


MB = 1_000_000
_ENOUGH_S = 0.2  # CPU seconds after which a time is not measured again

SORTS = (
    Sort("no space", "x", 10 * MB),
    Sort("no space, accents", "é", 2 * MB),
    Sort("one number", "7", 2 * MB),
    Sort("newlines", "\n", MB),
    Sort("lines of spaces", "   \r\n", MB),
    Sort("spaces and tabs", "   \t", MB),
    Sort("NUL and controls", "\0\x01\x1f\x7f\x85", MB // 4),
    Sort("commas", ",", 400_000),
    Sort("dots", ".", 400_000),
    Sort("hyphens", "-", 400_000),
    Sort("brackets", "([{", 400_000),
    Sort("stops and spaces", "?! .", 400_000),
    Nested("nested quotes", "“”", 200_000),
    Sort("straight quotes", "\"'", 200_000),
    Sort("lone surrogates", "a\udfff \ud800", MB // 4),
    Sort("combining marks", "\u0301\u0327", MB // 4),
    Sort("decomposed letters", "e\u0301a", MB // 4),
    Sort("right to left", "שלום عليكم ", 400_000),
    Sort("mixed scripts", "Слово mot 言葉 한글 ", 400_000),
    Sort("numbers", "7 1987 31 20,000 3.5 19 ", 420_000),
    Sort("19 19 19", "19 ", 400_000),
    Sort("years", "1987 ", 100_000),
    Sort("ranges of years", "1990-91-92-", 400_000),
    Sort("days in figures", "1/2/2021 ", 100_000),
    Sort("decades", "the late '80s ", 200_000),
    Sort("months", "January ", 100_000),
    Sort("months and hyphens", "January-March-", 100_000),
    Sort("weekdays", "Monday ", 100_000),
    Sort("days in one sentence", "May 5, 2001; ", 100_000),
    Sort("days in quotes", "“Monday, May 5” ", 100_000),
    Sort("days told", "He left on May 5. ", 200_000),
    Sort("the last of the", "the last of the ", 400_000),
    Sort("the day before", "the day before the ", 200_000),
    Sort("counted from the next", "three days before Christmas ", 200_000),
    Sort("capital words", "Alpha Beta Gamma ", MB),
    Sort("people", "President Barack Obama met Foreign Minister Sergei Lavrov ", 400_000),
    Sort("surnames", "Kim Blinken Sullivan ", 200_000),
    Sort("people and days", "on Monday Barack Obama met Sergei Lavrov on May 5 ", 100_000),
    Sort("initials", "U.S. A. B. ", 400_000),
    Sort("short lines", "By Anna\na, b, c, d\nLeave a reply\n", 400_000),
    Sort("dated lines", "They met on Monday, May 5.\n\n", 200_000),
    Sort("head lines", "May 5, 2001\n", 100_000),
)


def report() -> None:
    """Prints CPU seconds for a quarter, half and the whole of each size, and the growth each doubling brings."""
    path = DatingPath(lexicon.load())
    gc.freeze()  # the collector then looks at what a text leaves, and no more at the lexicon, whose cost is not the text's
    print(f"{'hostile text':24} {'code points':>11} {'n':>8} {'2n':>8} {'4n':>8}  growth a doubling (2 is linear)")
    for sort in SORTS:
        taken = [_cpu_seconds(path, sort.text(sort.size // part)) for part in (4, 2, 1)]
        growth = (taken[2] / taken[0]) ** 0.5
        print(f"{sort.name:24} {sort.size:11} " + " ".join(f"{one:8.3f}" for one in taken) + f"  {growth:.1f}")


def _cpu_seconds(path: DatingPath, text: str) -> float:
    """The least of three readings, of fewer where they take long: a short time is told from noise by its least."""
    taken: list[float] = []
    while len(taken) < 3 and sum(taken) < _ENOUGH_S:
        gc.collect()
        start = time.process_time()
        path.read(text)
        taken.append(time.process_time() - start)
    return min(taken)

"""A cell index of mentions: which of them could tell one act, found without comparing each with every other.

A cell is a party (a state, or an actor without one) with some days. Mentions of one day lie in the cell of that day, those of up
to a month in each cell of so many days that they touch, wider ones in the cell of just their days. No pair that
`likeness.candidates` accepts is missed: it needs a party of both, and days that are the same, a day apart, or inside those of a
month at most. A pair of parties would miss reports that name one side alone.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date

from app.core.calendar import DateSpan
from app.core.likeness import WIDEST_DAYS, parties
from app.core.model import StoredMention

Candidates = Callable[[StoredMention, StoredMention], bool]
Days = tuple[int, int]


class Cells:
    """Mentions by their places in a list that the caller keeps."""

    def __init__(self, mentions: Sequence[StoredMention] = ()) -> None:
        self._places: defaultdict[tuple[str, Days], list[int]] = defaultdict(list)
        for place, one in enumerate(mentions):
            self.put(place, one)

    def put(self, place: int, stored: StoredMention) -> None:
        """Enters a mention; one without a date is in no cell."""
        if span := stored.mention.span:
            for party in parties(stored.mention.actors):
                for days in _own(span):
                    self._places[party, days].append(place)

    def near(self, stored: StoredMention) -> set[int]:
        """The places of all that were entered and could tell one act with this one, its own among them."""
        span = stored.mention.span
        cells = [(party, days) for party in parties(stored.mention.actors) for days in _touched(span)] if span else ()
        return {place for cell in cells for place in self._places.get(cell, ())}


def components(mentions: Sequence[StoredMention], candidates: Candidates) -> list[list[int]]:
    """The places of the mentions that candidates hold together, each component in order and by its first."""
    cells = Cells(mentions)
    left = set(range(len(mentions)))
    found: list[list[int]] = []
    for first in range(len(mentions)):
        if first in left:
            left.remove(first)
            component, frontier = [first], [first]
            while frontier:
                one = mentions[frontier.pop()]
                joined = [place for place in cells.near(one) & left if candidates(one, mentions[place])]
                left.difference_update(joined)
                component += joined
                frontier += joined
            found.append(sorted(component))
    return found


# ---------------------------------------------------------------- days
def _own(span: DateSpan) -> Iterator[Days]:
    """The days of the cells that hold a mention of that span, as first day and number."""
    first, last = span.first_day.toordinal(), span.last_day.toordinal()
    if span.days == 1 or span.days > WIDEST_DAYS:
        yield first, span.days
    else:
        yield from _months(first, last)


def _touched(span: DateSpan) -> Iterator[Days]:
    """The days of the cells in which a mention could lie that agrees with that span."""
    first, last = span.first_day.toordinal(), span.last_day.toordinal()
    if span.days > WIDEST_DAYS:
        yield first, span.days
        return
    beside = 1 if span.days == 1 else 0
    for day in range(max(first - beside, 1), min(last + beside, date.max.toordinal()) + 1):
        yield day, 1
    yield from _months(first, last)


def _months(first: int, last: int) -> Iterator[Days]:
    """The stretches of as many days as agree at most, counted from the beginning of the calendar."""
    for number in range(first // WIDEST_DAYS, last // WIDEST_DAYS + 1):
        yield number * WIDEST_DAYS, WIDEST_DAYS

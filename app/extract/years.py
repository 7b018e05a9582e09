"""How likely each year is for a day and month without one: by the weekday of the news, the offices held and the years told.

Each witness gives odds, and a year's likelihood is their product. The odds of the weekdays were counted on four hundred dated
news pages; those of the offices follow from how news is told: it names who was in office, and not who will be.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.core.model import Evidence
from app.extract.page import Page, Term

Odds = tuple[float, float, float]
"""How often the weekday of the news is that of its date, that of the day before, and any one of the other five."""

OF_AGENCY: Odds = (0.93, 0.03, 0.008)
OF_DATELINE: Odds = (0.83, 0.10, 0.014)
OF_PAGE: Odds = (0.58, 0.24, 0.036)  # papers and sites date to the next morning what agencies date to the day

_SURE = 0.75  # the share of the likelihood that one year needs to be told as the answer
_MOST = 0.9  # the share that the years of an interval have together
_NOT_YET = 0.001  # news hardly gives somebody an office before it is held, but
_NO_MORE = 0.05  # tells of those who held it
_NEAR_OFFICE = 0.25  # named without a title, somebody may be out of office,
_FAR_FROM_OFFICE = 0.03  # but hardly by more than
_NEAR_DAYS = 3650  # ten years
_TOLD = 5.0  # the story tells of that very year, or
_TOLD_BEFORE = 2.0  # of the year before it
_AHEAD = 0.2  # a date that the text calls future lies before that year


@dataclass(frozen=True, slots=True)
class Clue:
    """A day and month near which the article was written: told on it (`reach` 0) or up to `reach` days later.

    `weekdays` are ISO numbers on one of which it should fall, and must where `certain`; empty where none is told. `odds` say
    what they are worth.
    """

    month: int
    day: int
    weekdays: frozenset[int]
    reach: int
    evidence: tuple[Evidence, ...]
    certain: bool = False
    odds: Odds = OF_DATELINE


def likely(clue: Clue, days: Sequence[date], page: Page) -> tuple[bool, list[date]]:
    """Whether one of the days can be told as the answer, and that day; else those that have most of the likelihood, in order."""
    odds = {day: _of_weekday(clue, day) * _of_offices(page.terms, day) * _of_years(page, day) for day in days}
    total = sum(odds.values())
    ranked = sorted(days, key=odds.__getitem__, reverse=True)
    if odds[ranked[0]] >= _SURE * total:
        return True, ranked[:1]
    kept, mass = [], 0.0
    for day in ranked:
        if mass >= _MOST * total:
            break
        kept.append(day)
        mass += odds[day]
    return False, sorted(kept)


def _of_weekday(clue: Clue, day: date) -> float:
    if not clue.weekdays or clue.certain:
        return 1
    same, next_morning, other = clue.odds
    if day.isoweekday() in clue.weekdays:
        return same
    return next_morning if (day.isoweekday() - 2) % 7 + 1 in clue.weekdays else other


def _of_offices(terms: Sequence[Term], day: date) -> float:
    odds = 1.0
    for term in terms:
        if not term.holds(day):
            odds *= _of_office(term, day)
    return odds


def _of_office(term: Term, day: date) -> float:
    """The odds of an office that was not held on that day."""
    if term.is_titled:
        return _NOT_YET if day < term.first_day else _NO_MORE
    near = any(abs((day - end).days) <= _NEAR_DAYS for span in term.spans for end in span)
    return _NEAR_OFFICE if near else _FAR_FROM_OFFICE


def _of_years(page: Page, day: date) -> float:
    odds = _TOLD if day.year in page.years else _TOLD_BEFORE if day.year - 1 in page.years else 1.0
    return odds * _AHEAD if page.ceiling and day > page.ceiling else odds

"""From the words of a date expression and the date it counts from to the calendar: TIMEX3 value, EDTF span and why.

The readers are in `absolute`, `periods`, `relative`, `clock`, `amounts` and `holidays`; here they are called against the
article's date, which may itself be an interval. Precision is never invented: an expression that its anchor leaves open between
two days gives both as one-of-a-set when they lie within a week of each other, else a value with unknown digits and no span.

Not handled: fiscal years that differ from calendar years.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import dateparser

from app.core import calendar
from app.core.model import ArticleDate, Step, Timex
from app.errors import DateError
from app.extract import absolute, amounts, clock, holidays, periods, relative
from app.extract.reading import Context, Reader, Words, without_runner_up
from app.extract.timex import Found
from app.extract.units import Meaning
from app.lexicon.timex import TimexLexicon

__all__ = ["READERS", "Context", "Resolver", "foreign_day"]

READERS: Mapping[str, Reader] = {
    **absolute.READERS, **periods.READERS, **relative.READERS, **clock.READERS, **amounts.READERS,
}  # fmt: skip
_OPEN_DAYS = 7  # a wider gap between two readings is no day any more
_SPLIT = frozenset(("days", "years", "years-before-christ"))  # what the finder makes two expressions of


def foreign_day(text: str, *, day_first: bool = True) -> date | None:
    """The full day that a date line in another language names, by dateparser; None where it names no day, month and year."""
    settings = {
        "REQUIRE_PARTS": ["day", "month", "year"],
        "DATE_ORDER": "DMY" if day_first else "MDY",
        "PARSERS": ["absolute-time"],
    }
    found = dateparser.parse(text, settings=settings)
    return found.date() if found else None


class Resolver:
    """Reads found expressions against a context; the words' values come from the lexicon."""

    def __init__(self, lexicon: TimexLexicon) -> None:
        self._words = Words(lexicon)
        self._readers = {**READERS, "feast": holidays.reader(lexicon.feasts)}

    @property
    def means(self) -> frozenset[str]:
        """The ids a rule may name in `means`."""
        return frozenset(self._readers) | _SPLIT

    def weekday_number(self, word: str) -> int:
        """1 Monday to 7 Sunday."""
        return self._words.weekday(word)

    def month_number(self, word: str) -> int:
        """1 to 12."""
        return self._words.month(word)

    def resolve(self, found: Found, text: str, context: Context) -> Timex:
        """The expression with its TIMEX3 type and value, its span and derivation; `text` is what the offsets refer to."""
        meaning = self._agree(found, context)
        words = text[found.begin : found.end]
        steps = meaning.steps
        if not steps and meaning.span:
            steps = (Step(found.rule, f"'{words}' names {meaning.span}"),)
        return Timex(
            found.begin, found.end, words, meaning.type, meaning.value, meaning.span, found.rule,
            meaning.anchor if meaning.span else None, steps, meaning.runner_up,
        )  # fmt: skip

    def counted_from(self, found: Found, text: str, start: Timex) -> Timex:
        """ "Three days before Christmas": the expression counted from the date that stands beside it."""
        fields = {name: word for name, word in found.fields.items() if name != "ofnext"}
        counted = Found(found.begin, found.end, found.rule, "beside", {**fields, "beside": found.fields["ofnext"]})
        return self.resolve(counted, text, Context(ArticleDate(), told=start.span))

    def _agree(self, found: Found, context: Context) -> Meaning:
        dct = context.dct
        if dct.best or not (dct.earliest and dct.latest):
            return self._read(found, context, dct.best)
        first, last = self._read(found, context, dct.earliest), self._read(found, context, dct.latest)
        if first.span == last.span:
            return first
        if first.span and last.span and abs((last.span.first_day - first.span.first_day).days) <= _OPEN_DAYS:
            return _either(first, last)
        unsure = Step("open-anchor", "the article's own date leaves several readings")
        return replace(first, value="XXXX-XX-XX", span=None, steps=(unsure,), runner_up=None)

    def _read(self, found: Found, context: Context, day: date | None) -> Meaning:
        try:
            return self._readers[found.means](self._words, found.fields, context, day)
        except (ValueError, OverflowError, TypeError, DateError):  # no such day: 31 June, year 10000
            return Meaning("XXXX-XX-XX")


def _either(first: Meaning, last: Meaning) -> Meaning:
    assert first.span and last.span
    days = sorted((first.span.first_day, first.span.last_day, last.span.first_day, last.span.last_day))
    says = f"the article's own day is not certain, so it is one day from {days[0]} to {days[-1]}"
    alone = without_runner_up(first)
    steps = (*alone.steps, Step("open-anchor", says))
    return replace(alone, value="XXXX-XX-XX", span=calendar.one_of(days[0], days[-1]), steps=steps)

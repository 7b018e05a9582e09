"""The reader of named holidays: which year's Christmas, Ramadan or Thanksgiving is meant.

A feast whose day hangs on the moon or lasts for days has a value with unknown digits; its span tells the days.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from app.core.calendar import DateSpan
from app.extract import feasts
from app.extract.reading import Context, Fields, Reader, Words, counted, told_words, with_runner_up, writing_day
from app.extract.timex import name_key
from app.extract.units import Meaning
from app.lexicon.feasts import Feast, FeastTable


def reader(table: FeastTable) -> Reader:
    """Reads "Christmas 2007", "last Thanksgiving" and "Good Friday", of the feasts of the table."""
    named = {name_key(name): feast for name, feast in table.names.items()}

    def feast(words: Words, fields: Fields, context: Context, day: date | None) -> Meaning:
        meaning = _feast(named[name_key(fields["feast"])], words, fields, context, day)
        part = words.part_of_day(fields.get("partday"))
        return replace(meaning, value=f"{meaning.value}T{part}", type="TIME") if part else meaning

    return feast


def _feast(feast: Feast, words: Words, fields: Fields, context: Context, day: date | None) -> Meaning:
    if "year" in fields or context.year is not None:
        year = int(fields["year"]) if "year" in fields else context.year
        assert year is not None
        span = feasts.span(feast, year)
        return Meaning(_value(span), span) if span else Meaning(f"{year:04d}-XX-XX")
    anchor, whose = _anchor(context, day)
    if anchor is None:
        return Meaning("XXXX-XX-XX")
    near = _nearest(feast, anchor, words.sign(fields), context.direction)
    if not near:
        return Meaning("XXXX-XX-XX")
    span, note = near[0], told_words(words.sign(fields) or context.direction)
    steps = counted("feast", f"{feast.names[0]}", anchor, whose, span, note)
    meaning = Meaning(_value(span), span, anchor=anchor.isoformat(), steps=steps)
    return with_runner_up(meaning, near[1] if len(near) > 1 else None, "the year that comes second")


def _anchor(context: Context, day: date | None) -> tuple[date | None, str]:
    if not context.narrative:
        return writing_day(context, day)
    told = context.frames[0] if context.frames else context.told or context.last
    return (told.first_day if told else None), "the story"


def _nearest(feast: Feast, anchor: date, sign: int | None, direction: int) -> Sequence[DateSpan]:
    """The feast's occasions in the years about the anchor, the likeliest first."""
    years = range(max(1, anchor.year - 2), min(9999, anchor.year + 2) + 1)
    held = [span for year in years for span in feasts.spans(feast, year)]
    if sign == -1:
        return [span for span in reversed(held) if span.last_day < anchor][:1]
    if sign == 1:
        return [span for span in held if span.first_day > anchor][:1]
    if sign == 0:
        return [span for span in held if span.first_day.year == anchor.year]
    held.sort(key=lambda span: abs((span.first_day - anchor).days))
    # told in the past it has been, and where the table does not reach back so far nothing is said of it
    first = next((span for span in held if (span.first_day - anchor).days * direction >= 0), None)
    return [first, *(span for span in held if span is not first)] if first else []


def _value(span: DateSpan) -> str:
    first, last = span.first_day, span.last_day
    if first == last:
        return first.isoformat()
    if first.year != last.year:
        return "XXXX-XX-XX"
    return f"{first:%Y-%m}-XX" if first.month == last.month else f"{first:%Y}-XX-XX"

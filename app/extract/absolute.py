"""Dates that name their day themselves; where the year goes unsaid, which year is meant."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from app.core import calendar
from app.core.calendar import DateSpan
from app.core.model import Step
from app.extract import units
from app.extract.reading import (
    Context,
    Fields,
    Reader,
    Words,
    counted,
    lies_in_one,
    tale,
    told_words,
    with_runner_up,
    writing_day,
)
from app.extract.units import FUTURE, PAST, Meaning

_SAME_DAYS = (
    21  # 5/4 or 4/5 of this year: the reading that lies this near the article's day, and the other not, is meant
)
_NEWS_DAYS = 60  # a day this near the article's own is told without its year
_STORY_DAYS = 200  # how far a story goes on from a date told with its year before it tells the next year
_OLDER = 100  # what it costs a date of the story that others were told since
_COARSE = 150  # what it costs that only the year of the story was told
_BACK = 120  # what it costs that the story would have to go back in time
_LATE, _EARLY = 9, 4  # a story that has reached September may mean next year's April


# ---------------------------------------------------------------- whole days
def iso(_words: Words, fields: Fields, _context: Context, _day: date | None) -> Meaning:
    """2022-01-26, 2022/01/26 and 2022-01-26T10:30Z."""
    written = re.sub(r"[./]", "-", fields["iso"].upper())
    return Meaning(written, calendar.day(date.fromisoformat(written[:10])), "TIME" if "T" in written else "DATE")


def numeric(_words: Words, fields: Fields, context: Context, day: date | None) -> Meaning:
    """26.01.2022 and 1/26/2022: by what the figures allow, else the other dates of the text, else the article's own day."""
    first, second, year = (int(part) for part in re.split(r"[./-]", fields["numeric"]))
    year += 0 if year > 99 else 2000 if year < 50 else 1900
    day_first, month_first = calendar.valid_day(year, second, first), calendar.valid_day(year, first, second)
    if not (day_first and month_first) or first == second:
        span = calendar.day(day_first or month_first or date(year, second, first))
        return Meaning(span.edtf, span)
    by_days, why = _day_leads(fields["numeric"], day_first, month_first, context, day)
    chosen, other = (day_first, month_first) if by_days else (month_first, day_first)
    span = calendar.day(chosen)
    rule = "day-first" if by_days else "month-first"
    steps = (Step(rule, f"{fields['numeric']} read with the {rule.split('-')[0]} first: {why}"),)
    return with_runner_up(Meaning(span.edtf, span, steps=steps), calendar.day(other), "its figures allow both orders")


def _day_leads(
    written: str, day_first: date, month_first: date, context: Context, day: date | None
) -> tuple[bool, str]:
    """Whether the day stands first in a date that may be read both ways, and why."""
    if context.day_first:
        return True, "as the other dates of the text are written"
    if "." in written:
        return True, "with full stops, the day leads"
    if day and abs((day_first - day).days) <= _SAME_DAYS < abs((month_first - day).days):
        return True, "so it lies near the article's day"
    return False, "as nothing speaks for the other order"


def day_of_month(words: Words, fields: Fields, context: Context, day: date | None) -> Meaning:
    """ "January 26" with its year or, where none is given, the year that is meant."""
    month, number = words.month(fields["month"]), words.ordinal(fields["day"])
    year = year_named(words, fields, context, day)
    if year is not None:
        span = calendar.day(date(year, month, number))
        return Meaning(span.edtf, span)
    weekday = words.weekday(fields["weekday"]) if "weekday" in fields else None
    return yearless(month, number, weekday, context, day)


def year_named(words: Words, fields: Fields, context: Context, day: date | None) -> int | None:
    """The year that the words give, also as "last year" or "of that year"; None where they give none."""
    if "year" in fields:
        return full_year(fields["year"], day)
    if "yearwords" in fields:
        return words.year_in_words(fields["yearwords"])
    if "modyear" in fields and day:
        return day.year + words.value("mod", fields["modyear"])
    if "thatyear" in fields:
        told = context.told or context.last
        return told.first_day.year if told else None
    return context.year


def full_year(written: str, day: date | None) -> int:
    """'92 is the latest such year that is not ahead of the article."""
    figures = int(re.sub(r"\D", "", written))
    if figures >= 100 or len(written) == 4:
        return figures
    latest = day.year if day else 2000
    return latest - (latest - figures) % 100


def yearless(month: int, number: int, weekday: int | None, context: Context, day: date | None) -> Meaning:
    """A month and day without a year: that of the story in a history, else the nearest to the article's day that fits."""
    if context.narrative and (frames := story_frames(context)):
        year, why = story_year(month, number, frames)
        span = calendar.day(date(year, month, number))
        return Meaning(
            span.edtf, span, anchor=why.edtf, steps=counted("carried-year", "the year", why, "the story", span)
        )
    anchor, whose = writing_day(context, day)
    if anchor is None or context.narrative:
        return Meaning(f"XXXX-{month:02d}-{number:02d}")
    days = units.nearest_days(month, number, anchor=anchor, direction=context.direction, weekday=weekday)
    if not days:
        return Meaning(f"XXXX-{month:02d}-{number:02d}")
    if carried := _carried(month, number, days[0], anchor, context):
        return carried
    span, note = calendar.day(days[0]), told_words(context.direction)
    meaning = Meaning(
        span.edtf,
        span,
        anchor=anchor.isoformat(),
        steps=counted("nearest-year", "the year", anchor, whose, span, note),
    )
    second = calendar.day(days[1]) if len(days) > 1 else None
    return with_runner_up(meaning, second, "the year that comes second")


def _carried(month: int, number: int, nearest: date, anchor: date, context: Context) -> Meaning | None:
    """In news too a date goes on from one told with its year just before: "signed on May 2, 2014. On June 3 ...".

    Only where the news itself is not as near: a day of the last weeks needs no year, whatever was told before it.
    """
    frame = context.frames[0] if context.frames else None
    if frame is None or frame.first_day.year >= anchor.year or context.direction == FUTURE:
        return None
    years = (frame.first_day.year, frame.first_day.year + 1)
    days = [day for year in years if (day := calendar.valid_day(year, month, number)) and day >= frame.first_day]
    if not days or days[0] == nearest or (days[0] - frame.last_day).days > _STORY_DAYS:
        return None
    ahead = (nearest - anchor).days
    if -_NEWS_DAYS <= ahead <= (0 if context.direction == PAST else _NEWS_DAYS):
        return None
    span = calendar.day(days[0])
    steps = counted("carried-year", "the year", frame, "the date told before", span)
    meaning = Meaning(span.edtf, span, anchor=frame.edtf, steps=steps)
    return with_runner_up(meaning, calendar.day(nearest), "the nearest to the article's day")


def story_frames(context: Context) -> Sequence[DateSpan]:
    """The dates that the year of the story can be taken from, newest first."""
    if context.frames:
        return context.frames
    told = context.told or context.last
    return (told,) if told and told.first_day != calendar.FIRST_DAY else ()


def story_year(month: int, number: int, frames: Sequence[DateSpan]) -> tuple[int, DateSpan]:
    """The year of a month and day in a story that has told the dates of `frames`, newest first, and the one it counts from.

    A story goes on in the year it has reached, and over New Year where it stood in autumn; it goes back only where no date told
    before the newest lets it go on.
    """
    best: tuple[float, int, DateSpan] | None = None
    for age, frame in enumerate(frames):
        for year in _years_after(frame, month):
            here = calendar.valid_day(year, month, min(number, 28)) or date(year, month, 1)
            gap = (here - frame.first_day).days if frame.days <= 200 else _COARSE
            cost = age * _OLDER + (gap if gap >= -_start_slack(frame) else _BACK - gap)
            if best is None or cost < best[0]:
                best = (cost, year, frame)
    assert best is not None
    return best[1], best[2]


def _start_slack(frame: DateSpan) -> int:
    """How far before the first day of its frame a date still goes on with the story: within the month, or the season."""
    return frame.first_day.day - 1 if frame.days < 28 else 31


def _years_after(frame: DateSpan, month: int) -> tuple[int, ...]:
    year = frame.first_day.year
    if frame.days <= 200 and frame.first_day.month >= _LATE and month <= _EARLY and year < 9999:
        return (year, year + 1)
    return (year,)


def nth(words: Words, fields: Fields, context: Context, day: date | None) -> Meaning:
    """ "On the 26th": of the month that the story has reached."""
    anchor, whose = tale(context, day)
    if anchor is None or not lies_in_one("M", anchor):
        return Meaning("XXXX-XX-XX")
    number, start = words.ordinal(fields["day"]), anchor.first_day
    if context.direction == FUTURE and number < start.day:
        start = calendar.shift_months(start, 1) or start
    if context.told is None and context.direction != FUTURE and number > start.day:
        start = calendar.shift_months(start, -1) or start
    span = calendar.day(date(start.year, start.month, number))
    return Meaning(
        span.edtf, span, anchor=anchor.edtf, steps=counted("nth", f"the {fields['day']}", anchor, whose, span)
    )


def part_of_date(words: Words, fields: Fields, context: Context, day: date | None) -> Meaning:
    """ "The night of June 20, 1791"."""
    meaning = day_of_month(words, fields, context, day)
    part = words.part_of_day(fields["partday"])
    return replace(meaning, value=f"{meaning.value}T{part}", type="TIME")


READERS: Mapping[str, Reader] = {
    "iso": iso, "numeric": numeric, "day": day_of_month, "nth": nth, "part-of-date": part_of_date,
}  # fmt: skip

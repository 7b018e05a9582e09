"""Months, seasons, quarters, years, decades and centuries that name themselves; where the year goes unsaid, which is meant.

Not handled: fiscal years that differ from calendar years; years before Christ have a value but no span, for the calendar here
begins with the year 1.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from app.core import calendar
from app.extract import units
from app.extract.absolute import full_year, story_frames, story_year, year_named
from app.extract.reading import (
    Context,
    Fields,
    Reader,
    Words,
    counted,
    told_words,
    with_runner_up,
    without_runner_up,
    writing_day,
)
from app.extract.units import FUTURE, PAST, Meaning

_SEASON_VALUE = {21: "SP", 22: "SU", 23: "FA", 24: "WI"}


# ---------------------------------------------------------------- months and seasons
def month(words: Words, fields: Fields, context: Context, day: date | None) -> Meaning:
    """ "December 2021", "early December", "last November", and "November" with the year that is meant."""
    number, third = words.month(fields["month"]), words.third(fields)
    if (year := year_named(words, fields, context, day)) is not None:
        return _month_of(year, number, third)
    sign = words.sign(fields)
    if "tale" in fields and (context.told or context.last):
        return _month_of_tale(number, sign or 0, third, context)
    if context.narrative and sign is None:
        return _month_of_story(number, third, context)
    anchor, whose = writing_day(context, day)
    if anchor is None or context.narrative:
        return Meaning(f"XXXX-{number:02d}")
    return _nearest_month(number, third, sign, anchor, whose, context)


def _nearest_month(
    number: int, third: int | None, sign: int | None, anchor: date, whose: str, context: Context
) -> Meaning:
    direction = sign if sign is not None else context.direction
    year = units.nearest_month_year(number, anchor=anchor, direction=direction, strict=sign in (-1, 1))
    year = anchor.year if sign == 0 else year
    meaning = _month_of(year, number, third)
    assert meaning.span is not None
    other = year + 1 if meaning.span.last_day < anchor else year - 1
    steps = counted("nearest-year", "the year", anchor, whose, meaning.span, told_words(direction))
    meaning = replace(meaning, anchor=anchor.isoformat(), steps=steps)
    if sign is not None:
        return meaning
    return with_runner_up(meaning, _month_of(other, number, third).span, "the year that comes second")


def _month_of_tale(number: int, sign: int, third: int | None, context: Context) -> Meaning:
    told = context.told or context.last
    assert told is not None
    year = units.nearest_month_year(number, anchor=told.first_day, direction=sign or PAST, strict=sign != 0)
    return replace(_month_of(year, number, third), anchor=told.edtf)


def _month_of_story(number: int, third: int | None, context: Context) -> Meaning:
    if context.before_christ:
        return Meaning(f"BC{context.before_christ:04d}-{number:02d}")
    frames = story_frames(context)
    if not frames:
        return Meaning(f"XXXX-{number:02d}")
    year, frame = story_year(number, 1 if third == 0 else 15, frames)
    return replace(_month_of(year, number, third), anchor=frame.edtf)


def _month_of(year: int, number: int, third: int | None) -> Meaning:
    span = calendar.month(year, number) if third is None else calendar.third_of_month(year, number, third)
    return Meaning(f"{year:04d}-{number:02d}", span)


def week_of_month(words: Words, fields: Fields, context: Context, day: date | None) -> Meaning:
    """ "The last week of August", "the first days of December": seven days of the month, told by the month's value."""
    named = {name: word for name, word in fields.items() if name in ("month", "year")}
    meaning = month(words, named, context, day)
    if meaning.span is None:
        return meaning
    first, last = meaning.span.first_day, meaning.span.last_day
    number = words.ordinal(fields["ordinal"]) if not words.has("mod", fields["ordinal"]) else 0
    if number == 0:
        span = calendar.one_of(last.replace(day=last.day - 6), last)
    else:
        span = calendar.one_of(first.replace(day=7 * number - 6), first.replace(day=min(7 * number, last.day)))
    return replace(without_runner_up(meaning), span=span)


def nth_weekday(words: Words, fields: Fields, context: Context, day: date | None) -> Meaning:
    """ "The first Monday of March", "the last Friday in May"."""
    named = {name: word for name, word in fields.items() if name in ("month", "year")}
    meaning = month(words, named, context, day)
    if meaning.span is None:
        return meaning
    first, last = meaning.span.first_day, meaning.span.last_day
    weekday = words.weekday(fields["weekday"])
    if words.has("mod", fields["ordinal"]):
        chosen = last - timedelta((last.isoweekday() - weekday) % 7)
    else:
        chosen = first + timedelta((weekday - first.isoweekday()) % 7 + 7 * (words.ordinal(fields["ordinal"]) - 1))
    if chosen > last:
        return Meaning("XXXX-XX-XX")
    span = calendar.day(chosen)
    return Meaning(span.edtf, span, anchor=meaning.anchor, steps=without_runner_up(meaning).steps)


def season(words: Words, fields: Fields, context: Context, day: date | None) -> Meaning:
    """ "Summer 1990", "last summer", and "the summer" of the year that is meant."""
    code = words.season(fields["season"])
    if "years" in fields:  # "the winter of 2021-22"
        return _season_of(int(fields["years"][:4]), code)
    if (year := year_named(words, fields, context, day)) is not None:
        return _season_of(year, code)
    if context.narrative and context.before_christ:
        return Meaning(f"BC{context.before_christ:04d}-{_SEASON_VALUE[code]}")
    told = context.told or context.last
    anchor = told.first_day if told and ("tale" in fields or "that" in fields or context.narrative) else None
    if anchor is None:
        anchor = None if context.narrative else writing_day(context, day)[0]
    if anchor is None:
        return Meaning(f"XXXX-{_SEASON_VALUE[code]}")
    year = anchor.year if "that" in fields else _season_year(anchor, code, words.sign(fields), context)
    return replace(_season_of(year, code), anchor=anchor.isoformat())


def _season_year(anchor: date, code: int, sign: int | None, context: Context) -> int:
    """The year of a season counted from a day: the one running counts as this, and as the last only where it is over."""
    span = calendar.season(anchor.year, code)
    if sign == -1 or (sign is None and context.direction != FUTURE and not context.narrative):
        return anchor.year - (span.first_day > anchor or (sign == -1 and span.last_day >= anchor))
    if sign == 1:
        return anchor.year + (span.first_day <= anchor)
    if sign is None and context.direction == FUTURE:
        return anchor.year + (span.last_day < anchor)
    return anchor.year


def _season_of(year: int, code: int) -> Meaning:
    return Meaning(f"{year:04d}-{_SEASON_VALUE[code]}", calendar.season(year, code))


# ---------------------------------------------------------------- years and more
def year(words: Words, fields: Fields, _context: Context, day: date | None) -> Meaning:
    """ "1949", "'92", "mid-2015" and "the end of 2015"."""
    number, third = full_year(fields["year"], day), words.third(fields)
    return Meaning(f"{number:04d}", calendar.year(number) if third is None else calendar.third_of_year(number, third))


def year_in_words(words: Words, fields: Fields, _context: Context, _day: date | None) -> Meaning:
    """ "nineteen ninety-six", as transcripts write it."""
    number = words.year_in_words(fields["yearwords"])
    return Meaning(f"{number:04d}", calendar.year(number))


def before_christ(words: Words, fields: Fields, _context: Context, _day: date | None) -> Meaning:
    """A value without a span: the calendar here begins with the year 1."""
    value = f"BC{int(fields['year']):04d}"
    if "month" in fields:
        value += f"-{words.month(fields['month']):02d}"
    if "season" in fields:
        value += f"-{_SEASON_VALUE[words.season(fields['season'])]}"
    return Meaning(value)


def decade(words: Words, fields: Fields, context: Context, day: date | None) -> Meaning:
    """ "The 1990s", "the nineties", "the early '90s"."""
    word = fields.get("decadeword")
    first = words.value("decadeword", word) if word else int(re.sub(r"\D", "", fields["decade"]))
    if first < 100:
        told = context.told if context.narrative else None
        latest = told.first_day.year if told else (day.year if day else 2000)
        first += latest // 100 * 100
        first -= 100 if first > latest else 0
    third = words.third(fields)
    span = calendar.decade(first)
    if third is not None:
        begin, end = ((0, 3), (3, 6), (6, 9))[third]
        span = calendar.one_of(date(first + begin, 1, 1), date(first + end, 12, 31))
    return Meaning(f"{first // 10}", span)


def century(words: Words, fields: Fields, _context: Context, _day: date | None) -> Meaning:
    """ "The 19th century"; before Christ a value alone."""
    number = words.ordinal(fields["ordinal"]) - 1
    if "bc" in fields:
        return Meaning(f"BC{number:02d}")
    return Meaning(f"{number:02d}", calendar.century(number))


def part_of_year(words: Words, fields: Fields, context: Context, day: date | None) -> Meaning:
    """Quarters and halves: "the first quarter of 2021", "next year's first half", "the third quarter"."""
    letter, number = _part(words, fields)
    if number > (2 if letter == "H" else 4):
        return Meaning("XXXX-XX-XX")
    code = (39 if letter == "H" else 32) + number
    chosen, anchored = _part_year(words, fields, context, day, code)
    if chosen is None:
        return Meaning(f"XXXX-{letter}{number}")
    span = calendar.season(chosen, code)
    return Meaning(f"{chosen:04d}-{letter}{number}", span, anchor=day.isoformat() if anchored and day else None)


def _part(words: Words, fields: Fields) -> tuple[str, int]:
    if "figure" in fields:
        return fields["figure"][0].upper(), int(fields["figure"][1])
    letter = "H" if fields["part"] == "half" else "Q"
    if "ordinal" in fields:
        return letter, words.ordinal(fields["ordinal"])
    return letter, 2 if letter == "H" else 4  # "the last half of 2021"


def _part_year(words: Words, fields: Fields, context: Context, day: date | None, code: int) -> tuple[int | None, bool]:
    """The year of a quarter, and whether it was counted from the article's day."""
    if "year" in fields or "year2" in fields:
        return int(fields.get("year") or fields["year2"]), False
    if day is None:
        return None, False
    if "mod" in fields:
        return day.year + words.value("mod", fields["mod"]), True
    over = calendar.season(day.year, code).first_day > day and context.direction != FUTURE
    return day.year - over - ("ago" in fields), True


def turn_of_year(_words: Words, _fields: Fields, context: Context, day: date | None) -> Meaning:
    """ "The turn of the year": some day in the weeks about the New Year that is nearest, or has been where told in the past."""
    anchor, whose = writing_day(context, day)
    if anchor is None or context.narrative:
        return Meaning("XXXX-XX")
    turns = [date(anchor.year, 1, 1), date(min(anchor.year + 1, 9999), 1, 1)]
    turn = min(turns, key=lambda one: ((one - anchor).days * context.direction < 0, abs((one - anchor).days)))
    span = calendar.one_of(date(turn.year - 1, 12, 16), date(turn.year, 1, 15))
    steps = counted("turn-of-year", "the turn", anchor, whose, span)
    return Meaning("XXXX-XX", span, anchor=anchor.isoformat(), steps=steps)


READERS: Mapping[str, Reader] = {
    "month": month, "week-of-month": week_of_month, "nth-weekday": nth_weekday, "season": season, "year": year,
    "year-words": year_in_words, "before-christ": before_christ, "decade": decade, "century": century,
    "part": part_of_year, "quarter-figure": part_of_year, "turn-of-year": turn_of_year,
}  # fmt: skip

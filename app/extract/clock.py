"""Times of day, alone or beside the day they belong to.

A time keeps the calendar day of the place it is told of: its zone is named in the steps and moves nothing.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from app.core import calendar
from app.core.model import Step
from app.extract import absolute, relative
from app.extract.reading import Context, Fields, Reader, Words
from app.extract.units import Meaning

_BESIDE = {"month": absolute.day_of_month, "deictic": relative.deictic, "weekday": relative.weekday}


def clock(words: Words, fields: Fields, context: Context, day: date | None) -> Meaning:
    """ "10:30", "5 p.m. EST Nov. 9", "noon yesterday"; alone it belongs to the day told before, else to the article's."""
    time = _time(words, fields)
    own = next((name for name in _BESIDE if name in fields), None)
    if own is not None:
        meaning = _BESIDE[own](words, {name: word for name, word in fields.items() if name != "partday"}, context, day)
        steps = (*meaning.steps, *_zone(words, fields))
        return replace(meaning, value=f"{meaning.value}T{time}", type="TIME", steps=steps)
    told = context.told if context.told and context.told.days == 1 else None
    anchor = told or (calendar.day(day) if day and not context.narrative else None)
    edtf = anchor.edtf if anchor else None
    return Meaning(f"{edtf or 'XXXX-XX-XX'}T{time}", anchor, "TIME", edtf, _zone(words, fields))


def _time(words: Words, fields: Fields) -> str:
    if "clockword" in fields:
        return words.clock_word(fields["clockword"])
    if "hhmm" in fields:
        number = int(fields["hhmm"])
        if number > 2400 or number % 100 > 59:
            raise ValueError(f"{number} is no time of day")
        return f"{number // 100:02d}:{number % 100:02d}"
    written = fields.get("clock") or fields.get("clock2") or fields["clockap"]
    hour, _, minute = re.sub(r"[^\d:]", "", written).partition(":")
    if int(hour) > 24 or int(minute[:2] or 0) > 59 or (int(hour) == 24 and int(minute[:2] or 0)):
        raise ValueError(f"{written} is no time of day")
    half = (fields.get("ampm") or written).lower()
    number = int(hour)
    if number < 12 and "p" in half:
        number += 12
    elif number == 12 and "a" in half:
        number = 0
    return f"{number:02d}:{minute[:2] or '00'}"


def _zone(words: Words, fields: Fields) -> tuple[Step, ...]:
    zone = fields.get("zone") or fields.get("zone2")
    if zone is None:
        return ()
    hours = words.zone_hours(zone)
    return (Step("zone", f"{zone.upper()} is UTC{hours:+g} hours; the day is that of the clock named"),)


READERS: Mapping[str, Reader] = {"clock": clock}

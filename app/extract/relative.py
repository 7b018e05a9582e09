"""Dates counted from another: from the day of writing, from the date the story has reached, or from the one beside them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from app.core import calendar
from app.core.calendar import DateSpan
from app.core.model import Step
from app.extract import units
from app.extract.absolute import day_of_month
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
    without_runner_up,
    writing_day,
)
from app.extract.units import FUTURE, PAST, Meaning

_QUARTER_DAYS = 100  # a span of at most so many days, and of one, may be a quarter


# ---------------------------------------------------------------- the day of writing
def deictic(words: Words, fields: Fields, context: Context, day: date | None) -> Meaning:
    """ "Today", "yesterday", "tomorrow morning"."""
    word = fields["deictic"]
    day, whose = writing_day(context, day)
    if day is None or (context.narrative and context.said is None):  # in a history it stands in some quotation
        return Meaning("XXXX-XX-XX")
    chosen = calendar.shift_days(day, words.value("deictic", word))
    if chosen is None:
        return Meaning("XXXX-XX-XX")
    span = calendar.day(chosen)
    part = "NI" if word == "tonight" else words.part_of_day(fields.get("partday"))
    return _timed(span, part, day.isoformat(), counted("day-of-writing", word, day, whose, span))


def _timed(span: DateSpan, part: str, anchor: str, steps: tuple[Step, ...]) -> Meaning:
    value = span.edtf + (f"T{part}" if part else "")
    return Meaning(value, span, "TIME" if part else "DATE", anchor, steps)


def part_of_day(words: Words, fields: Fields, context: Context, day: date | None) -> Meaning:
    """ "Last night", "this morning", "the following evening"."""
    part = words.part_of_day(fields["partday"])
    anchor, whose, shift = _part_anchor(words, fields, context, day)
    if anchor is None or anchor.days != 1 or (chosen := calendar.shift_days(anchor.first_day, shift)) is None:
        return Meaning(f"XXXX-XX-XXT{part}", type="TIME")
    span = calendar.day(chosen)
    return _timed(span, part, anchor.edtf, counted("part-of-day", fields["partday"], anchor, whose, span))


def _part_anchor(words: Words, fields: Fields, context: Context, day: date | None) -> tuple[DateSpan | None, str, int]:
    if "mod" not in fields or context.narrative:
        anchor, whose = tale(context, day)
        return anchor, whose, words.sign(fields) or 0
    written, whose = writing_day(context, day)
    shift = -1 if fields["mod"] == "past" else words.value("mod", fields["mod"])
    return (calendar.day(written) if written else None), whose, shift


def weekday(words: Words, fields: Fields, context: Context, day: date | None) -> Meaning:
    """ "On Friday", "next Friday", "Monday last week", "late Tuesday night"."""
    number, word = words.weekday(fields["weekday"]), fields["weekday"].capitalize()
    told = context.last if "that" in fields else context.told
    narrative = told is not None and ("tale" in fields or "that" in fields or context.narrative)
    written, whose = writing_day(context, day)
    anchor = told.first_day if narrative and told else written
    open_day = narrative and told is not None and told.days != 1
    if anchor is None or open_day or (context.narrative and not narrative):
        return Meaning("XXXX-XX-XX")
    chosen, other, note = _weekday_near(words, number, anchor, fields, context)
    span = calendar.day(chosen)
    steps = counted("weekday", word, anchor, "the date told before" if narrative else whose, span, note)
    meaning = _timed(span, words.part_of_day(fields.get("partday")), anchor.isoformat(), steps)
    return with_runner_up(meaning, calendar.day(other) if other else None, "the other side of the anchor")


def _weekday_near(
    words: Words, number: int, anchor: date, fields: Fields, context: Context
) -> tuple[date, date | None, str]:
    """The day, the day on the other side of the anchor where the words leave it open, and why."""
    back = (anchor.isoweekday() - number) % 7
    if "modweek" in fields:
        monday = calendar.week_of(anchor)[0]
        shifted = calendar.shift_days(monday, 7 * words.value("mod", fields["modweek"]) + number - 1)
        return shifted or anchor, None, f", {fields['modweek']} week"
    sign = words.sign(fields)
    if sign == -1:
        return calendar.shift_days(anchor, -(back or 7)) or anchor, None, ", the last before it"
    past, ahead = calendar.shift_days(anchor, -back), calendar.shift_days(anchor, -back % 7)
    if sign == 1:
        return calendar.shift_days(anchor, -back % 7 or 7) or anchor, None, ", the next after it"
    if "that" in fields:
        return ahead or anchor, past, ", the first from it on"
    if context.direction == FUTURE:
        return ahead or anchor, past, told_words(FUTURE)
    return past or anchor, ahead, told_words(PAST)


def weekend(words: Words, _fields: Fields, context: Context, day: date | None) -> Meaning:
    """ "Over the weekend": the last one where told in the past, else that of the week."""
    day, whose = writing_day(context, day)
    if day is None:
        return Meaning("XXXX-WXX-WE")
    sign = -1 if context.direction == PAST and day.isoweekday() < 6 else 0
    meaning = units.unit_at("WE", day, sign)
    assert meaning.span is not None
    steps = counted("weekend", "the weekend", day, whose, meaning.span)
    meaning = replace(meaning, anchor=day.isoformat(), steps=steps)
    return with_runner_up(meaning, units.unit_at("WE", day, -1 - sign).span, "the weekend on the other side")


# ---------------------------------------------------------------- this, last and next
def unit(words: Words, fields: Fields, context: Context, day: date | None) -> Meaning:
    """ "Last week", "next year", "earlier this month", "the following day"."""
    letter, sign = words.unit(fields["unit"]), words.sign(fields) or 0
    anchor, whose = _unit_anchor(letter, fields, context, day)
    if context.narrative and context.before_christ and letter == "Y" and "tale" in fields:
        return Meaning(f"BC{context.before_christ - sign:04d}")
    meaning = units.unit_at(letter, anchor, sign)
    if anchor is None or meaning.span is None:
        return meaning
    meaning = _narrowed(words, meaning, fields, letter)
    assert meaning.span is not None
    said = f"{fields.get('mod') or fields.get('tale')} {fields['unit']}"
    return replace(meaning, anchor=anchor.isoformat(), steps=counted("unit", said, anchor, whose, meaning.span))


def _unit_anchor(letter: str, fields: Fields, context: Context, day: date | None) -> tuple[date | None, str]:
    if "tale" in fields or (context.narrative and context.said is None):
        told, whose = tale(context, day)
        return (told.first_day if told and lies_in_one(letter, told) else None), whose
    return writing_day(context, day)


def _narrowed(words: Words, meaning: Meaning, fields: Fields, letter: str) -> Meaning:
    """ "The end of this month", "late last year"."""
    word = fields.get("earlier") or ""
    third = words.value("third", word) if words.has("third", word) else words.third({"phase": _phase(fields)})
    if third is None or letter not in ("M", "Y") or meaning.span is None:
        return meaning
    start = meaning.span.first_day
    if letter == "Y":
        return replace(meaning, span=calendar.third_of_year(start.year, third))
    return replace(meaning, span=calendar.third_of_month(start.year, start.month, third))


def _phase(fields: Fields) -> str:
    return (fields.get("end") or fields.get("phase") or "").replace("-", " ").strip()


def unit_of_tale(words: Words, fields: Fields, context: Context, day: date | None) -> Meaning:
    """ "That day", "later that year": the unit that holds the date told last, background included."""
    if "that" in fields and context.last is not None:
        context = replace(context, told=context.last)
    return unit(words, {**fields, "tale": "same"}, context, day)


def next_of_tale(words: Words, fields: Fields, context: Context, day: date | None) -> Meaning:
    """ "The next day": counted from the story."""
    sign = words.sign(fields)
    word = "following" if sign == 1 else "previous" if sign == -1 else "same"
    return unit(words, {"unit": fields["unit"], "tale": word}, context, day)


def part_of_day_of_tale(words: Words, fields: Fields, context: Context, day: date | None) -> Meaning:
    """ "In the evening" of the day that the story has reached."""
    return part_of_day(words, {**fields, "tale": "same"}, context, day)


def within_unit(words: Words, fields: Fields, context: Context, day: date | None) -> Meaning:
    """ "Earlier in the week": the week of writing; in a history the one the story has reached."""
    told = (context.told or context.last) if context.narrative else None
    return unit(words, {"unit": fields["unit"], "tale": "same"}, replace(context, told=told), day)


def phase_of_unit(words: Words, fields: Fields, context: Context, day: date | None) -> Meaning:
    """ "By the end of the year", "at month's end": of the year or month that the story is in, else of the article's."""
    told = context.told or (context.last if context.narrative else None)
    fields = {**fields, "tale": "same"}
    return unit(words, fields, replace(context, told=told), day)


def full_year(words: Words, fields: Fields, context: Context, day: date | None) -> Meaning:
    """ "The full year", "the latest fiscal year": that of the article, or the one before."""
    tale_word = "previous" if "latest" in fields else "same"
    return unit(words, {"unit": "year", "tale": tale_word}, replace(context, told=None), day)


def quarter_of_tale(_words: Words, fields: Fields, context: Context, day: date | None) -> Meaning:
    """ "The quarter", "the latest quarter", "the year-earlier period": counted from the quarter that is reported on.

    Without one it is the last that was over when the article was written.
    """
    quarter = context.quarter
    if quarter is None and day is not None:
        quarter = units.unit_at("Q", day, -1).span
    if quarter is None:
        return Meaning("XXXX-QX")
    start = quarter.first_day
    if "year" in fields:
        start = start.replace(year=int(fields["year"]))
    elif "ago" in fields:
        start = calendar.shift_months(start, -12) or start
    meaning = units.unit_at("Q", start, 0)
    assert meaning.span is not None
    steps = counted("quarter", "the quarter", quarter, "the quarter reported on", meaning.span)
    return replace(meaning, anchor=quarter.edtf, steps=steps)


# ---------------------------------------------------------------- so long before or after
def ago(words: Words, fields: Fields, context: Context, day: date | None) -> Meaning:
    """ "Two weeks ago": as precise as its unit."""
    letter = words.unit(fields["unit"])
    number = words.number(fields["number"]) if "number" in fields else None
    if number is None or letter.startswith("T"):
        return Meaning("PAST_REF")
    day, whose = writing_day(context, day)
    if context.narrative and context.said is None:
        told, whose = tale(context, day)
        day = told.first_day if told else None
    if day is None or number != int(number) or "low" in fields:
        return Meaning("XXXX-XX-XX")
    if letter == "Y" and number == 1 and context.quarter is not None:
        return quarter_of_tale(words, {"ago": "ago"}, context, day)
    meaning = units.shifted(letter, -int(number), day)
    if meaning.span is None:
        return meaning
    said = f"{fields['number']} {fields['unit']} ago"
    return replace(meaning, anchor=day.isoformat(), steps=counted("ago", said, day, whose, meaning.span))


def ago_today(words: Words, fields: Fields, context: Context, day: date | None) -> Meaning:
    """ "A year ago today", "ten years ago on March 3", "ten years ago this month": as precise as what stands beside it."""
    number, letter = words.number(fields["number"]), words.unit(fields["unit"])
    written, whose = writing_day(context, day)
    if "deictic" in fields and written is not None:
        written = calendar.shift_days(written, words.value("deictic", fields["deictic"]))
    if "month" in fields:
        beside = day_of_month(words, {"month": fields["month"], "day": fields["day"]}, context, day).span
        written = beside.first_day if beside else None
    if number is None or number != int(number) or written is None or letter not in ("Y", "M", "W", "D", "E"):
        return Meaning("XXXX-XX-XX")
    chosen = _shifted_day(letter, -int(number), written)
    if chosen is None:
        return Meaning("XXXX-XX-XX")
    meaning = units.unit_at({"week": "W", "month": "M"}.get(fields.get("within", ""), "D"), chosen, 0)
    assert meaning.span is not None
    said = f"{fields['number']} {fields['unit']} ago"
    return replace(meaning, anchor=written.isoformat(), steps=counted("ago", said, written, whose, meaning.span))


def _shifted_day(letter: str, number: int, day: date) -> date | None:
    months = {"M": 1, "Y": 12, "E": 120}.get(letter)
    if months:
        return calendar.shift_months(day, months * number)
    return calendar.shift_days(day, number * (7 if letter == "W" else 1))


def from_now(words: Words, fields: Fields, context: Context, day: date | None) -> Meaning:
    """ "Two weeks from now", "three days from today"."""
    number, letter = words.number(fields["number"]), words.unit(fields["unit"])
    written, whose = writing_day(context, day)
    if number is None or letter.startswith("T"):
        return Meaning("FUTURE_REF")
    if number != int(number) or written is None or context.narrative:
        return Meaning("XXXX-XX-XX")
    written = calendar.shift_days(written, words.value("deictic", fields.get("deictic", "today"))) or written
    meaning = units.shifted(letter, int(number), written)
    if meaning.span is None:
        return meaning
    said = f"{fields['number']} {fields['unit']} from now"
    return replace(meaning, anchor=written.isoformat(), steps=counted("from-now", said, written, whose, meaning.span))


def two_days(words: Words, fields: Fields, context: Context, day: date | None) -> Meaning:
    """ "The day before yesterday", "the day after tomorrow"."""
    written, whose = writing_day(context, day)
    shift = words.value("deictic", fields["deictic"]) + words.value("beside", fields["beside"])
    chosen = calendar.shift_days(written, shift) if written and not context.narrative else None
    if chosen is None or written is None:
        return Meaning("XXXX-XX-XX")
    span = calendar.day(chosen)
    said = f"the day {fields['beside']} {fields['deictic']}"
    return Meaning(
        span.edtf, span, anchor=written.isoformat(), steps=counted("day-of-writing", said, written, whose, span)
    )


def weekday_after_next(words: Words, fields: Fields, context: Context, day: date | None) -> Meaning:
    """ "Tuesday week": a week after the coming Tuesday."""
    written, whose = writing_day(context, day)
    if written is None or context.narrative:
        return Meaning("XXXX-XX-XX")
    ahead = (words.weekday(fields["weekday"]) - written.isoweekday()) % 7 or 7
    chosen = calendar.shift_days(written, ahead + 7)
    if chosen is None:
        return Meaning("XXXX-XX-XX")
    span = calendar.day(chosen)
    said = f"{fields['weekday'].capitalize()} week"
    return Meaning(span.edtf, span, anchor=written.isoformat(), steps=counted("weekday", said, written, whose, span))


def weekday_before_last(words: Words, fields: Fields, context: Context, day: date | None) -> Meaning:
    """ "The Monday before last": a week before the last one."""
    last = weekday(words, {"weekday": fields["weekday"], "mod": "last"}, context, day)
    chosen = calendar.shift_days(last.span.first_day, -7) if last.span else None
    if chosen is None:
        return Meaning("XXXX-XX-XX")
    span = calendar.day(chosen)
    written, whose = writing_day(context, day)
    said = f"the {fields['weekday'].capitalize()} before last"
    assert written is not None
    return Meaning(span.edtf, span, anchor=written.isoformat(), steps=counted("weekday", said, written, whose, span))


def beside(words: Words, fields: Fields, context: Context, day: date | None) -> Meaning:
    """ "The day before", "three days later": counted from the date that the story has reached."""
    word = fields.get("beside") or fields["beside2"]
    sign = -1 if word == "previously" else words.value("beside" if words.has("beside", word) else "earlier", word)
    letter = words.unit(fields.get("unit") or fields["units"])
    number = words.number(fields["number"]) if "number" in fields else 1
    if number is None or letter.startswith("T"):
        return Meaning("PAST_REF" if sign < 0 else "FUTURE_REF")
    if letter == "Y" and number == 1 and sign < 0 and context.quarter is not None:
        return quarter_of_tale(words, {"ago": "ago"}, context, day)
    anchor, whose = tale(context, day)
    if anchor is None or number != int(number) or "low" in fields:
        return Meaning("XXXX-XX-XX")
    if not lies_in_one(letter, anchor):
        return Meaning("XXXX-XX-XX")
    meaning = units.shifted(letter, sign * int(number), anchor.first_day)
    if meaning.span is None:
        return meaning
    said = f"{fields.get('number', 'the')} {fields.get('unit') or fields.get('units')} {word}"
    meaning = replace(meaning, anchor=anchor.edtf, steps=counted("beside", said, anchor, whose, meaning.span))
    other = units.shifted(letter, sign * int(number), day).span if day and context.told else None
    return with_runner_up(meaning, other, "counted from the article's day")


def beside_event(_words: Words, _fields: Fields, _context: Context, _day: date | None) -> Meaning:
    """ "The day before the ceremony": counted from an act, not from the story; what day that was is not known here."""
    return Meaning("XXXX-XX-XX")


def week_of(words: Words, fields: Fields, context: Context, day: date | None) -> Meaning:
    """ "The week of January 10"."""
    inner = day_of_month(words, fields, context, day)
    if inner.span is None:
        return Meaning("XXXX-WXX")
    steps = without_runner_up(inner).steps
    return replace(units.unit_at("W", inner.span.first_day, 0), anchor=inner.anchor, steps=steps)


READERS: Mapping[str, Reader] = {
    "deictic": deictic, "partday": part_of_day, "weekday": weekday, "weekend": weekend, "unit": unit,
    "unit-of-tale": unit_of_tale, "next-of-tale": next_of_tale, "partday-of-tale": part_of_day_of_tale,
    "within-unit": within_unit, "phase-of-unit": phase_of_unit, "full-year": full_year,
    "quarter-of-tale": quarter_of_tale, "ago": ago, "beside": beside, "beside-next": beside_event,
    "beside-event": beside_event, "week-of": week_of,
    "ago-today": ago_today, "from-now": from_now, "two-days": two_days, "weekday-after-next": weekday_after_next,
    "weekday-before-last": weekday_before_last,
}  # fmt: skip

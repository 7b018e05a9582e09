"""Expressions that name no day: durations, sets, and vague references to past, present and future."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from app.extract.reading import Context, Fields, Reader, Words
from app.extract.units import Meaning

_VAGUE = {"recent": "PAST_REF", "recently": "PAST_REF", "past": "PAST_REF", "now": "PRESENT_REF"}
_LETTERS = {
    "TS": "T{}S", "TM": "T{}M", "TH": "T{}H", "F": "{}W", "WE": "{}WE", "Q": "{}Q", "E": "{}E", "C": "{}C",
}  # fmt: skip
_SINGLE = frozenset(("day", "week", "month", "year", "decade", "century", "hour", "minute", "weekend", "quarter"))


def vague(_words: Words, fields: Fields, _context: Context, _day: date | None) -> Meaning:
    """ "Now", "recently", "in recent weeks", "soon"."""
    for name in fields:
        if name == "recent" and fields["recent"] == "coming":
            return Meaning("FUTURE_REF")
        if name in _VAGUE:
            return Meaning(_VAGUE[name])
    return Meaning("FUTURE_REF")


def present(_words: Words, _fields: Fields, _context: Context, _day: date | None) -> Meaning:
    """ "These days"."""
    return Meaning("PRESENT_REF")


def night(_words: Words, fields: Fields, _context: Context, _day: date | None) -> Meaning:
    """ "At night", "in daytime": no night in particular."""
    return Meaning(f"XXXX-XX-XXT{'DT' if fields['partday'] == 'daytime' else 'NI'}", type="TIME")


def units_later(words: Words, fields: Fields, _context: Context, _day: date | None) -> Meaning:
    """ "Weeks later": some unknown week."""
    letter = words.unit(fields["unit"])
    return Meaning({"W": "XXXX-WXX", "M": "XXXX-XX", "Y": "XXXX"}.get(letter, "XXXX-XX-XX"))


def duration(words: Words, fields: Fields, _context: Context, _day: date | None) -> Meaning:
    """ "Five weeks", "two and a half years"; "two to three weeks" is PXW, for neither number is meant alone."""
    letter = words.unit(fields["unit"])
    number = words.number(fields["number"]) if "number" in fields else None
    if "number" not in fields and fields["unit"] in _SINGLE:
        number = 1
    if "low" in fields:
        number = None
    if number is not None and "half" in fields:
        number += 0.5
    if letter == "F" and number:
        number *= 2
    if letter in ("E", "C") and number:
        number, letter = number * (10 if letter == "E" else 100), "Y"
    return Meaning("P" + _LETTERS.get(letter, "{}" + letter).format(_written(number)), type="DURATION")


def _written(number: float | None) -> str:
    return "X" if number is None else str(int(number)) if number == int(number) else f"{number:g}"


def repeated(words: Words, fields: Fields, context: Context, day: date | None) -> Meaning:
    """ "Every year", "every Friday", "daily", "per month"."""
    if "setword" in fields:
        return Meaning(words.set_word(fields["setword"]), type="SET")
    if "weekdays" in fields:
        return Meaning(f"XXXX-WXX-{words.value('weekdays', fields['weekdays'])}", type="SET")
    word = fields["unit"]
    if words.has("weekday", word):
        return Meaning(f"XXXX-WXX-{words.value('weekday', word)}", type="SET")
    if words.has("month", word) or words.has("monthcap", word):
        return Meaning(f"XXXX-{words.month(word):02d}", type="SET")
    if words.has("partday", word):
        return Meaning(f"XXXX-XX-XXT{words.part_of_day(word)}", type="SET")
    return replace(duration(words, {"unit": word, "number": fields.get("number", "a")}, context, day), type="SET")


READERS: Mapping[str, Reader] = {
    "vague": vague, "present": present, "night": night, "units-later": units_later, "duration": duration,
    "set": repeated,
}  # fmt: skip

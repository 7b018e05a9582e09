"""What an expression is read against, and the values of its words: what all the readers of date expressions share."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from app.core import calendar
from app.core.calendar import DateSpan
from app.core.model import ArticleDate, Step
from app.extract import units
from app.extract.units import FUTURE, PAST, UNKNOWN, Meaning, in_words
from app.lexicon.timex import TimexLexicon

Fields = Mapping[str, str]
_RANGE = re.compile(r"\d+[-–]\d+")
_VAGUE = frozenset(("few", "several", "many", "some", "numerous", "various", "dozens", "hundreds", "thousands", "tens"))


@dataclass(frozen=True, slots=True)
class Context:
    """What an expression is read against.

    `dct` is the article's date; `told` the last span the story named before it (None at its start); `direction` PAST, FUTURE or
    UNKNOWN as the verb beside it tells; `narrative` is True where the text tells history and years carry over; `day_first`
    says how 5/4/2022 is to be read. `frames` are the last days and months told with or in their year, newest first. `last` is
    the last span told at all, background included. `quarter` is the quarter that the paragraph reports on. `year` is the year
    of the expression it is joined to ("September" in "September and October 1950"). `said` is the day on which the quotation
    around it was said. `before_christ` is the year BC that the story has reached.
    """

    dct: ArticleDate
    told: DateSpan | None = None
    direction: int = UNKNOWN
    narrative: bool = False
    day_first: bool = False
    frames: tuple[DateSpan, ...] = ()
    last: DateSpan | None = None
    quarter: DateSpan | None = None
    year: int | None = None
    said: DateSpan | None = None
    before_christ: int | None = None


class Words:
    """The values of the lexicon's words."""

    def __init__(self, lexicon: TimexLexicon) -> None:
        self._values = lexicon.values

    def value(self, kind: str, word: str) -> int:
        """What a word of that class amounts to; KeyError where it is none of them."""
        return int(self._values[kind][word])

    def has(self, kind: str, word: str) -> bool:
        """Whether the word is of that class."""
        return word in self._values[kind]

    def unit(self, word: str) -> str:
        """The TIMEX3 letter of a unit; hours and less begin with T."""
        return str(self._values["unit"][word])

    def part_of_day(self, word: str | None) -> str:
        """MO, AF, EV or NI; empty where no part is named."""
        return str(self._values["partday"].get(word or "", ""))

    def clock_word(self, word: str) -> str:
        """The hour and minute of noon and midnight."""
        return str(self._values["clockword"][word])

    def set_word(self, word: str) -> str:
        """How often: the period of "daily" and the like."""
        return str(self._values["setword"][word])

    def zone_hours(self, word: str) -> float:
        """The hours from UTC of a time zone."""
        return float(self._values["zone"][word])

    def month(self, word: str) -> int:
        """1 to 12."""
        return int(self._values["month"].get(word) or self._values["monthcap"][word])

    def weekday(self, word: str) -> int:
        """1 Monday to 7 Sunday."""
        return int(self._values["weekday"].get(word) or self._values["weekdaycap"][word])

    def season(self, word: str) -> int:
        """The EDTF code of a season: 21 spring to 24 winter."""
        return int(self._values["season"].get(word) or self._values["fall"][word])

    def ordinal(self, words: str) -> int:
        """Which one: "third", "3rd", "3"."""
        return self.value("ordword", words) if words in self._values["ordword"] else int(re.sub(r"\D", "", words))

    def year_in_words(self, words: str) -> int:
        """ "nineteen ninety-six" and "two thousand four" as years."""
        parts = [part for part in re.split(r"[\s\-–—]+", words) if part not in ("and", "the", "year")]
        if "thousand" in parts:
            rest = parts[parts.index("thousand") + 1 :]
            return 2000 + sum(self.value("numword", part) for part in rest)
        if parts[1] == "hundred":
            return 100 * self.value("teens", parts[0])
        return 100 * self.value("teens", parts[0]) + sum(self.value("numword", part) for part in parts[1:])

    def number(self, words: str) -> float | None:
        """How many; None for "several", "a few" and the like."""
        if words in ("a", "an"):
            return 1
        if words == "half a dozen":
            return 6
        if _RANGE.fullmatch(words):
            return None
        total = group = 0.0  # "one thousand five hundred": what stands before a thousand is closed by it
        for word in re.split(r"[\s\-–—]+", words):
            if word in _VAGUE or (word == "half" and not total + group):
                return None
            if word == "thousand":
                total, group = total + max(1.0, group) * 1000, 0.0
            else:
                group = self._with(group, word)
        return total + group or None

    def _with(self, total: float, word: str) -> float:
        if word.isdigit():
            return total + int(word)
        if "/" in word:
            top, bottom = word.split("/")
            return total + (int(top) / int(bottom) if int(bottom) else 0)
        scale = {"dozen": 12, "hundred": 100}.get(word)
        if scale:
            return max(1.0, total) * scale
        return total + {"couple": 2.0, "half": 0.5}.get(word, float(self._values["numword"].get(word, 0)))

    def sign(self, fields: Fields) -> int | None:
        """Which one is meant: -1 the last, 0 this, 1 the next; None where the words don't say."""
        if "mod" in fields:
            return -1 if fields["mod"] == "past" else self.value("mod", fields["mod"])
        return self.value("tale", fields["tale"]) if "tale" in fields else None

    def third(self, fields: Fields) -> int | None:
        """0 the early, 1 the middle, 2 the late part of a month, year or decade."""
        word = fields.get("third") or fields.get("third2")
        if word:
            return self.value("third", word)
        phase = (fields.get("phase") or "").split()
        if phase and phase[0] == "latter":
            return 2
        return self.value("phase", phase[0]) if phase and self.has("phase", phase[0]) else None


Reader = Callable[[Words, Fields, Context, date | None], Meaning]
"""Reads one sort of expression; the last argument is the article's day, None where it is not known."""


def counted(
    rule: str, words: str, anchor: date | DateSpan, whose: str, span: DateSpan, note: str = ""
) -> tuple[Step, ...]:
    """The step that tells what was counted from which date to which."""
    start = in_words(anchor) if isinstance(anchor, date) else anchor.edtf
    return (Step(rule, f"{words} counts from {whose}, {start}{note} → {span.edtf}"),)


def told_words(direction: int) -> str:
    """How a direction is told to the reader."""
    return {PAST: ", told in the past", FUTURE: ", told of the future"}.get(direction, ", the nearest")


def writing_day(context: Context, day: date | None) -> tuple[date | None, str]:
    """The day that "today" is: the article's, or that on which a quotation was said."""
    if context.said is not None and context.said.days == 1:
        return context.said.first_day, "the day on which it was said"
    return day, "the article's day"


def tale(context: Context, day: date | None) -> tuple[DateSpan | None, str]:
    """The date the story has reached, else (but not in a history) the article's day."""
    if context.told is not None:
        return context.told, "the date told before"
    if context.narrative and (context.frames or context.last):
        return (context.frames[0] if context.frames else context.last), "the last date told"
    day, whose = writing_day(context, day)
    return (calendar.day(day) if day else None), whose


def lies_in_one(unit: str, anchor: DateSpan) -> bool:
    """Whether all the days of an anchor lie in one such unit: from a wider one, "the next day" would be an invented day."""
    first, last = units.unit_at(unit, anchor.first_day, 0), units.unit_at(unit, anchor.last_day, 0)
    return first.value == last.value


def without_runner_up(meaning: Meaning) -> Meaning:
    """The meaning alone, where what came second no longer is a reading of the whole."""
    return replace(meaning, runner_up=None, steps=tuple(step for step in meaning.steps if step.rule != "runner-up"))


def with_runner_up(meaning: Meaning, other: DateSpan | None, why: str) -> Meaning:
    """The meaning with the reading that came second, where there is one and it differs."""
    if other is None or meaning.span is None or other == meaning.span:
        return meaning
    step = Step("runner-up", f"{other.edtf} was weighed too: {why}")
    return replace(meaning, runner_up=other.edtf, steps=(*meaning.steps, step))

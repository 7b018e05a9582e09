"""From the words of a date expression and the date it counts from to the calendar: TIMEX3 value, EDTF span and why.

Precision is never invented: an expression that its anchor leaves open between two days gives both as one-of-a-set when they lie
within a week of each other, else a value with unknown digits and no span.

Not handled: fiscal years that differ from calendar years; time zones (a clock time keeps its day).
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

import dateparser
from dateutil.easter import easter

from app.core import calendar
from app.core.calendar import DateSpan
from app.core.model import ArticleDate, Step, Timex
from app.errors import DateError
from app.extract import units
from app.extract.timex import Found
from app.extract.units import FUTURE, PAST, UNKNOWN, Meaning, in_words
from app.lexicon.timex import TimexLexicon

_SEASON_VALUE = {21: "SP", 22: "SU", 23: "FA", 24: "WI"}
_VAGUE = {"recent": "PAST_REF", "recently": "PAST_REF", "past": "PAST_REF", "now": "PRESENT_REF"}
_OPEN_DAYS = 7  # a wider gap between two readings is no day any more


@dataclass(frozen=True, slots=True)
class Context:
    """What an expression is read against.

    `dct` is the article's date; `told` the last span the story named before it (None at its start); `direction` PAST, FUTURE or
    UNKNOWN as the verb beside it tells; `narrative` is True where the text tells history and years carry over; `day_first`
    says how 5/4/2022 is to be read.
    """

    dct: ArticleDate
    told: DateSpan | None = None
    direction: int = UNKNOWN
    narrative: bool = False
    day_first: bool = False


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
        self._values = lexicon.values
        self._readers: Mapping[str, Callable[[Mapping[str, str], Context, date | None], Meaning]] = {
            "iso": self._iso, "numeric": self._numeric, "day": self._day, "nth": self._nth, "month": self._month,
            "year": self._year, "decade": self._decade, "century": self._century, "season": self._season,
            "part": self._part, "deictic": self._deictic, "partday": self._partday, "weekday": self._weekday,
            "unit": self._unit, "unit-of-tale": self._unit_of_tale, "next-of-tale": self._next_of_tale,
            "partday-of-tale": self._partday_of_tale, "within-unit": self._within_unit, "beside": self._beside,
            "beside-next": self._beside_event, "beside-event": self._beside_event, "ago": self._ago,
            "week-of": self._week_of, "weekend": self._weekend, "vague": self._vague, "duration": self._duration,
            "set": self._set, "clock": self._clock, "holiday": self._holiday, "easter": self._easter,
            "before-christ": self._before_christ,
        }  # fmt: skip

    @property
    def means(self) -> frozenset[str]:
        """The ids a rule may name in `means`, beside the two that the finder splits (`days`, `years`)."""
        return frozenset(self._readers) | {"days", "years"}

    def resolve(self, found: Found, text: str, context: Context) -> Timex:
        """The expression with its TIMEX3 type and value, its span and derivation; `text` is what the offsets refer to."""
        meaning = self._agree(found, context)
        anchored = meaning.anchor if meaning.span else None
        words = text[found.begin : found.end]
        steps = meaning.steps or ((Step(found.rule, f"'{words}' names {meaning.span}"),) if meaning.span else ())
        return Timex(
            found.begin, found.end, words, meaning.type, meaning.value, meaning.span, found.rule, anchored, steps
        )

    def counted_from(self, found: Found, text: str, start: Timex) -> Timex:
        """ "Three days before Christmas": the expression counted from the date that stands beside it."""
        fields = {name: word for name, word in found.fields.items() if name != "ofnext"} | {
            "beside": found.fields["ofnext"]
        }
        counted = Found(found.begin, found.end, found.rule, "beside", fields)
        return self.resolve(counted, text, Context(ArticleDate(), told=start.span))

    def _agree(self, found: Found, context: Context) -> Meaning:
        read, dct = self._readers[found.means], context.dct
        if dct.best:
            return self._checked(read, found, context, dct.best)
        ends = [day for day in (dct.earliest, dct.latest) if day and dct.earliest and dct.latest]
        readings = [self._checked(read, found, context, day) for day in ends] or [
            self._checked(read, found, context, None)
        ]
        first, last = readings[0], readings[-1]
        if first.span == last.span:
            return first
        if first.span and last.span and abs((last.span.first_day - first.span.first_day).days) <= _OPEN_DAYS:
            days = sorted((first.span.first_day, first.span.last_day, last.span.first_day, last.span.last_day))
            open_step = Step(
                "open-anchor", f"the article's own day is not certain, so it is one day from {days[0]} to {days[-1]}"
            )
            return replace(
                first, value="XXXX-XX-XX", span=calendar.one_of(days[0], days[-1]), steps=(*first.steps, open_step)
            )
        unsure = Step("open-anchor", "the article's own date leaves several readings")
        return replace(first, value="XXXX-XX-XX", span=None, steps=(unsure,))

    def _checked(self, read: Callable[..., Meaning], found: Found, context: Context, day: date | None) -> Meaning:
        try:
            return read(found.fields, context, day)
        except (
            ValueError,
            OverflowError,
            TypeError,
            DateError,
        ):  # beyond the calendar, or no such day: 31 June, year 10000
            return Meaning("XXXX-XX-XX")

    # ------------------------------------------------------------ words
    def _value(self, kind: str, word: str) -> int:
        return int(self._values[kind][word])

    def _month_number(self, word: str) -> int:
        return int(self._values["month"].get(word) or self._values["monthcap"][word])

    def weekday_number(self, word: str) -> int:
        """1 Monday to 7 Sunday."""
        return int(self._values["weekday"].get(word) or self._values["weekdaycap"][word])

    def _ordinal(self, words: str) -> int:
        return self._value("ordword", words) if words in self._values["ordword"] else int(re.sub(r"\D", "", words))

    def _number(self, words: str) -> int | None:
        """How many; None for "several", "a few" and the like."""
        if words in ("a", "an"):
            return 1
        total = 0
        for word in re.split(r"[\s\-–—]+", words):
            if word.isdigit():
                total += int(word)
            elif word in self._values["numword"]:
                total += self._value("numword", word)
            elif word == "couple":
                total += 2
            elif word == "dozen":
                total = max(1, total) * 12
            elif word == "hundred":
                total = max(1, total) * 100
            elif word in ("half",) or word in ("few", "several", "many", "some", "numerous", "various"):
                return None
        return total or None

    def _sign(self, fields: Mapping[str, str]) -> int | None:
        if "mod" in fields:
            return -1 if fields["mod"] == "past" else self._value("mod", fields["mod"])
        return self._value("tale", fields["tale"]) if "tale" in fields else None

    def _third(self, fields: Mapping[str, str]) -> int | None:
        word = fields.get("third") or fields.get("third2")
        if word:
            return self._value("third", word)
        return self._value("phase", fields["phase"]) if "phase" in fields else None

    # ------------------------------------------------------------ anchors
    @staticmethod
    def _tale(context: Context, day: date | None) -> tuple[DateSpan | None, str]:
        """The date the story has reached, else the article's day."""
        if context.told is not None:
            return context.told, "the date told before"
        return (calendar.day(day) if day else None), "the article's day"

    @staticmethod
    def _counted(
        rule: str, words: str, anchor: date | DateSpan, whose: str, span: DateSpan, note: str = ""
    ) -> tuple[Step, ...]:
        start = in_words(anchor) if isinstance(anchor, date) else anchor.edtf
        return (Step(rule, f"{words} counts from {whose}, {start}{note} → {span.edtf}"),)

    @staticmethod
    def _told_words(direction: int) -> str:
        return {PAST: ", told in the past", FUTURE: ", told of the future"}.get(direction, ", the nearest")

    # ------------------------------------------------------------ absolute days
    def _iso(self, fields: Mapping[str, str], _context: Context, _day: date | None) -> Meaning:
        written = fields["iso"].upper()
        return Meaning(written, calendar.day(date.fromisoformat(written[:10])), "TIME" if "T" in written else "DATE")

    def _numeric(self, fields: Mapping[str, str], context: Context, _day: date | None) -> Meaning:
        first, second, year = (int(part) for part in re.split(r"[./-]", fields["numeric"]))
        year += 0 if year > 99 else 2000 if year < 50 else 1900
        day_first = first > 12 or (second <= 12 and (context.day_first or "." in fields["numeric"]))
        day_, month = (first, second) if day_first else (second, first)
        span = calendar.day(date(year, month, day_))
        if day_ <= 12 and month <= 12 and not context.day_first and "." not in fields["numeric"]:
            return Meaning(
                span.edtf, span, steps=(Step("month-first", f"{fields['numeric']} read with the month first"),)
            )
        return Meaning(span.edtf, span)

    def _day(self, fields: Mapping[str, str], context: Context, day: date | None) -> Meaning:
        month, number = self._month_number(fields["month"]), self._ordinal(fields["day"])
        year = self._year_named(fields, context, day)
        if year is not None:
            span = calendar.day(date(year, month, number))
            return Meaning(span.edtf, span)
        weekday = self.weekday_number(fields["weekday"]) if "weekday" in fields else None
        return self._yearless(month, number, weekday, context, day)

    def _year_named(self, fields: Mapping[str, str], context: Context, day: date | None) -> int | None:
        """The year that the words give, also as "last year" or "of that year"; None where they give none."""
        if "year" in fields:
            return int(fields["year"])
        if "modyear" in fields and day:
            return day.year + self._value("mod", fields["modyear"])
        return context.told.first_day.year if "thatyear" in fields and context.told else None

    def _yearless(self, month: int, number: int, weekday: int | None, context: Context, day: date | None) -> Meaning:
        if context.narrative and context.told and context.told.first_day != calendar.FIRST_DAY:
            year = _year_of_story(month, context.told)
            span = calendar.day(date(year, month, number))
            steps = self._counted("carried-year", "the year", context.told, "the date told before", span)
            return Meaning(span.edtf, span, anchor=context.told.edtf, steps=steps)
        if day is None:
            return Meaning(f"XXXX-{month:02d}-{number:02d}")
        chosen = units.nearest_day(month, number, anchor=day, direction=context.direction, weekday=weekday)
        if chosen is None:
            return Meaning(f"XXXX-{month:02d}-{number:02d}")
        span = calendar.day(chosen)
        return Meaning(
            span.edtf,
            span,
            anchor=day.isoformat(),
            steps=self._counted(
                "nearest-year", "the year", day, "the article's day", span, self._told_words(context.direction)
            ),
        )

    def _nth(self, fields: Mapping[str, str], context: Context, day: date | None) -> Meaning:
        anchor, whose = self._tale(context, day)
        if anchor is None:
            return Meaning("XXXX-XX-XX")
        number, start = self._ordinal(fields["day"]), anchor.first_day
        if context.direction == FUTURE and number < start.day:
            start = calendar.shift_months(start, 1) or start
        if context.told is None and context.direction != FUTURE and number > start.day:
            start = calendar.shift_months(start, -1) or start
        span = calendar.day(date(start.year, start.month, number))
        return Meaning(
            span.edtf, span, anchor=anchor.edtf, steps=self._counted("nth", f"the {fields['day']}", anchor, whose, span)
        )

    # ------------------------------------------------------------ months, years and more
    def _month(self, fields: Mapping[str, str], context: Context, day: date | None) -> Meaning:
        month, third = self._month_number(fields["month"]), self._third(fields)
        if (year := self._year_named(fields, context, day)) is not None:
            return self._month_of(year, month, third)
        sign = self._sign(fields)
        if context.narrative and context.told and sign is None:
            return replace(self._month_of(_year_of_story(month, context.told), month, third), anchor=context.told.edtf)
        if day is None:
            return Meaning(f"XXXX-{month:02d}")
        year = units.nearest_month_year(
            month, anchor=day, direction=sign if sign is not None else context.direction, strict=sign in (-1, 1)
        )
        meaning = self._month_of(year, month, third)
        assert meaning.span is not None
        note = self._told_words(sign or context.direction)
        return replace(
            meaning,
            anchor=day.isoformat(),
            steps=self._counted("nearest-year", "the year", day, "the article's day", meaning.span, note),
        )

    @staticmethod
    def _month_of(year: int, month: int, third: int | None) -> Meaning:
        span = calendar.month(year, month) if third is None else calendar.third_of_month(year, month, third)
        return Meaning(f"{year:04d}-{month:02d}", span)

    def _year(self, fields: Mapping[str, str], _context: Context, _day: date | None) -> Meaning:
        year, third = int(fields["year"]), self._third(fields)
        return Meaning(f"{year:04d}", calendar.year(year) if third is None else calendar.third_of_year(year, third))

    def _before_christ(self, fields: Mapping[str, str], _context: Context, _day: date | None) -> Meaning:
        """A value without a span: the calendar here begins with the year 1."""
        value = f"BC{int(fields['year']):04d}"
        if "month" in fields:
            value += f"-{self._month_number(fields['month']):02d}"
        if "season" in fields:
            value += f"-{_SEASON_VALUE[self._value('season', fields['season'])]}"
        return Meaning(value)

    def _decade(self, fields: Mapping[str, str], context: Context, day: date | None) -> Meaning:
        if "decadeword" in fields:
            first = self._value("decadeword", fields["decadeword"])
        else:
            first = int(re.sub(r"\D", "", fields["decade"]))
        if first < 100:
            reference = (
                context.told.first_day.year if context.told and context.narrative else (day.year if day else 2000)
            )
            first += reference // 100 * 100
            first -= 100 if first > reference else 0
        third = self._third(fields)
        span = calendar.decade(first)
        if third is not None:
            years = ((0, 3), (3, 6), (6, 9))[third]
            span = calendar.one_of(date(first + years[0], 1, 1), date(first + years[1], 12, 31))
        return Meaning(f"{first // 10}", span)

    def _century(self, fields: Mapping[str, str], _context: Context, _day: date | None) -> Meaning:
        number = self._ordinal(fields["ordinal"]) - 1
        return Meaning(f"{number:02d}", calendar.century(number))

    def _season(self, fields: Mapping[str, str], context: Context, day: date | None) -> Meaning:
        code = int(self._values["season"].get(fields["season"]) or self._values["fall"][fields["season"]])
        if "year" in fields:
            return self._season_of(int(fields["year"]), code)
        anchor = context.told.first_day if context.told and ("tale" in fields or context.narrative) else day
        if anchor is None:
            return Meaning(f"XXXX-{_SEASON_VALUE[code]}")
        year, sign = anchor.year, self._sign(fields)
        start = calendar.season(year, code).first_day
        if sign == -1 or (sign is None and context.direction != FUTURE and not context.narrative):
            year -= start > anchor or (sign == -1 and calendar.season(year, code).last_day >= anchor)
        elif sign == 1 or context.direction == FUTURE:
            year += start <= anchor if sign == 1 else calendar.season(year, code).last_day < anchor
        return replace(self._season_of(year, code), anchor=anchor.isoformat())

    @staticmethod
    def _season_of(year: int, code: int) -> Meaning:
        return Meaning(f"{year:04d}-{_SEASON_VALUE[code]}", calendar.season(year, code))

    def _part(self, fields: Mapping[str, str], context: Context, day: date | None) -> Meaning:
        number, letter = self._ordinal(fields["ordinal"]), "H" if fields["part"] == "half" else "Q"
        if number > (2 if letter == "H" else 4):
            return Meaning("XXXX-XX-XX")
        code = (39 if letter == "H" else 32) + number
        if "year" in fields:
            year = int(fields["year"])
        elif day is None:
            return Meaning(f"XXXX-{letter}{number}")
        elif "mod" in fields:
            year = day.year + self._value("mod", fields["mod"])
        else:
            year = day.year - (calendar.season(day.year, code).first_day > day and context.direction != FUTURE)
        return Meaning(
            f"{year:04d}-{letter}{number}",
            calendar.season(year, code),
            anchor=None if "year" in fields or day is None else day.isoformat(),
        )

    # ------------------------------------------------------------ relative to the day of writing
    def _deictic(self, fields: Mapping[str, str], context: Context, day: date | None) -> Meaning:
        word = fields["deictic"]
        if day is None or context.narrative:  # in a history it stands in a quotation, and whose day it is is not known
            return Meaning("XXXX-XX-XX")
        chosen = calendar.shift_days(day, self._value("deictic", word))
        if chosen is None:
            return Meaning("XXXX-XX-XX")
        span = calendar.day(chosen)
        part = "NI" if word == "tonight" else self._values["partday"].get(fields.get("partday", ""), "")
        return Meaning(
            span.edtf + (f"T{part}" if part else ""), span, "TIME" if part else "DATE", day.isoformat(),
            self._counted("day-of-writing", word, day, "the article's day", span),
        )  # fmt: skip

    def _partday(self, fields: Mapping[str, str], context: Context, day: date | None) -> Meaning:
        part = self._values["partday"][fields["partday"]]
        if "mod" not in fields:
            anchor, whose = self._tale(context, day)
            if anchor is None or anchor.first_day != anchor.last_day:
                return Meaning(f"XXXX-XX-XXT{part}", type="TIME")
            shifted = calendar.shift_days(anchor.first_day, self._sign(fields) or 0)
        else:
            whose, shifted = (
                "the article's day",
                day and calendar.shift_days(day, self._value("mod", fields["mod"]) if fields["mod"] != "past" else -1),
            )
            anchor = calendar.day(day) if day else None
        if shifted is None or anchor is None:
            return Meaning(f"XXXX-XX-XXT{part}", type="TIME")
        span = calendar.day(shifted)
        return Meaning(
            f"{span.edtf}T{part}",
            span,
            "TIME",
            anchor.edtf,
            self._counted("part-of-day", fields["partday"], anchor, whose, span),
        )

    def _weekday(self, fields: Mapping[str, str], context: Context, day: date | None) -> Meaning:
        number, word = self.weekday_number(fields["weekday"]), fields["weekday"].capitalize()
        narrative = context.told is not None and ("tale" in fields or context.narrative)
        anchor = context.told.first_day if narrative and context.told else day
        if anchor is None:
            return Meaning("XXXX-XX-XX")
        chosen, note = self._weekday_near(number, anchor, fields, context)
        span = calendar.day(chosen)
        part = self._values["partday"].get(fields.get("partday", ""), "")
        whose = "the date told before" if narrative else "the article's day"
        return Meaning(
            span.edtf + (f"T{part}" if part else ""), span, "TIME" if part else "DATE", anchor.isoformat(),
            self._counted("weekday", word, anchor, whose, span, note),
        )  # fmt: skip

    def _weekday_near(self, number: int, anchor: date, fields: Mapping[str, str], context: Context) -> tuple[date, str]:
        back = (anchor.isoweekday() - number) % 7
        if "modweek" in fields:
            monday = calendar.week_of(anchor)[0]
            shifted = calendar.shift_days(monday, 7 * self._value("mod", fields["modweek"]) + number - 1)
            return shifted or anchor, f", {fields['modweek']} week"
        sign = self._sign(fields)
        if sign == -1:
            return calendar.shift_days(anchor, -(back or 7)) or anchor, ", the last before it"
        if sign == 1 or (sign is None and context.direction == FUTURE):
            ahead = -back % 7
            if sign == 1 and ahead == 0:
                ahead = 7
            return calendar.shift_days(anchor, ahead) or anchor, self._told_words(FUTURE)
        return calendar.shift_days(anchor, -back) or anchor, self._told_words(PAST)

    def _unit(self, fields: Mapping[str, str], context: Context, day: date | None) -> Meaning:
        unit = str(self._values["unit"][fields["unit"]])
        sign = self._sign(fields) or 0
        whose = "the article's day"
        anchor: date | None = day
        if "tale" in fields or context.narrative:
            told, whose = self._tale(context, day)
            anchor = told.first_day if told else None
        meaning = units.unit_at(unit, anchor, sign)
        if anchor is None or meaning.span is None:
            return meaning
        if "end" in fields or fields.get("earlier") in self._values["third"]:
            meaning = self._narrowed(meaning, fields, unit)
        words = f"{fields.get('mod') or fields.get('tale')} {fields['unit']}"
        assert meaning.span is not None
        return replace(
            meaning, anchor=anchor.isoformat(), steps=self._counted("unit", words, anchor, whose, meaning.span)
        )

    def _narrowed(self, meaning: Meaning, fields: Mapping[str, str], unit: str) -> Meaning:
        assert meaning.span is not None
        word = fields.get("earlier") if fields.get("earlier") in self._values["third"] else fields["end"].split()[-1]
        third = self._values["third"].get(word or "", self._values["phase"].get(word or "", None))
        start = meaning.span.first_day
        if third is None or unit not in ("M", "Y"):
            return meaning
        span = (
            calendar.third_of_month(start.year, start.month, third)
            if unit == "M"
            else calendar.third_of_year(start.year, third)
        )
        return replace(meaning, span=span)

    def _ago(self, fields: Mapping[str, str], _context: Context, day: date | None) -> Meaning:
        unit = str(self._values["unit"][fields["unit"]])
        number = self._number(fields["number"]) if "number" in fields else None
        if number is None or unit.startswith("T"):
            return Meaning("PAST_REF")
        if day is None:
            return Meaning("XXXX-XX-XX")
        words = f"{fields['number']} {fields['unit']} ago"
        meaning = units.shifted(unit, -number, day)
        if meaning.span is None:
            return meaning
        return replace(
            meaning, anchor=day.isoformat(), steps=self._counted("ago", words, day, "the article's day", meaning.span)
        )

    def _week_of(self, fields: Mapping[str, str], context: Context, day: date | None) -> Meaning:
        inner = self._day(fields, context, day)
        if inner.span is None:
            return Meaning("XXXX-WXX")
        return replace(units.unit_at("W", inner.span.first_day, 0), anchor=inner.anchor, steps=inner.steps)

    def _weekend(self, _fields: Mapping[str, str], context: Context, day: date | None) -> Meaning:
        if day is None:
            return Meaning("XXXX-WXX-WE")
        sign = -1 if context.direction == PAST and day.isoweekday() < 6 else 0
        meaning = units.unit_at("WE", day, sign)
        assert meaning.span is not None
        return replace(
            meaning,
            anchor=day.isoformat(),
            steps=self._counted("weekend", "the weekend", day, "the article's day", meaning.span),
        )

    # ------------------------------------------------------------ relative to the story
    def _unit_of_tale(self, fields: Mapping[str, str], context: Context, day: date | None) -> Meaning:
        return self._unit({**fields, "tale": "same"}, context, day)

    def _next_of_tale(self, fields: Mapping[str, str], context: Context, day: date | None) -> Meaning:
        sign = "following" if self._sign(fields) == 1 else "previous" if self._sign(fields) == -1 else "same"
        return self._unit({"unit": fields["unit"], "tale": sign}, context, day)

    def _beside(self, fields: Mapping[str, str], context: Context, day: date | None) -> Meaning:
        word = fields.get("beside") or fields["beside2"]
        sign = self._values["beside"].get(word) or self._values["earlier"][word]
        unit = str(self._values["unit"][fields.get("unit") or fields["units"]])
        number = self._number(fields["number"]) if "number" in fields else 1
        anchor, whose = self._tale(context, day)
        if number is None or unit.startswith("T"):
            return Meaning("PAST_REF" if sign < 0 else "FUTURE_REF")
        if anchor is None:
            return Meaning("XXXX-XX-XX")
        meaning = units.shifted(unit, sign * number, anchor.first_day)
        if meaning.span is None:
            return meaning
        if anchor.first_day != anchor.last_day and unit in ("D", "W"):
            return Meaning("XXXX-XX-XX")
        words = f"{fields.get('number', 'the')} {fields.get('unit') or fields.get('units')} {word}"
        return replace(meaning, anchor=anchor.edtf, steps=self._counted("beside", words, anchor, whose, meaning.span))

    def _beside_event(self, fields: Mapping[str, str], _context: Context, _day: date | None) -> Meaning:
        """ "The day before the ceremony": counted from an act, not from the story; what day that was is not known here."""
        return Meaning("XXXX-XX-XX")

    def _partday_of_tale(self, fields: Mapping[str, str], context: Context, day: date | None) -> Meaning:
        return self._partday({**fields, "tale": "same"}, context, day)

    def _within_unit(self, fields: Mapping[str, str], context: Context, day: date | None) -> Meaning:
        return self._unit({"unit": fields["unit"], "tale": "same"}, replace(context, told=None), day)

    def _easter(self, fields: Mapping[str, str], context: Context, day: date | None) -> Meaning:
        """Good Friday, Easter Sunday and Monday of the western churches, in the year nearest in the direction of the tense."""
        offset = -2 if "good" in fields else 1 if fields.get("easterday") == "monday" else 0
        if day is None:
            return Meaning("XXXX-XX-XX")
        years = range(max(1583, day.year - 1), min(4099, day.year + 1) + 1)
        days = [calendar.shift_days(easter(year), offset) or day for year in years]
        fit = [one for one in days if (one - day).days * context.direction >= 0] or days
        span = calendar.day(min(fit, key=lambda one: abs((one - day).days)))
        note = self._told_words(context.direction)
        return Meaning(
            span.edtf,
            span,
            anchor=day.isoformat(),
            steps=self._counted("easter", "the feast", day, "the article's day", span, note),
        )

    # ------------------------------------------------------------ no day
    def _vague(self, fields: Mapping[str, str], _context: Context, _day: date | None) -> Meaning:
        for name in fields:
            if name == "recent" and fields["recent"] == "coming":
                return Meaning("FUTURE_REF")
            if name in _VAGUE:
                return Meaning(_VAGUE[name])
        return Meaning("FUTURE_REF")

    def _duration(self, fields: Mapping[str, str], _context: Context, _day: date | None) -> Meaning:
        unit = str(self._values["unit"][fields["unit"]])
        number = self._number(fields["number"]) if "number" in fields else None
        if "number" not in fields and fields["unit"] in ("day", "week", "month", "year", "decade", "century"):
            number = 1
        amount = "X" if number is None else str(number)
        letters = {
            "TS": "T{}S",
            "TM": "T{}M",
            "TH": "T{}H",
            "F": "{}W",
            "WE": "{}WE",
            "Q": "{}Q",
            "E": "{}E",
            "C": "{}C",
        }
        if unit == "F" and number:
            amount = str(2 * number)
        if unit in ("E", "C") and number:
            amount, unit = str(number * (10 if unit == "E" else 100)), "Y"
        return Meaning("P" + letters.get(unit, "{}" + unit).format(amount), type="DURATION")

    def _set(self, fields: Mapping[str, str], _context: Context, _day: date | None) -> Meaning:
        if "setword" in fields:
            return Meaning(self._values["setword"][fields["setword"]], type="SET")
        word = fields["unit"]
        if word in self._values["weekday"]:
            return Meaning(f"XXXX-WXX-{self._value('weekday', word)}", type="SET")
        if word in self._values["month"]:
            return Meaning(f"XXXX-{self._value('month', word):02d}", type="SET")
        if word in self._values["partday"]:
            return Meaning(f"XXXX-XX-XXT{self._values['partday'][word]}", type="SET")
        return replace(self._duration({"unit": word, "number": fields.get("number", "a")}, _context, _day), type="SET")

    def _clock(self, fields: Mapping[str, str], context: Context, day: date | None) -> Meaning:
        anchor = context.told if context.told and context.told.days == 1 else (calendar.day(day) if day else None)
        if "clockword" in fields:
            time = str(self._values["clockword"][fields["clockword"]])
        else:
            written = fields.get("clock") or fields.get("clock2") or fields["clockap"]
            digits = re.sub(r"[^\d:]", "", written)
            hour, _, minute = digits.partition(":")
            number = int(hour)
            if number < 12 and "p" in written + fields.get("ampm", ""):
                number += 12
            time = f"{number:02d}:{minute[:2] or '00'}"
        return Meaning(
            f"{anchor.edtf if anchor else 'XXXX-XX-XX'}T{time}", anchor, "TIME", anchor.edtf if anchor else None
        )

    def _holiday(self, fields: Mapping[str, str], context: Context, day: date | None) -> Meaning:
        eve = fields.get("eve") == "eve"
        month, number = (12, 24 if eve else 25) if "christmas" in fields else (12, 31) if eve else (1, 1)
        if context.direction == UNKNOWN and day and "newyear" in fields:
            context = replace(context, direction=UNKNOWN)
        return self._yearless(month, number, None, context, day)


def _year_of_story(month: int, told: DateSpan) -> int:
    """The year of a month in a history that has reached `told`: the nearest, for stories go on past New Year."""
    if told.days > 200:  # only a year was told: the month lies in it
        return told.first_day.year
    return units.nearest_month_year(month, anchor=told.first_day, direction=UNKNOWN)

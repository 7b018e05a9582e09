"""Reads a text's expressions in the order of its story: against the article's date, the date told before, and the tense."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from app.core import calendar
from app.core.model import ArticleDate, Step, Timex
from app.extract import layout, quotation, tense
from app.extract.layout import Block
from app.extract.placed import Placed
from app.extract.resolve import Resolver
from app.extract.story import Story
from app.extract.timex import Found
from app.extract.units import PAST, UNKNOWN

_EXPLICIT = frozenset({"month-day", "day-month", "month-day-year", "day-month-year", "iso-day", "numeric-day"})
_RELATIVE = frozenset({"unit", "beside", "unit-of-tale", "next-of-tale", "weekday"})
_NEWS_MEANS = frozenset({"deictic", "weekday", "partday"})
_NEWS_MODS = frozenset({"last", "this", "current"})
_HISTORY = 5  # full dates with a year that make a text without news-like dates a narrative
_NEWS_WEIGHT = 8  # how many such dates outweigh one "yesterday"
_YEARLESS = frozenset({"day", "month", "season", "part-of-date"})
_TENSED = _YEARLESS | {
    "weekday", "weekend", "part", "quarter-figure", "feast", "nth", "clock", "week-of", "week-of-month", "nth-weekday",
    "turn-of-year",
}  # fmt: skip
_DATED = frozenset({"DATE", "TIME"})
_OWN_YEAR = frozenset({"year", "yearwords", "modyear", "thatyear", "mod", "tale"})
_JOINT = re.compile(
    r"\s*(?:,|and|or|to|through|until|till|[-–—/&]|,\s+and)\s*(?:(?:in|on|from|the|early|late|mid)\b[\s-]*)*"
)
_JOINT_CHARS = 16
_MOST_JOINED = 5  # expressions that may share the year of the last of them


def place(text: str, blocks: Sequence[Block], founds: Iterable[Found]) -> list[Placed]:
    """The expressions that stand in a part that is read, each with its sentence; those of one genre only there."""
    placed: list[Placed] = []
    remaining = iter(founds)
    found = next(remaining, None)
    for block in blocks:
        if found is None:
            break
        if found.begin >= block.end:
            continue
        sentences = list(layout.sentences(text, block)) if block.part in layout.READ else []
        at = 0
        while found is not None and found.begin < block.end:
            while at < len(sentences) - 1 and sentences[at][1] <= found.begin:
                at += 1
            if sentences:
                placed.append(Placed(found, block, sentences[at]))
            found = next(remaining, None)
    genre = "history" if is_history(placed) else "news"
    return [item for item in placed if item.found.genre in ("", genre)]


def is_history(placed: Sequence[Placed]) -> bool:
    """Whether the text tells history: many dates with a year, and hardly a "yesterday" or "on Friday"."""
    full = sum("year" in p.found.fields and p.found.means in ("day", "month", "year", "before-christ") for p in placed)
    news = sum(
        p.found.means in _NEWS_MEANS or (p.found.means == "unit" and p.found.fields.get("mod") in _NEWS_MODS)
        for p in placed
    )
    return full >= _HISTORY and full > _NEWS_WEIGHT * news


def resolve(text: str, placed: Sequence[Placed], dct: ArticleDate, resolver: Resolver) -> list[Timex]:
    """Each expression's calendar meaning, in the order of the text. Captions are read, but the story never counts from them."""
    story = Story(text, dct, history=is_history(placed), day_first=reads_day_first(placed))
    directions = [_direction(text, item) if _is_tensed(item.found) else UNKNOWN for item in placed]
    results: list[Timex] = []
    for number, (item, direction) in enumerate(zip(placed, directions, strict=True)):
        before = results[-1] if results else None
        story.enter(item.block, item.sentence)
        year = _joint_year(text, placed, number, before, resolver) if item.found.means in _YEARLESS else None
        timex = resolver.resolve(item.found, text, story.context(item.block, direction, year))
        if before is not None and timex.span and _counts_from_next(placed[number - 1].found, item.found):
            results[-1] = resolver.counted_from(placed[number - 1].found, text, timex)
        if before is not None and (moved := _beside_explicit(text, results[-1], timex, placed[number - 1].found)):
            results[-1] = moved
        results.append(timex)
        story.tell(timex, item)
    return quotation.as_said(text, placed, results, directions, base=story.beginning, resolver=resolver)


def _is_tensed(found: Found) -> bool:
    """Whether it matters to the expression if it is told of what was or of what will be."""
    return found.means in _TENSED and "year" not in found.fields


def _direction(text: str, item: Placed) -> int:
    """Whether the expression tells of what was or will be; a term ("until May") lies where it is nearest."""
    weekly = item.found.means == "weekday" or "weekday" in item.found.fields
    told_as = tense.of_weekday if weekly and "month" not in item.found.fields else tense.direction
    direction = told_as(text, item.sentence, item.found.begin, item.found.end)
    if item.found.means in ("month", "day") and tense.looks_since(text, item.found.begin):
        return PAST
    if item.found.means in ("month", "day") and direction == PAST and tense.leans_ahead(text, item.found.begin):
        return UNKNOWN
    return direction


def _joint_year(
    text: str, placed: Sequence[Placed], number: int, before: Timex | None, resolver: Resolver
) -> int | None:
    """The year of the expression that this one is joined to: "August and September 1914", "January 26, 2022 to March 3"."""
    found = placed[number].found
    if _OWN_YEAR & found.fields.keys():
        return None
    for further in range(number + 1, min(number + _MOST_JOINED, len(placed))):
        last, after = placed[further - 1].found, placed[further].found
        if after.means not in _YEARLESS or not _joined(text, last.end, after.begin):
            break
        if after.fields.get("year", "").isdigit():
            return int(after.fields["year"]) - (_month(found, resolver) > _month(after, resolver) > 0)
    earlier = placed[number - 1].found if number else found
    months = _month(earlier, resolver), _month(found, resolver)
    joined = before is not None and _joined(text, before.end, found.begin) and earlier.means in _YEARLESS
    if before is None or before.span is None or not joined or not all(months):
        return None
    return before.span.first_day.year + (months[1] < months[0])


def _joined(text: str, begin: int, end: int) -> bool:
    return 0 <= end - begin <= _JOINT_CHARS and _JOINT.fullmatch(text, begin, end) is not None


def _month(found: Found, resolver: Resolver) -> int:
    """1 to 12; 0 where the expression names no month."""
    word = found.fields.get("month")
    return resolver.month_number(word) if word else 0


def _counts_from_next(found: Found, following: Found) -> bool:
    """Whether an expression is counted from the one right behind it: "three days before Christmas"."""
    return found.means == "beside-next" and following.begin - found.end <= 5


def reads_day_first(placed: Iterable[Placed]) -> bool:
    """Whether 5/4/2022 is April: some other date in figures has a first part above 12, or months follow their days."""
    score = 0
    for item in placed:
        if item.found.means == "numeric":
            first, second = (
                int(part) for part in item.found.fields["numeric"].replace("/", ".").replace("-", ".").split(".")[:2]
            )
            score += 10 * (first > 12) - 10 * (second > 12)
        elif item.found.rule in ("day-month", "day-month-year"):
            score += 1
        elif item.found.rule in ("month-day", "month-day-year"):
            score -= 1
    return score > 0


_APPOSED = re.compile(r"\s*[,(—–-]*\s*(?:on\s+)?")


def _beside_explicit(text: str, relative: Timex, explicit: Timex, found: Found) -> Timex | None:
    """ "The week before, on May 3": the day beside it tells which week is meant, whatever the story had reached."""
    if (
        explicit.span is None
        or explicit.span.days != 1
        or explicit.rule not in _EXPLICIT
        or found.means not in _RELATIVE
    ):
        return None
    if relative.type not in _DATED or not _APPOSED.fullmatch(text, relative.end, explicit.begin):
        return None
    day = explicit.span.first_day
    step = Step("beside-explicit", f"'{relative.text}' stands beside '{explicit.text}', which tells the day")
    if found.fields.get("unit") == "week":
        year, week, _ = day.isocalendar()
        return replace(
            relative,
            value=f"{year:04d}-W{week:02d}",
            span=calendar.one_of(*calendar.week_of(day)),
            anchor=explicit.span.edtf,
            steps=(step,),
            runner_up=None,
        )
    if found.means in ("beside", "unit-of-tale", "next-of-tale", "weekday") and (
        relative.span is None or relative.span.days == 1
    ):
        return replace(
            relative,
            value=day.isoformat(),
            span=calendar.day(day),
            anchor=explicit.span.edtf,
            steps=(step,),
            runner_up=None,
        )
    return None

"""Reads a text's expressions in the order of its story: against the article's date, the date told before, and the tense."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from app.core import calendar
from app.core.calendar import DateSpan
from app.core.model import ArticleDate, Step, Timex
from app.extract import layout, tense
from app.extract.layout import Block, Part
from app.extract.resolve import Context, Resolver
from app.extract.timex import Found

_EXPLICIT = frozenset({"month-day", "day-month", "month-day-year", "day-month-year", "iso-day", "numeric-day"})
_RELATIVE = frozenset({"unit", "beside", "unit-of-tale", "next-of-tale", "weekday"})
_NEWS_MEANS = frozenset({"deictic", "weekday", "partday"})
_BACKGROUND = re.compile(r"\bhad\b")  # the past perfect looks back: the story goes on from before it
_HISTORY = 5  # full dates with a year that make a text without news-like dates a narrative


@dataclass(frozen=True, slots=True)
class Placed:
    """A found expression with its block and its sentence (code points, half open)."""

    found: Found
    block: Block
    sentence: tuple[int, int]


def place(text: str, blocks: Sequence[Block], founds: Iterable[Found]) -> list[Placed]:
    """The expressions that stand in a part that is read, each with its sentence."""
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
    return placed


def is_history(placed: Sequence[Placed]) -> bool:
    """Whether the text tells history: many dates with a year, and hardly a "yesterday" or "on Friday"."""
    full = sum("year" in p.found.fields and p.found.means in ("day", "month", "year") for p in placed)
    news = sum(p.found.means in _NEWS_MEANS for p in placed)
    return full >= _HISTORY and full > 3 * news


def resolve(text: str, placed: Sequence[Placed], dct: ArticleDate, resolver: Resolver) -> list[Timex]:
    """Each expression's calendar meaning, in the order of the text. Captions are read, but the story never counts from them."""
    history, day_first = is_history(placed), reads_day_first(placed)
    told: DateSpan | None = None
    paragraph: Block | None = None
    results: list[Timex] = []
    for item in placed:
        if item.block is not paragraph:
            told = told if history or (paragraph and _close(paragraph, item.block)) else None
            paragraph = item.block if item.block.part is Part.BODY else paragraph
        told_as = tense.of_weekday if item.found.means == "weekday" else tense.direction
        direction = told_as(text, item.sentence, item.found.begin, item.found.end)
        context = Context(dct, told if item.block.part is Part.BODY else None, direction, history, day_first)
        timex = resolver.resolve(item.found, text, context)
        if results and timex.span and _counts_from_next(placed[len(results) - 1].found, item.found):
            results[-1] = resolver.counted_from(placed[len(results) - 1].found, text, timex)
        if results and (moved := _beside_explicit(text, results[-1], timex, placed[len(results) - 1].found)):
            results[-1] = moved
        results.append(timex)
        dated = item.block.part is Part.BODY and timex.span and timex.type in ("DATE", "TIME")
        if dated and (history or not _looks_back(text, item)):
            told = timex.span
    return results


def _counts_from_next(found: Found, following: Found) -> bool:
    """Whether an expression is counted from the one right behind it: "three days before Christmas"."""
    return found.means == "beside-next" and following.begin - found.end <= 5


def _looks_back(text: str, item: Placed) -> bool:
    """Whether the expression's part of the sentence tells, in the past perfect, of what was before the story."""
    begin = max(item.sentence[0], text.rfind(";", item.sentence[0], item.found.begin))
    end = text.find(";", item.found.end, item.sentence[1])
    return _BACKGROUND.search(text, begin, end if end >= 0 else item.sentence[1]) is not None


def _close(before: Block, after: Block) -> bool:
    """Whether a paragraph may count on from the one before it: only from the next in the text."""
    return after.begin - before.end <= 400


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
_UNIT_OF = {"week": 7}


def _beside_explicit(text: str, relative: Timex, explicit: Timex, found: Found) -> Timex | None:
    """ "The week before, on May 3": the day beside it tells which week is meant, whatever the story had reached."""
    if (
        explicit.span is None
        or explicit.span.days != 1
        or explicit.rule not in _EXPLICIT
        or found.means not in _RELATIVE
    ):
        return None
    if relative.type not in ("DATE", "TIME") or not _APPOSED.fullmatch(text, relative.end, explicit.begin):
        return None
    day = explicit.span.first_day
    step = Step("beside-explicit", f"'{relative.text}' stands beside '{explicit.text}', which tells the day")
    if found.fields.get("unit") in _UNIT_OF:
        year, week, _ = day.isocalendar()
        return replace(
            relative,
            value=f"{year:04d}-W{week:02d}",
            span=calendar.one_of(*calendar.week_of(day)),
            anchor=explicit.span.edtf,
            steps=(step,),
        )
    if found.means in ("beside", "unit-of-tale", "next-of-tale", "weekday") and (
        relative.span is None or relative.span.days == 1
    ):
        return replace(
            relative, value=day.isoformat(), span=calendar.day(day), anchor=explicit.span.edtf, steps=(step,)
        )
    return None

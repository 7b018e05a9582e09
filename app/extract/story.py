"""How far a text's story has got: the dates it has told, which the next expressions count from."""

import re

from app.core.calendar import DateSpan
from app.core.model import ArticleDate, Timex
from app.extract.layout import Block, Part
from app.extract.placed import Placed
from app.extract.reading import Context
from app.extract.timex import Found

_BACKGROUND = re.compile(r"\bhad\b")  # the past perfect looks back: the story goes on from before it
_ATTRIBUTE = re.compile(
    r"\b(?!(?:day|week|month|year|night|morning|afternoon|evening|end|start|beginning|middle)\b)[a-z]{3,} of $"
)
_CLAUSE = 400  # code points to either side in which its verb is looked for: a sentence may be a megabyte
_FRAMES = 3  # how many dates a yearless one may take its year from
_FRAME_DAYS = 31  # a frame is a day or a month, or
_SEASON_DAYS = 93  # a season told with its year
_FAR_YEARS = 1  # a bare year further off than that is an excursion: the story does not move there
_NEAR_CHARS = 400  # a paragraph counts on only from the one right before it
_QUARTER_CHARS = 1500  # how far on a report still tells of the quarter it named


def _compares(found: Found) -> bool:
    """ "Up from 3 % a year earlier": what is compared with is not where the story goes on."""
    yearly = (found.fields.get("unit") or found.fields.get("units")) in ("year", "years")
    back = found.fields.get("beside") in ("earlier", "before") or found.fields.get("beside2") == "before"
    return "ago" in found.fields or (yearly and (found.means == "ago" or back))


class Story:
    """The state of one reading, moved on expression by expression."""

    def __init__(self, text: str, dct: ArticleDate, *, history: bool, day_first: bool) -> None:
        self.history = history
        self.beginning = Context(dct, narrative=history, day_first=day_first)
        self._text = text
        self._told: DateSpan | None = None
        self._last: DateSpan | None = None
        self._aside: DateSpan | None = None  # told in this sentence alone, as background
        self._frames: tuple[DateSpan, ...] = ()
        self._quarter: tuple[DateSpan, int] | None = None
        self._before_christ: int | None = None
        self._paragraph: Block | None = None
        self._sentence: tuple[int, int] = (0, 0)

    def enter(self, block: Block, sentence: tuple[int, int]) -> None:
        """Goes on to a sentence; in news the story starts anew with each paragraph that is not right behind the last."""
        if sentence != self._sentence:
            self._frames = self._frames if self.history or sentence[0] == self._sentence[1] else ()
            self._sentence, self._aside = sentence, None
        if block is self._paragraph:
            return
        if not self.history and not (self._paragraph and block.begin - self._paragraph.end <= _NEAR_CHARS):
            self._told = None
        if block.part is Part.BODY:
            self._paragraph = block

    def context(self, block: Block, direction: int, year: int | None) -> Context:
        """What the next expression is read against; a caption knows nothing of the story."""
        base = self.beginning
        if block.part is Part.CAPTION:
            return Context(base.dct, None, direction, self.history, base.day_first, year=year)
        quarter = self._quarter[0] if self._quarter and block.begin <= self._quarter[1] else None
        return Context(
            base.dct, self._told, direction, self.history, base.day_first, self._frames,
            self._aside or self._last, quarter, year, None, self._before_christ if self.history else None,
        )  # fmt: skip

    def tell(self, timex: Timex, item: Placed) -> None:
        """Takes in what an expression was found to mean."""
        if item.block.part is Part.CAPTION or timex.type not in ("DATE", "TIME"):
            return
        if timex.value.startswith("BC") and timex.value[2:6].isdigit():
            self._before_christ = int(timex.value[2:6])
        if timex.span is None:
            return
        if re.fullmatch(r"\d{4}-Q\d", timex.value) and not _compares(item.found):
            self._quarter = (timex.span, timex.end + _QUARTER_CHARS)
        if self.history or not self._describes(timex):
            self._last = timex.span
        if self.history:
            self._tell_history(timex, timex.span, item)
        elif item.block.part is Part.BODY:
            if timex.span.days <= _FRAME_DAYS:
                goes_on = "year" in item.found.fields or any(step.rule == "carried-year" for step in timex.steps)
                self._frames = (timex.span,) if goes_on else ()
            if self._looks_back(item) or _compares(item.found):
                self._aside = timex.span
            elif not (self._describes(timex) and self._told):
                self._told = timex.span

    def _tell_history(self, timex: Timex, span: DateSpan, item: Placed) -> None:
        self._before_christ = None
        year_named = "year" in item.found.fields
        heading = item.block.part is not Part.BODY
        precise = span.days <= _FRAME_DAYS or (span.days <= _SEASON_DAYS and item.found.means == "season")
        if precise and not self._parenthetic(timex):
            self._told = span
            self._frames = (span, *(one for one in self._frames if one != span))[:_FRAMES]
        elif heading and year_named:
            self._told, self._frames = span, (span,)
        elif not self._frames or self._goes_on(span):
            self._told = span
            if item.found.means == "year" and span.first_day.year != self._newest_year():
                self._frames = (span, *self._frames)[:_FRAMES]
        else:
            self._aside = span

    def _newest_year(self) -> int:
        return self._frames[0].first_day.year if self._frames else 0

    def _goes_on(self, span: DateSpan) -> bool:
        """Whether a coarse date may be where the story now stands, rather than an excursion to another time."""
        return abs(span.first_day.year - self._newest_year()) <= _FAR_YEARS

    def _parenthetic(self, timex: Timex) -> bool:
        """ "(as of December 5, 2006)" tells of something else than the story."""
        return "as of" in self._text[max(0, timex.begin - 8) : timex.begin].lower()

    def _describes(self, timex: Timex) -> bool:
        """ "The accord of July 22": a date that only tells which accord is meant."""
        return _ATTRIBUTE.search(self._text, max(0, timex.begin - 30), timex.begin) is not None

    def _looks_back(self, item: Placed) -> bool:
        """Whether the expression's part of the sentence tells, in the past perfect, of what was before the story."""
        first = max(item.sentence[0], item.found.begin - _CLAUSE)
        last = min(item.sentence[1], item.found.end + _CLAUSE)
        begin = max(first, self._text.rfind(";", first, item.found.begin))
        end = self._text.find(";", item.found.end, last)
        return _BACKGROUND.search(self._text, begin, end if end >= 0 else last) is not None

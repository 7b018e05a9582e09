"""One article as its dater sees it: where its head and lead stand, what dates the page itself, who held office when."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import islice

from app.core.calendar import DateSpan
from app.core.model import Article, ArticleDate, Evidence
from app.extract import tense
from app.extract.actors import Named
from app.extract.layout import Block, Part
from app.extract.placed import Placed
from app.extract.resolve import Context, Resolver
from app.extract.stamps import Sort, Stamp, furniture, is_head_line, sort_of
from app.extract.units import FUTURE

OLDEST = 1900
"""The first year in which an article is looked for, and the first that counts as a year and not as a time or number."""

TITLED = 2
"""How much somebody in the very office that the text gives speaks for a day."""
UNTITLED = 1
"""How much somebody in any office speaks for a day."""

_HEAD_BLOCKS = 4  # title, byline, date line, lead
_LEAD_BLOCKS = 2
_NEWS_WEEKDAYS = 8  # the first of an article; further down it may tell of other weeks
_LINKED = 40  # dates of each sort between which one occasion is looked for
_FOREIGN_LINE = 80
_DATELINE_CHARS = 60  # a place and an agency before the date

_NAME = r"[A-ZÀ-Þ][\w.'’]*(?:-[\w.'’]+)*"
_AGENCY = r"(?:/[\w ]{1,30}/|\([\w .]{1,30}\)|-LRB- [\w .]{1,30}-RRB-)"  # -LRB-: as treebanks write the bracket
_NO_PLACE = r"(?!(?:On|In|By|At|Since|Until|From|After|Before|During|Between|Over|The|Early|Late|Mid)\b)"
_DATELINE_PLACE = re.compile(rf"(?:{_NO_PLACE}{_NAME}(?:[ ,/|]+{_NAME}){{0,5}}[ ,|–—-]*)?(?:{_AGENCY}[ ,–—-]*)?")
_DATELINE_AFTER = re.compile(rf"[ ,.]*(?:{_AGENCY}|[-–—|:]|\d{{1,2}}[:.]\d\d)")
_LOUD_PLACE = re.compile(
    r"[A-ZÀ-Þ][A-ZÀ-Þ .'’/-]+(?:, *[A-ZÀ-Þ][\w. ]*)?, *"
)  # in capitals a place needs no agency behind it
_CAPTION_DATE = re.compile(r" ?:(?!\d)")
_AGENCY_AFTER = re.compile(rf"[ ,.]*{_AGENCY}")
_JOINED_CHARS = 800
_JOINED_PLACE = re.compile(
    r"(?<![\w.'’-])[A-ZÀ-Þ][A-ZÀ-Þ.'’-]{2,}(?: [A-ZÀ-Þ][A-ZÀ-Þ.'’-]+){0,2}(?: ?, [A-ZÀ-Þ][\w.]+(?: [A-ZÀ-Þ][\w.]+)?)?(?: ?,)? $"
)
_JOINED_AFTER = re.compile(rf"[ ,.]*(?:{_AGENCY} *[-–—_]|(?:--|[–—]) )")
_DATELINE_TAIL = re.compile(rf"[.,:]? *(?:{_AGENCY}[.:]? *)?(?:[-–—_|]+ *)?")
_PLACE_LINE = re.compile(  # a dateline without a date: "LONDON (AP) --"
    rf"{_NO_PLACE}{_NAME}(?:[ ,/]+{_NAME}){{0,5}}[.,]? *"
    rf"(?:{_AGENCY}\.? *(?:[-–—]+ *|_ +|(?=[\"“‘'(]?[A-ZÀ-Þ\d]))|(?:--|[–—_]|-(?= )) +(?=[\"“‘'(]?[A-ZÀ-Þ\d]))"
)
_FOREIGN_DATE = re.compile(r"\b\d{1,2}\.?(?: de)? [^\W\d_]{3,12}\.?(?: de)? \d{4}\b|\b\d{4}年\d{1,2}月\d{1,2}日")
_NO_FLOOR = re.compile(  # a plan, a season, a likeness: the year need not have passed
    r"\b(?:budget|set|due|planned|scheduled|expected|slated|forecasts?|target|deadline|plans?|held)\b[^.!?]{0,20}$",
    re.IGNORECASE,
)
_YEAR_BEFORE = re.compile(  # what stands before a year that is told, and not before one that qualifies a noun
    r"(?:\b(?:in|since|of|during|from|to|and|late|early|mid|around|back|summer|autumn|fall|spring|winter|election|war)[ -]"
    r"|[(,/–-] ?)$",
    re.IGNORECASE,
)
_NEWS_CHARS = 800
_PLANNED = re.compile(r"\b(?:will|would|shall|due|scheduled|set|planned|expected|upcoming|until|by)\b", re.IGNORECASE)
_OLD_PICTURE = re.compile(r"[ ,]*(?:\w+ )?(?:file|archive)\b", re.IGNORECASE)
_FARAWAY = re.compile(r"\b(?:since|until|of)\s+(?:late |early |mid-)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Term:
    """The days on which somebody held an office, and how much that weighs: the office of the title given, or any."""

    spans: tuple[tuple[date, date], ...]
    evidence: Evidence
    weight: int

    @property
    def is_titled(self) -> bool:
        """Whether the text gives the very office."""
        return self.weight == TITLED

    @property
    def first_day(self) -> date:
        """The first day on which the office was held."""
        return min(start for start, _ in self.spans)

    def holds(self, first: date, last: date | None = None) -> bool:
        """Whether the office was held on that day, or on some day of the closed interval from `first` to `last`."""
        return any(start <= (last or first) and first <= end for start, end in self.spans)


@dataclass(frozen=True)
class Page:
    """The article, its text as viewed, and what was found in it, in the order of the text.

    Not slotted: what the whole page tells (its lead, the years it names) is worked out once.
    """

    article: Article
    text: str
    blocks: Sequence[Block]
    placed: Sequence[Placed]
    actors: Sequence[Named]
    terms: Sequence[Term]
    resolver: Resolver
    today: date
    _futures: dict[int, bool] = field(
        default_factory=dict, repr=False
    )  # by where an expression begins: asked of again and again

    def evidence(self, rule: str, item: Placed, says: str) -> Evidence:
        """Evidence that stands on a date expression."""
        begin, end = item.found.begin, item.found.end
        return Evidence(rule, self.text[begin:end], begin, end, f"'{self.text[begin:end]}': {says}")

    @cached_property
    def lead(self) -> list[Block]:
        """The first paragraphs of the body."""
        return lead_of(self.blocks)

    @cached_property
    def head(self) -> list[Block]:
        """The first lines that are read: title, byline, date line, lead."""
        head = (block for block in self.blocks if block.part in (Part.HEADING, Part.BYLINE, Part.BODY))
        return list(islice(head, _HEAD_BLOCKS))

    def date_lines(self) -> list[Placed]:
        """The expressions that date the page: behind a place at the start of the lead, or on a short line of the head."""
        return [item for item in self.placed if self._is_dateline(item) or is_head_line(self.text, item, self.head)]

    def _is_dateline(self, item: Placed) -> bool:
        return item.block in self.lead and is_dateline(self.text, item)

    @cached_property
    def stamps(self) -> list[Stamp]:
        """The dates with a year that stand outside the story, in the order of the text; none lies after `today`."""
        dated = [item for item in self.placed if _has_year(item)]
        stamps = []
        for item in sorted([*dated, *furniture(self.text, self.blocks)], key=lambda item: item.found.begin):
            sort = Sort.DATELINE if self._is_dateline(item) else sort_of(self.text, item, self.head)
            span = self.resolver.resolve(item.found, self.text, nowhere()).span if sort else None
            if sort and span and span.first_day <= self.today:
                stamps.append(Stamp(item, span.first_day, span.last_day, sort))
        return stamps

    @cached_property
    def dateline_days(self) -> list[tuple[int, int]]:
        """The month and day of each dateline that gives no year."""
        yearless = (item for item in self.placed if item.found.means == "day" and "year" not in item.found.fields)
        values = [
            self.resolver.resolve(item.found, self.text, nowhere()).value
            for item in yearless
            if self._is_dateline(item)
        ]
        return [(int(value[5:7]), int(value[8:10])) for value in values if value[5:7].isdigit()]

    def foreign_dates(self) -> Iterator[tuple[int, int]]:
        """What looks like a day, a month word and a year on short lines of the head in which no English date was found."""
        dated = {item.block for item in self.placed if item.found.means in ("day", "iso", "numeric")}
        for block in self.blocks[:_HEAD_BLOCKS]:
            if block.end - block.begin <= _FOREIGN_LINE and block not in dated:
                yield from (match.span() for match in _FOREIGN_DATE.finditer(self.text, block.begin, block.end))

    @cached_property
    def news_weekday(self) -> tuple[frozenset[int], tuple[Evidence, ...]]:
        """The weekdays on which the news may have been written, and the words that say so.

        The first bare weekday told in the past is that of the news; where the text goes on to the next day, that one. Beside a
        "today" the weekday may as well be the day before.
        """
        bare = [item for item in self.placed if item.found.rule == "weekday" and set(item.found.fields) == {"weekday"}]
        told = [item for item in bare if item.block.part is Part.BODY and not self.is_future(item)][:_NEWS_WEEKDAYS]
        if not told:
            return frozenset(), ()
        numbers = {self.resolver.weekday_number(item.found.fields["weekday"]): item for item in reversed(told)}
        day = self.resolver.weekday_number(told[0].found.fields["weekday"])
        while day % 7 + 1 in numbers and numbers[day % 7 + 1] is not told[0]:
            day = day % 7 + 1
        today = any(item.found.fields.get("deictic") == "today" for item in self.placed if item.block.part is Part.BODY)
        evidence = self.evidence("news-weekday", numbers[day], "is the latest weekday of which the news is told")
        return frozenset((day, day % 7 + 1) if today else (day,)), (evidence,)

    def same_occasions(self) -> Iterator[tuple[Placed, Placed, set[str]]]:
        """A day without a year, a bare weekday, and the two or more people who are named beside both."""
        days = [item for item in self.placed if item.found.means == "day" and "year" not in item.found.fields][:_LINKED]
        bare = [item for item in self.placed if item.found.rule == "weekday" and set(item.found.fields) == {"weekday"}][
            :_LINKED
        ]
        beside = [(item, self.people(item)) for item in bare]
        for dated in days:
            people = self.people(dated)
            for told, others in beside if len(people) >= 2 else ():
                if len(people & others) >= 2:
                    yield dated, told, people & others

    def is_future(self, item: Placed) -> bool:
        """Whether the words around the expression tell of what is to come."""
        known = self._futures.get(item.found.begin)
        if known is None:
            direction = tense.direction(self.text, item.sentence, item.found.begin, item.found.end)
            known = self._futures[item.found.begin] = direction == FUTURE
        return known

    def people(self, item: Placed) -> set[str]:
        """The people named in the expression's sentence; in a caption, in the whole caption."""
        begin, end = (item.block.begin, item.block.end) if item.block.part is Part.CAPTION else item.sentence
        first = bisect_left(self.actors, begin, key=lambda named: named.begin)
        last = bisect_left(self.actors, end, first, key=lambda named: named.begin)
        return {named.actor_id for named in self.actors[first:last] if named.is_person}

    @cached_property
    def _told(self) -> list[tuple[Placed, DateSpan]]:
        """The dates with a year that the story tells, in the order of the text: what is no stamp."""
        outside = {(stamp.item.found.begin, stamp.item.found.end) for stamp in self.stamps}
        dated = [item for item in self.placed if _has_year(item) and (item.found.begin, item.found.end) not in outside]
        spans = ((item, self.resolver.resolve(item.found, self.text, nowhere()).span) for item in dated)
        return [(item, span) for item, span in spans if span and span.first_day.year >= OLDEST]

    @cached_property
    def floor(self) -> tuple[date, Evidence] | None:
        """The latest date with a year that the text tells of as past: the article is not older than its first day."""
        latest: tuple[date, Evidence] | None = None
        for item, span in self._told:
            if span.first_day > self.today or (latest and span.first_day <= latest[0]) or not self._has_passed(item):
                continue
            latest = (
                span.first_day,
                self.evidence("year-told", item, "is told as past, so the article is not older"),
            )
        return latest

    def dated_news(self) -> tuple[date, Evidence] | None:
        """The latest day that the head gives in full and not as one to come: with weekday and year, or before a picture's colon.

        The day of an old picture is none. Captions tell in the present tense what they show, so that only a plain word of plans
        is against it.
        """
        latest: tuple[date, Evidence] | None = None
        for item, span in self._told:
            begin, end = item.found.begin, item.found.end
            in_full = "weekday" in item.found.fields or (
                begin == item.block.begin and _CAPTION_DATE.match(self.text, end)
            )
            if begin >= _NEWS_CHARS or item.found.means != "day" or not in_full:
                continue
            if _PLANNED.search(self.text, item.sentence[0], begin) or _OLD_PICTURE.match(self.text, end):
                continue
            if span.first_day >= (latest or self.floor or (span.first_day,))[0]:
                latest = span.first_day, self.evidence("dated-news", item, "the head dates its news in full")
        return latest

    def _has_passed(self, item: Placed) -> bool:
        """Whether a date with a year is told as past; a bare year that only qualifies a noun ("the 2010 budget") is not."""
        begin, before = item.found.begin, max(item.sentence[0], item.found.begin - 40)
        if tense.leans_ahead(self.text, begin) or self.is_future(item):
            return False
        if _NO_FLOOR.search(self.text, before, begin):
            return False
        return (
            item.found.rule != "year"
            or begin == item.sentence[0]
            or bool(_YEAR_BEFORE.search(self.text, before, begin))
        )

    @cached_property
    def years(self) -> frozenset[int]:
        """The years of which the story tells as near ones; "since 2003" and "the Act of 1990" look far back."""
        near = [
            (item, span)
            for item, span in self._told
            if not _FARAWAY.search(self.text, max(0, item.found.begin - 20), item.found.begin)
        ]
        return frozenset(span.first_day.year for _, span in near)

    @cached_property
    def ceiling(self) -> date | None:
        """The last day of the earliest year or date that the text tells of as a term still to come; None where there is none.

        The future of a verb alone is too little: "the worst since 2005, they will find".
        """
        ahead = (
            span.last_day
            for item, span in self._told
            if tense.leans_ahead(self.text, item.found.begin) and self.is_future(item)
        )
        return min((day for day in ahead if self.floor is None or day >= self.floor[0]), default=None)


def nowhere() -> Context:
    """A context that gives no year: what is then read is the day and month as written."""
    return Context(ArticleDate())


def lead_of(blocks: Sequence[Block]) -> list[Block]:
    """The first paragraphs of the body, where a dateline may stand."""
    return list(islice((block for block in blocks if block.part is Part.BODY), _LEAD_BLOCKS))


def is_dateline(text: str, item: Placed) -> bool:
    """Whether the expression stands behind a place and dates what follows: at the start of its paragraph, or, where byline and
    summary were joined to it, behind a place in capitals and before an agency in brackets or a dash.

    A date before a colon and without a place ("AP June 17: Ships leave") is that of a picture.
    """
    start, begin, end = item.block.begin, item.found.begin, item.found.end
    if _is_joined_dateline(text, item):
        return True
    if begin - start > _DATELINE_CHARS:
        return False
    if _CAPTION_DATE.match(text, end) and "," not in text[start:begin]:
        return False
    if _LOUD_PLACE.fullmatch(text, start, begin) and text[end : end + 1] in (".", ":", ",", " "):
        return True
    return bool(_DATELINE_PLACE.fullmatch(text, start, begin) and _DATELINE_AFTER.match(text, end))


def names_agency(text: str, item: Placed) -> bool:
    """Whether an agency stands behind the date of a dateline: such news is dated to the day on which it was told."""
    return _AGENCY_AFTER.match(text, item.found.end) is not None


def _is_joined_dateline(text: str, item: Placed) -> bool:
    start, begin = item.block.begin, item.found.begin
    if begin - start > _JOINED_CHARS or not _JOINED_AFTER.match(text, item.found.end):
        return False
    return _JOINED_PLACE.search(text, max(start, begin - _DATELINE_CHARS), begin) is not None


def news_begin(text: str, block: Block, placed: Sequence[Placed]) -> int:
    """Where the news of a lead paragraph begins: behind its dateline, else at its start.

    What `is_dateline` recognises is what is left out, so that the date of the page never dates an act. `placed` are the
    expressions of the block.
    """
    item = next((item for item in placed if is_dateline(text, item)), None)
    found = (
        _DATELINE_TAIL.match(text, item.found.end, block.end)
        if item
        else _PLACE_LINE.match(text, block.begin, block.end)
    )
    return found.end() if found and found.end() < block.end else block.begin


def _has_year(item: Placed) -> bool:
    means = item.found.means
    return means in ("iso", "numeric") or ("year" in item.found.fields and means in ("day", "month", "year", "season"))

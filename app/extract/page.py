"""One article as its dater sees it: where its head and lead stand, what dates the page itself, who held office when."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import islice

from app.core.model import Article, ArticleDate, Evidence
from app.extract import tense
from app.extract.actors import Named
from app.extract.layout import Block, Part
from app.extract.narrative import Placed
from app.extract.resolve import Context, Resolver
from app.extract.units import FUTURE

_HEAD_BLOCKS = 4  # title, byline, date line, lead
_LEAD_BLOCKS = 2
_NEWS_WEEKDAYS = 8  # the first of an article; further down it may tell of other weeks
_LINKED = 40  # dates of each sort between which one occasion is looked for
_HEAD_CHARS = 2500
_HEAD_LINE = 80
_DATELINE_CHARS = 60  # a place and an agency before the date

_NAME = r"[A-ZÀ-Þ][\w.'’]*(?:-[\w.'’]+)*"
_AGENCY = r"(?:/[\w ]{1,30}/|\([\w .]{1,30}\))"
_NO_PLACE = r"(?!(?:On|In|By|At|Since|Until|From|After|Before|During|Between|Over|The|Early|Late|Mid)\b)"
_DATELINE_PLACE = re.compile(rf"(?:{_NO_PLACE}{_NAME}(?:[ ,/|]+{_NAME}){{0,5}}[ ,|–—-]*)?(?:{_AGENCY}[ ,–—-]*)?")
_DATELINE_AFTER = re.compile(rf"[ ,.]*(?:{_AGENCY}|[-–—|:]|\d{{1,2}}[:.]\d\d)")
_LOUD_PLACE = re.compile(
    r"[A-ZÀ-Þ][A-ZÀ-Þ .'’/-]+(?:, *[A-ZÀ-Þ][\w. ]*)?, *"
)  # in capitals a place needs no agency behind it
_DATELINE_TAIL = re.compile(rf"[.,:]? *(?:{_AGENCY}[.:]? *)?(?:[-–—_|]+ *)?")
_PLACE_LINE = re.compile(  # a dateline without a date: "LONDON (AP) --"
    rf"{_NO_PLACE}{_NAME}(?:[ ,/]+{_NAME}){{0,5}}[.,]? *"
    rf"(?:{_AGENCY}\.? *(?:[-–—]+ *|_ +)?|(?:--|[–—_]|-(?= )) +(?=[\"“‘'(]?[A-ZÀ-Þ\d]))"
)
_CLOCK_AFTER = re.compile(r"[ ,;|]*(?:at )?\d{1,2}[:.]\d\d")
_FOREIGN_DATE = re.compile(r"\b\d{1,2}\.?(?: de)? [^\W\d_]{3,12}\.?(?: de)? \d{4}\b|\b\d{4}年\d{1,2}月\d{1,2}日")
_HEAD_WORDS = frozenset(
    (
        "published",
        "updated",
        "posted",
        "last",
        "modified",
        "on",
        "at",
        "by",
        "am",
        "pm",
        "a.m",
        "p.m",
        "and",
        "the",
        "of",
        "page",
    )
    + ("gmt", "utc", "bst", "est", "edt", "et", "cet")
)
_MOST_NAMES = 4  # capitalised words of a line that is still a date line: a place, a section, a writer


@dataclass(frozen=True, slots=True)
class Term:
    """The days on which somebody held an office, and how much that weighs: the office of the title given, or any."""

    spans: tuple[tuple[date, date], ...]
    evidence: Evidence
    weight: int

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

    def evidence(self, rule: str, item: Placed, says: str) -> Evidence:
        """Evidence that stands on a date expression."""
        begin, end = item.found.begin, item.found.end
        return Evidence(rule, self.text[begin:end], begin, end, f"'{self.text[begin:end]}': {says}")

    def in_office(self, day: date) -> int:
        """How much the office holders named speak for that day."""
        return sum(term.weight for term in self.terms if term.holds(day))

    @cached_property
    def lead(self) -> list[Block]:
        """The first paragraphs of the body."""
        return lead_of(self.blocks)

    def date_lines(self) -> list[Placed]:
        """The expressions that date the page: behind a place at the start of the lead, or on a short line of the head."""
        lead = self.lead
        head = [block for block in self.blocks if block.part in (Part.HEADING, Part.BYLINE, Part.BODY)][:_HEAD_BLOCKS]
        return [
            item
            for item in self.placed
            if (item.block in lead and is_dateline(self.text, item)) or self._is_head_line(item, head)
        ]

    def _is_head_line(self, item: Placed, head: Sequence[Block]) -> bool:
        begin, end = item.found.begin, item.found.end
        if "year" in item.found.fields and begin < _HEAD_CHARS and _CLOCK_AFTER.match(self.text, end):
            return True
        rest = self.text[item.block.begin : begin] + self.text[end : item.block.end]
        if item.block not in head or len(rest) > _HEAD_LINE:
            return False
        words = [word.strip(".") for word in re.findall(r"[^\W\d_][\w.'’]*", rest)]
        names = [word for word in words if word.lower() not in _HEAD_WORDS]
        return len(names) <= _MOST_NAMES and all(name[0].isupper() for name in names)

    def foreign_dates(self) -> Iterator[tuple[int, int]]:
        """What looks like a day, a month word and a year on short lines of the head in which no English date was found."""
        dated = {item.block for item in self.placed if item.found.means in ("day", "iso", "numeric")}
        for block in self.blocks[:_HEAD_BLOCKS]:
            if block.end - block.begin <= _HEAD_LINE and block not in dated:
                yield from (match.span() for match in _FOREIGN_DATE.finditer(self.text, block.begin, block.end))

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
        return tense.direction(self.text, item.sentence, item.found.begin, item.found.end) == FUTURE

    def people(self, item: Placed) -> set[str]:
        """The people named in the expression's sentence; in a caption, in the whole caption."""
        begin, end = (item.block.begin, item.block.end) if item.block.part is Part.CAPTION else item.sentence
        first = bisect_left(self.actors, begin, key=lambda named: named.begin)
        last = bisect_left(self.actors, end, first, key=lambda named: named.begin)
        return {named.actor_id for named in self.actors[first:last] if named.is_person}

    @cached_property
    def floor(self) -> tuple[date, Evidence] | None:
        """The latest date with a year that the text tells of as past: the article is not older than its first day."""
        latest: tuple[date, Evidence] | None = None
        for item in self.placed:
            if not _has_year(item) or tense.leans_ahead(self.text, item.found.begin) or self.is_future(item):
                continue
            span = self.resolver.resolve(item.found, self.text, nowhere()).span
            if span and span.first_day <= self.today and (latest is None or span.first_day > latest[0]):
                latest = (
                    span.first_day,
                    self.evidence("year-told", item, "is told as past, so the article is not older"),
                )
        return latest

    @cached_property
    def ceiling(self) -> date | None:
        """The last day of the earliest year or date that the text tells of as still to come; None where there is none."""
        ahead = [item for item in self.placed if _has_year(item) and self.is_future(item)]
        spans = (self.resolver.resolve(item.found, self.text, nowhere()).span for item in ahead)
        return min((span.last_day for span in spans if span), default=None)


def nowhere() -> Context:
    """A context that gives no year: what is then read is the day and month as written."""
    return Context(ArticleDate())


def lead_of(blocks: Sequence[Block]) -> list[Block]:
    """The first paragraphs of the body, where a dateline may stand."""
    return list(islice((block for block in blocks if block.part is Part.BODY), _LEAD_BLOCKS))


def is_dateline(text: str, item: Placed) -> bool:
    """Whether the expression stands behind a place at the start of its paragraph and dates what follows."""
    start, begin, end = item.block.begin, item.found.begin, item.found.end
    if begin - start > _DATELINE_CHARS:
        return False
    if _LOUD_PLACE.fullmatch(text, start, begin) and text[end : end + 1] in (".", ":", ",", " "):
        return True
    return bool(_DATELINE_PLACE.fullmatch(text, start, begin) and _DATELINE_AFTER.match(text, end))


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
    fields = item.found.fields
    return "year" in fields and item.found.means in ("day", "month", "year", "season")

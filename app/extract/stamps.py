"""The dates that stand outside the story of a page: what sort of stamp one is, by the words, clocks and bars around it.

A stamp that dates the article itself has a weight; one that came later (a comment, a correction, a visit) only bounds it.
Not handled: stamps that say how long ago ("2 hours ago"), and page clocks that nothing sets apart from a date of publication.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from app.extract.layout import READ, Block
from app.extract.placed import Placed
from app.extract.timex import Found


class Sort(StrEnum):
    """What a page says with a date outside its story. The value is the rule that its evidence names."""

    DATELINE = "dateline"
    HEAD = "date-line"
    PUBLISHED = "published"
    PRINTED = "printed"
    BYLINE = "byline"
    UPDATED = "updated"
    CLOCKED = "clocked"
    AMENDED = "amended"
    COMMENT = "comment"
    VISITED = "visited"


WEIGHTS = {
    Sort.DATELINE: 4, Sort.HEAD: 3, Sort.PUBLISHED: 3, Sort.PRINTED: 2, Sort.BYLINE: 2, Sort.UPDATED: 2, Sort.CLOCKED: 2,
}  # fmt: skip
"""How much a stamp speaks for its day as the article's; the sorts that are missing only came later than the article."""

_HEAD_CHARS = 300  # so far into the page a line is still its head, even where lines were joined
_CLOCK_CHARS = 2500
_HEAD_LINE = 80
_BEFORE, _AFTER = 120, 40
_MOST_NAMES = 4  # capitalised words of a line that is still a date line: a place, a section, a writer
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
    )
    + ("page", "gmt", "utc", "bst", "est", "edt", "et", "cet")
)

_CLOCK = r"\d{1,2}[:.]\d\d(?: ?[ap]\.?m\b\.?)?"
_ZONE = r"(?: (?:[A-Z]{2,4}|(?:UK|US|local|eastern|London) time)\b)?"
_CLOCK_LEAD = re.compile(rf"{_CLOCK}{_ZONE}[ ,]*(?:on )?", re.IGNORECASE)
_CLOCK_TAIL = re.compile(r"[ ,;|–—-]*(?:\bat )?\d{1,2}(?:[:.]\d\d| ?[ap]\.?m\b)", re.IGNORECASE)
_CLOCK_BEHIND = re.compile(r"[ ,;|]*(?:at )?\d{1,2}[:.]\d\d")
_CLOCK_BEFORE = re.compile(rf"[ ,]*(?:at )?{_CLOCK}{_ZONE}[ ,]*(?:on )?", re.IGNORECASE)
_BAR_BEHIND = re.compile(r"[ ,;–—-]*(?:\||page\b|\d{1,2}[:.]\d\d ?(?:[ap]\.?m\b|[A-Z]{2,4}\b)|by\b ?:?)", re.IGNORECASE)
_BYLINE_BEFORE = re.compile(r"(?i:\bby\b) ?:? ?[A-ZÀ-Þ](?:[^|.!?]|\b[A-Z]\.){1,70}\|[ ]?$")
_GOES_ON = re.compile(r" ?,? ?(?!at \d|by )[a-z]")  # the sentence runs on behind the date
_THIS = r"(?:this (?:article|story|post|piece|column|item|page)|(?:a|this) version(?: of this [a-z]{4,9})?)"
_PUBLISHED = re.compile(
    r"\W*(?:(?:first |originally )?(?:published|posted|filed|issued|broadcast|aired)|publication date|date)\b[^!?|]{0,90}",
    re.IGNORECASE,
)
_PRINTED = re.compile(
    rf"\b{_THIS} (?:was )?(?:first |originally )?(?:published|posted|printed|appeared|ran)\b[^!?|]{{0,90}}$",
    re.IGNORECASE,
)
_UPDATED = re.compile(
    rf"\W*(?:{_THIS} was )?(?:last |page )?(?:updated|modified|revised|reviewed)\b[^!?|]{{0,40}}", re.IGNORECASE
)
_LABEL = re.compile(r"\b(?:(?P<updated>updated|modified)|published|posted) ?: ?$", re.IGNORECASE)  # behind a headline
_AMENDED = re.compile(
    rf"\b{_THIS} (?:was|has been) (?:amended|corrected|clarified|changed)\b[^!?|]{{0,40}}$"
    r"|\b(?:following )?(?:corrections?|clarifications?) (?:was|were) (?:printed|published|added|made)\b[^!?|]{0,80}$",
    re.IGNORECASE,
)
_VISITED = re.compile(
    r"(?:^|[(\[|.;] ?)(?:last |date )?(?:accessed|retrieved|archived|crawled|cached) ?:? ?(?:on )?$"
    r"|(?:\bcopyright\b|©|\(c\))[\s:©]*(?:\(c\)|\d{4}[-–])?\s*$",
    re.IGNORECASE,
)
_COMMENT_BEFORE = re.compile(
    r"\b(?:posted|written|submitted|commented|comment|reply) by\b[^.!?]{0,50}$|\b(?:wrote|writes|said|says) ?: ?$",
    re.IGNORECASE,
)
_COMMENT_BEHIND = re.compile(r"[^.!?]{0,20}\breport abuse\b", re.IGNORECASE)
_WRITER_BEHIND = re.compile(r" ?, [^.!?]{1,30} (?:wrote|said) ?:", re.IGNORECASE)
_CLOCK_TOLD = re.compile(rf"{_CLOCK}{_ZONE} (?:on )?$", re.IGNORECASE)
_BESIDE_THE_POINT = re.compile(
    r"\b(?:photo|image|picture|video|taken|file|until|expires?)\b[^.!?|]{0,40}$|\b(?:since|born|died|from)(?: on)? $",
    re.IGNORECASE,
)
_SEGMENT_END = re.compile(r"[.!?][\"'”’)]* |[|\n]")
_FULL_DATE = re.compile(
    r"\b(?:(?P<day>\d{1,2})(?:st|nd|rd|th)? (?P<month>MONTH)|(?P<month2>MONTH)\.? (?P<day2>\d{1,2})(?:st|nd|rd|th)?)\.?"
    r" ?,? (?P<year>(?:19|20)\d\d)\b".replace(
        "MONTH",
        "January|February|March|April|May|June|July|August|September|October|November|December"
        "|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec",
    )
)


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date that stands outside the story, with its last day where it is no single one (a copyright year)."""

    item: Placed
    first: date
    last: date
    sort: Sort

    @property
    def weight(self) -> int:
        return WEIGHTS.get(self.sort, 0)


def without_clock(text: str, item: Placed) -> Placed:
    """The expression without the time of day that it tells with its day: a clock beside a date is a sign of its own."""
    found = item.found
    if found.means != "clock" or "month" not in found.fields:
        return item
    lead = _CLOCK_LEAD.match(text, found.begin, found.end)
    begin = lead.end() if lead else found.begin
    tail = _CLOCK_TAIL.search(text, begin, found.end)
    end = tail.start() if tail else found.end
    fields = {name: word for name, word in found.fields.items() if name in ("weekday", "month", "day", "year")}
    return replace(item, found=Found(begin, end, found.rule, "day", fields))


def furniture(text: str, blocks: Sequence[Block]) -> Iterator[Placed]:
    """The full dates of the lines that are not read for dates: bylines and what else surrounds an article."""
    for block in blocks:
        if block.part in READ:
            continue
        for match in _FULL_DATE.finditer(text, block.begin, block.end):
            month, day = match["month"] or match["month2"], match["day"] or match["day2"]
            fields = {"month": month.lower(), "day": day, "year": match["year"]}
            yield Placed(Found(*match.span(), "month-day-year", "day", fields), block, (block.begin, block.end))


def sort_of(text: str, item: Placed, head: Sequence[Block]) -> Sort | None:
    """What sort of stamp a date with a year is; None where it is told in the story or beside the point.

    `head` are the first lines of the page.
    """
    begin, end = item.found.begin, item.found.end
    before = text[max(item.block.begin, begin - _BEFORE) : begin]
    behind = text[end : min(item.block.end, end + _AFTER)]
    at_top = begin < _HEAD_CHARS or item.block in head
    if later := _later_sort(before, behind, at_top=at_top):
        return later
    if item.found.means not in ("day", "iso", "numeric") or _BESIDE_THE_POINT.search(before):
        return None
    segment = _segment(before)
    if sort := _worded_sort(segment, behind):
        return sort
    if is_head_line(text, item, head) or (at_top and _is_framed(segment, behind)):
        return Sort.HEAD
    if _BYLINE_BEFORE.search(before):
        return Sort.HEAD if at_top else Sort.BYLINE
    return Sort.CLOCKED if begin < _CLOCK_CHARS and _CLOCK_BEHIND.match(behind) else None


def _later_sort(before: str, behind: str, *, at_top: bool) -> Sort | None:
    if (_COMMENT_BEFORE.search(before) and not at_top) or _COMMENT_BEHIND.match(behind):
        return Sort.COMMENT
    if _WRITER_BEHIND.match(behind) and _CLOCK_TOLD.search(before):
        return Sort.COMMENT
    if _VISITED.search(before):
        return Sort.VISITED
    return Sort.AMENDED if _AMENDED.search(before) else None


def _worded_sort(segment: str, behind: str) -> Sort | None:
    """The sort that the words before the date name, where the sentence says no more than that."""
    if _GOES_ON.match(behind):
        return None
    if label := _LABEL.search(segment):
        return Sort.UPDATED if label["updated"] else Sort.PUBLISHED
    if _PUBLISHED.fullmatch(segment):
        return Sort.PUBLISHED
    if _PRINTED.search(segment):
        return Sort.PRINTED
    return Sort.UPDATED if _UPDATED.fullmatch(segment) else None


def _is_framed(segment: str, behind: str) -> bool:
    """Whether a clock stands alone before the date, or a bar, a page or a clock behind a date that opens its line."""
    return bool(_CLOCK_BEFORE.fullmatch(segment) or (not segment.strip() and _BAR_BEHIND.match(behind)))


def _segment(before: str) -> str:
    """What stands between the last end of a sentence, bar or line and the date."""
    cut = 0
    for match in _SEGMENT_END.finditer(before):
        cut = match.end()
    return before[cut:]


def is_head_line(text: str, item: Placed, head: Sequence[Block]) -> bool:
    """Whether the date stands on a short line of the head that is made of little else than dates and names."""
    around = item.block.end - item.block.begin - (item.found.end - item.found.begin)
    if item.block not in head or around > _HEAD_LINE:
        return False
    if text[item.block.begin] in ",;:":  # the rest of a sentence that was broken
        return False
    rest = text[item.block.begin : item.found.begin] + text[item.found.end : item.block.end]
    words = [word.strip(".") for word in re.findall(r"[^\W\d_][\w.'’]*", rest)]
    names = [word for word in words if word.lower() not in _HEAD_WORDS]
    return len(names) <= _MOST_NAMES and all(name[0].isupper() for name in names)

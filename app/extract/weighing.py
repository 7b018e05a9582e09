"""Which of the dates that stand outside the story dates the article, weighed against what the story tells.

A date of publication speaks more than a clock or "updated", and the weekday of the news, the offices held and the years told
speak for or against each. What loses stays among the evidence and says so.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import islice

from app.core import calendar
from app.core.model import ArticleDate, Evidence
from app.extract.page import Page
from app.extract.resolve import foreign_day
from app.extract.stamps import Sort, Stamp
from app.extract.units import in_words

_TEASERS = 3  # so many days of one sort, over a month apart, date the items of a list and not the page
_MONTH = 31
_MOST_LOST = 5  # the evidence tells of so many stamps that lost: a page may have hundreds of comments
_NEAR_DAYS = 7  # stamps so close together are of one article: what the story tells can't part them
_OLDER = 2  # how much a later date told as past speaks against a day
_DATELINE = 4  # how much a dateline without a year speaks against a day far from it: a page clock is no date line
_OFFICES = 2  # how much it speaks against a day that most of the office holders named were not in office on it

_SAYS = {
    Sort.DATELINE: "a date line names", Sort.HEAD: "a date line names", Sort.PUBLISHED: "it was published on",
    Sort.PRINTED: "it was printed on", Sort.BYLINE: "its byline names", Sort.UPDATED: "it was last updated on",
    Sort.CLOCKED: "a clock stands beside", Sort.AMENDED: "it was amended on", Sort.COMMENT: "a comment was made on",
    Sort.VISITED: "the page was seen or renewed on",
}  # fmt: skip


def by_stamps(page: Page) -> tuple[ArticleDate | None, tuple[Evidence, ...]]:
    """The article's date by its stamps, and the evidence of those that don't date it."""
    stamps = [stamp for stamp in page.stamps if stamp.weight]
    listed = _listed(stamps)
    fit = [stamp for stamp in stamps if stamp.sort not in listed]
    several = _is_split(fit)
    scored = [(stamp.weight + _votes(page, stamp, several=several), stamp) for stamp in fit]
    top = max((score for score, _ in scored), default=0)
    equals = [stamp for score, stamp in scored if score == top]
    if top <= 0 or _is_tied(equals):
        return _foreign(page) if not stamps else None, _lost(page, stamps)
    best = _first(equals)
    lost = _lost(page, (stamp for stamp in stamps if stamp.first != best.first))
    won = page.evidence(best.sort.value, best.item, f"{_SAYS[best.sort]} {in_words(best.first)}")
    earliest = best.first
    if best.sort is Sort.PRINTED:  # a paper prints what was written the day before
        earliest = calendar.shift_days(best.first, -1) or earliest
    return ArticleDate(best.first, earliest, best.first, (won, *lost)), ()


def ceiling(page: Page) -> tuple[date, Evidence] | None:
    """The last day on which the article can have been written: a comment, a correction or a copyright year came later."""
    later = [stamp for stamp in page.stamps if not stamp.weight]
    first = min(later, key=lambda stamp: stamp.last, default=None)
    if first is None:
        return None
    says = f"{_SAYS[first.sort]} {in_words(first.last)}, so it is not later"
    return first.last, page.evidence(first.sort.value, first.item, says)


def _listed(stamps: Sequence[Stamp]) -> set[Sort]:
    """The sorts that date the items of a list: many days far apart."""
    days = {sort: {stamp.first for stamp in stamps if stamp.sort is sort} for sort in Sort}
    return {sort for sort, seen in days.items() if len(seen) >= _TEASERS and (max(seen) - min(seen)).days > _MONTH}


def _is_split(stamps: Sequence[Stamp]) -> bool:
    days = [stamp.first for stamp in stamps]
    return bool(days) and (max(days) - min(days)).days > _NEAR_DAYS


def _votes(page: Page, stamp: Stamp, *, several: bool) -> int:
    """What the story says for or against a stamp; its weekday and years part days far apart, or doubt a mere "updated"."""
    votes = 0
    if page.floor and page.floor[0] > stamp.first:
        votes -= _OLDER
    if speaks_against(page, stamp.first):
        votes -= _OFFICES
    if stamp.sort is not Sort.DATELINE and any(
        _days_apart(other, stamp.first) > _NEAR_DAYS for other in page.dateline_days
    ):
        votes -= _DATELINE
    return votes + _of_weekday_and_years(page, stamp.first) if several or stamp.sort is Sort.UPDATED else votes


def _of_weekday_and_years(page: Page, day: date) -> int:
    weekdays, _ = page.news_weekday
    votes = 0
    if weekdays:
        votes += 1 if {day.isoweekday(), (day.isoweekday() - 2) % 7 + 1} & weekdays else -1
    if page.years and max(page.years) < day.year - 1:
        votes -= 1
    return votes + (day.year in page.years)


def _days_apart(month_day: tuple[int, int], day: date) -> int:
    """How far a day is from the nearest day of that month and number."""
    nearest = (calendar.valid_day(day.year + years, *month_day) for years in (-1, 0, 1))
    return min((abs((day - other).days) for other in nearest if other), default=0)


def speaks_against(page: Page, day: date) -> bool:
    """Whether most of those to whom the text gives an office did not hold it on that day."""
    titled = [term for term in page.terms if term.is_titled]
    return 2 * sum(term.holds(day) for term in titled) < len(titled)


def _is_tied(equals: Sequence[Stamp]) -> bool:
    """Whether days far apart have the same score, and none is first by right: bylines and clocks further down."""
    return equals[0].sort in (Sort.BYLINE, Sort.UPDATED) and _is_split(equals)


def _first(equals: Sequence[Stamp]) -> Stamp:
    """The first of equals in the page; in its head, of days far apart the earlier one, as a page's clock runs on."""
    heads = [stamp for stamp in equals if stamp.sort is Sort.HEAD or stamp.sort is Sort.PUBLISHED]
    if equals[0].sort is Sort.HEAD and _is_split(heads):
        return min(heads, key=lambda stamp: stamp.first)
    return equals[0]


def _lost(page: Page, stamps: Iterable[Stamp]) -> tuple[Evidence, ...]:
    says = "{} {}; outweighed, so it does not date the article"
    return tuple(
        page.evidence(stamp.sort.value, stamp.item, says.format(_SAYS[stamp.sort], in_words(stamp.first)))
        for stamp in islice(stamps, _MOST_LOST)
    )


def _foreign(page: Page) -> ArticleDate | None:
    """A date line in another language, where no English one was found."""
    for begin, end in page.foreign_dates():
        words = page.text[begin:end]
        day = foreign_day(words)
        if day and day <= page.today:
            says = f"'{words}': a date line names {in_words(day)}"
            return ArticleDate(day, day, day, (Evidence("foreign-date-line", words, begin, end, says),))
    return None

"""The article's own date (document creation time) from what its page says or, failing that, from its text alone.

Order of certainty: metadata; a full date in the head of the page; a day and month (dateline, "on Saturday, January 15", a caption)
whose year is solved for by the weekdays beside it and the tenures of the office holders named; a month told in the past. Whatever
leaves several years open gives an interval and no best day. Years beyond `today` are never tried.

Not handled: evidence that conflicts is dropped as a whole (no best day) rather than weighed piece by piece.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from app.core import calendar
from app.core.calendar import DateSpan
from app.core.model import Article, ArticleDate, Evidence
from app.extract import tense
from app.extract.actors import Named
from app.extract.layout import Block, Part
from app.extract.narrative import Placed
from app.extract.resolve import FUTURE, Context, Resolver, in_words
from app.lexicon.actors import ActorTable

_OLDEST = 1900
_HEAD_BLOCKS = 4  # the head of a page: title, byline, date line, lead
_WEEK = 6  # a bare weekday told in the past lies at most so many days back
_SLACK_DAYS = 3  # sources of tenures differ by a few days
_HEAD_CHARS = 2500
_DATELINE_PLACE = re.compile(r"(?:[A-ZÀ-Þ][\w.'’-]*(?:[ ,/|-]+[A-ZÀ-Þ][\w.'’-]*){0,5}[ ,|–—-]*)?(?:\([\w ]{2,20}\)[ ,–—-]*)?")
_DATELINE_AFTER = re.compile(r"[ ,.]*(?:/[\w ]{2,20}/|\([\w .]{2,20}\)|[-–—|:]|\d{1,2}[:.]\d\d)")
_DATELINE = re.compile(
    r"[A-ZÀ-Þ][\w.'’-]*(?:[ ,/]+[A-ZÀ-Þ][\w.'’-]*){0,5},?(?: +[A-ZÀ-Þ][a-z]{2,8}\.? +\d{1,2}(?:, +\d{4})?)?[.,]?"
    r" *(?:/[\w ]{2,20}/\.? *(?:[-–—]+ *)?|\([\w .]{2,20}\) *(?:[-–—]+ +|_ +)?|(?:--|[–—_]) +)"
)
_CLOCK_AFTER = re.compile(r"[ ,;|]*(?:at )?\d{1,2}[:.]\d\d")
_HEAD_WORDS = re.compile(
    r"[\s\W\d]*(?:(?:[Pp]ublished|[Uu]pdated|[Pp]osted|last|Last|modified|[Oo]n|[Aa]t|[Bb]y|[AaPp]\.?[Mm]|and|[A-ZÀ-Þ][\w.'’-]*)[\s\W\d]*){0,6}"
)


@dataclass(frozen=True, slots=True)
class Clue:
    """A day and month near which the article was written: told on it (`reach` 0) or up to `reach` days later.

    `weekdays` are ISO numbers of which one must fit, empty where none is told.
    """

    month: int
    day: int
    weekdays: frozenset[int]
    reach: int
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """The days on which somebody held the office that the text gives as a present title."""

    spans: tuple[tuple[date, date], ...]
    evidence: Evidence

    def holds(self, first: date, last: date) -> bool:
        """Whether the office was held on some day of the closed interval."""
        return any(start <= last and first <= end for start, end in self.spans)


class ArticleDater:
    """Dates articles against the tenures of the lexicon."""

    def __init__(self, table: ActorTable, resolver: Resolver, *, today: date) -> None:
        self._table = table
        self._resolver = resolver
        self._today = today

    def date(self, article: Article, text: str, blocks: Sequence[Block], placed: Sequence[Placed], actors: Sequence[Named]) -> ArticleDate:
        """The article's date with its evidence; `text` is the view that all offsets refer to."""
        stated = article.stated_date
        if stated and stated.first_day == stated.last_day:
            evidence = Evidence("metadata", stated.edtf, 0, 0, f"the page or its source states {stated.edtf}")
            return ArticleDate(stated.first_day, stated.first_day, stated.first_day, (evidence,))
        page = _Page(article, text, blocks, placed, actors, self._terms(text, actors), self._resolver, self._today)
        found = self._head_date(page) or self._by_clues(page) or self._by_weekday_link(page) or self._by_month(page) or self._by_terms(page)
        return _within(found or ArticleDate(), stated)

    @staticmethod
    def date_line_end(text: str, block: Block) -> int:
        """Where the news of a block begins: behind "NEW YORK, February 2. /TASS/." or "LONDON (AP) --", else at its start."""
        found = _DATELINE.match(text, block.begin, min(block.end, block.begin + 120))
        return found.end() if found and found.end() < block.end else block.begin

    # ------------------------------------------------------------ evidence
    def _terms(self, text: str, actors: Sequence[Named]) -> list[Term]:
        terms: dict[tuple[str, str], Term] = {}
        for named in actors:
            for office in named.offices if not named.former else ():
                spans = tuple(self._spans(named.actor_id, office))
                if spans and (named.actor_id, office) not in terms:
                    words = text[named.title_begin : named.end]
                    years = " and ".join(f"{start} to {end if end < self._today else 'today'}" for start, end in spans)
                    says = f"{self._table.actors[named.actor_id].name} was {self._table.offices[office].title} from {years}"
                    terms[named.actor_id, office] = Term(spans, Evidence("tenure", words, named.title_begin, named.end, says))
        return list(terms.values())

    def _spans(self, person: str, office: str) -> Iterable[tuple[date, date]]:
        for tenure in self._table.actors[person].tenures:
            if tenure.office == office:
                start = tenure.start.first_day if tenure.start else date(_OLDEST, 1, 1)
                end = tenure.end.last_day if tenure.end else self._today
                slack = calendar.shift_days(start, -_SLACK_DAYS), calendar.shift_days(end, _SLACK_DAYS)
                yield slack[0] or start, min(slack[1] or end, self._today)

    # ------------------------------------------------------------ a full date in the head
    def _head_date(self, page: "_Page") -> ArticleDate | None:
        """A date with its year in the dateline or a head line that is made of little else."""
        for item in page.placed:
            fields = item.found.fields
            if item.found.means not in ("day", "iso", "numeric") or (item.found.means == "day" and "year" not in fields):
                continue
            if not page.is_date_line(item):
                continue
            span = self._absolute(item, page)
            if span and span.first_day <= self._today:
                evidence = page.evidence("date-line", item, f"a date line names {in_words(span.first_day)}")
                return ArticleDate(span.first_day, span.first_day, span.first_day, (evidence,))
        return None

    def _absolute(self, item: Placed, page: "_Page") -> DateSpan | None:
        return self._resolver.resolve(item.found, page.text, _nowhere()).span

    # ------------------------------------------------------------ a day and month
    def _by_clues(self, page: "_Page") -> ArticleDate | None:
        """The dateline or stated day and month, else the latest "on Saturday, January 15" told in the past."""
        clue = self._stated_clue(page) or self._dateline_clue(page) or self._weekday_clue(page)
        return self._solve(clue, page) if clue else None

    @staticmethod
    def _stated_clue(page: "_Page") -> Clue | None:
        if page.article.stated_month_day is None:
            return None
        month, day = page.article.stated_month_day
        evidence = Evidence("metadata", f"XXXX-{month:02d}-{day:02d}", 0, 0, f"the page states month {month}, day {day}, and no year")
        weekdays, more = page.lead_weekday()
        return Clue(month, day, weekdays, 0, (evidence, *more))

    def _dateline_clue(self, page: "_Page") -> Clue | None:
        for item in page.placed:
            if item.found.means == "day" and "year" not in item.found.fields and page.is_date_line(item):
                month, day = self._month_day(item, page)
                weekdays, more = page.lead_weekday()
                own = self._own_weekday(item)
                return Clue(month, day, own or weekdays, 0, (page.evidence("dateline", item, "the dateline gives day and month"), *more))
        return None

    def _weekday_clue(self, page: "_Page") -> Clue | None:
        clues = []
        for item in page.placed:
            if item.found.means == "day" and "year" not in item.found.fields and "weekday" in item.found.fields and item.block.part is Part.BODY:
                if tense.direction(page.text, item.sentence, item.found.begin, item.found.end) != FUTURE:
                    month, day = self._month_day(item, page)
                    evidence = page.evidence("weekday-date", item, "a weekday stands beside a day and month, told as news")
                    clues.append(Clue(month, day, self._own_weekday(item), _WEEK, (evidence,)))
        return clues[0] if clues else None

    def _month_day(self, item: Placed, page: "_Page") -> tuple[int, int]:
        value = self._resolver.resolve(item.found, page.text, _nowhere()).value
        _, month, day = value.split("-")
        return int(month), int(day)

    def _own_weekday(self, item: Placed) -> frozenset[int]:
        word = item.found.fields.get("weekday")
        return frozenset((self._resolver.weekday_number(word),)) if word else frozenset()

    def _solve(self, clue: Clue, page: "_Page") -> ArticleDate | None:
        """The years in which the clue's day fits weekday, tenures and the years told of; best only if one year fits best."""
        days = [day for year in range(_OLDEST, self._today.year + 1) if (day := calendar.valid_day(year, clue.month, clue.day)) and day <= self._today]
        floor = page.floor()
        days = [day for day in days if floor is None or day >= floor[0]]
        if clue.weekdays:
            agreeing = [day for day in days if day.isoweekday() in clue.weekdays]
            days = agreeing or days
        if not days:
            return None
        evidence = [*clue.evidence]
        held = {day: sum(term.holds(day, day) for term in page.terms) for day in days}
        most = max(held.values())
        if most:
            days = [day for day in days if held[day] == most]
            evidence += [term.evidence for term in page.terms if any(term.holds(day, day) for day in days)]
        elif not clue.weekdays:
            return None
        if floor:
            evidence.append(floor[1])
        latest = calendar.shift_days(days[-1], clue.reach) or days[-1]
        best = days[0] if len(days) == 1 else None
        closing = "only one year fits: " + in_words(days[0]) if best else "several years fit: " + ", ".join(str(day.year) for day in days)
        evidence.append(Evidence("solve-year", "", 0, 0, closing))
        return ArticleDate(best, days[0], min(latest, self._today), tuple(evidence))

    # ------------------------------------------------------------ a weekday and a date that tell of one occasion
    def _by_weekday_link(self, page: "_Page") -> ArticleDate | None:
        """The same two people beside a bare weekday in one sentence and beside a day and month in another: one day."""
        for dated in page.placed:
            if dated.found.means != "day" or "year" in dated.found.fields:
                continue
            people = page.people(dated)
            for told in page.placed if len(people) >= 2 else ():
                if told.found.rule != "weekday" or set(told.found.fields) != {"weekday"} or len(people & page.people(told)) < 2:
                    continue
                names = " and ".join(sorted(self._table.actors[person].name for person in people & page.people(told)))
                evidence = (
                    page.evidence("same-occasion", dated, f"tells of {names}"),
                    page.evidence("same-occasion", told, f"tells of {names} too, so it is the same day"),
                )
                month, day = self._month_day(dated, page)
                weekday = frozenset((self._resolver.weekday_number(told.found.fields["weekday"]),))
                found = self._solve(Clue(month, day, weekday, _WEEK, evidence), page)
                if found and found.best:
                    return self._week_after(found, page)
        return None

    def _week_after(self, found: ArticleDate, page: "_Page") -> ArticleDate:
        """Narrows by "the previous week - on January 26": the article lies in the week after that day's."""
        assert found.best and found.earliest and found.latest
        for week, dated in zip(page.placed, page.placed[1:], strict=False):
            if week.found.means == "unit" and week.found.fields.get("unit") == "week" and dated.found.means == "day" and dated.found.begin - week.found.end <= 6:
                sign = {"previous": 1, "last": 1, "this": 0}.get(week.found.fields.get("tale") or week.found.fields.get("mod") or "")
                month, day = self._month_day(dated, page)
                near = [calendar.valid_day(year, month, day) for year in (found.best.year - 1, found.best.year)]
                days = [day for day in near if day and day <= found.latest]
                if sign is None or "year" in dated.found.fields or not days:
                    continue
                monday, sunday = calendar.week_of(calendar.shift_days(max(days), 7 * sign) or max(days))
                if monday <= found.latest and found.earliest <= sunday:
                    evidence = page.evidence("week", dated, f"'{week.found.fields.get('tale') or week.found.fields.get('mod')} week' holds {in_words(max(days))}, so it was written from {monday} to {sunday}")
                    return ArticleDate(max(found.best, monday), max(found.earliest, monday), min(found.latest, sunday), (*found.evidence, evidence))
        return found

    # ------------------------------------------------------------ no day at all
    def _by_month(self, page: "_Page") -> ArticleDate | None:
        """A month told in the past without its year, after a date with one: the article lies within a year of that month."""
        floor = page.floor()
        if floor is None:
            return None
        for item in reversed(page.placed):
            if item.found.means != "month" or "year" in item.found.fields or item.block.part is not Part.BODY or item.found.begin < floor[1].begin:
                continue
            if {"mod", "tale"} & set(item.found.fields) or tense.direction(page.text, item.sentence, item.found.begin, item.found.end) == FUTURE:
                continue
            month = int(self._resolver.resolve(item.found, page.text, _nowhere()).value[5:7])
            present = [term for term in page.terms if item.sentence[0] <= term.evidence.begin < item.sentence[1]] or page.terms
            years = [
                year for year in range(floor[0].year, self._today.year + 1)
                if calendar.month(year, month).first_day > floor[0] and calendar.month(year, month).first_day <= self._today
                and all(term.holds(calendar.month(year, month).first_day, calendar.month_end(year, month)) for term in present)
            ]  # fmt: skip
            if len(years) != 1 or not present:
                continue
            earliest = calendar.month(years[0], month).first_day
            latest = calendar.shift_days(calendar.shift_months(earliest, 12) or earliest, -1) or earliest
            evidence = page.evidence("month-in-past", item, f"is told in the past and without a year, so within a year of {earliest:%B %Y}")
            return ArticleDate(None, earliest, min(latest, self._today), (floor[1], *(term.evidence for term in present), evidence))
        return None

    def _by_terms(self, page: "_Page") -> ArticleDate | None:
        """Where only titles speak: the days on which all the people named held the offices they are given."""
        if not page.terms or any(len(term.spans) > 1 for term in page.terms):
            return None
        first = max(term.spans[0][0] for term in page.terms)
        last = min(term.spans[0][1] for term in page.terms)
        floor = page.floor()
        evidence = [term.evidence for term in page.terms]
        if floor:
            first, evidence = max(first, floor[0]), [*evidence, floor[1]]
        if first > last or len(page.terms) < 2:
            return None
        return ArticleDate(None, first, last, tuple(evidence))


def _nowhere() -> Context:
    """A context that gives no year: what is then read is the day and month as written."""
    return Context(ArticleDate())


def _within(found: ArticleDate, stated: DateSpan | None) -> ArticleDate:
    """What was found, cut to the month or year that the source states."""
    if stated is None:
        return found
    evidence = (Evidence("metadata", stated.edtf, 0, 0, f"the page or its source states {stated.edtf}"), *found.evidence)
    earliest, latest = max(found.earliest or stated.first_day, stated.first_day), min(found.latest or stated.last_day, stated.last_day)
    if earliest > latest:  # the text contradicts its source: the source dates it, the text does not
        return ArticleDate(None, stated.first_day, stated.last_day, evidence)
    best = found.best if found.best and earliest <= found.best <= latest else None
    return ArticleDate(best, earliest, latest, evidence)


@dataclass(frozen=True, slots=True)
class _Page:
    """One article as the dater sees it."""

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

    def is_date_line(self, item: Placed) -> bool:
        """Whether the expression dates the page: behind a place at the start of the lead, or on a short line of the head."""
        begin, end = item.found.begin, item.found.end
        bodies = [block for block in self.blocks if block.part is Part.BODY][:2]
        if item.block in bodies and begin - item.block.begin <= 60 and _DATELINE_PLACE.fullmatch(self.text, item.block.begin, begin):
            if _DATELINE_AFTER.match(self.text, end):
                return True
        if "year" in item.found.fields and begin < _HEAD_CHARS and _CLOCK_AFTER.match(self.text, end):
            return True
        head = [block for block in self.blocks if block.part in (Part.HEADING, Part.BYLINE, Part.BODY)][:_HEAD_BLOCKS]
        line = self.text[item.block.begin : begin] + self.text[end : item.block.end]
        return item.block in head and len(line) <= 80 and _HEAD_WORDS.fullmatch(line) is not None

    def lead_weekday(self) -> tuple[frozenset[int], tuple[Evidence, ...]]:
        """The first bare weekday of the lead that is told in the past: the day the news was made, hence the dateline's."""
        bodies = [block for block in self.blocks if block.part is Part.BODY][:2]
        for item in self.placed:
            if item.block not in bodies or item.found.rule != "weekday" or set(item.found.fields) != {"weekday"}:
                continue
            if tense.direction(self.text, item.sentence, item.found.begin, item.found.end) == FUTURE:
                continue
            return frozenset((self.resolver.weekday_number(item.found.fields["weekday"]),)), (self.evidence("lead-weekday", item, "the lead tells the news of that weekday"),)
        return frozenset(), ()

    def people(self, item: Placed) -> set[str]:
        """The people named in the expression's sentence; in a caption, in the whole caption."""
        begin, end = (item.block.begin, item.block.end) if item.block.part is Part.CAPTION else item.sentence
        return {named.actor_id for named in self.actors if begin <= named.begin < end and named.is_person}

    def floor(self) -> tuple[date, Evidence] | None:
        """The latest date with a year that the text tells of as past, on or after whose first day it was written."""
        latest: tuple[date, Evidence] | None = None
        for item in self.placed:
            fields = item.found.fields
            if "year" not in fields or item.found.means not in ("day", "month", "year", "season") or "bc" in fields.get("era", ""):
                continue
            if tense.direction(self.text, item.sentence, item.found.begin, item.found.end) == FUTURE or tense.leans_ahead(self.text, item.found.begin):
                continue
            span = self.resolver.resolve(item.found, self.text, _nowhere()).span
            if span and (latest is None or span.first_day > latest[0]) and span.first_day <= self.today:
                latest = span.first_day, self.evidence("year-told", item, "is told as past, so the article is not older")
        return latest

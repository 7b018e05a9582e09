"""The article's own date (document creation time) from what its page says or, failing that, from its text alone.

Order of certainty: metadata; the stamps of the page (`weighing`), which are full dates in its head or foot; a day and month
(dateline, "on Saturday, January 15", a caption) whose year is the likeliest by weekday, offices held and years told (`years`);
news that the head dates in full; a month told in the past; what bounds the article from both sides. Whatever leaves several years
open gives an interval and no best day. Years before 1900 and days beyond `today` are never tried.

Not handled: a stamp and a dateline that disagree by a week or less, of which the stamp's day is taken.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from app.core import calendar
from app.core.calendar import DateSpan
from app.core.model import Article, ArticleDate, Evidence, Tenure
from app.extract import weighing
from app.extract.actors import Named
from app.extract.layout import Block, Part
from app.extract.page import OLDEST, TITLED, UNTITLED, Page, Term, names_agency, nowhere
from app.extract.placed import Placed
from app.extract.resolve import Resolver
from app.extract.stamps import without_clock
from app.extract.units import in_words
from app.extract.years import OF_AGENCY, OF_DATELINE, OF_PAGE, Clue, likely
from app.lexicon.actors import ActorTable

_WEEK = 6  # a bare weekday told in the past lies at most so many days back
_WEEKS_ON = {"previous": 1, "last": 1, "this": 0}  # weeks from the week named to the one of writing
_SLACK_DAYS = 3  # sources of tenures differ by a few days
_TERM_DAYS = 365  # one title that ends so soon after the last year told is more likely part of what is looked back on
_BESIDE_CHARS = 80
_LINGER_DAYS = 25  # so long the news still gives somebody the title just laid down


class ArticleDater:
    """Dates articles against the tenures of the lexicon."""

    def __init__(self, table: ActorTable, resolver: Resolver, *, today: date) -> None:
        self._table = table
        self._resolver = resolver
        self._today = today

    def infer(
        self, article: Article, text: str, blocks: Sequence[Block], placed: Sequence[Placed], actors: Sequence[Named]
    ) -> ArticleDate:
        """The article's date with its evidence; `text` is the view that all offsets refer to."""
        if article.corrected_date:  # a person knows better than the page
            article = replace(article, stated_date=article.corrected_date, stated_month_day=None)
        stated = article.stated_date
        if stated and stated.first_day == stated.last_day:
            return _certain(stated.first_day, _statement(article, stated))
        dated = [without_clock(text, item) for item in placed]
        page = Page(article, text, blocks, dated, actors, self._terms(text, actors), self._resolver, self._today)
        found, lost = weighing.by_stamps(page)
        found = (
            found
            or self._by_clues(page)
            or self._by_weekday_link(page)
            or self._by_dated_news(page)
            or self._by_month(page)
            or self._by_bounds(page)
            or ArticleDate()
        )
        return _within(replace(found, evidence=(*found.evidence, *lost)), stated, article)

    # ------------------------------------------------------------ evidence
    def _terms(self, text: str, actors: Sequence[Named]) -> list[Term]:
        """Who held office when: for a person with a title that office, for one without it any office ever held."""
        terms: dict[tuple[str, str], Term] = {}
        titled = {named.actor_id for named in actors if named.offices}
        former = {named.actor_id for named in actors if named.former}
        for named in actors:
            if not named.is_person or named.actor_id in former:
                continue
            for office in named.offices if named.actor_id in titled else ("",):
                held = [one for one in self._table.actors[named.actor_id].tenures if office in (one.office, "")]
                if held and (named.actor_id, office) not in terms:
                    terms[named.actor_id, office] = self._term(text, named, office, held)
        return list(terms.values())

    def _term(self, text: str, named: Named, office: str, held: Sequence[Tenure]) -> Term:
        years = " and ".join(f"{one.start or 'an unknown day'} to {one.end or 'today'}" for one in held)
        what = f"was {self._table.offices[office].title}" if office else "was in office"
        says = f"{self._table.actors[named.actor_id].name} {what} from {years}"
        evidence = Evidence("tenure", text[named.title_begin : named.end], named.title_begin, named.end, says)
        spans = tuple(self._widened(one) for one in held)
        return Term(spans, evidence, weight=TITLED if office else UNTITLED)

    def _widened(self, tenure: Tenure) -> tuple[date, date]:
        start = tenure.start.first_day if tenure.start else date(OLDEST, 1, 1)
        end = tenure.end.last_day if tenure.end else self._today
        first, last = calendar.shift_days(start, -_SLACK_DAYS), calendar.shift_days(end, _SLACK_DAYS)
        return first or start, min(last or end, self._today)

    # ------------------------------------------------------------ a day and month
    def _by_clues(self, page: Page) -> ArticleDate | None:
        """The dateline or stated day and month, else the latest "on Saturday, January 15" told in the past."""
        clue = self._stated_clue(page) or self._dateline_clue(page) or self._weekday_clue(page)
        return self._solve(clue, page) if clue else None

    def _stated_clue(self, page: Page) -> Clue | None:
        if page.article.stated_month_day is None:
            return None
        month, day = page.article.stated_month_day
        evidence = Evidence(
            "metadata", f"XXXX-{month:02d}-{day:02d}", 0, 0, f"the page states month {month}, day {day}, and no year"
        )
        weekdays, more = page.news_weekday
        odds = OF_AGENCY if self._is_dateline_of(month, day, page) else OF_PAGE
        return Clue(month, day, weekdays, 0, (evidence, *more), odds=odds)

    def _is_dateline_of(self, month: int, day: int, page: Page) -> bool:
        """Whether an agency's dateline gives the day and month."""
        lines = [item for item in page.date_lines() if item.found.means == "day" and names_agency(page.text, item)]
        return any(self._month_day(item, page) == (month, day) for item in lines if "year" not in item.found.fields)

    def _dateline_clue(self, page: Page) -> Clue | None:
        for item in page.date_lines():
            if item.found.means == "day" and "year" not in item.found.fields:
                month, day = self._month_day(item, page)
                own = self._own_weekday(item)
                weekdays, more = page.news_weekday
                evidence = (page.evidence("dateline", item, "the dateline gives day and month"), *(() if own else more))
                odds = OF_AGENCY if names_agency(page.text, item) else OF_DATELINE
                return Clue(month, day, own or weekdays, 0, evidence, certain=bool(own), odds=odds)
        return None

    def _weekday_clue(self, page: Page) -> Clue | None:
        for item in page.placed:
            fields = item.found.fields
            told = (
                item.found.means == "day"
                and "weekday" in fields
                and "year" not in fields
                and item.block.part is Part.BODY
            )
            if told and not page.is_future(item):
                month, day = self._month_day(item, page)
                evidence = page.evidence("weekday-date", item, "a weekday stands beside a day and month, told as news")
                return Clue(month, day, self._own_weekday(item), _WEEK, (evidence,), certain=True)
        return None

    def _month_day(self, item: Placed, page: Page) -> tuple[int, int]:
        value = self._resolver.resolve(item.found, page.text, nowhere()).value
        _, month, day = value.split("-")
        return int(month), int(day)

    def _own_weekday(self, item: Placed) -> frozenset[int]:
        word = item.found.fields.get("weekday")
        return frozenset((self._resolver.weekday_number(word),)) if word else frozenset()

    def _solve(self, clue: Clue, page: Page) -> ArticleDate | None:
        """The years in which the clue's day fits weekday, tenures and the years told of; best only if one year fits best."""
        floor = page.floor
        first_year = floor[0].year if floor else OLDEST
        years = range(first_year, self._today.year + 1)
        days = [day for year in years if (day := calendar.valid_day(year, clue.month, clue.day)) and day <= self._today]
        days = [day for day in days if floor is None or day >= floor[0]]
        if stated := page.article.stated_date:
            days = [day for day in days if stated.first_day <= day <= stated.last_day]
        if clue.certain:
            days = [day for day in days if day.isoweekday() in clue.weekdays]
        if not days or not (page.terms or clue.weekdays):
            return None
        sure, best = likely(clue, days, page)
        held = [term.evidence for term in page.terms if any(term.holds(day) for day in best)]
        told = [floor[1]] if floor else []
        return self._dated(clue, best, [*clue.evidence, *held, *told], sure=sure)

    def _dated(self, clue: Clue, days: Sequence[date], evidence: Sequence[Evidence], *, sure: bool) -> ArticleDate:
        latest = min(calendar.shift_days(days[-1], clue.reach) or days[-1], self._today)
        best = days[0] if sure else None
        years = ", ".join(f"{day:%Y}" for day in days)
        fit = "only one year fits best: " + in_words(days[0]) if best else f"several years fit: {years}"
        return ArticleDate(best, days[0], latest, (*evidence, Evidence("solve-year", "", 0, 0, fit)))

    # ------------------------------------------------------------ a weekday and a date that tell of one occasion
    def _by_weekday_link(self, page: Page) -> ArticleDate | None:
        """The same two people beside a bare weekday in one sentence and beside a day and month in another: one day."""
        tried = set()
        for dated, told, people in page.same_occasions():
            month, day = self._month_day(dated, page)
            weekday = self._resolver.weekday_number(told.found.fields["weekday"])
            if (month, day, weekday) in tried:
                continue
            tried.add((month, day, weekday))
            names = " and ".join(sorted(self._table.actors[person].name for person in people))
            evidence = (
                page.evidence("same-occasion", dated, f"tells of {names}"),
                page.evidence("same-occasion", told, f"tells of {names} too, so it is the same day"),
            )
            found = self._solve(Clue(month, day, frozenset((weekday,)), _WEEK, evidence, certain=True), page)
            if found and found.best:
                return self._week_after(found, page)
        return None

    def _week_after(self, found: ArticleDate, page: Page) -> ArticleDate:
        """Narrows by "last week, on May 3": the article lies in the week after that day's."""
        assert found.best and found.earliest and found.latest
        for week, dated in zip(page.placed, page.placed[1:], strict=False):
            word = week.found.fields.get("tale") or week.found.fields.get("mod") or ""
            days = self._days_before(dated, found, page) if _tells_week_of(week, dated) and word in _WEEKS_ON else []
            if not days:
                continue
            monday, sunday = calendar.week_of(calendar.shift_days(max(days), 7 * _WEEKS_ON[word]) or max(days))
            if monday <= found.latest and found.earliest <= sunday:
                says = f"'{word} week' holds {in_words(max(days))}, so it was written from {monday} to {sunday}"
                bounds = max(found.earliest, monday), min(found.latest, sunday)
                return ArticleDate(
                    max(found.best, monday), *bounds, (*found.evidence, page.evidence("week", dated, says))
                )
        return found

    def _days_before(self, dated: Placed, found: ArticleDate, page: Page) -> list[date]:
        assert found.best and found.latest
        month, day = self._month_day(dated, page)
        days = (calendar.valid_day(year, month, day) for year in (found.best.year - 1, found.best.year))
        return [day for day in days if day and day <= found.latest]

    # ------------------------------------------------------------ a full date told as news
    def _by_dated_news(self, page: Page) -> ArticleDate | None:
        """A day that the head gives in full ("Friday, May 14, 2010"), where the news is told of that weekday or the next."""
        told, (weekdays, evidence) = page.dated_news(), page.news_weekday
        if told is None or not weekdays or weighing.speaks_against(page, told[0]):
            return None
        days = (told[0], calendar.shift_days(told[0], 1) or told[0])
        best = next((day for day in days if day.isoweekday() in weekdays), None)
        if best is None or best > self._today:
            return None
        latest = min(calendar.shift_days(best, _WEEK) or best, self._today)
        return ArticleDate(best, told[0], latest, (told[1], *evidence))

    # ------------------------------------------------------------ no day at all
    def _by_month(self, page: Page) -> ArticleDate | None:
        """A month told in the past without its year, after a date with one: the article lies within a year of that month."""
        floor = page.floor
        if floor is None:
            return None
        for item in reversed(page.placed):
            if (
                item.found.means != "month"
                or "year" in item.found.fields
                or item.block.part is not Part.BODY
                or item.found.begin < floor[1].begin
            ):
                continue
            if {"mod", "tale"} & set(item.found.fields) or page.is_future(item):
                continue
            month = int(self._resolver.resolve(item.found, page.text, nowhere()).value[5:7])
            titled = [term for term in page.terms if term.is_titled]
            present = [term for term in titled if item.sentence[0] <= term.evidence.begin < item.sentence[1]] or titled
            years = [
                year for year in range(floor[0].year, self._today.year + 1)
                if calendar.month(year, month).first_day > floor[0] and calendar.month(year, month).first_day <= self._today
                and all(term.holds(calendar.month(year, month).first_day, calendar.month_end(year, month)) for term in present)
            ]  # fmt: skip
            if len(years) != 1 or not present:
                continue
            earliest = calendar.month(years[0], month).first_day
            latest = calendar.shift_days(calendar.shift_months(earliest, 12) or earliest, -1) or earliest
            evidence = page.evidence(
                "month-in-past", item, f"is told in the past and without a year, so within a year of {earliest:%B %Y}"
            )
            return ArticleDate(
                None, earliest, min(latest, self._today), (floor[1], *(term.evidence for term in present), evidence)
            )
        return None

    def _by_bounds(self, page: Page) -> ArticleDate | None:
        """Where no day speaks: while all the people named held the offices they are given, after what is told as past, and
        before what was added later. One witness alone is too little.
        """
        terms = [term for term in page.terms if term.is_titled and len(term.spans) == 1]
        floor, later = page.floor, weighing.ceiling(page)
        firsts = [*(term.spans[0][0] for term in terms), *([floor[0]] if floor else [])]
        ends = [calendar.shift_days(term.spans[0][1], _LINGER_DAYS) or self._today for term in terms]
        lasts = [*ends, *([later[0]] if later else [])]
        evidence = (*(term.evidence for term in terms), *(known[1] for known in (floor, later) if known))
        if len(evidence) < 2 or not firsts or not lasts:
            return None
        first, last = max(firsts), min(*lasts, self._today)
        if floor and len(terms) == 1 and not later and _looks_back(terms[0], floor, last):
            return None
        return ArticleDate(None, first, last, evidence) if first <= last else None


def _certain(day: date, evidence: Evidence) -> ArticleDate:
    return ArticleDate(day, day, day, (evidence,))


def _looks_back(term: Term, floor: tuple[date, Evidence], last: date) -> bool:
    """Whether one title and the last year told tell of one and the same time gone by."""
    beside = abs(term.evidence.begin - floor[1].end) < _BESIDE_CHARS
    return beside or (last - floor[0]).days < _TERM_DAYS


def _tells_week_of(week: Placed, dated: Placed) -> bool:
    """Whether a week and a day without a year stand side by side."""
    beside = (
        week.found.means == "unit"
        and week.found.fields.get("unit") == "week"
        and dated.found.begin - week.found.end <= 6
    )
    return beside and dated.found.means == "day" and "year" not in dated.found.fields


def _statement(article: Article, stated: DateSpan) -> Evidence:
    if article.corrected_date:
        return Evidence("correction", stated.edtf, 0, 0, f"an editor states {stated.edtf}")
    return Evidence("metadata", stated.edtf, 0, 0, f"the page or its source states {stated.edtf}")


def _within(found: ArticleDate, stated: DateSpan | None, article: Article) -> ArticleDate:
    """What was found, cut to the month or year that the source states."""
    if stated is None:
        return found
    evidence = (_statement(article, stated), *found.evidence)
    earliest, latest = (
        max(found.earliest or stated.first_day, stated.first_day),
        min(found.latest or stated.last_day, stated.last_day),
    )
    if earliest > latest:  # the text contradicts its source: the source dates it, the text does not
        return ArticleDate(None, stated.first_day, stated.last_day, evidence)
    best = found.best if found.best and earliest <= found.best <= latest else None
    return ArticleDate(best, earliest, latest, evidence)

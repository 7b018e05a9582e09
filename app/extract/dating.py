"""The article's own date (document creation time) from what its page says or, failing that, from its text alone.

Order of certainty: metadata; a full date in the head of the page; a day and month (dateline, "on Saturday, January 15", a
caption) whose year is solved for by the weekdays beside it and the tenures of the office holders named; a month told in the
past. Whatever leaves several years open gives an interval and no best day. Years beyond `today` are never tried.

Not handled: evidence that conflicts is dropped as a whole (no best day) rather than weighed piece by piece.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.core import calendar
from app.core.calendar import DateSpan
from app.core.model import Article, ArticleDate, Evidence, Tenure
from app.extract.actors import Named
from app.extract.layout import Block, Part
from app.extract.narrative import Placed
from app.extract.page import Page, Term, nowhere
from app.extract.resolve import Resolver, foreign_day
from app.extract.units import in_words
from app.lexicon.actors import ActorTable

_OLDEST = 1900
_WEEKDAY = 3  # how much the weekday of the news speaks for a year, against
_TITLED = 2  # somebody in the very office that the text gives, and
_UNTITLED = 1  # somebody in any office
_AHEAD = 2  # how much a date that the text calls future speaks against a later year
_WEEK = 6  # a bare weekday told in the past lies at most so many days back
_WEEKS_ON = {"previous": 1, "last": 1, "this": 0}  # weeks from the week named to the one of writing
_SLACK_DAYS = 3  # sources of tenures differ by a few days


@dataclass(frozen=True, slots=True)
class Clue:
    """A day and month near which the article was written: told on it (`reach` 0) or up to `reach` days later.

    `weekdays` are ISO numbers on one of which it should fall, and must where `certain`; empty where none is told.
    """

    month: int
    day: int
    weekdays: frozenset[int]
    reach: int
    evidence: tuple[Evidence, ...]
    certain: bool = False


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
        stated = article.stated_date
        if stated and stated.first_day == stated.last_day:
            says = f"the page or its source states {stated.edtf}"
            return _certain(stated.first_day, Evidence("metadata", stated.edtf, 0, 0, says))
        page = Page(article, text, blocks, placed, actors, self._terms(text, actors), self._resolver, self._today)
        found = (
            self._head_date(page)
            or self._by_clues(page)
            or self._by_weekday_link(page)
            or self._by_month(page)
            or self._by_terms(page)
        )
        return _within(found or ArticleDate(), stated)

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
        return Term(spans, evidence, weight=_TITLED if office else _UNTITLED)

    def _widened(self, tenure: Tenure) -> tuple[date, date]:
        start = tenure.start.first_day if tenure.start else date(_OLDEST, 1, 1)
        end = tenure.end.last_day if tenure.end else self._today
        first, last = calendar.shift_days(start, -_SLACK_DAYS), calendar.shift_days(end, _SLACK_DAYS)
        return first or start, min(last or end, self._today)

    # ------------------------------------------------------------ a full date in the head
    def _head_date(self, page: Page) -> ArticleDate | None:
        """A date with its year in the dateline or a head line that is made of little else, in whatever language."""
        for item in page.date_lines():
            whole = item.found.means in ("iso", "numeric") or (
                item.found.means == "day" and "year" in item.found.fields
            )
            span = self._resolver.resolve(item.found, page.text, nowhere()).span if whole else None
            if span and span.first_day <= self._today:
                return _certain(
                    span.first_day, page.evidence("date-line", item, f"a date line names {in_words(span.first_day)}")
                )
        for begin, end in page.foreign_dates():
            words = page.text[begin:end]
            day = foreign_day(words)
            if day and day <= self._today:
                return _certain(
                    day,
                    Evidence("foreign-date-line", words, begin, end, f"'{words}': a date line names {in_words(day)}"),
                )
        return None

    # ------------------------------------------------------------ a day and month
    def _by_clues(self, page: Page) -> ArticleDate | None:
        """The dateline or stated day and month, else the latest "on Saturday, January 15" told in the past."""
        clue = self._stated_clue(page) or self._dateline_clue(page) or self._weekday_clue(page)
        return self._solve(clue, page) if clue else None

    @staticmethod
    def _stated_clue(page: Page) -> Clue | None:
        if page.article.stated_month_day is None:
            return None
        month, day = page.article.stated_month_day
        evidence = Evidence(
            "metadata", f"XXXX-{month:02d}-{day:02d}", 0, 0, f"the page states month {month}, day {day}, and no year"
        )
        weekdays, more = page.news_weekday()
        return Clue(month, day, weekdays, 0, (evidence, *more))

    def _dateline_clue(self, page: Page) -> Clue | None:
        for item in page.date_lines():
            if item.found.means == "day" and "year" not in item.found.fields:
                month, day = self._month_day(item, page)
                own = self._own_weekday(item)
                weekdays, more = page.news_weekday()
                evidence = (page.evidence("dateline", item, "the dateline gives day and month"), *(() if own else more))
                return Clue(month, day, own or weekdays, 0, evidence, certain=bool(own))
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
        first_year = floor[0].year if floor else _OLDEST
        years = range(first_year, self._today.year + 1)
        days = [day for year in years if (day := calendar.valid_day(year, clue.month, clue.day)) and day <= self._today]
        days = [day for day in days if floor is None or day >= floor[0]]
        if stated := page.article.stated_date:
            days = [day for day in days if stated.first_day <= day <= stated.last_day]
        if clue.certain:
            days = [day for day in days if day.isoweekday() in clue.weekdays]
        ceiling = page.ceiling
        late = [day for day in days if ceiling and day > ceiling]
        scores = {day: _weekday_score(clue, day) + page.in_office(day) - _AHEAD * (day in late) for day in days}
        best = [day for day in days if scores[day] == max(scores.values())]
        if not best or not (page.terms or clue.weekdays):
            return None
        if len(best) > 1 or not self._is_safe(clue, best[0], scores):
            best = self._possible(clue, days, page)
        if not best:
            return None
        held = [term.evidence for term in page.terms if any(term.holds(day) for day in best)]
        told = [floor[1]] if floor else []
        return self._dated(clue, best, [*clue.evidence, *held, *told])

    @staticmethod
    def _possible(clue: Clue, days: Sequence[date], page: Page) -> list[date]:
        """Where no year is clearly best, those that nothing certain speaks against: who holds the titles given, a weekday beside.

        The weekday of the news, which only makes a year likely, narrows nothing where there are titles to go by.
        """
        titled = [term for term in page.terms if term.weight == _TITLED]
        held = {day: sum(term.holds(day) for term in titled) for day in days}
        if titled or clue.certain:
            return [day for day in days if held[day] == max(held.values())]
        return [day for day in days if day.isoweekday() in clue.weekdays]

    @staticmethod
    def _is_safe(clue: Clue, day: date, scores: Mapping[date, int]) -> bool:
        """Whether one year may be told as the answer: the weekday speaks for it, or who was in office does clearly."""
        others = [score for other, score in scores.items() if other != day]
        lead = scores[day] - max(others, default=-_TITLED)
        return lead >= 1 and (day.isoweekday() in clue.weekdays or lead >= _TITLED)

    def _dated(self, clue: Clue, days: Sequence[date], evidence: Sequence[Evidence]) -> ArticleDate:
        latest = min(calendar.shift_days(days[-1], clue.reach) or days[-1], self._today)
        best = days[0] if len(days) == 1 else None
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
            titled = [term for term in page.terms if term.weight == _TITLED]
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

    def _by_terms(self, page: Page) -> ArticleDate | None:
        """Where only titles speak: the days on which all the people named held the offices they are given."""
        terms = [term for term in page.terms if term.weight == _TITLED]
        if len(terms) < 2 or any(len(term.spans) > 1 for term in terms):
            return None
        floor = page.floor
        first = max(term.spans[0][0] for term in terms)
        last = min(term.spans[0][1] for term in terms)
        evidence = [*(term.evidence for term in terms), *([floor[1]] if floor else [])]
        first = max(first, floor[0]) if floor else first
        return ArticleDate(None, first, last, tuple(evidence)) if first <= last else None


def _certain(day: date, evidence: Evidence) -> ArticleDate:
    return ArticleDate(day, day, day, (evidence,))


def _weekday_score(clue: Clue, day: date) -> int:
    """How a candidate's weekday speaks: for it, for a paper of the next morning, or against it."""
    if not clue.weekdays or clue.certain:
        return 0
    if day.isoweekday() in clue.weekdays:
        return _WEEKDAY
    return 1 if (day.isoweekday() - 2) % 7 + 1 in clue.weekdays else -1


def _tells_week_of(week: Placed, dated: Placed) -> bool:
    """Whether a week and a day without a year stand side by side."""
    beside = (
        week.found.means == "unit"
        and week.found.fields.get("unit") == "week"
        and dated.found.begin - week.found.end <= 6
    )
    return beside and dated.found.means == "day" and "year" not in dated.found.fields


def _within(found: ArticleDate, stated: DateSpan | None) -> ArticleDate:
    """What was found, cut to the month or year that the source states."""
    if stated is None:
        return found
    evidence = (
        Evidence("metadata", stated.edtf, 0, 0, f"the page or its source states {stated.edtf}"),
        *found.evidence,
    )
    earliest, latest = (
        max(found.earliest or stated.first_day, stated.first_day),
        min(found.latest or stated.last_day, stated.last_day),
    )
    if earliest > latest:  # the text contradicts its source: the source dates it, the text does not
        return ArticleDate(None, stated.first_day, stated.last_day, evidence)
    best = found.best if found.best and earliest <= found.best <= latest else None
    return ArticleDate(best, earliest, latest, evidence)

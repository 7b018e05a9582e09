"""Five news articles of one winter, and the seeds that retell them: the acts a reader must not miss, on their days."""

import tomllib
from pathlib import Path

import pytest
import yaml

from app.core import calendar, matching
from app.core.model import Article, Mention, Reading, StoredMention
from app.extract.pipeline import Extractor

ROOT = Path(__file__).parents[2]
ARTICLES = ROOT.parent / "shared" / "articles"
GOLD = ROOT.parent / "shared" / "gold" / "articles.yaml"
REAL = pytest.param(
    ARTICLES, marks=pytest.mark.skipif(not GOLD.exists(), reason="the real articles are not in this checkout")
)
YEARS = {1997, 1999, 2010, 2014, 2019, 2021, 2022}  # all that the articles tell of, but for "two decades ago"

ACTS = [
    ("000", "2021-12-15", "present", {"RUS", "USA"}),
    ("000", "2021-12-17", "publish", {"RUS"}),
    ("000", "2022-01-26", "receive", {"RUS", "USA"}),
    ("000", "2022-01-28", None, {"sergey-lavrov", "antony-blinken"}),
    ("002", "2021-12-15", None, {"RUS", "USA"}),
    ("002", "2021-12-17", None, {"RUS"}),
    ("002", "2022-01-26", None, {"RUS", "USA"}),
    ("002", "2022-01-28", "send", {"sergey-lavrov", "antony-blinken"}),
    ("004", "2021-12-17", "release", {"RUS"}),
    ("003", "2022-01-14", None, {"antony-blinken", "jens-stoltenberg"}),
    ("003", "2022-01-14", None, {"sergey-lavrov"}),
    ("001", "2021-12", "send", {"RUS", "USA"}),
    ("001", "[2022-04-01..2022-04-10]", "say", {"john-sullivan"}),
]


def article(path: Path) -> Article:
    """An article of a file: its front matter as the source states it, its text behind it."""
    text = path.read_text(encoding="utf-8")
    if not text.startswith("+++"):
        return Article(path.name, text)
    _, front, body = text.split("+++\n", 2)
    stated = tomllib.loads(front).get("date")
    month_day = (int(stated[5:7]), int(stated[8:10])) if stated else None
    return Article(path.name, body, stated_month_day=month_day)


@pytest.fixture(scope="module", params=[REAL, pytest.param(ROOT / "seeds")], ids=["articles", "seeds"])
def readings(request: pytest.FixtureRequest, extractor: Extractor) -> dict[str, Reading]:
    """The reading of each file by its number."""
    return {path.name[:3]: extractor.read(article(path)) for path in sorted(request.param.glob("0*.txt"))}


def states(one: Mention) -> set[str]:
    return {ref.id for ref in one.actors} | {ref.state for ref in one.actors if ref.state}


@pytest.mark.parametrize(("number", "edtf", "lemma", "actors"), ACTS)
def test_the_act_is_found_on_its_day_with_its_actors(readings, number, edtf, lemma, actors):
    on_that_day = [one for one in readings[number].mentions if one.span and one.span.edtf == edtf]
    fitting = [one for one in on_that_day if actors <= states(one) and lemma in (None, one.trigger.lemma)]
    assert fitting, [(one.trigger.lemma, sorted(states(one))) for one in on_that_day]


@pytest.mark.parametrize(
    ("number", "best", "earliest", "latest"),
    [
        ("000", "2022-02-02", "2022-02-02", "2022-02-02"),
        ("001", None, "2022-04-01", "2023-03-31"),
        ("003", "2022-01-15", "2022-01-15", "2022-01-21"),
        ("004", "2021-12-23", "2021-12-23", "2021-12-23"),
    ],
)
def test_each_article_has_its_own_date(readings, number, best, earliest, latest):
    found = readings[number].article_date
    assert tuple(day and day.isoformat() for day in (found.best, found.earliest, found.latest)) == (
        best,
        earliest,
        latest,
    )


def test_the_article_without_any_date_line_is_of_the_week_of_its_caption(readings):
    found = readings["002"].article_date
    assert found.earliest and found.latest
    assert "2022-02-01" <= found.earliest.isoformat() <= found.latest.isoformat() <= "2022-02-07"


def test_no_date_is_in_a_wrong_year(readings):
    found = {
        (number, timex.text, timex.span.edtf)
        for number, reading in readings.items()
        for timex in reading.timexes
        if timex.span
        and "decades" not in timex.text
        and not YEARS & {timex.span.first_day.year, timex.span.last_day.year}
    }
    assert found == set()


def test_no_act_is_dated_after_the_article_that_tells_it_as_done(readings):
    for number, reading in readings.items():
        latest = reading.article_date.latest
        late = [one.title for one in reading.mentions if one.span and latest and one.span.first_day > latest]
        assert (number, late) == (number, [])


def test_the_reports_of_one_act_are_one_event(readings):
    stored = [StoredMention(number, None, one) for number, reading in readings.items() for one in reading.mentions]
    drafts = matching.cluster(stored)
    together = {
        (draft.span.edtf, frozenset(one.article_key for one in draft.mentions))
        for draft in drafts
        if len({one.article_key for one in draft.mentions}) > 1
    }
    days = {edtf for edtf, numbers in together if {"000", "002"} <= numbers}
    assert {"2021-12-15", "2021-12-17", "2022-01-26", "2022-01-28"} <= days


@pytest.mark.skipif(not GOLD.exists(), reason="the real articles are not in this checkout")
def test_every_wanted_act_of_the_analyst_s_list_has_a_mention_of_its_date(extractor):
    missing = []
    for entry in yaml.safe_load(GOLD.read_text(encoding="utf-8"))["articles"]:
        mentions = extractor.read(article(ARTICLES / entry["file"])).mentions
        for event in entry["events"]:
            if not event.get("core") or event.get("optional"):
                continue
            span = calendar.parse(str(event["date"]))
            if not any(
                one.span and (one.span.first_day, one.span.last_day) == (span.first_day, span.last_day)
                for one in mentions
            ):
                missing.append((entry["file"][:3], str(event["date"]), event["what"]))
    assert missing == []

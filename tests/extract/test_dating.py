from datetime import date

import pytest

from app.core import calendar
from app.core.model import Article, ArticleDate, Evidence
from app.extract.pipeline import Extractor
from tests.extract.conftest import Desk

Bounds = tuple[str | None, str | None, str | None]


def dated(desk: Desk, text: str, *, edtf: str | None = None, month_day: tuple[int, int] | None = None) -> Bounds:
    """Best day, earliest and latest, of an article."""
    found = desk.read(text, edtf=edtf, month_day=month_day).article_date
    best, earliest, latest = (day and day.isoformat() for day in (found.best, found.earliest, found.latest))
    return best, earliest, latest


def rules(desk: Desk, text: str, **stated: str) -> list[str]:
    return [evidence.rule for evidence in desk.read(text, **stated).article_date.evidence]


def on(day: str) -> Bounds:
    return day, day, day


# ---------------------------------------------------------------- metadata
def test_a_day_stated_by_the_source_wins_over_everything_in_the_text(desk):
    text = "PARIS, May 3, 2015 (AFP) - France and Germany spoke on Monday."
    assert desk.read(text, edtf="2022-02-02").article_date == ArticleDate(
        date(2022, 2, 2), date(2022, 2, 2), date(2022, 2, 2),
        (Evidence("metadata", "2022-02-02", 0, 0, "the page or its source states 2022-02-02"),),
    )  # fmt: skip


def test_a_month_stated_by_the_source_bounds_the_article(desk):
    assert dated(desk, "France and Germany spoke on Friday.", edtf="2022-01") == (None, "2022-01-01", "2022-01-31")


def test_a_month_stated_by_the_source_leaves_what_the_text_says_inside_it(desk):
    text = "PARIS, May 3, 2015 (AFP) - France and Germany spoke on Monday."
    assert dated(desk, text, edtf="2015-05") == on("2015-05-03")


def test_a_source_that_contradicts_its_text_dates_the_article(desk):
    text = "PARIS, May 3, 2015 (AFP) - France and Germany spoke on Monday."
    assert dated(desk, text, edtf="2022-01") == (None, "2022-01-01", "2022-01-31")


def test_a_year_stated_by_the_source_leaves_one_day_for_a_date_without_a_year(desk):
    assert dated(desk, "Britain and France spoke on Saturday, January 15.", edtf="2022") == (
        "2022-01-15", "2022-01-15", "2022-01-21",
    )  # fmt: skip


def test_a_day_and_month_stated_without_a_year_are_solved_by_the_weekday_and_the_offices(desk):
    text = "US Secretary of State Antony Blinken and White House Press Secretary Jen Psaki spoke on Sunday."
    assert dated(desk, text, month_day=(1, 16)) == on("2022-01-16")


def test_a_page_may_be_of_the_morning_after_its_news_so_that_two_years_stay_open(desk):
    text = "US Secretary of State Antony Blinken spoke on Sunday."
    assert dated(desk, text, month_day=(1, 16)) == (None, "2022-01-16", "2023-01-16")


def test_a_stated_day_that_no_year_has_dates_nothing(desk):
    assert dated(desk, "Britain and France spoke.", month_day=(2, 30)) == (None, None, None)


# ---------------------------------------------------------------- a full date in the head
@pytest.mark.parametrize(
    "head",
    [
        "PARIS, May 3, 2015 (AFP) - ",
        "PARIS, 3 May 2015 /AGENCY/ - ",
        "Published on 3 May 2015\n\n",
        "Envoys meet\n\nBy Anna Example\n\nUpdated May 3, 2015 10:30 GMT\n\n",
        "2015-05-03\n\n",
        "03.05.2015\n\n",
    ],
)
def test_a_full_date_in_the_head_dates_the_article(desk, head):
    assert dated(desk, head + "France and Germany spoke on Monday.") == on("2015-05-03")


@pytest.mark.parametrize(
    "text",
    [
        "Copyright 2019 Example News. France and Germany spoke on Monday.",
        "France and Germany spoke of the pact of May 3, 2015 on Monday.",
        "PARIS, May 3, 2031 (AFP) - France and Germany spoke on Monday.",
    ],
)
def test_a_copyright_year_an_old_pact_and_a_date_to_come_do_not_date_the_article(desk, text):
    assert dated(desk, text)[0] is None


STORY = "\n\n".join(["France and Germany spoke on Monday about the security of Europe."] * 5)
NEWS = "France and Germany spoke on Monday about the security of Europe."  # 4 May 2015 was a Monday


@pytest.mark.parametrize(
    "text",
    [
        f"May 4, 2015 - 6:39 AM | by: Anna Example {NEWS}",
        f"Anna Example | 09:06 UK time, Monday, 4 May 2015 {NEWS}",
        f"{NEWS}\n\nBy Anna B. Example | May 4, 2015; 3:11 PM ET",
        f"{NEWS}\n\nPosted: 4 May 2015",
        f"{NEWS}\n\nLast updated 4 May 2015",
    ],
)
def test_a_stamp_at_the_head_or_foot_of_the_page_dates_the_article(desk, text):
    assert dated(desk, text) == on("2015-05-04")


def test_a_paper_prints_what_may_be_of_the_day_before(desk):
    text = f"{NEWS}\n\nA version appeared on p8 of the paper on 08.15 BST on Tuesday 5 May 2015"
    assert dated(desk, text) == ("2015-05-05", "2015-05-04", "2015-05-05")


@pytest.mark.parametrize(
    ("lost", "rule"),
    [("Last updated 7 June 2019", "updated"), ("By Bea Example | June 7, 2019; 3:11 PM ET", "byline")],
)
def test_the_weekday_and_the_years_told_choose_between_stamps_far_apart_and_the_loser_says_so(desk, lost, rule):
    text = f"{STORY} They had met in April 2015.\n\n{lost}\n\nLast updated 4 May 2015"
    assert dated(desk, text) == on("2015-05-04")
    evidence = desk.read(text).article_date.evidence
    assert [one.rule for one in evidence] == ["updated", rule]
    assert evidence[1].says.endswith("June 7, 2019; outweighed, so it does not date the article")


def test_stamps_that_nothing_chooses_between_date_nothing(desk):
    text = "France and Germany spoke.\n\nLast updated 4 May 2015\n\nLast updated 7 June 2019"
    assert dated(desk, text)[0] is None


def test_the_stamps_of_a_list_of_articles_date_nothing(desk):
    text = "\n\n".join(
        f"{STORY}\n\nBy Anna Example | {day}; 3:11 PM ET" for day in ("May 4, 2015", "July 6, 2015", "May 2, 2016")
    )
    assert dated(desk, text)[0] is None


@pytest.mark.parametrize("clock", ["Updated: Thu May 03 2012 06:46:00", "Thursday, May 3, 2012"])
def test_a_page_clock_loses_to_a_dateline(desk, clock):
    text = f"{clock}\n\nTRIPOLI, Feb 21 (Agency) - US Secretary of State Antony Blinken spoke on Tuesday. Trade fell in 2022."
    assert dated(desk, text) == on("2023-02-21")
    assert "outweighed" in desk.read(text).article_date.evidence[-1].says


@pytest.mark.parametrize("line", ["Published: May 4, 2015", "May 4, 2015"])
def test_a_page_clock_loses_to_an_earlier_date_line_of_the_head(desk, line):
    assert dated(desk, f"Sunday, June 7, 2020\n\nEnvoys meet\n\n{line}\n\nFrance and Germany spoke.") == on(
        "2015-05-04"
    )


def test_a_later_teaser_with_an_old_date_does_not_outweigh_the_head(desk):
    text = f"May 4, 2015\n\n{STORY}\n\nUpdated: 3 June 2011"
    assert dated(desk, text) == on("2015-05-04")


def test_an_update_after_the_offices_named_were_left_does_not_date_the_article(desk):
    text = "{}US Secretary of State Antony Blinken met NATO Secretary General Jens Stoltenberg."
    assert dated(desk, text.format("Updated May 7, 2026\n\n"))[0] is None
    assert dated(desk, text.format("Updated May 3, 2023\n\n")) == on("2023-05-03")


def test_news_that_its_head_dates_in_full_dates_the_article_to_the_week_after(desk):
    caption = "Envoys speak in Rome, Monday, May 4, 2015.\n\n"
    assert dated(desk, caption + NEWS) == ("2015-05-04", "2015-05-04", "2015-05-10")
    assert dated(desk, caption + "France and Germany spoke on Friday.")[0] is None


# ---------------------------------------------------------------- solving for the year
def test_the_year_of_a_dateline_is_solved_by_the_weekday_and_the_office_held(desk):
    text = "MOSCOW, December 23. /TASS/. National Security Advisor Jake Sullivan was told of it on Thursday."
    assert dated(desk, text) == on("2021-12-23")
    assert rules(desk, text) == ["dateline", "news-weekday", "tenure", "solve-year"]


def test_the_evidence_of_a_dateline_quotes_the_words_it_stands_on(desk):
    text = "MOSCOW, December 23. /TASS/. National Security Advisor Jake Sullivan was told of it on Thursday."
    dateline, weekday, tenure, solved = desk.read(text).article_date.evidence
    assert (dateline.text, weekday.text, solved.text) == ("December 23", "Thursday", "")
    assert tenure.text.endswith("National Security Advisor Jake Sullivan")
    assert solved.says.startswith("only one year fits") and solved.says.endswith("Thursday, December 23, 2021")


@pytest.mark.parametrize(
    "dateline",
    [
        "MOSCOW, February 2. /TASS/. ",
        "WASHINGTON, Feb 2 (Reuters) - ",
        "LONDON, February 2 (AFP) - ",
        "WASHINGTON, Feb. 2 \N{EM DASH} ",
        "KYIV, February 2 /Ukrinform/. ",
        "BEIJING, Feb. 2 (Xinhua) -- ",
        "GENEVA, 2 February (UN News) - ",
    ],
)
def test_the_datelines_of_several_agencies_are_read(desk, dateline):
    text = dateline + "US Secretary of State Antony Blinken spoke on Wednesday."
    assert dated(desk, text) == on("2022-02-02")


def test_a_weekday_beside_a_day_and_month_dates_the_article_to_the_week_after_it(desk):
    text = "US Secretary of State Antony Blinken visited Kyiv on Saturday, January 15."
    assert dated(desk, text) == ("2022-01-15", "2022-01-15", "2022-01-21")


def test_a_weekday_date_to_come_does_not_date_the_article(desk):
    text = "US Secretary of State Antony Blinken will visit Kyiv on Saturday, January 15."
    assert dated(desk, text)[0] is None


def test_several_years_that_fit_leave_an_interval_and_no_best_day(desk):
    best, earliest, latest = dated(desk, "MOSCOW, February 2. /TASS/. Officials met on Wednesday.")
    assert (best, latest) == (None, "2022-02-02")
    assert earliest is not None and earliest < "2000"


def test_a_year_told_in_the_past_is_a_floor(desk):
    text = "MOSCOW, February 2. /TASS/. Officials met on Wednesday.\n\nThey had not met since the crisis of {}."
    best, earliest, _ = dated(desk, text.format("2006, when it had failed"))
    assert (best, earliest) == (None, "2006-02-02")
    assert dated(desk, text.format("2014, when it had failed")) == on("2022-02-02")


def test_a_year_told_of_near_ones_solves_the_year_and_one_told_as_far_back_does_not(desk):
    text = "ROME, May 8 (Agency) - NATO Secretary General Jens Stoltenberg spoke on Friday. {}"
    assert dated(desk, text.format("Trade fell in 2020 as in 2018.")) == on("2020-05-08")
    assert dated(desk, text.format("It was the most since 2015.")) == (None, "2015-05-08", "2020-05-08")
    assert dated(desk, text.format("Trade fell.")) == (None, "2015-05-08", "2020-05-08")


@pytest.mark.parametrize("year", ["by 2024", "until 2030", "for 2025"])
def test_a_year_to_come_is_no_floor(desk, year):
    text = f"MOSCOW, February 2. /TASS/. US Secretary of State Antony Blinken spoke on Wednesday. The plan runs {year}."
    assert dated(desk, text) == on("2022-02-02")


def test_today_is_a_ceiling(loaded):
    text = "MOSCOW, February 2. /TASS/. Officials met on Wednesday, as they had since 2012."
    for today, latest in ((date(2026, 11, 22), date(2022, 2, 2)), (date(2021, 1, 1), date(2011, 2, 2))):
        found = Extractor(lexicon=loaded, today=today).read(Article("one.txt", text)).article_date
        assert found.latest is None or found.latest <= today
        assert found.best is None or found.best <= latest


@pytest.mark.parametrize("word", ["Former", "Ex-"])
def test_former_office_holders_date_nothing(desk, word):
    glue = "" if word == "Ex-" else " "
    text = f"{word}{glue}US Secretary of State Antony Blinken visited Kyiv on Saturday, January 15."
    assert dated(desk, text)[0] is None


def test_a_dateline_of_a_day_that_no_calendar_has_dates_nothing(desk):
    assert dated(desk, "MOSCOW, February 31. /TASS/. Officials met on Wednesday.") == (None, None, None)


# ---------------------------------------------------------------- one occasion told twice
def test_a_caption_dates_the_weekday_on_which_the_text_tells_the_same_two_people(desk):
    text = (
        "President Vladimir Putin spoke with Hungary's Prime Minister Viktor Orbán on Tuesday about the security of Europe.\n\n"
        "US Secretary of State Antony Blinken listened to what they had to say.\n\n"
        "Vladimir Putin greets Viktor Orbán on February 1. Press Service\n"
    )
    assert dated(desk, text)[:2] == ("2022-02-01", "2022-02-01")
    assert rules(desk, text)[:2] == ["same-occasion", "same-occasion"]


def test_the_previous_week_beside_a_day_narrows_the_article_to_the_week_after(desk):
    text = (
        "President Vladimir Putin spoke with Hungary's Prime Minister Viktor Orbán on Tuesday about the security of Europe.\n\n"
        "US Secretary of State Antony Blinken had sent his answers the previous week - on January 26.\n\n"
        "Vladimir Putin greets Viktor Orbán on February 1. Press Service\n"
    )
    assert dated(desk, text) == ("2022-02-01", "2022-02-01", "2022-02-06")


# ---------------------------------------------------------------- no day at all
def test_a_month_told_in_the_past_without_a_year_dates_the_article_to_a_year_from_it(desk):
    text = (
        "In December 2021 Russia sent NATO its proposals, and nothing came of them.\n\n"
        "In early April, the US Ambassador in Moscow, John Sullivan, said the talks should go on."
    )
    assert dated(desk, text) == (None, "2022-04-01", "2023-03-31")
    assert rules(desk, text) == ["year-told", "tenure", "month-in-past"]


def test_a_month_to_come_does_not_date_the_article(desk):
    text = (
        "In December 2021 Russia sent NATO its proposals, and nothing came of them.\n\n"
        "In early April, the US Ambassador in Moscow, John Sullivan, will say that the talks should go on."
    )
    assert "month-in-past" not in rules(desk, text)


def test_where_only_titles_speak_the_article_lies_where_all_of_them_were_held(desk):
    text = "US Secretary of State Antony Blinken met NATO Secretary General Jens Stoltenberg."
    best, earliest, latest = dated(desk, text)
    assert best is None
    assert earliest and latest and "2021-01" < earliest < "2021-02" and "2024-09" < latest < "2024-11"


def test_one_title_alone_is_too_little(desk):
    assert dated(desk, "US Secretary of State Antony Blinken spoke.") == (None, None, None)


def test_nothing_dates_a_text_without_any_clue(desk):
    assert desk.read("Russia and NATO spoke.").article_date == ArticleDate()


def test_one_title_and_a_year_told_as_past_bound_the_article(desk):
    text = "US Secretary of State Antony Blinken spoke of the crisis and of its many causes.\n\n{}"
    assert dated(desk, text.format("They had met in June 2022.")) == (None, "2022-06-01", "2025-02-17")
    assert dated(desk, text.format("They had met in June 2024.")) == (None, None, None)  # it may all be looked back on


def test_what_was_added_later_bounds_the_article(desk):
    text = "Russia and NATO spoke in June 2015 in Vienna.\n\n{}"
    assert dated(desk, text.format("This article was amended on 8 July 2015.")) == (None, "2015-06-01", "2015-07-08")
    assert rules(desk, text.format("This article was amended on 8 July 2015.")) == ["year-told", "amended"]
    assert dated(desk, text.format("The treaty was amended on 8 July 2015."))[2] is None


# ---------------------------------------------------------------- bounds
@pytest.mark.parametrize("edtf", [None, "2022", "2022-02", "../2022-01-20", "2022-01-10/2022-01-20"])
@pytest.mark.parametrize(
    "text",
    [
        "MOSCOW, February 2. /TASS/. Officials met on Wednesday.",
        "US Secretary of State Antony Blinken visited Kyiv on Saturday, January 15.",
        "US Secretary of State Antony Blinken met NATO Secretary General Jens Stoltenberg.",
        "PARIS, May 3, 2015 (AFP) - France and Germany spoke on Monday.",
        "Russia and NATO spoke.",
    ],
)
def test_a_best_day_lies_between_earliest_and_latest_and_inside_what_the_source_states(desk, text, edtf):
    found = desk.read(text, edtf=edtf).article_date
    days = [day for day in (found.earliest, found.best, found.latest) if day]
    assert days == sorted(days)
    assert (found.earliest is None) == (found.latest is None)
    if edtf and days:
        stated = calendar.parse(edtf)
        assert all(stated.first_day <= day <= stated.last_day for day in days)

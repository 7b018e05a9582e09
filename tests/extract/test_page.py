from datetime import date

import pytest

from app.core.model import Article, ArticleDate
from app.extract import layout, narrative, page
from app.extract.layout import Part
from app.extract.page import Page, nowhere
from tests.extract.conftest import TODAY, WRITTEN, Desk, between, known

BODY = "Russia sent the United States a note about the security of Europe."


def laid_out(desk: Desk, text: str) -> Page:
    blocks = layout.lay_out(text, desk.lexicon.boilerplate.is_boilerplate)
    placed = narrative.place(text, blocks, desk.finder.find(text))
    return Page(Article("one.txt", text), text, blocks, placed, desk.named(text), (), desk.resolver, TODAY)


def news_begin(desk: Desk, line: str) -> int:
    [item] = (seen := laid_out(desk, line)).blocks
    return page.news_begin(line, item, seen.placed)


def date_lines(desk: Desk, text: str) -> list[str]:
    return [text[item.found.begin : item.found.end] for item in laid_out(desk, text).date_lines()]


# ---------------------------------------------------------------- date lines
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("NEW YORK, February 2. /TASS/. " + BODY, ["February 2"]),
        ("MOSCOW, December 23. /TASS/. " + BODY, ["December 23"]),
        ("LONDON, Jan 12 (Reuters) - " + BODY, ["Jan 12"]),
        ("PARIS, May 3, 2015 (AFP) - " + BODY, ["May 3, 2015"]),
        ("KYIV, Jan. 5 \N{EM DASH} " + BODY, ["Jan. 5"]),
        ("ROME/PARIS, 5 January 2022 -- " + BODY, ["5 January 2022"]),
        ("Moscow waits\n\nPublished on 3 March 2015\n\n" + BODY, ["3 March 2015"]),
        ("By Anna Example\n\nUpdated 3 March 2015 10:30 GMT\n\n" + BODY, ["3 March 2015", "10:30 GMT"]),
        ("3 March 2015\n\n" + BODY, ["3 March 2015"]),
        ("Moscow | March 3, 2015 at 10:30 | World\n\n" + BODY, ["March 3, 2015", "10:30"]),
    ],
)
def test_a_date_behind_a_place_or_on_a_short_line_of_the_head_dates_the_page(desk, text, expected):
    assert date_lines(desk, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Russia sent a note on January 26.",
        "On January 26, Russia sent a note to its partners.",
        "Moscow waits for the talks of January 26\n\n" + BODY,
        f"{BODY}\n\n{BODY}\n\n{BODY}\n\nMOSCOW, February 2. /TASS/. {BODY}",
    ],
)
def test_a_date_in_the_running_text_does_not_date_the_page(desk, text):
    assert date_lines(desk, text) == []


@pytest.mark.parametrize(
    ("line", "news"),
    [
        ("ROME, May 2. /AGENCY/. Italy spoke.", "Italy spoke."),
        ("NEW YORK, February 2. /TASS/. Russia spoke.", "Russia spoke."),
        ("LONDON (AP) -- Britain spoke.", "Britain spoke."),
        ("LONDON, Jan 12 (Reuters) - Britain spoke.", "Britain spoke."),
        ("WASHINGTON, March 3, 2015 (AFP) - Cuba spoke.", "Cuba spoke."),
        ("KYIV \N{EM DASH} Ukraine spoke.", "Ukraine spoke."),
        ("WARSAW, 22 February - Poland spoke.", "Poland spoke."),
        ("BRASILIA, 26 Oct (Agencia Planalto) - Peru spoke.", "Peru spoke."),
        ("ROME, May 4, 1999 (X) - Italy spoke.", "Italy spoke."),
        ("MINSK, Friday, August 14, 2020 \N{EM DASH} Belarus spoke.", "Belarus spoke."),
        ("Ukraine spoke.", "Ukraine spoke."),
        ("On May 5 (a Monday) Ukraine spoke.", "On May 5 (a Monday) Ukraine spoke."),
        ("In March 2015 - a year later - Ukraine spoke.", "In March 2015 - a year later - Ukraine spoke."),
    ],
)
def test_the_news_of_a_block_begins_behind_its_dateline(desk, line, news):
    assert line[news_begin(desk, line) :] == news


@pytest.mark.parametrize("dash", ["-", "--", "\N{EN DASH}", "\N{EM DASH}"])
def test_a_name_before_an_aside_is_no_dateline(desk, dash):
    line = f"Russia {dash} the largest of them {dash} spoke."
    assert news_begin(desk, line) == 0


# ---------------------------------------------------------------- lead, floor, people
def test_the_lead_is_the_first_two_paragraphs_of_the_body(desk):
    text = f"Moscow waits\n\n{BODY}\n\nBy Anna Example\n\n{BODY}\n\n{BODY}"
    assert [block.part for block in laid_out(desk, text).lead] == [Part.BODY, Part.BODY]
    assert laid_out(desk, text).lead[0].begin == 14


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Russia sent a note on Friday.", {5}),
        ("Russia sent a note on Friday. Its envoy left on Monday.", {5}),
        ("Russia sent a note on Friday. Its envoy left on Saturday.", {6}),
        ("Russia sent a note on Friday, it was said today.", {5, 6}),
        ("Russia will send a note on Friday.", set()),
        ("Russia sent a note last Friday.", set()),
        ("Russia sent a note.", set()),
    ],
)
def test_the_weekday_of_the_news_is_the_latest_that_it_is_told_of(desk, text, expected):
    assert set(laid_out(desk, text).news_weekday()[0]) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In 2010 they met, and in May 2014 they signed.", date(2014, 5, 1)),
        ("They met in 2010. They will meet in 2024.", date(2010, 1, 1)),
        ("They met in 2010 and must answer by 2024.", date(2010, 1, 1)),
        ("They met in 2010. In 2199 all was well.", date(2010, 1, 1)),
        ("They met on January 26.", None),
    ],
)
def test_the_latest_year_told_as_past_is_a_floor(desk, text, expected):
    floor = laid_out(desk, text).floor
    assert (floor and floor[0]) == expected


def test_the_people_of_a_date_are_those_of_its_sentence(desk):
    text = "Sergei Lavrov met Antony Blinken on Friday. Joe Biden was told on Monday."
    at = laid_out(desk, text)
    assert [at.people(item) for item in at.placed] == [{"sergey-lavrov", "antony-blinken"}, {"joe-biden"}]


def test_nowhere_gives_no_year(desk):
    [found] = desk.finder.find("on January 26")
    assert desk.resolver.resolve(found, "on January 26", nowhere()).value == "XXXX-01-26"
    assert nowhere().dct == ArticleDate()
    assert known(WRITTEN) != between(WRITTEN, TODAY)

from datetime import date

import pytest

from app.core.model import Article, ArticleDate
from app.extract import layout, narrative, page, stamps
from app.extract.layout import Part
from app.extract.page import Page, nowhere
from tests.extract.conftest import TODAY, WRITTEN, Desk, between, known

BODY = "Russia sent the United States a note about the security of Europe."


def laid_out(desk: Desk, text: str) -> Page:
    blocks = layout.lay_out(text, desk.lexicon.boilerplate.is_boilerplate)
    placed = narrative.place(text, blocks, desk.finder.find(text))
    placed = [stamps.without_clock(text, item) for item in placed]
    return Page(Article("one.txt", text), text, blocks, placed, desk.named(text), (), desk.resolver, TODAY)


def news_begin(desk: Desk, line: str) -> int:
    [item] = (seen := laid_out(desk, line)).blocks
    return page.news_begin(line, item, seen.placed)


def date_lines(desk: Desk, text: str) -> list[str]:
    """The days of the date lines, without the clocks that stand alone."""
    lines = [item.found for item in laid_out(desk, text).date_lines() if item.found.means != "clock"]
    return [text[found.begin : found.end] for found in lines]


def stamped(desk: Desk, text: str) -> list[tuple[str, str]]:
    """Each stamp's sort and first day."""
    return [(stamp.sort.name, stamp.first.isoformat()) for stamp in laid_out(desk, text).stamps]


# ---------------------------------------------------------------- date lines
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("NEW YORK, February 2. /TASS/. " + BODY, ["February 2"]),
        ("MOSCOW, December 23. /TASS/. " + BODY, ["December 23"]),
        ("LONDON, Jan 12 (Reuters) - " + BODY, ["Jan 12"]),
        ("PARIS, May 3, 2015 (AFP) - " + BODY, ["May 3, 2015"]),
        ("KYIV, Jan. 5 \N{EM DASH} " + BODY, ["Jan. 5"]),
        ("* Envoys meet * Talks go on By Anna Example ROME, Jan 12 (Agency) - " + BODY, ["Jan 12"]),
        ("Envoys meet -LRB- Adds quotes -RRB- LIMA , Peru , June 29 -LRB- Agency -RRB- - " + BODY, ["June 29"]),
        ("ROME/PARIS, 5 January 2022 -- " + BODY, ["5 January 2022"]),
        ("Moscow waits\n\nPublished on 3 March 2015\n\n" + BODY, ["3 March 2015"]),
        ("By Anna Example\n\nUpdated 3 March 2015 10:30 GMT\n\n" + BODY, ["3 March 2015"]),
        ("3 March 2015\n\n" + BODY, ["3 March 2015"]),
        ("Moscow | March 3, 2015 at 10:30 | World\n\n" + BODY, ["March 3, 2015"]),
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
        "Agency June 17: Ships leave the harbour\n\n" + BODY,
        "The note reached the leaders of NATO on January 26 - a day after it was sent, as its envoys say in private talks.",
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


# ---------------------------------------------------------------- stamps
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PARIS, May 3, 2015 (AFP) - " + BODY, [("DATELINE", "2015-05-03")]),
        ("Thursday, May 7, 2015; Page A03 " + BODY, [("HEAD", "2015-05-07")]),
        ("Anna Example | 09:06 UK time, Thursday, 7 May 2015 " + BODY, [("HEAD", "2015-05-07")]),
        ("June 28, 2015 - 6:39 AM | by: Anna Example " + BODY, [("HEAD", "2015-06-28")]),
        ("March 31, 2015 | By Anna Example, special to the paper " + BODY, [("HEAD", "2015-03-31")]),
        ("\n\n".join([BODY] * 5) + "\n\nBy Anna B. Example | June 15, 2015; 3:11 PM ET", [("BYLINE", "2015-06-15")]),
        (BODY + "\n\nPublished: 10:12 GMT, 3 June 2015", [("PUBLISHED", "2015-06-03")]),
        (
            BODY + "\n\nA version appeared on p8 of the paper on 18.15 BST on Friday 5 June 2015",
            [("PRINTED", "2015-06-05")],
        ),
        (BODY + "\n\nLast updated 3 June 2015", [("UPDATED", "2015-06-03")]),
        (BODY + " This article was amended on 8 June 2015.", [("AMENDED", "2015-06-08")]),
        (BODY + "\n\nPosted by: reader7 | June 9, 2015 3:35 PM | Report abuse", [("COMMENT", "2015-06-09")]),
        (BODY + " At 7:24 pm on 9 June 2015, reader7 wrote: well said.", [("COMMENT", "2015-06-09")]),
        (BODY + " Accessed 9 June 2015.", [("VISITED", "2015-06-09")]),
    ],
)
def test_a_stamp_is_told_by_the_words_clocks_and_bars_around_it(desk, text, expected):
    assert stamped(desk, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        BODY + " The report published on June 3, 2015 says so.",
        BODY + " Published on June 3, 2015, the report says so.",
        BODY + " The body was retrieved on June 3, 2015 in the hills.",
        BODY + " The minister corrected himself on June 3, 2015 in Rome.",
        BODY + " On June 3, 2015, the minister wrote: no talks.",
        "In this image taken from video at 12:23 a.m. EDT, Saturday May 2, 2015 a ship leaves. " + BODY,
        BODY + "\n\n, Thursday, May 7, 2015.",
        BODY + "\n\nAvailable until 12:00 AM Thu, 1 Jan 2015",
        "PARIS, May 3, 2031 (AFP) - " + BODY,
    ],
)
def test_a_date_of_the_story_or_of_a_picture_is_no_stamp(desk, text):
    assert stamped(desk, text) == []


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
    assert set(laid_out(desk, text).news_weekday[0]) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In 2010 they met, and in May 2014 they signed.", date(2014, 5, 1)),
        ("They met in 2010. They will meet in 2024.", date(2010, 1, 1)),
        ("They met in 2010 and must answer by 2024.", date(2010, 1, 1)),
        ("They met in 2010. In 2199 all was well.", date(2010, 1, 1)),
        ("They met on January 26.", None),
        ("They met in 2010 and spoke of the 2012 budget.", date(2010, 1, 1)),
        ("They met in 2010 of a trial set for May 2012.", date(2010, 1, 1)),
        ("They met in 2010 at 2000 GMT.", date(2010, 1, 1)),
        ("They met in 2010. This article was amended on 8 June 2015.", date(2010, 1, 1)),
    ],
)
def test_the_latest_year_told_as_past_is_a_floor(desk, text, expected):
    floor = laid_out(desk, text).floor
    assert (floor and floor[0]) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The plan will run until 2024.", date(2024, 12, 31)),
        ("It will be the worst since 2005.", None),
        ("They met in 2010. The plan would have run until 2004.", None),
    ],
)
def test_a_term_to_come_is_a_ceiling(desk, text, expected):
    assert laid_out(desk, text).ceiling == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Envoys speak in Rome, Friday, May 8, 2015.", date(2015, 5, 8)),
        ("May 8, 2015: Envoys speak in Rome.", date(2015, 5, 8)),
        ("Envoys speak in Rome, May 8, 2015.", None),
        ("Envoys speak in this Friday, May 8, 2015 file photo.", None),
        ("Envoys will speak in Rome on Friday, May 8, 2015.", None),
        ("Envoys speak in Rome, Friday, May 8, 2015. They had met in June 2016.", None),
        (f"{BODY * 13} Envoys spoke in Rome on Friday, May 8, 2015.", None),
    ],
)
def test_a_head_dates_its_news_with_weekday_and_year(desk, text, expected):
    found = laid_out(desk, text).dated_news()
    assert (found and found[0]) == expected


def test_the_people_of_a_date_are_those_of_its_sentence(desk):
    text = "Sergei Lavrov met Antony Blinken on Friday. Joe Biden was told on Monday."
    at = laid_out(desk, text)
    assert [at.people(item) for item in at.placed] == [{"sergey-lavrov", "antony-blinken"}, {"joe-biden"}]


def test_nowhere_gives_no_year(desk):
    [found] = desk.finder.find("on January 26")
    assert desk.resolver.resolve(found, "on January 26", nowhere()).value == "XXXX-01-26"
    assert nowhere().dct == ArticleDate()
    assert known(WRITTEN) != between(WRITTEN, TODAY)


def test_an_age_behind_a_name_is_no_agency(desk):
    assert news_begin(desk, "Denmark's Prime Minister Mette Frederiksen (47) told parliament.") == 0

import pytest

from app.formats import words
from tests.formats import samples


@pytest.mark.parametrize(
    ("edtf", "shown"),
    [
        ("2022-01-26", "January 26, 2022"),
        ("2021-12", "December 2021"),
        ("0001", "0001"),
        ("201X", "the years 2010 to 2019"),
        ("19XX", "the years 1900 to 1999"),
        ("2021-24", "the winter that began in 2021"),
        ("2021-34", "the second quarter of 2021"),
        ("2021-12~", "about December 2021"),
        ("2021-12-03?", "perhaps December 3, 2021"),
        ("[2022-04-01..2022-04-10]", "between April 1, 2022 and April 10, 2022"),
        ("2022-01-10/2022-01-13", "January 10, 2022 to January 13, 2022"),
        ("../2022-01", "until January 2022"),
        ("2022-01/", "from January 2022 on"),
    ],
)
def test_a_date_is_told_in_words(edtf: str, shown: str) -> None:
    assert words.when(edtf) == shown


@pytest.mark.parametrize(
    ("edtf", "known"),
    [
        ("2021-12", "known to the month"),
        ("[2022-04-01..2022-04-10]", "it is one day of these"),
        ("2022-01-10/2022-01-13", "it lasted so long"),
        ("../2022-01", "its first day is not known"),
        ("2022-01/..", "its last day is not known"),
    ],
)
def test_the_words_say_what_is_not_known_of_a_date(edtf: str, known: str) -> None:
    assert words.certainty(samples.event(edtf)) == known


def test_a_date_of_the_articles_own_and_a_date_in_dispute_are_said_to_be_so() -> None:
    assert words.certainty(samples.event(basis="article", conflict=True)) == (
        "known to the day; no report gives a date, so that it is the articles' own; reports give different dates"
    )


def test_an_event_is_told_with_its_date_status_actors_and_sources() -> None:
    event = samples.event("2021-12", reported_by={"id": "kremlin", "name": "Kremlin"}, source_count=3)
    assert words.told(event).splitlines() == [
        "Date: December 2021 (EDTF 2021-12: known to the month)",
        "Status: occurred, according to Kremlin",
        "Actors: United States (source), Russia (target)",
        "Example Agency, 2022-01-27: “The answer was handed over on January 26.” https://news.example/answer?a=1&b=2",
        "Articles that tell it too: 2",
    ]


def test_an_event_without_actors_and_sources_is_told_by_its_date_and_status() -> None:
    bare = samples.event(actors=[], sources=[], source_count=0)
    assert words.told(bare).splitlines() == [
        "Date: January 26, 2022 (EDTF 2022-01-26: known to the day)",
        "Status: occurred",
    ]


@pytest.mark.parametrize(
    "address", [None, "", "javascript:alert(1)", "file:///etc/passwd", "answer.txt", "http://[::1"]
)
def test_only_web_addresses_become_links(address: str | None) -> None:
    assert words.web_address(samples.source(address=address)) is None
    assert words.web_address(samples.source(address="https://a.example/b")) == "https://a.example/b"

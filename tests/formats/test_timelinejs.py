import json
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest

from app.formats import timelinejs
from app.formats.shapes import EventOut
from tests.formats import samples
from tests.formats.samples import CONTEXT


def read(events: list[EventOut], context: Any = CONTEXT) -> Any:
    return json.loads(b"".join(timelinejs.render(events, context)))


def test_an_event_is_a_slide() -> None:
    assert read([samples.event()])["events"] == [
        {
            "unique_id": "e3c1f0a9b7d42",
            "start_date": {"year": 2022, "month": 1, "day": 26},
            "display_date": "January 26, 2022",
            "group": "delivery",
            "text": {
                "headline": '<a href="https://demarche.example/v1/events/e3c1f0a9b7d42">'
                "United States hands a written answer to Russia</a>",
                "text": "<p>occurred; known to the day</p><p>United States (source), Russia (target)</p>"
                '<ul><li><a href="https://news.example/answer?a=1&amp;b=2">Example Agency, 2022-01-27</a>: '
                "<q>The answer was handed over on January 26.</q></li></ul>",
            },
        }
    ]


@pytest.mark.parametrize(
    ("edtf", "start", "end"),
    [
        ("2021-12", {"year": 2021, "month": 12}, None),
        ("2021", {"year": 2021}, None),
        ("201X", {"year": 2010}, {"year": 2019}),
        ("2022-01-10/2022-01-13", {"year": 2022, "month": 1, "day": 10}, {"year": 2022, "month": 1, "day": 13}),
        ("2022-01-10/..", {"year": 2022, "month": 1, "day": 10}, None),
        ("../2022-01-13", {"year": 2022, "month": 1, "day": 13}, None),
        ("0001-01-01", {"year": 1, "month": 1, "day": 1}, None),
    ],
)
def test_a_date_is_as_precise_as_it_is_known(edtf: str, start: dict[str, int], end: dict[str, int] | None) -> None:
    [slide] = read([samples.event(edtf)])["events"]
    assert (slide["start_date"], slide.get("end_date")) == (start, end)


def test_nothing_is_null_and_both_ends_have_the_same_keys() -> None:
    timeline = read(samples.AWKWARD)
    assert "null" not in json.dumps(timeline).replace('"null"', "")
    slides = timeline["events"]
    assert len(slides) == len(samples.AWKWARD)
    assert all(set(slide["end_date"]) == set(slide["start_date"]) for slide in slides if "end_date" in slide)


def test_only_tags_of_our_own_are_in_the_text_and_only_web_addresses_are_links() -> None:
    tags = _Tags()
    for slide in read([*samples.AWKWARD, samples.event(id="x", title='"><img src=x onerror=alert(1)>')])["events"]:
        tags.feed(slide["text"]["headline"] + slide["text"]["text"])
    assert tags.names == {"a", "p", "ul", "li", "q"}
    assert tags.attributes == {"href"}
    assert {address.partition(":")[0] for address in tags.addresses} == {"https"}


def test_three_hundred_events_are_shown_and_the_title_says_that_there_are_more() -> None:
    def many() -> Iterator[EventOut]:
        for number in range(301):
            yield samples.event(id=f"e{number}")
        raise AssertionError("more was read than had to be")

    timeline = json.loads(b"".join(timelinejs.render(many(), CONTEXT)))
    assert len(timeline["events"]) == timelinejs.MAX_EVENTS == 300
    assert timeline["title"]["text"]["text"] == (
        "<p>Only the first 300 events are shown.</p>"
        '<p><a href="https://demarche.example/v1/events?limit=2&amp;cursor=abc&amp;f=x">More events</a></p>'
    )


def test_a_whole_answer_has_a_title_without_a_text() -> None:
    timeline = read([samples.event()], replace(CONTEXT, next_address=None))
    assert timeline["title"] == {"unique_id": "title", "text": {"headline": "Demarche: events", "text": ""}}


def test_no_events_are_a_slide_that_says_so_since_an_empty_list_is_an_error_there() -> None:
    [slide] = read([])["events"]
    assert (slide["start_date"], slide["display_date"]) == ({"year": 2026, "month": 11, "day": 23}, "No date")
    assert slide["text"]["headline"] == "No events"


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: set[str] = set()
        self.addresses: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.addresses |= {value or "" for _, value in attrs}

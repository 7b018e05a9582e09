"""The feed against the rules of JSON Feed 1.1: what must be there, of which type, and what may be."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from app.formats import jsonfeed, words
from app.formats.shapes import EventOut
from tests.formats import samples
from tests.formats.samples import CONTEXT

FEED = {"version", "title", "home_page_url", "feed_url", "language", "authors", "items", "next_url"}
ITEM = {"id", "url", "title", "content_text", "tags", "external_url", "date_modified", "_demarche"}


def read(events: list[EventOut], context: Any = CONTEXT) -> Any:
    feed = json.loads(b"".join(jsonfeed.render(events, context)))
    _check_feed(feed)
    return feed


def _check_feed(feed: Any) -> None:
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert set(feed) <= FEED
    assert isinstance(feed["title"], str) and isinstance(feed["items"], list)
    assert all(_is_address(feed[name]) for name in ("home_page_url", "feed_url", "next_url") if name in feed)
    assert all(author["name"] for author in feed["authors"])
    ids = [item["id"] for item in feed["items"]]
    assert len(set(ids)) == len(ids)
    for item in feed["items"]:
        _check_item(item)


def _check_item(item: Any) -> None:
    assert set(item) <= ITEM
    assert all(isinstance(item[name], str) and item[name] for name in ("id", "url", "title", "content_text"))
    assert all(isinstance(tag, str) for tag in item["tags"])
    assert all(_is_address(item[name]) for name in ("url", "external_url") if name in item)
    assert isinstance(item["_demarche"], dict)


def _is_address(text: str) -> bool:
    return urlsplit(text).scheme in ("http", "https")


def test_an_event_is_an_item_with_what_a_feed_has_no_field_for_in_an_extension() -> None:
    event = samples.event("2021-12", reported_by={"id": "kremlin", "name": "Kremlin"})
    feed = read([event])
    assert feed["next_url"] == CONTEXT.next_address
    assert feed["items"] == [
        {
            "id": "https://demarche.example/v1/events/e3c1f0a9b7d42",
            "url": "https://demarche.example/v1/events/e3c1f0a9b7d42",
            "external_url": "https://news.example/answer?a=1&b=2",
            "title": "United States hands a written answer to Russia",
            "content_text": words.told(event),
            "tags": ["delivery"],
            "_demarche": {
                "date": "2021-12",
                "first_day": "2021-12-01",
                "last_day": "2021-12-31",
                "precision": "month",
                "kind": "delivery",
                "status": "occurred",
                "reported_by": {"id": "kremlin", "name": "Kremlin"},
                "conflict": False,
                "actors": event["actors"],
            },
        }
    ]


def test_every_awkward_event_is_an_item_by_the_rules_with_its_text_as_it_was() -> None:
    items = read(samples.AWKWARD)["items"]
    assert [(item["title"], item["content_text"]) for item in items] == [
        (event["title"], words.told(event)) for event in samples.AWKWARD
    ]


def test_a_modification_is_dated_where_it_is_known_and_a_publication_never() -> None:
    known = replace(CONTEXT, changed={"e3c1f0a9b7d42": datetime(2026, 1, 2, tzinfo=UTC)})
    [item] = read([samples.event()], known)["items"]
    assert item["date_modified"] == "2026-01-02T00:00:00+00:00"
    assert "date_published" not in item


def test_only_a_web_address_is_the_page_elsewhere() -> None:
    sources = [samples.source(address="javascript:alert(1)"), samples.source(address=None)]
    assert "external_url" not in read([samples.event(sources=sources)])["items"][0]


def test_no_events_are_a_feed_of_no_items_and_no_next_page_is_no_key() -> None:
    feed = read([], replace(CONTEXT, next_address=None))
    assert feed["items"] == [] and "next_url" not in feed

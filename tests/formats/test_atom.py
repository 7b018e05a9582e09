from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import feedparser
import pytest
from lxml import etree

from app.formats import atom, words
from app.formats.shapes import EventOut
from tests.formats import samples
from tests.formats.samples import CONTEXT

ATOM = "{http://www.w3.org/2005/Atom}"


def written(events: list[EventOut], context: Any = CONTEXT) -> bytes:
    return b"".join(atom.render(events, context))


def read(events: list[EventOut], context: Any = CONTEXT) -> Any:
    feed = feedparser.parse(written(events, context), sanitize_html=False)
    assert (feed.bozo, feed.version, feed.encoding) == (False, "atom10", "utf-8")
    return feed


def test_a_feed_names_itself_its_next_page_and_when_it_changed() -> None:
    feed = read([samples.event()]).feed
    assert (feed.title, feed.id, feed.author) == ("Demarche: events", "tag:demarche.example,2026:events", "Demarche")
    assert feed.updated == "2026-11-23T12:30:00+00:00"
    assert {link.rel: link.href for link in feed.links} == {
        "alternate": "https://demarche.example/",
        "self": CONTEXT.self_address,
        "next": CONTEXT.next_address,
    }


def test_an_event_is_an_entry_with_links_to_itself_and_its_sources() -> None:
    [entry] = read([samples.event()]).entries
    assert entry.id == "tag:demarche.example,2026:event/e3c1f0a9b7d42"
    assert entry.title == "United States hands a written answer to Russia"
    assert entry.updated == "2026-11-23T12:30:00+00:00"
    assert [tag.term for tag in entry.tags] == ["delivery"]
    assert [(link.rel, link.href, link.get("title")) for link in entry.links] == [
        ("alternate", "https://demarche.example/v1/events/e3c1f0a9b7d42", None),
        ("via", "https://news.example/answer?a=1&b=2", "Example Agency, 2022-01-27"),
    ]
    assert entry.summary == words.told(samples.event())


def test_no_publication_date_is_made_up() -> None:
    assert "published" not in read([samples.event()]).entries[0]


def test_every_awkward_event_is_an_entry_with_its_text_as_it_was() -> None:
    entries = etree.fromstring(written(samples.AWKWARD)).findall(f"{ATOM}entry")
    assert [(entry.findtext(f"{ATOM}title"), entry.findtext(f"{ATOM}summary")) for entry in entries] == [
        (event["title"], words.told(event)) for event in samples.AWKWARD
    ]
    assert {entry.find(f"{ATOM}summary").get("type") for entry in entries} == {"text"}


def test_a_news_reader_takes_text_for_text_and_no_script_for_a_link() -> None:
    [hostile] = [event for event in samples.AWKWARD if event["id"] == "e-hostile"]
    [entry] = read([hostile]).entries
    assert (entry.title, entry.title_detail.type, entry.summary_detail.type) == (
        samples.HOSTILE,
        "text/plain",
        "text/plain",
    )
    assert not [link for link in entry.links if link.href.startswith("javascript")]


def test_characters_that_xml_forbids_are_replaced() -> None:
    assert read([samples.event(title="a\x01b\x0bc\ufffe")]).entries[0].title == "a\ufffdb\ufffdc\ufffd"


@pytest.mark.parametrize(("base", "host"), [("http://127.0.0.1:8000", "127.0.0.1"), ("http://[::1]:8000", "--1")])
def test_ids_carry_the_host_without_its_port(base: str, host: str) -> None:
    [entry] = read([samples.event()], replace(CONTEXT, base=base)).entries
    assert entry.id == f"tag:{host},2026:event/e3c1f0a9b7d42"


def test_the_moment_of_an_events_own_change_comes_first() -> None:
    known = replace(CONTEXT, changed={"e3c1f0a9b7d42": datetime(2026, 1, 2, tzinfo=UTC)})
    assert read([samples.event()], known).entries[0].updated == "2026-01-02T00:00:00+00:00"


def test_no_events_are_a_feed_of_no_entries_and_no_clock() -> None:
    feed = read([], replace(CONTEXT, updated=None, next_address=None))
    assert feed.entries == []
    assert feed.feed.updated == "1970-01-01T00:00:00+00:00"

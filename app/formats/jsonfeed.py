"""A JSON Feed (version 1.1) for news readers: an item for each event, its text plain.

`date_published` is never written: it would be read as the day of publication, and the day of an act is another thing; that day
stands in the text and in the extension. `date_modified` is written where the event's own last change is known. `external_url` is
the first source's address.

The extension `_demarche` (the specification leaves names with an underscore to publishers) tells what a feed has no field for:
`date` in EDTF, `first_day`, `last_day`, `precision`, `kind`, `status`, `reported_by`, `conflict`, `actors`, as the API has them.

Not handled: items with HTML, attachments, hubs.
"""

from collections.abc import Iterable, Iterator
from typing import NotRequired, TypedDict

from app.formats import wire, words
from app.formats.context import Context
from app.formats.shapes import EventActorOut, EventOut, ReporterOut

VERSION = "https://jsonfeed.org/version/1.1"
_AUTHOR = "Demarche"


class ExtensionOut(TypedDict):
    date: str
    first_day: str | None
    last_day: str | None
    precision: str
    kind: str
    status: str
    reported_by: ReporterOut | None
    conflict: bool
    actors: list[EventActorOut]


class ItemOut(TypedDict):
    id: str
    url: str
    title: str
    content_text: str
    tags: list[str]
    external_url: NotRequired[str]
    date_modified: NotRequired[str]
    _demarche: ExtensionOut


class AuthorOut(TypedDict):
    name: str


class FeedOut(TypedDict):
    version: str
    title: str
    home_page_url: str
    feed_url: str
    language: str
    authors: list[AuthorOut]
    items: list[ItemOut]
    next_url: NotRequired[str]


def render(events: Iterable[EventOut], context: Context) -> Iterator[bytes]:
    """One chunk: the feed, its items in the order of the events."""
    feed: FeedOut = {
        "version": VERSION,
        "title": context.title,
        "home_page_url": f"{context.base}/",
        "feed_url": context.self_address,
        "language": "en",
        "authors": [{"name": _AUTHOR}],
        "items": [_item(event, context) for event in events],
    }
    if context.next_address:
        feed["next_url"] = context.next_address
    yield wire.dumps(feed).encode()


def _item(event: EventOut, context: Context) -> ItemOut:
    address = context.address(event)
    item: ItemOut = {
        "id": address,
        "url": address,
        "title": event["title"],
        "content_text": words.told(event),
        "tags": [event["kind"]],
        "_demarche": _extension(event),
    }
    if elsewhere := next(filter(None, map(words.web_address, event["sources"])), None):
        item["external_url"] = elsewhere
    if changed := context.changed.get(event["id"]):
        item["date_modified"] = changed.isoformat()
    return item


def _extension(event: EventOut) -> ExtensionOut:
    return {
        "date": event["date"],
        "first_day": event["first_day"],
        "last_day": event["last_day"],
        "precision": event["precision"],
        "kind": event["kind"],
        "status": event["status"],
        "reported_by": event["reported_by"],
        "conflict": event["conflict"],
        "actors": event["actors"],
    }

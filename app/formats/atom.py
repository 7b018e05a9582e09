"""An Atom feed (RFC 4287) for news readers: an entry for each event, its summary plain text.

Ids are tag URIs (RFC 4151) of the host and the event, so that an entry is the same wherever it is read. `updated`, which Atom
demands, is when the event last changed, or else when anything did, or else 1970: never the clock. `published` is left out:
the day of an act is not the day on which anything was published.

Not handled: pages of an archive other than `next`; RSS.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from io import BytesIO
from typing import Any

from feedgenerator import Atom1Feed

from app.formats import words
from app.formats.context import NEVER, Context
from app.formats.shapes import EventOut

_MINTED = "2026"  # RFC 4151 wants a date at which the host was its owner's; it stays, or every id would change
_AUTHOR = "Demarche"


def render(events: Iterable[EventOut], context: Context) -> Iterator[bytes]:
    """One chunk: the feed, its entries in the order of the events."""
    feed = _Feed(
        title=words.plain(context.title),
        link=f"{context.base}/",
        description=None,
        feed_guid=f"tag:{context.host},{_MINTED}:events",
        feed_url=context.self_address,
        author_name=_AUTHOR,
        updated=context.updated or NEVER,
        next_address=context.next_address,
    )
    for event in events:
        feed.add_item(**_entry(event, context))
    written = BytesIO()
    feed.write(written, "utf-8")
    yield written.getvalue()


def _entry(event: EventOut, context: Context) -> dict[str, Any]:
    return {
        "title": words.plain(event["title"]),
        "link": context.address(event),
        "description": None,
        "unique_id": f"tag:{context.host},{_MINTED}:event/{event['id']}",
        "updateddate": context.moment(event),
        "categories": [event["kind"]],
        "summary": words.plain(words.told(event)),
        "articles": [
            {"rel": "via", "href": address, "title": words.plain(words.source_name(source))}
            for source in event["sources"]
            if (address := words.web_address(source))
        ],
    }


class _Feed(Atom1Feed):  # type: ignore[misc]  # the library has no types
    """The library's feed with what it lacks: a next page, plain summaries, more than one link, and a date of our own."""

    def latest_post_date(self) -> datetime:
        moment: datetime = self.feed["updated"]
        return moment

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        if self.feed["next_address"]:
            handler.addQuickElement("link", "", {"rel": "next", "href": self.feed["next_address"]})

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("summary", item["summary"], {"type": "text"})
        for link in item["articles"]:
            handler.addQuickElement("link", "", link)

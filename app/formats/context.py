"""What a renderer has to know beside the events: the title, addresses and moments. It asks no clock, store or request."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol
from urllib.parse import urlsplit

from app.formats.shapes import EventOut

NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""Stands where a format demands the moment of a change and none is known."""


@dataclass(frozen=True, slots=True)
class Context:
    """One answer: its title, where it and its next page are, and when its events last changed.

    `base` is the absolute address before `/v1`, without a slash at its end; `self_address` and `next_address` are absolute.
    `updated` is the moment of the last change of all, `changed` that of single events and `revisions` their numbers, both by
    event id and as far as known. Moments have a time zone. `seq` is the number of the last change that was made before the events
    were read, None where nobody asked.
    """

    title: str
    base: str
    self_address: str
    next_address: str | None = None
    updated: datetime | None = None
    changed: Mapping[str, datetime] = field(default_factory=dict)
    revisions: Mapping[str, int] = field(default_factory=dict)
    seq: int | None = None

    @property
    def host(self) -> str:
        """The host's name as the ids of feeds and calendars carry it: no port, and no colon where it is an IPv6 address."""
        return (urlsplit(self.base).hostname or "localhost").replace(":", "-")

    def address(self, event: EventOut) -> str:
        """The event's own absolute address."""
        [path] = [link["href"] for link in event["links"] if link["rel"] == "self"]
        return self.base + path

    def moment(self, event: EventOut) -> datetime:
        """When the event last changed; where that is not known, when anything did, or `NEVER`."""
        return self.changed.get(event["id"]) or self.updated or NEVER


class Render(Protocol):
    """Events as the bytes of one format; the events are read once, in order, and as late as the format allows."""

    def __call__(self, events: Iterable[EventOut], context: Context) -> Iterator[bytes]: ...

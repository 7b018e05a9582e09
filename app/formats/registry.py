"""Every format that events are given in: a line for each, in the order in which they are preferred.

`json` is the API's own answer and has no renderer here. TimelineJS and vis-timeline read JSON for which nobody registered a media
type: those of the vendor tree are ours, so that each format can be told from the others.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

import mimeparse

from app.formats import atom, csv, ics, jsonfeed, ndjson, timelinejs, vis
from app.formats.context import Render


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its media type as sent, the suffix of its files without a dot, and what renders it, None for the API itself.

    `is_stream` says that bytes come while events are read; others hold the whole answer. `max_events` is how many are rendered
    at most, None for all that are given. `is_feed` says that it tells of each event when it changed and how often.
    """

    name: str
    media_type: str
    suffix: str
    render: Render | None
    is_stream: bool = False
    max_events: int | None = None
    is_feed: bool = False


_ALL = (
    Format("json", "application/json", "json", None),
    Format("ndjson", "application/x-ndjson", "ndjson", ndjson.render, is_stream=True),
    Format("csv", "text/csv; charset=utf-8", "csv", csv.render, is_stream=True),
    Format("ics", "text/calendar; charset=utf-8", "ics", ics.render, is_feed=True),
    Format("atom", "application/atom+xml", "atom", atom.render, is_feed=True),
    Format("jsonfeed", "application/feed+json", "feed.json", jsonfeed.render, is_feed=True),
    Format(
        "timelinejs",
        "application/vnd.timelinejs+json",
        "timelinejs.json",
        timelinejs.render,
        max_events=timelinejs.MAX_EVENTS,
    ),
    Format("vis", "application/vnd.vis-timeline+json", "vis.json", vis.render),
)
FORMATS: Mapping[str, Format] = MappingProxyType({one.name: one for one in _ALL})
DEFAULT = FORMATS["json"]


@lru_cache(maxsize=256)
def accepted(header: str | None) -> Format | None:
    """The format that an Accept header likes best (RFC 9110, 12.5.1); of equals the first. None where it takes none of ours.

    No header, or one of white space, takes the default. A header that can't be read takes none.

    >>> accepted("text/csv;q=0.5, application/atom+xml").name
    'atom'
    """
    if header is None or not header.strip():
        return DEFAULT
    types = {one.media_type.partition(";")[0]: one for one in _ALL}
    try:
        best = mimeparse.best_match(list(reversed(types)), header.lower())  # which takes the last of equals
    except mimeparse.MimeTypeParseException:
        return None
    return types.get(best)

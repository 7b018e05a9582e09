"""Events in English words, for formats with no field of their own for what Demarche knows: dates, status, actors, sources."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from app.core import calendar
from app.core.calendar import DateSpan, Precision
from app.formats.shapes import EventOut, SourceOut

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_PARTS = {
    21: "the spring of", 22: "the summer of", 23: "the autumn of", 24: "the winter that began in",
    33: "the first quarter of", 34: "the second quarter of", 35: "the third quarter of", 36: "the last quarter of",
    40: "the first half of", 41: "the second half of",
}  # fmt: skip
_DOUBTS = {"~": "about ", "?": "perhaps ", "%": "perhaps about "}
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, production Char


# ---------------------------------------------------------------- dates
def when(edtf: str) -> str:
    """The date for people, as news writes it; years keep their four digits. Raises DateError for what is no EDTF.

    >>> when("[2022-04-01..2022-04-10]")
    'between April 1, 2022 and April 10, 2022'
    >>> when("2022-01-10/..")
    'from January 10, 2022 on'
    """
    if "/" in edtf:
        first, last = (end.strip(". ") for end in edtf.split("/"))
        if first and last:
            return f"{when(first)} to {when(last)}"
        return f"from {when(first)} on" if first else f"until {when(last)}"
    if edtf.startswith("["):
        first, last = edtf.strip("[]").split("..")
        return f"between {when(first)} and {when(last)}"
    doubt = _DOUBTS.get(edtf[-1:], "")
    return doubt + _unit(edtf.rstrip("~?%"))


def _unit(edtf: str) -> str:
    span = calendar.parse(edtf)
    year, month = f"{span.first_day.year:04d}", _MONTHS[span.first_day.month - 1]
    match span.precision:
        case Precision.DAY:
            return f"{month} {span.first_day.day}, {year}"
        case Precision.MONTH:
            return f"{month} {year}"
        case Precision.YEAR:
            return year
        case Precision.DECADE | Precision.CENTURY:
            return f"the years {year} to {span.last_day.year:04d}"
        case _:
            return f"{_PARTS[int(edtf[-2:])]} {year}"


def certainty(event: EventOut) -> str:
    """What is known of the event's date and what is not, in words without a full stop."""
    known = _known(calendar.parse(event["date"]))
    if event["basis"] == "article":
        known += "; no report gives a date, so that it is the articles' own"
    return known + ("; reports give different dates" if event["conflict"] else "")


def _known(span: DateSpan) -> str:
    if span.open_start:
        return "its first day is not known"
    if span.open_end:
        return "its last day is not known"
    if span.is_period:
        return "it lasted so long"
    if span.precision is Precision.RANGE:
        return "it is one day of these"
    return f"known to the {span.precision.value}"


# ---------------------------------------------------------------- whole events
def told(event: EventOut) -> str:
    """The event in lines of plain text: date, status, actors, and the sources with what they say and where."""
    return "\n".join(_lines(event))


def _lines(event: EventOut) -> Iterator[str]:
    yield f"Date: {when(event['date'])} (EDTF {event['date']}: {certainty(event)})"
    yield f"Status: {status(event)}"
    if event["actors"]:
        yield "Actors: " + ", ".join(f"{actor['name']} ({actor['role']})" for actor in event["actors"])
    for source in event["sources"]:
        address = f" {source['address']}" if source["address"] else ""
        yield f"{source_name(source)}: “{source['quote']}”{address}"
    if more := event["source_count"] - len(event["sources"]):
        yield f"Articles that tell it too: {more}"


def status(event: EventOut) -> str:
    """The status and whose claim it is."""
    reporter = event["reported_by"]
    return event["status"] + (f", according to {reporter['name']}" if reporter else "")


def source_name(source: SourceOut) -> str:
    """What to call an article: its outlet and its date (EDTF), as far as known."""
    known = [part for part in (source["outlet"] or source["title"], source["date"]) if part]
    return ", ".join(known) or "An article"


def web_address(source: SourceOut) -> str | None:
    """The article's address where it may become a link: http and https alone, since `javascript:` would be a program."""
    address = source["address"]
    try:
        return address if address and urlsplit(address).scheme in ("http", "https") else None
    except ValueError:  # a bracket without its other half
        return None


def plain(text: str) -> str:
    """The text with U+FFFD for each character that XML forbids, controls for the most part, and LF for each end of a line.

    >>> plain("a\\x01b\\r\\nc")
    'a�b\\nc'
    """
    return _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text.replace("\r\n", "\n").replace("\r", "\n"))

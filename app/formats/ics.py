"""iCalendar (RFC 5545) for calendar programs: an all-day entry for each event, over the whole of the days it may lie in.

The description says how much of the date is known, and names the sources with their addresses. Entries don't make anybody busy.
An event whose first day is not known has no place in a calendar and is left out; the calendar's description says how many were.
One whose last day is not known stands on its first day. `DTEND` is the day after the last, and the format knows no day after
9999-12-31: what ends then and lasted longer than that day ends a day early.

Not handled: time zones and times of day, of which acts have none; attendees, which would get invitations.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from icalendar import Calendar, Event

from app.core.model import Status
from app.formats import words
from app.formats.context import Context
from app.formats.shapes import EventOut

_PRODUCT = "-//Demarche//Timeline//EN"
_STATUS: Mapping[str, str] = {
    Status.OCCURRED: "CONFIRMED",
    Status.SCHEDULED: "TENTATIVE",
    Status.HYPOTHETICAL: "TENTATIVE",
    Status.DENIED: "CANCELLED",
}


def render(events: Iterable[EventOut], context: Context) -> Iterator[bytes]:
    """One chunk: the calendar. `DTSTAMP` is when the event last changed and `SEQUENCE` its revision, 0 where unknown."""
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("name", words.plain(context.title))
    calendar.add("x-wr-calname", words.plain(context.title))  # what programs read that don't know RFC 7986's NAME
    left_out = 0
    for event in events:
        if event["first_day"] is None:
            left_out += 1
        else:
            calendar.add_component(_entry(event, date.fromisoformat(event["first_day"]), context))
    if said := _said(left_out, context):
        calendar.add("description", said)
    yield calendar.to_ical()


def _said(left_out: int, context: Context) -> str:
    lines = []
    if left_out:
        lines.append(f"Events left out because their first day is not known: {left_out}")
    if context.next_address:
        lines.append(f"There are more events: {context.next_address}")
    return "\n".join(lines)


def _entry(event: EventOut, first_day: date, context: Context) -> Event:
    entry = Event()
    entry.add("uid", f"{event['id']}@{context.host}")
    entry.add("dtstamp", context.moment(event))
    entry.add("sequence", context.revisions.get(event["id"], 0))
    entry.add("dtstart", first_day)
    if end := _day_after(event, first_day):
        entry.add("dtend", end)
    entry.add("summary", words.plain(event["title"]))
    entry.add("description", words.plain(words.told(event)))
    entry.add("status", _STATUS[event["status"]])
    entry.add("categories", [event["kind"]])
    entry.add("url", context.address(event))
    entry.add("transp", "TRANSPARENT")
    return entry


def _day_after(event: EventOut, first_day: date) -> date | None:
    """The day after the last; None, which means one day, where the last is not known or lies at the end of the calendar."""
    if event["last_day"] is None:
        return None
    last_day = date.fromisoformat(event["last_day"])
    if last_day < date.max:
        return last_day + timedelta(days=1)
    return last_day if first_day < last_day else None

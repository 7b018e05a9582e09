"""The JSON that TimelineJS3 (3.9) reads: a slide for each event, and a title slide that says what is not shown.

What TimelineJS takes amiss, and is kept here: nothing is null; ids are strings and none comes twice; `start_date` and `end_date`
have the same keys; texts are HTML, so that all of ours is escaped; `events` is never empty, since that shows an error (a title
alone doesn't help): without events there is one slide that says so, on the day of the last change. It grows slow above some
hundred slides: `MAX_EVENTS` are written, and the title slide says where the rest is.

`display_date` tells every date in words, since TimelineJS knows days, months and years alone. It and `group` go into the page
unescaped, after their entities were resolved: they come from closed vocabularies (words for dates, kinds of acts), never from
articles. An event whose first day is not known stands on its last, and one whose last is not known on its first.

Not handled: media, eras, an event in more than one group.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from html import escape
from itertools import islice
from typing import NotRequired, TypedDict

from app.core.calendar import Precision
from app.formats import wire, words
from app.formats.context import NEVER, Context
from app.formats.shapes import EventOut, SourceOut

MAX_EVENTS = 300
_KEYS = {Precision.MONTH: 2, Precision.YEAR: 1, Precision.DECADE: 1, Precision.CENTURY: 1}  # of year, month and day


class DateOut(TypedDict):
    year: int
    month: NotRequired[int]
    day: NotRequired[int]


class TextOut(TypedDict):
    headline: str
    text: str


class TitleOut(TypedDict):
    unique_id: str
    text: TextOut


class SlideOut(TypedDict):
    unique_id: str
    start_date: DateOut
    end_date: NotRequired[DateOut]
    display_date: str
    group: NotRequired[str]
    text: TextOut


class TimelineJsOut(TypedDict):
    title: TitleOut
    events: list[SlideOut]


def render(events: Iterable[EventOut], context: Context) -> Iterator[bytes]:
    """One chunk: the timeline. No more than one event after `MAX_EVENTS` is read, to know whether there is one."""
    found = {event["id"]: event for event in islice(events, MAX_EVENTS + 1)}
    more = len(found) > MAX_EVENTS
    slides = [_slide(event, context) for event in islice(found.values(), MAX_EVENTS)]
    timeline: TimelineJsOut = {"title": _title(context, more), "events": slides or [_nothing(context)]}
    yield wire.dumps(timeline).encode()


def _title(context: Context, more: bool) -> TitleOut:
    lines = []
    if more:
        lines.append(f"<p>Only the first {MAX_EVENTS} events are shown.</p>")
    if context.next_address:
        lines.append(f"<p>{_link(context.next_address, 'More events')}</p>")
    return {"unique_id": "title", "text": {"headline": escape(context.title), "text": "".join(lines)}}


def _nothing(context: Context) -> SlideOut:
    return {
        "unique_id": "nothing",
        "start_date": _date((context.updated or NEVER).date(), Precision.DAY),
        "display_date": "No date",
        "text": {"headline": "No events", "text": ""},
    }


# ---------------------------------------------------------------- dates
def _slide(event: EventOut, context: Context) -> SlideOut:
    precision = Precision(event["precision"])
    first, last = (date.fromisoformat(day) if day else None for day in (event["first_day"], event["last_day"]))
    start = _date(first or last or date.min, precision)
    end = _date(last or first or date.min, precision)
    slide: SlideOut = {
        "unique_id": event["id"],
        "start_date": start,
        "display_date": words.when(event["date"]),
        "group": event["kind"],
        "text": {"headline": _headline(event, context), "text": "".join(_paragraphs(event))},
    }
    if end != start:
        slide["end_date"] = end
    return slide


def _date(day: date, precision: Precision) -> DateOut:
    keys = _KEYS.get(precision, 3)
    if keys == 1:
        return {"year": day.year}
    return (
        {"year": day.year, "month": day.month} if keys == 2 else {"year": day.year, "month": day.month, "day": day.day}
    )


# ---------------------------------------------------------------- HTML
def _headline(event: EventOut, context: Context) -> str:
    return _link(context.address(event), event["title"])


def _paragraphs(event: EventOut) -> Iterator[str]:
    yield f"<p>{escape(words.status(event))}; {escape(words.certainty(event))}</p>"
    if event["actors"]:
        actors = ", ".join(f"{actor['name']} ({actor['role']})" for actor in event["actors"])
        yield f"<p>{escape(actors)}</p>"
    if event["sources"]:
        yield f"<ul>{''.join(map(_source, event['sources']))}</ul>"


def _source(source: SourceOut) -> str:
    name, address = words.source_name(source), words.web_address(source)
    return f"<li>{_link(address, name) if address else escape(name)}: <q>{escape(source['quote'])}</q></li>"


def _link(address: str, text: str) -> str:
    return f'<a href="{escape(address)}">{escape(text)}</a>'

"""Items and groups for vis-timeline (8.5): a lane for each actor, and in each lane an item for each event it has a part in.

An event with two actors is two items, ``EVENT@ACTOR`` each, since vis-timeline knows one group an item; no id comes twice.
Who is merely named beside an act has no lane, unless nobody else is in it; an act without actors stands in the lane `NOBODY`.
Dates are bare days, which every time zone reads as its own; `end` is the day after the last, and left out for a single day.
The format knows no day after 9999-12-31: what ends then ends a day early. An event whose first day is not known stands on its
last, one whose last is not known on its first, with the classes `open-start` and `open-end`.

`className` holds ``status-`` and the status, ``precision-`` and the precision, `conflict` where reports give different dates.

`content` is text, not HTML, yet vis-timeline takes it for HTML. Its client must give a `template` and a `groupTemplate` that
return a DOM element, such as ``Object.assign(document.createElement("span"), {textContent: item.content})``. There is no
`title`, which would be a tooltip in HTML. A title longer than `LABEL_CHARS` is shortened to whole words.

`options` are for the client to give to the timeline: `start` and `end` of what is shown, with a day of room on both sides.
Without them vis-timeline fits the view to the widths of the labels, and with long ones it then shows nothing, or years BCE.

Not handled: clusters, which lose items; subgroups. Some hundred visible items draw in a second, thousands in a minute.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta
from typing import NotRequired, TypedDict

from app.core.model import Role
from app.formats import wire, words
from app.formats.context import Context
from app.formats.shapes import EventActorOut, EventOut

NOBODY = "-"
LABEL_CHARS = 120
_DAY = timedelta(days=1)


class ItemOut(TypedDict):
    """`start` and `end` are days; `event` is the event's id, `date` its EDTF, `when` that in words, `href` its address."""

    id: str
    group: str
    content: str
    start: str
    end: NotRequired[str]
    type: str
    className: str
    event: str
    date: str
    when: str
    href: str


class GroupOut(TypedDict):
    id: str
    content: str


class WindowOut(TypedDict):
    """The first and last day to show; empty where there are no items."""

    start: NotRequired[str]
    end: NotRequired[str]


class VisOut(TypedDict):
    items: list[ItemOut]
    groups: list[GroupOut]
    options: WindowOut


def render(events: Iterable[EventOut], context: Context) -> Iterator[bytes]:
    """One chunk: items in the order of the events, groups in the order in which their actors first come."""
    items: dict[str, ItemOut] = {}
    groups: dict[str, GroupOut] = {}
    for event in events:
        for group in _lanes(event):
            item = _item(event, group["id"], context)
            items.setdefault(item["id"], item)
            groups.setdefault(group["id"], group)
    shown: VisOut = {"items": list(items.values()), "groups": list(groups.values()), "options": _window(items.values())}
    yield wire.dumps(shown).encode()


def _window(items: Collection[ItemOut]) -> WindowOut:
    if not items:
        return {}
    first = date.fromisoformat(min(item["start"] for item in items))
    last = date.fromisoformat(max(item.get("end", item["start"]) for item in items))
    return {"start": (first - min(_DAY, first - date.min)).isoformat(), "end": _day_after(last).isoformat()}


def _lanes(event: EventOut) -> Iterator[GroupOut]:
    actors = [actor for actor in event["actors"] if actor["role"] != Role.OTHER] or event["actors"]
    for actor in actors:
        yield _group(actor)
    if not actors:
        yield {"id": NOBODY, "content": "Nobody named"}


def _group(actor: EventActorOut) -> GroupOut:
    return {"id": actor["id"], "content": actor["name"]}


def _item(event: EventOut, group: str, context: Context) -> ItemOut:
    start, end = _ends(event)
    item: ItemOut = {
        "id": f"{event['id']}@{group}",
        "group": group,
        "content": wire.shorten(event["title"], LABEL_CHARS),
        "start": start,
        "type": "range" if end else "box",
        "className": " ".join(_classes(event)),
        "event": event["id"],
        "date": event["date"],
        "when": words.when(event["date"]),
        "href": context.address(event),
    }
    if end:
        item["end"] = end
    return item


def _ends(event: EventOut) -> tuple[str, str | None]:
    """The first day and the day after the last; None for a single day, of which nothing more is drawn."""
    first, last = event["first_day"], event["last_day"]
    if first is None or last is None or first == last:
        return first or last or "", None
    return first, _day_after(date.fromisoformat(last)).isoformat()


def _day_after(day: date) -> date:
    return day + min(_DAY, date.max - day)


def _classes(event: EventOut) -> Iterator[str]:
    yield f"status-{event['status']}"
    yield f"precision-{event['precision']}"
    if event["conflict"]:
        yield "conflict"
    if event["first_day"] is None:
        yield "open-start"
    if event["last_day"] is None:
        yield "open-end"

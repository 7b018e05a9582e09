"""GET /v1/timeline/window: what a zoomable view of the timeline draws, never more than it can."""

import json
from functools import partial

from fastapi import APIRouter, Request
from fastapi.responses import Response
from typing_extensions import TypedDict

from app.api import events, examples, lists, parameters, problems
from app.api.parameters import WindowParameters
from app.api.sessions import Reads
from app.core.calendar import DateSpan
from app.formats.shapes import LinkOut
from app.formats.wire import dumps, shorten
from app.store import aggregates, windows
from app.store.tallies import Facet
from app.store.windows import Lane

router = APIRouter(tags=["events"])
TITLE_CHARS = 200


class ItemOut(TypedDict):
    """An event as a view draws it; `/v1/events/{id}` has the rest. A title is cut to 200 characters."""

    id: str
    title: str
    date: str
    first_day: str | None
    last_day: str | None
    precision: str
    kind: str
    status: str
    conflict: bool
    source_count: int


class ViewBucketOut(TypedDict):
    """How many events have a date that lies wholly in a bucket: `date` is EDTF, a day up to a century (`19XX`)."""

    date: str
    count: int


class LaneOut(TypedDict):
    """A lane: its `events` where `unit` is null, else `buckets` of that unit, and how many events are wider than one."""

    value: str
    name: str
    count: int
    unit: str | None
    events: list[ItemOut]
    buckets: list[ViewBucketOut]
    wider: int


class WindowOut(TypedDict):
    """A view: its days, both inside and null in a store without events, and its lanes, the fullest first."""

    first_day: str | None
    last_day: str | None
    by: str
    lanes: list[LaneOut]
    links: list[LinkOut]


@router.get(
    "/timeline/window",
    summary="A view of the timeline",
    responses={
        **examples.answer(WindowOut, "The lanes of the view", examples.WINDOW),
        **problems.documented(problems.INVALID, problems.UNAVAILABLE, examples=examples.PROBLEMS),
    },
    openapi_extra=parameters.documented(WindowParameters),
)
def window(request: Request, session: Reads) -> Response:
    """What a zoomable view draws: in each lane the events that share a day with `datetime`; where they are many, how many when.

    Together the lanes hold at most `items` events and buckets. Buckets are whole: those at the ends reach beyond `datetime`.
    """
    asked = parameters.read(WindowParameters, request)
    find = partial(request.app.state.names.find, request, session)
    query = events.wanted(find, request, asked)
    values = [events.actor(find, "lane", name) for name in asked.lane] if asked.by is Facet.ACTOR else asked.lane
    found = windows.window(session, query, asked.by, values, most_lanes=asked.lanes, most_items=asked.items)
    shown = [lane.value for lane in found.lanes]
    names = aggregates.names(session, shown) if asked.by is Facet.ACTOR else {}
    links = lists.links(request, {})
    body: WindowOut = {
        **_days(found.span),
        "by": asked.by.value,
        "lanes": [_lane(lane, names.get(lane.value, lane.value)) for lane in found.lanes],
        "links": links,
    }
    return Response(dumps(body), media_type=lists.MEDIA_TYPE, headers={"Link": lists.header(links)})


class _Days(TypedDict):
    first_day: str | None
    last_day: str | None


def _days(span: DateSpan | None) -> _Days:
    if span is None:
        return {"first_day": None, "last_day": None}
    return {"first_day": span.first_day.isoformat(), "last_day": span.last_day.isoformat()}


def _lane(lane: Lane, name: str) -> LaneOut:
    return {
        "value": lane.value,
        "name": name,
        "count": lane.count,
        "unit": lane.unit,
        "events": [_item(document) for document in lane.events],
        "buckets": [{"date": date, "count": count} for date, count in lane.buckets],
        "wider": lane.wider,
    }


def _item(document: str) -> ItemOut:
    event = json.loads(document)
    return {
        "id": event["id"],
        "title": shorten(event["title"], TITLE_CHARS),
        "date": event["date"],
        "first_day": event["first_day"],
        "last_day": event["last_day"],
        "precision": event["precision"],
        "kind": event["kind"],
        "status": event["status"],
        "conflict": event["conflict"],
        "source_count": event["source_count"],
    }

"""GET /v1/changes: what became of the events, for whoever keeps a copy of the timeline."""

import json
import re
from functools import partial
from typing import NotRequired

from fastapi import APIRouter, Request
from fastapi.responses import Response
from fastapi.sse import EventSourceResponse
from typing_extensions import TypedDict

from app.api import events, examples, following, lists, parameters, problems
from app.api.following import Log
from app.api.parameters import ChangeParameters
from app.api.problems import InvalidParameters
from app.api.sessions import Reads
from app.formats.shapes import EventOut, LinkOut
from app.formats.wire import dumps
from app.store import changes, feed
from app.store.engine import Session, reading
from app.store.feed import Part, Told
from app.store.queries import EventQuery

router = APIRouter(tags=["changes"])
STREAM = "text/event-stream"


class ChangeOut(TypedDict):
    """One line of the change log. `what` is created, updated, merged, split or deleted; or left, of an event that the filters do
    not find, whatever became of it.

    `other` is for a merged event the one that took it in, for a split one the one that was made of a part of it. `document` is
    there where it was asked for: the event as it is now, null where there is none or it does not count.
    """

    seq: int
    version: int
    event: str
    what: str
    other: str | None
    document: NotRequired[EventOut | None]


class ChangeListOut(TypedDict):
    """Changes in the order in which they were made; `version` is that of the data when the list was read.

    With `more` the log goes on behind this page, also behind one without changes: filters may pass over many lines.
    """

    changes: list[ChangeOut]
    version: int
    more: bool
    links: list[LinkOut]


@router.get(
    "/changes",
    summary="What changed",
    responses={
        **examples.answer(ChangeListOut, "Changes after a sequence number", examples.CHANGES),
        **problems.documented(problems.INVALID, problems.UNAVAILABLE, examples=examples.PROBLEMS),
    },
    openapi_extra=parameters.documented(ChangeParameters),
)
def list_changes(request: Request, session: Reads) -> Response:
    """What became of events after a sequence number, in order. Follow `next` while there is `more`, then ask there again.

    With filters, of the events that they find, for whoever keeps a copy of these: what is created, updated or split goes into the
    copy, what is merged, deleted or left goes out of it, if it is there. Read the list first, and begin with the `seq` of its
    first page. With `Accept: text/event-stream` the same as server-sent events, which go on as changes come; `Last-Event-ID`
    counts over `since`.
    """
    asked = parameters.read(ChangeParameters, request)
    query = _query(session, request, asked)
    if STREAM in request.headers.get("accept", ""):
        return _stream(request, query, _last_seen(request, asked.since), documents=asked.documents)
    found = feed.read(session, query, asked.since, limit=asked.limit, documents=asked.documents)
    links = lists.links(request, {"since": str(found.seq)})
    body: ChangeListOut = {
        "changes": [_shown(one, documents=asked.documents) for one in found.told],
        "version": changes.data_version(session),
        "more": found.more,
        "links": links,
    }
    return Response(dumps(body), media_type=lists.MEDIA_TYPE, headers={"Link": lists.header(links)})


def _query(session: Session, request: Request, asked: ChangeParameters) -> EventQuery | None:
    """Which events count; None for all."""
    query = events.wanted(events.finder(session), request, asked)
    return None if query == EventQuery() else query


def _stream(request: Request, query: EventQuery | None, seq: int, *, documents: bool) -> Response:
    state = request.app.state

    def after(seq: int) -> Part:
        with reading(state.engine) as session:
            return feed.read(session, query, seq, limit=parameters.MAX_LIMIT, documents=documents)

    told = following.follow(Log(state.commits.current, after), seq, partial(_shown, documents=documents))
    return EventSourceResponse(told, headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"})


def _last_seen(request: Request, since: int) -> int:
    """The number of the last change that the client has seen, as it says when it connects anew."""
    given = request.headers.get("last-event-id")
    if given is None:
        return since
    if not re.fullmatch(r"\d{1,15}", given, re.ASCII):
        accepted = "the `id` of an event of this stream: a whole number"
        raise InvalidParameters([{"parameter": "Last-Event-ID", "value": given, "accepted": accepted}])
    return int(given)


def _shown(told: Told, *, documents: bool) -> ChangeOut:
    change = told.change
    assert change.seq is not None and change.version is not None
    shown: ChangeOut = {
        "seq": change.seq,
        "version": change.version,
        "event": change.event,
        "what": told.what,
        "other": change.other,
    }
    if documents:
        shown["document"] = json.loads(told.document) if told.document else None
    return shown

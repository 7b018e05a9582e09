"""GET /v1/changes: what became of the events, for whoever keeps a copy of the timeline."""

import re

from fastapi import APIRouter, Request
from fastapi.responses import Response
from fastapi.sse import EventSourceResponse
from typing_extensions import TypedDict

from app.api import examples, following, lists, parameters, problems
from app.api.following import Log
from app.api.parameters import ChangeParameters
from app.api.problems import InvalidParameters
from app.api.sessions import Reads
from app.formats.shapes import LinkOut
from app.formats.wire import dumps
from app.store import changes
from app.store.changes import Change
from app.store.engine import reading

router = APIRouter(tags=["changes"])
STREAM = "text/event-stream"


class ChangeOut(TypedDict):
    """One line of the change log. `what` is created, updated, merged, split or deleted.

    `other` is for a merged event the one that took it in, for a split one the one that was made of a part of it.
    """

    seq: int
    version: int
    event: str
    what: str
    other: str | None


class ChangeListOut(TypedDict):
    """Changes in the order in which they were made; `version` is that of the data when the list was read."""

    changes: list[ChangeOut]
    version: int
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
    """What became of events after a sequence number, in order. Follow `next` until the list is empty, then ask there again.

    With `Accept: text/event-stream` the same as server-sent events, which go on as changes come; `Last-Event-ID` counts over
    `since`.
    """
    asked = parameters.read(ChangeParameters, request)
    if STREAM in request.headers.get("accept", ""):
        return _stream(request, _last_seen(request, asked.since))
    found = changes.since(session, asked.since, limit=asked.limit)
    after = found[-1].seq if found else asked.since
    links = lists.links(request, {"since": str(after)})
    body: ChangeListOut = {
        "changes": [_shown(one) for one in found],
        "version": changes.data_version(session),
        "links": links,
    }
    return Response(dumps(body), media_type=lists.MEDIA_TYPE, headers={"Link": lists.header(links)})


def _stream(request: Request, seq: int) -> Response:
    state = request.app.state

    def since(seq: int) -> list[Change]:
        with reading(state.engine) as session:
            return changes.since(session, seq, limit=parameters.MAX_LIMIT)

    events = following.follow(Log(state.commits.current, since), seq, _shown)
    return EventSourceResponse(events, headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"})


def _last_seen(request: Request, since: int) -> int:
    """The number of the last change that the client has seen, as it says when it connects anew."""
    given = request.headers.get("last-event-id")
    if given is None:
        return since
    if not re.fullmatch(r"\d{1,15}", given, re.ASCII):
        accepted = "the `id` of an event of this stream: a whole number"
        raise InvalidParameters([{"parameter": "Last-Event-ID", "value": given, "accepted": accepted}])
    return int(given)


def _shown(change: Change) -> ChangeOut:
    assert change.seq is not None and change.version is not None
    return {
        "seq": change.seq,
        "version": change.version,
        "event": change.event,
        "what": change.what.value,
        "other": change.other,
    }

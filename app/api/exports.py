"""Events in other formats than the API's own: chosen by suffix, `f=` or Accept, from the same query.

Streams (ndjson, csv) hold all that the query finds, the others at most `MOST_AT_ONCE`; with `limit` both hold a page of it.
What is left is behind the `next` link.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import cast

from fastapi import Request
from fastapi.responses import Response, StreamingResponse

from app.api import lists
from app.api.problems import InvalidParameters, NoSuchSuffix, NotAcceptable
from app.api.sessions import opened
from app.formats import registry
from app.formats.context import Context
from app.formats.registry import FORMATS, Format
from app.formats.shapes import EventOut, LinkOut
from app.store import changes, events
from app.store.engine import Session
from app.store.events import EventQuery

MOST_AT_ONCE = 1000
_CHUNK_BYTES = 64 * 1024


# ---------------------------------------------------------------- which
def chosen(request: Request, named: str | None) -> Format:
    """The format that the path's suffix, else `f=`, else the Accept header asks for.

    Raises NoSuchSuffix, InvalidParameters and NotAcceptable, which name what there is.
    """
    suffix = request.path_params.get("suffix")
    if suffix is not None:
        found = next((one for one in FORMATS.values() if one.suffix == suffix), None)
        if found is None:
            raise NoSuchSuffix(suffix, [one.suffix for one in FORMATS.values()])
        return found
    if named is not None:
        if named not in FORMATS:
            raise InvalidParameters([{"parameter": "f", "value": named, "accepted": f"one of {', '.join(FORMATS)}"}])
        return FORMATS[named]
    header = request.headers.get("accept")
    accepted = registry.accepted(header)
    if accepted is None:
        raise NotAcceptable(header or "", list(FORMATS))
    return accepted


# ---------------------------------------------------------------- answering
def answer(session: Session, request: Request, form: Format, query: EventQuery) -> Response:
    """What the query finds in that format; `query.limit` counts only where the request has one."""
    headers = {"Content-Disposition": f'inline; filename="events.{form.suffix}"'}
    limited = "limit" in request.query_params
    if form.is_stream and not limited:
        events.page(session, replace(query, limit=1))  # what is wrong with the query is told before anything is sent
        context = _context(session, request, lists.links(request, {}), _last(session, request))
        chunks = _together(_stream(request, form, query, context))
        return StreamingResponse(chunks, media_type=form.media_type, headers=headers)
    most = form.max_events or MOST_AT_ONCE
    seq = _last(session, request)
    page = events.page(session, replace(query, limit=min(query.limit, most) if limited else most))
    links = lists.links(request, {"cursor": page.next_cursor} if page.next_cursor is not None else {})
    assert form.render is not None
    context = _context(session, request, links, seq)
    shown = list(_read(page.documents))
    if form.is_feed:
        known = changes.revisions(session, (event["id"] for event in shown))
        context = replace(
            context,
            changed={id: one.at for id, one in known.items() if one.at},
            revisions={id: one.number for id, one in known.items()},
        )
    body = b"".join(form.render(shown, context))
    return Response(body, media_type=form.media_type, headers={**headers, "Link": lists.header(links)})


def _stream(request: Request, form: Format, query: EventQuery, context: Context) -> Iterator[bytes]:
    """All that the query finds, read while it is sent, in a session of its own."""
    assert form.render is not None
    with opened(request) as session:
        yield from form.render(_read(events.documents(session, query)), context)


def _together(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in pieces of some size: each piece is handed from thread to thread."""
    held: list[bytes] = []
    size = 0
    for chunk in chunks:
        held.append(chunk)
        size += len(chunk)
        if size >= _CHUNK_BYTES:
            yield b"".join(held)
            held, size = [], 0
    yield b"".join(held)


def _read(documents: Iterable[str]) -> Iterator[EventOut]:
    return (cast(EventOut, json.loads(document)) for document in documents)


def _last(session: Session, request: Request) -> int:
    seq: int = request.app.state.sequence.last(request, lambda: changes.last(session))
    return seq


def _context(session: Session, request: Request, links: list[LinkOut], seq: int) -> Context:
    base = str(request.base_url).rstrip("/")
    addresses = {link["rel"]: base + link["href"] for link in links}
    return Context(
        title="Demarche",
        base=base,
        self_address=addresses["self"],
        next_address=addresses.get("next"),
        updated=changes.last_at(session),
        seq=seq,
    )

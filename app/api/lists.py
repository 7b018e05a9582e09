"""Lists on the wire: stored documents joined as they are, with links to this page and the next (RFC 8288)."""

from collections.abc import Mapping
from typing import NotRequired
from urllib.parse import quote, urlencode

from fastapi import Request
from fastapi.responses import Response
from typing_extensions import TypedDict

from app.formats.shapes import ActorOut, ArticleOut, EventOut, LinkOut
from app.formats.wire import dumps
from app.store.pages import Page

MEDIA_TYPE = "application/json"


class CountOut(TypedDict):
    """How many were found; not `exact` where the counting stopped at that many."""

    value: int
    exact: bool


class EventListOut(TypedDict):
    """A page of events; `count` where it was asked for. `seq` is the number of the last change before the page was read."""

    events: list[EventOut]
    count: NotRequired[CountOut]
    seq: int
    links: list[LinkOut]


class ActorListOut(TypedDict):
    actors: list[ActorOut]
    links: list[LinkOut]


class ArticleListOut(TypedDict):
    articles: list[ArticleOut]
    links: list[LinkOut]


def answer(name: str, page: Page, request: Request, **more: object) -> Response:
    """The page as `{name: [...], **more, "links": [...]}` without what is None, the same links in the `Link` header."""
    found = links(request, {"cursor": page.next_cursor} if page.next_cursor is not None else {})
    rest = dumps({**{name: value for name, value in more.items() if value is not None}, "links": found})
    body = f"{{{dumps(name)}:[{','.join(page.documents)}],{rest[1:]}"
    return Response(body, media_type=MEDIA_TYPE, headers={"Link": header(found)})


def header(found: list[LinkOut]) -> str:
    """The links as the value of a `Link` header."""
    return ", ".join(f'<{link["href"]}>; rel="{link["rel"]}"' for link in found)


def links(request: Request, following: Mapping[str, str]) -> list[LinkOut]:
    """The link to this page, and to the next: the same query with other values for these parameters; none without any."""
    path = quote(request.scope["path"])
    asked = request.query_params.multi_items()
    found: list[LinkOut] = [{"rel": "self", "href": _href(path, asked)}]
    if following:
        kept = [(name, value) for name, value in asked if name not in following]
        found.append({"rel": "next", "href": _href(path, [*kept, *following.items()])})
    return found


def _href(path: str, query: list[tuple[str, str]]) -> str:
    return f"{path}?{urlencode(query, safe='/:,')}" if query else path

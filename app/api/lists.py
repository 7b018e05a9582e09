"""Lists on the wire: stored documents joined as they are, with links to this page and the next (RFC 8288)."""

from urllib.parse import quote, urlencode

from fastapi import Request
from fastapi.responses import Response
from typing_extensions import TypedDict

from app.formats.shapes import ActorOut, ArticleOut, EventOut, LinkOut
from app.formats.wire import dumps
from app.store.pages import Page

MEDIA_TYPE = "application/json"


class EventListOut(TypedDict):
    events: list[EventOut]
    links: list[LinkOut]


class ActorListOut(TypedDict):
    actors: list[ActorOut]
    links: list[LinkOut]


class ArticleListOut(TypedDict):
    articles: list[ArticleOut]
    links: list[LinkOut]


def answer(name: str, page: Page, request: Request) -> Response:
    """The page as `{name: [...], "links": [...]}`, the same links in the `Link` header."""
    links = _links(request, page.next_cursor)
    body = f'{{{dumps(name)}:[{",".join(page.documents)}],"links":{dumps(links)}}}'
    header = ", ".join(f'<{link["href"]}>; rel="{link["rel"]}"' for link in links)
    return Response(body, media_type=MEDIA_TYPE, headers={"Link": header})


def _links(request: Request, next_cursor: str | None) -> list[LinkOut]:
    path = quote(request.url.path)
    asked = request.query_params.multi_items()
    links: list[LinkOut] = [{"rel": "self", "href": _href(path, asked)}]
    if next_cursor is not None:
        following = [(name, value) for name, value in asked if name != "cursor"]
        links.append({"rel": "next", "href": _href(path, [*following, ("cursor", next_cursor)])})
    return links


def _href(path: str, query: list[tuple[str, str]]) -> str:
    return f"{path}?{urlencode(query, safe='/:,')}" if query else path

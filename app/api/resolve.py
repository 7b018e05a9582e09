"""POST /v1/resolve: what would be read in a text, with nothing stored."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.api import bodies, examples, lists, parameters, problems
from app.api.parameters import Parameters
from app.api.problems import InvalidArticle
from app.core.model import Reading
from app.curating import Read
from app.errors import SourceError
from app.formats import reading
from app.formats.shapes import ReadingOut
from app.formats.wire import dumps
from app.sources import record, stated

router = APIRouter(tags=["reading"])
MAX_BODY = 200_000
_WHERE = "the body"
_EXAMPLE = '{"text": "They met on Friday.", "date": "2022-01-28"}'
_KNOWN: dict[str, Any] = {
    "id": {"type": ["string", "integer", "null"], "description": "What you call it."},
    "date": {
        "type": ["string", "null"],
        "pattern": rf"^(?:{stated.PATTERN})$",
        "description": f"The article's date: {stated.ACCEPTED}.",
    },
    "url": {
        "type": ["string", "null"],
        "pattern": r"^(?:https?://[A-Za-z0-9][A-Za-z0-9.-]*(?::[0-9]{1,4})?(?:[/?#][^\s\x00]*)?)?$",
        "description": "Its web address; `address` is taken for it.",
    },
    "outlet": {"type": ["string", "null"], "pattern": r"^[^\x00]*$", "description": "Who published it."},
    "title": {"type": ["string", "null"], "pattern": r"^[^\x00]*$"},
}


def _article(**content: dict[str, Any]) -> dict[str, Any]:
    required = list(content)
    return {"type": "object", "properties": {**content, **_KNOWN}, "required": required, "additionalProperties": False}


SHAPES: dict[str, dict[str, Any]] = {
    "TextArticleIn": _article(
        text={**parameters.TEXT, "description": "The text, in English; offsets count its code points."}
    ),
    "PageArticleIn": _article(html={**parameters.TEXT, "description": "Instead of the text the page that holds it."}),
}
"""The shapes of an article that is sent, of the fields of `app.sources.record`, by their names among the document's schemas."""
ARTICLE: list[dict[str, Any]] = [{"$ref": f"#/components/schemas/{name}"} for name in SHAPES]


@router.post(
    "/resolve",
    summary="What would be read in a text",
    responses={
        **examples.answer(ReadingOut, "Its date, its date expressions and its acts", examples.RESOLVED),
        **problems.documented(
            problems.INVALID,
            problems.INVALID_BODY,
            problems.INVALID_ARTICLE,
            problems.TOO_LARGE_BODY,
            problems.BUSY,
            examples=examples.PROBLEMS,
        ),
    },
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": {"oneOf": ARTICLE}, "example": examples.RESOLVE}},
        }
    },
)
async def resolve(request: Request) -> Response:
    """Every date expression with its value and how that came about, the acts with their dates and actors, and the article's own
    date with the evidence. Nothing is stored. Offsets are code points into the text as given; for a page, into the `text` of the
    answer.
    """
    parameters.read(Parameters, request)
    content = await bodies.content(request, MAX_BODY)
    values = bodies.parsed(content, _EXAMPLE)
    read = request.app.state.read
    found = await request.app.state.turns.run(lambda: _read(values, read))
    return Response(dumps(found), media_type=lists.MEDIA_TYPE)


def _read(values: record.Values, read: Read) -> ReadingOut:
    try:
        draft = record.draft(record.known(values, where=_WHERE), name=_WHERE, where=_WHERE)
        [(article, found)] = read([record.article(draft, where=_WHERE)])
    except SourceError as error:
        raise InvalidArticle(str(error)) from error
    if not isinstance(found, Reading):
        raise InvalidArticle(str(found))
    document = reading.document(found, id=draft.id)
    if draft.html is not None:
        document["text"] = article.text
    return document

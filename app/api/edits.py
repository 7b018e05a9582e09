"""Curation: what editors decide of events, articles and actors. Anybody may read it; making and undoing edits takes a token."""

from datetime import UTC, datetime
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from typing_extensions import TypedDict

from app.api import bodies, examples, lists, parameters, problems, repeats
from app.api.parameters import EditListParameters, Parameters, UndoParameters
from app.api.problems import InvalidParameters
from app.api.sessions import Reads
from app.api.tokens import SECURITY, allowed
from app.curating import FIELDS, MAX_TEXT, By, Desk, listed
from app.formats.shapes import EditOut, LinkOut
from app.formats.wire import dumps
from app.store import edits
from app.store.edits import About, Edit
from app.store.engine import Session

router = APIRouter(tags=["curation"])
MAX_BODY = 64 * 1024
_EXAMPLE = '{"op": "hide", "reason": "a rumour"}'
READ_REFUSALS = (problems.INVALID, problems.NOT_FOUND, problems.UNAVAILABLE)
WRITE_REFUSALS = (
    *READ_REFUSALS,
    problems.INVALID_BODY,
    problems.TOO_LARGE_BODY,
    problems.UNAUTHENTICATED,
    problems.INSUFFICIENT_SCOPE,
    problems.CONFLICT,
)


class EditListOut(TypedDict):
    """Edits in the order in which they were made, those that were undone too."""

    edits: list[EditOut]
    links: list[LinkOut]


# ---------------------------------------------------------------- who and what
async def _body(request: Request) -> dict[str, Any]:
    return bodies.parsed(await bodies.content(request, MAX_BODY), _EXAMPLE)


Author = Annotated[str, Depends(allowed("curate"))]
Body = Annotated[dict[str, Any], Depends(_body)]


def _desk(request: Request) -> Desk:
    state = request.app.state
    return Desk(state.engine, state.read, state.kinds.keys(), state.settings.quote_chars)


def _make(request: Request, about: About, subject: str, author: str, body: dict[str, Any]) -> Response:
    parameters.read(Parameters, request)
    fields = {name: value for name, value in body.items() if name not in ("op", "reason")}
    for name in ("op", "reason"):
        if not isinstance(body.get(name), str):
            accepted = "is needed, as text" if name not in body else "text"
            value = dumps(body.get(name)) if name in body else ""
            raise InvalidParameters([{"parameter": name, "value": value, "accepted": accepted}])
    by = By(author, body["reason"], datetime.now(UTC))

    def act() -> Response:
        made = _desk(request).edit(about, subject, body["op"], fields, by)
        return _answer(made, HTTPStatus.CREATED, {"Location": request.url_for("get_edit", number=made.number).path})

    return repeats.once(request, author, act)


def _undo(request: Request, about: About, subject: str, number: str, author: str) -> Response:
    asked = parameters.read(UndoParameters, request)
    by = By(author, asked.reason, datetime.now(UTC))
    return _answer(_desk(request).undo(parameters.number(number), by, about=about, subject=subject))


def _list(request: Request, session: Session, about: About, subject: str) -> Response:
    parameters.read(Parameters, request)
    return _answer_list(listed(session, about, subject), lists.links(request, {}))


def _answer(edit: Edit, status: HTTPStatus = HTTPStatus.OK, headers: dict[str, str] | None = None) -> Response:
    return Response(dumps(edits.document(edit)), status, headers, lists.MEDIA_TYPE)


def _answer_list(found: list[Edit], links: list[LinkOut]) -> Response:
    body: EditListOut = {"edits": [edits.document(one) for one in found], "links": links}
    return Response(dumps(body), media_type=lists.MEDIA_TYPE, headers={"Link": lists.header(links)})


# ---------------------------------------------------------------- documentation
_TEXT = {**parameters.TEXT, "maxLength": MAX_TEXT}
_EDTF = {"$ref": "#/components/schemas/Edtf"}
_FIELD_SHAPES: dict[str, dict[str, Any]] = {
    "event": {"type": "string", "description": "The id of the other event."},
    "mentions": {
        "type": "array",
        "items": {"type": "string"},
        "minItems": 1,
        "description": "The ids of the mentions that are an act of their own, or of the articles that tell them.",
    },
    "date": _EDTF,
    "kind": {"$ref": "#/components/schemas/Kind"},
    "status": {"$ref": "#/components/schemas/Status"},
    "actors": {
        "type": "array",
        "minItems": 1,
        "items": {"$ref": "#/components/schemas/CastIn"},
    },
    "actor": {"type": "string", "description": "The id of the actor that it is."},
}


_CAST: dict[str, Any] = {
    "type": "object",
    "properties": {"id": parameters.TEXT, "role": {"$ref": "#/components/schemas/Role"}},
    "required": ["id", "role"],
    "additionalProperties": False,
}


def _schema(op: str, fields: tuple[str, ...]) -> dict[str, Any]:
    shapes = {name: _FIELD_SHAPES.get(name, _TEXT) for name in fields}
    return {
        "type": "object",
        "properties": {
            "op": {"type": "string", "const": op},
            **shapes,
            "reason": {**_TEXT, "description": "Why, for whoever comes next."},
        },
        "required": ["op", *fields, "reason"],
        "additionalProperties": False,
    }


def _name(about: About, op: str) -> str:
    return f"{about.title()}{op.title().replace('-', '')}In"


SHAPES: dict[str, dict[str, Any]] = {
    "CastIn": _CAST,
    **{_name(about, op): _schema(op, fields) for about, ops in FIELDS.items() for op, fields in ops.items()},
}
"""The shapes of the edits that are sent, by their names among the document's schemas."""


def _documented(about: About) -> dict[str, Any]:
    """OpenAPI's description of an edit's body: one shape for each operation, told apart by `op`."""
    shapes = {op: f"#/components/schemas/{_name(about, op)}" for op in FIELDS[about]}
    schema = {
        "oneOf": [{"$ref": place} for place in shapes.values()],
        "discriminator": {"propertyName": "op", "mapping": shapes},
    }
    content = {"application/json": {"schema": schema, "example": examples.NEW_EDITS[about]}}
    return {"parameters": [repeats.DOCUMENTED], "requestBody": {"required": True, "content": content}, **SECURITY}


def _created() -> dict[int | str, dict[str, Any]]:
    shown = examples.answer(EditOut, "The edit; Location leads to it", examples.EDIT)
    refusals = (*WRITE_REFUSALS, problems.KEY_REUSED, problems.STILL_WORKED_ON)
    return {201: shown[200], **problems.documented(*refusals, examples=examples.PROBLEMS)}


def _changed() -> dict[int | str, dict[str, Any]]:
    shown = examples.answer(EditOut, "The edit, which stands no more", examples.EDIT)
    return {**shown, **problems.documented(*WRITE_REFUSALS, examples=examples.PROBLEMS)}


def _shown() -> dict[int | str, dict[str, Any]]:
    shown = examples.answer(EditListOut, "Its edits", examples.EDITS)
    return {**shown, **problems.documented(*READ_REFUSALS, examples=examples.PROBLEMS)}


_UNDOING = {**parameters.documented(UndoParameters), **SECURITY}


# ---------------------------------------------------------------- all edits
@router.get(
    "/edits",
    summary="What editors did",
    responses={
        **examples.answer(EditListOut, "Edits in the order in which they were made", examples.EDITS),
        **problems.documented(problems.INVALID, problems.UNAVAILABLE, examples=examples.PROBLEMS),
    },
    openapi_extra=parameters.documented(EditListParameters),
)
def list_edits(request: Request, session: Reads) -> Response:
    """Every edit with its author, time and reason, those that were undone too."""
    asked = parameters.read(EditListParameters, request)
    found = edits.page(session, after=asked.since, limit=asked.limit + 1, standing=asked.standing)
    shown = found[: asked.limit]
    following = {"since": str(shown[-1].number)} if len(found) > asked.limit else {}
    return _answer_list(shown, lists.links(request, following))


@router.get(
    "/edits/{number}",
    summary="One edit",
    responses={
        **examples.answer(EditOut, "The edit", examples.EDIT),
        **problems.documented(*READ_REFUSALS, examples=examples.PROBLEMS),
    },
)
def get_edit(number: str, request: Request, session: Reads) -> Response:
    """What was decided, by whom and why; and whether it was undone."""
    parameters.read(Parameters, request)
    return _answer(edits.get(session, parameters.number(number)))


# ---------------------------------------------------------------- events
@router.get("/events/{id}/edits", summary="The edits of an event", responses=_shown())
def list_event_edits(id: str, request: Request, session: Reads) -> Response:
    """The edits that made an event what it is, and those that were undone; of what has become part of it too."""
    return _list(request, session, "event", id)


@router.post(
    "/events/{id}/edits",
    summary="Edit an event",
    status_code=201,
    responses=_created(),
    openapi_extra=_documented("event"),
)
def edit_event(id: str, request: Request, author: Author, body: Body) -> Response:
    """Merge, split, redate, retitle or hide an event, or change its kind, status or actors. It holds whatever is read later."""
    return _make(request, "event", id, author, body)


@router.delete(
    "/events/{id}/edits/{number}", summary="Undo an edit of an event", responses=_changed(), openapi_extra=_UNDOING
)
def undo_event_edit(id: str, number: str, request: Request, author: Author) -> Response:
    """Takes one edit back, whatever was edited after it; the row stays, with who undid it and why."""
    return _undo(request, "event", id, number, author)


# ---------------------------------------------------------------- articles
@router.get("/articles/{id}/edits", summary="The edits of an article", responses=_shown())
def list_article_edits(id: str, request: Request, session: Reads) -> Response:
    """What editors said of an article, those edits that were undone too."""
    return _list(request, session, "article", id)


@router.post(
    "/articles/{id}/edits",
    summary="Redate or retract an article",
    status_code=201,
    responses=_created(),
    openapi_extra=_documented("article"),
)
def edit_article(id: str, request: Request, author: Author, body: Body) -> Response:
    """Give an article its date, which moves all that it dates from there, or take it out of every event."""
    return _make(request, "article", id, author, body)


@router.delete(
    "/articles/{id}/edits/{number}", summary="Undo an edit of an article", responses=_changed(), openapi_extra=_UNDOING
)
def undo_article_edit(id: str, number: str, request: Request, author: Author) -> Response:
    """Takes one edit back: the article tells again what it told before."""
    return _undo(request, "article", id, number, author)


# ---------------------------------------------------------------- actors
@router.get("/actors/{id}/edits", summary="The edits of an actor", responses=_shown())
def list_actor_edits(id: str, request: Request, session: Reads) -> Response:
    """What editors said of an actor, those edits that were undone too."""
    return _list(request, session, "actor", id)


@router.post(
    "/actors/{id}/edits",
    summary="Join or rename an actor",
    status_code=201,
    responses=_created(),
    openapi_extra=_documented("actor"),
)
def edit_actor(id: str, request: Request, author: Author, body: Body) -> Response:
    """Say who somebody is whom the lexicon does not know: another actor, or by another name."""
    return _make(request, "actor", id, author, body)


@router.delete(
    "/actors/{id}/edits/{number}", summary="Undo an edit of an actor", responses=_changed(), openapi_extra=_UNDOING
)
def undo_actor_edit(id: str, number: str, request: Request, author: Author) -> Response:
    """Takes one edit back: the actor is again who the articles name."""
    return _undo(request, "actor", id, number, author)

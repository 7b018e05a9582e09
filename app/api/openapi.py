"""The OpenAPI document: what FastAPI makes of the routes, completed by what stands around all of them.

That is what the layers add (headers, refusals, 304), the shapes that several operations share, and the examples as they are.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute
from pydantic import TypeAdapter

from app.api import edits, examples, intake, parameters, problems, repeats, resolve
from app.api.problems import ProblemOut
from app.api.tokens import SCHEME, SECURITY

Routers = Sequence[tuple[APIRouter, str]]
Json = dict[str, Any]
SERVERS = [{"url": "/", "description": "The server that gave this document"}]
TAGS = [
    {"name": "events", "description": "The timeline, and what it is counted by."},
    {"name": "actors", "description": "Who acts, their histories, and whom they deal with."},
    {"name": "articles", "description": "What was read."},
    {"name": "changes", "description": "What became of events, for whoever keeps a copy."},
    {"name": "curation", "description": "What editors decide: audited, and reversible."},
    {"name": "reading", "description": "Articles taken in, and texts read without being stored."},
    {"name": "operations", "description": "For what runs the service."},
]
_READS = "/v1/"
_PRIVATE = "/v1/jobs"  # never tagged: see `app.api.private`
_TEXT: Json = {"type": "string"}
_NUMBER: Json = {"type": "integer", "minimum": 0}
HEADERS: dict[str, Json] = {
    "X-Request-ID": {
        "description": "What the server's log has the request under: the id that the request brings, or a new one.",
        "required": True,
        "schema": {"type": "string", "pattern": "^[A-Za-z0-9._-]{1,128}$"},
    },
    "ETag": {
        "description": "A strong tag: `If-None-Match` asks with it whether the answer is still that. Any commit makes it old.",
        "required": True,
        "schema": {"type": "string", "pattern": '^"[^"]+"$'},
    },
    "Link": {
        "description": 'This page (`rel="self"`), and where there is one the next (`rel="next"`), as in the body (RFC 8288).',
        "required": True,
        "schema": _TEXT,
    },
    "RateLimit-Policy": {
        "description": 'Where the operator limits requests: `"read";q=600;w=60` are 600 in 60 seconds.',
        "schema": _TEXT,
    },
    "RateLimit": {
        "description": "Where the operator limits requests: how many are left (`r`), and in how many seconds all are (`t`).",
        "schema": _TEXT,
    },
    "Retry-After": {"description": "In how many seconds to come again.", "schema": _NUMBER},
    "Location": {
        "description": "The path of what was made, or of what took it in.",
        "required": True,
        "schema": {"type": "string", "format": "uri-reference"},
    },
    "WWW-Authenticate": {
        "description": "What the token lacks (RFC 6750).",
        "required": True,
        "schema": {"type": "string", "pattern": "^Bearer "},
    },
    repeats.REPLAYED: {
        "description": "Where the request came before under its Idempotency-Key, and this is its first answer.",
        "schema": {"type": "string", "const": "true"},
    },
    "Preference-Applied": {
        "description": "Where the request preferred what was done.",
        "schema": {"type": "string", "const": intake.LATER},
    },
    "Content-Disposition": {
        "description": "In other formats than JSON: a name to save it under.",
        "schema": _TEXT,
    },
}
IF_NONE_MATCH: Json = {
    "name": "If-None-Match",
    "in": "header",
    "required": False,
    "description": "The `ETag` of an answer that the client holds: 304 if that is still what it would get.",
    "schema": _TEXT,
}
LAST_EVENT_ID: Json = {
    "name": "Last-Event-ID",
    "in": "header",
    "required": False,
    "description": "Of a stream: the `id` of the last event that the client saw, a whole number. It counts over `since`; a list "
    "passes it over.",
    "schema": _TEXT,
    "example": "41",
}
_STREAM = (
    'retry: 3000\n\nevent: created\nid: 42\ndata: {"seq":42,"version":17,"event":"e3c1f0a9b7d42","what":"created"}\n\n'
)
_PATH_PARAMETERS: dict[str, Json] = {
    "/v1/events/{id}": {"id": {"description": "The event's id, as lists have it.", "example": "e3c1f0a9b7d42"}},
    "/v1/articles/{id}": {"id": {"description": "The article's id, as lists have it.", "example": "a5f9b02c6e118"}},
    "/v1/actors/{id}": {
        "id": {"description": "The actor's id, or a name that is no other's; edits take the id.", "example": "RUS"}
    },
    "/v1/dyads/{one}/{other}": {
        "one": {"description": "An actor's id, or a name that is no other's.", "example": "RUS"},
        "other": {"description": "Another actor's id, or a name that is no other's.", "example": "USA"},
    },
    "/v1/jobs/{id}": {
        "id": {"description": "The job's id, from its Location.", "example": "j6f1c2d0b7a8e4f35b9d0c1e2f3a4b5c6"}
    },
    "/v1/": {
        "number": {
            "description": "The edit's number.",
            "example": 7,
            "schema": {"type": "integer", "minimum": 1, "maximum": 10**16 - 1},
        }
    },
}


def complete(app: FastAPI, routers: Routers, *, kinds: Iterable[str], closed: bool) -> None:
    """Completes the document that the app serves. `kinds` are those of the codebook; `closed` says that reading takes a token."""
    document = app.openapi()
    _share(document, kinds)
    for router, prefix in routers:
        _restore(document["paths"], router, prefix)
    refusals = problems.documented(
        problems.UNAUTHENTICATED, problems.INSUFFICIENT_SCOPE, problems.TOO_MANY, examples=examples.PROBLEMS
    )
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            if path.startswith(_READS):  # what the gate refuses, it refuses of all
                for status, refusal in refusals.items():
                    operation["responses"].setdefault(str(status), refusal)
            if closed and _is_read(path, method):
                operation.update(SECURITY)
            _name_path(path, operation)
            if _is_tagged(path, method):
                _make_conditional(operation)
            if path == "/v1/changes":
                _add_stream(operation)
            for status, answer in operation["responses"].items():
                answer["headers"] = dict(_headers(path, method, status, answer, operation))


# ---------------------------------------------------------------- what is shared
def _share(document: Json, kinds: Iterable[str]) -> None:
    """Adds the shapes that routes refer to, problem documents' among them: FastAPI only lists those of its own models."""
    problem = TypeAdapter(ProblemOut).json_schema(ref_template="#/components/schemas/{model}")
    shapes = {
        **problem.pop("$defs", {}),
        "ProblemOut": problem,
        **parameters.SHARED,
        "Kind": {"type": "string", "enum": sorted(kinds), "description": "A kind of act: /v1/kinds has them all."},
        **edits.SHAPES,
        **resolve.SHAPES,
        **intake.SHAPES,
    }
    components: Json = document.setdefault("components", {})
    components.setdefault("schemas", {}).update(shapes)
    components["securitySchemes"] = {"token": SCHEME}
    components["headers"] = HEADERS


def _restore(paths: Json, router: APIRouter, prefix: str) -> None:
    """Puts the examples of answers back as they are: FastAPI leaves out every null in the document, those in examples too."""
    routes = [route for route in router.routes if isinstance(route, APIRoute) and route.include_in_schema]
    for route in routes:
        for method in sorted(route.methods or ()):
            described = paths[prefix + route.path_format][method.lower()]["responses"]
            for status, answer in route.responses.items():
                for media_type, shown in answer.get("content", {}).items():
                    given = {name: shown[name] for name in ("example", "examples") if name in shown}
                    described[str(status)]["content"][media_type].update(given)


# ---------------------------------------------------------------- operations
def _is_read(path: str, method: str) -> bool:
    return method == "get" and path.startswith(_READS)


def _is_tagged(path: str, method: str) -> bool:
    return _is_read(path, method) and not path.startswith(_PRIVATE)


def _name_path(path: str, operation: Json) -> None:
    for parameter in operation.get("parameters", ()):
        if parameter["in"] == "path":
            for start, named in _PATH_PARAMETERS.items():
                if path.startswith(start) and parameter["name"] in named:
                    parameter.update(named[parameter["name"]])


def _make_conditional(operation: Json) -> None:
    operation.setdefault("parameters", []).append(IF_NONE_MATCH)
    operation["responses"]["304"] = {"description": "What the client holds is still the answer"}


def _add_stream(operation: Json) -> None:
    operation["parameters"].append(LAST_EVENT_ID)
    operation["responses"]["200"]["content"]["text/event-stream"] = {"schema": _TEXT, "example": _STREAM}


# ---------------------------------------------------------------- headers
def _headers(path: str, method: str, status: str, answer: Json, operation: Json) -> Iterator[tuple[str, Json]]:
    """The headers of an answer by their names; those that each such answer has are required."""
    yield _header("X-Request-ID")
    if path.startswith(_READS):
        yield _header("RateLimit-Policy")
        yield _header("RateLimit")
    if status in ("401", "403"):
        yield _header("WWW-Authenticate")
    if status == "429" or _says_when(path, method, status, answer):
        yield _header("Retry-After", required=status in ("202", "429"))
    if status in ("200", "304") and _is_tagged(path, method):
        yield _header("ETag", required=path != "/v1/changes")  # a stream has none
    if status == "200" and method != "post" and _has_links(answer):
        yield _header("Link", required=not _is_stream(answer))
        if _is_stream(answer) and path != "/v1/changes":
            yield _header("Content-Disposition")
    if status in ("202", "308") or (status == "201" and path.endswith("/edits")):
        yield _header("Location")
    if status < "300" and _takes_key(operation):
        yield _header(repeats.REPLAYED)
    if status == "202":
        yield _header("Preference-Applied")


def _header(name: str, *, required: bool | None = None) -> tuple[str, Json]:
    described = HEADERS[name]
    if required is None or required == described.get("required", False):
        return name, {"$ref": f"#/components/headers/{name}"}
    return name, {**described, "required": required}


def _says_when(path: str, method: str, status: str, answer: Json) -> bool:
    """Whether such an answer may say when to come again."""
    kinds = {kind for content in answer.get("content", {}).values() for kind in content.get("examples", {})} & {
        problems.BUSY.slug,
        problems.STILL_WORKED_ON.slug,
    }
    return bool(kinds) or status == "202" or (status, path, method) == ("200", "/v1/jobs/{id}", "get")


def _has_links(answer: Json) -> bool:
    """Whether the answer is a list, or is counted like one: single records have their links in the body alone."""
    shape = answer["content"].get("application/json", {}).get("schema", {}).get("$ref", "").rpartition("/")[2]
    return shape.endswith("ListOut") or shape in ("HistogramOut", "FacetsOut", "WindowOut", "JobDetailOut")


def _is_stream(answer: Json) -> bool:
    """Whether the answer may be sent while it is made, so that nobody knows yet whether there is a next page."""
    return len(answer["content"]) > 1


def _takes_key(operation: Json) -> bool:
    return any(one.get("name") == repeats.HEADER for one in operation.get("parameters", ()))

"""GET /v1/kinds and /v1/formats: the codebook, and what events can be had as."""

from fastapi import APIRouter, Request
from fastapi.responses import Response
from typing_extensions import TypedDict

from app.api import examples, lists, parameters, problems
from app.api.exports import MOST_AT_ONCE
from app.api.parameters import Parameters
from app.formats.registry import FORMATS, Format
from app.formats.shapes import LinkOut
from app.formats.wire import dumps

router = APIRouter(tags=["events"])


class KindOut(TypedDict):
    """A kind of act: `parent` is the one it refines; a `symmetric` act has participants instead of a source and a target."""

    id: str
    parent: str | None
    says: str
    symmetric: bool


class KindListOut(TypedDict):
    kinds: list[KindOut]
    links: list[LinkOut]


@router.get(
    "/kinds",
    summary="The kinds of act",
    responses={
        **examples.answer(KindListOut, "Every kind, each behind the one it refines", examples.KINDS),
        **problems.documented(problems.INVALID, examples=examples.PROBLEMS),
    },
)
def list_kinds(request: Request) -> Response:
    """The codebook: what each kind of act means, and which it refines. The filter `kind` finds a kind with all that refine it."""
    parameters.read(Parameters, request)
    links = lists.links(request, {})
    kinds = sorted(
        request.app.state.kinds.values(), key=lambda kind: (kind.parent or kind.id, bool(kind.parent), kind.id)
    )
    shown: list[KindOut] = [
        {"id": kind.id, "parent": kind.parent, "says": kind.says, "symmetric": kind.symmetric} for kind in kinds
    ]
    body: KindListOut = {"kinds": shown, "links": links}
    return Response(dumps(body), media_type=lists.MEDIA_TYPE, headers={"Link": lists.header(links)})


class FormatOut(TypedDict):
    """A format: `name` is what `f` takes, `suffix` ends a path. At most `max_events` are in one answer, null for all."""

    name: str
    media_type: str
    suffix: str
    max_events: int | None


class FormatListOut(TypedDict):
    formats: list[FormatOut]
    links: list[LinkOut]


@router.get(
    "/formats",
    summary="The formats of events",
    responses={
        **examples.answer(FormatListOut, "Every format", examples.FORMATS),
        **problems.documented(problems.INVALID, examples=examples.PROBLEMS),
    },
)
def list_formats(request: Request) -> Response:
    """What lists of events can be had as: by `f=`, by suffix (`/v1/events.csv`), or by Accept."""
    parameters.read(Parameters, request)
    links = lists.links(request, {})
    shown: list[FormatOut] = [
        {
            "name": one.name,
            "media_type": one.media_type,
            "suffix": one.suffix,
            "max_events": None if one.is_stream else one.max_events or _most(one),
        }
        for one in FORMATS.values()
    ]
    body: FormatListOut = {"formats": shown, "links": links}
    return Response(dumps(body), media_type=lists.MEDIA_TYPE, headers={"Link": lists.header(links)})


def _most(one: Format) -> int:
    return MOST_AT_ONCE if one.render is not None else parameters.MAX_LIMIT

"""GET /v1/histogram and /v1/facets: how many events there are, when and of what; under the filters of the list."""

from functools import partial

from fastapi import APIRouter, Request
from fastapi.responses import Response
from typing_extensions import TypedDict

from app.api import events, examples, lists, parameters, problems
from app.api.parameters import FacetParameters, HistogramParameters
from app.api.sessions import Reads
from app.formats.shapes import LinkOut
from app.formats.wire import dumps
from app.store import aggregates, tallies
from app.store.aggregates import Bucket
from app.store.engine import QuickReader
from app.store.tallies import Facet

router = APIRouter(tags=["events"])


class CountedOut(TypedDict):
    """How many events, and how many of them each value; the latter empty where nothing splits them."""

    count: int
    by: dict[str, int]


class BucketOut(CountedOut):
    """The events whose whole date lies in a bucket: `date` is EDTF."""

    date: str


class HistogramOut(TypedDict):
    """Only buckets with events, in the order of time; `wider` are the events whose date is wider than a bucket.

    `names` tells the names of the actors that `by` has.
    """

    unit: str
    by: str | None
    buckets: list[BucketOut]
    wider: CountedOut
    names: dict[str, str]
    links: list[LinkOut]


class ValueOut(TypedDict):
    """A value, which the filter of the same name takes, and how many events have it."""

    value: str
    name: str
    count: int


class FacetsOut(TypedDict):
    """For each facet its values, the most frequent first."""

    facets: dict[str, list[ValueOut]]
    links: list[LinkOut]


@router.get(
    "/histogram",
    summary="How many events when",
    responses={
        **examples.answer(HistogramOut, "Buckets in the order of time", examples.HISTOGRAM),
        **problems.documented(problems.INVALID, problems.UNAVAILABLE, examples=examples.PROBLEMS),
    },
    openapi_extra=parameters.documented(HistogramParameters),
)
def histogram(request: Request, session: Reads) -> Response:
    """Counts events by day, month or year. Each is counted once: in the bucket that holds its whole date, else as wider."""
    asked = parameters.read(HistogramParameters, request)
    query = events.wanted(partial(request.app.state.names.find, request, session), request, asked)
    found = aggregates.histogram(session, query, asked.unit, asked.by, most=asked.limit)
    named = {value for bucket in found for value in bucket.by} if asked.by is Facet.ACTOR else set()
    body: HistogramOut = {
        "unit": asked.unit.value,
        "by": asked.by.value if asked.by else None,
        "buckets": [{"date": one.date, "count": one.count, "by": one.by} for one in found if one.date is not None],
        "wider": _counted(next((one for one in found if one.date is None), Bucket(None, 0, {}))),
        "names": aggregates.names(session, sorted(named)),
        "links": lists.links(request, {}),
    }
    return _answer(body)


_BUCKET = ('{"date":"', '","count":', ',"by":{}}')


def at_once(request: Request, reader: QuickReader) -> Response | None:
    """The histogram that the request asks for, where its counts are kept; None for every other request.

    Raises what `histogram` raises, and UnknownYet.
    """
    asked = parameters.read(HistogramParameters, request)
    query = events.wanted(partial(request.app.state.names.known, request), request, asked)
    facet, values = aggregates.kept_under(query) or (None, ())
    if asked.by is not None or len(values) != 1 or not tallies.is_kept(facet, asked.unit):
        return None
    buckets, wider = tallies.joined(reader, facet, asked.unit, values[0], _BUCKET)
    links = lists.links(request, {})
    rest = dumps({"wider": {"count": wider, "by": {}}, "names": {}, "links": links})
    body = f'{{"unit":"{asked.unit.value}","by":null,"buckets":[{buckets}],{rest[1:]}'
    return Response(body, media_type=lists.MEDIA_TYPE, headers={"Link": lists.header(links)})


@router.get(
    "/facets",
    summary="How many events of what",
    responses={
        **examples.answer(FacetsOut, "Values of each facet", examples.FACETS),
        **problems.documented(problems.INVALID, problems.UNAVAILABLE, examples=examples.PROBLEMS),
    },
    openapi_extra=parameters.documented(FacetParameters),
)
def facets(request: Request, session: Reads) -> Response:
    """Counts events by their actors, kinds, outlets, statuses and precisions. One with several of them counts for each."""
    asked = parameters.read(FacetParameters, request)
    query = events.wanted(partial(request.app.state.names.find, request, session), request, asked)
    found = aggregates.facets(session, query, asked.facet or tuple(Facet), most=asked.limit)
    names = aggregates.names(session, [value for value, _ in found.get(Facet.ACTOR, [])])
    body: FacetsOut = {
        "facets": {
            facet.value: [{"value": one, "name": names.get(one, one), "count": number} for one, number in values]
            for facet, values in found.items()
        },
        "links": lists.links(request, {}),
    }
    return _answer(body)


def _counted(bucket: Bucket) -> CountedOut:
    return {"count": bucket.count, "by": bucket.by}


def _answer(body: HistogramOut | FacetsOut) -> Response:
    return Response(dumps(body), media_type=lists.MEDIA_TYPE, headers={"Link": lists.header(body["links"])})

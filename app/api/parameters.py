"""Query parameters: read strictly, so that a misspelt or repeated one is refused by name instead of passed over."""

import re
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, ClassVar, TypeVar

from fastapi import Request
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainValidator, ValidationError, WithJsonSchema
from pydantic_core import ErrorDetails, PydanticCustomError

from app.api.problems import InvalidParameters, ParameterErrorOut
from app.core import calendar
from app.core.calendar import DateSpan, Precision
from app.core.model import ActorKind, Role, Status
from app.errors import DateError, NotFound, SearchError
from app.formats.registry import FORMATS
from app.store import fulltext
from app.store.fulltext import Term
from app.store.queries import Match, Mode, Sort
from app.store.tallies import Facet, Unit
from app.store.texts import storable

MAX_LIMIT = 200
DEFAULT_LIMIT = 50
MAX_COUNT = 10_000
MAX_VALUES = 50  # of a parameter that may be repeated: each actor takes walks of its own
MAX_LANES = 20
MIN_ITEMS, MAX_ITEMS = 100, 500
Model = TypeVar("Model", bound="Parameters")


def _span(value: object) -> DateSpan:
    try:
        return calendar.parse(str(value))
    except DateError as error:
        raise PydanticCustomError("refused", "{accepted}", {"accepted": error.accepted}) from error


def _day(value: object) -> date:
    span = _span(value)
    if span.days != 1 or span.open_start or span.open_end:
        raise PydanticCustomError("refused", "one day, such as 2022-01-20")
    return span.first_day


def _search(value: object) -> tuple[Term, ...]:
    try:
        return fulltext.parse(_text(str(value)))
    except SearchError as error:
        raise PydanticCustomError("refused", "{accepted}", {"accepted": error.accepted}) from error


def _text(value: str) -> str:
    if not value.strip() or not storable(value):
        raise PydanticCustomError("refused", "text that is not empty and has no NUL character")
    return value


TEXT: dict[str, Any] = {"type": "string", "minLength": 1, "pattern": r"^[^\x00]*[^\s\x00][^\x00]*$"}
"""The shape of text that is not empty and has no NUL character."""
SHARED: dict[str, dict[str, Any]] = {}
"""The shapes that several parameters have, by the names that they have among the document's schemas."""
_PLACE = "#/components/schemas/"
_MARK = "x-shared"


def _shared(name: str, shape: dict[str, Any]) -> dict[str, Any]:
    """The shape, marked so that `documented` puts a reference for it: pydantic follows none that is not its own."""
    SHARED[name] = shape
    return {**shape, _MARK: name}


def _enum(*values: str) -> dict[str, Any]:
    return {"type": "string", "enum": list(values)}


def _several(one: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "maxItems": MAX_VALUES, "items": one}


def _names(values: type[StrEnum], name: str | None = None) -> dict[str, Any]:
    return _shared(name or values.__name__, _enum(*values))


_EDTF = _shared("Edtf", {"type": "string", "pattern": f"^(?:{calendar.PATTERN})$", "description": calendar.ACCEPTED})
Span = Annotated[DateSpan, PlainValidator(_span), WithJsonSchema(_EDTF)]
Day = Annotated[date, PlainValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
Text = Annotated[str, AfterValidator(_text), WithJsonSchema(TEXT)]
Limit = Annotated[int, Field(ge=1), AfterValidator(lambda value: min(value, MAX_LIMIT))]
Texts = Annotated[tuple[Text, ...], WithJsonSchema(_several(TEXT))]
Kinds = Annotated[
    tuple[Text, ...], WithJsonSchema(_several(_shared("Kind", {"type": "string"})))
]  # which ones there are the codebook says, when the document is made
Statuses = Annotated[tuple[Status, ...], WithJsonSchema(_several(_names(Status)))]
Precisions = Annotated[tuple[Precision, ...], WithJsonSchema(_several(_names(Precision)))]
KindOfActor = Annotated[ActorKind, WithJsonSchema(_names(ActorKind))]
RoleOfActor = Annotated[Role, WithJsonSchema(_names(Role))]
HowDaysMatch = Annotated[Match, WithJsonSchema(_names(Match, "DateMatch"))]
HowActorsMatch = Annotated[Mode, WithJsonSchema(_names(Mode, "ActorMode"))]
Order = Annotated[Sort, WithJsonSchema(_names(Sort, "EventOrder"))]
BucketUnit = Annotated[Unit, WithJsonSchema(_names(Unit, "BucketUnit"))]
OneFacet = Annotated[Facet, WithJsonSchema(_names(Facet))]
Facets = Annotated[tuple[Facet, ...], WithJsonSchema(_several(_names(Facet)))]
_FACETS = "one of " + ", ".join(Facet)
Cursor = Annotated[Text, WithJsonSchema({"type": "string", "pattern": "^[A-Za-z0-9_-]+$"})]
FormatName = Annotated[Text, WithJsonSchema(_shared("FormatName", {"type": "string", "enum": list(FORMATS)}))]
Search = Annotated[tuple[Term, ...], PlainValidator(_search), WithJsonSchema({"type": "string", "minLength": 1})]
Counting = Annotated[
    str, Field(pattern="^(none|capped|exact)$"), WithJsonSchema(_shared("Counting", _enum("none", "capped", "exact")))
]
Affiliation = Annotated[
    str, Field(pattern="^(self|affiliates)$"), WithJsonSchema(_shared("Affiliation", _enum("self", "affiliates")))
]


class Parameters(BaseModel):
    """The parameters of one path; whatever it doesn't name is refused. `accepted` tells what a field takes."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    accepted: ClassVar[dict[str, str]] = {
        "limit": f"a whole number from 1; above {MAX_LIMIT} counts as {MAX_LIMIT}",
        "status": "one of " + ", ".join(Status),
        "precision": "one of " + ", ".join(Precision),
        "role": "one of " + ", ".join(Role),
        "match": "one of " + ", ".join(Match),
        "actor_mode": "one of " + ", ".join(Mode),
        "sort": "one of " + ", ".join(Sort),
        "count": "one of none, capped, exact",
        "kind": "one of " + ", ".join(ActorKind),
        "scope": "self or affiliates",
        "conflict": "true or false",
        "documents": "true or false",
        "min_sources": "a whole number from 1",
        "active": "true or false",
        "standing": "true or false",
        "since": "a whole number from 0: the `seq` of a change",
    }

    @classmethod
    @cache
    def repeatable(cls) -> frozenset[str]:
        """The parameters that may be given several times."""
        return frozenset(name for name, field in cls.model_fields.items() if field.default == () and name != "q")


class PageParameters(Parameters):
    """What every list takes."""

    limit: Limit = Field(
        default=DEFAULT_LIMIT, description=f"How many at most; above {MAX_LIMIT} counts as {MAX_LIMIT}."
    )
    cursor: Cursor | None = Field(
        default=None, description="Where the page begins: from the `next` link of another page."
    )


class Conditions(Parameters):
    """What events can be filtered by, but for actors and by when they were known."""

    datetime: Span | None = Field(
        default=None,
        description=(
            "Events that agree with this. EDTF: a day, month, season (`2021-24`), year, decade (`202X`), or an interval with "
            "both ends inside; `..` or nothing is an open end; of a time of day the day counts."
        ),
        examples=["2021-12-15/2022-01-28", "2021-12", "2021-12~", "../2022-01-26", "2022"],
    )
    match: HowDaysMatch = Field(
        default=Match.INTERSECTS,
        description=(
            "How: `intersects` shares a day with it, `within` lies wholly in it, `certain` surely has a day of it: an event "
            "of December 2021 is not surely of December 15, talks that lasted over that day are."
        ),
    )
    counterpart: Texts = Field(
        default=(), description="Another actor who takes part; repeated, each of them.", examples=["USA"]
    )
    role: RoleOfActor | None = Field(default=None, description="The part that the actor has in it.")
    kind: Kinds = Field(
        default=(),
        description="A kind of act; finds those that refine it as well. Repeated, any of them.",
        examples=["consultation", "delivery"],
    )
    status: Statuses = Field(
        default=(), description="Whether it occurred, is scheduled, might be, or is denied. Repeated, any of them."
    )
    precision: Precisions = Field(default=(), description="How precise its date is. Repeated, any of them.")
    outlet: Texts = Field(
        default=(), description="An outlet that tells it, as articles name it. Repeated, any of them."
    )
    min_sources: Annotated[int, Field(ge=1, le=2**31)] = Field(
        default=1, description="How many articles must tell it.", examples=[2]
    )
    q: Search = Field(
        default=(),
        description=f"Words of the title, of the sentences that tell it, of its actors' names: {fulltext.ACCEPTED}.",
        examples=["written reply", '"legally binding" guarant*', "Lavrov -Blinken"],
    )
    conflict: bool | None = Field(
        default=None, description="Only events on whose date reports disagree, or only others."
    )
    scope: Affiliation = Field(
        default="affiliates",
        description="Of a state: only what it did itself, or what its people and organisations did as well.",
    )


class FilterParameters(Conditions):
    """What events can be filtered by, but for actors."""

    as_of: Day | None = Field(
        default=None,
        description="The events as they were known on this day: from articles dated up to it, as they told them.",
        examples=["2022-01-20"],
    )


class ActorFilter(Parameters):
    """Which actors take part."""

    actor: Texts = Field(
        default=(),
        description="An actor's id, name or alias. Repeated, all of them take part, or any (`actor_mode`).",
        examples=["RUS", "NATO", "Sergei Lavrov"],
    )
    actor_mode: HowActorsMatch = Field(
        default=Mode.ALL, description="Whether all the actors must take part, or any of them."
    )


class Filters(FilterParameters, ActorFilter):
    """What events can be filtered by."""


class HistoryParameters(FilterParameters, PageParameters):
    """What a list of the events of one actor takes."""

    f: FormatName | None = Field(
        default=None,
        description=f"The format, over what the Accept header says: one of {', '.join(FORMATS)}. See /v1/formats.",
        examples=["csv"],
    )
    sort: Order = Field(
        default=Sort.DATE,
        description="By first day, `-date` for the latest first, or with `q` by `relevance`, of which the first 1000 are shown.",
    )
    count: Counting = Field(
        default="none",
        description=f"Whether to count what is found: not, up to {MAX_COUNT}, or to the last one, which takes time.",
    )


class EventParameters(Filters, HistoryParameters):
    """What a list of events takes."""


class HistogramParameters(Filters):
    """Which events a histogram counts, and by what."""

    accepted: ClassVar[dict[str, str]] = {**Parameters.accepted, "unit": "one of " + ", ".join(Unit), "by": _FACETS}
    unit: BucketUnit = Field(default=Unit.MONTH, description="How wide a bucket is.")
    by: OneFacet | None = Field(default=None, description="What to split each bucket by.")
    limit: Limit = Field(
        default=10, description=f"How many values at most to split by; above {MAX_LIMIT} counts as {MAX_LIMIT}."
    )


class FacetParameters(Filters):
    """Which events are counted, and by what."""

    accepted: ClassVar[dict[str, str]] = {**Parameters.accepted, "facet": _FACETS}
    facet: Facets = Field(default=(), description="What to count by; repeated, each of them; all without it.")
    limit: Limit = Field(
        default=20, description=f"How many values at most for each; above {MAX_LIMIT} counts as {MAX_LIMIT}."
    )


class WindowParameters(Filters):
    """What a view of the timeline shows."""

    accepted: ClassVar[dict[str, str]] = {
        **Parameters.accepted,
        "by": _FACETS,
        "lanes": f"a whole number from 1; above {MAX_LANES} counts as {MAX_LANES}",
        "items": f"a whole number from {MIN_ITEMS}; above {MAX_ITEMS} counts as {MAX_ITEMS}",
    }
    by: OneFacet = Field(default=Facet.ACTOR, description="What the lanes are: each is a value of it.")
    lane: Texts = Field(
        default=(),
        description="A lane to show: an actor by any name, or another value; repeated, in that order. The fullest without any.",
        examples=["RUS"],
    )
    lanes: Annotated[int, Field(ge=1), AfterValidator(lambda value: min(value, MAX_LANES))] = Field(
        default=8, description=f"How many lanes at most; above {MAX_LANES} counts as {MAX_LANES}."
    )
    items: Annotated[int, Field(ge=MIN_ITEMS), AfterValidator(lambda value: min(value, MAX_ITEMS))] = Field(
        default=MAX_ITEMS,
        description=f"How many events and buckets at most in all lanes together; above {MAX_ITEMS} counts as {MAX_ITEMS}.",
    )


class CounterpartParameters(FilterParameters):
    """Which of an actor's events are counted, and whom to tell."""

    accepted: ClassVar[dict[str, str]] = {**Parameters.accepted, "who": "one of " + ", ".join(ActorKind)}
    who: KindOfActor | None = Field(default=None, description="Only states, organisations, offices or people.")
    limit: Limit = Field(default=20, description=f"How many at most; above {MAX_LIMIT} counts as {MAX_LIMIT}.")


class ActorParameters(PageParameters):
    """What actors can be filtered by."""

    q: Text | None = Field(default=None, description="A part of any of the actor's names.", examples=["lavrov"])
    kind: KindOfActor | None = Field(default=None, description="The kind of actor.")
    state: Text | None = Field(default=None, description="ISO 3166 alpha-3 code of its state.", examples=["RUS"])
    active: bool = Field(default=False, description="Only actors with events.")


class ChangeParameters(Conditions, ActorFilter):
    """Where in the change log to begin, and which events count."""

    since: Annotated[int, Field(ge=0, le=2**53)] = Field(
        default=0,
        description="The sequence number after which to begin: of the last change that is known.",
        examples=[41],
    )
    documents: bool = Field(default=False, description="Whether each change brings its event as it is now.")
    limit: Limit = Field(
        default=DEFAULT_LIMIT, description=f"How many at most; above {MAX_LIMIT} counts as {MAX_LIMIT}."
    )


class EditListParameters(Parameters):
    """Which edits to list."""

    accepted: ClassVar[dict[str, str]] = {
        **Parameters.accepted,
        "since": "a whole number from 0: the `number` of an edit",
    }
    since: Annotated[int, Field(ge=0, le=2**53)] = Field(
        default=0, description="The number of the edit after which to begin.", examples=[41]
    )
    standing: bool | None = Field(default=None, description="Only edits that stand, or only those that were undone.")
    limit: Limit = Field(
        default=DEFAULT_LIMIT, description=f"How many at most; above {MAX_LIMIT} counts as {MAX_LIMIT}."
    )


class JobListParameters(PageParameters):
    """Which page of jobs."""


class JobParameters(Parameters):
    """Which of a job's results to show."""

    accepted: ClassVar[dict[str, str]] = {
        **Parameters.accepted,
        "after": "a whole number from 0: the `number` of an article",
    }
    after: Annotated[int, Field(ge=0, le=2**31 - 1)] = Field(
        default=0, description="The place of the article behind which to begin.", examples=[50]
    )
    limit: Limit = Field(
        default=DEFAULT_LIMIT, description=f"How many at most; above {MAX_LIMIT} counts as {MAX_LIMIT}."
    )


class UndoParameters(Parameters):
    """Why an edit is undone."""

    reason: Text = Field(description="Why it is undone, for whoever comes next.", examples=["the wire was right"])


class ArticleParameters(PageParameters):
    """What articles can be filtered by."""

    outlet: Text | None = Field(default=None, description="The outlet, as the article names it.")


# ---------------------------------------------------------------- reading
def read(model: type[Model], request: Request) -> Model:
    """The request's query parameters; raises InvalidParameters, which names every one that cannot be used."""
    given: dict[str, Any] = {}
    repeated: list[ParameterErrorOut] = []
    for name, value in request.query_params.multi_items():
        if name in model.repeatable():
            given.setdefault(name, []).append(value)
            continue
        if name in given:
            repeated.append({"parameter": name, "value": value, "accepted": "this parameter once"})
        given[name] = value
    repeated += [
        {"parameter": name, "value": str(len(values)), "accepted": f"at most {MAX_VALUES} values"}
        for name, values in given.items()
        if isinstance(values, list) and len(values) > MAX_VALUES
    ]
    if repeated:
        raise InvalidParameters(repeated)
    try:
        return model.model_validate(given)
    except ValidationError as error:
        raise InvalidParameters([_refusal(model, one) for one in error.errors()]) from error


def _refusal(model: type[Parameters], error: ErrorDetails) -> ParameterErrorOut:
    name = str(error["loc"][0])
    value = "" if error["type"] == "missing" else str(error["input"])
    return {"parameter": name, "value": value, "accepted": _accepted(model, name, error)}


def number(value: str) -> int:
    """The number of an edit, out of a path; raises NotFound for what is none."""
    if not re.fullmatch(r"[1-9]\d{0,15}", value, re.ASCII):
        raise NotFound("edit", value)
    return int(value)


def _accepted(model: type[Parameters], name: str, error: ErrorDetails) -> str:
    if error["type"] == "refused":
        return error["msg"]
    if error["type"] == "missing":
        return "is needed: text"
    if error["type"] == "extra_forbidden":
        known = ", ".join(sorted(model.model_fields))
        return f"no such parameter; there are {known}" if known else "no parameters are taken here"
    return model.accepted[name]


# ---------------------------------------------------------------- documenting
def documented(model: type[Parameters]) -> dict[str, Any]:
    """OpenAPI's description of the parameters, for a route that reads them from the request."""
    properties: dict[str, Any] = model.model_json_schema().get("properties", {})
    return {"parameters": [_parameter(name, schema) for name, schema in properties.items()]} if properties else {}


def _parameter(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    details = {key: value for key, value in schema.items() if key not in ("title", "description", "anyOf")}
    if details.get("default") == []:
        del details["default"]
    [shape] = [one for one in schema.get("anyOf", [{}]) if one.get("type") != "null"]
    if details.get("default", ...) is None:
        del details["default"]
    described = {"name": name, "in": "query", "required": "default" not in schema, "description": schema["description"]}
    return {**described, "schema": _referring({**shape, **details})}


def _referring(shape: dict[str, Any]) -> dict[str, Any]:
    """The shape with a reference in place of what is shared; what it says besides stands beside the reference."""
    if _MARK in shape:
        beside = {key: one for key, one in shape.items() if key in ("default", "examples")}
        return {"$ref": _PLACE + shape[_MARK], **beside}
    if "items" in shape:
        return {**shape, "items": _referring(shape["items"])}
    return shape

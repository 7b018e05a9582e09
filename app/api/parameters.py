"""Query parameters: read strictly, so that a misspelt or repeated one is refused by name instead of passed over."""

import re
from datetime import date
from typing import Annotated, Any, ClassVar, TypeVar

from fastapi import Request
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainValidator, ValidationError, WithJsonSchema
from pydantic_core import ErrorDetails, PydanticCustomError

from app.api.problems import InvalidParameters, ParameterErrorOut
from app.core import calendar
from app.core.calendar import DateSpan
from app.core.model import ActorKind, Status
from app.errors import DateError, NotFound
from app.store.texts import storable

MAX_LIMIT = 200
DEFAULT_LIMIT = 50
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


def _text(value: str) -> str:
    if not value.strip() or not storable(value):
        raise PydanticCustomError("refused", "text that is not empty and has no NUL character")
    return value


Span = Annotated[DateSpan, PlainValidator(_span), WithJsonSchema({"type": "string"})]
Day = Annotated[date, PlainValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
Text = Annotated[str, AfterValidator(_text), WithJsonSchema({"type": "string", "minLength": 1})]
Limit = Annotated[int, Field(ge=1), AfterValidator(lambda value: min(value, MAX_LIMIT))]
EventStatus = Annotated[Status, WithJsonSchema({"type": "string", "enum": [one.value for one in Status]})]
KindOfActor = Annotated[ActorKind, WithJsonSchema({"type": "string", "enum": [one.value for one in ActorKind]})]


class Parameters(BaseModel):
    """The parameters of one path; whatever it doesn't name is refused. `accepted` tells what a field takes."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    accepted: ClassVar[dict[str, str]] = {
        "limit": f"a whole number from 1; above {MAX_LIMIT} counts as {MAX_LIMIT}",
        "status": "one of " + ", ".join(Status),
        "kind": "one of " + ", ".join(ActorKind),
        "scope": "self or affiliates",
        "active": "true or false",
        "standing": "true or false",
        "since": "a whole number from 0: the `seq` of a change",
    }


class PageParameters(Parameters):
    """What every list takes."""

    limit: Limit = Field(
        default=DEFAULT_LIMIT, description=f"How many at most; above {MAX_LIMIT} counts as {MAX_LIMIT}."
    )
    cursor: Text | None = Field(
        default=None, description="Where the page begins: from the `next` link of another page."
    )


class HistoryParameters(PageParameters):
    """What the events of one actor can be filtered by."""

    datetime: Span | None = Field(
        default=None,
        description=(
            "Events that share a day with this. EDTF: a day, month, season (`2021-24`), year, decade (`202X`), or an "
            "interval with both ends inside; `..` or nothing is an open end."
        ),
        examples=["2021-12-15/2022-01-28", "2021-12", "../2022-01-26", "2022"],
    )
    kind: Text | None = Field(
        default=None,
        description="A kind of act; finds those that refine it as well.",
        examples=["consultation", "delivery"],
    )
    status: EventStatus | None = Field(
        default=None, description="Whether it occurred, is scheduled, might be, or is denied."
    )
    as_of: Day | None = Field(
        default=None,
        description="The events as they were known on this day: from articles dated up to it, as they told them.",
        examples=["2022-01-20"],
    )
    scope: Annotated[str, Field(pattern="^(self|affiliates)$")] = Field(
        default="affiliates",
        description="Of a state: only what it did itself, or what its people and organisations did as well.",
    )


class EventParameters(HistoryParameters):
    """What events can be filtered by."""

    actor: Text | None = Field(
        default=None, description="An actor's id, name or alias.", examples=["RUS", "NATO", "Sergei Lavrov"]
    )


class ActorParameters(PageParameters):
    """What actors can be filtered by."""

    q: Text | None = Field(default=None, description="A part of any of the actor's names.", examples=["lavrov"])
    kind: KindOfActor | None = Field(default=None, description="The kind of actor.")
    state: Text | None = Field(default=None, description="ISO 3166 alpha-3 code of its state.", examples=["RUS"])
    active: bool = Field(default=False, description="Only actors with events.")


class ChangeParameters(Parameters):
    """Where in the change log to begin."""

    since: Annotated[int, Field(ge=0, le=2**53)] = Field(
        default=0,
        description="The sequence number after which to begin: of the last change that is known.",
        examples=[41],
    )
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


class UndoParameters(Parameters):
    """Why an edit is undone."""

    reason: Text = Field(description="Why it is undone, for whoever comes next.", examples=["the wire was right"])


class ArticleParameters(PageParameters):
    """What articles can be filtered by."""

    outlet: Text | None = Field(default=None, description="The outlet, as the article names it.")


# ---------------------------------------------------------------- reading
def read(model: type[Model], request: Request) -> Model:
    """The request's query parameters; raises InvalidParameters, which names every one that cannot be used."""
    given: dict[str, str] = {}
    repeated: list[ParameterErrorOut] = []
    for name, value in request.query_params.multi_items():
        if name in given:
            repeated.append({"parameter": name, "value": value, "accepted": "this parameter once"})
        given[name] = value
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
    [shape] = [one for one in schema.get("anyOf", [{}]) if one.get("type") != "null"]
    if details.get("default", ...) is None:
        del details["default"]
    described = {"name": name, "in": "query", "required": "default" not in schema, "description": schema["description"]}
    return {**described, "schema": {**shape, **details}}

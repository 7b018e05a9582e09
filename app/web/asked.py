"""What the address of a page asks for: the API's filters, and what the explorer has beside them."""

from typing import ClassVar, TypeVar
from urllib.parse import urlencode

from fastapi import Request
from pydantic import Field

from app.api import parameters
from app.api.parameters import FilterParameters, Filters, OneFacet, Order, PageParameters, Parameters, Text
from app.store.queries import Sort
from app.store.tallies import Facet

Model = TypeVar("Model", bound=Parameters)


class Asked(Filters, PageParameters):
    """The parameters of a page."""

    accepted: ClassVar[dict[str, str]] = {**parameters.Parameters.accepted, "by": "one of " + ", ".join(Facet)}
    sort: Order = Field(default=Sort.DATE, description="The order of the list.")
    by: OneFacet = Field(default=Facet.ACTOR, description="What the lanes of the timeline are.")
    event: Text | None = Field(default=None, description="The event that is shown beside the list.")


class History(FilterParameters, PageParameters):
    """The parameters of an actor's page."""

    sort: Order = Field(default=Sort.LATEST, description="The order of the list.")


OWN = frozenset(("by", "event"))
"""The parameters that the API does not know."""


def given(request: Request, model: type[Parameters] = Asked) -> list[tuple[str, str]]:
    """The parameters that a page knows and that say something: forms send empty fields, and links carry marks of others."""
    return [(name, value) for name, value in request.query_params.multi_items() if name in model.model_fields and value]


def read(request: Request, model: type[Model]) -> Model:
    """What is asked for; raises InvalidParameters, which names every parameter that cannot be used."""
    query = urlencode(given(request, model)).encode()
    return parameters.read(model, Request({**request.scope, "query_string": query}))

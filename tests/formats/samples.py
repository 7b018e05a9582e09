"""Wire documents for the tests of the formats: a plain event, and the awkward ones that every format has to show."""

from datetime import UTC, datetime
from typing import Any

from app.core import calendar
from app.core.model import Role
from app.formats.context import Context
from app.formats.shapes import EventActorOut, EventOut, SourceOut

HOSTILE = (
    """Tom & "Jerry's" <script>window.ran = true</script> <b>bold</b> &amp; \u202e\u05e9\u05dc\u05d5\u05dd\u202c"""
)
LONG = "A title without end " * 500


def actor(id_: str = "USA", name: str = "United States", *, role: Role = Role.SOURCE) -> EventActorOut:
    return {"id": id_, "name": name, "kind": "state", "state": id_, "role": role.value}


def source(quote: str = "The answer was handed over on January 26.", **changes: Any) -> SourceOut:
    plain: SourceOut = {
        "article": "a5f9b02c6e118",
        "outlet": "Example Agency",
        "address": "https://news.example/answer?a=1&b=2",
        "title": "Washington's answer reaches Moscow",
        "date": "2022-01-27",
        "quote": quote,
    }
    return {**plain, **changes}


def event(edtf: str = "2022-01-26", **changes: Any) -> EventOut:
    """An event of that date, by two states and told by one article; its days and precision are those of the date."""
    span = calendar.parse(edtf)
    id_ = changes.get("id", "e3c1f0a9b7d42")
    plain: EventOut = {
        "id": id_,
        "title": "United States hands a written answer to Russia",
        "date": edtf,
        "first_day": None if span.open_start else span.first_day.isoformat(),
        "last_day": None if span.open_end else span.last_day.isoformat(),
        "precision": span.precision.value,
        "basis": "expression",
        "kind": "delivery",
        "status": "occurred",
        "reported_by": None,
        "conflict": False,
        "confidence": 0.7,
        "rules": "2026-11-23",
        "edited": [],
        "actors": [actor(), actor("RUS", "Russia", role=Role.TARGET)],
        "source_count": 1,
        "outlet_count": 1,
        "sources": [source()],
        "links": [{"rel": "self", "href": f"/v1/events/{id_}"}],
    }
    return {**plain, **changes}


CONTEXT = Context(
    title="Demarche: events",
    base="https://demarche.example",
    self_address="https://demarche.example/v1/events?limit=2&f=x",
    next_address="https://demarche.example/v1/events?limit=2&cursor=abc&f=x",
    updated=datetime(2026, 11, 23, 12, 30, tzinfo=UTC),
    seq=41,
)

AWKWARD = [
    event("2022-01-26", id="e-day"),
    event("2021-12", id="e-month"),
    event("2021-24", id="e-winter"),
    event("[2022-04-01..2022-04-10]", id="e-one-of"),
    event("2022-01-10/2022-01-13", id="e-period"),
    event("2022-01-10/..", id="e-open-end"),
    event("../2022-01-13", id="e-open-start"),
    event("0001-01-01", id="e-first-day"),
    event("9999-12-31", id="e-last-day"),
    event("9999-12", id="e-last-month"),
    event("201X", id="e-decade"),
    event(
        "2022-02-01",
        id="e-hostile",
        title=HOSTILE,
        status="denied",
        conflict=True,
        reported_by={"id": None, "name": HOSTILE},
        actors=[actor("bad;id", HOSTILE)],
        sources=[source(HOSTILE, outlet=HOSTILE, title=HOSTILE), source(address="javascript:window.ran=true")],
        source_count=5,
    ),
    event("2022-02-02", id="e-long", title=LONG, status="scheduled"),
    event("2022-02-03", id="e-bare", actors=[], sources=[], source_count=0, outlet_count=None, confidence=None),
]

"""The examples in the API's documentation: one act, told by one article, as every path shows it."""

from collections.abc import Mapping
from typing import Any

from app.api import problems
from app.api.lists import ActorListOut, ArticleListOut, EventListOut
from app.api.problems import ParameterErrorOut, ProblemOut
from app.core import calendar
from app.core.rates import Rate
from app.formats.shapes import (
    ActorDetailOut,
    ActorOut,
    ArticleDetailOut,
    ArticleOut,
    EditOut,
    EventActorOut,
    EventDetailOut,
    EventOut,
    LinkOut,
    MentionOut,
    ReadingOut,
    ReporterOut,
    SourceOut,
)
from app.formats.wire import dumps
from app.sources import stated
from app.store.edits import About

_EVENT_PATH = "/v1/events/e3c1f0a9b7d42"
_ARTICLE_PATH = "/v1/articles/a5f9b02c6e118"
_ACTOR_PATH = "/v1/actors/RUS"
_CLAUSE = "On January 26 the US ambassador handed Washington's written answer to the Russian foreign ministry"
_SENTENCE = f"{_CLAUSE}, the Kremlin said."
_KREMLIN: ReporterOut = {"id": "kremlin", "name": "Kremlin"}
_USA: EventActorOut = {"id": "USA", "name": "United States", "kind": "state", "state": "USA", "role": "source"}
_RUSSIA: EventActorOut = {"id": "RUS", "name": "Russia", "kind": "state", "state": "RUS", "role": "target"}


def answer(model: Any, description: str, example: object) -> dict[int | str, dict[str, Any]]:
    """OpenAPI's description of a successful answer."""
    return {200: {"model": model, "description": description, "content": {"application/json": {"example": example}}}}


def _self(path: str) -> list[LinkOut]:
    return [{"rel": "self", "href": path}]


def _page(path: str, cursor: str) -> list[LinkOut]:
    return [{"rel": "self", "href": f"{path}?limit=1"}, {"rel": "next", "href": f"{path}?limit=1&cursor={cursor}"}]


_SOURCE: SourceOut = {
    "article": "a5f9b02c6e118",
    "outlet": "Example Agency",
    "address": "https://news.example/written-answer",
    "title": "Washington's answer reaches Moscow",
    "date": "2022-01-27",
    "quote": _SENTENCE,
}
_EVENT: EventOut = {
    "id": "e3c1f0a9b7d42",
    "title": "United States hands a written answer to Russia",
    "date": "2022-01-26",
    "first_day": "2022-01-26",
    "last_day": "2022-01-26",
    "precision": "day",
    "basis": "expression",
    "kind": "delivery",
    "status": "occurred",
    "reported_by": _KREMLIN,
    "conflict": False,
    "confidence": 0.7,
    "rules": "2026-11-23",
    "edited": ["retitle"],
    "actors": [_USA, _RUSSIA],
    "source_count": 1,
    "outlet_count": 1,
    "sources": [_SOURCE],
    "links": _self(_EVENT_PATH),
}
_MENTION: MentionOut = {
    "id": "m4b1d7e20c95f",
    "article": "a5f9b02c6e118",
    "date": "2022-01-26",
    "first_day": "2022-01-26",
    "last_day": "2022-01-26",
    "precision": "day",
    "basis": "expression",
    "title": "United States hands a written answer to Russia",
    "kind": "delivery",
    "status": "occurred",
    "reported_by": _KREMLIN,
    "zone": "body",
    "sentence": {"begin": 412, "end": 412 + len(_SENTENCE), "text": _SENTENCE},
    "clause": {"begin": 412, "end": 412 + len(_CLAUSE), "text": _CLAUSE},
    "trigger": {"begin": 412 + _SENTENCE.index("handed"), "end": 418 + _SENTENCE.index("handed"), "lemma": "hand"},
    "actors": [
        {**_USA, "via": "demonym", "begin": 412 + _SENTENCE.index("US"), "end": 414 + _SENTENCE.index("US")},
        {
            **_RUSSIA,
            "via": "demonym",
            "begin": 412 + _SENTENCE.index("Russian"),
            "end": 419 + _SENTENCE.index("Russian"),
        },
    ],
    "derivation": [
        {"rule": "month-day", "says": "'January 26' names a day and a month"},
        {"rule": "nearest-year", "says": "counted from the article's date, 2022-01-27: 2022-01-26"},
    ],
}
_ARTICLE: ArticleOut = {
    "id": "a5f9b02c6e118",
    "key": "https://news.example/written-answer",
    "outlet": "Example Agency",
    "title": "Washington's answer reaches Moscow",
    "address": "https://news.example/written-answer",
    "date": "2022-01-27",
    "best_day": "2022-01-27",
    "earliest_day": "2022-01-27",
    "latest_day": "2022-01-27",
    "revision": 1,
    "corrected_date": "2022-01-27",
    "retracted": False,
    "links": _self(_ARTICLE_PATH),
}
_ACTOR: ActorOut = {
    "id": "RUS",
    "name": "Russia",
    "kind": "state",
    "state": "RUS",
    "event_count": 12,
    "links": [*_self(_ACTOR_PATH), {"rel": "events", "href": f"{_ACTOR_PATH}/events"}],
}

# ---------------------------------------------------------------- answers
EVENTS: EventListOut = {"events": [_EVENT], "seq": 42, "links": _page("/v1/events", "WyIyMDIyLTAxLTI2Il0")}
EVENT: EventDetailOut = {
    **_EVENT,
    "dates": [],
    "history": [{"status": "occurred", "article": "a5f9b02c6e118", "date": "2022-01-27"}],
    "possible_same": [
        {
            "event": "e80d2b6c1f55a",
            "score": 4,
            "says": "2022-01 and 2022-01-26 agree (1); USA acts in both (2); proposal and delivery tell one act (1); "
            "no word in common",
        }
    ],
    "edits": [
        {
            "number": 7,
            "op": "retitle",
            "value": {"title": "United States hands a written answer to Russia"},
            "instead_of": "US ambassador hands answer",
            "author": "anna",
            "reason": "the title names who acts",
            "made_at": "2022-02-03T12:00:00+00:00",
        }
    ],
    "mentions": [_MENTION],
    "explanation": [],
}
ARTICLES: ArticleListOut = {"articles": [_ARTICLE], "links": _page("/v1/articles", "WyIyMDIyLTAxLTI3Il0")}
ARTICLE: ArticleDetailOut = {
    **_ARTICLE,
    "evidence": [
        {
            "rule": "correction",
            "text": "2022-01-27",
            "begin": 0,
            "end": 0,
            "says": "an editor states 2022-01-27",
        }
    ],
    "events": [{"id": "e3c1f0a9b7d42", "date": "2022-01-26", "title": _EVENT["title"]}],
}
ACTORS: ActorListOut = {"actors": [_ACTOR], "links": _page("/v1/actors", "WyJSdXNzaWEiXQ")}
ACTOR: ActorDetailOut = {**_ACTOR, "qid": "Q159", "aliases": ["Russian Federation", "Moscow"], "tenures": []}
EDIT: EditOut = {
    "number": 7,
    "about": "event",
    "subject": "e3c1f0a9b7d42",
    "op": "retitle",
    "value": {"title": "United States hands a written answer to Russia"},
    "author": "anna",
    "reason": "the title names who acts",
    "made_at": "2022-02-03T12:00:00+00:00",
    "undone": {"by": "boris", "reason": "the first title was right", "at": "2022-02-04T09:30:00+00:00"},
}
EDITS = {"edits": [EDIT], "links": [{"rel": "self", "href": f"{_EVENT_PATH}/edits"}]}
NEW_EDITS: Mapping[About, dict[str, Any]] = {
    "event": {"op": "redate", "date": "2022-01-26", "reason": "the minutes give the day"},
    "article": {"op": "redate", "date": "2022-01-27", "reason": "the printed page gives the day"},
    "actor": {"op": "join", "actor": "sergei-lavrov", "reason": "a spelling of his name"},
}
CHANGES = {
    "changes": [
        {"seq": 42, "version": 17, "event": "e3c1f0a9b7d42", "what": "merged", "other": "e80d2b6c1f55a"},
    ],
    "version": 17,
    "more": False,
    "links": [
        {"rel": "self", "href": "/v1/changes?since=41"},
        {"rel": "next", "href": "/v1/changes?since=42"},
    ],
}
COUNTERPARTS = {
    "counterparts": [
        {
            "id": "USA",
            "name": "United States",
            "kind": "state",
            "state": "USA",
            "count": 9,
            "first_day": "2021-12-15",
            "last_day": "2022-01-28",
            "links": [{"rel": "events", "href": "/v1/dyads/RUS/USA/events"}],
        }
    ],
    "links": [{"rel": "self", "href": "/v1/actors/RUS/counterparts"}],
}
KINDS = {
    "kinds": [
        {
            "id": "accession",
            "parent": "agreement",
            "says": "A state becomes part of a treaty or an organisation.",
            "symmetric": False,
        }
    ],
    "links": [{"rel": "self", "href": "/v1/kinds"}],
}
FORMATS = {
    "formats": [{"name": "ics", "media_type": "text/calendar; charset=utf-8", "suffix": "ics", "max_events": 1000}],
    "links": [{"rel": "self", "href": "/v1/formats"}],
}
HISTOGRAM = {
    "unit": "month",
    "by": "kind",
    "buckets": [
        {"date": "2021-12", "count": 3, "by": {"proposal": 2, "publication": 1}},
        {"date": "2022-01", "count": 2, "by": {"delivery": 2}},
    ],
    "wider": {"count": 1, "by": {"meeting": 1}},
    "names": {},
    "links": [{"rel": "self", "href": "/v1/histogram?by=kind"}],
}
FACETS = {
    "facets": {
        "actor": [
            {"value": "RUS", "name": "Russia", "count": 12},
            {"value": "USA", "name": "United States", "count": 9},
        ],
        "status": [{"value": "occurred", "name": "occurred", "count": 11}],
    },
    "links": [{"rel": "self", "href": "/v1/facets?facet=actor&facet=status&limit=2"}],
}
_READ = "On Friday the US ambassador handed the foreign ministry in Moscow a written answer."
RESOLVE = {"id": "1", "text": _READ, "date": "2022-01-28", "outlet": "Example Agency"}
RESOLVED: ReadingOut = {
    "id": "1",
    "article_date": {
        "best": "2022-01-28",
        "earliest": "2022-01-28",
        "latest": "2022-01-28",
        "evidence": [
            {"rule": "metadata", "text": "2022-01-28", "begin": 0, "end": 0, "says": "its source states 2022-01-28"},
        ],
    },
    "timexes": [
        {
            "begin": _READ.index("Friday"),
            "end": _READ.index("Friday") + 6,
            "text": "Friday",
            "type": "DATE",
            "value": "2022-01-28",
            "edtf": "2022-01-28",
            "first_day": "2022-01-28",
            "last_day": "2022-01-28",
            "rule": "weekday",
            "anchor": "2022-01-28",
            "runner_up": "2022-01-21",
            "derivation": [
                {"rule": "weekday", "says": "Friday counts from the article's day, told in the past → 2022-01-28"}
            ],
        }
    ],
    "mentions": [
        {
            "title": "United States hands Russian Foreign Ministry a written answer",
            "edtf": "2022-01-28",
            "first_day": "2022-01-28",
            "last_day": "2022-01-28",
            "precision": "day",
            "basis": "expression",
            "zone": "body",
            "sentence": {"begin": 0, "end": len(_READ), "text": _READ},
            "clause": {"begin": 0, "end": len(_READ) - 1, "text": _READ[:-1]},
            "trigger": {"begin": _READ.index("handed"), "end": _READ.index("handed") + 6, "lemma": "hand"},
            "kind": "delivery",
            "status": "occurred",
            "reported_by": {**_KREMLIN, "begin": 0, "end": 0},
            "actors": [{**_USA, "via": "demonym", "begin": _READ.index("US"), "end": _READ.index("US") + 2}],
            "derivation": [{"rule": "attach-governor", "says": "'On Friday' dates 'handed'"}],
        }
    ],
}
_SENT_ONE = {
    "url": "https://news.example/written-answer",
    "text": _READ,
    "date": "2022-01-28",
    "outlet": "Example Agency",
}
SENT = {"articles": [_SENT_ONE, {"id": "2", "text": _READ, "date": "2022-02-29"}]}
SENT_LINES = f"{dumps(_SENT_ONE)}\n"
_TAKEN_ONE: dict[str, Any] = {
    "number": 1,
    "outcome": "created",
    "key": "https://news.example/written-answer",
    "id": "a5f9b02c6e118",
    "events": [{"id": "e3c1f0a9b7d42", "date": "2022-01-26", "title": _EVENT["title"]}],
    "links": [{"rel": "self", "href": _ARTICLE_PATH}, {"rel": "event", "href": _EVENT_PATH}],
}
_REFUSED_ONE = {
    "number": 2,
    "outcome": "refused",
    "reason": f"\"date\" is '2022-02-29': {stated.ACCEPTED}",
    "events": [],
    "links": [],
}
TAKEN = {
    "articles": [_TAKEN_ONE, _REFUSED_ONE],
    "counts": {"created": 1, "revised": 0, "unchanged": 0, "refused": 1},
}
TAKEN_AGAIN = {
    "articles": [{**_TAKEN_ONE, "outcome": "unchanged"}],
    "counts": {"created": 0, "revised": 0, "unchanged": 1, "refused": 0},
}
_JOB_PATH = "/v1/jobs/j6f1c2d0b7a8e4f35b9d0c1e2f3a4b5c6"
NEW_JOB = {
    "id": "j6f1c2d0b7a8e4f35b9d0c1e2f3a4b5c6",
    "state": "queued",
    "total": 200,
    "done": 0,
    "counts": {},
    "made_at": "2022-02-03T12:00:00+00:00",
    "links": _self(_JOB_PATH),
}
_ENDED = {
    **NEW_JOB,
    "state": "done",
    "done": 200,
    "counts": {"created": 199, "refused": 1},
    "finished_at": "2022-02-03T12:03:20+00:00",
}
JOBS = {"jobs": [_ENDED], "links": _page("/v1/jobs", "WyI0MSJd")}
JOB = {
    **_ENDED,
    "articles": [_TAKEN_ONE, _REFUSED_ONE],
    "links": [{"rel": "self", "href": f"{_JOB_PATH}?limit=2"}, {"rel": "next", "href": f"{_JOB_PATH}?limit=2&after=2"}],
}
WINDOW = {
    "first_day": "2021-11-01",
    "last_day": "2022-02-28",
    "by": "actor",
    "lanes": [
        {
            "value": "RUS",
            "name": "Russia",
            "count": 640,
            "unit": "month",
            "events": [],
            "buckets": [{"date": "2021-12", "count": 251}, {"date": "2022-01", "count": 387}],
            "wider": 2,
        },
        {
            "value": "NATO",
            "name": "NATO",
            "count": 1,
            "unit": None,
            "events": [
                {
                    "id": "e6f1c2a9d3b4",
                    "title": "NATO and Russia hold talks",
                    "date": "2022-01-12",
                    "first_day": "2022-01-12",
                    "last_day": "2022-01-12",
                    "precision": "day",
                    "kind": "talks",
                    "status": "occurred",
                    "conflict": False,
                    "source_count": 3,
                }
            ],
            "buckets": [],
            "wider": 0,
        },
    ],
    "links": [{"rel": "self", "href": "/v1/timeline/window?datetime=2021-11/2022-02&lanes=2"}],
}
HEALTH = {"status": "ok"}
READY = {"status": "ok", "revision": "0014"}
METRICS = """# HELP demarche_requests_total Requests answered.
# TYPE demarche_requests_total counter
demarche_requests_total{method="GET",route="/v1/events",status="200"} 42.0
"""


# ---------------------------------------------------------------- problems
def _problem(kind: problems.Kind, detail: str, path: str, *errors: ParameterErrorOut) -> ProblemOut:
    return problems.document(kind, detail, path, errors, request_id="4f1d0c7a92be6835")


_BAD_DATE: ParameterErrorOut = {"parameter": "datetime", "value": "2022-13", "accepted": calendar.ACCEPTED}
_BAD_CURSOR: ParameterErrorOut = {"parameter": "cursor", "value": "abc", "accepted": problems.CURSOR_ACCEPTED}

PROBLEMS: Mapping[str, ProblemOut] = {
    "invalid-parameter": _problem(
        problems.INVALID, f"datetime='2022-13': {calendar.ACCEPTED}", "/v1/events", _BAD_DATE
    ),
    "foreign-cursor": _problem(
        problems.FOREIGN_CURSOR,
        "cursor 'abc' was not handed out for this query: follow the `next` link of a page as it is",
        "/v1/events",
        _BAD_CURSOR,
    ),
    "not-found": _problem(problems.NOT_FOUND, "no event has the id 'e000000000000'", "/v1/events/e000000000000"),
    "gone": _problem(
        problems.GONE,
        "the event 'e000000000000' was removed: no article that is stored tells of it any more, or an editor has hidden it",
        "/v1/events/e000000000000",
    ),
    "not-acceptable": _problem(
        problems.NOT_ACCEPTABLE, str(problems.NotAcceptable("text/turtle", ["json", "csv"])), "/v1/events"
    ),
    "invalid-body": _problem(
        problems.INVALID_BODY,
        str(problems.InvalidBody("no JSON", '{"op": "hide", "reason": "a rumour"}')),
        "/v1/events/e3c1f0a9b7d42/edits",
    ),
    "too-large-body": _problem(
        problems.TOO_LARGE_BODY, str(problems.TooLargeBody(65536)), "/v1/events/e3c1f0a9b7d42/edits"
    ),
    "unauthenticated": _problem(
        problems.UNAUTHENTICATED, str(problems.InvalidToken()), "/v1/events/e3c1f0a9b7d42/edits"
    ),
    "insufficient-scope": _problem(
        problems.INSUFFICIENT_SCOPE,
        str(problems.InsufficientScope("curate", ["read"])),
        "/v1/events/e3c1f0a9b7d42/edits",
    ),
    "too-many-requests": _problem(
        problems.TOO_MANY, str(problems.TooManyRequests("read", Rate(600, 60), 7)), "/v1/events"
    ),
    "conflict": _problem(problems.CONFLICT, "edit 7 was undone before", "/v1/events/e3c1f0a9b7d42/edits/7"),
    "invalid-article": _problem(
        problems.INVALID_ARTICLE, 'the body: "text" is missing: accepted is a text', "/v1/resolve"
    ),
    "idempotency-key-reused": _problem(problems.KEY_REUSED, str(problems.KeyReused("8e03978e")), "/v1/articles"),
    "still-worked-on": _problem(problems.STILL_WORKED_ON, str(problems.StillWorkedOn("8e03978e", 1)), "/v1/articles"),
    "busy": _problem(problems.BUSY, str(problems.Busy(5)), "/v1/resolve"),
    "store-unavailable": _problem(problems.UNAVAILABLE, problems.LOGGED_ONLY, "/v1/events"),
}

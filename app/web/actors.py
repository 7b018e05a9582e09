"""The page of one actor: who that is, the offices held and when, whom it dealt with, and its history."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from http import HTTPStatus
from typing import Any, cast

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app.api import events as api_events
from app.api import sessions
from app.core.calendar import FIRST_DAY, LAST_DAY
from app.core.model import ActorKind
from app.errors import DemarcheError, NotFound
from app.formats import words
from app.formats.shapes import ActorDetailOut, EventOut, TenureOut
from app.store import actors, aggregates, events
from app.store.actors import ActorQuery
from app.store.aggregates import Counterpart
from app.store.engine import Session
from app.store.events import EventQuery
from app.store.texts import storable
from app.web import asked, offices, pages, refusals
from app.web.asked import History

router = APIRouter(include_in_schema=False)
ROOT = "../"
MOST_COUNTERPARTS = 12
_MOST_LIKE = 8
_KINDS = {
    ActorKind.STATE: "State",
    ActorKind.ORGANISATION: "Organisation",
    ActorKind.OFFICE: "Office",
    ActorKind.PERSON: "Person",
}


@dataclass(frozen=True, slots=True)
class Term:
    """An office as the page shows it: its title, whose it is, and how long it was held, in words."""

    title: str
    of: str | None
    dates: str


@dataclass(frozen=True, slots=True)
class Met:
    """Somebody whom the actor dealt with; `years` are those that hold all their events."""

    id: str
    name: str
    count: int
    years: str


@router.get("/actors/{id}")
async def actor(id: str, request: Request) -> Response:
    """The actor's page. A name that is no other's, or the id of one that was joined to another, leads to the id that stands."""
    if request.app.state.settings.reads_need_token:
        return pages.answer(request, "closed.html", root=ROOT)
    try:
        wanted = asked.read(request, History)
        return await sessions.read(request, lambda session: _answer(session, request, wanted, id))
    except DemarcheError as error:
        return refusals.answer(request, "refused.html", error, root=ROOT, name=id, instead=())


def _answer(session: Session, request: Request, wanted: History, name: str) -> Response:
    find = partial(request.app.state.names.find, request, session)
    ids = find(name)
    if len(ids) != 1:
        instead = (
            [(one.id, one.name) for one in actors.standing(session, ids).values()] if ids else _like(session, name)
        )
        return refusals.answer(request, "refused.html", NotFound("actor", name), root=ROOT, name=name, instead=instead)
    given = asked.given(request, History)
    if ids[0] != name:
        return RedirectResponse(
            f"{ROOT}{pages.actor_page(ids[0])}{pages.query(given, {})}", HTTPStatus.TEMPORARY_REDIRECT
        )
    query = api_events.query_of(find, request, wanted, ids)
    shown = _read(session, query, wanted)
    return pages.answer(request, "actor.html", root=ROOT, given=given, asked=wanted, **shown)


def _like(session: Session, name: str) -> list[tuple[str, str]]:
    """Ids and names of those who have events and whose names hold this one."""
    if not storable(name):
        return []
    found = actors.page(session, ActorQuery(q=name, active=True, limit=_MOST_LIKE))
    return [(one["id"], one["name"]) for one in map(json.loads, found.documents)]


def _read(session: Session, query: EventQuery, wanted: History) -> dict[str, Any]:
    """What the page shows of the actor, whose history the query finds."""
    shown = actors.get(session, query.actors[0])
    page = events.page(session, replace(query, sort=wanted.sort, limit=wanted.limit, cursor=wanted.cursor))
    return {
        "actor": shown,
        "kind": _KINDS[ActorKind(shown["kind"])],
        "state": _state(session, shown),
        "terms": _terms(session, shown["tenures"]),
        "counterparts": _met(session, shown["id"], query),
        "events": [cast(EventOut, json.loads(document)) for document in page.documents],
        "next": page.next_cursor,
    }


def _state(session: Session, shown: ActorDetailOut) -> tuple[str, str] | None:
    """Id and name of the state whose person or body the actor is; None for a state, and for whoever has none."""
    if shown["state"] is None:
        return None
    id = actors.states(session, [shown["state"]]).get(shown["state"])
    return (id, aggregates.names(session, [id])[id]) if id and id != shown["id"] else None


def _terms(session: Session, tenures: Sequence[TenureOut]) -> list[Term]:
    """The terms in office, the latest begun first."""
    titles = [offices.title(one["office"]) for one in tenures]
    named = aggregates.names(session, [id for title in titles for id in (title.of, title.to) if id])
    pairs = sorted(zip(tenures, titles, strict=True), key=lambda pair: pair[0]["start"] or "", reverse=True)
    return [_term(tenure, title, named) for tenure, title in pairs]


def _term(tenure: TenureOut, title: offices.Title, named: dict[str, str]) -> Term:
    of = named.get(title.of or "")
    to = named.get(title.to or "")
    posted = f"{title.words} to {to}" if to and to not in title.words else title.words
    return Term(posted, of if of and of not in posted else None, _dates(tenure["start"], tenure["end"]))


def _dates(start: str | None, end: str | None) -> str:
    """How long an office was held, in words.

    >>> _dates("2004-03-09", None), _dates("1994", "2004-03-09")
    ('from March 9, 2004', '1994 to March 9, 2004')
    """
    if start and end:
        return words.when(start) if start == end else f"{words.when(start)} to {words.when(end)}"
    if start:
        return f"from {words.when(start)}"  # without an end it lasts, or nobody wrote down when it ended
    return f"until {words.when(end)}" if end else "it is not known when"


def _met(session: Session, id: str, query: EventQuery) -> list[Met]:
    found = aggregates.counterparts(session, id, query, kind=None, most=MOST_COUNTERPARTS)
    return [_one_met(one) for one in found]


def _one_met(one: Counterpart) -> Met:
    return Met(one.actor.id, one.actor.name, one.count, _years(one.first_day, one.last_day))


def _years(first: date, last: date) -> str:
    """The years that hold these days. The days themselves may be the ends of a month or a year of which more is not known.

    >>> _years(date(1997, 1, 1), date(2022, 1, 26)), _years(date(2022, 1, 1), date(2022, 1, 26))
    ('1997 to 2022', '2022')
    """
    begin = None if first == FIRST_DAY else words.when(f"{first.year:04}")
    end = None if last == LAST_DAY else words.when(f"{last.year:04}")
    if begin and end:
        return begin if begin == end else f"{begin} to {end}"
    if begin:
        return f"from {begin}"
    return f"until {end}" if end else "it is not known when"

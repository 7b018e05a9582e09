import json
from collections import Counter
from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from app.core import calendar
from app.core.model import Actor, ActorKind, Tenure
from app.errors import CursorError, NotFound
from app.store import actors
from app.store.actors import ActorQuery

RUSSIA = Actor("RUS", "Russia", ActorKind.STATE, "RUS", ("Russian Federation", "Moscow"), "Q159")
SOVIET = Actor("SUN", "Soviet Union", ActorKind.STATE, "RUS", ("Moscow",))
OFFICE = Tenure("rus-foreign-minister", calendar.parse("2004-03-09"), None, "source")
LAVROV = Actor("sergei-lavrov", "Sergei Lavrov", ActorKind.PERSON, "RUS", ("Lavrov", "Sergey Lavrov"), None, (OFFICE,))
IVORY = Actor("CIV", "Côte d'Ivoire", ActorKind.STATE, "CIV", ("Ivory Coast",))


def test_putting_twice_is_putting_once(session: Session) -> None:
    assert actors.put(session, [RUSSIA, LAVROV]) == 2
    assert actors.put(session, [RUSSIA, LAVROV]) == 0


def test_a_changed_actor_is_written_anew(session: Session) -> None:
    actors.put(session, [RUSSIA])
    renamed = Actor("RUS", "Russian Federation", ActorKind.STATE, "RUS", ("Russia",))
    assert actors.put(session, [renamed]) == 1
    assert actors.get(session, "RUS")["name"] == "Russian Federation"
    assert actors.get(session, "RUS")["aliases"] == ["Russia"]


def test_the_lexicon_overrules_what_a_mention_said(session: Session) -> None:
    actors.ensure(session, [Actor("RUS", "Rossiya", ActorKind.STATE, None)])
    assert actors.put(session, [RUSSIA]) == 1
    actors.ensure(session, [Actor("RUS", "Rossiya", ActorKind.STATE, None)])
    assert actors.get(session, "RUS")["name"] == "Russia"


def test_an_actor_is_found_by_id_then_name_then_alias(session: Session) -> None:
    actors.put(session, [RUSSIA, SOVIET, IVORY, LAVROV])
    assert actors.find(session, "RUS") == ("RUS",)
    assert actors.find(session, "  cote D'IVOIRE ") == ("CIV",)
    assert actors.find(session, "Moscow") == ("RUS", "SUN")
    assert actors.find(session, "lavrov") == ("sergei-lavrov",)
    assert actors.find(session, "Atlantis") == ()
    assert actors.find(session, "\x00") == ()


def test_an_actor_tells_its_offices(session: Session) -> None:
    actors.put(session, [LAVROV])
    assert actors.get(session, "sergei-lavrov")["tenures"] == [
        {"office": "rus-foreign-minister", "start": "2004-03-09", "end": None}
    ]


def test_an_unknown_actor_is_not_found(session: Session) -> None:
    with pytest.raises(NotFound, match="no actor has the id 'nobody'"):
        actors.get(session, "nobody")


def test_the_state_of_a_code_is_the_one_with_that_id(session: Session) -> None:
    actors.put(session, [SOVIET, RUSSIA, LAVROV])
    assert actors.states(session, ["RUS", "XXX"]) == {"RUS": "RUS"}


def test_actors_are_listed_by_code_point_on_both_databases(session: Session) -> None:
    names = ["a", "B", "É", "Z", "b", "_"]
    actors.put(session, [Actor(f"x{place}", name, ActorKind.PERSON) for place, name in enumerate(names)])
    page = actors.page(session, ActorQuery())
    assert [document.split('"name":"')[1][0] for document in page.documents] == sorted(names)


def found(session: Session, q: str, limit: int = 10) -> list[str]:
    """The ids that a search finds, page by page."""
    query, ids = ActorQuery(q=q, limit=limit), []
    while True:
        page = actors.page(session, query)
        ids += [json.loads(document)["id"] for document in page.documents]
        if page.next_cursor is None:
            return ids
        query = replace(query, cursor=page.next_cursor)


@pytest.mark.parametrize("limit", [1, 2, 10])
def test_what_fits_best_is_found_first(session: Session, limit: int) -> None:
    names = ["Abbas Mousavi", "USA", "Usain Bolt", "Mary Usanov", "Usain Colt", "Us"]
    actors.put(session, [Actor(f"x{place}", name, ActorKind.PERSON) for place, name in enumerate(names)])
    actors.count(session, Counter({"x4": 3, "x0": 5}))
    assert found(session, "usa", limit) == ["x1", "x4", "x3", "x2", "x0"]


def test_an_id_is_found_before_names_that_hold_it(session: Session) -> None:
    actors.put(
        session, [RUSSIA, Actor("anna-brus", "Anna RUS", ActorKind.PERSON), Actor("x", "RUSAL", ActorKind.PERSON)]
    )
    assert found(session, "RUS") == ["RUS", "anna-brus", "x"]


@pytest.mark.parametrize("name", ["Лавров", "LÁVROV", "lavrov"])
def test_names_are_found_in_other_letters(session: Session, name: str) -> None:
    actors.put(session, [LAVROV, Actor("lech-walesa", "Lech Wałęsa", ActorKind.PERSON)])
    assert found(session, name) == ["sergei-lavrov"]
    assert actors.find(session, name) == ("sergei-lavrov",)
    assert found(session, "walesa") == found(session, "Wałęsa") == ["lech-walesa"]


def test_a_search_refuses_the_cursor_of_another(session: Session) -> None:
    actors.put(session, [RUSSIA, SOVIET])
    cursor = actors.page(session, ActorQuery(q="Moscow", limit=1)).next_cursor
    assert cursor
    for other in (ActorQuery(q="mosco", limit=1, cursor=cursor), ActorQuery(limit=1, cursor=cursor)):
        with pytest.raises(CursorError):
            actors.page(session, other)

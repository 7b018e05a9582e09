"""Requests that may come again: of all under one key, one is worked on."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Barrier

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.store import repeats
from app.store.engine import noting
from app.store.repeats import Asked, Kept

NOW = datetime(2022, 2, 3, 12, tzinfo=UTC)
ASKED = Asked("anna", "k", "f", "1")
HEADERS = {"Location": "/v1/jobs/j1"}


def begin(session: Session, asked: Asked = ASKED, now: datetime = NOW) -> Kept | None:
    return repeats.begin(
        session, asked, now=now, kept_since=now - timedelta(hours=24), alive_since=now - timedelta(minutes=10)
    )


def keep(session: Session, asked: Asked = ASKED) -> None:
    repeats.keep(session, asked, status=201, headers=HEADERS, body="é")


def test_the_first_is_worked_on_and_the_next_gets_its_answer(session: Session) -> None:
    assert begin(session) is None
    assert begin(session, replace(ASKED, attempt="2")) == Kept("f", None, {}, "")
    keep(session)
    assert begin(session, replace(ASKED, fingerprint="other")) == Kept("f", 201, HEADERS, "é")
    assert begin(session, replace(ASKED, owner="boris")) is None
    assert begin(session, replace(ASKED, key="l")) is None


def test_an_answer_is_kept_for_its_time(session: Session) -> None:
    begin(session)
    keep(session)
    assert begin(session, now=NOW + timedelta(hours=24)) is not None
    assert begin(session, now=NOW + timedelta(hours=24, seconds=1)) is None


def test_what_did_nothing_may_be_asked_again(session: Session) -> None:
    begin(session)
    repeats.forget(session, replace(ASKED, attempt="2"))
    assert begin(session) is not None
    repeats.forget(session, ASKED)
    assert begin(session) is None


def test_whoever_does_not_answer_in_time_is_taken_for_dead_and_its_answer_is_not_kept(session: Session) -> None:
    begin(session)
    second = replace(ASKED, attempt="2")
    assert begin(session, second, NOW + timedelta(minutes=10)) is not None
    assert begin(session, second, NOW + timedelta(minutes=11)) is None
    keep(session)
    assert begin(session, second, NOW + timedelta(minutes=11)) == Kept("f", None, {}, "")


def test_of_several_at_once_one_is_first(engine: Engine) -> None:
    start = Barrier(8)

    def ask(number: int) -> Kept | None:
        start.wait()
        with noting(engine) as session:
            return begin(session, replace(ASKED, attempt=str(number)))

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(ask, range(8)))
    assert found.count(None) == 1 and found.count(Kept("f", None, {}, "")) == 7

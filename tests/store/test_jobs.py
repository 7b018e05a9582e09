"""Articles that wait to be read: each is claimed by one reader at a time."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.errors import NotFound
from app.store import jobs
from app.store.engine import noting, reading
from app.store.jobs import Claim, State
from app.store.version import CommitCount

NOW = datetime(2022, 2, 3, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
CREATED = {"outcome": "created", "key": "k"}
REFUSED = {"outcome": "refused", "reason": "is empty"}


def claim(session: Session, holder: str = "one", now: datetime = NOW) -> Claim | None:
    return jobs.claim(session, holder=holder, now=now, lease=lambda length: length * MINUTE)


def claimed(session: Session, holder: str = "one", now: datetime = NOW) -> Claim:
    found = claim(session, holder, now)
    assert found
    return found


def test_a_job_is_queued_running_and_done(session: Session) -> None:
    jobs.create(session, "j1", "anna", ["{}", REFUSED, "{}"], now=NOW)
    job = jobs.get(session, "j1")
    assert (job.state, job.total, job.done, job.counts) == (State.QUEUED, 3, 1, {"refused": 1})
    first = claimed(session)
    assert (first.number, first.owner, first.payload, first.attempt) == (1, "anna", "{}", 1)
    assert jobs.get(session, "j1").state is State.RUNNING
    assert jobs.settle(session, first, CREATED, now=NOW)
    assert jobs.results(session, "j1", after=0, limit=9) == [{"number": 1, **CREATED}, {"number": 2, **REFUSED}]
    assert jobs.settle(session, claimed(session), CREATED, now=NOW + MINUTE)
    job = jobs.get(session, "j1")
    assert (job.state, job.done, job.counts) == (State.DONE, 3, {"created": 2, "refused": 1})
    assert job.finished_at == NOW + MINUTE
    assert jobs.results(session, "j1", after=1, limit=1) == [{"number": 2, **REFUSED}]
    assert claim(session) is None and not jobs.waits(session, NOW)


@pytest.mark.parametrize("articles", [[REFUSED], [REFUSED, REFUSED]])
def test_a_job_of_which_nothing_could_be_taken_in_has_failed(session: Session, articles: list[object]) -> None:
    jobs.create(session, "j1", "anna", articles, now=NOW)  # type: ignore[arg-type]
    job = jobs.get(session, "j1")
    assert (job.state, job.finished_at) == (State.FAILED, NOW)


def test_a_claim_ends_with_its_lease_and_then_settles_nothing(session: Session) -> None:
    jobs.create(session, "j1", "anna", ['"x"'], now=NOW)
    first = claimed(session, "one")
    assert claim(session, "two", NOW + 2 * MINUTE) is None
    second = claimed(session, "two", NOW + 3 * MINUTE)
    assert (second.number, second.attempt) == (1, 2)
    assert not jobs.settle(session, first, CREATED, now=NOW)
    assert jobs.settle(session, second, CREATED, now=NOW)
    assert not jobs.settle(session, second, CREATED, now=NOW)


def test_what_is_given_back_was_not_begun(session: Session) -> None:
    jobs.create(session, "j1", "anna", ["{}"], now=NOW)
    first = claimed(session, "one")
    jobs.release(session, "two")
    assert claim(session, "two") is None
    jobs.release(session, "one")
    assert not jobs.settle(session, first, CREATED, now=NOW)
    assert claimed(session, "two").attempt == 1


def test_jobs_take_turns(session: Session) -> None:
    jobs.create(session, "j1", "anna", ["1", "2", "3"], now=NOW)
    assert claimed(session).payload == "1"
    jobs.create(session, "j2", "boris", ["4", "5"], now=NOW)
    assert [claimed(session).payload for _ in range(4)] == ["2", "4", "3", "5"]


def test_what_is_not_stored_can_be_cancelled(session: Session) -> None:
    jobs.create(session, "j1", "anna", ["1", "2", "3"], now=NOW)
    jobs.settle(session, claimed(session), CREATED, now=NOW)
    under_way = claimed(session)
    jobs.cancel(session, "j1", now=NOW + MINUTE)
    job = jobs.get(session, "j1")
    assert (job.state, job.done, job.finished_at) == (State.CANCELLED, 3, NOW + MINUTE)
    assert job.counts == {"cancelled": 2, "created": 1}
    assert not jobs.settle(session, under_way, CREATED, now=NOW)
    assert claim(session) is None
    jobs.cancel(session, "j1", now=NOW + 2 * MINUTE)
    assert jobs.get(session, "j1") == job


def test_a_finished_job_stays_finished_when_it_is_cancelled(session: Session) -> None:
    jobs.create(session, "j1", "anna", [REFUSED], now=NOW)
    jobs.cancel(session, "j1", now=NOW)
    assert jobs.get(session, "j1").state is State.FAILED


def test_jobs_are_listed_by_their_owner_the_latest_first(session: Session) -> None:
    for number, owner in enumerate(["anna", "anna", "boris", "anna"]):
        jobs.create(session, f"j{number}", owner, ["{}"], now=NOW)
    page, after = jobs.of_owner(session, "anna", before=None, limit=2)
    assert [job.id for job in page] == ["j3", "j1"]
    rest, end = jobs.of_owner(session, "anna", before=after, limit=2)
    assert ([job.id for job in rest], end) == (["j0"], None)


@pytest.mark.parametrize("unknown", ["j0", "", "\0", "\ud800"])
def test_an_unknown_job_is_not_found(session: Session, unknown: str) -> None:
    with pytest.raises(NotFound, match="no job has the id"):
        jobs.get(session, unknown)


def test_finished_jobs_are_forgotten_after_a_time(session: Session) -> None:
    jobs.create(session, "j1", "anna", [REFUSED], now=NOW)
    jobs.create(session, "j2", "anna", ["{}"], now=NOW)
    jobs.remove_finished(session, NOW)
    assert len(jobs.of_owner(session, "anna", before=None, limit=9)[0]) == 2
    jobs.remove_finished(session, NOW + MINUTE)
    assert [job.id for job in jobs.of_owner(session, "anna", before=None, limit=9)[0]] == ["j2"]


def test_readers_at_once_never_get_one_article_twice(engine: Engine) -> None:
    commits = CommitCount(engine)
    before = commits.current()
    with noting(engine) as session:
        jobs.create(session, "j1", "anna", [str(number) for number in range(20)], now=NOW)
    start = Barrier(4)

    def read(holder: str) -> list[str]:
        start.wait()
        found = []
        while True:
            with noting(engine) as session:
                one = claim(session, holder)
                if one is None:
                    return found
                found.append(one.payload)
            with noting(engine) as session:
                assert jobs.settle(session, one, CREATED, now=NOW)

    with ThreadPoolExecutor(4) as pool:
        got = [payload for found in pool.map(read, "abcd") for payload in found]
    assert Counter(got) == Counter(str(number) for number in range(20))
    with reading(engine) as session:
        job = jobs.get(session, "j1")
    assert (job.state, job.counts) == (State.DONE, {"created": 20})
    assert commits.current() == before
    commits.close()

"""What each commit writes into the change log, on both databases."""

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.core.model import Mention
from app.store import articles, changes, events
from app.store.changes import Change, What
from app.store.engine import writing
from app.store.events import Merged
from tests.factories import NATO, RUSSIA, USA, article, mention, reading
from tests.store.test_merging import NOW, ingest


def log(session: Session, since: int = 0) -> list[tuple[str, str, str | None, int | None]]:
    return [(one.what.value, one.event, one.other, one.version) for one in changes.since(session, since, limit=100)]


def test_an_empty_store_has_version_0_and_no_changes(session: Session) -> None:
    assert (changes.data_version(session), log(session)) == (0, [])


def test_a_new_event_is_created_and_another_report_updates_it(session: Session) -> None:
    [first] = ingest(session, "a.txt", mention()).events
    ingest(session, "b.txt", mention())
    assert log(session) == [("created", first, None, 1), ("updated", first, None, 2)]
    assert changes.data_version(session) == 2


def test_after_the_last_change_comes_nothing_until_something_happens(session: Session) -> None:
    assert changes.last(session) == 0
    ingest(session, "a.txt", mention())
    seen = changes.last(session)
    assert log(session, seen - 1) and not log(session, seen)
    [second] = ingest(session, "b.txt", mention("2022-02-01", USA)).events
    assert log(session, seen) == [("created", second, None, 2)]


def test_events_that_join_are_merged_into_the_older(session: Session) -> None:
    [older] = ingest(session, "a.txt", mention("2022-01-26", RUSSIA)).events
    [younger] = ingest(session, "b.txt", mention("2022-01-26", NATO)).events
    ingest(session, "c.txt", mention("2022-01-26", NATO, RUSSIA))
    assert log(session)[2:] == [("updated", older, None, 3), ("merged", younger, older, 3)]


def test_an_event_that_falls_apart_is_split_and_tells_what_came_of_it(session: Session) -> None:
    [older] = ingest(session, "a.txt", mention("2022-01-26", RUSSIA)).events
    ingest(session, "b.txt", mention("2022-01-26", NATO))
    ingest(session, "c.txt", mention("2022-01-26", NATO, RUSSIA))
    before = changes.since(session, 0, limit=100)[-1].seq or 0
    [new] = ingest(session, "c.txt", mention("2022-02-01", USA), text="other").minted[:1] or [""]
    found = log(session, before)
    assert ("split", older) in [(what, event) for what, event, *_ in found]
    assert {version for *_, version in found} == {4}
    assert new


def test_an_event_of_which_no_report_is_left_is_deleted_and_gone(session: Session) -> None:
    [event] = ingest(session, "a.txt", mention()).events
    ingest(session, "a.txt", text="nothing left")
    assert log(session)[-1] == ("deleted", event, None, 2)
    assert changes.is_gone(session, event)
    assert not changes.is_gone(session, "e000000000000")


def test_what_joined_an_event_that_was_removed_is_gone_too(session: Session) -> None:
    [older] = ingest(session, "a.txt", mention("2022-01-26", RUSSIA)).events
    [younger] = ingest(session, "b.txt", mention("2022-01-26", NATO)).events
    ingest(session, "c.txt", mention("2022-01-26", NATO, RUSSIA))
    assert not changes.is_gone(session, younger)
    for key in ("a.txt", "b.txt", "c.txt"):
        ingest(session, key, text=f"nothing left in {key}")
    assert changes.is_gone(session, older) and changes.is_gone(session, younger)


def test_an_article_that_changes_nothing_raises_no_version(session: Session) -> None:
    ingest(session, "a.txt", mention())
    assert ingest(session, "a.txt", mention()) == Merged()
    ingest(session, "b.txt", text="tells of nothing")
    assert changes.data_version(session) == 1


def test_a_change_is_found_after_its_number_and_no_more_than_asked_for(session: Session) -> None:
    for number in range(4):
        ingest(session, f"{number}.txt", mention(f"2022-01-{10 + 2 * number}"))
    seqs = [one.seq or 0 for one in changes.since(session, 0, limit=100)]
    assert seqs == sorted(set(seqs)) and len(seqs) == 4
    assert [one.seq for one in changes.since(session, seqs[1], limit=1)] == [seqs[2]]


def test_versions_rise_by_one_with_each_commit(engine: Engine) -> None:
    def save(key: str, *mentions: Mention) -> int:
        with writing(engine) as session:
            saved = articles.save(session, article(key, text=key), reading(*mentions), now=NOW)
            events.merge(session, saved)
            return changes.data_version(session)

    assert [save(f"{number}.txt", mention(f"2022-01-{10 + 2 * number}")) for number in range(3)] == [1, 2, 3]


def test_a_change_tells_what_it_is() -> None:
    assert Change("e1", What.MERGED, "e2") == Change("e1", What("merged"), "e2")

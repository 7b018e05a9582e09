"""How events come, join, split and go, with a plain stand-in for the matching."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from app.core import matching
from app.core.model import Actor, ActorKind, Mention, Reporter, Status
from app.errors import NotFound
from app.store import actors, articles, events
from app.store.components import Candidates
from app.store.engine import connect, writing
from app.store.events import EventQuery, Merged
from app.store.merging import Cluster
from app.store.rows import ActorRow, EventActorRow, EventRow, MentionRow
from tests.conftest import NewDatabase
from tests.factories import LAVROV, NATO, RUSSIA, USA, Who, article, mention, reading
from tests.store.clustering import candidates, cluster

NOW = datetime(2022, 2, 3, 12, tzinfo=UTC)
Rules = tuple[Cluster, Candidates]
PLAIN: Rules = (cluster, candidates)
REAL: Rules = (matching.cluster, matching.candidates)


def ingest(session: Session, key: str, *mentions: Mention, text: str = "", by: Rules = PLAIN) -> Merged:
    saved = articles.save(session, article(key, text=text or key), reading(*mentions), now=NOW)
    return events.merge(session, saved, cluster=by[0], candidates=by[1])


def ids(session: Session) -> list[str]:
    return list(session.scalars(select(EventRow.id).order_by(EventRow.first_day, EventRow.id)))


def articles_of(session: Session, event_id: str) -> set[str]:
    [found] = [one for one in events.timeline(session, EventQuery()) if one["id"] == event_id]
    return {source["article"] for source in found["sources"]}


def partition(session: Session) -> list[dict[str, object]]:
    """Every event with its mentions, without ids."""
    found = []
    for event_id in ids(session):
        whole = events.get(session, event_id)
        shown = {key: value for key, value in whole.items() if key not in ("id", "links")}
        found.append(shown | {"possible_same": sorted(one["says"] for one in whole["possible_same"])})
    return sorted(found, key=json.dumps)


# ---------------------------------------------------------------- what the merge leaves open
def test_an_event_shows_its_dates_in_dispute_its_history_and_what_it_may_be(session: Session) -> None:
    ingest(session, "a.txt", mention("2022-01-26", kind="delivery"), by=REAL)
    ingest(session, "b.txt", mention("2022-01-27", kind="delivery", status=Status.SCHEDULED), by=REAL)
    ingest(session, "c.txt", mention("2022-01-27", kind="delivery"), by=REAL)
    near = replace(mention("2022-01", kind="proposal", lemma="present"), objects=())
    ingest(session, "d.txt", near, by=REAL)
    possible, disputed = ids(session)
    shown = events.get(session, disputed)
    [(_, first), (_, second), (_, third)] = sorted((one["title"] or "", one["article"]) for one in shown["sources"])
    assert (shown["date"], shown["conflict"], shown["rules"]) == ("2022-01-27", True, matching.RULES)
    assert [(one["date"], len(one["articles"])) for one in shown["dates"]] == [("2022-01-27", 2), ("2022-01-26", 1)]
    assert {one["status"] for one in shown["history"]} == {"occurred", "scheduled"}
    assert {one["article"] for one in shown["history"]} <= {first, second, third}
    assert [one["event"] for one in shown["possible_same"]] == [possible]
    assert [one["event"] for one in events.get(session, possible)["possible_same"]] == [disputed]


def test_reports_a_day_apart_meet_whichever_comes_first(session: Session) -> None:
    for key, edtf in (("a.txt", "2022-01-27"), ("b.txt", "2022-01-26"), ("c.txt", "2022-01-28")):
        ingest(session, key, mention(edtf, kind="delivery"), by=REAL)
    assert sorted(len(events.get(session, one)["sources"]) for one in ids(session)) == [1, 2]


# ---------------------------------------------------------------- joining
def test_a_claim_is_one_until_an_article_tells_the_act_itself(session: Session) -> None:
    claim = Reporter("RUS", "Russia", 0, 6)
    ingest(session, "a.txt", mention(reported_by=claim), by=REAL)
    [event_id] = ids(session)
    shown = events.get(session, event_id)
    assert shown["reported_by"] == shown["mentions"][0]["reported_by"] == {"id": "RUS", "name": "Russia"}
    ingest(session, "b.txt", mention(), by=REAL)
    shown = events.get(session, event_id)
    assert (shown["source_count"], shown["reported_by"]) == (2, None)


def test_two_reports_of_one_act_are_one_event(session: Session) -> None:
    first = ingest(session, "a.txt", mention())
    second = ingest(session, "b.txt", mention())
    assert second.events == first.events == first.minted
    assert second.minted == ()
    assert articles_of(session, first.events[0]) == {"a.txt", "b.txt"}


def test_an_unchanged_article_changes_nothing(session: Session) -> None:
    ingest(session, "a.txt", mention())
    assert ingest(session, "a.txt", mention()) == Merged()


def test_acts_that_share_neither_actor_nor_day_stay_apart(session: Session) -> None:
    ingest(session, "a.txt", mention("2022-01-26", RUSSIA), mention("2022-01-26", NATO, begin=100))
    ingest(session, "b.txt", mention("2022-01-27", RUSSIA))
    assert len(ids(session)) == 3


def test_a_report_that_names_a_person_joins_the_one_that_names_the_state(session: Session) -> None:
    ingest(session, "a.txt", mention("2022-01-26", RUSSIA))
    ingest(session, "b.txt", mention("2022-01-26", LAVROV))
    assert len(ids(session)) == 1


def test_a_bridge_joins_two_events_into_the_older_and_the_younger_redirects(session: Session) -> None:
    [older] = ingest(session, "z.txt", mention("2022-01-26", RUSSIA)).events
    [younger] = ingest(session, "a.txt", mention("2022-01-26", NATO)).events
    merged = ingest(session, "b.txt", mention("2022-01-26", NATO, RUSSIA))
    assert (merged.events, merged.redirected) == ((older,), {younger: older})
    assert events.get(session, younger)["id"] == older
    assert events.survivor(session, younger) == older
    assert ids(session) == [older]


def test_redirects_follow_a_chain_of_joins(session: Session) -> None:
    [first] = ingest(session, "a.txt", mention("2022-01-26", RUSSIA)).events
    [second] = ingest(session, "b.txt", mention("2022-01-26", NATO)).events
    [third] = ingest(session, "c.txt", mention("2022-01-26", USA)).events
    ingest(session, "d.txt", mention("2022-01-26", NATO, USA))
    ingest(session, "e.txt", mention("2022-01-26", RUSSIA, USA))
    assert {events.survivor(session, one) for one in (first, second, third)} == {first}


def test_a_month_joins_a_day_inside_it(session: Session) -> None:
    ingest(session, "a.txt", mention("2021-12"))
    [merged] = ingest(session, "b.txt", mention("2021-12-15")).events
    assert ids(session) == [merged]
    assert events.get(session, merged)["date"] == "2021-12-15"


# ---------------------------------------------------------------- splitting and going
def test_a_revision_that_drops_the_bridge_splits_the_event_again(session: Session) -> None:
    [older] = ingest(session, "a.txt", mention("2022-01-26", RUSSIA)).events
    [younger] = ingest(session, "b.txt", mention("2022-01-26", NATO)).events
    ingest(session, "c.txt", mention("2022-01-26", NATO, RUSSIA))
    ingest(session, "c.txt", text="nothing left")
    assert set(ids(session)) == {older, younger}  # the id minted anew from the same first mention is the same
    assert articles_of(session, older) == {"a.txt"}
    assert articles_of(session, younger) == {"b.txt"}


def test_an_event_keeps_its_id_when_a_revision_moves_its_sentence(session: Session) -> None:
    [before] = ingest(session, "a.txt", mention(begin=0)).events
    merged = ingest(session, "a.txt", mention(begin=250), text="longer")
    assert (merged.events, merged.minted, merged.dropped) == ((before,), (), ())


def test_an_event_that_no_article_tells_any_more_is_gone(session: Session) -> None:
    [event_id] = ingest(session, "a.txt", mention()).events
    merged = ingest(session, "a.txt", text="retracted")
    assert merged.dropped == (event_id,)
    with pytest.raises(NotFound, match=f"no event has the id '{event_id}'"):
        events.get(session, event_id)
    assert session.scalar(select(func.count()).select_from(EventActorRow)) == 0
    assert set(session.scalars(select(ActorRow.event_count))) == {0}


def test_every_mention_belongs_to_an_event(session: Session) -> None:
    ingest(session, "a.txt", mention(), mention(), mention("2022-01", begin=50), mention("2022-02", begin=90))
    assert session.scalar(select(func.count()).where(MentionRow.event_id.is_(None))) == 0


# ---------------------------------------------------------------- histories
def test_a_persons_act_is_in_the_history_of_their_state(session: Session) -> None:
    actors.put(session, [Actor("RUS", "Russia", ActorKind.STATE, "RUS")])
    [event_id] = ingest(session, "a.txt", mention("2022-01-26", LAVROV)).events
    assert [event_id in one for one in events.page(session, EventQuery(actors=("RUS",))).documents] == [True]
    assert events.page(session, EventQuery(actors=("RUS",), affiliates=False)).documents == ()
    assert len(events.page(session, EventQuery(actors=(LAVROV[0],), affiliates=False)).documents) == 1


def test_actors_count_the_events_of_their_history(session: Session) -> None:
    ingest(session, "a.txt", mention("2022-01-26", RUSSIA), mention("2022-01-28", RUSSIA, NATO, begin=100))
    ingest(session, "b.txt", mention("2022-01-26", RUSSIA))
    counts = {id_: count for id_, count in session.execute(select(ActorRow.id, ActorRow.event_count))}
    assert counts == {"RUS": 2, "NATO": 1}


# ---------------------------------------------------------------- order
DAYS = st.sampled_from(["2022-01-26", "2022-01-27", "2022-01", "2022-01-26/2022-01-27", "2022-02-01"])
WHO: st.SearchStrategy[list[Who]] = st.lists(st.sampled_from([RUSSIA, USA, NATO, LAVROV]), min_size=1, max_size=2)
TELLINGS = st.lists(st.tuples(DAYS, WHO, st.sampled_from(["deliver", "respond"])), max_size=3)
Telling = tuple[str, list[Who], str]


def told(tellings: Sequence[Telling]) -> list[Mention]:
    return [
        mention(edtf, *whos, kind=kind, begin=100 * place, title=f"{kind} {edtf}")
        for place, (edtf, whos, kind) in enumerate(tellings)
    ]


@pytest.mark.parametrize("by", [PLAIN, REAL], ids=["plain", "real"])
@settings(max_examples=25, deadline=None)
@given(data=st.data(), news=st.lists(TELLINGS, min_size=1, max_size=5))
def test_the_events_do_not_depend_on_the_order_of_ingestion(
    new_sqlite: NewDatabase, by: Rules, data: st.DataObject, news: list[list[Telling]]
) -> None:
    places = range(len(news))
    found = []
    for order in (places, data.draw(st.permutations(places))):
        engine = connect(new_sqlite())
        with writing(engine) as session:
            for place in order:
                ingest(session, f"{place}.txt", *told(news[place]), by=by)
            found.append(partition(session))
        engine.dispose()
    assert found[0] == found[1]


@pytest.mark.parametrize("by", [PLAIN, REAL], ids=["plain", "real"])
@settings(max_examples=25, deadline=None)
@given(first=TELLINGS, second=TELLINGS, beside=TELLINGS)
def test_a_revision_leaves_what_the_last_text_alone_would_have_left(
    new_sqlite: NewDatabase, by: Rules, first: list[Telling], second: list[Telling], beside: list[Telling]
) -> None:
    found = []
    for texts in ([first, second], [second]):
        engine = connect(new_sqlite())
        with writing(engine) as session:
            ingest(session, "beside.txt", *told(beside), by=by)
            for tellings in texts:
                ingest(session, "revised.txt", *told(tellings), text=repr(tellings), by=by)
            found.append(partition(session))
        engine.dispose()
    assert found[0] == found[1]


def test_writers_queue_and_make_one_event(engine: Engine) -> None:
    with writing(engine) as session:
        ingest(session, "a.txt", mention())
    with writing(engine) as session:
        ingest(session, "b.txt", mention())
    with writing(engine) as session:
        assert len(ids(session)) == 1

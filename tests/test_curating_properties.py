"""Whatever editors do and in whatever order news comes: what holds of every store, found by random news and random edits."""

import json
import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core import calendar
from app.core.curation import JOINING, PARTING
from app.core.model import Mention
from app.errors import EditError
from app.store import changes, edits, tallies
from app.store.engine import Engine, connect, reading
from app.store.rows import (
    ActorRow,
    ArticleRow,
    EventActorRow,
    EventRedirectRow,
    EventRow,
    MentionActorRow,
    MentionRow,
    TallyRow,
)
from tests.conftest import NewDatabase
from tests.factories import LAVROV, NATO, RUSSIA, USA, Who, mention
from tests.test_curating import BORIS, PLENKO, World

SPELT_OTHERWISE: Who = (PLENKO[0], "Iván Plenko", PLENKO[2], "RUS")
OTHER: Who = ("new-person-piet-jansen", "Piet Jansen", PLENKO[2], None)
Telling = tuple[str, list[Who], str]
Texts = list[list[list[Telling]]]
"""Of each article its versions, each with what it tells."""

DAYS = st.sampled_from(["2022-01-26", "2022-01-26", "2022-01-27", "2022-01"])
WHO = st.lists(
    st.sampled_from([RUSSIA, RUSSIA, USA, NATO, LAVROV, PLENKO, SPELT_OTHERWISE, OTHER]),
    min_size=1,
    max_size=2,
    unique_by=lambda who: who[0],
)
TELLINGS = st.lists(st.tuples(DAYS, WHO, st.sampled_from(["delivery", "delivery", "response", "meeting"])), max_size=2)
NEWS: st.SearchStrategy[Texts] = st.lists(st.lists(TELLINGS, min_size=1, max_size=2), min_size=2, max_size=4)
NUMBER = st.integers(0, 5)
FIELDS: dict[str, list[dict[str, Any]]] = {
    "redate": [{"date": "2022-01-26"}, {"date": "2022-02"}],
    "retitle": [{"title": "One"}, {"title": "Two"}],
    "change-kind": [{"kind": "visit"}],
    "change-status": [{"status": "denied"}],
    "change-actors": [
        {"actors": [{"id": "NATO", "role": "source"}]},
        {"actors": [{"id": "USA", "role": "target"}, {"id": "RUS", "role": "source"}]},
    ],
    "hide": [{}],
}
PAIRS = ("merge", "merge", "separate", "split")
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("news"), NUMBER, NUMBER, NUMBER),
        st.tuples(st.sampled_from(PAIRS), NUMBER, NUMBER, NUMBER),
        st.tuples(st.sampled_from(PAIRS), NUMBER, NUMBER, NUMBER),
        st.tuples(st.sampled_from(sorted(FIELDS)), NUMBER, NUMBER, NUMBER),
        st.tuples(
            st.sampled_from(["retract", "redate-article", "join", "rename", "reread", "undo"]), NUMBER, NUMBER, NUMBER
        ),
    ),
    min_size=2,
    max_size=9,
)
Action = tuple[str, int, int, int]


def told(tellings: Sequence[Telling], shift: int = 0) -> tuple[Mention, ...]:
    found = []
    for place, (edtf, whos, kind) in enumerate(tellings):
        if shift and edtf.count("-") == 2:
            edtf = str(calendar.shift_days(date.fromisoformat(edtf), shift))
        found.append(
            mention(edtf, *whos, kind=kind, begin=100 * place, title=f"{kind} {edtf}", sentence=f"{kind} of {place}.")
        )
    return tuple(found)


@dataclass
class Desk:
    """A world with its news: which version of each article it has read."""

    world: World
    news: Texts
    read: dict[int, int]

    @classmethod
    def at(cls, url: str, news: Texts, read: dict[int, int] | None = None) -> "Desk":
        desk = cls(World(connect(url)), news, dict(read or {}))
        desk.world.desk = replace(desk.world.desk, kinds=("delivery", "meeting", "response", "visit"))
        for number, version in desk.read.items():
            desk._tell(number, version)
        return desk

    def ingest(self, number: int, version: int) -> None:
        if self.read.get(number, -1) < version:
            self.read[number] = version
            tells = self._tell(number, version)
            self.world.news(f"{number}.txt", text=f"version {version}", tells=tells)

    def _tell(self, number: int, version: int) -> Any:
        tellings = self.news[number][version]

        def tells(stated: date | None) -> tuple[Mention, ...]:
            return told(tellings, stated.day if stated else 0)

        self.world.tells[f"{number}.txt"] = tells
        return tells

    def finish(self, order: Sequence[int]) -> None:
        for number in order:
            self.ingest(number, len(self.news[number]) - 1)

    def take(self, action: Action) -> None:
        op, one, two, three = action
        if op == "news":
            number = one % len(self.news)
            return self.ingest(number, two % len(self.news[number]))
        if op == "reread":
            return self.world.reextract()
        with suppress(EditError):  # refused, which changes nothing
            self._edit(op, one, two, three)

    def _edit(self, op: str, one: int, two: int, three: int) -> None:
        if op == "undo":
            with reading(self.world.engine) as session:
                standing = edits.page(session, limit=99, standing=True)
            if standing:
                self.world.desk.undo(standing[one % len(standing)].number, BORIS)
        elif op in ("retract", "redate-article"):
            if self.read:
                article_id = self.world.article_id(f"{sorted(self.read)[one % len(self.read)]}.txt")
                fields = {"date": f"2022-03-0{1 + two}"} if op == "redate-article" else {}
                self.world.edit("article", article_id, op.removesuffix("-article"), **fields)
        elif op in ("join", "rename"):
            self._edit_actor(op, one, two)
        else:
            self._edit_event(op, one, two, three)

    def _edit_actor(self, op: str, one: int, two: int) -> None:
        with reading(self.world.engine) as session:
            found = list(session.scalars(select(ActorRow.id).order_by(ActorRow.id)))
        unknown = [id_ for id_ in found if id_.startswith("new-")]
        if unknown:
            fields = {"actor": found[two % len(found)]} if op == "join" else {"name": f"Name {two}"}
            self.world.edit("actor", unknown[one % len(unknown)], op, **fields)

    def _edit_event(self, op: str, one: int, two: int, three: int) -> None:
        with reading(self.world.engine) as session:
            found = list(session.scalars(select(EventRow.id).order_by(EventRow.id)))
            if not found:
                return
            event_id, other = found[one % len(found)], found[two % len(found)]
            keys = session.execute(
                select(MentionRow.article_id).where(MentionRow.event_id == event_id).order_by(MentionRow.id)
            ).all()
        if op == "split":
            self.world.edit("event", event_id, op, mentions=[keys[three % len(keys)][0]])
        elif op in FIELDS:
            self.world.edit("event", event_id, op, **FIELDS[op][two % len(FIELDS[op])])
        else:
            self.world.edit("event", event_id, op, event=other)

    def undo_all(self, order: Sequence[int]) -> None:
        for number in order:
            self.world.desk.undo(number, BORIS)


# ---------------------------------------------------------------- what is in a store
def events_of(session: Session) -> list[str]:
    """Every event, hidden ones too, with all that is shown of it and its mentions but ids."""
    found = []
    for row in session.scalars(select(EventRow)):
        shown = {key: value for key, value in json.loads(row.document).items() if key not in ("id", "links")}
        columns = [row.edtf, row.kind, row.status, row.title, row.explanation, row.dates, row.edits, row.hidden]
        possible = sorted(json.loads(row.possible))
        history = session.execute(
            select(EventActorRow.actor_id, EventActorRow.first_day, EventActorRow.own)
            .where(EventActorRow.event_id == row.id)
            .order_by(EventActorRow.actor_id)
        ).all()
        found.append(json.dumps([shown, columns, possible, str(history), mentions_of(session, row.id)]))
    return sorted(found)


def mentions_of(session: Session, event_id: str) -> list[str]:
    query = (
        select(
            ArticleRow.key, ArticleRow.retracted, ArticleRow.best_day, MentionRow.number,
            MentionActorRow.actor_id, MentionActorRow.name, MentionActorRow.state, MentionActorRow.role,
        )
        .join(MentionRow, MentionRow.article_id == ArticleRow.id)
        .join(MentionActorRow, MentionActorRow.mention_id == MentionRow.id)
        .where(MentionRow.event_id == event_id)
        .order_by(ArticleRow.key, MentionRow.number, MentionActorRow.number)
    )  # fmt: skip
    return [str(one) for one in session.execute(query)]


def require_whole(session: Session) -> None:
    """What holds of every store after every commit."""
    rows = session.execute(select(EventActorRow.actor_id, func.count()).group_by(EventActorRow.actor_id))
    histories = {actor_id: count for actor_id, count in rows}
    counts = {id_: count for id_, count in session.execute(select(ActorRow.id, ActorRow.event_count)) if count}
    assert counts == histories
    told_of = select(MentionRow.event_id, ArticleRow.retracted).join(ArticleRow, ArticleRow.id == MentionRow.article_id)
    assert all((event_id is None) == retracted for event_id, retracted in session.execute(told_of))
    standing = set(session.scalars(select(EventRow.id)))
    assert set(session.scalars(select(EventRedirectRow.event_id))) <= standing
    assert not set(session.scalars(select(EventRedirectRow.id))) & standing
    assert standing == set(session.scalars(select(MentionRow.event_id).where(MentionRow.event_id.is_not(None))))
    require_log(session)
    require_tallies(session)
    require_marks(session)


def require_tallies(session: Session) -> None:
    """The counts that are kept are those of the events that are shown."""
    kept = {(row.facet, row.unit, row.value, row.bucket): row.number for row in session.scalars(select(TallyRow))}
    assert kept == tallies.of(session, session.scalars(select(EventRow.id)))


def require_log(session: Session) -> None:
    """Whoever follows the change log has the events that are shown."""
    copy: set[str] = set()
    for change in changes.since(session, 0, limit=100_000):
        match change.what:
            case changes.What.CREATED:
                assert change.event not in copy
                copy.add(change.event)
            case changes.What.MERGED | changes.What.DELETED:
                copy.remove(change.event)
            case changes.What.UPDATED | changes.What.SPLIT:
                assert change.event in copy
    assert copy == set(session.scalars(select(EventRow.id).where(EventRow.hidden.is_(False))))


def require_marks(session: Session) -> None:
    """Every event shows the edits that hold for its mentions, and no other."""
    keys = session.scalars(select(ArticleRow.key))
    event_of = {id_: event_id for id_, event_id in session.execute(select(MentionRow.id, MentionRow.event_id))}
    expected: dict[str, set[int]] = {}
    for one in edits.touching(session, set(keys)):
        sides = [[event_of[id_] for id_ in side] for side in one.sides]
        if one.decision.op in JOINING | PARTING:
            if len(sides) < 2 or not all(sides):
                continue
            both, either = set(sides[0]) & set(sides[1]), set(sides[0]) ^ set(sides[1])
            marked = both if one.decision.op in JOINING else either
            if one.decision.op in JOINING:
                continue  # what joined them may be another edit
        else:
            marked = {event_of[side[0]] for side in one.sides[:1] if side}
        for event_id in marked:
            expected.setdefault(event_id or "", set()).add(one.decision.number)
    joins = {one.number for one in edits.page(session, limit=1000) if one.op in JOINING}
    for row in session.scalars(select(EventRow)):
        shown = {number for number, *_ in json.loads(row.edits)} - joins
        assert shown == expected.get(row.id, set())


def check(engine: Engine) -> None:
    with reading(engine) as session:
        require_whole(session)


@settings(max_examples=18, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data(), news=NEWS, steps=STEPS)
def test_edits_hold_in_any_order_of_news_and_leave_nothing_when_they_are_undone(
    new_sqlite: NewDatabase, data: st.DataObject, news: Texts, steps: list[Action]
) -> None:
    url, same, plain = new_sqlite(), new_sqlite(), new_sqlite()
    desk = Desk.at(url, news)
    desk.ingest(0, 0)
    for step in steps:
        desk.take(step)
        check(desk.world.engine)
    desk.world.engine.dispose()
    shutil.copy(Path(url.removeprefix("sqlite:///")), Path(same.removeprefix("sqlite:///")))
    other = Desk.at(same, news, desk.read)
    places = range(len(news))
    desk.finish(places)
    other.finish(data.draw(st.permutations(places)))
    other.world.reextract()
    found = []
    for one in (desk, other):
        check(one.world.engine)
        with reading(one.world.engine) as session:
            found.append(events_of(session))
            standing = [edit.number for edit in edits.page(session, limit=100, standing=True)]
    assert found[0] == found[1]

    for number in data.draw(st.permutations(standing)):
        desk.world.desk.undo(number, BORIS)
        check(desk.world.engine)
    unedited = Desk.at(plain, news)
    unedited.finish(places)
    left = []
    for one in (desk, unedited):
        with reading(one.world.engine) as session:
            left.append(events_of(session))
    for one in (desk, other, unedited):
        one.world.engine.dispose()
    assert left[0] == left[1]

"""What editors do, on both databases: each edit holds against what is read later, shows in the event, and can be undone."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Engine

from app.core import calendar, matching
from app.core.model import Actor, ActorKind, Article, ArticleDate, Mention, Reading, Reporter
from app.curating import By, Desk, listed
from app.errors import AlreadyUndone, EditError, NotFound, Overtaken, SourceError
from app.formats.shapes import EventDetailOut
from app.store import actors, articles, changes, edits, events
from app.store.edits import About, Edit
from app.store.engine import reading as read_store
from app.store.engine import writing
from app.store.events import EventQuery
from tests.factories import NATO, Who, article, mention
from tests.factories import reading as made

NOW = datetime(2022, 2, 3, 12, tzinfo=UTC)
ANNA = By("anna", "the minutes say so", NOW)
BORIS = By("boris", "anna was mistaken", NOW)
PLENKO: Who = ("new-person-ivan-plenko", "Ivan Plenko", ActorKind.PERSON, None)
KNOWN = [
    Actor("USA", "United States", ActorKind.STATE, "USA"),
    Actor("RUS", "Russia", ActorKind.STATE, "RUS"),
    Actor("NATO", "NATO", ActorKind.ORGANISATION),
    Actor("sergei-lavrov", "Sergei Lavrov", ActorKind.PERSON, "RUS", ("Lavrov",)),
]
DELIVERED = mention("2022-01-26", kind="delivery")
MET = replace(
    mention("2022-01-21", kind="meeting", lemma="meet", title="Russia and the United States meet"), objects=()
)


Tells = Callable[[date | None], tuple[Mention, ...]]


class World:
    """A store with its desk. `tells` is what reading finds in each article, given the date that an editor states."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.tells: dict[str, Tells] = {}
        self.desk = Desk(engine, self._read, ("delivery", "meeting", "visit"))
        with writing(engine) as session:
            actors.put(session, KNOWN)

    def _read(self, items: Iterable[Article]) -> Iterator[tuple[Article, Reading | SourceError | None]]:
        for one in items:
            stated = one.corrected_date.first_day if one.corrected_date else None
            dated = ArticleDate(stated, stated, stated) if stated else ArticleDate(latest=date(2022, 1, 30))
            yield one, made(*self.tells[one.key](stated), date=dated)

    def news(self, key: str, *mentions: Mention, text: str | None = None, tells: Tells | None = None) -> None:
        """Ingests an article, or a revision of it."""
        self.tells[key] = tells or (lambda stated: mentions)
        with writing(self.engine) as session:
            given = replace(article(key, text=text or key), corrected_date=articles.correction(session, key))
            [(_, found)] = self._read([given])
            assert isinstance(found, Reading)
            events.merge(session, articles.save(session, given, found, now=NOW))

    def reextract(self) -> None:
        """Reads every stored article again."""
        with writing(self.engine) as session:
            for one, found in self._read(articles.to_reread(session, None)):
                assert isinstance(found, Reading)
                events.merge(session, articles.reread(session, one, found, rules="newer"))

    def edit(self, about: About, subject: str, op: str, by: By = ANNA, **fields: object) -> Edit:
        return self.desk.edit(about, subject, op, fields, by)

    def timeline(self, **conditions: object) -> list[tuple[str, str, int]]:
        """Date, title and number of sources of the events in their order; `actor` is the id of one who takes part."""
        if "actor" in conditions:
            conditions["actors"] = (conditions.pop("actor"),)
        with read_store(self.engine) as session:
            found = events.timeline(session, EventQuery(**conditions))  # type: ignore[arg-type]
            return [(one["date"], one["title"], len(one["sources"])) for one in found]

    def ids(self) -> list[str]:
        with read_store(self.engine) as session:
            return [one["id"] for one in events.timeline(session, EventQuery())]

    def event(self, event_id: str) -> EventDetailOut:
        with read_store(self.engine) as session:
            return events.get(session, event_id)

    def article_id(self, key: str) -> str:
        with read_store(self.engine) as session:
            return events.articles.sources(session, [key])[key].article_id

    def last_changes(self, after: int) -> list[str]:
        with read_store(self.engine) as session:
            return [one.what.value for one in changes.since(session, 0, limit=1000) if (one.seq or 0) > after]

    def seq(self) -> int:
        with read_store(self.engine) as session:
            return max((one.seq or 0 for one in changes.since(session, 0, limit=1000)), default=0)


@pytest.fixture
def world(engine: Engine) -> World:
    """Two events: a note delivered, told by two articles, and a meeting, told by one."""
    world = World(engine)
    world.news("a.txt", DELIVERED)
    world.news("b.txt", DELIVERED)
    world.news("c.txt", MET)
    return world


# ---------------------------------------------------------------- fields of an event
FIELDS = [
    ("redate", {"date": "2022-01-27"}, "date", "2022-01-27", "2022-01-26"),
    ("retitle", {"title": "A note arrives"}, "title", "A note arrives", "Russia receives a note"),
    ("change-kind", {"kind": "visit"}, "kind", "visit", "delivery"),
    ("change-status", {"status": "denied"}, "status", "denied", "occurred"),
]


@pytest.mark.parametrize(("op", "fields", "shown", "now", "before"), FIELDS)
def test_a_field_that_a_person_sets_stands_whatever_is_read_later(world, op, fields, shown, now, before):
    _, event_id = world.ids()
    world.edit("event", event_id, op, **fields)
    world.news("d.txt", DELIVERED)  # another report
    world.news("a.txt", replace(DELIVERED, title="Other"), text="a revision of it")
    world.reextract()
    event = world.event(event_id)
    assert (event[shown], event["edited"], len(event["sources"])) == (now, [op], 3)
    [mark] = event["edits"]
    assert (mark["op"], mark["value"], mark["author"], mark["reason"]) == (op, fields, "anna", ANNA.reason)
    assert mark["instead_of"] in (before, "Other")


@pytest.mark.parametrize(("op", "fields", "shown", "now", "before"), FIELDS)
def test_an_edit_that_is_undone_leaves_what_the_articles_say(world, op, fields, shown, now, before):
    _, event_id = world.ids()
    untouched = world.event(event_id)
    number = world.edit("event", event_id, op, **fields).number
    undone = world.desk.undo(number, BORIS)
    assert (undone.undone_by, undone.undone_reason, undone.undone_at) == ("boris", BORIS.reason, NOW)
    assert world.event(event_id) == untouched
    with pytest.raises(AlreadyUndone, match=f"edit {number} was undone before"):
        world.desk.undo(number, BORIS)


def test_of_two_edits_of_one_field_the_later_counts_and_each_is_undone_by_itself(world):
    event_id = world.ids()[0]
    first = world.edit("event", event_id, "retitle", title="First")
    second = world.edit("event", event_id, "retitle", title="Second")
    assert world.event(event_id)["title"] == "Second"
    world.desk.undo(first.number, BORIS)
    assert world.event(event_id)["title"] == "Second"
    world.desk.undo(second.number, BORIS)
    assert world.event(event_id)["title"] == MET.title
    with read_store(world.engine) as session:
        assert [one.op for one in listed(session, "event", event_id)] == ["retitle", "retitle"]


def test_a_redated_event_moves_in_the_timeline_and_in_the_histories(world):
    _, event_id = world.ids()
    world.edit("event", event_id, "redate", date="2021-12")
    assert [one[0] for one in world.timeline()] == ["2021-12", "2022-01-21"]
    assert [one[0] for one in world.timeline(actor="RUS", span=calendar.parse("2021"))] == ["2021-12"]
    assert world.timeline(actor="RUS", span=calendar.parse("2022-01-26")) == []


def test_the_actors_that_a_person_names_are_those_of_the_event(world):
    _, event_id = world.ids()
    cast = [{"id": "NATO", "role": "source"}, {"id": "sergei-lavrov", "role": "target"}]
    number = world.edit("event", event_id, "change-actors", actors=cast).number
    world.reextract()
    shown = world.event(event_id)["actors"]
    assert [(one["id"], one["name"], one["role"]) for one in shown] == [
        ("NATO", "NATO", "source"),
        ("sergei-lavrov", "Sergei Lavrov", "target"),
    ]
    assert len(world.timeline(actor="NATO")) == 1 and len(world.timeline(actor="USA")) == 1
    assert world.event(event_id)["edits"][0]["instead_of"] == "RUS (source), USA (target)"
    world.desk.undo(number, BORIS)
    assert world.timeline(actor="NATO") == [] and len(world.timeline(actor="USA")) == 2


def test_a_hidden_event_is_in_no_list_no_history_and_no_count_until_it_is_shown_again(world):
    _, event_id = world.ids()
    before, seq = world.timeline(), world.seq()
    number = world.edit("event", event_id, "hide").number
    world.news("d.txt", DELIVERED)
    assert [one[0] for one in world.timeline()] == ["2022-01-21"] == [one[0] for one in world.timeline(actor="RUS")]
    assert world.timeline(as_of=date(2022, 2, 1)) == world.timeline()
    with read_store(world.engine) as session:
        assert events.survivor(session, event_id) is None and events.is_gone(session, event_id)
        assert actors.get(session, "RUS")["event_count"] == 1
        assert [one.op for one in listed(session, "event", event_id)] == ["hide"]
    assert world.last_changes(seq) == ["deleted"]
    world.desk.undo(number, BORIS)
    assert world.timeline() == [before[0], (*before[1][:2], 3)]
    assert world.last_changes(seq) == ["deleted", "created"]


def test_the_log_says_nothing_of_a_hidden_event_that_loses_a_part_to_one_that_is_seen(world):
    _, delivered = world.ids()
    world.edit("event", delivered, "hide")
    seq = world.seq()
    world.edit("event", delivered, "split", mentions=[world.article_id("b.txt")])
    assert world.last_changes(seq) == ["created"]


# ---------------------------------------------------------------- merge and split
def test_events_that_a_person_merges_are_one_and_the_younger_redirects(world):
    met, delivered = world.ids()
    seq = world.seq()
    world.edit("event", met, "merge", event=delivered)
    assert world.ids() == [delivered]  # the older one
    event = world.event(met)
    assert (event["id"], event["source_count"], event["conflict"], event["edited"]) == (delivered, 3, True, ["merge"])
    assert {"rule": "edit", "says": "anna holds them to be one act: the minutes say so"} in event["explanation"]
    assert world.last_changes(seq) == ["updated", "merged"]


def test_a_merge_holds_when_articles_are_revised_read_again_and_joined_by_others(world):
    met, delivered = world.ids()
    world.edit("event", delivered, "merge", event=met)
    world.news("a.txt", replace(DELIVERED, sentence=replace(DELIVERED.sentence, begin=500, end=537)), text="moved")
    world.news("d.txt", MET)
    world.news("e.txt", DELIVERED)
    assert [one[2] for one in world.timeline()] == [5]
    world.news("d.txt", text="nothing left")
    world.news("c.txt", replace(MET, span=calendar.parse("2022-01-22")), text="another day")
    world.reextract()
    assert [one[2] for one in world.timeline()] == [4] and world.ids() == [delivered]


def test_a_merge_that_is_undone_gives_both_events_back(world):
    before, (met, delivered) = world.timeline(), world.ids()
    number = world.edit("event", delivered, "merge", event=met).number
    world.desk.undo(number, BORIS)
    assert world.timeline() == before
    assert set(world.ids()) == {met, delivered}


def test_of_two_merges_either_can_be_undone_first(world):
    world.news("f.txt", mention("2022-02-01", NATO, kind="visit", lemma="visit", title="NATO visits"))
    met, delivered, visited = world.ids()
    first = world.edit("event", delivered, "merge", event=met)
    second = world.edit("event", delivered, "merge", event=visited)
    assert len(world.ids()) == 1
    world.desk.undo(first.number, BORIS)
    assert sorted(one[2] for one in world.timeline()) == [1, 3]
    assert world.event(delivered)["edited"] == ["merge"]
    world.desk.undo(second.number, BORIS)
    assert sorted(one[2] for one in world.timeline()) == [1, 1, 2]


def test_only_a_possible_same_can_be_confirmed(world):
    world.news("p.txt", replace(mention("2022-01", kind="proposal", lemma="present"), objects=()))
    [possible, met, delivered] = world.ids()
    assert [one["event"] for one in world.event(delivered)["possible_same"]] == [possible]
    with pytest.raises(EditError, match=f"event='{met}' cannot be used: a possible same of this event: {possible}"):
        world.edit("event", delivered, "confirm", event=met)
    world.edit("event", delivered, "confirm", event=possible)
    assert world.event(possible)["id"] == delivered and world.event(delivered)["edited"] == ["confirm"]


def test_events_that_a_person_holds_apart_are_no_possible_same_and_never_join(world):
    world.news("p.txt", replace(mention("2022-01", kind="proposal", lemma="present"), objects=()))
    possible, _, delivered = world.ids()
    number = world.edit("event", delivered, "separate", event=possible).number
    assert world.event(delivered)["possible_same"] == [] == world.event(possible)["possible_same"]
    world.news("p.txt", replace(mention("2022-01-26", kind="delivery", lemma="present")), text="now the same")
    world.reextract()
    assert len(world.ids()) == 3 and world.event(delivered)["edited"] == ["separate"]
    world.desk.undo(number, BORIS)
    assert len(world.ids()) == 2


@pytest.mark.parametrize("by_article", [False, True])
def test_a_split_takes_mentions_out_for_good(world, by_article):
    _, delivered = world.ids()
    [taken] = [one for one in world.event(delivered)["mentions"] if one["article"] == world.article_id("b.txt")]
    seq = world.seq()
    number = world.edit("event", delivered, "split", mentions=[taken["article" if by_article else "id"]]).number
    assert [one[2] for one in world.timeline()] == [1, 1, 1]
    assert world.last_changes(seq) == ["created", "split", "updated"]
    world.news("b.txt", DELIVERED, text="revised")
    world.reextract()
    assert [one[2] for one in world.timeline()] == [1, 1, 1]
    assert [world.event(one)["edited"] for one in world.ids()].count(["split"]) == 2
    world.news("d.txt", DELIVERED)
    assert sorted(one[2] for one in world.timeline()) == [1, 1, 2]
    world.desk.undo(number, BORIS)
    assert [one[2] for one in world.timeline()] == [1, 3]


def test_a_merge_can_be_split_again_and_the_later_decision_counts(world):
    before, (met, delivered) = world.timeline(), world.ids()
    world.edit("event", delivered, "merge", event=met)
    world.edit("event", delivered, "split", mentions=[world.article_id("c.txt")])
    assert world.timeline() == before
    world.edit("event", world.ids()[0], "merge", event=world.ids()[1])
    assert len(world.ids()) == 1


def test_a_merged_event_keeps_its_title_when_the_merge_is_undone(world):
    met, delivered = world.ids()
    merge = world.edit("event", delivered, "merge", event=met)
    world.edit("event", delivered, "retitle", title="One act")
    world.desk.undo(merge.number, BORIS)
    assert [one[1] for one in world.timeline()].count("One act") == 1 and len(world.ids()) == 2


def test_what_was_split_off_a_merged_event_is_marked_until_the_other_side_is_told_no_more(world):
    met, delivered = world.ids()
    merge = world.edit("event", delivered, "merge", event=met)
    world.edit("event", delivered, "split", mentions=[world.article_id("c.txt")])
    world.desk.undo(merge.number, BORIS)
    assert [world.event(one)["edited"] for one in world.ids()] == [["split"], ["split"]]
    world.news("c.txt", text="nothing left")
    assert [world.event(one)["edited"] for one in world.ids()] == [[]]


def test_events_far_apart_that_a_person_holds_apart_both_say_so(world):
    met, delivered = world.ids()
    world.edit("event", met, "separate", event=delivered)
    assert [world.event(one)["edited"] for one in (met, delivered)] == [["separate"], ["separate"]]


def test_a_merge_is_marked_when_what_another_merge_had_brought_is_gone(world):
    world.news("0.txt", mention("2022-02-01", NATO, kind="visit", lemma="visit", title="NATO visits"))
    met, delivered, visited = world.ids()
    first = world.edit("event", delivered, "merge", event=visited)
    second = world.edit("event", delivered, "merge", event=met)
    world.desk.undo(first.number, BORIS)
    assert [one["number"] for one in world.event(delivered)["edits"]] == [second.number]


def test_a_split_holds_what_is_left_of_its_side_together(world):
    first, second = DELIVERED, replace(mention("2022-01-26", kind="delivery", begin=100), title="Again")
    world.news("a.txt", first, second, text="twice")
    [_, delivered] = world.ids()
    told = world.event(delivered)["mentions"]
    article_id = world.article_id("a.txt")
    [later] = [one for one in told if one["article"] == article_id and one["sentence"]["begin"]]
    world.edit("event", delivered, "split", mentions=[later["id"]])
    world.news("a.txt", first, text="once again")
    assert [one[2] for one in world.timeline()] == [1, 2]


def test_edits_of_an_event_that_no_article_tells_any_more_are_listed_and_undone(world):
    met = world.ids()[0]
    number = world.edit("event", met, "retitle", title="They meet").number
    world.news("c.txt", text="nothing left")
    with read_store(world.engine) as session:
        assert [one.number for one in listed(session, "event", met)] == [number]
        with pytest.raises(NotFound):
            listed(session, "event", "e000000000000")
    world.desk.undo(number, BORIS, about="event", subject=met)
    world.news("c.txt", MET, text="told again")
    assert world.timeline()[0][1] == MET.title


def test_a_timeline_of_a_day_knows_where_people_put_events(world):
    day = date(2022, 2, 1)
    met, delivered = world.ids()
    world.edit("event", met, "redate", date="2021-12")
    world.edit("event", delivered, "change-actors", actors=[{"id": "NATO", "role": "source"}])
    assert [one[0] for one in world.timeline(as_of=day, span=calendar.parse("2021"))] == ["2021-12"]
    assert [one[0] for one in world.timeline(as_of=day, actor="NATO")] == ["2022-01-26"]
    assert world.timeline(as_of=date(2022, 1, 1), span=calendar.parse("2021")) == []


# ---------------------------------------------------------------- articles
def dated_by(day: date | None) -> tuple[Mention, ...]:
    """A reader that finds the delivery on the day before the article's own, which it does not know itself."""
    return (mention(calendar.shift_days(day, -1).isoformat() if day else "2022-01", kind="delivery"),)


def test_correcting_an_articles_date_moves_its_relative_dates_and_survives(world):
    world.news("late.txt")
    world.tells["late.txt"] = dated_by
    world.reextract()
    article_id = world.article_id("late.txt")
    number = world.edit("article", article_id, "redate", date="2022-03-05").number
    assert world.timeline()[-1] == ("2022-03-04", DELIVERED.title, 1)
    world.reextract()
    with read_store(world.engine) as session:
        shown = articles.get(session, article_id)
        assert (shown["date"], shown["corrected_date"]) == ("2022-03-05", "2022-03-05")
        assert [one.op for one in listed(session, "article", article_id)] == ["redate"]
    assert world.timeline()[-1][0] == "2022-03-04"
    world.desk.undo(number, BORIS)
    assert world.timeline()[-1] == ("2022-01-26", DELIVERED.title, 3)


def test_a_corrected_date_holds_for_the_next_revision(world):
    world.edit("article", world.article_id("c.txt"), "redate", date="2022-03-05")
    world.news("c.txt", MET, text="revised")
    with read_store(world.engine) as session:
        assert articles.get(session, world.article_id("c.txt"))["date"] == "2022-03-05"


def test_a_date_that_is_corrected_while_another_correction_is_undone_is_not_lost(world):
    article_id = world.article_id("c.txt")
    number = world.edit("article", article_id, "redate", date="2022-03-05").number
    redated, read = [], world.desk.read

    def meanwhile(items):
        if not redated:
            redated.append("")
            world.desk.edit("article", article_id, "redate", {"date": "2022-03-09"}, ANNA)
        return read(items)

    with pytest.raises(Overtaken):
        replace(world.desk, read=meanwhile).undo(number, BORIS)
    world.desk.undo(number, BORIS)
    with read_store(world.engine) as session:
        assert articles.get(session, article_id)["corrected_date"] == "2022-03-09"


def test_what_was_read_again_before_a_correction_does_not_overwrite_it(world):
    with read_store(world.engine) as session:
        before = {one.key: one for one in articles.to_reread(session, None)}
    world.edit("article", world.article_id("c.txt"), "redate", date="2022-03-05")
    world.news("a.txt", DELIVERED, text="revised")
    for key in ("c.txt", "a.txt"):
        with writing(world.engine) as session, pytest.raises(Overtaken, match=f"the article '{key}' was changed"):
            articles.reread(session, before[key], made(MET), rules="newer")


def test_an_article_without_a_sketch_is_still_to_be_read_again_after_its_date_was_corrected(world):
    world.edit("article", world.article_id("c.txt"), "redate", date="2022-03-05")
    with read_store(world.engine) as session:
        assert "c.txt" in [one.key for one in articles.to_reread(session, matching.RULES)]


def test_a_reading_that_does_not_know_of_the_correction_is_refused(world):
    world.edit("article", world.article_id("c.txt"), "redate", date="2022-03-05")
    with writing(world.engine) as session, pytest.raises(Overtaken, match="its date was corrected while it was read"):
        articles.save(session, article("c.txt", text="a revision"), made(), now=NOW)


def test_a_retracted_article_tells_nothing_until_that_is_undone(world):
    before, (met, delivered) = world.timeline(), world.ids()
    number = world.edit("article", world.article_id("c.txt"), "retract").number
    assert world.timeline() == before[1:]
    with read_store(world.engine) as session:
        assert events.is_gone(session, met)
        assert articles.get(session, world.article_id("c.txt"))["retracted"] is True
    world.news("c.txt", MET, text="revised")
    world.reextract()
    assert world.timeline() == before[1:] == world.timeline(as_of=date(2022, 2, 1))
    world.desk.undo(number, BORIS)
    assert world.timeline() == before and set(world.ids()) == {met, delivered}


def test_retracting_one_source_of_an_event_leaves_the_other(world):
    world.edit("article", world.article_id("a.txt"), "retract")
    assert world.timeline()[1][2] == 1


def test_an_edit_sleeps_while_its_article_is_retracted(world):
    met, _ = world.ids()
    world.edit("event", met, "retitle", title="They meet")
    number = world.edit("article", world.article_id("c.txt"), "retract").number
    world.desk.undo(number, BORIS)
    assert world.timeline()[0][1] == "They meet"


# ---------------------------------------------------------------- actors
def test_an_unknown_actor_that_is_joined_to_another_is_that_one_from_then_on(world):
    spoke = mention("2022-01-26", PLENKO, kind="delivery")
    world.news("n.txt", spoke)
    assert len(world.timeline(actor=PLENKO[0])) == 1 and len(world.ids()) == 3
    number = world.edit("actor", PLENKO[0], "join", actor="sergei-lavrov").number
    assert len(world.ids()) == 2  # Lavrov speaks for Russia, which delivered the note
    assert world.timeline(actor=PLENKO[0]) == []
    world.news("o.txt", replace(spoke, span=calendar.parse("2022-01-28")))
    world.reextract()
    with read_store(world.engine) as session:
        assert actors.find(session, "Ivan Plenko") == ("sergei-lavrov",) == actors.find(session, PLENKO[0])
        assert actors.get(session, PLENKO[0])["event_count"] == 0
        assert PLENKO[0] not in "".join(actors.page(session, actors.ActorQuery(q="plenko")).documents)
    assert [one[0] for one in world.timeline(actor="sergei-lavrov")] == ["2022-01-26", "2022-01-28"]
    world.desk.undo(number, BORIS)
    assert len(world.ids()) == 4 and len(world.timeline(actor=PLENKO[0])) == 2
    assert world.timeline(actor="sergei-lavrov") == []


def test_joins_follow_each_other_and_never_in_a_circle(world):
    other: Who = ("new-person-i-plenko", "I. Plenko", ActorKind.PERSON, None)
    world.news("n.txt", mention("2022-03-01", other, kind="visit", lemma="visit"))
    world.news("m.txt", mention("2022-03-05", PLENKO, kind="visit", lemma="visit"))
    world.edit("actor", other[0], "join", actor=PLENKO[0])
    with pytest.raises(EditError, match=f"another actor than {PLENKO[0]}"):
        world.edit("actor", PLENKO[0], "join", actor=other[0])
    second = world.edit("actor", PLENKO[0], "join", actor="sergei-lavrov")
    assert len(world.timeline(actor="sergei-lavrov")) == 2
    world.desk.undo(second.number, BORIS)
    assert len(world.timeline(actor=PLENKO[0])) == 2


def test_an_unknown_actor_is_renamed_in_every_event_and_found_by_both_names(world):
    world.news("n.txt", mention("2022-03-01", PLENKO, kind="visit", lemma="visit"))
    number = world.edit("actor", PLENKO[0], "rename", name="Ivan Plyenko").number
    world.news("o.txt", mention("2022-03-09", PLENKO, kind="visit", lemma="visit"))
    names = [one["actors"][0]["name"] for one in map(world.event, world.ids()[-2:])]
    assert names == ["Ivan Plyenko", "Ivan Plyenko"]
    with read_store(world.engine) as session:
        assert actors.find(session, "ivan plenko") == (PLENKO[0],) == actors.find(session, "Ivan Plyenko")
    world.desk.undo(number, BORIS)
    assert [one["actors"][0]["name"] for one in map(world.event, world.ids()[-2:])] == ["Ivan Plenko"] * 2


def test_a_claim_is_that_of_the_actor_whom_its_reporter_was_joined_to(world):
    claim = Reporter(PLENKO[0], PLENKO[1], 0, 11)
    world.news("n.txt", mention("2022-03-01", PLENKO, kind="visit", lemma="visit", reported_by=claim))
    number = world.edit("actor", PLENKO[0], "join", actor="sergei-lavrov").number
    assert world.event(world.ids()[-1])["reported_by"] == {"id": "sergei-lavrov", "name": "Sergei Lavrov"}
    world.desk.undo(number, BORIS)
    assert world.event(world.ids()[-1])["reported_by"] == {"id": PLENKO[0], "name": "Ivan Plenko"}


JANSEN: Who = ("new-person-piet-jansen", "Piet Jansen", ActorKind.PERSON, None)


def test_a_mention_names_its_actor_as_it_was_read_when_an_edit_of_the_actor_is_undone(world):
    world.news("n.txt", mention("2022-03-01", PLENKO, kind="visit", lemma="visit"))
    accented: Who = (PLENKO[0], "Iván Plenko", ActorKind.PERSON, "RUS")
    world.news("m.txt", mention("2022-03-05", accented, kind="visit", lemma="visit"))
    before = [world.event(one)["actors"] for one in world.ids()]
    for op, fields in (("rename", {"name": "Plyenko"}), ("join", {"actor": "NATO"})):
        number = world.edit("actor", PLENKO[0], op, **fields).number
        assert [world.event(one)["actors"] for one in world.ids()] != before
        world.reextract()
        world.desk.undo(number, BORIS)
        assert [world.event(one)["actors"] for one in world.ids()] == before


def test_who_was_beside_a_joined_actor_forgets_it_when_that_is_undone(world):
    near = replace(mention("2022-01", PLENKO, kind="proposal", lemma="present"), objects=())
    world.news("p.txt", near)
    before = [world.event(one)["possible_same"] for one in world.ids()]
    number = world.edit("actor", PLENKO[0], "join", actor="RUS").number
    assert [world.event(one)["possible_same"] for one in world.ids()] != before
    world.desk.undo(number, BORIS)
    assert [world.event(one)["possible_same"] for one in world.ids()] == before


def test_an_event_follows_the_actors_that_it_was_given_through_every_join_and_names_each_once(world):
    world.news("n.txt", mention("2022-03-01", PLENKO, JANSEN, kind="visit", lemma="visit"))
    met = world.ids()[0]
    cast = [{"id": PLENKO[0], "role": "source"}, {"id": JANSEN[0], "role": "target"}]
    world.edit("event", met, "change-actors", actors=cast)
    world.edit("actor", PLENKO[0], "join", actor=JANSEN[0])
    assert [(one["id"], one["role"]) for one in world.event(met)["actors"]] == [(JANSEN[0], "source")]
    world.edit("actor", JANSEN[0], "join", actor="sergei-lavrov")
    assert [one["id"] for one in world.event(met)["actors"]] == ["sergei-lavrov"]


def test_an_actor_whom_the_lexicon_knows_is_mended_there(world):
    with pytest.raises(EditError, match="actor='RUS' cannot be used: an actor that the lexicon does not know"):
        world.edit("actor", "RUS", "rename", name="Rossiya")


def test_an_event_that_was_given_an_actor_follows_when_that_one_is_joined(world):
    world.news("n.txt", mention("2022-03-01", PLENKO, kind="visit", lemma="visit"))
    met = world.ids()[0]
    world.edit("event", met, "change-actors", actors=[{"id": PLENKO[0], "role": "source"}])
    number = world.edit("actor", PLENKO[0], "join", actor="sergei-lavrov").number
    assert [one["id"] for one in world.event(met)["actors"]] == ["sergei-lavrov"]
    world.desk.undo(number, BORIS)
    assert [one["id"] for one in world.event(met)["actors"]] == [PLENKO[0]]


# ---------------------------------------------------------------- what is refused
@pytest.mark.parametrize(
    ("op", "fields", "says"),
    [
        ("burn", {}, "op='burn' cannot be used: of an event one of merge, confirm,"),
        ("redate", {}, "date='' cannot be used: text of 1 to 1000 characters"),
        ("redate", {"date": "2022-13"}, "date='2022-13' cannot be used: use EDTF"),
        ("redate", {"date": "2022", "title": "x"}, "title='x' cannot be used: redate takes date"),
        ("hide", {"date": "2022"}, "date='2022' cannot be used: hide takes no field"),
        ("retitle", {"title": "  "}, "title='  ' cannot be used: text of 1 to 1000 characters"),
        ("retitle", {"title": "a\0b"}, "cannot be used: text of 1 to 1000 characters"),
        ("change-kind", {"kind": "feast"}, "kind='feast' cannot be used: one of delivery, meeting, visit"),
        ("change-status", {"status": "done"}, "status='done' cannot be used: one of denied, hypothetical, occurred"),
        ("change-actors", {"actors": []}, "cannot be used: a list of"),
        ("change-actors", {"actors": [{"id": "RUS", "role": "king"}]}, "cannot be used: a list of"),
        (
            "change-actors",
            {"actors": [{"id": "XXX", "role": "source"}]},
            "actors='XXX' cannot be used: the id of an actor",
        ),
        ("merge", {"event": "e000000000000"}, "event='e000000000000' cannot be used: the id of another event"),
        ("split", {"mentions": []}, r"mentions='\[\]' cannot be used"),
        ("split", {"mentions": ["m000000000000"]}, "mentions='m000000000000' cannot be used: some of m"),
    ],
)
def test_an_edit_that_cannot_be_made_is_refused_and_changes_nothing(world, op, fields, says):
    before, event_id = world.timeline(), world.ids()[1]
    with pytest.raises(EditError, match=says):
        world.edit("event", event_id, op, **fields)
    assert world.timeline() == before
    with read_store(world.engine) as session:
        assert edits.page(session, limit=10) == []


def test_a_split_leaves_something(world):
    delivered = world.ids()[1]
    every = [one["id"] for one in world.event(delivered)["mentions"]]
    with pytest.raises(EditError, match="but not all of them"):
        world.edit("event", delivered, "split", mentions=every)
    with pytest.raises(EditError, match="the id of another event"):
        world.edit("event", delivered, "merge", event=delivered)


def test_every_edit_has_an_author_and_a_reason(world):
    for by, name in ((By(" ", "why", NOW), "author"), (By("anna", "", NOW), "reason")):
        with pytest.raises(EditError, match=f"^{name}="):
            world.desk.edit("event", world.ids()[0], "hide", {}, by)


@pytest.mark.parametrize(("about", "op", "fields"), [("event", "hide", {}), ("article", "retract", {})])
def test_what_is_not_there_cannot_be_edited(world, about, op, fields):
    with pytest.raises(NotFound, match=f"no {about} has the id 'nobody'"):
        world.desk.edit(about, "nobody", op, fields, ANNA)
    with pytest.raises(NotFound, match="no edit has the id '99'"):
        world.desk.undo(99, ANNA)


def test_an_edit_is_undone_only_under_its_own_subject(world):
    met, delivered = world.ids()
    number = world.edit("event", met, "hide").number
    with pytest.raises(NotFound):
        world.desk.undo(number, BORIS, about="event", subject=delivered)
    world.desk.undo(number, BORIS, about="event", subject=met)
    assert set(world.ids()) == {met, delivered}

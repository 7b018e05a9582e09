"""`demarche edit` on a store with two articles that the stand-in reader read."""

import getpass

import pytest

from app.errors import DemarcheError, EditError, NotFound
from tests.test_cli import lines, news, reader, run, small_lexicon

__all__ = ["news", "reader", "small_lexicon"]  # fixtures


@pytest.fixture(autouse=True)
def stored(news, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both articles ingested; the user of this machine is Anna."""
    monkeypatch.setattr(getpass, "getuser", lambda: "anna")
    assert run("ingest", "news")[0] == 0


def timeline() -> list[dict]:
    _, [found] = lines("timeline", "--json")
    return found


def ids() -> list[str]:
    return [one["id"] for one in timeline()]


def edit(*args: str, why: str = "the minutes say so") -> str:
    """What the command prints; it must succeed."""
    status, out, err = run("edit", *args, "--reason", why)
    assert (status, err) == (0, "")
    return out


def test_events_are_merged_listed_and_parted_again():
    first, second = ids()
    out = edit("merge", first, second)
    assert out == f"edit 1: merge {second}, of event {first}, by anna: the minutes say so\n"
    assert len(ids()) == 1 and timeline()[0]["edited"] == ["merge"]
    assert edit("undo", "1", "--author", "boris", why="two meetings") == "edit 1 is undone by boris: two meetings\n"
    assert ids() == [first, second]
    _, [listed] = lines("edit", "list", "--json")
    assert [(one["number"], one["op"], one["author"], one["undone"]["by"]) for one in listed] == [
        (1, "merge", "anna", "boris")
    ]
    assert run("edit", "list", "--standing")[1] == "no edits\n"
    assert "by boris: two meetings" in run("edit", "list")[1]


def test_an_event_is_shown_with_the_mentions_that_a_split_takes():
    first, second = ids()
    edit("merge", first, second)
    [event_id] = ids()
    _, [shown] = lines("edit", "show", event_id, "--json")
    out = run("edit", "show", event_id)[1]
    assert all(one["id"] in out for one in shown["mentions"]) and "the minutes say so" in out
    edit("split", event_id, shown["mentions"][1]["id"])
    assert len(ids()) == 2
    assert all(event_id in run("timeline", "--ids")[1] for event_id in ids())


@pytest.mark.parametrize(
    ("args", "field", "value"),
    [
        (("redate", "EVENT", "2022-02"), "date", "2022-02"),
        (("retitle", "EVENT", "They talk"), "title", "They talk"),
        (("change-kind", "EVENT", "visit"), "kind", "visit"),
        (("change-status", "EVENT", "scheduled"), "status", "scheduled"),
    ],
)
def test_a_field_is_set_from_the_command_line(args, field, value):
    event_id = ids()[0]
    edit(*(event_id if one == "EVENT" else one for one in args))
    [event] = [one for one in timeline() if one["id"] == event_id]
    assert (event[field], event["edited"]) == (value, [args[0]])
    assert "edited)" in run("timeline")[1]


def test_actors_are_named_with_their_roles():
    event_id = ids()[0]
    edit("change-actors", event_id, "Kremlin:source")
    assert timeline()[0]["actors"] == [{"id": "RUS", "name": "Russia", "state": "RUS"}]
    with pytest.raises(EditError, match="one of source, target, participant, other"):
        run("edit", "change-actors", event_id, "Kremlin:king", "--reason", "x")
    with pytest.raises(NotFound, match="no actor has the id 'Nowhere'"):
        run("edit", "change-actors", event_id, "Nowhere:source", "--reason", "x")


def test_an_article_is_retracted_by_its_file_and_comes_back():
    before = ids()
    edit("retract", "news/a.txt")
    assert ids() == before[1:]
    edit("undo", "1")
    assert ids() == before


def test_an_articles_date_is_corrected_and_taken_back(reader):
    edit("redate-article", "news/a.txt", "2022-02-01")
    assert str(reader.articles[-1].corrected_date) == "2022-02-01"
    edit("undo", "1")
    assert reader.articles[-1].corrected_date is None


def test_a_hidden_event_is_gone():
    edit("hide", ids()[0])
    assert len(ids()) == 1


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("hide", "e000000000000"), "no event has the id 'e000000000000'"),
        (("redate-article", "news/none.txt", "2022"), "no article has the id 'news/none.txt'"),
        (("redate-article", "news/a.txt", "soon"), "'soon' is not a date"),
        (("rename", "RUS", "Rossiya"), "an actor that the lexicon does not know"),
        (("join", "nobody", "RUS"), "no actor has the id 'nobody'"),
        (("undo", "7"), "no edit has the id '7'"),
        (("join", "\ud800", "RUS"), "no actor has the id"),
    ],
)
def test_what_cannot_be_edited_is_told(args, says):
    with pytest.raises(DemarcheError, match=says):
        run("edit", *args, "--reason", "x")


def test_a_number_that_no_edit_can_have_is_refused():
    assert run("edit", "undo", "9" * 25, "--reason", "x")[0] == 2


def test_an_edit_needs_a_reason():
    before = ids()
    assert run("edit", "hide", before[0])[0] == 2
    assert ids() == before

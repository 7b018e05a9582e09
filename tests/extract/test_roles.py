from datetime import date

import pytest

from app.extract.actors import Named
from app.extract.roles import RoleReader
from tests.extract.conftest import WRITTEN, Desk


def told(desk: Desk, text: str, day: date | None = WRITTEN) -> list[Named]:
    """Who is named in a text of that day, with the roles told alone."""
    return RoleReader(desk.lexicon.actors, desk.lexicon.roles).add(text, desk.named(text), day)


def who(desk: Desk, text: str, day: date | None = WRITTEN) -> list[tuple[str, str]]:
    return [(text[named.begin : named.end], named.actor_id) for named in told(desk, text, day)]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Sergei Lavrov spoke. Then the minister left.", "the minister"),
        ("Sergei Lavrov spoke. Then the Russian diplomat left.", "the Russian diplomat"),
        ("John Sullivan spoke. Then the ambassador left.", "the ambassador"),
    ],
)
def test_a_role_alone_stands_for_whoever_was_last_named_with_such_an_office(desk, text, role):
    person = told(desk, text)[0].actor_id
    assert who(desk, text)[-1] == (role, person)
    assert told(desk, text)[-1].via == "office"


def test_a_role_of_another_country_stands_for_somebody_of_that_country(desk):
    text = "Sergei Lavrov met Antony Blinken. The Russian minister left."
    assert who(desk, text)[-1] == ("The Russian minister", "sergey-lavrov")


def test_a_role_stands_for_nobody_when_no_holder_was_named(desk):
    assert who(desk, "Russia waits. The minister left.") == [("Russia", "RUS")]
    assert who(desk, "The minister left. Sergei Lavrov spoke.") == [("Sergei Lavrov", "sergey-lavrov")]


def test_a_role_does_not_stand_for_somebody_who_left_that_office_long_ago(desk):
    text = "Foreign Minister Sergei Lavrov spoke in 2022. The ambassador waited."
    assert who(desk, text) == [("Sergei Lavrov", "sergey-lavrov")]


def test_without_a_day_any_office_ever_held_will_do(desk):
    text = "Sergei Lavrov spoke. The ambassador waited."
    assert who(desk, text, None)[-1] == ("The ambassador", "sergey-lavrov")


# ---------------------------------------------------------------- seats
def held(desk: Desk, text: str) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(text[one.begin : one.end], one.actor_id, one.offices) for one in told(desk, text) if one.via == "office"]


@pytest.mark.parametrize(
    ("text", "role", "owner", "office"),
    [
        ("The Israeli prime minister spoke.", "The Israeli prime minister", "ISR", "isr-head-of-government"),
        ("the French foreign minister spoke.", "the French foreign minister", "FRA", "fra-foreign-minister"),
        ("Turkey's foreign minister spoke.", "Turkey's foreign minister", "TUR", "tur-foreign-minister"),
        ("The Saudi king spoke.", "The Saudi king", "SAU", "sau-head-of-state"),
        ("NATO's secretary general spoke.", "NATO's secretary general", "nato", "nato-head"),
    ],
)
def test_a_role_whose_holder_is_not_named_is_its_state_s_with_the_office(desk, text, role, owner, office):
    [(words, actor, offices)] = held(desk, text)
    assert (words, actor) == (role, owner)
    assert office in offices


def test_a_defence_minister_is_not_the_foreign_minister(desk):
    [(_, _, offices)] = held(desk, "Israel's defence minister spoke.")
    assert offices == ("isr-defence-minister",)


def test_a_possessive_role_stands_for_somebody_named_before_with_that_office(desk):
    assert who(desk, "Sergei Lavrov left. Russia's foreign minister spoke.")[-1] == (
        "Russia's foreign minister",
        "sergey-lavrov",
    )


@pytest.mark.parametrize(
    "text",
    [
        "The Israeli opposition leader spoke.",
        "The former Israeli prime minister spoke.",
        "Israel's finance minister spoke.",
        "The rebel leader in Israel spoke.",
        "The president spoke.",
        "The Swiss king spoke.",
    ],
)
def test_somebody_of_no_such_office_is_not_its_holder(desk, text):
    assert held(desk, text) == []


def test_a_role_before_the_name_of_its_holder_is_no_second_actor(desk):
    assert held(desk, "Turkey's president, Recep Tayyip Erdogan, spoke.") == []


def test_the_king_is_not_the_president_named_before(desk):
    text = "King Abdullah of Jordan met President Joe Biden. The king left."
    assert who(desk, text)[-1][0] != "The king" or who(desk, text)[-1][1] != "joe-biden"

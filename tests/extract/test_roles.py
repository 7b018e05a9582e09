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

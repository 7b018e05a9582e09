from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.extract.actors import Named
from app.lexicon import DATA
from app.lexicon.actors import load_actors
from tests.extract.conftest import Desk


def who(desk: Desk, text: str) -> list[tuple[str, str]]:
    """Who is named, as written and by id."""
    return [(text[named.begin : named.end], named.actor_id) for named in desk.named(text)]


def offices(desk: Desk, text: str) -> list[tuple[str, ...]]:
    return [named.offices for named in desk.named(text) if named.is_person]


# ---------------------------------------------------------------- names
def test_a_person_named_in_full_and_by_title_is_found_with_office_and_where_the_title_begins(desk):
    assert desk.named("Now US Secretary of State Antony Blinken spoke.") == [
        Named(26, 40, "antony-blinken", "name", ("usa-foreign-minister",), title_begin=0, is_person=True)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Antony Blinken spoke. Blinken left.", [("Antony Blinken", "antony-blinken"), ("Blinken", "antony-blinken")]),
        ("Sergei Lavrov and Sergey Lavrov", [("Sergei Lavrov", "sergey-lavrov"), ("Sergey Lavrov", "sergey-lavrov")]),
        ("Viktor Orban met Orbán.", [("Viktor Orban", "viktor-orban"), ("Orbán", "viktor-orban")]),
        ("Anthony Blinken spoke.", [("Anthony Blinken", "antony-blinken")]),
        ("Ukrainians met Americans.", [("Ukrainians", "UKR"), ("Americans", "USA")]),
        ("US-Russia talks", [("US", "USA"), ("Russia", "RUS")]),
        ("the Russia-NATO Council", [("Russia-NATO Council", "nato-russia-council")]),
        ("Washington and Moscow", [("Washington", "USA"), ("Moscow", "RUS")]),
        ("Foreign Ministry officials in Utopia", []),
        ("russia and the united states", []),
    ],
)
def test_names_are_found_by_the_lexicon_as_it_writes_them(desk, text, expected):
    assert who(desk, text) == expected


def test_a_name_is_found_where_it_stands_whatever_stands_before_it(desk):
    text = " \n\t½ … ‘ﬁ’ 中 Viktor Orbán\u2028left.  "
    assert who(desk, text) == [("Viktor Orbán", "viktor-orban")]


def test_a_surname_alone_names_nobody_whom_the_text_does_not_introduce(desk):
    assert who(desk, "Sullivan spoke.") == []


@pytest.mark.parametrize(
    "text",
    ["Ambassador Carol Sullivan spoke.", "Ambassador Kislyak Example spoke.", "Ambassador Sullivan Example spoke."],
)
def test_a_surname_with_another_first_name_or_a_further_name_is_somebody_else(desk, text):
    assert who(desk, text) == []


def test_a_surname_may_stand_before_the_full_name(desk):
    assert who(desk, "Blinken left. Antony Blinken had spoken.")[0] == ("Blinken", "antony-blinken")


def test_a_surname_of_two_people_is_whoever_was_named_last(desk):
    jake, john = "National Security Advisor Jake Sullivan", "US Ambassador to Russia John Sullivan"
    assert who(desk, f"{john} met {jake}. Sullivan left.")[-1] == ("Sullivan", "jake-sullivan")
    assert who(desk, f"{jake} met {john}. Sullivan left.")[-1] == ("Sullivan", "john-sullivan")


def test_a_title_tells_two_people_of_one_surname_apart(desk):
    assert who(desk, "Ambassador Sullivan spoke.") == [("Sullivan", "john-sullivan")]


def test_a_title_tells_two_people_of_one_surname_apart_after_both_were_named(desk):
    text = "Ambassador John Sullivan met National Security Advisor Jake Sullivan. Later Ambassador Sullivan left."
    assert who(desk, text)[-1] == ("Sullivan", "john-sullivan")


@pytest.mark.parametrize(
    "text",
    [
        "Michael Jordan spoke.",
        "Mr. Jordan spoke.",
        "Hamilton E. Jordan spoke.",
        "Michael Jordan spoke. Jordan left.",
        "Georgia Example paints.",
        "They sailed through the Panama Canal.",
        "It was in The Washington Post.",
    ],
)
def test_a_country_s_name_inside_the_name_of_a_person_or_thing_is_no_country(desk, text):
    assert who(desk, text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("King Abdullah of Jordan spoke.", "JOR"),
        ("Visiting Jordan, he spoke.", "JOR"),
        ("They said on Monday Jordan would sign.", "JOR"),
        ("They said Jordan Monday signed.", "JOR"),
        ("Jordan Senator Example spoke.", "JOR"),
        ("Jordan Egypt talks", "JOR"),
        ("Kerry Meets Jordan Envoys Over Border Dispute", "JOR"),
        ("Amman spoke. Michael Jordan left. Jordan agreed.", "JOR"),
        ("Jordan\nExample News", "JOR"),
    ],
)
def test_a_country_beside_a_title_a_day_or_another_country_is_the_country(desk, text, expected):
    assert dict(who(desk, text))["Jordan"] == expected


# ---------------------------------------------------------------- titles
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("US Secretary of State Antony Blinken", ("usa-foreign-minister",)),
        ("Secretary of State Antony Blinken", ("usa-foreign-minister",)),
        ("Antony Blinken, US secretary of state,", ("usa-foreign-minister",)),
        ("Vice President Kamala Harris", ("usa-vice-president",)),
        ("Russian Deputy Foreign Minister Sergey Ryabkov", ("rus-deputy-foreign-minister",)),
        ("Moscow's Ambassador in the US Anatoly Antonov", ("rus-ambassador-usa",)),
        ("White House Press Secretary Jen Psaki", ("usa-white-house-press-secretary",)),
        ("NATO Secretary General Jens Stoltenberg", ("nato-head",)),
        ("The president met. Antony Blinken", ()),
        ("Antony Blinken", ()),
        ("US Ambassador to Iraq Christopher Hill", ("usa-ambassador-irq",)),
        ("the US ambassador in Seoul, Christopher Hill", ("usa-ambassador-kor",)),
        ("Christopher Hill, the US ambassador to Iraq,", ("usa-ambassador-irq",)),
        ("Ambassador Christopher Hill", ()),
        ("UN special envoy for Libya Martin Kobler", ("united-nations-special-envoy-for-libya",)),
    ],
)
def test_the_title_beside_a_name_is_the_office_nearest_to_it(desk, text, expected):
    assert offices(desk, text) == [expected]


def test_a_title_does_not_begin_with_the_punctuation_before_it(desk):
    [named] = [
        one for one in desk.named("ROME, May 2. /ANSA/. US Secretary of State Antony Blinken spoke.") if one.is_person
    ]
    assert named.title_begin == 21


@pytest.mark.parametrize("word", ["Former", "former", "Ex-", "then", "the late", "retired"])
def test_who_held_an_office_once_is_told_as_former(desk, word):
    glue = "" if word.endswith("-") else " "
    [named] = desk.named(f"{word}{glue}President Barack Obama spoke.")
    assert (named.former, named.offices) == (True, ("usa-head-of-state",))


def test_who_holds_an_office_is_not_former(desk):
    assert [named.former for named in desk.named("President Barack Obama met former minister Sergei Lavrov.")][
        0
    ] is False


def test_the_country_in_a_title_does_not_act(desk):
    assert who(desk, "US Ambassador to Russia John Sullivan spoke.") == [("John Sullivan", "john-sullivan")]


# ---------------------------------------------------------------- places
@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("They met in Moscow.", True),
        ("They met near the Kremlin.", True),
        ("the summit of Astana (2010)", True),
        ("the Moscow-backed forces", True),
        ("the US-led talks", True),
        ("Moscow answered.", False),
        ("They spoke with Moscow.", False),
        ("They left for Russia.", False),
    ],
)
def test_a_capital_behind_in_is_a_place_and_does_not_act(desk, text, place):
    [named] = desk.named(text)
    assert named.place is place


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The EU met. Brussels answered.", "european-union"),
        ("NATO met. Brussels answered.", "nato"),
        ("Belgium voted. Brussels answered.", "BEL"),
        ("Brussels answered.", "european-union"),
        ("Brussels answered. That was NATO.", "nato"),
    ],
)
def test_a_seat_of_several_stands_for_the_one_that_the_text_names_otherwise(desk, text, expected):
    assert [actor for words, actor in who(desk, text) if words == "Brussels"] == [expected]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("Brussels", "The defence ministers met in Brussels.", "nato"),
        ("Brussels", "Brussels imposed sanctions.", "european-union"),
        ("Brussels", "The king left Brussels.", "BEL"),
        ("Brussels", "NATO met. Brussels imposed tariffs.", "european-union"),
        ("Brussels", "The troops left. Brussels answered.", "european-union"),
        ("The Hague", "The Hague issued an arrest warrant.", "international-criminal-court"),
        ("The Hague", "The Hague recalled its envoy.", "NLD"),
        ("Strasbourg", "Strasbourg ruled that the verdict stands.", "european-court-of-human-rights"),
        ("Vienna", "The inspectors flew back to Vienna.", "iaea"),
        ("Vienna", "Vienna recalled its envoy.", "AUT"),
        ("Congo", "Congo sent troops to Goma.", "COD"),
        ("Congo", "Congo closed the airport of Brazzaville.", "COG"),
        ("Tripoli", "Tripoli is quiet, the Lebanese army said.", "LBN"),
        ("The North", "The North threatened to leave. North Korea had signed.", "PRK"),
        ("King Abdullah", "King Abdullah left Amman.", "king-abdullah-ii"),
        ("King Abdullah", "King Abdullah left Jeddah.", "king-abdullah"),
        ("Mexico", "Mexico patrols the Gulf of Mexico.", "MEX"),
        ("Belgrade", "Belgrade left the union of Serbia and Montenegro.", "SCG"),
    ],
)
def test_words_near_a_name_of_several_tell_which_it_is_whatever_else_is_named(desk, name, text, expected):
    assert [actor for words, actor in who(desk, text) if words == name] == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("William Taylor sang.", []),
        ("US Ambassador William Taylor spoke.", [("William Taylor", "william-taylor")]),
        ("William Taylor, a former envoy, spoke.", [("William Taylor", "william-taylor")]),
        ("Brexit Secretary David Davis spoke.", [("David Davis", "david-davis")]),
    ],
)
def test_a_common_name_is_the_official_s_by_his_title_or_the_words_near_it(desk, text, expected):
    assert who(desk, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The governor of Georgia spoke.",
        "They crossed Latin America.",
        "They sailed the Gulf of Mexico.",
        "The North is colder than the South.",
        "It hung on a hanging Chad.",
    ],
)
def test_words_near_a_name_tell_that_it_is_no_actor(desk, text):
    assert who(desk, text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the North Koreans", [("North Koreans", "PRK")]),
        ("the U.N. Security Council", [("U.N. Security Council", "un-security-council")]),
        ("the U.N. envoy", [("the U.N.", "united-nations")]),
    ],
)
def test_a_name_with_the_does_not_cut_a_longer_one_short(desk, text, expected):
    assert who(desk, text) == expected


# ---------------------------------------------------------------- properties
NAMES = sorted(load_actors(DATA).names)[::37]
WORDS = st.one_of(
    st.sampled_from(NAMES),
    st.sampled_from(
        ("the", "The", "minister", "ambassador", "in", "former", "President", "US", "-", ",", ".", "(", '"', "中", "\u0301", "\n")
    ),
)  # fmt: skip


@given(st.one_of(st.lists(WORDS, max_size=20).map(" ".join), st.text(max_size=40)))
def test_names_lie_inside_the_text_in_order_with_their_titles_before_them(desk, text):
    named = desk.named(text)
    assert [one.begin for one in named] == sorted(one.begin for one in named)
    assert all(0 <= one.title_begin <= one.begin < one.end <= len(text) for one in named)


@given(st.lists(WORDS, max_size=20).map(" ".join))
def test_no_two_names_overlap(desk, text):
    named = desk.named(text)
    assert all(one.end <= other.begin for one, other in zip(named, named[1:], strict=False))


# ---------------------------------------------------------------- surnames of those in office
def of_the_day(desk: Desk, text: str, day: date | None) -> list[tuple[str, str]]:
    finder = desk.actor_finder
    found = finder.of_the_day(text, finder.find(text), day)
    return [(text[one.begin : one.end], one.actor_id) for one in found if one.is_person]


NOW = date(2022, 2, 2)


@pytest.mark.parametrize(
    ("text", "day", "expected"),
    [
        ("President Bush spoke.", date(1990, 5, 1), [("Bush", "george-h-w-bush")]),
        ("President Bush spoke.", date(2003, 5, 1), [("Bush", "george-w-bush")]),
        ("Russia waits. Lavrov spoke.", NOW, [("Lavrov", "sergey-lavrov")]),
        ("Russia waits. On Friday Lavrov spoke. Lavrov left.", NOW, [("Lavrov", "sergey-lavrov")] * 2),
        ("Ryabkov will represent Russia.", NOW, [("Ryabkov", "sergey-ryabkov")]),
        ("Nobody slept. Macron left.", NOW, [("Macron", "emmanuel-macron")]),
    ],
)
def test_a_surname_alone_is_who_held_an_office_on_that_day(desk, text, day, expected):
    assert of_the_day(desk, text, day) == expected


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("President Bush spoke.", None),
        ("President Bush spoke.", NOW),
        ("Norway waits. Ryabkov spoke.", NOW),
        ("Maria Macron slept. Then Macron left.", NOW),
        ("Britain waits. The court in the Hague met.", date(2011, 5, 1)),
        ("The United States waits. She saw Fraser and John in Bangkok.", date(2009, 5, 1)),
        ("Russia waits. Lavrov spoke.", date(1990, 5, 1)),
        ("Russia waits. Tobias Lavrov spoke.", NOW),
        ("Russia waits. Lavrov Street is long.", NOW),
        ("The United States waits. Rice is dear.", date(2006, 5, 1)),
        ("Britain waits. In May it rained.", date(2018, 5, 1)),
    ],
)
def test_a_surname_alone_is_nobody_without_office_state_or_day(desk, text, day):
    assert of_the_day(desk, text, day) == []


def test_the_title_of_such_a_surname_names_no_second_actor(desk):
    text = "US President Bush spoke."
    finder = desk.actor_finder
    assert [one.actor_id for one in finder.of_the_day(text, finder.find(text), date(2003, 5, 1))] == ["george-w-bush"]

from dataclasses import replace
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from app.core import cells, matching
from app.core.cells import Cells
from app.core.model import ActorRef, StoredMention
from tests.factories import LAVROV, NATO, RUSSIA, USA, mention, ref

# days beside each other, at the edges of months and of the calendar, and spans up to and beyond what agrees with a day
DATES = [
    "0001-01-01",
    "0001-01-02",
    "9999-12-31",
    "9999-12",
    "2022-01-30",
    "2022-01-31",
    "2022-02-01",
    "2022-01",
    "2022-02",
]
DATES += [
    "2022-01-25/2022-02-02",
    "2022-01-31/2022-02-01",
    "2022-01-01/2022-02-01",
    "2022",
    "202X",
    "../2022-01",
    "2022-01/..",
]


@st.composite
def stored(draw: st.DrawFn) -> StoredMention:
    actors: list[ActorRef] = [
        ref(who) for who in draw(st.lists(st.sampled_from([RUSSIA, USA, NATO, LAVROV]), max_size=3))
    ]
    one = replace(
        mention(draw(st.sampled_from([*DATES, None])), kind=draw(st.sampled_from(["call", "summit"]))),
        actors=tuple(actors),
    )
    return StoredMention(draw(st.sampled_from("abc")), None, one)


@given(st.lists(stored(), max_size=12))
def test_no_pair_of_candidates_is_missed(mentions: list[StoredMention]) -> None:
    index = Cells(mentions)
    for (at, one), (place, other) in combinations(enumerate(mentions), 2):
        if matching.candidates(one, other):
            assert place in index.near(one) and at in index.near(other)


@given(st.lists(stored(), max_size=12))
def test_components_are_what_candidates_hold_together(mentions: list[StoredMention]) -> None:
    home = list(range(len(mentions)))
    for (at, one), (place, other) in combinations(enumerate(mentions), 2):
        if matching.candidates(one, other):
            home = [home[at] if number == home[place] else number for number in home]
    expected = {frozenset(place for place, number in enumerate(home) if number == own) for own in home}
    found = cells.components(mentions, matching.candidates)
    assert {frozenset(part) for part in found} == expected
    assert [part[0] for part in found] == sorted(part[0] for part in found)


def test_what_is_far_away_in_time_or_of_other_parties_is_never_looked_at() -> None:
    days = [f"2022-{month:02}-15" for month in range(1, 13)]
    mentions = [StoredMention("a", None, mention(day, who)) for who in (RUSSIA, USA) for day in days]
    index = Cells(mentions)
    assert [index.near(one) for one in mentions] == [{place} for place in range(len(mentions))]

"""For whom pronouns, groups, roles, places and "the treaty" stand: read through the whole extraction."""

import pytest

from app.core.model import Role
from tests.extract.conftest import Desk


def acting(desk: Desk, text: str, *, at: int = -1) -> list[tuple[str, str]]:
    """Who acts in the dated act number `at` of a text, and how they are told: (id, via)."""
    return [(ref.id, ref.via) for ref in desk.mentions(text)[at].actors if ref.role is not Role.OTHER]


def ids(desk: Desk, text: str, *, at: int = -1) -> list[str]:
    return [actor for actor, _ in acting(desk, text, at=at)]


# ---------------------------------------------------------------- he and she
@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Emmanuel Macron left. Antony Blinken said that he met Egypt on January 20.", "antony-blinken"),
        ("Emmanuel Macron left. Antony Blinken smiled when he met Egypt on January 20.", "antony-blinken"),
        ("Emmanuel Macron left. Antony Blinken went to Paris, where he met Egypt on January 20.", "antony-blinken"),
        ("Emmanuel Macron left. Before he met Egypt on January 20, Antony Blinken saw Paris.", "antony-blinken"),
        ("Emmanuel Macron left. Antony Blinken was late; he met Egypt on January 20.", "antony-blinken"),
        ("Antony Blinken left. He met Egypt on January 20.", "antony-blinken"),
        ("Emmanuel Macron praised Antony Blinken. He met Egypt on January 20.", "emmanuel-macron"),
    ],
)
def test_he_is_the_subject_of_the_clause_above_else_of_the_sentence_before(desk, text, person):
    assert acting(desk, text)[0] == (person, "pronoun")


def test_he_is_not_who_stands_in_his_own_clause(desk):
    assert ids(desk, "Emmanuel Macron left. He met Antony Blinken on January 20.") == [
        "emmanuel-macron",
        "antony-blinken",
    ]


def test_he_and_somebody_else_act_together(desk):
    text = "Antony Blinken brought a note that he and Sergey Lavrov signed on January 20."
    assert set(ids(desk, text)) == {"antony-blinken", "sergey-lavrov"}


def test_he_may_be_a_stranger(desk):
    text = "Emmanuel Macron left. Tobias Wendelmann said that he met Egypt on January 20."
    assert acting(desk, text)[0] == ("new-person-tobias-wendelmann", "new")


# ---------------------------------------------------------------- several
@pytest.mark.parametrize(
    "text",
    [
        "Emmanuel Macron met Olaf Scholz. Antony Blinken and Sergey Lavrov smiled when they signed a treaty on January 20.",
        "Emmanuel Macron met Olaf Scholz. Antony Blinken met Sergey Lavrov. They signed a treaty on January 20.",
    ],
)
def test_they_are_the_subjects_above_else_the_people_named_last(desk, text):
    assert acting(desk, text) == [("antony-blinken", "group"), ("sergey-lavrov", "group")]


@pytest.mark.parametrize(
    "text",
    [
        "Antony Blinken met Sergey Lavrov. The two countries signed a treaty on January 20.",
        "The United States met Russia. The two sides signed a treaty on January 20.",
        "The United States met Russia. Egypt praised Chad. The two sides signed a treaty on January 20.",
    ],
)
def test_the_two_sides_are_those_who_acted_together_or_the_states_of_two_people(desk, text):
    assert acting(desk, text) == [("USA", "group"), ("RUS", "group")]


# ---------------------------------------------------------------- whose they are
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Egypt is angry. Its envoys left Chad on January 20.", ("EGY", "pronoun")),
        ("Antony Blinken left. His government accused Chad on January 20.", ("USA", "pronoun")),
    ],
)
def test_envoys_and_governments_act_for_whose_they_are(desk, text, expected):
    assert acting(desk, text)[0] == expected


def test_their_leaders_are_several(desk):
    text = "Egypt and Chad are at peace, their leaders declared on January 20."
    assert set(acting(desk, text)) == {("EGY", "group"), ("TCD", "group")}


def test_an_envoy_withdrawn_is_not_who_is_aimed_at(desk):
    [mention] = desk.mentions("Egypt withdrew its ambassador on January 20.")
    assert [ref.id for ref in mention.actors if ref.role is Role.TARGET] == []


# ---------------------------------------------------------------- roles and their day
@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("The Israeli prime minister visited Egypt on January 20.", "naftali-bennett"),
        ("The Israeli prime minister visited Egypt on January 20, 1995.", "yitzhak-rabin"),
        ("Israel's prime minister visited Egypt on January 20, 1995.", "yitzhak-rabin"),
    ],
)
def test_a_role_is_who_held_it_on_the_day_of_the_act(desk, text, person):
    assert acting(desk, text)[0] == (person, "office")


def test_a_role_whose_holder_is_not_known_is_its_state(desk):
    assert acting(desk, "The Israeli prime minister visited Egypt on January 20, 1950.")[0] == ("ISR", "office")


def test_a_counterpart_is_a_person_and_not_also_the_state(desk):
    text = "Russian Foreign Minister Sergey Lavrov met his US counterpart on January 20."
    assert acting(desk, text) == [("sergey-lavrov", "title"), ("antony-blinken", "office")]


# ---------------------------------------------------------------- the treaty, the talks
@pytest.mark.parametrize(
    "text",
    [
        "Egypt and Chad agreed on a treaty. The treaty was signed on January 20.",
        "Egypt and Chad held talks. The talks ended on January 20.",
        "Egypt and Chad held talks. Negotiators agreed on a text on January 20.",
        "The accord between Egypt and Chad is dead. It was praised. The accord was extended on January 20.",
    ],
)
def test_what_was_done_together_is_told_again_by_its_noun_alone(desk, text):
    assert set(acting(desk, text)) == {("EGY", "text"), ("TCD", "text")}


def test_a_treaty_is_its_states_not_the_people_who_signed_it(desk):
    text = "Antony Blinken and Sergey Lavrov signed a treaty. The treaty was extended on January 20."
    assert set(acting(desk, text)) == {("USA", "text"), ("RUS", "text")}


@pytest.mark.parametrize(
    "text",
    [
        "Egypt and Chad held talks. Later Arab ministers met on January 20.",
        "Egypt and Chad agreed on a treaty. The Minsk accord was extended on January 20.",
        "Egypt and Chad agreed on a treaty. The leaders of 47 states met on January 20.",
    ],
)
def test_another_meeting_or_treaty_is_not_theirs(desk, text):
    assert not {actor for actor, via in acting(desk, text) if via == "text"}


# ---------------------------------------------------------------- places
def test_there_is_the_place_named_last(desk):
    text = "Antony Blinken praised Cairo. He will travel there on February 20."
    assert acting(desk, text) == [("antony-blinken", "pronoun"), ("EGY", "place")]


def test_here_is_the_place_of_the_dateline(desk):
    text = "CAIRO, February 2 (Reuters) - Antony Blinken travelled here on Monday."
    assert ids(desk, text) == ["antony-blinken", "EGY"]


def test_who_comes_from_a_place_does_not_visit_it(desk):
    assert ids(desk, "Antony Blinken flew from Cairo to Paris on January 20.") == ["antony-blinken", "FRA"]


# ---------------------------------------------------------------- clauses
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Presidents Barack Obama and Dmitry Medvedev signed a treaty on January 20.", {"barack-obama", "dmitry-medvedev"}),
        ("Antony Blinken praised Egypt, which Sergey Lavrov visited on January 20.", {"sergey-lavrov", "EGY"}),
        ("Antony Blinken said on January 20 in a call with Sergey Lavrov that he was glad.", {"antony-blinken", "sergey-lavrov"}),
        ("Antony Blinken was received by Emmanuel Macron on January 20.", {"antony-blinken", "emmanuel-macron"}),
    ],
)  # fmt: skip
def test_everybody_who_acts_is_told(desk, text, expected):
    assert set(ids(desk, text)) == expected


def test_whom_an_act_is_done_before_takes_no_part_in_it(desk):
    text = "Egypt and Chad signed a treaty before the French ambassador on January 20."
    assert ids(desk, text) == ["EGY", "TCD"]


# ---------------------------------------------------------------- nobody
@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("Chad waits. Chad hopes. An assembly was elected on January 20.", [("TCD", "context")]),
        ("Egypt met Chad. Chad left Egypt. An assembly was elected on January 20.", [("EGY", "context"), ("TCD", "context")]),
        ("Chad waits. An assembly was elected on January 20.", []),
        ("Chad and Egypt met Norway. Chad and Egypt left Norway. An assembly was elected on January 20.", []),
        ("Chad waits. Chad hopes. Norway waits. Egypt elected an assembly on January 20.", []),
    ],
)  # fmt: skip
def test_a_clause_that_names_nobody_is_about_those_of_whom_the_article_tells_most(desk, text, about):
    refs = desk.mentions(text)[-1].actors
    assert [(ref.id, ref.via) for ref in refs if ref.via == "context"] == about
    assert {ref.role for ref in refs if ref.via == "context"} <= {Role.OTHER}


# ---------------------------------------------------------------- envoys and troops
@pytest.mark.parametrize(
    "text",
    [
        "Egypt sent home a poet. Its ambassador was recalled on January 20.",
        "Egypt will send its ambassador, recalled on January 20, back next week.",
        "Egyptian troops were withdrawn on January 20.",
    ],
)
def test_envoys_recalled_and_troops_withdrawn_are_moved_by_whose_they_are(desk, text):
    mention = next(one for one in desk.mentions(text) if one.trigger.lemma in ("recall", "withdraw"))
    assert [ref.id for ref in mention.actors if ref.role is Role.SOURCE] == ["EGY"]


# ---------------------------------------------------------------- somebody the lexicon does not know
@pytest.mark.parametrize(
    "text",
    [
        "Emmanuel Macron left. Elian slept when he was praised by Egypt on January 20.",
        "Emmanuel Macron left. Elian was well. He accused Egypt on January 20.",
        "Emmanuel Macron left. The boy was well. He accused Egypt on January 20.",
        "Emmanuel Macron said that the girl smiled when she accused Egypt on January 20.",
    ],
)
def test_he_is_nobody_named_before_where_somebody_unknown_was_told_of_last(desk, text):
    assert "emmanuel-macron" not in {actor for actor, via in acting(desk, text) if via == "pronoun"}


@pytest.mark.parametrize(
    "text",
    [
        "Egypt praised Chad. Nobody slept. They accused Norway on January 20.",
        "Egypt praised Chad and Sudan. They accused Norway on January 20.",
    ],
)
def test_they_are_not_the_states_that_merely_stood_in_a_sentence(desk, text):
    assert not {actor for actor, via in acting(desk, text) if via == "group"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Egypt and Chad are angry. They accused Norway on January 20.", {"EGY", "TCD"}),
        ("Egypt and Chad are angry. It rained. They accused Norway on January 20.", {"EGY", "TCD"}),
        ("Egypt met Chad. They accused Norway on January 20.", {"EGY", "TCD"}),
        ("Antony Blinken saw Sergey Lavrov. They accused Norway on January 20.", {"antony-blinken", "sergey-lavrov"}),
    ],
)
def test_they_are_those_who_are_joined_or_acted_together_or_the_only_two_people(desk, text, expected):
    assert {actor for actor, via in acting(desk, text) if via == "group"} == expected


# ---------------------------------------------------------------- quotations
def test_our_side_is_the_state_of_the_speaker_s_office(desk):
    text = '"On January 28 our side sent a message to Norway," Ambassador Anatoly Antonov said.'
    assert acting(desk, text) == [("RUS", "speaker"), ("NOR", "name")]


def test_he_who_adds_a_quotation_is_the_speaker_and_not_whom_it_names(desk):
    text = 'Anatoly Antonov said no.\n\n"We saw Mr. Blinken. On January 28 we left Norway," he added.'
    assert desk.mentions(text)[-1].reported_by.id == "anatoly-antonov"


# ---------------------------------------------------------------- plans
@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Egypt denied plans to invade Norway on February 16.", "denied"),
        ("Egypt announced its plan to invade Norway on March 1.", "scheduled"),
    ],
)
def test_a_plan_is_of_whom_it_belongs_to_and_as_sure_as_what_is_said_of_it(desk, text, status):
    mention = desk.mention(text)
    assert ([ref.id for ref in mention.actors if ref.role is Role.SOURCE], mention.status) == (["EGY"], status)


def test_who_represents_a_state_at_talks_takes_part_in_them(desk):
    mention = desk.mention("Ryabkov will represent Russia at talks with Norway on February 10.")
    assert (mention.kind, mention.status) == ("consultation", "scheduled")
    assert {ref.id for ref in mention.actors if ref.role is Role.PARTICIPANT} == {"sergey-ryabkov", "NOR"}


def test_who_stands_where_in_a_picture_is_no_act(desk):
    text = (
        "Talks went on.\n\nRussian President Vladimir Putin, left, and his French counterpart Emmanuel Macron talk at the "
        "Kremlin on January 7, 2022. (Jane Doe/Agency)"
    )
    mention = desk.mention(text)
    assert (mention.zone, mention.trigger.lemma) == ("caption", "talk")
    assert {ref.id for ref in mention.actors if ref.role is Role.PARTICIPANT} == {"vladimir-putin", "emmanuel-macron"}

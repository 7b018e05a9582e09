from collections.abc import Sequence

import pytest

from app.core.model import Step
from app.extract.attach import Attacher, Dating
from tests.extract.conftest import WRITTEN, Desk


def attached(desk: Desk, text: str) -> tuple[list[Dating], list[tuple[str, str]]]:
    """The datings of a sentence written on Wednesday, 2 February 2022, and what was rejected, with the reason."""
    datings, rejected = Attacher(desk.lexicon.kinds).attach(desk.sentence(text), text, desk.timexes(text), WRITTEN)
    return datings, [(one.extent.text, one.reason) for one in rejected]


def dated(desk: Desk, text: str) -> Sequence[tuple[str, str]]:
    """Trigger and EDTF of each dating."""
    words = desk.sentence(text).words
    return [(words[dating.trigger].text, dating.span.edtf) for dating in attached(desk, text)[0]]


# ---------------------------------------------------------------- verbs
def test_each_of_two_verbs_has_its_own_date(desk):
    text = "Russia presented its plan to the United States on December 15 and published its drafts on December 17."
    assert dated(desk, text) == [("presented", "2021-12-15"), ("published", "2021-12-17")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Russia met China on January 20.", ("met", "2022-01-20")),
        ("On January 20, Russia met China.", ("met", "2022-01-20")),
        ("Russia on January 20 met China.", ("met", "2022-01-20")),
        ("Russia said on Friday that China would answer.", ("said", "2022-01-28")),
        ("Russia held talks with China on Friday.", ("talks", "2022-01-28")),
        ("Russia took part in talks with China on Friday.", ("talks", "2022-01-28")),
        ("Talks between Russia and China are on Friday.", ("Talks", "2022-01-28")),
        ("The talks were held by Russia on January 20.", ("talks", "2022-01-20")),
        ("Talks with China are scheduled for February 10.", ("Talks", "2022-02-10")),
        ("Russia plans to meet China on February 10.", ("meet", "2022-02-10")),
        ("Russia is expected to meet China on February 10.", ("meet", "2022-02-10")),
    ],
)
def test_a_date_belongs_to_the_act_of_its_verb(desk, text, expected):
    assert dated(desk, text) == [expected]


def test_the_day_of_what_is_asked_for_is_not_that_of_the_asking(desk):
    assert dated(desk, "Russia called for a summit with China on February 20.") == [("summit", "2022-02-20")]


# ---------------------------------------------------------------- nouns
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Russia answered the letter of January 20.", ("letter", "2022-01-20")),
        ("The treaty of January 20 between Russia and China stands.", ("treaty", "2022-01-20")),
        ("Russia praised the meeting of January 20 with China.", ("meeting", "2022-01-20")),
        ("Russia pointed to the meeting earlier that day.", ("meeting", "2022-02-02")),
        ("The talks of January 10-13 failed.", ("talks", "2022-01-10/2022-01-13")),
        ("The meeting Tuesday with China went well.", ("meeting", "2022-02-01")),
    ],
)
def test_a_date_belongs_to_the_occasion_it_hangs_on(desk, text, expected):
    assert dated(desk, text) == [expected]


def test_the_date_of_a_thing_that_is_no_act_dates_nothing(desk):
    datings, rejected = attached(desk, "Russia remembered the weather of January 20.")
    assert (datings, rejected) == ([], [("January 20", "hangs on no act")])


# ---------------------------------------------------------------- parentheses and brackets
def test_the_participle_in_a_parenthesis_is_dated_and_its_host_is_the_verb_before(desk):
    text = "Russia sent the United States a letter (delivered to NATO on January 28)."
    [dating], _ = attached(desk, text)
    words = desk.sentence(text).words
    assert (words[dating.trigger].text, dating.span.edtf) == ("delivered", "2022-01-28")
    assert dating.host is not None and words[dating.host].text == "sent"


def test_a_bracketed_year_dates_the_occasion_around_it(desk):
    text = "They cite the declarations of the Madrid (1997) and Warsaw (2016) summits."
    assert dated(desk, text) == [("summits", "1997"), ("summits", "2016")]


# ---------------------------------------------------------------- clauses of their own
@pytest.mark.parametrize(
    "text",
    [
        "Tension has grown since December, when Russia met China.",
        "Nothing has changed since December when Russia met China.",
    ],
)
def test_a_date_with_a_when_clause_dates_the_verb_of_that_clause(desk, text):
    assert dated(desk, text) == [("met", "2021-12")]


def test_a_date_before_its_when_clause_dates_both_verbs(desk):
    text = "Russia left the talks in December, when NATO met in Madrid."
    assert dated(desk, text) == [("met", "2021-12"), ("left", "2021-12")] or dated(desk, text) == [
        ("left", "2021-12"), ("met", "2021-12"),
    ]  # fmt: skip


def test_the_year_they_signed_dates_the_signing(desk):
    assert dated(desk, "They recalled 1997, the year Russia and NATO signed their act.") == [("signed", "1997")]


# ---------------------------------------------------------------- ranges
@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("Russia held talks with China from January 10 to 13.", "2022-01-10/2022-01-13"),
        ("Russia held talks with China from January 10 through January 13.", "2022-01-10/2022-01-13"),
        ("Russia held talks with China between January 10 and January 13.", "2022-01-10/2022-01-13"),
        ("Russia held talks with China on January 10-13.", "2022-01-10/2022-01-13"),
        ("Russia fought China from 1969 to 1971.", "1969/1971"),
        ("Russia held talks with China from December 2021 until January 13.", "2021-12/2022-01-13"),
    ],
)
def test_two_dates_that_make_a_range_are_one_period(desk, text, edtf):
    [(_, span)] = dated(desk, text)
    assert span == edtf


def test_two_dates_joined_by_and_alone_are_two_days(desk):
    assert dated(desk, "Russia met China on January 10 and January 13.") == [
        ("met", "2022-01-10"),
        ("met", "2022-01-13"),
    ]


def test_every_day_of_a_list_dates_the_verb(desk):
    assert [edtf for _, edtf in dated(desk, "Russia met China on January 10, January 12 and January 14.")] == [
        "2022-01-10", "2022-01-12", "2022-01-14",
    ]  # fmt: skip


def test_a_week_and_the_day_beside_it_are_one_date(desk):
    text = "Russia received the answers of NATO in the previous week - on January 26."
    [dating], rejected = attached(desk, text)
    assert (dating.span.edtf, [timex.text for timex in dating.timexes], rejected) == (
        "2022-01-26", ["the previous week", "January 26"], [],
    )  # fmt: skip


# ---------------------------------------------------------------- what dates nothing
@pytest.mark.parametrize(
    ("text", "words", "reason"),
    [
        ("Russia has waited since January 26.", "January 26", "says when something began, not when it was done"),
        ("Russia left the talks until January 26.", "January 26", "says when something ends, not when it is done"),
        ("Russia must answer by March 3.", "March 3", "is a deadline"),
        ("Russia left before January 26.", "January 26", "says what was later, not when the act was"),
        ("Russia left after January 26.", "January 26", "says what was earlier, not when the act was"),
        ("Russia met China ahead of January 26.", "January 26", "is what something is compared with or counted from"),
        ("Exports to China rose compared with 2019.", "2019", "is what something is compared with or counted from"),
    ],
)
def test_an_edge_of_time_dates_no_act_and_the_reason_is_told(desk, text, words, reason):
    datings, rejected = attached(desk, text)
    assert (datings, rejected) == ([], [(words, reason)])


def test_durations_sets_and_vague_words_are_neither_attached_nor_rejected(desk):
    assert attached(desk, "Russia met China every year for two weeks and has recently left.") == ([], [])


# ---------------------------------------------------------------- the derivation
def test_an_attachment_tells_how_it_came_about(desk):
    [dating], _ = attached(desk, "Russia met China on January 20.")
    assert dating.steps[-1] == Step("attach-governor", "'January 20' dates 'met'")
    assert dating.steps[0].rule == "nearest-year"


def test_two_dates_of_one_trigger_that_agree_are_one_dating_with_the_narrower(desk):
    assert dated(desk, "In January, Russia met China on January 20.") == [("met", "2022-01-20")]


def test_a_sentence_without_dates_has_nothing_to_attach(desk):
    assert attached(desk, "Russia met China.") == ([], [])

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.extract.expressions import on, read, timex, timexes


# ---------------------------------------------------------------- durations
@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("It took two weeks.", "P2W"),
        ("It took a fortnight.", "P2W"),
        ("It took three decades.", "P30Y"),
        ("It took two centuries.", "P200Y"),
        ("It took several months.", "PXM"),
        ("It took a few dozen weeks.", "PXW"),
        ("It took a dozen years.", "P12Y"),
        ("It took three dozen weeks.", "P36W"),
        ("It took a hundred days.", "P100D"),
        ("It took twenty-five years.", "P25Y"),
        ("It took a couple of days.", "P2D"),
        ("It took three weekends.", "P3WE"),
        ("It took two hours.", "PT2H"),
        ("It took 90 minutes.", "PT90M"),
        ("It took thirty seconds.", "PT30S"),
        ("It lasted for one second.", "PT1S"),
        ("It took half an hour.", "PTXH"),
        ("It took two and a half years.", "P2.5Y"),
        ("It took a year and a half.", "P1.5Y"),
        ("It took 1 1/2 years.", "P1.5Y"),
        ("It took weeks.", "PXW"),
        ("It took hundreds of years.", "PXY"),
        ("It took more than a month.", "P1M"),
        ("It was a two-week truce.", "P2W"),
        ("It was a two-week-long truce.", "P2W"),
        ("It took two full weeks.", "P2W"),
        ("Over the past year it grew.", "P1Y"),
        ("Over the last three months it grew.", "P3M"),
        ("It matters for the next few days.", "PXD"),
    ],
)
def test_a_duration_has_its_length_and_no_span(text, value):
    found = timex(text)
    assert (found.type, found.value, found.span, found.anchor, found.steps) == ("DURATION", value, None, None, ())


@pytest.mark.parametrize("text", ["It takes two to three weeks.", "It takes two and three weeks."])
def test_a_duration_between_two_numbers_is_neither_of_them(text):
    assert timex(text).value == "PXW"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("It takes 10-15 days.", "PXD"),
        ("It takes one thousand five hundred years.", "P1500Y"),
        ("It takes two hundred and fifty days.", "P250D"),
        ("It takes half a dozen weeks.", "P6W"),
    ],
)
def test_a_duration_in_more_figures_or_words_has_its_length(text, value):
    assert timex(text).value == value


@given(st.integers(1, 999), st.sampled_from((("days", "D"), ("weeks", "W"), ("months", "M"), ("years", "Y"))))
def test_a_duration_in_figures_is_that_long(number, unit):
    words, letter = unit
    assert timex(f"It took {number} {words}.").value == f"P{number}{letter}"


@pytest.mark.parametrize(
    "text",
    [
        "A six-year-old boy waved.",
        "He is 52 years old.",
        "Twenty-year-old men left.",
        "An 18-month-old girl slept.",
        "A second attempt failed.",
        "She won the second half.",
        "He came second.",
        "A quarter of them stayed.",
    ],
)
def test_an_age_a_rank_and_a_share_are_no_durations(text):
    assert timexes(text) == []


# ---------------------------------------------------------------- sets
@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("every Monday", "XXXX-WXX-1"),
        ("each Friday", "XXXX-WXX-5"),
        ("every year", "P1Y"),
        ("every two weeks", "P2W"),
        ("every June", "XXXX-06"),
        ("every morning", "XXXX-XX-XXTMO"),
        ("per week", "P1W"),
        ("daily", "P1D"),
        ("nightly", "P1D"),
        ("hourly", "PT1H"),
        ("biweekly", "P2W"),
        ("monthly", "P1M"),
        ("annually", "P1Y"),
    ],
)
def test_what_comes_again_is_a_set(text, value):
    found = timex(text)
    assert (found.type, found.value, found.span) == ("SET", value, None)


@pytest.mark.parametrize(("text", "value"), [("every March", "XXXX-03"), ("each May", "XXXX-05")])
def test_what_comes_again_each_march_or_may_is_a_set_too(text, value):
    assert timex(f"They meet {text} there.").value == value


def test_a_set_inside_a_longer_word_is_none():
    assert timexes("The weekly-paid men left.") == []


# ---------------------------------------------------------------- vague references
@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("He recently left.", "PAST_REF"),
        ("He left lately.", "PAST_REF"),
        ("It rose in recent weeks.", "PAST_REF"),
        ("The recent talks failed.", "PAST_REF"),
        ("It happened in the past.", "PAST_REF"),
        ("He left about two hours ago.", "PAST_REF"),
        ("He left several days ago.", "PAST_REF"),
        ("He left years ago.", "PAST_REF"),
        ("It is now so.", "PRESENT_REF"),
        ("Nowadays it is so.", "PRESENT_REF"),
        ("It is rare these days.", "PRESENT_REF"),
        ("The current talks failed.", "PRESENT_REF"),
        ("He leaves soon.", "FUTURE_REF"),
        ("He leaves in the coming days.", "FUTURE_REF"),
        ("He leaves in the near future.", "FUTURE_REF"),
        ("He left two hours later.", "FUTURE_REF"),
        ("He left some days later.", "FUTURE_REF"),
    ],
)
def test_a_vague_reference_points_back_ahead_or_to_the_present_and_has_no_span(text, value):
    found = timex(text)
    assert (found.type, found.value, found.span) == ("DATE", value, None)


@pytest.mark.parametrize(
    ("text", "value"),
    [("Weeks later", "XXXX-WXX"), ("months later", "XXXX-XX"), ("Years later", "XXXX"), ("Days earlier", "XXXX-XX-XX")],
)
def test_some_units_later_is_an_unknown_unit(text, value):
    assert timex(text).value == value


def test_a_night_in_general_is_no_night_in_particular():
    night = timex("They rest at night.")
    assert (night.type, night.value, night.span) == ("TIME", "XXXX-XX-XXTNI", None)


def test_what_has_no_day_does_not_hang_on_the_article():
    text = "It took two weeks; they meet daily, and lately at night."
    assert timexes(text, on(None)) == timexes(text)
    assert [(one.span, one.runner_up) for one in read(text)] == [(None, None)] * 4


@pytest.mark.parametrize("text", ["He left as soon as possible.", "They fought as soon after as they could."])
def test_as_soon_as_is_no_time(text):
    assert timexes(text) == []

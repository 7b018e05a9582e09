from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core import calendar
from app.core.model import Step
from tests.extract.expressions import WRITTEN, on, read, timex, timexes

TOLD = calendar.day(date(2022, 1, 10))


# ---------------------------------------------------------------- the hour
@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("10:30", "10:30"),
        ("9:05", "09:05"),
        ("10:30:15", "10:30"),
        ("10:30 p.m.", "22:30"),
        ("10:30 PM", "22:30"),
        ("5 a.m.", "05:00"),
        ("9am", "09:00"),
        ("9:15pm", "21:15"),
        ("12 a.m.", "00:00"),
        ("12:20 a.m.", "00:20"),
        ("12 p.m.", "12:00"),
        ("noon", "12:00"),
        ("midnight", "24:00"),
        ("1500 GMT", "15:00"),
        ("0930 UTC", "09:30"),
    ],
)
def test_a_time_of_day_is_written_in_twenty_four_hours(text, time):
    found = timex(f"It began at {text}, they said.")
    assert (found.type, found.value, found.span, found.anchor) == (
        "TIME",
        f"2022-02-02T{time}",
        calendar.day(WRITTEN),
        "2022-02-02",
    )


@given(st.integers(0, 23), st.integers(0, 59))
def test_every_hour_and_minute_is_read_as_it_is_written(hour, minute):
    assert timex(f"at {hour:02d}:{minute:02d}").value == f"2022-02-02T{hour:02d}:{minute:02d}"


@given(st.integers(1, 12), st.sampled_from(("a.m.", "p.m.")))
def test_the_halves_of_the_day_are_twelve_hours_apart(hour, half):
    value = timex(f"at {hour} {half}").value
    assert value == f"2022-02-02T{hour % 12 + 12 * (half == 'p.m.'):02d}:00"


@pytest.mark.parametrize("text", ["2460 GMT", "2570 GMT", "1075 UTC"])
def test_four_figures_that_are_no_time_get_no_span(text):
    found = timex(f"It began at {text}.")
    assert (found.value, found.span) == ("XXXX-XX-XX", None)


@pytest.mark.parametrize("text", ["25:61", "10:75", "24:01"])
def test_figures_with_a_colon_that_are_no_time_get_no_span(text):
    assert [one.span for one in timexes(f"It stood at {text}, they said.")] in ([], [None])


@pytest.mark.parametrize("text", ["They won 2-0.", "They drew 1:1.", "It is a 50/50 chance.", "They work 24/7."])
def test_a_score_and_a_share_are_no_times(text):
    assert timexes(text) == []


# ---------------------------------------------------------------- its day
@pytest.mark.parametrize(
    ("context", "value", "anchor"),
    [
        (on(), "2022-02-02T10:30", "2022-02-02"),
        (on(told=TOLD), "2022-01-10T10:30", "2022-01-10"),
        (on(told=calendar.month(2022, 1)), "2022-02-02T10:30", "2022-02-02"),
        (on(narrative=True, told=TOLD), "2022-01-10T10:30", "2022-01-10"),
        (on(narrative=True), "XXXX-XX-XXT10:30", None),
        (on(None), "XXXX-XX-XXT10:30", None),
    ],
)
def test_a_time_alone_is_of_the_day_told_before_else_of_the_article_s_but_not_in_a_history(context, value, anchor):
    found = timex("at 10:30", context)
    assert (found.type, found.value, found.anchor) == ("TIME", value, anchor)
    assert (found.span is None) == (anchor is None)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("They met at noon yesterday.", "2022-02-01T12:00"),
        ("They met at 10 p.m. Tuesday.", "2022-02-01T22:00"),
        ("They met on Tuesday at noon.", "2022-02-01T12:00"),
        ("They met Tuesday, 9am.", "2022-02-01T09:00"),
        ("They met at 5 p.m. on January 10.", "2022-01-10T17:00"),
        ("They met on January 10 at 5 p.m., they said.", "2022-01-10T17:00"),
        ("They met at 5 p.m. Jan. 10, 2020.", "2020-01-10T17:00"),
        ("They met at 22:00 on 1 February 2020.", "2020-02-01T22:00"),
        ("They will meet at 10 p.m. on March 3.", "2022-03-03T22:00"),
    ],
)
def test_a_time_beside_its_day_is_of_that_day(text, value):
    [found] = read(text)
    assert (found.type, found.value, found.span) == ("TIME", value, calendar.parse(value[:10]))


def test_a_time_beside_its_day_keeps_how_the_day_was_read():
    [found] = read("They met at 10 p.m. Tuesday.")
    assert (found.anchor, found.runner_up, found.steps) == (
        "2022-02-02",
        "2022-02-08",
        (
            Step(
                "weekday",
                "Tuesday counts from the article's day, Wednesday, February 2, 2022, told in the past → 2022-02-01",
            ),
            Step("runner-up", "2022-02-08 was weighed too: the other side of the anchor"),
        ),
    )


# ---------------------------------------------------------------- its zone
@pytest.mark.parametrize(
    ("text", "zone", "hours"),
    [
        ("at 5 p.m. EST.", "EST", "-5"),
        ("at 5:30 p.m. IST.", "IST", "+5.5"),
        ("at 6 p.m. (CET) there.", "CET", "+1"),
        ("at 1500 GMT.", "GMT", "+0"),
    ],
)
def test_a_zone_is_told_and_moves_no_day(text, zone, hours):
    found = timex(text)
    assert found.span == calendar.day(WRITTEN)
    assert found.steps == (Step("zone", f"{zone} is UTC{hours} hours; the day is that of the clock named"),)


def test_the_time_of_a_named_place_belongs_to_the_expression():
    assert timex("at 5 p.m. Moscow time.").text == "5 p.m. Moscow time"
    assert timex("at 5 p.m. local time.").text == "5 p.m. local time"

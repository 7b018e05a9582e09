import re
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core import calendar
from app.core.calendar import ACCEPTED, FIRST_DAY, LAST_DAY, DateSpan, Precision, parse
from app.errors import DateError

DAYS = st.dates(FIRST_DAY, LAST_DAY)
YEARS = st.integers(1, 9999)
MONTHS = st.integers(1, 12)
SEASONS = st.sampled_from((21, 22, 23, 24, 33, 34, 35, 36, 40, 41))


@st.composite
def pairs_of_days(draw: st.DrawFn) -> tuple[date, date]:
    first, last = sorted((draw(DAYS), draw(DAYS)))
    return first, last


@st.composite
def spans(draw: st.DrawFn) -> DateSpan:
    """A span from any of the constructors."""
    one = draw(WHOLE)
    other = draw(WHOLE)
    first, last = (one, other) if one.first_day <= other.last_day else (other, one)
    ends = draw(st.sampled_from(((first, last), (first, None), (None, last), None)))
    return one if ends is None else calendar.between(*ends)


WHOLE = st.one_of(
    DAYS.map(calendar.day),
    st.builds(calendar.month, YEARS, MONTHS),
    YEARS.map(calendar.year),
    st.integers(0, 999).map(lambda tens: calendar.decade(10 * tens)),
    st.integers(0, 99).map(calendar.century),
    st.builds(calendar.season, st.integers(1, 9998), SEASONS),
)
SETS = st.one_of(
    pairs_of_days().map(lambda ends: calendar.one_of(*ends)),
    pairs_of_days().map(lambda ends: calendar.lasting(*ends)),
    st.builds(calendar.third_of_month, YEARS, MONTHS, st.integers(0, 2)),
    st.builds(calendar.third_of_year, YEARS, st.integers(0, 2)),
)
ANY = st.one_of(WHOLE, SETS, spans())


def bounds(span: DateSpan) -> tuple[str, str]:
    return span.first_day.isoformat(), span.last_day.isoformat()


def refusal(text: str) -> str:
    with pytest.raises(DateError) as caught:
        parse(text)
    return str(caught.value)


# ---------------------------------------------------------------- building
@pytest.mark.parametrize(
    ("span", "first", "last", "precision", "edtf"),
    [
        (calendar.day(date(2022, 1, 28)), "2022-01-28", "2022-01-28", "day", "2022-01-28"),
        (calendar.month(2024, 2), "2024-02-01", "2024-02-29", "month", "2024-02"),
        (calendar.year(2022), "2022-01-01", "2022-12-31", "year", "2022"),
        (calendar.decade(1990), "1990-01-01", "1999-12-31", "decade", "199X"),
        (calendar.century(19), "1900-01-01", "1999-12-31", "century", "19XX"),
        (calendar.season(2021, 21), "2021-03-01", "2021-05-31", "season", "2021-21"),
        (calendar.season(2021, 22), "2021-06-01", "2021-08-31", "season", "2021-22"),
        (calendar.season(2021, 23), "2021-09-01", "2021-11-30", "season", "2021-23"),
        (calendar.season(2023, 24), "2023-12-01", "2024-02-29", "season", "2023-24"),
        (calendar.season(2021, 33), "2021-01-01", "2021-03-31", "range", "2021-33"),
        (calendar.season(2021, 36), "2021-10-01", "2021-12-31", "range", "2021-36"),
        (calendar.season(2021, 40), "2021-01-01", "2021-06-30", "range", "2021-40"),
        (calendar.season(2021, 41), "2021-07-01", "2021-12-31", "range", "2021-41"),
        (calendar.third_of_month(2022, 4, 0), "2022-04-01", "2022-04-10", "range", "[2022-04-01..2022-04-10]"),
        (calendar.third_of_month(2022, 4, 1), "2022-04-11", "2022-04-20", "range", "[2022-04-11..2022-04-20]"),
        (calendar.third_of_month(2022, 2, 2), "2022-02-21", "2022-02-28", "range", "[2022-02-21..2022-02-28]"),
        (calendar.third_of_year(2015, 0), "2015-01-01", "2015-04-30", "range", "[2015-01-01..2015-04-30]"),
        (calendar.third_of_year(2015, 1), "2015-05-01", "2015-08-31", "range", "[2015-05-01..2015-08-31]"),
        (calendar.third_of_year(2015, 2), "2015-09-01", "2015-12-31", "range", "[2015-09-01..2015-12-31]"),
    ],
)
def test_a_span_holds_its_days_its_precision_and_the_edtf_that_says_the_same(span, first, last, precision, edtf):
    assert span == DateSpan(date.fromisoformat(first), date.fromisoformat(last), Precision(precision), edtf)
    assert parse(edtf) == span
    assert str(span) == edtf


def test_one_of_a_single_day_and_a_period_of_a_single_day_are_that_day():
    known = date(2022, 1, 28)
    assert calendar.one_of(known, known) == calendar.lasting(known, known) == calendar.day(known)


def test_only_an_interval_is_a_period():
    first, last = date(2022, 1, 10), date(2022, 1, 13)
    assert calendar.lasting(first, last).is_period
    assert not calendar.one_of(first, last).is_period
    assert not calendar.month(2022, 1).is_period


def test_an_open_end_is_the_end_of_the_calendar_and_a_flag():
    january = calendar.month(2022, 1)
    assert calendar.between(january, None) == DateSpan(
        date(2022, 1, 1), LAST_DAY, Precision.RANGE, "2022-01/..", open_end=True
    )
    assert calendar.between(None, january) == DateSpan(
        FIRST_DAY, date(2022, 1, 31), Precision.RANGE, "../2022-01", open_start=True
    )


def test_an_interval_without_any_end_is_refused():
    with pytest.raises(DateError, match="'../..' is not a date that can be used here: at least one end must be a date"):
        calendar.between(None, None)


def test_a_span_whose_last_day_lies_before_its_first_is_refused():
    with pytest.raises(DateError, match="the first day must not lie after the last"):
        calendar.one_of(date(2022, 1, 2), date(2022, 1, 1))


def test_a_closed_interval_counts_both_its_ends():
    assert calendar.lasting(date(2022, 1, 10), date(2022, 1, 13)).days == 4
    assert calendar.day(LAST_DAY).days == 1


def test_a_span_holds_what_lies_inside_and_overlaps_what_shares_a_day():
    december, day = calendar.month(2021, 12), calendar.day(date(2021, 12, 31))
    turn = calendar.lasting(date(2021, 12, 31), date(2022, 1, 3))
    assert december.holds(day) and not day.holds(december)
    assert december.holds(december)
    assert december.overlaps(turn) and turn.overlaps(december)
    assert not december.holds(turn)
    assert not december.overlaps(calendar.month(2022, 1))


# ---------------------------------------------------------------- the ends of the calendar
@pytest.mark.parametrize(
    ("edtf", "first", "last"),
    [
        ("0001", "0001-01-01", "0001-12-31"),
        ("9999-12-31", "9999-12-31", "9999-12-31"),
        ("000X", "0001-01-01", "0009-12-31"),
        ("00XX", "0001-01-01", "0099-12-31"),
        ("999X", "9990-01-01", "9999-12-31"),
        ("99XX", "9900-01-01", "9999-12-31"),
        ("9998-24", "9998-12-01", "9999-02-28"),
    ],
)
def test_the_calendar_runs_from_year_1_to_year_9999(edtf, first, last):
    assert bounds(parse(edtf)) == (first, last)


def test_the_winter_that_would_end_in_the_year_10000_is_refused():
    assert refusal("9999-24") == f"'9999-24' is not a date that can be used here: {ACCEPTED}"


def test_beyond_the_calendar_there_is_no_day():
    assert calendar.shift_days(LAST_DAY, 1) is None
    assert calendar.shift_days(FIRST_DAY, -1) is None
    assert calendar.shift_months(LAST_DAY, 1) is None
    assert calendar.shift_months(FIRST_DAY, -1) is None
    assert calendar.valid_day(10000, 1, 1) is None
    assert calendar.valid_day(2022, 2, 29) is None
    assert calendar.valid_day(2024, 2, 29) == date(2024, 2, 29)


def test_the_weeks_at_the_ends_of_the_calendar_are_cut():
    assert calendar.week_of(FIRST_DAY) == (date(1, 1, 1), date(1, 1, 7))
    assert calendar.week_of(LAST_DAY) == (date(9999, 12, 27), LAST_DAY)


# ---------------------------------------------------------------- reading EDTF
@pytest.mark.parametrize(
    ("edtf", "first", "last", "precision"),
    [
        ("2022-01-28", "2022-01-28", "2022-01-28", "day"),
        ("2022-01~", "2022-01-01", "2022-01-31", "month"),
        ("2022?", "2022-01-01", "2022-12-31", "year"),
        ("199X%", "1990-01-01", "1999-12-31", "decade"),
        ("[2022-04-01..2022-04]", "2022-04-01", "2022-04-30", "range"),
        ("2022-01-10/2022-01-13", "2022-01-10", "2022-01-13", "range"),
        ("2021-12/2022", "2021-12-01", "2022-12-31", "range"),
        ("2022-01-10/2022-01-10", "2022-01-10", "2022-01-10", "range"),
    ],
)
def test_edtf_is_read_and_kept_as_given(edtf, first, last, precision):
    assert parse(edtf) == DateSpan(date.fromisoformat(first), date.fromisoformat(last), Precision(precision), edtf)


@pytest.mark.parametrize("edtf", ["2022-01/..", "2022-01/"])
def test_an_interval_may_leave_its_end_open(edtf):
    assert parse(edtf) == DateSpan(date(2022, 1, 1), LAST_DAY, Precision.RANGE, edtf, open_end=True)


@pytest.mark.parametrize("edtf", ["../2022-01", "/2022-01"])
def test_an_interval_may_leave_its_start_open(edtf):
    assert parse(edtf) == DateSpan(FIRST_DAY, date(2022, 1, 31), Precision.RANGE, edtf, open_start=True)


def test_white_space_around_edtf_is_no_part_of_it():
    assert parse(" 2022-01 \n") == calendar.month(2022, 1)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "86400",
        "2022-1-5",
        "2022-13",
        "2022-00",
        "2022-00-10",
        "2022-02-30",
        "2022-25",
        "2022-21-05",
        "2022-01-00",
        "0000",
        "-0044",
        "20220128",
        "2022-01-28T10:00",
        "19XX-05",
        "1XXX",
        "2022-XX-05",
        "[2022-01..]",
        "[2022-01]",
        "2022-01-01..2022-01-02",
        "[2022-01..2022-02",
        "2022/2023/2024",
        "2022-01-10/x",
        "２０２２x",
    ],
)
def test_what_is_no_edtf_is_refused_with_the_value_and_what_is_accepted(text):
    assert refusal(text) == f"{text.strip()!r} is not a date that can be used here: {ACCEPTED}"


@pytest.mark.parametrize("text", ["/", "../..", "/..", "../"])
def test_an_interval_that_names_no_date_is_refused(text):
    assert refusal(text).endswith(": at least one end of an interval must be a date")


def test_an_interval_that_ends_before_it_begins_is_refused():
    assert refusal("2022-02/2022-01") == (
        "'2022-02/2022-01' is not a date that can be used here: an interval must not end before it begins"
    )


def test_a_set_that_ends_before_it_begins_is_refused():
    assert refusal("[2022-02..2022-01]").endswith(": the first day must not lie after the last")


# ---------------------------------------------------------------- order
def test_a_timeline_goes_by_first_day_and_then_from_narrow_to_wide():
    edtfs = ["2022", "2021-12", "2022-01", "2021-12-15", "[2021-12-01..2021-12-10]", "2021-12-01"]
    assert sorted(edtfs, key=lambda edtf: calendar.order_key(parse(edtf))) == [
        "2021-12-01", "[2021-12-01..2021-12-10]", "2021-12", "2021-12-15", "2022-01", "2022",
    ]  # fmt: skip


def test_spans_of_the_same_days_stand_alike():
    assert calendar.order_key(parse("2022-01")) == calendar.order_key(parse("2022-01-01/2022-01-31"))


# ---------------------------------------------------------------- properties
@given(ANY)
def test_the_edtf_of_every_span_is_read_back_as_the_same_span(span):
    read = parse(span.edtf)
    assert (read.first_day, read.last_day, read.open_start, read.open_end, read.is_period) == (
        span.first_day, span.last_day, span.open_start, span.open_end, span.is_period,
    )  # fmt: skip


@given(st.one_of(WHOLE, SETS))
def test_the_precision_of_a_span_with_both_ends_survives_reading_too(span):
    assert parse(span.edtf) == span


@given(ANY)
def test_no_span_ends_before_it_begins(span):
    assert FIRST_DAY <= span.first_day <= span.last_day <= LAST_DAY
    assert span.days >= 1


@given(ANY, ANY)
def test_what_holds_a_span_overlaps_it_and_overlapping_is_mutual(one, other):
    assert one.overlaps(other) == other.overlaps(one)
    if one.holds(other):
        assert one.overlaps(other)
        assert one.days >= other.days


@given(ANY, ANY)
def test_spans_that_hold_each_other_stand_at_the_same_place(one, other):
    same = one.holds(other) and other.holds(one)
    assert same == (calendar.order_key(one) == calendar.order_key(other))


@given(DAYS, st.integers(-130_000, 130_000))
def test_shifting_by_months_never_leaves_the_month_it_arrives_in(day, months):
    shifted = calendar.shift_months(day, months)
    if shifted is None:
        assert not 1 <= (day.year * 12 + day.month - 1 + months) // 12 <= 9999
        return
    assert (shifted.year * 12 + shifted.month) - (day.year * 12 + day.month) == months
    assert shifted.day == min(day.day, calendar.month_end(shifted.year, shifted.month).day)


@given(DAYS, st.integers(-4_000_000, 4_000_000))
def test_shifting_by_days_and_back_returns(day, days):
    shifted = calendar.shift_days(day, days)
    assert shifted is None or calendar.shift_days(shifted, -days) == day


@given(DAYS)
def test_a_week_holds_its_day_from_monday_to_sunday(day):
    monday, sunday = calendar.week_of(day)
    assert monday <= day <= sunday
    assert monday.isoweekday() == 1
    assert sunday == LAST_DAY or (sunday.isoweekday(), sunday - monday) == (7, timedelta(6))


@given(YEARS, MONTHS)
def test_the_thirds_of_a_month_are_the_month(year, month):
    thirds = [calendar.third_of_month(year, month, third) for third in range(3)]
    whole = calendar.month(year, month)
    assert (thirds[0].first_day, thirds[2].last_day) == (whole.first_day, whole.last_day)
    assert sum(third.days for third in thirds) == whole.days
    assert not any(one.overlaps(other) for one, other in zip(thirds, thirds[1:], strict=False))


@given(st.text(max_size=30))
def test_any_text_is_a_span_or_a_date_error(text):
    try:
        span = parse(text)
    except DateError:
        return
    assert span.first_day <= span.last_day


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2021-12-XX", "2021-12-01", "2021-12-31"),
        ("2021-XX", "2021-01-01", "2021-12-31"),
        ("2021-XX-XX", "2021-01-01", "2021-12-31"),
        ("2021-12~", "2021-12-01", "2021-12-31"),
        ("2022-01-26T23:59:59Z", "2022-01-26", "2022-01-26"),
        ("2022-01-26T00:00:00+03:00", "2022-01-26", "2022-01-26"),
        ("2022-01-26T12:00:00/2022-01-28T12:00:00", "2022-01-26", "2022-01-28"),
    ],
)
def test_unspecified_parts_and_times_of_day_name_whole_units(text, first, last):
    span = calendar.parse(text)
    assert (span.first_day.isoformat(), span.last_day.isoformat(), span.edtf) == (first, last, text)


@pytest.mark.parametrize(
    "text",
    [
        "2021-XX-15",
        "202X-XX-01",
        "2022-01T12:00:00Z",
        "2022-01-26T24:00:00Z",
        "2022-01-26T12:00Z",
        "2022-01-26T1:00:00",
    ],
)
def test_what_only_looks_like_that_is_refused(text):
    with pytest.raises(DateError):
        calendar.parse(text)


# ---------------------------------------------------------------- the pattern for those who read no Python
_YEARS = st.sampled_from(["2021", "2020", "0000", "0001", "9999", "199X", "000X", "19XX", "1XXX", "21", "XXXX"])
_MONTHS = st.sampled_from(
    ["01", "02", "12", "13", "00", "20", "21", "24", "25", "32", "33", "36", "37", "40", "41", "XX"]
)
_DAYS = st.sampled_from(["00", "01", "28", "29", "30", "31", "32", "XX", "X1"])
_TIMES = st.sampled_from(
    ["T10:00:00", "T24:00:00", "T23:59:60Z", "T10:00", "T10:00:00+02:00", "T10:00:00-14", "T10:00:00+15"]
)
_DATES = st.one_of(
    _YEARS,
    st.builds("{}-{}".format, _YEARS, _MONTHS),
    st.builds("{}-{}-{}".format, _YEARS, _MONTHS, _DAYS),
    st.builds("{}-{}-{}{}".format, _YEARS, _MONTHS, _DAYS, _TIMES),
    st.builds("{}{}".format, _YEARS, _TIMES),
).flatmap(lambda text: st.sampled_from([text, text, f"{text}~", f"{text}?", f"{text}~~"]))
_ENDS = st.one_of(_DATES, st.sampled_from(["", ".."]))
_ALMOST_EDTF = st.one_of(
    _DATES, st.builds("{}/{}".format, _ENDS, _ENDS), st.builds("[{}..{}]".format, _ENDS, _ENDS), st.text(max_size=8)
)
_ONLY_THE_CALENDAR_KNOWS = re.compile(r"\d{4}-02-29|9999-24|.*[/.].*", re.ASCII)


@given(_ALMOST_EDTF | st.from_regex(re.compile(calendar.PATTERN, re.ASCII), fullmatch=True))
@settings(max_examples=1000)
def test_the_pattern_takes_what_is_read_and_only_leap_years_and_order_are_beyond_it(text: str) -> None:
    matches = re.fullmatch(calendar.PATTERN, text) is not None
    try:
        parse(text)
    except DateError:
        assert not matches or _ONLY_THE_CALENDAR_KNOWS.search(text)
    else:
        assert matches or text != text.strip()

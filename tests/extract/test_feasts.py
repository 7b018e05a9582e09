import subprocess
import sys
from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.extract import feasts
from app.lexicon import DATA
from app.lexicon.feasts import Feast, Listed, MonthDay, Reckoning, WholeMonth, load_feasts

TABLE = load_feasts(DATA)


def examples() -> Iterator[object]:
    for feast in TABLE.feasts:
        for name, year, edtf in feast.examples:
            yield pytest.param(name, year, edtf, id=f"{feast.id}-{year}")


def told(name: str, year: int) -> str | None:
    """The EDTF text of a feast of the table in that year."""
    found = feasts.span(TABLE.names[name.lower()], year)
    return found.edtf if found else None


# ---------------------------------------------------------------- the shipped table
@pytest.mark.parametrize(("name", "year", "edtf"), list(examples()))
def test_each_example_of_the_table_falls_on_its_day(name, year, edtf):
    assert told(name, year) == edtf


@given(st.sampled_from(TABLE.feasts), st.integers(1, 9999))
def test_what_a_year_holds_begins_in_it_in_order_and_a_feast_told_once_is_its_span(feast, year):
    found = feasts.spans(feast, year)
    earlier = feast.uncertain_days[0]
    begins = [one.first_day.toordinal() + earlier for one in found]
    assert all(date.fromordinal(day).year == year for day in begins)
    assert begins == sorted(set(begins)) and len(found) <= 2
    assert feasts.span(feast, year) == (found[0] if len(found) == 1 else None)


@pytest.mark.parametrize("feast", TABLE.feasts, ids=lambda feast: feast.id)
def test_every_feast_is_told_in_a_recent_year(feast):
    assert any(feasts.spans(feast, year) for year in range(2020, 2024))


# ---------------------------------------------------------------- how a feast is told
def test_a_feast_that_lasts_is_an_interval_and_may_run_into_the_next_year():
    assert told("Hanukkah", 2024) == "2024-12-26/2025-01-02"
    assert told("Ramadan", 2000) == "2000-11-27/2000-12-26"


def test_a_feast_whose_day_the_moon_decides_is_one_of_several_days():
    eid = feasts.span(TABLE.names["eid al-fitr"], 2022)
    assert eid and not eid.is_period and eid.holds(feasts.calendar.day(date(2022, 5, 2)))


def test_a_feast_that_differs_by_country_is_one_of_several_days():
    assert told("Nowruz", 2021) == "[2021-03-20..2021-03-21]"


def test_the_last_weekday_of_a_month_may_be_its_last_day():
    assert told("Memorial Day", 2021) == "2021-05-31"
    assert told("Memorial Day", 2023) == "2023-05-29"


# ---------------------------------------------------------------- years
def test_an_islamic_feast_may_come_round_twice_in_a_year_which_then_does_not_tell_its_day():
    eid = TABLE.names["eid al-fitr"]
    assert [one.edtf for one in feasts.spans(eid, 2000)] == ["[2000-01-07..2000-01-09]", "[2000-12-26..2000-12-28]"]
    assert feasts.span(eid, 2000) is None


@pytest.mark.parametrize(
    ("name", "year"),
    [
        ("Christmas", 1582),
        ("Easter", 1582),
        ("Easter", 4100),
        ("Orthodox Easter", 9999),
        ("Rosh Hashanah", 1582),
        ("Rosh Hashanah", 9999),
        ("Ramadan", 1945),
        ("Ramadan", 2077),
        ("Eid al-Adha", 1850),
        ("Lunar New Year", 1900),
        ("Lunar New Year", 2101),
        ("Diwali", 1999),
        ("Diwali", 2031),
    ],
)
def test_a_year_that_the_calendar_does_not_reach_gives_none(name, year):
    assert told(name, year) is None


@pytest.mark.parametrize(
    ("name", "year", "edtf"),
    [
        ("Christmas", 1583, "1583-12-25"),
        ("Easter", 1583, "1583-04-10"),
        ("Christmas", 9998, "9998-12-25"),
        ("Lunar New Year", 1901, "1901-02-19"),
        ("Eid al-Adha", 1946, "[1946-11-03..1946-11-05]"),
        ("Lunar New Year", 2100, "2100-02-09"),
    ],
)
def test_the_first_and_last_years_of_a_calendar_have_their_days(name, year, edtf):
    assert told(name, year) == edtf


@pytest.mark.parametrize(
    ("name", "year"),
    [("Thanksgiving", 1939), ("Memorial Day", 1970), ("Orthodox Christmas", 2101), ("Tet", 1985), ("Chuseok", 1978)],
)
def test_a_year_for_which_the_row_is_not_true_gives_none(name, year):
    assert told(name, year) is None


def test_the_last_months_of_a_chinese_year_fall_in_the_next_one():
    laba = Feast("laba", ("Laba Festival",), MonthDay(Reckoning.CHINESE, 12, 8), ())
    assert [one.edtf for one in feasts.spans(laba, 2022)] == ["2022-01-10", "2022-12-30"]


def test_a_jewish_feast_of_winter_falls_after_the_turn_of_the_gregorian_year():
    trees = Feast("tu-bishvat", ("Tu BiShvat",), MonthDay(Reckoning.JEWISH, 11, 15), ())
    assert [one.edtf for one in feasts.spans(trees, 2022)] == ["2022-01-17"]


def test_a_listed_feast_has_no_other_years():
    feast = Feast("listed", ("Listed",), Listed((date(2021, 3, 29),)), (), days=2)
    assert [feasts.spans(feast, year) for year in (2020, 2022)] == [(), ()]
    assert [one.edtf for one in feasts.spans(feast, 2021)] == ["2021-03-29/2021-03-30"]


@given(st.integers(1946, 2076), st.integers(1, 12))
def test_an_islamic_month_lasts_29_or_30_days(year, month):
    whole = Feast("month", ("Month",), WholeMonth(month), ())
    assert {one.days for one in feasts.spans(whole, year)} <= {29, 30}


# ---------------------------------------------------------------- cost
def test_no_calendar_is_loaded_before_a_feast_asks_for_it():
    code = "import sys, app.extract.feasts; print(sorted({'hijridate', 'pyluach', 'tyme4py'} & set(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert run.stdout.strip() == "[]"

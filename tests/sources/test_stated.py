from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.core import calendar
from app.errors import DateError
from app.sources import stated
from app.sources.stated import Stated


@pytest.mark.parametrize("edtf", ["2022-01-28", "2022-01", "2022", "../2022-01-13", "2022-01-10/2022-01-13"])
def test_a_known_date_is_kept_as_precise_as_it_is(edtf):
    assert stated.read(f" {edtf} ") == Stated(span=calendar.parse(edtf))


def test_a_day_without_its_year_is_a_month_and_a_day():
    assert stated.read("XXXX-02-29") == Stated(month_day=(2, 29))


@pytest.mark.parametrize("stamp", ["2022-01-28T23:30:00-05:00", "2022-01-28 10:00", "2022-01-28T10:00:00.5Z"])
def test_a_timestamp_gives_the_day_that_its_own_zone_counts(stamp):
    assert stated.read(stamp).span == calendar.day(date(2022, 1, 28))


@pytest.mark.parametrize("value", ["", "last week", "XXXX-02-30", "XXXX-13-01", "XXXX-01", "2022-02-30", "28.01.2022"])
def test_other_values_are_refused_by_name(value):
    with pytest.raises(DateError) as refusal:
        stated.read(value)
    assert repr(value) in str(refusal.value)
    assert "XXXX-01-28" in str(refusal.value)


@given(some.dates())
def test_every_day_is_read_back(day):
    assert stated.read(day.isoformat()).span == calendar.day(day)

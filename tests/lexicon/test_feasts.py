from datetime import date
from pathlib import Path

import pytest

from app.errors import LexiconError
from app.lexicon import DATA
from app.lexicon.feasts import Easter, Feast, Listed, MonthDay, NthWeekday, Reckoning, WholeMonth, load_feasts

TABLE = load_feasts(DATA)
FIXED = """
[[feast]]
id = "bastille-day"
names = ["Bastille Day"]
calendar = "gregorian"
month = 7
day = 14
first_year = 1789
examples = [["Bastille Day", 2016, "2016-07-14"]]
"""
WEEKDAY = """
[[feast]]
id = "black-friday"
names = ["Black Friday"]
calendar = "gregorian"
month = 11
weekday = "Thursday"
nth = 4
offset = 1
examples = [["Black Friday", 2019, "2019-11-29"]]
"""
EASTER = """
[[feast]]
id = "holy-week"
names = ["Holy Week"]
calendar = "western-easter"
offset = -7
days = 7
examples = [["Holy Week", 2021, "2021-03-28/2021-04-03"]]
"""
ISLAMIC = """
[[feast]]
id = "ashura"
names = ["Ashura"]
calendar = "islamic"
month = 1
day = 10
uncertain_days = [1, 1]
examples = [["Ashura", 2023, "[2023-07-27..2023-07-29]"]]
"""
LISTED = """
[[feast]]
id = "holi"
names = ["Holi"]
calendar = "listed"
dates = [2021-03-29, 2022-03-18]
examples = [["Holi", 2022, "2022-03-18"]]
"""

# One-word names stand alone in the finder: each of these means the feast and, with a capital, hardly anything else.
ONE_WORD = """
    arba'een arbaeen ashoura ashura baisakhi candlemas chanukah chanukkah christmas chuseok deepavali divali diwali easter
    eid-al-adha eid-al-fitr eid-ul-adha eid-ul-fitr epiphany hallowe'en halloween hanukah hanukkah hogmanay holi juneteenth
    kwanzaa mawlid nauruz nauryz navruz nawroz newroz norooz norouz noruz novruz nowrouz nowruz passover pentecost pesach
    purim qingming ramadan ramadhan ramazan seollal shavuot shavuoth songkran succot sukkot sukkoth tet thanksgiving
    vaisakhi whitsun xmas
"""
OF_SEVERAL_COUNTRIES = (
    "eid", "independence day", "labour day", "republic day", "national day", "unity day", "liberation day", "army day",
    "holocaust remembrance day", "human rights day", "women's day", "constitution day", "mother's day",
)  # fmt: skip


def load(folder: Path, rows: str) -> tuple[Feast, ...]:
    (folder / "feasts.toml").write_text(rows, encoding="utf-8")
    return load_feasts(folder).feasts


def refusal(folder: Path, rows: str) -> LexiconError:
    with pytest.raises(LexiconError) as caught:
        load(folder, rows)
    return caught.value


# ---------------------------------------------------------------- reading the file
def test_a_row_with_month_and_day_is_a_fixed_feast(tmp_path):
    assert load(tmp_path, FIXED) == (
        Feast(
            "bastille-day",
            ("Bastille Day",),
            MonthDay(Reckoning.GREGORIAN, 7, 14),
            (("Bastille Day", 2016, "2016-07-14"),),
            first_year=1789,
        ),
    )


def test_a_row_with_weekday_and_number_falls_on_that_weekday_of_its_month_and_may_be_offset(tmp_path):
    [feast] = load(tmp_path, WEEKDAY)
    assert (feast.rule, feast.offset_days) == (NthWeekday(11, 4, 4), 1)


def test_a_row_of_easter_may_lie_before_it_and_last(tmp_path):
    [feast] = load(tmp_path, EASTER)
    assert (feast.rule, feast.offset_days, feast.days) == (Easter(orthodox=False), -7, 7)
    [feast] = load(tmp_path, EASTER.replace("western", "orthodox"))
    assert feast.rule == Easter(orthodox=True)


def test_an_islamic_row_without_a_day_is_the_whole_month(tmp_path):
    [feast] = load(tmp_path, ISLAMIC)
    assert (feast.rule, feast.uncertain_days) == (MonthDay(Reckoning.ISLAMIC, 1, 10), (1, 1))
    [feast] = load(tmp_path, ISLAMIC.replace("day = 10\nuncertain_days = [1, 1]\n", ""))
    assert (feast.rule, feast.uncertain_days) == (WholeMonth(1), (0, 0))


def test_a_listed_row_has_its_days_and_its_years_may_be_narrowed(tmp_path):
    [feast] = load(tmp_path, LISTED + "last_year = 2022\nexcept_years = [2021]\n")
    assert feast.rule == Listed((date(2021, 3, 29), date(2022, 3, 18)))
    assert (feast.last_year, feast.except_years) == (2022, frozenset({2021}))


def test_a_feast_is_found_by_each_of_its_names_in_lower_case(tmp_path):
    load(tmp_path, FIXED.replace('names = ["Bastille Day"]', 'names = ["Bastille Day", "France\'s National Day"]'))
    table = load_feasts(tmp_path)
    assert {name: feast.id for name, feast in table.names.items()} == {
        "bastille day": "bastille-day",
        "france's national day": "bastille-day",
    }


# ---------------------------------------------------------------- rows that cannot be right
@pytest.mark.parametrize(
    ("rows", "row", "field"),
    [
        (FIXED.replace("bastille-day", "one") + FIXED, 2, "names"),
        (FIXED + FIXED.replace("Bastille Day", "Quatorze Juillet"), 2, "id"),
        (FIXED.replace('names = ["Bastille Day"]', "names = []"), 1, "names"),
        (FIXED.replace('names = ["Bastille Day"]', 'names = ["Bastille Day", "BASTILLE DAY"]'), 1, "names"),
        (FIXED.replace('names = ["Bastille Day"]', 'names = ["bastille day"]'), 1, "names"),
        (FIXED.replace('names = ["Bastille Day"]', 'names = ["Bastille  Day"]'), 1, "names"),
        (FIXED.replace('names = ["Bastille Day"]', "names = [14]"), 1, "names"),
        (FIXED.replace("gregorian", "julian"), 1, "calendar"),
        (FIXED.replace("day = 14\n", ""), 1, "calendar"),
        (FIXED.replace("gregorian", "western-easter"), 1, "calendar"),
        (FIXED.replace("gregorian", "listed"), 1, "calendar"),
        (FIXED.replace("day = 14", "day = 14\nnth = 2"), 1, "calendar"),
        (FIXED.replace("month = 7", "month = 13"), 1, "month"),
        (FIXED.replace("month = 7", 'month = "July"'), 1, "month"),
        (FIXED.replace("day = 14", "day = 32"), 1, "day"),
        (FIXED.replace("month = 7", "month = 2").replace("day = 14", "day = 29"), 1, "day"),
        (ISLAMIC.replace("day = 10", "day = 30"), 1, "day"),
        (WEEKDAY.replace("Thursday", "Thor's day"), 1, "weekday"),
        (WEEKDAY.replace("nth = 4", "nth = 5"), 1, "nth"),
        (LISTED.replace("[2021-03-29, 2022-03-18]", "[]"), 1, "dates"),
        (LISTED.replace("2021-03-29", '"2021-03-29"'), 1, "dates"),
        (LISTED.replace("2021-03-29", "2022-03-17"), 1, "dates"),
        (EASTER.replace("days = 7", "days = 0"), 1, "days"),
        (EASTER.replace("days = 7", "days = 7\nuncertain_days = [1, 1]"), 1, "uncertain_days"),
        (ISLAMIC.replace("[1, 1]", "[1]"), 1, "uncertain_days"),
        (ISLAMIC.replace("[1, 1]", "[-1, 1]"), 1, "uncertain_days"),
        (ISLAMIC.replace("[1, 1]", '["1", "1"]'), 1, "uncertain_days"),
        (ISLAMIC.replace("day = 10\n", ""), 1, "uncertain_days"),
        (ISLAMIC.replace("day = 10\nuncertain_days = [1, 1]", "days = 3"), 1, "days"),
        (FIXED.replace("first_year = 1789", "first_year = 1789\nlast_year = 1700"), 1, "first_year"),
        (FIXED.replace("first_year = 1789", "last_year = 10000"), 1, "last_year"),
        (FIXED.replace("first_year = 1789", 'except_years = ["1940"]'), 1, "except_years"),
        (FIXED.replace('[["Bastille Day", 2016, "2016-07-14"]]', "[]"), 1, "examples"),
        (FIXED.replace('["Bastille Day", 2016', '["Bastille", 2016'), 1, "examples"),
        (FIXED.replace('2016, "2016-07-14"', '"2016", "2016-07-14"'), 1, "examples"),
        (FIXED.replace('"2016-07-14"', '"14 July"'), 1, "examples"),
        (FIXED.replace("first_year", "frist_year"), 1, "frist_year"),
        (FIXED.replace('calendar = "gregorian"\n', ""), 1, "calendar"),
        ('[[holiday]]\nid = "x"\n', "-", "holiday"),
        ("[[feast]\n", "-", "-"),
    ],
)
def test_a_row_that_cannot_be_right_is_refused_with_file_row_and_field(tmp_path, rows, row, field):
    refused = refusal(tmp_path, rows)
    assert (refused.file, refused.row, refused.field) == ("feasts.toml", row, field)


def test_a_refusal_says_which_fields_a_calendar_needs(tmp_path):
    assert str(refusal(tmp_path, FIXED.replace("day = 14\n", ""))) == (
        "feasts.toml, row 1, field 'calendar': 'gregorian' needs of month, day, weekday, nth, dates: "
        "month with day, or month with weekday with nth"
    )


# ---------------------------------------------------------------- the shipped table
def test_each_name_stands_once_in_the_table():
    written = [name.lower() for feast in TABLE.feasts for name in feast.names]
    assert sorted(written) == sorted(TABLE.names)


def test_a_name_of_one_word_is_no_word_that_means_anything_else():
    assert {name for name in TABLE.names if " " not in name} == set(ONE_WORD.split())


@pytest.mark.parametrize("name", OF_SEVERAL_COUNTRIES)
def test_a_name_that_countries_give_to_different_days_is_no_name(name):
    assert name not in TABLE.names


def test_every_feast_of_the_moon_that_is_one_day_says_how_unsure_it_is():
    moon = [feast for feast in TABLE.feasts if getattr(feast.rule, "calendar", None) is Reckoning.ISLAMIC]
    assert moon and all(feast.uncertain_days == (1, 1) for feast in moon)

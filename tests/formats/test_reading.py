from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as some

from app.core import calendar
from app.core.model import ArticleDate, Evidence, Reading, Step, Timex
from app.formats import reading as wire
from tests import factories

DAY = Timex(
    8, 18, "January 26", "DATE", "2022-01-26", calendar.parse("2022-01-26"), "month-day", "2022-02-02",
    (Step("nearest-year", "the year is the nearest"),), "2021-01-26",
)  # fmt: skip
VAGUE = Timex(20, 28, "recently", "DATE", "PAST_REF", None, "vague", "2022-02-02")
DATED = ArticleDate(
    best=date(2022, 2, 2),
    earliest=date(2022, 2, 1),
    latest=date(2022, 2, 2),
    evidence=(Evidence("dateline", "February 2", 10, 20, "the dateline names the day"),),
)


def test_a_reading_is_rendered_as_the_contract_says():
    reading = Reading(DATED, (DAY, VAGUE), (factories.mention("2022-01-26"),))
    assert wire.document(reading, id="a.txt") == {
        "id": "a.txt",
        "article_date": {
            "best": "2022-02-02",
            "earliest": "2022-02-01",
            "latest": "2022-02-02",
            "evidence": [
                {
                    "rule": "dateline",
                    "text": "February 2",
                    "begin": 10,
                    "end": 20,
                    "says": "the dateline names the day",
                }
            ],
        },
        "timexes": [
            {
                "begin": 8,
                "end": 18,
                "text": "January 26",
                "type": "DATE",
                "value": "2022-01-26",
                "edtf": "2022-01-26",
                "first_day": "2022-01-26",
                "last_day": "2022-01-26",
                "rule": "month-day",
                "anchor": "2022-02-02",
                "runner_up": "2021-01-26",
                "derivation": [{"rule": "nearest-year", "says": "the year is the nearest"}],
            },
            {
                "begin": 20,
                "end": 28,
                "text": "recently",
                "type": "DATE",
                "value": "PAST_REF",
                "edtf": None,
                "first_day": None,
                "last_day": None,
                "rule": "vague",
                "anchor": None,
                "runner_up": None,
                "derivation": [],
            },
        ],
        "mentions": [
            {
                "title": "Russia receives a note",
                "edtf": "2022-01-26",
                "first_day": "2022-01-26",
                "last_day": "2022-01-26",
                "precision": "day",
                "basis": "expression",
                "zone": "body",
                "sentence": {"begin": 0, "end": 37, "text": "Moscow received a note on January 26."},
                "clause": {"begin": 0, "end": 36, "text": "Moscow received a note on January 26"},
                "trigger": {"begin": 7, "end": 15, "lemma": "receive"},
                "kind": "deliver",
                "status": "occurred",
                "reported_by": None,
                "actors": [
                    {
                        "id": "RUS",
                        "name": "Russia",
                        "kind": "state",
                        "state": "RUS",
                        "role": "source",
                        "via": "name",
                        "begin": 0,
                        "end": 6,
                    },
                    {
                        "id": "USA",
                        "name": "United States",
                        "kind": "state",
                        "state": "USA",
                        "role": "target",
                        "via": "name",
                        "begin": 0,
                        "end": 6,
                    },
                ],
                "derivation": [
                    {"rule": "month-day", "says": "January 26 is 2022-01-26, the nearest to the article's date"}
                ],
            }
        ],
    }


def test_an_undated_act_has_no_span_and_no_precision():
    [shown] = wire.document(Reading(ArticleDate(), mentions=(factories.mention(None),)), id=None)["mentions"]
    assert {key: shown[key] for key in ("edtf", "first_day", "last_day", "precision", "basis")} == {
        "edtf": None,
        "first_day": None,
        "last_day": None,
        "precision": None,
        "basis": "none",
    }


def test_a_failure_has_the_shape_of_a_reading_with_nothing_in_it():
    nothing = wire.document(Reading(ArticleDate()), id="x")
    assert wire.failure("x: is empty", id="x") == {**nothing, "error": "x: is empty"}


@given(some.text(), some.lists(some.integers(0, 40), max_size=8))
def test_the_pieces_of_a_text_joined_are_the_text(text, cuts):
    ends = sorted(cut for cut in cuts if cut <= len(text))
    pairs = list(zip(ends[::2], ends[1::2], strict=False))
    timexes = tuple(replace(DAY, begin=begin, end=end, text=text[begin:end]) for begin, end in pairs)
    found = list(wire.pieces(text, Reading(ArticleDate(), timexes)))
    assert "".join(piece.text for piece in found) == text
    assert [piece.number for piece in found if piece.number] == list(range(1, len(timexes) + 1))


def test_the_tables_name_dates_actors_and_derivations():
    steps = (Step("year", "2022 lies nearest"),)
    reading = Reading(
        DATED, (replace(DAY, steps=steps), VAGUE), (factories.mention("2022-01"), factories.mention(None))
    )
    assert list(wire.expression_lines(reading)) == [
        wire.ExpressionLine(1, "January 26", "2022-01-26", "month-day", "2022-02-02", ("year: 2022 lies nearest",)),
        wire.ExpressionLine(2, "recently", "DATE PAST_REF", "vague", "", ()),
    ]
    why = ("month-day: January 26 is 2022-01-26, the nearest to the article's date",)
    actors = ("Russia (source)", "United States (target)")
    assert list(wire.act_lines(reading)) == [
        wire.ActLine("2022-01", "Russia receives a note", "occurred", actors, why),
        wire.ActLine("undated", "Russia receives a note", "occurred", actors, why),
    ]


def test_an_article_date_is_told_with_its_evidence_or_its_bounds():
    assert wire.dated(DATED) == "2022-02-02\n  dateline: the dateline names the day"
    assert wire.dated(ArticleDate(earliest=date(2022, 1, 1))) == "between 2022-01-01 and .."

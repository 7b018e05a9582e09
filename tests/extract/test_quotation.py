from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.model import Step
from app.extract import layout, quotation
from app.extract.layout import Block, Part
from tests.extract.expressions import ALIKE, WRITTEN, known, read, spans

VERBS = ("said", "wrote", "told them", "warned", "announced", "insisted", "tweeted")
FRAMES = (
    'On {day} the minister {verb}: "{words}"',
    '"{words}" the minister {verb} on {day}.',
    "“{words}” the minister {verb} on {day}.",
)
COUNTED = (("We leave tomorrow.", 1), ("We met yesterday.", -1), ("We rest today.", 0), ("We met two days ago.", -2))
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November"),
    "December",
)


def quotations(text: str) -> list[str]:
    blocks = layout.lay_out(text, lambda line: False)
    return [text[begin:end] for begin, end in quotation.quotations(text, blocks)]


def inside(text: str, dct: date = WRITTEN) -> list[str | None]:
    """What the expressions span that stand inside a quotation of the text."""
    blocks = layout.lay_out(text, lambda line: False)
    quoted = quotation.quotations(text, blocks)
    told = [one for one in read(text, known(dct)) if any(begin < one.begin < end for begin, end in quoted)]
    return [one.span.edtf if one.span else None for one in told]


# ---------------------------------------------------------------- where a text quotes
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "yes" and "no".', ['"yes"', '"no"']),
        ("He said “yes” and “no”.", ["“yes”", "“no”"]),
        ("He said ``yes'' and left.", ["``yes''"]),
        ('He said "yes.\n\n"No," she said.', ['"yes.', '"No,"']),
        ("He said yes” and left.", []),
        ("Nobody said anything.", []),
        ("“Yes, “no” he said.", ["“Yes, “no”"]),
        ("It is theirs, it's 'so', and he left.", []),
    ],
)
def test_marks_are_paired_within_a_paragraph_and_an_open_one_runs_to_its_end(text, expected):
    assert quotations(text) == expected


def test_a_text_without_words_quotes_nothing():
    assert quotation.quotations("", [Block(0, 0, Part.BODY)]) == []


@given(st.text("a \"“”`'\n.", max_size=60))
def test_quotations_lie_in_order_inside_their_paragraphs(text):
    blocks = layout.lay_out(text, lambda line: False)
    found = quotation.quotations(text, blocks)
    edges = [edge for span in found for edge in span]
    assert edges == sorted(edges)
    assert all(any(block.begin <= begin < end <= block.end for block in blocks) for begin, end in found)


# ---------------------------------------------------------------- counted from the day it was said
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('On January 20 the minister said: "Tomorrow we sign."', ["2022-01-20", "2022-01-21"]),
        ('"We sign tomorrow," the minister said on January 20.', ["2022-01-21", "2022-01-20"]),
        ("“We sign tomorrow,” the minister said on January 20.", ["2022-01-21", "2022-01-20"]),
        ('On Friday the minister said: "We sign tomorrow."', ["2022-01-28", "2022-01-29"]),
        ('"Last night was calm," she wrote on Monday.', ["2022-01-30", "2022-01-31"]),
        ('"We left last week," she wrote on January 20.', ["[2022-01-10..2022-01-16]", "2022-01-20"]),
        ('"We left last Friday," she wrote on Monday.', ["2022-01-28", "2022-01-31"]),
        ('"We left two days ago," she wrote on January 20.', ["2022-01-18", "2022-01-20"]),
        ('"We met over the weekend," she wrote on January 20.', ["[2022-01-15..2022-01-16]", "2022-01-20"]),
        ('"This year is hard," she wrote on March 20, 2019.', ["2019", "2019-03-20"]),
        ('On December 20 she wrote: "On March 3 we sign."', ["2021-12-20", "2022-03-03"]),
        ('On March 20, 2019 she wrote that "tomorrow" was late.', ["2019-03-20", "2019-03-21"]),
    ],
)
def test_what_is_quoted_counts_from_the_day_told_beside_the_verb_of_saying(text, expected):
    assert spans(text) == expected


def test_the_day_on_which_it_was_said_is_told_as_the_reason():
    tomorrow, _ = read('"We sign tomorrow," the minister said on January 20.')
    assert (tomorrow.anchor, tomorrow.steps) == (
        "2022-01-20",
        (
            Step(
                "day-of-writing",
                "tomorrow counts from the day on which it was said, Thursday, January 20, 2022 → 2022-01-21",
            ),
        ),
    )


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('"We sign tomorrow," the minister said.', "no day is told"),
        ('The plan of January 20 reads "We sign tomorrow" in bold.', "nobody says it"),
        ("On January 20 the minister said they sign tomorrow.", "it is not quoted"),
        ('On January 20 and January 21 the minister said: "We sign tomorrow."', "two days are told"),
        ('In December the minister said: "We sign tomorrow."', "a month is no day"),
        ('On January 20 the minister left. "We sign tomorrow," he said.', "the day stands in another sentence"),
        ('The minister left. "They left on January 20. We sign tomorrow," he said.', "the day is quoted too"),
    ],
)
def test_and_otherwise_from_the_article_s_day(text, why):
    assert "2022-02-03" in spans(text), why


def test_each_quotation_has_its_own_day():
    text = 'On January 20 he said: "We sign tomorrow." On January 26 she said: "We sign tomorrow."'
    assert inside(text) == ["2022-01-21", "2022-01-27"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('On January 20 he said: "On December 3, 2019 we signed."', "2019-12-03"),
        ('On January 20 he said: "In May 2014 we signed."', "2014-05"),
        ('On January 20 he said: "We signed in 2014."', "2014"),
        ('On January 20 he said: "The next day we signed."', "2022-01-21"),
    ],
)
def test_what_names_its_year_or_counts_from_the_story_is_left_as_it_is(text, expected):
    assert inside(text) == [expected]


@given(st.dates(*ALIKE), st.integers(3, 40), st.sampled_from(FRAMES), st.sampled_from(VERBS), st.sampled_from(COUNTED))
def test_a_quoted_day_counts_from_any_day_on_which_it_was_said(dct, back, frame, verb, counted):
    said, (words, days) = dct - timedelta(back), counted
    day = f"{MONTHS[said.month - 1]} {said.day}, {said.year}"
    text = frame.format(day=day, verb=verb, words=words)
    assert inside(text, dct) == [(said + timedelta(days)).isoformat()]


@given(st.dates(*ALIKE), st.sampled_from(FRAMES), st.sampled_from(COUNTED))
def test_a_quoted_day_counts_from_the_article_where_nobody_is_said_to_speak(dct, frame, counted):
    words, days = counted
    text = frame.format(day="May 2, 1914", verb="slept", words=words)
    assert inside(text, dct) == [(dct + timedelta(days)).isoformat()]


# ---------------------------------------------------------------- not yet
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"We will meet on Friday," the minister said on January 20.', "2022-01-21"),
        ('"We signed on July 2," the minister said on January 20.', "2021-07-02"),
    ],
)
def test_a_quoted_day_lies_on_the_side_of_the_verb_in_the_quotation(text, expected):
    assert inside(text) == [expected]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("We meet the day after tomorrow,", "2019-03-22"),
        ("We meet at noon tomorrow,", "2019-03-21"),
        ("We meet two weeks from now,", "[2019-04-01..2019-04-07]"),
        ("It began a year ago today,", "2018-03-20"),
        ("It began last summer,", "2018-22"),
        ("We met last Christmas,", "2018-12-25"),
    ],
)
def test_every_sort_of_quoted_expression_counts_from_the_day_it_was_said(words, expected):
    assert inside(f'"{words}" the minister said on March 20, 2019.') == [expected]

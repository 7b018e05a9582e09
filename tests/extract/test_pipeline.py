import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.model import Article, Basis, Reading, Role, Status, Step, Zone

NEWS = """\
Envoys meet

By Anna Example

GENEVA, February 2. /AGENCY/. US Secretary of State Antony Blinken met Russian Foreign Minister Sergei Lavrov on Wednesday.

"We sent our answer to Moscow on January 26 and published the text on January 28," Antony Blinken told reporters.

President Vladimir Putin met Hungarian Prime Minister Viktor Orba\u0301n on Tuesday (February 1).

Vladimir Putin meets Viktor Orba\u0301n on February 1. Press Service

Russia held talks with China from January 10 to 13, and it will sign a treaty with Iran on February 20.

Leave a Comment
"""


def quotes_exactly(text: str, reading: Reading) -> None:
    """Every offset of a reading lies in the text as given, and every quoted text is what stands there."""
    for timex in reading.timexes:
        assert 0 <= timex.begin < timex.end <= len(text)
        assert timex.text == text[timex.begin : timex.end]
    for evidence in reading.article_date.evidence:
        assert evidence.end == 0 or evidence.text == text[evidence.begin : evidence.end]
    for rejected in reading.rejected:
        assert rejected.extent.text == text[rejected.extent.begin : rejected.extent.end]
    for mention in reading.mentions:
        for extent in (mention.sentence, mention.clause):
            assert 0 <= extent.begin < extent.end <= len(text)
            assert extent.text == text[extent.begin : extent.end]
        for part in (mention.clause, mention.trigger, *mention.actors):
            assert mention.sentence.begin <= part.begin < part.end <= mention.sentence.end


def told(reading: Reading) -> list[tuple[str | None, str, str, tuple[str, ...]]]:
    return [
        (one.span and one.span.edtf, one.trigger.lemma, one.kind, tuple(ref.id for ref in one.actors))
        for one in reading.mentions
    ]


# ---------------------------------------------------------------- one article
def test_an_article_is_dated_and_its_acts_have_their_days_and_actors(desk):
    assert told(desk.read(NEWS)) == [
        ("2022-02-02", "meet", "meeting", ("antony-blinken", "sergey-lavrov")),
        ("2022-01-26", "send", "delivery", ("USA", "RUS")),
        ("2022-01-28", "publish", "publication", ("USA",)),
        ("2022-02-01", "meet", "meeting", ("vladimir-putin", "viktor-orban")),
        ("2022-02-01", "meet", "meeting", ("vladimir-putin", "viktor-orban")),
        ("2022-01-10/2022-01-13", "talk", "consultation", ("RUS", "CHN")),
        ("2022-02-20", "sign", "agreement", ("RUS", "IRN")),
    ]


def test_each_mention_tells_its_derivation(desk):
    [one] = desk.mentions("Russia met China on January 20.")
    assert one.derivation == (
        Step(
            "nearest-year",
            "the year counts from the article's day, Wednesday, February 2, 2022, told in the past → 2022-01-20",
        ),
        Step("runner-up", "2021-01-20 was weighed too: the year that comes second"),
        Step("attach-governor", "'January 20' dates 'met'"),
    )  # fmt: skip


def test_an_act_told_only_in_a_caption_is_a_mention_of_that_zone(desk):
    zones = [one.zone for one in desk.read(NEWS).mentions]
    assert zones == [Zone.BODY] * 4 + [Zone.CAPTION] + [Zone.BODY] * 2


@pytest.mark.parametrize(
    "line", ["By Anna Example of Russia on January 3", "Leave a Comment", "Russia, January, Friday, NATO"]
)
def test_bylines_tags_and_furniture_tell_no_act(desk, line):
    assert desk.read(f"{line}\n\nNobody came.", edtf="2022-02-02").mentions == ()


# ---------------------------------------------------------------- offsets
@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_every_offset_refers_to_the_text_as_given_and_quotes_it_exactly(desk, form, line_end):
    text = unicodedata.normalize(form, NEWS).replace("\n", line_end)
    reading = desk.read(text)
    assert len(reading.mentions) == 7 and len(reading.timexes) >= 9
    quotes_exactly(text, reading)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_the_form_of_accents_and_line_ends_changes_nothing_that_is_read(desk, form):
    text = unicodedata.normalize(form, NEWS).replace("\n", "\r\n")
    assert told(desk.read(text)) == told(desk.read(NEWS))


# ---------------------------------------------------------------- any text at all
@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t\r\n\u2003 ",
        "Russia",
        "January",
        "Friday.",
        "x" * 200_000,
        "7" * 200_000,
        "Russia met China on January 20. " + "x" * 200_000,
        "1 2 3 4 5 2022 31 12 99 10-13 3.11",
        "Россия встретила 中国 في 20 يناير on January 20, Russia हिन्दी met 한국 จีน China.",
        "\u0301\u0308 \u0301Russia met China\u0301 on January\u0301 20.\u0301",
        '"“”"\'\'`` "Russia met China on January 20 “',
        "((((Russia) met [China on January 20",
        "\ufeffRussia met China on January 20.",
        "Russia met China on January 20\x00.\x0b\x0c\x85\u2028",
        "on on on the the of of January January 20 20 2022 2022",
        "😀 Russia 😀 met 😀 China 😀 on 😀 January 😀 20 😀",
    ],
    ids=lambda text: ascii(text[:24]),
)
def test_any_text_gets_an_answer_whose_offsets_lie_inside_it(desk, text):
    quotes_exactly(text, desk.read(text, edtf="2022-02-02"))
    quotes_exactly(text, desk.read(text))


WORDS = (
    "Russia", "China", "Sergei Lavrov", "US Secretary of State Antony Blinken", "NATO", "met", "sent", "said", "talks",
    "a letter", "on January 20", "on Friday", "in December", "the day before", "from January 10 to 13", "(", ")", '"', "”",
    "the previous week - ", ",", ".", "\n\n", "\r\n", "é", "e\u0301", "who", "when", "and", "to", "with", "will", "not",
    "if", "we", "he", "1997", "中国",
)  # fmt: skip


@settings(max_examples=60)
@given(st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join))
def test_any_words_get_an_answer_whose_offsets_lie_inside_the_text(desk, text):
    quotes_exactly(text, desk.read(text, edtf="2022-02-02"))


@settings(max_examples=40)
@given(st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join))
def test_reading_twice_gives_the_same(desk, text):
    assert desk.read(text) == desk.read(text)


def test_reading_one_article_leaves_no_trace_in_the_next(desk):
    alone = desk.read("Sullivan met Russia on January 20.", edtf="2022-02-02")
    desk.read("National Security Advisor Jake Sullivan spoke. " + NEWS)
    assert desk.read("Sullivan met Russia on January 20.", edtf="2022-02-02") == alone


# ---------------------------------------------------------------- the article's own occasion
def test_the_lead_of_a_dated_article_is_an_act_of_its_day(desk):
    [one] = desk.read("Russia signed a treaty with China.", edtf="2022-02-02").mentions
    assert (one.basis, one.span and one.span.edtf, one.derivation) == (
        Basis.ARTICLE,
        "2022-02-02",
        (Step("article-occasion", "no date in its clause; the lead of an article of 2022-02-02 reports it"),),
    )
    assert [ref.role for ref in one.actors] == [Role.PARTICIPANT, Role.PARTICIPANT]


def test_an_article_dated_to_a_few_days_gives_its_lead_one_of_them(desk):
    [one] = desk.read("Russia signed a treaty with China.", edtf="2022-02-01/2022-02-03").mentions
    assert one.span and one.span.edtf == "[2022-02-01..2022-02-03]"


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("Russia signed a treaty with China.", None),
        ("Russia signed a treaty with China.", "2022"),
        ("Nobody came. Nothing was said. Russia signed a treaty with China.", "2022-02-02"),
        ("Russia will sign a treaty with China.", "2022-02-02"),
        ("Russia did not sign a treaty with China.", "2022-02-02"),
        ("Russia might sign a treaty with China.", "2022-02-02"),
        ("Somebody signed a treaty.", "2022-02-02"),
        ("Russia is large.", "2022-02-02"),
    ],
)
def test_no_occasion_without_a_well_dated_article_a_lead_and_somebody_who_did_it(desk, text, edtf):
    assert desk.read(text, edtf=edtf).mentions == ()


def test_a_lead_that_tells_its_own_day_is_no_second_occasion(desk):
    [one] = desk.read("Russia signed a treaty with China on Wednesday.", edtf="2022-02-02").mentions
    assert one.basis is Basis.EXPRESSION


def test_a_lead_with_a_day_that_cannot_be_told_is_not_dated_by_the_article(desk):
    assert desk.read("Russia signed a treaty with China on Friday.", edtf="2022-01").mentions == ()


# ---------------------------------------------------------------- undated acts
UNDATED = "Nobody came. Nothing was said. Russia signed a treaty with China. Later it may sign another with NATO."


def test_acts_that_nothing_dates_are_left_out_unless_asked_for(desk, extractor):
    article = Article("one.txt", UNDATED)
    assert extractor.read(article).mentions == ()
    found = extractor.read(article, undated=True).mentions
    assert [(one.span, one.basis, one.trigger.lemma, one.status) for one in found] == [
        (None, Basis.NONE, "sign", Status.OCCURRED),
        (None, Basis.NONE, "sign", Status.HYPOTHETICAL),
    ]


def test_undated_acts_come_beside_the_dated_and_never_instead(desk, extractor):
    article = Article("one.txt", NEWS)
    dated, both = extractor.read(article).mentions, extractor.read(article, undated=True).mentions
    assert set(dated) <= set(both)
    assert {one.basis for one in set(both) - set(dated)} <= {Basis.NONE}


def test_a_text_that_names_nobody_is_dated_and_tells_no_act(desk):
    reading = desk.read("It rained on January 20.", edtf="2022-02-02")
    assert [timex.text for timex in reading.timexes] == ["January 20"]
    assert reading.mentions == ()


@pytest.mark.parametrize(
    "dateline", ["ROME, May 4, 1999 (X) - ", "ROME, 4 May 1999 \N{EM DASH} ", "ROME, 4 May 1999. "]
)
def test_the_date_of_a_dateline_dates_no_act(desk, dateline):
    found = desk.read(dateline + "Russia and India signed a treaty on Monday.")
    assert [(one.span.edtf, one.title) for one in found.mentions] == [("1999-05-03", "Russia and India sign a treaty")]

import re
import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.model import ArticleDate, Timex
from app.errors import LexiconError
from app.extract import layout, narrative
from app.extract.resolve import Resolver
from app.extract.timex import TimexFinder
from app.lexicon import DATA
from app.lexicon.timex import GENRES, PLAIN, load_timex

WRITTEN = date(2022, 2, 2)  # the Wednesday on which the rules' examples are written
LEXICON = load_timex(DATA)
FINDER, RESOLVER = TimexFinder(LEXICON), Resolver(LEXICON)

WORDS = """
[values.month]
january = 1

[values.monthcap]
may = 5

[lists]
on = ["on"]

[sets]
M = ["month", "monthcap"]

[phrases]

[capitalised]
classes = ["monthcap"]
"""
RULE = """
[[rule]]
id = "month-day"
pattern = "(?P<month><M>) (?P<day><day>)"
means = "day"
examples = [["It was on January 26.", "January 26", "2022-01-26"]]
never = ["They may 5 times differ."]
"""


def read(text: str) -> list[Timex]:
    """The expressions of a text written on that Wednesday, as the pipeline reads them."""
    blocks = layout.lay_out(text, lambda line: False)
    placed = narrative.place(text, blocks, FINDER.find(text))
    return narrative.resolve(text, placed, ArticleDate(WRITTEN, WRITTEN, WRITTEN), RESOLVER)


def examples() -> Iterator[object]:
    for rule in LEXICON.rules:
        for number, (sentence, words, value) in enumerate(rule.examples, 1):
            yield pytest.param(rule.id, sentence, words, value, id=f"{rule.id}-{number}")


def counter_examples() -> Iterator[object]:
    for rule in LEXICON.rules:
        for number, sentence in enumerate(rule.never, 1):
            yield pytest.param(sentence, id=f"{rule.id}-{number}")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a small vocabulary and one rule."""
    (tmp_path / "timex_words.toml").write_text(WORDS, encoding="utf-8")
    (tmp_path / "timex_rules.toml").write_text(RULE, encoding="utf-8")
    shutil.copy(DATA / "feasts.toml", tmp_path)
    return tmp_path


def refusal(folder: Path, rules: str) -> LexiconError:
    (folder / "timex_rules.toml").write_text(rules, encoding="utf-8")
    with pytest.raises(LexiconError) as caught:
        load_timex(folder)
    return caught.value


# ---------------------------------------------------------------- the shipped rules
@pytest.mark.parametrize(("rule", "sentence", "words", "value"), list(examples()))
def test_each_rule_finds_its_examples_with_their_words_and_value(rule, sentence, words, value):
    assert (rule, words, value) in [(timex.rule, timex.text, timex.value) for timex in read(sentence)]


@pytest.mark.parametrize("sentence", list(counter_examples()))
def test_no_rule_finds_anything_in_a_counter_example(sentence):
    assert read(sentence) == []


def codes(text: str) -> frozenset[str]:
    """The codes of a text's tokens, the end of the text among them."""
    return frozenset(FINDER._encode(text)[1])


@pytest.mark.parametrize(("rule", "sentence", "words", "value"), list(examples()))
def test_each_example_holds_one_of_the_codes_that_its_rule_needs(rule, sentence, words, value):
    [one] = [one for one in LEXICON.rules if one.id == rule]
    assert codes(sentence) & one.needs


def test_no_rule_is_tried_on_a_text_for_the_end_of_a_paragraph_or_for_any_word_alone():
    everywhere = frozenset(LEXICON.codes[name] for name in PLAIN if name != "feast")
    assert [rule.id for rule in LEXICON.rules if rule.needs & everywhere] == []


@given(st.data())
def test_what_a_rule_matches_holds_one_of_the_codes_it_needs(data):
    rule = data.draw(st.sampled_from(LEXICON.rules))
    string = data.draw(st.text(sorted(LEXICON.codes.values()), max_size=12) | st.from_regex(rule.pattern))
    if rule.pattern.search(string):
        assert not rule.needs.isdisjoint(string)


def test_some_rules_count_only_in_histories_some_only_in_news_and_most_everywhere():
    counted = Counter(rule.genre for rule in LEXICON.rules)
    assert counted.keys() == set(GENRES)
    assert counted[""] > counted["history"] + counted["news"]


def test_no_phrase_is_left_in_a_pattern():
    assert [rule.id for rule in LEXICON.rules if re.search(r"\{[a-z]", rule.pattern.pattern)] == []


def test_every_rule_names_a_meaning_that_exists_and_every_meaning_is_named():
    assert {rule.means for rule in LEXICON.rules} == RESOLVER.means


def test_every_rule_hands_over_at_least_one_field():
    assert [rule.id for rule in LEXICON.rules if not rule.pattern.groupindex] == []


def test_months_weekdays_and_short_numbers_have_their_values():
    months = LEXICON.values["month"] | LEXICON.values["monthcap"]
    assert {months[name] for name in months} == set(range(1, 13))
    weekdays = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    assert [LEXICON.values["weekday"][day] for day in weekdays] == [1, 2, 3, 4, 5, 6, 7]


def test_words_that_are_english_too_count_only_with_a_capital():
    assert {"may", "march", "sun", "wed"} <= LEXICON.capitalised
    assert "january" not in LEXICON.capitalised


# ---------------------------------------------------------------- rows that cannot be right
def test_a_good_row_is_a_rule_whose_pattern_runs_over_codes(folder):
    lexicon = load_timex(folder)
    [rule] = lexicon.rules
    assert (rule.id, rule.means, rule.never) == ("month-day", "day", ("They may 5 times differ.",))
    assert rule.examples == (("It was on January 26.", "January 26", "2022-01-26"),)
    assert rule.pattern.fullmatch(lexicon.codes["=may"] + lexicon.codes["day"])
    assert not rule.pattern.fullmatch(lexicon.codes["=on"] + lexicon.codes["day"])


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (RULE + RULE, "timex_rules.toml, row 2, field 'id': 'month-day' stands twice"),
        (
            RULE.replace("<M>", "<moon>"),
            "timex_rules.toml, row 1, field 'pattern': <moon> is no class of words",
        ),
        (
            RULE.replace("(?P<day><day>)", "(?P<day><day>"),
            "timex_rules.toml, row 1, field 'pattern': missing ), unterminated subpattern at position",
        ),
        (
            RULE.replace('[["It was on January 26.", "January 26", "2022-01-26"]]', "[]"),
            "timex_rules.toml, row 1, field 'examples': every rule shows at least one example",
        ),
        (
            RULE.replace('["They may 5 times differ."]', "[]"),
            "timex_rules.toml, row 1, field 'never': every rule shows at least one counter-example",
        ),
        ("[[rule]\n", "timex_rules.toml, row -, field '-': cannot be read as TOML in UTF-8"),
    ],
)
def test_a_rule_that_cannot_be_right_is_refused_with_file_row_and_field(folder, row, message):
    assert str(refusal(folder, row)).startswith(message)


@pytest.mark.parametrize("genre", ["poetry", "History", "news "])
def test_a_genre_that_is_none_is_refused(folder, genre):
    refused = refusal(folder, f'{RULE}genre = "{genre}"\n')
    assert str(refused) == f"timex_rules.toml, row 1, field 'genre': {genre!r} is neither 'history' nor 'news'"


@pytest.mark.parametrize("genre", ["history", "news"])
def test_a_rule_keeps_its_genre(folder, genre):
    (folder / "timex_rules.toml").write_text(f'{RULE}genre = "{genre}"\n', encoding="utf-8")
    [rule] = load_timex(folder).rules
    assert rule.genre == genre


# ---------------------------------------------------------------- phrases
def with_phrases(folder: Path, *phrases: str) -> Path:
    """The folder with these lines among the phrases of its vocabulary."""
    words = WORDS.replace("[phrases]", "\n".join(("[phrases]", *phrases)))
    (folder / "timex_words.toml").write_text(words, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    "phrases",
    [
        ('date = "(?P<month><M>) (?P<day><day>)"',),
        ('date = "(?P<month><M>) {number}"', 'number = "(?P<day><day>)"'),
        ('date = "(?P<month>{name}) {number}"', 'number = "(?P<day><day>)"', 'name = "{any}"', 'any = "<M>"'),
    ],
)
def test_a_phrase_stands_for_its_pattern_also_inside_another(folder, phrases):
    row = RULE.replace("(?P<month><M>) (?P<day><day>)", "<on>? {date}")
    (with_phrases(folder, *phrases) / "timex_rules.toml").write_text(row, encoding="utf-8")
    lexicon = load_timex(folder)
    [rule] = lexicon.rules
    assert rule.pattern.fullmatch(lexicon.codes["=on"] + lexicon.codes["=may"] + lexicon.codes["day"])


def test_the_alternatives_of_a_phrase_end_with_it(folder):
    row = RULE.replace("(?P<day><day>)", "{number}")
    (with_phrases(folder, 'number = "(?P<day><day>)|<ord>"') / "timex_rules.toml").write_text(row, encoding="utf-8")
    lexicon = load_timex(folder)
    [rule] = lexicon.rules
    assert rule.pattern.fullmatch(lexicon.codes["=may"] + lexicon.codes["ord"])
    assert not rule.pattern.fullmatch(lexicon.codes["ord"])


@pytest.mark.parametrize("pattern", ["{moon}", "{date}"])
def test_a_phrase_that_is_none_is_refused_also_inside_another(folder, pattern):
    refused = refusal(with_phrases(folder, 'date = "{moon}"'), RULE.replace("(?P<day><day>)", pattern))
    assert str(refused) == "timex_rules.toml, row 1, field 'pattern': {moon} is no phrase of timex_words.toml"


# ---------------------------------------------------------------- what a rule needs
@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        ("(?P<month><M>) (?P<day><day>)", ["day"]),
        ("(?P<day><day>) <comma>? (?P<month><month>)", ["day"]),
        ("(?P<month><M>)", ["=january", "=may"]),
        ("(?:(?P<day><day>)|(?P<ord><ord>)) <on>", ["day", "ord"]),
        ("(?P<day><day>)? <on> <word> (?P<month><M>)*", ["=on"]),
        ("(?P<x><word>)(?=<day>)(?<!<ord>)", ["word"]),
        ("(?:<day>){0,2} (?P<x><ord>)", ["ord"]),
        ("(?:<day>){1,2} (?P<x><M>)", ["day"]),
        ("(?P<x>(?:<day>|<ord>)+ <on>?)", ["day", "ord"]),
    ],
)
def test_a_rule_needs_the_rarest_part_that_may_not_be_missing(folder, pattern, needed):
    words = WORDS.replace('on = ["on"]', 'on = ["on"]\ncomma = [","]')
    (folder / "timex_words.toml").write_text(words, encoding="utf-8")
    (folder / "timex_rules.toml").write_text(RULE.replace("(?P<month><M>) (?P<day><day>)", pattern), encoding="utf-8")
    lexicon = load_timex(folder)
    [rule] = lexicon.rules
    assert rule.needs == {lexicon.codes[name] for name in needed}


def test_a_rule_of_which_everything_may_be_missing_needs_any_code(folder):
    (folder / "timex_rules.toml").write_text(RULE.replace(") (?P<day><day>)", ")? (?P<day><day>)?"), encoding="utf-8")
    lexicon = load_timex(folder)
    [rule] = lexicon.rules
    assert rule.needs >= {lexicon.codes["day"], lexicon.codes["word"], lexicon.codes["=may"]}


# ---------------------------------------------------------------- fields
@pytest.mark.parametrize("field", ["id", "pattern", "means", "examples", "never"])
def test_a_rule_without_one_of_its_fields_is_refused(folder, field):
    rows = "\n".join(line for line in RULE.splitlines() if not line.startswith(field))
    refused = refusal(folder, rows)
    assert (refused.file, refused.row, refused.field) == ("timex_rules.toml", 1, field)


def test_a_misspelt_field_of_a_rule_is_refused(folder):
    refused = refusal(folder, RULE + 'nevr = ["It may be 5 times."]\n')
    assert (refused.row, refused.field) == (1, "nevr")


def test_an_example_of_two_parts_is_refused(folder):
    refused = refusal(folder, RULE.replace(', "2022-01-26"', ""))
    assert (refused.row, refused.field) == (1, "examples")


def test_a_union_of_classes_that_names_none_is_refused(folder):
    (folder / "timex_words.toml").write_text(WORDS.replace('["month", "monthcap"]', '["moon"]'), encoding="utf-8")
    refused = refusal(folder, RULE)
    assert (refused.file, refused.field) == ("timex_words.toml", "M")


def test_a_capitalised_class_that_does_not_exist_is_refused(folder):
    (folder / "timex_words.toml").write_text(WORDS.replace('classes = ["monthcap"]', 'classes = ["moon"]'), "utf-8")
    refused = refusal(folder, RULE)
    assert refused.file == "timex_words.toml"

from pathlib import Path

import pytest

from app.errors import LexiconError
from app.lexicon import DATA
from app.lexicon.boilerplate import FILE, Boilerplate, load_boilerplate

RULES = load_boilerplate(DATA)
ROW = """
[[rule]]
id = "reply"
pattern = 'leave a reply'
examples = ["Leave a Reply"]
counter_examples = ["Leave it"]
"""


def loaded(folder: Path, toml: str) -> Boilerplate:
    (folder / FILE).write_text(toml, encoding="utf-8")
    return load_boilerplate(folder)


@pytest.mark.parametrize(("rule", "line"), [(rule, line) for rule in RULES.rules for line in rule.examples])
def test_every_rule_matches_its_examples(rule, line):
    assert rule.pattern.fullmatch(line), f"{rule.id} does not match {line!r}"


@pytest.mark.parametrize("line", [line for rule in RULES.rules for line in rule.counter_examples])
def test_no_rule_matches_a_counter_example_of_any(line):
    assert RULES.rule_for(line) is None


@pytest.mark.parametrize("line", [line for rule in RULES.rules for line in rule.examples])
def test_a_line_is_boilerplate_where_a_rule_is_for_it(line):
    assert RULES.is_boilerplate(line) and RULES.rule_for(line)


@pytest.mark.parametrize("line", ["  Leave   a\tReply  ", "LEAVE A COMMENT", "\u2022 Unlimited access to everything"])
def test_case_and_white_space_do_not_matter(line):
    assert RULES.is_boilerplate(line)


@pytest.mark.parametrize("line", ["", "   ", "Copyright 2022 " + "and more " * 40])
def test_empty_lines_and_whole_paragraphs_are_never_boilerplate(line):
    assert not RULES.is_boilerplate(line)


def test_the_narrative_of_the_seed_articles_is_never_boilerplate():
    lines = [line for path in sorted(Path("seeds").glob("*.txt")) for line in path.read_text("utf-8").splitlines()]
    narrative = [line for line in lines if len(line) > 90]
    assert len(narrative) > 30
    assert [line for line in narrative if RULES.is_boilerplate(line)] == []


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ("[[rule]", "boilerplate.toml, row -, field '-'"),
        ("[[rules]]\n", "boilerplate.toml, row -, field 'rules': is unknown"),
        (ROW + ROW, "row 2, field 'id': 'reply' is also the id of row 1"),
        (ROW.replace("leave a reply", "leave (a reply"), "row 1, field 'pattern': 'leave (a reply' is no regular"),
        (ROW.replace("leave a reply", r"(leave) a \1"), "accepted are groups written (?:...), and no flags"),
        (ROW.replace("leave a reply", "(?s)leave.a.reply"), "accepted are groups written (?:...), and no flags"),
        (ROW.replace("'leave a reply'", "3"), "row 1, field 'pattern': 3 is no text"),
        (ROW.replace('"reply"', '"A Reply"'), "row 1, field 'id': 'A Reply': accepted are small letters"),
        (ROW.replace('["Leave it"]', "[]"), "row 1, field 'counter_examples': []: accepted is a list of at least one"),
        (ROW.replace("pattern = 'leave a reply'\n", ""), "row 1, field 'pattern': is missing"),
        (ROW + 'note = "x"\n', "row 1, field 'note': is not known"),
    ],
)
def test_a_row_that_cannot_be_right_is_refused_by_file_row_and_field(tmp_path, toml, message):
    with pytest.raises(LexiconError) as refusal:
        loaded(tmp_path, toml)
    assert message in str(refusal.value)

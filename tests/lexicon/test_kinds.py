from pathlib import Path

import pytest

from app.errors import LexiconError
from app.lexicon import DATA
from app.lexicon.kinds import OTHER, Kind, load_kinds

KINDS = load_kinds(DATA)
SMALL = """
light_verbs = ["hold"]
speech_verbs = ["say"]
planning_verbs = ["plan"]
existence_verbs = ["be"]
reversed_verbs = ["receive"]

[classes]
PLACE = ["hall", "garden"]

[[kind]]
id = "consultation"
says = "Sides talk."
symmetric = true
verbs = ["talk"]
nouns = ["talks"]
things = ["agenda"]
phrase = "hold|holds talks"

[[kind]]
id = "meeting"
parent = "consultation"
says = "Sides meet."
verbs = ["meet", "meet in PLACE"]
nouns = ["meeting"]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "kinds.toml").write_text(SMALL, encoding="utf-8")
    return tmp_path


def refusal(folder: Path, text: str) -> LexiconError:
    (folder / "kinds.toml").write_text(text, encoding="utf-8")
    with pytest.raises(LexiconError) as caught:
        load_kinds(folder)
    return caught.value


# ---------------------------------------------------------------- reading the file
def test_a_row_is_a_kind_with_its_parent_and_its_phrase_for_several_and_for_one(folder):
    assert dict(load_kinds(folder).kinds) == {
        "consultation": Kind("consultation", "Sides talk.", None, True, ("hold talks", "holds talks")),
        "meeting": Kind("meeting", "Sides meet.", "consultation", False, None),
    }


def test_a_class_in_a_lemma_stands_for_each_of_its_words(folder):
    assert load_kinds(folder).verbs == {
        "talk": "consultation", "meet": "meeting", "meet in hall": "meeting", "meet in garden": "meeting",
    }  # fmt: skip


def test_a_kind_s_family_is_its_topmost_parent(folder):
    table = load_kinds(folder)
    assert [table.family(kind) for kind in ("meeting", "consultation", "unheard-of")] == [
        "consultation", "consultation", "unheard-of",
    ]  # fmt: skip
    assert table.symmetric("consultation") and not table.symmetric("unheard-of")


def test_a_kind_s_lineage_leads_through_all_that_it_refines_to_the_top():
    assert KINDS.lineage("embassy-opened") == ("embassy-opened", "recognition", "agreement")
    assert KINDS.family("embassy-opened") == "agreement"
    assert KINDS.lineage("agreement") == ("agreement",)
    assert KINDS.lineage("unheard-of") == ("unheard-of",)


def test_nouns_are_told_apart_from_things_and_plurals_count_as_singulars(folder):
    table = load_kinds(folder)
    assert table.noun_kind("meetings") == "meeting"
    assert table.noun_form("summer", "meetings") == "meeting"
    assert table.noun_kind("agenda") == "consultation"
    assert table.noun_kind("summer") is None
    assert table.is_occasion("meetings") and not table.is_thing("meetings")
    assert table.is_thing("agendas") and not table.is_occasion("agendas")


# ---------------------------------------------------------------- the shipped kinds
def test_every_shipped_kind_says_what_it_is_and_has_words_that_tell_it():
    telling = {*KINDS.verbs.values(), *KINDS.nouns.values(), *KINDS.things.values()}
    assert telling == set(KINDS.kinds)
    assert all(kind.says.endswith(".") for kind in KINDS.kinds.values())
    assert OTHER in KINDS.kinds


def test_every_shipped_kind_that_refines_one_of_equals_is_one_of_equals_but_for_recognition_and_travel():
    one_sided = {
        kind.id for kind in KINDS.kinds.values()
        if kind.parent and KINDS.symmetric(kind.parent) and not kind.symmetric
    }  # fmt: skip
    assert one_sided == {"recognition", "visit", "mediation"}


def test_shipped_lemmas_are_lower_case_with_single_spaces():
    lemmas = {*KINDS.verbs, *KINDS.nouns, *KINDS.things, *KINDS.light, *KINDS.speech, *KINDS.planning}
    assert [lemma for lemma in lemmas if lemma != " ".join(lemma.lower().split())] == []


def test_no_noun_is_both_an_occasion_and_a_thing():
    assert set(KINDS.nouns) & set(KINDS.things) == set()


@pytest.mark.parametrize(
    ("lemma", "kind"),
    [
        ("present", "proposal"),
        ("publish", "publication"),
        ("receive", "delivery"),
        ("meet", "meeting"),
        ("speak by telephone", "call"),
        ("leave treaty", "treaty-withdrawal"),
        ("sign", "signing"),
        ("agree", "agreement"),
        ("impose", "sanction"),
        ("impose sanction", "sanctions-imposed"),
        ("recall", "sanction"),
        ("recall envoy", "recall"),
        ("invade", "invasion"),
    ],
)
def test_the_verbs_of_diplomacy_tell_their_kinds(lemma, kind):
    assert KINDS.verbs[lemma] == kind


# ---------------------------------------------------------------- rows that cannot be right
@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            SMALL.replace('"meeting"\nparent', '"consultation"\nparent'),
            "row 2, field 'id': 'consultation' stands twice",
        ),
        (
            SMALL.replace('parent = "consultation"', 'parent = "summit"'),
            "row 2, field 'parent': 'summit' does not stand above it",
        ),
        (
            SMALL.replace('"meet", "meet in', '"talk", "meet in'),
            "row 2, field 'verbs': 'talk' already tells 'consultation'",
        ),
        (
            SMALL.replace('"meeting"]', '"talks"]'),
            "row 2, field 'nouns': 'talks' already tells 'consultation'",
        ),
        (
            SMALL.replace("meet in PLACE", "meet in ROOM"),
            "row 2, field 'verbs': 'meet in ROOM': ROOM is no class; there are PLACE",
        ),
        ("[[kind]\n", "row -, field '-': cannot be read as TOML in UTF-8"),
    ],
)
def test_a_kind_that_cannot_be_right_is_refused_with_file_row_and_field(folder, text, message):
    assert str(refusal(folder, text)).startswith(f"kinds.toml, {message}")


@pytest.mark.parametrize("field", ["says", "verbs", "nouns"])
def test_a_kind_without_one_of_its_fields_is_refused(folder, field):
    before, last = SMALL.rsplit("[[kind]]", 1)
    rest = "\n".join(line for line in last.splitlines() if not line.startswith(field))
    refused = refusal(folder, f"{before}[[kind]]{rest}\n")
    assert (refused.file, refused.row, refused.field) == ("kinds.toml", 2, field)


def test_a_phrase_that_is_not_told_for_several_and_for_one_is_refused(folder):
    refused = refusal(folder, SMALL.replace("hold|holds talks", "hold talks"))
    assert (refused.row, refused.field) == (1, "phrase")


def test_a_misspelt_field_of_a_kind_is_refused(folder):
    refused = refusal(folder, SMALL + "symetric = true\n")
    assert (refused.row, refused.field) == (2, "symetric")


def test_a_missing_list_of_verbs_is_refused(folder):
    refused = refusal(folder, SMALL.replace('light_verbs = ["hold"]', ""))
    assert (refused.file, refused.field) == ("kinds.toml", "light_verbs")

import re
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.model import ActorKind, Zone
from app.extract.document import Entity, Sentence
from app.extract.strangers import Stranger, Strangers

_MARK = re.compile(r"<(\w+) ([^>]*)>")


def marked(text: str, begin: int = 0) -> tuple[Sentence, list[Entity]]:
    """A sentence without words from "<LABEL name> left.", with its entities; `begin` is where it stands in the article."""
    entities: list[Entity] = []
    plain, last = "", 0
    for mark in _MARK.finditer(text):
        plain += text[last : mark.start()]
        at = begin + len(plain)
        entities.append(Entity(at, at + len(mark[2]), mark[2], mark[1]))
        plain, last = plain + mark[2], mark.end()
    plain += text[last:]
    return Sentence(begin, begin + len(plain), Zone.BODY, 0, (), ()), entities


def article(*texts: str) -> list[tuple[Sentence, list[Entity]]]:
    told: list[tuple[Sentence, list[Entity]]] = []
    for text in texts:
        told.append(marked(text, told[-1][0].end + 1 if told else 0))
    return told


def seen(*texts: str) -> list[Stranger | None]:
    """The stranger at the last word of each name of an article's sentences."""
    told = article(*texts)
    strangers = Strangers(lambda sentence: next(entities for one, entities in told if one is sentence))
    return [
        strangers.at(sentence, entity.begin + entity.text.rstrip("'’s. -").rfind(" ") + 1)
        for sentence, entities in told
        for entity in entities
    ]


def names(*texts: str) -> list[str | None]:
    return [one and one.name for one in seen(*texts)]


def ids(*texts: str) -> list[str | None]:
    return [one and one.id for one in seen(*texts)]


# ---------------------------------------------------------------- names that the model does not see
@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Sharm Rajapour", Stranger("new-person-sharm-rajapour", "Sharm Rajapour", ActorKind.PERSON, 10, 24)),
        ("President Sharm Rajapour", Stranger("new-person-sharm-rajapour", "Sharm Rajapour", ActorKind.PERSON, 20, 34)),
        (
            "Global Widget Council",
            Stranger("new-organisation-global-widget-council", "Global Widget Council", ActorKind.ORGANISATION, 10, 31),
        ),
        ("Rajapour", None),
        ("President Rajapour", None),
        ("Route 66", None),
    ],
)
def test_a_name_that_acts_is_a_stranger_though_the_model_does_not_see_it(words, expected):
    assert Strangers(lambda sentence: []).told_whole(words, 10) == expected


# ---------------------------------------------------------------- names
def test_an_unknown_person_is_an_actor_whose_id_is_made_of_the_whole_name():
    assert seen("Norway thanked <PERSON Tobias Wendelmann> again.") == [
        Stranger("new-person-tobias-wendelmann", "Tobias Wendelmann", ActorKind.PERSON, 15, 32)
    ]


def test_an_unknown_organisation_is_an_actor_of_that_kind():
    assert seen("<ORG Blue Lantern Group> thanked Norway.") == [
        Stranger("new-organisation-blue-lantern-group", "Blue Lantern Group", ActorKind.ORGANISATION, 0, 18)
    ]


def test_a_person_and_an_organisation_of_one_name_are_two():
    assert ids("<PERSON Wendel Mann> sold <ORG Wendel Mann>.") == [
        "new-person-wendel-mann",
        "new-organisation-wendel-mann",
    ]


@pytest.mark.parametrize("label", ["GPE", "NORP", "DATE", "LOC", "FAC", "EVENT", "CARDINAL", "WORK_OF_ART"])
def test_what_is_neither_a_person_nor_an_organisation_is_no_stranger(label):
    assert seen(f"Norway thanked <{label} Upper Wendelmark> again.") == [None]


@pytest.mark.parametrize(
    "name",
    [
        "tobias wendelmann",
        "Brigade 12",
        "Group 7 Holding",
        "anna@example",
        "Anna@Example Press",
        "News/Press Agency",
        "Monday Club",
        "Wendelmann Friday",
        "Very " * 12 + "Long Name",
        "President",
        "the President",
        "",
        "'s",
        "…",
    ],
)
def test_what_the_parser_takes_for_a_name_and_is_none_is_no_stranger(name):
    assert seen(f"Norway thanked <PERSON {name}> again.") == [None]


@pytest.mark.parametrize(
    "title",
    [
        "President", "the President", "Former President", "Prime Minister", "Foreign Minister", "Deputy Foreign Minister",
        "Defence Minister", "Defense Minister", "Mr", "Mr.", "Mrs.", "Dr.", "Gen.", "Lt. Col.", "General", "King", "Queen",
        "Sheikh", "Senator", "Acting Chief", "Vice President", "Ambassador", "Chancellor", "PRESIDENT",
    ],
)  # fmt: skip
def test_a_title_is_no_part_of_the_name(title):
    text = f"Norway thanked <PERSON {title} Tobias Wendelmann> again."
    begin = len(f"Norway thanked {title} ")
    assert seen(text) == [
        Stranger("new-person-tobias-wendelmann", "Tobias Wendelmann", ActorKind.PERSON, begin, begin + 17)
    ]


@pytest.mark.parametrize("tail", ["'s", "’s", "'", "’", ".", ",", " -", '"'])
def test_what_hangs_on_the_end_is_no_part_of_the_name(tail):
    assert seen(f"<PERSON Tobias Wendelmann{tail}> left.") == [
        Stranger("new-person-tobias-wendelmann", "Tobias Wendelmann", ActorKind.PERSON, 0, 17)
    ]


def test_a_name_that_only_begins_like_a_title_stays_whole():
    assert names("<PERSON Generald Kingsley> met <PERSON Minna Presidentova>.") == [
        "Generald Kingsley", "Minna Presidentova",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["Foreign Trade Bank", "General Harbour Works", "Prince Wendel Trust"])
def test_an_organisation_has_no_title(name):
    assert names(f"Norway thanked <ORG {name}> again.") == [name]


# ---------------------------------------------------------------- ids
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("François Délépine", "Francois Delepine"),
        ("Tobias  Wendelmann", "Tobias Wendelmann"),
        ("Tobias Wendelmann", "TOBIAS WENDELMANN"),
        ("Jean-Paul Meyerling", "Jean Paul Meyerling"),
        pytest.param(
            "Łukasz Żurawinski",
            "Lukasz Zurawinski",
        ),
        pytest.param(
            "Jørn Bækkelund",
            "Jorn Baekkelund",
        ),
    ],
)
def test_two_spellings_of_one_name_share_an_id(one, other):
    assert len(set(ids(f"<PERSON {one}> left.", f"<PERSON {other}> left."))) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tobias Wendelmann", "Jonas Wendelmann"),
        ("Tobias Wendelmann", "Tobias Petersund"),
        ("Tobias Wendelmann", "Tobias J. Wendelmann"),
        ("Tobias Wendelmann", "Wendelmann Tobias"),
        pytest.param(
            "Ольга Вендельман",
            "Пётр Сидорчук",
        ),
    ],
)
def test_two_names_have_two_ids(one, other):
    assert len(set(ids(f"<PERSON {one}> left.", f"<PERSON {other}> left."))) == 2


WORDS = st.text(st.characters(exclude_characters="<>", exclude_categories=("Cs", "Cc")), max_size=12)
NAMES = st.lists(WORDS, min_size=1, max_size=5).map(" ".join)
TITLED = st.tuples(st.sampled_from(("", "President ", "the Deputy Foreign Minister ", "Mr. ")), NAMES).map("".join)


def all_of(texts: Sequence[str]) -> list[tuple[Entity, Stranger]]:
    """Every stranger that any offset of the names is inside of."""
    told = article(*texts)
    strangers = Strangers(lambda sentence: next(entities for one, entities in told if one is sentence))
    return [
        (entity, stranger)
        for sentence, entities in told
        for entity in entities
        for offset in range(entity.begin, entity.end)
        if (stranger := strangers.at(sentence, offset))
    ]


@given(st.lists(TITLED.map("Norway thanked <PERSON {}> again.".format), max_size=3))
def test_a_stranger_stands_inside_its_entity_and_its_id_is_plain(texts):
    for entity, stranger in all_of(texts):
        assert entity.begin <= stranger.begin < stranger.end <= entity.end
        assert re.fullmatch(r"new-person-[^\W_]+(-[^\W_]+)*", stranger.id)
        assert stranger.name == " ".join(stranger.name.split())
        assert stranger.kind is ActorKind.PERSON


@given(st.lists(TITLED.map("Norway thanked <ORG {}> again.".format), max_size=3))
def test_the_same_article_gives_the_same_strangers(texts):
    assert all_of(texts) == all_of(texts)


def test_a_stranger_ends_where_its_name_ends_however_it_is_spaced():
    [one] = seen("<PERSON Tobias   Wendelmann> left.")
    assert (one.begin, one.end) == (0, 19)


# ---------------------------------------------------------------- where
def test_only_the_offsets_of_the_name_find_the_stranger():
    sentence, entities = marked("Norway thanked <PERSON President Tobias Wendelmann> again.")
    strangers = Strangers(lambda _: entities)
    found = [offset for offset in range(sentence.end + 5) if strangers.at(sentence, offset)]
    assert found == list(range(25, 42))


def test_the_names_of_a_sentence_are_looked_for_once_and_only_when_asked_for():
    told = article("<PERSON Tobias Wendelmann> left.", "<PERSON Jonas Petersund> left.")
    asked: list[int] = []

    def entities(sentence: Sentence) -> list[Entity]:
        asked.append(sentence.begin)
        return next(found for one, found in told if one is sentence)

    strangers = Strangers(entities)
    second = told[1][0]
    assert [strangers.at(second, second.begin + at) is not None for at in (0, 3, 20)] == [True, True, False]
    assert asked == [second.begin]


# ---------------------------------------------------------------- surnames
@pytest.mark.parametrize("name", ["Wendelmann", "President Wendelmann", "Mr. Wendelmann", "Wendelmann's"])
@pytest.mark.parametrize("label", ["PERSON", "ORG"])  # the parser often takes a bare surname for a firm
def test_a_surname_behind_the_whole_name_is_that_person(name, label):
    _, again = seen("<PERSON Tobias Wendelmann> left.", f"<{label} {name}> returned.")
    begin = len("Tobias Wendelmann left. ") + name.index("Wendelmann")
    assert again == Stranger("new-person-tobias-wendelmann", "Tobias Wendelmann", ActorKind.PERSON, begin, begin + 10)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["<PERSON Wendelmann> left."], [None]),
        (["<PERSON President Wendelmann> left."], [None]),
        (["<PERSON Wendelmann> left.", "<PERSON Tobias Wendelmann> returned."], [None, "Tobias Wendelmann"]),
        (["<PERSON Tobias Petersund> left.", "<PERSON Wendelmann> returned."], ["Tobias Petersund", None]),
        (["<PERSON Wendelmann Petersund> left.", "<PERSON Wendelmann> returned."], ["Wendelmann Petersund", None]),
        (["<ORG Tobias Wendelmann> closed.", "<PERSON Wendelmann> returned."], ["Tobias Wendelmann", None]),
        (["<GPE Tobias Wendelmann> fell.", "<PERSON Wendelmann> returned."], [None, None]),
    ],
)
def test_a_surname_without_the_whole_name_of_a_person_before_it_is_nobody(texts, expected):
    assert names(*texts) == expected


def test_one_article_s_surname_says_nothing_in_the_next():
    seen("<PERSON Tobias Wendelmann> left.")
    assert seen("<PERSON Wendelmann> left.") == [None]


def test_a_surname_of_two_strangers_is_not_the_one_named_first():
    *_, last = names(
        "<PERSON Tobias Wendelmann> left.", "<PERSON Jonas Wendelmann> stayed.", "<PERSON Wendelmann> sang."
    )
    assert last in (None, "Jonas Wendelmann")

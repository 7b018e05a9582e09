"""Which id an event keeps."""

from app.core import calendar
from app.core.model import Basis, EventDraft, Status, StoredMention
from app.store.identity import Former, Inheritance, inherit
from tests.factories import mention


def told(key: str, *, begin: int = 0, edtf: str = "2022-01-26") -> StoredMention:
    return StoredMention(key, None, mention(edtf, begin=begin))


def draft(*mentions: StoredMention) -> EventDraft:
    span = calendar.parse("2022-01-26")
    return EventDraft(span, "", "deliver", Status.OCCURRED, Basis.EXPRESSION, (), mentions)


A, B, C = told("a"), told("b"), told("c")


def test_an_event_that_gains_a_mention_keeps_its_id() -> None:
    assert inherit([Former("e1", 1, (B,))], [draft(A, B)]) == Inheritance({0: "e1"}, {}, ())


def test_of_two_that_join_the_older_survives() -> None:
    former = [Former("young", 7, (A,)), Former("old", 3, (B,))]
    assert inherit(former, [draft(A, B)]) == Inheritance({0: "old"}, {"young": "old"}, ())


def test_a_split_leaves_the_id_with_the_first_mention() -> None:
    assert inherit([Former("e1", 1, (A, B, C))], [draft(B, C), draft(A)]) == Inheritance({1: "e1"}, {}, ())


def test_without_its_first_mention_an_event_goes_with_the_next() -> None:
    assert inherit([Former("e1", 1, (A, B, C))], [draft(C), draft(B)]) == Inheritance({1: "e1"}, {}, ())


def test_a_sentence_that_moved_is_still_the_same_act() -> None:
    assert inherit([Former("e1", 1, (A,))], [draft(told("a", begin=300))]) == Inheritance({0: "e1"}, {}, ())


def test_an_act_of_another_day_is_another() -> None:
    moved = draft(told("a", begin=300, edtf="2022-01-27"))
    assert inherit([Former("e1", 1, (A,))], [moved]) == Inheritance({}, {}, ("e1",))


def test_the_same_words_with_another_date_are_the_same_act_redated() -> None:
    assert inherit([Former("e1", 1, (A,))], [draft(told("a", edtf="2022-01-28"))]) == Inheritance({0: "e1"}, {}, ())


def test_the_same_act_elsewhere_comes_before_the_same_words_of_another_day() -> None:
    moved, redated = told("a", begin=300), told("a", edtf="2022-01-28")
    assert inherit([Former("e1", 1, (A,))], [draft(redated), draft(moved)]) == Inheritance({1: "e1"}, {}, ())

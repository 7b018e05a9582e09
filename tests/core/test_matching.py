from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core import matching
from app.core.model import (
    ActorKind,
    ActorRef,
    Basis,
    EventActor,
    EventDraft,
    Extent,
    Mention,
    Reporter,
    Role,
    Status,
    Step,
    StoredMention,
    Trigger,
    Zone,
)
from app.lexicon import DATA
from app.lexicon.kinds import load_kinds
from tests.factories import LAVROV, NATO, RUSSIA, USA, Who, mention, ref

CHINA = ("CHN", "China", ActorKind.STATE, "CHN")
PUTIN = ("vladimir-putin", "Vladimir Putin", ActorKind.PERSON, "RUS")


def told(
    edtf: str | None = "2022-01-26",
    *actors: ActorRef,
    kind: str = "delivery",
    lemma: str = "receive",
    objects: tuple[str, ...] = ("note",),
    status: Status = Status.OCCURRED,
) -> Mention:
    """A mention of an act; without actors given, Russia does it to the United States."""
    plain = mention(edtf, kind=kind, lemma=lemma, status=status)
    return replace(plain, objects=objects, actors=actors or plain.actors)


def stored(one: Mention, article: str = "a.txt", begin: int = 0) -> StoredMention:
    sentence, trigger = one.sentence, one.trigger
    moved = replace(
        one,
        sentence=Extent(begin, begin + sentence.end - sentence.begin, sentence.text),
        trigger=Trigger(begin + 7, begin + 15, trigger.lemma),
    )
    return StoredMention(article, None, moved)


def source(who: Who) -> ActorRef:
    return ref(who, role=Role.SOURCE)


def target(who: Who) -> ActorRef:
    return ref(who, role=Role.TARGET)


def participant(who: Who) -> ActorRef:
    return ref(who, role=Role.PARTICIPANT)


def events(*mentions: Mention) -> Sequence[EventDraft]:
    """The events of mentions that stand one in each article, in the order given."""
    return matching.cluster(stored(one, f"{number:02d}.txt") for number, one in enumerate(mentions))


def partition(drafts: Sequence[EventDraft]) -> list[list[str]]:
    return [[one.article_key for one in draft.mentions] for draft in drafts]


# ---------------------------------------------------------------- claims
LAVROV_SAYS = Reporter("sergei-lavrov", "Sergei Lavrov", 0, 5)
OFFICIALS_SAY = Reporter(None, "officials", 3, 12)


def claim(reporter: Reporter | None) -> Mention:
    return replace(told(), reported_by=reporter)


@pytest.mark.parametrize(
    ("reporters", "claimed"),
    [
        ([None], None),
        ([LAVROV_SAYS], LAVROV_SAYS),
        ([LAVROV_SAYS, replace(LAVROV_SAYS, begin=9, end=15)], LAVROV_SAYS),
        ([OFFICIALS_SAY], OFFICIALS_SAY),
        ([LAVROV_SAYS, None], None),
        ([None, LAVROV_SAYS], None),
        ([LAVROV_SAYS, OFFICIALS_SAY], None),
    ],
)
def test_an_act_is_a_claim_while_one_speaker_alone_tells_it(reporters, claimed):
    [event] = events(*map(claim, reporters))
    assert event.reported_by == claimed


# ---------------------------------------------------------------- the rule
def test_two_reports_of_one_day_one_doer_and_one_kind_are_one_act():
    verdict = matching.compare(told(), told())
    assert (verdict.same, verdict.score) == (True, 9)
    assert verdict.says == (
        "both on 2022-01-26 (3); RUS acts in both (2); delivery (2); both by the word 'receive' (1); both about note (1)"
    )
    assert verdict.score == 3 + 2 + 2 + 1 + 1


def test_every_point_of_the_score_is_kept_as_a_part():
    parts = matching.compare(told(), told("2022-01", lemma="get")).parts
    assert [(part.name, part.points) for part in parts] == [("date", 1), ("doers", 2), ("kind", 2), ("objects", 1)]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2022-01-26", "2022-01-26", True),
        ("2022-01-26", "2022-01", True),
        ("2022-01", "2022-01-26", True),
        ("2022-01-26", "[2022-01-24..2022-01-30]", True),
        ("2022-01-26", "2022-01-10/2022-01-28", True),
        ("2022", "2022", True),
        ("2022-01-26", "2022-01-28", False),
        ("2022-01-26", "2021-12", False),
        ("2022-01-26", "2022", False),
        ("2022-01", "2022-01-31/2022-02-02", False),
    ],
)
def test_dates_agree_when_they_are_equal_or_one_lies_inside_the_other_and_neither_is_wider_than_a_month(
    one, other, same
):
    assert matching.compare(told(one), told(other)).same is same


def test_dates_that_disagree_are_named():
    assert matching.compare(told("2022-01-26"), told("2022-01-28")) == matching.Verdict(
        objection="2022-01-26 and 2022-01-28 do not agree"
    )


def test_what_has_no_date_is_no_act_of_any_other():
    assert matching.compare(told(None), told()) == matching.Verdict(objection="one of them has no date")
    assert not matching.candidates(stored(told(None)), stored(told()))


@pytest.mark.parametrize(
    ("one", "other"),
    [("proposal", "delivery"), ("delivery", "response"), ("meeting", "summit"), ("consultation", "call")],
)
def test_kinds_that_news_tells_for_one_another_agree(one, other):
    verdict = matching.compare(told(kind=one), told(kind=other))
    assert (verdict.same, verdict.score) == (True, 8)
    assert f"{one} and {other} tell one act" in verdict.says


@pytest.mark.parametrize(("one", "other"), [("delivery", "assault"), ("call", "visit"), ("proposal", "response")])
def test_other_kinds_are_different_acts(one, other):
    assert matching.compare(told(kind=one), told(kind=other)).says == f"{one} and {other} are different acts"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("agreement", "signing"),
        ("sanction", "expulsion"),
        ("recognition", "embassy-opened"),
        ("meeting", "negotiation"),
        ("statement", "ultimatum"),
        ("retreat", "treaty-withdrawal"),
        ("signing", "ceasefire"),
        ("vote", "appointment"),
    ],
)
def test_a_kind_fits_the_one_it_refines_and_what_that_is_told_for(one, other):
    assert matching.compare(told(kind=one), told(kind=other)).same
    assert matching.compare(told(kind=other), told(kind=one)).same


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("signing", "ratification"),
        ("expulsion", "recall"),
        ("suspension", "treaty-withdrawal"),
        ("sanctions-imposed", "sanctions-lifted"),
        ("relations-established", "embassy-opened"),
        ("invitation", "summons"),
        ("address", "interview"),
        ("recall", "signing"),
    ],
)
def test_two_kinds_that_refine_one_are_different_acts(one, other):
    assert matching.compare(told(kind=one), told(kind=other)).says == f"{one} and {other} are different acts"


def test_what_refines_a_kind_here_refines_it_in_the_lexicon():
    kinds = load_kinds(DATA).kinds
    assert {fine: kinds[fine].parent for fine in matching.REFINES} == matching.REFINES
    told_apart = {
        "interview",
        "press-conference",
        "address",
        "meeting",
        "summit",
        "call",
        "visit",
        "mediation",
        "recognition",
    }
    assert {kind.id for kind in kinds.values() if kind.parent} == {*matching.REFINES, *told_apart}


def test_a_minister_counts_for_the_state():
    verdict = matching.compare(told("2022-01-26", source(LAVROV)), told("2022-01-26", source(RUSSIA)))
    assert verdict.same and "RUS acts in both" in verdict.says


def test_acts_of_nobody_in_common_are_not_the_same_however_alike_they_are():
    verdict = matching.compare(told("2022-01-26", source(RUSSIA)), told("2022-01-26", source(CHINA)))
    assert not verdict.same


def test_who_acts_in_the_one_and_suffers_in_the_other_does_not_make_them_the_same():
    one = told("2022-01-26", source(RUSSIA), target(USA))
    other = told("2022-01-26", source(USA), target(RUSSIA))
    assert not matching.compare(one, other).same


def test_where_the_text_names_no_doer_everyone_it_names_counts():
    bare = told("2022-01-26", ref(RUSSIA, role=Role.OTHER))
    assert matching.compare(bare, told()).same


def test_a_date_inside_a_month_alone_is_too_little_in_common():
    one = told("2022-01-26", kind="proposal", lemma="present", objects=())
    other = told("2022-01", kind="delivery", lemma="send", objects=())
    verdict = matching.compare(one, other)
    assert (verdict.same, verdict.possible, verdict.score) == (False, True, 4)
    assert (
        verdict.says
        == "2022-01-26 and 2022-01 agree (1); RUS acts in both (2); proposal and delivery tell one act (1); no word in common"
    )


# ---------------------------------------------------------------- what speaks against it
@pytest.mark.parametrize(
    ("one", "other", "says"),
    [
        (told(status=Status.DENIED), told(), "one is denied, the other occurred"),
        (told(status=Status.SCHEDULED), told(status=Status.HYPOTHETICAL), "one is scheduled, the other hypothetical"),
        (told("2022-01-26", source(LAVROV)), told("2022-01-26", source(PUTIN)), "different people act"),
        (
            told("2022-01-26", source(LAVROV), kind="statement"),
            told("2022-01-26", source(RUSSIA), kind="statement"),
            "only one of them says who speaks",
        ),
        (
            told("2022-01-26", source(RUSSIA), target(USA)),
            told("2022-01-26", source(RUSSIA), target(CHINA)),
            "different counterparts",
        ),
        (
            told("2022-01-26", participant(RUSSIA), participant(USA)),
            told("2022-01-26", participant(RUSSIA), participant(CHINA)),
            "different participants",
        ),
        (
            told(kind="visit", status=Status.SCHEDULED),
            told(kind="meeting", status=Status.DENIED),
            "visit is planned, meeting is denied",
        ),
        (
            told("2022-01", status=Status.SCHEDULED),
            told("2022-01-26", status=Status.DENIED),
            "planned for 2022-01, denied of 2022-01-26",
        ),
        (
            told("2022-01-26", *map(participant, (RUSSIA, USA, CHINA)), status=Status.SCHEDULED),
            told("2022-01-26", participant(CHINA), status=Status.DENIED),
            "denied of some who were to act, not of all",
        ),
    ],
)
def test_an_objection_keeps_acts_apart_though_date_and_kind_agree(one, other, says):
    assert not matching.compare(other, one).same
    assert matching.compare(one, other) == matching.Verdict(objection=says)
    assert partition(events(one, other)) == [["00.txt"], ["01.txt"]]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (told(status=Status.SCHEDULED), told()),
        (told("2022-01-26", source(LAVROV), target(USA)), told("2022-01-26", source(LAVROV))),
        (
            told("2022-01-26", participant(RUSSIA), participant(USA), participant(NATO)),
            told("2022-01-26", participant(USA), participant(RUSSIA)),
        ),
    ],
)
def test_what_one_report_tells_more_than_the_other_is_no_objection(one, other):
    assert matching.compare(one, other).same


def test_what_was_announced_and_came_to_pass_is_one_event_that_occurred():
    [event] = events(told(status=Status.SCHEDULED), told(status=Status.OCCURRED))
    assert event.status is Status.OCCURRED


@pytest.mark.parametrize(
    ("planned", "denied"),
    [
        (told(), told()),
        (told("2022-01-26"), told("2022-01")),
        (told(kind="consultation"), told(kind="meeting")),
        (told("2022-01-26", participant(RUSSIA), participant(USA)), told("2022-01-26", participant(USA))),
        (
            told("2022-01-26", *map(participant, (RUSSIA, USA, CHINA))),
            told("2022-01-26", *map(participant, (CHINA, USA, RUSSIA, NATO))),
        ),
        (
            told("2022-01-26", *map(participant, (RUSSIA, USA, CHINA))),
            told("2022-01-26", *(ref(who, role=Role.OTHER) for who in (RUSSIA, CHINA))),
        ),
    ],
)
def test_what_was_planned_and_did_not_take_place_is_one_event_that_is_denied(planned, denied):
    plan = replace(planned, status=Status.SCHEDULED, title="Russia is to receive a note")
    denial = replace(denied, status=Status.DENIED, title="Russia does not receive a note")
    for pair in ((plan, denial), (denial, plan)):
        [event] = events(*pair)
        assert (event.status, event.span) == (Status.DENIED, plan.span)
        assert {one.mention.status for one in event.mentions} == {Status.SCHEDULED, Status.DENIED}


@pytest.mark.parametrize(
    ("statuses", "title"),
    [
        ((Status.SCHEDULED, Status.DENIED), "denied"),
        ((Status.DENIED, Status.SCHEDULED), "denied"),
        ((Status.SCHEDULED, Status.OCCURRED), "occurred"),
        ((Status.OCCURRED, Status.SCHEDULED), "occurred"),
    ],
)
def test_the_title_tells_what_became_of_a_plan(statuses, title):
    [event] = events(*(replace(told(status=status), title=status.value) for status in statuses))
    assert event.title == title


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (told(lemma="send"), told(lemma="get"), False),
        (told("2022-01-26", source(LAVROV), lemma="send"), told("2022-01-26", source(LAVROV), lemma="get"), True),
        (
            told("2022-01-26", source(LAVROV), kind="statement", lemma="say"),
            told("2022-01-26", source(LAVROV), kind="statement", lemma="comment"),
            False,
        ),
        (
            told("2022-01-26", participant(RUSSIA), participant(USA), lemma="meet", kind="meeting"),
            told("2022-01-26", participant(RUSSIA), participant(USA), lemma="meeting", kind="meeting"),
            True,
        ),
    ],
)
def test_a_denial_needs_more_in_common_with_a_plan_than_one_doer_and_a_day(one, other, same):
    plan = replace(one, objects=(), status=Status.SCHEDULED)
    verdict = matching.compare(plan, replace(other, objects=(), status=Status.DENIED))
    assert (verdict.same, verdict.lacking) == (same, None if same else "no word in common")
    assert matching.compare(plan, replace(other, objects=(), status=Status.OCCURRED)).same


@pytest.mark.parametrize("likest", [Status.OCCURRED, Status.DENIED])
def test_a_plan_of_which_some_say_it_was_done_and_others_not_joins_whom_it_is_most_like(likest):
    plan = told(status=Status.SCHEDULED, objects=("note", "reply"))
    reports = [
        told(status=status, objects=plan.objects if status is likest else ("note",))
        for status in (Status.OCCURRED, Status.DENIED)
    ]
    for order in permutations((plan, *reports)):
        drafts = events(*order)
        assert sorted(len(draft.mentions) for draft in drafts) == [1, 2]
        [joined] = [draft for draft in drafts if len(draft.mentions) == 2]
        [alone] = [draft for draft in drafts if len(draft.mentions) == 1]
        assert joined.status is likest
        assert [link.key for link in alone.possible] == [joined.mentions[0].key]


# ---------------------------------------------------------------- words in common
@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (told(kind="delivery", lemma="send"), told(kind="response", lemma="reply"), True),
        (told(kind="delivery", lemma="send", objects=()), told(kind="response", lemma="reply", objects=()), False),
        (told("2022-01", lemma="send", objects=()), told(lemma="hand", objects=()), False),
        (told("2022-01", lemma="send", objects=()), told(lemma="send", objects=()), True),
        (told(lemma="send", objects=()), told(lemma="hand", objects=()), True),
    ],
)
def test_other_kinds_or_wider_dates_need_a_word_in_common(one, other, same):
    assert matching.compare(one, other).same is same


@pytest.mark.parametrize(
    ("clause", "other", "shared"),
    [
        ("Moscow sent a note about Kosovo", "Moscow hands a note about Kosovo", "Kosovo"),
        ("Moscow sent Resolution 1441 back", "Moscow returned Resolution 1441", "1441, Resolution"),
        ("Moscow sent 30 notes on Friday", "Moscow sent 30 notes on Friday in 2022", None),
        (
            "Kosovo got a note",
            "Kosovo took a note",
            None,
        ),  # a sentence's first word may have its capital for that alone
    ],
)
def test_names_and_numbers_that_are_neither_actors_nor_dates_are_words_in_common(clause, other, shared):
    def saying(text: str) -> Mention:
        plain = told("2022-01-26", source(RUSSIA), objects=())
        return replace(plain, clause=Extent(0, len(text), text))

    says = [part.says for part in matching.compare(saying(clause), saying(other)).parts if part.name == "names"]
    assert says == ([f"both name {shared}"] if shared else [])


def test_what_was_agreed_meets_what_was_signed():
    signed = told("2022-01-26", participant(RUSSIA), kind="signing", lemma="sign", objects=("treaty",))
    accord = told("2022-01-26", participant(RUSSIA), kind="agreement", lemma="accord", objects=())
    assert matching.compare(signed, accord).same


def test_a_verb_meets_what_was_to_be_done():
    voted = told("2022-01-26", source(NATO), kind="vote", lemma="vote", objects=("endorse",))
    endorsed = told("2022-01", source(NATO), kind="support", lemma="endorse", objects=())
    assert matching.compare(voted, endorsed).same


def test_one_article_that_tells_two_acts_in_different_words_means_two():
    initialled = told("2022-01-26", participant(RUSSIA), participant(USA), kind="signing", lemma="initial", objects=())
    settled = told("2022-01-26", participant(RUSSIA), participant(USA), kind="signing", lemma="settle", objects=())
    apart = matching.cluster([stored(initialled, "a.txt", 0), stored(settled, "a.txt", 200)])
    assert len(apart) == 2
    assert len(matching.cluster([stored(initialled, "a.txt"), stored(settled, "b.txt")])) == 1


# ---------------------------------------------------------------- a date in dispute
def test_two_reports_a_day_apart_of_an_act_that_is_done_once_are_one_with_its_date_in_dispute():
    drafts = events(told("2022-01-26"), told("2022-01-27"), told("2022-01-27"))
    [event] = drafts
    assert event.span.edtf == "2022-01-27"
    assert [(claim.span.edtf, claim.articles) for claim in event.dates] == [
        ("2022-01-27", ("01.txt", "02.txt")),
        ("2022-01-26", ("00.txt",)),
    ]
    assert event.confidence < events(told(), told(), told())[0].confidence


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (told("2022-01-26", kind="statement"), told("2022-01-27", kind="statement")),
        (told("2022-01-26"), told("2022-01-27", lemma="get")),
        (told("2022-01-26", objects=()), told("2022-01-27", objects=())),
        (told("2022-01-26"), told("2022-01-28")),
    ],
)
def test_what_is_said_daily_or_told_otherwise_a_day_later_is_another_act(one, other):
    assert len(events(one, other)) == 2


def test_dates_that_agree_are_not_in_dispute():
    [event] = events(told("2021-12-15"), told("2021-12"))
    assert event.dates == ()


# ---------------------------------------------------------------- what a person may decide
def test_what_is_nearly_alike_is_possibly_the_same_and_both_say_so():
    near = told("2022-01", kind="proposal", lemma="present", objects=())
    one, other = events(near, told("2022-01-26", objects=()))
    assert [link.key for link in one.possible] == [other.mentions[0].key]
    assert [link.key for link in other.possible] == [one.mentions[0].key]
    assert one.possible[0].score == other.possible[0].score == 4


def test_what_fits_two_events_joins_one_and_is_possibly_the_other():
    first, second = events(told("2021-12-15"), told("2021-12-17"), told("2021-12"))
    assert [link.key for link in first.possible] == [second.mentions[0].key]
    assert [link.key for link in second.possible] == [first.mentions[0].key]


def test_what_shares_nothing_but_a_day_is_not_possibly_the_same():
    assert [event.possible for event in events(told(), told(kind="assault"))] == [(), ()]


# ---------------------------------------------------------------- its kind
def test_an_event_takes_the_finer_kind_whichever_report_tells_it():
    coarse = replace(told(kind="agreement"), title="A short title", objects=("note", "treaty"))
    fine = replace(told(kind="signing"), title="A title that was cut…")
    for pair in ((coarse, fine), (fine, coarse)):
        [event] = events(*pair)
        assert (event.title, event.kind) == ("A short title", "signing")


# ---------------------------------------------------------------- how sure
def in_words(sentence: str) -> Mention:
    return replace(told(), sentence=Extent(0, len(sentence), sentence))


FIRST = "Moscow received a note from Washington on January 26, the ministry told reporters in the evening."
EDITED = "Moscow received a note from Washington on January 26, the ministry told reporters in the evening, it said."
OTHER = "A note of the United States was handed over in Moscow on Wednesday."


def tellers(*told_by: tuple[str, str | None, str]) -> EventDraft:
    """The event that articles of outlets tell in these sentences."""
    [event] = matching.cluster([StoredMention(key, outlet, in_words(sentence)) for key, outlet, sentence in told_by])
    return event


@pytest.mark.parametrize(
    ("told_by", "outlets"),
    [
        ([("a", "One", FIRST)], 1),
        ([("a", "One", FIRST), ("b", "Two", OTHER)], 2),
        ([("a", "One", FIRST), ("b", "One", OTHER)], 1),
        ([("a", "One", FIRST), ("b", "Two", FIRST)], 1),
        ([("a", "One", FIRST), ("b", "Two", EDITED)], 1),
        ([("a", None, FIRST), ("b", None, OTHER)], 2),
        ([("a", "One", FIRST), ("b", "Two", FIRST), ("c", "Two", OTHER), ("d", "Three", OTHER)], 1),
    ],
)
def test_an_outlet_counts_once_and_so_do_copies_of_one_text(told_by, outlets):
    assert tellers(*told_by).outlets == tellers(*reversed(told_by)).outlets == outlets


def test_every_independent_outlet_makes_an_event_surer():
    alone = tellers(("a", "One", FIRST)).confidence
    copied = tellers(("a", "One", FIRST), ("b", "Two", EDITED)).confidence
    twice = tellers(("a", "One", FIRST), ("b", "Two", OTHER)).confidence
    assert 0 < alone == copied < twice < 1


@pytest.mark.parametrize(
    "doubtful",
    [
        claim(LAVROV_SAYS),
        replace(told(), basis=Basis.ARTICLE),
        replace(told(), zone=Zone.CAPTION),
        told("2022-01-26", ref(RUSSIA, role=Role.OTHER)),
        told(kind="other"),
    ],
)
def test_claims_captions_occasions_and_acts_of_nobody_are_less_sure(doubtful):
    assert events(doubtful)[0].confidence < events(told())[0].confidence


def test_every_event_says_by_which_rules_it_was_made():
    assert events(told())[0].rules == matching.RULES


# ---------------------------------------------------------------- a month's report
def test_a_report_of_a_month_joins_the_day_it_shares_most_with():
    presented = told("2021-12-15", kind="proposal", lemma="present", objects=("proposal",))
    published = told("2021-12-17", kind="publication", lemma="publish", objects=("draft",))
    month = told("2021-12", kind="proposal", lemma="propose", objects=("proposal", "guarantee"))
    assert partition(events(presented, published, month)) == [["00.txt", "02.txt"], ["01.txt"]]


def test_a_report_of_a_month_joins_one_of_two_days_that_fit_alike_and_never_both():
    drafts = events(told("2021-12-15"), told("2021-12-17"), told("2021-12"))
    assert partition(drafts) == [["00.txt", "02.txt"], ["01.txt"]]
    assert [draft.span.edtf for draft in drafts] == ["2021-12-15", "2021-12-17"]


def test_a_report_of_a_month_that_fits_no_day_is_an_event_of_its_own():
    drafts = events(told("2021-12-15"), told("2021-12", kind="assault"))
    assert [draft.span.edtf for draft in drafts] == ["2021-12", "2021-12-15"]


def test_an_objection_to_any_report_of_an_event_keeps_a_mention_out_of_it():
    plain = told("2022-01-26", source(RUSSIA))
    to_usa = told("2022-01-26", source(RUSSIA), target(USA))
    to_china = told("2022-01-26", source(RUSSIA), target(CHINA))
    assert partition(events(plain, to_usa, to_china)) == [["00.txt", "01.txt"], ["02.txt"]]


# ---------------------------------------------------------------- what they say together
def test_an_event_is_its_narrowest_date_its_best_title_and_each_actor_once_with_its_weightiest_role():
    day = replace(told("2021-12-15", source(LAVROV), target(USA)), title="Sergei Lavrov hands over a note")
    month = replace(
        told("2021-12", source(RUSSIA), ref(USA, role=Role.OTHER)),
        title="Russia hands over a note",
        basis=Basis.ARTICLE,
    )
    caption = replace(told("2021-12-15", source(LAVROV)), title="A caption", zone=Zone.CAPTION)
    [event] = events(caption, day, month)
    shared = "RUS acts in both (2); delivery (2); both by the word 'receive' (1); both about note (1)"
    assert event == EventDraft(
        span=day.span,
        title="Sergei Lavrov hands over a note",
        kind="delivery",
        status=Status.OCCURRED,
        basis=Basis.EXPRESSION,
        actors=(
            EventActor("RUS", "Russia", ActorKind.STATE, "RUS", Role.SOURCE),
            EventActor("sergei-lavrov", "Sergei Lavrov", ActorKind.PERSON, "RUS", Role.SOURCE),
            EventActor("USA", "United States", ActorKind.STATE, "USA", Role.TARGET),
        ),
        mentions=(stored(caption, "00.txt"), stored(day, "01.txt"), stored(month, "02.txt")),
        explanation=(
            Step(
                "same-act",
                f"01.txt: both on 2021-12-15 (3); {shared}",
            ),
            Step(
                "same-act",
                f"02.txt: 2021-12 and 2021-12-15 agree (1); {shared}",
            ),
        ),
        confidence=0.8,
        rules=matching.RULES,
        outlets=1,
    )


def test_who_is_only_named_beside_the_act_is_left_out_where_somebody_acts():
    [event] = events(told("2022-01-26", source(RUSSIA), ref(CHINA, role=Role.OTHER)))
    assert [actor.id for actor in event.actors] == ["RUS"]


def test_a_single_report_needs_no_explanation():
    [event] = events(told())
    assert event.explanation == ()


def test_every_join_is_explained():
    [event] = events(told(), told(), told("2022-01"))
    assert [step.says.partition(":")[0] for step in event.explanation] == ["01.txt", "02.txt"]
    assert {step.rule for step in event.explanation} == {"same-act"}


def test_acts_without_a_date_are_on_no_timeline():
    assert events(told(None)) == []
    assert matching.cluster(()) == []


# ---------------------------------------------------------------- properties
EDTFS = ("2021-12-15", "2021-12-17", "2021-12", "[2021-12-10..2021-12-17]", "2021-12-15/2021-12-20", "2021", None)
PARTS = st.sampled_from((Role.SOURCE, Role.TARGET, Role.PARTICIPANT, Role.OTHER))
WHOS = st.sampled_from((RUSSIA, USA, NATO, LAVROV, PUTIN, CHINA))
ACTORS = st.lists(st.builds(lambda who, role: ref(who, role=role), WHOS, PARTS), min_size=1, max_size=3)
MENTIONS = st.builds(
    lambda edtf, actors, kind, lemma, objects, status: told(
        edtf, *actors, kind=kind, lemma=lemma, objects=objects, status=status
    ),
    st.sampled_from(EDTFS),
    ACTORS,
    st.sampled_from(("proposal", "delivery", "publication", "statement", "meeting")),
    st.sampled_from(("send", "present")),
    st.sampled_from(((), ("note",), ("draft", "note"))),
    st.sampled_from(Status),
)
DOZEN = st.lists(MENTIONS, min_size=2, max_size=12).map(
    lambda made: [stored(one, f"{number % 4}.txt", 100 * number) for number, one in enumerate(made)]
)


@st.composite
def shuffled(draw: st.DrawFn) -> tuple[list[StoredMention], list[StoredMention]]:
    made = draw(DOZEN)
    return made, draw(st.permutations(made))


@given(shuffled())
def test_the_events_do_not_depend_on_the_order_in_which_mentions_came(orders):
    made, other = orders
    assert matching.cluster(made) == matching.cluster(other)


@given(DOZEN)
def test_every_dated_mention_stands_in_exactly_one_event(made):
    standing = [one.key for draft in matching.cluster(made) for one in draft.mentions]
    assert sorted(standing) == sorted(one.key for one in made if one.mention.span)


@given(DOZEN)
def test_every_report_of_an_event_allows_the_event_s_date_or_stands_among_those_in_dispute(made):
    for draft in matching.cluster(made):
        dates = [claim.span for claim in draft.dates] or [draft.span]
        assert dates[0] == draft.span
        for one in draft.mentions:
            assert one.mention.span and any(one.mention.span.holds(span) for span in dates)


@given(DOZEN)
def test_no_two_reports_of_an_event_speak_against_each_other(made):
    objections = ("different", "only one", "one is", "planned for", "denied of")
    for draft in matching.cluster(made):
        for one in draft.mentions:
            for other in draft.mentions:
                assert not matching.compare(one.mention, other.mention).says.startswith(objections)


@given(MENTIONS, MENTIONS)
def test_comparing_is_mutual_and_only_candidates_are_the_same(one, other):
    verdict, mirrored = matching.compare(one, other), matching.compare(other, one)
    assert (verdict.same, verdict.score) == (mirrored.same, mirrored.score)
    if verdict.same:
        assert matching.candidates(stored(one), stored(other, "b.txt"))


@given(DOZEN)
def test_the_timeline_of_the_events_is_in_order(made):
    drafts = matching.cluster(made)
    keys = [(draft.span.first_day, draft.span.last_day, draft.mentions[0].key) for draft in drafts]
    assert keys == sorted(keys)

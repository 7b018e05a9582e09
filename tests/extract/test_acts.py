import pytest

from app.core.model import Mention, Role, Status
from tests.extract.conftest import Desk


def parts(one: Mention, role: Role) -> set[str]:
    return {ref.id for ref in one.actors if ref.role is role}


def sides(desk: Desk, text: str) -> tuple[set[str], set[str]]:
    """Who did it and to whom, in the one act that the text dates."""
    one = desk.mention(text)
    return parts(one, Role.SOURCE), parts(one, Role.TARGET)


def participants(desk: Desk, text: str) -> set[str]:
    one = desk.mention(text)
    assert not parts(one, Role.SOURCE) | parts(one, Role.TARGET)
    return parts(one, Role.PARTICIPANT)


# ---------------------------------------------------------------- roles
@pytest.mark.parametrize(
    "text",
    [
        "Russia sent China a letter on January 20.",
        "Russia sent a letter to China on January 20.",
        "On January 20 Russia handed over a letter to China.",
        "A letter was sent by Russia to China on January 20.",
        "China received a letter from Russia on January 20.",
        "China got a letter from Russia on January 20.",
        "Russia accused China on January 20 of lying.",
        "China was accused by Russia on January 20.",
        "Russia imposed sanctions against China on January 20.",
        "Russia has decided to send a letter to China on January 20.",
        "Russia, which borders China's neighbours, sent China a letter on January 20.",
    ],
)
def test_the_doer_is_the_source_and_the_other_side_the_target_however_the_clause_is_turned(desk, text):
    assert sides(desk, text) == ({"RUS"}, {"CHN"})


def test_the_doer_of_a_passive_that_keeps_its_object_is_the_source(desk):
    assert sides(desk, "China was sent a letter by Russia on January 20.") == ({"RUS"}, {"CHN"})


def test_who_is_given_a_note_did_not_send_it(desk):
    assert sides(desk, "Russia was given a note by China on January 20.") == ({"CHN"}, {"RUS"})


def test_a_host_who_receives_a_guest_is_not_delivered_anything(desk):
    one = desk.mention("Prime Minister Viktor Orban received President Vladimir Putin on January 20.")
    assert one.kind in ("visit", "meeting") and parts(one, Role.SOURCE) != {"vladimir-putin"}


def test_two_verbs_of_one_subject_share_it(desk):
    text = "Russia presented a plan to NATO on December 15 and published its drafts on December 17."
    assert [(one.trigger.lemma, parts(one, Role.SOURCE)) for one in desk.mentions(text)] == [
        ("present", {"RUS"}), ("publish", {"RUS"}),
    ]  # fmt: skip


def test_who_is_named_in_a_title_or_a_place_does_not_act(desk):
    one = desk.mention("US Secretary of State Antony Blinken met Sergei Lavrov in Moscow on January 20.")
    assert {ref.id for ref in one.actors} == {"antony-blinken", "sergey-lavrov"}


def test_a_participle_in_a_parenthesis_has_the_actors_of_the_verb_before_it(desk):
    assert sides(desk, "Russia sent the United States a letter (passed on to NATO on January 28).") == (
        {"RUS"},
        {"USA"},
    )


def test_an_actor_knows_its_words_and_the_way_it_was_named(desk):
    text = "US Secretary of State Antony Blinken sent Moscow a letter on January 20."
    one = desk.mention(text)
    assert [(ref.id, ref.via, text[ref.begin : ref.end]) for ref in one.actors] == [
        ("antony-blinken", "title", "Antony Blinken"), ("RUS", "capital", "Moscow"),
    ]  # fmt: skip


# ---------------------------------------------------------------- through what an act leads to
@pytest.mark.parametrize(
    "text",
    [
        "Egypt threatened on January 20 to ban Norway.",
        "Egypt threatened to ban Norway on January 20.",
        "On January 20 Egypt threatened to ban ships from Norway.",
        "On January 20 Egypt threatened that it would expel Norwegians.",
        "Egypt said on January 20 it would boycott contact with Norway.",
        "Egypt said on January 20 that it would boycott contacts with the Norwegian government.",
        "Egypt promised on January 20 that it would send troops to Norway.",
        "Egypt pledged on January 20 to send aid to Norway.",
        "Egypt declared on January 20 that it need not answer Norway.",
        "Egypt said on January 20 that Norway must leave.",
        "Egypt said on January 20 that Norway should apologise.",
        "Egypt said on January 20 that it was attacked by Norway.",
        "Egypt said on January 20 it will leave the treaty unless Norway pays.",
        "Egypt will leave the union on February 20 unless Norway pays.",
        "Egypt will leave on February 20 if Norway stays.",
        "Egypt demanded on January 20 that Norway withdraw.",
        "On January 20 Egypt marched to demand the return of Norway.",
    ],
)
def test_an_act_that_names_no_target_of_its_own_is_aimed_at_those_it_leads_to(desk, text):
    assert sides(desk, text) == ({"EGY"}, {"NOR"})


@pytest.mark.parametrize(
    "text",
    [
        "Egypt urged Norway on January 20 to leave Sudan.",
        "Egypt called on Norway on January 20 to leave Sudan.",
        "Egypt accused Norway on January 20 of attacking Sudan.",
        "Egypt demanded on January 20 that Norway withdraw from Sudan.",
    ],
)
def test_whom_an_act_only_reaches_is_no_target_beside_the_one_at_whom_it_is_aimed(desk, text):
    assert sides(desk, text) == ({"EGY"}, {"NOR"})


@pytest.mark.parametrize(
    "text",
    [
        "Egypt said on January 20 that Norway had left.",
        "Egypt said on January 20 that Norway was large.",
        "Egypt said on January 20 that Norway would leave Sudan.",
        "Egypt will leave on February 20 because Norway stays.",
        "Egypt will leave on February 20 while Norway stays.",
    ],
)
def test_who_is_only_told_of_is_no_target(desk, text):
    assert sides(desk, text) == ({"EGY"}, set())


def test_who_must_leave_and_what_it_must_leave_are_both_reached(desk):
    assert sides(desk, "Egypt said on January 20 that Norway must leave Sudan.") == ({"EGY"}, {"NOR", "SDN"})


def test_what_is_done_together_reaches_nobody_beyond_those_who_do_it(desk):
    assert participants(desk, "Egypt met Norway on January 20 to punish Sudan.") == {"EGY", "NOR"}


@pytest.mark.parametrize(
    "text",
    ["Egypt was ready to attack Norway on January 20.", "Egypt is eager to ban Norway on February 20."],
)
def test_who_is_ready_to_do_it_is_its_source(desk, text):
    assert sides(desk, text) == ({"EGY"}, {"NOR"})


# ---------------------------------------------------------------- by place
@pytest.mark.parametrize(
    ("text", "source", "target"),
    [
        ("Rebels in Chad attacked a village on January 20.", {"TCD"}, set()),
        ("Rebels in Chad attacked Sudan on January 20.", {"TCD"}, {"SDN"}),
        ("On January 20 rebels in Chad attacked a convoy from Sudan.", {"TCD"}, {"SDN"}),
        ("Rebels in Chad attacked a village in Sudan on January 20.", {"TCD"}, {"SDN"}),
        ("Police in Chad arrested a Norwegian on January 20.", {"TCD"}, {"NOR"}),
        ("Students in Peru protested on January 20.", {"PER"}, set()),
        ("Workers protested in Peru on January 20.", set(), {"PER"}),
        ("Police arrested a poet in Chad on January 20.", set(), {"TCD"}),
        ("A church was bombed in Chad on January 20.", set(), {"TCD"}),
        ("Doctors delivered aid in Norway on January 20.", set(), {"NOR"}),
        ("Soldiers of Egypt arrested a poet in Sudan on January 20.", {"EGY"}, {"SDN"}),
        ("Egypt arrested rebels in Chad and Sudan on January 20.", {"EGY"}, {"TCD", "SDN"}),
        ("Egypt threatened on January 20 to bomb a village in Sudan.", {"EGY"}, {"SDN"}),
        ("Egypt withdrew its troops from Lebanon on January 20.", {"EGY"}, {"LBN"}),
        ("Egypt began to withdraw its troops from Lebanon on January 20.", {"EGY"}, {"LBN"}),
        ("Egypt said on January 20 that it would withdraw its troops from Lebanon.", {"EGY"}, {"LBN"}),
        ("Egypt said on January 20 that it was ready to withdraw its troops from Lebanon.", {"EGY"}, {"LBN"}),
    ],
)
def test_who_is_told_only_by_a_place_acts_from_it_or_suffers_there(desk, text, source, target):
    assert sides(desk, text) == (source, target)


@pytest.mark.parametrize(
    "text",
    [
        "Egypt published a plan in Chad on January 20.",
        "Egypt said in Chad on January 20 that it was content.",
        "Egypt sent Norway a note in Chad on January 20.",
        "Egypt met Norway in Chad on January 20.",
        "Egypt attacked Norway in Chad on January 20.",
        "Egypt arrested a Norwegian in Chad on January 20.",
    ],
)
def test_a_place_suffers_nothing_where_words_are_exchanged_or_another_is_the_target(desk, text):
    one = desk.mention(text)
    assert {ref.id: ref.role for ref in one.actors}["TCD"] is Role.OTHER


def test_an_actor_told_by_a_place_says_so(desk):
    text = "Rebels in Chad attacked a village in Sudan on January 20."
    assert [(ref.id, ref.role, ref.via, text[ref.begin : ref.end]) for ref in desk.mention(text).actors] == [
        ("TCD", Role.SOURCE, "place", "Chad"), ("SDN", Role.TARGET, "place", "Sudan"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "via"),
    [
        ("Chad arrested a poet in Chad on January 20.", "name"),
        ("Chadian soldiers arrested a poet in Chad on January 20.", "demonym"),
        ("The police of Chad arrested a poet in Chad on January 20.", "name"),
        ("Soldiers in Chad arrested a poet in Chad on January 20.", "place"),
        ("Chad deployed troops in Chad on January 20.", "name"),
    ],
)
def test_a_state_that_acts_on_its_own_soil_is_source_and_target(desk, text, via):
    one = desk.mention(text)
    assert [(ref.id, ref.role, ref.via) for ref in one.actors] == [
        ("TCD", Role.SOURCE, via), ("TCD", Role.TARGET, "place"),
    ]  # fmt: skip
    assert one.actors[0].begin < one.actors[1].begin


@pytest.mark.parametrize(
    "text",
    [
        "Police arrested a poet in Paris, France, on January 20.",
        "Police arrested a poet in Cairo in Egypt on January 20.",
    ],
)
def test_a_state_is_a_target_once_however_often_its_place_is_named(desk, text):
    targets = [ref.id for ref in desk.mention(text).actors if ref.role is Role.TARGET]
    assert len(targets) == 1


def test_where_an_act_was_announced_is_not_where_it_is_done(desk):
    text = "Egypt said in Chad on January 20 that it would arrest rebels."
    assert sides(desk, text) == ({"EGY"}, set())


@pytest.mark.parametrize(
    "text",
    [
        "Egypt began on January 20 to withdraw its troops from Lebanon.",
        "On January 20 Egypt began withdrawing its soldiers from Lebanon.",
    ],
)
def test_what_was_begun_on_a_day_is_an_act_of_that_day(desk, text):
    assert sides(desk, text) == ({"EGY"}, {"LBN"})


# ---------------------------------------------------------------- symmetric kinds
@pytest.mark.parametrize(
    "text",
    [
        "Russia met China on January 20.",
        "Russia met with China on January 20.",
        "Russia and China met on January 20.",
        "Russia and China held talks on January 20.",
        "Russia held talks with China on January 20.",
        "The talks were held by Russia and China on January 20.",
        "Russia signed a treaty with China on January 20.",
        "Russia and China spoke by telephone on January 20.",
        "The call of January 20 between Russia and China was short.",
    ],
)
def test_acts_of_equals_have_participants(desk, text):
    assert participants(desk, text) == {"RUS", "CHN"}


def test_what_took_place_is_the_act(desk):
    one = desk.mention("Talks between Russia and China took place on January 20.")
    assert (one.trigger.lemma, one.kind, one.title) == ("talk", "consultation", "Russia and China hold talks")


def test_a_title_made_of_a_kind_s_phrase_tells_of_those_who_did_it_and_not_of_the_other_side(desk):
    one = desk.mention("Russia's letter to China of January 20 was short.")
    assert sides(desk, "Russia's letter to China of January 20 was short.") == ({"RUS"}, {"CHN"})
    assert one.title == "Russia sends a message"


def test_what_did_not_take_place_is_denied(desk):
    assert desk.mention("No talks between Russia and China took place on January 20.").status is Status.DENIED


def test_a_counterpart_takes_part_in_what_is_done_together(desk):
    text = "US Secretary of State Antony Blinken met his Russian counterpart on January 20."
    assert participants(desk, text) >= {"antony-blinken", "sergey-lavrov"}


def test_a_counterpart_is_whoever_held_the_same_office_in_the_country_named(desk):
    text = "US Secretary of State Antony Blinken met his Russian counterpart on January 20."
    assert "sergey-lavrov" in {ref.id for ref in desk.mention(text).actors}


# ---------------------------------------------------------------- kinds
@pytest.mark.parametrize(
    ("text", "kind", "lemma"),
    [
        ("Russia presented a plan to China on January 20.", "proposal", "present"),
        ("Russia published its plan on January 20.", "publication", "publish"),
        ("Russia handed over a note to China on January 20.", "delivery", "hand over"),
        ("Russia met China on January 20.", "meeting", "meet"),
        ("Russia held talks with China on January 20.", "consultation", "talk"),
        ("Russia gave an interview on January 20.", "interview", "interview"),
        ("Russia held a press conference on January 20.", "press-conference", "press conference"),
        ("Russia signed a treaty with China on January 20.", "signing", "sign"),
        ("Russia left the treaty in 2019.", "treaty-withdrawal", "leave"),
        ("Russia left China on January 20.", "visit", "leave"),
        ("Russia invaded Ukraine on January 20.", "invasion", "invade"),
        ("Russia spoke by telephone with China on January 20.", "call", "speak"),
        ("Russia made a statement on January 20.", "statement", "statement"),
        ("Russia rejected the plan on January 20.", "rejection", "reject"),
    ],
)
def test_the_kind_is_that_of_the_verb_or_of_the_noun_it_serves(desk, text, kind, lemma):
    one = desk.mention(text)
    assert (one.kind, one.trigger.lemma) == (kind, lemma)


def test_the_objects_are_the_nouns_the_act_is_about(desk):
    assert desk.mention("Russia presented draft treaties and a note to China on January 20.").objects == (
        "draft", "note", "treaty",
    )  # fmt: skip


def test_the_clause_holds_the_verb_and_not_the_clauses_beside_it(desk):
    text = "Russia met China on January 20, and NATO waited."
    one = desk.mention(text)
    assert "met China on January 20" in one.clause.text and "waited" not in one.clause.text
    assert text[one.clause.begin : one.clause.end] == one.clause.text


def test_a_clause_does_not_end_with_the_word_that_joins_the_next(desk):
    [first, _] = desk.mentions("Russia presented a plan on December 15 and published it on December 17.")
    assert first.clause.text == "Russia presented a plan on December 15"


# ---------------------------------------------------------------- status
@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Russia met China on January 20.", Status.OCCURRED),
        ("Russia has met China on January 20.", Status.OCCURRED),
        ("Russia said on January 20 that it would never meet China.", Status.OCCURRED),
        ("Russia will meet China on February 20.", Status.SCHEDULED),
        ("Russia plans to meet China on February 20.", Status.SCHEDULED),
        ("Russia is scheduled to meet China on February 20.", Status.SCHEDULED),
        ("Talks between Russia and China are scheduled for February 20.", Status.SCHEDULED),
        ("Russia said it would meet China on February 20.", Status.SCHEDULED),
        ("Russia meets China on February 20.", Status.SCHEDULED),
        ("Russia would meet China on February 20.", Status.HYPOTHETICAL),
        ("Russia could meet China on February 20.", Status.HYPOTHETICAL),
        ("If Russia met China on February 20, NATO would answer.", Status.HYPOTHETICAL),
        ("Russia urged China to sign the treaty on February 20.", Status.HYPOTHETICAL),
        ("Russia proposed to meet China on February 20.", Status.HYPOTHETICAL),
        ("Russia did not meet China on January 20.", Status.DENIED),
        ("Russia never met China on January 20.", Status.DENIED),
        ("Russia refused to meet China on January 20.", Status.DENIED),
        ("Russia denied meeting China on January 20.", Status.DENIED),
    ],
)
def test_the_status_is_what_the_clause_says_of_it(desk, text, status):
    assert desk.mention(text).status is status


def test_a_summit_at_which_something_was_agreed_has_occurred(desk):
    [one] = desk.mentions("The summit of NATO in Madrid (2010) agreed on a strategy.")
    assert one.status is Status.OCCURRED


def test_an_occasion_since_which_nothing_was_done_is_not_denied(desk):
    statuses = [one.status for one in desk.mentions("Russia and China had not met since the summit of 2014.")]
    assert Status.DENIED not in statuses


# ---------------------------------------------------------------- pronouns
def test_we_inside_a_quotation_is_the_state_of_the_speaker(desk):
    one = desk.mention('"We sent our plan to Washington on January 20," Russian Foreign Minister Sergei Lavrov said.')
    assert [(ref.id, ref.role, ref.via) for ref in one.actors] == [
        ("RUS", Role.SOURCE, "speaker"), ("USA", Role.TARGET, "capital"),
    ]  # fmt: skip


def test_we_of_an_organisation_s_head_is_the_organisation(desk):
    one = desk.mention('"We sent Russia our answer on January 26," NATO Secretary General Jens Stoltenberg said.')
    assert parts(one, Role.SOURCE) == {"nato"}


def test_i_inside_a_quotation_is_the_speaker(desk):
    assert participants(desk, '"I met Antony Blinken on January 20," Sergei Lavrov said.') == {
        "sergey-lavrov", "antony-blinken",
    }  # fmt: skip


def test_we_outside_a_quotation_is_nobody(desk):
    assert participants(desk, "We met China on January 20.") == {"CHN"}


def test_it_is_the_side_named_before(desk):
    assert participants(desk, "Russia said it would meet China on February 20.") == {"RUS", "CHN"}


def test_he_is_the_person_heard_before(desk):
    assert participants(desk, "Sergei Lavrov said no. He met Antony Blinken on January 20.") == {
        "sergey-lavrov", "antony-blinken",
    }  # fmt: skip


def test_it_is_no_side_when_something_is_done_with_it(desk):
    text = '"We sent our answer to China on January 18 and published it on January 20," Sergei Lavrov said.'
    _, published = desk.mentions(text)
    assert {ref.id for ref in published.actors} == {"RUS"}


def test_he_is_the_person_named_before(desk):
    assert participants(desk, "Sergei Lavrov flew to Geneva. He met Antony Blinken there on January 20.") == {
        "sergey-lavrov", "antony-blinken",
    }  # fmt: skip

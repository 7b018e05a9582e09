"""For each finer kind sentences that tell it, and near ones that must not."""

import pytest

TOLD = {
    "signing": (
        "Iran initialled the accord with China on January 20.",
        "The accord was signed by Iran and China on January 20.",
        "Britain inked a deal with Japan on January 20.",
        "The signing ceremony between Russia and China took place on January 20.",
    ),
    "ratification": (
        "Greece ratified the treaty with Italy on January 20.",
        "The treaty was ratified by Greece on January 20.",
        "Greece and Italy exchanged instruments of ratification on January 20.",
        "The ratification of the treaty by Italy on January 20 was late.",
    ),
    "accession": (
        "Finland joined NATO on January 20.",
        "Britain joined the European Union on January 1, 1973.",
        "Iran acceded to the Nuclear Non-Proliferation Treaty on January 20.",
    ),
    "ceasefire": (
        "Russia and Ukraine agreed on a ceasefire on January 20.",
        "Israel and Lebanon agreed to a cease-fire on January 20.",
        "Israel and Egypt signed an armistice on January 20.",
        "The truce of January 20 between Israel and Lebanon held.",
    ),
    "relations-established": (
        "Cuba and Spain restored diplomatic relations on January 20.",
        "Cuba established diplomatic ties with Spain on January 20.",
        "The normalization of January 20 between Israel and Bahrain was welcomed.",
    ),
    "embassy-opened": (
        "Saudi Arabia reopened its embassy in Iran on January 20.",
        "Norway opened a consulate in Cuba on January 20.",
        "The embassy of Spain in Cuba was reopened on January 20.",
    ),
    "sanctions-imposed": (
        "Norway imposed sanctions on Egypt on January 20.",
        "Sanctions were imposed on Egypt by Norway on January 20.",
        "Norway blacklisted ten officials of Egypt on January 20.",
        "Norway froze the assets of Egypt on January 20.",
    ),
    "expulsion": (
        "Russia expelled 20 British diplomats on January 20.",
        "Two Russian diplomats were expelled by Norway on January 20.",
        "Russia declared the ambassador of Norway persona non grata on January 20.",
    ),
    "recall": (
        "France recalled its ambassador to Australia on January 20.",
        "The French ambassador was recalled for consultations on January 20.",
        "Egypt withdrew its ambassador from Norway on January 20.",
    ),
    "relations-broken": (
        "Saudi Arabia severed ties with Iran on January 20.",
        "Iran broke off diplomatic relations with Egypt on January 20.",
        "Norway closed its embassy in Iran on January 20.",
    ),
    "treaty-withdrawal": (
        "The United States pulled out of the treaty on January 20.",
        "Britain left the European Union on January 31.",
        "Russia withdrew from the agreement on January 20.",
        "Russia's withdrawal from the treaty on January 20 was criticised.",
        "Norway ended the treaty with Egypt on January 20.",
    ),
    "suspension": (
        "Russia suspended its participation in the treaty on January 20.",
        "Talks between Iran and Egypt were suspended on January 20.",
        "Norway froze aid to Egypt on January 20.",
    ),
    "address": (
        "Sergei Lavrov addressed the UN General Assembly on January 20.",
        "Sergei Lavrov gave a speech on January 20.",
        "Sergei Lavrov delivered a speech on January 20.",
    ),
    "negotiation": (
        "Egypt and Norway negotiated a text on January 20.",
        "Egypt and Norway opened negotiations on January 20.",
        "Egypt and Norway held peace talks on January 20.",
    ),
    "vote": (
        "The Security Council adopted a resolution on January 20.",
        "The Security Council voted on the text of Egypt on January 20.",
        "Egypt held elections on January 20.",
    ),
    "appointment": (
        "Egypt appointed an envoy to Norway on January 20.",
        "Joe Biden was sworn in on January 20.",
        "Russia named Ivan Petrov as its ambassador to China on January 20.",
    ),
    "veto": (
        "Russia vetoed the resolution on January 20.",
        "The resolution was vetoed by Russia on January 20.",
        "Russia used its veto on January 20.",
    ),
    "summons": (
        "Norway summoned the ambassador of Egypt on January 20.",
        "Norway summoned the chargé d'affaires of Egypt on January 20.",
        "The envoy of Egypt was summoned by Norway on January 20.",
    ),
    "invitation": (
        "Norway invited Egypt on January 20.",
        "Norway issued an invitation to Egypt on January 20.",
        "Norway extended an invitation to Egypt on January 20.",
    ),
    "ultimatum": (
        "Egypt gave Norway an ultimatum on January 20.",
        "Egypt presented an ultimatum to Norway on January 20.",
        "The ultimatum of January 20 by Egypt to Norway was ignored.",
    ),
    "apology": (
        "Norway apologised to Egypt on January 20.",
        "Norway offered an apology to Egypt on January 20.",
        "Norway issued an apology on January 20.",
    ),
    "prisoner-release": (
        "Egypt released two prisoners on January 20.",
        "The hostages were freed by Egypt on January 20.",
        "Russia and the United States exchanged prisoners on January 20.",
        "Egypt released two Norwegians from prison on January 20.",
    ),
    "sanctions-lifted": (
        "Norway lifted its sanctions on Egypt on January 20.",
        "Sanctions on Iran were lifted on January 16.",
        "Norway suspended sanctions against Egypt on January 20.",
        "Norway ended its sanctions against Egypt on January 20.",
    ),
    "deployment": (
        "Russia deployed troops in Syria on January 20.",
        "Russia sent warships to Syria on January 20.",
        "The deployment of January 20 by Russia was small.",
    ),
    "exercise": (
        "Russia held military exercises in Belarus on January 20.",
        "Russia conducted naval drills in Syria on January 20.",
        "Russia began manoeuvres in Belarus on January 20.",
    ),
    "weapons-test": (
        "North Korea test-fired a missile on January 20.",
        "North Korea conducted a nuclear test on January 20.",
        "North Korea tested a ballistic missile on January 20.",
    ),
    "arrest": (
        "Egypt arrested a Norwegian on January 20.",
        "Two Norwegians were detained in Egypt on January 20.",
        "Egypt placed a Norwegian under arrest on January 20.",
    ),
    "annexation": (
        "Russia annexed Crimea on January 20.",
        "Crimea was annexed by Russia on January 20.",
        "The annexation of January 20 by Russia was condemned.",
    ),
    "blockade": (
        "Egypt blockaded Norway on January 20.",
        "Egypt imposed a blockade on Norway on January 20.",
        "The blockade of January 20 by Egypt was condemned.",
    ),
    "occupation": (
        "Iraq occupied Kuwait on January 20.",
        "Kuwait was occupied by Iraq on January 20.",
        "Iraq occupied two towns in Kuwait on January 20.",
    ),
    "invasion": (
        "Iraq invaded Kuwait on January 20.",
        "Kuwait was invaded by Iraq on January 20.",
        "Iraq launched an invasion of Kuwait on January 20.",
    ),
    "bombardment": (
        "Israel bombed Lebanon on January 20.",
        "Israel carried out air strikes in Lebanon on January 20.",
        "Syria shelled a town in Lebanon on January 20.",
    ),
    "assassination": (
        "A minister of Egypt was assassinated on January 20.",
        "Rebels assassinated a minister in Chad on January 20.",
        "The assassination of January 20 in Egypt was condemned.",
    ),
}  # fmt: skip

NOT_TOLD = (
    ("Egypt and Norway agreed on January 20 to meet.", "signing", "agreement"),
    ("Britain joined Japan on January 20.", "accession", "agreement"),
    ("Norway agreed to the plan on January 20.", "ratification", "agreement"),
    ("Egypt and Norway made peace on January 20.", "ceasefire", "agreement"),
    ("Russia ended the ceasefire on January 20.", "ceasefire", "sanction"),
    ("Russia recognized Abkhazia on January 20.", "relations-established", "recognition"),
    ("Iran opened its borders on January 20.", "embassy-opened", "concession"),
    ("Norway imposed a curfew on January 20.", "sanctions-imposed", "coercion"),
    ("Russia was expelled from the council on January 20.", "expulsion", "sanction"),
    ("Egypt recalled its troops on January 20.", "recall", "sanction"),
    ("Norway closed its airport on January 20.", "relations-broken", "other"),
    ("The United States pulled out of Lebanon on January 20.", "treaty-withdrawal", "retreat"),
    ("Russia's withdrawal from Syria on January 20 was criticised.", "treaty-withdrawal", "retreat"),
    ("Egypt will leave on February 20, according to Norway.", "treaty-withdrawal", "visit"),
    ("Egypt cancelled the talks on January 20.", "suspension", "sanction"),
    ("Norway addressed the concerns of Egypt on January 20.", "address", "statement"),
    ("Egypt and Norway held talks on January 20.", "negotiation", "consultation"),
    ("Egypt voted against the resolution on January 20.", "vote", "rejection"),
    ("Egypt named the culprits on January 20.", "appointment", "statement"),
    ("Russia rejected the resolution on January 20.", "veto", "rejection"),
    ("Norway summoned its parliament on January 20.", "summons", "request"),
    ("Norway asked Egypt on January 20 to leave.", "invitation", "request"),
    ("Egypt threatened Norway on January 20.", "ultimatum", "threat"),
    ("Egypt released a report on January 20.", "prisoner-release", "publication"),
    ("Norway lifted the curfew on January 20.", "sanctions-lifted", "concession"),
    ("Egypt mobilized its army on January 20.", "deployment", "mobilization"),
    ("Egypt exchanged notes with Norway on January 20.", "exercise", "cooperation"),
    ("Russia launched missiles on January 20.", "weapons-test", "mobilization"),
    ("Egypt jailed a Norwegian on January 20.", "arrest", "coercion"),
    ("Students occupied a building in Egypt on January 20.", "occupation", "coercion"),
    ("Israel attacked Lebanon on January 20.", "invasion", "assault"),
    ("Workers in Egypt went on strike on January 20.", "bombardment", "protest"),
    ("Rebels killed a minister in Chad on January 20.", "assassination", "assault"),
)  # fmt: skip


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in TOLD.items() for text in texts])
def test_a_finer_kind_is_told_by_the_verb_with_its_object_or_by_the_noun(desk, kind, text):
    assert desk.mention(text).kind == kind


@pytest.mark.parametrize(("text", "near", "kind"), NOT_TOLD)
def test_what_the_words_leave_open_is_left_to_the_parent_or_is_another_act(desk, text, near, kind):
    assert desk.mention(text).kind == kind != near


def test_each_finer_kind_has_three_sentences_that_tell_it_and_each_kind_of_this_file_is_of_the_lexicon(loaded):
    assert all(len(texts) >= 3 for texts in TOLD.values())
    assert set(TOLD) <= set(loaded.kinds.kinds)


def test_whoever_is_declared_unwelcome_is_the_target(desk):
    one = desk.mention("Russia declared the ambassador of Norway persona non grata on January 20.")
    assert {ref.id: ref.role.value for ref in one.actors} == {"RUS": "source", "NOR": "target"}


def test_a_day_behind_a_preposition_tells_no_other_act(desk):
    kinds = {one.kind for one in desk.mentions("Antony Blinken called Sergey Lavrov on Monday.")}
    assert kinds == {"call"}
    assert [one.kind for one in desk.mentions("Antony Blinken called on Russia on Monday to leave.")] == ["request"]

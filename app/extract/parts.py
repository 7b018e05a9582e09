"""The nouns of a clause on which the actors of an act hang: who did it, to whom, and where it was done.

An act reaches on through what it leads to: "threatened to ban", "said it would boycott contact with", "demanded that they leave".
Not handled: actors told only in the sentence before.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from app.extract import grammar
from app.extract.document import Sentence, Word
from app.lexicon.kinds import KindTable

_AIMED = frozenset(  # kinds, with those that refine them, whose clause names whom they are aimed at
    ("request", "accusation", "rejection", "threat", "expulsion")
)
_TOWARD = frozenset(("to", "with", "against", "toward", "towards", "before", "on", "upon", "at"))
_WITH = frozenset(("with", "to", "against", "on", "upon"))
_WHERE = frozenset(
    (
        "in",
        "from",
        "into",
        "to",
        "at",
        "near",
        "inside",
        "throughout",
        "across",
        "through",
        "of",
        "outside",
        "off",
    )
)
_OCCASION = frozenset(("in", "at", "during", "for"))
_VISIT = "visit"
_OWN_MOVED = frozenset(("recall", "retreat", "mobilization"))  # kinds that a side does to its own envoys and troops
_MUST = frozenset(("must", "should", "ought", "need"))
_SOMEBODY = frozenset(("he", "him", "she", "her", "them", "us", "me"))
_DEPTH = 3  # "said it was ready to begin to withdraw"


@dataclass(slots=True)
class Parts:
    """Nouns by the part of their actors; `reached` are those that what it leads to is aimed at.

    `deeds` are the verbs that it leads to ("said that it would withdraw"), `places` where each verb was done: (verb, noun).
    """

    source: list[Word] = field(default_factory=list)
    target: list[Word] = field(default_factory=list)
    reached: list[Word] = field(default_factory=list)
    places: list[tuple[Word, Word]] = field(default_factory=list)
    deeds: list[Word] = field(default_factory=list)


def of_verb(sentence: Sentence, verb: Word, kinds: KindTable, kind: str) -> Parts:
    """The parts of a verb's clause."""
    parts = Parts()
    found = grammar.subject(sentence, verb)
    if found:
        twins = [
            noun for noun in grammar.children(sentence, verb.i, found[0].dep) if noun.dep in ("nsubj", "nsubjpass")
        ]
        subjects = twins if found[0] in twins else [found[0]]  # the parse may cut one name into several subjects
        suffered = found[1] and _OWN_MOVED.isdisjoint(kinds.lineage(kind))
        (parts.target if suffered else parts.source).extend(subjects)
    parts.source.extend(_agents(sentence, verb))
    objects = grammar.children(sentence, verb.i, "dobj", "dative")
    toward = _WITH if kinds.symmetric(kind) else _TOWARD
    parts.target.extend(_aimed_at(sentence, verb, toward))
    parts.target.extend(_met_there(sentence, verb, kinds))
    if kind == _VISIT:
        parts.target.extend(
            word for word in grammar.children(sentence, verb.i, "advmod") if word.lemma in ("here", "there")
        )
    givers = [
        prep for word in (verb, *objects) for prep in grammar.children(sentence, word.i, "prep") if prep.lemma == "from"
    ]
    given = [noun for prep in givers for noun in grammar.children(sentence, prep.i, "pobj")]
    if not _AIMED.isdisjoint(
        kinds.lineage(kind)
    ):  # "demanded that China withdraw", "declared the envoy persona non grata"
        parts.target.extend(_subjects(sentence, grammar.children(sentence, verb.i, "ccomp")))
    if found and found[1]:
        by = [
            prep
            for word in (verb, *objects)
            for prep in grammar.children(sentence, word.i, "prep")
            if prep.lemma == "by"
        ]
        parts.source.extend(noun for prep in by for noun in grammar.children(sentence, prep.i, "pobj"))
    if verb.lemma in kinds.reversed and not receives_guest(sentence, verb):
        parts.source, parts.target = given or parts.target, parts.source
    else:
        parts.target.extend(given if kind != _VISIT else ())  # who comes from a place visits another
        parts.reached.extend(_reached(sentence, verb))
    parts.places.extend(_places(sentence, verb))
    parts.deeds.extend(_led_to(sentence, verb, _DEPTH))
    return parts


def receives_guest(sentence: Sentence, verb: Word) -> bool:
    """Whether somebody is received, not something: "the king received Arafat", "who was received there"."""
    guest = grammar.child(sentence, verb.i, "dobj", "nsubjpass")
    if verb.lemma != "receive" or guest is None:
        return False
    return guest.pos == "PROPN" or guest.tag == "WP" or guest.text.lower() in _SOMEBODY


def _agents(sentence: Sentence, verb: Word) -> list[Word]:
    return [
        noun
        for agent in grammar.children(sentence, verb.i, "agent")
        for noun in grammar.children(sentence, agent.i, "pobj")
    ]


def _aimed_at(sentence: Sentence, verb: Word, toward: frozenset[str] = _TOWARD) -> list[Word]:
    """The verb's objects, and the nouns behind the prepositions that point at somebody."""
    aimed: list[Word] = []
    nouns = (*grammar.objects(sentence, verb), *grammar.children(sentence, verb.i, "dative"))
    for noun in sorted(nouns, key=lambda word: word.i):
        inner = noun.dep == "dative" and noun.pos == "ADP"
        aimed.extend(grammar.children(sentence, noun.i, "pobj") if inner else [noun])
    for prep in grammar.children(sentence, verb.i, "prep"):
        inside = (
            grammar.children(sentence, prep.i, "prep") if prep.lemma == "up" else []
        )  # "kidnapped up to ten advisers"
        for one in (prep, *inside):
            if one.lemma in toward:
                aimed.extend(grammar.children(sentence, one.i, "pobj"))
    return aimed


def _met_there(sentence: Sentence, verb: Word, kinds: KindTable) -> list[Word]:
    """With whom the occasion is on which the act is done: "said in a call to Blair", "flies out for talks with Assad"."""
    return [
        other
        for prep in grammar.children(sentence, verb.i, "prep")
        if prep.lemma in _OCCASION
        for noun in grammar.children(sentence, prep.i, "pobj")
        if kinds.is_occasion(grammar.noun_lemma(sentence, noun), noun.lemma)
        for inner in grammar.children(sentence, noun.i, "prep")
        if inner.lemma in ("with", "to")
        for other in grammar.children(sentence, inner.i, "pobj")
    ]


def _subjects(sentence: Sentence, verbs: list[Word]) -> list[Word]:
    return [noun for verb in verbs for noun in grammar.children(sentence, verb.i, "nsubj", "nsubjpass")]


def _reached(sentence: Sentence, verb: Word) -> list[Word]:
    """Whom the act reaches through the clauses it leads to."""
    reached: list[Word] = []
    for below in _led_to(sentence, verb, _DEPTH):
        reached.extend(_aimed_at(sentence, below))
        reached.extend(_agents(sentence, below))
        if grammar.is_passive(sentence, below) or _must(sentence, below):
            reached.extend(_subjects(sentence, [below]))
    clauses = [
        clause
        for word in (verb, *_led_to(sentence, verb, _DEPTH))
        for clause in grammar.children(sentence, word.i, "advcl")
    ]
    for clause in clauses:  # "will leave unless France pays"
        if any(sentence.words[c].lemma in ("unless", "if") for c in sentence.children[clause.i]):
            reached.extend(_subjects(sentence, [clause]))
            reached.extend(_aimed_at(sentence, clause))
        elif clause.tag in ("VB", "VBG"):  # "marched to demand the return of"
            reached.extend(_aimed_at(sentence, clause))
    return reached


def _led_to(sentence: Sentence, verb: Word, depth: int) -> Iterator[Word]:
    """The verbs of the clauses that complete the verb: told of its own subject, or of somebody who must do something."""
    for below in grammar.children(sentence, verb.i, "xcomp", "ccomp", "pcomp", "acomp"):
        if depth and (below.dep != "ccomp" or _is_own(sentence, below) or _must(sentence, below)):
            yield below
            yield from _led_to(sentence, below, depth - 1)
    for prep in grammar.children(sentence, verb.i, "prep"):
        for below in grammar.children(sentence, prep.i, "pcomp") if depth else ():
            yield below
            yield from _led_to(sentence, below, depth - 1)


def _is_own(sentence: Sentence, verb: Word) -> bool:
    """Whether a clause is told of the subject above it: without one of its own, or of "it", "they", "he", "we"."""
    own = grammar.child(sentence, verb.i, "nsubj", "nsubjpass", "expl")
    return own is None or own.text.lower() in ("it", "they", "he", "she", "we", "i")


def _must(sentence: Sentence, verb: Word) -> bool:
    return any(word.lemma in _MUST for word in grammar.children(sentence, verb.i, "aux"))


def _places(sentence: Sentence, verb: Word) -> list[tuple[Word, Word]]:
    """The nouns that tell where an act was done: of the verb, its objects and what it leads to, each with its verb."""
    places: list[tuple[Word, Word]] = []
    for deed in (verb, *_led_to(sentence, verb, _DEPTH)):
        objects = grammar.children(sentence, deed.i, "dobj", "nsubjpass")
        for word in (deed, *objects):
            for prep in grammar.children(sentence, word.i, "prep"):
                if prep.lemma in _WHERE:
                    places.extend((deed, noun) for noun in grammar.children(sentence, prep.i, "pobj"))
    return places

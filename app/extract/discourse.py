"""What a word may look back on: who was named in the sentences before, and whose clause a pronoun stands in.

A pronoun looks for its antecedent among the subjects of the clauses around it, the nearest first, and only then in the sentence
before. Not handled: number and sex, which names do not tell; an antecedent that is neither a subject nor named last.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from app.extract import grammar
from app.extract.actors import Named
from app.extract.document import Sentence, Word

_TWO = 2
_HUMAN = frozenset(  # common nouns for people who hold no office
    (
        "boy",
        "girl",
        "man",
        "woman",
        "father",
        "mother",
        "son",
        "daughter",
        "wife",
        "husband",
        "brother",
        "sister",
        "child",
    )
    + (
        "student",
        "teacher",
        "lawyer",
        "doctor",
        "judge",
        "soldier",
        "priest",
        "widow",
        "driver",
        "worker",
        "victim",
        "author",
    )
)
_SUBJECTS = ("nsubj", "nsubjpass")
_POSSESSIVES = ("PRP$", "WP$")


@dataclass(frozen=True, slots=True)
class Discourse:
    """Who was named last before a sentence: a person, a state or organisation, two people, two states, a place.

    `together` are several joined as the subject of the last sentence that named anybody, `couple` the only two people it named,
    whom "they" may mean: other names that merely stand in one sentence are no company, though "the two leaders" may mean them.
    `unknown` says that the last subject was somebody whom the lexicon does not know: "he" is then nobody named before.
    """

    person: Named | None = None
    side: Named | None = None
    people: tuple[Named, ...] = ()
    states: tuple[Named, ...] = ()
    together: tuple[Named, ...] = ()
    couple: tuple[Named, ...] = ()
    place: Named | None = None
    unknown: bool = False

    def after(self, named: Sequence[Named], sentence: Sentence | None = None) -> "Discourse":
        """What the next sentence looks back on, `named` being those of this one; its subject comes first, where it is parsed."""
        people = _distinct(one for one in named if one.is_person)
        sides = _distinct(one for one in named if not one.is_person and not one.place)
        unknown = sentence is not None and _tells_of_unknown(sentence, named)
        if not named:
            return replace(self, unknown=True) if unknown else self
        first = _teller(sentence, people) if sentence else None
        together = _subjects_together(sentence) if sentence else ()
        pair = _distinct(one for one in people if any(begin <= one.begin < end for begin, end in together))
        states = _distinct(one for one in sides if any(begin <= one.begin < end for begin, end in together))
        return Discourse(
            first or (people[0] if people else self.person),
            sides[0] if sides else self.side,
            people[:2] if len(people) > 1 else self.people,
            sides[:2] if len(sides) > 1 else self.states,
            next((several for several in (pair, states) if len(several) > 1), ()),
            people if len(people) == _TWO else (),
            last_place(named) or self.place,
            unknown and first is None,
        )


def last_place(named: Sequence[Named]) -> Named | None:
    """The place named last: a capital, or whatever is told as a place."""
    return next((one for one in reversed(named) if one.place or one.via == "capital"), None)


def antecedents(sentence: Sentence, pronoun: Word) -> Iterator[Word]:
    """The subjects for which a pronoun may stand, the likeliest first: of the clauses above its own, and of those told before.

    What stands in one clause with a personal pronoun is somebody else; a possessive may mean its own subject.
    """
    own = None if pronoun.tag in _POSSESSIVES else _clause_of(sentence, pronoun)
    for verb in _clauses_above(sentence, pronoun):
        if verb is not own:
            yield from _subjects(sentence, verb, pronoun)
        for other in grammar.children(sentence, verb.i, "ccomp", "conj", "advcl", "parataxis"):
            if other.i < pronoun.i and other is not own and grammar.is_verb(other):
                yield from _subjects(sentence, other, pronoun)


def _subjects(sentence: Sentence, verb: Word, pronoun: Word) -> Iterator[Word]:
    """The nouns that are the verb's subjects: those before the pronoun, or behind a clause that opens the sentence with it."""
    for noun in grammar.children(sentence, verb.i, *_SUBJECTS):
        before = noun.i < pronoun.i or _opens(sentence, pronoun, verb)
        if before and noun.i != pronoun.i and noun.pos in ("PROPN", "NOUN"):
            yield noun


def _opens(sentence: Sentence, pronoun: Word, verb: Word) -> bool:
    """Whether the pronoun stands in a clause before the verb on which it hangs: "before he leaves office, the president ..."."""
    chain = [pronoun, *grammar.ancestors(sentence, pronoun.i)]
    return any(word.dep in ("advcl", "prep") and word.head == verb.i and word.i < verb.i for word in chain)


def _clause_of(sentence: Sentence, word: Word) -> Word | None:
    return next(_clauses_above(sentence, word), None)


def _clauses_above(sentence: Sentence, word: Word) -> Iterator[Word]:
    return (above for above in grammar.ancestors(sentence, word.i) if grammar.is_verb(above))


def is_unknown_person(noun: Word, named: Sequence[Named]) -> bool:
    """Whether a noun tells of somebody whom the lexicon does not know: by a name, or as "the boy"."""
    if noun.pos == "PROPN":
        return not any(one.begin <= noun.begin < one.end for one in named)
    return noun.lemma in _HUMAN


def _main_subjects(sentence: Sentence) -> list[Word]:
    """The subjects of the main verb; the parse may cut one name into several."""
    root = next((word for word in sentence.words if word.head == word.i), None)
    return grammar.children(sentence, root.i, *_SUBJECTS) if root else []


def _tells_of_unknown(sentence: Sentence, named: Sequence[Named]) -> bool:
    nouns = _main_subjects(sentence)
    return bool(nouns) and is_unknown_person(nouns[0], named)


def _subjects_together(sentence: Sentence) -> list[tuple[int, int]]:
    """The extents of the names that are joined as the subject of the main verb; none for a subject of one."""
    nouns = _main_subjects(sentence)
    joined = [words for noun in nouns for _, words in grammar.joined(sentence, noun)]
    extents = [(min(word.begin for word in words), max(word.end for word in words)) for words in joined]
    return extents if len(extents) > 1 else []


def _teller(sentence: Sentence, people: Sequence[Named]) -> Named | None:
    """The person who is the subject of the sentence's main verb."""
    nouns = _main_subjects(sentence)
    heads = [noun for subject in nouns for noun in (subject, *grammar.children(sentence, subject.i, "appos"))]
    return next((one for noun in heads for one in people if one.begin <= noun.begin < one.end), None)


def _distinct(named: Iterable[Named]) -> tuple[Named, ...]:
    return tuple({one.actor_id: one for one in named}.values())

"""Questions about a parsed sentence that several steps ask: who is the subject, what hangs on a noun, is it negated."""

from collections.abc import Iterator

from app.extract.document import Sentence, Word

CLAUSES = frozenset(("relcl", "acl", "advcl", "ccomp", "csubj", "pcomp", "parataxis"))
_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")


def is_verb(word: Word) -> bool:
    """Whether the word heads a clause: a verb, or "be" standing alone; auxiliaries are not."""
    return word.pos in ("VERB", "AUX") and word.dep not in ("aux", "auxpass", "amod", "compound", "prep")


def is_idle_gerund(sentence: Sentence, verb: Word) -> bool:
    """Whether a gerund only tells the manner of the verb above it: "answered in writing"."""
    return (
        verb.dep == "pcomp"
        and verb.tag == "VBG"
        and not any(sentence.words[c].dep in ("dobj", "nsubj", "ccomp", "xcomp") for c in sentence.children[verb.i])
    )


def child(sentence: Sentence, i: int, *deps: str) -> Word | None:
    """The first child of word i with one of these labels."""
    return next((sentence.words[c] for c in sentence.children[i] if sentence.words[c].dep in deps), None)


def children(sentence: Sentence, i: int, *deps: str) -> list[Word]:
    """The children of word i with one of these labels, in order."""
    return [sentence.words[c] for c in sentence.children[i] if sentence.words[c].dep in deps]


_CALENDAR = frozenset(
    (
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "march",
        "april",
    )
    + (
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "day",
        "morning",
        "afternoon",
        "evening",
    )
    + (
        "night",
        "week",
        "weekend",
        "month",
        "year",
        "jan.",
        "feb.",
        "mar.",
        "apr.",
        "aug.",
        "sept.",
        "oct.",
        "nov.",
        "dec.",
    )
)
_SOMEBODY = "somebody"  # how the lexicon gives an object that is a name: "recall somebody"
_AROUND = frozenset(
    [
        "in",
        "at",
        "near",
        "during",
        "after",
        "before",
        "since",
        "until",
        "over",
        "under",
        "about",
        "as",
        "like",
        "than",
        "into",
        "inside",
        "outside",
        "around",
        "amid",
        "despite",
    ]
)


def phrase(sentence: Sentence, i: int, *, around: bool = True) -> Iterator[int]:
    """Word i with what belongs to its phrase: its subtree without the clauses in it.

    Without `around` also without where, when and about what: "the start of talks in Geneva" is then "the start of talks".
    """
    stack = [i]
    while stack:
        at = stack.pop()
        yield at
        for c in sentence.children[at]:
            word = sentence.words[c]
            if word.dep not in CLAUSES and (around or word.dep != "prep" or word.lemma not in _AROUND):
                stack.append(c)


def joined(sentence: Sentence, head: Word) -> Iterator[tuple[Word, list[Word]]]:
    """A noun and those joined to it by "and" or a comma, each with the words of its own phrase (see `phrase`, not around)."""
    others = [noun for noun in children(sentence, head.i, "conj") if noun.pos in ("PROPN", "NOUN", "PRON")]
    theirs = {i for noun in others for i in sentence.subtree(noun.i)}
    yield head, [sentence.words[i] for i in phrase(sentence, head.i, around=False) if i not in theirs]
    for noun in others:
        yield from joined(sentence, noun)


def objects(sentence: Sentence, verb: Word) -> list[Word]:
    """The verb's direct objects; of "which they signed" the noun before the clause."""
    relative = verb.dep == "relcl"
    return [
        sentence.words[verb.head] if relative and noun.tag in ("WDT", "WP", "IN") else noun
        for noun in children(sentence, verb.i, "dobj")
    ]


def patients(sentence: Sentence, verb: Word) -> list[Word]:
    """To what a verb is done: its objects, a passive's subject, and the noun of "the deal struck in May"."""
    bare = verb.dep == "acl" and verb.tag == "VBN" and not is_verb(sentence.words[verb.head])
    return [
        *objects(sentence, verb),
        *children(sentence, verb.i, "nsubjpass"),
        *([sentence.words[verb.head]] if bare else []),
    ]


def ancestors(sentence: Sentence, i: int) -> Iterator[Word]:
    """The words above word i, nearest first."""
    while sentence.words[i].head != i:
        i = sentence.words[i].head
        yield sentence.words[i]


def subject(sentence: Sentence, verb: Word, depth: int = 4) -> tuple[Word, bool] | None:
    """The noun that is the verb's subject and whether it suffers the act (passive), found through conjunctions and participles.

    None where the sentence tells no subject.
    """
    own = child(sentence, verb.i, *_SUBJECTS)
    passive = is_passive(sentence, verb)
    if own and own.tag in ("WDT", "WP") and verb.dep == "relcl":
        return sentence.words[verb.head], passive
    if own:
        return own, passive
    head = sentence.words[verb.head]
    if depth == 0 or head is verb:
        return None
    if (
        is_infinitive(sentence, verb) and verb.dep == "acl" and not is_verb(head)
    ):  # "its plan to invade", "denied plans to"
        owner = child(sentence, head.i, "poss")
        above = next((word for word in ancestors(sentence, head.i) if is_verb(word)), None)
        found = (
            (owner, False) if owner else subject(sentence, above, depth - 1) if above and head.dep == "dobj" else None
        )
        return (found[0], passive) if found else None
    if verb.dep in ("acl", "relcl") and not is_verb(head):
        return head, verb.tag == "VBN" or passive
    if verb.dep in ("conj", "xcomp", "advcl", "pcomp", "ccomp", "dep") and is_verb(head):
        asked = child(sentence, head.i, "dobj", "dative") if verb.dep == "xcomp" else None
        if asked:
            return asked, passive
        found = subject(sentence, head, depth - 1)
        return (found[0], passive) if found else None
    if verb.dep == "xcomp" and head.dep == "acomp":  # "was ready to attack"
        found = subject(sentence, sentence.words[head.head], depth - 1)
        return (found[0], passive) if found else None
    if verb.dep == "pcomp":
        above = next((word for word in ancestors(sentence, verb.i) if is_verb(word)), None)
        found = subject(sentence, above, depth - 1) if above else None
        return (found[0], passive) if found else None
    return None


def is_infinitive(sentence: Sentence, verb: Word) -> bool:
    """Whether the verb stands with "to"."""
    return verb.tag == "VB" and any(word.tag == "TO" for word in children(sentence, verb.i, "aux"))


def is_passive(sentence: Sentence, verb: Word) -> bool:
    """Whether the verb is passive: "was handed", or a participle that has "by" and no subject of its own."""
    return child(sentence, verb.i, "auxpass", "nsubjpass") is not None


def is_negated(sentence: Sentence, i: int) -> bool:
    """Whether "not", "never" or "no" stands at the word."""
    if child(sentence, i, "neg"):
        return True
    return any(sentence.words[c].lemma == "no" and sentence.words[c].dep == "det" for c in sentence.children[i])


def particle_lemma(sentence: Sentence, verb: Word) -> str:
    """The verb's lemma with its particle: "hand over", "break out"."""
    particle = child(sentence, verb.i, "prt")
    return f"{verb.lemma} {particle.lemma}" if particle else verb.lemma


def verb_lemmas(sentence: Sentence, verb: Word) -> Iterator[str]:
    """The ways a verb may stand in the lexicon, the most telling first: with its object, preposition or particle, alone."""
    yield from object_lemmas(sentence, verb)
    for prep, noun in _governed(sentence, verb):
        yield from (f"{verb.lemma} {prep} {named}" for named in _hyphened(sentence, noun))
    for word in children(sentence, verb.i, "prep", "dative"):
        if not _leads_to_date(sentence, word):
            yield f"{verb.lemma} {_preposition(word)}"
    yield particle_lemma(sentence, verb)
    yield verb.lemma


def object_lemmas(sentence: Sentence, verb: Word) -> Iterator[str]:
    """The verb with what it is done to, which tells most of what was done: "lift sanction", "break off relation".

    What a passive is done to counts as its object, and so does what somebody is made: "declared the envoy persona non grata".
    """
    yield from _hyphened(sentence, verb)[:-1]
    made = [word for word in children(sentence, verb.i, "ccomp") if word.tag.startswith("NN")]
    for noun in (*patients(sentence, verb), *children(sentence, verb.i, "oprd"), *made):
        for form in dict.fromkeys((particle_lemma(sentence, verb), verb.lemma)):
            yield from (f"{form} {named}" for named in _hyphened(sentence, noun))
            if noun.pos == "PROPN":
                yield f"{form} {_SOMEBODY}"


def _governed(sentence: Sentence, word: Word) -> Iterator[tuple[str, Word]]:
    """The nouns behind the prepositions of a word, each with its preposition: "of", or "out of"."""
    for prep in children(sentence, word.i, "prep", "dative"):
        for inner in (prep, *children(sentence, prep.i, "prep")):
            words = _preposition(prep) if inner is prep else f"{_preposition(prep)} {inner.lemma}"
            yield from ((words, noun) for noun in children(sentence, inner.i, "pobj"))


def _leads_to_date(sentence: Sentence, prep: Word) -> bool:
    """Whether a preposition only tells when: nobody who "called him on Monday" called on anybody."""
    nouns = children(sentence, prep.i, "pobj")
    return bool(nouns) and all(noun.text.lower() in _CALENDAR or noun.tag == "CD" for noun in nouns)


def _preposition(word: Word) -> str:
    """The preposition as the lexicon gives it: "according" is no "accord"."""
    return word.text.lower() if word.tag.startswith("V") else word.lemma


def _hyphened(sentence: Sentence, word: Word) -> tuple[str, ...]:
    """The word's lemma, before it the one with what a hyphen joins to it: "cease-fire", "fire"."""
    if word.i < 2 or sentence.words[word.i - 1].text != "-":
        return (word.lemma,)
    return f"{sentence.words[word.i - 2].lemma}-{word.lemma}", word.lemma


def noun_lemmas(sentence: Sentence, noun: Word) -> Iterator[str]:
    """The ways an event noun may stand in the lexicon, the most telling first: "withdrawal from treaty", "peace talk", "talk"."""
    for prep, governed in _governed(sentence, noun):
        yield f"{noun.lemma} {prep} {governed.lemma}"
    yield noun_lemma(sentence, noun)
    yield noun.lemma


def noun_lemma(sentence: Sentence, noun: Word) -> str:
    """The noun's lemma with the noun before it, where they are one term: "press conference", "cease-fire"."""
    before = sentence.words[noun.i - 1] if noun.i else None
    if before and before.dep in ("compound", "amod") and before.head == noun.i:
        return f"{before.lemma} {noun.lemma}"
    return _hyphened(sentence, noun)[0]

"""Whose claim an act is: what is told in somebody's words stays theirs until the narrator or another speaker tells it.

An act is claimed inside a quotation, in the clause that a verb of saying introduces ("said that", "..., the minister said"), and
in a clause that is told "according to" somebody. The saying itself is told by the narrator.
Not handled: claims that run on into sentences without marks or a verb of saying.
"""

from collections.abc import Iterator

from app.core.model import ActorRef, Reporter
from app.extract import grammar
from app.extract.cast import Cast, Scene
from app.extract.document import Sentence, Word
from app.lexicon.kinds import KindTable

_TOLD = frozenset(("ccomp", "parataxis"))
_LONGEST = 60  # of the words that tell of somebody without a name
_UNNAMED = "an unnamed speaker"


def reporter(scene: Scene, trigger: Word, kinds: KindTable, cast: Cast) -> Reporter | None:
    """Who claims the act that the trigger tells; None where the narrator tells it."""
    sentence = scene.sentence
    for noun in (*_sayers(sentence, trigger, kinds), *_according(sentence, trigger)):
        if noun is None:
            return Reporter(None, _UNNAMED, trigger.begin, trigger.begin)
        return _named(scene, noun, cast)
    if not scene.speakers.quoted(trigger.begin):
        return None
    speaker = scene.speakers.of_quotation(scene.number, sentence, trigger.begin)
    if speaker is None:
        return Reporter(None, _UNNAMED, trigger.begin, trigger.begin)
    return _known(cast.ref(speaker, day=scene.dct.best))


def _sayers(sentence: Sentence, trigger: Word, kinds: KindTable) -> Iterator[Word | None]:
    """The subjects of the verbs of saying in whose clause the trigger stands, the nearest first; None for one without."""
    word = trigger
    for above in grammar.ancestors(sentence, trigger.i):
        if (
            word.dep in _TOLD
            and above.lemma in kinds.speech
            and grammar.is_verb(above)
            and not _parted(sentence, word, above)
        ):
            found = grammar.subject(sentence, above)
            yield found[0] if found and not found[1] else None
        word = above


def _parted(sentence: Sentence, told: Word, sayer: Word) -> bool:
    """Whether a semicolon stands between: what the parse hangs on a verb of saying behind it is told by the narrator."""
    first, last = sorted((told.i, sayer.i))
    return any(word.text == ";" for word in sentence.words[first:last])


def _according(sentence: Sentence, trigger: Word) -> Iterator[Word]:
    """Those according to whom the trigger's clause, or one that it hangs on, is told."""
    clauses = {trigger.i, *(word.i for word in grammar.ancestors(sentence, trigger.i))}
    for word in sentence.words:
        if word.lemma == "accord" and word.text.lower() == "according" and word.head in clauses:
            for prep in grammar.children(sentence, word.i, "prep"):
                yield from grammar.children(sentence, prep.i, "pobj")


def _named(scene: Scene, noun: Word, cast: Cast) -> Reporter:
    refs = cast.near(scene, [noun], day=scene.dct.best)
    if refs:
        return _known(refs[0])
    words = sorted(grammar.phrase(scene.sentence, noun.i, around=False))
    begin, end = scene.sentence.words[words[0]].begin, scene.sentence.words[words[-1]].end
    told = scene.text[begin:end]
    if len(told) > _LONGEST:
        begin, end = noun.begin, noun.end
    return Reporter(None, " ".join(scene.text[begin:end].split()), begin, end)


def _known(ref: ActorRef) -> Reporter:
    return Reporter(ref.id, ref.name, ref.begin, ref.end)

"""Whether an act is told as done, planned, supposed or denied: by negation, auxiliaries, conditions and the verbs above it.

Not handled: irony; a denial in another sentence.
"""

from collections.abc import Sequence

from app.core.calendar import DateSpan
from app.core.model import ArticleDate, Status
from app.extract import grammar
from app.extract.document import Sentence, Word
from app.lexicon.kinds import KindTable

_FUTURE = frozenset(("will", "shall", "'ll", "’ll"))
_MAYBE = frozenset(("would", "could", "may", "might", "should", "can", "must"))
_IF = frozenset(("if", "unless", "whether", "should"))
_DENYING = frozenset(("deny", "refuse", "reject", "decline", "cancel", "fail"))
_UNREAL = frozenset(
    ("call", "urge", "demand", "want", "ask", "seek", "propose", "offer", "suggest", "request", "threaten", "consider")
    + ("hope", "wish", "invite", "appeal")
)
_SERVED = ("dobj", "nsubjpass", "nsubj", "attr", "conj", "xcomp", "ccomp", "ROOT")
_OBJECT = ("dobj", "pobj", "nsubjpass", "attr")


def of(sentence: Sentence, trigger: Word, span: DateSpan | None, dct: ArticleDate, kinds: KindTable) -> Status:
    """The status of the act that `trigger` tells, dated `span`, in an article of `dct`."""
    told = _told(sentence, trigger)
    above = told if not grammar.is_verb(trigger) else told[1:]
    if any(grammar.is_negated(sentence, word.i) for word in (trigger, *told)):
        return Status.DENIED
    if any(word.lemma in _DENYING and _is_object(trigger) for word in above):
        return Status.DENIED
    if _is_supposed(sentence, trigger, told, above):
        return Status.HYPOTHETICAL
    latest = dct.latest or dct.best
    ahead = span is not None and latest is not None and span.first_day > latest
    planned = any(grammar.particle_lemma(sentence, word) in kinds.planning and _is_object(trigger) for word in above)
    arranged = any(
        grammar.particle_lemma(sentence, word) in kinds.planning
        for word in grammar.children(sentence, trigger.i, "acl", "relcl", "amod")
    )
    return Status.SCHEDULED if _aux(sentence, told) & _FUTURE or ahead or planned or arranged else Status.OCCURRED


def _told(sentence: Sentence, trigger: Word) -> list[Word]:
    """The verb that tells the act and those on whose word it hangs; none for an occasion named in passing ("since the talks")."""
    if grammar.is_verb(trigger):
        return [trigger, *_governing(sentence, trigger)]
    verb = next((word for word in grammar.ancestors(sentence, trigger.i) if grammar.is_verb(word)), None)
    if verb is None or not (trigger.dep in _SERVED or _hangs_by(sentence, trigger, ("for", "in", "to", "on"))):
        return []
    return [verb, *_governing(sentence, verb)]


def _hangs_by(sentence: Sentence, noun: Word, prepositions: tuple[str, ...]) -> bool:
    above = sentence.words[noun.head]
    return noun.dep == "pobj" and above.lemma in prepositions


def _is_object(trigger: Word) -> bool:
    """Whether what stands above has the act for its object: of "the summit agreed" the verb says nothing of the summit."""
    return grammar.is_verb(trigger) or trigger.dep in _OBJECT


def _is_supposed(sentence: Sentence, trigger: Word, told: Sequence[Word], above: Sequence[Word]) -> bool:
    marks = {word.lemma for verb in told for word in grammar.children(sentence, verb.i, "mark")}
    if marks & _IF or (_aux(sentence, told) & _MAYBE and not _reported_future(sentence, told)):
        return True
    return any(word.lemma in _UNREAL and _is_object(trigger) for word in above)


def _aux(sentence: Sentence, told: Sequence[Word]) -> set[str]:
    return {word.text.lower() for verb in told for word in grammar.children(sentence, verb.i, "aux")}


def _governing(sentence: Sentence, verb: Word) -> list[Word]:
    """The verbs on whose word the act hangs: "plans to meet", "denied plans to invade"; not who reports it ("said that")."""
    above: list[Word] = []
    while True:
        noun = sentence.words[verb.head]
        planned = verb.dep == "acl" and grammar.is_infinitive(sentence, verb) and noun.dep in _OBJECT
        completes = verb.dep in ("xcomp", "pcomp") or (
            verb.dep == "ccomp" and any(sentence.words[c].text.lower() == "to" for c in sentence.children[verb.i])
        )
        head = (
            next((word for word in grammar.ancestors(sentence, noun.i) if grammar.is_verb(word)), None)
            if planned
            else noun
        )
        if not (planned or completes) or head is None or head is verb or not grammar.is_verb(head):
            return above
        above.append(head)
        verb = head


def _reported_future(sentence: Sentence, told: Sequence[Word]) -> bool:
    """Whether "would" is only the future of a past report: "said they would meet"."""
    verb = told[-1]
    head = sentence.words[verb.head]
    return _aux(sentence, [verb]) <= {"would"} and verb.dep == "ccomp" and head.tag in ("VBD", "VBN")

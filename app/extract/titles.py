"""A plain present-tense line for an act, from its clause: at most 90 characters, never cut inside a word."""

import re
from collections.abc import Sequence

from app.core.model import ActorKind, ActorRef, Role, Status
from app.extract import grammar
from app.extract.document import Sentence, Word
from app.lexicon.kinds import Kind

LONGEST = 90
_HELD = "\u2060"  # behind a verb's particle, which is no loose end: "would go on"

_IRREGULAR = {"be": "is", "have": "has", "do": "does", "go": "goes"}
_OWN = re.compile(r"\b(?:(our|Our)|(my|My)|(we|We)|(us))\b")
_STOP = re.compile(r"[\"“”(\[;:]|\s[—–-]+\s|—|``|''")
_TAIL = re.compile(
    r"(?:[\s,]+(?:the|a|an|of|to|and|or|in|on|for|with|by|its|their|that|at|from|which|as|be|said|only))*[\s,;:.]*$"
)
_ARTICLE = re.compile(
    r"(?:United|Soviet Union|European (?:Union|Commission|Council|Parliament)|State Department|White House|Kremlin|Pentagon"
    r"|.*\b(?:Ministry|Council|Office|Bank|Fund|Agency|Organization|Organisation|Union|Court|Republic|Emirates|Netherlands|Philippines)$)"
)


def title(
    text: str,
    sentence: Sentence,
    trigger: Word,
    *,
    kind: Kind | None,
    who: Sequence[ActorRef],
    acting: bool,
    status: Status,
    noun: str,
    dates: Sequence[tuple[int, int]],
) -> str:
    """The line: who, the verb in the present tense, and what the clause says; for an event noun the phrase of its kind.

    `who` are the actors of whom it tells, `acting` says whether they act or are only named; `noun` is the event noun's lemma;
    `dates` are the stretches that tell dates and are left out. What is planned, supposed or denied says so.
    """
    names, several = _names(who)
    if not grammar.is_verb(trigger):
        doers, many = _names([ref for ref in who if ref.role is not Role.TARGET])
        if kind and kind.phrase and doers and acting:
            return cut(f"{doers} {_verb(kind.phrase[0], kind.phrase[1], many, status)}")
        return cut(f"{names}: {noun}" if names else noun)
    subject = grammar.child(sentence, trigger.i, "nsubj", "nsubjpass")
    if grammar.is_passive(sentence, trigger) and subject:
        plural = subject.tag in ("NNS", "NNPS") or grammar.child(sentence, subject.i, "conj") is not None
        return cut(
            f"{_told(text, sentence, subject, dates)} {_verb('be', 'is', plural, status)} {trigger.text.lower()}"
        )
    names = names or (
        _told(text, sentence, subject, dates) if subject and subject.pos in ("NOUN", "PROPN", "PRON") else ""
    )
    plural = subject is not None and (
        subject.tag in ("NNS", "NNPS") or subject.text.lower() == "they"
    )  # "we" is told as "it"
    several = several or (not who and plural)
    return cut(
        f"{names} {_verb(trigger.lemma, present(trigger.lemma), several, status)} {_rest(text, sentence, trigger, dates)}"
    )


def _verb(base: str, third: str, several: bool, status: Status) -> str:
    """The verb phrase: "signs", "is to sign", "may sign", "does not sign"."""
    if status is Status.SCHEDULED:
        return f"{'are' if several else 'is'} to {base}"
    if status is Status.HYPOTHETICAL:
        return f"may {base}"
    if status is Status.DENIED:
        if base == "be":
            return "are not" if several else "is not"
        return f"{'do' if several else 'does'} not {base}"
    if base == "be":
        return "are" if several else "is"
    return base if several else third


def present(lemma: str) -> str:
    """The third person singular of a verb.

    >>> present("publish"), present("reply"), present("have")
    ('publishes', 'replies', 'has')
    """
    if lemma in _IRREGULAR:
        return _IRREGULAR[lemma]
    if re.search(r"(?:s|sh|ch|x|z|o)$", lemma):
        return lemma + "es"
    return lemma[:-1] + "ies" if re.search(r"[^aeiou]y$", lemma) else lemma + "s"


def cut(line: str) -> str:
    """The line with single spaces and a capital, at a word's end when it is too long."""
    line = _TAIL.sub("", " ".join(line.split())).replace(_HELD, "")
    if len(line) > LONGEST:
        line = _TAIL.sub("", line[: LONGEST - 1].rsplit(" ", 1)[0]) + "…"
    return line[:1].upper() + line[1:]


def _names(who: Sequence[ActorRef]) -> tuple[str, bool]:
    """At most three names, people before what they belong to, and whether they are several."""
    people = [ref for ref in who if ref.kind is ActorKind.PERSON]
    names = list(dict.fromkeys(_with_article(ref.name) for ref in people or who))[:3]
    return ", ".join(names[:-1]) + (" and " if names[1:] else "") + names[-1] if names else "", len(names) > 1


def _with_article(name: str) -> str:
    return f"the {name}" if _ARTICLE.match(name) else name


def _told(text: str, sentence: Sentence, head: Word, dates: Sequence[tuple[int, int]]) -> str:
    """A phrase as the text words it, without dates and up to the first bracket or quotation mark."""
    words = [sentence.words[i] for i in grammar.phrase(sentence, head.i)]
    return _plain(text, min(word.begin for word in words), max(word.end for word in words), dates)


def _rest(text: str, sentence: Sentence, verb: Word, dates: Sequence[tuple[int, int]]) -> str:
    """What follows the verb in its own clause; what somebody says where it comes before the verb."""
    said = grammar.child(sentence, verb.i, "ccomp")
    if said is not None and said.i < verb.i:
        begin = min(sentence.words[i].begin for i in sentence.subtree(said.i))
        teller = grammar.child(sentence, verb.i, "nsubj")
        after = teller is not None and said.i < teller.i < verb.i  # "..., the minister said"
        end = min(sentence.words[i].begin for i in sentence.subtree(teller.i)) if teller and after else verb.begin
        words = _plain(text, begin + len(text[begin:end]) - len(text[begin:end].lstrip("\"“`'")), end, dates)
        first = sentence.words[min(sentence.subtree(said.i))]
        opens = first.i == 0 and first.pos not in ("PROPN", "PRON") and len(first.text) > 1
        last = max(
            (word for word in map(sentence.words.__getitem__, sentence.subtree(said.i)) if word.end <= end), key=_begin
        )
        return (words[:1].lower() + words[1:] if opens else words) + (_HELD if last.dep == "prt" else "")
    end = verb.end
    asides = [
        _extent(sentence, clause)
        for clause in grammar.children(sentence, verb.i, "advcl")
        if _is_aside(sentence, clause)
    ]
    for i in sorted(sentence.subtree(verb.i)):
        word = sentence.words[i]
        if word.i > verb.i:
            if word.head == verb.i and _ends_clause(sentence, word):
                break
            end = word.end
    return _plain(text, verb.end, end, [*dates, *asides])


def _is_aside(sentence: Sentence, clause: Word) -> bool:
    """Whether a comma parts a clause from what stands before it: "..., citing officials, ...", "..., two days before it met"."""
    first = min(sentence.subtree(clause.i))
    return first > 0 and sentence.words[first - 1].text == ","


def _extent(sentence: Sentence, clause: Word) -> tuple[int, int]:
    words = [sentence.words[i] for i in sentence.subtree(clause.i)]
    return min(word.begin for word in words), max(word.end for word in words)


def _begin(word: Word) -> int:
    return word.begin


def _ends_clause(sentence: Sentence, word: Word) -> bool:
    """Whether a further verb or the end of the clause begins at this child of the verb."""
    if word.dep == "cc":
        after = next(
            (sentence.words[c] for c in sentence.children[word.head] if c > word.i and sentence.words[c].dep == "conj"),
            None,
        )
        return after is None or grammar.is_verb(after)
    return (word.dep == "conj" and grammar.is_verb(word)) or (word.dep == "punct" and word.text in (";", "."))


def _plain(text: str, begin: int, end: int, dates: Sequence[tuple[int, int]]) -> str:
    """The words of a stretch up to its first bracket, dash or quotation mark, without dates; "our" becomes "its"."""
    if stop := _STOP.search(text, begin, end):
        end = stop.start()
    parts, at = [], begin
    for first, last in sorted(dates, key=lambda stretch: (stretch[0], -stretch[1])):
        if at <= first < end:
            parts.append(text[at:first])
            at = min(last, end)
    words = "".join([*parts, text[at:end]])
    words = _OWN.sub(lambda m: "its" if m[1] else "their" if m[2] else "it", words)
    return re.sub(r"^[\s,]+|[\s,]+$", "", re.sub(r"\s+,", ",", words))

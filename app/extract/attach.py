"""Which verb or event noun a date expression dates, by the parse; what dates nothing is rejected with the reason.

Not handled: dates that a whole paragraph shares; two dates of which one corrects the other.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from app.core import calendar
from app.core.calendar import DateSpan
from app.core.model import Extent, Rejected, Step, Timex
from app.extract import grammar
from app.extract.document import Sentence, Word
from app.lexicon.kinds import OTHER, KindTable

_CLOCKS = frozenset(("clock-day", "clock-day-month", "day-clock", "clock"))
_ROUND = frozenset(("before", "after"))
_EDGES = {
    "since": "says when something began, not when it was done",
    "until": "says when something ends, not when it is done",
    "till": "says when something ends, not when it is done",
    "before": "says what was later, not when the act was",
    "after": "says what was earlier, not when the act was",
    "by": "is a deadline",
    "from": "says when something begins",
    "than": "is what something is compared with",
    "like": "is what something is compared with",
    "as": "is what something is compared with",
}
_BESIDE = re.compile(
    r"\b(?:ahead of|prior to|as of|later than|compared (?:with|to)|dat(?:ing|es) back to|back to|up to)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_DEADLINE = re.compile(r"\s+deadline\b")
_RANGE = re.compile(r"\s*(?:to|through|until|till|[-–—])\s*(?:the\s+)?|\s+and\s+(?:the\s+)?")
_APPOSED = re.compile(r"\s*[,(—–-]*\s*(?:(?:on|in)\s+)?")
_BETWEEN = re.compile(r"\b(?:between|from)\s+(?:the\s+)?$", re.IGNORECASE)
_NEAR_WORDS = 14  # how far from a bracketed year its occasion may stand
_WHEN = re.compile(r"\s*,?\s*(?:when|where)\b")
_YEAR_THAT = re.compile(r"\s*,?\s*the (?:same )?(?:day|week|month|year)\b")


@dataclass(frozen=True, slots=True)
class Dating:
    """A date that belongs to the trigger at word `trigger` of the sentence, with the steps that led there.

    `host` is the verb of which the trigger is a further report in parentheses: the act's actors are that verb's.
    """

    trigger: int
    span: DateSpan
    timexes: tuple[Timex, ...]
    steps: tuple[Step, ...]
    host: int | None = None


@dataclass(frozen=True, slots=True)
class _Unit:
    """One date, or a range told by two."""

    first: Timex
    span: DateSpan
    timexes: tuple[Timex, ...]

    @property
    def end(self) -> int:
        return self.timexes[-1].end


_IN_BEHALF = frozenset(("represent",))  # "will represent Russia at the talks"


class Attacher:
    """Joins dates to acts; the kinds say which nouns are acts."""

    def __init__(self, kinds: KindTable) -> None:
        self._kinds = kinds

    def attach(
        self, sentence: Sentence, text: str, timexes: Sequence[Timex], latest: date | None = None
    ) -> tuple[list[Dating], list[Rejected]]:
        """The dated triggers of one sentence, each date once a trigger; and the dates that belong to none.

        `latest` is the last day on which the article may have been written: nothing that it tells as past came after it.
        """
        datings: list[Dating] = []
        rejected: list[Rejected] = []
        for unit in _units(text, timexes):
            found = [self._if_ahead(sentence, unit, one, latest) for one in self._triggers(sentence, text, unit)]
            if not found:
                reason = self._why_not(sentence, text, unit)
                rejected.append(Rejected(Extent(unit.first.begin, unit.end, text[unit.first.begin : unit.end]), reason))
            datings.extend(found)
        return _merged(datings), rejected

    # ------------------------------------------------------------ finding triggers
    def _triggers(self, sentence: Sentence, text: str, unit: _Unit) -> Iterator[Dating]:
        head = _head(sentence, unit.first)
        if head is None:
            return
        inner = self._clause_of_date(sentence, text, unit, head)
        if inner is not None:
            yield self._dating(sentence, unit, inner, "when-clause")
            if (
                unit.first.end < sentence.words[inner].begin
                and not _edge(sentence, text, unit, head)
                and not _YEAR_THAT.match(text, unit.end)
            ):
                outer = self._governor(sentence, head)
                if outer is not None and outer != inner:
                    yield self._dating(sentence, unit, outer, "governor")
            return
        told = self._parenthesis(sentence, text, unit)
        if told is not None:
            yield self._dating(sentence, unit, told, "parenthesis", _host(sentence, told))
            return
        bracket = self._bracket(sentence, text, unit, head)
        if bracket is not None:
            yield self._dating(sentence, unit, bracket, "bracket")
        if bracket is not None or _edge(sentence, text, unit, head) or _in_brackets(text, unit):
            return
        beside = self._noun_before(sentence, unit)
        trigger = self._governor(sentence, head)
        if beside is not None and (trigger is None or self._only_tells(sentence, sentence.words[trigger])):
            yield self._dating(sentence, unit, beside, "noun-before")
        elif trigger is not None:
            yield self._dating(sentence, unit, trigger, "governor")
            if sentence.words[trigger].begin > unit.end:
                yield from (
                    self._dating(sentence, unit, verb, "conjunction") for verb in _joined_verbs(sentence, trigger)
                )

    def _if_ahead(self, sentence: Sentence, unit: _Unit, dating: Dating, latest: date | None) -> Dating:
        """The dating, or that of what is asked for: "called for a summit on May 5", told in April."""
        verb = sentence.words[dating.trigger]
        aux = grammar.child(sentence, verb.i, "aux", "auxpass")
        if latest is None or unit.span.first_day <= latest or verb.tag != "VBD" or aux is not None:
            return dating
        asked = [
            *grammar.objects(sentence, verb),
            *(
                noun
                for prep in grammar.children(sentence, verb.i, "prep")
                if prep.lemma in ("for", "to", "on")
                for noun in grammar.children(sentence, prep.i, "pobj")
            ),
        ]
        noun = next((noun for noun in asked if self._is_occasion(sentence, noun)), None)
        return self._dating(sentence, unit, noun.i, "ahead") if noun else dating

    def _noun_before(self, sentence: Sentence, unit: _Unit) -> int | None:
        """The occasion right before the date: "the call earlier that day", "the exit two decades ago"."""
        before = [word for word in sentence.words if word.end <= unit.first.begin][-2:]
        noun = next((word for word in reversed(before) if word.pos == "NOUN"), None)
        near = noun is not None and all(
            word.pos in ("ADV", "ADP", "NOUN", "DET") for word in before[before.index(noun) :]
        )
        return (
            noun.i
            if noun and near and self._is_occasion(sentence, noun) and not self._completes(sentence, noun)
            else None
        )

    def _only_tells(self, sentence: Sentence, word: Word) -> bool:
        """Whether a verb tells of other acts ("referenced", "pointed to") and is none that the date would rather belong to."""
        kind = self._kinds.family(self._kinds.verbs.get(word.lemma, OTHER))
        return grammar.is_verb(word) and kind in ("statement", OTHER)

    def _dating(self, sentence: Sentence, unit: _Unit, trigger: int, rule: str, host: int | None = None) -> Dating:
        words = " and ".join(f"'{timex.text}'" for timex in unit.timexes)
        step = Step(f"attach-{rule}", f"{words} dates '{sentence.words[trigger].text}'")
        return Dating(
            trigger, unit.span, unit.timexes, (*(step_ for timex in unit.timexes for step_ in timex.steps), step), host
        )

    def _governor(self, sentence: Sentence, head: Word) -> int | None:
        """Climbs from the date to the nearest verb or occasion above it."""
        below = head
        apposed = False
        for word in grammar.ancestors(sentence, head.i):
            apposed = apposed or below.dep == "appos"
            if grammar.is_verb(word) and not grammar.is_idle_gerund(sentence, word):
                return self._act_of_verb(sentence, (_verb_before(sentence, head) if apposed else None) or word, head)
            if word.pos in ("NOUN", "PROPN") and (noun := self._act_of_noun(sentence, word, below)) is not None:
                return noun if noun >= 0 else None
            below = word
        return None

    def _act_of_noun(self, sentence: Sentence, noun: Word, below: Word) -> int | None:
        """The noun if it is what is dated, -1 if the date dates a thing that is no act, None to climb on."""
        if self._is_occasion(sentence, noun):
            return None if self._completes(sentence, noun) else noun.i
        if below.dep in ("nummod", "compound", "amod") and self._is_act(sentence, noun):
            return -1  # "the 1985 accord" is a name
        hangs_by_of = below.dep == "prep" and below.lemma == "of"
        if self._is_act(sentence, noun) and (hangs_by_of or noun.dep in ("nsubj", "nsubjpass", "ROOT")):
            return noun.i
        return -1 if hangs_by_of else None

    def _act_of_verb(self, sentence: Sentence, verb: Word, head: Word) -> int:
        """The verb, or what it merely serves: "talks are on Friday", "held talks", "is scheduled to meet"."""
        verb = self._reported(sentence, verb, head) or _cleft(sentence, verb) or verb
        lemma = grammar.particle_lemma(sentence, verb)
        above = sentence.words[verb.head]
        if lemma in self._kinds.planning:
            planned = grammar.child(sentence, verb.i, "xcomp")
            if planned and grammar.is_verb(planned) and not verb.i < head.i < planned.i:
                return planned.i  # "plans to meet on Friday", not "agreed on Friday to meet"
            if verb.dep in ("acl", "relcl") and self._is_act(sentence, above):
                return above.i
        if verb.dep == "relcl" and lemma in self._kinds.light and self._is_act(sentence, above):
            return above.i  # "the call that they held on Friday"
        if self._kinds.verbs.get(lemma) == "publication" and (
            verb.dep in ("acl", "relcl") or _has_which(sentence, verb)
        ):
            near = (
                reversed(sentence.words[max(0, verb.i - 15) : verb.i])
                if _has_which(sentence, verb)
                else self._nouns_above(sentence, verb)
            )
            occasion = next((word for word in near if self._is_occasion(sentence, word)), None)
            if occasion:
                return occasion.i  # "an interview, excerpts of which came out on Monday"
        noun = self._served(sentence, verb, lemma)
        return noun.i if noun else verb.i

    def _reported(self, sentence: Sentence, verb: Word, head: Word) -> Word | None:
        """Of "Sanctions return on Monday, the Treasury said" the verb before the date: who is cited at the end is not dated."""
        subject = grammar.child(sentence, verb.i, "nsubj")
        if verb.lemma not in self._kinds.speech or subject is None or not head.i < subject.i:
            return None
        before = [word for word in sentence.words[: head.i] if grammar.is_verb(word) and word.tag != "VBG"]
        return before[-1] if before else None

    def _served(self, sentence: Sentence, verb: Word, lemma: str) -> Word | None:
        """The act that a light verb, or one of being and beginning, only serves: "talks are on Friday", "took part in talks"."""
        nouns: list[Word] = []
        if lemma in self._kinds.light:
            nouns = grammar.children(sentence, verb.i, "dobj", "nsubjpass")
            if lemma in _IN_BEHALF or any(noun.lemma == "part" for noun in nouns):
                nouns = [
                    noun
                    for prep in grammar.children(sentence, verb.i, "prep")
                    for noun in grammar.children(sentence, prep.i, "pobj")
                ]
        elif lemma in self._kinds.planning:
            nouns = grammar.children(sentence, verb.i, "nsubjpass", "dobj")
        if any(form in self._kinds.existence for form in grammar.verb_lemmas(sentence, verb)):
            nouns += grammar.children(sentence, verb.i, "nsubj", "attr")
        acts = (noun for noun in nouns if self._is_act(sentence, noun))
        return next((noun for noun in acts if not self._is_undone(sentence, noun, verb)), None)

    def _is_undone(self, sentence: Sentence, noun: Word, verb: Word) -> bool:
        """Whether verb and noun together tell another act than the noun: "ended the ceasefire", "ended its sanctions"."""
        told = self._kinds.verbs.get(f"{verb.lemma} {noun.lemma}")
        named = self._kinds.noun_kind(*grammar.noun_lemmas(sentence, noun))
        return told is not None and named is not None and self._kinds.family(told) != self._kinds.family(named)

    def _completes(self, sentence: Sentence, noun: Word) -> bool:
        """Whether the noun is part of what its verb tells: "recalled for consultations", "ended the ceasefire"."""
        above = sentence.words[noun.head]
        if noun.dep in ("dobj", "nsubjpass"):
            return self._is_undone(sentence, noun, above)
        verb = sentence.words[above.head]
        return above.dep == "prep" and f"{verb.lemma} {above.lemma} {noun.lemma}" in self._kinds.verbs

    @staticmethod
    def _nouns_above(sentence: Sentence, word: Word) -> Iterator[Word]:
        for above in grammar.ancestors(sentence, word.i):
            if grammar.is_verb(above):
                return
            yield above

    def _is_occasion(self, sentence: Sentence, noun: Word) -> bool:
        return noun.pos in ("NOUN", "PROPN") and self._kinds.is_occasion(grammar.noun_lemma(sentence, noun), noun.lemma)

    def _is_act(self, sentence: Sentence, noun: Word) -> bool:
        return self._is_occasion(sentence, noun) or (noun.pos in ("NOUN", "PROPN") and self._kinds.is_thing(noun.lemma))

    # ------------------------------------------------------------ special constructions
    def _clause_of_date(self, sentence: Sentence, text: str, unit: _Unit, head: Word) -> int | None:
        """The verb of "December, when they met" or "1997, the year they signed"."""
        if _WHEN.match(text, unit.end):
            when = next(
                (word for word in sentence.words if word.begin >= unit.end and word.text.lower() in ("when", "where")),
                None,
            )
            if when and when.begin < unit.end + 12:
                verb = sentence.words[when.head]
                return verb.i if grammar.is_verb(verb) and verb.begin > unit.end else None
        if _YEAR_THAT.match(text, unit.end):
            noun = next(
                (
                    word
                    for word in sentence.words
                    if word.begin >= unit.end and word.lemma in ("day", "week", "month", "year")
                ),
                None,
            )
            verb_ = grammar.child(sentence, noun.i, "relcl", "acl") if noun else None
            return verb_.i if verb_ and grammar.is_verb(verb_) else None
        return None

    def _parenthesis(self, sentence: Sentence, text: str, unit: _Unit) -> int | None:
        """The participle that opens the parenthesis which holds the date: "(handed over on May 3)"."""
        opening = text.rfind("(", sentence.begin, unit.first.begin)
        if opening < 0 or ")" in text[opening : unit.first.begin]:
            return None
        first = next((word for word in sentence.words if word.begin > opening), None)
        return first.i if first and first.tag in ("VBN", "VBD") and first.end <= unit.first.begin else None

    def _bracket(self, sentence: Sentence, text: str, unit: _Unit, head: Word) -> int | None:
        """The occasion around a bracketed year: "the Malta (1989) and Moscow (1991) summits"."""
        if not _in_brackets(text, unit):
            return None
        above = list(self._nouns_above(sentence, head))
        after = [word for word in sentence.words if word.begin >= unit.end][:_NEAR_WORDS]
        before = [word for word in reversed(sentence.words) if word.end <= unit.first.begin][:_NEAR_WORDS]
        near = (*above, *after, *before)
        occasion = next((word.i for word in near if self._is_occasion(sentence, word)), None)
        return (
            occasion if occasion is not None else next((word.i for word in near if self._is_act(sentence, word)), None)
        )

    def _why_not(self, sentence: Sentence, text: str, unit: _Unit) -> str:
        head = _head(sentence, unit.first)
        if head is None:
            return "stands outside the parsed sentence"
        return _edge(sentence, text, unit, head) or "hangs on no act"


def _units(text: str, timexes: Sequence[Timex]) -> list[_Unit]:
    units: list[_Unit] = []
    for timex in timexes:
        if timex.span is None or timex.type not in ("DATE", "TIME"):
            continue
        last = units[-1] if units else None
        if last and len(last.timexes) == 1 and (span := _range(text, last.first, timex)):
            units[-1] = _Unit(last.first, span, (last.first, timex))
        elif (
            last
            and _APPOSED.fullmatch(text, last.end, timex.begin)
            and (last.span.holds(timex.span) or timex.span.holds(last.span))
        ):
            narrow = min(last.span, timex.span, key=lambda span: span.days)  # "the week before, on May 3"
            units[-1] = _Unit(last.first, narrow, (*last.timexes, timex))
        else:
            units.append(_Unit(timex, timex.span, (timex,)))
    return units


def _range(text: str, first: Timex, second: Timex) -> DateSpan | None:
    """What "January 10 to 13" or "between May and July" spans; None where the two are dates of their own."""
    gap = text[first.end : second.begin]
    if first.span is None or second.span is None or not _RANGE.fullmatch(gap):
        return None
    between = _BETWEEN.search(text[max(0, first.begin - 20) : first.begin])
    if "and" in gap and not between and not _is_next_day(first.span, second.span):
        return None
    if first.span.first_day > second.span.first_day or "[" in first.span.edtf + second.span.edtf:
        return None
    return calendar.between(first.span, second.span)


def _joined_verbs(sentence: Sentence, trigger: int) -> Iterator[int]:
    """The verbs after "and" that a date before all of them dates too, unless they have a date or a subject of their own."""
    for verb in grammar.children(sentence, trigger, "conj"):
        below = [sentence.words[i] for i in sentence.subtree(verb.i)]
        dated = any(word.dep == "npadvmod" or word.tag == "CD" for word in below)
        if grammar.is_verb(verb) and not dated and not grammar.child(sentence, verb.i, "nsubj", "nsubjpass"):
            yield verb.i


def _cleft(sentence: Sentence, verb: Word) -> Word | None:
    """Of "it was on Monday that they met" the verb behind "that"."""
    subject = grammar.child(sentence, verb.i, "nsubj")
    if verb.lemma != "be" or subject is None or subject.lemma != "it":
        return None
    clauses = grammar.children(sentence, verb.i, "ccomp", "advcl", "relcl", "acl")
    return next((word for word in clauses if word.i > verb.i and grammar.is_verb(word)), None)


def _is_next_day(first: DateSpan, second: DateSpan) -> bool:
    """Whether "December 8 and 9" are two days on end, on which one act lasted."""
    return first.days == second.days == 1 and (second.first_day - first.first_day).days == 1


def _verb_before(sentence: Sentence, head: Word) -> Word | None:
    """The last finite verb before a date: what an apposition with a date of its own belongs to, wherever the parse hangs it."""
    before = [word for word in sentence.words[: head.i] if grammar.is_verb(word) and word.tag in ("VBD", "VBZ", "VBP")]
    return before[-1] if before else None


def _has_which(sentence: Sentence, verb: Word) -> bool:
    """Whether the subject is "part of which" and so is told of something before it."""
    subject = grammar.child(sentence, verb.i, "nsubj", "nsubjpass")
    return subject is not None and any(sentence.words[i].tag == "WDT" for i in grammar.phrase(sentence, subject.i))


def _host(sentence: Sentence, participle: int) -> int | None:
    """The verb before a parenthesis: of "wrote a letter (handed over on Friday)" the "wrote"."""
    opening = sentence.words[participle].i - 2
    if opening < 0:
        return None
    before = sentence.words[opening]
    chain = [before, *grammar.ancestors(sentence, before.i)]
    return next((word.i for word in chain if grammar.is_verb(word) and word.i < participle), None)


def _head(sentence: Sentence, timex: Timex) -> Word | None:
    """The word of the expression on which the others hang."""
    inside = [word for word in sentence.words if word.begin < timex.end and timex.begin < word.end]
    numbers = {word.i for word in inside}
    return next((word for word in inside if word.head not in numbers or word.head == word.i), None)


def _edge(sentence: Sentence, text: str, unit: _Unit, head: Word) -> str | None:
    """Why the word before the date keeps it from dating the act: a start, an end, a deadline."""
    if unit.span not in [timex.span for timex in unit.timexes]:
        return None  # a range: its words are "from" and "to"
    if _DEADLINE.match(text, unit.end):
        return "is a deadline"
    if _BESIDE.search(text[max(sentence.begin, unit.first.begin - 30) : unit.first.begin]):
        return "is what something is compared with or counted from"
    above = sentence.words[head.head]
    if above.lemma in _ROUND and unit.first.type == "TIME" and unit.first.rule in _CLOCKS:
        return None  # "just before midnight on Wednesday" was on Wednesday
    return _EDGES.get(above.lemma) if above.pos in ("ADP", "SCONJ") and above.end <= unit.first.begin else None


def _in_brackets(text: str, unit: _Unit) -> bool:
    return text[max(0, unit.first.begin - 3) : unit.first.begin].rstrip()[-1:] in ("(", "[") and text[
        unit.end : unit.end + 3
    ].lstrip()[:1] in (")", "]")


def _merged(datings: Sequence[Dating]) -> list[Dating]:
    """One dating for dates of one trigger that say the same, or of which one holds the other: the narrower is kept."""
    kept: list[Dating] = []
    for dating in datings:
        twin = next(
            (
                other
                for other in kept
                if other.trigger == dating.trigger and (other.span.holds(dating.span) or dating.span.holds(other.span))
            ),
            None,
        )
        if twin is None:
            kept.append(dating)
            continue
        narrow = min((twin, dating), key=lambda one: one.span.days)
        kept[kept.index(twin)] = Dating(
            narrow.trigger, narrow.span, (*twin.timexes, *dating.timexes), (*twin.steps, *dating.steps)
        )
    return kept

"""What a dated verb or event noun tells: its kind and status, who acts on whom, its clause and a title.

Not handled: acts told over several sentences; actors whom the lexicon does not know.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.core.calendar import DateSpan
from app.core.model import ActorKind, ActorRef, Reporter, Role, Status
from app.extract import claims, grammar, parts, status, titles
from app.extract.cast import Cast, Scene
from app.extract.document import Sentence, Word
from app.extract.parts import Parts
from app.extract.strangers import VIA
from app.lexicon.actors import ActorTable
from app.lexicon.kinds import OTHER, KindTable

_FELT_WHERE_DONE = frozenset(  # kinds of acts, with those that refine them, done to the state in which they are done
    (
        "retreat",
        "mobilization",
        "assault",
        "coercion",
        "protest",
        "aid",
        "sanction",
        "concession",
        "consultation",
        "recognition",
    )
)
_TOWARD = frozenset(("to", "with", "against", "toward", "towards", "before", "on", "upon", "at", "over"))


@dataclass(frozen=True, slots=True)
class Act:
    """One act as a clause tells it."""

    trigger: Word
    lemma: str
    kind: str
    status: Status
    actors: tuple[ActorRef, ...]
    clause: tuple[int, int]
    title: str
    objects: tuple[str, ...]
    reported_by: Reporter | None


_NAMING = frozenset(("call", "label", "brand", "term", "dub"))
_TOLD = "statement"  # what a verb of saying tells that has a clause of its own


class ActReader:
    """Reads acts by the kinds and actors of the lexicon."""

    def __init__(self, kinds: KindTable, table: ActorTable) -> None:
        self._kinds = kinds
        self._cast = Cast(table, texts={*kinds.things, *kinds.nouns}, speech=kinds.speech)

    def read(self, scene: Scene, trigger: int, span: DateSpan | None, host: int | None = None) -> Act:
        """The act of the trigger; without actors when nobody the lexicon knows is named in its clause.

        `host` is the verb whose actors and object are the act's, where the trigger only adds to its report.
        """
        sentence = scene.sentence
        word = sentence.words[trigger]
        verbal = grammar.is_verb(word)
        lemma = grammar.particle_lemma(sentence, word) if verbal else grammar.noun_lemma(sentence, word)
        kind = self._kind_of_verb(sentence, word) if verbal else self._kind_of_noun(sentence, word) or OTHER
        teller = word if host is None else sentence.words[host]
        first, last = _clause(sentence, teller)
        clause = (min(first, word.begin), max(last, word.end))
        told = parts.of_verb(sentence, teller, self._kinds, self._kind_of_verb(sentence, teller)) if verbal else None
        told = told or self._parts_of_noun(scene, word, kind)
        day = span.first_day if span else scene.dct.best
        actors = self._actors(scene, told, clause, kind, day, word if not verbal else _theme(sentence, teller))
        actors = actors or tuple(self._cast.ref(one, Role.OTHER, day, word, "context") for one in scene.about)
        told_as = status.of(sentence, word, span, scene.dct, self._kinds)
        objects = _objects(scene, teller, clause)
        dates = scene.date_phrases
        form = lemma if verbal else self._kinds.noun_form(lemma, word.lemma) or word.lemma
        acting = tuple(ref for ref in actors if ref.role is not Role.OTHER)
        who = tuple(self._cast.near(scene, self._doers(sentence, teller), day=day)) if verbal else acting
        title = titles.title(
            scene.text, sentence, teller, kind=self._kinds.kinds.get(kind), who=who or (() if verbal else actors),
            acting=verbal or bool(acting), status=told_as, noun=form, dates=dates,
        )  # fmt: skip
        claimed = claims.reporter(scene, word, self._kinds, self._cast)
        return Act(word, form, kind, told_as, actors, clause, title, objects, claimed)

    @staticmethod
    def _doers(sentence: Sentence, verb: Word) -> list[Word]:
        """The noun of which the title tells: the grammatical subject, of a passive the one by whom it was done."""
        found = grammar.subject(sentence, verb)
        if found and found[1]:
            return [
                noun
                for agent in grammar.children(sentence, verb.i, "agent")
                for noun in grammar.children(sentence, agent.i, "pobj")
            ]
        return [found[0]] if found else []

    # ------------------------------------------------------------ kind
    def is_known(self, sentence: Sentence, word: Word) -> bool:
        """Whether the verb or noun tells a kind of act of its own."""
        if grammar.is_verb(word):
            return not self.is_mere_being(sentence, word) and (
                any(lemma in self._kinds.verbs for lemma in grammar.verb_lemmas(sentence, word))
                or self._kind_of_verb(sentence, word) != OTHER
            )
        return self._kind_of_noun(sentence, word) is not None

    def is_mere_being(self, sentence: Sentence, word: Word) -> bool:
        """Whether the verb only says that something is, runs or falls: whoever stands beside it, nobody acts.

        One that is done to something is an act: "opened its borders", "ended the mission".
        """
        suffered = () if word.lemma == "follow" else ("nsubjpass",)  # "was followed by" only says what came next
        done = grammar.child(sentence, word.i, "dobj", "xcomp", *suffered) is not None
        return (
            grammar.is_verb(word)
            and not done
            and any(form in self._kinds.existence for form in grammar.verb_lemmas(sentence, word))
        )

    def _kind_of_noun(self, sentence: Sentence, noun: Word) -> str | None:
        return self._kinds.noun_kind(*grammar.noun_lemmas(sentence, noun))

    def _kind_of_verb(self, sentence: Sentence, verb: Word) -> str:
        if parts.receives_guest(sentence, verb):
            return "meeting"
        if verb.lemma in _NAMING and grammar.child(sentence, verb.i, "oprd"):
            return _TOLD  # "called the step a mistake"
        if verb.lemma in self._kinds.light:
            listed = any(form in self._kinds.verbs for form in grammar.object_lemmas(sentence, verb))
            for noun in () if listed else grammar.patients(sentence, verb):
                if kind := self._kind_of_noun(sentence, noun):
                    return kind
        kind = next(
            (self._kinds.verbs[lemma] for lemma in grammar.verb_lemmas(sentence, verb) if lemma in self._kinds.verbs),
            OTHER,
        )
        told = verb.lemma in self._kinds.speech and grammar.child(sentence, verb.i, "ccomp") is not None
        return _TOLD if told and self._kinds.symmetric(kind) else kind  # "the forum concluded that" agreed on nothing

    # ------------------------------------------------------------ actors
    def _parts_of_noun(self, scene: Scene, noun: Word, kind: str) -> Parts:
        sentence = scene.sentence
        source = [
            word
            for word in grammar.children(sentence, noun.i, "poss", "compound", "amod", "nmod")
            if not _is_seat(scene, word)
        ]
        target: list[Word] = []
        for prep in _preps(sentence, noun):
            nouns = grammar.children(sentence, prep.i, "pobj")
            if prep.lemma in ("between", "by", "from", "of", "among"):
                source.extend(nouns)
            elif prep.lemma in _TOWARD:
                target.extend(nouns)
        verb = next((word for word in grammar.ancestors(sentence, noun.i) if grammar.is_verb(word)), None)
        for relative in grammar.children(sentence, noun.i, "relcl"):  # "the call that they held with him"
            found = grammar.subject(sentence, relative)
            source.extend([found[0]] if found and found[0] is not noun else [])
            target.extend(
                other
                for prep in _preps_below(sentence, relative)
                if prep.lemma in _TOWARD
                for other in grammar.children(sentence, prep.i, "pobj")
            )
        named = any(self._cast.near(scene, [word]) for word in source)
        serving = verb is not None and (
            verb.lemma in self._kinds.light
            or verb.lemma in self._kinds.speech
            or self._kinds.symmetric(kind)
            or self._kinds.family(kind) == "statement"
        )
        if verb is not None and not named and serving:
            found = grammar.subject(sentence, verb)
            if found and found[0] is not noun:
                (target if found[1] else source).append(found[0])
            for agent in grammar.children(sentence, verb.i, "agent"):
                source.extend(grammar.children(sentence, agent.i, "pobj"))
            for prep in grammar.children(sentence, verb.i, "prep"):
                if prep.lemma in ("with", "between", "alongside"):
                    target.extend(grammar.children(sentence, prep.i, "pobj"))
        return Parts(source, target)

    def _actors(
        self, scene: Scene, told: Parts, clause: tuple[int, int], kind: str, day: date | None, theme: Word | None
    ) -> tuple[ActorRef, ...]:
        chosen: dict[str, ActorRef] = {}
        symmetric = self._kinds.symmetric(kind)
        for role, nouns in ((Role.SOURCE, told.source), (Role.TARGET, told.target), (Role.TARGET, told.reached)):
            shown = Role.PARTICIPANT if symmetric else role
            if nouns is told.reached and (symmetric or any(ref.role is Role.TARGET for ref in chosen.values())):
                continue  # whom it reaches counts only where it is aimed at nobody
            for ref in self._cast.near(scene, nouns, shown, day):
                chosen.setdefault(ref.id, ref)
        if not symmetric:
            self._by_place(scene, told, kind, day, chosen)
        elif not chosen and theme is not None and _looks_back(scene, theme):
            chosen.update((ref.id, ref) for ref in self._cast.parties(scene, theme, self._kinds.family(kind), day))
        if source := next(
            (ref for ref in chosen.values() if ref.kind is ActorKind.PERSON and ref.role is not Role.TARGET), None
        ):
            for noun in told.target:
                other = self._cast.counterpart(scene, noun, source, shown, day) if noun.lemma == "counterpart" else None
                if other:  # "his US counterpart" is a person, not also the state
                    for ref in self._cast.near(scene, [noun], shown, day):
                        chosen.pop(ref.id, None)
                    chosen.setdefault(other.id, other)
        within = (
            clause
            if chosen or any(clause[0] <= named.begin < clause[1] and not named.place for named in scene.named)
            else (scene.sentence.begin, scene.sentence.end)
        )
        for named in scene.named:
            if within[0] <= named.begin < within[1] and not named.place:
                chosen.setdefault(named.actor_id, self._cast.ref(named, Role.OTHER, day))
        return tuple(chosen.values())

    def together(self, scene: Scene) -> Iterator[tuple[str, tuple[ActorRef, ...]]]:
        """Who does something together in a sentence, dated or not: the family of what they do, and two or more of them."""
        for word in scene.sentence.words:
            verbal = grammar.is_verb(word)
            if not verbal and word.pos != "NOUN":
                continue
            kind = self._kind_of_verb(scene.sentence, word) if verbal else self._kind_of_noun(scene.sentence, word)
            if kind is None or not self._kinds.symmetric(kind):
                continue
            told = (
                parts.of_verb(scene.sentence, word, self._kinds, kind)
                if verbal
                else self._parts_of_noun(scene, word, kind)
            )
            refs = self._cast.near(scene, [*told.source, *told.target], Role.PARTICIPANT, scene.dct.best)
            distinct = tuple({ref.id: ref for ref in refs}.values())
            if len(distinct) > 1:
                yield self._kinds.family(kind), distinct

    def _by_place(self, scene: Scene, told: Parts, kind: str, day: date | None, chosen: dict[str, ActorRef]) -> None:
        """Who is told only by a place: those who act from it, and the state in which an act of force or aid is done."""
        if _lacks(chosen, Role.SOURCE):
            for ref in self._cast.at(scene, told.source, Role.SOURCE, day):
                chosen.setdefault(ref.id, ref)
        if _lacks(chosen, Role.TARGET):
            felt = [noun for deed, noun in told.places if self._is_felt(scene, deed, deed in told.deeds, kind)]
            for ref in self._cast.at(scene, felt, Role.TARGET, day):
                again = ref.id in chosen and chosen[ref.id].role is not Role.TARGET
                chosen.setdefault(f"{ref.id} as a place" if again else ref.id, ref)

    def _is_felt(self, scene: Scene, deed: Word, further: bool, kind: str) -> bool:
        """Whether the state in which it is done suffers or enjoys it: the act of that kind, or what it leads to `further`."""
        done = self._kind_of_verb(scene.sentence, deed) if further else kind
        return not _FELT_WHERE_DONE.isdisjoint(self._kinds.lineage(done))


def _lacks(chosen: dict[str, ActorRef], role: Role) -> bool:
    """Whether nobody of a known state or organisation has the role."""
    return all(ref.role is not role or (ref.via == VIA and ref.state is None) for ref in chosen.values())


def _theme(sentence: Sentence, verb: Word) -> Word | None:
    """The noun of which a verb tells: its subject, without one its object."""
    found = grammar.subject(sentence, verb)
    return found[0] if found else grammar.child(sentence, verb.i, "dobj")


def _looks_back(scene: Scene, noun: Word) -> bool:
    """Whether a noun may name again what was told before: "the treaty", "negotiators", not "Arab ministers"."""
    words = [scene.sentence.words[i] for i in grammar.phrase(scene.sentence, noun.i, around=False)]
    return noun.pos == "NOUN" and not any(
        word.pos == "PROPN"
        or (word.i > 0 and word.dep == "amod" and word.text[:1].isupper())
        or (word.pos == "NUM" and word.lemma != "two")
        or any(named.begin <= word.begin < named.end for named in scene.named)
        for word in words
    )


def _is_seat(scene: Scene, word: Word) -> bool:
    """Whether a building or capital before an occasion only tells where it was: "a Kremlin press conference"."""
    return word.dep == "compound" and any(
        named.begin <= word.begin < named.end and named.via in ("capital", "metonym", "body") for named in scene.named
    )


# ---------------------------------------------------------------- the clause
def _clause(sentence: Sentence, trigger: Word) -> tuple[int, int]:
    """The stretch of the trigger's own clause: its verb with all that hangs on it but further clauses and conjoined verbs."""
    verb = (
        trigger
        if grammar.is_verb(trigger)
        else next((word for word in grammar.ancestors(sentence, trigger.i) if grammar.is_verb(word)), trigger)
    )
    stack, inside = [verb.i], []
    while stack:
        at = stack.pop()
        inside.append(sentence.words[at])
        for i in sentence.children[at]:
            word = sentence.words[i]
            joins = word.dep == "cc" and any(grammar.is_verb(other) for other in grammar.children(sentence, at, "conj"))
            if word.dep in grammar.CLAUSES or joins or (word.dep == "conj" and grammar.is_verb(word)):
                if trigger.i in set(sentence.subtree(i)):
                    stack.append(i)
                continue
            stack.append(i)
    words = [word for word in inside if word.pos != "PUNCT"] or inside
    return min(word.begin for word in words), max(word.end for word in words)


def _objects(scene: Scene, teller: Word, clause: tuple[int, int]) -> tuple[str, ...]:
    """The lemmas of the nouns that the clause is about, but its subject, date and teller, and of what is to be done by it."""
    sentence = scene.sentence
    found = grammar.subject(sentence, teller)
    left_out = {teller.i, *(grammar.phrase(sentence, found[0].i) if found else ())}
    nouns = [
        word
        for word in sentence.words
        if word.pos == "NOUN" and word.i not in left_out and clause[0] <= word.begin < clause[1]
        if not any(begin <= word.begin < end for begin, end in scene.date_phrases)
    ]
    deeds = [
        deed for deed in grammar.children(sentence, teller.i, "xcomp", "advcl") if grammar.is_infinitive(sentence, deed)
    ]
    return tuple(sorted({word.lemma for word in (*nouns, *deeds)}))


def _preps(sentence: Sentence, noun: Word) -> list[Word]:
    """The prepositions of a noun: its own, and those that the parse hung on the words after it ("a call earlier with X")."""
    own = grammar.children(sentence, noun.i, "prep")
    head = sentence.words[noun.head]
    if noun.dep in ("dobj", "pobj", "attr") and grammar.is_verb(head):
        own = own or [word for word in grammar.children(sentence, head.i, "prep") if word.i > noun.i]
        own += [
            prep
            for word in grammar.children(sentence, head.i, "npadvmod")
            if word.i > noun.i
            for prep in grammar.children(sentence, word.i, "prep")
        ]
    return own


def _preps_below(sentence: Sentence, verb: Word) -> list[Word]:
    """The prepositions of a verb and of the adverbial dates on it: "held earlier that day with her"."""
    below = [verb, *grammar.children(sentence, verb.i, "npadvmod", "advmod")]
    return [prep for word in below for prep in grammar.children(sentence, word.i, "prep")]

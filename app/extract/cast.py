"""Turns the nouns of a clause into actors: those named in them, and those for whom "he", "we" or "the two sides" stands.

Not handled: a pronoun whose antecedent is no actor of the lexicon is taken for the last one who is.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from app.core.model import ActorRef, ArticleDate, Role, Zone
from app.extract import grammar
from app.extract.actors import Named
from app.extract.document import Sentence, Word
from app.extract.speakers import HE, ME, WE, Speakers
from app.extract.strangers import VIA, Strangers
from app.lexicon.actors import ActorTable

_THEY = frozenset(("they", "them", "both", "pair", "duo"))
_STATES = frozenset(
    ("country", "side", "state", "nation", "government", "neighbour", "neighbor", "capital", "party", "enemy", "ally")
)
_PEOPLE = frozenset(("leader", "minister", "president", "man", "woman", "official", "diplomat", "two", "premier"))


@dataclass(frozen=True, slots=True)
class Discourse:
    """Who was named last before a sentence: a person, a state or organisation, several people, several states."""

    person: Named | None = None
    side: Named | None = None
    people: tuple[Named, ...] = ()
    states: tuple[Named, ...] = ()

    def after(self, named: Sequence[Named]) -> "Discourse":
        """What the next sentence looks back on, `named` being those of this one."""
        people = _distinct(one for one in named if one.is_person)
        sides = _distinct(one for one in named if not one.is_person and not one.place)
        return Discourse(
            people[0] if people else self.person,
            sides[0] if sides else self.side,
            people[:2] if len(people) > 1 else self.people,
            sides[:2] if len(sides) > 1 else self.states,
        )


@dataclass(frozen=True, slots=True)
class Scene:
    """What an act is read in: the sentence and its number, who is named in it, who speaks, the article's date.

    `before` is who was named before the sentence; `date_phrases` are the stretches of it that tell dates, with the prepositions
    before them.
    """

    sentence: Sentence
    number: int
    named: Sequence[Named]
    speakers: Speakers
    dct: ArticleDate
    text: str
    before: Discourse
    date_phrases: Sequence[tuple[int, int]] = ()
    strangers: Strangers | None = None


class Cast:
    """Finds the actors of nouns, by the actors of the lexicon."""

    def __init__(self, table: ActorTable) -> None:
        self._table = table

    def counterpart(self, scene: Scene, noun: Word, person: ActorRef, role: Role, day: date | None) -> ActorRef | None:
        """Who held the same office in the state named, if one person did: "his Hungarian counterpart"."""
        states = {ref.state for ref in self.near(scene, [noun])}
        functions = {office.function for office in self._table.offices_of(person.id, day)} if day else set()
        if day is None or len(states) != 1 or not functions:
            return None
        offices = [
            office.id
            for office in self._table.offices.values()
            if office.single_seat and office.state in states and office.function in functions
        ]
        holders = {holder for office in offices for holder in self._table.holders(office, day)}
        return self._ref_of(holders.pop(), role, day, noun, "office") if len(holders) == 1 else None

    def near(
        self, scene: Scene, heads: Iterable[Word], role: Role = Role.OTHER, day: date | None = None
    ) -> list[ActorRef]:
        """The actors in the phrases of these nouns: people before what they belong to, pronouns by who speaks."""
        refs: list[ActorRef] = []
        for head in heads:
            words = [scene.sentence.words[i] for i in grammar.phrase(scene.sentence, head.i, around=False)]
            inside = [
                named
                for named in scene.named
                if any(named.begin <= word.begin < named.end for word in words) and not named.place
            ]
            people = [named for named in inside if named.is_person]
            strange = self._strange(scene, head, inside, role, day) if not people else None
            if strange:  # "Serbian Prime Minister X" is X of Serbia
                refs.append(strange)
                inside = _joined(scene.sentence, head, inside)  # "X and Egypt": Egypt too
            refs.extend(self.ref(named, role, day) for named in people or inside)
            if not inside and not strange:
                refs.extend(self._stand_in(scene, head, role, day))
        return refs

    def _strange(
        self, scene: Scene, head: Word, inside: Sequence[Named], role: Role, day: date | None
    ) -> ActorRef | None:
        """Whom the lexicon does not know, where the noun is a name; of the one state told in its phrase."""
        if scene.strangers is None or not _may_be_strange(scene, head):
            return None
        found = scene.strangers.at(scene.sentence, head.begin)
        if found is None or any(
            found.begin < one.end and one.begin < found.end and one.is_person for one in scene.named
        ):
            return None
        if readings := [
            one for one in self._table.readings(found.name) if one
        ]:  # one of several of that name, by the day
            holding = [one for one in readings if day and self._table.offices_of(one, day)]
            return self._build(holding[0], role, day, found.begin, found.end, "name") if len(holding) == 1 else None
        states = {
            self._table.actors[one.actor_id].state for one in inside if one not in _joined(scene.sentence, head, inside)
        }
        state = states.pop() if len(states) == 1 else None
        return ActorRef(found.id, found.name, found.kind, state, role, VIA, found.begin, found.end)

    def at(self, scene: Scene, heads: Iterable[Word], role: Role, day: date | None) -> list[ActorRef]:
        """The states and organisations in the whole phrases of these nouns, places too: "rebels in Chad", "from Kabul"."""
        refs: list[ActorRef] = []
        for head in heads:
            words = [scene.sentence.words[i] for i in grammar.phrase(scene.sentence, head.i)]
            inside = [named for named in scene.named if any(named.begin <= word.begin < named.end for word in words)]
            refs.extend(self.ref(named, role, day, via="place") for named in inside if not named.is_person)
        return refs

    def _stand_in(self, scene: Scene, word: Word, role: Role, day: date | None) -> list[ActorRef]:
        """Those for whom a pronoun stands, or "the two sides", "both leaders"."""
        lower = word.text.lower()
        if lower in WE or lower in ME:
            return self._speaking(scene, word, role, day)
        if lower in HE:
            person = scene.before.person or scene.speakers.before(word.begin)
            return [self.ref(person, role, day, word, "pronoun")] if person else []
        if lower == "it" and word.dep in ("nsubj", "nsubjpass"):
            sides = [
                named for named in scene.named if named.end <= word.begin and not named.is_person and not named.place
            ]
            side = sides[0] if sides else scene.before.side
            return [self.ref(side, role, day, word, "pronoun")] if side else []
        states = word.lemma in _STATES
        if lower in _THEY or ((states or word.lemma in _PEOPLE) and _is_counted(scene.sentence, word)):
            group = scene.before.states if states else scene.before.people or scene.before.states
            return [self.ref(named, role, day, word, "group") for named in group]
        return []

    def _speaking(self, scene: Scene, word: Word, role: Role, day: date | None) -> list[ActorRef]:
        if not scene.speakers.quoted(word.begin):
            return []
        speaker = scene.speakers.of_quotation(scene.number, scene.sentence, word.begin)
        if speaker and word.text.lower() in ME:
            return [self.ref(speaker, role, day, word, "speaker")]
        side = scene.speakers.side(speaker, day) if speaker else None
        ref = self._ref_of(side, role, day, word, "speaker") if side else None
        return [ref] if ref else []

    def ref(
        self, named: Named, role: Role, day: date | None, word: Word | None = None, via: str | None = None
    ) -> ActorRef:
        begin, end = (word.begin, word.end) if word else (named.begin, named.end)
        return self._build(named.actor_id, role, day, begin, end, via or ("title" if named.offices else named.via))

    def _ref_of(self, actor_id: str, role: Role, day: date | None, word: Word, via: str) -> ActorRef | None:
        return self._build(actor_id, role, day, word.begin, word.end, via) if actor_id in self._table.actors else None

    def _build(self, actor_id: str, role: Role, day: date | None, begin: int, end: int, via: str) -> ActorRef:
        actor = self._table.actors[actor_id]
        state = self._table.state_at(actor_id, day) if actor.tenures else actor.state
        return ActorRef(actor_id, actor.name, actor.kind, state, role, via, begin, end)


def _joined(sentence: Sentence, head: Word, inside: Sequence[Named]) -> list[Named]:
    """Those of the names in a noun's phrase that are joined to it by "and"."""
    below = [
        sentence.words[i]
        for noun in grammar.children(sentence, head.i, "conj")
        for i in grammar.phrase(sentence, noun.i)
    ]
    return [named for named in inside if any(named.begin <= word.begin < named.end for word in below)]


def _may_be_strange(scene: Scene, noun: Word) -> bool:
    """Whether a noun may be the name of somebody unknown: of two words with capitals that are neither known names nor dates."""
    if scene.sentence.zone is Zone.CAPTION:  # there the names of agencies and photographers stand beside the act
        return False
    words = scene.sentence.words
    beside = [words[i] for i in (noun.i - 1, noun.i + 1) if 0 <= i < len(words)]
    return _is_free_name(scene, noun) and any(_is_free_name(scene, word) for word in beside)


def _is_free_name(scene: Scene, word: Word) -> bool:
    if word.pos != "PROPN" or not word.text[:1].isupper():
        return False
    taken = [(named.begin, named.end) for named in scene.named]
    return not any(begin <= word.begin < end for begin, end in (*taken, *scene.date_phrases))


def _distinct(named: Iterable[Named]) -> tuple[Named, ...]:
    return tuple({one.actor_id: one for one in named}.values())


def _is_counted(sentence: Sentence, noun: Word) -> bool:
    """Whether "the two", "both" or "the" and a plural say that the group is known."""
    if noun.lemma == "two":
        return any(sentence.words[c].lemma == "the" for c in sentence.children[noun.i])
    words = {sentence.words[c].lemma for c in sentence.children[noun.i]}
    return bool(words & {"two", "both", "these"}) or (
        noun.tag == "NNS" and bool(words & {"the", "their"}) and len(words) == 1
    )

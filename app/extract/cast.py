"""Turns the nouns of a clause into actors: those named in them, and those for whom "he", "we" or "the two sides" stands.

Not handled: a pronoun whose antecedent is no actor of the lexicon is taken for the last one who is.
"""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from app.core.model import ActorKind, ActorRef, ArticleDate, Role, Zone
from app.extract import discourse, grammar
from app.extract.actors import Named
from app.extract.discourse import Discourse
from app.extract.document import Sentence, Word
from app.extract.speakers import HE, ME, WE, Speakers
from app.extract.strangers import TITLES, VIA, Stranger, Strangers
from app.lexicon.actors import ActorTable

_THEY = frozenset(("they", "them", "both", "pair", "duo"))
_STATES = frozenset(
    ("country", "side", "state", "nation", "government", "neighbour", "neighbor", "capital", "party", "enemy", "ally")
)
_PEOPLE = frozenset(("leader", "minister", "president", "man", "woman", "official", "diplomat", "two", "premier"))


_OFFICIAL = frozenset(  # who acts for a state, so that whose they are tells who acts
    (
        "government",
        "cabinet",
        "parliament",
        "ministry",
        "army",
        "military",
        "navy",
        "troops",
        "troop",
        "force",
        "envoy",
        "delegation",
    )
    + (
        "leader",
        "minister",
        "ambassador",
        "diplomat",
        "official",
        "negotiator",
        "spokesman",
        "spokeswoman",
        "aide",
        "adviser",
    )
)
_PAIR = 2


@dataclass(frozen=True, slots=True)
class Scene:
    """What an act is read in: the sentence and its number, who is named in it, who speaks, the article's date.

    `before` is who was named before the sentence; `date_phrases` are the stretches of it that tell dates, with the prepositions
    before them; `home` is the place of the dateline, `about` the states of which the article tells most; `together` are those
    who did something together, by the family of what they did, the last told last, `told_at` the sentence that told it.
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
    home: Named | None = None
    about: Sequence[Named] = ()
    together: dict[str, tuple[ActorRef, ...]] = field(default_factory=dict)
    told_at: dict[str, int] = field(default_factory=dict)

    def lately(self) -> Sequence[ActorRef]:
        """Who did something together in the sentence before."""
        family = next(reversed(self.together), "")
        return self.together[family] if family and self.number - self.told_at.get(family, -2) == 1 else ()


class Cast:
    """Finds the actors of nouns, by the actors of the lexicon."""

    def __init__(self, table: ActorTable, *, texts: Container[str] = (), speech: Container[str] = ()) -> None:
        """`texts` are nouns that a place only names ("the Minsk agreement" was made by others), `speech` verbs of saying."""
        self._table = table
        self._texts = texts
        self._speech = speech

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
        holder = self._sole_holder(offices, day)
        return self._ref_of(holder, role, day, noun, "office") if holder else None

    def near(
        self, scene: Scene, heads: Iterable[Word], role: Role = Role.OTHER, day: date | None = None
    ) -> list[ActorRef]:
        """The actors in the phrases of these nouns: people before what they belong to, pronouns by who speaks."""
        return [
            ref
            for head in heads
            for noun, words in grammar.joined(scene.sentence, head)
            for ref in self._in_phrase(scene, noun, words, role, day)
        ]

    def _in_phrase(
        self, scene: Scene, head: Word, words: Sequence[Word], role: Role, day: date | None
    ) -> list[ActorRef]:
        """The actors of one noun with the words of its phrase."""
        inside = [
            named
            for named in scene.named
            if any(named.begin <= word.begin < named.end for word in words)
            and not named.place
            and not self._names_text(scene, head, named)
        ]
        people = [named for named in inside if named.is_person and not _is_namesake(scene, named)]
        strange = self._strange(scene, head, inside, role, day) if not people else None
        if strange:  # "Serbian Prime Minister X" is X of Serbia
            return [strange]
        return [self.ref(named, role, day) for named in people or inside] or self._stand_in(scene, head, role, day)

    def _names_text(self, scene: Scene, head: Word, named: Named) -> bool:
        """Whether a capital only tells which text or meeting is meant: "the Minsk agreement"."""
        word = scene.sentence.word_at(named.end - 1)
        return (
            named.via == "capital"
            and head.lemma in self._texts
            and word is not None
            and word.head == head.i
            and word.dep in ("compound", "nmod", "amod")
        )

    def _strange(
        self, scene: Scene, head: Word, inside: Sequence[Named], role: Role, day: date | None
    ) -> ActorRef | None:
        """Whom the lexicon does not know, where the noun is a name; of the one state told in its phrase."""
        if scene.strangers is None or not _is_free_name(scene, head):
            return None
        alone = not _has_name_beside(scene, head)
        found = (
            scene.strangers.of_surname(head.text, head.begin)
            if alone
            else scene.strangers.at(scene.sentence, head.begin) or self._untold(scene, head)
        )
        if found is None or any(
            found.begin < one.end and one.begin < found.end and one.is_person and not _is_namesake(scene, one)
            for one in scene.named
        ):
            return None
        if readings := [
            one for one in self._table.readings(found.name) if one
        ]:  # one of several of that name, by the day
            holding = [one for one in readings if day and self._table.offices_of(one, day)]
            return self._build(holding[0], role, day, found.begin, found.end, "name") if len(holding) == 1 else None
        states = {self._table.actors[one.actor_id].state for one in inside}
        state = states.pop() if len(states) == 1 else None
        return ActorRef(found.id, found.name, found.kind, state, role, VIA, found.begin, found.end)

    @staticmethod
    def _untold(scene: Scene, head: Word) -> Stranger | None:
        """A stranger whom the model does not see: several free names in a row that are the subject of a verb of their own."""
        words = scene.sentence.words
        first = head.i
        while (
            first and _is_free_name(scene, words[first - 1]) and words[first - 1].dep in ("compound", "nmod", "nsubj")
        ):
            first -= 1
        subject = head.dep == "nsubj" or (head.dep == "conj" and words[head.head].dep == "nsubj")
        if scene.strangers is None or not subject or first == head.i:
            return None
        return scene.strangers.told_whole(scene.text[words[first].begin : head.end], words[first].begin)

    def parties(self, scene: Scene, noun: Word, family: str, day: date | None) -> list[ActorRef]:
        """Those who did last together what a noun names again: "the treaty", "the talks"; of an agreement the states."""
        again = scene.together.get(family) or next(reversed(scene.together.values()), ())
        found = [
            self._build(one.state, Role.PARTICIPANT, day, noun.begin, noun.end, "text")
            if family == "agreement" and _is_person(one) and one.state
            else _as_told(replace(one, role=Role.PARTICIPANT), noun, "text")
            for one in again
        ]
        return found if len({one.id for one in found}) > 1 else []

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
            return self._he(scene, word, role, day)
        if lower in ("its", "their"):
            return self._owner(scene, word, role, day)
        if lower == "it" and word.dep in ("nsubj", "nsubjpass"):
            return self._side(scene, word, role, day)
        if lower in ("here", "there"):
            return self._place(scene, word, role, day)
        if lower in _THEY:
            return self._they(scene, word, role, day)
        owner = next((one for one in grammar.children(scene.sentence, word.i, "poss") if one.tag == "PRP$"), None)
        if owner and owner.text.lower() in WE and word.lemma in _OFFICIAL | _STATES:
            return self._speaking(scene, owner, role, day)  # "our side", "our ministers"
        if owner and (word.dep == "nsubj" or role is Role.SOURCE) and word.lemma in _OFFICIAL:
            return self._owner(scene, owner, role, day)
        states = word.lemma in _STATES
        if (states or word.lemma in _PEOPLE) and _is_counted(scene.sentence, word):
            return self._group(scene, word, role, day, states=states)
        return []

    def _side(self, scene: Scene, word: Word, role: Role, day: date | None) -> list[ActorRef]:
        """The state or organisation for which "it" stands: the first of the sentence before it, else the last told of."""
        sides = [named for named in scene.named if named.end <= word.begin and not (named.is_person or named.place)]
        side = sides[0] if sides else scene.before.side
        return [self.ref(side, role, day, word, "pronoun")] if side else []

    def _owner(self, scene: Scene, word: Word, role: Role, day: date | None) -> list[ActorRef]:
        """For whom "its envoys", "their leaders" or "his government" act: a side, several, the state of a person."""
        lower = word.text.lower()
        if lower == "its":
            return self._side(scene, word, role, day)
        if lower == "their":
            return self._they(scene, word, role, day)
        states = [one.state for one in self._he(scene, word, role, day)] if lower in HE else []
        refs = [self._ref_of(state, role, day, word, "pronoun") for state in states if state]
        return [ref for ref in refs if ref]

    def _place(self, scene: Scene, word: Word, role: Role, day: date | None) -> list[ActorRef]:
        """The state of the place for which "there" stands, or "here", which is the dateline's."""
        before = [named for named in scene.named if named.end <= word.begin]
        place = scene.home if word.lemma == "here" else discourse.last_place(before) or scene.before.place
        return [self.ref(place, role, day, word, "place")] if place else []

    def _he(self, scene: Scene, word: Word, role: Role, day: date | None) -> list[ActorRef]:
        """The person for whom "he" or "she" stands: in the sentence, else who was told of before it."""
        for noun in discourse.antecedents(scene.sentence, word):
            for head in (noun, *grammar.children(scene.sentence, noun.i, "appos")):
                person = next((one for one in scene.named if one.is_person and one.begin <= head.begin < one.end), None)
                if person:
                    return [self.ref(person, role, day, word, "pronoun")]
                if stranger := self._strange(scene, head, (), role, day):
                    return [replace(stranger, begin=word.begin, end=word.end)] if _is_person(stranger) else []
            if discourse.is_unknown_person(noun, scene.named):
                return []
        verb = scene.sentence.words[word.head]
        quotes = any(scene.speakers.quoted(one.begin) for one in scene.sentence.words)
        if (
            quotes
            and word.dep == "nsubj"
            and verb.lemma in self._speech
            and (speaker := scene.speakers.before(word.begin))
        ):
            return [self.ref(speaker, role, day, word, "pronoun")]  # whom a quotation names does not speak it
        if scene.before.unknown:
            return []
        person = scene.before.person or scene.speakers.before(word.begin)
        return [self.ref(person, role, day, word, "pronoun")] if person else []

    def _they(self, scene: Scene, word: Word, role: Role, day: date | None) -> list[ActorRef]:
        """Those for whom "they" stands: several subjects of the sentence, else of the one before, or who acted together there."""
        for noun in discourse.antecedents(scene.sentence, word):
            several = self.near(scene, [noun], role, day)
            if len(several) > 1:
                return [_as_told(one, word, "group") for one in several]
        named = scene.before.together or (scene.before.couple if word.dep == "nsubj" else ())
        if named:
            return [self.ref(one, role, day, word, "group") for one in named]
        return [_as_told(replace(one, role=role), word, "group") for one in scene.lately()]

    def _group(self, scene: Scene, word: Word, role: Role, day: date | None, *, states: bool) -> list[ActorRef]:
        """The people named together last, or the two states: of those who acted together, or were named so, or of two people."""
        before = scene.before
        if not states:
            return [self.ref(one, role, day, word, "group") for one in before.people or before.states]
        together = next(reversed(scene.together.values()), ())
        candidates = (
            [one.state or one.id for one in together],
            [one.actor_id for one in before.states],
            [self.ref(one, role, day).state for one in before.people],
        )
        pair = next((two for ids in candidates if len(two := dict.fromkeys(filter(None, ids))) == _PAIR), {})
        refs = [self._ref_of(one, role, day, word, "group") for one in pair]
        return [ref for ref in refs if ref]

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
        self,
        named: Named,
        role: Role = Role.OTHER,
        day: date | None = None,
        word: Word | None = None,
        via: str | None = None,
    ) -> ActorRef:
        """An actor with its role and the state for which it spoke on the day, told by its own name or by `word`."""
        begin, end = (word.begin, word.end) if word else (named.begin, named.end)
        if named.offices and not named.is_person and (holder := self._sole_holder(named.offices, day)):
            return self._build(holder, role, day, begin, end, via or "office")
        return self._build(named.actor_id, role, day, begin, end, via or self._via(named))

    @staticmethod
    def _via(named: Named) -> str:
        return "title" if named.offices and named.is_person else named.via

    def _sole_holder(self, offices: Iterable[str], day: date | None) -> str | None:
        """Who held one of the offices on that day, if it was one person and the day is known."""
        holders = {holder for office in offices for holder in self._table.holders(office, day)} if day else set()
        return holders.pop() if len(holders) == 1 else None

    def _ref_of(self, actor_id: str, role: Role, day: date | None, word: Word, via: str) -> ActorRef | None:
        return self._build(actor_id, role, day, word.begin, word.end, via) if actor_id in self._table.actors else None

    def _build(self, actor_id: str, role: Role, day: date | None, begin: int, end: int, via: str) -> ActorRef:
        actor = self._table.actors[actor_id]
        state = self._table.state_at(actor_id, day) if actor.tenures else actor.state
        return ActorRef(actor_id, actor.name, actor.kind, state, role, via, begin, end)


def _as_told(ref: ActorRef, word: Word, via: str) -> ActorRef:
    """The actor as the word tells it; somebody the lexicon does not know stays marked as such."""
    return replace(ref, begin=word.begin, end=word.end, via=VIA if ref.via == VIA else via)


def _is_person(ref: ActorRef) -> bool:
    return ref.kind is ActorKind.PERSON


def _has_name_beside(scene: Scene, noun: Word) -> bool:
    """Whether a word with a capital that is neither a known name nor a date stands beside the noun."""
    words = scene.sentence.words
    beside = [words[i] for i in (noun.i - 1, noun.i + 1) if 0 <= i < len(words)]
    return any(_is_free_name(scene, word) for word in beside)


def _is_free_name(scene: Scene, word: Word) -> bool:
    if scene.sentence.zone is Zone.CAPTION:  # there the names of agencies and photographers stand beside the act
        return False
    if word.pos != "PROPN" or not word.text[:1].isupper():
        return False
    taken = [(one.begin, one.end) for one in scene.named if not _is_namesake(scene, one)]
    return not any(begin <= word.begin < end for begin, end in (*taken, *scene.date_phrases))


def _is_namesake(scene: Scene, named: Named) -> bool:
    """Whether a known surname stands behind the first name of somebody else: "Tobias Merkel"."""
    surname = scene.sentence.word_at(named.begin)
    if not named.is_person or surname is None or surname.end != named.end or not surname.i:
        return False
    before = scene.sentence.words[surname.i - 1]
    return (
        before.dep == "compound"
        and before.head == surname.i
        and before.pos == "PROPN"
        and before.text.isalpha()
        and before.end + 1 == surname.begin
        and named.title_begin == named.begin
        and not TITLES.match(f"{before.text} ")
        and not any(one.begin <= before.begin < one.end for one in scene.named)
    )


def _is_counted(sentence: Sentence, noun: Word) -> bool:
    """Whether "the two", "both" or "the" and a plural say that the group is known."""
    if noun.lemma == "two":
        return any(sentence.words[c].lemma == "the" for c in sentence.children[noun.i])
    words = {sentence.words[c].lemma for c in sentence.children[noun.i]}
    return bool(words & {"two", "both", "these"}) or (
        noun.tag == "NNS" and bool(words & {"the", "their"}) and len(words) == 1
    )

"""Finds the lexicon's actors in a text: full names, surnames after them, titles, demonyms, capitals, metonyms.

Not handled: names the lexicon does not know; roles told alone (see `app.extract.roles`); pronouns (see `app.extract.cast`).
"""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

from app.core.model import Actor, ActorKind
from app.extract.surnames import InOffice
from app.extract.titled import TitleReader, country_before
from app.extract.wording import Words, around, by_first_word, is_headline, longest, words_of
from app.lexicon import names
from app.lexicon.actors import ActorTable, Name

_PLACE = frozenset(("in", "at", "near", "outside", "inside", "around", "across", "throughout"))
_PAST_HOLDER = frozenset(("former", "ex", "late", "then", "retired", "onetime"))
_PARTICLES = frozenset(("al", "bin", "van", "von", "de"))  # small words with which a surname may begin
_SIR = frozenset(
    (
        "mr",
        "mrs",
        "ms",
        "miss",
        "dr",
        "sir",
        "lady",
        "lord",
        "prof",
        "professor",
        "sen",
        "rep",
        "gov",
        "judge",
        "justice",
    )
)
# With a capital behind a place these tell of its state, and are no second part of somebody's name.
_OF_A_STATE = frozenset(
    (
        "army",
        "captain",
        "col",
        "colonel",
        "embassy",
        "gen",
        "government",
        "governor",
        "lt",
        "mayor",
        "navy",
        "parliament",
    )
    + (
        "patriarch",
        "peace",
        "police",
        "prince",
        "princess",
        "queen",
        "rabbi",
        "republic",
        "senator",
        "sheikh",
        "summit",
    )
    + ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march")
    + ("april", "may", "june", "july", "august", "september", "october", "november", "december", *_SIR)
)
# First names that are more often a word with which a sentence begins.
_WORDS_TOO = frozenset(
    ("an", "bill", "do", "grand", "hope", "in", "long", "may", "no", "saw", "so", "the", "to", "will", "win")
)


@dataclass(frozen=True, slots=True)
class Named:
    """An actor named at [begin, end). `offices` are ids of offices given as a title beside it, `former` if told as past.

    `place` is true where it tells a place and acts not: a capital or building after "in", "at" and the like.
    `title_begin` is where a title before the name begins (`begin` without one).
    """

    begin: int
    end: int
    actor_id: str
    via: str
    offices: tuple[str, ...] = ()
    former: bool = False
    place: bool = False
    title_begin: int = -1
    is_person: bool = False


class _Part(Enum):
    """Of what a name is only a part."""

    OF_A_PERSON = auto()
    OF_A_THING = auto()


class ActorFinder:
    """Finds actors by dictionary, in time linear in the text's length."""

    def __init__(self, table: ActorTable) -> None:
        self._table = table
        self._names = by_first_word(table.names)
        self._surnames = {head: forms for head, forms in by_first_word(table.surnames).items() if _begins_surname(head)}
        self._heads = frozenset(self._names) | frozenset(self._surnames)
        self._people = frozenset(actor.id for actor in table.actors.values() if actor.kind is ActorKind.PERSON)
        self._titles = TitleReader(table, self._names)
        self._of_offices = _OF_A_STATE.union(*(names.words(form.lower()) for form in _all_titles(table))) - {"state"}
        firsts = _first_names(table.actors[person] for person in self._people)
        self._first_names = frozenset(word for word in firsts if word.lower() not in self._of_offices)
        self._in_office = InOffice(
            table, self._surnames, self._titles, words_too=_WORDS_TOO, first_names=self._first_names
        )

    def actor(self, actor_id: str) -> Actor:
        """The lexicon's entry."""
        return self._table.actors[actor_id]

    def find(self, text: str) -> list[Named]:
        """Everyone named, in the order of the text; names inside another's title ("US" of the US ambassador) are left out."""
        words = words_of(text)
        heads = [at for at, word in enumerate(words.plain) if word in self._heads]
        found = self._with_surnames(words, heads, self._scan(words.plain, heads))
        return _without_title_parts([self._named(words, *one) for one in found])

    def of_the_day(self, text: str, found: Sequence[Named], day: date | None) -> list[Named]:
        """`found` and the people told by a surname alone who held an office on the article's day, in the order of the text."""
        if day is None:
            return list(found)
        words = words_of(text)
        covered = {at for one in found for at in range(one.begin, one.end)}
        sides = {one.actor_id for one in found if not one.is_person}
        extra = [self._named(words, *one, "name") for one in self._in_office.find(words, covered, sides, day)]
        return _without_title_parts(sorted([*found, *extra], key=lambda one: one.begin)) if extra else list(found)

    # ------------------------------------------------------------ names
    def _scan(self, words: Sequence[str], heads: Sequence[int]) -> dict[int, tuple[int, str]]:
        """Longest names of the lexicon: (last word exclusive, form) by the first word. `heads` are where a name may begin."""
        spans: dict[int, tuple[int, str]] = {}
        free = 0
        for at in heads:
            if at >= free and (found := longest(self._names, words, at)) and not self._is_cut(words, at, found[0]):
                free = at + found[0]
                spans[at] = free, found[1]
        return spans

    def _is_cut(self, words: Sequence[str], at: int, length: int) -> bool:
        """Whether a name with "the" cuts a longer one short: "the North" that of "the North Koreans"."""
        if words[at] not in ("the", "The") or length == 1:
            return False
        longer = longest(self._names, words, at + 1)
        return longer is not None and 1 + longer[0] > length

    def _with_surnames(
        self, text: Words, heads: Sequence[int], spans: Mapping[int, tuple[int, str]]
    ) -> list[tuple[int, int, str, str]]:
        """Names told apart and surnames of people named in full or by title: (first, last exclusive, actor, via)."""
        words, forms = text.plain, dict.fromkeys(form for _, form in spans.values())
        told_apart = {self._likeliest(form) for form in forms if self._is_plain(form)}
        in_full = {self._likeliest(form) for form in forms} & self._people
        introduced: dict[str, int] = {}
        namesakes: set[str] = set()
        result: list[tuple[int, int, str, str]] = []
        free = 0
        for at in heads:
            if at < free:
                continue
            if at in spans:
                follows, (free, form) = free == at, spans[at]
                entry = self._reading(form, told_apart, words, (at, free))
                if entry and self._may_be_part(form, entry):
                    known = free in spans or self._by_surname(words, free, introduced, in_full)[1] is not None
                    part = self._part(text, at, free, before=not follows, behind=not known)
                    if part is _Part.OF_A_PERSON:
                        namesakes.add(form)
                    if part or (form in namesakes and entry.actor_id not in told_apart):
                        continue
                if entry is None or (free - at == 1 and not self._is_told(entry, form, introduced)):
                    continue
                actor, via = entry.actor_id, entry.via
            else:
                last, person = self._by_surname(words, at, introduced, in_full)
                if person is None:
                    continue
                free, actor, via = last, person, "name"
            result.append((at, free, actor, via))
            if actor in self._people:
                introduced[actor] = at
        return result

    def _likeliest(self, form: str) -> str:
        return self._table.names[form][0].actor_id

    def _is_plain(self, form: str) -> bool:
        return len(self._table.names[form]) == 1 and form not in self._table.ambiguous

    def _is_told(self, entry: Name, word: str, introduced: Container[str]) -> bool:
        """Whether one word names the person: not where it is the surname of others too and the text has not introduced them."""
        if entry.via != "name" or entry.actor_id not in self._people or entry.actor_id in introduced:
            return True
        return len(self._table.surnames.get(word, ("",))) == 1

    def _reading(self, form: str, named: set[str], words: Sequence[str], span: tuple[int, int]) -> Name | None:
        """What a name stands for here, of several readings.

        The person whose title stands before it, else that for which the words near it speak, else one that the text also
        names otherwise, else the likeliest.
        """
        entries = self._table.names[form]
        if form not in self._table.ambiguous:
            return entries[0]
        readings = self._table.readings(form)
        chosen = next((reading for reading in readings if reading in named), readings[0])
        if context := self._table.contexts.get(form):
            near, first = around(words, *span)
            votes = context.votes(near, first, first + span[1] - span[0])
            most = max(votes.values(), default=0)
            chosen = next((reading for reading in readings if most and votes.get(reading) == most), chosen)
        people = [reading for reading in readings if reading in self._people]
        chosen = next((one for one in people if one and self._titles.before(words, span[0], one)), chosen)
        if chosen is None:
            return None
        via = next((entry.via for entry in entries if entry.actor_id == chosen), "metonym")
        return Name(form, chosen, via)

    def _may_be_part(self, form: str, entry: Name) -> bool:
        """Whether a name may be a part of a person's or of another thing's; a demonym stands before names of all kinds."""
        return entry.via != "demonym" and form in self._table.ambiguous and None in self._table.readings(form)

    def _part(self, text: Words, first: int, last: int, *, before: bool, behind: bool) -> _Part | None:
        """What longer name the words beside make of one: "Michael Jordan", "Mr. Jordan"; "Jordan Valley", not "Jordan King".

        `before` and `behind` tell whether the words there are no known names.
        """
        words = text.plain
        if before and text.joined(first) and self._is_first_name(words, first):
            return _Part.OF_A_PERSON
        goes_on = behind and text.joined(last) and self._goes_on(words, first, last)
        return _Part.OF_A_THING if goes_on else None

    def _goes_on(self, words: Sequence[str], first: int, last: int) -> bool:
        """Whether the word behind a name has a capital that neither a title, a day nor a headline gives it."""
        after = words[last] if last < len(words) else ""
        if not after[:1].isupper() or after.isupper() or after.lower() in self._of_offices:
            return False
        return not is_headline(words, first, last + 1)

    def _is_first_name(self, words: Sequence[str], at: int) -> bool:
        """Whether a first name, an initial behind a name, or "Mr." stands before word `at`."""
        before = words[at - 1]
        if before == "." and at > 1:
            initial = len(words[at - 2]) == 1 and at > 2 and words[at - 3][:1].isupper()
            return words[at - 2].lower() in _SIR or initial
        return before in self._first_names or (before[:1].isupper() and before.lower() in _SIR)

    def _by_surname(
        self, words: Sequence[str], at: int, introduced: Mapping[str, int], in_full: Container[str]
    ) -> tuple[int, str | None]:
        """Whom the surname at word `at` names, and the word behind it; of several people the one introduced last."""
        found = longest(self._surnames, words, at)
        if found is None:
            return at, None
        last, people = at + found[0], self._table.surnames[found[1]]
        known = [one for one in people if one in introduced] or [one for one in people if one in in_full]
        if len(known) == 1:
            return last, known[0]
        titled = [person for person in known or people if self._is_titled(words, at, last, person, bool(known))]
        if len(titled) == 1:
            return last, titled[0]
        if known and known[0] in introduced:
            return last, max(known, key=lambda person: introduced[person])
        return at, None

    def _is_titled(self, words: Sequence[str], at: int, last: int, person: str, known: bool) -> bool:
        """Whether a title of the person stands before the surname, and no other first name: not "Ambassador Carol Sullivan".

        Of somebody whom the text does not name in full, a surname with a further name behind it is a first name.
        """
        title = self._titles.before(words, at, person)
        if title is None or (not known and self._goes_on(words, at, last)):
            return False
        firsts = self._first_names.intersection(words[title[1] : at])
        own = {word for name in self._all_names(person) for word in names.words(name)}
        return not firsts or bool(firsts & own)

    def _all_names(self, person: str) -> tuple[str, ...]:
        actor = self._table.actors[person]
        return (actor.name, *actor.aliases)

    def _named(self, words: Words, first: int, last: int, actor: str, via: str) -> Named:
        begin, end, plain = words.begins[first], words.end(last - 1), words.plain
        if actor not in self._people:
            return Named(begin, end, actor, via, place=_is_place(plain, first, last, via), title_begin=begin)
        title = self._titles.before(plain, first, actor)
        offices, form = title or (self._titles.after(plain, last, actor), first)
        start = country_before(plain, form) if title else first
        former = any(word.lower() in _PAST_HOLDER for word in plain[max(0, start - 2) : form])
        return Named(begin, end, actor, via, offices, former, title_begin=words.begins[start], is_person=True)


def _first_names(people: Iterable[Actor]) -> frozenset[str]:
    """The first words of names of two words and more; not those that are more often a word of another kind."""
    told = (names.words(form) for person in people for form in (person.name, *person.aliases))
    found = {form[0] for form in told if len(form) > 1 and len(form[0]) > 1}
    return frozenset(word for word in found if word.lower() not in _WORDS_TOO)


def _all_titles(table: ActorTable) -> set[str]:
    return {form for office in table.offices.values() for form in (office.title, *office.forms)}


def _begins_surname(word: str) -> bool:
    """Whether a surname may begin with the word; most in small letters may not, for "el" and "di" are words of their own."""
    return word[:1].isupper() or word.lower() in _PARTICLES


def _is_place(words: Sequence[str], first: int, last: int, via: str) -> bool:
    """Whether a name tells where, not who: "in Cairo", "Oslo (1993)", "Tehran-backed"."""
    after = words[last : last + 2]
    if len(after) == 2 and after[0] == "-" and after[1].islower():
        return True
    if via not in ("capital", "metonym", "body"):
        return False
    if len(after) == 2 and after[0] == "(" and after[1].isdigit():
        return True
    before = [word.lower() for word in words[max(0, first - 2) : first]]
    return bool(before) and (before[-1] in _PLACE or (before[-1] == "the" and before[0] in _PLACE))


def _without_title_parts(found: Sequence[Named]) -> list[Named]:
    titles = [(named.title_begin, named.begin) for named in found if named.title_begin < named.begin]
    return list(_outside(found, titles))


def _outside(found: Sequence[Named], spans: Sequence[tuple[int, int]]) -> Iterator[Named]:
    at = 0
    for named in found:
        while at < len(spans) and spans[at][1] <= named.begin:
            at += 1
        if at < len(spans) and spans[at][0] <= named.begin < spans[at][1]:
            continue
        yield named

"""Finds the lexicon's actors in a text: full names, surnames after them, titles, demonyms, capitals, metonyms.

Not handled: names the lexicon does not know; roles told alone (see `app.extract.roles`); pronouns (see `app.extract.cast`).
"""

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from itertools import accumulate

from app.core.model import Actor, ActorKind
from app.lexicon import names
from app.lexicon.actors import ActorTable, Name, Office

_TOKEN_AND_SPACE = re.compile(r"(?:\w+|[^\w\s])\s*")
_PLACE = frozenset(("in", "at", "near", "outside", "inside", "around", "across", "throughout"))
_PAST_HOLDER = frozenset(("former", "ex", "late", "then", "retired", "onetime"))
_TITLE_GLUE = frozenset(
    (
        "to",
        "of",
        "for",
        "the",
        "in",
        "at",
        "on",
        "and",
        ",",
        "'",
        "s",
        "-",
        ".",
        "his",
        "her",
        "its",
        "their",
        "u",
        "us",
        "uk",
        "eu",
        "un",
    )
)
_WINDOW = 12  # words and signs before a name in which its title stands
_APPOSED = 9  # and behind it
_BREAKS = frozenset((";", ":", '"', "“", "”"))
_PARTICLES = frozenset(("al", "bin", "van", "von", "de"))  # small words with which a surname may begin
_ENVOYS = frozenset(("ambassador", "permanent-representative", "special-envoy", "spokesperson", "other"))
_ENDS = frozenset((".", "!", "?", '"', "“", "”", ":", ";", "-", "–", "—"))
_DAYS = frozenset(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"))
_MONTHS = frozenset(("March", "May", "August"))
_NOUNS_TOO = frozenset(  # surnames that are more often another word at the start of a sentence
    (
        "baker",
        "banks",
        "bell",
        "bishop",
        "black",
        "brown",
        "burns",
        "bush",
        "carter",
        "chance",
        "church",
        "clay",
        "cook",
        "cross",
    )
    + (
        "day",
        "field",
        "fields",
        "gates",
        "grant",
        "green",
        "hill",
        "hope",
        "hunt",
        "king",
        "lane",
        "love",
        "major",
        "marsh",
        "north",
    )
    + (
        "page",
        "park",
        "power",
        "powers",
        "price",
        "prince",
        "reed",
        "rice",
        "rich",
        "rose",
        "singer",
        "snow",
        "stone",
        "strong",
    )
    + ("waters", "wells", "west", "white", "wood", "young")
)
_CHIEF = frozenset(
    ("head-of-state", "head-of-government", "head-of-state-and-government", "foreign-minister", "head-of-organisation")
)
_MUCH = 40  # people in office of a state that is much in the news
_NEAR = 20  # words and signs on either side of an ambiguous name, in its sentence, that may tell what it stands for
_HEADLINE = 3  # so many other words of four letters and more, most of them with capitals, tell a headline
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


@dataclass(frozen=True, slots=True)
class _Words:
    """A text as words and signs: where each begins, as it is written and written plainly (see `names.plain`)."""

    text: str
    begins: Sequence[int]
    written: Sequence[str]
    plain: Sequence[str]

    def end(self, number: int) -> int:
        return self.begins[number] + len(self.written[number])

    def joined(self, number: int) -> bool:
        """Whether nothing but blanks parts a word from the one before it."""
        inside = 0 < number < len(self.begins) - 1
        return inside and "\n" not in self.text[self.end(number - 1) : self.begins[number]]


_Forms = Mapping[str, Sequence[tuple[int, Mapping[tuple[str, ...], str]]]]
"""Written forms by their first word: for each length in words, the longest first, the forms of that length."""


@dataclass(frozen=True, slots=True)
class _Titles:
    """The titles of one person's offices in small letters, with the offices they tell of.

    `ordered` has the longest first; `by_end` finds them by their last word, for the way back from a name.
    """

    ordered: Sequence[tuple[tuple[str, ...], str]]
    by_end: Mapping[str, Sequence[tuple[tuple[str, ...], tuple[str, ...]]]]


class _Part(Enum):
    """Of what a name is only a part."""

    OF_A_PERSON = auto()
    OF_A_THING = auto()


class ActorFinder:
    """Finds actors by dictionary, in time linear in the text's length."""

    def __init__(self, table: ActorTable) -> None:
        self._table = table
        self._names = _by_first_word(table.names)
        self._surnames = {
            head: forms for head, forms in _by_first_word(table.surnames).items() if _begins_surname(head)
        }
        self._heads = frozenset(self._names) | frozenset(self._surnames)
        self._people = frozenset(actor.id for actor in table.actors.values() if actor.kind is ActorKind.PERSON)
        self._titles: dict[str, _Titles] = {}
        self._of_offices = _OF_A_STATE.union(*(names.words(form.lower()) for form in _all_titles(table))) - {"state"}
        firsts = _first_names(table.actors[person] for person in self._people)
        self._much_named = _much_named(table)
        self._first_names = frozenset(word for word in firsts if word.lower() not in self._of_offices)

    def actor(self, actor_id: str) -> Actor:
        """The lexicon's entry."""
        return self._table.actors[actor_id]

    def find(self, text: str) -> list[Named]:
        """Everyone named, in the order of the text; names inside another's title ("US" of the US ambassador) are left out."""
        words = _words(text)
        heads = [at for at, word in enumerate(words.plain) if word in self._heads]
        found = self._with_surnames(words, heads, self._scan(words.plain, heads))
        return _without_title_parts([self._named(words, *one) for one in found])

    def of_the_day(self, text: str, found: Sequence[Named], day: date | None) -> list[Named]:
        """`found` and the people told by a surname alone who held an office on the article's day, in the order of the text.

        With a title of that office ("President Bush") the surname may be that of others too. Without one it must be told of
        nobody else, and the text name the state or organisation for which its bearer spoke, or he lead one much in the news.
        """
        if day is None:
            return list(found)
        words = _words(text)
        covered = {at for one in found for at in range(one.begin, one.end)}
        sides = {one.actor_id for one in found if not one.is_person}
        known: dict[str, str] = {}
        extra = []
        for at, word in enumerate(words.plain):
            if word not in self._surnames or words.begins[at] in covered:
                continue
            length, form = _longest(self._surnames, words.plain, at) or (0, "")
            person = known.get(form) or self._holder(words, at, at + length, form, sides, day) if length else None
            if person:
                known[form] = person
                extra.append(self._named(words, at, at + length, person, "name"))
        return _without_title_parts(sorted([*found, *extra], key=lambda one: one.begin)) if extra else list(found)

    def _holder(self, text: _Words, at: int, last: int, form: str, sides: set[str], day: date) -> str | None:
        """Who of that surname held an office on the day, if the text tells one of them apart."""
        words = text.plain
        holding = {one: held for one in self._table.surnames[form] if (held := self._table.offices_of(one, day))}
        titled = []
        for person, offices in holding.items():
            title = self._title(words, at, person)
            if title and set(title[0]) & {office.id for office in offices}:
                titled.append(person)
        if titled:
            return titled[0] if len(titled) == 1 else None
        beside = (words[at - 1] if at else "", words[last] if last < len(words) else "")
        if (
            len(self._table.surnames[form]) > 1
            or len(holding) != 1
            or any(one[:1].isupper() and one.lower() not in _DAYS for one in beside)
        ):
            return None
        opens = at == 0 or words[at - 1] in _ENDS
        if (opens and form.lower() in _NOUNS_TOO) or form.lower() in _WORDS_TOO or form in _MONTHS:
            return None  # "Rice is dear": a word with which a sentence begins
        [(person, offices)] = holding.items()
        if any({office.state, office.organisation} & sides for office in offices):
            return person
        known = any(
            office.function in _CHIEF and (office.state or office.organisation) in self._much_named
            for office in offices
        )
        return person if known and not _is_surname_of_another(words, form) else None

    # ------------------------------------------------------------ names
    def _scan(self, words: Sequence[str], heads: Sequence[int]) -> dict[int, tuple[int, str]]:
        """Longest names of the lexicon: (last word exclusive, form) by the first word. `heads` are where a name may begin."""
        spans: dict[int, tuple[int, str]] = {}
        free = 0
        for at in heads:
            if at >= free and (found := _longest(self._names, words, at)) and not self._is_cut(words, at, found[0]):
                free = at + found[0]
                spans[at] = free, found[1]
        return spans

    def _is_cut(self, words: Sequence[str], at: int, length: int) -> bool:
        """Whether a name with "the" cuts a longer one short: "the North" that of "the North Koreans"."""
        if words[at] not in ("the", "The") or length == 1:
            return False
        longer = _longest(self._names, words, at + 1)
        return longer is not None and 1 + longer[0] > length

    def _with_surnames(
        self, text: _Words, heads: Sequence[int], spans: Mapping[int, tuple[int, str]]
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
            near, first = _near(words, *span)
            votes = context.votes(near, first, first + span[1] - span[0])
            most = max(votes.values(), default=0)
            chosen = next((reading for reading in readings if most and votes.get(reading) == most), chosen)
        people = [reading for reading in readings if reading in self._people]
        chosen = next((one for one in people if one and self._title(words, span[0], one)), chosen)
        if chosen is None:
            return None
        via = next((entry.via for entry in entries if entry.actor_id == chosen), "metonym")
        return Name(form, chosen, via)

    def _may_be_part(self, form: str, entry: Name) -> bool:
        """Whether a name may be a part of a person's or of another thing's; a demonym stands before names of all kinds."""
        return entry.via != "demonym" and form in self._table.ambiguous and None in self._table.readings(form)

    def _part(self, text: _Words, first: int, last: int, *, before: bool, behind: bool) -> _Part | None:
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
        return not _is_headline(words, first, last + 1)

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
        found = _longest(self._surnames, words, at)
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
        title = self._title(words, at, person)
        if title is None or (not known and self._goes_on(words, at, last)):
            return False
        firsts = self._first_names.intersection(words[title[1] : at])
        own = {word for name in self._all_names(person) for word in names.words(name)}
        return not firsts or bool(firsts & own)

    def _all_names(self, person: str) -> tuple[str, ...]:
        actor = self._table.actors[person]
        return (actor.name, *actor.aliases)

    # ------------------------------------------------------------ titles
    def _titles_of(self, person: str) -> _Titles:
        if person not in self._titles:
            offices = [self._table.offices[tenure.office] for tenure in self._table.actors[person].tenures]
            self._titles[person] = _titles(offices)
        return self._titles[person]

    def _title(self, words: Sequence[str], at: int, person: str) -> tuple[tuple[str, ...], int] | None:
        """The offices whose form stands before word `at` as the person's title, and the form's first word.

        The form nearest the name, of these the longest: not the President of a Vice President.
        """
        titles = self._titles_of(person).by_end
        for end in range(at, max(0, at - _WINDOW), -1):
            for form, offices in titles.get(words[end - 1].lower(), ()):
                first = end - len(form)
                if first >= 0 and _stands(words, form, first) and first >= _title_window(words, at):
                    return self._posts(offices, words[first:at]), first
            if not _is_glue(words[end - 1]):
                return None
        return None

    def _title_after(self, words: Sequence[str], last: int, person: str) -> tuple[str, ...]:
        """The offices told in an apposition after the name: "James Baker, the US secretary of state"."""
        if last >= len(words) or words[last] != ",":
            return ()
        behind = [word.lower() for word in words[last + 1 : last + _APPOSED]]
        for form, _ in self._titles_of(person).ordered:
            first = _last_index(behind, form) if form[0] in behind else None
            if first is not None and all(_is_glue(word) for word in words[last + 1 : last + 1 + first]):
                offices = next(ids for told, ids in self._titles_of(person).by_end[form[-1]] if told == form)
                return self._posts(offices, words[last + 1 : last + _APPOSED])[:1]
        return ()

    def _posts(self, offices: tuple[str, ...], words: Sequence[str]) -> tuple[str, ...]:
        """Of several offices with one title those whose post the words name: "ambassador to Iraq"; none if they name none.

        Offices that are no posts ("President", also as acting president) are all kept.
        """
        posts = [office for office in offices if self._table.offices[office].function in _ENVOYS]
        if len(posts) < 2:
            return offices
        told = {self._likeliest(found[1]) for at in range(len(words)) if (found := _longest(self._names, words, at))}
        return tuple(office for office in posts if self._table.offices[office].posted_to in told)

    def _named(self, words: _Words, first: int, last: int, actor: str, via: str) -> Named:
        begin, end, plain = words.begins[first], words.end(last - 1), words.plain
        if actor not in self._people:
            return Named(begin, end, actor, via, place=_is_place(plain, first, last, via), title_begin=begin)
        title = self._title(plain, first, actor)
        offices, form = title or (self._title_after(plain, last, actor), first)
        start = _country_before(plain, form) if title else first
        former = any(word.lower() in _PAST_HOLDER for word in plain[max(0, start - 2) : form])
        return Named(begin, end, actor, via, offices, former, title_begin=words.begins[start], is_person=True)


def _is_surname_of_another(words: Sequence[str], form: str) -> bool:
    """Whether a word with a capital, which is no day, stands before the name anywhere: "Maria Macron"."""
    return any(
        word == form and at and words[at - 1][:1].isupper() and words[at - 1].lower() not in _DAYS
        for at, word in enumerate(words)
    )


def _much_named(table: ActorTable) -> frozenset[str]:
    """The states and organisations of which the lexicon knows most people in office: those that news tells of most."""
    counts = Counter(
        owner
        for actor in table.actors.values()
        for owner in {
            table.offices[one.office].state or table.offices[one.office].organisation for one in actor.tenures
        }
    )
    return frozenset(owner for owner, count in counts.items() if owner and count >= _MUCH)


def _words(text: str) -> _Words:
    """The text cut up by functions that run over all of it at once, with no object made for a word but its letters."""
    pieces = _TOKEN_AND_SPACE.findall(text)
    begins = list(accumulate(map(len, pieces), initial=len(text) - len(text.lstrip())))
    written = [piece.rstrip() for piece in pieces]
    if text.isascii():
        return _Words(text, begins, written, written)
    accented = {word: names.plain(word) for word in set(written) if not word.isascii()}
    return _Words(text, begins, written, [accented.get(word, word) for word in written])


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


def _by_first_word(forms: Iterable[str]) -> _Forms:
    index: dict[str, dict[int, dict[tuple[str, ...], str]]] = {}
    for form in sorted(forms):  # of two that are plainly the same, the first counts
        words = names.words(form)
        if words:
            index.setdefault(words[0], {}).setdefault(len(words), {}).setdefault(words, form)
    return {head: sorted(lengths.items(), key=_length, reverse=True) for head, lengths in index.items()}


def _length(item: tuple[int, Mapping[tuple[str, ...], str]]) -> int:
    return item[0]


def _longest(index: _Forms, words: Sequence[str], at: int) -> tuple[int, str] | None:
    for length, forms in index.get(words[at], ()) if at < len(words) else ():
        form = forms.get(tuple(words[at : at + length]))
        if form is not None:
            return length, form
    return None


def _titles(offices: Iterable[Office]) -> _Titles:
    told = {(names.words(form.lower()), office.id) for office in offices for form in (office.title, *office.forms)}
    ordered = sorted(told, key=lambda form: (-len(form[0]), form))
    by_form: dict[tuple[str, ...], tuple[str, ...]] = {}
    for form, office_id in ordered:
        by_form[form] = (*by_form.get(form, ()), office_id)
    by_end: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
    for form, ids in by_form.items():
        by_end.setdefault(form[-1], []).append((form, ids))
    return _Titles(ordered, by_end)


def _title_window(words: Sequence[str], at: int) -> int:
    """The first word that may belong to a title before word `at`: the window ends with the sentence."""
    start = max(0, at - _WINDOW)
    for index in range(at - 1, start - 1, -1):
        if words[index] in _BREAKS or (words[index] == "." and len(words[index - 1]) > 2):
            return index + 1
    return start


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


def _near(words: Sequence[str], first: int, last: int) -> tuple[list[str], int]:
    """A name and the words around it in its sentence, in small letters, and where among them it begins."""
    begin, end = first, last
    while begin > max(0, first - _NEAR) and not _ends_sentence(words, begin - 1):
        begin -= 1
    while end < min(len(words), last + _NEAR) and not _ends_sentence(words, end):
        end += 1
    return [word.lower() for word in words[begin:end]], first - begin


def _ends_sentence(words: Sequence[str], at: int) -> bool:
    """Whether a sign ends a sentence; a point behind one or two letters is taken for that of an abbreviation."""
    return words[at] in ("!", "?") or (words[at] == "." and at > 0 and len(words[at - 1]) > 2)


def _is_headline(words: Sequence[str], first: int, last: int) -> bool:
    """Whether the words around a name are written with capitals, which then tell nothing."""
    begin, end = max(0, first - _NEAR), min(len(words), last + _NEAR)
    long = [word for word in (*words[begin:first], *words[last:end]) if len(word) > 3]
    return len(long) >= _HEADLINE and sum(word[0].isupper() for word in long) > len(long) / 2


def _stands(words: Sequence[str], form: Sequence[str], first: int) -> bool:
    """Whether the form, which is in small letters, stands at word `first` in any case."""
    return all(words[first + i].lower() == word for i, word in enumerate(form))


def _last_index(words: Sequence[str], form: tuple[str, ...]) -> int | None:
    """Where the form begins that stands last in the words; both are in small letters."""
    size = len(form)
    return next((at for at in range(len(words) - size, -1, -1) if tuple(words[at : at + size]) == form), None)


def _is_glue(word: str) -> bool:
    """Whether a word may stand between a title and the name: "to Russia", "of the United States", a comma."""
    return word[:1].isupper() or word.lower() in _TITLE_GLUE


def _country_before(words: Sequence[str], title: int) -> int:
    """The first word of "the US", "U.S.", "Russian" or "Russia's" before a title."""
    first = title
    while first > 0 and title - first < 6:
        word, before = words[first - 1], words[first - 2] if first > 1 else ""
        initial = word == "." and len(before) == 1 and before.isupper()
        if not (word[:1].isupper() or word.lower() in ("s", "'", "-") or initial):
            break
        first -= 1
    return first


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

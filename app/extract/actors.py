"""Finds the lexicon's actors in a text: full names, surnames after them, titles, demonyms, capitals, metonyms.

Not handled: names the lexicon does not know; roles told alone (see `app.extract.roles`); pronouns (see `app.extract.cast`).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from app.core.model import Actor, ActorKind
from app.lexicon import names
from app.lexicon.actors import ActorTable, Name

_TOKEN = re.compile(r"\w+|[^\w\s]")
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
_WINDOW = 12  # tokens before a name in which its title stands


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
class _Word:
    begin: int
    end: int
    text: str
    lower: str


_Trie = dict[str, list[tuple[tuple[str, ...], str]]]


class ActorFinder:
    """Finds actors by dictionary, in time linear in the text's length."""

    def __init__(self, table: ActorTable) -> None:
        self._table = table
        self._names = _trie(table.names)
        self._surnames = _trie(table.surnames)
        self._forms: dict[str, tuple[tuple[tuple[str, ...], str], ...]] = {}

    def actor(self, actor_id: str) -> Actor:
        """The lexicon's entry."""
        return self._table.actors[actor_id]

    def find(self, text: str) -> list[Named]:
        """Everyone named, in the order of the text; names inside another's title ("US" of the US ambassador) are left out."""
        words = [
            _Word(m.start(), m.end(), names.plain(m.group()), names.plain(m.group()).lower())
            for m in _TOKEN.finditer(text)
        ]
        spans = self._scan(words)
        found = self._persons_titled(words, self._with_surnames(words, spans))
        return _without_title_parts(found)

    # ------------------------------------------------------------ names
    def _scan(self, words: Sequence[_Word]) -> list[tuple[int, int, str]]:
        """Longest names of the lexicon: (first word, last word exclusive, form)."""
        spans, at = [], 0
        while at < len(words):
            form = _longest(self._names, words, at)
            if form is None:
                at += 1
                continue
            spans.append((at, at + form[0], form[1]))
            at += form[0]
        return spans

    def _with_surnames(
        self, words: Sequence[_Word], spans: Sequence[tuple[int, int, str]]
    ) -> list[tuple[int, int, str, str]]:
        """Names told apart and surnames of people named in full or by title: (first, last exclusive, actor, via)."""
        unambiguous = {
            self._table.names[form][0].actor_id
            for _, _, form in spans
            if len(self._table.names[form]) == 1 and form not in self._table.ambiguous
        }
        introduced: dict[str, int] = {}
        result: list[tuple[int, int, str, str]] = []
        everyone = {
            actor: first
            for first, _, form in reversed(spans)
            for actor in [self._table.names[form][0].actor_id]
            if self._is_person(actor)
        }
        full = {first: (last, form) for first, last, form in spans}
        at = 0
        while at < len(words):
            if at in full:
                last, form = full[at]
                entry = self._reading(form, unambiguous)
                if (
                    entry
                    and entry.via == "name"
                    and last - at == 1
                    and self._is_person(entry.actor_id)
                    and entry.actor_id not in introduced
                    and form in self._table.surnames
                ):
                    entry = entry if len(self._table.surnames[form]) == 1 else None
                if entry:
                    result.append((at, last, entry.actor_id, entry.via))
                    if self._is_person(entry.actor_id):
                        introduced[entry.actor_id] = at
                at = last
                continue
            surname = (
                _longest(self._surnames, words, at)
                if words[at].text[:1].isupper() or words[at].lower in ("al", "bin", "van", "von", "de")
                else None
            )
            if surname and (person := self._by_surname(words, at, surname[1], introduced, everyone)):
                result.append((at, at + surname[0], person, "name"))
                introduced[person] = at
                at += surname[0]
                continue
            at += 1
        return result

    def _is_person(self, actor_id: str) -> bool:
        return self._table.actors[actor_id].kind is ActorKind.PERSON

    def _reading(self, form: str, named: set[str]) -> Name | None:
        """What a name stands for here: of several readings the one that the text also names otherwise, else the likeliest."""
        entries = self._table.names[form]
        if form not in self._table.ambiguous:
            return entries[0]
        readings = self._table.readings(form)
        chosen = next((reading for reading in readings if reading in named), readings[0])
        if chosen is None:
            return None
        via = next((entry.via for entry in entries if entry.actor_id == chosen), "metonym")
        return Name(form, chosen, via)

    def _by_surname(
        self, words: Sequence[_Word], at: int, surname: str, introduced: Mapping[str, int], everyone: Mapping[str, int]
    ) -> str | None:
        people = self._table.surnames[surname]
        known = [person for person in people if person in introduced] or [
            person for person in people if person in everyone
        ]
        if len(known) == 1:
            return known[0]
        titled = [person for person in known or people if self._title(words, at, person)]
        if len(titled) == 1:
            return titled[0]
        return max(known, key=lambda person: introduced[person]) if known and known[0] in introduced else None

    # ------------------------------------------------------------ titles
    def _office_forms(self, person: str) -> tuple[tuple[tuple[str, ...], str], ...]:
        if person not in self._forms:
            offices = dict.fromkeys(tenure.office for tenure in self._table.actors[person].tenures)
            forms = [
                (tuple(word.lower() for word in _TOKEN.findall(names.plain(form))), office)
                for office in offices
                for form in (self._table.offices[office].title, *self._table.offices[office].forms)
            ]
            self._forms[person] = tuple(sorted(set(forms), key=lambda form: (-len(form[0]), form)))
        return self._forms[person]

    def _title(self, words: Sequence[_Word], at: int, person: str) -> tuple[tuple[str, ...], int] | None:
        """The offices whose form stands before word `at` as the person's title, and the form's first word."""
        start = max(0, at - _WINDOW)
        for index in range(at - 1, start - 1, -1):  # the window ends with the sentence
            if words[index].text in (";", ":", '"', "“", "”") or (
                words[index].text == "." and len(words[index - 1].text) > 2
            ):
                start = index + 1
                break
        best: tuple[tuple[str, ...], int] | None = None
        rank = (0, 0)
        for form, office in self._office_forms(person):
            first = _last_index(words, form, start, at)
            if first is None or not _is_glue(words, first + len(form), at):
                continue
            nearness = (
                first + len(form),
                len(form),
            )  # the form nearest the name, of these the longest: not the President of a Vice President
            if nearness > rank:
                best, rank = ((office,), first), nearness
            elif best and nearness == rank:
                best = ((*best[0], office), first)
        return best

    def _title_after(self, words: Sequence[_Word], last: int, person: str) -> tuple[str, ...]:
        """The offices told in an apposition after the name: "James Baker, the US secretary of state"."""
        if last >= len(words) or words[last].text != ",":
            return ()
        for form, office in self._office_forms(person):
            first = _last_index(words, form, last + 1, min(len(words), last + 9))
            if first is not None and all(
                words[i].text[:1].isupper() or words[i].lower in _TITLE_GLUE for i in range(last + 1, first)
            ):
                return (office,)
        return ()

    def _persons_titled(self, words: Sequence[_Word], found: Sequence[tuple[int, int, str, str]]) -> list[Named]:
        result = []
        for first, last, actor, via in found:
            named = Named(
                words[first].begin,
                words[last - 1].end,
                actor,
                via,
                title_begin=words[first].begin,
                is_person=self._is_person(actor),
            )
            if named.is_person:
                named = self._titled(words, first, last, named)
            elif _is_place(words, first, last, via):
                named = replace(named, place=True)
            result.append(named)
        return result

    def _titled(self, words: Sequence[_Word], first: int, last: int, named: Named) -> Named:
        title = self._title(words, first, named.actor_id)
        offices = title[0] if title else self._title_after(words, last, named.actor_id)
        start = _country_before(words, title[1]) if title else first
        before = {word.lower for word in words[max(0, start - 2) : (title[1] if title else first)]}
        return replace(named, offices=offices, former=bool(before & _PAST_HOLDER), title_begin=words[start].begin)


def _is_place(words: Sequence[_Word], first: int, last: int, via: str) -> bool:
    """Whether a name tells where, not who: "in Cairo", "Oslo (1993)", "Tehran-backed"."""
    after = [word.text for word in words[last : last + 2]]
    if len(after) == 2 and after[0] == "-" and after[1].islower():
        return True
    if via not in ("capital", "metonym", "body"):
        return False
    if len(after) == 2 and after[0] == "(" and after[1].isdigit():
        return True
    before = [word.lower for word in words[max(0, first - 2) : first]]
    return bool(before) and (before[-1] in _PLACE or (before[-1] == "the" and before[0] in _PLACE))


def _trie(forms: Mapping[str, object]) -> _Trie:
    """Forms by their first word, the longest first."""
    trie: _Trie = {}
    for form in forms:
        words = tuple(_TOKEN.findall(names.plain(form)))
        if words:
            trie.setdefault(words[0], []).append((words, form))
    for entries in trie.values():
        entries.sort(key=lambda entry: (-len(entry[0]), entry[1]))
    return trie


def _longest(trie: _Trie, words: Sequence[_Word], at: int) -> tuple[int, str] | None:
    for form, name in trie.get(words[at].text, ()):
        if len(form) == 1 or (
            len(form) <= len(words) - at and all(words[at + i].text == word for i, word in enumerate(form))
        ):
            return len(form), name
    return None


def _last_index(words: Sequence[_Word], form: tuple[str, ...], start: int, end: int) -> int | None:
    for first in range(end - len(form), start - 1, -1):
        if words[first].lower == form[0] and all(words[first + i].lower == word for i, word in enumerate(form)):
            return first
    return None


def _is_glue(words: Sequence[_Word], start: int, end: int) -> bool:
    """Whether between a title and the name stands nothing but "to Russia", "of the United States" or a comma."""
    return all(word.lower in _TITLE_GLUE or word.text[:1].isupper() for word in words[start:end])


def _country_before(words: Sequence[_Word], title: int) -> int:
    """The first word of "the US", "U.S.", "Russian" or "Russia's" before a title."""
    first = title
    while first > 0 and title - first < 6:
        word, before = words[first - 1], words[first - 2] if first > 1 else None
        initial = word.text == "." and before is not None and len(before.text) == 1 and before.text.isupper()
        if not (word.text[:1].isupper() or word.lower in ("s", "'", "-") or initial):
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

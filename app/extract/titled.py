"""Titles of people beside their names: "US Secretary of State Antony Blinken", "James Baker, the US secretary of state"."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.extract.wording import Forms, last_index, longest, stands
from app.lexicon import names
from app.lexicon.actors import ActorTable, Office

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
_ENVOYS = frozenset(("ambassador", "permanent-representative", "special-envoy", "spokesperson", "other"))


@dataclass(frozen=True, slots=True)
class _Titles:
    """The titles of one person's offices in small letters, with the offices they tell of.

    `ordered` has the longest first; `by_end` finds them by their last word, for the way back from a name.
    """

    ordered: Sequence[tuple[tuple[str, ...], str]]
    by_end: Mapping[str, Sequence[tuple[tuple[str, ...], tuple[str, ...]]]]


class TitleReader:
    """Finds the titles of the offices that a person held; `forms` are the names by which posts are told."""

    def __init__(self, table: ActorTable, forms: Forms) -> None:
        self._table = table
        self._forms = forms
        self._titles: dict[str, _Titles] = {}

    def _titles_of(self, person: str) -> _Titles:
        if person not in self._titles:
            offices = [self._table.offices[tenure.office] for tenure in self._table.actors[person].tenures]
            self._titles[person] = _titles(offices)
        return self._titles[person]

    def before(self, words: Sequence[str], at: int, person: str) -> tuple[tuple[str, ...], int] | None:
        """The offices whose form stands before word `at` as the person's title, and the form's first word.

        The form nearest the name, of these the longest: not the President of a Vice President.
        """
        titles = self._titles_of(person).by_end
        for end in range(at, max(0, at - _WINDOW), -1):
            for form, offices in titles.get(words[end - 1].lower(), ()):
                first = end - len(form)
                if first >= 0 and stands(words, form, first) and first >= _title_window(words, at):
                    return self._posts(offices, words[first:at]), first
            if not _is_glue(words[end - 1]):
                return None
        return None

    def after(self, words: Sequence[str], last: int, person: str) -> tuple[str, ...]:
        """The offices told in an apposition after the name: "James Baker, the US secretary of state"."""
        if last >= len(words) or words[last] != ",":
            return ()
        behind = [word.lower() for word in words[last + 1 : last + _APPOSED]]
        for form, _ in self._titles_of(person).ordered:
            first = last_index(behind, form) if form[0] in behind else None
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
        told = {
            self._table.names[found[1]][0].actor_id
            for at in range(len(words))
            if (found := longest(self._forms, words, at))
        }
        return tuple(office for office in posts if self._table.offices[office].posted_to in told)


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


def _is_glue(word: str) -> bool:
    """Whether a word may stand between a title and the name: "to Russia", "of the United States", a comma."""
    return word[:1].isupper() or word.lower() in _TITLE_GLUE


def country_before(words: Sequence[str], title: int) -> int:
    """The first word of "the US", "U.S.", "Russian" or "Russia's" before a title."""
    first = title
    while first > 0 and title - first < 6:
        word, before = words[first - 1], words[first - 2] if first > 1 else ""
        initial = word == "." and len(before) == 1 and before.isupper()
        if not (word[:1].isupper() or word.lower() in ("s", "'", "-") or initial):
            break
        first -= 1
    return first

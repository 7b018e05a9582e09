"""A text as a sequence of words and signs, and written forms of several words looked up in it, in time linear in its length."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from app.lexicon import names

_TOKEN_AND_SPACE = re.compile(r"(?:\w+|[^\w\s])\s*")
_NEAR = 20  # words and signs on either side of an ambiguous name, in its sentence, that may tell what it stands for
_HEADLINE = 3  # so many other words of four letters and more, most of them with capitals, tell a headline


@dataclass(frozen=True, slots=True)
class Words:
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


Forms = Mapping[str, Sequence[tuple[int, Mapping[tuple[str, ...], str]]]]
"""Written forms by their first word: for each length in words, the longest first, the forms of that length."""


def words_of(text: str) -> Words:
    """The text cut up by functions that run over all of it at once, with no object made for a word but its letters."""
    pieces = _TOKEN_AND_SPACE.findall(text)
    begins = list(accumulate(map(len, pieces), initial=len(text) - len(text.lstrip())))
    written = [piece.rstrip() for piece in pieces]
    if text.isascii():
        return Words(text, begins, written, written)
    accented = {word: names.plain(word) for word in set(written) if not word.isascii()}
    return Words(text, begins, written, [accented.get(word, word) for word in written])


def by_first_word(forms: Iterable[str]) -> Forms:
    """The forms as `longest` looks them up."""
    index: dict[str, dict[int, dict[tuple[str, ...], str]]] = {}
    for form in sorted(forms):  # of two that are plainly the same, the first counts
        words = names.words(form)
        if words:
            index.setdefault(words[0], {}).setdefault(len(words), {}).setdefault(words, form)
    return {head: sorted(lengths.items(), key=_length, reverse=True) for head, lengths in index.items()}


def _length(item: tuple[int, Mapping[tuple[str, ...], str]]) -> int:
    return item[0]


def longest(index: Forms, words: Sequence[str], at: int) -> tuple[int, str] | None:
    """The longest form that stands at word `at`: its length in words, and the form as it was given."""
    for length, forms in index.get(words[at], ()) if at < len(words) else ():
        form = forms.get(tuple(words[at : at + length]))
        if form is not None:
            return length, form
    return None


def around(words: Sequence[str], first: int, last: int) -> tuple[list[str], int]:
    """A name and the words around it in its sentence, in small letters, and where among them it begins."""
    begin, end = first, last
    while begin > max(0, first - _NEAR) and not ends_sentence(words, begin - 1):
        begin -= 1
    while end < min(len(words), last + _NEAR) and not ends_sentence(words, end):
        end += 1
    return [word.lower() for word in words[begin:end]], first - begin


def ends_sentence(words: Sequence[str], at: int) -> bool:
    """Whether a sign ends a sentence; a point behind one or two letters is taken for that of an abbreviation."""
    return words[at] in ("!", "?") or (words[at] == "." and at > 0 and len(words[at - 1]) > 2)


def is_headline(words: Sequence[str], first: int, last: int) -> bool:
    """Whether the words around a name are written with capitals, which then tell nothing."""
    begin, end = max(0, first - _NEAR), min(len(words), last + _NEAR)
    long = [word for word in (*words[begin:first], *words[last:end]) if len(word) > 3]
    return len(long) >= _HEADLINE and sum(word[0].isupper() for word in long) > len(long) / 2


def stands(words: Sequence[str], form: Sequence[str], first: int) -> bool:
    """Whether the form, which is in small letters, stands at word `first` in any case."""
    return all(words[first + i].lower() == word for i, word in enumerate(form))


def last_index(words: Sequence[str], form: tuple[str, ...]) -> int | None:
    """Where the form begins that stands last in the words; both are in small letters."""
    size = len(form)
    return next((at for at in range(len(words) - size, -1, -1) if tuple(words[at : at + size]) == form), None)

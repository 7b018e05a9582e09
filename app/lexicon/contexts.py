"""Which reading of an ambiguous name the words near it speak for: "Brussels" beside "troops" is NATO, beside "king" Belgium."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.lexicon import names
from app.lexicon.tables import Row

NO_ACTOR = "-"


_WITH_NAME = 100  # a phrase with the name in it ("Gulf of Mexico") outweighs all words beside it


@dataclass(frozen=True, slots=True)
class Context:
    """The phrases that speak for the readings of one name: words in small letters -> reading, None for "no actor".

    A phrase that has the whole name in it is in `with_name`. `longest` is the number of words in the longest phrase.
    """

    phrases: Mapping[tuple[str, ...], str | None]
    with_name: frozenset[tuple[str, ...]]
    longest: int

    def votes(self, words: Sequence[str], first: int, last: int) -> dict[str | None, int]:
        """How strongly the words, which are in small letters, speak for each reading of the name at words[first:last].

        Each phrase counts once, one inside a longer one not at all, and one with the name in it only where it covers this
        very mention.
        """
        heard: set[tuple[str, ...]] = set()
        at = 0
        while at < len(words):
            phrase = self._phrase(words, at, first, last)
            heard.add(phrase)
            at += len(phrase) or 1
        found: dict[str | None, int] = {}
        for phrase in heard - {()}:
            reading = self.phrases[phrase]
            found[reading] = found.get(reading, 0) + (_WITH_NAME if phrase in self.with_name else 1)
        return found

    def _phrase(self, words: Sequence[str], at: int, first: int, last: int) -> tuple[str, ...]:
        """The longest phrase that begins at word `at`, () for none."""
        for size in range(min(self.longest, len(words) - at), 0, -1):
            phrase = tuple(words[at : at + size])
            if phrase in self.phrases and (phrase not in self.with_name or at <= first < last <= at + size):
                return phrase
        return ()


def read(rows: Iterable[Row], readings: Mapping[str, Sequence[str | None]]) -> dict[str, Context]:
    """The contexts by the form of the name; `readings` are those of every form in ambiguous.csv.

    Raises LexiconError for a name that is not ambiguous, a reading that the name has not, a word that is not in small
    letters and one that speaks for two readings of one name.
    """
    phrases: dict[str, dict[tuple[str, ...], str | None]] = {}
    for row in rows:
        reading = None if row.text("reading") == NO_ACTOR else row.text("reading")
        told = {names.words(word): word for word in row.many("words")}
        for word in told.values():
            if word != word.lower():
                raise row.refuse("words", f"{word!r} must be in small letters")
        for name in row.many("names"):
            _check_reading(row, name, readings)
            for form in names.forms(name):
                _add(phrases.setdefault(form, {}), told, reading, row)
    return {form: _context(form, known) for form, known in phrases.items()}


def _context(form: str, known: Mapping[tuple[str, ...], str | None]) -> Context:
    name = names.words(form.lower())
    with_name = frozenset(
        phrase for phrase in known if any(phrase[at : at + len(name)] == name for at in range(len(phrase)))
    )
    return Context(known, with_name, max(map(len, known)))


def _check_reading(row: Row, name: str, readings: Mapping[str, Sequence[str | None]]) -> None:
    if name not in readings:
        raise row.refuse("names", f"{name!r} is not in ambiguous.csv")
    known = [reading or NO_ACTOR for reading in readings[name]]
    if row.text("reading") not in known:
        raise row.refuse("reading", f"{row.text('reading')!r} is no reading of {name!r}, which has {', '.join(known)}")


def _add(
    known: dict[tuple[str, ...], str | None], told: Mapping[tuple[str, ...], str], reading: str | None, row: Row
) -> None:
    for phrase, word in told.items():
        if known.setdefault(phrase, reading) != reading:
            raise row.refuse("words", f"{word!r} speaks for {known[phrase] or NO_ACTOR!r} too")

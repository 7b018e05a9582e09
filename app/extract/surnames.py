"""People told by a surname alone whom the article's day tells apart: "President Bush" in 1990 and in 2003."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from app.extract.titled import TitleReader
from app.extract.wording import Forms, Words, longest
from app.lexicon import names
from app.lexicon.actors import ActorTable

_ENDS = frozenset((".", "!", "?", '"', "“", "”", ":", ";", "-", "–", "—"))
_DAYS = frozenset(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"))
_STARTS = frozenset(
    ("and", "as", "but", "for", "in", "mr", "mrs", "ms", "on", "that", "the", "then", "when", "while", "why")
)
_MONTHS = frozenset(("March", "May", "August"))
# Surnames that are more often another word at the start of a sentence.
_NOUNS_TOO = frozenset((
    "baker", "banks", "bell", "bishop", "black", "brown", "burns", "bush", "carter", "chance", "church",
    "clay", "cook", "cross", "day", "field", "fields", "gates", "grant", "green", "hill", "hope", "hunt",
    "king", "lane", "love", "major", "marsh", "north", "page", "park", "power", "powers", "price", "prince",
    "reed", "rice", "rich", "rose", "singer", "snow", "stone", "strong", "waters", "wells", "west", "white",
    "wood", "young",
))  # fmt: skip
_CHIEF = frozenset(
    ("head-of-state", "head-of-government", "head-of-state-and-government", "foreign-minister", "head-of-organisation")
)
_MUCH = 40  # people in office of a state that is much in the news


class InOffice:
    """Finds who of a surname held an office on a day; `surnames` are looked up as written."""

    def __init__(
        self,
        table: ActorTable,
        surnames: Forms,
        titles: TitleReader,
        *,
        words_too: frozenset[str],
        first_names: frozenset[str],
    ) -> None:
        """`words_too` are names that are more often other words."""
        self._table = table
        self._surnames = surnames
        self._titles = titles
        self._words_too = words_too
        self._first_names = first_names
        forms = (form for office in table.offices.values() for form in (office.title, *office.forms))
        self._beside = _DAYS | _STARTS | {word for form in forms for word in names.words(form.lower())}
        self._much_named = _much_named(table)

    def find(self, words: Words, covered: set[int], sides: set[str], day: date) -> Iterator[tuple[int, int, str]]:
        """(first word, last exclusive, person) of the surnames that tell somebody; none that begins at a covered offset.

        With a title of that office ("President Bush") the surname may be that of others too. Without one it must be told of
        nobody else, and the text name one of `sides`, the state or organisation for which its bearer spoke, or he lead one
        much in the news.
        """
        known: dict[str, str] = {}
        for at, word in enumerate(words.plain):
            if word not in self._surnames or words.begins[at] in covered:
                continue
            length, form = longest(self._surnames, words.plain, at) or (0, "")
            person = known.get(form) or self._holder(words, at, at + length, form, sides, day) if length else None
            if person:
                known[form] = person
                yield at, at + length, person

    def _holder(self, text: Words, at: int, last: int, form: str, sides: set[str], day: date) -> str | None:
        """Who of that surname held an office on the day, if the text tells one of them apart."""
        words = text.plain
        holding = {one: held for one in self._table.surnames[form] if (held := self._table.offices_of(one, day))}
        titled = []
        for person, offices in holding.items():
            title = self._titles.before(words, at, person)
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
        if (opens and form.lower() in _NOUNS_TOO) or form.lower() in self._words_too or form in _MONTHS:
            return None  # "Rice is dear": a word with which a sentence begins
        if form in self._first_names or (at and words[at - 1] == "the") or self._is_of_another(words, form):
            return None  # "Fraser and John", "the Hague", "Maria Macron"
        [(person, offices)] = holding.items()
        if any({office.state, office.organisation} & sides for office in offices):
            return person
        known = any(
            office.function in _CHIEF and (office.state or office.organisation) in self._much_named
            for office in offices
        )
        return person if known else None

    def _is_of_another(self, words: Sequence[str], form: str) -> bool:
        """Whether a word with a capital, which is no title and no day, stands before the name anywhere: "Maria Macron"."""
        return any(
            word == form and at and words[at - 1][:1].isupper() and words[at - 1].lower() not in self._beside
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

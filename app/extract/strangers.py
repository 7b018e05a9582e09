"""Persons and organisations that the lexicon does not know: they become actors of their own, told by the parser's entities.

An id is made of the whole name, so that nobody is taken for somebody else of the same surname; a surname alone counts only
behind the whole name in the same article. `via` is "new".
Not handled: people named by one word alone; a stranger's office, sex or state, but for a nationality in the same phrase.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.core.model import ActorKind
from app.extract.document import Entity, Sentence
from app.lexicon import names

VIA = "new"
_KINDS = {"PERSON": ActorKind.PERSON, "ORG": ActorKind.ORGANISATION}
TITLES = re.compile(
    r"^(?:(?:the|former|acting|mr|mrs|ms|dr|prof|gen|lt|col|maj|capt|adm|sen|rep|gov|king|queen|prince|princess|sheikh|president|premier"
    r"|chancellor|minister|prime|foreign|defen[cs]e|interior|finance|vice|deputy|ambassador|spokesman|spokeswoman|general|colonel"
    r"|secretary|senator|chief|leader|crown|madame?|sir|lord|lady|dame|baroness|sultan|emir|pope|cardinal|archbishop|ayatollah|mullah"
    r"|imam|comrade|taoiseach|chairman|chairwoman|speaker|commissioner|governor|mayor|justice|judge|lieutenant|major|captain|admiral"
    r"|marshal|presidents|ministers|chancellors|premiers|ambassadors|senators|kings|generals)\.?\s+)+",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"^the\s+", re.IGNORECASE)
_TAIL = re.compile(r"(?:['’]s?|[^\w)]+)$")
_NO_NAME = re.compile(r"[\d@/]|\b(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b")
_LONGEST = 60
_ORGANISATION = re.compile(  # with such a last word a name is not a person's
    r"\b(?:Agency|Alliance|Army|Assembly|Association|Authority|Bank|Bloc|Board|Brigade|Brigades|Bureau|Centre|Center|Coalition"
    r"|Command|Commission|Committee|Company|Conference|Congress|Council|Court|Federation|Force|Forces|Forum|Foundation|Front|Fund"
    r"|Group|Guard|Institute|League|Ministry|Mission|Movement|Network|Office|Organi[sz]ation|Parliament|Party|Service|Society|Tribunal"
    r"|Union)$"
)


@dataclass(frozen=True, slots=True)
class Stranger:
    """A name that the lexicon does not know, where it stands (code points, half open)."""

    id: str
    name: str
    kind: ActorKind
    begin: int
    end: int


class Strangers:
    """The strangers of one article; the entities of a sentence are looked for when they are first asked for."""

    def __init__(self, entities: Callable[[Sentence], Sequence[Entity]]) -> None:
        self._entities = entities
        self._seen: dict[int, tuple[Stranger, ...]] = {}
        self._by_surname: dict[str, Stranger] = {}

    def at(self, sentence: Sentence, offset: int) -> Stranger | None:
        """The stranger whose name covers the offset."""
        if sentence.begin not in self._seen:
            self._seen[sentence.begin] = tuple(filter(None, map(self._stranger, self._entities(sentence))))
        return next((one for one in self._seen[sentence.begin] if one.begin <= offset < one.end), None)

    def of_surname(self, surname: str, begin: int) -> Stranger | None:
        """The stranger of that surname who was told by the whole name before, as named by it at `begin`."""
        whole = self._by_surname.get(surname)
        return Stranger(whole.id, whole.name, whole.kind, begin, begin + len(surname)) if whole else None

    def told_whole(self, name: str, begin: int) -> Stranger | None:
        """A stranger whom the model does not see, though the grammar tells a name of several words that acts."""
        title = TITLES.match(name)
        begin, name = begin + (title.end() if title else 0), name[title.end() :] if title else name
        label = "ORG" if _ORGANISATION.search(name) else "PERSON"
        return self._stranger(Entity(begin, begin + len(name), name, label)) if " " in name else None

    def _stranger(self, entity: Entity) -> Stranger | None:
        kind = _KINDS.get(entity.label)
        titled = TITLES.match(entity.text)
        if titled and (
            known := self.of_surname(_TAIL.sub("", entity.text[titled.end() :]), entity.begin + titled.end())
        ):
            return known  # "President X", whatever the model takes it for
        title = (TITLES if kind is ActorKind.PERSON else _ARTICLE).match(entity.text)
        begin = entity.begin + (title.end() if title else 0)
        name = _TAIL.sub("", entity.text[begin - entity.begin :])
        end = begin + len(name)
        if kind is None or not name[:1].isupper() or len(name) > _LONGEST or _NO_NAME.search(name):
            return None
        name = " ".join(name.split())
        if " " not in name:
            return self.of_surname(name, begin)
        stranger = Stranger(f"new-{kind.value}-{_slug(name)}", name, kind, begin, end)
        if kind is ActorKind.PERSON:
            self._by_surname[name.split()[-1]] = stranger  # of two with one surname the last named is meant
        return stranger


def _slug(name: str) -> str:
    """The name in plain small letters: what two spellings with and without accents share."""
    letters = names.plain(name).lower()
    return re.sub(r"[\W_]+", "-", letters).strip("-") or "unnamed"

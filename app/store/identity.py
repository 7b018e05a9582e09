"""Which id an event keeps when its mentions are clustered anew. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.core.model import EventDraft, StoredMention

Key = tuple[str, int, int, str]


@dataclass(frozen=True, slots=True)
class Former:
    """An event as it was: `minted` is its age (smaller is older), `mentions` are in canonical order."""

    id: str
    minted: int
    mentions: tuple[StoredMention, ...]


@dataclass(frozen=True, slots=True)
class Inheritance:
    """What becomes of former ids: `kept` by the draft's place, `redirects` from an id to the one that took it in,
    `dropped` without an heir."""

    kept: dict[int, str]
    redirects: dict[str, str]
    dropped: tuple[str, ...]


def inherit(former: Sequence[Former], drafts: Sequence[EventDraft]) -> Inheritance:
    """Each former event goes to the draft that holds its first mention; the oldest of those in one draft keeps its id.

    Where the first mention is gone, the next one that is left decides; where all are gone (a revision moves offsets),
    a mention that tells the same act of the same day in the same article, then the same words of it with another date (new
    rules read it otherwise). Otherwise the event has no heir.
    """
    heirs = _Heirs(drafts)
    kept: dict[int, str] = {}
    redirects: dict[str, str] = {}
    dropped: list[str] = []
    for event in sorted(former, key=lambda event: event.minted):
        place = heirs.of(event)
        if place is None:
            dropped.append(event.id)
        elif place in kept:
            redirects[event.id] = kept[place]
        else:
            kept[place] = event.id
    return Inheritance(kept, redirects, tuple(dropped))


class _Heirs:
    """Finds the draft that carries a former event on."""

    def __init__(self, drafts: Sequence[EventDraft]) -> None:
        self._by_key: dict[Key, int] = {}
        self._by_act: dict[tuple[str, str, str, str], int] = {}
        self._by_words: dict[tuple[str, int, int], int] = {}
        for place, draft in enumerate(drafts):
            for stored in draft.mentions:
                self._by_key.setdefault(stored.key, place)
                self._by_act.setdefault(_act(stored), place)
                self._by_words.setdefault(_words(stored), place)

    def of(self, event: Former) -> int | None:
        """The place of the draft that carries the event on; None where no draft does."""
        for stored in event.mentions:
            if (place := self._by_key.get(stored.key)) is not None:
                return place
        for stored in event.mentions:
            if (place := self._by_act.get(_act(stored))) is not None:
                return place
        for stored in event.mentions:
            if (place := self._by_words.get(_words(stored))) is not None:
                return place
        return None


def _words(stored: StoredMention) -> tuple[str, int, int]:
    return (stored.article_key, stored.mention.sentence.begin, stored.mention.trigger.begin)


def _act(stored: StoredMention) -> tuple[str, str, str, str]:
    mention = stored.mention
    return (stored.article_key, mention.trigger.lemma, mention.kind, mention.span.edtf if mention.span else "")

"""Connected components: which mentions must be clustered anew when some of them come or go."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.core.curation import Decision
from app.core.model import StoredMention
from app.store import edits, mentions
from app.store.edits import Taken
from app.store.mentions import Held

Candidates = Callable[[StoredMention, StoredMention], bool]


@dataclass(frozen=True, slots=True)
class Component:
    """Mentions that cannot be clustered without each other, in canonical order, and what people decided of them."""

    held: tuple[Held, ...]
    decisions: tuple[Decision, ...] = ()

    @property
    def told(self) -> list[StoredMention]:
        """The mentions that make events: not those of retracted articles."""
        return [one.stored for one in self.held if not one.retracted]


def around(
    session: Session, seeds: Iterable[int], candidates: Candidates, *, known_by: date | None = None
) -> list[Component]:
    """The whole component of each seed (a mention's row id), each component once.

    What people joined is in one component, whatever the matching makes of it; the components of whatever else was decided
    together come along. `known_by` leaves out the mentions of articles that were not yet written on that day.
    """
    parts: list[list[Held]] = []
    placed: set[int] = set()
    waiting = list(seeds)
    while waiting:
        for seed in waiting:
            if seed not in placed:
                part = _grow(session, seed, candidates, known_by)
                placed.update(held.id for held in part)
                parts.append(part)
        keys = {held.stored.article_key for part in parts for held in part}
        taken = edits.touching(session, keys, known_by=known_by)
        near = [one.ids for one in taken if not placed.isdisjoint(one.ids)]
        waiting = [id_ for ids in near for id_ in ids if id_ not in placed]
    return _linked(parts, taken) if parts else []


def _linked(parts: Sequence[list[Held]], taken: Sequence[Taken]) -> list[Component]:
    """The parts, those in one that a person joined, each with the decisions that are about its mentions."""
    part_of = {held.id: number for number, part in enumerate(parts) for held in part}
    home = list(range(len(parts)))
    for one in taken:
        linked = {home[part_of[id_]] for id_ in one.ids if id_ in part_of}
        if one.joins and len(linked) > 1:
            home = [min(linked) if number in linked else number for number in home]
    held: dict[int, list[Held]] = {}
    for number, part in zip(home, parts, strict=True):
        held.setdefault(number, []).extend(part)
    about: dict[int, list[Decision]] = {}
    for one in taken:
        for number in {home[part_of[id_]] for id_ in one.ids if id_ in part_of}:
            about.setdefault(number, []).append(one.decision)
    return [
        Component(tuple(sorted(held[number], key=lambda one: (one.stored.key, one.id))), tuple(about.get(number, ())))
        for number in sorted(held)
    ]


def beside(session: Session, gone: Iterable[StoredMention], candidates: Candidates) -> list[int]:
    """Ids of the stored mentions that could be joined with one that is gone."""
    left = list(gone)
    neighbours = mentions.load(session, sorted(mentions.near(session, left)))
    return [held.id for held in neighbours if any(candidates(one, held.stored) for one in left)]


def _grow(session: Session, seed: int, candidates: Candidates, known_by: date | None) -> list[Held]:
    """Breadth first; each round asks the database once for all that lies near the last round's mentions."""
    frontier = mentions.load(session, [seed])
    found = {held.id: held for held in frontier}
    strangers: dict[int, Held] = {}  # loaded, but joined to nothing so far
    while frontier:
        near = mentions.near(session, (held.stored for held in frontier), known_by=known_by)
        for held in mentions.load(session, sorted(near - found.keys() - strangers.keys())):
            strangers[held.id] = held
        joined = [
            held
            for held in strangers.values()
            if held.id in near and any(candidates(one.stored, held.stored) for one in frontier)
        ]
        for held in joined:
            found[held.id] = strangers.pop(held.id)
        frontier = joined
    return sorted(found.values(), key=lambda held: (held.stored.key, held.id))

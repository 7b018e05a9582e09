"""Connected components: which mentions must be clustered anew when some of them come or go."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.core import cells, likeness
from app.core.calendar import DateSpan
from app.core.cells import Candidates, Cells
from app.core.curation import Decision
from app.core.model import StoredMention
from app.store import edits, mentions
from app.store.edits import Taken
from app.store.mentions import Held

__all__ = ["Candidates", "Component", "around", "beside"]


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
    session: Session,
    seeds: Iterable[int],
    candidates: Candidates,
    *,
    known_by: date | None = None,
    whole: DateSpan | None = None,
) -> list[Component]:
    """The whole component of each seed (a mention's row id), each component once.

    What people joined is in one component, whatever the matching makes of it; the components of whatever else was decided
    together come along. `known_by` leaves out the mentions of articles that were not yet written on that day. `whole` says that
    every mention with a day in it is among the seeds, so that nothing is looked for there.
    """
    found: dict[int, Held] = {}
    taken: Sequence[Taken] = ()
    waiting: Collection[int] = set(seeds)
    while waiting:
        found |= _grow(session, sorted(waiting), candidates, known_by, whole)
        keys = {held.stored.article_key for held in found.values()}
        taken = edits.touching(session, keys, known_by=known_by)
        waiting = {id_ for one in taken if not found.keys().isdisjoint(one.ids) for id_ in one.ids} - found.keys()
    held = sorted(found.values(), key=lambda one: (one.stored.key, one.id))
    parts = cells.components([one.stored for one in held], candidates)
    return _linked([[held[place] for place in part] for part in parts], taken)


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
    index = Cells(left)
    neighbours = mentions.load(session, sorted(mentions.near(session, left)))
    return [
        held.id
        for held in neighbours
        if any(candidates(left[place], held.stored) for place in sorted(index.near(held.stored)))
    ]


def _grow(
    session: Session,
    seeds: Sequence[int],
    candidates: Candidates,
    known_by: date | None,
    whole: DateSpan | None,
) -> dict[int, Held]:
    """By id all that candidates join to the seeds; each round asks the database once for what lies near the last one's."""
    frontier = mentions.load(session, seeds)
    found = {held.id: held for held in frontier}
    strangers: dict[int, Held] = {}  # loaded, but joined to nothing so far
    index = Cells()
    while frontier:
        open_ = [held.stored for held in frontier if not _lies_within(held.stored, whole)]
        near = mentions.near(session, open_, known_by=known_by)
        for held in mentions.load(session, sorted(near - found.keys() - strangers.keys())):
            strangers[held.id] = held
            index.put(held.id, held.stored)
        joined = {
            id_
            for one in frontier
            for id_ in index.near(one.stored)
            if id_ in strangers and candidates(one.stored, strangers[id_].stored)
        }
        frontier = [strangers.pop(id_) for id_ in sorted(joined)]
        found |= {held.id: held for held in frontier}
    return found


def _lies_within(stored: StoredMention, whole: DateSpan | None) -> bool:
    """Whether all that a mention could be joined to has a day in that span."""
    if whole is None or stored.mention.span is None:
        return False
    first, last = likeness.reach(stored.mention.span)
    return whole.first_day <= first and last <= whole.last_day

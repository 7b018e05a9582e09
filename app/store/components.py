"""Connected components: which mentions must be clustered anew when some of them come or go."""

from collections.abc import Callable, Iterable
from datetime import date

from sqlalchemy.orm import Session

from app.core.model import StoredMention
from app.store import mentions
from app.store.mentions import Held

Candidates = Callable[[StoredMention, StoredMention], bool]


def around(
    session: Session, seeds: Iterable[int], candidates: Candidates, *, known_by: date | None = None
) -> list[list[Held]]:
    """The whole component of each seed (a mention's row id), each component once and in canonical order.

    `known_by` leaves out the mentions of articles that were not yet written on that day.
    """
    components: list[list[Held]] = []
    placed: set[int] = set()
    for seed in seeds:
        if seed not in placed:
            component = _grow(session, seed, candidates, known_by)
            placed.update(held.id for held in component)
            components.append(component)
    return components


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

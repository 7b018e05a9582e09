"""States, organisations, parts of governments and people: the offices held and when, and every name a text gives."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType

from app.core.calendar import LAST_DAY, DateSpan
from app.core.model import Actor, Tenure
from app.lexicon import actor_rows, names
from app.lexicon.actor_rows import Entries, Name, Office, State
from app.lexicon.contexts import Context

__all__ = ["ActorTable", "Name", "Office", "State", "load_actors"]


@dataclass(frozen=True, slots=True)
class ActorTable:
    """Who can act, by id and by name; every query is about one day and none knows today.

    `names` maps a written form (case matters) to its readings, the likeliest first. `ambiguous` are the forms that may
    mean several actors or, where `readings` has None, no actor at all; `contexts` has the words that tell which, by form.
    `surnames` maps a surname to ids of people.
    """

    actors: Mapping[str, Actor]
    states: Mapping[str, State]
    offices: Mapping[str, Office]
    names: Mapping[str, tuple[Name, ...]]
    ambiguous: frozenset[str]
    contexts: Mapping[str, Context]
    surnames: Mapping[str, tuple[str, ...]]
    _readings: Mapping[str, tuple[str | None, ...]]
    _terms: Mapping[str, tuple[tuple[str, Tenure], ...]]

    def readings(self, name: str) -> tuple[str | None, ...]:
        """The ids the name may stand for, the likeliest first, None for "no actor"; empty when it is unknown."""
        if name in self._readings:
            return self._readings[name]
        return tuple(entry.actor_id for entry in self.names.get(name, ()))

    def holders(self, office_id: str, day: date) -> tuple[str, ...]:
        """Who may have held the office on that day, the latest to begin first."""
        terms = [term for term in self._terms.get(office_id, ()) if holds(term[1], day)]
        return tuple(dict.fromkeys(person for person, _ in sorted(terms, key=_start_of_term, reverse=True)))

    def offices_of(self, person_id: str, day: date) -> tuple[Office, ...]:
        """The offices that the person may have held on that day, the latest begun first; none for an unknown person."""
        person = self.actors.get(person_id)
        terms = [("", tenure) for tenure in person.tenures if holds(tenure, day)] if person else []
        terms.sort(key=_start_of_term, reverse=True)
        return tuple(dict.fromkeys(self.offices[tenure.office] for _, tenure in terms))

    def state_at(self, person_id: str, day: date | None) -> str | None:
        """The state for which the person spoke on that day.

        That of the office last begun, None where it is an organisation's; without an office or a day, the person's own.
        """
        held = self.offices_of(person_id, day) if day else ()
        if held:
            return held[0].state
        person = self.actors.get(person_id)
        return person.state if person else None


def holds(tenure: Tenure, day: date) -> bool:
    """Whether the office may have been held on that day: an end that is unknown or open does not end it."""
    begun = tenure.start is None or tenure.start.first_day <= day
    return begun and (tenure.end is None or tenure.end.last_day >= day)


def load_actors(folder: Path, extra: Path | None = None) -> ActorTable:
    """The table from the CSV files in `folder`, with the user's own TOML file `extra` over it.

    Raises LexiconError, which names file, row and field, for any row that cannot be right.
    """
    entries = actor_rows.read(folder, extra)
    return ActorTable(
        actors=MappingProxyType(entries.actors),
        states=MappingProxyType(entries.states),
        offices=MappingProxyType(entries.offices),
        names=MappingProxyType(entries.names()),
        ambiguous=frozenset(entries.readings),
        contexts=MappingProxyType(entries.contexts),
        surnames=MappingProxyType(_surnames(entries)),
        _readings=MappingProxyType(entries.readings),
        _terms=MappingProxyType(_terms(entries.actors.values())),
    )


def _terms(actors: Iterable[Actor]) -> dict[str, tuple[tuple[str, Tenure], ...]]:
    found: dict[str, list[tuple[str, Tenure]]] = defaultdict(list)
    for actor in actors:
        for tenure in actor.tenures:
            found[tenure.office].append((actor.id, tenure))
    return {office: tuple(terms) for office, terms in found.items()}


def _surnames(entries: Entries) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for person_id, given in entries.surnames.items():
        person = entries.actors[person_id]
        texts = given or [text for full in (person.name, *person.aliases) for text in names.surnames(full)]
        for form in dict.fromkeys(form for text in texts for form in names.forms(text)):
            found[form].append(person_id)
    return {surname: tuple(people) for surname, people in found.items()}


def _start_of_term(term: tuple[str, Tenure]) -> tuple[date, date]:
    start: DateSpan | None = term[1].start
    return (start.first_day, start.last_day) if start else (date.min, LAST_DAY)

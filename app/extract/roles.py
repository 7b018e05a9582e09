"""Offices that stand for somebody named before: "the ambassador", "the Russian minister".

Not handled: roles without "the"; somebody named only afterwards.
"""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from datetime import date

from app.extract.actors import Named
from app.lexicon.actors import ActorTable

_LOOK_BACK = 40  # names before a role among which its holder is looked for


class RoleReader:
    """Finds the holders of roles told alone; `roles` maps a noun to the functions of the offices it may stand for."""

    def __init__(self, table: ActorTable, roles: Mapping[str, frozenset[str]]) -> None:
        self._table = table
        self._roles = roles
        nouns = "|".join(sorted(map(re.escape, roles), key=len, reverse=True))
        self._pattern = re.compile(rf"\b[Tt]he\s+((?:[\w'’.-]+\s+){{0,3}}?)({nouns})\b(?!\s+[A-Z])")

    def add(self, text: str, found: Sequence[Named], day: date | None) -> list[Named]:
        """`found` and the roles told alone, in the order of the text; a name inside a role ("Russian") belongs to it.

        `day` is the article's: who held no such office then is not meant. Without it any time will do.
        """
        extra = []
        for match in self._pattern.finditer(text):
            first = bisect_left(found, match.start(), key=lambda named: named.begin)
            last = bisect_left(found, match.end(), first, key=lambda named: named.begin)
            states = {self._table.actors[named.actor_id].state for named in found[first:last] if named.via != "office"}
            person = self._holder(found[max(0, first - _LOOK_BACK) : first], self._roles[match[2]], states, day)
            if person:
                extra.append(
                    Named(match.start(), match.end(), person, "office", title_begin=match.start(), is_person=True)
                )
        covered = [(named.begin, named.end) for named in extra]
        kept = [one for one in found if not _lies_in(one, covered)]
        return sorted([*kept, *extra], key=lambda named: named.begin)

    def _holder(
        self, before: Sequence[Named], functions: frozenset[str], states: set[str | None], day: date | None
    ) -> str | None:
        for named in reversed([named for named in before if named.is_person]):
            actor = self._table.actors[named.actor_id]
            offices = (
                self._table.offices_of(actor.id, day)
                if day
                else [self._table.offices[one.office] for one in actor.tenures]
            )
            fits = not states or states & {actor.state, *(office.state for office in offices)}
            if fits and functions & {office.function for office in offices}:
                return actor.id
        return None


def _lies_in(named: Named, spans: Sequence[tuple[int, int]]) -> bool:
    at = bisect_left(spans, named.begin + 1, key=lambda span: span[0]) - 1
    return at >= 0 and named.end <= spans[at][1]

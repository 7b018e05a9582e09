"""Offices that stand for their holder: "the ambassador" was named before, "Turkey's foreign minister" is who held it then.

Not handled: roles without "the" or a possessive; somebody named only afterwards; "the president" of an article about no country.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from datetime import date

from app.core.model import ActorKind
from app.extract.actors import Named
from app.lexicon.actors import ActorTable, Office
from app.lexicon.roles import Role, RoleTable

_LOOK_BACK = 40  # names before a role among which its holder is looked for
_APPOSED = 3  # code points between a role and the name of its holder: ", "


class RoleReader:
    """Finds the holders of roles told without a name."""

    def __init__(self, table: ActorTable, roles: RoleTable) -> None:
        self._table = table
        self._roles = roles
        nouns = "|".join(sorted(map(re.escape, roles.roles), key=len, reverse=True))
        self._pattern = re.compile(
            rf"\b[Tt]he\s+((?:[\w'’.-]+\s+){{0,3}}?)({nouns})\b(?!\s+[A-Z])"
            rf"|(?<=\w['’]s\s)((?:[a-z-]+\s)??)({nouns})\b(?!\s+[A-Z])"
        )
        self._seats = _seats(table)

    def add(self, text: str, found: Sequence[Named], day: date | None) -> list[Named]:
        """`found` and the roles told alone, in the order of the text; a name inside a role ("Russian") belongs to it.

        `day` is the article's: who held no such office then is not meant. Without it any time will do. A role whose holder
        was not named gives its state with the offices it may mean: who held them is asked for the day of the act.
        """
        extra = []
        for match in self._pattern.finditer(text):
            words = (match[1] or match[3] or "").lower().split()
            if self._roles.never_behind & {part for word in words for part in (word, *word.split("-"))}:
                continue
            role = self._told(found, match, self._roles.roles[match[2] or match[4]], (match[2] or match[4]), day)
            if role:
                extra.append(role)
        covered = [(named.begin, named.end) for named in extra]
        kept = [one for one in found if not _lies_in(one, covered)]
        return sorted([*kept, *extra], key=lambda named: named.begin)

    def _told(
        self, found: Sequence[Named], match: re.Match[str], role: Role, noun: str, day: date | None
    ) -> Named | None:
        first = bisect_left(found, match.start(), key=lambda named: named.begin)
        last = bisect_left(found, match.end(), first, key=lambda named: named.begin)
        inside = [named for named in found[first:last] if named.via != "office"]
        begin = match.start()
        if match[4]:  # "Turkey's foreign minister": whose it is stands before it
            owner = found[first - 1] if first and found[first - 1].end == begin - len("'s ") else None
            if owner is None or owner.is_person:
                return None
            inside, begin, first = [owner], owner.begin, first - 1
        states = {self._table.actors[named.actor_id].state for named in inside}
        person = self._holder(found[max(0, first - _LOOK_BACK) : first], role, noun, states, day)
        if person:
            return Named(begin, match.end(), person, "office", title_begin=begin, is_person=True)
        apposed = last < len(found) and found[last].is_person and found[last].title_begin <= match.end() + _APPOSED
        owners = {named.actor_id for named in inside}
        return None if apposed or len(owners) != 1 else self._seat(begin, match.end(), owners.pop(), role, noun)

    def _holder(
        self, before: Sequence[Named], role: Role, noun: str, states: set[str | None], day: date | None
    ) -> str | None:
        for named in reversed([named for named in before if named.is_person]):
            actor = self._table.actors[named.actor_id]
            offices = (
                self._table.offices_of(actor.id, day)
                if day
                else [self._table.offices[one.office] for one in actor.tenures]
            )
            fits = not states or states & {actor.state, *(office.state for office in offices)}
            if fits and any(_fits(office, role, noun) for office in offices):
                return actor.id
        return None

    def _seat(self, begin: int, end: int, owner: str, role: Role, noun: str) -> Named | None:
        """The state or organisation with those of its offices that one person holds and the role may mean."""
        if self._table.actors[owner].kind not in (ActorKind.STATE, ActorKind.ORGANISATION):
            return None
        offices = tuple(office.id for office in self._seats.get(owner, ()) if _fits(office, role, noun))
        return Named(begin, end, owner, "office", offices, title_begin=begin) if offices else None


def _seats(table: ActorTable) -> dict[str, list[Office]]:
    """The single seats of each state and organisation; those abroad and of second rank are left out."""
    seats: dict[str, list[Office]] = {}
    for office in table.offices.values():
        owner = office.state or office.organisation
        if owner and office.single_seat and not office.posted_to:
            seats.setdefault(owner, []).append(office)
    return seats


def _fits(office: Office, role: Role, noun: str) -> bool:
    return office.function in role.functions and (not role.titled or noun in map(str.lower, office.forms))


def _lies_in(named: Named, spans: Sequence[tuple[int, int]]) -> bool:
    at = bisect_left(spans, named.begin + 1, key=lambda span: span[0]) - 1
    return at >= 0 and named.end <= spans[at][1]

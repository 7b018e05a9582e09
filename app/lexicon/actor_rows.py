"""Checked values from the rows of the actor files; `app.lexicon.actors` joins them into the table one asks."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from app.core.calendar import DateSpan
from app.core.model import Actor, ActorKind, Tenure
from app.lexicon import actor_files, contexts, names
from app.lexicon.contexts import Context
from app.lexicon.seats import check_seats
from app.lexicon.tables import Row

FUNCTIONS = (
    "head-of-state",
    "head-of-government",
    "head-of-state-and-government",
    "foreign-minister",
    "deputy-foreign-minister",
    "defence-minister",
    "ambassador",
    "permanent-representative",
    "national-security-adviser",
    "spokesperson",
    "head-of-organisation",
    "special-envoy",
    "vice-president",
    "intelligence-chief",
    "military-chief",
    "other",
)
PRECISIONS = ("day", "month", "year", "inferred", "observed")


@dataclass(frozen=True, slots=True)
class Office:
    """An office of a state or of an organisation, never of both.

    `forms` are the titles that stand beside a name. `posted_to` is the id of the state or organisation to which an
    envoy is sent. `single_seat` tells that one person holds it at a time.
    """

    id: str
    function: str
    title: str
    forms: tuple[str, ...]
    state: str | None
    organisation: str | None
    posted_to: str | None
    single_seat: bool


@dataclass(frozen=True, slots=True)
class State:
    """How long a state existed and which followed; None for an end that has not come or is not recorded."""

    id: str
    start: DateSpan | None
    end: DateSpan | None
    successors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Name:
    """A written form and whom it names; `via` is name, abbreviation, demonym, capital, metonym or body."""

    text: str
    actor_id: str
    via: str


@dataclass(slots=True)
class Entries:
    """What the files hold, while it is put together. `surnames` are those given in people.csv, by person."""

    states: dict[str, State] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)
    offices: dict[str, Office] = field(default_factory=dict)
    surnames: dict[str, tuple[str, ...]] = field(default_factory=dict)
    readings: dict[str, tuple[str | None, ...]] = field(default_factory=dict)
    contexts: dict[str, Context] = field(default_factory=dict)
    named: dict[str, dict[str, Name]] = field(default_factory=lambda: defaultdict(dict))

    def name(self, row: Row, field_: str, actor_id: str, via: str) -> None:
        """Enters every form of the names in that field; one that has another reading must be in ambiguous.csv."""
        for text in row.many(field_):
            for form in names.forms(text):
                self.named[form].setdefault(actor_id, Name(form, actor_id, _via(text, via)))
                self._check_readings(form, row, field_)

    def names(self) -> dict[str, tuple[Name, ...]]:
        """Every form with its readings, the likeliest first; a reading known only from ambiguous.csv is a metonym."""
        found = {form: tuple(readings.values()) for form, readings in self.named.items()}
        for form, readings in self.readings.items():
            known = self.named.get(form, {})
            found[form] = tuple(known.get(id_, Name(form, id_, "metonym")) for id_ in readings if id_ is not None)
        return found

    def _check_readings(self, form: str, row: Row, field_: str) -> None:
        stands_for, allowed = self.named[form], self.readings.get(form)
        if allowed is None and len(stands_for) > 1:
            raise row.refuse(field_, f"{form!r} means {' and '.join(stands_for)}: list it in ambiguous.csv")
        if allowed is not None and (unlisted := [id_ for id_ in stands_for if id_ not in allowed]):
            raise row.refuse(field_, f"{form!r} means {unlisted[0]}, no reading of it in ambiguous.csv")


def _via(text: str, via: str) -> str:
    short = via == "name" and len(text) <= 10 and text.replace(".", "").isupper() and " " not in text
    return "abbreviation" if short else via


def read(folder: Path, extra: Path | None = None) -> Entries:
    """The checked content of the CSV files in `folder`, with the user's TOML file over it."""
    rows = actor_files.read(folder, extra)
    entries = Entries()
    known = _check_ids(rows)
    _add_readings(entries, rows["ambiguous"], known)
    entries.contexts = contexts.read(rows["contexts"], entries.readings)
    _add_states(entries, rows["states"])
    _add_organisations(entries, rows["organisations"], rows["bodies"])
    _add_offices(entries, rows["offices"])
    _add_people(entries, rows["people"], rows["tenures"])
    _add_metonyms(entries, rows["metonyms"])
    _add_capitals(entries)
    return entries


def _check_ids(rows: Mapping[str, Sequence[Row]]) -> frozenset[str]:
    owners: dict[str, str] = {}
    for table in ("states", "organisations", "bodies", "people"):
        for row in rows[table]:
            if row.text("id") in owners:
                raise row.refuse("id", f"{row.text('id')!r} is already an id of {owners[row.text('id')]}")
            owners[row.text("id")] = row.file
    return frozenset(owners)


# ---------------------------------------------------------------- rows to values
def _add_readings(entries: Entries, rows: Sequence[Row], known: frozenset[str]) -> None:
    for row in rows:
        ids = row.references("readings", known | {contexts.NO_ACTOR})
        if len(ids) < 2:
            raise row.refuse("readings", f"give two or more, {contexts.NO_ACTOR!r} for no actor")
        for form in names.forms(row.text("name")):
            entries.readings[form] = tuple(None if id_ == contexts.NO_ACTOR else id_ for id_ in ids)


def _add_states(entries: Entries, rows: Sequence[Row]) -> None:
    ids = {row.text("id") for row in rows}
    for row in rows:
        id_ = row.text("id")
        if row.text("iso3") != id_ or len(id_) != 3 or not id_.isupper():
            raise row.refuse("iso3", f"{row.text('iso3')!r} must be three capitals and the same as the id {id_!r}")
        start, end = _ends(row)
        entries.states[id_] = State(id_, start, end, row.references("successor", ids))
        entries.actors[id_] = _actor(row, ActorKind.STATE, state=id_)
        for field_, via in (("name", "name"), ("aliases", "name"), ("demonyms", "demonym")):
            entries.name(row, field_, id_, via)
        entries.name(row, "capital", id_, "capital")
        entries.name(row, "capital_aliases", id_, "capital")


def _add_organisations(entries: Entries, organisations: Sequence[Row], bodies: Sequence[Row]) -> None:
    for row in organisations:
        entries.actors[row.text("id")] = _actor(
            row, ActorKind.ORGANISATION, state=row.reference("state", entries.states)
        )
        for field_, via in (("name", "name"), ("abbreviation", "abbreviation"), ("aliases", "name")):
            entries.name(row, field_, row.text("id"), via)
    for row in bodies:
        state = row.reference("state", entries.states)
        entries.actors[row.text("id")] = _actor(row, ActorKind.ORGANISATION, state=state)
        entries.name(row, "name", row.text("id"), "body")
        entries.name(row, "aliases", row.text("id"), "body")


def _add_offices(entries: Entries, rows: Sequence[Row]) -> None:
    organisations = {id_ for id_, actor in entries.actors.items() if actor.kind is ActorKind.ORGANISATION}
    for row in rows:
        state, organisation = row.reference("state", entries.states), row.reference("organisation", organisations)
        if (state is None) == (organisation is None):
            raise row.refuse("state", "an office has either a state or an organisation")
        entries.offices[row.text("id")] = Office(
            id=row.text("id"),
            function=row.choice("function", FUNCTIONS),
            title=row.text("title"),
            forms=row.many("forms"),
            state=state,
            organisation=organisation,
            posted_to=row.reference("posted_to", entries.states.keys() | organisations),
            single_seat=row.flag("single_seat"),
        )


def _add_people(entries: Entries, people: Sequence[Row], rows: Sequence[Row]) -> None:
    tenures = _tenures(entries, people, rows)
    for row in people:
        id_ = row.text("id")
        person = _actor(row, ActorKind.PERSON, state=row.reference("state", entries.states))
        entries.actors[id_] = replace(person, tenures=tuple(tenures[id_]))
        entries.surnames[id_] = row.many("surnames")
        entries.name(row, "name", id_, "name")
        entries.name(row, "aliases", id_, "name")


def _tenures(entries: Entries, people: Sequence[Row], rows: Sequence[Row]) -> dict[str, list[Tenure]]:
    ids = {row.text("id") for row in people}
    found: dict[str, list[Tenure]] = defaultdict(list)
    terms: dict[str, list[tuple[Row, Tenure]]] = defaultdict(list)
    for row in rows:
        row.choice("precision", PRECISIONS)
        person, office = row.reference("person", ids) or "", row.reference("office", entries.offices) or ""
        start, end = _ends(row)
        tenure = Tenure(office, start, end, row.text("source"))
        found[person].append(tenure)
        terms[office].append((row, tenure))
    for office, held in terms.items():
        if entries.offices[office].single_seat:
            check_seats(held)
    return found


def _add_metonyms(entries: Entries, rows: Sequence[Row]) -> None:
    actors = {id_ for id_, actor in entries.actors.items() if actor.kind is not ActorKind.PERSON}
    for row in rows:
        actor = row.reference("actor", actors) or ""
        entries.name(row, "name", actor, "metonym")
        entries.name(row, "aliases", actor, "metonym")


def _add_capitals(entries: Entries) -> None:
    """Gives everybody for whom a capital can stand that as an alias: who asks for Brussels may mean three."""
    for form, readings in entries.names().items():
        if any(one.via == "capital" for one in readings):
            for actor in (entries.actors[one.actor_id] for one in readings):
                if form not in (actor.name, *actor.aliases):
                    entries.actors[actor.id] = replace(actor, aliases=(*actor.aliases, form))


def _actor(row: Row, kind: ActorKind, *, state: str | None) -> Actor:
    written = [name for column in ("abbreviation", "aliases") for name in row.many(column)]
    return Actor(
        id=row.text("id"),
        name=row.text("name"),
        kind=kind,
        state=state,
        aliases=tuple(dict.fromkeys(written)),
        qid=row.optional("qid"),
        source=row.text("source"),
    )


def _ends(row: Row) -> tuple[DateSpan | None, DateSpan | None]:
    start, end = row.span("start"), row.span("end")
    if start and end and start.first_day > end.last_day:
        raise row.refuse("end", f"{end} lies before the start {start}")
    return start, end

"""The rows of the actor files, with the user's own TOML file over them.

| file | a row is |
|---|---|
| states.csv | a state, also one that has ended; the id is its ISO 3166 alpha-3 code (and SUN, YUG, CSK, DDR, XKX) |
| organisations.csv | an organisation, alliance, court, forum or movement |
| bodies.csv | a part of a state's government |
| people.csv | a person; `surnames` only where the last word of the name is not what texts use |
| offices.csv | an office of one state or organisation, with the titles that stand beside a name |
| tenures.csv | a person in an office; an empty end is open or unknown |
| metonyms.csv | a place, not a capital, that stands for a state, organisation or body |
| ambiguous.csv | a name with several readings, the likeliest first, ``-`` where it may be no actor |
| contexts.csv | words in small letters that speak for one reading of ambiguous names where they stand near them |

The user's file has ``[[state]]``, ``[[organisation]]``, ``[[person]]`` and ``[[office]]`` with the fields of these
files, and lists for what is parted by ``|`` here. An id that is known changes the fields given and keeps the rest; a
new one needs all that must be filled in, but for `source`. A person's ``tenures = [{office = ..., start = ...,
end = ...}]`` replace those known.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from app.errors import LexiconError
from app.lexicon import tables
from app.lexicon.tables import Row

# table -> columns that must be filled in, columns that may be empty
COLUMNS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "states": (
        ("id", "iso3", "name", "source"),
        ("aliases", "demonyms", "capital", "capital_aliases", "qid", "start", "end", "successor"),
    ),
    "organisations": (("id", "name", "kind", "source"), ("abbreviation", "aliases", "seat", "qid", "state")),
    "bodies": (("id", "name", "state", "source"), ("aliases",)),
    "people": (("id", "name", "state", "source"), ("aliases", "surnames", "qid")),
    "offices": (
        ("id", "function", "title", "forms", "single_seat", "source"),
        ("state", "organisation", "posted_to"),
    ),
    "tenures": (("person", "office", "precision", "source"), ("start", "end")),
    "metonyms": (("name", "actor", "source"), ("aliases", "note")),
    "ambiguous": (("name", "readings"), ("note",)),
    "contexts": (("names", "reading", "words"), ()),
}
_KEYS = {"tenures": None, "metonyms": "name", "ambiguous": "name", "contexts": None}
_EXTRA = {"state": "states", "organisation": "organisations", "person": "people", "office": "offices"}
_OWN = "the user's own"


def read(folder: Path, extra: Path | None = None) -> dict[str, list[Row]]:
    """The rows of every table by its name, each with the columns it must have."""
    rows = {
        table: tables.read_csv(folder / f"{table}.csv", required=needed, optional=rest, unique=_KEYS.get(table, "id"))
        for table, (needed, rest) in COLUMNS.items()
    }
    if extra:
        _lay_over(rows, extra)
    return rows


def _lay_over(rows: dict[str, list[Row]], extra: Path) -> None:
    document = tables.read_toml(extra)
    for name in document:
        if name not in _EXTRA:
            raise LexiconError(extra.name, "-", name, f"is unknown: use [[{']], [['.join(_EXTRA)}]]")
    for name, table in _EXTRA.items():
        for number, given in enumerate(tables.tables(document, name, file=extra.name), start=1):
            label = f"{name} {number}"
            terms = tables.tables(given, "tenures", file=extra.name) if name == "person" else []
            own = {key: value for key, value in given.items() if not (name == "person" and key == "tenures")}
            row = _overlaid(rows[table], tables.toml_row(extra.name, label, own, **_extra_columns(table)), table)
            if terms:
                _replace_tenures(rows, row.text("id"), terms, file=extra.name, label=label)


def _extra_columns(table: str) -> dict[str, tuple[str, ...]]:
    needed, rest = COLUMNS[table]
    return {"required": ("id",), "optional": tuple(name for name in (*needed, *rest) if name != "id")}


def _overlaid(rows: list[Row], given: Row, table: str) -> Row:
    place = next((place for place, row in enumerate(rows) if row.text("id") == given.text("id")), None)
    base = rows[place].fields if place is not None else {"source": _OWN}
    row = replace(given, fields={**base, **given.fields})
    for name in COLUMNS[table][0]:
        if not row.text(name):
            raise row.refuse(name, "must not be empty")
    if place is None:
        rows.append(row)
    else:
        rows[place] = row
    return row


def _replace_tenures(
    rows: dict[str, list[Row]], person: str, terms: Sequence[Mapping[str, object]], *, file: str, label: str
) -> None:
    rows["tenures"] = [row for row in rows["tenures"] if row.text("person") != person]
    for number, term in enumerate(terms, start=1):
        place = f"{label}, tenure {number}"
        row = tables.toml_row(file, place, term, required=("office",), optional=("start", "end", "precision", "source"))
        fields = {"precision": "day", "source": _OWN, **row.fields, "person": person}
        rows["tenures"].append(replace(row, fields=fields))

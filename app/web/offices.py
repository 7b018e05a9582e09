"""What the offices are called that the lexicon knows, for people's terms in them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from app.lexicon import DATA, tables
from app.lexicon.actor_files import COLUMNS


@dataclass(frozen=True, slots=True)
class Title:
    """An office's title, the id of the state or organisation that it belongs to, and of that to which an envoy is sent."""

    words: str
    of: str | None = None
    to: str | None = None


def title(office: str) -> Title:
    """The title of the office of that id; one that the operator's own file added is called by its id."""
    return _titles().get(office) or Title(office.replace("-", " "))


@cache
def _titles() -> Mapping[str, Title]:
    needed, rest = COLUMNS["offices"]
    rows = tables.read_csv(DATA / "offices.csv", required=needed, optional=rest)
    return {row.text("id"): _title(row) for row in rows}


def _title(row: tables.Row) -> Title:
    of = row.optional("state") or row.optional("organisation")
    return Title(row.text("title"), of, row.optional("posted_to"))

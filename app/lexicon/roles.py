"""Common nouns that stand for an office holder, from roles.toml."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from app.errors import LexiconError
from app.lexicon.tables import check_fields, read_toml

_FILE = "roles.toml"


@dataclass(frozen=True, slots=True)
class Role:
    """The functions of the offices for which a noun may stand; `titled` ones have the noun among their written forms."""

    functions: frozenset[str]
    titled: bool


@dataclass(frozen=True, slots=True)
class RoleTable:
    """Roles by their lower-case noun; behind one of the words `never_behind` a noun stands for no such office."""

    roles: Mapping[str, Role]
    never_behind: frozenset[str]


def load_roles(folder: Path, functions: frozenset[str]) -> RoleTable:
    """Reads and checks roles.toml; `functions` are those that exist. Raises LexiconError that names file, row and field."""
    data = read_toml(folder / _FILE)
    check_fields(_FILE, "-", data, required={"role": list, "never_behind": list})
    roles: dict[str, Role] = {}
    for number, row in enumerate(data["role"], 1):
        check_fields(_FILE, number, row, required={"word": str, "functions": list}, optional={"titled": bool})
        if row["word"] in roles:
            raise LexiconError(_FILE, number, "word", f"{row['word']!r} stands twice")
        if unknown := set(row["functions"]) - functions:
            raise LexiconError(_FILE, number, "functions", f"no office has the function {sorted(unknown)[0]!r}")
        roles[row["word"]] = Role(frozenset(row["functions"]), row.get("titled", False))
    return RoleTable(roles, frozenset(data["never_behind"]))

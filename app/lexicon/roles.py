"""Common nouns that stand for an office holder named before, from roles.toml."""

from collections.abc import Mapping
from pathlib import Path

from app.errors import LexiconError
from app.lexicon.tables import check_fields, read_toml


def load_roles(folder: Path, functions: frozenset[str]) -> Mapping[str, frozenset[str]]:
    """Lower-case noun -> functions of the offices it may stand for; `functions` are those that exist."""
    roles: dict[str, frozenset[str]] = {}
    for number, row in enumerate(read_toml(folder / "roles.toml")["role"], 1):
        check_fields("roles.toml", number, row, required={"word": str, "functions": list})
        if row["word"] in roles:
            raise LexiconError("roles.toml", number, "word", f"{row['word']!r} stands twice")
        if unknown := set(row["functions"]) - functions:
            raise LexiconError("roles.toml", number, "functions", f"no office has the function {sorted(unknown)[0]!r}")
        roles[row["word"]] = frozenset(row["functions"])
    return roles

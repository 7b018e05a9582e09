"""Which lines of a web page's text are furniture and no part of the article: comment forms, teasers, notices.

The rules are `data/boilerplate.toml`, one a row: a regular expression for a whole line, examples that it must match and
counter examples that it must not.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from app.errors import LexiconError
from app.lexicon.tables import read_toml, tables

FILE = "boilerplate.toml"
FIELDS = ("id", "pattern", "examples", "counter_examples")

_FLAGS = re.IGNORECASE
_LONGEST = 240
"""No furniture is longer; a paragraph that happens to begin like a notice is part of the article."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the data; `pattern` matches whole lines, stripped and with single spaces, in any case."""

    id: str
    pattern: re.Pattern[str]
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Boilerplate:
    """The rules, ready for use; `any_rule` matches what one of them does, at the cost of one search for all."""

    rules: tuple[Rule, ...]
    any_rule: re.Pattern[str]

    def rule_for(self, line: str) -> str | None:
        """The id of the first rule that the line matches as a whole; None for a line of the article."""
        line = " ".join(line.split())
        if not self._may_be(line):
            return None
        return next((rule.id for rule in self.rules if rule.pattern.fullmatch(line)), None)

    def is_boilerplate(self, line: str) -> bool:
        """Whether the line is furniture. An empty line is not."""
        line = " ".join(line.split())
        return self._may_be(line) and self.any_rule.fullmatch(line) is not None

    @staticmethod
    def _may_be(line: str) -> bool:
        return 0 < len(line) <= _LONGEST


def load_boilerplate(folder: Path) -> Boilerplate:
    """The rules in the folder's file. Raises LexiconError, naming file, row and field, for one that cannot be right."""
    document = read_toml(folder / FILE)
    if unknown := document.keys() - {"rule"}:
        raise LexiconError(FILE, "-", min(unknown), "is unknown: use [[rule]]")
    rules = tuple(_rule(row, number) for number, row in enumerate(tables(document, "rule", file=FILE), start=1))
    _refuse_twins(rules)
    return Boilerplate(rules, re.compile("|".join(f"(?:{rule.pattern.pattern})" for rule in rules), _FLAGS))


def _rule(row: Mapping[str, object], number: int) -> Rule:
    for field in row.keys() ^ set(FIELDS):
        raise LexiconError(FILE, number, field, f"is {'not known' if field in row else 'missing'}")
    id_, pattern = row["id"], row["pattern"]
    if not isinstance(id_, str) or not re.fullmatch(r"[a-z][a-z0-9-]*", id_):
        raise LexiconError(FILE, number, "id", f"{id_!r}: accepted are small letters, digits and hyphens")
    if not isinstance(pattern, str):
        raise LexiconError(FILE, number, "pattern", f"{pattern!r} is no text")
    try:
        compiled = re.compile(pattern, _FLAGS)
    except re.error as error:
        raise LexiconError(FILE, number, "pattern", f"{pattern!r} is no regular expression: {error}") from error
    if compiled.groups or compiled.flags != _FLAGS | re.UNICODE:  # a back reference or flag would reach the other rules
        raise LexiconError(FILE, number, "pattern", f"{pattern!r}: accepted are groups written (?:...), and no flags")
    return Rule(id_, compiled, _lines(row, "examples", number), _lines(row, "counter_examples", number))


def _lines(row: Mapping[str, object], field: str, number: int) -> tuple[str, ...]:
    lines = row[field]
    if not isinstance(lines, list) or not lines or not all(isinstance(line, str) and line.strip() for line in lines):
        raise LexiconError(FILE, number, field, f"{lines!r}: accepted is a list of at least one line")
    return tuple(lines)


def _refuse_twins(rules: Iterable[Rule]) -> None:
    seen = dict[str, int]()
    for number, rule in enumerate(rules, start=1):
        if rule.id in seen:
            raise LexiconError(FILE, number, "id", f"{rule.id!r} is also the id of row {seen[rule.id]}")
        seen[rule.id] = number

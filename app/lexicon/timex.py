"""The vocabulary and the patterns of date expressions, read from timex_words.toml and timex_rules.toml.

Every word of the vocabulary, and every shape of figures, is one code point of a private alphabet, so that a sentence becomes a
short string of codes and a rule a plain regular expression over it: one code a token, no backtracking over letters.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from app.errors import LexiconError
from app.lexicon.tables import check_fields, read_toml

T = TypeVar("T")

SHAPES = ("iso", "numeric", "years", "days", "decade", "ord", "clockap", "clock", "ampm", "other", "year", "day", "num")
"""Token classes that are told by their figures; `app.extract.timex` recognises them."""

PLAIN = ("cap", "plural", "word", "punct", "end")
"""Token classes of everything outside the vocabulary."""

_FIRST_CODE = 0x4E00  # any block without a meaning for `re`; these code points never meet real text
_CLASS = re.compile(r"<(\w+)>")
_FIELDS = {"id": str, "pattern": str, "means": str, "examples": list}


@dataclass(frozen=True, slots=True)
class Rule:
    """One way to write a date. `means` names the resolver; `examples` are (sentence, expression, TIMEX3 value)."""

    id: str
    pattern: re.Pattern[str]
    means: str
    examples: tuple[tuple[str, str, str], ...]
    never: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TimexLexicon:
    """`codes` maps a lower-case word or a token class to its code; `values[class][word]` is what a word amounts to.

    `capitalised` are the words that count only with a capital first letter.
    """

    codes: Mapping[str, str]
    values: Mapping[str, Mapping[str, Any]]
    capitalised: frozenset[str]
    rules: tuple[Rule, ...]


def load_timex(folder: Path) -> TimexLexicon:
    """Reads and checks both files; raises LexiconError that names file, row and field."""
    words = read_toml(folder / "timex_words.toml")
    check_fields(
        "timex_words.toml", "-", words, required=dict.fromkeys(("values", "lists", "sets", "capitalised"), dict)
    )
    classes = {name: tuple(table) for name, table in words["values"].items()} | {
        name: tuple(row) for name, row in words["lists"].items()
    }
    codes = _codes(classes)
    sets = {name: _charset(codes, members) for name, members in classes.items()}
    sets |= {name: re.escape(codes[name]) for name in (*SHAPES, *PLAIN)}
    sets |= {name: "".join(_known(sets, part, name) for part in parts) for name, parts in words["sets"].items()}
    named = words["capitalised"].get("classes", [])
    capitalised = frozenset(word for name in named for word in _known(classes, name, "capitalised"))
    return TimexLexicon(codes, words["values"], capitalised, _rules(folder / "timex_rules.toml", sets))


def _known(classes: Mapping[str, T], name: str, field: str) -> T:
    if name not in classes:
        raise LexiconError("timex_words.toml", "-", field, f"{name!r} is no class of words")
    return classes[name]


def _codes(classes: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    words = dict.fromkeys(word for members in classes.values() for word in members)
    names = [*SHAPES, *PLAIN, *("=" + word for word in words)]
    return {name: chr(_FIRST_CODE + number) for number, name in enumerate(names)}


def _charset(codes: Mapping[str, str], members: tuple[str, ...]) -> str:
    return "".join(codes["=" + word] for word in members)


def _rules(path: Path, sets: Mapping[str, str]) -> tuple[Rule, ...]:
    seen: set[str] = set()
    rules = []
    for number, row in enumerate(read_toml(path)["rule"], 1):
        check_fields(path.name, number, row, required=_FIELDS, optional={"never": list})
        if row["id"] in seen:
            raise LexiconError(path.name, number, "id", f"{row['id']!r} stands twice")
        seen.add(row["id"])
        rules.append(_rule(path.name, number, row, sets))
    return tuple(rules)


def _rule(file: str, number: int, row: Mapping[str, Any], sets: Mapping[str, str]) -> Rule:
    def charset(found: re.Match[str]) -> str:
        if found[1] not in sets:
            raise LexiconError(file, number, "pattern", f"<{found[1]}> is no class of words")
        return f"[{sets[found[1]]}]"

    named = re.sub(r"\(\?P<(\w+)>", r"(?P«\1»", row["pattern"].replace(" ", ""))
    lookbehind = named.replace("(?<!", "(?«!").replace("(?<=", "(?«=")
    source = _CLASS.sub(charset, lookbehind).replace("«!", "<!").replace("«=", "<=").replace("«", "<").replace("»", ">")
    try:
        pattern = re.compile(source)
    except re.error as error:
        raise LexiconError(file, number, "pattern", str(error)) from error
    if not row["examples"]:
        raise LexiconError(file, number, "examples", "every rule shows at least one example")
    if wrong := [example for example in row["examples"] if len(example) != 3]:
        raise LexiconError(
            file, number, "examples", f"{wrong[0]!r} is not a sentence, an expression in it and its value"
        )
    examples = tuple((sentence, text, value) for sentence, text, value in row["examples"])
    return Rule(row["id"], pattern, row["means"], examples, tuple(row.get("never", ())))

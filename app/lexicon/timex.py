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
from app.lexicon.feasts import FeastTable, load_feasts
from app.lexicon.tables import check_fields, read_toml

T = TypeVar("T")

SHAPES = (
    *(
        "iso",
        "numeric",
        "years",
        "days",
        "hundreds",
        "decade",
        "ord",
        "clockap",
        "clock",
        "ampm",
        "fraction",
        "short",
        "figure",
    ),
    *("other", "newyear", "oldyear", "day", "num"),
)
"""Token classes that are told by their figures; `app.extract.timex` recognises them."""

PLAIN = ("cap", "plural", "word", "punct", "end", "feast")
"""Token classes of everything outside the vocabulary; the name of a feast is one token."""

GENRES = ("", "history", "news")
"""Where a rule counts: everywhere, only in a text that tells history, only in one that does not."""

_FIRST_CODE = 0x4E00  # any block without a meaning for `re`; these code points never meet real text
_CLASS = re.compile(r"<(\w+)>")
_PHRASE = re.compile(r"\{([a-z]+)\}")
_DEPTH = 4  # phrases may hold phrases, but not without end
_FIELDS = {"id": str, "pattern": str, "means": str, "examples": list, "never": list}


@dataclass(frozen=True, slots=True)
class Rule:
    """One way to write a date. `means` names the resolver; `examples` are (sentence, expression, TIMEX3 value).

    `never` are sentences in which nothing is a date, though this rule might seem to find one there.

    A rule with a `genre` counts only in a text that tells "history", or only in one that does not ("news"): elsewhere its words
    are hardly ever meant as a time. `needs` are codes of which a text must hold one for the rule to match anywhere in it.
    """

    id: str
    pattern: re.Pattern[str]
    means: str
    examples: tuple[tuple[str, str, str], ...]
    never: tuple[str, ...]
    genre: str = ""
    needs: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class TimexLexicon:
    """`codes` maps a lower-case word or a token class to its code; `values[class][word]` is what a word amounts to.

    `capitalised` are the words that count only with a capital first letter.
    """

    codes: Mapping[str, str]
    values: Mapping[str, Mapping[str, Any]]
    capitalised: frozenset[str]
    rules: tuple[Rule, ...]
    feasts: FeastTable


def load_timex(folder: Path) -> TimexLexicon:
    """Reads and checks all three files; raises LexiconError that names file, row and field."""
    words = read_toml(folder / "timex_words.toml")
    check_fields(
        "timex_words.toml",
        "-",
        words,
        required=dict.fromkeys(("values", "lists", "sets", "phrases", "capitalised"), dict),
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
    rules = _rules(folder / "timex_rules.toml", sets, words["phrases"])
    return TimexLexicon(codes, words["values"], capitalised, rules, load_feasts(folder))


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


def _rules(path: Path, sets: Mapping[str, str], phrases: Mapping[str, str]) -> tuple[Rule, ...]:
    seen: set[str] = set()
    rules = []
    for number, row in enumerate(read_toml(path)["rule"], 1):
        check_fields(path.name, number, row, required=_FIELDS, optional={"genre": str})
        if row["id"] in seen:
            raise LexiconError(path.name, number, "id", f"{row['id']!r} stands twice")
        seen.add(row["id"])
        rules.append(_rule(path.name, number, row | {"pattern": _spelt_out(path.name, number, row, phrases)}, sets))
    return tuple(rules)


def _spelt_out(file: str, number: int, row: Mapping[str, Any], phrases: Mapping[str, str]) -> str:
    """The row's pattern with every {phrase} in it written out."""

    def phrase(found: re.Match[str]) -> str:
        if found[1] not in phrases:
            raise LexiconError(file, number, "pattern", f"{{{found[1]}}} is no phrase of timex_words.toml")
        return f"(?:{phrases[found[1]]})"

    pattern: str = row["pattern"]
    for _ in range(_DEPTH):
        pattern = _PHRASE.sub(phrase, pattern)
    return pattern


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
    if row.get("genre", "") not in GENRES:
        raise LexiconError(file, number, "genre", f"{row['genre']!r} is neither 'history' nor 'news'")
    if not row["examples"]:
        raise LexiconError(file, number, "examples", "every rule shows at least one example")
    if not row["never"]:
        raise LexiconError(file, number, "never", "every rule shows at least one counter-example")
    if wrong := [example for example in row["examples"] if len(example) != 3]:
        raise LexiconError(
            file, number, "examples", f"{wrong[0]!r} is not a sentence, an expression in it and its value"
        )
    examples = tuple((sentence, text, value) for sentence, text, value in row["examples"])
    needs = _needed(row["pattern"].replace(" ", ""), sets)
    return Rule(row["id"], pattern, row["means"], examples, tuple(row["never"]), row.get("genre", ""), needs)


_PIECE = re.compile(r"\(\?P<\w+>|\(\?:|\(\?<?[=!]|\(|\)|\||<\w+>|[?*+]|\{\d+(?:,\d*)?\}")
_COMMON = frozenset(
    ("the", "a", "of", "in", "on", "and", "to", "at", "by", "for", "from", "between", "comma", "dot", "hyphen", "s")
)


def _needed(pattern: str, sets: Mapping[str, str]) -> frozenset[str]:
    """The codes of which any match of the pattern holds at least one: those of its rarest part that may not be missing."""
    pieces = _PIECE.findall(pattern)
    needed, _ = _alternatives(pieces, 0, sets)
    return needed or frozenset("".join(sets.values()))


def _alternatives(pieces: list[str], at: int, sets: Mapping[str, str]) -> tuple[frozenset[str] | None, int]:
    """What all the alternatives up to the closing bracket need together, and where that bracket is."""
    branches: list[frozenset[str] | None] = []
    branch: list[frozenset[str]] = []
    while at < len(pieces) and pieces[at] != ")":
        if pieces[at] == "|":
            branches.append(_rarest(branch, sets))
            branch = []
            at += 1
            continue
        needed, at = _part(pieces, at, sets)
        if needed is not None:
            branch.append(needed)
    branches.append(_rarest(branch, sets))
    known = [needed for needed in branches if needed is not None]
    return (frozenset().union(*known) if len(known) == len(branches) else None), at


def _part(pieces: list[str], at: int, sets: Mapping[str, str]) -> tuple[frozenset[str] | None, int]:
    """What one class or group needs, None where it may be missing, and where the next part begins."""
    piece = pieces[at]
    if piece.startswith("("):
        needed, at = _alternatives(pieces, at + 1, sets)
        if piece in ("(?=", "(?!", "(?<=", "(?<!"):
            needed = None
    else:
        needed = frozenset(sets[piece[1:-1]]) if piece.startswith("<") else None
    at += 1
    if at < len(pieces) and (pieces[at] in ("?", "*") or pieces[at].startswith("{0")):
        return None, at + 1
    return needed, at + (at < len(pieces) and pieces[at][0] in "+{")


def _rarest(parts: list[frozenset[str]], sets: Mapping[str, str]) -> frozenset[str] | None:
    """The part that fewest texts hold: without the commonest words, then with the fewest codes."""
    common = frozenset("".join(sets[name] for name in (*_COMMON, *PLAIN[:4]) if name in sets))
    return min(parts, key=lambda part: (len(part & common), len(part)), default=None)

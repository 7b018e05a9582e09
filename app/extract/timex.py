"""Finds date expressions by the rules of the lexicon: where they stand and what their words say, not yet which day that is.

Method: the text becomes tokens, each token one code of a private alphabet (see `app.lexicon.timex`), and the rules run over the
string of codes. Longest match first, then the rule that stands first; no two expressions overlap.

Not handled: dates in other languages; years before 1000 without BC; month names misspelt.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.lexicon.timex import Rule, TimexLexicon

_TOKEN = re.compile(
    r"""
    (?P<end>\n[^\S\n]*\n\s*)
  | (?P<iso>\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?)?(?![\w/]|-\d))
  | (?P<numeric>\d{1,2}(?P<sep>[./-])\d{1,2}(?P=sep)(?:\d{4}|\d\d)(?![\w/]|[.,:-]\d))
  | (?P<years>(?:1\d|20)\d\d(?:[-–/](?:(?:1\d|20)\d\d|\d\d))(?![\w/]|[.,:-]\d))
  | (?P<decade>(?:1\d|20)\d0['’]?s\b|['’]\d0s\b)
  | (?P<ord>\d{1,2}(?:st|nd|rd|th)\b)
  | (?P<clockap>\d{1,2}(?::\d\d)?[ap]m\b)
  | (?P<clock>\d{1,2}:\d\d(?::\d\d)?(?![\w/]|[.,:-]\d))
  | (?P<days>\d{1,2}[-–]\d{1,2}(?![\w/]|[.,:–-]\d))
  | (?P<other>\d+(?:[.,:/–-]\d+)+\w*)
  | (?P<number>\d+(?!\w))
  | (?P<figures>\d\w*)
  | (?P<ampm>[ap]\.m\.|[ap]m\b|[AP]\.M\.|[AP]M\b)
  | (?P<possessive>['’]s\b)
  | (?P<word>[^\W\d_](?:\w|['’](?=clock))*)
  | (?P<punct>--|\S)
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A stretch of the text (code points, half open); `lower` is what the vocabulary is asked for."""

    begin: int
    end: int
    lower: str
    shape: str


@dataclass(frozen=True, slots=True)
class Found:
    """A date expression as its words give it. `fields` are the rule's groups: lower-case words, or figures as written."""

    begin: int
    end: int
    rule: str
    means: str
    fields: Mapping[str, str]


class TimexFinder:
    """Finds the expressions of a text in time linear in its length."""

    def __init__(self, lexicon: TimexLexicon) -> None:
        self._lexicon = lexicon

    def find(self, text: str) -> list[Found]:
        """All expressions, in the order of the text, none overlapping."""
        tokens, codes = self._encode(text)
        hits = [hit for order, rule in enumerate(self._lexicon.rules) for hit in _matches(rule, order, codes)]
        hits.sort(key=lambda hit: (-(hit[1] - hit[0]), hit[2], hit[0]))
        taken = bytearray(len(tokens) + 1)
        chosen: list[Found] = []
        for begin, end, _, rule, match in hits:
            if not any(taken[begin:end]):
                taken[begin:end] = b"\1" * (end - begin)
                chosen.extend(_found(rule, match, tokens))
        return sorted(chosen, key=lambda found: found.begin)

    def _encode(self, text: str) -> tuple[list[Token], str]:
        codes, capitalised = self._lexicon.codes, self._lexicon.capitalised
        tokens, string = [], []
        for match in _TOKEN.finditer(text):
            shape = match.lastgroup or "punct"
            written = match.group()
            lower = written.lower()
            tokens.append(Token(match.start(), match.end(), lower, shape))
            string.append(_code(codes, capitalised, shape, written, lower))
        return tokens, "".join(string) + codes["end"]


def _code(codes: Mapping[str, str], capitalised: frozenset[str], shape: str, written: str, lower: str) -> str:
    known = codes.get("=" + lower)
    if known is not None and not (lower in capitalised and written[0].islower()):
        return known
    if shape == "number":
        return codes[_number_shape(lower)]
    if shape == "word":
        if written[0].isupper():
            return codes["cap"]
        return codes["plural" if lower.endswith("s") and len(lower) > 3 else "word"]
    if shape in ("sep", "figures"):
        return codes["other"]
    return codes.get(shape, codes["punct"])


def _number_shape(figures: str) -> str:
    if len(figures) == 4 and "1000" <= figures <= "2199":
        return "year"
    return "day" if len(figures) <= 2 and 1 <= int(figures) <= 31 else "num"


def _matches(rule: Rule, order: int, codes: str) -> Iterator[tuple[int, int, int, Rule, re.Match[str]]]:
    narrowed = "x" in rule.pattern.groupindex
    for match in rule.pattern.finditer(codes):
        begin, end = match.span("x") if narrowed else match.span()
        if end > begin:
            yield begin, end, order, rule, match


def _found(rule: Rule, match: re.Match[str], tokens: list[Token]) -> Iterator[Found]:
    fields = {name: _words(tokens, *match.span(name)) for name, text in match.groupdict().items() if text}
    begin, end = match.span("x") if "x" in fields else match.span()
    extent = (tokens[begin].begin, tokens[end - 1].end)
    fields.pop("x", None)
    if rule.means in ("days", "years"):
        yield from _two(rule, match, tokens, fields, extent)
    else:
        yield Found(*extent, rule.id, rule.means, fields)


def _two(
    rule: Rule, match: re.Match[str], tokens: list[Token], fields: dict[str, str], extent: tuple[int, int]
) -> Iterator[Found]:
    """A range is two expressions; the words that both share belong to the one they stand beside."""
    written = "days" if "days" in fields else "years" if "years" in fields else None
    if written:
        token = tokens[match.start(written)]
        first, second = re.split(r"[-–/]", fields.pop(written))
        cut, resume = token.begin + len(first), token.end - len(second)
    else:
        first, second = fields.pop("day"), fields.pop("day2")
        cut, resume = tokens[match.end("day") - 1].end, tokens[match.start("day2")].begin
    if rule.means == "years":
        second = first[: len(first) - len(second)] + second
        yield Found(extent[0], cut, rule.id, "year", {"year": first})
        if int(first) < int(second):
            yield Found(resume, extent[1], rule.id, "year", {"year": second})
        return
    yield Found(extent[0], cut, rule.id, "day", {**fields, "day": first})
    yield Found(resume, extent[1], rule.id, "day", {**fields, "day": second})


def _words(tokens: list[Token], begin: int, end: int) -> str:
    return " ".join(token.lower for token in tokens[begin:end])

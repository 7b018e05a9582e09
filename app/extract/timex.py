"""Finds date expressions by the rules of the lexicon: where they stand and what their words say, not yet which day that is.

Method: the text becomes tokens, each token one code of a private alphabet (see `app.lexicon.timex`), and the rules run over the
string of codes. Longest match first, then the rule that stands first; no two expressions overlap.

Not handled: dates in other languages; years before 1000 without BC; month names misspelt.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.lexicon.timex import Rule, TimexLexicon

_SHAPES = r"""
    (?P<word>[^\W\d_](?:\w++|['’](?=clock))++|[^\W\d_](?!\.[mMCDcd]))
  | (?P<end>\n[^\S\n]*\n\s*)
  | (?P<iso>\d{4}-\d\d-\d\d(?!\d)(?:T\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?)?(?![\w/]|-\d)
    |(?:1\d|20)\d\d(?P<mark>[./])(?:0\d|1[0-2])(?P=mark)[0-3]\d(?![\w/]|[.,:-]\d))
  | (?P<numeric>\d{1,2}(?P<sep>[./-])\d{1,2}(?P=sep)(?:\d{4}|\d\d)(?![\w/]|[.,:-]\d))
  | (?P<years>(?:1\d|20)\d\d(?:[-–/](?:(?:1\d|20)\d\d|\d\d))(?![\w/]|[.,:-]\d))
  | (?P<decade>(?:1\d|20)\d0['’]?s\b|['’]\d0s\b)
  | (?P<ord>\d{1,2}(?:st|nd|rd|th)\b)
  | (?P<clockap>\d{1,2}(?::\d\d)?[ap]m\b)
  | (?P<clock>\d{1,2}:\d\d(?::\d\d)?(?![\w/]|[.,:-]\d))
  | (?P<fraction>\d/\d(?![\w/]))
  | (?P<hundreds>\d{3}[-–]\d{3}(?![\w/]|[.,:–-]\d))
  | (?P<days>\d{1,2}[-–]\d{1,2}(?![\w/]|[.,:–-]\d))
  | (?P<other>\d+(?:[.,:/–-]\d+)+\w*)
  | (?P<number>\d+(?!\w))
  | (?P<figures>\d\w*)
  | (?P<short>['’]\d\d(?!\w))
  | (?P<era>[AB]\.[CD]\.(?:E\.)?|B\.C(?:\.E)?\b)
  | (?P<ampm>[ap]\.m\.|[AP]\.M\.?)
  | (?P<possessive>['’][sS]\b)
  | (?P<letters>[^\W\d_]\w*)
  | (?P<punct>--|\S)
"""
_SHAPE = re.compile(_SHAPES, re.VERBOSE)
# Only what kind of token it is needs the groups; and the blanks behind a word go with it: each is twice as fast
_TOKEN = re.compile(rf"({re.sub(r'[(][?]P<(?!sep|mark)[a-z]+>', '(?:', _SHAPES)})[ ]*", re.VERBOSE)
_QUARTER = re.compile(r"Q[1-4]|H[12]")

Span = tuple[int, int]
"""Where a token stands: code points, half open."""

_MOST_KNOWN = 50_000  # words whose codes are kept, and stretches whose rules are
_LONGEST = 40  # letters of a word, or codes of a stretch, that is kept
_PLAIN = ("word", "cap", "plural", "punct")


@dataclass(frozen=True, slots=True)
class Found:
    """A date expression as its words give it. `fields` are the rule's groups: lower-case words, or figures as written.

    One with a `genre` counts only in a text of that sort.
    """

    begin: int
    end: int
    rule: str
    means: str
    fields: Mapping[str, str]
    genre: str = ""


Hit = tuple[int, int, int, Rule, re.Match[str]]
"""Where a rule matches (tokens, half open), its place among the rules, the rule and the match."""


class TimexFinder:
    """Finds the expressions of a text in time linear in its length."""

    def __init__(self, lexicon: TimexLexicon) -> None:
        self._lexicon = lexicon
        self._feasts = _by_first_word(lexicon.feasts.names)
        self._known: dict[str, str] = {}
        plain = frozenset(lexicon.codes[name] for name in _PLAIN)
        self._wide = [order for order, rule in enumerate(lexicon.rules) if plain & set(rule.pattern.pattern)]
        self._by_code: dict[str, list[int]] = {}
        for order, rule in enumerate(lexicon.rules):
            for code in rule.needs if order not in self._wide else ():
                self._by_code.setdefault(code, []).append(order)
        self._stretch = re.compile(f"[^{''.join(sorted(plain))}]+")
        self._tried: dict[str, tuple[int, ...]] = {}

    def find(self, text: str) -> list[Found]:
        """All expressions, in the order of the text, none overlapping."""
        tokens, codes = self._encode(text)
        hits = list(self._hits(codes))
        hits.sort(key=lambda hit: (hit[0] - hit[1], hit[2], hit[0]))
        taken = bytearray(len(tokens) + 1)
        chosen: list[Found] = []
        for begin, end, _, rule, match in hits:
            if not any(taken[begin:end]):
                taken[begin:end] = b"\1" * (end - begin)
                chosen.extend(_found(rule, match, tokens, text))
        return sorted(chosen, key=lambda found: found.begin)

    def _hits(self, codes: str) -> Iterator[Hit]:
        """Where the rules match. Most can't match across a plain word, so they are tried on the stretches between these alone."""
        present = frozenset(codes)
        for order in self._wide:
            if not present.isdisjoint(self._lexicon.rules[order].needs):
                yield from _matches(self._lexicon.rules[order], order, codes, 0, len(codes))
        for stretch in self._stretch.finditer(codes):
            for order in self._orders(stretch.group()):
                yield from _matches(self._lexicon.rules[order], order, codes, *stretch.span())

    def _orders(self, stretch: str) -> tuple[int, ...]:
        """The narrow rules that may match in a stretch of codes."""
        found = self._tried.get(stretch)
        if found is None:
            orders: set[int] = set()
            for code in stretch:
                orders.update(self._by_code.get(code, ()))
            found = tuple(orders)
            if len(self._tried) > _MOST_KNOWN:
                self._tried.clear()
            if len(stretch) <= _LONGEST:
                self._tried[stretch] = found
        return found

    def _encode(self, text: str) -> tuple[list[Span], str]:
        """The tokens, and one code for each."""
        matches = list(_TOKEN.finditer(text))
        written = [match[1] for match in matches]
        known = self._known
        long = [] if known.keys() >= set(written) else self._learn(written)
        codes = [known[word] for word in written]
        for word in long:
            del known[word]
        tokens = [match.span(1) for match in matches]
        starts = [at for at, word in enumerate(written) if word in self._feasts]
        if starts:
            tokens, codes = self._with_feasts(tokens, written, codes, starts)
        return tokens, "".join(codes) + self._lexicon.codes["end"]

    def _learn(self, written: Sequence[str]) -> set[str]:
        """Adds the codes of words not met before and returns those too long to be kept.

        All are forgotten at once when they are too many, so that memory stays flat.
        """
        if len(self._known) > _MOST_KNOWN:
            self._known.clear()
        for word in written:
            if word not in self._known:
                shape = _SHAPE.match(word)
                self._known[word] = _code(self._lexicon, (shape and shape.lastgroup) or "punct", word)
        return {word for word in written if len(word) > _LONGEST}

    def _with_feasts(
        self, tokens: list[Span], written: Sequence[str], codes: list[str], starts: Sequence[int]
    ) -> tuple[list[Span], list[str]]:
        """The tokens with each name of a feast made one; `starts` are where one may begin."""
        merged: list[Span] = []
        string: list[str] = []
        done = 0
        for start in starts:
            names = self._feasts[written[start]]
            length = next((len(name) for name in names if _same(written[start : start + len(name)], name)), 0)
            if not length or start < done:
                continue
            merged += [*tokens[done:start], (tokens[start][0], tokens[start + length - 1][1])]
            string += [*codes[done:start], self._lexicon.codes["feast"]]
            done = start + length
        return merged + tokens[done:], string + codes[done:]


def name_key(name: str) -> tuple[str, ...]:
    """The tokens of a name, as the finder sees them: what two spellings of one name share."""
    return tuple(_plain(match[1]) for match in _TOKEN.finditer(name))


def _plain(word: str) -> str:
    return word.lower().replace("’", "'")


def _by_first_word(names: Iterable[str]) -> dict[str, list[tuple[str, ...]]]:
    """The names' tokens by the first of them as it is written, with a capital or in capitals; the longest first."""
    table: dict[str, list[tuple[str, ...]]] = {}
    for name in sorted(names, key=lambda name: -len(name_key(name))):
        key = name_key(name)
        for first in {key[0].capitalize(), key[0].title(), key[0].upper()}:
            table.setdefault(first, []).append(key)
    return table


def _same(written: Sequence[str], name: tuple[str, ...]) -> bool:
    return len(written) == len(name) and all(map(str.__eq__, map(_plain, written), name))


def _code(lexicon: TimexLexicon, shape: str, written: str) -> str:
    codes, lower = lexicon.codes, written.lower()
    known = codes.get("=" + lower)
    if known is not None and not (lower in lexicon.capitalised and written[0].islower()):
        return known
    if shape == "word":
        if lower in ("am", "pm"):
            return codes["ampm"]
        if _QUARTER.fullmatch(written):
            return codes["figure"]
        if written[0].isupper():
            return codes["cap"]
        return codes["plural" if lower.endswith("s") and len(lower) > 3 else "word"]
    if shape == "number":
        return codes[_number_shape(lower)]
    if shape in ("sep", "mark", "figures"):
        return codes["other"]
    if shape == "era":
        return codes["=bc" if lower[0] == "b" else "=ad"]
    return codes.get(shape, codes["punct"])


def _number_shape(figures: str) -> str:
    if len(figures) == 4 and "1000" <= figures <= "2199":
        return (
            "newyear" if figures >= "1900" and figures != "2000" else "oldyear"
        )  # 1500 and 2000 are more often a count
    return "day" if len(figures) <= 2 and 1 <= int(figures) <= 31 else "num"


def _matches(rule: Rule, order: int, codes: str, begin: int, end: int) -> Iterator[Hit]:
    narrowed = "x" in rule.pattern.groupindex
    for match in rule.pattern.finditer(codes, begin, end):
        begin, end = match.span("x") if narrowed else match.span()
        if end > begin:
            yield begin, end, order, rule, match


def _found(rule: Rule, match: re.Match[str], tokens: Sequence[Span], text: str) -> Iterator[Found]:
    fields = {name: _words(text, tokens, *match.span(name)) for name, codes in match.groupdict().items() if codes}
    begin, end = match.span("x") if "x" in fields else match.span()
    extent = (tokens[begin][0], tokens[end - 1][1])
    fields.pop("x", None)
    if rule.means == "years-before-christ":
        yield from _two_before_christ(rule, fields["hundreds"], extent)
    elif rule.means in ("days", "years"):
        yield from _two(rule, match, tokens, fields, extent)
    else:
        yield Found(*extent, rule.id, rule.means, fields, rule.genre)


def _two_before_christ(rule: Rule, written: str, extent: Span) -> Iterator[Found]:
    first, second = re.split(r"[-–]", written)
    cut = extent[0] + len(first)
    yield Found(extent[0], cut, rule.id, "before-christ", {"year": first})
    yield Found(cut + 1, extent[1], rule.id, "before-christ", {"year": second})


def _two(
    rule: Rule, match: re.Match[str], tokens: Sequence[Span], fields: dict[str, str], extent: Span
) -> Iterator[Found]:
    """A range is two expressions, or three; the words that they share belong to the one they stand beside."""
    written = "days" if "days" in fields else "years" if "years" in fields else None
    if written:
        begin, end = tokens[match.start(written)]
        first, second = re.split(r"[-–/]", fields.pop(written))
        cut, resume = begin + len(first), end - len(second)
    else:
        last = "day3" if "day3" in fields else "day2"
        first, second = fields.pop("day"), fields.pop(last)
        cut, resume = tokens[match.end("day") - 1][1], tokens[match.start(last)][0]
        if middle := fields.pop("day2", None):
            yield Found(*tokens[match.start("day2")], rule.id, "day", {**fields, "day": middle})
    if rule.means == "years":
        second = first[: len(first) - len(second)] + second
        yield Found(extent[0], cut, rule.id, "year", {"year": first})
        if int(first) < int(second):
            yield Found(resume, extent[1], rule.id, "year", {"year": second})
        return
    yield Found(extent[0], cut, rule.id, "day", {**fields, "day": first})
    yield Found(resume, extent[1], rule.id, "day", {**fields, "day": second})


def _words(text: str, tokens: Sequence[Span], begin: int, end: int) -> str:
    """The words of the tokens in lower case, one blank between two."""
    return " ".join([text[left:right].lower() for left, right in tokens[begin:end]])

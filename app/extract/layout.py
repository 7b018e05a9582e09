"""What each line of a page is: body, heading, byline, caption, a row of tags, or boilerplate; and where sentences begin.

Bylines, tags and boilerplate are no news and give neither dates nor acts. A caption is no narrative: it gives acts of its own.
Not handled: tables; captions in running text that nothing sets apart.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Part(StrEnum):
    BODY = "body"
    HEADING = "heading"
    BYLINE = "byline"
    CAPTION = "caption"
    TAGS = "tags"
    BOILERPLATE = "boilerplate"


READ = (Part.BODY, Part.CAPTION, Part.HEADING)
"""The parts in which dates are looked for."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or line of one sort; code points, half open, without the white space around it."""

    begin: int
    end: int
    part: Part


_BYLINE = re.compile(
    r"(?:by|from)\s+(?-i:[A-Z\d])[^.]{1,80}|[^.]{0,60}\|\s*(?:by|updated|published)\b.*", re.IGNORECASE
)
_STOPS = (".", "!", "?", ":", ";")
_QUOTES = ('"', "”", "’", "»")
_CLOSERS = "\"'”’)]}»"
_CREDIT = re.compile(
    r"[.!?][\"'”’)]*\s+[A-ZÀ-Þ(][\w.'’&/()-]*(?:\s+(?:(?:of|the|and|for|via)\s+)?[A-ZÀ-Þ(][\w.'’&/()-]*){0,7}$"
)
_CAPTION_ASIDE = re.compile(r"\((?:not pictured|file|L|R|left|right|C|pictured)\)")
_CAPTION_WORDS = re.compile(
    r"\b(?:file photo|AP Photo|Getty Images|Photo by|Photograph by|Handout via)\b|\bPhoto:|\b(?:is|are) pictured\b"
)
_STOPPED_WORD = re.compile(r"[a-z]{2}\.")
_TAG = re.compile(r"[\w'’.-]+(?: [\w'’.-]+){0,2}")
_SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]*\s+(?=[\"'“‘(\[]*[A-Z\d])")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\"“])(?:(?:[A-Z]\.)*[A-Z]|[A-Z][a-z]|Mr|Mrs|Ms|Dr|Gen|Col|Lt|Maj|Sgt|Sen|Rep|Gov|Prof|St|No|vs|Inc|Corp|Co|Ltd"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun|p\.m|a\.m)\.$"
)


def lay_out(text: str, is_boilerplate: Callable[[str], bool]) -> list[Block]:
    """The blocks of a text in order; every code point that is not white space lies in exactly one of them."""
    blocks: list[Block] = []
    for begin, end in _lines(text):
        line = text[begin:end]
        before = blocks[-1].part if blocks else None
        blocks.append(Block(begin, end, _part(line, before, is_boilerplate)))
    return blocks


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Lines, with the lines of a hard-wrapped paragraph joined."""
    lines = list(_trimmed(text))
    wrapped = _is_hard_wrapped(lines)
    begin = end = -1
    for left, right in lines:
        if begin >= 0 and _continues(text, begin, end, left, wrapped=wrapped):
            end = right
            continue
        if begin >= 0:
            yield begin, end
        begin, end = left, right
    if begin >= 0:
        yield begin, end


def _trimmed(text: str) -> Iterator[tuple[int, int]]:
    """Where each line that is not empty stands, without the white space around it.

    Split and stripped rather than searched for: a pattern for "a line with something in it" is quadratic on white space.
    """
    at = 0
    for line in text.split("\n"):
        if written := line.strip():
            begin = at + len(line) - len(line.lstrip())
            yield begin, begin + len(written)
        at += len(line) + 1


def _is_hard_wrapped(lines: Sequence[tuple[int, int]]) -> bool:
    """Whether the text was broken to a width: several lines, most of them nearly as long as the longest."""
    lengths = [end - begin for begin, end in lines]
    longest = max(lengths, default=0)
    return (
        len(lengths) >= 3 and longest <= 100 and sum(length >= longest - 20 for length in lengths) * 2 >= len(lengths)
    )


def _continues(text: str, begin: int, end: int, left: int, *, wrapped: bool) -> bool:
    if not (wrapped or text[left].islower() or text[left].isdigit()):
        return False
    if text.count("\n", end, left) > 1 or _is_closed(text[max(begin, end - 3) : end]):
        return False
    last_line = text.rfind("\n", begin, end) + 1
    return end - max(begin, last_line) >= 45


def _is_closed(line: str) -> bool:
    """Whether a line ends as a sentence does: with a stop, also inside quotes or brackets, or with a closing quote."""
    return line.endswith(_QUOTES) or line.rstrip(_CLOSERS).endswith(_STOPS)


def _part(line: str, before: Part | None, is_boilerplate: Callable[[str], bool]) -> Part:
    short = len(line) <= 400
    if short and is_boilerplate(line):
        return Part.BOILERPLATE
    if short and _is_byline(line):
        return Part.BYLINE
    if short and _is_tags(line):
        return Part.TAGS
    if before is Part.TAGS or (len(line) <= 800 and _is_caption(line)):
        return Part.CAPTION
    if short and not _is_closed(line) and len(line.split()) <= 30:
        return Part.HEADING
    return Part.BODY


def _is_byline(line: str) -> bool:
    return (line[0] in "bBfF" or "|" in line) and _BYLINE.fullmatch(line) is not None


def _is_caption(line: str) -> bool:
    if line[0] == "©" or _CAPTION_ASIDE.search(line):
        return True
    if ("hoto" in line or "pictured" in line or "Getty" in line or "Handout" in line) and _CAPTION_WORDS.search(line):
        return True
    last = line.rsplit(None, 1)[-1]  # a credit ends the line with a name
    return not last[0].islower() and _CREDIT.search(line) is not None


def _is_tags(line: str) -> bool:
    if line.count(", ") < 3:
        return False
    items = line.split(", ")
    if not all(map(_TAG.fullmatch, items)) or any(item[0].isdigit() for item in items):
        return False
    return _STOPPED_WORD.fullmatch(line, len(line) - 3) is None  # "Rome, Friday, May 1, 1998" is a date line


def sentences(text: str, block: Block) -> Iterator[tuple[int, int]]:
    """A cheap split of a block into sentences, for what needs no parse: spans that cover it."""
    begin = block.begin
    for match in _SENTENCE_END.finditer(text, block.begin, block.end):
        if _ABBREVIATION.search(text[max(begin, match.start() - 12) : match.start() + 1]):
            continue
        yield begin, match.end()
        begin = match.end()
    yield begin, block.end

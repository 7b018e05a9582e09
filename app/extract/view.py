"""A normalised view of a text (Unicode NFC, plain line ends) that knows where its code points stand in the text as given."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

# What can compose with the character before it: combining marks, and the vowels and finals of decomposed Hangul.
_MARKS = (
    r"[\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0711-\u074a\u0900-\u0dff"
    r"\u0e31-\u0eff\u1100-\u11ff\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\ufe20-\ufe2f]"
)
# What may have to change: a line end, or a character with its marks. Unicode sorts marks in quadratic time; more than 30
# of them are no letter of any language (UAX #15, stream-safe text), and the next cluster begins.
_CLUSTER = re.compile(rf"\r\n?|[\s\S]{_MARKS}{{1,30}}")


@dataclass(frozen=True, slots=True)
class View:
    """`text` is what is read; `original(i)` says where its code point `i` begins in the text as given.

    The view is stretches that are as given but shifted: `_starts` are their first code points here, `_begins` in the text as
    given. A composed letter is a stretch for each of its code points, all of which begin where the letter does.
    """

    text: str
    _starts: Sequence[int] = (0,)
    _begins: Sequence[int] = (0,)

    def original(self, offset: int) -> int:
        """The offset in the text as given; `offset` may be the end of the view."""
        stretch = bisect_right(self._starts, offset) - 1
        return self._begins[stretch] + offset - self._starts[stretch]


def of(text: str) -> View:
    """The view of a text; where nothing has to change it is the text itself."""
    if "\r" not in text and unicodedata.is_normalized("NFC", text):
        return View(text)
    parts: list[str] = []
    starts: list[int] = []
    begins: list[int] = []
    at = length = 0
    for cluster in _changing(text).finditer(text):
        written, begin = cluster.group(), cluster.start()
        composed = "\n" if written[0] == "\r" else unicodedata.normalize("NFC", written)
        parts += (text[at:begin], composed)
        starts.append(length)
        begins.append(at)
        length += begin - at
        starts.extend(range(length, length + len(composed)))
        begins.extend([begin] * len(composed))
        at, length = cluster.end(), length + len(composed)
    parts.append(text[at:])
    return View("".join(parts), (*starts, length, length + len(text) - at), (*begins, at, len(text)))


def _changing(text: str) -> re.Pattern[str]:
    """What finds the clusters of a text that may have to change, those letters too that Unicode writes in another way."""
    others = "".join(letter for letter in set(text) if not unicodedata.is_normalized("NFC", letter))
    return re.compile(f"{_CLUSTER.pattern}|[{re.escape(others)}]") if others else _CLUSTER

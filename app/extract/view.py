"""A normalised view of a text (Unicode NFC, plain line ends) that knows where its code points stand in the text as given."""

import re
import unicodedata
from dataclasses import dataclass

# A character and what can compose with it: combining marks, and the vowels and finals of decomposed Hangul.
_CLUSTER = re.compile(
    r"\r\n?|[\s\S](?:[\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0711-\u074a\u0900-\u0dff\u0e31-\u0eff\u1100-\u11ff\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\ufe20-\ufe2f])*"
)


@dataclass(frozen=True, slots=True)
class View:
    """`text` is what is read; `original(i)` says where its code point `i` begins in the text as given."""

    text: str
    _begins: tuple[int, ...] | None = None

    def original(self, offset: int) -> int:
        """The offset in the text as given; `offset` may be the end of the view."""
        return offset if self._begins is None else self._begins[offset]


def of(text: str) -> View:
    """The view of a text; where nothing has to change it is the text itself."""
    if "\r" not in text and unicodedata.is_normalized("NFC", text):
        return View(text)
    parts: list[str] = []
    begins: list[int] = []
    for cluster in _CLUSTER.finditer(text):
        written = cluster.group()
        composed = "\n" if written in ("\r\n", "\r") else unicodedata.normalize("NFC", written)
        parts.append(composed)
        begins.extend([cluster.start()] * len(composed))
    return View("".join(parts), (*begins, len(text)))

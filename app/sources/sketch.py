"""Sketches of texts: what is kept of a text to find its near copies, which `app.core.copies` compares.

A sketch is a MinHash of the text's words by threes: of two texts so many places are equal as they share of all such threes
(Jaccard similarity), give or take 0.04. The only importer of rensa.
"""

import re

from rensa import RMinHash

from app.lexicon.boilerplate import Boilerplate
from app.sources.view import normalised

# Sketches that are stored are compared with those of later days: a change of any of these, or of rensa's algorithm (which its
# minor versions may change), needs all articles read again.
_PLACES = 128
_SEED = 1
_LOW_BITS = 0xFF  # of each place, as in b-bit MinHash: one in 256 is equal by chance, the sketch four times smaller
_FEWEST_WORDS = 20  # of fewer words one that is changed weighs too much
_WORD = re.compile(r"\w+")


def of(text: str, *, boilerplate: Boilerplate) -> str | None:
    """The sketch as 256 hexadecimal digits, two a place; None for a text of fewer than 20 words, boilerplate not counted.

    Case, signs and the breaks of lines do not count. The same on every machine. Not handled: scripts that write no spaces,
    where a whole phrase is one word.
    """
    words = _WORD.findall(normalised(text, boilerplate=boilerplate).lower())
    if len(words) < _FEWEST_WORDS:
        return None
    minima = RMinHash(num_perm=_PLACES, seed=_SEED)
    minima.update(" ".join(three) for three in zip(words, words[1:], words[2:], strict=False))
    return bytes(place & _LOW_BITS for place in minima.digest()).hex()

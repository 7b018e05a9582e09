"""Who tells an act independently of whom: an outlet counts once, and so do all who print copies of one text. Pure.

Copies are known by the sketches of whole texts, as `app.sources.sketch` makes them, and by the sentence that tells the act:
agencies' copy is often printed with another lead, or only in part. Not handled: copy that is told in other words, or translated.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.core.model import StoredMention

# Of edited copies of 120 words or more 99 in 100 are above it (a sentence dropped, a word replaced, another dateline), articles
# on one subject below 0.2; where one quotation is half of both texts they come to 0.33.
_ONE_TEXT = 0.6
_ONE_SENTENCE = 0.8  # of the shingles of two sentences that are copies of one
_WORD = re.compile(r"\w+")
_Shingles = frozenset[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Telling:
    """What is compared of an article: who prints it, the sketch of its text, and its sentences that tell the act."""

    printed_by: str
    sketch: str | None
    sentences: tuple[_Shingles, ...]


def tellers(mentions: Sequence[StoredMention]) -> list[int]:
    """For each mention of an event the number of its independent teller: equal numbers are one teller's.

    Two articles are one teller's that are of one outlet, have nearly the same text or tell the act in nearly the same sentence,
    and so is whatever is linked over others; the order of the mentions decides over the numbers alone.
    """
    by_article: dict[str, list[StoredMention]] = {}
    for one in mentions:
        by_article.setdefault(one.article_key, []).append(one)
    articles = [_telling(told) for told in by_article.values()]
    found = list(range(len(articles)))
    for i, article in enumerate(articles):
        for j in range(i):
            if found[i] != found[j] and _is_one_teller(article, articles[j]):
                first, second = sorted((found[i], found[j]))
                found = [first if teller == second else teller for teller in found]
    number = dict(zip(by_article, found, strict=True))
    return [number[one.article_key] for one in mentions]


def resemblance(a: str, b: str) -> float:
    """The share of equal places of two sketches (two hexadecimal digits a place), which estimates how much two texts share.

    Sketches of different lengths are of different makes, and their places mean different things.

    >>> resemblance("00ff10a7", "00fe10a7")
    0.75
    >>> resemblance("00ff", "00ff10a7")
    0.0
    """
    places = len(a) // 2
    if len(a) != len(b) or not places:
        return 0.0
    return (int(a, 16) ^ int(b, 16)).to_bytes(places, "big").count(0) / places


def _telling(told: Sequence[StoredMention]) -> _Telling:
    first = told[0]
    sentences = dict.fromkeys(one.mention.sentence.text for one in told)
    return _Telling(first.outlet or first.article_key, first.sketch, tuple(map(_shingles, sentences)))


def _is_one_teller(a: _Telling, b: _Telling) -> bool:
    if a.printed_by == b.printed_by:
        return True
    if a.sketch and b.sketch and resemblance(a.sketch, b.sketch) >= _ONE_TEXT:
        return True
    return any(_is_one_sentence(one, other) for one in a.sentences for other in b.sentences)


def _shingles(sentence: str) -> _Shingles:
    """The words of a sentence by threes, in small letters and without signs."""
    words = _WORD.findall(sentence.lower())
    return frozenset(zip(words, words[1:], words[2:], strict=False)) or frozenset((tuple(words),))


def _is_one_sentence(a: _Shingles, b: _Shingles) -> bool:
    """Whether two sentences are copies of one (Jaccard similarity of their shingles)."""
    return len(a & b) >= _ONE_SENTENCE * len(a | b)

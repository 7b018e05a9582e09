"""Whether the words around a date tell of what was or what will be, by the nearest verb of its sentence; needs no parse."""

import re

from app.extract.units import FUTURE, PAST, UNKNOWN

_AFTER = r"(?:\s+(?:not|also|then|soon|now|again|be|have\s+to))*(?:\s+[a-z]+)?"  # "will then be signed" is one marker
_PLANS = (  # the simple present for what is arranged
    r"meets?|arrives?|begins?|gathers?|flies|fly|travels|opens|resumes?|expires?"
    r"|takes|goes|hosts|leaves|returns|visits|votes|starts"
)
_NO_NOUN = "".join(
    rf"(?<!\b{word}\s)" for word in ("did", "not", "the", "a", "of", "its", "his", "her", "their", "two", "and")
)
_MARKER = re.compile(
    rf"""(?P<future>\b(?:will|shall|would|could|may|might|can)\b(?!\s+have\b){_AFTER}|['’]ll\b{_AFTER}
        |\b(?:is|are|was|were)\s+(?:(?:due|set|expected|scheduled|planned|likely|going)\s+)?to\b{_AFTER}
        |\b(?:is|are|was|were)\s+(?:due|set|scheduled|planned)\b
        |\b(?:plans?|planned|intends?|intended|expects?|hopes?|wants?|aims?|vow(?:s|ed)|promis(?:es|ed)|agreed|scheduled|slated|set|due|poised)
          \s+(?:to|for)\b{_AFTER}
        |{_NO_NOUN}\b(?:{_PLANS})\b
        |\b(?:upcoming|forthcoming|deadline|by\s+the\s+end)\b|\bto\s+(?:be|meet|visit|hold|start|begin|discuss|attend|travel|take|sign|resume)\b)
      |(?P<past>\b(?:was|were|had|did|said|told|met|went|came|held|began|took|gave|sent|left|made|spoke|became|flew|won|lost|fell|rose|led|saw
        |broke|brought|built|chose|drew|found|fought|got|grew|heard|kept|knew|paid|ran|sat|sought|sold|shot|stood|struck|swore|taught|thought
        |threw|understood|withdrew|wrote|put|cut|quit|shook|fled|hit|rejected)\b|\b[a-z]{{2,}}ed\b)""",
    re.VERBOSE | re.IGNORECASE,
)
_ABILITY = frozenset(("could", "can"))
_MODALS = _ABILITY | {"would", "may", "might"}
_REACH = 240  # code points to either side: a longer way hardly ever leads to the verb the date belongs to


def direction(
    text: str, sentence: tuple[int, int], begin: int, end: int, *, unsure: frozenset[str] = frozenset()
) -> int:
    """PAST, FUTURE or UNKNOWN for an expression at [begin, end) of `sentence`: the nearest marker before it, else after it.

    A marker that begins with a word of `unsure` is told in the past all the same: "could not be found Monday".
    """
    before = max(sentence[0], begin - _REACH)
    markers = list(_MARKER.finditer(text, before, begin))
    nearest = markers[-1] if markers else _MARKER.search(text, end, min(sentence[1], end + _REACH))
    if nearest is None:
        return UNKNOWN
    first = nearest.group().split()[0].lower()
    return FUTURE if nearest["future"] and first not in unsure else PAST


def of_weekday(text: str, sentence: tuple[int, int], begin: int, end: int) -> int:
    """The direction of a bare weekday, which is the past unless the future is plain; "Monday's ruling" has mostly been."""
    owns = text[end : end + 2] in ("'s", "’s")
    return direction(text, sentence, begin, end, unsure=_MODALS if owns else _ABILITY)


_AHEAD = re.compile(
    r"\b(?:by|until|till|through|for|before|beyond|after)\s+(?:the\s+)?(?:(?:end|middle|start|beginning)\s+of\s+)?$",
    re.IGNORECASE,
)


def leans_ahead(text: str, begin: int) -> bool:
    """Whether the word before an expression points beyond it: a deadline or term need not have passed."""
    return _AHEAD.search(text, max(0, begin - 30), begin) is not None

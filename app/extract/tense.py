"""Whether the words around a date tell of what was or what will be, by the nearest verb of its sentence; needs no parse."""

import re
from collections import deque
from collections.abc import Iterator, Sequence

from app.extract.units import FUTURE, PAST, UNKNOWN

_AFTER = r"(?:\s+(?:not|also|then|soon|now|again|be|have\s+to))*(?:\s+[a-z]+)?"  # "will then be signed" is one marker


def _words(*lines: str) -> tuple[str, ...]:
    return tuple(" ".join(lines).split())


_PLANS = _words(  # the simple present for what is arranged
    "meet meets arrive arrives begin begins gather gathers flies fly travels opens resume resumes expire expires takes goes",
    "hosts leaves returns return visits visit votes starts start open take travel comes come",
)
_ASKS = _words("asked urged invited requested ordered instructed pressed wants wanted expects expected summoned")
_NO_NOUN = "".join(
    rf"(?<!\b{word}\s)" for word in ("did", "not", "the", "a", "of", "its", "his", "her", "their", "two", "and", "to")
)
_PLANNED = _words("expected scheduled planned slated due set poised likely going supposed booked tipped timed")
_INTENDS = _words(
    "plan plans planned planning intend intends intended intending expect expects expecting hope hopes hoping want wants aim",
    "aims aiming vows vowed promises promised agreed scheduled slated set due poised preparing prepare prepares prepared",
    "ready wait waits waiting waited",
)
_REALISED = _words(  # what "to" leads to after these has happened, or is no time at all
    "went came had used began started continued managed failed forced helped able unable tried refused declined appeared",
    "seemed believed known thought found reported said returned traveled travelled flew sent moved proceeded led got",
    "happened proved turned according due related made kept allowed enough",
)
_NO_VERB = _words(  # words in -ed that are no past
    "united need indeed hundred speed feed seed breed exceed proceed succeed bleed greed creed sacred wicked naked limited"
)
_IRREGULAR = _words(
    "was were had did said told met went came held began took gave sent left made spoke became flew won lost fell rose led",
    "saw broke brought bought built caught chose dealt drew drove fed felt found fought forbade forgot froze got grew heard",
    "hid hung kept knew laid lay lent meant paid ran rang rode sang sank sat sought sold shot slept slid spent sprang stole",
    "stood struck stuck swam swept swore taught tore thought threw understood underwent undertook withdrew withheld woke",
    "wore wove wrote put cut quit shook shut fled hit overthrew oversaw foresaw overtook dug ate beat bent bled blew bred",
    "burst cast clung cost crept drank hurt knelt leapt learnt lit overcame read rebuilt shrank spread swung upheld",
)
_MODAL = _words("will shall would could may might can")
_BEING = _words("is are was were be been being")
_AHEAD_WORDS = _words("upcoming forthcoming deadline effective")


def _any(words: Sequence[str]) -> str:
    return "(?:" + "|".join(words) + ")"


_FUTURE = rf"""\b{_any(_MODAL)}\b(?!\s+have\b){_AFTER}|['’]ll\b{_AFTER}
        |\b{_any(_BEING)}\s+(?:not\s+)?(?:{_any(_PLANNED)}\s+)?to\b{_AFTER}
        |\b(?:is|are|was|were|be)\s+(?:also\s+)?{_any(_PLANNED)}\b
        |\b{_any(_INTENDS)}\s+(?:(?:to|for)\b{_AFTER}|(?:a|an|the|more|new|further|another)\b)
        |\b{_any(_ASKS)}\s+[^.,;]{{1,40}}?\bto\b{_AFTER}
        |{_NO_NOUN}\b{_any(_PLANS)}\b
        |\b(?:{_any(_AHEAD_WORDS)}|(?:postponed|extended|delayed)\s+(?:until|till|to)|by\s+the\s+end|as\s+(?:soon|early)\s+as)\b
        |\bto\s+(?:be\s+)?(?!(?:the|a|an|this|that|his|her|its|their|our)\b)(?-i:[a-z]{{2,}})\b(?<!ing)(?<!s)"""
_MARKER = re.compile(
    rf"(?P<realised>\b{_any(_REALISED)}\s+to\s+(?:be\s+)?[a-z]+)|(?P<future>{_FUTURE})"
    rf"|(?P<past>\b{_any(_IRREGULAR)}\b|\b(?!{_any(_NO_VERB)}\b)(?-i:[a-z]{{2,}}ed)\b)",
    re.VERBOSE | re.IGNORECASE,
)
# A marker begins with one of these or with a word in -ed; elsewhere the pattern need not be tried
_STARTS = frozenset(
    (*_PLANS, *_INTENDS, *_REALISED, *_IRREGULAR, *_MODAL, *_BEING, *_AHEAD_WORDS, "by", "as", "to", "'ll", "’ll")
)
_WORD = re.compile(r"[^\W\d_]+|['’]ll\b")
_ABILITY = frozenset(("could", "can"))
_PURPOSE = frozenset(("to",))  # "opened fire to disperse the crowd on Monday"
_MODALS = _ABILITY | {"would", "may", "might"}
_REACH = 240  # code points to either side: a longer way hardly ever leads to the verb the date belongs to


def direction(
    text: str, sentence: tuple[int, int], begin: int, end: int, *, unsure: frozenset[str] = frozenset()
) -> int:
    """PAST, FUTURE or UNKNOWN for an expression at [begin, end) of `sentence`: the nearest marker before it, else after it.

    A marker that begins with a word of `unsure` is told in the past all the same: "could not be found Monday".
    """
    before = deque(_markers(text, max(sentence[0], begin - _REACH), begin), maxlen=1)
    nearest = before[0] if before else next(_markers(text, end, min(sentence[1], end + _REACH)), None)
    if nearest is None:
        return UNKNOWN
    first, *rest = nearest.group().lower().split()
    sure = first not in unsure or (first == "to" and rest[:1] == ["be"])
    return FUTURE if nearest["future"] and sure else PAST


def _markers(text: str, begin: int, end: int) -> Iterator[re.Match[str]]:
    done = begin
    for word in _WORD.finditer(text, begin, end):
        if word.start() < done or not ((lower := word.group().lower()) in _STARTS or lower.endswith("ed")):
            continue
        marker = _MARKER.match(text, word.start(), end)
        if marker:
            yield marker
            done = marker.end()


def of_weekday(text: str, sentence: tuple[int, int], begin: int, end: int) -> int:
    """The direction of a bare weekday, which is the past unless the future is plain; "Monday's ruling" has mostly been."""
    owns = text[end : end + 2] in ("'s", "’s")
    if not owns and _TERM.search(text, max(sentence[0], begin - 40), begin):
        return FUTURE
    return direction(text, sentence, begin, end, unsure=(_MODALS if owns else _ABILITY) | _PURPOSE)


_TERM = re.compile(
    r"\b(?:(?:postponed|extended|delayed|adjourned|suspended|deadline|given?|gave|has|have|wait|open|valid)\b[^.;]{0,30}\b(?:until|till)"
    r"|as\s+(?:soon|early)\s+as|starting|beginning|from)\s+$",
    re.IGNORECASE,
)
_SINCE = re.compile(
    r"\bsince\s+(?:the\s+)?(?:(?:end|middle|start|beginning)\s+of\s+)?(?:early|mid|late)?[\s-]*$", re.IGNORECASE
)


def looks_since(text: str, begin: int) -> bool:
    """Whether "since" stands before an expression: it has passed."""
    return _SINCE.search(text, max(0, begin - 30), begin) is not None


_AHEAD = re.compile(
    r"\b(?:by|until|till|through|for|before|beyond|after)\s+(?:the\s+)?(?:(?:end|middle|start|beginning)\s+of\s+)?$",
    re.IGNORECASE,
)


def leans_ahead(text: str, begin: int) -> bool:
    """Whether the word before an expression points beyond it: a deadline or term need not have passed."""
    return _AHEAD.search(text, max(0, begin - 30), begin) is not None

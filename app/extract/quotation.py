"""Where a text quotes; and what is said inside a quotation counts from the day on which it was said.

Quotation marks are paired within a paragraph; an open one runs to the paragraph's end.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from app.core.calendar import DateSpan
from app.core.model import Timex
from app.extract.layout import Block
from app.extract.placed import Placed
from app.extract.reading import Context
from app.extract.resolve import Resolver

_MARKS = re.compile(r"[\"“”]|``|''")
_SPEECH = re.compile(
    r"\b(?:said|says|told|wrote|writes|announced|declared|stated|warned|added|noted|asked|tweeted|posted|replied|insisted|argued"
    r"|remarked|explained|stressed|commented|proclaimed|promised|quoted)\b"
)
_BESIDE = 300  # code points to either side of a quotation in which its verb of saying is looked for
_COUNTED = frozenset((
    "deictic", "two-days", "partday", "weekday", "weekday-after-next", "weekend", "unit", "within-unit", "ago", "ago-today",
    "from-now", "clock", "day", "part-of-date", "month", "week-of", "week-of-month", "nth-weekday", "season", "turn-of-year",
    "feast",
))  # fmt: skip


def quotations(text: str, blocks: Sequence[Block]) -> list[tuple[int, int]]:
    """The stretches inside quotation marks, marks included (code points, half open)."""
    spans = []
    for block in blocks:
        opened: int | None = None
        for match in _MARKS.finditer(text, block.begin, block.end):
            if opened is None:
                if match.group() not in ("”", "''"):
                    opened = match.start()
            elif match.group() != "“":
                spans.append((opened, match.end()))
                opened = None
        if opened is not None:
            spans.append((opened, block.end))
    return spans


def as_said(
    text: str,
    placed: Sequence[Placed],
    results: list[Timex],
    directions: Sequence[int],
    *,
    base: Context,
    resolver: Resolver,
) -> list[Timex]:
    """The results; what stands in a quotation is read again from the day on which it was said, where the text tells that.

    `directions` are those of the expressions; `base` is what each is read against at the beginning of the text.
    """
    blocks = {item.block.begin: item.block for item in placed if item.found.means in _COUNTED}
    quoted = quotations(text, list(blocks.values()))
    if not quoted:
        return results
    begins = [begin for begin, _ in quoted]
    for number, item in enumerate(placed):
        at = bisect_right(begins, item.found.begin) - 1
        if at < 0 or item.found.begin >= quoted[at][1] or item.found.means not in _COUNTED:
            continue
        said = _said(text, placed, results, number, quoted[at])
        if said is None or "year" in item.found.fields:
            continue
        context = replace(base, said=said, direction=directions[number])
        results[number] = resolver.resolve(item.found, text, context)
    return results


def _said(
    text: str, placed: Sequence[Placed], results: Sequence[Timex], number: int, quote: tuple[int, int]
) -> DateSpan | None:
    """The one day told in the same sentence, outside the quotation, beside a verb of saying."""
    sentence = placed[number].sentence
    outside = (
        (max(sentence[0], quote[0] - _BESIDE), quote[0]),
        (quote[1], min(sentence[1], quote[1] + _BESIDE)),
    )
    days = {
        timex.span
        for timex in results[max(0, number - 6) : number + 7]
        if timex.span and timex.span.days == 1 and any(begin <= timex.begin < end for begin, end in outside)
    }
    spoken = any(begin < end and _SPEECH.search(text, begin, end) for begin, end in outside)
    return days.pop() if len(days) == 1 and spoken else None

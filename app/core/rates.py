"""How often something may be done: `600/minute`."""

import re
from dataclasses import dataclass

UNITS = {"second": 1, "minute": 60, "hour": 3600, "day": 86_400}
ACCEPTED = f"a whole number from 1, a slash and {', '.join(list(UNITS)[:-1])} or {list(UNITS)[-1]}, such as 600/minute"
_RATE = re.compile(rf"([1-9]\d{{0,8}})\s*/\s*({'|'.join(UNITS)})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Rate:
    """So many times within so many seconds."""

    times: int
    seconds: int


def parse(text: str) -> Rate:
    """The rate that a text names; raises ValueError for anything else.

    >>> parse("600/minute")
    Rate(times=600, seconds=60)
    """
    found = _RATE.fullmatch(text.strip().lower())
    if found is None:
        raise ValueError(f"{text!r} is no rate: use {ACCEPTED}")
    return Rate(int(found[1]), UNITS[found[2]])

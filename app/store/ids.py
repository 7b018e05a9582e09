"""Ids of articles and events: short, stable, and the same on every machine that reads the same news."""

from collections.abc import Callable
from hashlib import blake2s
from typing import Literal


def mint(prefix: Literal["a", "e"], key: str, taken: Callable[[str], bool]) -> str:
    """The prefix with 12 hex digits of the key's blake2s; where that id is taken, of the key with a rising count.

    >>> mint("a", "seeds/one.txt", lambda id: False)
    'a73608e6ed321'
    """
    salt = 0
    while taken(minted := prefix + _digest(key, salt)):
        salt += 1
    return minted


def _digest(key: str, salt: int) -> str:
    salted = f"{key}\x00{salt}" if salt else key
    return blake2s(salted.encode()).hexdigest()[:12]

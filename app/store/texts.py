"""Which texts a database can hold, and how names are compared."""

import re
import unicodedata

from anyascii import anyascii

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def storable(text: str) -> bool:
    """Whether both databases can hold the text: PostgreSQL holds no NUL, and no UTF-8 an unpaired surrogate."""
    return _UNSTORABLE.search(text) is None


def fold(name: str) -> str:
    """A name as it is compared: without case, accents and surplus spaces.

    >>> fold("  Côte  d'Ivoire ")
    "cote d'ivoire"
    """
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return " ".join("".join(char for char in decomposed if not unicodedata.combining(char)).split())


def plain(name: str) -> str:
    """A name as actors are searched by it: folded, and in Latin letters without marks of any sort.

    >>> plain("Wałęsa"), plain("Лавров")
    ('walesa', 'lavrov')
    """
    return anyascii(fold(name)).lower()


def like(part: str) -> str:
    """The LIKE pattern (escape character: backslash) that finds a folded name holding `part`."""
    return f"%{_escaped(part)}%"


def beginning(part: str) -> str:
    """The LIKE pattern that finds a folded name that begins with `part`."""
    return f"{_escaped(part)}%"


def wording(part: str) -> str:
    """The LIKE pattern that finds a folded name with a word, not the first, that begins with `part`."""
    return f"% {_escaped(part)}%"


def ending(words: str) -> str:
    """The LIKE pattern that finds a folded name of several words whose last are `words`."""
    return f"% {_escaped(words)}"


def _escaped(part: str) -> str:
    return re.sub(r"([\\%_])", r"\\\1", part)

"""What a token lets its holder do."""

from typing import Literal, get_args

Scope = Literal["read", "ingest", "curate"]
SCOPES: tuple[Scope, ...] = get_args(Scope)


def grants(given: tuple[Scope, ...], wanted: Scope) -> bool:
    """Whether one of these scopes lets its holder do what `wanted` names: each of them lets read.

    >>> grants(("curate",), "read"), grants(("curate",), "ingest"), grants((), "read")
    (True, False, False)
    """
    return wanted in given or (wanted == "read" and bool(given))

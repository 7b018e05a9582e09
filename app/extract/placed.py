"""A date expression in its place: what the steps after the finder hand to each other."""

from dataclasses import dataclass

from app.extract.layout import Block
from app.extract.timex import Found


@dataclass(frozen=True, slots=True)
class Placed:
    """A found expression with its block and its sentence (code points, half open)."""

    found: Found
    block: Block
    sentence: tuple[int, int]

"""Plain text, with TOML front matter between two `+++` lines or without."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from app.core.model import Article
from app.errors import DateError, Empty, Malformed, SourceError
from app.sources import keys, raw, stated

KEYS = ("outlet", "title", "address", "date", "author", "language")
ALIASES = {"url": "address"}

_FENCE = re.compile(r"^\+\+\+[ \t]*(?:\r\n|\r|\n|\Z)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What a text says of itself; author and language are checked, and not used yet."""

    outlet: str | None = None
    title: str | None = None
    address: str | None = None
    date: stated.Stated = stated.Stated()


def read(path: Path, *, base: Path) -> Iterator[Article | SourceError]:
    """The one article in the file, or the one reason why there is none."""
    name = keys.of_path(path, base=base)
    try:
        yield article(raw.decode(raw.read_bytes(base / path, name=name), name=name), name=name)
    except SourceError as error:
        yield error


def article(text: str, *, name: str) -> Article:
    """The article that a decoded text holds. Its `text` is what follows the front matter, as given.

    Raises Malformed for front matter that breaks a rule, Empty where nothing follows it.
    """
    matter, body = split(text, name=name)
    front = front_matter(matter, name=name) if matter is not None else FrontMatter()
    if not body.strip():
        raise Empty(name, "holds no text after its front matter")
    return Article(
        key=front.address or name,
        text=body,
        outlet=front.outlet,
        title=front.title,
        address=front.address,
        stated_date=front.date.span,
        stated_month_day=front.date.month_day,
    )


def split(text: str, *, name: str) -> tuple[str | None, str]:
    """The TOML between the fences (None without a fence on the first line), and the text after them."""
    opening = _FENCE.match(text)
    if not opening:
        return None, text
    closing = _FENCE.search(text, opening.end())
    if not closing:
        raise Malformed(name, "front matter opens with '+++' and never closes: close it with a line '+++'")
    return text[opening.end() : closing.start()], text[closing.end() :]


def front_matter(matter: str, *, name: str) -> FrontMatter:
    """The values between the fences. Raises Malformed naming key, value and what is accepted."""
    try:
        given = tomllib.loads(matter.replace("\r\n", "\n").replace("\r", "\n"))
    except tomllib.TOMLDecodeError as error:
        raise Malformed(name, f"front matter is not TOML: {error}") from error
    values = _known(given, name=name)
    return FrontMatter(
        outlet=_text(values, "outlet", name=name),
        title=_text(values, "title", name=name),
        address=_address(values, name=name),
        date=_date(values, name=name),
    )


def _known(given: Mapping[str, object], *, name: str) -> Mapping[str, object]:
    values: dict[str, object] = {}
    for key, value in given.items():
        known = ALIASES.get(key, key)
        if known not in KEYS:
            accepted = ", ".join((*KEYS, *ALIASES))
            raise Malformed(name, f"front matter key {key!r} (value {value!r}) is not known: accepted are {accepted}")
        if known in values:
            raise Malformed(name, f"front matter has {known!r} twice, once as {key!r} (value {value!r}): give one")
        values[known] = value
    for key in ("author", "language"):
        _text(values, key, name=name)
    return values


def _text(values: Mapping[str, object], key: str, *, name: str) -> str | None:
    value = values.get(key)
    if value is None:
        return None
    if not isinstance(value, str) or not value.strip():
        raise Malformed(name, f"front matter {key} = {value!r}: accepted is a text in quotes that is not empty")
    return value.strip()


def _address(values: Mapping[str, object], *, name: str) -> str | None:
    value = _text(values, "address", name=name)
    return None if value is None else keys.required_address(value, name=name, what="front matter address =")


def _date(values: Mapping[str, object], *, name: str) -> stated.Stated:
    value = values.get("date")
    if value is None:
        return stated.Stated()
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):  # TOML has days of its own: date = 2022-01-28, without quotes
        value = value.isoformat()
    try:
        return stated.read(value if isinstance(value, str) else repr(value))
    except DateError as error:
        raise Malformed(name, f"front matter date = {value!r}: {stated.ACCEPTED}") from error

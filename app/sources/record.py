"""One article as the fields of a record, as JSON Lines files and requests to the API give it.

`id` or `url` tells it apart, `text` or `html` holds it; `date`, `outlet` and `title` are what is known of it besides.
"""

from dataclasses import dataclass, replace

from app.core.model import Article
from app.errors import DateError, Empty, Malformed, NotText
from app.sources import keys, stated
from app.sources.stated import Stated

FIELDS = ("id", "text", "html", "date", "url", "outlet", "title")
ALIASES = {"address": "url"}

_SURROGATES = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
Values = dict[str, object]


@dataclass(frozen=True, slots=True)
class Draft:
    """A record whose fields are checked, and whose page (`html`) is not read yet. `id` is what it calls itself."""

    key: str
    id: str | int | None
    text: str | None
    html: str | None
    address: str | None = None
    outlet: str | None = None
    title: str | None = None
    date: Stated = Stated()

    @property
    def names(self) -> frozenset[str]:
        """What tells it apart from other records beside it; nothing for one that only its page can name."""
        by_id = {f"#{self.id}"} if self.id is not None else set()
        return frozenset({self.address, *by_id} if self.address else by_id)


def known(values: Values, *, where: str) -> Values:
    """The record with each field under its own name; raises Malformed for a field that there is not, or that comes twice."""
    found: Values = {}
    for name, value in values.items():
        field = ALIASES.get(name, name)
        if field not in FIELDS:
            raise Malformed(where, f'"{clean(name)}" is no field of an article: accepted are {", ".join(FIELDS)}')
        if field in found:
            raise Malformed(where, f'"{field}" comes twice, once as "{name}": give one')
        found[field] = value
    return found


def identity(values: Values, *, where: str) -> str | int | None:
    """What the record calls itself; raises Malformed for what is neither text nor a whole number."""
    value = values.get("id")
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    if not isinstance(value, str):
        raise Malformed(where, f'"id" is a {kind(value)}: accepted is a text or a whole number')
    return value


def draft(values: Values, *, name: str, where: str) -> Draft:
    """The record, checked field by field; fields that are not known are passed over. Its key is its address, else `name#id`.

    Raises Malformed, Empty and NotText, which name the field, its value and what is accepted.
    """
    id_ = identity(values, where=where)
    text, html = _content(values, where=where)
    date, address = _date(values, where=where), _address(values, where=where)
    record_key = f"{name}#{clean(str(id_))}" if id_ is not None else where
    return Draft(
        key=address or record_key,
        id=id_,
        text=text,
        html=html,
        address=address,
        outlet=_optional(values, "outlet", where=where),
        title=_optional(values, "title", where=where),
        date=date,
    )


def article(draft: Draft, *, where: str) -> Article:
    """The article that the record holds; what it says itself counts over what its page says. Raises Empty and Malformed."""
    if draft.text is not None:
        found = Article(draft.key, draft.text)
    else:
        from app.sources import html  # takes half a second to load

        found = html.article(draft.html or "", name=where)
    address = draft.address or found.address
    dated = draft.date if draft.date != Stated() else Stated(found.stated_date, found.stated_month_day)
    return replace(
        found,
        key=address or draft.key,
        address=address,
        outlet=draft.outlet or found.outlet,
        title=draft.title or found.title,
        stated_date=dated.span,
        stated_month_day=dated.month_day,
    )


def required_name(draft: Draft, article: Article, *, where: str) -> None:
    """Raises Malformed for an article that neither its record nor its page tells apart."""
    if draft.id is None and article.address is None:
        raise Malformed(where, 'has neither "id" nor "url": one of them must tell its records apart')


def _content(values: Values, *, where: str) -> tuple[str | None, str | None]:
    if values.get("html") is None:
        return _text(values, "text", where=where), None
    if values.get("text") is not None:
        raise Malformed(where, 'has both "text" and "html": give one of them')
    return None, _text(values, "html", where=where)


def _text(values: Values, key: str, *, where: str) -> str:
    text = values.get(key)
    if not isinstance(text, str):
        found = f"is a {kind(text)}" if key in values else "is missing"
        raise Malformed(where, f'"{key}" {found}: accepted is a text')
    if "\0" in text:
        raise NotText(where, f'"{key}" has a NUL character at offset {text.index(chr(0))}')
    if not text.strip():
        raise Empty(where, f'"{key}" holds nothing but white space')
    return clean(text)


def _optional(values: Values, key: str, *, where: str) -> str | None:
    value = values.get(key)
    if value is None:
        return None
    if not isinstance(value, str) or "\0" in value:
        raise Malformed(where, f'"{key}" is {value!r}: accepted is a text')
    return clean(value).strip() or None


def _address(values: Values, *, where: str) -> str | None:
    value = _optional(values, "url", where=where)
    return None if value is None else keys.required_address(value, name=where, what='"url" is')


def _date(values: Values, *, where: str) -> Stated:
    value = values.get("date")
    if value is None:
        return Stated()
    try:
        return stated.read(value if isinstance(value, str) else repr(value))
    except DateError as error:
        raise Malformed(where, f'"date" is {value!r}: {stated.ACCEPTED}') from error


def kind(value: object) -> str:
    """What JSON calls a value's sort, in words."""
    names = {str: "text", bool: "truth value", int: "number", float: "number", list: "list", dict: "object"}
    return names.get(type(value), "null")


def clean(text: str) -> str:
    """JSON can spell halves of a surrogate pair, which no encoding can store: U+FFFD for each, so that offsets stay."""
    return text.translate(_SURROGATES)

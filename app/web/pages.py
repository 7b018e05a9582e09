"""Pages as HTML: the templates, the words they use, and the headers they go out with. Every value is escaped."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app.errors import DateError
from app.formats import words
from app.web import files, security

_TEMPLATES = Path(__file__).parent / "templates"
_DAY = re.compile(r"\b\d{4}-\d\d-\d\d\b(?!/)")


def answer(
    request: Request,
    template: str,
    *,
    root: str = "",
    status: int = 200,
    frame_ancestors: Sequence[str] = (),
    **shown: Any,
) -> Response:
    """The page. `root` leads from its address to that of the explorer, such as `../`; its script has the template's name."""
    known = files.load()
    modules = known.modules(template.replace(".html", ".js"))
    body = _environment().get_template(template).render(root=root, files=known, modules=modules, **shown)
    return HTMLResponse(body, status, headers=security.headers(frame_ancestors))


@cache
def _environment() -> Environment:
    environment = Environment(
        autoescape=True,
        loader=FileSystemLoader(_TEMPLATES),
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.filters.update(
        when=words.when,
        certainty=words.certainty,
        status=words.status,
        source_name=words.source_name,
        web_address=words.web_address,
        query=query,
        actor_page=actor_page,
        in_words=_in_words,
    )
    return environment


def _in_words(text: str) -> str:
    """The text with its days as people write them.

    >>> _in_words("told in the past → 2022-01-26")
    'told in the past → January 26, 2022'
    """
    return _DAY.sub(_day, text)


def _day(found: re.Match[str]) -> str:
    try:
        return words.when(found[0])
    except DateError:
        return found[0]


def query(pairs: Sequence[tuple[str, str]], changes: Mapping[str, str | None]) -> str:
    """The query of an address, with other values for some parameters, or none.

    >>> query([("actor", "RUS"), ("cursor", "x")], {"cursor": None, "event": "e1"})
    '?actor=RUS&event=e1'
    """
    kept = [(name, value) for name, value in pairs if name not in changes]
    kept += [(name, value) for name, value in changes.items() if value is not None]
    return f"?{urlencode(kept, safe='/:,')}" if kept else "?"


def actor_page(id: str) -> str:
    """The address of an actor's page, below the root.

    >>> actor_page("a/b c")
    'actors/a%2Fb%20c'
    """
    return f"actors/{quote(id, safe=':')}"

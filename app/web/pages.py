"""Pages as HTML: the templates, the words they use, and the headers they go out with. Every value is escaped."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app.formats import words
from app.web import files, security

_TEMPLATES = Path(__file__).parent / "templates"


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
    )
    return environment


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

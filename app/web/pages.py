"""Pages as HTML: the templates, the words they use, and the headers they go out with. Every value is escaped."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

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
    """The page. `root` leads from its address to that of the explorer, such as `../`."""
    known = files.load()
    body = _environment().get_template(template).render(root=root, files=known, modules=known.modules, **shown)
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
        query=_query,
    )
    return environment


def _query(pairs: Sequence[tuple[str, str]], changes: Mapping[str, str | None]) -> str:
    """The query of an address, with other values for some parameters, or none.

    >>> _query([("actor", "RUS"), ("cursor", "x")], {"cursor": None, "event": "e1"})
    '?actor=RUS&event=e1'
    """
    kept = [(name, value) for name, value in pairs if name not in changes]
    kept += [(name, value) for name, value in changes.items() if value is not None]
    return f"?{urlencode(kept, safe='/:,')}" if kept else "?"

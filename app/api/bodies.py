"""What requests bring in their bodies: read up to a limit, as JSON."""

import json
from typing import Any

from fastapi import Request

from app.api.problems import InvalidBody, TooLargeBody

_LINES = frozenset(("application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonlines"))


async def content(request: Request, limit: int) -> bytes:
    """The bytes of the body, kept in the request's state too; raises TooLargeBody before more than the limit is held."""
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and int(declared) > limit:
        raise TooLargeBody(limit)
    found = bytearray()
    async for chunk in request.stream():
        found += chunk
        if len(found) > limit:
            raise TooLargeBody(limit)
    request.state.content = bytes(found)
    return bytes(found)


def parsed(content: bytes, example: str) -> dict[str, Any]:
    """The JSON object; raises InvalidBody, which shows the example."""
    try:
        found = json.loads(content, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise InvalidBody("no JSON", example) from error
    if not isinstance(found, dict):
        raise InvalidBody("no JSON object", example)
    return found


def has_lines(request: Request) -> bool:
    """Whether the body is said to be JSON lines; everything else is tried as JSON, whatever it is called."""
    media_type = request.headers.get("content-type", "").partition(";")[0]
    return media_type.strip().lower() in _LINES


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is no JSON number")

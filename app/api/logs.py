"""Logs: one line a record on standard error, as text or as JSON, each with the id of the request that it belongs to.

A request's own line is logged by `app.api.operations`, with its facts in `record.request`.
"""

import asyncio
import json
import logging
import re
import sys
from contextlib import nullcontext
from contextvars import ContextVar
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Literal, TextIO
from urllib.parse import quote

LogFormat = Literal["json", "text"]
REQUEST_ID: ContextVar[str] = ContextVar("request_id", default="")
_TALKATIVE = {
    "alembic": logging.WARNING,
    "asyncio": logging.ERROR,
}  # a line for each look, and for each client that left
_ONE_LINE = str.maketrans({"\n": "\\n", "\r": "\\r"})  # a path may bring either
_IN_QUERIES = "%=&+*/:,;?@!$'()~[]|"
_SECRET = re.compile(
    r"(dmr_)[A-Za-z0-9_-]+|((?:^|&)[^=&]*(?:token|secret|password|auth|key)[^=&]*=)[^&]+", re.IGNORECASE
)


def configure(level: str, form: LogFormat, stream: TextIO | None = None) -> None:
    """Sends every logger's records to standard error, once; the server's own loggers must not have handlers of theirs."""
    handler = Together(stream or sys.stderr)
    handler.setFormatter(Json() if form == "json" else Text())
    root = logging.getLogger()
    for old in root.handlers[:]:
        root.removeHandler(old)
    root.addHandler(handler)
    # no line tells these, and each record would ask the system for them (see "Optimization" in the manual of logging)
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
    root.setLevel(level)
    for name, least in _TALKATIVE.items():
        logging.getLogger(name).setLevel(logging.NOTSET if level == "DEBUG" else least)


class Together(logging.StreamHandler[TextIO]):
    """Writes the lines of requests that are answered together in one go: each write asks the system.

    A line waits until the event loop has run what waits by now; errors, and whatever is told outside the loop, go out at once.
    """

    def __init__(self, stream: TextIO) -> None:
        super().__init__(stream)
        self._lines: list[str] = []
        self._due: asyncio.AbstractEventLoop | None = None  # which will write them

    def emit(self, record: logging.LogRecord) -> None:
        """Takes one record; called under the handler's lock."""
        try:
            self._lines.append(self.format(record) + self.terminator)
            if record.levelno >= logging.ERROR or not self._waits(record):
                self.flush()
        except Exception:
            self.handleError(record)

    def flush(self) -> None:
        """Writes what waits."""
        with self.lock or nullcontext():
            self._due = None
            if self._lines:
                lines, self._lines = self._lines, []
                self.stream.write("".join(lines))
            super().flush()

    def _write(self, record: logging.LogRecord) -> None:
        try:
            self.flush()
        except Exception:
            self.handleError(record)

    def _waits(self, record: logging.LogRecord) -> bool:
        """Whether the event loop of this thread writes them soon; False where none runs."""
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            return False
        if self._due is not loop:
            self._due = loop
            loop.call_soon(self._write, record)
        return True


def without_secrets(query: str) -> str:
    """A query string whose parameters of telling names, and whose tokens, have *** for a value.

    >>> without_secrets("actor=RUS&access_token=x&q=dmr_abc")
    'actor=RUS&access_token=***&q=dmr_***'
    """
    return _SECRET.sub(lambda found: f"{found[1] or found[2]}***", query) if query else query


class Json(logging.Formatter):
    """A line of JSON: time, level, logger, request_id where there is one, then the request's facts or the message."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {"time": _time(record), "level": record.levelname, "logger": record.name}
        if request_id := REQUEST_ID.get():
            line["request_id"] = request_id
        facts: dict[str, Any] | None = getattr(record, "request", None)
        if facts is not None:
            line.update(facts)
        else:
            line["message"] = record.getMessage()
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line)


class Text(logging.Formatter):
    """A line for people; a traceback follows on lines of its own."""

    def format(self, record: logging.LogRecord) -> str:
        facts: dict[str, Any] | None = getattr(record, "request", None)
        message = record.getMessage() if facts is None else _told(facts)
        request_id = REQUEST_ID.get()
        line = f"{_time(record)} {record.levelname:7} {message.translate(_ONE_LINE)}"
        line = f"{line} [{request_id}]" if request_id else line
        return f"{line}\n{self.formatException(record.exc_info)}" if record.exc_info else line


def _told(facts: dict[str, Any]) -> str:
    address = quote(facts["path"]) + (f"?{quote(facts['query'], safe=_IN_QUERIES)}" if facts["query"] else "")
    ended = "" if facts["ended"] == "whole" else f", {facts['ended']}"
    holder = f" ({facts['token']})" if facts["token"] else ""
    took = f"{facts['duration_ms']:.1f} ms, {facts['bytes']} bytes"
    return f"{facts['client'] or '-'}{holder} {facts['method']} {address} {facts['status']}, {took}{ended}"


def _time(record: logging.LogRecord) -> str:
    second, fraction = divmod(record.created, 1)
    return f"{_second(int(second))}.{int(fraction * 1000):03}Z"


@lru_cache(maxsize=2)
def _second(moment: int) -> str:
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M:%S")

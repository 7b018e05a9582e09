"""Which file is read by which module: a new sort of source is one module and one line here."""

from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from app.core.model import Article
from app.errors import Malformed, SourceError
from app.sources import keys


class Reader(Protocol):
    """Yields the articles of one file, and a SourceError for each record that cannot become one."""

    def __call__(self, path: Path, *, base: Path) -> Iterator[Article | SourceError]: ...


MODULES: Mapping[str, str] = {
    ".txt": "app.sources.text",
    ".html": "app.sources.html",
    ".htm": "app.sources.html",
    ".jsonl": "app.sources.jsonl",
}
"""By suffix in lower case; loaded when first needed, since the HTML reader takes half a second."""


def accepts(path: Path) -> bool:
    """Whether the file's suffix is one that a reader is registered for."""
    return path.suffix.lower() in MODULES


def read(path: Path, *, base: Path) -> Iterator[Article | SourceError]:
    """The articles of one file, lazily; paths in keys are relative to `base`."""
    if not accepts(path):
        yield not_accepted(path, base=base)
        return
    module = import_module(MODULES[path.suffix.lower()])
    yield from cast(Reader, module.read)(path, base=base)


def not_accepted(path: Path, *, base: Path) -> SourceError:
    """The error for a file that no reader takes."""
    return Malformed(keys.of_path(path, base=base), f"is not a file that is read: accepted are {', '.join(MODULES)}")

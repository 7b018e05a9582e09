"""The files of the explorer's pages, read once. Their address changes with them, so that browsers may keep them for ever."""

import gzip
import re
from dataclasses import dataclass
from functools import cache
from hashlib import blake2s
from pathlib import Path
from types import MappingProxyType

FOLDER = Path(__file__).parent / "static"
_IMPORTED = re.compile(r"""^(?:import|export)\b[^"';]*["']\./([\w-]+\.js)["']""", re.MULTILINE)
_TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml"}


@dataclass(frozen=True, slots=True)
class File:
    """A file as it goes out: its media type, strong tags and bytes, plain and zipped."""

    media_type: str
    tag: str
    body: bytes
    zipped_tag: str
    zipped: bytes


@dataclass(frozen=True, slots=True)
class Files:
    """All files by name, and a digest of them all, which their address has."""

    by_name: MappingProxyType[str, File]
    digest: str

    def modules(self, entry: str) -> tuple[str, ...]:
        """The names of the scripts that `entry` needs, itself first; nothing where there is no such script."""
        found: dict[str, None] = {}
        waiting = [entry] if entry in self.by_name else []
        while waiting:
            name = waiting.pop(0)
            if name not in found:
                found[name] = None
                waiting += _IMPORTED.findall(self.by_name[name].body.decode())
        return tuple(found)


@cache
def load() -> Files:
    """The files of the folder `static`."""
    found = {path.name: _file(path) for path in sorted(FOLDER.iterdir()) if path.suffix in _TYPES}
    whole = blake2s("".join(f"{name} {file.tag}\n" for name, file in found.items()).encode(), digest_size=6)
    return Files(MappingProxyType(found), whole.hexdigest())


def _file(path: Path) -> File:
    body = path.read_bytes()
    digest = blake2s(body, digest_size=12).hexdigest()
    zipped = gzip.compress(body, 9, mtime=0)
    return File(_TYPES[path.suffix], f'"{digest}-plain"', body, f'"{digest}-gzip"', zipped)

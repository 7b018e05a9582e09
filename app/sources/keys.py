"""What an article is known by: its canonical address, or its path."""

import re
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from app.errors import Malformed

_CAMPAIGN = re.compile(r"utm_\w+|fbclid|gclid|mc_[ce]id", re.IGNORECASE)
_DEFAULT_PORTS = {"http": 80, "https": 443}


def of_path(path: Path, *, base: Path) -> str:
    """The path as POSIX text, relative to `base` (an absolute folder) when inside it.

    File names that are no valid text keep their odd bytes as escapes, so that a key can always be stored.

    >>> of_path(Path("seeds/../seeds/a.txt"), base=Path("/home/me"))
    'seeds/a.txt'
    """
    whole = base / path
    if ".." in path.parts or not whole.is_relative_to(base):
        whole = whole.resolve()
    shown = whole.relative_to(base) if whole.is_relative_to(base) else whole
    return shown.as_posix().encode("utf-8", "backslashreplace").decode()


def of_address(address: str) -> str | None:
    """The canonical form of a web address; None where it is none.

    Scheme and host in lower case, no default port, no fragment, no campaign parameters.

    >>> of_address("HTTPS://News.example/a?id=7&utm_source=x#top")
    'https://news.example/a?id=7'
    """
    try:
        parts = urlsplit(address.strip())
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme not in _DEFAULT_PORTS or not host or re.search(r"\s", address.strip()):
        return None
    netloc = host if port in (None, _DEFAULT_PORTS[parts.scheme]) else f"{host}:{port}"
    fields = parse_qsl(parts.query, keep_blank_values=True)
    query = urlencode([(key, value) for key, value in fields if not _CAMPAIGN.fullmatch(key)])
    return urlunsplit((parts.scheme, netloc, parts.path or "/", query, ""))


def required_address(address: str, *, name: str, what: str) -> str:
    """The canonical form of an address that a source gives; raises Malformed, which says `what` it is, for anything else."""
    canonical = of_address(address)
    if canonical is None:
        raise Malformed(name, f"{what} {address!r}: accepted is a web address, https://...")
    return canonical

"""The bytes of a file as text: size, binary content and encoding are judged here for every sort of source."""

import codecs
from pathlib import Path

from app.errors import Empty, NotText, TooLarge, Unreadable, WrongEncoding

MAX_ARTICLE_BYTES = 10_000_000
"""Above this a file is a dump or a mistake; the longest articles stay far below a tenth of it."""

_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_bytes(path: Path, *, name: str, max_bytes: int = MAX_ARTICLE_BYTES) -> bytes:
    """All bytes of a regular file, refused by its size before a byte is read."""
    try:
        if not path.is_file():
            raise Unreadable(name, "is not a regular file" if path.exists() else "does not exist")
        size = path.stat().st_size
        if size > max_bytes:
            raise too_large(name, size=size, max_bytes=max_bytes)
        with path.open("rb") as stream:  # a file that grows while it is read must not get past the limit either
            data = stream.read(max_bytes + 1)
    except OSError as error:
        raise Unreadable(name, error.strerror or str(error)) from error
    if len(data) > max_bytes:
        raise too_large(name, size=len(data), max_bytes=max_bytes)
    return data


def too_large(name: str, *, size: int | None, max_bytes: int) -> TooLarge:
    """The error for more than `max_bytes` bytes; `size` is None where it was not counted to the end."""
    found = f"{size:,} bytes" if size is not None else "too long"
    return TooLarge(name, f"{found}: an article may have up to {max_bytes:,} bytes")


def decode(data: bytes, *, name: str, encoding: str = "utf-8") -> str:
    """The text, without a byte order mark; line ends and white space as given. Raises Empty, NotText, WrongEncoding."""
    if data.startswith(_UTF16_MARKS):
        if encoding == "utf-8":
            raise WrongEncoding(name, "is UTF-16 by its byte order mark: save it as UTF-8")
    elif b"\0" in data:
        raise NotText(name, f"binary content: a NUL byte at offset {data.index(0)}")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        reason = f"byte 0x{data[error.start]:02x} at offset {error.start} is not valid {encoding.upper()}"
        raise WrongEncoding(name, reason) from error
    text = text.removeprefix("\ufeff")
    if not text.strip():
        raise Empty(name, "is empty" if not data else "holds nothing but white space")
    return text

"""What a browser may do with the explorer's pages: run their own files, ask their own server, and nothing else."""

from collections.abc import Sequence

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'self'; frame-ancestors "
)


def headers(frame_ancestors: Sequence[str] = ()) -> dict[str, str]:
    """The headers of a page that pages of these origins may frame; `*` is all of them, none is nobody."""
    return {
        "Content-Security-Policy": _POLICY + (" ".join(frame_ancestors) or "'none'"),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-cache",
    }

"""Which methods a path takes: those of all routes that have it."""

from collections.abc import Callable, Iterable

from starlette.routing import compile_path


def allowed(routes: Iterable[tuple[str, str]]) -> Callable[[str], tuple[str, ...]]:
    """What finds the methods of a path among routes, each a path's template with a method; none for an unknown path.

    HEAD stands beside GET: `app.api.heads` makes it so.

    >>> find = allowed([("/v1/events", "GET"), ("/v1/events/{id}/edits", "POST"), ("/v1/events/{id}/edits", "GET")])
    >>> find("/v1/events/e1/edits"), find("/v1/events"), find("/v2")
    (('GET', 'HEAD', 'POST'), ('GET', 'HEAD'), ())
    """
    known = [(compile_path(template)[0], method) for template, method in routes]

    def find(path: str) -> tuple[str, ...]:
        found = {method for pattern, method in known if pattern.match(path)}
        return tuple(sorted(found | {"HEAD"} if "GET" in found else found))

    return find

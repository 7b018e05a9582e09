"""The files that are named, and those in the folders that are named."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from app.errors import SourceError, Unreadable
from app.sources import keys, registry


def files(paths: Iterable[Path], *, base: Path) -> Iterator[Path | SourceError]:
    """Every file to read, each once, folders in the order of their names; relative paths are under `base`.

    A named file that no reader takes, or that is missing, is an error in the stream. In folders such files are passed
    over, and so are hidden ones, README.md and linked folders (which may lead in a circle).
    """
    seen = set[Path]()
    for path in paths:
        for found in _under(path, base=base):
            if isinstance(found, SourceError):
                yield found
            elif (whole := (base / found).resolve()) not in seen:
                seen.add(whole)
                yield found


def _under(path: Path, *, base: Path) -> Iterator[Path | SourceError]:
    place = base / path
    try:
        if place.is_dir():
            yield from _in_folder(path, base=base)
        elif not place.exists():
            yield Unreadable(keys.of_path(path, base=base), "does not exist")
        elif not registry.accepts(path):
            yield registry.not_accepted(path, base=base)
        else:
            yield path
    except OSError as error:
        yield Unreadable(keys.of_path(path, base=base), error.strerror or str(error))


def _in_folder(folder: Path, *, base: Path) -> Iterator[Path | SourceError]:
    try:
        names = sorted(child.name for child in (base / folder).iterdir())
    except OSError as error:
        yield Unreadable(keys.of_path(folder, base=base), error.strerror or str(error))
        return
    for name in names:
        path, place = folder / name, base / folder / name
        if name.startswith(".") or name == "README.md":
            continue
        if place.is_dir():
            if not place.is_symlink():
                yield from _in_folder(path, base=base)
        elif registry.accepts(path) and place.is_file():
            yield path

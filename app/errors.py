"""Every error that Demarche raises on purpose. No HTTP in here: `app.api.problems` maps these to statuses.

DemarcheError
├── DateError           a value that is no date we accept
├── SearchError         a search that names nothing to be found
├── CursorError         a page cursor that this query did not hand out
├── NotFound            no event, actor or article of that id
├── Gone                an event that was removed
├── EditError           an edit that cannot be made as asked
├── AlreadyUndone       an edit that was undone before
├── Overtaken           what was to be changed was changed by somebody else meanwhile
├── SettingsError       a setting (environment variable) with an unusable value
├── LexiconError        a row of the lexicon's data that cannot be right
├── StoreError          the database cannot be reached, or is not migrated
└── SourceError         a file or record that cannot become an article
    ├── Unreadable      missing, or refused by the operating system
    ├── Empty           nothing in it but white space
    ├── TooLarge        more bytes than we read
    ├── NotText         binary content
    ├── WrongEncoding   bytes that are not valid in the declared encoding (UTF-8 unless it says otherwise)
    └── Malformed       text that breaks the rules of its format (front matter, JSON line)
"""

from typing import Any


class DemarcheError(Exception):
    """Base of the tree; its message is fit to be shown to the user. It keeps its fields on the way between processes."""

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuilt, (type(self), self.args, self.__dict__)


def _rebuilt(kind: type[DemarcheError], args: tuple[Any, ...], fields: dict[str, Any]) -> DemarcheError:
    error = kind.__new__(kind, *args)
    error.__dict__.update(fields)
    return error


class DateError(DemarcheError):
    """A value that is no date we accept; names the value and what would be accepted."""

    def __init__(self, value: str, accepted: str) -> None:
        super().__init__(f"{value!r} is not a date that can be used here: {accepted}")
        self.value = value
        self.accepted = accepted


class SearchError(DemarcheError):
    """A search that names nothing to be found."""

    def __init__(self, value: str, accepted: str) -> None:
        super().__init__(f"q={value!r} names nothing to be found: use {accepted}")
        self.value = value
        self.accepted = accepted


class CursorError(DemarcheError):
    """A page cursor that was not handed out for this query."""

    def __init__(self, value: str) -> None:
        super().__init__(
            f"cursor {value!r} was not handed out for this query: follow the `next` link of a page as it is"
        )
        self.value = value


class NotFound(DemarcheError):
    """No record of that kind has that id."""

    def __init__(self, kind: str, key: str) -> None:
        super().__init__(f"no {kind} has the id {key!r}")
        self.kind = kind
        self.key = key


class Gone(DemarcheError):
    """There was a record of that kind and id, and it was removed."""

    def __init__(self, kind: str, key: str) -> None:
        super().__init__(
            f"the {kind} {key!r} was removed: no article that is stored tells of it any more, or an editor has hidden it"
        )
        self.kind = kind
        self.key = key


class EditError(DemarcheError):
    """An edit that cannot be made as asked; names the field, its value and what would be accepted."""

    def __init__(self, field: str, value: str, accepted: str) -> None:
        super().__init__(f"{field}={value!r} cannot be used: {accepted}")
        self.field = field
        self.value = value
        self.accepted = accepted


class AlreadyUndone(DemarcheError):
    """An edit that was undone before."""

    def __init__(self, number: int) -> None:
        super().__init__(f"edit {number} was undone before")
        self.number = number


class Overtaken(DemarcheError):
    """What was to be changed was changed by somebody else meanwhile: look at it again, then try once more."""


class SettingsError(DemarcheError):
    """A setting whose value cannot be used; names the variable, the value and what would be accepted."""

    def __init__(self, name: str, value: str, accepted: str) -> None:
        super().__init__(f"{name}={value!r} cannot be used: {accepted}")
        self.name = name
        self.value = value


class LexiconError(DemarcheError):
    """A row of the lexicon that cannot be right; names file, row (1 is the first data row) and field."""

    def __init__(self, file: str, row: int | str, field: str, reason: str) -> None:
        super().__init__(f"{file}, row {row}, field {field!r}: {reason}")
        self.file = file
        self.row = row
        self.field = field


class StoreError(DemarcheError):
    """The database cannot be reached, or its tables are not those this version needs."""


class SourceError(DemarcheError):
    """A file or record that cannot become an article; `name` is the file, with `:line` where it has lines."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.name = name
        self.reason = reason


class Unreadable(SourceError):
    """Missing, or refused by the operating system."""


class Empty(SourceError):
    """Nothing in it but white space."""


class TooLarge(SourceError):
    """More bytes than we read."""


class NotText(SourceError):
    """Binary content."""


class WrongEncoding(SourceError):
    """Bytes that are not valid in the declared encoding."""


class Malformed(SourceError):
    """Text that breaks the rules of its own format."""

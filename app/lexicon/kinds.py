"""Kinds of act: which verbs and event nouns tell them, from kinds.toml."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from app.errors import LexiconError
from app.lexicon.tables import check_fields, read_toml

OTHER = "other"

_PARTS = (
    "light_verbs",
    "speech_verbs",
    "planning_verbs",
    "existence_verbs",
    "reversed_verbs",
)  # as the fields of KindTable
_FIELDS = {"id": str, "says": str, "verbs": list, "nouns": list}
_OPTIONAL = {"parent": str, "symmetric": bool, "phrase": str, "things": list}


@dataclass(frozen=True, slots=True)
class Kind:
    """A sort of act. `parent` is the kind it refines, None at the top; `symmetric` acts have participants only.

    `phrase` tells the act behind its actors' names, for several and for one of them: ("meet", "meets").
    """

    id: str
    says: str
    parent: str | None
    symmetric: bool
    phrase: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class KindTable:
    """Lemmas (several words joined by a space) to kinds, and the verbs that play a part of their own."""

    kinds: Mapping[str, Kind]
    verbs: Mapping[str, str]
    nouns: Mapping[str, str]
    things: Mapping[str, str]
    light: frozenset[str]
    speech: frozenset[str]
    planning: frozenset[str]
    existence: frozenset[str]
    reversed: frozenset[str]

    def noun_kind(self, *lemmas: str) -> str | None:
        """The kind of the first of these lemmas that names an act, an occasion or a thing; plurals count as their singular."""
        form = self.noun_form(*lemmas)
        return (self.nouns.get(form) or self.things[form]) if form else None

    def noun_form(self, *lemmas: str) -> str | None:
        """The form under which the first of these lemmas stands in the lexicon."""
        forms = (form for lemma in lemmas for form in (lemma, lemma.removesuffix("s")))
        return next((form for form in forms if form in self.nouns or form in self.things), None)

    def is_occasion(self, *lemmas: str) -> bool:
        """Whether one of these lemmas names an act or an occasion by itself."""
        return any(form in self.nouns for lemma in lemmas for form in (lemma, lemma.removesuffix("s")))

    def is_thing(self, *lemmas: str) -> bool:
        """Whether one of these lemmas names a text or another result of an act."""
        return any(form in self.things for lemma in lemmas for form in (lemma, lemma.removesuffix("s")))

    def symmetric(self, kind: str) -> bool:
        """Whether acts of that kind have participants instead of a source and a target."""
        return kind in self.kinds and self.kinds[kind].symmetric

    def family(self, kind: str) -> str:
        """The topmost parent of a kind."""
        parent = self.kinds[kind].parent if kind in self.kinds else None
        return parent or kind


def load_kinds(folder: Path) -> KindTable:
    """Reads and checks kinds.toml; raises LexiconError that names file, row and field."""
    path = folder / "kinds.toml"
    data = read_toml(path)
    check_fields(path.name, "-", data, required=dict.fromkeys((*_PARTS, "kind"), list))
    kinds: dict[str, Kind] = {}
    verbs: dict[str, str] = {}
    nouns: dict[str, str] = {}
    things: dict[str, str] = {}
    for number, row in enumerate(data["kind"], 1):
        check_fields(path.name, number, row, required=_FIELDS, optional=_OPTIONAL)
        if row["id"] in kinds:
            raise LexiconError(path.name, number, "id", f"{row['id']!r} stands twice")
        if row.get("parent") and row["parent"] not in kinds:
            raise LexiconError(path.name, number, "parent", f"{row['parent']!r} does not stand above it")
        kinds[row["id"]] = Kind(
            row["id"],
            row["says"],
            row.get("parent"),
            row.get("symmetric", False),
            _phrase(path.name, number, row.get("phrase")),
        )
        for lemma in row["verbs"]:
            verbs.setdefault(lemma, row["id"])  # the first kind that names a lemma is its first meaning
        for lemma in row["nouns"]:
            nouns.setdefault(lemma, row["id"])
        for lemma in row.get("things", ()):
            things.setdefault(lemma, row["id"])
    return KindTable(kinds, verbs, nouns, things, *(frozenset(data[name]) for name in _PARTS))


def _phrase(file: str, number: int, text: str | None) -> tuple[str, str] | None:
    """What "hold|holds talks" says of several and of one: ("hold talks", "holds talks")."""
    if text is None:
        return None
    many, bar, one = text.partition("|")
    if not bar:
        raise LexiconError(
            file, number, "phrase", f"{text!r} must tell the act of several and of one: hold|holds talks"
        )
    rest = one.partition(" ")
    return many + rest[1] + rest[2], one

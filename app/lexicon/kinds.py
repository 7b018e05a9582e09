"""Kinds of act: which verbs and event nouns tell them, from kinds.toml."""

from collections.abc import Iterator, Mapping
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
_TELLING = ("verbs", "nouns", "things")  # what a kind is told by
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

    def lineage(self, kind: str) -> tuple[str, ...]:
        """The kind, the kind that it refines, and so on to the top."""
        parent = self.kinds[kind].parent if kind in self.kinds else None
        return (kind, *self.lineage(parent)) if parent else (kind,)

    def family(self, kind: str) -> str:
        """The topmost parent of a kind."""
        return self.lineage(kind)[-1]


def load_kinds(folder: Path) -> KindTable:
    """Reads and checks kinds.toml; raises LexiconError that names file, row and field."""
    path = folder / "kinds.toml"
    data = read_toml(path)
    check_fields(path.name, "-", data, required={**dict.fromkeys((*_PARTS, "kind"), list), "classes": dict})
    check_fields(path.name, "classes", data["classes"], required={}, optional=dict.fromkeys(data["classes"], list))
    kinds: dict[str, Kind] = {}
    telling: dict[str, dict[str, str]] = {field: {} for field in _TELLING}
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
        for field, forms in telling.items():
            for lemma in row.get(field, ()):
                for form in _forms(path.name, number, field, lemma, data["classes"]):
                    other = forms.setdefault(form, row["id"])
                    if other != row["id"]:
                        raise LexiconError(path.name, number, field, f"{form!r} already tells {other!r}")
    return KindTable(
        kinds, telling["verbs"], telling["nouns"], telling["things"], *(frozenset(data[name]) for name in _PARTS)
    )


def _forms(file: str, number: int, field: str, lemma: str, classes: Mapping[str, list[str]]) -> Iterator[str]:
    """The lemma, with each word of the class in place of its name: "leave TREATY" is "leave treaty", "leave pact"."""
    name = next((word for word in lemma.split() if word.isupper()), None)
    if name is None:
        yield lemma
    elif name not in classes:
        raise LexiconError(file, number, field, f"{lemma!r}: {name} is no class; there are {', '.join(classes)}")
    else:
        yield from (lemma.replace(name, word) for word in classes[name])


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

"""Who acts, in what office and when, and the words that tell of it: data files and the loaders that check them."""

from dataclasses import dataclass
from pathlib import Path

from app.lexicon.actors import ActorTable, load_actors
from app.lexicon.boilerplate import Boilerplate, load_boilerplate
from app.lexicon.kinds import KindTable, load_kinds
from app.lexicon.roles import RoleTable, load_roles
from app.lexicon.timex import TimexLexicon, load_timex

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything that the data files say, checked."""

    actors: ActorTable
    boilerplate: Boilerplate
    kinds: KindTable
    roles: RoleTable
    timex: TimexLexicon


def load(folder: Path = DATA, *, actors: Path | None = None) -> Lexicon:
    """The lexicon of `folder`, with the user's own actors over it; raises LexiconError for a row that cannot be right."""
    table = load_actors(folder, actors)
    functions = frozenset(office.function for office in table.offices.values())
    return Lexicon(
        table, load_boilerplate(folder), load_kinds(folder), load_roles(folder, functions), load_timex(folder)
    )

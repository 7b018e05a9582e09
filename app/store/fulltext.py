"""Full text: what an event's title and evidence are searched by, alike on both databases and for what was known on a day.

Words are cut, folded and brought to their stems here, not by the databases, so that FTS5, tsvector and `finds` agree. A search
is words and "phrases in quotes", all of which must stand in an event's texts; `word*` is any word that begins so, `-word` must
not stand there. Not handled: alternatives, and words of other languages than English, of which only the same form is found.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer
from sqlalchemy import (
    ColumnElement,
    Connection,
    MetaData,
    Select,
    bindparam,
    column,
    delete,
    event,
    func,
    insert,
    literal_column,
    select,
    table,
    text,
)
from sqlalchemy.orm import Session

from app.errors import SearchError
from app.store.rows import Base
from app.store.texts import fold

ACCEPTED = 'words, "phrases in quotes", begin* for words that begin so, and -word for words that must not stand there'
_WORD = re.compile(r"[^\W_]+")
_PART = re.compile(r'(?P<minus>-)?(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))')
_STEMMER = snowballstemmer.stemmer("english")
_LAST_POSITION = 16_383  # of a tsvector; what lies beyond is counted as there
_GAP = 8  # between title and body, so that no phrase runs from one into the other
_TEXTS = table("event_text", *map(column, ("rowid", "minted", "title", "body", "plain", "search")))
NAME = "event_text"

_TABLES = {
    "sqlite": (
        f'CREATE VIRTUAL TABLE IF NOT EXISTS {NAME} USING fts5(title, body, plain, tokenize="unicode61 remove_diacritics 0")',
    ),
    "postgresql": (
        f"CREATE TABLE IF NOT EXISTS {NAME} (minted INTEGER PRIMARY KEY, search TSVECTOR NOT NULL)",
        f"CREATE INDEX IF NOT EXISTS ix_{NAME}_search ON {NAME} USING gin (search)",
    ),
}


@event.listens_for(Base.metadata, "after_create")
def _create(target: MetaData, connection: Connection, **how: object) -> None:
    """Makes the tables that metadata cannot describe, where all others are made from it."""
    for statement in _TABLES[connection.dialect.name]:
        connection.execute(text(statement))


@dataclass(frozen=True, slots=True)
class Term:
    """One part of a search: stems that stand one after the other; with `is_prefix` whole words, the last of them only begun."""

    words: tuple[str, ...]
    is_prefix: bool = False
    is_excluded: bool = False


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text as it is searched by, and where it stands (code points, half open)."""

    stem: str
    plain: str
    begin: int
    end: int


# ---------------------------------------------------------------- words
def words(text_: str) -> list[Word]:
    """The words of a text in their order."""
    return [
        Word(_stem(plain), plain, found.start(), found.end())
        for found in _WORD.finditer(text_)
        for plain in (_plain(found.group()),)
        if plain
    ]


def parse(search: str) -> tuple[Term, ...]:
    """The terms of a search; raises SearchError for one that names nothing to be found."""
    terms = [term for found in _PART.finditer(search) for term in (_term(found),) if term is not None]
    if not any(not term.is_excluded for term in terms):
        raise SearchError(search, ACCEPTED)
    return tuple(terms)


def _term(found: re.Match[str]) -> Term | None:
    given = found["phrase"] if found["phrase"] is not None else found["word"]
    begun = found["phrase"] is None and given.endswith("*")
    parts = words(given)
    if not parts:
        return None
    return Term(tuple(word.plain if begun else word.stem for word in parts), begun, found["minus"] is not None)


def _plain(word: str) -> str:
    return "".join(_WORD.findall(fold(unicodedata.normalize("NFKC", word))))


@lru_cache(maxsize=65_536)
def _stem(plain: str) -> str:
    return str(_STEMMER.stemWord(plain))


# ---------------------------------------------------------------- finding here
def finds(terms: Iterable[Term], texts: Sequence[str]) -> bool:
    """Whether the terms find an event of these texts (its title, its evidence)."""
    told = [words(one) for one in texts]
    return all(term.is_excluded != any(_places(term, one) for one in told) for term in terms)


def marks(terms: Iterable[Term], text_: str) -> list[tuple[int, int]]:
    """Where the terms stand in a text: code points, half open, in order and without overlap."""
    told = words(text_)
    found: list[tuple[int, int]] = []
    for term in terms:
        if not term.is_excluded:
            found += [(told[at].begin, told[at + len(term.words) - 1].end) for at in _places(term, told)]
    merged: list[tuple[int, int]] = []
    for begin, end in sorted(found):
        if merged and begin < merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((begin, end))
    return merged


def _places(term: Term, told: Sequence[Word]) -> list[int]:
    size = len(term.words)
    return [at for at in range(len(told) - size + 1) if _stands(term, told[at : at + size])]


def _stands(term: Term, told: Sequence[Word]) -> bool:
    if not term.is_prefix:
        return tuple(word.stem for word in told) == term.words
    *first, last = term.words
    return [word.plain for word in told[:-1]] == first and told[-1].plain.startswith(last)


# ---------------------------------------------------------------- in the database
def put(session: Session, minted: int, title: str, body: Sequence[str]) -> None:
    """Writes what the event of that age is searched by, over what was there."""
    remove(session, minted)
    first, rest = words(title), [word for one in body for word in words(one)]
    if _is_postgresql(session):
        session.execute(_PUT_VECTOR, {"minted": minted, "search": _vector(first, rest)})
        return
    stems = (" ".join(word.stem for word in told) for told in (first, rest))
    given = dict(zip(("title", "body"), stems, strict=True))
    plain = " ".join(word.plain for word in (*first, *rest))
    session.execute(_PUT_TEXTS, {"rowid": minted, **given, "plain": plain})


def remove(session: Session, minted: int) -> None:
    """Takes the event of that age out of the search."""
    key = _TEXTS.c.minted if _is_postgresql(session) else _TEXTS.c.rowid
    session.execute(delete(_TEXTS).where(key == minted))


def matching(dialect: str) -> Select[int]:
    """The ages of the events that `:q` finds (see `expression`), with no order."""
    if dialect == "postgresql":
        return select(_TEXTS.c.minted).where(_vector_matches())
    return select(_TEXTS.c.rowid).where(_texts_match())


def ranked(dialect: str) -> Select[int, float]:
    """The ages of the events that `:q` finds, each with how well it fits: more is better; words of the title count fourfold."""
    if dialect == "postgresql":
        weights: ColumnElement[str] = literal_column(
            "CAST('{0, 0.125, 0.25, 1}' AS real[])"
        )  # of D, C (whole words), B (body), A (title)
        rank = func.ts_rank_cd(weights, _TEXTS.c.search, text("CAST(:q AS tsquery)"))
        return select(_TEXTS.c.minted, rank).where(_vector_matches())
    return select(_TEXTS.c.rowid, -func.bm25(literal_column(NAME), 4.0, 1.0, 0.5)).where(_texts_match())


def expression(terms: Iterable[Term], dialect: str) -> str:
    """The terms as the database's own search language has them."""
    asked = sorted(terms, key=lambda term: term.is_excluded)
    return _to_tsquery(asked) if dialect == "postgresql" else _to_fts5(asked)


_PUT_TEXTS = insert(_TEXTS).values({name: bindparam(name) for name in ("rowid", "title", "body", "plain")})
_PUT_VECTOR = text(f"INSERT INTO {NAME} (minted, search) VALUES (:minted, CAST(:search AS tsvector))")


def _is_postgresql(session: Session) -> bool:
    return session.connection().dialect.name == "postgresql"


def _texts_match() -> ColumnElement[bool]:
    return literal_column(NAME).op("MATCH", is_comparison=True)(bindparam("q"))


def _vector_matches() -> ColumnElement[bool]:
    return _TEXTS.c.search.op("@@", is_comparison=True)(text("CAST(:q AS tsquery)"))


def _vector(title: Sequence[Word], body: Sequence[Word]) -> str:
    """A tsvector as text: stems of the title (A) and of the body (B), then all words as they are (C).

    Words are letters and digits alone, so that nothing in it needs an escape but the quotes around them.
    """
    found: list[str] = []
    at = 0
    for told, weight in ((title, "A"), (body, "B"), ((*title, *body), "C")):
        for word in told:
            at += 1
            found.append(f"'{word.plain if weight == 'C' else word.stem}':{min(at, _LAST_POSITION)}{weight}")
        at += _GAP
    return " ".join(found)


def _to_fts5(terms: Iterable[Term]) -> str:
    wanted: list[str] = []
    excluded: list[str] = []
    for term in terms:
        phrase = f'"{" ".join(term.words)}"'
        part = f"plain : {phrase} *" if term.is_prefix else f"{{title body}} : {phrase}"
        (excluded if term.is_excluded else wanted).append(f"({part})")
    return " NOT ".join([f"({' AND '.join(wanted)})", *excluded])


def _to_tsquery(terms: Iterable[Term]) -> str:
    parts = []
    for term in terms:
        weight = "C" if term.is_prefix else "AB"
        *first, last = (f"'{word}':{weight}" for word in term.words)
        phrase = " <-> ".join([*first, last.replace("':", "':*") if term.is_prefix else last])
        parts.append(f"!({phrase})" if term.is_excluded else f"({phrase})")
    return " & ".join(parts)

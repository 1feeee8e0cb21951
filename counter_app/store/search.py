"""Finds dossiers: by code, by words with the tones left off, by last digits, by one wrong letter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from rapidfuzz import process
from rapidfuzz.distance import OSA
from sqlalchemy import Connection, bindparam, select, text

from counter_app.domain.names import fold
from counter_app.store.tables import codes, digits, dossiers

FEWEST_DIGITS: Final = 3
_FUZZY_FROM: Final = 4  # letters: a shorter word with one wrong letter could be anything
_ALTERNATIVES: Final = 12  # words of the index that one mistyped word may stand for
_LAST: Final = "\U0010ffff"

Line = Any  # a row of `dossiers`


def by_code(connection: Connection, start: str, limit: int) -> Sequence[Line]:
    """Dossiers with a code that begins so, whichever system gave it, newest first."""
    key = start.strip().upper()
    return connection.execute(_BY_CODE, {"a": key, "z": key + _LAST, "n": limit}).all()


def by_digits(connection: Connection, last: str, limit: int) -> Sequence[Line]:
    """Dossiers of a person whose number or phone (or whose code) ends with these digits, newest first."""
    key = last[::-1]
    return connection.execute(_BY_DIGITS, {"a": key, "z": key + ":", "n": limit}).all()


def by_words(connection: Connection, typed: str, limit: int) -> Sequence[Line]:
    """Dossiers that have words beginning with each typed word, newest first; groups of digits narrow them.

    Where nothing is found, each word may have one wrong, missing, doubled or swapped letter.
    """
    tokens = fold(typed).split()
    numbers = [t for t in tokens if t.isdigit() and len(t) >= FEWEST_DIGITS]
    words = [t for t in tokens if t not in numbers]
    if not words:
        return by_digits(connection, "".join(numbers), limit) if numbers else []
    found = _matching(connection, " AND ".join(_prefix(word) for word in words), numbers, limit)
    if found:
        return found
    wider = [_alternatives(connection, word) for word in words]
    return _matching(connection, " AND ".join(wider), numbers, limit) if all(wider) else []


def newest(connection: Connection, limit: int) -> Sequence[Line]:
    """All dossiers, newest first."""
    return connection.execute(_NEWEST, {"n": limit}).all()


def due(
    connection: Connection, *, after_minute: int | None, before_minute: int, limit: int
) -> Sequence[Line]:
    """Open dossiers due in a span of minutes since 1970, soonest first."""
    since = -1 if after_minute is None else after_minute
    return connection.execute(_DUE, {"a": since, "z": before_minute, "n": limit}).all()


def line(connection: Connection, dossier: bytes) -> Line | None:
    return connection.execute(_LINE, {"d": dossier}).first()


def by_exact_code(connection: Connection, code: str) -> Sequence[Line]:
    """Every dossier that bears the code: two, where a restored copy gave it out again."""
    return connection.execute(_EXACT, {"k": code.strip().upper()}).all()


def _matching(connection: Connection, query: str, numbers: list[str], limit: int) -> Sequence[Line]:
    if not numbers:
        return connection.execute(_BY_WORDS, {"q": query, "n": limit}).all()
    return connection.execute(
        _BY_WORDS_AND_DIGITS,
        {"q": query, "n": limit, "a": numbers[0][::-1], "z": numbers[0][::-1] + ":"},
    ).all()


def _prefix(word: str) -> str:
    return f'"{word}" *'


def _alternatives(connection: Connection, word: str) -> str:
    """The index's own words near to a typed one, as an FTS5 expression; empty where there are none."""
    terms = connection.execute(_NEAR, {"short": len(word) - 1}).scalars().all()
    near = {term for term in terms if term.startswith(word)}
    if len(word) >= _FUZZY_FROM:
        near |= {
            str(term)
            for term, _, _ in process.extract(
                word, terms, scorer=OSA.distance, score_cutoff=1, limit=_ALTERNATIVES
            )
        }
        # A mistake in the beginning of a longer word, as far as it is typed.
        heads = {term[: len(word)] for term in terms if len(term) > len(word)}
        near |= {
            str(head)
            for head, _, _ in process.extract(
                word, list(heads), scorer=OSA.distance, score_cutoff=1, limit=_ALTERNATIVES
            )
        }
    return "(" + " OR ".join(_prefix(term) for term in sorted(near)) + ")" if near else ""


_COLUMNS = tuple(dossiers.c)
_RANGE: Final[tuple[Any, Any]] = (bindparam("a"), bindparam("z"))
_BY_CODE = (
    select(*_COLUMNS)
    .where(dossiers.c.id.in_(select(codes.c.dossier_id).where(codes.c.key.between(*_RANGE))))
    .order_by(dossiers.c.id.desc())
    .limit(bindparam("n"))
)
_EXACT = (
    select(*_COLUMNS)
    .where(dossiers.c.id.in_(select(codes.c.dossier_id).where(codes.c.key == bindparam("k"))))
    .order_by(dossiers.c.id)
)
_BY_DIGITS = (
    select(*_COLUMNS)
    .where(dossiers.c.id.in_(select(digits.c.dossier_id).where(digits.c.reversed.between(*_RANGE))))
    .order_by(dossiers.c.id.desc())
    .limit(bindparam("n"))
)
_BY_WORDS = text(
    "SELECT dossiers.* FROM words JOIN dossiers ON dossiers.id = words.rowid "
    "WHERE words MATCH :q ORDER BY words.rowid DESC LIMIT :n"
)
_BY_WORDS_AND_DIGITS = text(
    "SELECT dossiers.* FROM words JOIN dossiers ON dossiers.id = words.rowid "
    "WHERE words MATCH :q AND words.rowid IN "
    "(SELECT dossier_id FROM digits WHERE reversed BETWEEN :a AND :z) "
    "ORDER BY words.rowid DESC LIMIT :n"
)
_NEAR = text("SELECT term FROM vocabulary WHERE length(term) >= :short")
_NEWEST = select(*_COLUMNS).order_by(dossiers.c.id.desc()).limit(bindparam("n"))
_DUE = (
    select(*_COLUMNS)
    .where(dossiers.c.open.is_(True), dossiers.c.due_minute.between(*_RANGE))
    .order_by(dossiers.c.due_minute, dossiers.c.id)
    .limit(bindparam("n"))
)
_LINE = select(*_COLUMNS).where(dossiers.c.dossier == bindparam("d"))

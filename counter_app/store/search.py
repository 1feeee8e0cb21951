"""Finds dossiers: by code, by words with the tones left off, by last digits, by one wrong letter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from itertools import groupby
from operator import attrgetter
from typing import Any, Final

from sqlalchemy import Connection, bindparam, func, select, text

from counter_app.domain.names import clean_line, fold
from counter_app.domain.zone import VIETNAM
from counter_app.store.caches import first_id, terms
from counter_app.store.tables import codes, digits, dossiers

FEWEST_DIGITS: Final = 3
_FUZZY_FROM: Final = 4  # letters: a shorter word with one wrong letter could be anything
_ALTERNATIVES: Final = 40  # words of the index that one typed word may stand for
_INDEXED: Final = 3  # letters: the longest beginnings that the index itself keeps (its `prefix`)
_MOST_WORDS: Final = 16
_FEW_HAVE: Final = 5  # digits: so many are the end of but a few numbers, even of a million dossiers
_MOST_CODES: Final = 2000
_LAST: Final = "\U0010ffff"

Line = Any  # a row of `dossiers`


def by_code(connection: Connection, start: str, limit: int) -> Sequence[Line]:
    """Dossiers with a code that begins so, whichever system gave it, newest first."""
    key = clean_line(start).upper()
    return connection.execute(_BY_CODE, {"a": key, "z": key + _LAST, "n": limit}).all()


def by_digits(connection: Connection, last: str, limit: int) -> Sequence[Line]:
    """Dossiers of a person whose number or phone (or whose code) ends with these digits, newest first."""
    key = last[::-1]
    return connection.execute(_BY_DIGITS, {"a": key, "z": key + ":", "n": limit}).all()


def by_words(connection: Connection, typed: str, limit: int) -> Sequence[Line]:
    """Dossiers that have words beginning with each typed word, newest first; a group of digits narrows them.

    Where nothing is found, each word may have one wrong, missing, doubled or swapped letter.
    """
    words, number = _read(typed)
    if not words:
        return by_digits(connection, number, limit) if number else []
    found = _matching(connection, [_beginning(connection, word) for word in words], number, limit)
    return found or _nearly_matching(connection, words, number, limit)


def by_near_words(connection: Connection, typed: str, limit: int) -> Sequence[Line]:
    """The same with the wrong letter allowed from the start: spellings of a name beside the name itself."""
    return _nearly_matching(connection, *_read(typed), limit)


def newest(connection: Connection, limit: int) -> Sequence[Line]:
    """All dossiers, newest first."""
    return connection.execute(_NEWEST, {"n": limit}).all()


def received_on(connection: Connection, day: date) -> Sequence[Line]:
    """The dossiers that were received on a day in Viet Nam, newest first."""
    return connection.execute(_RECEIVED, _ids_of(day)).all()


def received_between(connection: Connection, first: date, last: date) -> list[bytes]:
    """The ids of the dossiers that were received on these days in Viet Nam, oldest first."""
    span = {"a": _ids_of(first)["a"], "z": _ids_of(last)["z"]}
    return [bytes(one) for one in connection.execute(_RECEIVED_BETWEEN, span).scalars()]


def count_received_on(connection: Connection, day: date) -> int:
    return connection.execute(_COUNT_RECEIVED, _ids_of(day)).scalar_one()


def _ids_of(day: date) -> dict[str, int]:
    start = datetime.combine(day, time(), VIETNAM)
    return {"a": first_id(start), "z": first_id(start + timedelta(days=1)) - 1}


def ended_until(connection: Connection, states: Iterable[str], last: date) -> Sequence[Line]:
    """Dossiers in these states that were received by that day, oldest first; none held or disputed."""
    end = _ids_of(last)["z"]
    found = (row for s in states for row in connection.execute(_ENDED, {"s": s, "z": end}))
    return sorted(found, key=attrgetter("id"))


def due(
    connection: Connection, *, after_minute: int | None, before_minute: int, limit: int
) -> Sequence[Line]:
    """Dossiers whose clock runs, due in a span of minutes since 1970, soonest first."""
    since = -1 if after_minute is None else after_minute
    return connection.execute(_DUE, {"a": since, "z": before_minute, "n": limit}).all()


def in_state(connection: Connection, state: str, limit: int) -> Sequence[Line]:
    """Dossiers in a state, those with the earliest return date first."""
    return connection.execute(_IN_STATE, {"s": state, "n": limit}).all()


def count_due(connection: Connection, *, after_minute: int | None, before_minute: int) -> int:
    """How many `due` would list without a limit."""
    since = -1 if after_minute is None else after_minute
    return connection.execute(_COUNT_DUE, {"a": since, "z": before_minute}).scalar_one()


def count_in_state(connection: Connection, state: str) -> int:
    return connection.execute(_COUNT_IN_STATE, {"s": state}).scalar_one()


def line(connection: Connection, dossier: bytes) -> Line | None:
    return connection.execute(_LINE, {"d": dossier}).first()


def by_exact_code(connection: Connection, code: str) -> Sequence[Line]:
    """Every dossier that bears the code: two, where a restored copy gave it out again."""
    return connection.execute(_EXACT, {"k": clean_line(code).upper()}).all()


def _read(typed: str) -> tuple[list[str], str]:
    """The words, each once, and the longest group of digits: a phone number may come in several parts."""
    words: dict[str, None] = {}
    number = ""
    for digits_, tokens in groupby(fold(typed).split(), str.isdigit):
        parts = list(tokens)
        if digits_ and len(joined := "".join(parts)) >= FEWEST_DIGITS:
            number = max(number, joined, key=len)
        else:
            words |= dict.fromkeys(parts)
    return list(words)[:_MOST_WORDS], number


def _nearly_matching(connection: Connection, words: list[str], number: str, limit: int) -> Sequence[Line]:
    known = terms(connection)
    return _matching(connection, [_near(word, known) for word in words], number, limit)


def _matching(connection: Connection, every: list[str], number: str, limit: int) -> Sequence[Line]:
    if not all(every):
        return []
    asked = {"q": " AND ".join(every), "n": limit}
    if not number:
        return connection.execute(_BY_WORDS, asked).all()
    key = number[::-1]
    both = _BY_DIGITS_THEN_WORDS if len(number) >= _FEW_HAVE else _BY_WORDS_THEN_DIGITS
    return connection.execute(both, {**asked, "a": key, "z": key + ":"}).all()


def _beginning(connection: Connection, word: str) -> str:
    """The index's words that begin so, as an FTS5 expression; empty where there are none.

    The index keeps beginnings of up to three letters. For a longer one it would first gather every dossier of
    every such word, which the words themselves, named one by one, spare it.
    """
    if len(word) <= _INDEXED:
        return _prefix(word)
    # Not from FTS5's own list of its words: to give a word, that counts every dossier that has it.
    asked = {"a": word, "z": word + _LAST, "n": _ALTERNATIVES + 1}
    whole = connection.execute(_BEGINNING, asked).scalars().all()
    return _any_of(whole) if len(whole) <= _ALTERNATIVES else _prefix(word)


def _near(word: str, known: Sequence[str]) -> str:
    """The words whose beginning is near to a typed one, nearest first; empty where there are none."""
    if len(word) < _FUZZY_FROM:
        return _prefix(word)
    # Few searches come to this; the start of the program need not wait for it. The package before its parts:
    # two threads that begin at different ends of its circle of imports get halves of it.
    from rapidfuzz import distance, process

    heads = {term[: len(word) + more] for term in known for more in (-1, 0, 1)}
    near = process.extract(word, heads, scorer=distance.OSA.distance, score_cutoff=1, limit=_ALTERNATIVES)
    found = [term for head, _, _ in near for term in known if term.startswith(head)]
    return _any_of(list(dict.fromkeys(found))[:_ALTERNATIVES])


def _any_of(terms: Iterable[str]) -> str:
    found = " OR ".join(f'"{term}"' for term in terms)
    return f"({found})" if found else ""


def _prefix(word: str) -> str:
    return f'"{word}" *'


_COLUMNS = tuple(dossiers.c)
_RANGE: Final[tuple[Any, Any]] = (bindparam("a"), bindparam("z"))
# Of a beginning that thousands of codes share, those with the last dates.
_LAST_CODES = select(codes.c.dossier_id).where(codes.c.key.between(*_RANGE)).order_by(codes.c.key.desc())
_BY_CODE = (
    select(*_COLUMNS)
    .where(dossiers.c.id.in_(_LAST_CODES.limit(_MOST_CODES)))
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
_BOTH = (
    "SELECT dossiers.* FROM words JOIN dossiers ON dossiers.id = words.rowid "
    "WHERE words MATCH :q AND {}words.rowid IN "
    "(SELECT dossier_id FROM digits WHERE reversed BETWEEN :a AND :z) "
    "ORDER BY words.rowid DESC LIMIT :n"
)
# FTS5 looks the words up anew for each row number that it is given. A plus sign keeps SQLite from giving any:
# it goes through the words' dossiers, newest first, and looks whether the digits have them.
_BY_DIGITS_THEN_WORDS = text(_BOTH.format(""))
_BY_WORDS_THEN_DIGITS = text(_BOTH.format("+"))
_BEGINNING = text("SELECT term FROM terms WHERE term BETWEEN :a AND :z LIMIT :n")
_NEWEST = select(*_COLUMNS).order_by(dossiers.c.id.desc()).limit(bindparam("n"))
_RECEIVED = select(*_COLUMNS).where(dossiers.c.id.between(*_RANGE)).order_by(dossiers.c.id.desc())
_RECEIVED_BETWEEN = select(dossiers.c.dossier).where(dossiers.c.id.between(*_RANGE)).order_by(dossiers.c.id)
_COUNT_RECEIVED = select(func.count()).where(dossiers.c.id.between(*_RANGE))
_RUNNING_IN = (dossiers.c.open.is_(True), dossiers.c.due_minute.between(*_RANGE))
_STANDING_IN = dossiers.c.state == bindparam("s")
_BY_DUE = (dossiers.c.due_minute, dossiers.c.id)
_DUE = select(*_COLUMNS).where(*_RUNNING_IN).order_by(*_BY_DUE).limit(bindparam("n"))
_IN_STATE = select(*_COLUMNS).where(_STANDING_IN).order_by(*_BY_DUE).limit(bindparam("n"))
_COUNT_DUE = select(func.count()).where(*_RUNNING_IN)
_COUNT_IN_STATE = select(func.count()).where(_STANDING_IN)
_ENDED = (
    select(*_COLUMNS)
    .where(_STANDING_IN, dossiers.c.id <= bindparam("z"))
    .where(dossiers.c.held.is_(False), dossiers.c.conflicts == 0)
)
_LINE = select(*_COLUMNS).where(dossiers.c.dossier == bindparam("d"))

"""Searches and boards in a big store, against raw SQL on the same file that finds the same dossiers.

`make bench ARGS="reads 1000000"` takes another size than the default.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, Final

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection

from benchmarks import stores, workload
from benchmarks.figures import Figure, Group, p50, p99, timed
from counter_app.domain.names import fold
from counter_app.store import months, search

SIZE: Final = 200_000
SEARCH_MS, BOARD_MS = 30.0, 5.0  # goals at the 99th percentile, for a million too
_MOST: Final = 50
_EACH: Final = 300
_LINE: Final = "SELECT d.* FROM dossiers d"


def _title(size: int) -> str:
    return f"Reads from {size:,} dossiers, {_MOST} newest each; the ratio is to raw SQL for the same answer"


def run(size: int = SIZE) -> Group:
    database = stores.big(size)
    raw = database.raw()
    draw = random.Random(4)
    people = [_person(draw, raw) for _ in range(_EACH)]
    found = []
    with database.reading() as connection:
        for what, goal, ours, statement in _QUESTIONS:
            questions = [ours(person) for person in people]
            found.append(_compare(connection, raw, what, goal, questions, statement))
    raw.close()
    database.close()
    return _title(size), found


Ask = Callable[[Connection], Sequence[Any]]
Question = tuple[Ask, tuple[Any, ...]]  # ours, and the parameters of the raw statement


def _compare(
    connection: Connection,
    raw: sqlcipher.Connection,
    what: str,
    goal: float,
    questions: list[Question],
    statement: str,
) -> Figure:
    lines = sum(len(ask(connection)) for ask, _ in islice(questions, 20))  # warm
    mine = timed(lambda q: q[0](connection), questions)
    bare: list[float] = []
    if statement:
        bare = timed(lambda q: raw.execute(statement, q[1]).fetchall(), [*questions[:20], *questions])[20:]
    ratio = f"{p50(mine) / p50(bare):.1f}x raw SQL" if bare else ""
    return Figure(
        f"{what} ({lines / 20:.0f} lines)",
        p50(mine),
        p99(mine),
        ratio,
        f"p99 <= {goal:.0f}",
        p99(mine) <= goal,
    )


def _person(draw: random.Random, raw: sqlcipher.Connection) -> dict[str, str]:
    """A dossier drawn from the whole file."""
    newest, oldest = raw.execute("SELECT max(id), min(id) FROM dossiers").fetchone()
    place = draw.randrange(oldest, newest)
    id_, code, name = raw.execute(
        "SELECT id, code, applicant FROM dossiers WHERE id >= ? ORDER BY id LIMIT 1", (place,)
    ).fetchone()
    number = raw.execute("SELECT max(reversed) FROM digits WHERE dossier_id = ?", (id_,)).fetchone()[0]
    return {"code": code, "name": fold(name), "number": number[::-1], "wrong": _mistyped(draw, fold(name))}


def _mistyped(draw: random.Random, name: str) -> str:
    """The name with one wrong letter in its longest word."""
    word = max(name.split(), key=len)
    at = draw.randrange(len(word))
    return name.replace(word, word[:at] + draw.choice("qxzjw") + word[at + 1 :], 1)


def _by_code(person: dict[str, str]) -> Question:
    code = person["code"]
    return lambda c: search.by_code(c, code, _MOST), (code, code + "\U0010ffff")


def _by_code_day(person: dict[str, str]) -> Question:
    code = person["code"][:-2]
    return lambda c: search.by_code(c, code, _MOST), (code, code + "\U0010ffff")


def _words(typed: str, *terms: str) -> Question:
    return lambda c: search.by_words(c, typed, _MOST), (" AND ".join(terms),)


def _by_name(person: dict[str, str]) -> Question:
    first, *_, last = person["name"].split()
    return _words(f"{first} {last[:3]}", f'"{first}"', f'"{last[:3]}" *')


def _by_full_name(person: dict[str, str]) -> Question:
    return _words(person["name"], *(f'"{word}"' for word in person["name"].split()))


def _by_common_word(person: dict[str, str]) -> Question:
    word = random.Random(person["code"]).choice(("nguyen", "thi", "van", "thon", "khai", "lao cai", "giang"))
    return _words(word, *(f'"{part}"' for part in word.split()))


def _by_digits(person: dict[str, str]) -> Question:
    last = person["number"][-4:]
    return lambda c: search.by_words(c, last, _MOST), (last[::-1], last[::-1] + ":")


def _by_word_and_digits(person: dict[str, str]) -> Question:
    word, last = person["name"].split()[0], person["number"][-3:]
    return lambda c: search.by_words(c, f"{word} {last}", _MOST), (f'"{word}"', last[::-1], last[::-1] + ":")


def _by_wrong_letter(person: dict[str, str]) -> Question:
    return lambda c: search.by_words(c, person["wrong"], _MOST), ()


def _due(after: datetime | None, before: datetime) -> Callable[[dict[str, str]], Question]:
    since = None if after is None else int(after.timestamp()) // 60
    until = int(before.timestamp()) // 60 - 1
    return lambda person: (
        lambda c: search.due(c, after_minute=since, before_minute=until, limit=100),
        (-1 if since is None else since, until),
    )


def _by_month(person: dict[str, str]) -> Question:
    """Any month that is whole, drawn by the dossier."""
    year, month = 2000 + int(person["code"].split("-")[1][:2]), int(person["code"].split("-")[1][2:4])
    return lambda c: months.tallies(c, year, month), (year * 100 + month,)


_TODAY = workload.NOW.replace(hour=0)
_FOUND_BY = (
    f"{_LINE} JOIN codes c ON d.id = c.dossier_id WHERE c.key BETWEEN ? AND ? ORDER BY d.id DESC LIMIT 50"
)
_FOUND_AT = f"{_LINE} JOIN words w ON d.id = w.rowid WHERE w.words MATCH ? ORDER BY w.rowid DESC LIMIT 50"
_ENDING = "SELECT dossier_id FROM digits WHERE reversed BETWEEN ? AND ?"
_OPEN = f"{_LINE} WHERE open = 1 AND due_minute BETWEEN ? AND ? ORDER BY due_minute LIMIT 100"
_IN_MONTH = "SELECT procedure_code, state, count(*), sum(fee) FROM dossiers WHERE month = ? GROUP BY 1, 2"
# what is asked, goal, ours, raw SQL
_QUESTIONS: Final[tuple[tuple[str, float, Callable[[dict[str, str]], Question], str], ...]] = (
    ("a whole code", SEARCH_MS, _by_code, _FOUND_BY),
    ("a code's beginning", SEARCH_MS, _by_code_day, _FOUND_BY),
    ("a word and the beginning of another", SEARCH_MS, _by_name, _FOUND_AT),
    ("a whole name", SEARCH_MS, _by_full_name, _FOUND_AT),
    ("a word that very many have", SEARCH_MS, _by_common_word, _FOUND_AT),
    ("last four digits", SEARCH_MS, _by_digits, f"{_LINE} WHERE id IN ({_ENDING}) ORDER BY id DESC LIMIT 50"),
    (
        "a word and last three digits",
        SEARCH_MS,
        _by_word_and_digits,
        _FOUND_AT.replace("ORDER", f"AND +w.rowid IN ({_ENDING}) ORDER"),
    ),
    ("one wrong letter", SEARCH_MS, _by_wrong_letter, ""),
    ("board: overdue", BOARD_MS, _due(None, workload.NOW), _OPEN),
    ("board: due today", BOARD_MS, _due(_TODAY, _TODAY + timedelta(days=1)), _OPEN),
    ("board: a month by procedure and state", SEARCH_MS, _by_month, _IN_MONTH),
)

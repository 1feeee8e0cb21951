"""Dossiers between two hands, and those whose step has an end of its own: a few of many, by their indexes."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, TextClause, text


class Sort(StrEnum):
    """The terms of the partial indexes, to the letter; `:m` are minutes since 1970, of what is looked for
    before then. A step is listed while its dossier is in time: else that is late as a whole."""

    HANDED = "handed_minute IS NOT NULL AND handed_minute <= :m"
    """Handed on in the program, and not taken over."""
    STEP = "step_minute IS NOT NULL AND step_minute <= :m AND (due_minute IS NULL OR due_minute > :m)"
    """In a step that was to end by then."""


def count(connection: Connection, sort: Sort, minute: int) -> int:
    return int(connection.execute(_COUNTS[sort], {"m": minute}).scalar_one())


def first(connection: Connection, sort: Sort, minute: int, limit: int) -> Sequence[Any]:
    """Lines of dossiers, those first that have waited, or are late, longest."""
    return connection.execute(_LISTS[sort], {"m": minute, "n": limit}).all()


def count_beyond(connection: Connection, handed: int, step: int, due: int) -> int:
    """How many dossiers of either sort, by the minutes of each, are due after the minute `due`, or never."""
    return int(connection.execute(_BEYOND, {"h": handed, "s": step, "d": due}).scalar_one())


def _count(sort: Sort) -> TextClause:
    return text(f"SELECT count(*) FROM dossiers WHERE {sort}")  # noqa: S608


def _list(sort: Sort) -> TextClause:
    by = sort.partition(" ")[0]
    return text(f"SELECT * FROM dossiers WHERE {sort} ORDER BY {by}, id LIMIT :n")  # noqa: S608


_HANDED_COUNT, _HANDED = _count(Sort.HANDED), _list(Sort.HANDED)
_STEP_COUNT, _STEP = _count(Sort.STEP), _list(Sort.STEP)
# The plus keeps SQLite from going through all that is open.
_OPEN_BEYOND = "+open = 1 AND (due_minute IS NULL OR due_minute > :d)"
_BEYOND = text(
    "SELECT count(*) FROM ("  # noqa: S608
    f"SELECT id FROM dossiers WHERE handed_minute IS NOT NULL AND handed_minute <= :h AND {_OPEN_BEYOND} "
    f"UNION SELECT id FROM dossiers WHERE step_minute IS NOT NULL AND step_minute <= :s AND {_OPEN_BEYOND})"
)
_COUNTS = {Sort.HANDED: _HANDED_COUNT, Sort.STEP: _STEP_COUNT}
_LISTS = {Sort.HANDED: _HANDED, Sort.STEP: _STEP}

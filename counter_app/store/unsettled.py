"""What waits for a person or for the district: a few rows of many, found by their indexes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import Connection, TextClause, text

from counter_app.domain.events import Header


class Sort(StrEnum):
    """Dossiers that cannot rest; the terms are those of the partial indexes, to the letter."""

    CONFLICT = "conflicts > 0"
    HELD = "held = 1"
    UPDATE = "needs_update = 1"


class Beyond(NamedTuple):
    """An event after a place of its branch."""

    dossier: bytes
    header: Header


def count(connection: Connection, sort: Sort) -> int:
    return int(connection.execute(_COUNTS[sort]).scalar_one())


def first(connection: Connection, sort: Sort, limit: int) -> Sequence[Any]:
    """Lines of dossiers of that sort, the oldest first."""
    return connection.execute(_LISTS[sort], {"n": limit}).all()


def events_after(connection: Connection, branch: int, seq: int, limit: int) -> Iterable[Beyond]:
    """The branch's events after that place, in their order."""
    for row in connection.execute(_AFTER, {"b": branch, "s": seq, "n": limit}):
        yield Beyond(bytes(row.dossier), Header.from_bytes(row.header))


def dossiers_after(connection: Connection, places: Mapping[int, int]) -> int:
    """How many dossiers have events after these places of branches."""
    if not places:
        return 0
    parts = " UNION ".join(
        f"SELECT DISTINCT dossier FROM events WHERE branch_id = {int(branch)} AND seq > {int(seq)}"  # noqa: S608
        for branch, seq in places.items()
    )
    return int(connection.execute(text(f"SELECT count(*) FROM ({parts})")).scalar_one())  # noqa: S608


def _count(sort: Sort) -> TextClause:
    return text(f"SELECT count(*) FROM dossiers WHERE {sort}")  # noqa: S608


def _list(sort: Sort) -> TextClause:
    # The plus keeps SQLite from walking all lines in the order of their numbers.
    return text(f"SELECT * FROM dossiers WHERE {sort} ORDER BY +id LIMIT :n")  # noqa: S608


_CONFLICTS, _IN_CONFLICT = _count(Sort.CONFLICT), _list(Sort.CONFLICT)
_HELD_COUNT, _HELD = _count(Sort.HELD), _list(Sort.HELD)
_UPDATE_COUNT, _TO_UPDATE = _count(Sort.UPDATE), _list(Sort.UPDATE)
_COUNTS = {Sort.CONFLICT: _CONFLICTS, Sort.HELD: _HELD_COUNT, Sort.UPDATE: _UPDATE_COUNT}
_LISTS = {Sort.CONFLICT: _IN_CONFLICT, Sort.HELD: _HELD, Sort.UPDATE: _TO_UPDATE}
_AFTER = text("SELECT dossier, header FROM events WHERE branch_id = :b AND seq > :s ORDER BY seq LIMIT :n")

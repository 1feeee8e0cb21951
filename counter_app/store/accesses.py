"""Who looked at which dossier, as this machine's store keeps it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import Connection, insert, text

from counter_app.store.prepared import Prepared
from counter_app.store.tables import accesses


class Access(NamedTuple):
    """`at_ms` since 1970; `officer` is empty where nobody had sat down; `why` says how it was opened."""

    at_ms: int
    officer: str
    dossier: bytes
    why: str


def add(connection: Connection, some: Iterable[Access]) -> None:
    _ADD.run_each(connection, [one._asdict() for one in some])


def add_missing(connection: Connection, some: Iterable[Access]) -> None:
    """Those that are not there yet, of another reading of this machine's log."""
    for one in some:
        _ADD_MISSING.run(connection, a=one.at_ms, o=one.officer, d=one.dossier, w=one.why)


def between(
    connection: Connection, first_ms: int, end_ms: int, dossier: bytes = b"", officer: str | None = None
) -> list[Access]:
    """Those from `first_ms` to before `end_ms`, the last first; of one dossier or officer where named."""
    wanted = {"a": first_ms, "z": end_ms, "d": dossier, "o": officer}
    return [Access(row[0], row[1], bytes(row[2]), row[3]) for row in _BETWEEN.all(connection, **wanted)]


def forget_before(connection: Connection, at_ms: int) -> None:
    _FORGET.run(connection, t=at_ms)


_ADD = Prepared(insert(accesses), "at_ms", "officer", "dossier", "why")
_ADD_MISSING = Prepared(
    text(
        "INSERT INTO accesses (at_ms, officer, dossier, why) SELECT :a, :o, :d, :w "
        "WHERE NOT EXISTS (SELECT 1 FROM accesses "
        "WHERE at_ms = :a AND officer = :o AND dossier = :d AND why = :w)"
    )
)
_BETWEEN = Prepared(
    text(
        "SELECT at_ms, officer, dossier, why FROM accesses WHERE at_ms >= :a AND at_ms < :z "
        "AND (:d = x'' OR dossier = :d) AND (:o IS NULL OR officer = :o) ORDER BY at_ms DESC, id DESC"
    )
)
_FORGET = Prepared(text("DELETE FROM accesses WHERE at_ms < :t"))

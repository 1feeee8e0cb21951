"""Running numbers that are drawn inside the act's own transaction: dossier codes, register volumes."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, bindparam, delete, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from counter_app.domain.codes import Series
from counter_app.store.prepared import Prepared
from counter_app.store.tables import codes, series, volumes


def series_of(connection: Connection, day: date) -> Series | None:
    """Where the numbering of a date's codes stands; None before its first."""
    row = _SERIES.first(connection, d=day.isoformat())
    return Series(day, *row) if row else None


def keep_series(connection: Connection, new: Series) -> None:
    _KEEP_SERIES.run(connection, day=new.day.isoformat(), prefix=new.prefix, width=new.width, last=new.last)


def forget_series(connection: Connection) -> None:
    """Has every date's five digits drawn anew: a new log must not go on with the old one's."""
    connection.execute(delete(series))


def code_taken(connection: Connection, code: str) -> bool:
    """Whether any dossier here bears the code."""
    return _TAKEN.first(connection, k=code.upper()) is not None


def next_in_volume(connection: Connection, log: bytes, year: int) -> int:
    """The next number (Số thứ tự) of this log's register volume of the year."""
    row = _NEXT_IN_VOLUME.first(connection, log=log, year=year, last=1)
    assert row is not None
    return int(row[0])


_SERIES = Prepared(
    select(series.c.prefix, series.c.width, series.c.last).where(series.c.day == bindparam("d"))
)
_KEEP_SERIES = Prepared(insert(series).prefix_with("OR REPLACE"), "day", "prefix", "width", "last")
_TAKEN = Prepared(select(codes.c.dossier_id).where(codes.c.key == bindparam("k")))
_NEXT_IN_VOLUME = Prepared(
    upsert(volumes)
    .on_conflict_do_update(index_elements=["log", "year"], set_={"last": volumes.c.last + 1})
    .returning(volumes.c.last),
    *("log", "year", "last"),
)

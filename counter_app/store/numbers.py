"""Running numbers that are drawn inside the act's own transaction: dossier codes, register volumes."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, bindparam, delete, insert, select

from counter_app.domain.codes import Series
from counter_app.store.tables import codes, series, volumes


def series_of(connection: Connection, day: date) -> Series | None:
    """Where the numbering of a date's codes stands; None before its first."""
    row = connection.execute(_SERIES, {"d": day.isoformat()}).first()
    return Series(day, row.prefix, row.width, row.last) if row else None


def keep_series(connection: Connection, new: Series) -> None:
    connection.execute(
        _KEEP_SERIES,
        {"day": new.day.isoformat(), "prefix": new.prefix, "width": new.width, "last": new.last},
    )


def forget_series(connection: Connection) -> None:
    """Has every date's five digits drawn anew: a new log must not go on with the old one's."""
    connection.execute(delete(series))


def code_taken(connection: Connection, code: str) -> bool:
    """Whether any dossier here bears the code."""
    return connection.execute(_TAKEN, {"k": code.upper()}).first() is not None


def next_in_volume(connection: Connection, log: bytes, year: int) -> int:
    """The next number (Số thứ tự) of this log's register volume of the year."""
    last = connection.execute(_VOLUME, {"l": log, "y": year}).scalar() or 0
    connection.execute(_KEEP_VOLUME, {"log": log, "year": year, "last": last + 1})
    return int(last) + 1


_SERIES = select(series).where(series.c.day == bindparam("d"))
_KEEP_SERIES = insert(series).prefix_with("OR REPLACE")
_TAKEN = select(codes.c.dossier_id).where(codes.c.key == bindparam("k")).limit(1)
_VOLUME = select(volumes.c.last).where(volumes.c.log == bindparam("l"), volumes.c.year == bindparam("y"))
_KEEP_VOLUME = insert(volumes).prefix_with("OR REPLACE")

"""Running numbers that are drawn inside the act's own transaction: dossier codes, lines of registers."""

from __future__ import annotations

import json
from datetime import date

from sqlalchemy import Connection, bindparam, delete, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from counter_app.domain.certification import Book, RegisterNumber, first_volume
from counter_app.domain.codes import Series
from counter_app.store import own
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


def next_certified(
    connection: Connection, log: bytes, year: int, book: Book, volume: str = ""
) -> RegisterNumber:
    """The number that this log's register of the year comes to, in its present volume or in another one.

    Numbers run on where another volume is begun (NĐ 23/2015, Điều 13); one that any dossier here bears,
    though another machine wrote it, is passed by.
    """
    present, last, _ = _standing(connection, log, year, book)
    found = RegisterNumber(volume or present, last + 1)
    while code_taken(connection, found.key):
        found = RegisterNumber(found.volume, found.number + 1)
    return found


def keep_certified(connection: Connection, log: bytes, year: int, book: Book, given: RegisterNumber) -> None:
    """The register stands at this number now; an earlier line that was left free takes nothing back."""
    _, last, _ = _standing(connection, log, year, book)
    _keep_standing(connection, log, year, book, (given.volume, max(last, given.number), last))


def take_back_certified(
    connection: Connection, log: bytes, year: int, book: Book, mistaken: RegisterNumber
) -> None:
    """The last number was a mistake: a slip of the hand (1200 for 120) does not carry all others away.

    The number itself stays its dossier's, and is passed by.
    """
    present, last, before = _standing(connection, log, year, book)
    if last == mistaken.number and before:  # the year's first number is where the paper register stands
        _keep_standing(connection, log, year, book, (present, before, before))


def next_petition(connection: Connection, log: bytes, year: int) -> int:
    """The next number of this log's petitions of the year, from 1 on; none is given twice."""
    name = f"petitions/{log.hex()}/{year}"
    place = int(own.get_text(connection, name, "0")) + 1
    own.put_text(connection, name, str(place))
    return place


def _standing(connection: Connection, log: bytes, year: int, book: Book) -> tuple[str, int, int]:
    """The present volume, its last number, and the last before that one."""
    kept = own.get(connection, _certified(log, year, book))
    volume, last, before = json.loads(kept) if kept else (first_volume(log, year, book), 0, 0)
    return volume, last, before


def _keep_standing(
    connection: Connection, log: bytes, year: int, book: Book, standing: tuple[str, int, int]
) -> None:
    own.put_text(connection, _certified(log, year, book), json.dumps(standing))


def _certified(log: bytes, year: int, book: Book) -> str:
    return f"certified/{log.hex()}/{year}/{book.value}"


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

"""Running numbers that are drawn inside the act's own transaction: dossier codes, lines of registers."""

from __future__ import annotations

import json
from datetime import date

from counter_app.domain.certification import Book, RegisterNumber, first_volume
from counter_app.domain.codes import Series
from counter_app.store import own
from counter_app.store.database import Connection
from counter_app.store.prepared import Prepared, inserting


def series_of(connection: Connection, day: date) -> Series | None:
    """Where the numbering of a date's codes stands; None before its first."""
    row = _SERIES.first(connection, d=day.isoformat())
    return Series(day, *row) if row else None


def keep_series(connection: Connection, new: Series) -> None:
    _KEEP_SERIES.run(connection, day=new.day.isoformat(), prefix=new.prefix, width=new.width, last=new.last)


def forget_series(connection: Connection) -> None:
    """Has every date's five digits drawn anew: a new log must not go on with the old one's."""
    _FORGET_SERIES.run(connection)


def code_taken(connection: Connection, code: str) -> bool:
    """Whether any dossier here bears the code."""
    return _TAKEN.first(connection, k=code.upper()) is not None


def next_in_volume(connection: Connection, log: bytes, year: int) -> int:
    """The next number (Số thứ tự) of this log's register volume of the year."""
    return int(_NEXT_IN_VOLUME.value(connection, log=log, year=year))


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


_SERIES = Prepared("SELECT prefix, width, last FROM series WHERE day = :d")
_KEEP_SERIES = inserting("series", "day", "prefix", "width", "last", insert="INSERT OR REPLACE")
_FORGET_SERIES = Prepared("DELETE FROM series")
_TAKEN = Prepared("SELECT dossier_id FROM codes WHERE key = :k")
_NEXT_IN_VOLUME = Prepared(
    "INSERT INTO volumes (log, year, last) VALUES (:log, :year, 1) "
    "ON CONFLICT (log, year) DO UPDATE SET last = last + 1 RETURNING last"
)

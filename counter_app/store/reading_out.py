"""What can still be read of a damaged store, around the places that cannot be.

A copy of its pages is mended as far as that goes, then its tables are read; the store itself is only read.
What comes out is no store to work on before it is proven: events by chain and signature (store/checking.py),
the rest by being under its seal.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any, Final

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Table

from counter_app.crypto.pages import PAGE, SALT, Pages
from counter_app.domain.errors import Damaged, NoKey
from counter_app.store import tables, wal
from counter_app.store.accesses import Access
from counter_app.store.database import Database, connect

_PROBED: Final = 200  # pages that tell whether a key fits
_ENOUGH: Final = 2
_AT_ONCE: Final = 512  # rows
# What cannot be made anew from the events; events last, since what they hang on comes before them.
_ROWS: Final = (tables.logs, tables.branches, tables.events)
_WHOLE: Final = (tables.own, tables.signatures, tables.salts, tables.blobs)
_REST: Final = (tables.series, tables.volumes, tables.procedures)
Told = Callable[[float], object]


@dataclass
class ReadOut:
    """How much came out; `lost` counts the ranges of a table that no reading brought."""

    events: int = 0
    lost: int = 0


def key_fits(path: Path, key: bytes) -> bool:
    """Whether the file's pages open under the key, however damaged some of them are."""
    right = 0
    with path.open("rb") as file:
        pages = Pages(key, file.read(SALT))
        size = path.stat().st_size // PAGE
        for number in range(2, size + 1, max(1, size // _PROBED)):
            file.seek((number - 1) * PAGE)
            page = file.read(PAGE)
            right += len(page) == PAGE and pages.looks_right(page)
            if right >= _ENOUGH:
                return True
    return False


class Source(Enum):
    """Of which of its files a damaged store is read."""

    LOGS = "logs"
    """The file as it was before a log was written into it, and its logs, past frames that are broken too."""
    BEFORE = "before"
    """The same without logs, which may not belong to it."""
    NOW = "now"
    """The file as it lies there: with what SQLite took of its log."""


def sources_of(store: Path) -> tuple[Source, ...]:
    """Those that may differ."""
    logs = any(store.with_name(store.name + rest).exists() for rest in ("-wal", "-torn"))
    before = (Source.BEFORE,) if logs or not wal.file_of(store).exists() else ()
    now = (Source.NOW,) if wal.file_of(store).exists() else ()
    return (*((Source.LOGS,) if logs else ()), *before, *now)


def copy_of(store: Path, target: Path, source: Source) -> None:
    """A copy of these files; OSError."""
    before = wal.file_of(store)
    shutil.copyfile(before if before.exists() and source is not Source.NOW else store, target)
    for rest in ("-wal", "-torn") if source is Source.LOGS else ():
        log = store.with_name(store.name + rest)
        if log.exists():
            shutil.copyfile(log, target.with_name(target.name + rest))


class Mend(Enum):
    """Which of a copy's pages are made readable."""

    FIRST = "first"
    """The first alone, or all where the file's salt is damaged: each other page is then as it was sealed."""
    ALL = "all"
    """Every page, whatever it holds: only what proves itself may be taken from there."""
    FROM_DONOR = "donor"
    """Every damaged page is the donor's of that number: the schema goes over more pages than the first."""


def mend_pages(copy: Path, key: bytes, donor: Path, mend: Mend) -> int:
    """Makes pages of a copy readable; how many were not under their seal.

    The write-ahead log is brought into the file, past frames that are broken too. Where the first page is
    damaged that of the `donor`, another file under the same key, takes its place: both say alike where the
    tables lie.
    """
    _bring_in(copy)
    broken = 0
    with copy.open("r+b") as file:
        first = file.read(PAGE)
        pages = Pages(key, first[:SALT])
        count = copy.stat().st_size // PAGE
        file.truncate(count * PAGE)
        salt_stands = _any_sealed(file, pages, count)
        for number in range(1, count + 1):
            file.seek((number - 1) * PAGE)
            page = file.read(PAGE)
            if pages.is_sealed(number, page):
                continue
            broken += 1
            if salt_stands and mend is Mend.FIRST and number > 1:
                continue
            if salt_stands and (number == 1 or mend is Mend.FROM_DONOR):
                given = _page_of(donor, number)
                page = pages.grafted(page, given, count) if number == 1 else given or page
            file.seek((number - 1) * PAGE)
            file.write(pages.sealed(number, page))
    return broken


def _page_of(path: Path, number: int) -> bytes:
    with path.open("rb") as file:
        file.seek((number - 1) * PAGE)
        return file.read(PAGE)


def _any_sealed(file: Any, pages: Pages, count: int) -> bool:
    """Whether the salt is as it was: else every seal is wrong, and the first page may be whole."""
    for number in range(2, min(count, _PROBED) + 1):
        file.seek((number - 1) * PAGE)
        if pages.is_sealed(number, file.read(PAGE)):
            return True
    return False


def _bring_in(copy: Path) -> None:
    """Writes the logs' pages into the file, past broken frames too, and takes the logs away."""
    for log in (wal.kept_of(copy), copy.with_name(copy.name + "-wal")):
        if log.exists():
            most = copy.stat().st_size // PAGE + log.stat().st_size // PAGE
            with copy.open("r+b") as file:
                for frame in wal.committed_frames(log.read_bytes()):
                    if 0 < frame.page <= most:
                        file.seek((frame.page - 1) * PAGE)
                        file.write(frame.content)
            log.unlink()


def read_out(source: Path, target: Database, told: Told = lambda part: None) -> ReadOut:
    """Copies every row of record that can be read into `target`, a store that is empty but for its schema.

    Raises Damaged("store-damaged") where not even the schema can be read.
    """
    reader = _Reader(source, target.key)
    done = ReadOut()
    into = target.raw()
    try:
        into.execute("PRAGMA foreign_keys=OFF")
        into.execute("BEGIN IMMEDIATE")
        for number, table in enumerate((*_ROWS, *_WHOLE, *_REST)):
            into.execute(f"DELETE FROM {table.name}")  # noqa: S608
            rows = reader.by_number(table) if table in _ROWS else reader.by_order(table)
            for row in rows:
                _insert(into, table, row)
                done.events += table is tables.events
            told((number + 1) / 10)
        if reader.lost:
            _salts_one_by_one(reader, into)
        into.execute("COMMIT")
    finally:
        into.close()
        reader.close()
    done.lost = reader.lost
    return done


def accesses_in(source: Path, key: bytes) -> tuple[list[Access], bool]:
    """The access log as far as it can be read of a copy, and whether that is all of it.

    Nothing in it proves itself: pages that were not under their seal must not have been made readable.
    Raises Damaged("store-damaged") where not even the schema can be read.
    """
    reader = _Reader(source, key)
    try:
        if not reader.asked("SELECT 1 FROM sqlite_master WHERE name = 'accesses'"):  # of an older version
            return [], True
        ends = reader.asked("SELECT max(id) FROM accesses")
        rows = reader.by_number(tables.accesses) if ends else reader.by_order(tables.accesses)
        found = [Access(row[1], row[2], bytes(row[3]), row[4]) for row in rows]
        return found, not reader.lost
    finally:
        reader.close()


def _insert(into: sqlcipher.Connection, table: Table, row: Sequence[Any]) -> None:
    marks = ", ".join("?" for _ in table.c)
    with suppress(sqlcipher.Error):  # a row that was garbled: its twin, or its place, is taken
        into.execute(f"INSERT OR IGNORE INTO {table.name} VALUES ({marks})", row)  # noqa: S608


def _salts_one_by_one(reader: _Reader, into: sqlcipher.Connection) -> None:
    wanted = into.execute(
        "SELECT DISTINCT branch_id, dossier FROM events EXCEPT SELECT branch_id, dossier FROM salts"
    ).fetchall()
    for pair in wanted:
        for row in reader.asked("SELECT * FROM salts WHERE branch_id = ? AND dossier = ?", pair):
            _insert(into, tables.salts, row)


class _Reader:
    """Reads around pages that cannot be read. After one fault a connection reads no more: a new one does."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._path, self._key = path, key
        self._open: sqlcipher.Connection | None = None
        self.lost = 0
        try:
            self._raw().execute("SELECT name FROM sqlite_master").fetchall()
        except (sqlcipher.Error, NoKey) as error:
            raise Damaged("store-damaged") from error

    def close(self) -> None:
        if self._open is not None:
            self._open.close()
            self._open = None

    def _raw(self) -> sqlcipher.Connection:
        if self._open is None:
            self._open = connect(self._path, self._key)
        return self._open

    def asked(self, sql: str, values: Sequence[Any] = ()) -> list[Any]:
        """All rows of a question, or none."""
        try:
            return self._raw().execute(sql, values).fetchall()  # type: ignore[no-any-return]
        except sqlcipher.Error:
            self.close()
            return []

    def by_number(self, table: Table) -> Iterator[Any]:
        """All rows of a table with numbered rows; a range that fails is halved until single rows fail."""
        top = self._top(table.name)
        for first in range(1, top + 1, _AT_ONCE):
            yield from self._range(table.name, first, min(first + _AT_ONCE - 1, top))

    def _range(self, name: str, first: int, last: int) -> Iterator[Any]:
        sql = f"SELECT * FROM {name} WHERE id BETWEEN ? AND ? ORDER BY id"  # noqa: S608
        try:
            yield from self._raw().execute(sql, (first, last)).fetchall()
        except sqlcipher.Error:
            self.close()
            if first == last:
                self.lost += 1
                return
            middle = (first + last) // 2
            yield from self._range(name, first, middle)
            yield from self._range(name, middle + 1, last)

    def _top(self, name: str) -> int:
        found = self.asked(f"SELECT max(id) FROM {name}")  # noqa: S608
        if found:
            return found[0][0] or 0
        self.lost += 1
        return self._path.stat().st_size // 128  # no row is smaller

    def by_order(self, table: Table) -> Iterator[Any]:
        """All rows in the order of their key, from both ends where the middle cannot be read."""
        order = [column.name for column in table.primary_key]
        seen: set[tuple[Any, ...]] = set()
        for way in ("ASC", "DESC"):
            by = ", ".join(f"{name} {way}" for name in order)
            try:
                for row in self._raw().execute(f"SELECT * FROM {table.name} ORDER BY {by}"):  # noqa: S608
                    own = tuple(row[: len(order)])
                    if own not in seen:
                        seen.add(own)
                        yield row
                return
            except sqlcipher.Error:
                self.close()
                self.lost += 1

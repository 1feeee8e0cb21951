"""An open store: SQLite encrypted by SQLCipher, in WAL with full fsync, one writer at a time."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import cache
from hmac import compare_digest
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool
from sqlalchemy.util import LRUCache

from counter_app.domain.errors import Busy, CannotRead, CannotWrite, Damaged, DiskFull, NoKey, Surroundings

KEY = 32  # bytes
BUSY_MS = 15_000
SMALLEST = 4096  # bytes: one page
_ROOM_TO_OPEN = 256 * 1024  # bytes
_KEPT = 4  # connections that wait for the next transaction, each with pages of up to 16 MB
_WAL_LIMIT = 8 * 1024 * 1024  # bytes kept of a large write-ahead log once it is checkpointed

# SQLite tells what failed in a fixed English phrase.
_FAULTS: tuple[tuple[str, type[Surroundings], str], ...] = (
    ("disk is full", DiskFull, "disk-full"),
    ("database is locked", Busy, "store-busy"),
    ("readonly database", CannotWrite, "store-read-only"),
    ("unable to open", CannotRead, "store-unreadable"),
    ("disk I/O error", CannotWrite, "store-io"),
    ("not a database", Damaged, "store-damaged"),
    ("malformed", Damaged, "store-damaged"),
    ("fts5: corrupt", Damaged, "store-damaged"),
    ("vtable constructor failed", Damaged, "store-damaged"),
)


def _as_it_is(value: Any) -> Any:
    return value


# Of a value without an adapter the driver asks whether it has a method for that: a microsecond for each of
# bytes and None, four times what it costs to write it.
for _kind in (bytes, type(None)):
    sqlcipher.register_adapter(_kind, _as_it_is)


class ReadAlone(sqlcipher.Connection):  # type: ignore[misc]
    """It sees nothing that is written later: the next transaction tries to have a whole one again."""


def connect(path: Path, key: bytes) -> sqlcipher.Connection:
    """A raw connection; raises NoKey("wrong-key") where the key does not open the file.

    Where nothing can be written beside it, on a full disk or a read-only one, a file without a log is opened
    to be read alone: its dossiers are found and printed all the same.
    """
    try:
        return _connected(str(path), key, path)
    except (DiskFull, CannotWrite, CannotRead):
        if not path.is_file() or _has_log(path):
            raise
    return _connected(f"file:{quote(str(path))}?immutable=1", key, path)


def _has_log(path: Path) -> bool:
    log = path.with_name(path.name + "-wal")
    return log.exists() and log.stat().st_size > 0


def _connected(name: str, key: bytes, path: Path) -> sqlcipher.Connection:
    alone = name.startswith("file:")
    try:
        kind = ReadAlone if alone else sqlcipher.Connection
        raw = sqlcipher.connect(name, uri=alone, isolation_level=None, check_same_thread=False, factory=kind)
        raw.execute("PRAGMA cipher_log_level=none")
        raw.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
        raw.execute(f"PRAGMA busy_timeout={BUSY_MS}")
        raw.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if not alone:
            raw.execute("PRAGMA journal_mode=WAL").fetchone()
        raw.execute("PRAGMA synchronous=FULL")
        raw.execute("PRAGMA foreign_keys=ON")
        raw.execute("PRAGMA temp_store=MEMORY")
        raw.execute("PRAGMA cache_size=-16000")
        raw.execute(f"PRAGMA journal_size_limit={_WAL_LIMIT}")
    except sqlcipher.Error as error:
        if "not a database" in str(error):
            raise NoKey("wrong-key") from error
        # SQLite tells of a full disk at opening, where it makes its shared memory, as of a broken one.
        if "disk I/O error" in str(error) and shutil.disk_usage(path.parent).free < _ROOM_TO_OPEN:
            raise DiskFull("disk-full") from error
        raise (_fault(str(error)) or Damaged("store-damaged")) from error
    return raw


# What SQLAlchemy compiles for one database serves each that this process opens after it.
_COMPILED: Final = LRUCache[Any, Any](500)


@cache
def _like() -> Engine:
    """Of which each database's engine takes the dialect, without asking SQLite again what it can do."""
    engine = create_engine("sqlite://", module=sqlcipher, poolclass=NullPool)
    engine.connect().close()
    return engine


class Database:
    """Connections to one store file. `writing` holds the only writer's place until it ends."""

    def __init__(self, path: Path, key: bytes) -> None:
        self.path = path
        self.key = key
        like = _like()
        pool = NullPool(lambda: connect(path, key), dialect=like.dialect)
        self._engine = Engine(pool, like.dialect, like.url, execution_options={"compiled_cache": _COMPILED})
        # The last one used comes first: it still holds the pages that it read. To take one out of a pool of
        # SQLAlchemy's and to put it back costs as much as a short transaction.
        self._idle: list[Connection] = []
        self._closed = False

    def reading(self) -> AbstractContextManager[Connection]:
        """One consistent view of the store."""
        return self._transaction("BEGIN")

    def writing(self) -> AbstractContextManager[Connection]:
        """All that is written inside is committed and on the disk at the end, or none of it."""
        # A deferred transaction that reads first and writes later fails at once under another writer.
        return self._transaction("BEGIN IMMEDIATE")

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[Connection]:
        with known_faults():
            connection = self._take()
            try:
                # The driver begins nothing by itself, and SQLAlchemy would have an event tell it to.
                with connection.begin():
                    driver_of(connection).execute(begin)
                    yield connection
            finally:
                self._put_back(connection)

    def _take(self) -> Connection:
        try:
            return self._idle.pop()
        except IndexError:
            self._must_be_open()
            return self._engine.connect()

    def _must_be_open(self) -> None:
        """A store that was destroyed is not begun anew by whoever comes late."""
        if self._closed:
            raise CannotRead("store-closed", path=self.path.parent)

    def _put_back(self, connection: Connection) -> None:
        whole = not connection.invalidated and connection.get_transaction() is None
        whole = whole and not isinstance(driver_of(connection), ReadAlone)
        if whole and not self._closed and len(self._idle) < _KEPT:
            self._idle.append(connection)
        else:
            connection.close()

    def opened_by(self, key: bytes) -> bool:
        """Whether this is the store's key."""
        return compare_digest(self.key, key)

    def raw(self) -> sqlcipher.Connection:
        """A connection of its own, for backups and checks of the file."""
        self._must_be_open()
        return connect(self.path, self.key)

    def raw_like(self, path: Path) -> sqlcipher.Connection:
        """A connection to another file under the same key."""
        return connect(path, self.key)

    def integrity(self) -> str:
        """ok, or page-damaged or file-damaged: every page's seal, every index, every reference."""
        try:
            raw = self.raw()
            try:
                return integrity_of(raw)
            finally:
                raw.close()
        except sqlcipher.DatabaseError:
            return "file-damaged"

    def frames(self) -> int:
        """How many pages SQLite finds in the write-ahead log of the open store."""
        with known_faults():
            connection = self._take()
            try:
                driver = driver_of(connection)
                driver.execute("SELECT count(*) FROM sqlite_master").fetchone()
                return int(driver.execute("PRAGMA wal_checkpoint(NOOP)").fetchone()[1])
            finally:
                self._put_back(connection)

    def fold_in(self) -> None:
        """Brings the write-ahead log into the file, so that the file alone is the store."""
        with known_faults():
            raw = self.raw()
            try:
                raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            finally:
                raw.close()

    def close(self) -> None:
        self._closed = True
        while self._idle:
            self._idle.pop().close()


def integrity_of(raw: sqlcipher.Connection) -> str:
    """As `Database.integrity` says it, of an open file; raises the driver's DatabaseError too."""
    if raw.execute("PRAGMA cipher_integrity_check").fetchall():
        return "page-damaged"
    told = raw.execute("PRAGMA integrity_check(1)").fetchone()[0]
    broken = raw.execute("PRAGMA foreign_key_check").fetchone()
    return "ok" if told == "ok" and broken is None else "file-damaged"


def driver_of(connection: Connection) -> Any:
    """The driver's own connection, in the same transaction."""
    return connection.connection.dbapi_connection


@contextmanager
def known_faults() -> Iterator[None]:
    """Turns SQLite's faults of disk, lock and damage into ours; other errors are bugs and pass."""
    try:
        yield
    except (DBAPIError, sqlcipher.Error) as error:
        fault = _fault(str(getattr(error, "orig", error)))
        if fault is None:
            raise
        raise fault from error


def _fault(message: str) -> Surroundings | None:
    for phrase, fault, why in _FAULTS:
        if phrase in message:
            return fault(why)
    return None

"""An open store: SQLite encrypted by SQLCipher, in WAL with full fsync, one writer at a time."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from hmac import compare_digest
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from counter_app.domain.errors import Busy, CannotRead, CannotWrite, Damaged, DiskFull, NoKey, Surroundings

KEY = 32  # bytes
BUSY_MS = 15_000
_ROOM_TO_OPEN = 256 * 1024  # bytes
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
)


def connect(path: Path, key: bytes) -> sqlcipher.Connection:
    """A raw connection; raises NoKey("wrong-key") where the key does not open the file."""
    try:
        raw = sqlcipher.connect(str(path), isolation_level=None, check_same_thread=False)
        raw.execute("PRAGMA cipher_log_level=none")
        raw.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
        raw.execute(f"PRAGMA busy_timeout={BUSY_MS}")
        raw.execute("SELECT count(*) FROM sqlite_master").fetchone()
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


class Database:
    """Connections to one store file. `writing` holds the only writer's place until it ends."""

    def __init__(self, path: Path, key: bytes) -> None:
        self.path = path
        self._key = key
        self._engine: Engine = create_engine(
            "sqlite://",
            module=sqlcipher,
            creator=lambda: connect(path, key),
            poolclass=QueuePool,
            pool_size=4,
            max_overflow=8,
        )

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent view of the store."""
        with self._transaction("BEGIN") as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """All that is written inside is committed and on the disk at the end, or none of it."""
        # A deferred transaction that reads first and writes later fails at once under another writer.
        with self._transaction("BEGIN IMMEDIATE") as connection:
            yield connection

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[Connection]:
        # The driver begins nothing by itself. An engine with event listeners is slower at every statement.
        with known_faults(), self._engine.connect() as connection, connection.begin():
            connection.exec_driver_sql(begin)
            yield connection

    def opened_by(self, key: bytes) -> bool:
        """Whether this is the store's key."""
        return compare_digest(self._key, key)

    def raw(self) -> sqlcipher.Connection:
        """A connection of its own, for backups and checks of the file."""
        return connect(self.path, self._key)

    def raw_like(self, path: Path) -> sqlcipher.Connection:
        """A connection to another file under the same key."""
        return connect(path, self._key)

    def integrity(self) -> str:
        """ok, or page-damaged or file-damaged: every page's seal, every index, every reference."""
        try:
            raw = self.raw()
            try:
                sealed = raw.execute("PRAGMA cipher_integrity_check").fetchall()
                if sealed:
                    return "page-damaged"
                told = raw.execute("PRAGMA integrity_check(1)").fetchone()[0]
                broken = raw.execute("PRAGMA foreign_key_check").fetchone()
                return "ok" if told == "ok" and broken is None else "file-damaged"
            finally:
                raw.close()
        except sqlcipher.DatabaseError:
            return "file-damaged"

    def fold_in(self) -> None:
        """Brings the write-ahead log into the file, so that the file alone is the store."""
        with known_faults():
            raw = self.raw()
            try:
                raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            finally:
                raw.close()

    def close(self) -> None:
        self._engine.dispose()


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

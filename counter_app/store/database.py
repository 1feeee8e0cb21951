"""An open store: SQLite encrypted by SQLCipher, in WAL with full fsync, one writer at a time."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hmac import compare_digest
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher

from counter_app.domain.errors import Busy, CannotRead, CannotWrite, Damaged, DiskFull, NoKey, Surroundings

KEY = 32  # bytes
BUSY_MS = 15_000
_ROOM_TO_OPEN = 256 * 1024  # bytes
_KEPT = 4  # connections that wait for their next use, one a lane and one over
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


class Connection:
    """One transaction on a store. Statements (`store/prepared.py`) run on it; nothing outlives it."""

    __slots__ = ("database", "raw")

    def __init__(self, database: Database, raw: sqlcipher.Connection) -> None:
        self.database = database
        self.raw = raw


class Database:
    """Connections to one store file. `writing` holds the only writer's place until it ends."""

    def __init__(self, path: Path, key: bytes) -> None:
        self.path = path
        self._key = key
        self._idle: list[sqlcipher.Connection] = []

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
        idle = self._idle
        with known_faults():
            raw = _pop(idle) or self.raw()
            try:
                raw.execute(begin)
                yield Connection(self, raw)
                raw.execute("COMMIT")
            except BaseException:
                # What failed inside is told; a rollback that fails too ends with the connection.
                with suppress(sqlcipher.Error):
                    raw.execute("ROLLBACK")
                raise
            finally:
                if raw.in_transaction or len(idle) >= _KEPT or idle is not self._idle:
                    raw.close()
                else:
                    idle.append(raw)

    def opened_by(self, key: bytes) -> bool:
        """Whether this is the store's key."""
        return compare_digest(self._key, key)

    def raw(self) -> sqlcipher.Connection:
        """A connection of its own, for backups and checks of the file."""
        return connect(self.path, self._key)

    def raw_like(self, path: Path) -> sqlcipher.Connection:
        """A connection to another file under the same key."""
        return connect(path, self._key)

    def fold_in(self) -> None:
        """Brings the write-ahead log into the file, so that the file alone is the store."""
        with known_faults():
            raw = self.raw()
            try:
                raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            finally:
                raw.close()

    def close(self) -> None:
        """Closes what waits; what is in use closes at its end."""
        idle, self._idle = self._idle, []
        while raw := _pop(idle):
            raw.close()


@contextmanager
def known_faults() -> Iterator[None]:
    """Turns SQLite's faults of disk, lock and damage into ours; other errors are bugs and pass."""
    try:
        yield
    except sqlcipher.Error as error:
        fault = _fault(str(error))
        if fault is None:
            raise
        raise fault from error


def _pop(idle: list[sqlcipher.Connection]) -> sqlcipher.Connection | None:
    # Two lanes may both see the last one; only one of them gets it.
    try:
        return idle.pop()
    except IndexError:
        return None


def _fault(message: str) -> Surroundings | None:
    for phrase, fault, why in _FAULTS:
        if phrase in message:
            return fault(why)
    return None

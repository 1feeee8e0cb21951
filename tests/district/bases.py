"""District databases to test against: SQLite in a temporary folder, and PostgreSQL."""

from __future__ import annotations

import atexit
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from counter_app.district import devices, erasing, identity
from counter_app.district.database import Base, Postgres, open_base
from counter_app.district.exchange import Exchange
from counter_app.district.filing import Filing
from counter_app.district.ledger import CommuneLedger
from counter_app.district.upgrade import bring_up_to_date
from counter_app.domain.runs import Run
from counter_app.domain.vectors import EMPTY, Vector
from counter_app.services.blobs import Blobs
from counter_app.services.packing import packer
from counter_app.store.database import Database
from counter_app.sync import giving
from counter_app.sync.taking import Taken, take
from tests import postgres
from tests.domain.acts import START_MS

KEY = bytes(range(32))
MIGRATIONS = Path(__file__).parents[2] / "db"


@cache
def _empty() -> Path:
    folder = TemporaryDirectory()
    atexit.register(folder.cleanup)
    made = Database(Path(folder.name) / "empty.db", KEY)
    bring_up_to_date(made, MIGRATIONS)
    made.fold_in()
    made.close()
    return made.path


def fresh(folder: Path, url: str = "") -> Base:
    """A district's database without a commune; SQLite's schema is made once and copied."""
    if url:
        base = open_base(folder / "none.db", KEY, url)
        bring_up_to_date(base, MIGRATIONS)
        return base
    number = len(list(folder.glob("district-*.db")))
    shutil.copy(_empty(), folder / f"district-{number}.db")
    return open_base(folder / f"district-{number}.db", KEY)


def commune_in(base: Base, code: str = "H55.242", name: str = "UBND xã Nậm Mây") -> int:
    with base.writing() as connection:
        return devices.add_commune(connection, code, name, "2025-07-01", lambda n: bytes([len(code)] * n))


@contextmanager
def writing(base: Base, commune: int) -> Iterator[CommuneLedger]:
    with base.writing() as connection:
        ledger = CommuneLedger(connection, commune)
        ledger.lock()
        yield ledger
        ledger.finish()


def hear(base: Base, commune: int, runs: list[Run]) -> Taken:
    with writing(base, commune) as ledger:
        return take(ledger, runs)


def vector(base: Base, commune: int) -> Vector:
    with base.reading() as connection:
        return giving.vector(CommuneLedger(connection, commune))


def runs(base: Base, commune: int, theirs: Vector = EMPTY) -> list[Run]:
    with base.reading() as connection:
        return list(giving.runs_for(CommuneLedger(connection, commune), theirs))


def kept(base: Base) -> bytes | str:
    """The database as it is now: its file, or a copy beside it."""
    if isinstance(base, Postgres):
        base.close()
        return postgres.copied(base.url)
    assert isinstance(base, Database)
    base.fold_in()
    return base.path.read_bytes()


def put_back(base: Base, copy: bytes | str) -> None:
    """The database as it once was; a copy is used up by it."""
    base.close()
    if isinstance(base, Postgres):
        postgres.put_back(base.url, str(copy))
        return
    assert isinstance(base, Database) and isinstance(copy, bytes)
    for rest in ("-wal", "-shm"):
        base.path.with_name(base.path.name + rest).unlink(missing_ok=True)
    base.path.write_bytes(copy)
    vars(base).update(vars(Database(base.path, base.key)))  # open again, for all who hold it


class Server:
    """A district with its keys, asked without a network."""

    def __init__(
        self, base: Base, now_ms: int = START_MS, files: Path | None = None, depot: Any = None
    ) -> None:
        """`files` is the folder of its files, with the embedded database one beside it; or a `depot`."""
        self.base = base
        self.now_ms = now_ms
        with base.writing() as connection:
            self.who = identity.draw(connection, "Sở mẫu")
        beside = base.path.with_suffix(".files") if isinstance(base, Database) else Path("/nowhere")
        self.depot = depot or Blobs(files or beside, KEY)
        drop = partial(erasing.sweep, base, self.depot)
        self.exchange = Exchange(base, self.who, packer(), lambda: self.now_ms, erased=drop)
        self.filing = Filing(
            base, self.who, self.depot, lambda: self.now_ms, self.exchange.notes, self.exchange.meter
        )

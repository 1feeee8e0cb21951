"""Real stores in a temporary folder that write, meet and hand each other runs."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from counter_app.domain.events import Event
from counter_app.domain.runs import Run
from counter_app.domain.vectors import EMPTY, Vector
from counter_app.store import log, own
from counter_app.store.database import Database
from counter_app.store.ingest import ingest
from counter_app.store.ledger import Shelf
from counter_app.store.upgrade import bring_up_to_date
from counter_app.store.writer import Writer, writing
from counter_app.sync import giving
from counter_app.sync.taking import Taken
from tests.domain.acts import RECEPTION, START_MS

KEY = bytes(range(32))
MIGRATIONS = Path(__file__).parents[2] / "db"


def dossier_id(number: int) -> bytes:
    return bytes.fromhex(f"0190a0000000700080000000{number:08x}")


class Machine:
    """A store with its own log; every act is a transaction a minute after the last one."""

    def __init__(self, path: Path, now_ms: int = START_MS) -> None:
        self.path = path
        self.database = Database(path, KEY)
        self.now_ms = now_ms

    @classmethod
    def new(cls, path: Path, commune: int = 1) -> Machine:
        """A fresh store; the schema is made once a folder and copied."""
        empty = path.parent / "empty.db"
        if not empty.exists():
            made = Database(empty, KEY)
            bring_up_to_date(made, MIGRATIONS)
            made.close()
        shutil.copy(empty, path)
        machine = cls(path)
        with machine.writing(first=True) as pen:
            pen.open_log(path.stem, dossier_id(0xC0000000 + commune))
        return machine

    @contextmanager
    def writing(self, *, first: bool = False) -> Iterator[Writer]:
        self.now_ms += 60_000
        with writing(self.database, self.now_ms, first=first) as pen:
            yield pen

    def write(self, kind: str, dossier: bytes, payload: dict[str, Any]) -> Event:
        with self.writing() as pen:
            return pen.append(kind, dossier, payload, "lan")

    def receive(self, number: int) -> bytes:
        """A reception with a code of its own; the dossier's id."""
        self.write("received", dossier_id(number), RECEPTION | {"code": f"H55.242-261122-{number:04}"})
        return dossier_id(number)

    def trust(self, other: Machine) -> None:
        """Lets the other's log in, as pairing does."""
        with other.database.reading() as connection:
            row = next(r for r in log.read_map(connection).logs.values() if r.trust == log.OWN)
        named = {"ed25519": row.public.hex(), "x25519": row.sealing.hex(), "machine": row.machine}
        with self.writing() as pen:
            pen.append("paired", pen.commune, {**named, "commune": row.commune.hex()}, "lan")

    def clone(self, path: Path) -> Machine:
        """The same store a second time, as a copied disk makes it."""
        self.database.fold_in()
        shutil.copy(self.path, path)
        return Machine(path, self.now_ms)

    def vector(self) -> Vector:
        with self.database.reading() as connection:
            return giving.vector(Shelf(connection, log.read_map(connection)))

    def runs(self, theirs: Vector = EMPTY) -> list[Run]:
        with self.database.reading() as connection:
            return list(giving.runs_for(Shelf(connection, log.read_map(connection)), theirs))

    def take(self, runs: Iterable[Run]) -> Taken:
        with self.writing() as pen:
            return ingest(pen, runs)

    def hear(self, other: Machine) -> Taken:
        """Takes in what the other has and this one lacks."""
        return self.take(other.runs(self.vector()))

    def rows(self, table: str) -> list[tuple[Any, ...]]:
        raw = self.database.raw()
        try:
            return sorted(raw.execute(f"SELECT * FROM {table}").fetchall(), key=repr)
        finally:
            raw.close()

    def content(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every row but what a machine keeps for itself."""
        tables = ("logs", "branches", "events", "salts", "signatures", "dossiers", "codes", "digits")
        return {table: self.rows(table) for table in tables}

    def change(self, statement: str, *values: Any) -> None:
        """Writes behind the program's back."""
        raw = self.database.raw()
        try:
            raw.execute("PRAGMA foreign_keys=OFF")
            raw.execute(statement, values)
        finally:
            raw.close()

    @property
    def log(self) -> bytes:
        with self.database.reading() as connection:
            return log.read_map(connection).log_of(own.keys(connection).branch).log

    def close(self) -> None:
        self.database.close()


def pair(folder: Path) -> tuple[Machine, Machine]:
    """Two stores of one commune that have let each other in and know each other's events."""
    one, two = Machine.new(folder / "one.db", 1), Machine.new(folder / "two.db", 2)
    one.trust(two)
    two.trust(one)
    one.hear(two)
    two.hear(one)
    return one, two

"""Stores to measure on: a new one as `init` leaves it, and a big one that is built once and kept."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Final

import sqlcipher3.dbapi2 as sqlcipher

from benchmarks import workload
from counter_app.services import opening
from counter_app.services.office import Office
from counter_app.store import upgrade
from counter_app.store.database import KEY, Database
from counter_app.store.writer import writing
from counter_app.system import paths
from counter_app.system.paths import Places

KEPT: Final = Path(__file__).parents[1] / ".build" / "benchmarks"
PASSPHRASE: Final = "một hai ba bốn năm sáu"
_KEY: Final = bytes(range(KEY))
_COMMUNE: Final = bytes(range(16))


def ms(act: workload.Act) -> int:
    return round(act.at.timestamp() * 1000)


def new(path: Path) -> Database:
    """An empty store of one commune, in the place of whatever lay there."""
    for suffix in ("", "-wal", "-shm"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    database = Database(path, _KEY)
    upgrade.bring_up_to_date(database, paths.migrations())
    with writing(database, 0, first=True) as pen:
        pen.open_log("MÁY 1", _COMMUNE)
    return database


class Vault:
    """A keyring with one secret."""

    secret = b""

    def get(self, name: str) -> bytes | None:
        return self.secret or None

    def set(self, name: str, secret: bytes) -> None:
        self.secret = secret

    def delete(self, name: str) -> None:
        self.secret = b""

    def status(self) -> str:
        return "ok"


def office(data: Path, clock: Callable[[], datetime], vault: Vault | None = None) -> Office:
    """An office as `init` leaves it, with the calendars and the catalogue that ship."""
    order = opening.NewStore(workload.AGENCY, "UBND xã Séo Phìn", passphrase=PASSPHRASE)
    return opening.create(Places(data), order, opening.Openers(vault or Vault()), clock)


def big_office(count: int) -> Places:
    """The folder of an office with `count` dossiers, built once and kept; its passphrase opens it."""
    places = Places(scratch() / f"office-{count}")
    if not places.data.exists():
        unfinished = places.data.with_suffix(".unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        began = next(workload.dossiers(count, seed=2)).acts[0].at
        made = office(unfinished, lambda: began)
        fill(made.database, count)
        made.database.fold_in()
        made.close()
        unfinished.replace(places.data)
    return places


def twin(database: Database, path: Path) -> sqlcipher.Connection:
    """A bare connection to a second store that begins with the same rows."""
    database.fold_in()
    shutil.copyfile(database.path, path)
    return database.raw_like(path)


def scratch() -> Path:
    """Where measured stores lie: on the disk of the checkout, since a temporary folder may be in memory."""
    KEPT.mkdir(parents=True, exist_ok=True)
    return KEPT


def big(count: int) -> Database:
    """A store of `count` dossiers, written by the store's own writer in large transactions, then kept."""
    path = scratch() / f"dossiers-{count}.db"
    if not path.exists():
        database = new(path.with_suffix(".unfinished"))
        fill(database, count)
        database.fold_in()
        database.close()
        database.path.replace(path)
    database = Database(path, _KEY)
    upgrade.bring_up_to_date(database, paths.migrations())  # it may have been kept from an earlier schema
    return database


def fill(database: Database, count: int) -> None:
    found = workload.dossiers(count, seed=2)
    while some := list(islice(found, 1000)):
        with writing(database, ms(some[0].acts[0])) as pen:
            for item in some:
                for act in item.acts:
                    pen.append(act.kind, item.id, act.payload, item.actor)

"""Takes over what the disk of a dead machine still holds."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from counter_app.crypto.escrow import open_key
from counter_app.crypto.sealing import SealingKey
from counter_app.crypto.wraps import KeyFile
from counter_app.domain.errors import CannotRead, Damaged, NoKey, NotAllowed, NotFound, Refused
from counter_app.domain.rights import Right
from counter_app.domain.training import is_training
from counter_app.services.blobs import Blobs, blobs_of
from counter_app.services.office import Office, Session, commune_in, to_ms
from counter_app.services.opening import Openers, key_of
from counter_app.store import blobs, ingest, keeping, log, own, unkept, upgrade
from counter_app.store.database import Database
from counter_app.store.ledger import Shelf
from counter_app.sync import giving
from counter_app.system import files, paths
from counter_app.system.paths import Places

_USUAL: Final = (
    "counter-app",
    "Users/*/AppData/Local/counter-app",
    "AppData/Local/counter-app",
    "home/*/.local/share/counter-app",
    "root/.local/share/counter-app",
    ".local/share/counter-app",
)
"""Where the program keeps its data (system/paths), seen from a disk, a folder of users, or a user's own."""


def salvage(office: Office, session: Session, folder: Path, openers: Openers) -> dict[str, Any]:
    """Takes in every event of the store in that data folder, or on the disk that it is; it is only read.

    It is opened by the key that the district released to this machine, else as its own machine would.
    Raises CannotRead("no-old-store" | "old-disk-unreadable"), NoKey, Damaged, NewerStore,
    NotAllowed("salvage-itself"), Refused("training-into-real" | "real-into-training").
    """
    session.require(Right.KEEP_STORE)
    old = Places(_store_on(folder))
    if old.data.resolve() == office.places.data.resolve():
        raise NotAllowed("salvage-itself", path=old.data)
    with _opened(office, old, openers) as database, database.reading() as theirs:
        where = log.read_map(theirs)
        shelf = Shelf(theirs, where)
        ours = is_training(where.log_of(own.keys(theirs).branch).commune)
        held = keeping.dossiers_in(theirs)
        if ours is not office.training:
            raise Refused("training-into-real" if ours else "real-into-training")
        with office.writing(guard_clock=False) as (pen, _now):
            vector = giving.vector(Shelf(pen.connection, pen.map))
            taken = ingest.ingest(pen, giving.runs_for(shelf, vector))
            its = {row.log for row in where.logs.values() if row.trust == log.OWN}
            aside = any(row.trust == log.ASIDE for row in pen.map.logs.values() if row.log in its)
        aside_here = (
            old.data.resolve().parent == office.places.data.resolve()
        )  # by a restore: its files stayed
        lies = office.places if aside_here else old
        rescued, lost = _files(office, theirs, Blobs(lies.blobs, database.key))
        pages, pages_lost = _pages(office, theirs, Blobs(lies.unkept, database.key))
    return {
        "dossiers": held,
        "received": taken.new,
        "known": taken.known,
        "aside": aside,
        "forks": taken.forks,
        "files": rescued,
        "files_lost": lost,
        "pages": pages,
        "pages_lost": pages_lost,
        "refused": [{"log": name, "why": why} for name, _, why in taken.refused],
        "conflicts": keeping.conflict_count(office.database),
    }


def _files(office: Office, theirs: Any, folder: Blobs) -> tuple[int, int]:
    """Takes over the scanned files that never reached the district; how many, and how many cannot be read."""
    ours, rescued, lost = blobs_of(office), 0, 0
    for digest, size in blobs.unsafe(theirs):
        try:
            ours.put(digest, folder.parts(digest))
        except (NotFound, Damaged, CannotRead):
            lost += 1
            continue
        with office.writing(guard_clock=False) as (pen, now):
            blobs.keep(pen.connection, digest, size, to_ms(now))
        rescued += 1
    return rescued, lost


def _pages(office: Office, theirs: Any, pile: Blobs) -> tuple[int, int]:
    """Takes over the scanned pages that are on no paper yet and that this store lacks; as `_files`."""
    ours = Blobs(office.places.unkept, office.database.key)
    with office.reading() as (connection, _):
        known = {name for name, _ in unkept.rows(connection)}
    found = [(name, row) for name, row in unkept.rows(theirs) if name not in known]
    taken = dict[str, bytes]()
    for name, row in found:
        with suppress(NotFound, Damaged, CannotRead):
            for digest in unkept.files_of(row):
                ours.put(digest, pile.parts(digest))
            taken[name] = row
    with office.database.writing() as connection:
        for name, row in taken.items():
            own.put(connection, name, row)
    return len(taken), len(found) - len(taken)


def _store_on(disk: Path) -> Path:
    """The data folder that this is, or that lies on it where the program keeps one; the last one written."""
    try:
        if Places(disk).database.exists():
            return disk
        found = [path for usual in _USUAL for path in disk.glob(usual) if Places(path).database.exists()]
        return max(found, key=lambda path: Places(path).database.stat().st_mtime)
    except ValueError as error:
        raise CannotRead("no-old-store", path=disk) from error
    except OSError as error:
        raise CannotRead("old-disk-unreadable", path=disk) from error


@contextmanager
def _opened(office: Office, old: Places, openers: Openers) -> Iterator[Database]:
    """A copy of the old store, brought up to date: its own files may lie on a disk that is dying."""
    key = _key_of(office, KeyFile.from_bytes(files.read_bytes(old.keys)), openers)
    for left in office.places.data.glob("salvage-*"):  # by a power cut
        shutil.rmtree(left, ignore_errors=True)
    with files.workshop(office.places.data, "salvage-") as kept:
        copy = kept / old.database.name
        for rest in ("", "-wal"):
            source = old.database.with_name(old.database.name + rest)
            if source.exists():
                try:
                    shutil.copyfile(source, copy.with_name(copy.name + rest))
                except OSError as error:
                    raise CannotRead("old-disk-unreadable", path=source) from error
        database = Database(copy, key)
        try:
            upgrade.bring_up_to_date(database, paths.migrations())
            yield database
        finally:
            database.close()


def _key_of(office: Office, keys: KeyFile, openers: Openers) -> bytes:
    known = released(office)
    if keys.store_id in known:
        return known[keys.store_id]
    try:
        return key_of(keys, openers)
    except NoKey as error:
        raise NoKey("old-store-shut") from error


def released(office: Office) -> dict[str, bytes]:
    """The keys of other stores that the district has sealed to this machine, by the stores' ids."""
    with office.reading() as (connection, where):
        sealing = SealingKey(own.keys(connection).sealing)
        mine = {row.log for row in where.logs.values() if row.trust == log.OWN}
        events = commune_in(connection, where).arranged.events
    found = {}
    for event in events:
        if event.header.kind == "released" and event.payload:
            with suppress(Refused, KeyError, TypeError, ValueError):
                if bytes.fromhex(event.payload["log"]) in mine:
                    store, key = open_key(bytes.fromhex(event.payload["sealed"]), sealing)
                    found[store] = key
    return found

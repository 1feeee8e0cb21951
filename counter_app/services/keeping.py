"""Keeps what was entered: backups, restoring them under a new log, checks and rebuilt caches."""

from __future__ import annotations

import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from counter_app.crypto.wraps import KeyFile
from counter_app.domain.errors import AlreadyThere, BadInput, CannotRead, Damaged, NewerStore, NoKey, Refused
from counter_app.domain.rights import Right
from counter_app.services.office import Clock, Office, Session, to_ms
from counter_app.services.opening import Openers, key_of, list_wraps, open_key, open_store, start_new_log
from counter_app.store import keeping, own, upgrade
from counter_app.store.database import Database
from counter_app.store.writer import writing
from counter_app.system import files, paths
from counter_app.system.paths import Places

_LAST_BACKUP: Final = "backup/last"  # this machine's own: when
_KEYS: Final = "keys.json"
_STORE: Final = "store.db"
_PIECE: Final = 1024 * 1024  # bytes: the smaller, the more often the window's thread is held up
_LARGEST_KEYS: Final = 1024 * 1024  # bytes


@dataclass(frozen=True)
class Standing:
    """The store as a thing on this disk: where, how many bytes, when it was last backed up."""

    folder: Path
    size: int
    backed_up: datetime | None
    wraps: tuple[Mapping[str, Any], ...]


def standing(office: Office) -> Standing:
    """Raises CannotRead where the wraps are gone."""
    with office.database.reading() as connection:
        last = own.get_text(connection, _LAST_BACKUP, "")
    places = office.places
    size = sum(path.stat().st_size for path in places.data.glob(places.database.name + "*"))
    return Standing(
        places.data,
        size,
        datetime.fromisoformat(last) if last else None,
        tuple(list_wraps(places)),
    )


def backup(office: Office, target: Path, told: keeping.Told = lambda part: None) -> dict[str, Any]:
    """One file: the encrypted store and the wraps that open it anywhere (none of a keyring).

    Raises DiskFull or CannotWrite; an older file of that name then still stands.
    """
    keys = KeyFile.from_bytes(files.read_bytes(office.places.keys)).without(["keyring"])
    beside = target.with_name(target.name + ".part")
    with tempfile.TemporaryDirectory(dir=office.places.data, prefix="backup-") as folder:
        copy = Path(folder) / _STORE
        keeping.copy_to(office.database, copy, told)
        try:
            with zipfile.ZipFile(beside, "w", zipfile.ZIP_STORED) as archive:
                archive.writestr(_KEYS, keys.to_bytes())
                with copy.open("rb") as store, archive.open(_STORE, "w", force_zip64=True) as kept:
                    shutil.copyfileobj(store, kept, _PIECE)
            beside.chmod(0o600)
            files.move_into_place(beside, target)
        except OSError as error:
            raise files.cannot_write(target, error) from error
        finally:
            with suppress(OSError):
                beside.unlink()
    with office.database.writing() as connection:
        own.put_text(connection, _LAST_BACKUP, office.now().isoformat())
    return {"file": str(target), "bytes": target.stat().st_size}


def restore(
    places: Places,
    source: Path,
    openers: Openers,
    clock: Clock,
    *,
    replace: bool = False,
    who: Callable[[Office], Session] = Office.session,
) -> dict[str, Any]:
    """Puts a backup in the store's place, under a new log: the old one may have gone on elsewhere.

    A store that holds dossiers is set aside only with `replace`, and never deleted; `who` says who acts in
    it: one of its administrators or heads, once its officers have PINs. Raises NotPermitted,
    AlreadyThere("store-holds-dossiers"), Refused("not-a-backup"), NoKey, Damaged("backup-damaged").
    """
    if places.database.exists():
        if replace:
            _ask_leave(places, openers, clock, who)
        elif _holds_dossiers(places, openers):
            raise AlreadyThere("store-holds-dossiers", path=places.data)
    files.private_folder(places.data)
    unfinished = places.data / "unfinished"
    shutil.rmtree(unfinished, ignore_errors=True)
    files.private_folder(unfinished)
    made = unfinished / _STORE
    try:
        keys = _unpack(source, made)
        key = key_of(keys, openers)
        database = Database(made, key)
        try:
            upgrade.bring_up_to_date(database, paths.migrations())
            verdict = keeping.check(database)
            if not verdict.healthy:
                raise Damaged("backup-damaged", chain=verdict.chain, integrity=verdict.integrity)
            with writing(database, to_ms(clock())) as pen:
                start_new_log(pen)
            database.fold_in()
        finally:
            database.close()
        aside = _set_aside(places, clock()) if places.database.exists() else None
        files.write_atomically(places.keys, keys.to_bytes())
        files.move_into_place(made, places.database)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return {
        "events": verdict.events,
        "dossiers": verdict.dossiers,
        "set_aside": str(aside) if aside else None,
    }


def _ask_leave(places: Places, openers: Openers, clock: Clock, who: Callable[[Office], Session]) -> None:
    try:
        office = open_store(places, openers, clock)
    except (NoKey, NewerStore, Damaged, CannotRead, BadInput):
        return  # a store that nobody opens is what a backup is for
    try:
        if keeping.dossier_count(office.database) and office.commune().guarded:
            who(office).require(Right.KEEP_STORE)
    except Damaged:
        return
    finally:
        office.close()


def _holds_dossiers(places: Places, openers: Openers) -> bool:
    key = open_key(places, openers)
    database = Database(places.database, key)
    try:
        return keeping.dossier_count(database) > 0
    finally:
        database.close()


def _unpack(source: Path, store: Path) -> KeyFile:
    ours = False
    try:
        with zipfile.ZipFile(source) as archive:
            if sorted(archive.namelist()) != [_KEYS, _STORE]:
                raise Refused("not-a-backup", path=source)
            if archive.getinfo(_KEYS).file_size > _LARGEST_KEYS:
                raise Refused("not-a-backup", path=source)
            ours = True
            keys = KeyFile.from_bytes(archive.read(_KEYS))
            with archive.open(_STORE) as packed, store.open("wb") as out:
                shutil.copyfileobj(packed, out, 1024 * 1024)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        # What zipfile raises for a flipped byte in a header depends on the byte.
        if ours:
            raise Damaged("backup-damaged", path=source) from error
        raise Refused("not-a-backup", path=source) from error
    except FileNotFoundError as error:
        raise CannotRead("file-missing", path=source) from error
    except OSError as error:
        raise files.cannot_write(store, error) from error
    return keys


def _set_aside(places: Places, now: datetime) -> Path:
    aside = places.data / f"set-aside-{now:%Y%m%d-%H%M%S}"
    files.private_folder(aside)
    for path in (*places.data.glob(places.database.name + "*"), places.keys):
        if path.exists():
            path.replace(aside / path.name)
    return aside


def conflict_count(office: Office) -> int:
    return keeping.conflict_count(office.database)


def verify(office: Office) -> keeping.Verdict:
    """Walks the whole store: chain, signatures, payloads, and every cache against the fold."""
    return keeping.check(office.database)


def rebuild(office: Office) -> int:
    """Makes all caches anew from the events; the number of dossiers."""
    with office.database.writing() as connection:
        keeping.rebuild(connection)
    return keeping.dossier_count(office.database)

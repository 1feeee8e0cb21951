"""Keeps what was entered: backups, restoring them under a new log, checks and rebuilt caches."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from counter_app.domain.errors import (
    AlreadyThere,
    BadInput,
    CannotRead,
    CannotWrite,
    CounterError,
    Damaged,
    DiskFull,
    NewerStore,
    NoKey,
)
from counter_app.domain.rights import Right
from counter_app.services import backup_files, checks, erased_copies, incoming, lost_receipts
from counter_app.services.file_copies import Copies, Listing
from counter_app.services.files_back import bring_back
from counter_app.services.office import Clock, Office, Session, to_ms
from counter_app.services.opening import Openers, key_of, list_wraps, open_key, open_store, start_new_log
from counter_app.store import keeping, own, upgrade
from counter_app.store.checking import Verdict, check
from counter_app.store.database import Database
from counter_app.store.writer import writing
from counter_app.system import files, paths, settings
from counter_app.system.paths import Places

LAST: Final = "backup/last"  # this machine's own: when


@dataclass(frozen=True)
class Standing:
    """The store as a thing on this disk: where, how many bytes, when it was last backed up."""

    folder: Path
    size: int
    backed_up: datetime | None
    checked: checks.Whole | None
    wraps: tuple[Mapping[str, Any], ...]


def standing(office: Office) -> Standing:
    """Raises CannotRead where the wraps are gone."""
    with office.database.reading() as connection:
        last = own.get_text(connection, LAST, "")
    places = office.places
    size = sum(path.stat().st_size for path in places.data.glob(places.database.name + "*"))
    return Standing(
        places.data,
        size,
        datetime.fromisoformat(last) if last else None,
        checks.last_whole(office),
        tuple(list_wraps(places)),
    )


def backup(office: Office, target: Path, told: keeping.Told = lambda part: None) -> dict[str, Any]:
    """One file, scanned files and all; raises what `backup_files.pack` does, AlreadyThere("file-there"), and
    Busy("backup-runs")."""
    backup_files.refuse_other(target)
    with backup_files.alone(office.places):
        listing = pack(office, target, told, in_one=True)
    with suppress(CannotWrite, DiskFull):
        erased_copies.remember(office, target)
    return {"file": str(target), "bytes": target.stat().st_size, **listing.to_json()}


def pack(
    office: Office, target: Path, told: keeping.Told = lambda part: None, *, in_one: bool = False
) -> Listing:
    """`backup_files.pack`, by the office's settings; the store says when it was last done, if it can."""
    everything = office.settings.backup_all_files
    listing = backup_files.pack(
        office.places, office.database, target, told, everything=everything, in_one=in_one
    )
    with suppress(CannotWrite, DiskFull), office.database.writing() as connection:
        own.put_text(connection, LAST, office.now().isoformat())
    return listing


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
    it: one of its administrators or heads, once its officers have PINs. What a list beside the backup, or
    in this machine's own places, says was erased since is left out (erased_copies.py). Scanned files come out
    of this machine's folder, the backup, and what lies beside it and in this machine's own places
    (files_back.py). `missing` are the codes on receipts printed here that the
    backup does not know. Raises NotPermitted, AlreadyThere("store-holds-dossiers"), Refused("not-a-backup"),
    NoKey, Damaged("backup-damaged").
    """
    if incoming.is_decided(places):
        incoming.finish(places)
    if places.database.exists():
        if replace:
            _ask_leave(places, openers, clock, who)
        elif _holds_dossiers(places, openers):
            raise AlreadyThere("store-holds-dossiers", path=places.data)
    files.private_folder(places.data)
    made = incoming.prepare(places) / "restored.db"
    try:
        keys = backup_files.unpack(source, made)
        key = key_of(keys, openers)
        database = Database(made, key)
        try:
            upgrade.bring_up_to_date(database, paths.migrations())
            verdict = check(database)
            if not verdict.healthy:
                raise Damaged("backup-damaged", chain=verdict.chain, integrity=verdict.integrity)
            folders = [source.parent, *_backup_folders(places)]
            erased = erased_copies.told(folders, key)
            for story, said in _erased_here(places, key).items():
                erased[story] = said or erased.get(story, {})
            with writing(database, to_ms(clock())) as pen:
                start_new_log(pen)
                erased_copies.leave_out(pen, erased)
            with Copies([source], folders) as copies:
                back = bring_back(places, database, copies, to_ms(clock()))
            database.fold_in()
        finally:
            database.close()
        aside = incoming.put_in_place(places, made, keys, clock())
        missing = _missing(places, key, clock)
    finally:
        if not incoming.is_decided(places):
            shutil.rmtree(places.incoming, ignore_errors=True)
    return {
        "events": verdict.events,
        "dossiers": verdict.dossiers,
        "set_aside": str(aside) if aside else None,
        "missing": list(missing),
        **back.to_json(),
    }


def _missing(places: Places, key: bytes, clock: Clock) -> tuple[str, ...]:
    office = Office(places, Database(places.database, key), clock, settings.Settings())
    try:
        return lost_receipts.missing(office)
    finally:
        office.close()


def _erased_here(places: Places, key: bytes) -> erased_copies.Erased:
    """What was erased of the store that stands there, if it is the same one and can be read."""
    if places.database.exists():
        with suppress(CounterError):
            database = Database(places.database, key)
            try:
                with database.reading() as connection:
                    return erased_copies.noted(connection)
            finally:
                database.close()
    return {}


def _backup_folders(places: Places) -> list[Path]:
    chosen = settings.load(places.settings)
    second = [Path(chosen.backup_second)] if chosen.backup_second else []
    return [backup_files.home(places, chosen), *second]


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


def conflict_count(office: Office) -> int:
    return keeping.conflict_count(office.database)


def verify(office: Office) -> Verdict:
    """Walks the whole store: chain, signatures, payloads, and every cache against the fold."""
    return checks.whole(office)


def rebuild(office: Office) -> int:
    """Makes all caches anew from the events; the number of dossiers."""
    with office.database.writing() as connection:
        keeping.rebuild(connection)
    return keeping.dossier_count(office.database)

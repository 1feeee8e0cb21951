"""Backups as files: what one holds, how it is made and checked, its name, and those that lie in a folder."""

from __future__ import annotations

import os
import re
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from counter_app.crypto.wraps import KeyFile
from counter_app.domain.errors import (
    AlreadyThere,
    BadInput,
    CannotRead,
    CounterError,
    Damaged,
    DiskFull,
    Refused,
)
from counter_app.domain.names import words
from counter_app.domain.zone import VIETNAM
from counter_app.services import file_copies
from counter_app.services.file_copies import Listing
from counter_app.services.gathering import Gathering
from counter_app.store import keeping
from counter_app.store.database import Database
from counter_app.system import files
from counter_app.system.lock import single_window
from counter_app.system.paths import Places
from counter_app.system.settings import Settings

KEYS: Final = "keys.json"
STORE: Final = "store.db"
_PIECE: Final = 1024 * 1024  # bytes: the smaller, the more often the window's thread is held up
_LARGEST_KEYS: Final = 1024 * 1024  # bytes
MARK: Final = "sao-luu-{}.txt"
"""Lies in the second place of a store: the empty folder under an absent disk is never taken for it."""
_PART: Final = ".part"
_LOCK: Final = "backup.lock"
_COPYING: Final = "backup-"
DRILLING: Final = "drill-"
_HOME: Final = "-sao-luu"
_INSIDE: Final = "sao-luu"
_SPARE: Final = 8 * 1024 * 1024  # bytes left for the counter's own work
_NAME: Final = re.compile(r"sao-luu-[0-9a-f]{8}-[a-z0-9-]+-(\d{8}-\d{6})\.zip")
_TAIL: Final = len("20261128-171500.zip")
_UPGRADE: Final = "nang-cap-tu-"
_UPGRADES_KEPT: Final = 2


@dataclass(frozen=True)
class Backup:
    """A backup that lies in a folder, by what its name says."""

    path: Path
    at: datetime


@contextmanager
def alone(places: Places) -> Iterator[None]:
    """For whoever makes backups of this store, one at a time; raises Busy("backup-runs").

    What a killed one has left in the store's folder goes first.
    """
    with single_window(places.data / _LOCK, "backup-runs"):
        for left in (_COPYING, DRILLING):
            for folder in places.data.glob(f"{left}*/"):
                shutil.rmtree(folder, ignore_errors=True)
        yield


def pack(
    places: Places,
    database: Database,
    target: Path,
    told: keeping.Told = lambda part: None,
    *,
    everything: bool = False,
    in_one: bool = False,
) -> Listing:
    """One file: the encrypted store and the wraps that open it anywhere (none of a keyring); read back whole.
    The scanned files that it needs (file_copies.py) lie beside it, or with `in_one` in it; `everything` takes
    those too that the district has. `alone` must hold.

    Raises DiskFull, CannotWrite or Damaged("backup-unsound"); an older file of that name then still stands.
    """
    keys = KeyFile.from_bytes(files.read_bytes(places.keys)).without(["keyring"])
    beside, copies = target.with_name(target.name + _PART), _copies_by(target, keys)
    for left in target.parent.glob(f"{beside.name}-*/"):
        shutil.rmtree(left, ignore_errors=True)
    # On a full or read-only disk a backup to another is needed most: what is worked on lies there, encrypted.
    room = _size(places, database) + _SPARE
    with files.workshop(places.data, _COPYING, room, beside.with_name(beside.name + "-")) as folder:
        copy = folder / STORE
        first = Gathering(places, database, everything=everything)
        share = 1 / (1 + first.missing_bytes(copies) / max(1, database.path.stat().st_size))
        pile = folder / "pages" if in_one else copies
        pages = first.pages_beside(pile)
        keeping.copy_to(database, copy, lambda part: told(part * share))

        def rest(part: float) -> None:
            told(share + part * (1 - share))

        gathering = Gathering(places, database, everything=everything)
        listing = Listing() if in_one else gathering.beside(copies, rest, pages)
        try:
            with zipfile.ZipFile(beside, "w", zipfile.ZIP_STORED) as archive:
                archive.writestr(KEYS, keys.to_bytes())
                _add(archive, STORE, copy)
                if in_one:
                    listing = gathering.inside(archive, rest, pages, pile)
                archive.writestr(file_copies.LIST, listing.to_bytes())
            beside.chmod(0o600)
            files.from_the_disk(beside)
            with zipfile.ZipFile(beside) as written:
                if written.testzip() is not None:
                    raise Damaged("backup-unsound", path=target)
            if not in_one:
                file_copies.require(copies, listing)
            files.move_into_place(beside, target)
        except (zipfile.BadZipFile, zlib.error) as error:
            raise Damaged("backup-unsound", path=target) from error
        except OSError as error:
            raise files.cannot_write(target, error) from error
        finally:
            with suppress(OSError):
                beside.unlink()
    return listing


def _copies_by(backup: Path, keys: KeyFile) -> Path:
    return file_copies.folder_in(backup.parent, keys.store_id[:8])


def refuse_other(target: Path) -> None:
    """Before a backup is made there: raises AlreadyThere("file-there") where a file lies that is none, and
    BadInput("not-a-folder") where there is no folder for it."""
    if not target.parent.is_dir():
        raise BadInput("not-a-folder", field="path", value=str(target.parent))
    with suppress(OSError, zipfile.BadZipFile):
        if not target.exists():
            return
        with zipfile.ZipFile(target) as archive:
            if {KEYS, STORE} <= set(archive.namelist()):
                return
    raise AlreadyThere("file-there", path=target)


def unpack(source: Path, store: Path) -> KeyFile:
    """The store of a backup as the file `store`, and its wraps.

    Raises Refused("not-a-backup"), Damaged("backup-damaged"), CannotRead, DiskFull or CannotWrite.
    """
    ours = False
    try:
        with zipfile.ZipFile(source) as archive:
            names = [name for name in archive.namelist() if not file_copies.is_part(name)]
            if sorted(names) != [KEYS, STORE] or archive.getinfo(KEYS).file_size > _LARGEST_KEYS:
                raise Refused("not-a-backup", path=source)
            ours = True
            keys = KeyFile.from_bytes(archive.read(KEYS))
            with archive.open(STORE) as packed, store.open("wb") as out:
                shutil.copyfileobj(packed, out, _PIECE)
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


def wraps_of(source: Path) -> KeyFile:
    """What opens a backup, by its own wraps; raises Refused("not-a-backup"), Damaged or CannotRead."""
    try:
        with zipfile.ZipFile(source) as archive:
            if archive.getinfo(KEYS).file_size > _LARGEST_KEYS:
                raise Refused("not-a-backup", path=source)
            return KeyFile.from_bytes(archive.read(KEYS))
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, RuntimeError) as error:
        raise Refused("not-a-backup", path=source) from error
    except OSError as error:
        raise CannotRead("cannot-read", path=source, code=error.errno) from error


def home(places: Places, settings: Settings) -> Path:
    """The folder of this machine's own backups: beside the store's, so that it is not lost with that folder.

    Where nothing may be written beside it, it lies inside.
    """
    if settings.backup_folder:
        return Path(settings.backup_folder)
    beside = places.data.with_name(places.data.name + _HOME)
    return beside if beside.is_dir() or os.access(beside.parent, os.W_OK) else places.data / _INSIDE


def store_of(places: Places) -> str:
    """What the names of a store's backups begin with; raises CannotRead or Damaged."""
    return KeyFile.from_bytes(files.read_bytes(places.keys)).store_id[:8]


def name_of(store: str, machine: str, at: datetime) -> str:
    """The name of a backup: the store, the machine, when it was made; of no person."""
    return _name(store, _slug(machine), at)


def is_marked(folder: Path, store: str) -> bool:
    """Whether the folder is the second place that was chosen for this store, and its disk is here."""
    try:
        return (folder / MARK.format(store)).is_file()
    except OSError:
        return False


def listed(folder: Path, store: str, machine: str = "") -> list[Backup]:
    """The backups of a store in a folder, the newest first; with `machine`, those that it made by itself;
    without `store` those of every one.

    Raises CannotRead where the folder is there and cannot be read.
    """
    begins = "-".join(("sao-luu", *filter(None, (store, _slug(machine) if machine else "")), ""))
    found = []
    try:
        for path in folder.iterdir() if folder.is_dir() else ():
            at = made_at(path)
            exact = len(path.name) == len(begins) + _TAIL
            if at is not None and path.name.startswith(begins) and (exact or not machine):
                found.append(Backup(path, at))
    except OSError as error:
        raise CannotRead("cannot-read", path=folder, code=error.errno) from error
    return sorted(found, key=lambda one: one.at, reverse=True)


def made_at(path: Path) -> datetime | None:
    """When a backup was made, by its name; None where it is not one of ours."""
    told = _NAME.fullmatch(path.name)
    try:
        return datetime.strptime(told[1], "%Y%m%d-%H%M%S").replace(tzinfo=VIETNAM) if told else None
    except ValueError:  # digits that are no time
        return None


def check_room(places: Places, database: Database, folder: Path, *, everything: bool = False) -> None:
    """Raises DiskFull, before anything is written, where a backup would fill the disk that is worked on."""
    size = _size(places, database)
    copies = file_copies.folder_in(folder, store_of(places))
    more = Gathering(places, database, everything=everything).missing_bytes(copies)
    try:
        together = places.data.stat().st_dev == folder.stat().st_dev
        spare = shutil.disk_usage(places.data).free - _SPARE
        if together and spare < 2 * size + more:
            raise DiskFull("disk-full", path=folder)
        there = size + more if spare >= size else 2 * size + more
        if not together and shutil.disk_usage(folder).free < there:
            raise DiskFull("disk-full", path=folder)
    except OSError as error:
        raise files.cannot_write(folder, error) from error


def _size(places: Places, database: Database) -> int:
    """Bytes of the store and its log."""
    return sum(path.stat().st_size for path in places.data.glob(database.path.name + "*"))


def sweep(folder: Path, store: str) -> None:
    """Takes away what a killed process has left half written; nobody else may write there meanwhile."""
    for path in folder.glob(f"sao-luu-{store}-*{_PART}"):
        with suppress(OSError):
            path.unlink()
    file_copies.sweep(file_copies.folder_in(folder, store))


def drop_unnamed(folder: Path, store: str) -> None:
    """Takes away the copies of files that no backup of the store in the folder names any more."""
    with suppress(CannotRead):
        there = [one.path for one in listed(folder, store)]
        file_copies.drop_unnamed(file_copies.folder_in(folder, store), there)


def before_upgrade(places: Places, database: Database, settings: Settings, old: str, now: datetime) -> Path:
    """A backup of a store whose schema is about to be brought up to date; rotation does not touch it.

    Those of the last two upgrades stay. Raises what `pack` raises: the upgrade then does not begin.
    """
    folder, store = files.shared_folder(home(places, settings)), store_of(places)
    target = folder / _name(store, _UPGRADE + old, now)
    with alone(places):
        pack(places, database, target, everything=settings.backup_all_files)
    made = [one for one in listed(folder, store) if _UPGRADE in one.path.name and one.path != target]
    for one in made[_UPGRADES_KEPT - 1 :]:
        with suppress(OSError):
            one.path.unlink()
    return target


def destroy(places: Places, settings: Settings) -> None:
    """The store is wiped: its backups on this machine go too. To do it again is harmless."""
    with suppress(CounterError):
        store, folder = store_of(places), home(places, settings)
        for one in listed(folder, store):
            with suppress(OSError):
                one.path.unlink()
        sweep(folder, store)
        file_copies.destroy(file_copies.folder_in(folder, store))
        for path in folder.glob(f"sao-luu-{store}-*.txt"):
            with suppress(OSError):
                path.unlink()
        with suppress(OSError):
            folder.rmdir()


def _add(archive: zipfile.ZipFile, name: str, path: Path) -> None:
    with path.open("rb") as source, archive.open(name, "w", force_zip64=True) as kept:
        shutil.copyfileobj(source, kept, _PIECE)


def _name(store: str, slug: str, at: datetime) -> str:
    return f"sao-luu-{store}-{slug}-{at.astimezone(VIETNAM):%Y%m%d-%H%M%S}.zip"


def _slug(machine: str) -> str:
    return "-".join(words(machine)) or "may"

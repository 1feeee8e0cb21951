"""Backups by themselves: after the day is closed, at a start where none was made lately, onto a second disk.

Each place has its own rotation (domain/rotation.py), and a backup goes only once a newer one stands there
that was read back whole. What a second place lacks, because its stick was away, is copied when it is back:
the newest backup alone, since it holds all that those before it hold.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from counter_app.domain import rotation
from counter_app.domain.errors import BadInput, Busy, CounterError, NotAllowed
from counter_app.domain.rights import Right
from counter_app.domain.zone import VIETNAM
from counter_app.services import backup_files, erased_copies, file_copies, keeping, preferences
from counter_app.services.backup_files import Backup
from counter_app.services.file_copies import Listing
from counter_app.services.file_copies import copy_whole as _copy_whole
from counter_app.services.office import Office, Session
from counter_app.store import own
from counter_app.store.keeping import Told
from counter_app.system import files

_SECOND: Final = "backup/second"  # this machine's own: when the second place last got one
_TRIED: Final = "backup/tried"  # when the first was tried to be made
_MARKED: Final = "Bản sao lưu của phần mềm Một cửa; xóa tệp này thì máy thôi sao lưu vào đây.\n"


@dataclass(frozen=True)
class Made:
    """A backup that stands; `second` is its copy, `fault` why there is none though the place is known."""

    backup: Backup
    size: int
    second: Path | None = None
    fault: CounterError | None = None
    files: Listing = field(default_factory=Listing)
    """What the backup says of scanned files; empty where it was only copied."""


@dataclass(frozen=True)
class Standing:
    """Where the backups lie, and the last of each place."""

    home: Path
    made: datetime | None
    """When this machine last made one by itself, as far as its folder tells."""
    count: int
    second: Path | None
    second_there: bool
    second_made: datetime | None
    same_disk: bool
    """The second place is a folder of the disk that the store lies on."""


def standing(office: Office) -> Standing:
    """Raises CannotRead."""
    places, chosen = office.places, office.settings
    here = backup_files.home(places, chosen)
    made = _own(office, here)
    second = Path(chosen.backup_second) if chosen.backup_second else None
    there = second is not None and backup_files.is_marked(second, backup_files.store_of(places))
    with office.database.reading() as connection:
        told = own.get_text(connection, _SECOND, "")
    last = datetime.fromisoformat(told) if told else None
    if there and second is not None:
        last = next((one.at for one in _own(office, second)), None)
    return Standing(
        here,
        made[0].at if made else None,
        len(made),
        second,
        there,
        last,
        there and second is not None and second.stat().st_dev == places.data.stat().st_dev,
    )


def run(office: Office, told: Told = lambda part: None) -> Made:
    """Makes a backup now, and copies it to the second place where that is there.

    Raises DiskFull, CannotWrite, CannotRead, Damaged or Busy("backup-runs"): all older ones then stand.
    """
    with backup_files.alone(office.places):
        return _run(office, told)


def tend(office: Office) -> Made | None:
    """Does what is due: a backup where none was made today or yesterday, or a copy to the second place.

    Raises as `run` does; another process that is at it has done what was due.
    """
    if office.training:
        return None
    with suppress(Busy), backup_files.alone(office.places):
        if is_due(office):
            return _run(office, lambda part: None)
        made = _own(office, backup_files.home(office.places, office.settings))
        second, fault = _copy(office, made[0]) if made else (None, None)
        if made:
            _leave_erased(office, made[0])
        if second is not None or fault is not None:
            return Made(made[0], made[0].path.stat().st_size, second, fault)
    return None


def is_due(office: Office) -> bool:
    """Whether this machine has made no backup today or yesterday; one from the future is none."""
    now = office.now().astimezone(VIETNAM)
    made = _own(office, backup_files.home(office.places, office.settings))
    return not any(now.date() - timedelta(days=1) <= one.at.date() <= now.date() for one in made)


def choose_second(office: Office, session: Session, folder: Path | None) -> None:
    """Names the folder on a second disk or stick; None for no second place.

    A mark is written there, so that the empty folder under an absent disk is never taken for it. Raises
    NotPermitted, BadInput("not-a-folder"), NotAllowed("inside-data-folder"), DiskFull or CannotWrite.
    """
    session.require(Right.SET_COUNTER)
    if folder is None:
        preferences.change(office, session, backup_second="")
        return
    if not folder.is_absolute() or not folder.is_dir():
        raise BadInput("not-a-folder", field="backup_second", value=str(folder))
    within = folder.resolve()
    if office.places.data.resolve() in (within, *within.parents):
        raise NotAllowed("inside-data-folder", path=folder)
    store = backup_files.store_of(office.places)
    files.write_atomically(folder / backup_files.MARK.format(store), _MARKED.encode())
    preferences.change(office, session, backup_second=str(folder))


def _run(office: Office, told: Told) -> Made:
    places = office.places
    here = files.shared_folder(backup_files.home(places, office.settings))
    store, now = backup_files.store_of(places), office.now()
    _note_try(office, now)
    backup_files.sweep(here, store)
    backup_files.check_room(places, office.database, here, everything=office.settings.backup_all_files)
    target = here / backup_files.name_of(store, machine(office), now)
    listing = keeping.pack(office, target, told)
    made = next(one for one in _own(office, here) if one.path == target)
    _rotate(office, here, made)
    second, fault = _copy(office, made)
    _leave_erased(office, made)
    return Made(made, target.stat().st_size, second, fault, listing)


def waited_since(office: Office, made: datetime | None) -> datetime | None:
    """Since when no backup was made: the last one, else the first try; None before that."""
    if made is not None:
        return made
    with office.database.reading() as connection:
        told = own.get_text(connection, _TRIED, "")
    return datetime.fromisoformat(told) if told else None


def _note_try(office: Office, now: datetime) -> None:
    with office.database.reading() as connection:
        if own.get(connection, _TRIED) is not None:
            return
    with office.database.writing() as connection:
        own.put_text(connection, _TRIED, now.isoformat())


def machine(office: Office) -> str:
    """What this machine is called in its log."""
    with office.reading() as (connection, where):
        return where.log_of(own.keys(connection).branch).machine


def _own(office: Office, folder: Path) -> list[Backup]:
    return backup_files.listed(folder, backup_files.store_of(office.places), machine(office))


def _rotate(office: Office, folder: Path, made: Backup) -> None:
    """What cannot be taken away stays: it costs room, and nothing else."""
    found = {one.at: one.path for one in _own(office, folder)}
    for at in rotation.removable(found.keys(), made.at, office.now()):
        with suppress(OSError):
            found[at].unlink()
    backup_files.drop_unnamed(folder, backup_files.store_of(office.places))


def _leave_erased(office: Office, made: Backup) -> None:
    """What was erased goes from the backups as well, in each place that is here; what cannot go now stays."""
    with suppress(CounterError):
        folders = erased_copies.folders(office)
        erased_copies.tell(office, folders)
        erased_copies.drop(office, folders, made)


def _copy(office: Office, made: Backup) -> tuple[Path | None, CounterError | None]:
    """The copy in the second place where one was made, or why not; neither where it is away, or has it."""
    store, chosen = backup_files.store_of(office.places), office.settings.backup_second
    second = Path(chosen)
    if not chosen or not backup_files.is_marked(second, store) or (second / made.path.name).exists():
        return None, None
    try:
        backup_files.sweep(second, store)
        target, named = second / made.path.name, file_copies.listing_of(made.path)
        copies = (file_copies.folder_in(one, store) for one in (made.path.parent, second))
        file_copies.copy_all(named, *copies)
        _copy_whole(made.path, target)
        _rotate(office, second, Backup(target, made.at))
        with office.database.writing() as connection:
            own.put_text(connection, _SECOND, made.at.isoformat())
    except CounterError as fault:
        return None, fault
    return target, None

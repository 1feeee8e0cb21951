"""Files leave this machine by rule, once the district holds them and their dossiers have ended."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from counter_app.domain.hlc import moment
from counter_app.services.blobs import Blobs, blobs_of, drop_erased
from counter_app.services.office import Office
from counter_app.store import blobs, own
from counter_app.store.blobs import Ended
from counter_app.system import files

_TIDIED: Final = "files/tidied"  # own: the day on which the folder was last gone through
_MB: Final = 1_000_000
_ORPHAN: Final = timedelta(days=1)  # a file is on the disk some moments before its event is
_PART: Final = timedelta(days=7)  # of a file that was being fetched


@dataclass(frozen=True)
class Tidied:
    """Files that left, and what lay in the folder for nothing."""

    evicted: int = 0
    swept: int = 0


def free_on(folder: Path) -> int:
    """Bytes free where the folder lies."""
    return shutil.disk_usage(folder).free


def tidy(office: Office, free: Callable[[Path], int] = free_on) -> Tidied:
    """Once a day by the setting's days, and whenever the disk has less than it says free: oldest first.

    A file stays while the district is not known to hold it whole, or a dossier that names it goes on.
    """
    drop_erased(office)
    settings, now = office.settings, office.now()
    today = now.date().isoformat()
    with office.reading() as (connection, _):
        daily = own.get_text(connection, _TIDIED) != today
    short = max(0, settings.files_keep_free_mb * _MB - free(office.places.data))
    if not (daily or short):
        return Tidied()
    folder, evicted = blobs_of(office), 0
    for one in _ended(office):
        old = settings.files_keep_days and now - moment(one.hlc) >= timedelta(days=settings.files_keep_days)
        if not (short > 0 or (daily and old)):
            continue
        if _evict(office, folder, one):
            evicted, short = evicted + 1, short - one.size
        office.breathe()
    if not daily:
        return Tidied(evicted)
    swept = _sweep(office, folder)
    with office.writing(guard_clock=False) as (pen, _now):
        own.put_text(pen.connection, _TIDIED, today)
    return Tidied(evicted, swept)


def _ended(office: Office) -> list[Ended]:
    with office.reading() as (connection, _):
        return blobs.ended(connection)


def _evict(office: Office, folder: Blobs, one: Ended) -> bool:
    """What is said first is that it is gone: a power cut leaves a file too many, never one too few."""
    with office.writing(guard_clock=False) as (pen, _):
        if one.digest not in {again.digest for again in blobs.ended(pen.connection, one.digest)}:
            return False  # it was taken up again meanwhile
        blobs.set_gone(pen.connection, one.digest)
    folder.drop(one.digest)
    return True


def _sweep(office: Office, folder: Blobs) -> int:
    with office.reading() as (connection, _):
        kept = {folder.path(digest) for digest in blobs.every(connection)}
    found, aside = 0, any(office.places.data.glob("set-aside-*"))
    wall = datetime.now().timestamp()  # that of the files' own times
    for path, age in _files(office.places.blobs, wall):
        if aside and not path.suffix:
            continue  # a store that was set aside names it, maybe
        if path not in kept and age > (_PART if path.suffix and path.with_suffix("") in kept else _ORPHAN):
            files.remove(path)
            found += 1
    return found


def _files(folder: Path, wall: float) -> Iterator[tuple[Path, timedelta]]:
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        if path.is_file():
            yield path, timedelta(seconds=wall - path.stat().st_mtime)

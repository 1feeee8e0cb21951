"""A restore drill: a backup is put beside the store, opened, checked and compared, and thrown away again.

A backup that nobody has ever restored is a hope. The drill changes nothing of the store; it remembers when
one was last good.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from counter_app.crypto.blobs import BlobKeys
from counter_app.crypto.wraps import KeyFile
from counter_app.domain.errors import Damaged, DiskFull, NoKey, NotFound
from counter_app.domain.zone import VIETNAM
from counter_app.services import backup_files, file_copies
from counter_app.services.blobs import place_in
from counter_app.services.file_copies import Copies
from counter_app.services.office import Office
from counter_app.services.opening import Openers, key_of
from counter_app.store import blobs, keeping, own, unkept, upgrade
from counter_app.store.checking import Verdict, check
from counter_app.store.database import Database
from counter_app.store.keeping import Told
from counter_app.system import files, paths

_LAST: Final = "drill/last"  # this machine's own: when a drill was last good
_SPARE: Final = 8 * 1024 * 1024  # bytes


@dataclass(frozen=True)
class Drilled:
    """What restoring the backup came to; `missing` counts events that it holds and the store lacks."""

    file: Path
    made: datetime
    opened: str
    """What opened it: passphrase or recovery as given, else store: the key it is open with."""
    verdict: Verdict
    missing: int
    files: int = 0
    """Scanned files that the backup holds, each whole by its hash."""
    bad: tuple[str, ...] = ()
    """Those that it says it holds, and that are not there or not whole, by the names of their copies."""
    files_lacking: int = 0
    """Those that could not be read when it was made, as it says itself."""
    pages: int = 0
    """Scanned pages that are on no paper yet, and that the backup holds, each whole."""

    @property
    def is_good(self) -> bool:
        return self.verdict.healthy and not self.missing and not self.bad

    def require_good(self) -> None:
        """Raises Damaged("backup-damaged" | "backup-ahead" | "backup-files-damaged")."""
        if not self.verdict.healthy:
            raise Damaged("backup-damaged", path=self.file)
        if self.missing:
            raise Damaged("backup-ahead", count=self.missing)
        if self.bad:
            raise Damaged("backup-files-damaged", n=len(self.bad))


def drill(
    office: Office, source: Path | None, ways: Sequence[Openers], told: Told = lambda part: None
) -> Drilled:
    """Restores `source`, or the store's newest backup, by the first of the `ways` that opens it; compares it.

    Without a passphrase or sheet it is opened by the store's own key. Raises NotFound("no-backup"),
    CannotRead, Refused("not-a-backup"), Damaged("backup-damaged"), NoKey where what was given does not open
    it, NewerStore, DiskFull, Busy("backup-runs").
    """
    file = source or _newest(office)
    with backup_files.alone(office.places):
        found = tried(office, file, ways, told)
        _drop_bad(office, found)
    if found.is_good:
        with office.database.writing() as connection:
            own.put_text(connection, _LAST, office.now().isoformat())
    return found


def tried(
    office: Office, file: Path, ways: Sequence[Openers] = (), told: Told = lambda part: None
) -> Drilled:
    """`drill` for whoever is alone with the backups already; nothing is remembered of it."""
    _check_room(office, file)
    with files.workshop(office.places.data, backup_files.DRILLING) as folder:
        return _restored(office, file, folder / backup_files.STORE, ways, told)


def last_good(office: Office) -> datetime | None:
    """When a drill was last good on this machine."""
    with office.database.reading() as connection:
        told = own.get_text(connection, _LAST, "")
    return datetime.fromisoformat(told) if told else None


def _restored(office: Office, file: Path, made: Path, ways: Sequence[Openers], told: Told) -> Drilled:
    keys = backup_files.unpack(file, made)
    told(0.2)
    key, opened = _key(office, keys, ways)
    copy = Database(made, key)
    try:
        upgrade.bring_up_to_date(copy, paths.migrations())
        told(0.4)
        verdict = check(copy)
        told(0.6)
        missing = keeping.lacking(office.database, copy) if verdict.integrity == "ok" else 0
        told(0.7)
        files_told = (
            _files(file, copy, lambda part: told(0.7 + part * 0.3)) if verdict.healthy else (0, (), 0, 0)
        )
    finally:
        copy.close()
    told(1)
    return Drilled(file, _made(file), opened, verdict, missing, *files_told)


def _files(file: Path, copy: Database, told: Told) -> tuple[int, tuple[str, ...], int, int]:
    """How many files the backup holds, the names of those that are no good, how many it says it lacks, and
    how many pages it holds beside the files."""
    listing, keys, bad = file_copies.listing_of(file), BlobKeys(copy.key), list[str]()
    with copy.reading() as connection:
        pages = {keys.name(digest): digest for digest in unkept.files(connection)}
        digests = pages | {keys.name(digest): digest for digest in blobs.every(connection)}
    with Copies([file], [file.parent]) as copies:
        for count, name in enumerate(listing.held, 1):
            # One that nothing in the copy names came between the copy and the look at the files.
            if name in digests and not copies.hold(keys, digests[name]):
                bad.append(name)
            told(count / len(listing.held))
    bad_pages = min(listing.pages, len(pages.keys() & set(bad)))
    held = len(listing.held) - len(bad)
    whole_pages = listing.pages - bad_pages
    return held - whole_pages, tuple(bad), len(listing.lacking), whole_pages


def _drop_bad(office: Office, found: Drilled) -> None:
    """The next backup copies them anew from this machine, or says that it lacks them."""
    for name in found.bad:
        if any(place_in(one, name).is_file() for one in (office.places.blobs, office.places.unkept)):
            file_copies.drop(found.file.parent, name)


def _key(office: Office, keys: KeyFile, ways: Sequence[Openers]) -> tuple[bytes, str]:
    failed = None
    for openers in ways:
        try:
            return key_of(keys, openers), "recovery" if openers.recovery else "passphrase"
        except NoKey as fault:
            if fault.why != "nothing-opens":  # else nothing was given
                failed = fault
    if failed is not None:
        raise failed
    return office.database.key, "store"


def _newest(office: Office) -> Path:
    folder = backup_files.home(office.places, office.settings)
    found = backup_files.listed(folder, backup_files.store_of(office.places))
    if not found:
        raise NotFound("no-backup", path=folder)
    now = office.now()
    return next((one for one in found if one.at <= now), found[0]).path


def _made(file: Path) -> datetime:
    at = backup_files.made_at(file)
    return at or datetime.fromtimestamp(file.stat().st_mtime, VIETNAM).replace(microsecond=0)


def _check_room(office: Office, file: Path) -> None:
    try:
        if shutil.disk_usage(office.places.data).free < 2 * file.stat().st_size + _SPARE:
            raise DiskFull("disk-full", path=office.places.data)
    except FileNotFoundError:
        files.read_bytes(file)  # says so

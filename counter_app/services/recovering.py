"""A damaged store is recovered: what can be read of it, the newest good backup, what the district holds.

The damaged files are set aside whole and never deleted. Where every event of them can still be read and
proves itself, nothing else is needed: the new store is made of them. Else it is the newest backup that is
whole, and what the damaged files hold beyond it is taken in as if it came from another machine: event by
event, by chain and signature. It goes on under a new log, so that no number is given out twice; then the
district is asked for what is still missing. What printed receipts bear and nothing brought back is named.

A wrong key, a full disk, a folder that nothing may be written to, a store of a later version or one that
another process holds are no damage: they are raised as what they are, and nothing is moved.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from counter_app.crypto.wraps import KeyFile
from counter_app.domain.errors import (
    CannotRead,
    CounterError,
    Damaged,
    DiskFull,
    NewerStore,
    NoKey,
    Refused,
)
from counter_app.services import backup_files, enrolled, evidence, incoming, lost_receipts, syncing
from counter_app.services.backup_files import Backup
from counter_app.services.enrolled import District
from counter_app.services.files_back import Back
from counter_app.services.office import Clock, Office
from counter_app.services.opening import Openers, key_of, open_store, refuse_stale
from counter_app.services.rebuilding import Made, Step, Tell, rebuilt
from counter_app.services.roads import road_to
from counter_app.services.syncing import Road
from counter_app.store import keeping, log, own, reading_out, upgrade, wal
from counter_app.store.checking import check
from counter_app.store.database import SMALLEST, Database
from counter_app.system import files, settings
from counter_app.system.paths import Places

_SPARE: Final = 16 * 1024 * 1024  # bytes
_COPIES: Final = 3  # of the store, that lie beside it while it is recovered


@dataclass(frozen=True)
class Recovered:
    """What came of it."""

    damage: str
    """What was wrong, by the check's word; empty where the store was whole, and nothing was done."""
    aside: Path | None = None
    backup: Path | None = None
    """What the store was made anew from; None where the damaged files themselves held everything."""
    unusable: tuple[tuple[Path, str], ...] = ()
    """Backups that were tried before, and why they are no good."""
    events: int = 0
    dossiers: int = 0
    salvaged: int = 0
    """Events that the damaged files alone held."""
    fetched: int = 0
    pending: str = ""
    """Why the district could not be asked; it will be, as soon as it can be reached."""
    missing: tuple[str, ...] = ()
    """Codes on printed receipts that nothing brought back."""
    files: Back = field(default_factory=Back)
    """The scanned files: which are here, and which nothing brought back."""
    accesses_lost: bool = False
    """Whether some of the access log could not be read."""


def recover(
    places: Places,
    openers: Openers,
    clock: Clock,
    tell: Tell = lambda step: None,
    fetch: Callable[[Office], int] | None = None,
) -> tuple[Recovered, Office]:
    """The store as it was recovered, open; a healthy one is only checked and opened.

    `fetch` asks the district and says how many events came; it is called once the store stands. Whoever calls
    holds the lock of the one window. Raises CannotRead("no-store"), NoKey, NewerStore, Busy, DiskFull,
    CannotWrite, and Damaged("nothing-to-recover-from") where neither a backup nor the files give a store:
    nothing is moved then.
    """
    if incoming.is_decided(places):
        incoming.finish(places)
    if not places.database.exists():
        raise CannotRead("no-store", path=places.data)
    tell(Step("checking"))
    keys, key = _key(places, openers)
    damage = _damage(places, key)
    aside = None if damage else _wraps_put_back(places, keys, clock)
    found = Made(keys)
    if damage:
        found, aside = _made_anew(places, keys, key, damage, openers, clock, tell)
    files.remove(places.damage)
    chosen, fault = settings.load_or_defaults(places.settings)
    if fault is not None:
        tell(Step("settings", {"why": fault}))
    office = open_store(places, openers, clock, chosen)
    office.settings_fault = fault
    with office.database.reading() as connection:
        untold = own.get_text(connection, own.UNTOLD)
    if not untold:
        why = "key-file-damaged" if aside is not None else ""
        dossiers = keeping.dossier_count(office.database)
        return Recovered(why, aside, events=_count(office), dossiers=dossiers), office
    fetched, pending = _fetched(office, fetch, tell)
    done = Recovered(
        untold,
        aside,
        found.backup,
        found.unusable,
        _count(office),
        keeping.dossier_count(office.database),
        found.salvaged,
        fetched,
        pending,
        lost_receipts.missing(office),
        found.files,
        found.accesses_lost,
    )
    tell(Step("missing" if done.missing else "recovered", {"codes": done.missing, "dossiers": done.dossiers}))
    with office.database.writing() as connection:
        own.drop(connection, own.UNTOLD)
    return done, office


def _made_anew(
    places: Places, keys: KeyFile, key: bytes, damage: str, openers: Openers, clock: Clock, tell: Tell
) -> tuple[Made, Path | None]:
    """The store stands anew, and where the damaged one lies; what was lost of it is still to be told."""
    tell(Step("damaged", {"why": damage}))
    _check_room(places)
    backups = _backups(places, keys.store_id[:8])
    work = incoming.prepare(places)
    try:
        found, made = rebuilt(places, work, keys, key, damage, backups, openers, clock, tell)
        aside = incoming.put_in_place(places, made, found.keys, clock())
    finally:
        if not incoming.is_decided(places):
            shutil.rmtree(places.incoming, ignore_errors=True)
    tell(Step("aside", {"folder": str(aside)}))
    return found, aside


def _key(places: Places, openers: Openers) -> tuple[KeyFile, bytes]:
    """The wraps and the key of the store; those of a backup where its own cannot be read any more."""
    try:
        keys = KeyFile.from_bytes(files.read_bytes(places.keys))
    except (CannotRead, Damaged):
        for one in _backups(places, ""):
            with suppress(Refused, Damaged, NoKey):
                keys = backup_files.wraps_of(one.path)
                key = key_of(keys, openers)
                if places.database.stat().st_size < SMALLEST or reading_out.key_fits(places.database, key):
                    return keys, key
        raise
    return keys, key_of(keys, openers)


def _wraps_put_back(places: Places, keys: KeyFile, clock: Clock) -> Path | None:
    """Where the wraps that could not be read lie now; None where they could."""
    with suppress(CannotRead, Damaged):
        KeyFile.from_bytes(files.read_bytes(places.keys))
        return None
    aside = files.private_folder(incoming.free_aside(places, clock()))
    with suppress(CannotRead):
        files.write_atomically(aside / places.keys.name, files.read_bytes(places.keys))
    files.write_atomically(places.keys, keys.to_bytes())
    return aside


def _damage(places: Places, key: bytes) -> str:
    """What is wrong with the store, in one word of the check's; empty where its events are whole.

    Raises NoKey("wrong-key") where nothing says that this key is the store's.
    """
    if places.database.stat().st_size < SMALLEST:
        return "store-damaged"
    database = Database(places.database, key)
    torn = wal.before_opening(places.database)
    try:
        with database.reading() as connection:
            version = upgrade.version(connection)
        if version is None:
            return "store-damaged"
        if version not in upgrade.HISTORY:
            raise NewerStore("store-newer", version=version)
        wal.require_whole(torn, places.database, database)
        refuse_stale(places, database, torn)
        if version != upgrade.HISTORY[-1]:  # what checks it knows the newest alone
            integrity = database.integrity()
            return "" if integrity == "ok" else integrity
        verdict = check(database)
        return "" if verdict.proven else verdict.integrity if verdict.integrity != "ok" else verdict.chain
    except NoKey:
        if reading_out.key_fits(places.database, key) or _opens_a_backup(places, key):
            evidence.keep(torn, places.database)
            return "store-damaged"
        raise
    except Damaged as damage:
        evidence.keep(torn, places.database)
        return damage.why
    finally:
        database.close()


def _opens_a_backup(places: Places, key: bytes) -> bool:
    """Whether the key is that of the store's backups: then it is the file that is wrong."""
    for one in _backups(places, backup_files.store_of(places)):
        with _unpacked(places.data, one.path) as made, suppress(OSError):
            if made is not None and reading_out.key_fits(made, key):
                return True
    return False


@contextmanager
def _unpacked(folder: Path, backup: Path) -> Iterator[Path | None]:
    target = folder / f"{backup_files.DRILLING}key.db"
    try:
        backup_files.unpack(backup, target)
        yield target
    except (Refused, Damaged, CannotRead):
        yield None
    finally:
        target.unlink(missing_ok=True)


def _backups(places: Places, store: str) -> list[Backup]:
    """Those of both places, the newest first; without `store` those of every store that lie there."""
    chosen, _ = settings.load_or_defaults(places.settings)
    folders = [backup_files.home(places, chosen)]
    if chosen.backup_second:
        folders.append(Path(chosen.backup_second))
    found: dict[str, Backup] = {}
    for folder in folders:
        with suppress(CannotRead):
            for one in backup_files.listed(folder, store):
                found.setdefault(one.path.name, one)
    return sorted(found.values(), key=lambda one: one.at, reverse=True)


def _fetched(office: Office, fetch: Callable[[Office], int] | None, tell: Tell) -> tuple[int, str]:
    if fetch is None or enrolled.district(office) is None:
        return 0, ""
    tell(Step("fetching"))
    try:
        came = fetch(office)
    except CounterError as fault:
        tell(Step("not-fetched", {"why": fault}))
        return 0, fault.why
    tell(Step("fetched", {"events": came}))
    return came, ""


def from_above(office: Office, make_road: Callable[[District], Road] | None = None) -> int:
    """Asks the district for what it holds; how many events came. Raises what `syncing.sync` raises."""
    known = enrolled.district(office)
    if known is None:
        return 0
    road = (make_road or road_to)(known)
    with road if isinstance(road, AbstractContextManager) else nullcontext(road) as open_road:
        return syncing.sync(office, open_road).received


def _count(office: Office) -> int:
    with office.reading() as (connection, _):
        return log.count(connection)


def _check_room(places: Places) -> None:
    size = sum(path.stat().st_size for path in places.data.glob(places.database.name + "*"))
    try:
        if shutil.disk_usage(places.data).free < _COPIES * size + _SPARE:
            raise DiskFull("no-room-to-recover", path=places.data, mb=(_COPIES * size + _SPARE) // 1_000_000)
    except OSError as error:
        raise files.cannot_write(places.data, error) from error

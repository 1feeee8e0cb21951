"""A store made anew of a damaged one: what can be read and proves itself, and the newest good backup."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from counter_app.crypto.wraps import KeyFile
from counter_app.domain.errors import CannotRead, Damaged, NoKey, Refused
from counter_app.domain.events import log_name
from counter_app.services import backup_files, erased_copies
from counter_app.services.backup_files import Backup
from counter_app.services.file_copies import Copies
from counter_app.services.files_back import Back, bring_back
from counter_app.services.office import Clock, to_ms
from counter_app.services.opening import Openers, key_of, start_new_log
from counter_app.store import accesses, keeping, log, own, reading_out, unkept, upgrade
from counter_app.store.accesses import Access
from counter_app.store.checking import Verdict, check
from counter_app.store.database import SMALLEST, Database
from counter_app.store.ingest import ingest
from counter_app.store.ledger import Shelf
from counter_app.store.reading_out import Mend, ReadOut, Source
from counter_app.store.writer import writing
from counter_app.sync import giving
from counter_app.system import paths
from counter_app.system.paths import Places


@dataclass(frozen=True)
class Step:
    """What is being done or was found, by a stable word, with the facts that a sentence about it needs."""

    name: str
    facts: dict[str, Any] = field(default_factory=dict)


Tell = Callable[[Step], object]


@dataclass(frozen=True)
class Made:
    """How it was made; the wraps that open it."""

    keys: KeyFile
    backup: Path | None = None
    unusable: tuple[tuple[Path, str], ...] = ()
    salvaged: int = 0
    files: Back = field(default_factory=Back)
    accesses_lost: bool = False


def rebuilt(
    places: Places,
    work: Path,
    keys: KeyFile,
    key: bytes,
    damage: str,
    backups: Sequence[Backup],
    openers: Openers,
    clock: Clock,
    tell: Tell,
) -> tuple[Made, Path]:
    """A new store in the folder `work`, made of the damaged one and its `backups`, the newest first.

    Raises Damaged("nothing-to-recover-from"), CannotRead, DiskFull.
    """
    tell(Step("reading"))
    donor = _donor(work, backups, key)
    looked = _Accesses()
    whole, rests = _read(places, work, key, donor, looked, tell)
    looked.complete(donor, key)
    made = work / "made.db"
    found = Made(keys)
    if whole is not None:
        whole.replace(made)
    else:
        found = _from_backup(work, backups, Made(keys), made, key, openers, tell)
        if found.backup is None:
            if not rests or not _cut(rests[0], key):
                raise Damaged("nothing-to-recover-from", path=places.data)
            rests.pop(0).replace(made)
    database = Database(made, key if found.backup is None else key_of(found.keys, openers))
    try:
        erased = erased_copies.told({one.path.parent for one in backups}, database.key)
        found = _completed(database, found, rests, key, clock, tell, erased)
        found = replace(found, files=_files(places, database, backups, clock, tell))
        with database.writing() as connection:
            accesses.add_missing(connection, looked.found)
            own.put_text(connection, own.UNTOLD, damage)
        database.fold_in()
    finally:
        database.close()
    if not looked.whole:
        tell(Step("accesses-lost"))
    return replace(found, accesses_lost=not looked.whole), made


def _completed(
    database: Database,
    found: Made,
    rests: Sequence[Path],
    key: bytes,
    clock: Clock,
    tell: Tell,
    erased: erased_copies.Erased,
) -> Made:
    """Takes in what the damaged files hold beyond it, builds the caches and begins a new log; what was
    `erased` stays so."""
    with writing(database, to_ms(clock())) as pen:
        for rest in rests:
            damaged = Database(rest, key)
            try:
                with damaged.reading() as theirs:
                    shelf = Shelf(theirs, log.read_map(theirs))
                    taken = ingest(pen, giving.runs_for(shelf, giving.vector(Shelf(pen.connection, pen.map))))
                    for name, row in unkept.rows(theirs):  # their files lie in this machine's folder
                        own.put(pen.connection, name, row)
            finally:
                damaged.close()
            found = replace(found, salvaged=found.salvaged + taken.new)
        if rests:
            tell(Step("salvaged", {"events": found.salvaged}))
        start_new_log(pen)
        erased_copies.leave_out(pen, erased)
    with database.writing() as connection:
        keeping.rebuild(connection)
    verdict = check(database)
    if not verdict.healthy:
        raise Damaged("nothing-to-recover-from", chain=verdict.chain, integrity=verdict.integrity)
    return found


def _files(places: Places, database: Database, backups: Sequence[Backup], clock: Clock, tell: Tell) -> Back:
    """The scanned files: those of the store's folder that are whole, others out of the backups."""
    with Copies([one.path for one in backups], [one.path.parent for one in backups]) as copies:
        back = bring_back(places, database, copies, to_ms(clock()))
    if back.brought:
        tell(Step("files-brought", {"n": back.brought}))
    if back.lost:
        tell(Step("files-lost", {"files": len(back.lost), "codes": back.codes}))
    if back.pages_lost:
        lost = sum(n for _, n in back.pages_lost)
        tell(Step("pages-lost", {"pages": lost, "codes": tuple(code for code, _ in back.pages_lost)}))
    return back


@dataclass
class _Accesses:
    """The access log of the damaged files, each entry once; `whole` where one reading has all of it."""

    found: dict[Access, None] = field(default_factory=dict)
    whole: bool = False

    def read(self, copy: Path, key: bytes) -> None:
        rows, whole = reading_out.accesses_in(copy, key)
        self.found.update(dict.fromkeys(rows))
        self.whole = self.whole or whole

    def complete(self, backup: Path, key: bytes) -> None:
        """Adds what the newest backup under the key has of those that could not be read."""
        if not self.whole:
            rows, _ = reading_out.accesses_in(backup, key)
            self.found = dict.fromkeys(sorted((*rows, *self.found)))


def _read(
    places: Places, work: Path, key: bytes, donor: Path, looked: _Accesses, tell: Tell
) -> tuple[Path | None, list[Path]]:
    """The damaged files as a store that is whole, if one reading is; what the others hold, most events first.

    With the log that lies beside the file and without it, since it may not belong there, and as SQLite left
    the file. Of one source the reading with most events, and of a whole one only what goes beyond it.
    """
    read: list[_Reading] = []
    for source in reading_out.sources_of(places.database):
        every = sorted(_readings(places, work, key, donor, source, looked, tell), key=lambda one: one.events)
        kept = [one for one in every if one.whole] or every[-1:]
        for one in every:
            if one not in kept:
                one.path.unlink()
        read += kept
    read.sort(key=lambda one: -one.events)
    whole = next((one for one in read if one.whole), None)
    least = whole.events if whole is not None else 0
    return whole.path if whole is not None else None, [
        one.path for one in read if one is not whole and one.events > least
    ]


@dataclass(frozen=True)
class _Reading:
    path: Path
    events: int
    whole: bool


def _readings(
    places: Places, work: Path, key: bytes, donor: Path, source: Source, looked: _Accesses, tell: Tell
) -> Iterator[_Reading]:
    found = False
    for mend in Mend:
        if mend is Mend.FROM_DONOR and found:
            break
        copy, target = work / "damaged.db", work / f"read-{mend.value}-{source.value}.db"
        try:
            reading_out.copy_of(places.database, copy, source)
            reading_out.mend_pages(copy, key, donor, mend)
            if mend is not Mend.ALL:
                looked.read(copy, key)
            done, verdict = _read_into(copy, target, key)
        except (Damaged, NoKey):
            continue
        except OSError as error:
            raise CannotRead("cannot-read", path=places.database, code=error.errno) from error
        finally:
            for path in work.glob("damaged.db*"):
                path.unlink()
        found = True
        tell(Step("read", {"events": done.events, "lost": done.lost}))
        whole = mend is Mend.FIRST and not done.lost and verdict.proven and _keys_stand(target, key)
        yield _Reading(target, done.events, whole)
        if whole:
            break


def _read_into(copy: Path, target: Path, key: bytes) -> tuple[ReadOut, Verdict]:
    if copy.stat().st_size < SMALLEST:
        raise Damaged("store-damaged")
    database = Database(target, key)
    try:
        upgrade.bring_up_to_date(database, paths.migrations())
        done = reading_out.read_out(copy, database)
        return done, check(database)
    finally:
        database.close()


def _keys_stand(store: Path, key: bytes) -> bool:
    """Whether the store can write on: its own keys are those of its log, and each log bears its own name."""
    database = Database(store, key)
    try:
        with database.reading() as connection:
            where, kept = log.read_map(connection), own.Notes(connection).keys
            if kept is None or kept.branch not in where.branches:
                return False
            named = all(row.log == log_name(row.public) for row in where.logs.values())
            return named and own.signer_of(kept.signing).public == where.log_of(kept.branch).public
    finally:
        database.close()


def _cut(rest: Path, key: bytes) -> bool:
    """Leaves of each log what proves itself from its first event on; whether a store can go on with that."""
    if not _keys_stand(rest, key):
        return False
    database = Database(rest, key)
    try:
        with database.writing() as connection:
            return keeping.keep_proven(connection)
    finally:
        database.close()


def _from_backup(
    work: Path, backups: Sequence[Backup], found: Made, made: Path, key: bytes, openers: Openers, tell: Tell
) -> Made:
    """The newest backup that is whole, as the file `made`."""
    unusable: list[tuple[Path, str]] = []
    for one in backups:
        tell(Step("trying", {"at": one.at}))
        try:
            wraps = backup_files.unpack(one.path, made)
            opened = key if reading_out.key_fits(made, key) else key_of(wraps, openers)
            database = Database(made, opened)
            try:
                upgrade.bring_up_to_date(database, paths.migrations())
                verdict = check(database)
                database.fold_in()
            finally:
                database.close()
            if verdict.proven:
                tell(Step("chosen", {"at": one.at, "events": verdict.events, "dossiers": verdict.dossiers}))
                return Made(found.keys if opened == key else wraps, one.path, tuple(unusable))
            raise Damaged("backup-damaged", path=one.path)
        except (Refused, Damaged, NoKey, CannotRead) as fault:
            unusable.append((one.path, fault.why))
            tell(Step("unusable", {"at": one.at, "why": fault}))
            for path in made.parent.glob(made.name + "*"):
                path.unlink()
    if not backups:
        tell(Step("no-backup"))
    return replace(found, unusable=tuple(unusable))


def _donor(work: Path, backups: Sequence[Backup], key: bytes) -> Path:
    """A store under the same key, from which the first page may be taken: a backup's, else an empty one. Its
    tables lie alike where both were made by one version."""
    target = work / "donor.db"
    for one in backups:
        with suppress(Refused, Damaged, CannotRead):
            backup_files.unpack(one.path, target)
            if reading_out.key_fits(target, key):
                return target
    target.unlink(missing_ok=True)
    database = Database(target, key)
    try:
        upgrade.bring_up_to_date(database, paths.migrations())
        database.fold_in()
    finally:
        database.close()
    return target

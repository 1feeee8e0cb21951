"""Makes, opens and locks a store: its folder, its key and the wraps that open it."""

from __future__ import annotations

import os
import platform
import shutil
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Protocol

from counter_app.crypto import wraps
from counter_app.crypto.spoken import SECRET_BYTES, recovery_words
from counter_app.crypto.wraps import KeyFile
from counter_app.domain.codes import check_agency
from counter_app.domain.commune import FIRST_OFFICER, Role
from counter_app.domain.errors import (
    AlreadyThere,
    BadInput,
    CannotRead,
    Damaged,
    NoKey,
    NotAllowed,
    Surroundings,
)
from counter_app.domain.names import clean_line
from counter_app.domain.training import AGENCY, commune_id
from counter_app.services import destroying, evidence, incoming, marks
from counter_app.services.office import Clock, Office, to_ms
from counter_app.store import erasing, log, own, upgrade, wal
from counter_app.store.database import KEY, SMALLEST, Database
from counter_app.store.writer import SYSTEM, Writer, writing
from counter_app.system import files, paths, settings
from counter_app.system.paths import Places
from counter_app.system.settings import Settings


class Vault(Protocol):
    """The credential store of this computer's user."""

    def get(self, name: str) -> bytes | None: ...
    def set(self, name: str, secret: bytes) -> None: ...
    def delete(self, name: str) -> None: ...
    def status(self) -> str: ...


@dataclass(frozen=True)
class Openers:
    """What may open the store: the keyring, else a passphrase, else the recovery sheet's words.

    `ask_passphrase` is called only where the keyring does not open it; it gives "" where nobody can be asked.
    """

    vault: Vault
    ask_passphrase: Callable[[], str] = lambda: ""
    recovery: str = ""


@dataclass(frozen=True)
class NewStore:
    """What `create` needs. `sheet` writes the recovery sheet of the words, outside the data folder."""

    agency: str
    name: str
    device: str = ""
    catalogue: str | None = None  # CSV text; the seed where None
    calendar: str | None = None
    passphrase: str = ""
    sheet: Callable[[str], object] | None = None
    training: bool = False
    """A store to practise on: it says so for ever, under an agency's code that is nobody's."""


_KEYRING_LABEL: Final = "keyring"


def create(places: Places, order: NewStore, openers: Openers, clock: Clock) -> Office:
    """A new store, whole or not at all; complete only with one wrap that is not the keyring's.

    Raises AlreadyThere("store-there"), BadInput("needs-second-wrap" | "agency-of-training"), and what the
    CSVs raise.
    """
    if places.database.exists() or incoming.is_decided(places):
        raise AlreadyThere("store-there", path=places.data)
    if destroying.begun(places):  # and cut when the store was gone: else this one would go next
        destroying.finish(places, openers.vault)
    agency = check_agency(order.agency)
    if (agency == AGENCY) is not order.training:
        raise BadInput("agency-of-training", field="agency", value=agency)
    name = clean_line(order.name)
    if not name:
        raise BadInput("empty", field="name")
    if not order.passphrase and order.sheet is None:
        raise BadInput("needs-second-wrap")
    device = device_name(order.device)
    # To open a store need not wait for what only a new one reads.
    from counter_app.services import rules

    catalogue = rules.read_catalogue(order.catalogue)
    years = rules.read_calendar(order.calendar)
    key, store_id = os.urandom(KEY), os.urandom(16).hex()
    keys, words = _wraps(store_id, key, order, openers, clock)
    unfinished = places.data / "unfinished"
    files.private_folder(places.data)
    _remove(unfinished)
    files.private_folder(unfinished)
    database = Database(unfinished / places.database.name, key)
    try:
        upgrade.bring_up_to_date(database, paths.migrations())
        now = clock()
        commune = commune_id(os.urandom(16), training=order.training)
        with writing(database, to_ms(now), first=True) as pen:
            pen.open_log(device, commune)
            pen.append("agency_named", commune, {"agency": agency, "name": name}, SYSTEM)
            admin = {"name": "Quản trị", "role": Role.ADMINISTRATOR.value}
            pen.append("officer_set", commune, {"officer": FIRST_OFFICER, "set": admin}, SYSTEM)
            rules.adopt_catalogue(pen, catalogue, SYSTEM)
            for year in years:
                rules.adopt_year(pen, year, SYSTEM)
        database.fold_in()
        database.close()
        database.path.chmod(0o600)
        if order.sheet is not None:
            order.sheet(words)
        # The store exists from the moment its database has its name; until then a new try starts afresh.
        files.write_atomically(places.keys, keys.to_bytes())
        files.move_into_place(database.path, places.database)
    finally:
        database.close()
        _remove(unfinished)
    return Office(places, Database(places.database, key), clock, settings.load(places.settings))


def device_name(given: str) -> str:
    """What this machine is called in every log: as given, else its name in the network."""
    return clean_line(given) or clean_line(platform.node()) or "MÁY 1"


def _wraps(store_id: str, key: bytes, order: NewStore, openers: Openers, clock: Clock) -> tuple[KeyFile, str]:
    created = clock().isoformat(timespec="seconds")
    keys, words = KeyFile(store_id), ""
    if order.passphrase:
        keys = keys.add(wraps.wrap_with_passphrase(store_id, key, order.passphrase, created=created))
    if order.sheet is not None:
        secret = os.urandom(SECRET_BYTES)
        keys = keys.add(wraps.wrap_with_recovery(store_id, key, secret, created=created))
        words = recovery_words(secret)
    return _with_keyring(keys, key, openers.vault, created), words


def _with_keyring(keys: KeyFile, key: bytes, vault: Vault, created: str) -> KeyFile:
    if vault.status() != "ok":
        return keys
    secret = os.urandom(32)
    try:
        vault.set(keys.store_id, secret)
    except Surroundings:
        return keys
    return keys.add(
        wraps.wrap_with_secret(keys.store_id, key, secret, created=created, label=platform.node())
    )


def open_store(places: Places, openers: Openers, clock: Clock, chosen: Settings | None = None) -> Office:
    """Opens the store that stands in the folder, upgrading it where needed; by its settings, or the `chosen`.

    Raises CannotRead("no-store"), NoKey, NewerStore, Damaged. A store whose log was found to have gone on
    elsewhere too starts a new one here.
    """
    if destroying.begun(places):
        destroying.finish(places, openers.vault)
    if incoming.is_decided(places):  # and cut before it was done
        incoming.finish(places)
    if not places.database.exists():
        raise CannotRead("no-store", path=places.data)
    key = open_key(places, openers)
    if places.database.stat().st_size < SMALLEST:  # which SQLite would begin anew
        raise Damaged("store-damaged")
    database = Database(places.database, key)
    log_before = wal.before_opening(places.database)
    try:
        wal.require_whole(log_before, places.database, database)
        upgrade.bring_up_to_date(
            database, paths.migrations(), lambda old: _before(places, database, chosen, old, clock)
        )
        refuse_stale(places, database, log_before)
        put_back = _renew(places, database, clock)
    except NoKey as error:
        if _key_fits(places, key):  # a damaged first page looks like a wrong key
            _leave(places, database, log_before)
            raise Damaged("store-damaged") from error
        database.close()
        raise
    except Damaged:
        _leave(places, database, log_before)
        raise
    except BaseException:
        database.close()
        raise
    office = Office(places, database, clock, chosen or settings.load(places.settings))
    office.put_back |= put_back
    _end_erasing(office)
    return office


def open_key(places: Places, openers: Openers) -> bytes:
    """The store key by the first opener that works; raises NoKey with the reason of the last one tried."""
    return key_of(KeyFile.from_bytes(files.read_bytes(places.keys)), openers)


def key_of(keys: KeyFile, openers: Openers) -> bytes:
    """The key that these wraps hold; raises NoKey as `open_key` does."""
    kinds = {wrap.kind for wrap in keys}
    if "keyring" in kinds:
        with suppress(Surroundings):
            secret = openers.vault.get(keys.store_id)
            if secret is not None:
                return keys.open_with_secret(secret)
    if openers.recovery:
        return keys.open_with_recovery(openers.recovery)
    passphrase = openers.ask_passphrase() if "passphrase" in kinds else ""
    if not passphrase:
        raise NoKey("nothing-opens", kinds=sorted(kinds))
    return keys.open_with_passphrase(passphrase)


def _leave(places: Places, database: Database, log_before: bytes) -> None:
    """Closes a damaged store; what the close takes away is kept."""
    with suppress(Surroundings):
        evidence.keep(log_before, places.database)
    database.close()


def _key_fits(places: Places, key: bytes) -> bool:
    from counter_app.store import reading_out  # few starts meet a damaged store

    return reading_out.key_fits(places.database, key)


def _before(places: Places, database: Database, chosen: Settings | None, old: str, clock: Clock) -> None:
    from counter_app.services import backup_files  # most starts upgrade nothing

    backup_files.before_upgrade(places, database, chosen or settings.load(places.settings), old, clock())


def _renew(places: Places, database: Database, clock: Clock) -> bool:
    """Starts a new log where it must; whether the database is an older copy than the receipts printed."""
    put_back = _is_put_back(places, database)
    with database.reading() as connection:
        if not put_back and own.get(connection, own.RENEW) is None:
            return False
    with writing(database, to_ms(clock())) as pen:
        start_new_log(pen)
    return put_back


def _end_erasing(office: Office) -> None:
    """The files of erased dossiers that a power cut left go; those that the disk holds on to go later."""
    with office.reading() as (connection, _):
        left = erasing.dropped(connection)
    if left:
        from counter_app.services.blobs import drop_erased  # most starts find none

        with suppress(Surroundings):
            drop_erased(office)


def refuse_stale(places: Places, database: Database, log_before: bytes) -> None:
    """Raises Damaged("wal-stale") where the log that lay beside the file made it older than it was."""
    if log_before and _is_put_back(places, database):
        raise Damaged("wal-stale")


def _is_put_back(places: Places, database: Database) -> bool:
    # Read before the database: another process may print meanwhile, and its mark follows its commit.
    printed = marks.last_seqs(places)
    with database.reading() as connection:
        branch = own.keys(connection).branch
        log_name = log.read_map(connection).log_of(branch).log
        return printed.get(log_name, 0) > log.head(connection, branch).seq


def start_new_log(pen: Writer) -> None:
    """Leaves the log as it stands and goes on under a fresh one."""
    row = pen.map.log_of(pen.branch)
    pen.open_log(row.machine, row.commune)
    own.drop(pen.connection, own.RENEW)


def _remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)


def list_wraps(places: Places) -> list[dict[str, Any]]:
    """What opens the store, without secrets."""
    keys = KeyFile.from_bytes(files.read_bytes(places.keys))
    return [{"id": w.id, "kind": w.kind, "created": w.created, "label": w.label} for w in keys]


def add_wrap(
    places: Places,
    openers: Openers,
    clock: Clock,
    kind: str,
    *,
    passphrase: str = "",
    sheet: Callable[[str], object] | None = None,
) -> list[dict[str, Any]]:
    """One more way to open the store: keyring, passphrase, or a new recovery sheet."""
    key = open_key(places, openers)
    keys = KeyFile.from_bytes(files.read_bytes(places.keys))
    created = clock().isoformat(timespec="seconds")
    if kind == "passphrase":
        keys = keys.add(wraps.wrap_with_passphrase(keys.store_id, key, passphrase, created=created))
    elif kind == "recovery" and sheet is not None:
        secret = os.urandom(SECRET_BYTES)
        sheet(recovery_words(secret))
        keys = keys.add(wraps.wrap_with_recovery(keys.store_id, key, secret, created=created))
    elif kind == "keyring":
        more = _with_keyring(_without_own_keyring(keys), key, openers.vault, created)
        if not any(w.kind == "keyring" for w in more):
            raise NoKey("keyring-absent")
        keys = more
    else:
        raise BadInput("wrap-unknown", field="kind", value=kind)
    files.write_atomically(places.keys, keys.to_bytes())
    return list_wraps(places)


def _without_own_keyring(keys: KeyFile) -> KeyFile:
    return keys.without(
        ["keyring"] if all(w.label in ("", platform.node()) for w in keys if w.kind == "keyring") else []
    )


def drop_wrap(places: Places, wrap_id: str) -> list[dict[str, Any]]:
    """Raises NotFound("no-such-wrap"), NotAllowed("last-wrap")."""
    keys = KeyFile.from_bytes(files.read_bytes(places.keys)).drop(wrap_id)
    files.write_atomically(places.keys, keys.to_bytes())
    return list_wraps(places)


def refuse_inside(places: Places, paths_: Iterable[Path]) -> None:
    """Papers and sheets never lie in the data folder; raises NotAllowed("inside-data-folder")."""
    data = places.data.resolve()
    for path in paths_:
        if data == path.resolve() or data in path.resolve().parents:
            raise NotAllowed("inside-data-folder", path=path)

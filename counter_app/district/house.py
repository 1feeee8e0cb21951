"""The district's folder: which database it uses, and the key that opens it."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from counter_app.crypto import wraps
from counter_app.crypto.wraps import KeyFile
from counter_app.district import erasing, identity
from counter_app.district.database import Base, open_base
from counter_app.district.depot import Both, Chosen, Depot
from counter_app.district.identity import Identity
from counter_app.district.upgrade import bring_up_to_date
from counter_app.domain.errors import AlreadyThere, BadInput, NotFound
from counter_app.domain.names import clean_line
from counter_app.services.blobs import Blobs
from counter_app.services.opening import Openers, key_of
from counter_app.system import files, paths


class Places(NamedTuple):
    data: Path

    @property
    def database(self) -> Path:
        return self.data / "district.db"

    @property
    def keys(self) -> Path:
        return self.data / "keys.json"

    @property
    def logs(self) -> Path:
        return self.data / "logs"

    @property
    def files(self) -> Path:
        return self.data / "files"

    @property
    def waits(self) -> Path:
        """Files on their way into a bucket, without names."""
        return self.data / "waits"

    @property
    def settings(self) -> Path:
        """Where the database lies, if it is not the embedded one, and files, if not in the folder."""
        return self.data / "district.json"


@dataclass(frozen=True)
class District:
    """An open district."""

    base: Base
    who: Identity
    places: Places
    depot: Depot | None = None
    """Where whole files of scanned papers lie."""
    key: bytes = b""
    """Of the embedded database, and of files."""

    def drop_erased(self) -> None:
        """Removes the files of erased dossiers that are still there; raises Surroundings."""
        if self.depot is not None:
            erasing.sweep(self.base, self.depot)

    def close(self) -> None:
        self.base.close()


def create(places: Places, name: str, url: str, openers: Openers, created: str) -> District:
    """A new district; raises AlreadyThere("district-there"), BadInput."""
    if places.settings.exists():
        raise AlreadyThere("district-there", path=places.data)
    name = clean_line(name)
    if not name:
        raise BadInput("empty", field="name")
    files.private_folder(places.data)
    key, store_id = os.urandom(wraps.KEY_BYTES), os.urandom(16).hex()
    keys = _wrapped(KeyFile(store_id), key, openers, created)
    # Its settings are the last: until they stand, a new try begins afresh.
    places.database.unlink(missing_ok=True)
    files.write_atomically(places.keys, keys.to_bytes())
    base = open_base(places.database, key, url)
    try:
        bring_up_to_date(base, paths.migrations())
        with base.writing() as connection:
            who = identity.draw(connection, name)
    except BaseException:
        base.close()
        raise
    write_settings(places, {"database": url})
    return District(base, who, places, depot_of(places, key), key)


def _wrapped(keys: KeyFile, key: bytes, openers: Openers, created: str) -> KeyFile:
    if passphrase := openers.ask_passphrase():
        keys = keys.add(wraps.wrap_with_passphrase(keys.store_id, key, passphrase, created=created))
    if openers.vault.status() == "ok":
        secret = os.urandom(wraps.KEY_BYTES)
        openers.vault.set(keys.store_id, secret)
        keys = keys.add(wraps.wrap_with_secret(keys.store_id, key, secret, created=created))
    if not keys.wraps:
        raise BadInput("needs-passphrase")
    return keys


def open_district(places: Places, openers: Openers) -> District:
    """Raises NotFound("no-district"), NoKey, NewerStore, Unreachable."""
    if not places.settings.exists():
        raise NotFound("no-district")
    url = settings(places)["database"]
    key = key_of(KeyFile.from_bytes(files.read_bytes(places.keys)), openers)
    base = open_base(places.database, key, url)
    try:
        bring_up_to_date(base, paths.migrations())
        with base.reading() as connection:
            return District(base, identity.load(connection), places, depot_of(places, key), key)
    except BaseException:
        base.close()
        raise


def settings(places: Places) -> dict[str, Any]:
    """What `district.json` says; raises CannotRead."""
    found: dict[str, Any] = json.loads(files.read_bytes(places.settings))
    return found


def write_settings(places: Places, said: dict[str, Any]) -> None:
    """Servers that run follow it with their next file; raises DiskFull, CannotWrite."""
    files.write_atomically(places.settings, json.dumps(said).encode())


def depot_at(places: Places, key: bytes, place: dict[str, str] | None) -> Depot:
    """The folder of files, or before it the bucket of that `place` (bucket.Place).

    Raises BadInput, Unreachable.
    """
    folder = Blobs(places.files, key)
    if place is None:
        return folder
    from counter_app.district.bucket import Bucket, Place  # lazily: botocore takes a third of a second

    return Both(Bucket(Place(**place), key, places.waits), folder)


def depot_of(places: Places, key: bytes) -> Depot:
    """Whichever the settings name at the moment."""
    kept: dict[int, Depot] = {}

    def now() -> Depot:
        stamp = places.settings.stat().st_mtime_ns
        made = kept.get(stamp)
        if made is None:
            made = depot_at(places, key, settings(places).get("files"))
            kept.clear()
            kept[stamp] = made
        return made

    return Chosen(now)

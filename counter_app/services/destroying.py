"""Destroys what opens a store, then the store: the end of a wipe, which a power cut may stop anywhere."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Final, Protocol

from counter_app.crypto.wraps import KeyFile
from counter_app.domain.errors import CounterError, Surroundings
from counter_app.system import files, settings
from counter_app.system.paths import Places

_LEFTOVERS: Final = (
    *("before-upgrade-from-*.db*", "unfinished", "backup-*", "drill-*", "salvage-*", "incoming"),
    *("set-aside-*", "damaged.json", "blobs", "unkept", "reserve"),
)


class Secrets(Protocol):
    def delete(self, name: str) -> None: ...


def begun(places: Places) -> bool:
    """Whether a wipe has passed the point from which nothing goes back."""
    return places.wiping.exists()


def finish(places: Places, vault: Secrets) -> None:
    """To do it again is harmless. What flash memory keeps of the wraps opens with their secrets alone."""
    if places.keys.exists():
        from counter_app.services import backup_files  # a store that is opened reads of its end, and not this

        data = files.read_bytes(places.keys)
        with suppress(CounterError):
            backup_files.destroy(places, settings.load(places.settings))
        with suppress(CounterError):
            store = KeyFile.from_bytes(data).store_id
            with suppress(Surroundings):
                vault.delete(store)
        _overwrite(places.keys, len(data))
    # The settings name the agency, and how far its first run was.
    for path in (places.keys, *places.data.glob(places.database.name + "*"), places.settings):
        path.unlink(missing_ok=True)
    for name in _LEFTOVERS:
        for path in places.data.glob(name):
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)
    places.wiping.replace(places.wiped)


def _overwrite(path: Path, size: int) -> None:
    with suppress(OSError), path.open("r+b") as file:
        file.write(os.urandom(size))
        file.flush()
        os.fsync(file.fileno())

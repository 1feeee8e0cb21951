"""Puts a store in the place of the one that stands there, which is set aside and never deleted.

The new one is first made whole under another name; from then on one small file says so, and whoever opens the
store after a power cut ends what was begun. So there is always one store to open, the old one or the new.
"""

from __future__ import annotations

import itertools
import shutil
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from counter_app.crypto.wraps import KeyFile
from counter_app.system import files
from counter_app.system.paths import Places


def prepare(places: Places) -> Path:
    """An empty folder for the new store; what a cut preparation left there goes."""
    shutil.rmtree(places.incoming, ignore_errors=True)
    return files.private_folder(places.incoming)


def put_in_place(places: Places, made: Path, keys: KeyFile, now: datetime) -> Path | None:
    """Puts `made`, one file in the incoming folder, and its wraps in place; where the old store lies now.

    Raises DiskFull or CannotWrite: before the decision the old one still stands, after it the next opening
    goes on.
    """
    store = places.incoming / places.database.name
    files.move_into_place(made, store)
    files.write_atomically(places.incoming / places.keys.name, keys.to_bytes())
    aside = free_aside(places, now)
    stood = places.database.exists()
    files.write_atomically(places.decided, aside.name.encode())
    finish(places)
    return aside if stood else None


def free_aside(places: Places, now: datetime) -> Path:
    """A folder that nothing lies in yet: what was set aside is never written over."""
    folder = places.data / f"set-aside-{now:%Y%m%d-%H%M%S}"
    tries = (folder.with_name(f"{folder.name}-{n}") for n in itertools.count(2))
    return folder if not folder.exists() else next(one for one in tries if not one.exists())


def is_decided(places: Places) -> bool:
    return places.decided.exists()


def finish(places: Places) -> None:
    """Ends what was decided; to do it again is harmless."""
    aside = places.data / files.read_bytes(places.decided).decode()
    store, keys = places.incoming / places.database.name, places.incoming / places.keys.name
    if store.exists():  # what stands in its place is the old one, or what is left of it
        files.private_folder(aside)
        for path in (*places.data.glob(places.database.name + "*"), places.damage):
            if path.exists():
                files.move(path, aside / path.name)
        if keys.exists():
            if places.keys.exists() and not (aside / places.keys.name).exists():
                files.write_atomically(aside / places.keys.name, files.read_bytes(places.keys))
            files.move(keys, places.keys)
        files.move_into_place(store, places.database)
    with suppress(OSError):
        aside.rmdir()  # where nothing stood
    files.remove(places.decided)
    shutil.rmtree(places.incoming, ignore_errors=True)

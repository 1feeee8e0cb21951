"""How much room the disk has: told early, asked for before an act begins, so that what was begun is saved.

Beside the store lies a file that holds nothing but room. It goes when the disk is full, so that what was
begun can be written to its end and printed. The window makes it, and anew once there is room for it.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from typing import Final

from counter_app.domain.errors import DiskFull
from counter_app.system.paths import Places

LEAST: Final = 8 * 1024 * 1024
"""Bytes that must be free before an act: the log of one and its papers never came near it."""
RESERVE: Final = 4 * 1024 * 1024
"""Bytes of the file that gives way: some hundred prints, or an exchange."""
_NOTHING: Final = 64 * 1024
_MB: Final = 1_000_000


def free(places: Places) -> int:
    """Bytes free on the store's disk; more than any disk has where nobody can say."""
    try:
        return shutil.disk_usage(places.data).free
    except OSError:
        return 1 << 62


def require(places: Places, *, own_act: bool) -> None:
    """Raises DiskFull: "disk-nearly-full" where an officer's act might not be saved to its end, "disk-full"
    where not even a page fits, though the reserve gave way."""
    left = free(places)
    if own_act and left < LEAST:
        raise DiskFull("disk-nearly-full", path=places.data)
    if left < _NOTHING:
        with suppress(OSError):
            places.reserve.unlink()
        if free(places) < _NOTHING:
            raise DiskFull("disk-full", path=places.data)


def keep_reserve(places: Places) -> None:
    """Makes the reserve where it is not there and leaves room enough for acts; what cannot be made is not."""
    with suppress(OSError):
        if places.reserve.exists() or free(places) < RESERVE + LEAST:
            return
        try:
            with places.reserve.open("xb") as file:
                file.write(bytes(RESERVE))  # written, not only made long: else a disk gives it no room
        except OSError:
            places.reserve.unlink()
            raise


def writable(places: Places) -> bool:
    """Whether this user may write the store, and beside it; on Windows its file's attribute alone tells."""
    return os.access(places.database, os.W_OK) and os.access(places.data, os.W_OK)


def low(places: Places, warn_mb: int) -> int | None:
    """The megabytes that are free, where they are fewer than are warned of."""
    left = free(places)
    return left // _MB if left < warn_mb * _MB else None

"""How much room the disk has: told early, asked for before an act begins, so that what was begun is saved."""

from __future__ import annotations

import shutil
from typing import Final

from counter_app.domain.errors import DiskFull
from counter_app.system.paths import Places

LEAST: Final = 8 * 1024 * 1024
"""Bytes that must be free before an act: the log of one and its papers never came near it."""
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
    where not even a page fits."""
    left = free(places)
    if own_act and left < LEAST:
        raise DiskFull("disk-nearly-full", path=places.data)
    if left < _NOTHING:
        raise DiskFull("disk-full", path=places.data)


def low(places: Places, warn_mb: int) -> int | None:
    """The megabytes that are free, where they are fewer than are warned of."""
    left = free(places)
    return left // _MB if left < warn_mb * _MB else None

"""Sticks and other removable drives that are plugged in now."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_MOUNTS: Final = Path("/proc/self/mounts")
_BLOCKS: Final = Path("/sys/class/block")
_BY_PEOPLE: Final = ("/media/", "/run/media/")
"""Where desktops mount what somebody plugs in (udisks2)."""
_ESCAPED: Final = re.compile(r"\\([0-7]{3})")
_REMOVABLE: Final = 2  # DRIVE_REMOVABLE of winbase.h


@dataclass(frozen=True)
class Drive:
    """`free` in bytes."""

    path: Path
    name: str
    free: int


def drives(mounts: Path = _MOUNTS, blocks: Path = _BLOCKS) -> list[Drive]:
    """By their paths; none where the system does not tell. One that goes away meanwhile is left out."""
    found = []
    for path in sorted(set(_lettered() if os.name == "nt" else _mounted(mounts, blocks))):
        try:
            free = shutil.disk_usage(path).free
        except OSError:
            continue
        found.append(Drive(path, path.name or str(path), free))
    return found


def _mounted(mounts: Path, blocks: Path) -> Iterator[Path]:
    try:
        lines = mounts.read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return
    for line in lines:
        device, place, *_ = line.split(" ")
        # proc(5): a blank in a path stands as \040.
        where = _ESCAPED.sub(lambda code: chr(int(code[1], 8)), place)
        if where.startswith(_BY_PEOPLE) or _is_removable(device, blocks):
            yield Path(where)


def _is_removable(device: str, blocks: Path) -> bool:
    """A partition tells it of the disk that it is on."""
    if not device.startswith("/dev/"):
        return False
    block = blocks / Path(device).name
    for told in (block / "removable", block.resolve().parent / "removable"):
        try:
            return told.read_text("ascii").strip() == "1"
        except OSError:
            continue
    return False


def _lettered() -> Iterator[Path]:
    import ctypes

    kind = getattr(ctypes, "windll").kernel32.GetDriveTypeW  # noqa: B009 - absent where mypy looks
    for letter in "DEFGHIJKLMNOPQRSTUVWXYZ":
        if kind(f"{letter}:\\") == _REMOVABLE:
            yield Path(f"{letter}:\\")

"""The folder where an office's scanner puts its files: which of them are whole, and taking them away."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from counter_app.domain.errors import CannotRead
from counter_app.services.contents import digest_of
from counter_app.services.opening import refuse_inside
from counter_app.system import files
from counter_app.system.paths import Places

STILL: Final = 2.0
"""Seconds for which a file's size and time have to stand still before it is taken for whole."""
_ENDINGS: Final = frozenset({".pdf", ".jpg", ".jpeg", ".png", ".tif", ".tiff"})


@dataclass(frozen=True)
class _Look:
    size: int
    changed: int
    since: float

    def is_as(self, size: int, changed: int) -> bool:
        return (self.size, self.changed) == (size, changed)


class ScanFolder:
    """Remembers what it has seen; a file is given once, until it changes or `give_again` names it."""

    def __init__(self) -> None:
        self._seen: dict[Path, _Look] = {}
        self._given: set[Path] = set()

    def look(self, folder: Path, now: float) -> list[Path]:
        """The files that have become whole since the last look; `now` is in seconds of any clock.

        Raises CannotRead("scan-folder-gone").
        """
        seen: dict[Path, _Look] = {}
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    path = Path(entry.path)
                    if path.suffix.lower() not in _ENDINGS or not entry.is_file(follow_symlinks=False):
                        continue
                    told = entry.stat(follow_symlinks=False)
                    before = self._seen.get(path)
                    if before is None or not before.is_as(told.st_size, told.st_mtime_ns):
                        if before is not None:
                            self._given.discard(path)
                        before = _Look(told.st_size, told.st_mtime_ns, now)
                    seen[path] = before
        except OSError as error:
            raise CannotRead("scan-folder-gone", path=folder) from error
        self._seen = seen
        self._given &= seen.keys()
        whole = [
            path
            for path, look in sorted(seen.items(), key=lambda one: (one[1].changed, one[0]))
            if look.size and now - look.since >= STILL and path not in self._given
        ]
        self._given.update(whole)
        return whole

    def give_again(self, path: Path) -> None:
        self._given.discard(path)

    def leave(self, path: Path) -> None:
        """Nothing of it is wanted: it stays where it is, and is not given again."""
        self._given.add(path)


def require_folder(places: Places, folder: Path) -> None:
    """Raises CannotRead("scan-folder-gone"), NotAllowed("inside-data-folder")."""
    if not folder.is_dir():
        raise CannotRead("scan-folder-gone", path=folder)
    refuse_inside(places, [folder])


def take_away(path: Path, digest: bytes) -> bool:
    """Removes the file whose content has this SHA-256; False where another has taken its place.

    Raises CannotRead, CannotWrite.
    """
    try:
        if digest_of(path) != digest:
            return False
    except CannotRead as failure:
        if failure.why == "file-missing":
            return True
        raise
    files.remove(path)
    return True

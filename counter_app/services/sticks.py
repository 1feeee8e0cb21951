"""Parts on a stick: how they are called, how one gets there, and what this machine knows to lie there."""

from __future__ import annotations

import errno
import json
import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, NamedTuple

from counter_app.domain.errors import CannotWrite, DiskFull
from counter_app.services.office import Office
from counter_app.store import own
from counter_app.sync.agreed import Tip
from counter_app.system import files

FOLDER: Final = "mot-cua"
"""The folder of a stick in which the window keeps its parts."""
_SETS: Final = "stick/sets"  # own: JSON of the sets of parts that the district has not acknowledged
_MOST_SETS: Final = 8
_NAME: Final = re.compile(r"(len|ve)-([0-9a-f]{16})-([0-9]{1,18})-([0-9]{6})\.goi", re.IGNORECASE)
_HALF: Final = re.compile(r"\.[0-9a-f]{16}\.part", re.IGNORECASE)
_SPARE: Final = 64 * 1024  # bytes that a file system wants for itself
_GONE: Final = {errno.EIO, errno.ENOENT, errno.ENODEV, errno.ENXIO, errno.ENOTDIR, errno.ESTALE}


class Name(NamedTuple):
    """A part's file: `up` from the machine of `log`, or down to it; `set` is the counter of the request that
    its set began with, `number` counts its parts from 1."""

    up: bool
    log: bytes
    set: int
    number: int

    @property
    def text(self) -> str:
        return f"{'len' if self.up else 've'}-{self.log.hex()}-{self.set}-{self.number:06}.goi"


class Found(NamedTuple):
    name: Name
    path: Path


def parts_in(folder: Path, *, up: bool) -> list[Found]:
    """The parts that lie there, by machine, set and number; raises CannotWrite("stick-gone")."""
    try:
        found = [(_NAME.fullmatch(path.name), path) for path in folder.iterdir()]
    except OSError as error:
        raise gone(folder, error) from error
    named = [
        Found(Name(m[1].lower() == "len", bytes.fromhex(m[2]), int(m[3]), int(m[4])), path)
        for m, path in found
        if m is not None
    ]
    return sorted(one for one in named if one.name.up is up)


def put(path: Path, data: bytes) -> None:
    """Brings a whole part onto the stick, durably, or nothing of it.

    Raises DiskFull("stick-full"), CannotWrite("stick-gone" | "cannot-write").
    """
    room_for(path.parent, len(data))
    try:
        files.write_atomically(path, data)
    except DiskFull as error:
        raise DiskFull("stick-full", path=path.parent, mb=_megabytes(len(data))) from error
    except CannotWrite as error:
        if error.facts.get("code") in _GONE or not path.parent.is_dir():
            raise CannotWrite("stick-gone", path=path.parent) from error
        raise


def room_for(folder: Path, size: int) -> None:
    """Raises DiskFull("stick-full") where so many bytes have no place there, CannotWrite("stick-gone")."""
    try:
        free = shutil.disk_usage(folder).free
    except OSError as error:
        raise gone(folder, error) from error
    if free < size + _SPARE:
        raise DiskFull("stick-full", path=folder, mb=_megabytes(size + _SPARE))


def _megabytes(size: int) -> int:
    return -(-size // 1_000_000)


def remove(paths: Iterable[Path]) -> None:
    """Raises CannotWrite("stick-gone" | "cannot-write")."""
    for path in paths:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise gone(path.parent, error) from error


def halves(folder: Path) -> list[Path]:
    """What a pulled stick left of a part that was being written."""
    try:
        return [path for path in folder.iterdir() if _HALF.fullmatch(path.name)]
    except OSError as error:
        raise gone(folder, error) from error


def gone(folder: Path, error: OSError) -> CannotWrite | DiskFull:
    if error.errno in _GONE or not folder.is_dir():
        return CannotWrite("stick-gone", path=folder)
    return files.cannot_write(folder, error)


@dataclass(frozen=True)
class Kept:
    """A part as it was written: what must lie there, and what the district has once it took the part in."""

    size: int
    digest: bytes
    ends: tuple[Tip, ...] = ()
    files: tuple[tuple[bytes, int], ...] = ()
    """Digest and the byte behind the last that travels."""

    def lies(self, path: Path) -> bool:
        try:
            return path.stat().st_size == self.size and sha256(path.read_bytes()).digest() == self.digest
        except OSError:
            return False

    def to_json(self) -> dict[str, Any]:
        ends = [[tip.log.hex(), tip.seq, tip.hash.hex()] for tip in self.ends]
        sent = [[digest.hex(), end] for digest, end in self.files]
        return {"size": self.size, "sha256": self.digest.hex(), "ends": ends, "files": sent}

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> Kept:
        ends = tuple(Tip(bytes.fromhex(log), seq, bytes.fromhex(h)) for log, seq, h in told["ends"])
        sent = tuple((bytes.fromhex(digest), end) for digest, end in told["files"])
        return cls(told["size"], bytes.fromhex(told["sha256"]), ends, sent)


@dataclass(frozen=True)
class Set:
    """Parts of one stick, in their order, that the district has not acknowledged; `at` is the last one's."""

    id: int
    at: datetime
    parts: tuple[Kept, ...] = ()

    @property
    def ends(self) -> set[Tip]:
        return {tip for part in self.parts for tip in part.ends}

    @property
    def files(self) -> dict[bytes, int]:
        return {digest: end for part in self.parts for digest, end in part.files}

    @property
    def size(self) -> int:
        return sum(part.size for part in self.parts)

    def lying_in(self, folder: Path, log: bytes) -> Set:
        """The set as far as its parts lie there unaltered."""
        count = 0
        for number, part in enumerate(self.parts, 1):
            if not part.lies(folder / Name(True, log, self.id, number).text):
                break
            count = number
        return replace(self, parts=self.parts[:count])


def sets_in(connection: Any) -> list[Set]:
    """The newest first."""
    kept = own.get_text(connection, _SETS)
    return [
        Set(row["id"], datetime.fromisoformat(row["at"]), tuple(map(Kept.from_json, row["parts"])))
        for row in (json.loads(kept) if kept else ())
    ]


def keep_sets(connection: Any, sets: Iterable[Set]) -> None:
    rows = [
        {"id": one.id, "at": one.at.isoformat(), "parts": [part.to_json() for part in one.parts]}
        for one in sorted(sets, key=lambda one: -one.id)[:_MOST_SETS]
    ]
    own.put_text(connection, _SETS, json.dumps(rows))


def keep_set(connection: Any, new: Set) -> None:
    keep_sets(connection, [new, *(one for one in sets_in(connection) if one.id != new.id)])


def waiting(office: Office) -> Set | None:
    """The last set that was copied and is not acknowledged yet."""
    with office.reading() as (connection, _):
        return next((one for one in sets_in(connection) if one.parts), None)

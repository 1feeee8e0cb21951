"""Scanned files in backups: sealed copies that lie beside them, each once, and the list of each backup.

    sao-luu-<store>-tep/ab/abcd…      beside the backups of a store: its files as they lie in its own folder,
                                      sealed under its key and named by it (crypto/blobs.py)
    files.json, in a backup           {"files": 1, "held": {name: bytes}, "lacking": [name, …],
                                      "at_district": n, "pages": n}
    files/<name>, in a backup         where somebody had it made into one file of his own

A backup needs the files that the district is not known to hold, and the scanned pages that are on no paper
yet (unkept.py), of which `pages` says how many it holds. Their copies are whole on the disk before the
backup that names them has its name; one goes only when no backup beside it names it any more. `lacking` are
those that could not be read then; `at_district` counts the files that the district has and that are left out.
"""

from __future__ import annotations

import json
import shutil
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from hashlib import file_digest, sha256
from pathlib import Path
from typing import IO, Final

from counter_app.crypto.blobs import BlobKeys
from counter_app.domain.errors import CannotRead, CannotWrite, Damaged, Refused
from counter_app.services.blobs import Blobs, place_in
from counter_app.system import files

LIST: Final = "files.json"
_VERSION: Final = 1
INSIDE: Final = "files/"
_FOLDER: Final = "sao-luu-{}-tep"
_PART: Final = ".part"
_PIECE: Final = 1024 * 1024  # bytes
_LARGEST_LIST: Final = 256 * 1024 * 1024  # bytes
_TORN: Final = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)


@dataclass(frozen=True)
class Listing:
    """`held` has the names of the files that the backup holds, with the bytes of their copies."""

    held: Mapping[str, int] = field(default_factory=dict)
    lacking: tuple[str, ...] = ()
    at_district: int = 0
    pages: int = 0
    """How many of those that it holds are scanned pages which are on no paper yet."""

    @property
    def size(self) -> int:
        """Bytes of all copies."""
        return sum(self.held.values())

    def to_bytes(self) -> bytes:
        said = {"held": self.held, "lacking": self.lacking, "at_district": self.at_district}
        return json.dumps({"files": _VERSION, **said, "pages": self.pages}).encode()

    @property
    def files(self) -> int:
        """How many scanned files of papers the backup holds."""
        return len(self.held) - self.pages

    def to_json(self) -> dict[str, int]:
        return {
            "files": self.files,
            "pages": self.pages,
            "files_missing": len(self.lacking),
            "files_at_district": self.at_district,
        }


def folder_in(folder: Path, store: str) -> Path:
    """Where the copies lie that the backups of the store in that folder name."""
    return folder / _FOLDER.format(store)


def is_part(name: str) -> bool:
    """Whether a backup may hold a part of this name for its files."""
    return name == LIST or name.startswith(INSIDE)


def listing_of(backup: Path) -> Listing:
    """What the backup says of files; nothing where it was made before there were any.

    Raises Refused("not-a-backup"), CannotRead.
    """
    try:
        with zipfile.ZipFile(backup) as archive:
            if LIST not in archive.namelist() or archive.getinfo(LIST).file_size > _LARGEST_LIST:
                return Listing()
            said = json.loads(archive.read(LIST))
        held = {str(name): int(size) for name, size in said["held"].items()}
        lacking, pages = tuple(map(str, said["lacking"])), int(said.get("pages", 0))
        return Listing(held, lacking, int(said["at_district"]), pages)
    except (*_TORN, ValueError, KeyError, TypeError, AttributeError) as error:
        raise Refused("not-a-backup", path=backup) from error
    except OSError as error:
        raise CannotRead("cannot-read", path=backup, code=error.errno) from error


def require(folder: Path, listing: Listing) -> None:
    """Raises CannotWrite where a copy that the list names does not lie there: then no backup may name it."""
    for name, size in listing.held.items():
        if lies(folder, name, size) is None:
            raise CannotWrite("cannot-write", path=place_in(folder, name), code=0)


def copy_all(listing: Listing, source: Path, target: Path) -> None:
    """Brings the copies that the list names from one folder into another, those that it lacks; raises
    CannotRead, DiskFull, CannotWrite."""
    for name, size in listing.held.items():
        if lies(target, name, size) is None:
            files.shared_folder(place_in(target, name).parent)
            copy_whole(place_in(source, name), place_in(target, name))


def copy_whole(source: Path, target: Path) -> None:
    """A copy under another name until it was read back from its disk; raises DiskFull, CannotWrite."""
    write_whole(target, _pieces_of(source))


def write_whole(target: Path, parts: Iterable[bytes]) -> int:
    """The same of what comes in parts, of which one is in memory: how many bytes it has.

    Raises DiskFull, CannotWrite, and what the parts raise: nothing is left of it then.
    """
    beside, seen, size = target.with_name(target.name + _PART), sha256(), 0
    try:
        with beside.open("wb") as file:
            for part in parts:
                seen.update(part)
                size += file.write(part)
        files.from_the_disk(beside)
        if _digest(beside) != seen.digest():
            raise CannotWrite("cannot-write", path=target, code=0)
        files.move_into_place(beside, target)
    except OSError as error:
        raise files.cannot_write(target, error) from error
    finally:
        with suppress(OSError):
            beside.unlink()
    return size


def sweep(folder: Path) -> None:
    """Takes away what a killed process or a pulled stick has left half written."""
    for path in folder.glob(f"*/*{_PART}"):
        with suppress(OSError):
            path.unlink()


def drop_unnamed(folder: Path, backups: Iterable[Path]) -> None:
    """Takes away the copies that none of the backups names; none where one of them cannot be read now."""
    named = set[str]()
    try:
        for one in backups:
            named.update(listing_of(one).held)
    except (Refused, CannotRead):
        return
    for path in copies_in(folder):
        if path.name not in named:
            with suppress(OSError):
                path.unlink()
                path.parent.rmdir()


def drop(folder: Path, name: str) -> None:
    """Takes away the copy of that name beside the backups in the folder; what cannot go stays."""
    for beside in _besides(folder):
        with suppress(OSError):
            place_in(beside, name).unlink(missing_ok=True)


def copies_in(folder: Path) -> list[Path]:
    return [path for path in folder.glob("*/*") if path.suffix != _PART]


def destroy(folder: Path) -> None:
    """All copies in the folder go, and it."""
    shutil.rmtree(folder, ignore_errors=True)


class Copies:
    """What backups and the folders beside them hold of files; a context, which keeps the backups open."""

    def __init__(self, backups: Iterable[Path], folders: Iterable[Path]) -> None:
        """`folders` are those that backups lie in, of whichever store."""
        self._archives = [archive for path in backups if (archive := _opened(path)) is not None]
        self._names = [set(archive.namelist()) for archive in self._archives]
        self._folders = [beside for one in dict.fromkeys(folders) for beside in _besides(one)]

    def __enter__(self) -> Copies:
        return self

    def __exit__(self, *_: object) -> None:
        for archive in self._archives:
            archive.close()

    def hold(self, keys: BlobKeys, digest: bytes) -> bool:
        """Whether one of the copies is the file of that digest, whole."""
        return any(_is_whole(copy) for copy in self._found(keys, digest))

    def bring(self, own: Blobs, digest: bytes) -> bool:
        """Whether the file lies in its folder now, out of the first copy that proves itself; raises DiskFull,
        CannotWrite."""
        for copy in self._found(own.keys, digest):
            with suppress(Damaged):
                own.put_back(digest, copy)
                return True
        return False

    def _found(self, keys: BlobKeys, digest: bytes) -> Iterator[Iterator[bytes]]:
        name = keys.name(digest)
        for archive, names in zip(self._archives, self._names, strict=True):
            if INSIDE + name in names:
                yield _proven(keys, digest, partial(archive.open, INSIDE + name))
        for folder in self._folders:
            if (place := place_in(folder, name)).is_file():
                yield _proven(keys, digest, partial(_read_only, place))


def _read_only(place: Path) -> IO[bytes]:
    return place.open("rb")


def _proven(keys: BlobKeys, digest: bytes, opening: Callable[[], IO[bytes]]) -> Iterator[bytes]:
    try:
        with opening() as file:
            yield from keys.proven(digest, file)
    except (*_TORN, OSError) as error:
        raise Damaged("attachment-damaged") from error


def _is_whole(copy: Iterator[bytes]) -> bool:
    with suppress(Damaged):
        for _ in copy:
            pass
        return True
    return False


def _opened(backup: Path) -> zipfile.ZipFile | None:
    with suppress(*_TORN, OSError):
        return zipfile.ZipFile(backup)
    return None


def _besides(folder: Path) -> list[Path]:
    with suppress(OSError):
        return sorted(folder.glob(_FOLDER.format("*")))
    return []


def lies(folder: Path, name: str, size: int | None) -> int | None:
    """The bytes of the copy of that name where one lies there, of `size` bytes if that is known."""
    try:
        there = place_in(folder, name).stat().st_size
    except OSError:
        return None
    return there if size in (None, there) else None


def _pieces_of(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece


def _digest(path: Path) -> bytes:
    with path.open("rb") as file:
        return file_digest(file, "sha256").digest()

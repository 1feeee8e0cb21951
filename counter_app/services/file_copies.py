"""Scanned files in backups: sealed copies that lie beside them, each once, and the list of each backup.

    sao-luu-<store>-tep/ab/abcd…      beside the backups of a store: its files as they lie in its own folder,
                                      sealed under its key and named by it (crypto/blobs.py)
    files.json, in a backup           {"files": 1, "held": {name: bytes}, "lacking": [name, …],
                                      "at_district": n}
    files/<name>, in a backup         where somebody had it made into one file of his own

A backup needs the files that the district is not known to hold. Their copies are whole on the disk before the
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
from hashlib import file_digest
from pathlib import Path
from typing import Final

from counter_app.crypto.blobs import BlobKeys, sealed_size
from counter_app.domain.errors import CannotRead, CannotWrite, Damaged, NotFound, Refused
from counter_app.services.blobs import Blobs, place_in
from counter_app.store import blobs
from counter_app.store.database import Database
from counter_app.store.keeping import Told
from counter_app.system import files
from counter_app.system.paths import Places

LIST: Final = "files.json"
_VERSION: Final = 1
_INSIDE: Final = "files/"
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

    @property
    def size(self) -> int:
        """Bytes of all copies."""
        return sum(self.held.values())

    def to_bytes(self) -> bytes:
        said = {"held": self.held, "lacking": self.lacking, "at_district": self.at_district}
        return json.dumps({"files": _VERSION, **said}).encode()

    def to_json(self) -> dict[str, int]:
        return {
            "files": len(self.held),
            "files_missing": len(self.lacking),
            "files_at_district": self.at_district,
        }


def folder_in(folder: Path, store: str) -> Path:
    """Where the copies lie that the backups of the store in that folder name."""
    return folder / _FOLDER.format(store)


def is_part(name: str) -> bool:
    """Whether a backup may hold a part of this name for its files."""
    return name == LIST or name.startswith(_INSIDE)


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
        return Listing(held, tuple(map(str, said["lacking"])), int(said["at_district"]))
    except (*_TORN, ValueError, KeyError, TypeError, AttributeError) as error:
        raise Refused("not-a-backup", path=backup) from error
    except OSError as error:
        raise CannotRead("cannot-read", path=backup, code=error.errno) from error


class Gathering:
    """The files that a backup of the store needs, and their copies."""

    def __init__(self, places: Places, database: Database, *, everything: bool) -> None:
        """As the store stands now: it is asked after the copy of the database was made."""
        self._database, self._own = database, Blobs(places.blobs, database.key)
        with database.reading() as connection:
            self._wanted = blobs.to_back_up(connection, everything=everything)
            self._safe = blobs.safe_count(connection)

    def missing_bytes(self, folder: Path) -> int:
        """What the copies that do not lie in the folder yet will take."""
        return sum(
            sealed_size(one.size)
            for one in self._wanted
            if one.here and not _lies(folder, self._own.keys.name(one.digest), sealed_size(one.size))
        )

    def beside(self, folder: Path, told: Told) -> Listing:
        """Brings into the folder what it lacks, each file whole and on the disk before the next.

        Raises DiskFull, CannotWrite: what is there by then stays, for the next try.
        """

        def put(name: str, sealed: bytes) -> None:
            place = place_in(folder, name)
            files.shared_folder(place.parent)
            _write(place, sealed)

        return self._each(lambda name, size: _lies(folder, name, size), put, told)

    def inside(self, archive: zipfile.ZipFile, told: Told) -> Listing:
        """Puts all of them into the backup itself; raises OSError."""

        def put(name: str, sealed: bytes) -> None:
            archive.writestr(_INSIDE + name, sealed)

        return self._each(lambda name, size: False, put, told)

    def _each(
        self, lies: Callable[[str, int], bool], put: Callable[[str, bytes], None], told: Told
    ) -> Listing:
        held, lacking = dict[str, int](), list[str]()
        whole, done = sum(one.size for one in self._wanted), 0
        for one in self._wanted:
            name, size = self._own.keys.name(one.digest), sealed_size(one.size)
            if lies(name, size):
                held[name] = size
            elif (sealed := self._sealed(one)) is not None:
                put(name, sealed)
                held[name] = len(sealed)
            elif self._still_needed(one):
                lacking.append(name)
            done += one.size
            told(done / max(1, whole))
        safe_here = sum(one.safe for one in self._wanted)
        return Listing(held, tuple(lacking), max(0, self._safe - safe_here))

    def _sealed(self, one: blobs.Kept) -> bytes | None:
        try:
            return self._own.sealed(one.digest)
        except (NotFound, Damaged, CannotRead):
            return None

    def _still_needed(self, one: blobs.Kept) -> bool:
        """Not where it left this machine meanwhile, or was erased."""
        with self._database.reading() as connection:
            now = blobs.find(connection, one.digest)
        return now is not None and not now.safe


def require(folder: Path, listing: Listing) -> None:
    """Raises CannotWrite where a copy that the list names does not lie there: then no backup may name it."""
    for name, size in listing.held.items():
        if not _lies(folder, name, size):
            raise CannotWrite("cannot-write", path=place_in(folder, name), code=0)


def copy_all(listing: Listing, source: Path, target: Path) -> None:
    """Brings the copies that the list names from one folder into another, those that it lacks; raises
    CannotRead, DiskFull, CannotWrite."""
    for name, size in listing.held.items():
        if not _lies(target, name, size):
            files.shared_folder(place_in(target, name).parent)
            copy_whole(place_in(source, name), place_in(target, name))


def copy_whole(source: Path, target: Path) -> None:
    """A copy under another name until it was read back from its disk; raises DiskFull, CannotWrite."""
    beside = target.with_name(target.name + _PART)
    try:
        with source.open("rb") as given, beside.open("wb") as taken:
            shutil.copyfileobj(given, taken, _PIECE)
        files.from_the_disk(beside)
        if _digest(beside) != _digest(source):
            raise CannotWrite("cannot-write", path=target, code=0)
        files.move_into_place(beside, target)
    except OSError as error:
        raise files.cannot_write(target, error) from error
    finally:
        with suppress(OSError):
            beside.unlink()


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

    def find(self, keys: BlobKeys, digest: bytes) -> bytes | None:
        """The sealed file, proven by its hash; None where none of the copies is whole."""
        found = self._found(keys.name(digest))
        return next((sealed for sealed in found if keys.proves(digest, sealed)), None)

    def _found(self, name: str) -> Iterator[bytes]:
        for archive, names in zip(self._archives, self._names, strict=True):
            if _INSIDE + name in names:
                with suppress(*_TORN, OSError):
                    yield archive.read(_INSIDE + name)
        for folder in self._folders:
            with suppress(OSError):
                yield place_in(folder, name).read_bytes()


def _opened(backup: Path) -> zipfile.ZipFile | None:
    with suppress(*_TORN, OSError):
        return zipfile.ZipFile(backup)
    return None


def _besides(folder: Path) -> list[Path]:
    with suppress(OSError):
        return sorted(folder.glob(_FOLDER.format("*")))
    return []


def _lies(folder: Path, name: str, size: int) -> bool:
    try:
        return place_in(folder, name).stat().st_size == size
    except OSError:
        return False


def _write(place: Path, sealed: bytes) -> None:
    beside = place.with_name(place.name + _PART)
    try:
        beside.write_bytes(sealed)
        files.from_the_disk(beside)
        if beside.read_bytes() != sealed:
            raise CannotWrite("cannot-write", path=place, code=0)
        files.move_into_place(beside, place)
    except OSError as error:
        raise files.cannot_write(place, error) from error
    finally:
        with suppress(OSError):
            beside.unlink()


def _digest(path: Path) -> bytes:
    with path.open("rb") as file:
        return file_digest(file, "sha256").digest()

"""The store's folder of files, sealed under its key: one is whole on the disk before an event names it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from counter_app.crypto.blobs import BlobKeys, PieceKeys
from counter_app.domain.errors import CannotRead, Damaged, NotFound
from counter_app.services.contents import Content, measured, pieces_of
from counter_app.services.office import Office
from counter_app.store import blobs, erasing
from counter_app.system import files


def place_in(folder: Path, name: str) -> Path:
    """Where the file of that name lies in a folder of files."""
    return folder / name[:2] / name


class Blobs:
    """`digest` is the SHA-256 of a file's content, everywhere."""

    def __init__(self, folder: Path, store_key: bytes) -> None:
        self._folder = folder
        self.keys = BlobKeys(store_key)

    def path(self, digest: bytes) -> Path:
        return place_in(self._folder, self.keys.name(digest))

    def keep(self, content: Content) -> bytes:
        """Its digest, once it is on the disk; raises what `put` does."""
        digest, _ = measured(content)
        self.put(digest, pieces_of(content))
        return digest

    def put(self, digest: bytes, parts: Iterable[bytes]) -> None:
        """The file, of which no more than a part is in memory, is on the disk; one that is there, whole, is
        left as it is.

        Raises Damaged("attachment-damaged") where the parts are not the file of that digest, DiskFull,
        CannotWrite: nothing is left of it then.
        """
        if self.is_whole(digest):
            return
        files.private_folder(self._folder)
        self._write(digest, self.keys.seal(digest, parts))

    def sealed(self, digest: bytes) -> Iterator[bytes]:
        """Its file as it lies there, a frame at a time, each proven; raises what `parts` does, at whichever:
        then nothing of it counts."""
        with self._opened(digest) as file:
            yield from self.keys.proven(digest, file)

    def put_back(self, digest: bytes, sealed: Iterable[bytes]) -> None:
        """A copy of its file in its place, as `sealed` or `BlobKeys.proven` gives it; raises what that does,
        DiskFull, CannotWrite: nothing is left of it then."""
        files.private_folder(self._folder)
        self._write(digest, sealed)

    def is_whole(self, digest: bytes) -> bool:
        """Whether its file lies there and proves itself."""
        try:
            for _ in self.sealed(digest):
                pass
        except (NotFound, Damaged, CannotRead):
            return False
        return True

    def has(self, digest: bytes) -> bool:
        """Whether its file is there, whole or not."""
        return self.path(digest).is_file()

    def read(self, digest: bytes) -> bytes:
        """The whole in memory; raises what `parts` does."""
        return b"".join(self.parts(digest))

    def parts(self, digest: bytes) -> Iterator[bytes]:
        """The content, a frame at a time.

        Raises NotFound("attachment-not-here"), Damaged("attachment-damaged"), CannotRead, at whichever part.
        """
        seen = sha256()
        with self._opened(digest) as file:
            for part in self.keys.parts(digest, file):
                seen.update(part)
                yield part
        if seen.digest() != digest:
            raise Damaged("attachment-damaged")

    def open(self, digest: bytes) -> BinaryIO:
        """The content, read anywhere; raises what `parts` does, at a frame that is not as sealed. Whether it
        is the file of that digest to its end, `parts` has to say before."""
        path = self.path(digest)
        try:
            return self.keys.opened(digest, path.open("rb"))
        except FileNotFoundError as error:
            raise NotFound("attachment-not-here") from error
        except OSError as error:
            raise CannotRead("cannot-read", path=path, code=error.errno) from error

    def piece(self, digest: bytes, offset: int, size: int) -> bytes:
        """`size` bytes from `offset`, fewer at its end; raises what `parts` does."""
        with self._opened(digest) as file:
            return self.keys.piece(digest, file, offset, size)

    def part(self, digest: bytes) -> Part:
        """What has come so far of a file that is being fetched."""
        return Part(self._part(digest), self.keys.pieces(digest))

    def drop(self, digest: bytes) -> None:
        """Its file is gone, and what came of it; whoever calls has made sure that nobody needs it."""
        files.remove(self.path(digest))
        files.remove(self._part(digest))

    def _write(self, digest: bytes, sealed: Iterable[bytes]) -> None:
        path = self.path(digest)
        try:
            files.write_parts(files.private_folder(path.parent) / path.name, sealed)
        except BaseException:
            with suppress(OSError):
                path.parent.rmdir()  # where it was made for this file
            raise

    def _part(self, digest: bytes) -> Path:
        place = self.path(digest)
        return place.with_name(place.name + ".part")

    @contextmanager
    def _opened(self, digest: bytes) -> Iterator[BinaryIO]:
        path = self.path(digest)
        try:
            with path.open("rb") as file:
                yield file
        except FileNotFoundError as error:
            raise NotFound("attachment-not-here") from error
        except OSError as error:
            raise CannotRead("cannot-read", path=path, code=error.errno) from error


class Part:
    """A file's beginning, sealed piece by piece: each is on the disk before the next is asked for."""

    def __init__(self, path: Path, keys: PieceKeys) -> None:
        self._path, self._keys = path, keys
        self.size = self._whole = 0
        """Bytes of content, and those that they take up here."""
        for piece, end in self._read():
            self.size, self._whole = self.size + len(piece), end

    def parts(self) -> Iterator[bytes]:
        """What has come, piece by piece; raises CannotRead."""
        return (piece for piece, _ in self._read())

    def add(self, piece: bytes) -> None:
        """Raises DiskFull, CannotWrite."""
        sealed = self._keys.seal(piece, self.size)
        files.private_folder(self._path.parent.parent)
        files.private_folder(self._path.parent)
        files.append(self._path, sealed, self._whole)
        self.size, self._whole = self.size + len(piece), self._whole + len(sealed)

    def drop(self) -> None:
        files.remove(self._path)

    def _read(self) -> Iterator[tuple[bytes, int]]:
        try:
            with self._path.open("rb") as file:
                yield from self._keys.read(file)
        except FileNotFoundError:
            return
        except OSError as error:
            raise CannotRead("cannot-read", path=self._path, code=error.errno) from error


def blobs_of(office: Office) -> Blobs:
    return Blobs(office.places.blobs, office.database.key)


def drop_erased(office: Office) -> int:
    """Removes the files of dossiers that were erased, and says how many; after a power cut the next call goes
    on. One that was attached anew meanwhile stays."""
    with office.reading() as (connection, _):
        digests = erasing.dropped(connection)
    folder = blobs_of(office)
    for digest in digests:
        with office.writing(guard_clock=False) as (pen, _):
            if blobs.find(pen.connection, digest) is None:
                folder.drop(digest)
            erasing.set_dropped(pen.connection, digest)
    return len(digests)

"""What a file holds, wherever it lies: read a piece at a time, so that none that is large is held whole."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from functools import partial
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Final

from counter_app.domain.errors import BadInput, CannotRead
from counter_app.services.office import Office
from counter_app.system.spool import Spool

_PIECE: Final = 256 * 1024  # bytes

Content = bytes | Callable[[], BinaryIO]
"""The bytes themselves, where they are few; else what opens them anew for each reader, who closes it."""


def opened(content: Content) -> BinaryIO:
    """The content at its beginning; it can be read anywhere."""
    return BytesIO(content) if isinstance(content, bytes) else content()


def pieces_of(content: Content) -> Iterator[bytes]:
    with opened(content) as file:
        yield from iter(partial(file.read, _PIECE), b"")


def measured(content: Content) -> tuple[bytes, int]:
    """Its SHA-256, and how many bytes it has."""
    seen, size = sha256(), 0
    for piece in pieces_of(content):
        seen.update(piece)
        size += len(piece)
    return seen.digest(), size


def spool(office: Office) -> Spool:
    """For what is on its way into the store, or out of it onto the screen."""
    return Spool(office.places.data)


def taken(office: Office, path: Path, most: int = sys.maxsize) -> Content:
    """A file as it lies there now, whatever becomes of it or of its disk.

    Raises CannotRead("file-missing" | "cannot-read"), BadInput("attachment-too-large") beyond `most` bytes,
    DiskFull, CannotWrite.
    """
    into = spool(office)
    try:
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                if into.tell() + len(piece) > most:
                    raise BadInput("attachment-too-large", field="file", limit=most // 1024 // 1024)
                into.write(piece)
    except FileNotFoundError as error:
        raise CannotRead("file-missing", path=path) from error
    except OSError as error:
        raise CannotRead("cannot-read", path=path, code=error.errno) from error
    return into.open


def digest_of(path: Path) -> bytes:
    """The SHA-256 of a file; raises CannotRead("file-missing" | "cannot-read")."""
    try:
        return measured(partial(_read_only, path))[0]
    except FileNotFoundError as error:
        raise CannotRead("file-missing", path=path) from error
    except OSError as error:
        raise CannotRead("cannot-read", path=path, code=error.errno) from error


def _read_only(path: Path) -> BinaryIO:
    return path.open("rb")

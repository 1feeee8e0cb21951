"""SQLite's write-ahead log as bytes: what was committed in it, whether its checksums hold or not.

At opening SQLite passes over everything from the first broken frame on, committed or not, without a word, and
takes the file away at the next close. So it is read before the store is opened, and kept where more was
committed in it than SQLite found. Source: SQLite's file format, section 4.1.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from counter_app.domain.errors import Damaged
from counter_app.store.database import SMALLEST as PAGE
from counter_app.store.database import Database

HEAD: Final = 32  # bytes
_FRAME_HEAD: Final = 24
_SALTS: Final = slice(16, 24)
_FRAME: Final = _FRAME_HEAD + PAGE


@dataclass(frozen=True)
class Frame:
    """A page in the log: its number, its bytes, and the file's size in pages where it ends a commit."""

    page: int
    content: bytes
    size: int


def kept_of(store: Path) -> Path:
    """Where a log lies in which more was committed than SQLite found."""
    return store.with_name(store.name + "-torn")


def before_opening(store: Path) -> bytes:
    """The log as it lies there; empty where there is none, as after every orderly end."""
    with suppress(OSError):
        return store.with_name(store.name + "-wal").read_bytes()
    return b""


def file_of(store: Path) -> Path:
    """Where the file lies as it was before a log that did not belong to it was written into it."""
    return store.with_name(store.name + "-before")


def require_whole(content: bytes, store: Path, database: Database) -> None:
    """Raises Damaged("wal-torn") where the open store found fewer commits in its log than were written to it,
    now or at an earlier opening that nothing was done about.

    One commit too few is what a power cut leaves of an act that nobody was told of: each is on the disk
    before the next begins. Had its paper been printed, its mark would tell (opening.refuse_stale).
    """
    if kept_of(store).exists():
        raise Damaged("wal-torn")
    commits = [place for place, frame in enumerate(committed_frames(content), 1) if frame.size]
    # Another process may have begun the log anew meanwhile: then it found all of it.
    if len(commits) > 1 and before_opening(store)[_SALTS] == content[_SALTS]:
        found = database.frames()
        if sum(place > found for place in commits) > 1:
            raise Damaged("wal-torn")


def committed_frames(content: bytes) -> Iterator[Frame]:
    """Those since the log was last begun anew, up to the last that ends a commit."""
    found = list(_frames(content))
    ends = max((place for place, frame in enumerate(found, 1) if frame.size), default=0)
    yield from found[:ends]


def _frames(content: bytes) -> Iterator[Frame]:
    salts = content[_SALTS]
    if len(content) < HEAD or int.from_bytes(content[8:12], "big") != PAGE:
        return
    for at in range(HEAD, len(content) - _FRAME + 1, _FRAME):
        head = content[at : at + _FRAME_HEAD]
        if head[8:16] != salts:
            return
        page, size = int.from_bytes(head[:4], "big"), int.from_bytes(head[4:8], "big")
        yield Frame(page, content[at + _FRAME_HEAD : at + _FRAME], size)

"""Files at the district as its tables know them: pieces that have come, and files that are whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from sqlalchemy import ColumnElement, Connection, Table, delete, insert, select, update

from counter_app.district import erasing
from counter_app.district.bulk import Bulk
from counter_app.district.database import Base
from counter_app.district.tables import files, pieces, uploads

MOST: Final = 64
"""Files that a device may have under way; the one that rested longest makes room."""
MOST_BYTES: Final = 256 * 1024 * 1024
"""That all of these may come to."""
RESTS_MS: Final = 45 * 24 * 3600 * 1000
"""After so long without a new piece what came is thrown away; it can be sent again."""
_AT_ONCE: Final = 16
"""Pieces that are read together: 256 KB."""
_WHOLE: Final = Bulk(files, "commune", "digest", "size", "whole_ms", again=True)


@dataclass(frozen=True)
class Upload:
    """A file on its way: `held` bytes of `size` are here, from its beginning."""

    commune: int
    device: int
    digest: bytes
    size: int
    held: int

    @property
    def whole(self) -> bool:
        return self.held == self.size


def is_whole(connection: Connection, commune: int, digest: bytes) -> bool:
    """Whether the commune's file was taken in."""
    at = (files.c.commune == commune, files.c.digest == digest)
    return connection.execute(select(files.c.size).where(*at)).first() is not None


def find(connection: Connection, commune: int, device: int, name: bytes) -> Upload | None:
    """The device's file whose digest begins so."""
    of = uploads.c
    wanted = select(of.digest, of.size, of.held).where(
        of.commune == commune, of.device == device, of.digest >= name
    )
    row = connection.execute(wanted.order_by(of.digest).limit(1)).first()
    if row is None or not bytes(row.digest).startswith(name):
        return None
    return Upload(commune, device, bytes(row.digest), row.size, row.held)


def begin(connection: Connection, commune: int, device: int, digest: bytes, size: int, now_ms: int) -> Upload:
    """Makes a place for it, where others of the device may have to give way."""
    _drop_old(connection, commune, now_ms - RESTS_MS)
    others = connection.execute(
        select(uploads.c.digest, uploads.c.size)
        .where(uploads.c.commune == commune, uploads.c.device == device)
        .order_by(uploads.c.touched_ms.desc(), uploads.c.digest)
    ).all()
    room, left = MOST_BYTES - size, MOST - 1
    for other, long in others:
        room, left = room - long, left - 1
        if room < 0 or left < 0:
            give_up(connection, Upload(commune, device, bytes(other), long, 0))
    made = Upload(commune, device, digest, size, 0)
    connection.execute(insert(uploads).values(**vars(made), touched_ms=now_ms))
    return made


def add(connection: Connection, upload: Upload, piece: bytes, now_ms: int) -> Upload:
    """The next piece is behind those that are here."""
    key = {"commune": upload.commune, "device": upload.device, "digest": upload.digest}
    connection.execute(insert(pieces).values(**key, start=upload.held, content=piece))
    held = upload.held + len(piece)
    connection.execute(update(uploads).where(*_of(uploads, upload)).values(held=held, touched_ms=now_ms))
    return Upload(upload.commune, upload.device, upload.digest, upload.size, held)


def parts(base: Base, upload: Upload) -> Iterator[bytes]:
    """What has come of it, in its order; each part by a transaction of its own, so that none outlasts a slow
    disk or store."""
    start = 0
    while True:
        behind = (*_of(pieces, upload), pieces.c.start >= start)
        some = select(pieces.c.content).where(*behind).order_by(pieces.c.start).limit(_AT_ONCE)
        with base.reading() as connection:
            part = b"".join(map(bytes, connection.execute(some).scalars()))
        if not part:
            return
        yield part
        start += len(part)


def give_up(connection: Connection, upload: Upload) -> bool:
    """What came of it is thrown away; whether it was on its way."""
    gone = connection.execute(delete(uploads).where(*_of(uploads, upload)))
    connection.execute(delete(pieces).where(*_of(pieces, upload)))
    return bool(gone.rowcount)


def finish(connection: Connection, upload: Upload, now_ms: int) -> None:
    """The file is whole, and in the store of files; not where its dossier was erased meanwhile."""
    if give_up(connection, upload):
        _WHOLE.put(connection, [(upload.commune, upload.digest, upload.size, now_ms)])
    else:  # or another process has finished it
        erasing.drop(connection, upload.digest)


def forget(connection: Connection, commune: int, digest: bytes) -> None:
    """The file is no more in the store of files: whoever has it is asked for it."""
    connection.execute(delete(files).where(files.c.commune == commune, files.c.digest == digest))


def move(connection: Connection, source: int, into: int) -> None:
    """The commune's files are another's: the one has become a part of it."""
    rows = connection.execute(select(files).where(files.c.commune == source)).all()
    _WHOLE.put(connection, [(into, row.digest, row.size, row.whole_ms) for row in rows])
    connection.execute(delete(files).where(files.c.commune == source))
    for table in (uploads, pieces):  # devices are counted through all communes
        connection.execute(update(table).where(table.c.commune == source).values(commune=into))


def of_commune(connection: Connection, commune: int) -> list[tuple[bytes, int]]:
    """The digests of its files and their sizes."""
    rows = select(files.c.digest, files.c.size).where(files.c.commune == commune).order_by(files.c.digest)
    return [(bytes(digest), size) for digest, size in connection.execute(rows)]


def _drop_old(connection: Connection, commune: int, before_ms: int) -> None:
    old = select(uploads.c.device, uploads.c.digest, uploads.c.size).where(
        uploads.c.commune == commune, uploads.c.touched_ms < before_ms
    )
    for device, digest, size in connection.execute(old).all():
        give_up(connection, Upload(commune, device, bytes(digest), size, 0))


def _of(table: Table, upload: Upload) -> tuple[ColumnElement[bool], ...]:
    of = table.c
    return of.commune == upload.commune, of.device == upload.device, of.digest == upload.digest

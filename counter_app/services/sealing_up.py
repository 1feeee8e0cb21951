"""What the district is not known to hold, sealed for it in one file, which is read back before it counts."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Final

from counter_app.crypto.sealing import SealingKey
from counter_app.crypto.signing import Signer
from counter_app.domain.attachments import attachments
from counter_app.domain.errors import CannotWrite, CounterError, Refused
from counter_app.services import backup_files, erased_copies
from counter_app.services.blobs import Blobs, blobs_of
from counter_app.services.enrolled import SPEAKER, THEIRS, District, tips_in
from counter_app.services.file_copies import Copies
from counter_app.services.lookup import folded
from counter_app.services.office import Office, to_ms
from counter_app.store import blobs, own
from counter_app.store.blobs import Waiting
from counter_app.store.keeping import Told
from counter_app.store.ledger import Shelf
from counter_app.sync import bundle, giving
from counter_app.sync.agreed import vector_of
from counter_app.sync.stick import PIECE, Piece
from counter_app.system import files

_LOG: Final = 8  # bytes
_PART: Final = ".part"


@dataclass(frozen=True)
class Sealed:
    """The file's SHA-256 in hex, and how many scanned files it holds."""

    digest: str = ""
    files: int = 0


def seal(office: Office, known: District, target: Path, told: Told = lambda part: None) -> Sealed:
    """Every event and every scanned file that the district is not known to hold, as the file `target`.

    It has its name once it was read back from its disk as the district will read it: it is sealed to this
    machine's own key as well, which goes with the store. Raises Refused("wipe-file-broken") for a scanned
    file that can be read neither here nor in a backup, CannotWrite("sealed-not-readable" | "cannot-write"),
    DiskFull.
    """
    waiting = _readable(office)
    sizes = {one.digest: one.size for one in waiting}
    beside = target.with_name(target.name + _PART)
    try:
        os.close(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
        own_key, events = _write(office, known, beside, waiting, lambda part: told(part * 2 / 3))
        files.from_the_disk(beside)
        told(2 / 3)
        if not _reads_back(beside, own_key, events, sizes):
            raise CannotWrite("sealed-not-readable", path=target)
        with beside.open("rb") as file:
            digest = file_digest(file, "sha256").hexdigest()
        files.move_into_place(beside, target)
    except OSError as error:
        raise files.cannot_write(target, error) from error
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
    told(1)
    return Sealed(digest, len(sizes))


def _write(
    office: Office, known: District, target: Path, waiting: Sequence[Waiting], told: Told
) -> tuple[SealingKey, int]:
    """The own key that opens it too, and how many events are in it."""
    with office.reading() as (connection, where), target.open("wb") as file:
        keys, shelf = own.keys(connection), Shelf(connection, where)
        # The district knows the log that this machine was enrolled with, whatever log it writes now.
        speaker, mine = own.get(connection, SPEAKER) or b"", SealingKey(keys.sealing)
        events = bundle.write(
            file,
            giving.runs_for(shelf, vector_of(tips_in(connection, THEIRS).tips)),
            signer=Signer(speaker[_LOG:]),
            recipients=[known.x25519, mine.public],
            commune=where.log_of(keys.branch).commune,
            log=speaker[:_LOG],
            made_ms=to_ms(office.now()),
            vector=giving.vector(shelf),
            pieces=_pieces(blobs_of(office), waiting, told) if waiting else None,
        )
    return mine, events


def _pieces(folder: Blobs, waiting: Sequence[Waiting], told: Told) -> Iterator[Piece]:
    whole, done = sum(one.size for one in waiting), 0
    for one in waiting:
        for at in range(0, one.size, PIECE):
            piece = folder.piece(one.digest, at, PIECE)
            yield Piece(one.dossier, one.digest, one.size, at, piece)
            done += len(piece)
            told(done / max(1, whole))


def _reads_back(target: Path, key: SealingKey, events: int, sizes: Mapping[bytes, int]) -> bool:
    found = {digest: sha256() for digest in sizes}
    try:
        with target.open("rb") as file:
            _, runs = bundle.read(file, key)
            count = sum(len(run.events) for run in runs)
        with target.open("rb") as file:
            for piece in bundle.read_files(file, key)[1]:
                found[piece.digest].update(piece.piece)
    except (Refused, KeyError):
        return False
    return count == events and all(hash_.digest() == digest for digest, hash_ in found.items())


def _readable(office: Office) -> list[Waiting]:
    """The files to seal, each whole on this machine; one that is broken here is looked for in the backups."""
    with office.reading() as (connection, _):
        waiting = blobs.all_waiting(connection)
    own_files = blobs_of(office)
    broken = [one for one in waiting if not own_files.is_whole(one.digest)]
    if not broken:
        return waiting
    gone = set[bytes]()
    with _copies(office) as copies:
        for one in broken:
            if copies.bring(own_files, one.digest):
                continue
            _refuse_named(office, one)
            gone.add(one.digest)
    return [one for one in waiting if one.digest not in gone]


def _copies(office: Office) -> Copies:
    places = office.places
    with suppress(CounterError):
        store, folders = backup_files.store_of(places), erased_copies.folders(office)
        found = [one.path for folder in folders for one in backup_files.listed(folder, store)]
        return Copies(found, folders)
    return Copies([], [])


def _refuse_named(office: Office, one: Waiting) -> None:
    """What nobody can read any more is left out only where it was taken off its paper."""
    with office.reading() as (connection, where):
        dossier = folded(connection, one.dossier, where)
    if any(file.counts and file.sha256 == one.digest for file in attachments(dossier)):
        raise Refused("wipe-file-broken", code=dossier.code)

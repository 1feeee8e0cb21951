"""Files at the district: pieces taken in and given, each committed before its signed answer."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from typing import Final

from sqlalchemy import Connection

from counter_app.crypto.signing import SIGNATURE_BYTES
from counter_app.district import devices, identity, journal, posting, uploads
from counter_app.district.database import Base
from counter_app.district.depot import Depot
from counter_app.district.devices import NONCE, Device
from counter_app.district.exchange import Notes, Unnoted, heard_by
from counter_app.district.identity import Identity
from counter_app.district.ledger import CommuneLedger
from counter_app.district.meter import Meter
from counter_app.district.posting import Stands
from counter_app.district.uploads import Upload
from counter_app.domain.errors import Damaged, NotFound, Refused, Surroundings
from counter_app.sync.file_message import (
    AGAIN,
    GET,
    GIVEN,
    HELD,
    LATER,
    OPEN,
    REFUSED,
    UNKNOWN,
    WHOLE,
    FileAnswer,
    FileRequest,
    read_file_request,
)
from counter_app.system.logs import Word

_Then = Callable[[FileAnswer], FileAnswer]
_NOBODY: Final = bytes(NONCE)


@dataclass(frozen=True)
class Filing:
    """Answers requests over one database and one depot; several processes may do so at once.

    `clock` gives ms since 1970.
    """

    base: Base
    who: Identity
    depot: Depot
    clock: Callable[[], int]
    notes: Notes = field(default_factory=Unnoted)
    meter: Meter = field(default_factory=Meter)

    def answer(self, data: bytes) -> bytes:
        """The answer to a request, signed, once what it says is on the disk."""
        signature = data[-SIGNATURE_BYTES:].rjust(SIGNATURE_BYTES, b"\0")
        device, nonce = None, _NOBODY
        try:
            signed = read_file_request(data)
            with self.base.reading() as connection:
                device = devices.find(connection, signed.request.log)
            if device is None:
                raise Refused("device-unknown")
            if not signed.by(device.public or b"", self.who.signing.public):
                raise Refused("request-forged")
            with self.base.writing() as connection:
                answer, then = self._taken(connection, signed.request)
            nonce = answer.nonce
            if then is not None:
                answer = then(answer)
        except Refused as refusal:
            why = heard_by(refusal.why)
            self.meter.refused(why)
            number = None if device is None else device.device
            self.notes.log("file-refused", device=number, why=Word(why), bytes=len(data))
            answer = FileAnswer(REFUSED, nonce, why=why)
        return answer.to_bytes(self.who.signing, signature)

    def carried(self, asked: FileRequest) -> FileAnswer:
        """Keeps what is new of a piece that somebody carried here: HELD, or WHOLE once it is the last.

        `asked` names dossier, digest and size as an OPEN does, offset and piece as a PUT, and is not signed.
        Raises Refused("device-unknown" | "device-revoked" | "file-…").
        """
        with self.base.writing() as connection:
            device, ledger, _ = self._visited(connection, asked)
            digest = _named(ledger, asked)
            whole = uploads.is_whole(connection, device.commune, digest)
        if whole and self._has(device.commune, digest):
            return self._whole(FileAnswer(HELD, _NOBODY))
        with self.base.writing() as connection:
            upload = self._begun(connection, device, digest, asked.size)
            new = asked.piece[upload.held - asked.offset :] if asked.offset <= upload.held else b""
            answer, then = self._held(self._longer(connection, upload, new), _NOBODY)
        return answer if then is None else then(answer)

    def _visited(self, connection: Connection, asked: FileRequest) -> tuple[Device, CommuneLedger, Stands]:
        """Raises Refused("device-unknown" | "device-revoked")."""
        device = devices.find(connection, asked.log, alone=True)
        if device is None:
            raise Refused("device-unknown")
        ledger = CommuneLedger(connection, device.commune)
        stands = posting.stands(ledger, device.device, self.clock())
        if device.revoked_ms is not None or ledger.limited(asked.log) or stands is Stands.LAPSED:
            raise Refused("device-revoked")
        return device, ledger, stands

    def _taken(self, connection: Connection, asked: FileRequest) -> tuple[FileAnswer, _Then | None]:
        """The answer, and what makes another of it once all this is committed."""
        device, ledger, stands = self._visited(connection, asked)
        if device.nonce != asked.nonce:
            nonce = device.nonce or os.urandom(NONCE)
            devices.spoke(connection, device, nonce=nonce)
            return FileAnswer(AGAIN, nonce), None
        nonce = os.urandom(NONCE)
        devices.spoke(connection, device, nonce=nonce)
        if asked.act == GET:
            digest = _named(ledger, asked)
            if stands is not Stands.WITHIN or not uploads.is_whole(connection, device.commune, digest):
                raise Refused("file-not-there")
            return FileAnswer(GIVEN, nonce), partial(self._given, device.commune, digest, asked)
        if asked.act == OPEN:
            digest = _named(ledger, asked)
            if uploads.is_whole(connection, device.commune, digest):
                return FileAnswer(HELD, nonce), partial(self._looked_for, device, digest, asked.size)
            return self._held(self._begun(connection, device, digest, asked.size), nonce)
        upload = uploads.find(connection, device.commune, device.device, asked.file)
        if upload is None:
            return FileAnswer(UNKNOWN, nonce), None
        new = asked.piece if asked.offset == upload.held else b""
        return self._held(self._longer(connection, upload, new), nonce)

    def _begun(self, connection: Connection, device: Device, digest: bytes, size: int) -> Upload:
        at = (connection, device.commune, device.device, digest)
        return uploads.find(*at) or uploads.begin(*at, size, self.clock())

    def _longer(self, connection: Connection, upload: Upload, new: bytes) -> Upload:
        """Raises Refused("file-too-long")."""
        if upload.held + len(new) > upload.size:
            raise Refused("file-too-long")
        return uploads.add(connection, upload, new, self.clock()) if new else upload

    def _held(self, upload: Upload, nonce: bytes) -> tuple[FileAnswer, _Then | None]:
        then = partial(self._finish, upload) if upload.whole else None
        return FileAnswer(HELD, nonce, offset=upload.held), then

    def _looked_for(self, device: Device, digest: bytes, size: int, answer: FileAnswer) -> FileAnswer:
        """Whether a file that was whole still is; else it is begun anew."""
        if self._has(device.commune, digest):
            return self._whole(answer)
        with self.base.writing() as connection:
            again, then = self._held(self._begun(connection, device, digest, size), answer.nonce)
        return again if then is None else then(again)

    def _has(self, commune: int, digest: bytes) -> bool:
        """Outside of any transaction; a file that is gone is forgotten. Raises Refused("file-later")."""
        with self._later():
            there = self.depot.has(digest)
        if not there:
            with self.base.writing() as connection:
                uploads.forget(connection, commune, digest)
        return there

    def _finish(self, upload: Upload, answer: FileAnswer) -> FileAnswer:
        """The pieces as a file, outside of any transaction; whoever else does the same makes the same."""
        try:
            with self._later():
                self.depot.put(upload.digest, uploads.parts(self.base, upload))
        except Damaged as fault:
            with self.base.writing() as connection:
                finished = uploads.is_whole(connection, upload.commune, upload.digest)  # by another process
                known = finished or uploads.give_up(connection, upload)
            if finished:
                return self._whole(answer)
            if not known:
                return FileAnswer(UNKNOWN, answer.nonce)
            raise Refused("file-damaged") from fault
        with self.base.writing() as connection:
            uploads.finish(connection, upload, self.clock())
        return self._whole(answer)

    def _whole(self, answer: FileAnswer) -> FileAnswer:
        with self.base.reading() as connection:
            return FileAnswer(WHOLE, answer.nonce, epoch=identity.current(connection, self.who).epoch)

    @contextmanager
    def _later(self) -> Iterator[None]:
        """Where the depot cannot be asked, the machine keeps what it has, and comes again."""
        try:
            yield
        except Damaged:
            raise
        except Surroundings as fault:
            self.notes.failure("files-not-reached", fault)
            raise Refused(LATER) from fault

    def _given(self, commune: int, digest: bytes, asked: FileRequest, answer: FileAnswer) -> FileAnswer:
        try:
            with self._later():
                piece = self.depot.piece(digest, asked.offset, asked.room)
        except (NotFound, Damaged) as fault:
            with self.base.writing() as connection:
                uploads.forget(connection, commune, digest)
            raise Refused("file-not-there") from fault
        return FileAnswer(GIVEN, answer.nonce, piece=piece)


def _named(ledger: CommuneLedger, asked: FileRequest) -> bytes:
    """The digest of the file, as an event of that dossier in the device's own commune names it.

    Raises Refused("file-unknown").
    """
    for event in journal.events_of(ledger, asked.dossier):
        said = event.payload
        if event.header.kind != "attached" or not said or not said["sha256"].startswith(asked.file.hex()):
            continue
        if len(said["sha256"]) == 2 * sha256().digest_size and asked.size in (0, said["bytes"]):
            return bytes.fromhex(said["sha256"])
    raise Refused("file-unknown")

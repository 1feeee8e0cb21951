"""Files at the district: pieces taken in and given, each committed before its signed answer."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from typing import Final, Protocol

from sqlalchemy import Connection

from counter_app.crypto.signing import SIGNATURE_BYTES
from counter_app.district import devices, identity, journal, posting, uploads
from counter_app.district.database import Base
from counter_app.district.devices import NONCE, Device
from counter_app.district.exchange import Notes, Unnoted, heard_by
from counter_app.district.identity import Identity
from counter_app.district.ledger import CommuneLedger
from counter_app.district.meter import Meter
from counter_app.district.posting import Stands
from counter_app.district.uploads import Upload
from counter_app.domain.errors import Damaged, NotFound, Refused
from counter_app.sync.file_message import (
    AGAIN,
    GET,
    GIVEN,
    HELD,
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


class Depot(Protocol):
    """Where whole files lie, sealed under this server's key; `digest` is the SHA-256 of a file's content."""

    def keep(self, content: bytes) -> bytes:
        """The digest, once it is durable; raises Surroundings."""

    def has(self, digest: bytes) -> bool:
        """Whether its file is there; raises Surroundings."""

    def piece(self, digest: bytes, offset: int, size: int) -> bytes:
        """`size` bytes from `offset`, fewer at its end; raises NotFound, Damaged, Surroundings."""

    def drop(self, digest: bytes) -> None:
        """Its file is gone; raises Surroundings."""


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
            answer, then = self._opened(connection, ledger, device, asked, _NOBODY)
            upload = uploads.find(connection, device.commune, device.device, asked.file)
            if answer.verdict == HELD and upload is not None:
                new = asked.piece[upload.held - asked.offset :] if asked.offset <= upload.held else b""
                if upload.held + len(new) > upload.size:
                    raise Refused("file-too-long")
                if new:
                    upload = uploads.add(connection, upload, new, self.clock())
                answer, then = self._held(upload, _NOBODY)
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
            return self._opened(connection, ledger, device, asked, nonce)
        upload = uploads.find(connection, device.commune, device.device, asked.file)
        if upload is None:
            return FileAnswer(UNKNOWN, nonce), None
        if asked.piece and asked.offset == upload.held:
            if upload.held + len(asked.piece) > upload.size:
                raise Refused("file-too-long")
            upload = uploads.add(connection, upload, asked.piece, self.clock())
        return self._held(upload, nonce)

    def _held(self, upload: Upload, nonce: bytes) -> tuple[FileAnswer, _Then | None]:
        then = partial(self._finish, upload) if upload.whole else None
        return FileAnswer(HELD, nonce, offset=upload.held), then

    def _opened(
        self, connection: Connection, ledger: CommuneLedger, device: Device, asked: FileRequest, nonce: bytes
    ) -> tuple[FileAnswer, _Then | None]:
        digest = _named(ledger, asked)
        if uploads.is_whole(connection, device.commune, digest):
            if self.depot.has(digest):
                who = identity.current(connection, self.who)
                return FileAnswer(WHOLE, nonce, epoch=who.epoch), None
            uploads.forget(connection, device.commune, digest)
        upload = uploads.find(connection, device.commune, device.device, digest)
        if upload is None:
            upload = uploads.begin(
                connection, device.commune, device.device, digest, asked.size, self.clock()
            )
        return self._held(upload, nonce)

    def _finish(self, upload: Upload, answer: FileAnswer) -> FileAnswer:
        """The pieces as a file, outside of any transaction; whoever else does the same makes the same."""
        with self.base.reading() as connection:
            whole = uploads.content(connection, upload)
            who = identity.current(connection, self.who)
        if len(whole) != upload.size:  # another process has just finished it
            return answer
        if sha256(whole).digest() != upload.digest:
            with self.base.writing() as connection:
                uploads.give_up(connection, upload)
            raise Refused("file-damaged")
        self.depot.keep(whole)
        with self.base.writing() as connection:
            uploads.finish(connection, upload, self.clock())
        return FileAnswer(WHOLE, answer.nonce, epoch=who.epoch)

    def _given(self, commune: int, digest: bytes, asked: FileRequest, answer: FileAnswer) -> FileAnswer:
        try:
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

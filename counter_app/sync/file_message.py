"""One piece of a file on its way, to the byte; numbers are those of columns.py.

    request = 01 | act | log 8 | nonce 8 | the act's own | signature 64

    open    dossier 16 | digest 32 | size: a file that an event of this dossier names; how much is there?
    put     file 8 | offset | the piece, at most 16 KB, up to the signature
    get     dossier 16 | file 8 | offset | room: the bytes from there on

    answer  = 01 | verdict | nonce 8 | the verdict's own | signature 64

    held    offset: so many bytes from the beginning are on the server's disk; the next piece begins there
    whole   epoch 8: the server has the whole, and has verified it
    given   the piece, at most `room` bytes, up to the signature; empty behind the file's end
    again   nothing: the server waits for another nonce; the same request is to be made under this one
    unknown nothing: no such file was opened, or it has been given up; it is to be opened again
    refused why: "file-later" where the server cannot keep or give any file at the moment

`digest` is the SHA-256 of the whole, `file` its first 8 bytes, `size` and `offset` count bytes of it; the
nonce is that of the device's next request, whether it carries events or a file. The request is signed with
the log's key under mc/file/1 over the server's Ed25519 key and all before; the answer with the server's
under the same label, over the request's signature and all before. So no piece can be altered, cut short, or
put in the place of another. A server of an earlier version has no such address, and answers 404.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from counter_app.crypto.signing import FILE, SIGNATURE_BYTES, Signer, verify
from counter_app.domain.errors import Refused
from counter_app.sync.columns import Column, Cursor

FORMAT: Final = 1
PIECE: Final = 16 * 1024
"""Bytes of a file in one message at the most."""
LARGEST: Final = 64 * 1024 * 1024
"""Bytes of a file that travels."""
OPEN, PUT, GET = range(3)
HELD, WHOLE, GIVEN, AGAIN, UNKNOWN, REFUSED = range(6)
LATER: Final = "file-later"
NAMED: Final = 8
"""Bytes of its digest by which a file is known once it was opened."""
_LOG, _NONCE, _EPOCH, _DIGEST, _DOSSIER = 8, 8, 8, 32, 16
_MOST: Final = PIECE + 512  # bytes of a message


@dataclass(frozen=True)
class FileRequest:
    """`file` is the whole digest where it is opened, else its first bytes."""

    act: int
    log: bytes
    nonce: bytes
    file: bytes
    dossier: bytes = b""
    size: int = 0
    offset: int = 0
    room: int = PIECE
    piece: bytes = b""

    def to_bytes(self, signer: Signer, server: bytes) -> bytes:
        """The request, signed for the server of that Ed25519 key."""
        column = Column()
        column.raw(bytes((FORMAT, self.act)) + self.log + self.nonce)
        if self.act == OPEN:
            column.raw(self.dossier + self.file)
            column.number(self.size)
        elif self.act == PUT:
            column.raw(self.file)
            column.number(self.offset)
            column.raw(self.piece)
        else:
            column.raw(self.dossier + self.file)
            column.number(self.offset)
            column.number(self.room)
        body = column.data()
        return body + signer.sign(FILE, server + body)


@dataclass(frozen=True)
class SignedRequest:
    """A request as it came, before anybody knows whose key must fit it."""

    request: FileRequest
    body: bytes
    signature: bytes

    def by(self, public: bytes, server: bytes) -> bool:
        return verify(public, FILE, server + self.body, self.signature)


def read_file_request(data: bytes) -> SignedRequest:
    """Raises Refused("message-damaged" | "message-newer" | "message-too-large")."""
    body, signature = _halves(data)
    try:
        cursor = Cursor(body)
        _, act = cursor.raw(2)
        asked = FileRequest(act, cursor.raw(_LOG), cursor.raw(_NONCE), b"")
        if act == OPEN:
            asked = replace(
                asked, dossier=cursor.raw(_DOSSIER), file=cursor.raw(_DIGEST), size=cursor.number()
            )
            cursor.end()
        elif act == PUT:
            asked = replace(asked, file=cursor.raw(NAMED), offset=cursor.number(), piece=_rest(cursor))
        elif act == GET:
            asked = replace(asked, dossier=cursor.raw(_DOSSIER), file=cursor.raw(NAMED))
            asked = replace(asked, offset=cursor.number(), room=min(cursor.number(), PIECE))
            cursor.end()
        else:
            raise Refused("message-newer")
    except ValueError as error:
        raise Refused("message-damaged") from error
    if len(asked.piece) > PIECE or max(asked.size, asked.offset) > LARGEST:
        raise Refused("message-too-large")
    return SignedRequest(asked, body, signature)


@dataclass(frozen=True)
class FileAnswer:
    verdict: int
    nonce: bytes
    offset: int = 0
    epoch: bytes = b""
    piece: bytes = b""
    why: str = ""

    def to_bytes(self, signer: Signer, request: bytes) -> bytes:
        """The answer to the request whose signature is `request`."""
        column = Column()
        column.raw(bytes((FORMAT, self.verdict)) + self.nonce)
        if self.verdict == HELD:
            column.number(self.offset)
        elif self.verdict == WHOLE:
            column.raw(self.epoch)
        elif self.verdict == GIVEN:
            column.raw(self.piece)
        elif self.verdict == REFUSED:
            column.raw(self.why.encode())
        body = column.data()
        return body + signer.sign(FILE, request + body)


def read_file_answer(data: bytes, server: bytes, request: bytes) -> FileAnswer:
    """The answer to the request whose signature is `request`, signed by the server of that key.

    Raises Refused("message-damaged" | "message-newer" | "message-too-large" | "district-forged").
    """
    body, signature = _halves(data)
    if not verify(server, FILE, request + body, signature):
        raise Refused("district-forged")
    try:
        cursor = Cursor(body)
        _, verdict = cursor.raw(2)
        answer = FileAnswer(verdict, cursor.raw(_NONCE))
        if verdict == HELD:
            answer = replace(answer, offset=cursor.number())
        elif verdict == WHOLE:
            answer = replace(answer, epoch=cursor.raw(_EPOCH))
        elif verdict == GIVEN:
            answer = replace(answer, piece=_rest(cursor))
        elif verdict == REFUSED:
            answer = replace(answer, why=_rest(cursor).decode("ascii"))
        elif verdict not in (AGAIN, UNKNOWN):
            raise Refused("message-newer")
        cursor.end()
    except ValueError as error:
        raise Refused("message-damaged") from error
    return answer


def _rest(cursor: Cursor) -> bytes:
    return cursor.raw(len(cursor.left()))


def _halves(data: bytes) -> tuple[bytes, bytes]:
    if len(data) > _MOST:
        raise Refused("message-too-large")
    if len(data) < 2 + SIGNATURE_BYTES:
        raise Refused("message-damaged")
    if data[0] != FORMAT:
        raise Refused("message-newer")
    return data[:-SIGNATURE_BYTES], data[-SIGNATURE_BYTES:]

"""Requests and answers of an exchange, to the byte; numbers are those of columns.py.

    request = 01 | log 8 | nonce 8 | counter | time | facts | agreed 8 | claims | room | proof | batch
              | signature 64

    log        who asks, and whose key signs
    nonce      that of the last answer; counter: one more than in the device's last request
    time       ms since 1970 by the device's clock, which only tells the district by how much it is wrong
    facts      how many numbers; events that wait to be sent, minutes that the oldest has waited, conflicts,
               1 where the device has destroyed its store, the newest format of batches that it reads (the
               server's batches are in one that every program reads where it does not say); more are ignored
    agreed     the name of what the last answer acknowledged (agreed.py)
    claims     how many, 1024 at the most; what the device has besides: log 8, seq, mark 8 each
    room       bytes that the answer's batch should not be longer than
    proof      counted: the last acknowledgement, after an answer `lost`; else empty
    batch      counted: what the server lacks (batch.py); empty where it lacks nothing

    answer  = 01 | verdict | nonce 8 | time | the verdict's own | signature 64

    taken      epoch 8 | position | agreed | refused | aside | flags | batch
    again      nothing: the server waits for another nonce; the same request is to be made under this one
    lost       epoch 8 | vector: the server does not know what was agreed on, and tells all that it has
    refused    why, counted

    agreed     claims again: all tips that both hold of each log where they are not those of before
    refused    how many runs proved nothing; log 8, first seq, why (counted) each
    aside      events that the district set aside, of all that both hold
    flags      1 where the server has more for the device than its room holds; 2 for a device that was
               revoked: what it sends is kept and set aside, and it is given nothing; 4, only for a device
               that reads batches of format 3, where the server reads them too: before that it sends none
    vector     how many logs; for each: log 8, how many places; for each: seq, how many hashes, 32 bytes each

    proof   = signature 64 of the request that was answered | digest 32 | SHA-256 of the answer's batch
              | the answer to where its batch begins, counted | its signature 64

In every version a message begins with the byte of its format and ends in a signature of 64 bytes; a refusal
has the form above for ever. A server answers each device in the device's own format. Who is asked in a later
one refuses it as `district-older`: the device has nothing to update.

A request is signed with the log's key over the server's Ed25519 key and all before (label mc/request/1). The
server signs, under mc/ack/1, the request's signature, all before but the bytes of the batch, of which it
signs the SHA-256, and the digest of what is agreed on now (32 zero bytes for a verdict that agrees on
nothing). So an acknowledgement is proven without the batch that came with it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from counter_app.crypto.signing import ACK, REQUEST, SIGNATURE_BYTES, Signer, verify
from counter_app.domain.errors import Refused
from counter_app.domain.hlc import LARGEST as LARGEST_NUMBER
from counter_app.domain.vectors import EMPTY, Vector
from counter_app.sync.agreed import NAME, Claim, place
from counter_app.sync.columns import Column, Cursor

FORMAT: Final = 1
LARGEST: Final = 64 * 1024
"""Bytes of a request or an answer at the most."""
TAKEN, AGAIN, LOST, REFUSED = range(4)
_LOG, _NONCE, _EPOCH, _HASH = 8, 8, 8, 32
_NO_DIGEST: Final = bytes(32)
_MOST_FACTS: Final = 16
MORE, REVOKED, WOVEN = 1, 2, 4
_WOVEN_FORMAT: Final = 3
MOST_CLAIMS: Final = 1024
"""Each is looked for: what does not fit is claimed another time."""
_MOST_REFUSED: Final = 256
_LAST_MS: Final = LARGEST_NUMBER >> 16  # of a hybrid clock: in the year 6429


@dataclass(frozen=True)
class Facts:
    """What a device tells of itself."""

    waiting: int = 0  # events
    oldest: int = 0  # minutes
    conflicts: int = 0
    wiped: int = 0  # 1 where it has destroyed its store
    reads: int = 0  # the newest format of batches; 0 from who does not say


@dataclass(frozen=True)
class Request:
    log: bytes
    nonce: bytes
    counter: int
    time_ms: int
    agreed: bytes
    claims: tuple[Claim, ...] = ()
    facts: Facts = field(default_factory=Facts)
    room: int = 16 * 1024
    proof: bytes = b""
    batch: bytes = b""

    def to_bytes(self, signer: Signer, server: bytes) -> bytes:
        """The request, signed for the server of that Ed25519 key."""
        column = Column()
        column.raw(bytes((FORMAT,)) + self.log + self.nonce)
        column.number(self.counter)
        column.number(self.time_ms)
        told = [self.facts.waiting, self.facts.oldest, self.facts.conflicts]
        told += [self.facts.wiped] if self.facts.wiped or self.facts.reads else []
        told += [self.facts.reads] if self.facts.reads else []
        column.number(len(told))
        column.numbers(told)
        column.raw(self.agreed)
        _put_claims(column, self.claims)
        column.number(self.room)
        column.counted(self.proof)
        column.counted(self.batch)
        body = column.data()
        return body + signer.sign(REQUEST, server + body)


@dataclass(frozen=True)
class Signed:
    """A request as it came, before anybody knows whose key must fit it."""

    request: Request
    body: bytes
    signature: bytes

    def by(self, public: bytes, server: bytes) -> bool:
        return verify(public, REQUEST, server + self.body, self.signature)


def read_request(data: bytes) -> Signed:
    """Raises Refused("message-damaged" | "message-newer" | "message-too-large")."""
    body, signature = _halves(data)
    try:
        cursor = Cursor(body)
        cursor.raw(1)
        log, nonce, counter, time_ms = (
            cursor.raw(_LOG),
            cursor.raw(_NONCE),
            _few(cursor, LARGEST_NUMBER),
            _few(cursor, _LAST_MS),
        )
        facts = [cursor.number() for _ in range(_few(cursor, _MOST_FACTS))]
        request = Request(
            log=log,
            nonce=nonce,
            counter=counter,
            time_ms=time_ms,
            facts=Facts(*facts[:5]),
            agreed=cursor.raw(NAME),
            claims=_claims(cursor, MOST_CLAIMS),
            room=cursor.number(),
            proof=cursor.counted(),
            batch=cursor.counted(),
        )
        cursor.end()
    except (ValueError, TypeError) as error:
        raise Refused("message-damaged") from error
    return Signed(request, body, signature)


@dataclass(frozen=True)
class Unproven:
    """A run that the server refused: nothing of it is kept there."""

    log: bytes
    first: int
    why: str


@dataclass(frozen=True)
class Answer:
    verdict: int
    nonce: bytes
    time_ms: int
    epoch: bytes = b""
    position: int = 0
    agreed: tuple[Claim, ...] = ()
    refused: tuple[Unproven, ...] = ()
    aside: int = 0
    flags: int = 0
    batch: bytes = b""
    vector: Vector = EMPTY
    why: str = ""

    @property
    def more(self) -> bool:
        return bool(self.flags & MORE)

    @property
    def revoked(self) -> bool:
        return bool(self.flags & REVOKED)

    @property
    def reads(self) -> int:
        """The newest format of batches that the server is known to read; 0 where it does not say."""
        return _WOVEN_FORMAT if self.flags & WOVEN else 0

    def to_bytes(self, signer: Signer, request: bytes, digest: bytes = _NO_DIGEST) -> bytes:
        """The answer to the request whose signature is `request`, on the agreement of that digest."""
        column = Column()
        column.raw(bytes((FORMAT, self.verdict)) + self.nonce)
        column.number(self.time_ms)
        if self.verdict == TAKEN:
            column.raw(self.epoch)
            column.number(self.position)
            _put_claims(column, self.agreed)
            column.number(len(self.refused))
            for run in self.refused:
                column.raw(run.log)
                column.number(run.first)
                column.counted(run.why.encode())
            column.number(self.aside)
            column.number(self.flags)
            column.counted(self.batch)
        elif self.verdict == LOST:
            column.raw(self.epoch)
            _put_vector(column, self.vector)
        elif self.verdict == REFUSED:
            column.counted(self.why.encode())
        body = column.data()
        return body + signer.sign(ACK, _acknowledged(request, body, self.batch, digest))


@dataclass(frozen=True)
class Told:
    """An answer as it came; what it agrees on must be known before its signature can be tried."""

    answer: Answer
    body: bytes
    signature: bytes

    def by(self, server: bytes, request: bytes, digest: bytes = _NO_DIGEST) -> bool:
        return verify(
            server, ACK, _acknowledged(request, self.body, self.answer.batch, digest), self.signature
        )

    def proof(self, request: bytes, digest: bytes) -> bytes:
        """What proves later what the server acknowledged with this answer."""
        column = Column()
        column.raw(request + digest + _hash(self.answer.batch))
        column.counted(_head(self.body, self.answer.batch))
        column.raw(self.signature)
        return column.data()


@dataclass(frozen=True)
class Acknowledged:
    """How far a server once was, as it signed it."""

    epoch: bytes
    position: int


def read_proof(data: bytes, server: bytes) -> Acknowledged | None:
    """None for what this server never signed."""
    try:
        cursor = Cursor(data)
        request, digest, batch = cursor.raw(SIGNATURE_BYTES), cursor.raw(_HASH), cursor.raw(_HASH)
        head, signature = cursor.counted(), cursor.raw(SIGNATURE_BYTES)
        cursor.end()
        told = Cursor(head)
        form, verdict = told.raw(2)
        told.raw(_NONCE)
        told.number()
        found = Acknowledged(told.raw(_EPOCH), _few(told, LARGEST_NUMBER))
    except ValueError:
        return None
    said = request + head + batch + digest
    return found if (form, verdict) == (FORMAT, TAKEN) and verify(server, ACK, said, signature) else None


def _acknowledged(request: bytes, body: bytes, batch: bytes, digest: bytes) -> bytes:
    return request + _head(body, batch) + _hash(batch) + digest


def _head(body: bytes, batch: bytes) -> bytes:
    return body[: len(body) - len(batch)]  # a batch is the last of its answer


def _hash(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def read_answer(data: bytes) -> Told:
    """Raises Refused("message-damaged" | "message-newer" | "message-too-large")."""
    body, signature = _halves(data)
    try:
        cursor = Cursor(body)
        cursor.raw(1)
        answer = Answer(cursor.raw(1)[0], cursor.raw(_NONCE), _few(cursor, _LAST_MS))
        if answer.verdict == TAKEN:
            answer = replace(
                answer,
                epoch=cursor.raw(_EPOCH),
                position=_few(cursor, LARGEST_NUMBER),
                agreed=_claims(cursor, LARGEST),
                refused=tuple(
                    Unproven(cursor.raw(_LOG), cursor.number(), cursor.counted().decode("ascii"))
                    for _ in range(_few(cursor, _MOST_REFUSED))
                ),
                aside=cursor.number(),
                flags=_few(cursor, MORE | REVOKED | WOVEN),
                batch=cursor.counted(),
            )
        elif answer.verdict == LOST:
            answer = replace(answer, epoch=cursor.raw(_EPOCH), vector=_vector(cursor))
        elif answer.verdict == REFUSED:
            answer = replace(answer, why=cursor.counted().decode("ascii"))
        elif answer.verdict != AGAIN:
            raise Refused("message-newer")
        cursor.end()
    except ValueError as error:
        raise Refused("message-damaged") from error
    return Told(answer, body, signature)


def _halves(data: bytes) -> tuple[bytes, bytes]:
    if len(data) > LARGEST:
        raise Refused("message-too-large")
    if len(data) < 1 + SIGNATURE_BYTES:
        raise Refused("message-damaged")
    if data[0] != FORMAT:
        raise Refused("message-newer")
    return data[:-SIGNATURE_BYTES], data[-SIGNATURE_BYTES:]


def _few(cursor: Cursor, most: int) -> int:
    number = cursor.number()
    if number > most:
        raise ValueError("more than there can be")
    return number


def _put_claims(column: Column, claims: Sequence[Claim]) -> None:
    column.number(len(claims))
    for claim in sorted(claims):
        claim.write(column)


def _claims(cursor: Cursor, most: int) -> tuple[Claim, ...]:
    return tuple(Claim.read(cursor) for _ in range(_few(cursor, most)))


def _put_vector(column: Column, vector: Vector) -> None:
    column.number(len(vector.samples))
    for log, places in sorted(vector.samples.items()):
        column.raw(log)
        column.number(len(places))
        for seq, hashes in sorted(places.items()):
            column.number(seq)
            column.number(len(hashes))
            for hash_ in sorted(hashes):
                column.raw(hash_)


def _vector(cursor: Cursor) -> Vector:
    samples = {}
    for _ in range(cursor.number()):
        log = cursor.raw(_LOG)
        places = {}
        for _ in range(cursor.number()):
            seq = place(cursor.number())
            places[seq] = frozenset(cursor.raw(_HASH) for _ in range(cursor.number()))
        samples[log] = places
    return Vector(samples)

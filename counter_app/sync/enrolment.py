"""How a machine enters a commune: one request under a one-time code that it and the district alone know.

request = 01 | code 8 | time | batch (counted) | proof 32 | signature 64
answer  = 01 | verdict, then for
  taken     Ed25519 key 32 | X25519 key 32 | epoch 8 | nonce 8 | time | commune | device | name | pins
                | proof 32
  refused   why, all counted

pins       how many; SHA-256 of each key of the server's TLS, 32 bytes each; none where it knows of none

code       the first 8 bytes of SHA-256("mc/code/1" ‖ K), which names the code without giving it away
batch      the first run of the machine's log: its first event states its keys
proof      HMAC-SHA-256(K, "mc/enrol/1" ‖ all before); of the answer: HMAC-SHA-256(K, "mc/enrolled/1" ‖
           the request's proof ‖ all before)
signature  the log's, under mc/request/1, over all before

A machine is brought to the district by address and code, typed, or as the text of one QR:

    invitation = "mc-enrol:" url "#" code [ "#" pin ]…

pin        SHA-256 of a key of the server's TLS, in RFC 4648's base 32 without padding; with one at least,
           no other key is spoken to

K = SHA-256("mc/code-key/1" ‖ the code's 80 bits), drawn by chance: 16 letters of RFC 4648's base 32,
read aloud in four groups. Nobody who overhears both messages can enrol, or pose as the district.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
from base64 import b32decode, b32encode
from dataclasses import dataclass
from typing import Final

from counter_app.crypto.pinning import PIN
from counter_app.crypto.signing import REQUEST, SIGNATURE_BYTES, Signer, verify
from counter_app.domain.errors import BadInput, Refused
from counter_app.sync.columns import Column, Cursor

FORMAT: Final = 1
LARGEST: Final = 64 * 1024  # bytes
_CODE, _PROOF = 8, 32
_BITS: Final = 10  # bytes of a code
_LETTERS = re.compile(r"[A-Z2-7]{16}")
_TAKEN, _REFUSED = 0, 3
_INVITES: Final = "mc-enrol:"


@dataclass(frozen=True)
class OneTimeCode:
    """`text` is what people pass on: four groups of four letters."""

    text: str

    @classmethod
    def draw(cls) -> OneTimeCode:
        letters = b32encode(os.urandom(_BITS)).decode()
        return cls("-".join(letters[at : at + 4] for at in range(0, len(letters), 4)))

    @classmethod
    def read(cls, typed: str) -> OneTimeCode:
        """As typed: in small letters, 0 for O, 1 for I; raises BadInput("not-a-code-of-enrolment")."""
        letters = re.sub(r"[\s.\-–—]", "", typed).upper().replace("0", "O").replace("1", "I")
        if not _LETTERS.fullmatch(letters):
            raise BadInput("not-a-code-of-enrolment", field="code")
        return cls("-".join(letters[at : at + 4] for at in range(0, len(letters), 4)))

    @property
    def key(self) -> bytes:
        return hashlib.sha256(b"mc/code-key/1" + b32decode(self.text.replace("-", ""))).digest()


def code_name(key: bytes) -> bytes:
    """Names a code by its key."""
    return hashlib.sha256(b"mc/code/1" + key).digest()[:_CODE]


@dataclass(frozen=True)
class Invitation:
    """Where a machine enters, and by which code; `pins` are known before anything is sent."""

    url: str
    code: OneTimeCode
    pins: tuple[bytes, ...] = ()

    @property
    def text(self) -> str:
        pins = (b32encode(pin).decode().rstrip("=") for pin in self.pins)
        return _INVITES + "#".join((self.url, self.code.text, *pins))

    @classmethod
    def read(cls, scanned: str) -> Invitation | None:
        """None for what is no invitation at all; raises BadInput("not-an-invitation") for a part of one."""
        scanned = scanned.strip()
        if scanned[: len(_INVITES)].lower() != _INVITES:
            return None
        url, *rest = scanned[len(_INVITES) :].split("#")
        try:
            code = OneTimeCode.read(rest[0])
            pins = tuple(b32decode(pin + "====", casefold=True) for pin in rest[1:])
        except (BadInput, ValueError, IndexError) as error:
            raise BadInput("not-an-invitation", field="url") from error
        if not url or any(len(pin) != PIN for pin in pins):
            raise BadInput("not-an-invitation", field="url")
        return cls(url, code, pins)


@dataclass(frozen=True)
class Entry:
    """A request as it came: to be proven by the code's key and by the key that its batch states."""

    code: bytes
    time_ms: int
    batch: bytes
    body: bytes
    proof: bytes
    signature: bytes

    def knows(self, key: bytes) -> bool:
        return hmac.compare_digest(self.proof, hmac.digest(key, b"mc/enrol/1" + self.body, "sha256"))

    def by(self, public: bytes) -> bool:
        return verify(public, REQUEST, self.body + self.proof, self.signature)


def request(code: OneTimeCode, time_ms: int, batch: bytes, signer: Signer) -> bytes:
    column = Column()
    column.raw(bytes((FORMAT,)) + code_name(code.key))
    column.number(time_ms)
    column.counted(batch)
    body = column.data()
    body += hmac.digest(code.key, b"mc/enrol/1" + body, "sha256")
    return body + signer.sign(REQUEST, body)


def read_request(data: bytes) -> Entry:
    """Raises Refused("message-damaged" | "message-newer" | "message-too-large")."""
    if len(data) > LARGEST:
        raise Refused("message-too-large")
    if data[:1] not in (b"", bytes((FORMAT,))):
        raise Refused("message-newer")
    end = len(data) - SIGNATURE_BYTES - _PROOF
    try:
        cursor = Cursor(data[: max(0, end)])
        cursor.raw(1)
        code, time_ms, batch = cursor.raw(_CODE), cursor.number(), cursor.counted()
        cursor.end()
    except ValueError as error:
        raise Refused("message-damaged") from error
    return Entry(code, time_ms, batch, data[:end], data[end:-SIGNATURE_BYTES], data[-SIGNATURE_BYTES:])


@dataclass(frozen=True)
class Place:
    """What the district gives a machine that enters; `name` is the authority's."""

    ed25519: bytes
    x25519: bytes
    epoch: bytes
    nonce: bytes
    time_ms: int
    commune: int
    device: int
    name: str
    pins: tuple[bytes, ...] = ()

    def to_bytes(self, key: bytes, proof: bytes) -> bytes:
        """The answer to the request of that proof, under the code's key."""
        column = Column()
        column.raw(bytes((FORMAT, _TAKEN)) + self.ed25519 + self.x25519 + self.epoch + self.nonce)
        for number in (self.time_ms, self.commune, self.device):
            column.number(number)
        column.counted(self.name.encode())
        column.number(len(self.pins))
        for pin in self.pins:
            column.raw(pin)
        body = column.data()
        return body + hmac.digest(key, b"mc/enrolled/1" + proof + body, "sha256")


def refusal(why: str) -> bytes:
    column = Column()
    column.raw(bytes((FORMAT, _REFUSED)))
    column.counted(why.encode())
    return column.data()


def read_answer(data: bytes, code: OneTimeCode, sent: bytes) -> Place:
    """The answer to the request `sent`.

    Raises Refused with the district's reason, or ("message-damaged" | "message-newer" | "district-forged").
    """
    try:
        cursor = Cursor(data)
        form, verdict = cursor.raw(2)
        if form != FORMAT:
            raise Refused("message-newer")
        if verdict == _REFUSED:
            raise Refused(cursor.counted().decode("ascii"))
        place = Place(
            ed25519=cursor.raw(32),
            x25519=cursor.raw(32),
            epoch=cursor.raw(8),
            nonce=cursor.raw(8),
            time_ms=cursor.number(),
            commune=cursor.number(),
            device=cursor.number(),
            name=cursor.counted().decode(),
            pins=tuple(cursor.raw(32) for _ in range(cursor.number())),
        )
        told = cursor.raw(_PROOF)
        cursor.end()
    except ValueError as error:
        raise Refused("message-damaged") from error
    proof = read_request(sent).proof
    known = hmac.digest(code.key, b"mc/enrolled/1" + proof + data[:-_PROOF], "sha256")
    if not hmac.compare_digest(told, known):
        raise Refused("district-forged")
    return place

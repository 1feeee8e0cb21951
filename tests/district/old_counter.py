"""What a program of version 1 makes of an answer: it shares no code with ours, and is never changed.

It was written from the page of `sync/message.py` as that stood when version 1 was recorded.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


class Bytes:
    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def raw(self, size: int) -> bytes:
        assert self.at + size <= len(self.data), "cut off"
        self.at += size
        return self.data[self.at - size : self.at]

    def number(self) -> int:
        value = shift = 0
        while True:
            byte = self.raw(1)[0]
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return value

    def counted(self) -> bytes:
        return self.raw(self.number())


@dataclass
class Heard:
    verdict: int
    nonce: bytes
    time_ms: int
    epoch: bytes = b""
    position: int = 0
    agreed: set[tuple[bytes, int, bytes]] = field(default_factory=set)
    refused: list[tuple[bytes, int, str]] = field(default_factory=list)
    aside: int = 0
    flags: int = 0
    batch: bytes = b""
    why: str = ""


def hear(answer: bytes) -> Heard:
    """An answer's meaning; AssertionError where version 1 does not understand it."""
    read = Bytes(answer[:-64])
    assert read.raw(1) == b"\x01", "of a later version"
    heard = Heard(read.raw(1)[0], read.raw(8), read.number())
    if heard.verdict == 0:
        heard.epoch, heard.position = read.raw(8), read.number()
        heard.agreed = {(read.raw(8), read.number(), read.raw(8)) for _ in range(read.number())}
        for _ in range(read.number()):
            heard.refused.append((read.raw(8), read.number(), read.counted().decode("ascii")))
        heard.aside, heard.flags = read.number(), read.number()
        assert heard.flags <= 3, "a flag that version 1 does not know"
        heard.batch = read.counted()
        assert heard.batch[:1] in (b"", b"\x01", b"\x02"), "a batch that version 1 does not know"
        assert heard.batch[1:2] in (b"", b"\x01"), "a dictionary that version 1 does not have"
    elif heard.verdict == 3:
        heard.why = read.counted().decode("ascii")
    else:
        assert heard.verdict == 1, "no verdict of version 1, or one that tells everything"
    assert read.at == len(read.data), "more than version 1 reads"
    return heard


def proves(answer: bytes, request: bytes, public: bytes, digest: bytes) -> None:
    """Raises InvalidSignature where the server of that key did not say this in answer to the request."""
    body, signature = answer[:-64], answer[-64:]
    batch = hear(answer).batch
    head = body[: len(body) - len(batch)]
    said = b"mc/ack/1\0" + request[-64:] + head + hashlib.sha256(batch).digest() + digest
    Ed25519PublicKey.from_public_bytes(public).verify(signature, said)


def enters(answer: bytes, request: bytes, key: bytes) -> tuple[bytes, str]:
    """The server's key and name, as an enrolment's answer proves them under the code's key."""
    read = Bytes(answer)
    assert read.raw(2) == b"\x01\x00", "not let in, or of a later version"
    public = read.raw(32)
    read.raw(32 + 8 + 8)
    for _ in range(3):
        read.number()
    name = read.counted().decode()
    for _ in range(read.number()):
        read.raw(32)
    proof, asked = read.raw(32), request[:-64][-32:]
    assert read.at == len(answer), "more than version 1 reads"
    told = hmac.digest(key, b"mc/enrolled/1" + asked + answer[:-32], "sha256")
    assert hmac.compare_digest(told, proof)
    return public, name

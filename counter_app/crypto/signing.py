"""Ed25519 signatures (RFC 8032), each under a label, so that one made for one purpose proves no other."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

HEAD: Final = b"mc/head/1"
"""(log, seq, head): the writer states where its log stands."""
RECEIPT: Final = b"mc/receipt/1"
"""What a receipt's QR claims."""
REQUEST: Final = b"mc/request/1"
"""One request of an exchange."""
BUNDLE: Final = b"mc/bundle/1"
"""The SHA-256 of a sealed container."""
ACK: Final = b"mc/ack/1"
"""The receiver has durably committed a prefix."""
FILE: Final = b"mc/file/1"
"""One piece of a file on its way, and its answer."""
LOG: Final = b"mc/log/1"
"""An old log endorses its successor."""
PAIR: Final = b"mc/pair/1"
"""Two stores of one commune meet."""

KEY_BYTES: Final = 32
SIGNATURE_BYTES: Final = 64


class Signer:
    """A private key that signs; `private` is the 32-byte seed of RFC 8032, `public` its 32-byte key."""

    def __init__(self, private: bytes) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(private)
        self.public: Final = self._key.public_key().public_bytes_raw()

    @classmethod
    def generate(cls) -> Signer:
        """A key drawn from the system's random source."""
        return cls(Ed25519PrivateKey.generate().private_bytes_raw())

    @property
    def private(self) -> bytes:
        return self._key.private_bytes_raw()

    def sign(self, label: bytes, data: bytes) -> bytes:
        """The 64-byte signature over label, a zero byte, data."""
        return self._key.sign(_labelled(label, data))

    def __repr__(self) -> str:
        return f"Signer({self.public.hex()})"


def verify(public: bytes, label: bytes, data: bytes, signature: bytes) -> bool:
    """Whether `signature` is that of `public` over label, a zero byte, data; never raises."""
    try:
        _key(public).verify(signature, _labelled(label, data))
    except (InvalidSignature, ValueError):
        return False
    return True


@lru_cache(maxsize=256)
def _key(public: bytes) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(public)


def _labelled(label: bytes, data: bytes) -> bytes:
    assert label and 0 not in label, "a label must not run into its data"
    return label + b"\0" + data

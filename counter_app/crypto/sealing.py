"""A sealed, signed container for bundles of any size, readable by its recipients alone.

Byte layout, version 1. Integers are big-endian, keys are raw 32 bytes, and AEAD is AES-256-GCM with an
empty associated data and its 16-byte tag behind the ciphertext.

    offset     bytes   what
    0          7       magic: 6d 63 2f 73 65 61 6c, "mc/seal"
    7          1       version: 1
    8          32      E, an X25519 public key (RFC 7748) made for this container only
    40         1       n, how many recipients, 1 to 255
    41         48 n    wraps, in no order that means anything
    41 + 48 n  48      frame 0: the sealed header, AEAD of the sender's Ed25519 public key
    89 + 48 n  ...     frames 1, 2, 3...: the body, each AEAD of 65,536 bytes (65,552 sealed);
                       the last one of 0 to 65,536, of 0 only where the whole body is empty
    end - 64   64      Ed25519 signature, by the sender, of "mc/bundle/1" ‖ 00 ‖ SHA-256(all bytes before)

A wrap for the recipient R holds the 32-byte content key K, drawn for this container only:
    shared = X25519(e, R), refused where it is all zeros
    kek    = HKDF-SHA-256(ikm=shared, salt="", info="mc/seal/1" ‖ 00 ‖ E ‖ R, 32 bytes)   (RFC 5869)
    wrap   = AEAD(key=kek, nonce=12 zero bytes, K)       a kek seals one message, so its nonce never repeats
It does not say whose it is: a recipient tries each.

Frame i is sealed under K with the nonce: i as 11 bytes ‖ 01 for the last frame, 00 for every other. This is
the STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár, "Online Authenticated-Encryption and its
Nonce-Reuse Misuse-Resistance", 2015): frames that are cut off, moved, doubled or taken from elsewhere do not
open. Which frame is the last follows from the length of the file.

The signature covers the wraps: nobody can pass the container on, under the sender's name, to someone whom he
did not choose. The container proves who packed it, and to whom; it does not prove that two recipients were
told the same, which the chained events inside do for themselves.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from hashlib import sha256
from types import TracebackType
from typing import BinaryIO, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from counter_app.crypto import signing
from counter_app.domain.errors import Refused

MAGIC: Final = b"mc/seal"
VERSION: Final = 1
FRAME: Final = 65_536
"""Bytes of plaintext in a full frame."""

_TAG = 16
_WRAP = 32 + _TAG
_SEALED_FRAME = FRAME + _TAG
_FIXED = len(MAGIC) + 1 + 32 + 1
_ZERO_NONCE = bytes(12)


class SealingKey:
    """An X25519 key that others seal to; `private` and `public` are 32 bytes each."""

    def __init__(self, private: bytes) -> None:
        self._key = X25519PrivateKey.from_private_bytes(private)
        self.public: Final = self._key.public_key().public_bytes_raw()

    @classmethod
    def generate(cls) -> SealingKey:
        """A key drawn from the system's random source."""
        return cls(X25519PrivateKey.generate().private_bytes_raw())

    @property
    def private(self) -> bytes:
        return self._key.private_bytes_raw()

    def shared(self, other: bytes) -> bytes:
        """The 32-byte secret of both keys; ValueError where `other` is no key or forces a known secret."""
        return self._key.exchange(X25519PublicKey.from_public_bytes(other))

    def __repr__(self) -> str:
        return f"SealingKey({self.public.hex()})"


class SealedWriter:
    """Seals what is written, frame by frame, into `file`; without `close` there is no container.

        with SealedWriter(file, [office.public, district.public], signer) as sealed:
            sealed.write(events)

    Raises Refused("recipient-key-bad") for a public key that no secret can be shared with.
    """

    def __init__(
        self,
        file: BinaryIO,
        recipients: Sequence[bytes],
        signer: signing.Signer,
        *,
        content_key: bytes | None = None,
        ephemeral: SealingKey | None = None,
    ) -> None:
        """`content_key` and `ephemeral` are drawn unless given; only golden vectors give them."""
        assert 1 <= len(recipients) <= 255, "a container has 1 to 255 recipients"
        key = content_key or os.urandom(32)
        ephemeral = ephemeral or SealingKey.generate()
        self._file = file
        self._signer = signer
        self._cipher = AESGCM(key)
        self._hash = sha256()
        self._pending = bytearray()
        self._count = 0
        self._put(MAGIC + bytes([VERSION]) + ephemeral.public + bytes([len(recipients)]))
        for recipient in recipients:
            try:
                shared = ephemeral.shared(recipient)
            except ValueError as error:
                raise Refused("recipient-key-bad") from error
            self._put(AESGCM(_kek(shared, ephemeral.public, recipient)).encrypt(_ZERO_NONCE, key, None))
        self._frame(signer.public, last=False)

    def write(self, data: bytes) -> None:
        self._pending += data
        # A full frame waits until more comes: it may be the last one.
        while len(self._pending) > FRAME:
            self._frame(bytes(self._pending[:FRAME]), last=False)
            del self._pending[:FRAME]

    def close(self) -> None:
        """Seals the last frame and signs."""
        self._frame(bytes(self._pending), last=True)
        self._pending.clear()
        self._file.write(self._signer.sign(signing.BUNDLE, self._hash.digest()))

    def __enter__(self) -> SealedWriter:
        return self

    def __exit__(self, kind: type[BaseException] | None, _: object, __: TracebackType | None) -> None:
        if kind is None:
            self.close()

    def _frame(self, plain: bytes, *, last: bool) -> None:
        self._put(self._cipher.encrypt(frame_nonce(self._count, last), plain, None))
        self._count += 1

    def _put(self, data: bytes) -> None:
        self._hash.update(data)
        self._file.write(data)


class SealedReader:
    """The verified content of a container: iterate for its plaintext, in chunks of at most 64 KiB.

    `sender` is the Ed25519 public key whose signature over the whole file has been verified.
    Iterating raises Refused("bundle-damaged") where the sender itself sealed a frame wrongly or the file
    changed meanwhile: what was read until then must be thrown away.
    """

    def __init__(self, file: BinaryIO, cipher: AESGCM, start: int, end: int, sender: bytes) -> None:
        self.sender: Final = sender
        self._file = file
        self._cipher = cipher
        self._start = start
        self._end = end

    def __iter__(self) -> Iterator[bytes]:
        self._file.seek(self._start)
        count = 1
        left = self._end - self._start
        while left > 0:
            size = min(left, _SEALED_FRAME)
            left -= size
            yield _open_frame(self._cipher, count, left == 0, self._file.read(size))
            count += 1


def open_sealed(file: BinaryIO, key: SealingKey) -> SealedReader:
    """Verifies the signature over the whole of a seekable `file`, then gives its content; constant memory.

    Raises Refused with one of: bundle-unknown-format (no container of ours), bundle-newer-format
    (`version`), bundle-not-for-this-store (no wrap opens with `key`), bundle-damaged (all else).
    """
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    fixed = file.read(_FIXED)
    if fixed[: len(MAGIC)] != MAGIC:
        raise Refused("bundle-unknown-format")
    if len(fixed) < _FIXED:
        raise Refused("bundle-damaged")
    version, ephemeral, recipients = fixed[len(MAGIC)], fixed[8:40], fixed[40]
    if version != VERSION:
        raise Refused(
            "bundle-newer-format" if version > VERSION else "bundle-unknown-format", version=version
        )
    start = _FIXED + recipients * _WRAP + 32 + _TAG
    end = size - signing.SIGNATURE_BYTES
    if recipients == 0 or not _is_body(end - start):
        raise Refused("bundle-damaged")
    cipher = AESGCM(_content_key(file.read(recipients * _WRAP), ephemeral, key))
    sender = _open_frame(cipher, 0, False, file.read(32 + _TAG))
    _verify_whole(file, end, sender)
    return SealedReader(file, cipher, start, end, sender)


def _is_body(size: int) -> bool:
    """Whether frames can have this length together: an empty last frame stands only for an empty body."""
    rest = size % _SEALED_FRAME
    return size == _TAG or (size > _TAG and (rest == 0 or rest > _TAG))


def _content_key(wraps: bytes, ephemeral: bytes, key: SealingKey) -> bytes:
    try:
        kek = AESGCM(_kek(key.shared(ephemeral), ephemeral, key.public))
    except ValueError as error:
        raise Refused("bundle-damaged") from error
    for at in range(0, len(wraps), _WRAP):
        try:
            return kek.decrypt(_ZERO_NONCE, wraps[at : at + _WRAP], None)
        except InvalidTag:
            continue
    raise Refused("bundle-not-for-this-store")


def _verify_whole(file: BinaryIO, end: int, sender: bytes) -> None:
    digest = sha256()
    file.seek(0)
    left = end
    while left > 0:
        chunk = file.read(min(left, FRAME))
        if not chunk:
            raise Refused("bundle-damaged")
        digest.update(chunk)
        left -= len(chunk)
    if not signing.verify(sender, signing.BUNDLE, digest.digest(), file.read(signing.SIGNATURE_BYTES)):
        raise Refused("bundle-damaged")


def _open_frame(cipher: AESGCM, count: int, last: bool, sealed: bytes) -> bytes:
    try:
        return cipher.decrypt(frame_nonce(count, last), sealed, None)
    except (InvalidTag, ValueError) as error:
        raise Refused("bundle-damaged") from error


def frame_nonce(count: int, last: bool) -> bytes:
    """The nonce of a frame by its number, 12 bytes; no other frame of its key has it."""
    return count.to_bytes(11, "big") + (b"\1" if last else b"\0")


def _kek(shared: bytes, ephemeral: bytes, recipient: bytes) -> bytes:
    info = b"mc/seal/1\0" + ephemeral + recipient
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(shared)

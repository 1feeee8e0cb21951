"""Sealed containers: who can open them, and that nothing but the written bytes is accepted."""

from __future__ import annotations

import io
import tracemalloc
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from counter_app.crypto import signing
from counter_app.crypto.sealing import FRAME, SealedWriter, SealingKey, open_sealed
from counter_app.crypto.signing import Signer
from counter_app.domain.errors import Refused

SENDER = Signer(bytes(range(32)))
OFFICE = SealingKey(bytes(range(32, 64)))
DISTRICT = SealingKey(bytes(range(64, 96)))
CONTENT_KEY = bytes(range(96, 128))
EPHEMERAL = SealingKey(bytes(range(128, 160)))


def seal(plain: bytes, *recipients: SealingKey, pieces: int = 0) -> bytes:
    file = io.BytesIO()
    keys = [key.public for key in recipients or (OFFICE,)]
    with SealedWriter(file, keys, SENDER, content_key=CONTENT_KEY, ephemeral=EPHEMERAL) as sealed:
        for at in range(0, len(plain), pieces or len(plain) or 1):
            sealed.write(plain[at : at + (pieces or len(plain))])
    return file.getvalue()


def unseal(container: bytes, key: SealingKey = OFFICE) -> bytes:
    return b"".join(open_sealed(io.BytesIO(container), key))


def by_the_page(plain: bytes, recipients: list[SealingKey]) -> bytes:
    """The container as a stranger would build it from the module's page, with no code of ours."""
    ephemeral = X25519PrivateKey.from_private_bytes(EPHEMERAL.private)
    e = ephemeral.public_key().public_bytes_raw()
    out = b"mc/seal\x01" + e + bytes([len(recipients)])
    for recipient in recipients:
        shared = ephemeral.exchange(X25519PublicKey.from_public_bytes(recipient.public))
        kek = HKDF(SHA256(), 32, None, b"mc/seal/1\0" + e + recipient.public).derive(shared)
        out += AESGCM(kek).encrypt(bytes(12), CONTENT_KEY, None)
    author = Ed25519PrivateKey.from_private_bytes(SENDER.private)
    body = [plain[at : at + 65536] for at in range(0, len(plain), 65536)] or [b""]
    frames = [author.public_key().public_bytes_raw(), *body]
    for i, frame in enumerate(frames):
        nonce = i.to_bytes(11, "big") + bytes([i == len(frames) - 1])
        out += AESGCM(CONTENT_KEY).encrypt(nonce, frame, None)
    return out + author.sign(b"mc/bundle/1\0" + sha256(out).digest())


SIZES = [0, 1, 1000, FRAME - 1, FRAME, FRAME + 1, 2 * FRAME, 2 * FRAME + 17]


@pytest.mark.parametrize("size", SIZES)
def test_the_bytes_are_those_of_the_documented_layout(size: int) -> None:
    plain = bytes(range(251)) * (size // 251 + 1)

    container = seal(plain[:size], OFFICE, DISTRICT, pieces=40_000)

    assert container == by_the_page(plain[:size], [OFFICE, DISTRICT])


def test_a_container_has_this_digest_for_ever() -> None:
    container = seal(b"H55.242-261122-1001", OFFICE, DISTRICT)

    assert sha256(container).hexdigest() == "a2305557b87fa729820956cd2ad0cacd34439a7b2224b46a4d47bef670fc6c1e"


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("reader", [OFFICE, DISTRICT])
def test_each_recipient_reads_what_was_written_and_by_whom(size: int, reader: SealingKey) -> None:
    plain = bytes(size)
    container = seal(plain, OFFICE, DISTRICT)

    opened = open_sealed(io.BytesIO(container), reader)

    assert opened.sender == SENDER.public
    assert b"".join(opened) == plain


def test_nobody_else_opens_it() -> None:
    container = seal(b"secret")

    with pytest.raises(Refused) as refusal:
        open_sealed(io.BytesIO(container), DISTRICT)

    assert refusal.value.why == "bundle-not-for-this-store"


def test_neither_content_nor_sender_nor_recipient_stands_in_the_file() -> None:
    container = seal(b"Nguyen Van An", OFFICE)

    for hidden in (b"Nguyen", SENDER.public, OFFICE.public, CONTENT_KEY):
        assert hidden not in container


@pytest.mark.parametrize("plain", [b"", b"a small body"])
def test_every_flipped_byte_is_refused(plain: bytes) -> None:
    container = seal(plain, DISTRICT, OFFICE)

    for at in range(len(container)):
        for flip in (0x01, 0x80):
            changed = bytearray(container)
            changed[at] ^= flip
            with pytest.raises(Refused):
                unseal(bytes(changed))


def test_every_truncation_and_extension_is_refused() -> None:
    container = seal(b"a small body", DISTRICT, OFFICE)

    for size in range(len(container)):
        with pytest.raises(Refused):
            unseal(container[:size])
    for more in (b"\0", bytes(16), bytes(64), container):
        with pytest.raises(Refused):
            unseal(container + more)


def resigned(container: bytes) -> bytes:
    """The container with a signature that the sender would have made over the altered bytes."""
    return container[:-64] + SENDER.sign(signing.BUNDLE, sha256(container[:-64]).digest())


def frames_of(container: bytes) -> tuple[bytes, list[bytes]]:
    start = 41 + 48 + 48
    body = container[start:-64]
    return container[:start], [body[at : at + FRAME + 16] for at in range(0, len(body), FRAME + 16)]


@pytest.mark.parametrize(
    "order",
    [[1, 0, 2], [0, 0, 2], [0, 2], [0, 1], [1, 2], [0, 1, 2, 2]],
    ids=["moved", "doubled", "cut out", "cut off", "beheaded", "repeated end"],
)
def test_frames_keep_their_place_even_under_a_good_signature(order: list[int]) -> None:
    container = seal(b"a" * FRAME + b"b" * FRAME + b"c" * FRAME)
    head, frames = frames_of(container)

    altered = resigned(head + b"".join(frames[i] for i in order) + bytes(64))

    assert unseal(resigned(container))
    with pytest.raises(Refused) as refusal:
        unseal(altered)
    assert refusal.value.why == "bundle-damaged"


@pytest.mark.parametrize("body", [b"", b"a" * FRAME], ids=["nothing", "a full frame"])
def test_a_body_ends_with_one_frame_and_no_needless_one(body: bytes) -> None:
    head, _ = frames_of(seal(body))
    cipher = AESGCM(CONTENT_KEY)
    without_end = cipher.encrypt(bytes([*[0] * 10, 1, 0]), body, None) if body else b""
    needless = without_end + cipher.encrypt(bytes([*[0] * 10, 2, 1]), b"", None) if body else b""

    for frames in (without_end, needless):
        with pytest.raises(Refused):
            unseal(resigned(head + frames + bytes(64)))


def test_a_signature_by_another_than_the_sealed_sender_is_refused() -> None:
    container = seal(b"data")
    other = Signer.generate().sign(signing.BUNDLE, sha256(container[:-64]).digest())

    with pytest.raises(Refused) as refusal:
        unseal(container[:-64] + other)

    assert refusal.value.why == "bundle-damaged"


def test_nothing_is_yielded_before_the_last_byte_was_verified() -> None:
    container = bytearray(seal(bytes(3 * FRAME)))
    container[-1] ^= 1

    with pytest.raises(Refused):
        open_sealed(io.BytesIO(bytes(container)), OFFICE)


@pytest.mark.parametrize(
    ("container", "why"),
    [
        (b"", "bundle-unknown-format"),
        (b"PK\x03\x04" + bytes(500), "bundle-unknown-format"),
        (b"mc/seal", "bundle-damaged"),
        (b"mc/seal\x01" + bytes(600), "bundle-damaged"),
        (b"mc/seal\x02" + bytes(600), "bundle-newer-format"),
        (b"mc/seal\x00" + bytes(600), "bundle-unknown-format"),
        (b"mc/seal\x01" + bytes(32) + b"\x01" + bytes(600), "bundle-damaged"),
    ],
)
def test_a_foreign_file_is_refused_with_its_reason(container: bytes, why: str) -> None:
    with pytest.raises(Refused) as refusal:
        open_sealed(io.BytesIO(container), OFFICE)

    assert refusal.value.why == why


def test_a_key_that_forces_a_known_secret_is_no_recipient() -> None:
    with pytest.raises(Refused) as refusal:
        SealedWriter(io.BytesIO(), [bytes(32)], SENDER)

    assert refusal.value.why == "recipient-key-bad"


def test_two_containers_of_one_text_share_no_key() -> None:
    first, second = io.BytesIO(), io.BytesIO()

    for file in (first, second):
        with SealedWriter(file, [OFFICE.public], SENDER) as sealed:
            sealed.write(bytes(100))

    assert first.getvalue()[8:40] != second.getvalue()[8:40]
    assert first.getvalue()[137:] != second.getvalue()[137:]
    assert unseal(first.getvalue()) == unseal(second.getvalue())


def test_work_that_fails_midway_leaves_no_valid_container() -> None:
    file = io.BytesIO()

    with pytest.raises(RuntimeError), SealedWriter(file, [OFFICE.public], SENDER) as sealed:
        sealed.write(bytes(2 * FRAME))
        raise RuntimeError

    with pytest.raises(Refused):
        unseal(file.getvalue())


def test_a_large_container_takes_little_memory(tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "large"
    tracemalloc.start()

    with path.open("wb") as out, SealedWriter(out, [OFFICE.public], SENDER) as sealed:
        for _ in range(128):
            sealed.write(bytes(100_000))
    with path.open("rb") as file:
        total = sum(len(chunk) for chunk in open_sealed(file, OFFICE))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert total == 12_800_000
    assert peak < 2_000_000

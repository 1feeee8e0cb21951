"""A file at rest: its bytes by a golden vector, read whole or in part, and no altered one opens."""

from __future__ import annotations

import io
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.crypto.blobs import BlobKeys
from counter_app.crypto.sealing import FRAME
from counter_app.domain.errors import Damaged

KEY = bytes(range(32))
KEYS = BlobKeys(KEY)
SIZES = (0, 1, FRAME - 1, FRAME, FRAME + 1, 2 * FRAME, 3 * FRAME + 77)


def content(size: int) -> bytes:
    return (b"ABCDEFG" * (size // 7 + 1))[:size]


def digest(of: bytes) -> bytes:
    return sha256(of).digest()


def sealed_of(plain: bytes, part: int = 0, salt: bytes | None = None) -> bytes:
    """The file's bytes, its content given whole or in parts of that size."""
    step = part or max(1, len(plain))
    parts = [plain[at : at + step] for at in range(0, len(plain), step)]
    return b"".join(KEYS.seal(digest(plain), parts, salt=salt))


def opened(plain: bytes, sealed: bytes, keys: BlobKeys = KEYS) -> bytes:
    return b"".join(keys.parts(digest(plain), io.BytesIO(sealed)))


def test_the_form_is_that_of_the_page():
    sealed = sealed_of(b"pages", salt=bytes(16))

    # Reckoned apart, from the page's text, with HMAC and AES-GCM alone.
    assert sealed.hex() == "6d632f626c6f6201" + "00" * 16 + "f36ec442fb36d2db6e68a4db9331341c03ed0c994f"
    assert KEYS.name(digest(b"pages")) == "1670fb953cd4d1c7d4510f2ba06a1adf62060eb87edce31974d5ec435dbc0b79"


@pytest.mark.parametrize("size", SIZES)
def test_what_was_sealed_opens_whole_and_in_any_piece(size):
    plain = content(size)
    file = io.BytesIO(sealed_of(plain))

    assert opened(plain, file.getvalue()) == plain
    for offset in {0, 1, size // 2, FRAME - 1, FRAME, size - 1, size, size + 9} - {-1}:
        for length in (0, 1, 16_000, FRAME + 1):
            assert KEYS.piece(digest(plain), file, offset, length) == plain[offset : offset + length]
    file.seek(0)
    assert b"".join(KEYS.proven(digest(plain), file)) == file.getvalue()
    with KEYS.opened(digest(plain), file) as shown:
        assert (shown.seek(size // 2), shown.read(), shown.seek(0), shown.read()) == (
            size // 2,
            plain[size // 2 :],
            0,
            plain,
        )


@given(st.data())
def test_no_altered_moved_or_cut_file_opens(data):
    plain = content(data.draw(st.sampled_from(SIZES)))
    sealed = bytearray(sealed_of(plain))
    how = data.draw(st.sampled_from(["flip", "cut", "grow", "swap"]))
    if how == "flip":
        sealed[data.draw(st.integers(0, len(sealed) - 1))] ^= data.draw(st.integers(1, 255))
    elif how == "cut":
        del sealed[data.draw(st.integers(0, len(sealed) - 1)) :]
    elif how == "grow":
        sealed += bytes(data.draw(st.integers(1, 200)))
    else:
        if len(plain) <= 2 * FRAME:
            return
        first, second = (slice(24 + n * (FRAME + 16), 24 + (n + 1) * (FRAME + 16)) for n in (0, 1))
        sealed[first], sealed[second] = sealed[second], sealed[first]
        if sealed == sealed_of(plain, salt=bytes(sealed[8:24])):
            return

    with pytest.raises(Damaged, match="attachment-damaged"):
        opened(plain, bytes(sealed))
    with pytest.raises(Damaged, match="attachment-damaged"):
        list(KEYS.proven(digest(plain), io.BytesIO(sealed)))


@given(st.sampled_from(SIZES), st.sampled_from([1000, 16_384, FRAME - 1, FRAME, FRAME + 1, 3 * FRAME]))
def test_the_parts_that_a_content_comes_in_change_no_byte(size, part):
    plain, salt = content(size), bytes(16)

    assert sealed_of(plain, part, salt) == sealed_of(plain, salt=salt)
    assert opened(plain, sealed_of(plain, part)) == plain


def test_a_content_of_another_digest_is_never_sealed_to_its_end():
    sealing = KEYS.seal(digest(b"another"), [content(2 * FRAME), content(5)])

    with pytest.raises(Damaged, match="attachment-damaged"):
        list(sealing)


def test_neither_name_nor_bytes_tell_what_a_known_paper_is():
    known = b"%PDF-1.7 a known form"

    assert KEYS.name(digest(known)) != digest(known).hex()
    assert BlobKeys(bytes(32)).name(digest(known)) != KEYS.name(digest(known))
    assert known not in sealed_of(known) and sealed_of(known) != sealed_of(known)
    with pytest.raises(Damaged):
        opened(known, sealed_of(known), BlobKeys(bytes(32)))

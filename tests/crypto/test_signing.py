"""What a signature proves, and that nothing else is taken for one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.crypto import signing
from counter_app.crypto.signing import Signer, verify

# RFC 8032, 7.1, test 1.
SEED = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
PUBLIC = bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
LABELS = [
    signing.HEAD,
    signing.RECEIPT,
    signing.REQUEST,
    signing.BUNDLE,
    signing.ACK,
    signing.LOG,
    signing.PAIR,
]


def test_a_seed_gives_the_public_key_of_the_rfc() -> None:
    signer = Signer(SEED)

    assert signer.public == PUBLIC
    assert signer.private == SEED


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        (
            signing.HEAD,
            "6ade7088b7b0f4cf80f69819cfe17c0d52040f6de7df38db42e9d0d2777b415ab6522a535b8bd89af3aa0114754da9c3017c88b62fbc082b538cc808f743360d",
        ),
        (
            signing.RECEIPT,
            "080b740dfe92aef358631cfe19879a49257af6ac99619c794e00d589b7e487c357a87528ab9106a8c8541e4888be3863b433ba5ac1247ce13681ad38c0c44908",
        ),
    ],
)
def test_signatures_are_these_bytes_for_ever(label: bytes, expected: str) -> None:
    signature = Signer(SEED).sign(label, b"1001")

    assert signature.hex() == expected


@pytest.mark.parametrize("made_for", LABELS)
@pytest.mark.parametrize("shown_as", LABELS)
def test_a_signature_proves_its_own_purpose_only(made_for: bytes, shown_as: bytes) -> None:
    signer = Signer(SEED)

    signature = signer.sign(made_for, b"data")

    assert verify(signer.public, shown_as, b"data", signature) is (made_for == shown_as)


def test_another_signers_key_verifies_nothing() -> None:
    signature = Signer.generate().sign(signing.HEAD, b"data")

    assert not verify(PUBLIC, signing.HEAD, b"data", signature)


@given(data=st.binary(min_size=1, max_size=40), at=st.integers(0, 39), bit=st.integers(0, 7))
def test_one_flipped_bit_is_refused(data: bytes, at: int, bit: int) -> None:
    signature = Signer(SEED).sign(signing.HEAD, data)
    changed = bytearray(data)
    changed[at % len(data)] ^= 1 << bit

    assert verify(PUBLIC, signing.HEAD, data, signature)
    assert not verify(PUBLIC, signing.HEAD, bytes(changed), signature)


@given(public=st.binary(max_size=40), signature=st.binary(max_size=70))
def test_garbage_is_no_signature_and_no_error(public: bytes, signature: bytes) -> None:
    assert not verify(public, signing.HEAD, b"data", signature)
    assert not verify(PUBLIC, signing.HEAD, b"data", signature)


def test_a_signer_never_shows_its_private_key() -> None:
    assert SEED.hex() not in repr(Signer(SEED))

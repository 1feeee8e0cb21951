"""Secrets and digests as words that people can read out, write down and type.

The words are proquints (Wilkerson, "A Proposal for Proquints", 2009): five letters, consonant and vowel in
turn, for 16 bits.
"""

from __future__ import annotations

import re
import unicodedata
from hashlib import sha256

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from counter_app.domain.errors import BadInput

SECRET_BYTES = 16
"""A recovery sheet holds 128 random bits."""

_CONSONANTS = "bdfghjklmnprstvz"
_VOWELS = "aiou"
_LABEL = b"mc/recovery/1"
_SHAPE = ((_CONSONANTS, 12), (_VOWELS, 10), (_CONSONANTS, 6), (_VOWELS, 4), (_CONSONANTS, 0))
_WORD = re.compile("".join(f"[{letters}]" for letters, _ in _SHAPE))
_LETTERS = re.compile(r"[^\W\d_]+")
_WORDS = SECRET_BYTES // 2 + 1


def recovery_words(secret: bytes) -> str:
    """The sheet's nine words: eight for the 16-byte secret, one to check them by."""
    assert len(secret) == SECRET_BYTES
    return _spell(secret + _check(secret))


def recovery_secret(words: str) -> bytes:
    """The 16-byte secret of typed words; case, spaces, punctuation and line numbers do not matter.

    Raises BadInput with `field` "recovery" and one of: recovery-accented (`word`, from 1: an input method put
    a Vietnamese mark on it), recovery-mistyped (`word` where it can be told, else None: only the check word
    disagrees), recovery-incomplete (`given`, `wanted`: not nine words).
    """
    typed = _LETTERS.findall(unicodedata.normalize("NFC", words).lower())
    if len(typed) != _WORDS and len(joined := "".join(typed)) == 5 * _WORDS:
        typed = [joined[at : at + 5] for at in range(0, len(joined), 5)]
    for number, word in enumerate(typed, start=1):
        if not word.isascii():
            raise BadInput("recovery-accented", field="recovery", word=number)
        if not _WORD.fullmatch(word):
            raise BadInput("recovery-mistyped", field="recovery", word=number)
    if len(typed) != _WORDS:
        raise BadInput("recovery-incomplete", field="recovery", given=len(typed), wanted=_WORDS)
    spelled = b"".join(_value(word).to_bytes(2, "big") for word in typed)
    secret = spelled[:SECRET_BYTES]
    if spelled[SECRET_BYTES:] != _check(secret):
        raise BadInput("recovery-mistyped", field="recovery", word=None)
    return secret


def recovery_key(secret: bytes) -> bytes:
    """The 32-byte wrap secret of a sheet: HKDF-SHA-256 (RFC 5869), no salt, info "mc/recovery/1"."""
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=_LABEL).derive(secret)


def six_words(digest: bytes) -> str:
    """The first 96 bits of a digest, for two people to compare."""
    assert len(digest) >= 12
    return _spell(digest[:12])


def _spell(data: bytes) -> str:
    pairs = (int.from_bytes(data[at : at + 2], "big") for at in range(0, len(data), 2))
    return " ".join(
        "".join(letters[value >> shift & len(letters) - 1] for letters, shift in _SHAPE) for value in pairs
    )


def _value(word: str) -> int:
    return sum(letters.index(letter) << shift for letter, (letters, shift) in zip(word, _SHAPE, strict=True))


def _check(secret: bytes) -> bytes:
    return sha256(_LABEL + secret).digest()[:2]

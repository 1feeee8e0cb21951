"""How long a passphrase would hold against somebody who took the disk home."""

from __future__ import annotations

import math
from enum import StrEnum
from typing import Final

_WORD: Final = 11.0  # bits of a word chosen without thinking much: one of some two thousand
_FAIR: Final = 35.0  # bits; at ten tries a second (argon2id as in crypto/wraps) about a century on one PC
_STRONG: Final = 50.0


class Strength(StrEnum):
    WEAK = "weak"
    FAIR = "fair"
    STRONG = "strong"


def strength(text: str) -> Strength:
    """Reckons by words where there are words, else by letters; runs and repetitions count once."""
    bits = min(_by_words(text), _by_letters(text))
    if bits < _FAIR:
        return Strength.WEAK
    return Strength.STRONG if bits >= _STRONG else Strength.FAIR


def _by_words(text: str) -> float:
    words = set(text.lower().split())
    return sum(max(_WORD, _by_letters(word) / 2) for word in words) if words else 0.0


def _by_letters(text: str) -> float:
    kinds = (str.islower, 26), (str.isupper, 26), (str.isdigit, 10)
    pool = sum(size for is_kind, size in kinds if any(map(is_kind, text)))
    pool += 33 if any(not letter.isalnum() for letter in text) else 0
    counted = sum(
        before is None or abs(ord(letter) - ord(before)) > 1
        for before, letter in zip([None, *text], text, strict=False)
    )
    return counted * math.log2(pool) if pool else 0.0

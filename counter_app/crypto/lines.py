"""A few words of a text file that lies outside the store, sealed under the store's key.

base64url of nonce (12 bytes) ‖ AES-256-GCM of the content, under HKDF-SHA-256(store key, label)
"""

from __future__ import annotations

import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_NONCE: Final = 12


def sealed(key: bytes, label: bytes, content: bytes) -> str:
    """One word without spaces; `label` names the use, so that none is taken for another."""
    nonce = os.urandom(_NONCE)
    return urlsafe_b64encode(nonce + _cipher(key, label).encrypt(nonce, content, None)).decode()


def opened(key: bytes, label: bytes, word: str) -> bytes:
    """The content; raises ValueError where another key, or nobody, sealed it."""
    data = urlsafe_b64decode(word)
    try:
        return _cipher(key, label).decrypt(data[:_NONCE], data[_NONCE:], None)
    except InvalidTag as error:
        raise ValueError("not sealed under this key") from error


def _cipher(key: bytes, label: bytes) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, salt=None, info=label).derive(key))

"""The pages of a SQLCipher 4 file, as bytes: whether a key fits them, whether each is as it was sealed.

A page has 4,096 bytes: what SQLite sees under AES-256-CBC, then 16 bytes of IV, then HMAC-SHA-512 over both
and the page's number (little-endian). Of the first page the file's 16 bytes of salt stand in the clear. The
seal's key is PBKDF2-HMAC-SHA512(key, salt ^ 3a…, 2 rounds); the page's key is the store's key itself.
Source: SQLCipher's design (zetetic.net/sqlcipher/design) and `sqlcipher.c` 4.x; SQLite's file format,
sections 1.3 and 1.6.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from typing import Final

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

PAGE: Final = 4096  # bytes
SALT: Final = 16
_SEAL, _IV = 64, 16
_SEALED: Final = PAGE - _SEAL  # bytes under the seal: content and IV
_CONTENT: Final = _SEALED - _IV
_TREE: Final = (2, 5, 10, 13)  # the first byte of a page of a table or an index
_MOST_CELLS: Final = _CONTENT // 2
_SIZE_AT: Final = 28  # where page 1 says how many pages the file has


class Pages:
    """Judges and mends single pages under one store's key and one file's salt."""

    def __init__(self, key: bytes, salt: bytes) -> None:
        self._key = key
        self._seal = hashlib.pbkdf2_hmac("sha512", key, bytes(b ^ 0x3A for b in salt), 2, 32)

    def is_sealed(self, number: int, page: bytes) -> bool:
        """Whether the page is what was sealed as the page of this number, from 1."""
        return hmac.compare_digest(page[_SEALED:], self._over(number, page))

    def sealed(self, number: int, page: bytes) -> bytes:
        """The page under a new seal, whatever it holds: the events themselves prove what is true."""
        return page[:_SEALED] + self._over(number, page)

    def grafted(self, first: bytes, donor: bytes, count: int) -> bytes:
        """Page 1 with what the first page of another file under the same key says, for a file of so many
        pages."""
        plain = bytearray(self._cipher(donor[_CONTENT:_SEALED]).decryptor().update(donor[SALT:_CONTENT]))
        plain[_SIZE_AT - SALT : _SIZE_AT - SALT + 4] = count.to_bytes(4, "big")
        iv = os.urandom(_IV)
        content = self._cipher(iv).encryptor().update(bytes(plain))
        return self.sealed(1, first[:SALT] + content + iv + bytes(_SEAL))

    def looks_right(self, page: bytes) -> bool:
        """Whether a page other than the first opens as one of a table or an index: by chance, 1 in 30,000."""
        head = self._cipher(page[_CONTENT:_SEALED]).decryptor().update(page[:16])
        cells, start = int.from_bytes(head[3:5], "big"), int.from_bytes(head[5:7], "big")
        return head[0] in _TREE and cells <= _MOST_CELLS and 0 < start <= _CONTENT

    def _over(self, number: int, page: bytes) -> bytes:
        begin = SALT if number == 1 else 0
        return hmac.digest(self._seal, page[begin:_SEALED] + number.to_bytes(4, "little"), "sha512")

    def _cipher(self, iv: bytes) -> Cipher[modes.CBC]:
        return Cipher(algorithms.AES(self._key), modes.CBC(iv))

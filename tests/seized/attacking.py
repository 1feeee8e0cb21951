"""What a thief would try who has the folder, not the key, and wants to know whether a PIN is this one.

Every key that might follow from a PIN, with each salt that lies in the clear, is tried on every wrap, every
database and every hidden name; and every trace that a PIN might have left is looked for in every byte.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from base64 import b64decode
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from counter_app.crypto.blobs import BlobKeys
from counter_app.crypto.pages import PAGE, SALT, Pages
from tests.seized.searching import SIGNS, Search, forms_of

SQLCIPHER_ROUNDS: Final = 256_000
"""Of PBKDF2-HMAC-SHA-512: SQLCipher 4's own way from a passphrase to a key."""


def distinguishes(pin: str, *folders: Path, known: Collection[bytes] = ()) -> list[str]:
    """Whatever says that this PIN is the right one; `known` are papers that the thief has himself."""
    every = sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())
    files = {path: path.read_bytes() for path in every}
    wraps = [
        (path, said["store"], wrap)
        for path, data in files.items()
        if path.name == "keys.json"
        for said in [json.loads(data)]
        for wrap in said["wraps"]
    ]
    stores = {path: data for path, data in files.items() if path.suffix == ".db" and len(data) >= 2 * PAGE}
    told = []
    keys = dict.fromkeys(_keys(pin, _salts(wraps, stores)))
    for path, store, wrap in wraps:
        bound = b"\0".join(part.encode() for part in (store, wrap["id"], wrap["kind"]))
        own = _stretched(pin, wrap["params"]) if wrap["params"] else []
        for key in (*keys, *own):
            with suppress(InvalidTag):
                AESGCM(key).decrypt(b64decode(wrap["nonce"]), b64decode(wrap["sealed"]), bound)
                told.append(f"{path.name}: a wrap opens")
    for path, data in stores.items():
        passphrase = hashlib.pbkdf2_hmac("sha512", pin.encode(), data[:SALT], SQLCIPHER_ROUNDS, 32)
        for key in (*keys, passphrase):
            if Pages(key, data[:SALT]).is_sealed(2, data[PAGE : 2 * PAGE]):
                told.append(f"{path.name}: a page is under this key")
    names = {path.name for path in files}
    for key in keys:
        hidden = {BlobKeys(key).name(hashlib.sha256(content).digest()) for content in known}
        told += [f"{name}: a hidden name" for name in hidden & names]
    made = {key[:10]: "a key" for key in keys if pin.encode() not in key}
    traces = Search({form: said for form, said in (made | forms_of([pin])).items() if form not in SIGNS})
    return told + [said for data in files.values() for said in traces.found(data)]


def _salts(wraps: Collection[tuple[Path, str, dict[str, str]]], stores: dict[Path, bytes]) -> list[bytes]:
    found = [b"", *(data[:SALT] for data in stores.values())]
    for _, store, wrap in wraps:
        found += [store.encode(), bytes.fromhex(store), wrap["id"].encode(), b64decode(wrap["nonce"])]
    return list(dict.fromkeys(found))


def _keys(pin: str, salts: Collection[bytes]) -> Iterator[bytes]:
    """32 bytes each, in the ways that programs make keys of short secrets."""
    said = pin.encode()
    yield said.ljust(32, b"\0")
    yield said.rjust(32, b"0")
    for salt in salts:
        yield hashlib.sha256(salt + said).digest()
        yield hashlib.sha256(said + salt).digest()
        yield hmac.digest(salt, said, "sha256")
        yield hmac.digest(said, salt, "sha256")
        yield HKDF(SHA256(), 32, salt=salt or None, info=b"").derive(said)
        yield hashlib.pbkdf2_hmac("sha256", said, salt, 1000, 32)
        if len(salt) >= 8:
            yield from _stretched(pin, {"t": 2, "m": 19_456, "p": 1}, salt)


def _stretched(pin: str, params: dict[str, int | str], salt: bytes = b"") -> list[bytes]:
    """By argon2id, as a passphrase is and as an officer's PIN is."""
    salt = salt or b64decode(str(params["salt"]))
    costs = {"time_cost": int(params["t"]), "memory_cost": int(params["m"]), "parallelism": int(params["p"])}
    return [hash_secret_raw(pin.encode(), salt, **costs, hash_len=32, type=Type.ID)]

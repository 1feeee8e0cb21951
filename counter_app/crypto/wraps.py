"""The store's key in several wraps, each of which opens the store by itself; values only, no files."""

from __future__ import annotations

import json
import os
import unicodedata
from base64 import b64decode, b64encode
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from typing import Final, Literal, get_args

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from counter_app.crypto.spoken import recovery_key, recovery_secret
from counter_app.domain.errors import BadInput, Damaged, NewerStore, NoKey, NotAllowed, NotFound

Kind = Literal["keyring", "passphrase", "recovery", "escrow"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
KEY_BYTES: Final = 32
VERSION: Final = 1
SHORTEST_PASSPHRASE: Final = 8

# RFC 9106's second choice is t=3, 64 MiB, p=4; two lanes because a commune's PC has two cores: 0.2 s.
_ARGON2 = {"t": 3, "m": 65_536, "p": 2}
# A key file may come from outside, with a backup: it must not ask for all memory, nor for an hour.
_DEAREST = {"t": 64, "m": 1_048_576, "p": 16}
_SALT_BYTES = 16
_NONCE_BYTES = 12
_SEALED_BYTES = KEY_BYTES + 16


@dataclass(frozen=True)
class Wrap:
    """The store key under one 32-byte secret: AES-256-GCM, bound to store id, wrap id and kind.

    `created` is ISO 8601 with a zone; `label` is for people, such as the machine's name; `params` says how
    a passphrase becomes the secret: argon2id's t (passes), m (KiB), p (lanes) and salt (base64).
    """

    id: str
    kind: Kind
    created: str
    label: str
    params: tuple[tuple[str, str | int], ...]
    nonce: bytes
    sealed: bytes


@dataclass(frozen=True)
class KeyFile:
    """All wraps of one store's key, as they lie beside the database."""

    store_id: str
    wraps: tuple[Wrap, ...] = ()

    def __post_init__(self) -> None:
        if len({wrap.id for wrap in self.wraps}) != len(self.wraps):
            raise Damaged("key-file-damaged")

    def __iter__(self) -> Iterator[Wrap]:
        return iter(self.wraps)

    def add(self, wrap: Wrap) -> KeyFile:
        return replace(self, wraps=(*self.wraps, wrap))

    def drop(self, wrap_id: str) -> KeyFile:
        """Without one wrap; NotFound("no-such-wrap"), NotAllowed("last-wrap") if keyrings alone stay."""
        kept = tuple(wrap for wrap in self.wraps if wrap.id != wrap_id)
        if len(kept) == len(self.wraps):
            raise NotFound("no-such-wrap", id=wrap_id)
        if not any(wrap.kind != "keyring" for wrap in kept):
            raise NotAllowed("last-wrap", id=wrap_id)
        return replace(self, wraps=kept)

    def without(self, kinds: Collection[Kind]) -> KeyFile:
        """What may leave this machine: a backup carries all wraps but the keyrings'."""
        return replace(self, wraps=tuple(wrap for wrap in self.wraps if wrap.kind not in kinds))

    def open_with_secret(self, secret: bytes, kind: Kind = "keyring") -> bytes:
        """The store key by a wrap's own 32-byte secret; raises NoKey("no-<kind>-wrap" or "wrong-<kind>")."""
        return self._open(kind, lambda _: secret)

    def open_with_passphrase(self, text: str) -> bytes:
        """The store key; raises NoKey("no-passphrase-wrap" or "wrong-passphrase")."""
        return self._open("passphrase", lambda wrap: _stretch(_nfc(text), dict(wrap.params)))

    def open_with_recovery(self, words: str) -> bytes:
        """The store key by a sheet's words, as typed.

        Raises BadInput as `spoken.recovery_secret` does; NoKey("no-recovery-wrap" or "wrong-recovery").
        """
        secret = recovery_key(recovery_secret(words))
        return self._open("recovery", lambda _: secret)

    def _open(self, kind: Kind, secret_of: Callable[[Wrap], bytes]) -> bytes:
        candidates = [wrap for wrap in self.wraps if wrap.kind == kind]
        for wrap in candidates:
            try:
                bound = _bound(self.store_id, wrap.id, wrap.kind)
                return AESGCM(secret_of(wrap)).decrypt(wrap.nonce, wrap.sealed, bound)
            except InvalidTag:
                continue
        raise NoKey(f"wrong-{kind}" if candidates else f"no-{kind}-wrap")

    def to_bytes(self) -> bytes:
        """Canonical JSON: sorted keys, no spaces, UTF-8, NFC, one line feed at the end."""
        rows = [
            {
                "id": wrap.id,
                "kind": wrap.kind,
                "created": wrap.created,
                "label": wrap.label,
                "params": dict(wrap.params),
                "nonce": b64encode(wrap.nonce).decode(),
                "sealed": b64encode(wrap.sealed).decode(),
            }
            for wrap in self.wraps
        ]
        content = {"version": VERSION, "store": self.store_id, "wraps": rows}
        text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return text.encode() + b"\n"

    @classmethod
    def from_bytes(cls, data: bytes) -> KeyFile:
        """Raises NewerStore("key-file-newer") for a later format, else Damaged("key-file-damaged")."""
        try:
            content = json.loads(data)
            version = content["version"]
            if type(version) is int and version > VERSION:
                raise NewerStore("key-file-newer", version=version)
            if version != VERSION:
                raise ValueError(version)
            return cls(_text(content["store"]), tuple(_wrap(row) for row in content["wraps"]))
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise Damaged("key-file-damaged") from error


def wrap_with_secret(
    store_id: str, store_key: bytes, secret: bytes, *, created: str, label: str = "", kind: Kind = "keyring"
) -> Wrap:
    """A wrap under a random 32-byte secret that something else keeps: an OS user's keyring."""
    return _seal(store_id, store_key, secret, kind, created, label)


def wrap_with_passphrase(
    store_id: str, store_key: bytes, text: str, *, created: str, label: str = ""
) -> Wrap:
    """A wrap under a passphrase (argon2id, RFC 9106); raises BadInput("passphrase-short")."""
    text = _nfc(text)
    if len(text) < SHORTEST_PASSPHRASE:
        raise BadInput("passphrase-short", field="passphrase", at_least=SHORTEST_PASSPHRASE)
    params: dict[str, str | int] = {**_ARGON2, "salt": b64encode(os.urandom(_SALT_BYTES)).decode()}
    return _seal(store_id, store_key, _stretch(text, params), "passphrase", created, label, params)


def wrap_with_recovery(
    store_id: str, store_key: bytes, secret: bytes, *, created: str, label: str = ""
) -> Wrap:
    """A wrap under the 16 random bytes that are printed as words on the recovery sheet."""
    return _seal(store_id, store_key, recovery_key(secret), "recovery", created, label)


def _seal(
    store_id: str,
    store_key: bytes,
    secret: bytes,
    kind: Kind,
    created: str,
    label: str,
    params: dict[str, str | int] | None = None,
) -> Wrap:
    assert len(store_key) == len(secret) == KEY_BYTES
    wrap_id, nonce = os.urandom(4).hex(), os.urandom(_NONCE_BYTES)
    sealed = AESGCM(secret).encrypt(nonce, store_key, _bound(store_id, wrap_id, kind))
    derivation = tuple(sorted((params or {}).items()))
    return Wrap(wrap_id, kind, created, unicodedata.normalize("NFC", label), derivation, nonce, sealed)


def _bound(store_id: str, wrap_id: str, kind: Kind) -> bytes:
    """The associated data; the parts hold no zero byte, so no two triples share it."""
    return b"\0".join(part.encode() for part in (store_id, wrap_id, kind))


def _stretch(text: str, params: dict[str, str | int]) -> bytes:
    from argon2.low_level import Type, hash_secret_raw  # a store that its keyring opens does without

    return hash_secret_raw(
        text.encode("utf-8", "surrogatepass"),
        b64decode(str(params["salt"])),
        time_cost=int(params["t"]),
        memory_cost=int(params["m"]),
        parallelism=int(params["p"]),
        hash_len=KEY_BYTES,
        type=Type.ID,
    )


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _wrap(row: dict[str, object]) -> Wrap:
    kinds: dict[object, Kind] = {kind: kind for kind in KINDS}
    kind = kinds[row["kind"]]
    nonce, sealed = _bytes(row["nonce"], _NONCE_BYTES), _bytes(row["sealed"], _SEALED_BYTES)
    texts = (_text(row["created"]), _text(row["label"]))
    return Wrap(_text(row["id"]), kind, *texts, _params(kind, row["params"]), nonce, sealed)


def _params(kind: Kind, params: object) -> tuple[tuple[str, str | int], ...]:
    if kind != "passphrase":
        return ()
    if not isinstance(params, dict) or set(params) != {*_DEAREST, "salt"}:
        raise ValueError("params")
    for name, most in _DEAREST.items():
        if type(params[name]) is not int or not 1 <= params[name] <= most:
            raise ValueError(name)
    if params["m"] < 8 * params["p"]:
        raise ValueError("m")
    _bytes(params["salt"], _SALT_BYTES)
    return tuple(sorted(params.items()))


def _bytes(text: object, size: int) -> bytes:
    data = b64decode(_text(text), validate=True)
    if len(data) != size:
        raise ValueError(size)
    return data


def _text(value: object) -> str:
    if not isinstance(value, str) or "\0" in value:
        raise ValueError("text")
    value.encode()  # a lone surrogate is no text
    return value

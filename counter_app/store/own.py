"""What this machine alone knows of itself: its keys, its clock, its small settings of record."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import Connection, bindparam, delete, insert, select

from counter_app.crypto.sealing import SealingKey
from counter_app.crypto.signing import Signer
from counter_app.store.tables import own


@dataclass(frozen=True)
class Keys:
    """The log's Ed25519 seed, the sealing X25519 key, and the branch that this store writes on."""

    signing: bytes
    sealing: bytes
    branch: int


def get(connection: Connection, name: str) -> bytes | None:
    found = connection.execute(_GET, {"n": name}).scalar()
    return bytes(found) if found is not None else None


def put(connection: Connection, name: str, value: bytes) -> None:
    connection.execute(_PUT, {"name": name, "value": value})


def drop(connection: Connection, name: str) -> None:
    connection.execute(delete(own).where(own.c.name == name))


def get_text(connection: Connection, name: str, default: str = "") -> str:
    found = get(connection, name)
    return default if found is None else found.decode()


def put_text(connection: Connection, name: str, value: str) -> None:
    put(connection, name, value.encode())


def clock(connection: Connection) -> int:
    """The hybrid clock of the last event written or heard here."""
    return int.from_bytes(get(connection, "clock") or b"", "big")


def set_clock(connection: Connection, hlc: int) -> None:
    put(connection, "clock", hlc.to_bytes(8, "big"))


def keys(connection: Connection) -> Keys:
    found = keys_or_none(connection)
    assert found is not None, "a store is opened with its first log"
    return found


def keys_or_none(connection: Connection) -> Keys | None:
    raw = get(connection, "keys")
    return Keys(raw[:32], raw[32:64], int.from_bytes(raw[64:], "big")) if raw else None


def set_keys(connection: Connection, new: Keys) -> None:
    put(connection, "keys", new.signing + new.sealing + new.branch.to_bytes(8, "big"))


@lru_cache(maxsize=1)
def signer_of(seed: bytes) -> Signer:
    """The log's signer, kept: to derive its public key takes as long as to sign."""
    return Signer(seed)


def fresh_keys() -> tuple[Signer, SealingKey]:
    """Keys drawn from the system's random source."""
    return Signer.generate(), SealingKey.generate()


_GET = select(own.c.value).where(own.c.name == bindparam("n"))
_PUT = insert(own).prefix_with("OR REPLACE")

"""What this machine alone knows of itself: its keys, its clock, its small settings of record."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from sqlalchemy import Connection, bindparam, delete, insert, literal, or_, select

from counter_app.crypto.sealing import SealingKey
from counter_app.crypto.signing import Signer
from counter_app.store.prepared import Prepared
from counter_app.store.tables import own

SPEAKER: Final = "sync/speaker"
"""The log under which the machine was enrolled with its district: its name, and the seed of its key."""
RENEW: Final = "renew"
"""Set where this log has gone on elsewhere too: the next start takes a new one."""


_LOG: Final = 8  # bytes of a log's name


@dataclass(frozen=True)
class Keys:
    """The log's Ed25519 seed, the sealing X25519 key, and the branch that this store writes on."""

    signing: bytes
    sealing: bytes
    branch: int


UNTOLD: Final = "recovery/untold"
"""What was wrong with the store that this one was recovered of, until it is told what was lost of it."""


def get(connection: Connection, name: str) -> bytes | None:
    found = _GET.first(connection, n=name)
    return found[0] if found is not None else None


def put(connection: Connection, name: str, value: bytes) -> None:
    _PUT.run(connection, name=name, value=value)


def drop(connection: Connection, name: str) -> None:
    _DROP.run(connection, n=name)


def beginning(connection: Connection, name: str) -> list[tuple[str, bytes]]:
    """Names that begin so, with their values."""
    return [(row[0], row[1]) for row in _BEGINNING.all(connection, a=name, z=name + "\U0010ffff")]


def get_text(connection: Connection, name: str, default: str = "") -> str:
    found = get(connection, name)
    return default if found is None else found.decode()


def put_text(connection: Connection, name: str, value: str) -> None:
    put(connection, name, value.encode())


def speaker(connection: Connection) -> bytes:
    """The name of the log under which the machine was enrolled with its district; empty where it was not."""
    return (get(connection, SPEAKER) or b"")[:_LOG]


class Notes:
    """What every act needs of these values and leaves behind: read at its start, written at its end."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._kept: dict[str, bytes] = dict(_NOTES.all(connection))
        self._changed: set[str] = set()

    def write(self) -> None:
        """Brings what was set into the transaction."""
        if gone := [{"n": name} for name in self._changed if name not in self._kept]:
            _DROP.run_each(self._connection, gone)
        if left := [{"name": n, "value": self._kept[n]} for n in self._changed if n in self._kept]:
            _PUT.run_each(self._connection, left)
        self._changed.clear()

    @property
    def last_act(self) -> int | None:
        """The time of the last act, in milliseconds since 1970; None before the first."""
        raw = self._kept.get(_WALL)
        return int.from_bytes(raw, "big") if raw is not None else None

    @last_act.setter
    def last_act(self, ms: int) -> None:
        self._set(_WALL, ms.to_bytes(8, "big"))

    @property
    def offset(self) -> int | None:
        """Milliseconds to add to the wall, as a supervisor typed the time; None where nobody did."""
        raw = self._kept.get(_OFFSET)
        return int(raw) if raw is not None else None

    @offset.setter
    def offset(self, ms: int | None) -> None:
        self._set(_OFFSET, None if ms is None else str(ms).encode())

    @property
    def clock(self) -> int:
        """The hybrid clock of the last event written or heard here."""
        return int.from_bytes(self._kept.get(_CLOCK, b""), "big")

    @clock.setter
    def clock(self, hlc: int) -> None:
        self._set(_CLOCK, hlc.to_bytes(8, "big"))

    @property
    def keys(self) -> Keys | None:
        """None before the store's first log."""
        raw = self._kept.get(_KEYS)
        return Keys(raw[:32], raw[32:64], int.from_bytes(raw[64:], "big")) if raw else None

    @keys.setter
    def keys(self, new: Keys) -> None:
        self._set(_KEYS, new.signing + new.sealing + new.branch.to_bytes(8, "big"))

    def _set(self, name: str, value: bytes | None) -> None:
        if value is None:
            self._kept.pop(name, None)
        else:
            self._kept[name] = value
        self._changed.add(name)


def keys(connection: Connection) -> Keys:
    """The keys of a store that has its first log."""
    found = Notes(connection).keys
    assert found is not None, "a store is opened with its first log"
    return found


@lru_cache(maxsize=1)
def signer_of(seed: bytes) -> Signer:
    """The log's signer, kept: to derive its public key takes as long as to sign."""
    return Signer(seed)


def fresh_keys() -> tuple[Signer, SealingKey]:
    """Keys drawn from the system's random source."""
    return Signer.generate(), SealingKey.generate()


_CLOCK, _KEYS, _WALL, _OFFSET = "clock", "keys", "wall", "clock_offset"
_NOTES = Prepared(
    select(own).where(or_(*(own.c.name == literal(name) for name in (_CLOCK, _KEYS, _WALL, _OFFSET))))
)
_DROP = Prepared(delete(own).where(own.c.name == bindparam("n")))
_BEGINNING = Prepared(select(own).where(own.c.name.between(bindparam("a"), bindparam("z"))))
_GET = Prepared(select(own.c.value).where(own.c.name == bindparam("n")))
_PUT = Prepared(insert(own).prefix_with("OR REPLACE"), "name", "value")

"""A run: consecutive events of one log as they travel, ending where their author signed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from counter_app.domain.events import Header, payload_key, proof


class Packed(NamedTuple):
    """One event on the road: its raw header, and its payload or what stands for it in the chain.

    With a payload, `key` is given only where its log's salt is gone. Without, `proof` stands for it and
    `absent` says why ("erased" or "not_carried").
    """

    header: bytes
    payload: bytes | None
    key: bytes | None = None
    proof: bytes | None = None
    absent: str = ""

    def proved(self, salt: bytes | None, seq: int) -> bytes | None:
        """p, or None where nothing here gives it."""
        if self.payload is None:
            return self.proof
        key = self.key or (payload_key(salt, seq) if salt else None)
        return proof(key, self.payload) if key else None


@dataclass(frozen=True, slots=True)
class Run:
    """Events `first`, `first` + 1, … of a log; `salts` by dossier; `signature` over the head at the end.

    `headers` are those of the events where whoever unpacked them had them at hand: the same, read.
    """

    log: bytes
    first: int
    events: tuple[Packed, ...]
    salts: Mapping[bytes, bytes] = field(hash=False)
    signature: bytes
    headers: tuple[Header, ...] = field(default=(), compare=False, repr=False)

    @property
    def last(self) -> int:
        return self.first + len(self.events) - 1

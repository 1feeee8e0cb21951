"""What a place knows: for each branch of each log, hashes at its head and ever further back.

With samples at the head, 1, 2, 4, 8… places before it, another place finds where the two parted (or how far
the first lags) without asking back, which a USB stick cannot do.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from counter_app.domain.hlc import LARGEST


@dataclass(frozen=True)
class Vector:
    """`samples`: log -> {seq: hashes known there} (several hashes where the log is forked)."""

    samples: Mapping[bytes, Mapping[int, frozenset[bytes]]]

    @property
    def heads(self) -> dict[bytes, int]:
        """The last place known of each log."""
        return {log: max(places) for log, places in self.samples.items() if places}

    def knows(self, log: bytes, seq: int, hash_: bytes) -> bool:
        return hash_ in self.samples.get(log, {}).get(seq, ())

    def to_rows(self) -> list[list[object]]:
        return [
            [log, [[seq, *sorted(hashes)] for seq, hashes in sorted(places.items())]]
            for log, places in sorted(self.samples.items())
        ]

    @classmethod
    def from_rows(cls, rows: Iterable[tuple[Any, Iterable[Any]]]) -> Vector:
        """Reads `to_rows`; raises ValueError or TypeError for anything else."""
        samples = {}
        for log, places in rows:
            if not isinstance(log, bytes) or len(log) != 8:
                raise ValueError("log")
            samples[log] = {_place(seq): frozenset(map(_hash, hashes)) for seq, *hashes in places}
        return cls(samples)


def _place(seq: object) -> int:
    if not isinstance(seq, int) or not 1 <= seq <= LARGEST:
        raise ValueError("seq")
    return seq


def _hash(hash_: object) -> bytes:
    if not isinstance(hash_, bytes) or len(hash_) != 32:
        raise ValueError("hash")
    return hash_


EMPTY = Vector({})


def sample_places(first: int, last: int) -> list[int]:
    """The places between `first` and `last` that a vector names: last, last − 1, − 2, − 4, … and first."""
    places, back = [last], 1
    while last - back > first:
        places.append(last - back)
        back *= 2
    return [*places, first] if first < last else places

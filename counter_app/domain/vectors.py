"""What a place knows: for each branch of each log, hashes at its head and ever further back.

With samples at the head, 1, 2, 4, 8… places before it, another place finds where the two parted (or how far
the first lags) without asking back, which a USB stick cannot do.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


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
    def from_rows(cls, rows: Iterable[tuple[bytes, Iterable[tuple[int, bytes]]]]) -> Vector:
        """Reads `to_rows`; raises ValueError or TypeError for anything else."""
        samples = {}
        for log, places in rows:
            if not isinstance(log, bytes) or len(log) != 8:
                raise ValueError("log")
            samples[log] = {int(place[0]): frozenset(bytes(h) for h in place[1:]) for place in places}
        return cls(samples)


EMPTY = Vector({})


def sample_places(first: int, last: int) -> list[int]:
    """The places between `first` and `last` that a vector names: last, last − 1, − 2, − 4, … and first."""
    places, back = [last], 1
    while last - back > first:
        places.append(last - back)
        back *= 2
    return [*places, first] if first < last else places

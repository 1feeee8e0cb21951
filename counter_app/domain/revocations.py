"""How far the logs of revoked machines count, as the district's events say it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from counter_app.domain.events import Event

LOG, HASH = 8, 32  # bytes


class End(NamedTuple):
    """An event of a log: it and all that it has behind it count."""

    seq: int
    hash: bytes


def of(events: Iterable[Event]) -> Mapping[bytes, frozenset[End]]:
    """The ends of each limited log; a later word adds to an earlier one, so their order says nothing."""
    found: dict[bytes, frozenset[End]] = {}
    for event in events:
        if event.header.kind not in ("revoked", "admitted") or event.payload is None:
            continue
        try:
            log, hash_ = (bytes.fromhex(event.payload[name]) for name in ("log", "hash"))
            seq = event.payload["seq"]
        except (KeyError, TypeError, ValueError):
            continue
        if len(log) == LOG and len(hash_) == HASH and isinstance(seq, int):
            found[log] = found.get(log, frozenset()) | {End(seq, hash_)}
    return found

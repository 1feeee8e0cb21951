"""What the district orders a machine to do, as its events say it: to lock its counter, to open it again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from counter_app.domain.order import Arranged


class Order(StrEnum):
    LOCK = "lock"
    UNLOCK = "unlock"


@dataclass(frozen=True)
class Lock:
    """`event` is the hash of the one that ordered it."""

    event: bytes
    reason: str


def locks(arranged: Arranged) -> Mapping[bytes, Lock]:
    """The machines that are locked, by the log that each was enrolled with: its last order decides."""
    found: dict[bytes, Lock] = {}
    for event in arranged.events:
        if event.header.kind != "ordered" or event.payload is None:
            continue
        try:
            log, order = bytes.fromhex(event.payload["log"]), event.payload["order"]
        except (KeyError, TypeError, ValueError):
            continue
        if order == Order.LOCK:
            found[log] = Lock(event.hash, str(event.payload.get("reason", "")))
        elif order == Order.UNLOCK:
            found.pop(log, None)
    return found

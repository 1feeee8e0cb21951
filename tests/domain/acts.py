"""Machines that write events of one dossier and hear of each other's, for tests of order and fold."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from counter_app.domain import canonical, hlc, kinds
from counter_app.domain.events import NOTHING_BEFORE, Branch, Event, Header, chain, payload_key, proof
from counter_app.domain.order import arrange, heads_for

DOSSIER = bytes.fromhex("0190a000000070008000000000000001")
START_MS = 1_790_000_000_000
RECEPTION: dict[str, Any] = {
    "code": "H55.242-261122-1001",
    "agency": "H55.242",
    "applicant": {"kind": "person", "name": "H’Loan Niê Kđăm", "phone": "0900000123"},
    "procedure": {"code": "1.004884", "name": "Đăng ký lại khai sinh"},
    "channel": "counter",
    "received_at": "2026-11-20T08:15:00+07:00",
    "due": "2026-11-27T17:00:00+07:00",
    "sets": 1,
    "fee": {"amount": 8000},
}


@dataclass
class Machine:
    """One log. `known` is all that it has of the dossier; what it writes it has seen the heads of."""

    name: bytes
    known: dict[bytes, Event] = field(default_factory=dict)
    seq: int = 0
    head: bytes = NOTHING_BEFORE
    clock: int = 0
    path: tuple[Branch, ...] = ()

    def write(
        self,
        kind: str,
        payload: dict[str, Any],
        *,
        at_ms: int = START_MS,
        version: int = 1,
        fact: bool | None = None,
    ) -> Event:
        arranged = arrange(self.known.values())
        self.seq += 1
        self.clock = hlc.tick(self.clock, at_ms)
        if fact is None:
            fact = kinds.KINDS[kind].fact
        seen = heads_for(arranged, self.name, self.path)
        header = Header(self.name, self.seq, self.clock, DOSSIER, fact, kind, version, "lan", seen)
        key = payload_key(b"salt" * 4, self.seq)
        self.head = chain(self.head, header.to_bytes(), proof(key, canonical.encode(payload)))
        event = Event(header, self.head, payload, self.path)
        self.known[event.hash] = event
        return event

    def hear(self, *events: Event) -> None:
        for event in events:
            self.known[event.hash] = event
            self.clock = max(self.clock, event.header.hlc)

    def hear_all_of(self, other: Machine) -> None:
        self.hear(*other.known.values())


def machine(number: int) -> Machine:
    return Machine(bytes([number]) * 8)


def pair() -> tuple[Machine, Machine]:
    """Two machines that both know the dossier's reception, written on the first."""
    one, two = machine(1), machine(2)
    two.hear(one.write("received", RECEPTION))
    return one, two

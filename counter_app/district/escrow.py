"""Hands the key of a dead machine's store to the one that takes its place."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from counter_app.crypto.escrow import open_key, seal_key
from counter_app.district import journal
from counter_app.district.identity import Identity
from counter_app.district.ledger import CommuneLedger
from counter_app.domain.errors import Refused


def release(
    ledger: CommuneLedger, who: Identity, machine: Collection[bytes], log: bytes, to: bytes, now_ms: int
) -> None:
    """Seals each store key that these logs have left here to the new machine's log and its X25519 key."""
    for store, key in dict(_kept(ledger, who, machine)).items():
        sealed = seal_key(store, key, to, who.signing)
        said = {"log": log.hex(), "store": store, "sealed": sealed.hex()}
        journal.append(ledger, who, now_ms, "released", said)


def _kept(ledger: CommuneLedger, who: Identity, machine: Collection[bytes]) -> Iterator[tuple[str, bytes]]:
    for event in journal.known_of(ledger).arranged.events:
        if event.header.kind != "escrowed" or event.header.log not in machine or not event.payload:
            continue
        try:
            yield open_key(bytes.fromhex(event.payload["sealed"]), who.sealing)
        except (Refused, KeyError, TypeError, ValueError):
            continue  # sealed to another district, or by a machine that lies

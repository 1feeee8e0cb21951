"""Orders to a machine: its counter is locked, and opened again; nothing on it is deleted."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from counter_app.district import devices, journal
from counter_app.district.identity import Identity
from counter_app.domain.errors import AlreadyThere, NotAllowed
from counter_app.domain.names import clean_line
from counter_app.domain.orders import Order


def order(
    connection: Connection, who: Identity, number: int, wanted: Order, reason: str, now_ms: int
) -> dict[str, Any]:
    """Reaches the machine with its next exchange, in each of its places; what the command prints.

    Raises NotFound("no-such-machine"), NotAllowed("machine-not-entered" | "machine-not-locked"),
    AlreadyThere("machine-locked-already").
    """
    places = [one for one in devices.places_of(connection, number) if one.log is not None]
    if not places:
        raise NotAllowed("machine-not-entered", device=number)
    reason, done = clean_line(reason), 0
    for place in places:
        row, ledger = devices.locked(connection, place.device)
        if (bytes(row.log) in journal.known_of(ledger).locks) is (wanted is Order.LOCK):
            continue
        said = {"log": bytes(row.log).hex(), "order": wanted.value, **({"reason": reason} if reason else {})}
        journal.append(ledger, who, now_ms, "ordered", said)
        ledger.finish()
        done += 1
    if not done and wanted is Order.LOCK:
        raise AlreadyThere("machine-locked-already", device=number)
    if not done:
        raise NotAllowed("machine-not-locked", device=number)
    return {"device": number, "order": wanted.value, "reason": reason}

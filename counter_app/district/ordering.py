"""Orders to a machine: its counter is locked, and opened again; nothing on it is deleted."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from counter_app.district import journal
from counter_app.district.identity import Identity
from counter_app.district.ledger import CommuneLedger
from counter_app.district.tables import devices
from counter_app.domain.errors import AlreadyThere, NotAllowed, NotFound
from counter_app.domain.names import clean_line
from counter_app.domain.orders import Order


def order(
    connection: Connection, who: Identity, number: int, wanted: Order, reason: str, now_ms: int
) -> dict[str, Any]:
    """Reaches the machine with its next exchange; what the command prints.

    Raises NotFound("no-such-machine"), NotAllowed("machine-not-entered" | "machine-not-locked"),
    AlreadyThere("machine-locked-already").
    """
    row = connection.execute(select(devices).where(devices.c.device == number)).first()
    if row is None:
        raise NotFound("no-such-machine", device=number)
    if row.log is None:
        raise NotAllowed("machine-not-entered", device=number)
    ledger = CommuneLedger(connection, row.commune)
    ledger.lock()
    locked = bytes(row.log) in journal.known_of(ledger).locks
    if wanted is Order.LOCK and locked:
        raise AlreadyThere("machine-locked-already", device=number)
    if wanted is Order.UNLOCK and not locked:
        raise NotAllowed("machine-not-locked", device=number)
    reason = clean_line(reason)
    said = {"log": bytes(row.log).hex(), "order": wanted.value, **({"reason": reason} if reason else {})}
    journal.append(ledger, who, now_ms, "ordered", said)
    ledger.finish()
    return {"device": number, "order": wanted.value, "reason": reason}

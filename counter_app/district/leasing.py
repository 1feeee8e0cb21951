"""Slots of numbers, leased to machines for code dates that no other machine has or had."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Final

from sqlalchemy import bindparam, select, update

from counter_app.district import journal
from counter_app.district.identity import Identity
from counter_app.district.ledger import CommuneLedger
from counter_app.district.tables import devices
from counter_app.domain.zone import VIETNAM

SLOTS: Final = (*range(1, 9), *range(90, 100))
"""Those of a commune (domain.codes): eight that make short codes first."""
LASTS: Final = timedelta(days=92)
"""A machine without a network numbers on for a month and a half at least; a lost one's slot rests so long."""
_RENEWED: Final = timedelta(days=46)  # before its end


def lease(ledger: CommuneLedger, who: Identity, device: int, log: bytes, now_ms: int) -> None:
    """Gives the device a slot, or more dates of its own; nothing where it has enough, or none is free."""
    today = datetime.fromtimestamp(now_ms / 1000, UTC).astimezone(VIETNAM).date()
    rows = ledger.connection.execute(_SLOTS, {"c": ledger.commune}).all()
    mine = next(row for row in rows if row.device == device)
    if mine.slot is None:
        taken = {row.slot for row in rows if row.slot is not None and row.slot_to >= today.isoformat()}
        slot = next((slot for slot in SLOTS if slot not in taken), None)
        if slot is None:
            return
        first = today
    else:
        until = date.fromisoformat(mine.slot_to)
        if until - today > _RENEWED:
            return
        slot, first = mine.slot, max(until + timedelta(days=1), today)
        if any(r.slot == slot and r.device != device and r.slot_to >= first.isoformat() for r in rows):
            return  # it rested too long, and another machine has the slot now
    last = today + LASTS
    said = {"log": log.hex(), "slot": slot, "first": first.isoformat(), "last": last.isoformat()}
    journal.append(ledger, who, now_ms, "leased", said)
    ledger.connection.execute(
        update(devices)
        .where(devices.c.commune == ledger.commune, devices.c.device == device)
        .values(slot=slot, slot_from=first.isoformat(), slot_to=last.isoformat())
    )


_SLOTS = (
    select(devices.c.device, devices.c.slot, devices.c.slot_to)
    .where(devices.c.commune == bindparam("c"))
    .order_by(devices.c.device)
)

"""Slots of numbers, leased to machines for code dates that no other machine has or had."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta
from typing import Final

from sqlalchemy import bindparam, select, update

from counter_app.district import journal
from counter_app.district.identity import Identity
from counter_app.district.ledger import CommuneLedger
from counter_app.district.tables import devices
from counter_app.domain.codes import Lease
from counter_app.domain.zone import VIETNAM

SLOTS: Final = (*range(1, 9), *range(90, 100))
"""Those of a commune (domain.codes): eight that make short codes first."""
LASTS: Final = timedelta(days=92)
"""A machine without a network numbers on for a month and a half at least; a lost one's slot rests so long."""
_RENEWED: Final = timedelta(days=46)  # before its end
_FURTHEST: Final = _RENEWED + timedelta(days=1) + LASTS  # from today to the end of a lease


def lease(ledger: CommuneLedger, who: Identity, device: int, log: bytes, now_ms: int) -> None:
    """Gives the device a slot, or more dates of its own; nothing where it has enough, or none is free."""
    today = _day(now_ms)
    told = ledger.connection.execute(_LAST, {"c": ledger.commune, "d": device}).scalar()
    if told is not None and date.fromisoformat(told) - today > _RENEWED:
        return
    # The events decide, and not the row: a district that was put back is told again what it leased.
    leases = journal.known_of(ledger).leases
    others = [one for name, given in leases.items() if name != log for one in given]
    mine = max(leases.get(log, ()), key=lambda one: one.last, default=None)
    if mine is None or mine.last - today <= _RENEWED:
        if (new := _next(mine, others, today, who)) is None:
            return
        said = {"slot": new.slot, "first": new.first.isoformat(), "last": new.last.isoformat()}
        journal.append(ledger, who, now_ms, "leased", {"log": log.hex(), **said})
        mine = new
    ledger.connection.execute(
        update(devices)
        .where(devices.c.commune == ledger.commune, devices.c.device == device)
        .values(slot=mine.slot, slot_from=mine.first.isoformat(), slot_to=mine.last.isoformat())
    )


def _next(mine: Lease | None, others: Collection[Lease], today: date, who: Identity) -> Lease | None:
    if mine is not None:
        slots, first = (mine.slot,), max(mine.last + timedelta(days=1), today)
    else:
        # What a district leased before it was put back it may never learn: its slots rest until then.
        rests = _day(who.since_ms) + _FURTHEST if who.since_ms else date.min
        slots, first = SLOTS, max(today, rests + timedelta(days=1))
    ends = {one.slot: max(other.last for other in others if other.slot == one.slot) for one in others}
    free = (slot for slot in slots if ends.get(slot, date.min) < first)
    slot = next(free, None)  # its own may have rested too long, and be another machine's now
    return None if slot is None else Lease(slot, first, max(first, today) + LASTS)


def _day(ms: int) -> date:
    return datetime.fromtimestamp(ms / 1000, UTC).astimezone(VIETNAM).date()


_LAST = select(devices.c.slot_to).where(
    devices.c.commune == bindparam("c"), devices.c.device == bindparam("d")
)

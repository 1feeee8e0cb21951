"""What a dossier is asked to pay, and what of it is there: its fee, and what was charged later."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

CLOCK: Final = ("resumes", "due", "promise")
"""What a payment says of the clock."""
OF_MONEY: Final = ("payment", "refund", "transfer", "charge", "same", "reference")
"""Disputes between acts with money, which no register holds: an act is kept or was mistaken."""

Payload = Mapping[str, Any]
Acts = Iterable[tuple[int, str, Payload]]
"""Of one dossier, those that count: place in the order, kind, payload."""


def owed(acts: Acts, fee: int | None) -> int | None:
    """The fee in đồng with what was charged later; None while nobody knows the amount."""
    total, paid = fee, 0
    for _, kind, said in acts:
        if kind in ("paid", "refunded"):
            paid += said["amount"] if kind == "paid" else -said["amount"]
        elif kind == "payment_requested":
            total = max(total or 0, paid + said["amount"])
    return total


def left(acts: Acts) -> int:
    """Đồng of the last charge that were not paid, or were given back, since."""
    asked = missing = 0
    for _, kind, said in acts:
        if kind == "payment_requested":
            asked = missing = said["amount"]
        elif kind == "paid":
            missing -= said["amount"]
        elif kind == "refunded":
            missing = min(asked, missing + said["amount"])
    return max(0, missing)


def made_enough(acts: Acts) -> dict[int, Payload]:
    """Payments with which all of a charge is there though their writers did not see it, by their places; and
    how the clock goes on with each, as the part says that came last."""
    found: dict[int, Payload] = {}
    asked = missing = 0
    parts: list[Payload] = []
    for place, kind, said in acts:
        if kind == "payment_requested":
            asked = missing = said["amount"]
            parts = []
        elif kind == "refunded":
            missing = min(asked, missing + said["amount"])
        elif kind == "paid":
            before, missing = missing, missing - said["amount"]
            if said.get("resumes") is not False or "at" not in said:
                continue
            parts.append(said)
            if before > 0 >= missing:
                last = max(parts, key=_when)
                found[place] = {name: last[name] for name in CLOCK if name in last} | {"resumes": True}
    return found


def _when(said: Payload) -> datetime:
    return datetime.fromisoformat(said["at"])

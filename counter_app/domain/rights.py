"""What each role may do: one table, asked by services before an act and by the window before a key."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from counter_app.domain.commune import Role


class Right(StrEnum):  # quyền
    RECEIVE = "receive"
    HANDLE = "handle"
    """Steps, missing papers, results, refusals, withdrawals, corrections, mistaken entries."""
    HAND_BACK = "hand_back"
    TAKE_PAYMENT = "take_payment"
    PRINT = "print"
    CARRY = "carry"
    """Bundles, records for other programs, and caches made anew: the same events, moved."""
    RESET_PIN = "reset_pin"
    """Another's, beside the recovery sheet."""
    SIGN = "sign"
    """With the head's digital certificate."""
    EXTEND = "extend"
    SETTLE = "settle"
    SET_CLOCK = "set_clock"
    SET_RULES = "set_rules"
    """The catalogue and the calendars."""
    SET_COUNTER = "set_counter"
    KEEP_STORE = "keep_store"
    """What opens the store, and what takes its place."""
    SET_OFFICERS = "set_officers"
    PAIR = "pair"
    SEE_ACCESSES = "see_accesses"
    """Who looked at which dossier."""
    ERASE = "erase"
    """What a law says is to be forgotten; nobody brings it back."""


_COUNTER: Final = frozenset({Role.OFFICER, Role.HEAD, Role.ADMINISTRATOR})
_WITH_CASHIER: Final = _COUNTER | {Role.CASHIER}
_HEADS: Final = frozenset({Role.HEAD, Role.ADMINISTRATOR})
_ADMINISTRATOR: Final = frozenset({Role.ADMINISTRATOR})

MAY: Final[Mapping[Right, frozenset[Role]]] = {
    Right.RECEIVE: _COUNTER,
    Right.HANDLE: _COUNTER,
    Right.HAND_BACK: _COUNTER,
    Right.TAKE_PAYMENT: _WITH_CASHIER,
    Right.PRINT: _WITH_CASHIER,
    Right.CARRY: _WITH_CASHIER,
    Right.RESET_PIN: _WITH_CASHIER,
    Right.SIGN: _HEADS,
    Right.EXTEND: _HEADS,
    Right.SETTLE: _HEADS,
    Right.SET_CLOCK: _HEADS,
    Right.SET_RULES: _HEADS,
    Right.SET_COUNTER: _HEADS,
    Right.KEEP_STORE: _HEADS,
    Right.SEE_ACCESSES: _HEADS,
    Right.SET_OFFICERS: _ADMINISTRATOR,
    Right.PAIR: _ADMINISTRATOR,
    Right.ERASE: _HEADS,
}
"""A reader has no right; what everybody may do is to read, and to set his own PIN."""

OF_KIND: Final[Mapping[str, Right]] = {
    "extended": Right.EXTEND,
    "resolved": Right.SETTLE,
    "paid": Right.TAKE_PAYMENT,
    "refunded": Right.TAKE_PAYMENT,
    "returned": Right.HAND_BACK,
    "returned_partly": Right.HAND_BACK,
    "received": Right.RECEIVE,
    "printed": Right.PRINT,
    "erased": Right.ERASE,
}


def of_act(kind: str) -> Right:
    """The right that an act of this kind on a dossier needs."""
    return OF_KIND.get(kind, Right.HANDLE)


def who_may(right: Right) -> tuple[Role, ...]:
    """The roles that have it, in the order in which they are named."""
    return tuple(role for role in Role if role in MAY[right])

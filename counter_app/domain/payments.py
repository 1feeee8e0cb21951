"""Money that is paid: how, which official receipt of another system names it, and what was told twice."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from counter_app.domain.errors import BadInput
from counter_app.domain.names import clean_line

LONGEST_RECEIPT = 60
LARGEST_AMOUNT: Final = 10**12
"""Đồng; beyond what any commune takes, or keeps in a drawer."""
_AMOUNT: Final = re.compile(r"([0-9]{1,3}(?:[. ][0-9]{3})+|[0-9]+)\s*(?:đ|đồng)?")


class Method(StrEnum):  # hình thức thu
    CASH = "cash"  # tiền mặt
    TRANSFER = "transfer"  # chuyển khoản
    PORTAL = "portal"  # trực tuyến, trên Cổng dịch vụ công


@dataclass(frozen=True)
class Payment:
    """`amount` in đồng; `receipt` names the official receipt (biên lai) that the tax-connected system issued:
    it is recorded here and never issued (NĐ 123/2020). `reference` is the bank's or portal's name of a
    transfer; `statement` tells that a statement of account says so, and no officer."""

    amount: int
    method: Method = Method.CASH
    receipt: str = ""
    reference: str = ""
    statement: bool = False

    @classmethod
    def read(cls, amount: int, method: str = "", receipt: str = "", reference: str = "") -> Payment:
        """Raises BadInput: "not-a-reference", "not-one-of", "too-long", and as `require_amount`."""
        require_amount(amount)
        try:
            how = Method(method or Method.CASH)
        except ValueError as error:
            choices = ", ".join(Method)
            raise BadInput("not-one-of", field="method", value=method, choices=choices) from error
        return cls(amount, how, _name(receipt, "receipt"), _reference(reference))

    def fields(self) -> dict[str, Any]:
        """What an event says of it; cash goes without saying, as before there was another way."""
        told = {"method": self.method.value} if self.method is not Method.CASH else {}
        names = {"receipt": self.receipt, "reference": self.reference, "statement": self.statement}
        return {"amount": self.amount, **told, **{name: value for name, value in names.items() if value}}


def read_amount(text: str) -> int:
    """Đồng as people write them: 8000, 8.000 or 8.000 đ.

    Raises BadInput("amount-unreadable"), BadInput("amount-too-large").
    """
    found = _AMOUNT.fullmatch(clean_line(text).lower())
    if not found:
        raise BadInput("amount-unreadable", field="amount", value=text)
    digits = re.sub("[. ]", "", found[1]).lstrip("0")
    if len(digits) > len(str(LARGEST_AMOUNT)):  # int() reads no more than some thousand
        raise BadInput("amount-too-large", field="amount", value=text, largest=LARGEST_AMOUNT)
    amount = int(digits or 0)
    _require_at_most(amount)
    return amount


def require_amount(amount: int) -> None:
    """Raises BadInput("not-positive"), BadInput("amount-too-large")."""
    if amount <= 0:
        raise BadInput("not-positive", field="amount", value=amount)
    _require_at_most(amount)


def _require_at_most(amount: int) -> None:
    if amount > LARGEST_AMOUNT:
        raise BadInput("amount-too-large", field="amount", value=amount, largest=LARGEST_AMOUNT)


def _name(text: str, field: str) -> str:
    name = clean_line(text)
    if len(name) > LONGEST_RECEIPT:
        raise BadInput("too-long", field=field, value=name, limit=LONGEST_RECEIPT)
    return name


def _reference(text: str) -> str:
    name = _name(text, "reference")
    if name and not any(sign.isalnum() for sign in name):
        raise BadInput("not-a-reference", field="reference", value=name)
    return name


def method_of(payload: Any) -> Method:
    """How an event's money was paid; one of a later program counts as no cash."""
    said = payload.get("method", Method.CASH.value)
    return Method(said) if said in set(Method) else Method.PORTAL


def reference_key(reference: str) -> str:
    """What two spellings of one reference have in common, as a bank and an officer write it."""
    return "".join(sign for sign in reference.upper() if sign.isalnum()) or reference


def _rank(said: Mapping[str, Any]) -> tuple[bool, int, str]:
    """What of one reference counts: by what is said alone, so that no order changes a sum."""
    return bool(said.get("statement")), said["amount"], said["method"]


def told_again(payments: Mapping[int, Mapping[str, Any]]) -> dict[int, int]:
    """Payments that tell of money which another one has told of: their places, and that one's.

    `payments` are payloads by their place in the order. One reference is one transfer, whichever way it is
    said to have come: what the statement says of it counts, else the largest sum. A transfer of the statement
    that nobody marked under its reference confirms one of the same sum and way that was marked without any,
    else one that the portal took: its money comes to the account as a transfer. Which of them counts follows
    from the order; the sum does not.
    """
    named: dict[str, list[int]] = defaultdict(list)
    bare: dict[tuple[str, int], list[int]] = defaultdict(list)
    lone: dict[tuple[str, int], list[int]] = defaultdict(list)
    again: dict[int, int] = {}
    for place, said in sorted(payments.items()):
        method = said.get("method", Method.CASH)
        if method == Method.CASH or said["amount"] <= 0:
            continue
        if reference := said.get("reference"):
            named[reference_key(reference)].append(place)
        elif not said.get("statement"):
            bare[method, said["amount"]].append(place)
    for places in named.values():
        counts = max(places, key=lambda place: (*_rank(payments[place]), -place))
        again |= dict.fromkeys(set(places) - {counts}, counts)
        if all(payments[place].get("statement") for place in places):
            said = payments[counts]
            lone[said.get("method", Method.CASH), said["amount"]].append(counts)
    for (method, amount), confirming in lone.items():
        marked = bare[method, amount]
        if method == Method.TRANSFER:
            by_portal = len(lone.get((Method.PORTAL, amount), ()))
            marked = marked + bare[Method.PORTAL, amount][by_portal:]
        for pair in zip(sorted(confirming), marked, strict=False):
            again[max(pair)] = min(pair)
    return {place: again.get(counts, counts) for place, counts in again.items()}

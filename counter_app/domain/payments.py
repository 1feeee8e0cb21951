"""Money that passes a counter: how it was paid, and which official receipt of another system names it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from counter_app.domain.errors import BadInput
from counter_app.domain.names import clean_line

LONGEST_RECEIPT = 60


class Method(StrEnum):  # hình thức thu
    CASH = "cash"  # tiền mặt
    TRANSFER = "transfer"  # chuyển khoản
    PORTAL = "portal"  # trực tuyến, trên Cổng dịch vụ công


@dataclass(frozen=True)
class Payment:
    """`amount` in đồng; `receipt` names the official receipt (biên lai) that the tax-connected system issued:
    it is recorded here and never issued (NĐ 123/2020)."""

    amount: int
    method: Method = Method.CASH
    receipt: str = ""

    @classmethod
    def read(cls, amount: int, method: str = "", receipt: str = "") -> Payment:
        """Raises BadInput: "not-positive", "not-one-of", "too-long"."""
        if amount <= 0:
            raise BadInput("not-positive", field="amount", value=amount)
        try:
            how = Method(method or Method.CASH)
        except ValueError as error:
            choices = ", ".join(Method)
            raise BadInput("not-one-of", field="method", value=method, choices=choices) from error
        number = clean_line(receipt)
        if len(number) > LONGEST_RECEIPT:
            raise BadInput("too-long", field="receipt", value=number, limit=LONGEST_RECEIPT)
        return cls(amount, how, number)

    def fields(self) -> dict[str, Any]:
        """What an event says of it; cash goes without saying, as before there was another way."""
        told = {"method": self.method.value} if self.method is not Method.CASH else {}
        return {"amount": self.amount, **told, **({"receipt": self.receipt} if self.receipt else {})}


def method_of(payload: Any) -> Method:
    """How an event's money was paid; one of a later program counts as no cash."""
    said = payload.get("method", Method.CASH.value)
    return Method(said) if said in set(Method) else Method.PORTAL

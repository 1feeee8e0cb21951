"""The transfer by which a dossier's fee may be paid: to the office's account, naming the dossier (VietQR)."""

from __future__ import annotations

from dataclasses import dataclass

from counter_app.domain.vietqr import Account, purpose_of, transfer
from counter_app.services.office import Office


@dataclass(frozen=True)
class Transfer:
    """`text` is the QR's; `amount` in đồng; `purpose` as the bank's statement will show it."""

    text: str
    amount: int
    purpose: str
    account: Account
    payee: str


def transfer_for(office: Office, code: str, amount: int) -> Transfer | None:
    """None where the office has named no account, or there is nothing to pay.

    Raises BadInput("purpose-too-long") for a code that no bank keeps whole.
    """
    settings = office.settings
    if not settings.account or amount <= 0:
        return None
    account = Account(settings.bank, settings.account)
    return Transfer(transfer(account, amount, code), amount, purpose_of(code), account, settings.payee)

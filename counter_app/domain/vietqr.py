"""The text of a VietQR: who is to be paid how much for what, as every bank's app in Viet Nam reads it.

EMV QR Code Specification for Payment Systems, Merchant-Presented Mode, in the profile of NAPAS (QR switching,
part IV): fields of two digits, two digits of length and a value; 38 holds the payee of a NAPAS 247 transfer
to an account. The last field is CRC-16/CCITT-FALSE over all before it, its own name and length included.
"""

from __future__ import annotations

import binascii
import re
from dataclasses import dataclass
from typing import Final

from counter_app.domain.errors import BadInput
from counter_app.domain.names import fold

LARGEST: Final = 10**12
"""Đồng: more than this no field of 13 digits holds."""
LONGEST_PURPOSE: Final = 25
_NAPAS: Final = "A000000727"
_TO_ACCOUNT: Final = "QRIBFTTA"
_DONG: Final = "704"  # ISO 4217
_BIN: Final = re.compile(r"[0-9]{6}")
_ACCOUNT: Final = re.compile(r"[0-9A-Z]{1,19}")


@dataclass(frozen=True)
class Account:
    """Who is paid: the bank by the six digits that NAPAS gave it, and the account there.

    Raises BadInput: "bank-unreadable", "account-unreadable".
    """

    bank: str
    number: str

    def __post_init__(self) -> None:
        if not _BIN.fullmatch(self.bank):
            raise BadInput("bank-unreadable", field="bank", value=self.bank)
        if not _ACCOUNT.fullmatch(self.number):
            raise BadInput("account-unreadable", field="account", value=self.number)

    @classmethod
    def read(cls, bank: str, number: str) -> Account:
        """As typed: spaces, dots and hyphens within the number are for the eye."""
        return cls(re.sub(r"\s", "", bank), re.sub(r"[\s.\-]", "", number).upper())


def transfer(account: Account, amount: int, purpose: str) -> str:
    """The QR's text for one transfer of `amount` đồng.

    The purpose travels as the letters A to Z, digits and spaces: what banks keep of it. Raises
    BadInput: "not-positive", "out-of-range", "purpose-too-long".
    """
    if amount <= 0:
        raise BadInput("not-positive", field="amount", value=amount)
    if amount > LARGEST:
        raise BadInput("out-of-range", field="amount", value=amount, least=1, most=LARGEST)
    payee = _field("00", account.bank) + _field("01", account.number)
    said = purpose_of(purpose)
    text = (
        _field("00", "01")
        + _field("01", "12")  # to be paid once
        + _field("38", _field("00", _NAPAS) + _field("01", payee) + _field("02", _TO_ACCOUNT))
        + _field("53", _DONG)
        + _field("54", str(amount))
        + _field("58", "VN")
        + (_field("62", _field("08", said)) if said else "")
        + "6304"
    )
    return text + checksum(text)


def purpose_of(text: str) -> str:
    """What a bank's statement shows of a purpose: `H55.242-261122-1001` → `H55 242 261122 1001`.

    What is too long with its spaces stands without them; a part of it might name another dossier. Raises
    BadInput("purpose-too-long").
    """
    words = re.findall("[A-Z0-9]+", fold(text).upper())
    for plain in (" ".join(words), "".join(words)):
        if len(plain) <= LONGEST_PURPOSE:
            return plain
    raise BadInput("purpose-too-long", field="purpose", value=text, limit=LONGEST_PURPOSE)


def checksum(text: str) -> str:
    """CRC-16/CCITT-FALSE (polynomial 0x1021, begins with 0xFFFF) of what stands before it, in hex."""
    return f"{binascii.crc_hqx(text.encode('ascii'), 0xFFFF):04X}"


def _field(name: str, value: str) -> str:
    return f"{name}{len(value):02d}{value}"

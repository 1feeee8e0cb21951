"""Numbers in the certification registers (sổ chứng thực): which register, which volume, which number.

NĐ 23/2015/NĐ-CP, Điều 13: a number is that of the line in the register, with the volume, the year and the
sign of the kind; numbers run on from 1 until the year ends, also where another volume is begun. Each machine
has volumes of its own, so machines that cannot see each other never give one number twice.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from counter_app.domain.errors import BadInput
from counter_app.domain.names import clean_line, words

if TYPE_CHECKING:
    from counter_app.domain.procedures import Procedure

LARGEST: Final = 9_999_999
LONGEST: Final = 40  # letters of a volume


class Book(StrEnum):  # loại sổ chứng thực, NĐ 23/2015 Điều 13 khoản 4
    COPIES = "SCT/BS"
    SIGNATURES = "SCT/CK,ĐC"
    TRANSLATORS = "SCT/CKND"
    CONTRACTS = "SCT/HĐ,GD"


@dataclass(frozen=True)
class RegisterNumber:  # số chứng thực
    """One line of one volume: number 12 of `01/2026-SCT/BS`."""

    volume: str
    number: int

    @property
    def key(self) -> str:
        """What it is found by, and what no second act may bear."""
        return f"{self.number}/{self.volume}".upper()

    @property
    def book(self) -> Book | None:
        """The register whose sign the volume bears."""
        return next((book for book in Book if self.volume.endswith(f"-{book.value}")), None)

    @classmethod
    def of(cls, payload: Mapping[str, Any]) -> RegisterNumber | None:
        """The number that a `finished` event gave; None where it gave none."""
        volume, number = payload.get("volume"), payload.get("entry")
        return cls(volume, number) if isinstance(volume, str) and isinstance(number, int) else None


# Beginnings of a name, folded, and the register that such an act stands in. "Cấp bản sao từ sổ gốc" certifies
# nothing, and civil status has registers of its own.
_NAMED: Final = (
    ("chung thuc ban sao", Book.COPIES),
    ("cap ban sao co chung thuc", Book.COPIES),
    ("chung thuc chu ky nguoi dich", Book.TRANSLATORS),
    ("chung thuc chu ky", Book.SIGNATURES),
    ("chung thuc", Book.CONTRACTS),
    ("sua loi sai sot trong giao dich da chung thuc", Book.CONTRACTS),
)


def book_of(procedure: Procedure) -> Book | None:
    """The register of a procedure, by its name as published; None where it is entered in none."""
    return book_named(procedure.name)


def book_named(name: str) -> Book | None:
    """The same by the name alone."""
    folded = " ".join(words(name))
    return next((book for begins, book in _NAMED if f"{folded} ".startswith(f"{begins} ")), None)


def first_volume(log: bytes, year: int, book: Book) -> str:
    """The volume that a machine begins a year with: `9F3C/2026-SCT/BS`, marked by its log as receipts are."""
    return f"{log.hex()[:4].upper()}/{year}-{book.value}"


_SHORT = re.compile(r"(?P<volume>[0-9A-Za-z]{1,8})(?:\s*[/-]\s*(?P<year>\d{4}))?")


def read_volume(typed: str, year: int, book: Book) -> str:
    """A volume as an officer types it: `2`, `02/2026` or in full; raises BadInput("volume-unreadable")."""
    text = clean_line(typed).upper()
    sign = book.value.upper()
    short = text.removesuffix(sign).rstrip(" -–") if text.endswith(sign) else text
    found = _SHORT.fullmatch(short)
    if found is None or len(text) > LONGEST:
        raise BadInput("volume-unreadable", field="register.volume", value=typed, example=f"01/{year}")
    name = found["volume"].zfill(2) if found["volume"].isdigit() else found["volume"]
    return f"{name}/{found['year'] or year}-{book.value}"

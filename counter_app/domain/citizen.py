"""The citizen's number and birth date: what the digits say, and where they disagree.

Three digits of the province (or country) where the birth was registered, one of century and sex, two of
the birth year, six drawn ones; no check digit. A number stays when birth data are corrected, so a
disagreement is a warning, never a refusal.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from counter_app.domain.errors import BadInput

MALE, FEMALE = "Nam", "Nữ"

# The codes of the 63 provinces before the mergers of 2025; numbers already given keep them.
PROVINCES: Mapping[str, str] = MappingProxyType(
    {
        "001": "Hà Nội",
        "002": "Hà Giang",
        "004": "Cao Bằng",
        "006": "Bắc Kạn",
        "008": "Tuyên Quang",
        "010": "Lào Cai",
        "011": "Điện Biên",
        "012": "Lai Châu",
        "014": "Sơn La",
        "015": "Yên Bái",
        "017": "Hòa Bình",
        "019": "Thái Nguyên",
        "020": "Lạng Sơn",
        "022": "Quảng Ninh",
        "024": "Bắc Giang",
        "025": "Phú Thọ",
        "026": "Vĩnh Phúc",
        "027": "Bắc Ninh",
        "030": "Hải Dương",
        "031": "Hải Phòng",
        "033": "Hưng Yên",
        "034": "Thái Bình",
        "035": "Hà Nam",
        "036": "Nam Định",
        "037": "Ninh Bình",
        "038": "Thanh Hóa",
        "040": "Nghệ An",
        "042": "Hà Tĩnh",
        "044": "Quảng Bình",
        "045": "Quảng Trị",
        "046": "Thừa Thiên Huế",
        "048": "Đà Nẵng",
        "049": "Quảng Nam",
        "051": "Quảng Ngãi",
        "052": "Bình Định",
        "054": "Phú Yên",
        "056": "Khánh Hòa",
        "058": "Ninh Thuận",
        "060": "Bình Thuận",
        "062": "Kon Tum",
        "064": "Gia Lai",
        "066": "Đắk Lắk",
        "067": "Đắk Nông",
        "068": "Lâm Đồng",
        "070": "Bình Phước",
        "072": "Tây Ninh",
        "074": "Bình Dương",
        "075": "Đồng Nai",
        "077": "Bà Rịa – Vũng Tàu",
        "079": "Thành phố Hồ Chí Minh",
        "080": "Long An",
        "082": "Tiền Giang",
        "083": "Bến Tre",
        "084": "Trà Vinh",
        "086": "Vĩnh Long",
        "087": "Đồng Tháp",
        "089": "An Giang",
        "091": "Kiên Giang",
        "092": "Cần Thơ",
        "093": "Hậu Giang",
        "094": "Sóc Trăng",
        "095": "Bạc Liêu",
        "096": "Cà Mau",
    }
)

_BETWEEN_DIGITS = re.compile(r"[\s.\-]+")
_IS_NUMBER = re.compile(r"\d{12}|\d{9}", re.ASCII)

_BIRTH_DATES = (
    re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?)?", re.ASCII),
    re.compile(r"(?:(?:(?P<day>\d{1,2})[/. -])?(?P<month>\d{1,2})[/. -])?(?P<year>\d{4})", re.ASCII),
    re.compile(r"(?P<day>\d\d)(?P<month>\d\d)(?P<year>\d{4})", re.ASCII),
)
_BIRTH_YEARS = range(1850, 2400)  # a number cannot tell a later year


@dataclass(frozen=True)
class Warning:
    """Something for the officer to look at: a stable `code` word and the facts of its sentence."""

    code: str
    facts: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class CitizenNumber:
    """Số định danh cá nhân (12 digits), or the number of an old CMND (9 digits)."""

    digits: str

    def __post_init__(self) -> None:
        if not _IS_NUMBER.fullmatch(self.digits):
            raise BadInput("not-a-citizen-number", field="id_number", value=self.digits)

    @classmethod
    def parse(cls, text: str, field: str = "id_number") -> CitizenNumber:
        """Accepts spaces, dots and hyphens between digits; raises BadInput("not-a-citizen-number")."""
        digits = _BETWEEN_DIGITS.sub("", text)
        if not _IS_NUMBER.fullmatch(digits):
            raise BadInput("not-a-citizen-number", field=field, value=text)
        return cls(digits)

    def __str__(self) -> str:
        return self.digits

    @property
    def old(self) -> bool:
        """A CMND: no identity paper since 1-1-2025, but it stands in earlier records."""
        return len(self.digits) == 9

    @property
    def province(self) -> str | None:
        """Where the birth was registered; None for other countries and for a CMND."""
        return None if self.old else PROVINCES.get(self.digits[:3])

    @property
    def birth_year(self) -> int | None:
        if self.old:
            return None
        return 1900 + int(self.digits[3]) // 2 * 100 + int(self.digits[4:6])

    @property
    def sex(self) -> str | None:
        if self.old:
            return None
        return FEMALE if int(self.digits[3]) % 2 else MALE


def read_birth_date(text: str, field: str = "birth_date") -> str:
    """`YYYY`, `YYYY-MM` or `YYYY-MM-DD` from these, from 25/6/1995, 6/1995 and from 25061995.

    A day or month of 00, as registers write what nobody knew, is left out.
    Raises BadInput("not-a-birth-date").
    """
    found = next((match for form in _BIRTH_DATES if (match := form.fullmatch(text.strip()))), None)
    if not found:
        raise BadInput("not-a-birth-date", field=field, value=text)
    year, month, day = (int(found[part] or 0) for part in ("year", "month", "day"))
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        raise BadInput("not-a-birth-date", field=field, value=text) from None
    if year not in _BIRTH_YEARS or (day and not month):
        raise BadInput("not-a-birth-date", field=field, value=text)
    return f"{year}-{month:02d}-{day:02d}"[: 10 if day else 7 if month else 4]


def checks(number: CitizenNumber, birth_date: str | None, sex: str | None) -> list[Warning]:
    """Where number, birth date (YYYY, YYYY-MM or YYYY-MM-DD) and sex disagree.

    old-number, unknown-province {prefix}, birth-year-differs {number, given}, sex-differs {number, given}.
    """
    if number.old:
        return [Warning("old-number")]
    found = []
    if number.province is None:
        found.append(Warning("unknown-province", {"prefix": number.digits[:3]}))
    if birth_date and birth_date[:4] != str(number.birth_year):
        found.append(
            Warning("birth-year-differs", {"number": str(number.birth_year), "given": birth_date[:4]})
        )
    if sex and sex != number.sex:
        found.append(Warning("sex-differs", {"number": str(number.sex), "given": sex}))
    return found

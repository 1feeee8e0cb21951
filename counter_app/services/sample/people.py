"""Invented people and organisations of a commune in the mountains, with names as they are written there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Final

COMMUNE: Final = "xã Nậm Mây"  # no such commune
HAMLETS: Final = (
    *("bản Nà Sàng", "bản Huổi Lá", "bản Pá Hoi", "thôn Suối Chải", "bản Tả Lùng", "thôn Tân Lập"),
    *("bản Nậm Khao", "bản Phiêng Ban", "thôn Khuổi Nặm", "buôn Ea Mây"),
)
MALE, FEMALE = "Nam", "Nữ"

Fields = dict[str, str]


@dataclass(frozen=True)
class _People:
    """How a people forms its names, for men and for women, and the provinces where it was born."""

    share: int
    first: tuple[str, ...]
    men: tuple[str, ...]
    women: tuple[str, ...]
    provinces: tuple[str, ...]


_MONG = _People(
    30,
    ("Giàng", "Sùng", "Vàng", "Thào", "Lầu", "Mùa", "Hạng", "Cứ"),
    ("A Sử", "A Páo", "A Chu", "A Tủa", "A Dơ", "A Lử", "A Ú", "A Vảng", "Seo Chứ"),
    ("Thị Mỷ", "Thị Dợ", "Thị Sua", "Thị Pàng", "Thị Xia", "Thị Ú", "Thị Chở", "Thị Của"),
    ("011", "014", "010"),
)
_DAO = _People(
    15,
    ("Tẩn", "Chảo", "Phàn", "Triệu", "Bàn", "Lý"),
    ("Láo Lở", "Phù Sinh", "Tòn Phú", "Sài Cán", "Láo Ú", "Duần Liều"),
    ("Mùi Mán", "Sử Mẩy", "Lở Mẩy", "Tả Mẩy", "Mùi Ghển"),
    ("010", "012", "002"),
)
_TAY = _People(
    14,
    ("Hoàng", "Nông", "Ma", "Lương", "Hà", "Bế"),
    ("Văn Đoỏng", "Văn Sẻn", "Đức Thuận", "Văn Pảo", "Ích Phong"),
    ("Thị Lả", "Thị Niềm", "Thị Slao", "Thị Hoan", "Thị É"),
    ("004", "006", "008"),
)
_THAI = _People(
    22,
    ("Lò", "Cà", "Quàng", "Lường", "Tòng", "Điêu", "Vì"),
    ("Văn Pâng", "Văn Hặc", "Văn Ơn", "Văn Inh", "Văn Ỏm", "Văn Ó"),
    ("Thị Ó", "Thị Ỉnh", "Thị Lún", "Thị Bóng", "Thị Thơi", "Thị Ê"),
    ("014", "011", "012"),
)
_KINH = _People(
    15,
    ("Nguyễn", "Trần", "Phạm", "Đặng", "Vũ", "Bùi", "Đỗ"),
    ("Văn Đức", "Đình Thắng", "Quang Huy", "Ngọc Khuê", "Văn Tuyển"),
    ("Thị Ánh", "Thị Thu Hường", "Thuỳ Dương", "Thị Lý", "Thị Kim Oanh"),
    ("034", "036", "025"),
)
# The Êđê put the given name first: Y for men, H' for women, the clan last.
_EDE = _People(
    4,
    ("Niê", "Mlô", "Êban", "Kbuôr", "Byă", "Ayũn"),
    ("Y Thoan", "Y Bhiêu", "Y Wăn", "Y Ơ"),
    ("H'Lim", "H'Ngăm", "H'Bliă", "H'Wiên"),
    ("066",),
)
_ALL: Final = (_MONG, _DAO, _TAY, _THAI, _KINH, _EDE)

_HEADS: Final = (
    "ông Lò Văn Chựa",
    "ông Sùng Seo Páo",
    "bà Tẩn Mùi Pham",
    "ông Hoàng Văn Sầm",
    "anh Y Khoa Niê",
)
_ORGANISATIONS: Final = (
    ("Hợp tác xã Chè Shan tuyết Nậm Mây", "5500900017", "09000"),
    ("Trường PTDTBT Tiểu học Nậm Mây", "5500900024", ""),
    ("Công ty TNHH Xây dựng Phiêng Ban", "5500900031", "09000"),
    ("Hợp tác xã Thảo quả & Mật ong Tả Lùng", "5500900048", "09000"),
    ("Hội Người cao tuổi xã Nậm Mây", "5500900055-001", ""),
)


def somebody(rng: Random, today_year: int, ages: tuple[int, int] = (18, 70), sex: str = "") -> Fields:
    """A person as an officer would enter one: often without a phone, the old with a birth year only."""
    people = rng.choices(_ALL, [p.share for p in _ALL])[0]
    sex = sex or rng.choice((MALE, FEMALE))
    given = rng.choice(people.men if sex == MALE else people.women)
    first = rng.choice(people.first)
    name = f"{given} {first}" if people is _EDE else f"{first} {given}"
    year = today_year - rng.randint(*ages)
    born = f"{year}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"
    who = {"kind": "person", "name": name, "sex": sex, "address": f"{rng.choice(HAMLETS)}, {COMMUNE}"}
    who["birth_date"] = str(year) if year < 1965 or rng.random() < 0.1 else born
    if rng.random() < 0.9:
        who["id_number"] = _number(rng, rng.choice(people.provinces), sex, year)
    return who | contact(rng, who["address"])


def contact(rng: Random, address: str) -> Fields:
    """A phone, or who passes word on to one that has none."""
    if rng.random() < 0.7:
        return {"phone": f"09000{rng.randrange(100_000):05d}"}
    return {"contact_via": f"{rng.choice(_HEADS)}, {address.partition(',')[0]}"}


def some_organisation(rng: Random) -> Fields:
    name, tax_code, phone = rng.choice(_ORGANISATIONS)
    who = {"kind": "org", "name": name, "tax_code": tax_code, "address": f"trung tâm {COMMUNE}"}
    if phone:
        return who | {"phone": f"{phone}{rng.randrange(100_000):05d}"}
    return who | {"contact_via": "văn thư của đơn vị"}


def same_household(rng: Random, who: Mapping[str, str], today_year: int) -> Fields:
    """One who brings the papers for `who`: of the same hamlet."""
    other = somebody(rng, today_year, (20, 50))
    return {**other, "address": who.get("address", other["address"])}


def _number(rng: Random, province: str, sex: str, year: int) -> str:
    # Province, century and sex in one digit, the year's last two, six of chance (NĐ 137/2015/NĐ-CP).
    century = 2 * (year // 100 - 19) + (sex == FEMALE)
    return f"{province}{century}{year % 100:02d}{rng.randrange(1_000_000):06d}"

"""Invented dossiers of a mountain commune, the same for the same seed: no person, number or place is real."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta, timezone
from typing import Any, Final

from counter_app.domain.citizen import FEMALE, MALE

VIETNAM: Final = timezone(timedelta(hours=7))
NOW: Final = datetime(2026, 11, 23, 8, 0, tzinfo=VIETNAM)  # a Monday; the last dossier was just received
AGENCY: Final = "H11.027"
PER_DAY: Final = 400  # so that a million dossiers are ten years


def _words(words: str) -> list[str]:
    return words.split()


_KINH = _words("Nguyễn Trần Lê Phạm Hoàng Vũ Đặng Bùi Đỗ Hồ Ngô Dương")
_MONG = _words("Giàng Sùng Vàng Thào Mùa Cư Vừ Má Hạng Lầu Sính Lù")
_DAO = _words("Bàn Chảo Tẩn Triệu Phàn Phùng Lý Đặng")
_TAY = _words("Nông Ma Hứa Hoàng Vi Lương Đàm Lộc")
_THAI = _words("Lò Cầm Quàng Tòng Lường Điêu Cà Vì")
_MEN = _words("Văn Đức Hữu Minh Quốc Xuân Thành Công Trung Thế")
_WOMEN = _words("Thị Ngọc Thu Kim Thanh Thúy Bích Hồng Mai Diệu")
_HIS = _words(
    "Hùng Dũng Tuấn Sơn Long Cường Thắng Hải Toàn Khánh Bình Đông Lâm Hiếu Kiên Tiến Vinh Đạt Nghĩa Ún"
)
_HERS = _words(
    "Lan Huệ Hoa Hương Nga Thảo Trang Linh Nhung Oanh Yến Hạnh Hiền Thủy Duyên Liên Quyên Tươi Nguyệt Ánh"
)
_EDE = _words("Niê Êban Mlô Kbuôr Ayŭn Byă Hđơk Kđăm")
# people -> surnames, his middle and given names, hers
_PEOPLES = {
    "Kinh": (_KINH, _MEN, _HIS, _WOMEN, _HERS),
    "Mông": (_MONG, _words("A Seo Mí Chứ Thị"), _words("Páo Chư Dơ Sính Tủa Phử Lềnh Già Chá Súa"),
             _words("Thị Y"), _words("Mỷ Chu Sua Máy Dợ Xoa Pàng Dí Xua Mảy")),
    "Dao": (_DAO, _words("Láo Tòn Vần Phù Sành"), _words("Tả San Lở Ú Sì Khé Quẩy Pết"),
            _words("Tả Mùi Lở"), _words("Mẩy Nái Ghến Mùi Pham Sểnh Chiêm")),
    "Tày": (_TAY, _MEN, _HIS, _WOMEN, _HERS),
    "Thái": (_THAI, _words("Văn Đức Xuân Bun Khăm"), _words("Ún Inh Panh Tiện Dọn Hặc Biên Pành"),
             _words("Thị"), _words("Pâng Ỏm Hặc Biên Dung Xuân Pọm Tiên")),
}  # fmt: skip
_HAMLETS = _words(
    "Phìn Ngan Séo Nậm Mạ Suối Bạc Pom Lót Lao Tỷ Can Hồ Ná Ản Chu Va Huổi Lếch Tả Phời Nà Khoa Sín Chéng "
    "Pắc Ta Bản Mạ Hang Kia Khe Vai Mường Bo Lùng Thàng"
)
_COMMUNES = ("xã Séo Phìn", "xã Nậm Mạ", "xã Pom Bạc", "xã Huổi Va")
_PROVINCE = "tỉnh Lào Cai"
# code, name, working days, fee in đồng, weight
_PROCEDURES = (
    ("1.001193", "Đăng ký khai sinh", 1, 0, 14),
    ("1.000894", "Đăng ký kết hôn", 2, 0, 5),
    ("1.000656", "Đăng ký khai tử", 1, 0, 5),
    ("2.000815", "Chứng thực bản sao từ bản chính", 1, 2000, 30),
    ("2.000884", "Chứng thực chữ ký", 1, 10000, 8),
    ("2.001035", "Chứng thực hợp đồng liên quan đến quyền sử dụng đất", 2, 50000, 3),
    ("1.004873", "Cấp Giấy xác nhận tình trạng hôn nhân", 3, 15000, 8),
    ("2.000635", "Cấp bản sao trích lục hộ tịch", 1, 8000, 10),
    ("1.004859", "Thay đổi, cải chính, bổ sung thông tin hộ tịch", 6, 15000, 3),
    ("1.012753", "Đăng ký đất đai, cấp Giấy chứng nhận lần đầu", 20, 100000, 6),
    ("1.001776", "Trợ cấp xã hội hàng tháng, hỗ trợ kinh phí chăm sóc", 22, 0, 4),
    ("1.011609", "Công nhận hộ nghèo, hộ cận nghèo", 15, 0, 2),
    ("1.001612", "Đăng ký thành lập hộ kinh doanh", 3, 100000, 3),
)
_PAPERS = (
    "Tờ khai theo mẫu",
    "Bản sao căn cước công dân",
    "Giấy chứng sinh",
    "Giấy xác nhận thông tin về cư trú",
    "Giấy chứng nhận quyền sử dụng đất",
    "Đơn đề nghị có xác nhận của trưởng thôn",
    "Văn bản ủy quyền",
)
_KINDS = ("original", "certified", "copy", "shown")
_OFFICERS = ("lo.van.thanh", "giang.thi.my", "nong.bich.hoa", "tran.van.minh")


@dataclass(frozen=True)
class Act:
    """An event to come: what `Writer.append` takes, and when."""

    kind: str
    payload: dict[str, Any]
    at: datetime


@dataclass(frozen=True)
class Invented:
    """One dossier: its reception first; `open` ones are not finished yet."""

    id: bytes
    actor: str
    acts: tuple[Act, ...]

    @property
    def reception(self) -> dict[str, Any]:
        return self.acts[0].payload


def dossiers(count: int, seed: int = 1) -> Iterator[Invented]:
    """`count` dossiers in the order of their reception, the last one just before NOW."""
    draw = random.Random(f"dossiers/{seed}")
    days = -(-count // PER_DAY)
    for number in range(count):
        day = (NOW - timedelta(days=days - 1 - number // PER_DAY)).date()
        opens = datetime.combine(day, time(7, 0 if day == NOW.date() else 30), VIETNAM)
        span = timedelta(hours=1 if day == NOW.date() else 9)
        yield _dossier(draw, number, opens + span * ((number % PER_DAY) / PER_DAY))


def person(draw: random.Random) -> tuple[str, str]:
    """A name as its people bear it, and the sex."""
    female = draw.random() < 0.5
    sex = FEMALE if female else MALE
    if draw.random() < 0.08:
        called, clan = draw.choice(_HERS if female else _HIS), draw.choice(_EDE)
        return f"H’{called} {clan}" if female else f"Y {called} {clan}", sex
    surnames, his_middle, his, her_middle, hers = _PEOPLES[draw.choice(tuple(_PEOPLES))]
    middle, given = (her_middle, hers) if female else (his_middle, his)
    return f"{draw.choice(surnames)} {draw.choice(middle)} {draw.choice(given)}", sex


def form(draw: random.Random) -> dict[str, Any]:
    """What an officer enters about the applicant."""
    name, sex = person(draw)
    year = draw.randrange(1945, 2008)
    century_and_sex = (2 if year >= 2000 else 0) + (sex == FEMALE)
    hamlet = f"{draw.choice(_HAMLETS)} {draw.choice(_HAMLETS)}"
    party = {
        "kind": "person",
        "name": name,
        "id_number": f"010{century_and_sex}{year % 100:02d}{draw.randrange(10**6):06d}",
        "birth_date": f"{year}-{draw.randrange(1, 13):02d}-{draw.randrange(1, 29):02d}",
        "sex": sex,
        "address": f"Thôn {hamlet}, {draw.choice(_COMMUNES)}, {_PROVINCE}",
    }
    if draw.random() < 0.85:
        return {**party, "phone": f"09{draw.randrange(10**8):08d}"}
    return {**party, "contact_via": f"trưởng thôn {person(draw)[0]}"}


def _dossier(draw: random.Random, number: int, at: datetime) -> Invented:
    code, name, days, fee, _ = draw.choices(_PROCEDURES, [p[-1] for p in _PROCEDURES])[0]
    received = at.replace(microsecond=0)
    due = datetime.combine(received.date() + timedelta(days=days * 7 // 5 + 1), time(17), VIETNAM)
    reception: dict[str, Any] = {
        "code": f"{AGENCY}-{received:%y%m%d}-{1000 + number % PER_DAY + 1}",
        "agency": AGENCY,
        "procedure": {"code": code, "name": name, "version": "2026-01-01", "field": "Hộ tịch"},
        "applicant": form(draw),
        "channel": "counter",
        "received_at": received.isoformat(),
        "sets": 1,
        "components": [
            {"name": paper, "kind": draw.choice(_KINDS), "count": draw.randrange(1, 4)}
            for paper in draw.sample(_PAPERS, 3)
        ],
        "fee": {"amount": fee, "rule": "flat"},
        "return_by": "counter",
        "due": due.isoformat(),
        "promise": {
            "due": due.isoformat(),
            "number": days,
            "unit": "working_day",
            "confidence": "high",
            "starts": received.date().isoformat(),
        },
        "volume": f"{received.year}-0A1B",
        "number": number + 1,
    }
    id_ = _uuid7(draw, received)
    acts = [Act("received", reception, received)]
    # Work keeps its promise nine times in ten; what is late or not due yet is open.
    done = due - timedelta(hours=draw.randrange(1, 30)) if draw.random() < 0.995 else NOW
    if received < done < NOW:
        acts.append(Act("finished", {"at": done.isoformat()}, done))
        if (back := done + timedelta(hours=draw.randrange(1, 60))) < NOW:
            to = reception["applicant"]["name"]
            acts.append(Act("returned", {"to": to, "at": back.isoformat()}, back))
    return Invented(id_, draw.choice(_OFFICERS), tuple(acts))


def _uuid7(draw: random.Random, at: datetime) -> bytes:
    raw = bytearray(round(at.timestamp() * 1000).to_bytes(6, "big") + draw.randbytes(10))
    raw[6] = 0x70 | raw[6] & 0x0F
    raw[8] = 0x80 | raw[8] & 0x3F
    return bytes(raw)

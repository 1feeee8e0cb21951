"""What people of a sample commune say of its counter in a month: invented petitions and survey slips."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from counter_app.domain.zone import VIETNAM

_PETITIONS: Final[tuple[tuple[int, dict[str, Any]], ...]] = (
    (
        26,
        {
            "source": "in_person",
            "subject": "Chờ lâu vào sáng thứ Hai",
            "content": "Đến lúc 7 giờ 30 mà hơn 9 giờ mới được gọi, trong khi quầy bên không có người.",
            "sender": {"name": "Lò Thị Mẩy", "phone": "0900000321"},
        },
    ),
    (
        12,
        {
            "source": "phone",
            "subject": "Thiếu bàn viết hồ sơ",
            "content": "Chỗ chờ chỉ có một bàn viết, người già phải đứng viết tờ khai.",
        },
    ),
    (
        5,
        {
            "source": "portal",
            "subject": "Xin nhận kết quả ngày thứ Bảy",
            "content": "Đi làm cả tuần, đề nghị mở quầy trả kết quả sáng thứ Bảy.",
            "sender": {"name": "Giàng A Chư", "email": "chu@example.vn"},
        },
    ),
    (
        1,
        {
            "source": "paper",
            "subject": "Khen cán bộ hướng dẫn tận tình",
            "content": "Cán bộ quầy số 1 đọc giúp tờ khai cho người không biết chữ.",
        },
    ),
)
ANSWER: Final = "Từ tuần tới có thêm một quầy nhận hồ sơ buổi sáng; mong bà con thông cảm"
PUBLISHED_AT: Final = "bảng tin Bộ phận Một cửa"
_SLIPS: Final = (("very_content", 20), ("content", 17), ("not_content", 3))


def petitions(now: datetime) -> list[dict[str, Any]]:
    """The petitions of the month before `now`, the first first; that one has been answered and published."""
    found = []
    for days, said in _PETITIONS:
        at = (now.astimezone(VIETNAM) - timedelta(days=days)).replace(microsecond=0)
        found.append({**said, "received_at": at.isoformat()})
    return found


def slips() -> list[dict[str, Any]]:
    """A day's paper slips."""
    plain = [{"answer": answer} for answer, n in _SLIPS for _ in range(n)]
    return [*plain, {"answer": "not_content", "remark": "Chờ hơi lâu"}]

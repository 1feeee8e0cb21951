"""The list for a hamlet's head: one hamlet a sheet, and nothing on it that he need not know."""

from __future__ import annotations

from datetime import datetime

from counter_app.paper.call_list import CallSheet, Tell, call_list_pdf
from tests.paper.people import VIETNAM
from tests.paper.reading import pages, squeezed

MADE = datetime(2026, 4, 20, 16, 30, tzinfo=VIETNAM)
HEADS = ("Số", "Họ và tên", "Việc cần làm", "Hẹn trả", "Đã báo")


def sheet(hamlet: str, *names: str) -> CallSheet:
    tells = tuple(Tell(name, "Đến nhận kết quả", "10/4/2026") for name in names)
    return CallSheet("DANH SÁCH", hamlet, "Nhờ báo giúp.", HEADS, tells, "Xin gửi lại.")


def made(*sheets: CallSheet) -> bytes:
    return call_list_pdf(sheets, agency="UBND xã Ea Mlung", made=MADE)


def test_each_hamlet_has_a_sheet_of_its_own_with_its_people() -> None:
    first, second = pages(
        made(sheet("Thôn Suối Chải", "Giàng A Páo"), sheet("Buôn Ea Mây", "H’Nguyệt Niê Ê Ban"))
    )

    assert squeezed("Thôn Suối Chải") in squeezed(first) and squeezed("Giàng A Páo") in squeezed(first)
    assert squeezed("H’Nguyệt Niê Ê Ban") in squeezed(second) and "Páo" not in second
    assert "ngày 20 tháng 4 năm 2026" in first


def test_a_long_list_goes_on_under_the_same_heads_and_no_one_is_lost() -> None:
    names = [f"Người {number:03}" for number in range(60)]

    read = pages(made(sheet("Thôn 1", *names)))

    assert len(read) > 1
    assert all(squeezed("Việc cần làm") in squeezed(page) for page in read)
    assert [name for name in names if squeezed(name) not in squeezed("".join(read))] == []


def test_the_same_list_has_the_same_bytes() -> None:
    assert made(sheet("Thôn 1", "A")) == made(sheet("Thôn 1", "A"))

"""The list for a hamlet's head: one hamlet a sheet, and nothing on it that he need not know."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import datetime

from PIL import Image, ImageOps

from counter_app.paper.call_list import CallSheet, Tell, call_list_pdf
from tests.paper.people import VIETNAM
from tests.paper.reading import pages, squeezed
from tests.paper.samples import render

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


def test_of_a_commune_with_long_lists_nobody_is_lost_nobody_stands_twice_and_the_order_is_kept() -> None:
    names = {f"Thôn {n}": [f"Người {n}-{number:03}" for number in range(20 * n)] for n in range(1, 8)}

    read = pages(made(*(sheet(hamlet, *people) for hamlet, people in names.items())))

    assert len(read) > len(names)
    found = re.findall(r"Người\s*(\d-\d{3})", " ".join(read))
    assert [f"Người {one}" for one in found] == [name for people in names.values() for name in people]


def test_every_row_of_a_long_list_is_inside_of_its_page() -> None:
    pdf = made(sheet("Thôn 1", *(f"Người {number:03} {'Êđê ' * (number % 9)}" for number in range(90))))

    for number, _ in enumerate(pages(pdf), start=1):
        image = Image.open(io.BytesIO(render(pdf, 40, number, "-gray"))).convert("L")
        left, top, right, bottom = ImageOps.invert(image).getbbox()
        assert 25 < left < right < image.width - 25  # 20 mm are 31 pixels
        assert 15 < top < bottom < image.height - 15


def test_the_longest_date_stands_in_one_line() -> None:
    told = replace(sheet("Thôn 1"), tells=(Tell("A", "Đến nhận kết quả", "28/12/2026"),))

    [read] = pages(made(told))

    assert "28/12/2026" in read


def test_a_sheet_on_which_somebody_may_not_stand_says_so() -> None:
    told = replace(sheet("Thôn 1", *(f"Người {n}" for n in range(60))), more="Cả xã còn 5 hồ sơ chưa ghi.")

    read = pages(made(told))

    assert squeezed("Cả xã còn 5 hồ sơ chưa ghi.") in squeezed(read[-1])


def test_the_same_list_has_the_same_bytes() -> None:
    assert made(sheet("Thôn 1", "A")) == made(sheet("Thôn 1", "A"))

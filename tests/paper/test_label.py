"""A folder's label says whose it is; its code decodes from the pixels of the stock that it is printed on."""

from __future__ import annotations

import io
from datetime import datetime

import pytest
import zxingcpp
from PIL import Image

from counter_app.domain.errors import BadInput
from counter_app.domain.zone import VIETNAM
from counter_app.paper.label import LabelFacts, labels_pdf
from tests.paper import reading
from tests.paper.samples import render

MADE = datetime(2026, 11, 26, 8, 15, tzinfo=VIETNAM)
SHORT = LabelFacts("H55.242-261126-1001", "H’Loan Niê Kđăm", "Đăng ký khai sinh", "30/11/2026", MADE)
LONG = LabelFacts(
    "H55.242-261126-012345001",
    "Công ty trách nhiệm hữu hạn một thành viên Thương mại, Dịch vụ và Xây dựng nông thôn mới Ea Mlung, "
    "chi nhánh tại thôn Buôn Ea Mlung thuộc xã Ea Mlung",
    "Đăng ký thành lập hộ kinh doanh do một cá nhân hoặc các thành viên hộ gia đình cùng nhau làm chủ",
    "16:30, 30/11/2026",
    MADE,
)


def seen(pdf: bytes, dpi: int, page: int = 1) -> list[tuple[str, str, tuple[int, int]]]:
    """Text and kind of each code, and where its middle lies in mm."""
    image = Image.open(io.BytesIO(render(pdf, dpi, page))).convert("L")
    found = []
    for code in zxingcpp.read_barcodes(image):
        corner, opposite = code.position.top_left, code.position.bottom_right
        middle = ((corner.x + opposite.x) / 2, (corner.y + opposite.y) / 2)
        at = (round(middle[0] / dpi * 25.4), round(middle[1] / dpi * 25.4))
        found.append((code.text, "qr" if "QR" in str(code.format) else "bars", at))
    return found


@pytest.mark.parametrize("label", [SHORT, LONG])
def test_the_bars_decode_from_a_thermal_heads_dots(label: LabelFacts) -> None:
    pdf = labels_pdf([label], stock="80mm")

    assert [(text, kind) for text, kind, _ in seen(pdf, 203)] == [(label.code, "bars")]


@pytest.mark.parametrize("label", [SHORT, LONG])
def test_a_narrow_head_prints_a_square_instead_of_bars_that_do_not_fit(label: LabelFacts) -> None:
    pdf = labels_pdf([label], stock="80mm", printable_mm=48)

    assert [(text, kind) for text, kind, _ in seen(pdf, 203)] == [(label.code, "qr")]


@pytest.mark.parametrize(("start", "at"), [(1, (35, 5)), (3, (175, 5)), (4, (35, 42)), (24, (175, 264))])
def test_a_sheet_is_begun_where_it_is_free(start: int, at: tuple[int, int]) -> None:
    pdf = labels_pdf([LONG], stock="a4", start=start)

    ((text, kind, where),) = seen(pdf, 300)
    assert (text, kind) == (LONG.code, "bars")
    assert where == pytest.approx(at, abs=4)


def test_what_does_not_fit_on_the_sheet_goes_on_the_next_one() -> None:
    pdf = labels_pdf([SHORT, LONG, SHORT], stock="a4", start=23)

    assert len(reading.sizes(pdf)) == 2
    assert len(seen(pdf, 300, 1)) == 2
    assert len(seen(pdf, 300, 2)) == 1


@pytest.mark.parametrize("stock", ["80mm", "a4"])
def test_name_procedure_and_date_are_there_and_what_is_too_long_says_so(stock: str) -> None:
    (text,) = reading.pages(labels_pdf([SHORT], stock=stock))
    (cut,) = reading.pages(labels_pdf([LONG], stock=stock))

    for words in (SHORT.code, SHORT.name, SHORT.procedure, SHORT.due_words):
        assert reading.squeezed(words) in reading.squeezed(text)
    assert reading.squeezed(LONG.due_words) in reading.squeezed(cut)
    assert "…" in cut


@pytest.mark.parametrize(
    "wrong", [{"stock": "a3"}, {"stock": "a4", "start": 25}, {"stock": "80mm", "printable_mm": 20}]
)
def test_a_stock_that_there_is_not_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(BadInput):
        labels_pdf([SHORT], **wrong)  # type: ignore[arg-type]

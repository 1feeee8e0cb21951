"""A pad of slips: a number a sheet, on both of its parts, readable by eye and from the pixels."""

from __future__ import annotations

import io
from datetime import datetime

import pytest
import zxingcpp
from PIL import Image

from counter_app.domain.errors import BadInput
from counter_app.domain.zone import VIETNAM
from counter_app.paper.slips import PadFacts, slips_pdf
from tests.paper import reading
from tests.paper.samples import render

CODES = ("H55.242-261126-012345001", "H55.242-261126-1001")
PAD = PadFacts(
    "ỦY BAN NHÂN DÂN XÃ EA MLUNG",
    "Bộ phận Một cửa",
    CODES,
    datetime(2026, 11, 26, 8, 15, tzinfo=VIETNAM),
    "0262 000 0123",
)


@pytest.mark.parametrize("dpi", [150, 203, 300])
@pytest.mark.parametrize("paper", ["a5", "a4"])
def test_each_part_of_each_sheet_bears_the_number(paper: str, dpi: int) -> None:
    pdf = slips_pdf(PAD, paper=paper)

    assert len(reading.sizes(pdf)) == len(CODES)
    for page, code in enumerate(CODES, start=1):
        image = Image.open(io.BytesIO(render(pdf, dpi, page))).convert("L")
        halves = [
            image.crop((0, top, image.width, top + image.height // 2)) for top in (0, image.height // 2)
        ]
        assert [[found.text for found in zxingcpp.read_barcodes(half)] for half in halves] == [[code], [code]]
        assert reading.pages(pdf)[page - 1].count(code) == 2


@pytest.mark.parametrize("paper", ["a5", "a4"])
def test_there_is_room_for_a_pen_beside_every_field(paper: str) -> None:
    text = reading.squeezed(reading.pages(slips_pdf(PAD, paper=paper))[0])

    for words in ("Họ và tên:", "Số định danh:", "Điện thoại:", "Thủ tục:", "Giấy tờ đã nhận:", "Nhận lúc:"):
        assert text.count(reading.squeezed(words)) >= 2
    assert text.index("Liên1") < text.index("Liên2")
    assert "Sốinngày26/11/2026" in text


def test_a_roll_is_no_pad() -> None:
    with pytest.raises(BadInput):
        slips_pdf(PAD, paper="80mm")

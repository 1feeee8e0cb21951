"""The cash book on A5: a code is copied by letters, and is read by who wears glasses."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from counter_app.paper.cash_book import CashFacts, cash_book_pdf, cash_book_template
from counter_app.system import paths
from tests.paper.test_hotline import HEAD, WHEN

FORM = cash_book_template(paths.resource("templates/cashbook-2018-11-23.json").read_text("utf-8"))


@pytest.mark.parametrize("code", ["H55.242-261128-068737003", "000.00.07.H55-261128-1234567"])
def test_a_long_code_stays_whole_and_readable_beside_a_long_name_and_sum(code):
    row = ("08:15", code, "Nguyễn Hoàng Thị Phương Thảo", "(123.456.789)", "chuyển khoản", "AA-26E 0001234")
    facts = CashFacts(
        **HEAD, day="26/11/2026", dated=WHEN, rows=(row,), cash="0", transfer="0", portal="0", total="0"
    )
    found: list[tuple[str, float]] = []

    pdf = cash_book_pdf(facts, paper="a5", form=FORM)
    for page in PdfReader(io.BytesIO(pdf)).pages:
        page.extract_text(visitor_text=lambda text, cm, tm, font, size: found.append((text.strip(), size)))

    (size,) = [size for text, size in found if text == code]
    assert size >= 6.5

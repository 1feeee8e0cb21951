"""The register: thirteen columns on every page, volume after volume, and what is long is said to the end."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from counter_app.domain.errors import BadInput
from counter_app.domain.zone import VIETNAM
from counter_app.paper.register import RegisterFacts, Row, heads_of, register_pdf, register_template
from counter_app.system import paths
from tests.paper.people import LONG
from tests.paper.reading import pages, sizes, squeezed

TEMPLATES = sorted(paths.resource("templates").glob("register-*.json"))
FACTS = RegisterFacts(
    authority="UBND XÃ EA MLUNG",
    office="Trung tâm Phục vụ hành chính công",
    place="Ea Mlung",
    first=date(2026, 11, 1),
    last=date(2026, 11, 30),
    dated=datetime(2026, 12, 1, 8, 0, tzinfo=VIETNAM),
)
ROW = Row(
    volume="2026-AB12",
    number="1",
    code="H55.242-261126-083476001",
    procedure="Đăng ký khai sinh",
    sets=1,
    name="H’Bliă Niê Kđăm",
    reach="Buôn Tơng Jú, xã Ea Mlung; 0905000118",
    solving="UBND xã Ea Mlung",
    received=date(2026, 11, 26),
    due=date(2026, 12, 3),
    returned=date(2026, 12, 2),
    return_by="Tại quầy",
    note="hẹn lại 10/12/2026",
)


def form(path):
    return register_template(path.read_text("utf-8"))


def rows(many: int, volume: str = "2026-AB12") -> list[Row]:
    return [replace(ROW, volume=volume, number=str(n), name=f"Người thứ {n}") for n in range(1, many + 1)]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.stem)
def test_every_column_is_headed_and_filled(template):
    pdf = register_pdf(FACTS, [("2026-AB12", [ROW])], form(template))

    (page,) = pages(pdf)
    said = squeezed(page)
    heads, group = heads_of(form(template))
    assert len(heads) == 13 and group == "Ngày, tháng, năm"
    for words in (*heads, group, *(f"({n})" for n in range(1, 14)), "Quyển số: 2026-AB12"):
        assert squeezed(words) in said, words
    for cell in ROW.cells:  # lines of one row are drawn across it
        assert all(word in page for word in cell.split()), cell
    assert "26/11/2026" in said and "03/12/2026" in said and "02/12/2026" in said
    assert sizes(pdf) == [pytest.approx((841.9, 595.3), abs=0.1)]


def test_heads_and_numbers_stand_on_every_page_and_each_volume_begins_one():
    made = register_pdf(
        FACTS, [("2026-AB12", rows(60)), ("2026-CD34", rows(2, "2026-CD34"))], form(TEMPLATES[-1])
    )

    read = [squeezed(page) for page in pages(made)]
    assert len(read) > 3
    for number, page in enumerate(read, 1):
        volume = "2026-CD34" if number == len(read) else "2026-AB12"
        assert squeezed(f"Quyển {volume} – Trang {number}") in page
        assert squeezed("Tên thủ tục hành chính") in page and "(13)" in page
    said = "".join(read[:-1])
    assert all(squeezed(f"Người thứ {n}") in said for n in range(1, 61))
    assert squeezed("Người thứ 2") in read[-1]


def test_the_longest_names_are_said_to_the_end_also_where_one_needs_more_than_a_page():
    long = replace(ROW, name=LONG.applicant_name, reach=LONG.applicant_address, procedure=LONG.request)
    endless = replace(ROW, note=" ".join(f"lần {n}" for n in range(1, 300)))

    read = pages(register_pdf(FACTS, [("1", [long, endless, ROW])], form(TEMPLATES[-1])))

    words = " ".join(read).split()
    for cell in (LONG.applicant_name, LONG.applicant_address, LONG.request, endless.note):
        assert all(words.count(word) >= cell.split().count(word) for word in cell.split()), cell
    assert len(read) > 2


def test_no_dossier_makes_an_empty_register():
    (page,) = pages(register_pdf(FACTS, [], form(TEMPLATES[-1])))

    assert squeezed("SỔ THEO DÕI HỒ SƠ") in squeezed(page)


def test_a_template_without_its_table_is_refused():
    text = TEMPLATES[0].read_text("utf-8")

    with pytest.raises(BadInput, match="bad-template"):
        register_template(text.replace('"kind": "table"', '"kind": "note"'))

"""Papers of petitions and surveys: what they say, and codes that a reader finds in the pixels."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
import zxingcpp
from PIL import Image

from counter_app.domain.errors import BadInput
from counter_app.domain.surveys import check_page, page_of
from counter_app.domain.zone import VIETNAM
from counter_app.paper import forms
from counter_app.paper.petition import PETITION, PetitionFacts, petition_pdf, petition_template
from counter_app.paper.receipt import receipt_pdf
from counter_app.paper.survey import SURVEY, SurveyFacts, sheet_pdf, slips_pdf, survey_template
from counter_app.system import paths
from tests.paper import people
from tests.paper.reading import codes, pages, sizes, squeezed
from tests.paper.samples import render

WHEN = datetime(2026, 11, 20, 8, 15, tzinfo=VIETNAM)
FACTS = PetitionFacts(
    authority="UBND XÃ EA MLUNG",
    agency="UBND xã Ea Mlung",
    office="Trung tâm Phục vụ hành chính công",
    place="Ea Mlung",
    code="PAKN-9F3C-2026-12",
    source="điện thoại",
    subject="Chờ lâu ở quầy số 2",
    content="Sáng nay chờ hai giờ",
    received_at=WHEN,
    dated=WHEN,
    hotline="0262 3555 019",
    sender_name="H’Loan Niê Kđăm",
    sender_phone="0900000123",
    about="Người phục vụ: quầy số 2",
    due="ngày 14 tháng 12 năm 2026",
    rule="QĐ 766/QĐ-TTg (2022)",
    needs=("giờ đến quầy", "số hồ sơ"),
    reason="trùng với phản ánh trước",
    answer="Từ ngày 23/11 mở thêm một quầy",
    officer_name="Trần Thị Lan",
    head_name="Y Wang Niê",
    head_title="CHỦ TỊCH",
)
SAYS = {
    forms.PETITION: ("Hạn trả lời: ngày 14 tháng 12 năm 2026", FACTS.content, FACTS.sender_phone),
    forms.PETITION_ASK: ("1. giờ đến quầy", "2. số hồ sơ", "Trần Thị Lan"),
    forms.PETITION_REFUSAL: ("Lý do: trùng với phản ánh trước.", "CHỦ TỊCH", "Y Wang Niê"),
    forms.PETITION_ANSWER: ("Từ ngày 23/11 mở thêm một quầy", "CHỦ TỊCH", "Y Wang Niê"),
}  # fmt: skip
PAGE = "https://khaosat.daklak.gov.vn/phieu?ma={code}"
ASKED = SurveyFacts(
    authority="UBND XÃ EA MLUNG",
    office="Bộ phận Một cửa",
    place="Ea Mlung",
    dated=WHEN,
    levels=("Rất hài lòng", "Hài lòng", "Không hài lòng"),
    survey_text=page_of(PAGE),
)


def form(name: str, read: Any) -> Any:
    (file,) = paths.resource("templates").glob(f"{name}-*.json")
    return read(file.read_text("utf-8"))


def qrs(pdf: bytes, page: int = 1, dpi: int = 200) -> list[str]:
    image = Image.open(io.BytesIO(render(pdf, dpi, page))).convert("L")
    return sorted(one.text for one in zxingcpp.read_barcodes(image) if "QR" in str(one.format))


def test_the_names_are_those_that_are_drawn() -> None:
    assert {forms.WORDS[name] for name in forms.PETITIONS} == {PETITION.vocabulary}
    assert forms.WORDS[forms.SURVEY] == SURVEY.vocabulary == forms.WORDS[forms.SURVEY_SHEET]


@pytest.mark.parametrize("name", forms.PETITIONS)
def test_a_paper_about_a_petition_says_its_act(name: str) -> None:
    made = form(name, petition_template)

    pdf = petition_pdf(FACTS, paper="a5", form=made)

    for page in pages(pdf):
        for words in (made.title, FACTS.code, FACTS.subject, FACTS.sender_name, FACTS.hotline, *SAYS[name]):
            assert squeezed(words) in squeezed(page), words
    assert len(pages(pdf)) == len(made.copies)
    assert codes(pdf, 150) == {"bars": FACTS.code}


def test_who_gave_no_name_is_written_to_without_one() -> None:
    nobody = replace(FACTS, sender_name="", sender_phone="")

    receipt, answer = (
        squeezed("".join(pages(petition_pdf(nobody, paper="a5", form=form(name, petition_template)))))
        for name in (forms.PETITION, forms.PETITION_ANSWER)
    )

    assert "khôngghitên" in receipt and "Sốđiệnthoại" not in receipt
    assert "Kínhgửi" not in answer


def test_without_a_hotline_none_is_named() -> None:
    asked = form(forms.PETITION_ASK, petition_template)
    with_one, without = (
        squeezed("".join(pages(petition_pdf(facts, paper="a5", form=asked))))
        for facts in (FACTS, replace(FACTS, hotline=""))
    )

    assert "đườngdâynóng" in with_one and "nóng" not in without
    assert squeezed(f"Xin bổ sung tại {FACTS.office}.") in without and "khôngtínhvàohạntrảlời" in without


def test_a_long_answer_goes_on_over_pages_that_name_the_petition() -> None:
    long = replace(FACTS, answer="Đã xem xét kỹ và trả lời như sau. " * 120)

    told = pages(petition_pdf(long, paper="a5", form=form(forms.PETITION_ANSWER, petition_template)))

    assert len(told) > 1 and all(FACTS.code in page for page in told)


@pytest.mark.parametrize("paper", ["a5", "a4", "80mm"])
def test_a_receipt_bears_a_second_qr_to_the_survey_and_no_more_pages_for_it(paper: str) -> None:
    link = page_of(PAGE, people.SHORT.code)
    for facts in (people.SHORT, people.LONG):
        asked, plain = (
            receipt_pdf(one, paper=paper, template=people.form())
            for one in (replace(facts, survey_text=link), facts)
        )

        assert len(pages(asked)) == len(pages(plain))
        if facts is people.SHORT:
            assert qrs(asked, dpi=150) == sorted([link, facts.qr_text] * (2 if paper == "a4" else 1))
            assert link not in qrs(plain, dpi=150)


def test_slips_lie_two_on_a_sheet_with_a_box_an_answer_and_the_page_s_qr() -> None:
    made = form(forms.SURVEY, survey_template)

    pdf = slips_pdf(ASKED, 3, paper="a4", form=made)

    assert len(pages(pdf)) == 2 and sizes(pdf)[0][0] > sizes(pdf)[0][1]
    for words in ("Không ghi họ tên", *ASKED.levels):
        assert squeezed(pages(pdf)[0]).count(squeezed(words)) >= 2
    assert qrs(pdf) == [ASKED.survey_text] * 2
    assert len(pages(slips_pdf(ASKED, 3, paper="a5", form=made))) == 3
    assert qrs(slips_pdf(replace(ASKED, survey_text=""), 1, paper="a5", form=made)) == []


@pytest.mark.parametrize("paper", ["a4", "a5"])
def test_the_sheet_for_the_wall_is_read_from_far(paper: str) -> None:
    pdf = sheet_pdf(ASKED, paper=paper, form=form(forms.SURVEY_SHEET, survey_template))

    assert len(pages(pdf)) == 1 and qrs(pdf, dpi=40) == [ASKED.survey_text]


def test_a_page_s_address_takes_the_code_escaped_and_is_one() -> None:
    assert page_of(PAGE, "G09/1 Ă") == "https://khaosat.daklak.gov.vn/phieu?ma=G09%2F1%20%C4%82"
    assert page_of("", "H55") == "" and page_of(PAGE).endswith("?ma=")
    for wrong in ("khaosat.vn", "ftp://x.vn", "https://", "https://a b"):
        with pytest.raises(BadInput, match="not-a-web-address"):
            check_page(wrong)

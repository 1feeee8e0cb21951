"""Letters of a dossier: all that they must say, on both sheets, and on as many as they need."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from counter_app.domain.errors import BadInput
from counter_app.domain.zone import VIETNAM
from counter_app.paper import forms
from counter_app.paper.letter import LetterFacts, letter_pdf, letter_template
from counter_app.paper.sheets import A4, A5
from counter_app.system import paths
from tests.paper.people import LONG
from tests.paper.reading import codes, pages, sizes, squeezed

TEMPLATES = [
    path
    for path in sorted(paths.resource("templates").glob("*.json"))
    if path.stem.partition("-")[0] in forms.LETTERS
]
FACTS = LetterFacts(
    authority="UBND XÃ EA MLUNG",
    agency="UBND xã Ea Mlung",
    office="Trung tâm Phục vụ hành chính công",
    place="Ea Mlung",
    code="H55.242-261126-1007",
    applicant_name="H’Bliă Niê Kđăm",
    request="Đăng ký khai sinh",
    dated=datetime(2026, 11, 27, 9, 5, tzinfo=VIETNAM),
    received_at=datetime(2026, 11, 26, 8, 5, tzinfo=VIETNAM),
    hotline="0262 3555 019",
    applicant_address="Buôn Tơng Jú, xã Ea Mlung",
    phone="0905 000 118",
    needs=("Giấy chứng sinh", "Bản sao giấy chứng nhận kết hôn"),
    reason="tờ khai ghi khác giấy chứng sinh",
    due=datetime(2026, 12, 3, 17, 0, tzinfo=VIETNAM),
    until=datetime(2026, 12, 10, 17, 0, tzinfo=VIETNAM),
    asked_on=datetime(2026, 11, 27, 9, 0, tzinfo=VIETNAM),
    given_back=("Giấy chứng sinh",),
    fee_words="đã nộp 8.000 đ; hoàn lại: 8.000 đ",
    officer_name="Trần Thị Thu Hiền",
    head_name="Nguyễn Văn An",
    head_title="CHỦ TỊCH",
)
# What each form must say beside its head, its title and its code.
SAID = {
    forms.SUPPLEMENT: (
        *("/HDHS", "Hồ sơ của Ông/Bà: H’Bliă Niê Kđăm", "Nội dung yêu cầu giải quyết: Đăng ký khai sinh"),
        *("Địa chỉ: Buôn Tơng Jú, xã Ea Mlung", "Số điện thoại: 0905 000 118"),
        "Yêu cầu Ông/Bà hoàn thiện hồ sơ gồm những nội dung sau: 1. Giấy chứng sinh 2. Bản sao giấy chứng"
        " nhận kết hôn Lý do: tờ khai ghi khác giấy chứng sinh",
        "Trong quá trình hoàn thiện hồ sơ nếu có vướng mắc, Ông/Bà liên hệ với Trung tâm Phục vụ hành chính"
        " công số điện thoại 0262 3555 019 để được hướng dẫn.",
        *("NGƯỜI HƯỚNG DẪN", "Trần Thị Thu Hiền"),
    ),
    forms.REFUSAL: (
        *("Tiếp nhận hồ sơ của: H’Bliă Niê Kđăm", "Địa chỉ: Buôn Tơng Jú", "Số điện thoại: 0905 000 118"),
        "Qua xem xét, Trung tâm Phục vụ hành chính công thông báo không tiếp nhận, giải quyết hồ sơ này với"
        " lý do cụ thể như sau: tờ khai ghi khác giấy chứng sinh",
        "Xin thông báo cho Ông/Bà được biết và thực hiện.",
        *("NGƯỜI NỘP HỒ SƠ", "NGƯỜI TIẾP NHẬN HỒ SƠ", "Trần Thị Thu Hiền"),
    ),
    forms.APOLOGY: (
        *("Kính gửi: H’Bliă Niê Kđăm", "26 tháng 11 năm 2026", "Lý do: tờ khai ghi khác giấy chứng sinh"),
        *("17 giờ 00 phút, ngày 03 tháng 12 năm 2026", "17 giờ 00 phút, ngày 10 tháng 12 năm 2026"),
        *("xin lỗi Ông/Bà", "Mong nhận được sự thông cảm", "Nơi nhận:", "Lưu: VT"),
        *("CHỦ TỊCH", "Nguyễn Văn An"),
    ),
    forms.STOP: (
        *("Kính gửi: H’Bliă Niê Kđăm", "ngày 27 tháng 11 năm 2026", "dừng giải quyết hồ sơ"),
        *("Lý do: tờ khai ghi khác giấy chứng sinh", "Giấy tờ trả lại Ông/Bà: Giấy chứng sinh"),
        *("Phí, lệ phí: đã nộp 8.000 đ; hoàn lại: 8.000 đ", "CHỦ TỊCH", "Nguyễn Văn An"),
    ),
}


def form(path):
    return letter_template(path.read_text("utf-8"))


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.stem)
@pytest.mark.parametrize("paper", ["a5", "a4"])
def test_a_letter_says_all_that_its_form_asks_for(template, paper) -> None:
    made = form(template)

    pdf = letter_pdf(FACTS, paper=paper, form=made)

    (page,) = pages(pdf)
    said = squeezed(page)
    for words in (FACTS.authority, FACTS.office.upper(), "Ea Mlung, ngày 27 tháng 11 năm 2026", made.title):
        assert squeezed(words) in said
    for words in (FACTS.code, "Đường dây nóng: 0262 3555 019", *SAID[made.form]):
        assert squeezed(words) in said, words
    assert sizes(pdf) == [pytest.approx(A5 if paper == "a5" else A4, abs=0.1)]
    assert codes(pdf, 150) == {"bars": FACTS.code}
    assert letter_pdf(FACTS, paper=paper, form=made) == pdf


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.stem)
def test_the_head_of_the_authority_signs_what_promises_and_the_officer_what_advises(template) -> None:
    made = form(template)

    said = squeezed(pages(letter_pdf(replace(FACTS, head_name="", head_title=""), paper="a5", form=made))[0])

    heads = made.form in (forms.APOLOGY, forms.STOP)
    assert (squeezed("THỦ TRƯỞNG CƠ QUAN (Ký tên, đóng dấu) ……………………………") in said) is heads
    assert (squeezed(FACTS.officer_name) in said) is not heads


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.stem)
@pytest.mark.parametrize("paper", ["a5", "a4"])
def test_long_names_and_reasons_are_said_to_the_end(template, paper) -> None:
    reason = " ".join(f"{n}. Phải xác minh nguồn gốc thửa đất tại xã Cư Dliê M’nông." for n in range(1, 25))
    facts = replace(
        FACTS,
        office=LONG.office,
        applicant_name=LONG.applicant_name,
        applicant_address=LONG.applicant_address,
        email=LONG.email,
        request=LONG.request,
        other_codes=LONG.other_codes,
        reason=reason,
        marks=LONG.marks,
    )

    made = pages(letter_pdf(facts, paper=paper, form=form(template)))

    said = squeezed("".join(made))
    for words in (LONG.applicant_name, LONG.request, *LONG.other_codes, *LONG.marks):
        assert squeezed(words) in said
    assert squeezed("24. Phải xác minh nguồn gốc thửa đất") in said


@pytest.mark.parametrize("template", [p for p in TEMPLATES if "supplement" in p.stem], ids=lambda p: p.stem)
@pytest.mark.parametrize("paper", ["a5", "a4"])
def test_thirty_papers_go_on_to_a_second_page_that_names_the_dossier(template, paper) -> None:
    needs = tuple(f"Giấy tờ thứ {n}: bản sao có chứng thực giấy tờ về đất" for n in range(1, 31))

    made = pages(letter_pdf(replace(FACTS, needs=needs), paper=paper, form=form(template)))

    said = squeezed("".join(made))
    assert len(made) == 2
    assert all(squeezed(f"{n}. {need}") in said for n, need in enumerate(needs, 1))
    assert all(
        FACTS.code in page and squeezed(f"Trang {n}/2") in squeezed(page) for n, page in enumerate(made, 1)
    )
    assert squeezed("NGƯỜI HƯỚNG DẪN (Ký và ghi rõ họ tên)") in squeezed(made[1])


def test_what_nobody_named_is_left_to_a_pen() -> None:
    (path,) = (p for p in TEMPLATES if p.stem.startswith("supplement-2025"))
    facts = replace(FACTS, needs=(), reason="", hotline="", phone="")

    said = squeezed(pages(letter_pdf(facts, paper="a5", form=form(path)))[0])

    assert "Lýdo:……" in said and "1.……" in said and "Sốđiệnthoại:……" in said
    assert squeezed("Đường dây nóng") not in said


def test_a_strange_paper_and_a_strange_field_are_refused() -> None:
    text = TEMPLATES[0].read_text("utf-8")

    with pytest.raises(BadInput, match="unknown-paper"):
        letter_pdf(FACTS, paper="80mm", form=form(TEMPLATES[0]))
    with pytest.raises(BadInput, match="bad-template"):
        letter_template(text.replace('"applicant_name"', '"id_number"'))

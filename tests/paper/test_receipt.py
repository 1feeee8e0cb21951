import dataclasses
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_app.domain.errors import BadInput
from counter_app.paper import fonts
from counter_app.paper.receipt import receipt_pdf
from tests.paper.people import LONG, SHORT, form
from tests.paper.reading import codes, pages, squeezed

NEW, OLD = form("receipt-2025-09-15"), form("receipt-2018-11-23")


@pytest.mark.parametrize(
    ("paper", "dpi", "mode"),
    [
        ("a5", 150, "-gray"),
        ("a5", 203, "-gray"),
        ("a5", 203, "-mono"),
        ("a4", 150, "-gray"),
        ("80mm", 203, "-gray"),
        ("80mm", 203, "-mono"),
    ],
)
def test_bars_and_qr_are_read_from_the_pixels(paper, dpi, mode):
    pdf = receipt_pdf(SHORT, paper=paper, template=NEW)

    assert codes(pdf, dpi, mode=mode) == {"bars": SHORT.code, "qr": SHORT.qr_text}


@pytest.mark.parametrize(
    ("paper", "printable", "code", "read"),
    [
        ("80mm", 72, "H55.242-261122-012345678", {"bars", "qr"}),
        ("80mm", 72, LONG.code, {"qr"}),
        ("80mm", 48, SHORT.code, {"qr"}),
        ("a5", 72, LONG.code, {"bars", "qr"}),
        ("a5", 72, "H" + "A9" * 19, {"qr"}),
    ],
)
def test_a_code_too_long_for_its_paper_leaves_the_qr_alone(paper, printable, code, read):
    facts = dataclasses.replace(SHORT, code=code)

    pdf = receipt_pdf(facts, paper=paper, template=NEW, printable_mm=printable)

    assert set(codes(pdf, 203)) == read
    assert squeezed(code) in squeezed(pages(pdf)[0])


@pytest.mark.parametrize("template", [NEW, OLD])
@pytest.mark.parametrize(("paper", "count"), [("a5", 2), ("80mm", 2), ("a4", 1)])
def test_an_ordinary_receipt_has_both_copies_on_a_page_each(paper, count, template):
    read = pages(receipt_pdf(SHORT, paper=paper, template=template))

    assert len(read) == count
    for copy in template.copies:
        assert sum(copy in page for page in read) == 1


@pytest.mark.parametrize("template", [NEW, OLD])
@pytest.mark.parametrize("paper", ["a5", "80mm"])
def test_the_lines_come_in_the_order_of_the_form(paper, template):
    text = squeezed(pages(receipt_pdf(SHORT, paper=paper, template=template))[0])
    order = (
        "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
        "Liên 1: Lưu",
        "Mã hồ sơ",
        SHORT.code,
        "Tiếp nhận hồ sơ của: H’Bliă Niê Kđăm",
        "Nội dung yêu cầu giải quyết: Đăng ký khai sinh",
        "1. Thành phần hồ sơ nộp gồm:",
        "Giấy chứng sinh",
        "2. Số lượng hồ sơ: 01 (bộ)",
        "3. Thời gian giải quyết hồ sơ theo quy định là: 5 ngày làm việc",
        "4. Thời gian nhận hồ sơ: 8 giờ 05 phút, ngày 26 tháng 11 năm 2026",
        "5. Thời gian trả kết quả giải quyết hồ sơ: 17 giờ 00 phút, ngày 03 tháng 12 năm 2026",
        "Thứ Năm, 03/12/2026",
        "Đăng ký nhận kết quả tại: Quầy trả kết quả",
        "Quyển số: 01/2026",
        "Số thứ tự: 118",
        "NGƯỜI NỘP HỒ SƠ",
        "Trần Thị Thu Hiền",
    )

    places = [text.find(squeezed(line)) for line in order]

    assert -1 not in places
    assert places == sorted(places)


def test_lines_that_do_not_apply_are_left_out_and_the_numbers_close_up():
    bare = dataclasses.replace(SHORT, fee_words="", hotline="", applicant_id="")

    read = pages(receipt_pdf(bare, paper="a5", template=NEW))[0]

    assert "Phí, lệ phí:" not in read
    assert "Đường dây nóng" not in read
    assert "6. Đăng ký nhận kết quả tại" in read


def test_an_hour_is_promised_only_where_the_limit_counts_hours():
    by_hour = dataclasses.replace(SHORT, due_by_hour=True)

    assert "17 giờ 00, Thứ Năm, 03/12/2026" in pages(receipt_pdf(by_hour, paper="a5", template=NEW))[0]
    assert "17 giờ 00, Thứ" not in pages(receipt_pdf(SHORT, paper="a5", template=NEW))[0]


@pytest.mark.parametrize("paper", ["a5", "a4"])
def test_many_components_go_on_over_pages_that_repeat_the_code(paper):
    read = pages(receipt_pdf(LONG, paper=paper, template=NEW))
    whole = squeezed("".join(read))
    copies = 2

    assert len(read) == 3 * (copies if paper == "a5" else 1)
    assert all(LONG.code in page for page in read)
    for number in range(1, 23):
        assert whole.count(f"Giấytờsố{number}:") == copies
    assert "Trang 3/3" in read[2]


def test_every_mark_is_printed_on_both_copies():
    read = pages(receipt_pdf(LONG, paper="80mm", template=NEW))

    assert all(squeezed(mark) in squeezed(page) for mark in LONG.marks for page in read)


def test_the_same_facts_give_the_same_bytes_dated_by_the_reception():
    first, second = (receipt_pdf(SHORT, paper="a5", template=NEW) for _ in range(2))

    assert first == second
    assert b"D:20261126080500+07'00'" in first


def test_a_value_is_never_markup():
    name = 'A<B & <img src="file:///etc/passwd"> <b>x</b> &amp; {code} %(code)s'

    read = pages(receipt_pdf(dataclasses.replace(SHORT, applicant_name=name), paper="a5", template=NEW))

    assert all(squeezed(name) in squeezed(page) for page in read)


strange = st.one_of(
    st.text(max_size=120),
    st.text(
        alphabet="\u0300\u0301\u0302\u0306\u0309\u031b\u0323aeêơưđ\u200d\u202eـمעš😀\x00\r\n<&>{}",
        max_size=60,
    ),
    st.integers(1, 300).map(lambda n: "Nguyễn" * (n // 6) + "ễ" * (n % 6)),
)


@settings(max_examples=40, deadline=None)
@given(name=strange, paper=st.sampled_from(["a5", "80mm", "a4"]), template=st.sampled_from([NEW, OLD]))
def test_every_string_makes_a_valid_document_and_comes_back_from_it(name, paper, template):
    facts = dataclasses.replace(SHORT, applicant_name=name, components=((name, name, 1),), marks=(name,))

    read = squeezed("".join(pages(receipt_pdf(facts, paper=paper, template=template))))

    expected = squeezed(
        "".join(c if c not in fonts.missing(name) else fonts.REPLACEMENT for c in visible(name))
    )
    assert read.count(expected) >= 2 or not expected


def visible(text: str) -> str:
    kept = [
        c
        for c in text
        if c.isspace() or (unicodedata.category(c) not in ("Cc", "Cf") and not 0xFE00 <= ord(c) <= 0xFE0F)
    ]
    return unicodedata.normalize("NFC", "".join(kept))


def test_more_letters_than_one_embedded_subset_holds_come_back_too():
    letters = "".join(chr(code) for code in range(0xC0, 0x500) if not fonts.missing(chr(code)))
    letters = fonts.printable(letters)

    read = pages(receipt_pdf(dataclasses.replace(SHORT, request=letters), paper="a5", template=NEW))

    assert len(set(letters)) > 512
    assert squeezed(letters) in squeezed(read[0])


@settings(max_examples=25, deadline=None)
@given(text=strange)
def test_every_field_takes_every_string(text):
    facts = dataclasses.replace(
        SHORT,
        **{
            field.name: text
            for field in dataclasses.fields(SHORT)
            if isinstance(getattr(SHORT, field.name), str) and field.name != "qr_text"
        },
        other_codes=(text, text),
    )

    read = pages(receipt_pdf(facts, paper="a5", template=NEW))

    assert len(read) >= 2


@pytest.mark.parametrize(
    ("asked", "why"),
    [({"paper": "a3"}, "unknown-paper"), ({"paper": "80mm", "printable_mm": 10}, "bad-width")],
)
def test_a_paper_that_we_do_not_print_is_refused(asked, why):
    with pytest.raises(BadInput) as refused:
        receipt_pdf(SHORT, template=NEW, **asked)

    assert refused.value.why == why


def test_a_receipt_leaves_nothing_in_the_folder_for_temporary_files(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.chdir(tmp_path)

    receipt_pdf(LONG, paper="a4", template=NEW)

    assert list(tmp_path.iterdir()) == []

"""Invented receipts that read like a commune's own, short and long."""

import dataclasses
from datetime import datetime, timedelta, timezone
from pathlib import Path

from counter_app.paper.receipt import ReceiptFacts, receipt_template
from counter_app.paper.template import Template

VIETNAM = timezone(timedelta(hours=7))
TEMPLATES = Path(__file__).parents[2] / "resources" / "templates"

SHORT = ReceiptFacts(
    authority="UBND XÃ EA MLUNG",
    office="Trung tâm Phục vụ hành chính công",
    document_number="Số: 118/TTPVHCC",
    place="Ea Mlung",
    hotline="0262 3555 019",
    code="H15.242-261126-1007",
    applicant_name="H’Bliă Niê Kđăm",
    applicant_id="066194001207",
    applicant_address="Buôn Tơng Jú, xã Ea Mlung, tỉnh Đắk Lắk",
    phone="0905 000 118",
    contact_via="",
    request="Đăng ký khai sinh",
    procedure_code="1.001193",
    components=(
        ("Tờ khai đăng ký khai sinh", "Bản chính", 1),
        ("Giấy chứng sinh", "Bản chính", 1),
        ("Thẻ căn cước của người đi đăng ký", "Xuất trình", 1),
    ),
    sets=1,
    limit_words="5 ngày làm việc",
    reasoning_words="5 ngày làm việc kể từ 26/11; bỏ 28–29/11 (thứ Bảy, Chủ Nhật)",
    received_at=datetime(2026, 11, 26, 8, 5, tzinfo=VIETNAM),
    due=datetime(2026, 12, 3, 17, 0, tzinfo=VIETNAM),
    return_at_words="Quầy trả kết quả",
    fee_words="8.000 đ – chưa thu",
    volume="01/2026",
    number="118",
    officer_name="Trần Thị Thu Hiền",
    officer_title="Công chức Tư pháp – Hộ tịch",
    qr_text="https://motcua.eamlung.example/r/Zk3vQ0p8XwLtNA#"
    + "pGhk9sT0eVtC1mYfLqXz7Ua2RbWn4JdKo8Ei5MuHcSvByPx3Qw6FlNrDtAgOjIe_kZ1Vm0TsYhXbRc9LpUq4Wn7Gd2Jf8Ka5Eo3"
    + "Mi6HuCvSyBxPwQzFlNrDtAgOjIe_kZ1Vm0TsYhXbRc9Lp",
)

LONG = dataclasses.replace(
    SHORT,
    office="Trung tâm Phục vụ hành chính công liên xã Ea Mlung, Ea Tul, Cư Dliê M’nông",
    code="H15.242.18-261126-123456-01",
    other_codes=("G09.20-20261126-0092637", "000.17.22.H56-261126-0001"),
    applicant_name="Công ty Trách nhiệm hữu hạn Một thành viên Thương mại Dịch vụ Nông sản Buôn Tơng Jú",
    applicant_id="6001700123",
    applicant_address="Số 118 đường Nguyễn Thị Minh Khai nối dài, buôn Tơng Jú, xã Ea Mlung, tỉnh Đắk Lắk",
    email="vanphong@nongsan-tongju.example",
    contact_via="trưởng buôn Y Thanh Êban",
    submitter_name="Nguyễn Trần Hoàng Phương Quỳnh",
    request="Cấp Giấy chứng nhận quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất lần đầu",
    procedure_code="1.012753",
    components=tuple(
        (
            f"Giấy tờ số {n}: văn bản ủy quyền, trích lục bản đồ địa chính và giấy tờ về quyền sử dụng đất",
            "Bản chính" if n % 2 else "Bản sao chứng thực",
            n,
        )
        for n in range(1, 23)
    ),
    reasoning_words="30 ngày làm việc kể từ 26/11; bỏ thứ Bảy, Chủ Nhật, 01/01 (Tết Dương lịch), "
    "04–08/02 (Tết Nguyên đán)",
    due=datetime(2027, 1, 11, 10, 30, tzinfo=VIETNAM),
    due_by_hour=True,
    marks=(
        "BẢN SAO – in lại lần 2: giấy rách",
        "Ngày hẹn chưa có lịch nghỉ năm 2027",
        "Nhập sau: mất điện cả buổi sáng",
    ),
)


def form(name: str = "receipt-2025-09-15") -> Template:
    return receipt_template((TEMPLATES / f"{name}.json").read_text(encoding="utf-8"))

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.errors import BadInput
from counter_app.domain.fees import Fee, amount, parse_fee

CERTIFIED_COPY = "2000/trang (trang 1-2); 1000/trang (từ trang 3); tối đa 200000/bản"
RESIDENCE = "20000 trực tiếp; 10000 trực tuyến"
BIRTH = "0 nếu đúng hạn; quá hạn theo HĐND tỉnh"


@pytest.mark.parametrize(
    ("pages", "copies", "due"),
    [  # TT 226/2016/TT-BTC
        (1, 1, 2_000),
        (2, 1, 4_000),
        (3, 1, 5_000),
        (10, 1, 12_000),
        (198, 1, 200_000),
        (199, 1, 200_000),
        (1_000, 1, 200_000),
        (1, 3, 6_000),
        (3, 2, 10_000),
        (500, 4, 800_000),
    ],
)
def test_a_certified_copy_costs_by_its_pages_up_to_the_cap_of_each_copy(
    pages: int, copies: int, due: int
) -> None:
    assert amount(parse_fee(CERTIFIED_COPY), pages=pages, copies=copies).amount == due


@pytest.mark.parametrize(
    ("text", "asked", "due"),
    [
        ("0", {}, 0),
        ("0", {"copies": 5, "cases": 5}, 0),
        ("10000/trường hợp", {}, 10_000),
        ("10000/trường hợp", {"cases": 3}, 30_000),
        ("10000/trường hợp", {"copies": 3}, 10_000),
        ("50000/giao dịch", {"cases": 2}, 100_000),
        ("50000/di chúc", {}, 50_000),
        ("50000/văn bản", {"cases": 1}, 50_000),
        ("8000/bản/sự kiện", {"copies": 3}, 24_000),
        ("8000/bản/sự kiện", {"copies": 3, "cases": 2}, 48_000),
        (RESIDENCE, {}, 20_000),
        (RESIDENCE, {"channel": "home"}, 20_000),
        (RESIDENCE, {"channel": "post"}, 20_000),
        (RESIDENCE, {"channel": "online"}, 10_000),
        ("15000 trực tiếp; 7000 trực tuyến (unsure)", {"channel": "online"}, 7_000),
        ("20000 trực tiếp", {"channel": "online"}, None),
        ("trực tuyến: 10.000 đồng; trực tiếp: 20.000 đồng", {}, 20_000),
        ("400000 (có miễn giảm)", {}, 400_000),
        (BIRTH, {}, 0),
        (BIRTH, {"late": True}, None),
        ("0 nếu đúng hạn; quá hạn 8000", {"late": True}, 8_000),
        ("theo HĐND tỉnh", {}, None),
        ("theo HĐND tỉnh (Hải Phòng 10000)", {}, None),
        ("theo HĐND tỉnh (Hải Phòng 0 từ 8/8/2026)", {}, None),
        ("Theo Nghị quyết 12/2023/NQ-HĐND", {}, None),
        ("Có thu phí", {}, None),
        ("Miễn phí", {}, 0),
        ("Không", {}, 0),
        ("", {}, None),
        ("1.250.000 đ", {}, 1_250_000),
        ("1,250,000 VNĐ", {}, 1_250_000),
        ("30 000 đồng/người", {"cases": 2}, 60_000),
    ],
)
def test_a_fee_text_gives_its_amount_or_says_that_it_is_unknown(
    text: str, asked: dict[str, int], due: int | None
) -> None:
    fee = amount(parse_fee(text), **asked)  # type: ignore[arg-type]

    assert fee == Fee(due, text)


@pytest.mark.parametrize(
    "text",
    [
        "-5000",
        "5000.5",
        "1,25 triệu",
        "5000-10000",
        "5000/kg",
        "5000; 3000",
        "8000/bản/bản",
        "quá hạn 5000 nếu đúng hạn",
        "9" * 30,
        "20000 trực tiếp; 10000 trực tiếp",
    ],
)
def test_figures_that_could_be_misread_are_refused(text: str) -> None:
    with pytest.raises(BadInput, match="fee-unreadable"):
        parse_fee(text)


def test_an_exemption_makes_it_nothing_and_is_named() -> None:
    fee = amount(parse_fee("theo HĐND tỉnh"), exemption="  hộ nghèo ")

    assert fee == Fee(0, "theo HĐND tỉnh", "hộ nghèo")


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ({"pages": 0}, "not-positive"),
        ({"copies": 0}, "not-positive"),
        ({"cases": -1}, "not-positive"),
        ({"channel": "fax"}, "channel-unknown"),
        ({"exemption": " "}, "empty"),
    ],
)
def test_what_cannot_be_reckoned_is_refused(asked: dict[str, int], why: str) -> None:
    with pytest.raises(BadInput) as caught:
        amount(parse_fee("8000/bản"), **asked)  # type: ignore[arg-type]

    assert caught.value.why == why


@given(st.integers(1, 5_000), st.integers(1, 50))
def test_more_pages_never_cost_less_and_never_more_than_the_cap(pages: int, copies: int) -> None:
    rule = parse_fee(CERTIFIED_COPY)

    less, more = (amount(rule, pages=number, copies=copies).amount for number in (pages, pages + 1))

    assert less is not None and more is not None
    assert 2_000 * copies <= less <= more <= 200_000 * copies


@given(st.text(max_size=80))
def test_any_text_is_read_or_refused_with_a_reason(text: str) -> None:
    try:
        fee = amount(parse_fee(text))
    except BadInput as bad:
        assert bad.why == "fee-unreadable"
    else:
        assert fee.amount is None or fee.amount >= 0

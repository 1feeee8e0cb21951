"""A fee is said as it comes about, so that it can be read aloud."""

from __future__ import annotations

import pytest

from counter_app.domain.certification import RegisterNumber
from counter_app.domain.fees import parse_fee
from counter_app.domain.reckoning import reckon
from counter_app.words import language
from counter_app.words.charges import amounts_words, reckoning_words, register_words

COPY = "2000/trang (trang 1-2); 1000/trang (từ trang 3); tối đa 200000/bản"


@pytest.mark.parametrize(
    ("fee", "counts", "said"),
    [
        (COPY, {}, "1 trang × 2.000"),
        (COPY, {"pages": 5}, "2 trang × 2.000 + 3 trang × 1.000"),
        (COPY, {"pages": 5, "copies": 3}, "(2 trang × 2.000 + 3 trang × 1.000 = 7.000) × 3 bản"),
        (COPY, {"pages": 500}, "mỗi bản thu nhiều nhất 200.000"),
        (COPY, {"pages": 500, "copies": 2}, "mỗi bản thu nhiều nhất 200.000, × 2 bản"),
        ("10000/trường hợp", {"cases": 2}, "2 trường hợp × 10.000"),
        ("8000/bản/sự kiện", {"copies": 2}, "2 bản × 8.000"),
        ("400000", {}, "400.000"),
        ("0", {}, "không thu phí"),
        ("theo HĐND tỉnh", {}, "mức phí do tỉnh quy định: ghi số tiền"),
        (COPY, {"exemption": "hộ nghèo"}, "miễn, giảm: hộ nghèo"),
    ],
)
def test_the_fee_says_how_it_comes_about(fee: str, counts: dict[str, int], said: str) -> None:
    assert reckoning_words(reckon(parse_fee(fee), **counts)) == said


def test_the_same_in_english() -> None:
    language.use("en")
    try:
        assert reckoning_words(reckon(parse_fee(COPY), pages=3)) == "2 pages × 2.000 + 1 page × 1.000"
    finally:
        language.use(language.SOURCE)


def test_what_was_not_counted_is_not_said() -> None:
    assert amounts_words({"pages": 3, "copies": 2, "what": "Giấy khai sinh"}) == "3 trang, 2 bản"
    assert amounts_words({}) == ""


def test_a_line_of_the_register_is_named_with_its_volume() -> None:
    assert register_words(RegisterNumber("01/2026-SCT/BS", 12)) == "số 12, quyển 01/2026-SCT/BS"
    assert register_words(None) == ""

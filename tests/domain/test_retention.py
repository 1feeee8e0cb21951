"""Retention terms: which line holds for a procedure, and the last day on which a dossier is kept."""

from __future__ import annotations

from datetime import date

import pytest

from counter_app.domain.errors import BadLine
from counter_app.domain.retention import Term, parse_terms, term_of
from counter_app.system import paths

HEAD = "of,years,counted_from,checked,valid_from,source\n"
SHIPPED = parse_terms((paths.resource("retention") / "terms.csv").read_text("utf-8"))
DAY = date(2026, 11, 28)


def term(years: int | None = 2, *, from_year: bool = True) -> Term:
    return Term("*", years, from_year, True, date(2020, 1, 1), "thử")


@pytest.mark.parametrize(
    ("one", "ended", "last"),
    [
        (term(), date(2024, 1, 2), date(2026, 12, 31)),
        (term(), date(2024, 12, 31), date(2026, 12, 31)),
        (term(from_year=False), date(2024, 3, 5), date(2026, 3, 5)),
        (term(from_year=False), date(2024, 2, 29), date(2026, 2, 28)),
        (term(None), date(2024, 1, 2), None),
    ],
)
def test_a_term_counts_from_the_year_of_the_end_or_from_its_day(one, ended, last):
    assert one.last_day(ended) == last


@pytest.mark.parametrize(
    ("name", "field", "years"),
    [
        ("Chứng thực chữ ký trong các giấy tờ, văn bản", "Chứng thực", 2),
        ("Chứng thực hợp đồng, giao dịch liên quan đến tài sản", "Chứng thực", 20),
        ("Đăng ký khai sinh", "Hộ tịch", None),
    ],
)
def test_what_ships_names_the_certification_registers_and_civil_status(name, field, years):
    found = term_of(SHIPPED, "9.000001", name, field, DAY)
    assert found is not None and found.years == years and not found.checked and found.source


def test_no_line_no_term_and_the_closest_one_holds_as_of_its_day():
    assert term_of(SHIPPED, "9.000001", "Đăng ký hộ kinh doanh", "Thành lập hộ kinh doanh", DAY) is None
    lines = (
        "*,10,year,yes,2020-01-01,a\nChứng thực,9,year,yes,2020-01-01,b\n"
        "SCT/BS,8,year,yes,2020-01-01,c\n2.000815.000.00.00.H56,7,day,yes,2020-01-01,d\n"
        "2.000815,6,day,yes,2027-01-01,e\n"
    )
    known, copies = parse_terms(HEAD + lines), "Chứng thực bản sao từ bản chính"

    def source(code: str, name: str, field: str, on: date = DAY) -> str:
        found = term_of(known, code, name, field, on)
        return found.source if found else ""

    assert source("2.000815", copies, "Chứng thực") == "d"
    assert source("2.000815", copies, "Chứng thực", date(2027, 1, 1)) == "e"
    assert source("2.000816", copies, "Chứng thực") == "c"
    assert source("2.000816", "Cấp bản sao từ sổ gốc", "Chứng thực") == "b"
    assert source("2.000816", "Khác", "Khác") == "a"


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (",2,year,yes,2020-01-01,a", "missing"),
        ("*,hai,year,yes,2020-01-01,a", "limit-not-a-number"),
        ("*,0,year,yes,2020-01-01,a", "out-of-range"),
        ("*,2,month,yes,2020-01-01,a", "kind-unknown"),
        ("*,2,year,maybe,2020-01-01,a", "kind-unknown"),
        ("*,2,year,yes,2020-13-01,a", "date-unreadable"),
        ("*,2,year,yes,2020-01-01,", "missing"),
    ],
)
def test_a_bad_line_is_refused_by_its_number(line, why):
    with pytest.raises(BadLine) as raised:
        parse_terms(HEAD + "*,1,year,yes,2020-01-01,a\n" + line)
    assert (raised.value.why, raised.value.facts["line"]) == (why, 3)

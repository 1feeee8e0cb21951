"""The citizen's number warns and never refuses, for corrected birth data keep their number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.citizen import (
    FEMALE,
    MALE,
    PROVINCES,
    CitizenNumber,
    Warning,
    checks,
    read_birth_date,
)
from counter_app.domain.errors import BadInput


@pytest.mark.parametrize(
    "text", ["019195001234", " 019 195 001 234 ", "019.195.001.234", "019195-001234", "0191\u00a095001234"]
)
def test_a_number_is_read_however_it_is_spaced(text: str) -> None:
    number = CitizenNumber.parse(text)

    assert str(number) == "019195001234"
    assert (number.province, number.birth_year, number.sex) == ("Thái Nguyên", 1995, FEMALE)
    assert not number.old


@pytest.mark.parametrize(
    ("digit", "year", "sex"),
    [
        ("0", 1907, MALE),
        ("1", 1907, FEMALE),
        ("2", 2007, MALE),
        ("3", 2007, FEMALE),
        ("4", 2107, MALE),
        ("5", 2107, FEMALE),
        ("6", 2207, MALE),
        ("7", 2207, FEMALE),
        ("8", 2307, MALE),
        ("9", 2307, FEMALE),
    ],
)
def test_the_fourth_digit_tells_century_and_sex(digit: str, year: int, sex: str) -> None:
    number = CitizenNumber(f"001{digit}07123456")

    assert (number.birth_year, number.sex) == (year, sex)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12345678",
        "0191950012345",
        "01919500123",
        "01919500123O",
        "٠١٩١٩٥٠٠١٢٣٤",
        "019/195001234",
        "1234567890",
    ],
)
def test_other_texts_are_no_number(text: str) -> None:
    with pytest.raises(BadInput) as refusal:
        CitizenNumber.parse(text, field="applicant.id_number")

    assert refusal.value.why == "not-a-citizen-number"
    assert refusal.value.facts == {"field": "applicant.id_number", "value": text}
    with pytest.raises(BadInput):
        CitizenNumber(text)


def test_the_number_of_an_old_cmnd_is_taken_with_a_warning() -> None:
    number = CitizenNumber.parse("095 123 456")

    assert number.old
    assert (number.province, number.birth_year, number.sex) == (None, None, None)
    assert checks(number, "1960", "Nam") == [Warning("old-number")]


@pytest.mark.parametrize(
    ("digits", "birth_date", "sex", "expected"),
    [
        ("019195001234", "1995-06-25", "Nữ", []),
        ("019195001234", "1995", None, []),
        ("019195001234", None, None, []),
        ("019195001234", "1996", None, [Warning("birth-year-differs", {"number": "1995", "given": "1996"})]),
        (
            "019195001234",
            "2095-01",
            "Nữ",
            [Warning("birth-year-differs", {"number": "1995", "given": "2095"})],
        ),
        ("019195001234", None, "Nam", [Warning("sex-differs", {"number": "Nữ", "given": "Nam"})]),
        ("003195001234", None, None, [Warning("unknown-province", {"prefix": "003"})]),
    ],
)
def test_disagreements_are_warnings(
    digits: str, birth_date: str | None, sex: str | None, expected: list[Warning]
) -> None:
    assert checks(CitizenNumber(digits), birth_date, sex) == expected


def test_all_disagreements_are_told_at_once() -> None:
    found = checks(CitizenNumber("999195001234"), "1990", "Nam")

    assert [warning.code for warning in found] == ["unknown-province", "birth-year-differs", "sex-differs"]


def test_the_63_provinces_of_before_the_mergers_are_known() -> None:
    assert len(PROVINCES) == 63
    assert len(set(PROVINCES.values())) == 63
    assert list(PROVINCES) == sorted(PROVINCES)


@given(
    st.sampled_from(sorted(PROVINCES)),
    st.integers(1900, 2399),
    st.sampled_from([MALE, FEMALE]),
    st.integers(0, 999_999),
)
def test_a_number_made_by_the_rule_agrees_with_its_bearer(
    province: str, year: int, sex: str, drawn: int
) -> None:
    century_and_sex = (year - 1900) // 100 * 2 + (sex == FEMALE)

    number = CitizenNumber.parse(f"{province}{century_and_sex}{year % 100:02d}{drawn:06d}")

    assert checks(number, f"{year}-12-31", sex) == []
    assert number.province == PROVINCES[province]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("1960", "1960"),
        ("1960-05", "1960-05"),
        ("1960-5-1", "1960-05-01"),
        ("25/06/1995", "1995-06-25"),
        (" 5.6.1995 ", "1995-06-05"),
        ("25-06-1995", "1995-06-25"),
        ("06/1995", "1995-06"),
        ("25061995", "1995-06-25"),
        ("00/00/1960", "1960"),
        ("00051960", "1960-05"),
        ("29/02/2000", "2000-02-29"),
    ],
)
def test_a_birth_date_is_as_much_as_is_known(text: str, read: str) -> None:
    assert read_birth_date(text) == read
    assert read_birth_date(read) == read


@pytest.mark.parametrize(
    "text",
    [
        "",
        "95",
        "29/02/1995",
        "1995-13",
        "31/04/1995",
        "05/00/1995",
        "1849",
        "2400",
        "0000",
        "1995-06-25T00:00",
        "19950625",
        "25061995 1",
        "hôm qua",
    ],
)
def test_other_texts_are_no_birth_date(text: str) -> None:
    with pytest.raises(BadInput) as refusal:
        read_birth_date(text, field="applicant.birth_date")

    assert refusal.value.why == "not-a-birth-date"
    assert refusal.value.facts == {"field": "applicant.birth_date", "value": text}

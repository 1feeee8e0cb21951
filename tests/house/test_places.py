"""The seed of provinces and communes is whole and can be keyed by code."""

import csv
from pathlib import Path
from unicodedata import is_normalized

import pytest

PLACES = Path(__file__).parents[2] / "resources" / "places.csv"


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    with PLACES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_34_provinces_and_3321_communes_of_july_2025_are_there(rows: list[dict[str, str]]) -> None:
    assert len({row["province_code"] for row in rows}) == 34
    assert len(rows) == 3321


def test_a_code_means_one_place(rows: list[dict[str, str]]) -> None:
    assert len({row["ward_code"] for row in rows}) == len(rows)
    assert len({(row["province_code"], row["province"]) for row in rows}) == 34


def test_codes_keep_their_leading_zeros_and_are_in_order(rows: list[dict[str, str]]) -> None:
    codes = [(row["province_code"], row["ward_code"]) for row in rows]

    assert codes == sorted(codes)
    assert all(len(province) == 2 and len(ward) == 5 for province, ward in codes)
    assert all((province + ward).isascii() and (province + ward).isdigit() for province, ward in codes)


def test_names_are_composed_trimmed_and_say_their_kind(rows: list[dict[str, str]]) -> None:
    kinds = {"province": ("Tỉnh ", "Thành phố "), "ward": ("Xã ", "Phường ", "Đặc khu ")}

    wrong = [
        row[column]
        for row in rows
        for column, prefixes in kinds.items()
        if not row[column].startswith(prefixes)
        or not is_normalized("NFC", row[column])
        or row[column] != row[column].strip()
    ]

    assert wrong == []


@pytest.mark.parametrize(
    ("code", "ward", "province"),
    [("00004", "Phường Ba Đình", "Thành phố Hà Nội"), ("20107", "Xã Phú Lộc", "Thành phố Huế")],
)
def test_a_known_place_is_found_by_its_code(
    rows: list[dict[str, str]], code: str, ward: str, province: str
) -> None:
    found = [(row["ward"], row["province"]) for row in rows if row["ward_code"] == code]

    assert found == [(ward, province)]


def test_the_code_of_a_provinces_agencies_is_told_with_where_it_was_seen(rows: list[dict[str, str]]) -> None:
    with PLACES.with_name("agency_codes.csv").open(encoding="utf-8", newline="") as file:
        known = list(csv.DictReader(file))

    assert {row["province_code"] for row in known} <= {row["province_code"] for row in rows}
    assert len({row["code"] for row in known}) == len(known)
    assert all(row["source"] for row in known)

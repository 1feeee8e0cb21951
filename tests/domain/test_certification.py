"""Numbers in the certification registers: the right register, a volume read as typed, one key a line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain import at_once
from counter_app.domain.certification import Book, RegisterNumber, book_of, first_volume, read_volume
from counter_app.domain.errors import BadInput
from counter_app.domain.limits import TimeLimit, Unit
from counter_app.domain.procedures import Procedure
from counter_app.services.rules import read_catalogue

CATALOGUE = {one.code: one for one in read_catalogue(None)}


@pytest.mark.parametrize(
    ("code", "book"),
    [
        ("2.000815", Book.COPIES),
        ("2.000942", Book.COPIES),
        ("2.000884", Book.SIGNATURES),
        ("2.000992", Book.TRANSLATORS),
        ("2.001008", Book.TRANSLATORS),
        ("2.000913", Book.CONTRACTS),
        ("2.000927", Book.CONTRACTS),
        ("2.001035", Book.CONTRACTS),
        ("2.000908", None),
        ("2.000635", None),
        ("1.001193", None),
    ],
)
def test_each_kind_of_certification_has_its_register(code: str, book: Book | None) -> None:
    assert book_of(CATALOGUE[code]) is book


@pytest.mark.parametrize(
    ("typed", "volume"),
    [
        ("2", "02/2026-SCT/BS"),
        ("02", "02/2026-SCT/BS"),
        ("02/2025", "02/2025-SCT/BS"),
        ("02-2026", "02/2026-SCT/BS"),
        ("02/2026-SCT/BS", "02/2026-SCT/BS"),
        ("02/2026 - sct/bs", "02/2026-SCT/BS"),
        ("9f3c", "9F3C/2026-SCT/BS"),
    ],
)
def test_a_volume_is_read_as_officers_write_it(typed: str, volume: str) -> None:
    assert read_volume(typed, 2026, Book.COPIES) == volume


@pytest.mark.parametrize("typed", ["", "quyển hai", "1/26", "1/2026-SCT/CK,ĐC", "1/2/3", "x" * 60])
def test_what_is_no_volume_of_this_register_is_refused(typed: str) -> None:
    with pytest.raises(BadInput, match="volume-unreadable"):
        read_volume(typed, 2026, Book.COPIES)


@given(st.binary(min_size=8, max_size=8), st.integers(2024, 2099), st.sampled_from(Book))
def test_a_machines_own_volume_reads_back_as_it_stands(log: bytes, year: int, book: Book) -> None:
    volume = first_volume(log, year, book)

    assert read_volume(volume, year, book) == volume
    assert RegisterNumber(volume, 1).book is book


@given(
    st.lists(
        st.builds(
            RegisterNumber,
            st.builds(
                first_volume,
                st.binary(min_size=2, max_size=8),
                st.integers(2024, 2030),
                st.sampled_from(Book),
            ),
            st.integers(1, 10_000),
        ),
        max_size=8,
    )
)
def test_two_lines_never_share_a_key(numbers: list[RegisterNumber]) -> None:
    assert len({number.key for number in numbers}) == len(set(numbers))


@pytest.mark.parametrize(("unit", "number"), [(Unit.SAME_DAY, 0), (Unit.HOUR, 4)])
def test_what_is_done_within_the_day_may_be_given_at_once(unit: Unit, number: int) -> None:
    assert at_once.fits(Procedure("2.000815", "Chứng thực bản sao", limit=TimeLimit(number, unit)))


@pytest.mark.parametrize("limit", [None, TimeLimit(1, Unit.WORKING_DAY), TimeLimit(1, Unit.DAY)])
def test_what_may_take_longer_is_received_with_a_date(limit: TimeLimit | None) -> None:
    with pytest.raises(BadInput, match="not-at-once"):
        at_once.require_fit(Procedure("1.004884", "Đăng ký lại khai sinh", limit=limit))

"""Searches in real stores."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_app.store import search, upgrade
from counter_app.store.caches import first_id
from counter_app.store.database import KEY, Database
from counter_app.store.writer import writing
from counter_app.system import paths

START = datetime.fromisoformat("2026-11-02T08:00:00+07:00")
PEOPLE: tuple[dict[str, Any], ...] = (
    {"name": "Nguyễn Văn Đức", "id_number": "001086000123", "phone": "0912345678"},
    {"name": "Bàn Mùi Nái", "id_number": "010190004567", "contact_via": "trưởng thôn Tẩn Láo Lở"},
    {"name": "H’Loan Niê Kđăm", "phone": "0905000118", "address": "Buôn Tơng Jú, xã Ea Mlung"},
    {"name": "Giàng A Páo", "id_number": "010085007788", "address": "Thôn Séo Mý Tỷ, xã Tả Van"},
    {"name": "Lò Thị Pâng", "phone": "0987001234", "address": "Bản Nà Khoa"},
    {"kind": "org", "name": "Hợp tác xã Chè Shan Tuyết", "tax_code": "5300123456-001"},
    {"name": "Nguyễn Thị Hoa", "id_number": "001190009999"},
    {"name": "Nông Văn Dũng", "phone": "0911119999"},
)
ALIASES = {1: ["G09.20-20260609-0092637"], 3: ["000.17.22.H56-210531-0001"]}
HOUR = timedelta(hours=1)
COMMUNE = b"c" * 16


def received(number: int) -> dict[str, Any]:
    at = START + number * HOUR
    return {
        "code": f"H11.027-261102-{1001 + number}",
        "agency": "H11.027",
        "applicant": {"kind": "person", **PEOPLE[number]},
        "procedure": {"code": "1.001193", "name": "Đăng ký khai sinh"},
        "channel": "counter",
        "received_at": at.isoformat(),
        "due": (at + timedelta(days=number)).isoformat(),
        "sets": 1,
        "codes": ALIASES.get(number, []),
    }


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    database = Database(tmp_path_factory.mktemp("search") / "store.db", bytes(KEY))
    upgrade.bring_up_to_date(database, paths.migrations())
    with writing(database, 0, first=True) as pen:
        pen.open_log("MÁY 1", COMMUNE)
        for number in range(len(PEOPLE)):
            pen.append("received", number.to_bytes(16, "big"), received(number), "lan")
    yield database
    database.close()


Find = Callable[[str], list[int]]


@pytest.fixture(scope="module")
def words(store: Database) -> Find:
    """The numbers of the people whose dossiers are found by words, in the order of the answer."""

    def find(typed: str) -> list[int]:
        with store.reading() as connection:
            return numbers(search.by_words(connection, typed, 50))

    return find


@pytest.fixture(scope="module")
def codes(store: Database) -> Find:
    def find(typed: str) -> list[int]:
        with store.reading() as connection:
            return numbers(search.by_code(connection, typed, 50))

    return find


def numbers(lines: Any) -> list[int]:
    return [int.from_bytes(line.dossier, "big") for line in lines]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("duc", [0]),
        ("Đức", [0]),
        ("ĐỨC", [0]),
        ("đưc", [0]),
        ("Đức", [0]),
        ("ban mui", [1]),
        ("bàn mùi nái", [1]),
        ("mui ban", [1]),
        ("hloan", [2]),
        ("h'loan", [2]),
        ("H’Loan", [2]),
        ("kdam", [2]),
        ("giang pao", [3]),
        ("pao gian", [3]),
        ("nguyen", [6, 0]),
        ("nguy h", [6]),
        ("shan tuyet", [5]),
        ("dung", [7]),
    ],
)
def test_a_name_is_found_by_the_beginning_of_any_word_without_tones(
    words: Find, typed: str, found: list[int]
) -> None:
    assert words(typed) == found


@pytest.mark.parametrize(
    ("typed", "found"),
    [("seo my ty", [3]), ("ea mlung", [2]), ("lao lo", [1]), ("na khoa", [4])],
)
def test_the_address_and_who_passes_word_on_are_searched_too(
    words: Find, typed: str, found: list[int]
) -> None:
    assert words(typed) == found


def test_what_is_found_comes_newest_first(words: Find) -> None:
    assert words("khai sinh") == [7, 6, 5, 4, 3, 2, 1, 0]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("123", [0]),
        ("000123", [0]),
        ("001086000123", [0]),
        ("5678", [0]),
        ("0912345678", [0]),
        ("118", [2]),
        ("9999", [7, 6]),
        ("456001", [5]),
        ("1004", [3]),
        ("2637", [1]),
        ("12", []),
        ("678 ", [0]),
        ("0912 345 678", [0]),
        ("09 12.34-56 78", [0]),
        ("912345", []),
    ],
)
def test_three_or_more_last_digits_find_an_id_a_phone_a_tax_code_and_a_code(
    words: Find, typed: str, found: list[int]
) -> None:
    assert words(typed) == found


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("nguyen 9999", [6]),
        ("9999 nong", [7]),
        ("duc 123", [0]),
        ("duc 12345678", [0]),
        ("hoa 12345678", []),
        ("duc 9999", []),
        ("nguyen 9999 hoa", [6]),
        ("duc 0912 345 678", [0]),
    ],
)
def test_digits_narrow_what_the_words_find(words: Find, typed: str, found: list[int]) -> None:
    assert words(typed) == found


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("H11.027-261102-1003", [2]),
        ("h11.027-261102-1003", [2]),
        (" H11.027-261102-100", [7, 6, 5, 4, 3, 2, 1, 0]),
        ("H11", [7, 6, 5, 4, 3, 2, 1, 0]),
        ("G09.20-2026", [1]),
        ("g09.20-20260609-0092637", [1]),
        ("000.17.22.H56", [3]),
        ("H11.027-261103", []),
        ("261102", []),
        ("H11.027-261102-1003%", []),
        ("H11_027", []),
    ],
)
def test_a_dossier_is_found_by_the_beginning_of_any_of_its_codes(
    codes: Find, typed: str, found: list[int]
) -> None:
    assert codes(typed) == found


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("nguyem", [6, 0]),
        ("ngyuen", [6, 0]),
        ("nguen", [6, 0]),
        ("nguyyen", [6, 0]),
        ("xguyen", [6, 0]),
        ("nguyem hoa", [6]),
        ("hloam", [2]),
        ("gang pao", [3]),
        ("mgu", []),
        ("nguxxn", []),
    ],
)
def test_one_wrong_missing_doubled_or_swapped_letter_still_finds(
    words: Find, typed: str, found: list[int]
) -> None:
    assert words(typed) == found


def test_a_word_that_came_after_the_first_mistyped_search_is_found_mistyped_too(tmp_path: Path) -> None:
    database = Database(tmp_path / "store.db", bytes(KEY))
    upgrade.bring_up_to_date(database, paths.migrations())
    with writing(database, 0, first=True) as pen:
        pen.open_log("MÁY 1", COMMUNE)
        pen.append("received", bytes(15) + b"\0", received(0), "lan")
    with database.reading() as connection:
        assert not search.by_words(connection, "giamg", 10)

    with writing(database, 0) as pen:
        pen.append("received", bytes(15) + b"\3", received(3), "lan")

    with database.reading() as connection:
        assert numbers(search.by_words(connection, "giamg", 10)) == [3]
    database.close()


def test_no_more_are_given_than_asked_for(store: Database) -> None:
    with store.reading() as connection:
        assert numbers(search.by_words(connection, "khai", 2)) == [7, 6]
        assert numbers(search.by_digits(connection, "9999", 1)) == [7]
        assert numbers(search.by_code(connection, "H11", 3)) == [7, 6, 5]
        assert numbers(search.newest(connection, 1)) == [7]


def test_what_is_due_comes_soonest_first(store: Database) -> None:
    minute = int((START + 2 * HOUR + timedelta(days=2)).timestamp()) // 60

    with store.reading() as connection:
        overdue = search.due(connection, after_minute=None, before_minute=minute, limit=50)
        that_minute = search.due(connection, after_minute=minute, before_minute=minute, limit=50)

    assert numbers(overdue) == [0, 1, 2]
    assert numbers(that_minute) == [2]


moments = st.datetimes(datetime(1990, 1, 1), datetime(2150, 1, 1), timezones=st.just(UTC))


@given(moments, moments)
def test_lines_stand_in_the_order_of_their_reception_in_any_year(one: datetime, other: datetime) -> None:
    earlier, later = sorted((one, other))

    assert 0 <= first_id(earlier) <= first_id(later) <= 2**63 - 2**32
    if later - earlier >= timedelta(seconds=2) and earlier.year >= 2000 and later.year < 2068:
        assert first_id(earlier) < first_id(later)


HOSTILE = [
    "",
    " ",
    '"',
    '""',
    "'",
    "*",
    "nguyen*",
    '"nguyen"*',
    "NEAR(",
    "NEAR(nguyen hoa, 5)",
    "OR",
    "nguyen OR hoa",
    "AND",
    "NOT",
    "NOT nguyen",
    "-",
    "-nguyen",
    "^nguyen",
    "folded:nguyen",
    "{folded}:nguyen",
    "+",
    "(",
    ")",
    ";",
    "nguyen'; DROP TABLE dossiers; --",
    "%",
    "_",
    "\\",
    "\0",
    "ng\0uyen",
    "🙂",
    "nguyen 🙂",
    "\ud800",
    "\u202enguyen",
    "Đ" * 10_000,
    "a " * 5_000,
    "1" * 10_000,
    "nguyen " * 2_000,
    "1234 " * 2_000,
    "²³¹",
    "١٢٣",
    "ﬁ",
    "ß",
]


@pytest.mark.parametrize("typed", HOSTILE, ids=lambda typed: ascii(typed[:20]))
def test_nothing_that_can_be_typed_is_an_error_or_a_command(words: Find, codes: Find, typed: str) -> None:
    words(typed)
    codes(typed)

    assert words("nguyen") == [6, 0]


@pytest.mark.parametrize("typed", ["nguyen OR bogus", "NOT nguyen", "folded:nguyen", "nguyen AND hoa"])
def test_the_words_of_a_query_language_are_only_words(words: Find, typed: str) -> None:
    assert words(typed) == []


@settings(max_examples=150, deadline=None)
@given(typed=st.text(max_size=60))
def test_any_text_is_searched_for_without_an_error(words: Find, codes: Find, typed: str) -> None:
    for found in (words(typed), codes(typed)):
        assert sorted(found, reverse=True) == found


NAME_WORDS = sorted({word for person in PEOPLE for word in person["name"].split() if len(word) > 1})


@settings(max_examples=100, deadline=None)
@given(word=st.sampled_from(NAME_WORDS), length=st.integers(1, 8))
def test_every_beginning_of_every_word_of_a_name_finds_its_bearer(
    words: Find, word: str, length: int
) -> None:
    bearers = {n for n, person in enumerate(PEOPLE) if word in person["name"].split()}

    assert bearers <= set(words(word[:length]))

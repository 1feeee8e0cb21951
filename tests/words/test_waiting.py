"""What waits to be sent, in words."""

from __future__ import annotations

import pytest

from counter_app.services.waiting import Item, Why
from counter_app.words import waiting


@pytest.mark.parametrize(
    ("kinds", "title", "about"),
    [
        (("cash_counted",), "Sổ sách của cơ quan", "Đếm két"),
        (("day_closed", "surveyed"), "Sổ sách của cơ quan", "Chốt ngày, nhập phiếu khảo sát"),
        (("paid", "noted"), "Hồ sơ 0b149daf…", "Thu phí, ghi chú"),
        (("from_tomorrow",), "Hồ sơ 0b149daf…", "Việc của phiên bản mới"),
    ],
)
def test_what_the_offices_books_say_is_no_dossier_and_of_no_later_program(
    kinds: tuple[str, ...], title: str, about: str
) -> None:
    item = Item(
        Why.WAITS, bytes.fromhex("0b149daf" * 4), events=len(kinds), kinds=kinds, different=len(kinds)
    )

    assert (waiting.title(item), waiting.about(item)) == (title, about)

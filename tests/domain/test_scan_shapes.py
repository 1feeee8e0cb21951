"""What a scan looks like: one of our forms whole, and keys that come evenly."""

from __future__ import annotations

import pytest

from counter_app.domain.scan_shapes import is_even, is_form


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("H99.042-260420-1001", True),
        ("000.17.22.H56-210531-0001", True),
        ("066174000123||Giang A Pao|12031974|Nam|Buon Ea Mlung|10052021", True),
        ("mc:AAAAAAAAAAAAAA#AAAA", True),
        ("066174000123", False),
        ("0900000123", False),
        ("giang a pao", False),
        ("xH99.042-260420-1001", False),
    ],
)
def test_only_a_whole_form_is_one(text: str, form: bool) -> None:
    assert is_form(text) is form


def test_a_scanners_pauses_are_even_and_a_hands_are_not() -> None:
    assert is_even([60] * 18) and is_even([72, 80, 88, 80]) and is_even([40, 52, 36, 44])
    assert not is_even([70, 110, 45, 90, 60]) and not is_even([60, 61, 58, 34, 72])

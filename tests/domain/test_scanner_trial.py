"""What a scanner delivers is told apart: whole, mangled, torn, or no card at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.card import read_card
from counter_app.domain.scanner_trial import SAMPLE, Trial, judge


def test_the_sample_card_is_whole_and_has_letters_that_break() -> None:
    assert judge(SAMPLE) == Trial("sample", (), "Nguyễn Thị Mẫu", "1999-02-01")
    assert not read_card(SAMPLE).warnings


@pytest.mark.parametrize(
    ("text", "kind", "faults"),
    [
        ("", "nothing", ()),
        ("8934563138165", "code", ()),
        ("H55.242-261122-1001", "code", ()),
        ("001199000000||Nguyễn", "code", ("torn",)),
        (SAMPLE.replace("Nguyễn Thị Mẫu", "Nguyeexn Thij Maaux"), "sample", ("accents",)),
        (SAMPLE.replace("01021999", "0102"), "sample", ("date",)),
        (SAMPLE.replace("001199000000", "066174000123").replace("1999", "1974"), "card", ()),
    ],
)
def test_what_came_through_is_named_and_so_is_what_was_lost(
    text: str, kind: str, faults: tuple[str, ...]
) -> None:
    trial = judge(text)

    assert (trial.kind, trial.faults) == (kind, faults)


@given(st.text())
def test_no_scan_whatever_stops_the_trial(text: str) -> None:
    assert judge(text).kind in {"nothing", "code", "card", "sample"}

"""A few letters stand for a paper; what is no beginning of one stays what it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.names import words
from counter_app.domain.paper_names import is_short, suggested
from counter_app.services.paper_names import common

NAMES = common()


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("gks", "Giấy khai sinh"),
        ("cc", "Căn cước"),
        ("btn", "Bằng tốt nghiệp THPT"),
        ("hb", "Học bạ"),
        ("syll", "Sơ yếu lý lịch"),
        ("bang tot", "Bằng tốt nghiệp THPT"),
        ("Bằng tốt nghiệp đ", "Bằng tốt nghiệp đại học"),
        ("HỌC", "Học bạ"),
    ],
)
def test_letters_or_beginnings_of_words_find_the_paper(typed: str, first: str) -> None:
    assert suggested(typed, NAMES)[0] == first


@pytest.mark.parametrize("typed", ["", "  ", "Giấy khen", "Bằng lái", "học bạ", "xyz"])
def test_what_is_no_beginning_or_a_whole_name_is_left_alone(typed: str) -> None:
    assert suggested(typed, NAMES) == []


def test_what_the_day_brought_most_comes_first() -> None:
    assert suggested("g", ["Giấy ra viện", *NAMES])[:2] == ["Giấy ra viện", "Giấy khai sinh"]


@given(st.sampled_from(NAMES), st.data())
def test_every_paper_is_among_those_that_its_own_beginning_offers(name: str, data: st.DataObject) -> None:
    own = words(name)
    count = data.draw(st.integers(1, len(own)))
    typed = " ".join(own[:count])[: data.draw(st.integers(1, 40))]

    offered = suggested(typed, NAMES)

    assert name in offered or words(typed) in [words(one) for one in NAMES]


@pytest.mark.parametrize(
    ("typed", "short"), [("gks", True), ("Gks", False), ("giấy", False), ("bang tot", False)]
)
def test_only_bare_letters_are_taken_for_a_name_unasked(typed: str, short: bool) -> None:
    assert is_short(typed) is short

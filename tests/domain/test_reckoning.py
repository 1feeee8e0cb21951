"""The steps that the counter shows add up to the fee that the rule gives, for every published fee."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.fees import Per, amount, parse_fee
from counter_app.domain.reckoning import Reckoning, Step, asked, reckon
from counter_app.services.rules import read_catalogue

COPY = parse_fee("2000/trang (trang 1-2); 1000/trang (từ trang 3); tối đa 200000/bản")
PUBLISHED = sorted({one.fee.text for one in read_catalogue(None)})
COUNTS = st.integers(1, 400)


def summed(found: Reckoning) -> int:
    total = sum(step.count * step.each for step in found.steps if step.per is not Per.PAGE)
    return total + (found.a_copy or 0) * found.copies


@given(st.sampled_from(PUBLISHED), COUNTS, COUNTS, COUNTS)
def test_the_steps_make_the_fee_of_the_rule(text: str, pages: int, copies: int, cases: int) -> None:
    rule = parse_fee(text)

    found = reckon(rule, pages=pages, copies=copies, cases=cases)

    assert found.fee == amount(rule, pages=pages, copies=copies, cases=cases)
    if found.fee.amount is not None:
        assert summed(found) == found.fee.amount


@given(COUNTS, COUNTS)
def test_a_copy_never_costs_more_than_its_cap(pages: int, copies: int) -> None:
    found = reckon(COPY, pages=pages, copies=copies)

    assert found.a_copy is not None and found.a_copy <= 200_000
    assert found.capped == (pages > 198)


@given(st.sampled_from(PUBLISHED), COUNTS, COUNTS, COUNTS)
def test_what_is_not_asked_changes_no_fee(text: str, pages: int, copies: int, cases: int) -> None:
    rule = parse_fee(text)
    counts = {Per.PAGE: ("pages", pages), Per.COPY: ("copies", copies), Per.CASE: ("cases", cases)}
    wanted = dict(counts[unit] for unit in asked(rule))

    assert amount(rule, **wanted) == amount(rule, pages=pages, copies=copies, cases=cases)


@pytest.mark.parametrize(
    ("text", "units"),
    [
        (COPY.text, {Per.PAGE, Per.COPY}),
        ("8000/bản/sự kiện", {Per.COPY, Per.CASE}),
        ("10000/trường hợp", {Per.CASE}),
        ("0", set()),
        ("theo HĐND tỉnh", set()),
        ("0 nếu đúng hạn; quá hạn 8000", set()),
    ],
)
def test_the_counter_asks_only_for_what_the_fee_counts(text: str, units: set[Per]) -> None:
    assert asked(parse_fee(text)) == units


def test_five_pages_are_two_at_the_first_rate_and_three_at_the_second() -> None:
    found = reckon(COPY, pages=5, copies=3)

    assert found.steps == (Step(2, 2_000, Per.PAGE), Step(3, 1_000, Per.PAGE))
    assert (found.a_copy, found.copies, found.fee.amount) == (7_000, 3, 21_000)


def test_an_exemption_leaves_no_step() -> None:
    found = reckon(COPY, pages=5, exemption="hộ nghèo")

    assert (found.fee.amount, found.fee.exempt, found.steps) == (0, "hộ nghèo", ())

"""Which fee holds: the closest rule of the table on the day of the reception, else the catalogue's own."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.errors import BadLine
from counter_app.domain.fee_table import NO_TABLE, Applied, FeeTable, parse_fees
from counter_app.domain.fees import CHANNELS
from counter_app.domain.procedures import Procedure
from counter_app.services.rules import read_catalogue
from counter_app.words.charges import reckoning_words

CATALOGUE = {one.code: one for one in read_catalogue(None)}
MARITAL = CATALOGUE["1.004873"]
COPY = CATALOGUE["2.000815"]
TODAY = date(2026, 11, 28)
HEAD = "procedure,version,channel,exemption,proof,fee_vnd,valid_from,valid_to,source\n"
# Hải Phòng's council takes 5,000 đ for it, and nothing online since 8 August 2026 (NQ 23/2026).
COUNCIL = (
    HEAD
    + """*,,,Người khuyết tật,Giấy xác nhận khuyết tật,miễn phí,,,
Hộ tịch,,,,,30000,,,NQ 10/2024
1.004873,,,,,5000,,,NQ 10/2024
1.004873,,trực tuyến,,,0,2026-08-08,,NQ 23/2026
Hộ tịch,,,Hộ nghèo,Giấy chứng nhận hộ nghèo,miễn phí,,,NQ 10/2024
1.004873,,,Trẻ em,,giảm 50%,,,NQ 10/2024
"""
)
TABLE = parse_fees(COUNCIL)
GROUPS = st.sampled_from(["", "hộ nghèo", "trẻ em", "người khuyết tật"])


def applied(
    channel: str = "counter", exemption: str = "", on: date = TODAY, of: Procedure = MARITAL
) -> Applied:
    return TABLE.applied(of, on, channel=channel, exemption=exemption)


def to_pay(rule: Applied, **counts: int) -> int | None:
    return rule.reckon(**counts).fee.amount


def test_the_closest_rule_wins_procedure_before_field_and_channel_before_all():
    marriage = CATALOGUE["2.000806"]

    assert to_pay(applied()) == 5000
    assert to_pay(applied("online")) == 0
    assert to_pay(applied(of=marriage)) == 30_000
    assert applied(of=marriage).said == "30000 (NQ 10/2024)"


def test_a_version_of_a_procedure_is_closer_than_the_procedure():
    table = parse_fees(f"{HEAD}1.004873,{MARITAL.version},,,,7000,,,\n1.004873,,,,,5000,,,\n")
    amended = Procedure(MARITAL.code, "Xác nhận tình trạng hôn nhân", "Hộ tịch")

    assert to_pay(table.applied(MARITAL, TODAY)) == 7000
    assert to_pay(table.applied(amended, TODAY)) == 5000


def test_a_rule_holds_on_its_days_alone():
    assert to_pay(applied("online", on=date(2026, 8, 7))) == 5000
    assert to_pay(applied("online", on=date(2026, 8, 8))) == 0


def test_where_the_table_says_nothing_the_catalogue_holds():
    assert applied(of=COPY).rule == COPY.fee
    assert to_pay(applied(of=COPY), pages=3, copies=2) == 10_000
    assert to_pay(NO_TABLE.applied(MARITAL, TODAY)) is None


def test_a_group_pays_what_its_own_line_says_and_shows_its_paper():
    poor, disabled = applied(exemption="hộ  NGHÈO"), applied(exemption="Người khuyết tật", of=COPY)

    assert (to_pay(poor), poor.exempt, poor.proof) == (0, "Hộ nghèo", "Giấy chứng nhận hộ nghèo")
    assert (to_pay(disabled, pages=9), disabled.proof) == (0, "Giấy xác nhận khuyết tật")
    assert poor.said == "miễn phí (NQ 10/2024)"


def test_a_reduction_is_taken_off_what_others_pay():
    child = applied(exemption="trẻ em")
    found = child.reckon()

    assert (found.fee.amount, found.fee.exempt, child.proof) == (2500, "Trẻ em", "")
    assert child.said == "5000; giảm 50% (NQ 10/2024)"
    assert reckoning_words(found) == "5.000; giảm 50 %: Trẻ em"


def test_a_reason_that_the_table_does_not_know_is_the_officers_own():
    own = applied(exemption="Chủ tịch quyết định")

    assert (to_pay(own), own.exempt, own.proof) == (0, "Chủ tịch quyết định", "")
    assert (to_pay(applied(exemption="hộ nghèo", of=COPY)), applied(exemption="hộ nghèo", of=COPY).proof) == (
        0,
        "",
    )


def test_the_groups_offered_are_those_of_the_procedure():
    assert [group.name for group in TABLE.groups(MARITAL, TODAY)] == [
        "Người khuyết tật",
        "Hộ nghèo",
        "Trẻ em",
    ]
    assert [group.name for group in TABLE.groups(COPY, TODAY)] == ["Người khuyết tật"]


def test_what_is_posted_are_the_rules_that_somebody_is_meant_by():
    posted = [(line.scope, line.key, line.fee.text) for line in TABLE.posted(MARITAL, TODAY)]

    assert ("Hộ tịch", "", "30000") not in posted
    assert ("1.004873", "", "5000") in posted and ("1.004873", "", "0") in posted
    assert len(posted) == 5


@pytest.mark.parametrize(
    ("lines", "why", "facts"),
    [
        ("1.004873,,,,,5000,,,\n1.004873,,,,,6000,,,", "fees-twice", {"line": 3, "first_line": 2}),
        ("1.004873.H40,,,,,5000,,,\n1.004873,,*,,,6000,,,", "fees-twice", {"line": 3}),
        ("hộ tịch,,,,,1,,2026-06-30,\nHo tich,,,,,2,2026-06-30,,", "fees-twice", {"line": 3}),
        ("*,,,Hộ nghèo,,0,,,\n*,,,ho ngheo,Sổ,0,,,", "fees-twice", {"line": 3}),
        ("1.00487,,,,,5000,,,", "code-unreadable", {"line": 2}),
        ("Hộ tịch,abc,,,,5000,,,", "code-unreadable", {"line": 2}),
        (",,,,,5000,,,", "empty", {"field": "procedure"}),
        ("*,,,,,,,,", "empty", {"field": "fee_vnd"}),
        ("*,,,,Sổ hộ nghèo,0,,,", "empty", {"field": "exemption"}),
        ("*,,qua mạng,,,0,,,", "not-one-of", {"field": "channel"}),
        ("*,,,,,giảm 50%,,,", "fee-unreadable", {"line": 2}),
        ("*,,,Trẻ em,,giảm 150%,,,", "fee-unreadable", {"line": 2}),
        ("*,,,,,5000,1/1/2026,,", "date-unreadable", {"field": "valid_from"}),
        ("*,,,,,5000,2026-02-01,2026-01-31,", "validity-out-of-order", {"line": 2}),
        ("", "fees-empty", {"line": 1}),
    ],
)
def test_a_table_that_could_be_read_in_two_ways_is_refused(lines, why, facts):
    with pytest.raises(BadLine) as refused:
        parse_fees(HEAD + lines + "\n")

    assert refused.value.why == why
    assert refused.value.facts.items() >= facts.items()


def test_what_follows_on_another_day_is_no_tie():
    table = parse_fees(f"{HEAD}*,,,,,1000,,2026-06-30,\n*,,,,,2000,2026-07-01,,\n")

    assert [to_pay(table.applied(MARITAL, day)) for day in (date(2026, 6, 30), date(2026, 7, 1))] == [
        1000,
        2000,
    ]


@given(
    st.permutations(range(6)), st.sampled_from(sorted(CHANNELS)), st.sampled_from(["", "hộ nghèo", "trẻ em"])
)
def test_the_order_of_the_lines_decides_nothing(order, channel, group):
    shuffled = FeeTable(tuple(TABLE.lines[place] for place in order))

    assert shuffled.applied(MARITAL, TODAY, channel=channel, exemption=group) == applied(channel, group)


@pytest.mark.parametrize("said", ["Miễn lệ phí", "miễn", "Miễn toàn bộ phí, lệ phí", "Không thu lệ phí"])
def test_free_is_free_however_it_is_said(said):
    table = parse_fees(f'procedure,exemption,fee_vnd\n*,Hộ nghèo,"{said}"\n')

    assert table.lines[0].fee.rates[0].amount == 0


def test_what_a_group_pays_must_be_known():
    with pytest.raises(BadLine, match="fee-unreadable"):
        parse_fees("procedure,exemption,fee_vnd\n*,Hộ nghèo,theo quy định\n")

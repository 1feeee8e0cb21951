"""A procedure's own steps: read from the catalogue, and never over the law."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.calendar import DayKind, DayMark, WorkCalendar, YearFile
from counter_app.domain.errors import BadInput, BadLine
from counter_app.domain.inner_steps import (
    InnerStep,
    exceed,
    named,
    parse_steps,
    parse_within,
    step_after,
)
from counter_app.domain.limits import TimeLimit, Unit
from counter_app.domain.procedures import Procedure, parse_catalogue
from counter_app.domain.promise import promise, step_end
from counter_app.domain.zone import VIETNAM
from counter_app.words.hands import over_words
from tests.domain.test_procedures import HEAD, SEED

LINE = "2.000908,Cấp bản sao từ sổ gốc,Chứng thực,xã,0,same_day_cutoff_15h,0,Giấy tờ,Bản sao"


def read(steps: str, line: str = LINE) -> Procedure:
    return parse_catalogue(f"{HEAD},inner_steps\n{line},{steps}\n")[0]


def test_steps_are_read_in_their_order_with_the_units_of_limits() -> None:
    steps = parse_steps(
        "Công chức tư pháp – hộ tịch: thẩm tra: 2 giờ ; Lãnh đạo UBND: ký: 1 ngày làm việc;Sở: cấp: 10 ngày"
    )

    assert steps == (
        InnerStep("Công chức tư pháp – hộ tịch", "thẩm tra", 2, Unit.HOUR),
        InnerStep("Lãnh đạo UBND", "ký", 1, Unit.WORKING_DAY),
        InnerStep("Sở", "cấp", 10, Unit.DAY),
    )
    assert parse_steps("  ") == ()


@pytest.mark.parametrize(
    "text", ["ký: 2 giờ", "A: ký: 0 giờ", "A: ký: 2 tháng", "A: ký: 0,5 ngày", "A: ký: hai giờ", ":ký: 2 giờ"]
)
def test_a_step_that_cannot_be_read_is_refused_with_its_line(text: str) -> None:
    with pytest.raises(BadLine) as caught:
        read(f"A: nhận: 1 giờ;{text}" if "," not in text else f'"{text}"')

    assert (caught.value.why, caught.value.facts["line"]) == ("step-unreadable", 2)
    assert caught.value.facts["value"] == text


def test_too_many_steps_are_refused() -> None:
    with pytest.raises(BadInput, match="steps-too-many"):
        parse_steps(";".join(["A: ký: 1 giờ"] * 31))


def test_a_version_changes_only_where_steps_stand() -> None:
    plain, empty, stepped = parse_catalogue(f"{HEAD}\n{LINE}\n")[0], read(""), read("A: ký: 2 giờ")

    assert plain.version == empty.version != stepped.version
    assert Procedure.from_fields(stepped.to_fields()) == stepped
    assert Procedure.from_fields(plain.to_fields()).steps == ()


def test_the_seed_has_the_steps_that_were_found_and_no_others() -> None:
    having = {one.code: [(step.number, step.unit) for step in one.steps] for one in SEED if one.steps}

    assert having == {"2.000908": [(2, Unit.HOUR), (3, Unit.HOUR), (2, Unit.HOUR), (1, Unit.HOUR)]}
    assert not any(exceed(one.steps, one.limit) for one in SEED)


@pytest.mark.parametrize(
    "steps, number, unit, over",
    [
        ("A: a: 4 giờ;B: b: 4 giờ", 0, Unit.SAME_DAY, False),
        ("A: a: 4 giờ;B: b: 5 giờ", 0, Unit.SAME_DAY, True),
        ("A: a: 2 ngày làm việc;B: b: 8 giờ", 3, Unit.WORKING_DAY, False),
        ("A: a: 2 ngày làm việc;B: b: 9 giờ", 3, Unit.WORKING_DAY, True),
        ("A: a: 21 ngày làm việc", 30, Unit.DAY, False),
        ("A: a: 22 ngày làm việc", 30, Unit.DAY, True),
        ("A: a: 21 ngày", 15, Unit.WORKING_DAY, False),
        ("A: a: 29 ngày", 1, Unit.MONTH, False),
    ],
)
def test_the_sum_is_compared_with_the_limit_of_the_law(
    steps: str, number: int, unit: Unit, over: bool
) -> None:
    assert exceed(parse_steps(steps), TimeLimit(number, unit)) is over
    assert not exceed(parse_steps(steps), None)


def test_what_is_over_is_said_with_both_figures() -> None:
    assert over_words(read("A: a: 1 ngày làm việc;B: b: 4 giờ;C: c: 1 giờ")) == (
        "Thủ tục 2.000908: các bước cộng lại 1 ngày làm việc và 5 giờ làm việc, quá thời hạn trong ngày; "
        "ngày hẹn trả vẫn theo thời hạn."
    )


def test_the_next_step_is_the_first_that_was_not_taken() -> None:
    steps = parse_steps("A: thẩm tra: 2 giờ;B: ký: 3 giờ;C: đóng dấu: 1 giờ")

    assert [step_after(steps, done) for done in ([], ["Thẩm  tra"], ["thẩm tra", "đóng dấu"])] == [
        *steps[:2],
        steps[1],
    ]
    assert step_after(steps, ["thẩm tra", "ký", "đóng dấu"]) is None
    assert named(steps, "KÝ") == steps[1] and named(steps, "xác minh") is None
    assert parse_within("2 NGÀY làm việc") == TimeLimit(2, Unit.WORKING_DAY)


days_off = st.lists(st.dates(date(2026, 1, 1), date(2026, 12, 31)), unique=True, max_size=40)
units = st.sampled_from([Unit.HOUR, Unit.WORKING_DAY, Unit.DAY])


@given(
    days_off,
    st.builds(TimeLimit, st.integers(1, 60), units),
    st.builds(TimeLimit, st.integers(1, 40), units),
    st.datetimes(datetime(2026, 1, 1), datetime(2026, 9, 1)),
    st.integers(0, 60 * 24 * 90),
)
def test_no_step_ends_after_its_dossier_whatever_the_calendar(
    off: list[date], legal: TimeLimit, own: TimeLimit, received: datetime, later: int
) -> None:
    calendar = WorkCalendar.of([YearFile(2026, tuple(DayMark(day, DayKind.HOLIDAY) for day in off))])
    at = received.replace(tzinfo=VIETNAM)
    due, handed = promise(legal, at, calendar).due, at + timedelta(minutes=later)

    end = step_end(own, handed, calendar, due)

    assert end <= due
    assert end in (due, promise(own, handed, calendar).due)

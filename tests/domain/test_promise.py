from __future__ import annotations

import json
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_app.domain.calendar import (
    VIETNAM,
    DayKind,
    DayMark,
    OfficeHours,
    Rest,
    WorkCalendar,
    YearFile,
)
from counter_app.domain.errors import BadInput
from counter_app.domain.limits import TimeLimit, Unit
from counter_app.domain.promise import Run, Shift, promise, typed_promise

from .year_files import work_calendar

CALENDAR = work_calendar()
AT_15 = time(15, 0)
TODAY = TimeLimit(0, Unit.SAME_DAY)
TODAY_15 = TimeLimit(0, Unit.SAME_DAY, AT_15)


def working(number: int, cutoff: time | None = None) -> TimeLimit:
    return TimeLimit(number, Unit.WORKING_DAY, cutoff)


def days(number: int) -> TimeLimit:
    return TimeLimit(number, Unit.DAY)


def months(number: int) -> TimeLimit:
    return TimeLimit(number, Unit.MONTH)


def hours(number: int) -> TimeLimit:
    return TimeLimit(number, Unit.HOUR)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


WORKING_DAYS = [
    # a plain week: the day of receipt is not counted, at whatever hour
    (1, "2026-03-02 09:00", "2026-03-03"),
    (5, "2026-03-02 09:00", "2026-03-09"),
    (3, "2026-03-06 10:00", "2026-03-11"),
    (1, "2026-03-06 16:59", "2026-03-09"),
    (1, "2026-03-09 00:00", "2026-03-10"),
    (1, "2026-03-09 23:59", "2026-03-10"),
    # home visits at weekends
    (3, "2026-03-07 10:00", "2026-03-11"),
    (1, "2026-03-08 23:59", "2026-03-09"),
    # Tết 2026: 16–20/2 with both weekends
    (1, "2026-02-13 16:59", "2026-02-23"),
    (5, "2026-02-11 08:00", "2026-02-25"),
    (1, "2026-02-17 08:00", "2026-02-23"),
    (10, "2026-02-09 08:00", "2026-03-02"),
    (3, "2026-02-12 08:00", "2026-02-24"),
    # Giỗ Tổ on Sunday 26/4, its compensatory Monday, 30/4 and 1/5
    (5, "2026-04-22 08:00", "2026-05-04"),
    (1, "2026-04-24 08:00", "2026-04-28"),
    (3, "2026-04-24 08:00", "2026-05-04"),
    (1, "2026-04-26 08:00", "2026-04-28"),
    (7, "2026-04-20 08:00", "2026-05-04"),
    (1, "2026-04-29 08:00", "2026-05-04"),
    (2, "2026-04-29 08:00", "2026-05-05"),
    # 2/9: Monday 31/8 swapped with Saturday 22/8
    (1, "2026-08-28 08:00", "2026-09-03"),
    (5, "2026-08-26 08:00", "2026-09-07"),
    (1, "2026-08-21 08:00", "2026-08-22"),
    (2, "2026-08-21 08:00", "2026-08-24"),
    (3, "2026-08-20 08:00", "2026-08-24"),
    (1, "2026-08-22 08:00", "2026-08-24"),
    # 24/11, the day of Vietnamese culture, from 2026 on
    (1, "2026-11-23 08:00", "2026-11-25"),
    (5, "2026-11-20 08:00", "2026-11-30"),
    (3, "2026-11-22 08:00", "2026-11-26"),
    (1, "2025-11-21 08:00", "2025-11-24"),
    # New year: Friday 2/1 swapped with Saturday 10/1
    (1, "2026-01-01 08:00", "2026-01-05"),
    (1, "2026-01-02 08:00", "2026-01-05"),
    (5, "2026-01-05 08:00", "2026-01-10"),
    (1, "2026-01-09 08:00", "2026-01-10"),
    (5, "2025-12-30 08:00", "2026-01-08"),
    # 2025
    (5, "2025-01-22 08:00", "2025-02-05"),
    (1, "2025-04-04 08:00", "2025-04-08"),
    (1, "2025-04-25 08:00", "2025-04-26"),
    (1, "2025-04-29 08:00", "2025-05-05"),
    (1, "2025-08-29 08:00", "2025-09-03"),
    # 2024
    (1, "2024-02-07 08:00", "2024-02-15"),
    (1, "2024-04-17 08:00", "2024-04-19"),
    (1, "2024-04-26 08:00", "2024-05-02"),
    (2, "2024-05-02 08:00", "2024-05-04"),
    (1, "2024-08-30 08:00", "2024-09-04"),
]


@pytest.mark.parametrize(("number", "received", "due"), WORKING_DAYS)
def test_working_days_are_counted_from_the_next_one_that_counts(number: int, received: str, due: str) -> None:
    made = promise(working(number), at(received), CALENDAR)

    assert made.due.isoformat() == f"{due}T17:00:00+07:00"
    assert len(made.counted) == number


@pytest.mark.parametrize(
    ("limit", "received", "due"),
    [
        # after 15:00 the result is the next working day's, to the minute that the paper shows
        (TODAY_15, "2026-03-09 14:59", "2026-03-09"),
        (TODAY_15, "2026-03-09 15:00", "2026-03-09"),
        (TODAY_15, "2026-03-09 15:00:59", "2026-03-09"),
        (TODAY_15, "2026-03-09 15:01", "2026-03-10"),
        (TODAY_15, "2026-03-09 00:00", "2026-03-09"),
        (TODAY_15, "2026-03-09 23:59", "2026-03-10"),
        (TODAY_15, "2026-03-13 15:01", "2026-03-16"),
        (TODAY_15, "2026-03-14 09:00", "2026-03-16"),
        (TODAY_15, "2026-03-15 23:59", "2026-03-16"),
        (TODAY_15, "2026-02-13 15:00", "2026-02-13"),
        (TODAY_15, "2026-02-13 15:01", "2026-02-23"),
        (TODAY_15, "2026-04-29 15:01", "2026-05-04"),
        (TODAY_15, "2026-11-23 15:30", "2026-11-25"),
        (TODAY_15, "2026-11-24 09:00", "2026-11-25"),
        (TODAY_15, "2026-08-21 16:00", "2026-08-22"),
        (TODAY_15, "2026-08-22 10:00", "2026-08-22"),
        (TODAY_15, "2026-08-22 15:01", "2026-08-24"),
        # without a cut-off, until the counter closes
        (TODAY, "2026-03-09 05:00", "2026-03-09"),
        (TODAY, "2026-03-09 16:59", "2026-03-09"),
        (TODAY, "2026-03-09 17:00", "2026-03-10"),
        (TODAY, "2026-03-13 23:59", "2026-03-16"),
        (TODAY, "2026-01-10 16:00", "2026-01-10"),
        (TODAY, "2026-01-02 08:00", "2026-01-05"),
    ],
)
def test_a_same_day_result_is_due_that_day_or_on_the_next_working_one(
    limit: TimeLimit, received: str, due: str
) -> None:
    assert promise(limit, at(received), CALENDAR).due.isoformat() == f"{due}T17:00:00+07:00"


@pytest.mark.parametrize(
    ("limit", "received", "due", "moved_from"),
    [
        (days(15), "2026-03-02 08:00", "2026-03-17", None),
        (days(15), "2026-03-06 08:00", "2026-03-23", "2026-03-21"),
        (days(1), "2026-04-23 08:00", "2026-04-24", None),
        (days(3), "2026-04-23 08:00", "2026-04-28", "2026-04-26"),
        (days(10), "2026-02-06 08:00", "2026-02-23", "2026-02-16"),
        (days(1), "2026-08-21 08:00", "2026-08-22", None),
        (days(25), "2026-04-01 08:00", "2026-04-28", "2026-04-26"),
        (days(29), "2026-10-26 08:00", "2026-11-25", "2026-11-24"),
        (days(30), "2026-10-26 08:00", "2026-11-25", None),
        (days(7), "2026-12-24 08:00", "2026-12-31", None),
        (days(366), "2024-01-02 08:00", "2025-01-02", None),
        (days(1), "2024-02-28 08:00", "2024-02-29", None),
        # a month ends on the day of the same number, or on the month's last
        (months(1), "2026-01-31 08:00", "2026-03-02", "2026-02-28"),
        (months(1), "2025-01-31 08:00", "2025-02-28", None),
        (months(1), "2024-01-31 08:00", "2024-02-29", None),
        (months(12), "2024-02-29 08:00", "2025-02-28", None),
        (months(1), "2026-03-31 08:00", "2026-05-04", "2026-04-30"),
        (months(1), "2026-05-31 08:00", "2026-06-30", None),
        (months(3), "2025-11-30 08:00", "2026-03-02", "2026-02-28"),
        (months(1), "2026-10-24 08:00", "2026-11-25", "2026-11-24"),
        (months(2), "2025-12-16 08:00", "2026-02-23", "2026-02-16"),
        (months(1), "2025-12-31 08:00", "2026-02-02", "2026-01-31"),
        (months(1), "2026-03-09 23:59", "2026-04-09", None),
    ],
)
def test_days_and_months_run_through_rest_days_and_only_the_last_day_moves(
    limit: TimeLimit, received: str, due: str, moved_from: str | None
) -> None:
    made = promise(limit, at(received), CALENDAR)

    assert made.due.isoformat() == f"{due}T17:00:00+07:00"
    assert (made.moved_from and made.moved_from.isoformat()) == moved_from


@pytest.mark.parametrize(
    ("number", "received", "due"),
    [
        (1, "2026-03-09 08:00", "2026-03-09 09:00"),
        (1, "2026-03-09 08:00:45", "2026-03-09 09:00"),
        (1, "2026-03-09 10:30", "2026-03-09 11:30"),
        (1, "2026-03-09 11:00", "2026-03-09 14:00"),
        (2, "2026-03-09 11:30", "2026-03-09 15:30"),
        (1, "2026-03-09 12:00", "2026-03-09 14:30"),
        (4, "2026-03-09 08:00", "2026-03-09 14:00"),
        (8, "2026-03-09 07:30", "2026-03-10 08:00"),
        (1, "2026-03-09 16:00", "2026-03-09 17:00"),
        (1, "2026-03-09 17:00", "2026-03-10 08:30"),
        (1, "2026-03-09 23:59", "2026-03-10 08:30"),
        (1, "2026-03-09 00:00", "2026-03-09 08:30"),
        (2, "2026-03-13 16:00", "2026-03-16 08:30"),
        (1, "2026-03-14 10:00", "2026-03-16 08:30"),
        (4, "2026-02-13 15:00", "2026-02-23 09:30"),
        (16, "2026-04-29 07:30", "2026-05-05 08:30"),
        (2, "2026-08-21 16:30", "2026-08-22 09:00"),
    ],
)
def test_hours_run_from_the_receipt_inside_office_hours(number: int, received: str, due: str) -> None:
    assert promise(hours(number), at(received), CALENDAR).due == at(due)


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2026-03-09 15:00", "2026-03-12"),
        ("2026-03-09 15:01", "2026-03-13"),
        ("2026-03-13 15:01", "2026-03-19"),
        ("2026-03-15 10:00", "2026-03-19"),
    ],
)
def test_with_a_cut_off_a_late_dossier_is_the_next_working_days(received: str, due: str) -> None:
    """NĐ 63/2024: received after 15:00, a linked dossier is counted from the next working day."""
    assert promise(working(3, AT_15), at(received), CALENDAR).due.date() == date.fromisoformat(due)


@pytest.mark.parametrize(
    ("limit", "received", "due"),
    [
        (TimeLimit(0, Unit.SAME_DAY, AT_15, 3, Unit.WORKING_DAY), "2026-03-09 16:00", "2026-03-12"),
        (TimeLimit(5, Unit.WORKING_DAY, None, 10, Unit.WORKING_DAY), "2026-03-09 09:00", "2026-03-23"),
        (TimeLimit(5, Unit.WORKING_DAY, None, 25, Unit.DAY), "2026-03-09 09:00", "2026-04-03"),
    ],
)
def test_verification_takes_the_longer_limit_in_all(limit: TimeLimit, received: str, due: str) -> None:
    made = promise(limit, at(received), CALENDAR, verification=True)

    assert made.due.date() == date.fromisoformat(due)
    assert (made.number, made.unit) == (limit.verification, limit.verification_unit)


def test_verification_without_a_longer_limit_is_refused() -> None:
    with pytest.raises(BadInput, match="no-verification-limit"):
        promise(working(5), at("2026-03-09 09:00"), CALENDAR, verification=True)


def test_the_day_is_viet_nams_wherever_the_time_was_written() -> None:
    received = datetime(2026, 3, 9, 17, 30, tzinfo=UTC)  # 00:30 on the 10th

    assert promise(working(1), received, CALENDAR).due.isoformat() == "2026-03-11T17:00:00+07:00"


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(BadInput, match="time-without-zone"):
        promise(working(1), datetime(2026, 3, 9, 9, 0), CALENDAR)


def test_the_day_ends_when_the_counter_closes_and_an_open_saturday_morning_does_not_count() -> None:
    calendar = work_calendar(OfficeHours(afternoon_to=time(17, 30), open_saturday_morning=True))

    made = promise(working(1), at("2026-03-13 09:00"), calendar)

    assert made.due.isoformat() == "2026-03-16T17:30:00+07:00"
    assert promise(TODAY, at("2026-03-14 08:00"), calendar).due.date() == date(2026, 3, 16)


def test_the_reasoning_names_the_skipped_days_in_runs() -> None:
    made = promise(working(5), at("2026-04-22 08:00"), CALENDAR)

    assert made.starts == date(2026, 4, 23)
    assert [day.isoformat()[5:] for day in made.counted] == ["04-23", "04-24", "04-28", "04-29", "05-04"]
    assert made.runs == (
        Run(date(2026, 4, 25), date(2026, 4, 25), Rest.WEEKEND),
        Run(date(2026, 4, 26), date(2026, 4, 26), Rest.HOLIDAY, "Giỗ Tổ Hùng Vương"),
        Run(
            date(2026, 4, 27),
            date(2026, 4, 27),
            Rest.COMPENSATORY,
            "Nghỉ bù Giỗ Tổ Hùng Vương (26/4 là Chủ nhật)",
        ),
        Run(date(2026, 4, 30), date(2026, 4, 30), Rest.HOLIDAY, "Ngày Chiến thắng"),
        Run(date(2026, 5, 1), date(2026, 5, 1), Rest.HOLIDAY, "Quốc tế Lao động"),
        Run(date(2026, 5, 2), date(2026, 5, 3), Rest.WEEKEND),
    )


def test_the_reasoning_travels_as_plain_fields_and_leaves_out_what_does_not_apply() -> None:
    plain = promise(working(1), at("2026-03-09 09:00"), CALENDAR)
    moved = promise(days(10), at("2026-02-06 08:00"), CALENDAR)
    late = promise(TODAY_15, at("2026-12-31 15:01"), CALENDAR)

    assert plain.to_fields() == {
        "due": "2026-03-10T17:00:00+07:00",
        "number": 1,
        "unit": "working_day",
        "confidence": "given",
        "starts": "2026-03-10",
    }
    assert moved.to_fields()["moved_from"] == "2026-02-16"
    assert moved.to_fields()["skipped"] == [
        ["2026-02-16", "2026-02-20", "holiday", "Tết Nguyên đán"],
        ["2026-02-21", "2026-02-22", "weekend", ""],
    ]
    assert late.to_fields() == {
        "due": "2027-01-04T17:00:00+07:00",
        "number": 0,
        "unit": "same_day",
        "cutoff": "15:00",
        "confidence": "given",
        "shift": "after_cutoff",
        "skipped": [
            ["2027-01-01", "2027-01-01", "holiday", "Tết Dương lịch"],
            ["2027-01-02", "2027-01-03", "weekend", ""],
        ],
        "starts": "2027-01-04",
        "unknown_years": [2027],
    }


@pytest.mark.parametrize(
    ("limit", "received", "shift"),
    [
        (TODAY_15, "2026-03-09 15:00", None),
        (TODAY_15, "2026-03-09 15:01", Shift.AFTER_CUTOFF),
        (TODAY_15, "2026-03-14 16:00", None),  # the weekend is reason enough
        (TODAY, "2026-03-09 17:00", Shift.AFTER_CLOSING),
        (working(3, AT_15), "2026-03-09 15:01", Shift.AFTER_CUTOFF),
        (working(3), "2026-03-09 18:00", None),
    ],
)
def test_a_late_hour_is_a_reason_of_its_own(limit: TimeLimit, received: str, shift: Shift | None) -> None:
    assert promise(limit, at(received), CALENDAR).shift == shift


@pytest.mark.parametrize(
    ("limit", "received", "unknown"),
    [
        (working(5), "2026-12-28 08:00", (2027,)),
        (working(3), "2026-12-28 08:00", ()),
        (days(10), "2026-12-25 08:00", (2027,)),
        (months(24), "2026-03-09 08:00", (2028,)),
        (working(1), "2023-12-29 08:00", (2023,)),
        (working(2), "2023-12-29 08:00", (2023,)),
        (working(1), "2023-12-31 08:00", ()),
    ],
)
def test_years_without_an_imported_calendar_are_named(
    limit: TimeLimit, received: str, unknown: tuple[int, ...]
) -> None:
    assert promise(limit, at(received), CALENDAR).unknown_years == unknown


def test_a_typed_day_keeps_its_reason() -> None:
    made = typed_promise(date(2026, 3, 20), at("2026-03-09 09:00"), CALENDAR, "theo đợt  rà soát")

    assert made.to_fields() == {
        "due": "2026-03-20T17:00:00+07:00",
        "starts": "2026-03-20",
        "reason": "theo đợt rà soát",
    }
    assert (made.number, made.unit) == (None, None)


def test_a_typed_day_in_a_year_without_a_calendar_says_so() -> None:
    assert typed_promise(date(2027, 3, 1), at("2026-03-09 09:00"), CALENDAR, "x").unknown_years == (2027,)


@pytest.mark.parametrize(
    ("due", "received", "reason", "why", "facts"),
    [
        ("2026-03-06", "2026-03-09 09:00", "x", "due-before-receipt", {"received": "2026-03-09"}),
        ("2026-03-09", "2026-03-09 17:00", "x", "due-before-receipt", {"received": "2026-03-09"}),
        ("2026-04-26", "2026-03-09 09:00", "x", "due-on-rest-day", {"nearest": "2026-04-28"}),
        ("2026-04-26", "2026-03-09 09:00", "x", "due-on-rest-day", {"note": "Giỗ Tổ Hùng Vương"}),
        ("2026-03-14", "2026-03-09 09:00", "x", "due-on-rest-day", {"rest": "weekend"}),
        ("2206-03-10", "2026-03-09 09:00", "x", "due-too-far", {}),
        ("9999-12-31", "2026-03-09 09:00", "x", "due-too-far", {}),
        ("2026-03-20", "2026-03-09 09:00", " ", "reason-missing", {}),
    ],
)
def test_a_typed_day_that_cannot_be_kept_is_refused(
    due: str, received: str, reason: str, why: str, facts: dict[str, str]
) -> None:
    with pytest.raises(BadInput) as caught:
        typed_promise(date.fromisoformat(due), at(received), CALENDAR, reason)

    assert caught.value.why == why
    assert facts.items() <= caught.value.facts.items()


@st.composite
def calendars(draw: st.DrawFn) -> WorkCalendar:
    """Any marks that a year file may hold, in none, one or both of two years."""
    files = []
    for year in draw(st.sets(st.sampled_from([2026, 2027]))):
        marked = draw(st.dictionaries(st.integers(0, 364), st.sampled_from(list(DayKind)), max_size=60))
        stretch = draw(st.integers(0, 300))
        marked |= dict.fromkeys(range(stretch, stretch + draw(st.integers(0, 60))), DayKind.HOLIDAY)
        marks = []
        for past, kind in marked.items():
            day = date(year, 1, 1) + timedelta(days=past)
            if kind is not DayKind.SWAPPED_WORKING or day.weekday() >= 5:
                marks.append(DayMark(day, kind))
        files.append(YearFile(year, tuple(marks)))
    return WorkCalendar.of(files, OfficeHours(open_saturday_morning=draw(st.booleans())))


@st.composite
def limits(draw: st.DrawFn) -> TimeLimit:
    unit = draw(st.sampled_from(Unit))
    number = 0 if unit is Unit.SAME_DAY else draw(st.integers(1, 12 if unit is Unit.MONTH else 40))
    cutoff = draw(st.none() | st.times().map(lambda clock: clock.replace(second=0, microsecond=0)))
    longer_unit = draw(st.none() | st.sampled_from([Unit.WORKING_DAY, Unit.DAY]))
    return TimeLimit(number, unit, cutoff, longer_unit and 25, longer_unit)


moments = st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 31), timezones=st.just(VIETNAM))


@settings(max_examples=300)
@given(calendars(), limits(), moments)
def test_no_calendar_gives_a_date_on_a_closed_day_or_before_receipt(
    calendar: WorkCalendar, limit: TimeLimit, received: datetime
) -> None:
    for verification in {False, limit.verification is not None}:
        made = promise(limit, received, calendar, verification=verification)

        assert calendar.counts(made.due.date()) and calendar.is_open(made.due.date())
        assert made.due > received
        assert made.due <= calendar.closing(made.due.date())
        assert made.starts == made.counted[0]
        assert received.date() <= made.starts <= made.due.date()
        assert not {day.day for day in made.skipped} & {made.due.date()}
        assert all(calendar.why_off(day.day) for day in made.skipped)
        assert not any(calendar.knows(year) for year in made.unknown_years)
        json.dumps(made.to_fields())


@given(calendars(), st.integers(1, 30), moments)
def test_working_days_between_receipt_and_return_are_as_many_as_the_limit(
    calendar: WorkCalendar, number: int, received: datetime
) -> None:
    made = promise(working(number), received, calendar)

    span = (made.due.date() - received.date()).days
    between = [received.date() + timedelta(days=past) for past in range(1, span + 1)]
    assert sum(calendar.counts(day) for day in between) == number
    assert [day for day in between if calendar.counts(day)] == list(made.counted)
    assert [day for day in between if not calendar.counts(day)] == [day.day for day in made.skipped]


@given(calendars(), limits(), moments, st.timedeltas(timedelta(), timedelta(days=20)))
def test_a_later_receipt_never_gives_an_earlier_date(
    calendar: WorkCalendar, limit: TimeLimit, received: datetime, later: timedelta
) -> None:
    assert promise(limit, received, calendar).due <= promise(limit, received + later, calendar).due

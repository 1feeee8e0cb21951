"""The reasoning of a return date reads as an officer would say it, and names what the calendar says."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain import clock
from counter_app.domain.calendar import WorkCalendar, parse_calendar
from counter_app.domain.limits import TimeLimit, Unit
from counter_app.domain.promise import promise, typed_promise
from counter_app.domain.zone import VIETNAM
from counter_app.system.paths import resource
from counter_app.words import dates
from counter_app.words.reasoning import catalogue_limit, due_words, reasoning, receipt_limit

CALENDAR = WorkCalendar.of(
    year
    for name in ("2025", "2026")
    for year in parse_calendar(Path(resource(f"calendar/{name}.csv")).read_text(encoding="utf-8"))
)
THREE_PM = time(15, 0)
_STRETCH = re.compile(
    r"(?:(?P<d1>\d+)(?:/(?P<m1>\d+))?(?:/(?P<y1>\d{4}))?–)?(?P<d2>\d+)/(?P<m2>\d+)(?:/(?P<y2>\d{4}))?"
)


def _at(day: str, hour: int = 8, minute: int = 15) -> datetime:
    return datetime.combine(date.fromisoformat(day), time(hour, minute), VIETNAM)


SAID = [
    (
        TimeLimit(5, Unit.WORKING_DAY),
        _at("2026-04-20"),
        "5 ngày làm việc, đếm từ 21/4; bỏ 25–26/4 cuối tuần, 27/4 nghỉ bù Giỗ Tổ Hùng Vương",
    ),
    (
        TimeLimit(3, Unit.WORKING_DAY),
        _at("2026-04-28"),
        "3 ngày làm việc, đếm từ 29/4; bỏ 30/4 Ngày Chiến thắng, 1/5 Quốc tế Lao động, 2–3/5 cuối tuần",
    ),
    (
        TimeLimit(1, Unit.WORKING_DAY),
        _at("2025-12-31"),
        "1 ngày làm việc, đếm từ 5/1; bỏ 1/1 Tết Dương lịch, 2/1 nghỉ hoán đổi với thứ Bảy 10/1,"
        " 3–4/1 cuối tuần",
    ),
    (
        TimeLimit(15, Unit.DAY),
        _at("2026-04-10"),
        "15 ngày, đếm từ 11/4; ngày cuối 25/4 là ngày nghỉ; bỏ 25–26/4 cuối tuần,"
        " 27/4 nghỉ bù Giỗ Tổ Hùng Vương",
    ),
    (TimeLimit(1, Unit.MONTH), _at("2026-04-20"), "1 tháng, đếm từ 21/4"),
    (TimeLimit(8, Unit.HOUR), _at("2026-04-20"), "8 giờ làm việc"),
    (TimeLimit(0, Unit.SAME_DAY, THREE_PM), _at("2026-04-20"), "trong ngày"),
    (
        TimeLimit(0, Unit.SAME_DAY, THREE_PM),
        _at("2026-04-20", 15, 30),
        "trong ngày; nhận sau 15 giờ nên tính sang ngày làm việc tiếp theo",
    ),
    (
        TimeLimit(0, Unit.SAME_DAY),
        _at("2026-04-20", 17, 5),
        "trong ngày; nhận sau giờ làm việc nên tính sang ngày làm việc tiếp theo",
    ),
    (
        TimeLimit(1, Unit.WORKING_DAY),
        _at("2027-04-20"),
        "1 ngày làm việc, đếm từ 21/4; chưa có lịch nghỉ năm 2027 nên chỉ trừ cuối tuần, lễ cố định",
    ),
]


@pytest.mark.parametrize(("limit", "received", "said"), SAID, ids=[str(n) for n in range(len(SAID))])
def test_the_reasoning_names_what_was_counted_and_what_was_passed_over(
    limit: TimeLimit, received: datetime, said: str
) -> None:
    assert reasoning(promise(limit, received, CALENDAR).to_fields()) == said


def test_a_longer_limit_says_that_facts_are_verified() -> None:
    limit = TimeLimit(0, Unit.SAME_DAY, THREE_PM, 3, Unit.WORKING_DAY)

    fields = promise(limit, _at("2026-04-20"), CALENDAR, verification=True).to_fields()

    assert reasoning(fields) == "3 ngày làm việc vì phải xác minh, đếm từ 21/4"
    assert receipt_limit(fields) == "3 ngày làm việc"
    assert catalogue_limit(limit, verification=True) == "3 ngày làm việc"


@pytest.mark.parametrize(
    ("limit", "since", "back", "why", "said"),
    [
        (
            TimeLimit(5, Unit.WORKING_DAY),
            _at("2026-04-22"),
            _at("2026-04-23"),
            clock.SUPPLEMENT,
            "5 ngày làm việc, đếm từ 21/4; dừng 22–23/4 chờ bổ sung;"
            " bỏ 25–26/4 cuối tuần, 27/4 nghỉ bù Giỗ Tổ Hùng Vương",
        ),
        (
            TimeLimit(5, Unit.WORKING_DAY),
            _at("2026-04-22"),
            _at("2026-04-23"),
            clock.PAYMENT,
            "5 ngày làm việc, đếm từ 21/4; dừng 22–23/4 chờ nộp phí, lệ phí;"
            " bỏ 25–26/4 cuối tuần, 27/4 nghỉ bù Giỗ Tổ Hùng Vương",
        ),
        (
            TimeLimit(4, Unit.HOUR),
            _at("2026-04-20", 10),
            _at("2026-04-20", 15),
            clock.SUPPLEMENT,
            "4 giờ làm việc; dừng từ 10 giờ 15 ngày 20/4/2026 đến 15 giờ 15 ngày 20/4/2026 chờ bổ sung",
        ),
    ],
)
def test_what_was_waited_is_said_not_to_count(
    limit: TimeLimit, since: datetime, back: datetime, why: str, said: str
) -> None:
    first = promise(limit, _at("2026-04-20"), CALENDAR).to_fields()

    assert reasoning(clock.resumed(first, since, back, CALENDAR, why)) == said


def test_a_limit_that_began_anew_says_when() -> None:
    first = promise(TimeLimit(3, Unit.WORKING_DAY), _at("2026-04-20"), CALENDAR).to_fields()

    anew = clock.restarted(first, first, _at("2026-04-21"), _at("2026-04-22"), CALENDAR)

    assert reasoning(anew) == (
        "3 ngày làm việc, đếm từ 23/4; đủ giấy tờ ngày 22/4 nên tính lại từ đầu;"
        " bỏ 25–26/4 cuối tuần, 27/4 nghỉ bù Giỗ Tổ Hùng Vương"
    )


def test_a_typed_day_says_its_reason() -> None:
    typed = typed_promise(date(2026, 5, 6), _at("2026-04-20"), CALENDAR, "Chờ trích lục ở tỉnh")

    assert reasoning(typed.to_fields()) == "ngày do cán bộ chọn: Chờ trích lục ở tỉnh"
    assert receipt_limit(typed.to_fields()) == ""


@pytest.mark.parametrize(
    ("limit", "said"),
    [
        (TimeLimit(5, Unit.WORKING_DAY), "5 ngày làm việc"),
        (TimeLimit(8, Unit.HOUR), "8 giờ làm việc"),
        (TimeLimit(0, Unit.SAME_DAY), "trong ngày"),
        (TimeLimit(0, Unit.SAME_DAY, THREE_PM), "trong ngày; sau 15 giờ: ngày làm việc tiếp theo"),
        (
            TimeLimit(3, Unit.WORKING_DAY, time(15, 30)),
            "3 ngày làm việc; nhận sau 15 giờ 30: đếm từ ngày làm việc tiếp theo",
        ),
        (None, ""),
    ],
)
def test_a_limit_in_words_keeps_its_unit_and_cut_off(limit: TimeLimit | None, said: str) -> None:
    assert catalogue_limit(limit) == said
    if limit is not None:
        assert receipt_limit(promise(limit, _at("2026-04-20"), CALENDAR).to_fields()) == said


@given(
    number=st.integers(1, 60),
    unit=st.sampled_from([unit for unit in Unit if unit is not Unit.SAME_DAY]),
    received=st.datetimes(datetime(2025, 1, 1), datetime(2026, 12, 31)),
    cutoff=st.sampled_from([None, THREE_PM]),
)
def test_every_promise_has_its_reasoning(
    number: int, unit: Unit, received: datetime, cutoff: time | None
) -> None:
    made = promise(TimeLimit(number, unit, cutoff), received.replace(tzinfo=VIETNAM), CALENDAR)

    said = reasoning(made.to_fields())

    assert said.startswith(f"{number} ")
    assert "{" not in said and "[" not in said and "  " not in said
    assert _days_named(said, range(received.year, made.due.year + 1)) >= {
        skipped.day for skipped in made.skipped
    }


def _days_named(said: str, years: range) -> set[date]:
    """All days of the stretches that the sentence passes over; where it names no year, in each of these."""
    days = set()
    for found in _STRETCH.finditer(said.partition("bỏ ")[2]):
        for year in years:
            with suppress(ValueError):  # 29/2
                last = date(int(found["y2"] or year), int(found["m2"]), int(found["d2"]))
                month, day = int(found["m1"] or last.month), int(found["d1"] or last.day)
                first = date(int(found["y1"] or last.year), month, day)
                days |= {first + timedelta(days=past) for past in range((last - first).days + 1)}
    return days


def test_days_hours_and_money_are_written_as_people_write_them() -> None:
    at = _at("2026-04-20")

    assert dates.day(at.date()) == "20/4/2026"
    assert dates.weekday(at.date()) == "thứ hai"
    assert dates.moment(at) == "8 giờ 15 ngày 20/4/2026"
    assert dates.paper_moment(at) == "08 giờ 15 phút, ngày 20 tháng 4 năm 2026"
    assert dates.paper_moment(_at("2027-02-05")) == "08 giờ 15 phút, ngày 05 tháng 02 năm 2027"
    assert dates.moment(at.astimezone(tz=None)) == "8 giờ 15 ngày 20/4/2026"
    assert due_words(_at("2026-04-28", 17, 0)) == "thứ ba, trước 17 giờ"
    assert dates.money(8000) == "8.000 đ"
    assert dates.money(0) == "0 đ"
    assert dates.money(1_234_567) == "1.234.567 đ"


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2026-04-27", "2026-04-27", "27/4"),
        ("2026-04-25", "2026-04-26", "25–26/4"),
        ("2026-04-30", "2026-05-01", "30/4–1/5"),
        ("2026-12-31", "2027-01-03", "31/12/2026–3/1/2027"),
    ],
)
def test_a_stretch_of_days_is_written_short(first: str, last: str, said: str) -> None:
    assert dates.span(date.fromisoformat(first), date.fromisoformat(last)) == said


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 40))
def test_a_stretch_names_its_last_day(first: date, more: int) -> None:
    last = first + timedelta(days=more)

    assert f"{last.day}/{last.month}" in dates.span(first, last)

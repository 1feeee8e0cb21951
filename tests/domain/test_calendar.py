from __future__ import annotations

import json
from datetime import date, time, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.calendar import (
    DayKind,
    DayMark,
    OfficeHours,
    OffReason,
    Rest,
    WorkCalendar,
    YearFile,
    parse_calendar,
)
from counter_app.domain.errors import BadInput, BadLine

from .year_files import shipped, work_calendar

HEAD = "date,kind,note\n"
SATURDAY_MORNINGS = OfficeHours(open_saturday_morning=True)


def day(text: str) -> date:
    return date.fromisoformat(text)


def test_a_calendar_is_read_with_its_citation_and_split_by_year() -> None:
    text = "\ufeff# Thông báo 1\r\n# Thông báo 2\r\ndate,kind,note\r\n2027-01-01,holiday,Tết\r\n\r\n"
    text += '2026-12-31,swapped_off,"đổi, với thứ Bảy"\r\n'

    years = parse_calendar(text)

    assert [year.year for year in years] == [2026, 2027]
    assert years[0].marks == (DayMark(day("2026-12-31"), DayKind.SWAPPED_OFF, "đổi, với thứ Bảy"),)
    assert years[1].source == "Thông báo 1\nThông báo 2"


def test_notes_come_out_in_nfc_and_on_one_line() -> None:
    (year,) = parse_calendar(HEAD + '2026-01-01,holiday,"Te\u0302\u0301t\nDương lịch"\n')

    assert year.marks[0].note == "Tết Dương lịch"


def test_what_a_spreadsheet_adds_to_a_comment_does_not_matter() -> None:
    (year,) = parse_calendar('"# Thông báo 1, khoản 2",,\n' + HEAD + "2026-01-01,holiday,Tết,,\n,,\n")

    assert year.source == "Thông báo 1, khoản 2"
    assert len(year.marks) == 1


@pytest.mark.parametrize(
    ("text", "why", "line"),
    [
        ("", "header-missing", 1),
        ("# only a citation\n", "header-missing", 1),
        ("day,kind,note\n2026-01-01,holiday,x\n", "column-missing", 1),
        ("date,kind\n", "column-missing", 1),
        ("date,kind,note,kind\n", "column-twice", 1),
        ("2026-01-01,holiday,Tết\n", "column-missing", 1),
        (HEAD, "calendar-empty", 1),
        (HEAD + "01/01/2026,holiday,Tết\n", "date-unreadable", 2),
        (HEAD + "20260101,holiday,Tết\n", "date-unreadable", 2),
        (HEAD + "2026-W01-1,holiday,Tết\n", "date-unreadable", 2),
        (HEAD + "2026-02-30,holiday,Tết\n", "date-unreadable", 2),
        (HEAD + "# between\n2026-01-01,holiday,Tết\n,holiday,Tết\n", "date-unreadable", 4),
        (HEAD + "2026-01-01,nghỉ,Tết\n", "kind-unknown", 2),
        (HEAD + "2026-01-01,,Tết\n", "kind-unknown", 2),
        (HEAD + "2026-01-01,holiday,Tết\n2026-01-01,compensatory,Tết\n", "day-twice", 3),
        (HEAD + "2026-01-01,holiday,Tết\n2026-01-01,holiday,Khác\n", "day-twice", 3),
        (HEAD + "2026-01-05,swapped_working,Làm bù\n", "swap-on-a-working-day", 2),
        (HEAD + "2026-01-01,holiday,Tết,dư\n", "too-many-cells", 2),
        (HEAD + '2026-01-01,holiday,"Tết\n', "csv-broken", 2),
        (HEAD + '2026-01-01,holiday,"Tết" Dương\n', "csv-broken", 2),
    ],
)
def test_a_bad_line_is_named_by_its_number(text: str, why: str, line: int) -> None:
    with pytest.raises(BadLine) as caught:
        parse_calendar(text)

    assert (caught.value.why, caught.value.facts["line"]) == (why, line)


def test_a_line_repeated_word_for_word_is_one_line() -> None:
    (year,) = parse_calendar(HEAD + "2026-01-01,holiday,Tết\n" * 2)

    assert len(year.marks) == 1


def test_a_year_file_refuses_days_of_another_year_and_days_twice() -> None:
    mark = DayMark(day("2026-01-01"), DayKind.HOLIDAY)

    with pytest.raises(BadInput, match="day-of-another-year"):
        YearFile(2027, (mark,))
    with pytest.raises(BadInput, match="day-twice"):
        YearFile(2026, (mark, DayMark(mark.day, DayKind.COMPENSATORY)))


@pytest.mark.parametrize("year", shipped(), ids=lambda year: str(year.year))
def test_a_shipped_year_travels_as_plain_fields_and_stays_itself(year: YearFile) -> None:
    fields = json.loads(json.dumps(year.to_fields()))

    assert YearFile.from_fields(fields) == year
    assert YearFile.from_fields(fields).digest() == year.digest()
    assert "Bộ luật Lao động 2019" in year.source


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"year": 2026},
        {"year": 2026, "marks": [["2026-13-01", "holiday", ""]]},
        {"year": 2026, "marks": [["2026-01-01", "rest", ""]]},
        {"year": 2026, "marks": [["2026-01-01"]]},
        {"year": 2026, "marks": 7},
    ],
)
def test_fields_that_no_year_file_gave_are_refused(fields: dict[str, object]) -> None:
    with pytest.raises(BadInput, match="calendar-unreadable"):
        YearFile.from_fields(fields)


def test_the_digest_knows_the_days_and_not_their_order_or_the_citation() -> None:
    one, other = DayMark(day("2026-01-01"), DayKind.HOLIDAY), DayMark(day("2026-05-01"), DayKind.HOLIDAY)
    digest = YearFile(2026, (one, other), "a").digest()

    assert YearFile(2026, (other, one), "b").digest() == digest
    assert YearFile(2026, (one,), "a").digest() != digest
    assert len(digest) == 64


@pytest.mark.parametrize(
    ("when", "off"),
    [
        ("2026-03-09", None),
        ("2026-03-14", OffReason(Rest.WEEKEND)),
        ("2026-03-15", OffReason(Rest.WEEKEND)),
        ("2026-02-17", OffReason(Rest.HOLIDAY, "Tết Nguyên đán")),
        ("2026-04-26", OffReason(Rest.HOLIDAY, "Giỗ Tổ Hùng Vương")),
        ("2026-04-27", OffReason(Rest.COMPENSATORY, "Nghỉ bù Giỗ Tổ Hùng Vương (26/4 là Chủ nhật)")),
        ("2026-01-02", OffReason(Rest.SWAPPED_OFF, "Hoán đổi với thứ Bảy 10/1")),
        ("2026-08-31", OffReason(Rest.SWAPPED_OFF, "Hoán đổi với thứ Bảy 22/8")),
        ("2026-11-24", OffReason(Rest.HOLIDAY, "Ngày Văn hóa Việt Nam")),
        ("2026-11-23", None),
        ("2026-01-10", None),
        ("2026-08-22", None),
        ("2025-11-24", None),
        ("2025-04-26", None),
        ("2024-05-04", None),
        ("2027-01-01", OffReason(Rest.HOLIDAY, "Tết Dương lịch")),  # no file: what every year has
        ("2027-09-02", OffReason(Rest.HOLIDAY, "Quốc khánh")),
        ("2027-02-08", None),  # Tết is not reckoned: the promise says that the year is unknown
    ],
)
def test_a_day_off_has_its_reason(when: str, off: OffReason | None) -> None:
    calendar = work_calendar()

    assert calendar.why_off(day(when)) == off
    assert calendar.counts(day(when)) == (off is None)


@pytest.mark.parametrize(
    ("when", "opens", "counts", "closing"),
    [
        ("2026-03-09", True, True, "17:00"),
        ("2026-03-14", True, False, "11:30"),  # a plain Saturday morning
        ("2026-08-22", True, True, "17:00"),  # a swapped one is a whole day
        ("2026-03-15", False, False, "17:00"),
        ("2026-04-30", False, False, "17:00"),
        ("2028-01-01", False, False, "17:00"),  # a Saturday of a year without a file
    ],
)
def test_an_open_saturday_morning_does_not_count(when: str, opens: bool, counts: bool, closing: str) -> None:
    calendar = work_calendar(SATURDAY_MORNINGS)

    assert (calendar.is_open(day(when)), calendar.counts(day(when))) == (opens, counts)
    assert calendar.closing(day(when)).isoformat() == f"{when}T{closing}:00+07:00"
    assert work_calendar().is_open(day("2026-03-14")) is False


def test_the_next_counting_day_passes_over_tet_and_stops_on_a_swapped_saturday() -> None:
    calendar = work_calendar()

    assert calendar.next_counting(day("2026-02-13")) == day("2026-02-23")
    assert calendar.next_counting(day("2026-08-21")) == day("2026-08-22")


def test_a_year_is_known_once_its_file_is_there_and_the_later_file_is_in_force() -> None:
    first = YearFile(2027, (DayMark(day("2027-01-01"), DayKind.HOLIDAY),))
    second = YearFile(2027, (DayMark(day("2027-01-04"), DayKind.HOLIDAY),))

    calendar = WorkCalendar.of([first, second])

    assert (calendar.knows(2027), calendar.knows(2026)) == (True, False)
    assert (calendar.counts(day("2027-01-01")), calendar.counts(day("2027-01-04"))) == (True, False)


@pytest.mark.parametrize(
    "hours", [("07:30", "07:30", "13:30", "17:00"), ("07:30", "11:30", "11:00", "17:00")]
)
def test_office_hours_follow_one_another(hours: tuple[str, str, str, str]) -> None:
    with pytest.raises(BadInput, match="hours-out-of-order"):
        OfficeHours(*map(time.fromisoformat, hours))


@given(st.dates(min_value=date(2024, 1, 1), max_value=date(2028, 12, 31)), st.booleans())
def test_every_day_that_counts_is_a_day_when_the_counter_is_open(when: date, mornings: bool) -> None:
    calendar = work_calendar(OfficeHours(open_saturday_morning=mornings))

    assert calendar.is_open(when) or not calendar.counts(when)
    assert when.weekday() != 6 or not calendar.is_open(when)


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_the_holidays_package_proposes_the_shipped_days_but_for_the_swap_of_2_january_2026(year: int) -> None:
    """It lacks the swap of Friday 2/1 with Saturday 10/1/2026 (12729/VPCP-KGVX); it never decides."""
    proposed = holidays.VN(years=year)
    calendar = work_calendar()
    days = [date(year, 1, 1) + timedelta(days=past) for past in range(365)]

    disagreed = {when.isoformat() for when in days if calendar.counts(when) != proposed.is_working_day(when)}

    assert disagreed == ({"2026-01-02", "2026-01-10"} if year == 2026 else set())

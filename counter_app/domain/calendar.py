"""Which days the counter is open and which count for a deadline, by imported, cited year files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cached_property
from itertools import pairwise
from typing import Any, Final

from counter_app.domain.errors import BadInput, BadLine
from counter_app.domain.names import clean_line
from counter_app.domain.published import fingerprint, read_day, read_sheet
from counter_app.domain.zone import VIETNAM

ONE_DAY = timedelta(days=1)
_SATURDAY, _SUNDAY = 5, 6


class DayKind(StrEnum):
    """What a published calendar says of one day (BLLĐ 2019, Điều 111 k3 and 112; the yearly notices)."""

    HOLIDAY = "holiday"  # nghỉ lễ, tết
    COMPENSATORY = "compensatory"  # nghỉ bù
    SWAPPED_OFF = "swapped_off"  # ngày làm việc được hoán đổi thành ngày nghỉ
    SWAPPED_WORKING = "swapped_working"  # ngày nghỉ hằng tuần đi làm bù


class Rest(StrEnum):
    """Why a day does not count."""

    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    COMPENSATORY = "compensatory"
    SWAPPED_OFF = "swapped_off"


@dataclass(frozen=True)
class OffReason:
    """A rest day's reason, with the published note ("Giỗ Tổ Hùng Vương"); a plain weekend has none."""

    why: Rest
    note: str = ""


_WEEKEND: Final = OffReason(Rest.WEEKEND)
EVERY_YEAR: Final = {
    (1, 1): "Tết Dương lịch",
    (4, 30): "Ngày Chiến thắng",
    (5, 1): "Ngày Quốc tế lao động",
    (9, 2): "Quốc khánh",
}
"""Holidays that have their date by law (BLLĐ 2019, Điều 112 k1); what else rests is said year by year."""


@dataclass(frozen=True)
class DayMark:
    """One line of a calendar.

    Raises BadInput("swap-on-a-working-day") for make-up work from Monday to Friday.
    """

    day: date
    kind: DayKind
    note: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "note", clean_line(self.note))
        if self.kind is DayKind.SWAPPED_WORKING and self.day.weekday() < _SATURDAY:
            raise BadInput("swap-on-a-working-day", field="date", value=self.day.isoformat())


@dataclass(frozen=True)
class YearFile:
    """All marked days of one year and where they were published; once imported, the year is known.

    Raises BadInput: "day-of-another-year", "day-twice".
    """

    year: int
    marks: tuple[DayMark, ...]
    source: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "marks", tuple(sorted(self.marks, key=lambda mark: mark.day)))
        days = [mark.day for mark in self.marks]
        for day in days:
            if day.year != self.year:
                raise BadInput("day-of-another-year", field="date", value=day.isoformat(), year=self.year)
            if days.count(day) > 1:
                raise BadInput("day-twice", field="date", value=day.isoformat())

    def to_fields(self) -> dict[str, Any]:
        marks = [[mark.day.isoformat(), mark.kind.value, mark.note] for mark in self.marks]
        return {"year": self.year, "marks": marks, "source": self.source}

    @classmethod
    def from_fields(cls, fields: Mapping[str, Any]) -> YearFile:
        """Raises BadInput("calendar-unreadable") for fields that no `to_fields` gave."""
        try:
            marks = tuple(
                DayMark(date.fromisoformat(day), DayKind(kind), note) for day, kind, note in fields["marks"]
            )
            return cls(int(fields["year"]), marks, str(fields.get("source", "")))
        except (KeyError, TypeError, ValueError) as error:
            raise BadInput("calendar-unreadable") from error

    def digest(self) -> str:
        """SHA-256 (hex) of year and marks; a reworded citation does not make it another calendar."""
        return fingerprint({name: value for name, value in self.to_fields().items() if name != "source"})


def parse_calendar(text: str) -> list[YearFile]:
    """The year files of a calendar CSV (`date,kind,note`; `#` lines are the citation), by year.

    A line repeated word for word is one line. Raises BadLine: those of `read_sheet`, "date-unreadable",
    "kind-unknown", "day-twice" (first_line), "swap-on-a-working-day", "calendar-empty".
    """
    sheet = read_sheet(text, ("date", "kind", "note"))
    seen: dict[date, tuple[int, DayMark]] = {}
    for row in sheet.rows:
        mark = _mark(row.line, row.cell("date"), row.cell("kind").lower(), row.cell("note"))
        first_line, first = seen.setdefault(mark.day, (row.line, mark))
        if first != mark:
            raise BadLine(
                "day-twice", line=row.line, field="date", value=row.cell("date"), first_line=first_line
            )
    if not seen:
        raise BadLine("calendar-empty", line=1)
    marks = [mark for _, mark in seen.values()]
    years = sorted({mark.day.year for mark in marks})
    return [
        YearFile(year, tuple(mark for mark in marks if mark.day.year == year), sheet.citation)
        for year in years
    ]


def _mark(line: int, day: str, kind: str, note: str) -> DayMark:
    try:
        read = read_day(day)
    except ValueError as error:
        raise BadLine("date-unreadable", line=line, field="date", value=day) from error
    if kind not in set(DayKind):
        raise BadLine("kind-unknown", line=line, field="kind", value=kind, known=",".join(DayKind))
    try:
        return DayMark(read, DayKind(kind), note)
    except BadInput as bad:
        raise BadLine(bad.why, line=line, **bad.facts) from bad


@dataclass(frozen=True)
class OfficeHours:
    """The counter's hours, a setting: 07:30–11:30 and 13:30–17:00 are typical, and many close at 17:30.

    Raises BadInput("hours-out-of-order") unless each time is later than the one before it.
    """

    morning_from: time = time(7, 30)
    morning_to: time = time(11, 30)
    afternoon_from: time = time(13, 30)
    afternoon_to: time = time(17, 0)
    open_saturday_morning: bool = False

    def __post_init__(self) -> None:
        times = [self.morning_from, self.morning_to, self.afternoon_from, self.afternoon_to]
        if any(later <= earlier for earlier, later in pairwise(times)):
            raise BadInput("hours-out-of-order", field="hours", value=",".join(map(str, times)))

    @property
    def spans(self) -> tuple[tuple[time, time], ...]:
        return (self.morning_from, self.morning_to), (self.afternoon_from, self.afternoon_to)


@dataclass(frozen=True)
class WorkCalendar:
    """Two calendars in one: when the counter is open, and which days count for a deadline.

    A Saturday morning at an open counter does not count unless the day is a swapped working one. A year
    without a file has its weekends and EVERY_YEAR only, and `knows` says so.
    """

    years: Mapping[int, YearFile] = field(default_factory=dict)
    hours: OfficeHours = OfficeHours()

    @classmethod
    def of(cls, files: Iterable[YearFile], hours: OfficeHours = OfficeHours()) -> WorkCalendar:
        """Of two files for one year the later in the row is in force."""
        return cls({file.year: file for file in files}, hours)

    @cached_property
    def _marks(self) -> dict[date, DayMark]:
        return {mark.day: mark for file in self.years.values() for mark in file.marks}

    def knows(self, year: int) -> bool:
        return year in self.years

    def why_off(self, day: date) -> OffReason | None:
        """Why the day does not count for a deadline; None where it counts."""
        mark = self._marks.get(day)
        if mark is not None:
            swapped_in = mark.kind is DayKind.SWAPPED_WORKING
            return None if swapped_in else OffReason(Rest(mark.kind.value), mark.note)
        if not self.knows(day.year) and (name := EVERY_YEAR.get((day.month, day.day))):
            return OffReason(Rest.HOLIDAY, name)
        return _WEEKEND if day.weekday() >= _SATURDAY else None

    def counts(self, day: date) -> bool:
        return self.why_off(day) is None

    def is_open(self, day: date) -> bool:
        """Whether citizens are received: days that count, and plain Saturdays where the setting says so."""
        return self.counts(day) or self._saturday_morning(day)

    def closing(self, day: date) -> datetime:
        """When the counter's day ends: 11:30 on a Saturday with a morning only, else the afternoon's end."""
        ends = self.hours.morning_to if self._saturday_morning(day) else self.hours.afternoon_to
        return datetime.combine(day, ends, VIETNAM)

    def next_counting(self, day: date) -> date:
        """The first day after `day` that counts."""
        day += ONE_DAY
        while not self.counts(day):
            day += ONE_DAY
        return day

    def after(self, day: date, number: int) -> date:
        """The day that counts as the `number`-th after `day`."""
        for _ in range(number):
            day = self.next_counting(day)
        return day

    def counting(self, after: date, last: date) -> int:
        """How many days count after one day up to another."""
        return sum(self.counts(after + timedelta(days=n)) for n in range(1, (last - after).days + 1))

    def worked_before(self, at: datetime, hours: int) -> datetime:
        """The last moment from which, by `at`, so many hours of work have passed."""
        left, day = timedelta(hours=hours), at.astimezone(VIETNAM).date()
        while True:
            for opens, closes in reversed(self.hours.spans) if self.counts(day) else ():
                begins = datetime.combine(day, opens, VIETNAM)
                ends = min(datetime.combine(day, closes, VIETNAM), at)
                if ends - begins >= left:
                    return ends - left
                left -= max(ends - begins, timedelta())
            day -= ONE_DAY

    def _saturday_morning(self, day: date) -> bool:
        plain = day.weekday() == _SATURDAY and self.why_off(day) == _WEEKEND
        return plain and self.hours.open_saturday_morning

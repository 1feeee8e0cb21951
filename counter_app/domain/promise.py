"""The return date that a receipt promises, with its reasoning as data: which days were skipped, and why."""

from __future__ import annotations

import calendar as months
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from counter_app.domain.calendar import ONE_DAY, Rest, WorkCalendar
from counter_app.domain.errors import BadInput
from counter_app.domain.limits import TimeLimit, Unit
from counter_app.domain.names import clean_line
from counter_app.domain.zone import VIETNAM

FURTHEST = timedelta(days=3660)  # a typed date beyond ten years is a slip of the hand


@dataclass(frozen=True)
class Skipped:
    day: date
    why: Rest
    note: str = ""


@dataclass(frozen=True)
class Run:
    """Skipped days in one stretch for one reason: 25–26/4, weekend."""

    first: date
    last: date
    why: Rest
    note: str = ""


def runs_of(skipped: Iterable[Skipped]) -> tuple[Run, ...]:
    """The skipped days, neighbours of one reason together."""
    runs: list[Run] = []
    for day in skipped:
        last = runs[-1] if runs else None
        if last and (last.last + ONE_DAY, last.why, last.note) == (day.day, day.why, day.note):
            runs[-1] = Run(last.first, day.day, day.why, day.note)
        else:
            runs.append(Run(day.day, day.day, day.why, day.note))
    return tuple(runs)


class Shift(StrEnum):
    """Why a dossier received on a day that counts is treated as the next one's."""

    AFTER_CUTOFF = "after_cutoff"
    AFTER_CLOSING = "after_closing"


@dataclass(frozen=True)
class Promise:  # hẹn trả kết quả
    """When the result is due, and how that was reckoned.

    `starts` is the first day that was counted; `moved_from` the last day of the limit where it was a rest
    day (BLDS 2015, Điều 148 k5); `unknown_years` the years whose calendar was not imported, so that only
    weekends and the holidays of every year were known. `limit` None: the officer typed the day, for `reason`.
    """

    due: datetime
    received_at: datetime
    limit: TimeLimit | None
    starts: date
    counted: tuple[date, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    moved_from: date | None = None
    unknown_years: tuple[int, ...] = ()
    verification: bool = False
    shift: Shift | None = None
    reason: str = ""

    @property
    def number(self) -> int | None:
        """The number that was counted, of the longer limit where facts are verified."""
        if self.limit is None:
            return None
        return self.limit.verification if self.verification else self.limit.number

    @property
    def unit(self) -> Unit | None:
        if self.limit is None:
            return None
        return self.limit.verification_unit if self.verification else self.limit.unit

    @property
    def runs(self) -> tuple[Run, ...]:
        return runs_of(self.skipped)

    @property
    def cutoff(self) -> time | None:
        """The hour that was looked at: that of a same-day result says nothing about the longer limit."""
        if self.limit is None or (self.verification and self.limit.unit is Unit.SAME_DAY):
            return None
        return self.limit.cutoff

    def to_fields(self) -> dict[str, Any]:
        """For an event's payload: `skipped` as [first, last, why, note]; what does not apply is absent."""
        fields: dict[str, Any] = {
            "due": self.due.isoformat(),
            "number": self.number,
            "unit": self.unit and self.unit.value,
            "cutoff": self.cutoff and self.cutoff.isoformat("minutes"),
            "confidence": self.limit and self.limit.confidence.value,
            "verification": int(self.verification) or None,
            "shift": self.shift and self.shift.value,
            "starts": self.starts.isoformat(),
            "skipped": [
                [run.first.isoformat(), run.last.isoformat(), run.why.value, run.note] for run in self.runs
            ],
            "moved_from": self.moved_from and self.moved_from.isoformat(),
            "unknown_years": list(self.unknown_years),
            "reason": self.reason,
        }
        return {name: value for name, value in fields.items() if value not in (None, "", [])}


@dataclass
class _Walk:
    """Going through the calendar day by day, noting what was passed over."""

    calendar: WorkCalendar
    start: date
    cutoff: time | None
    counted: list[date] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    years: set[int] = field(default_factory=set)
    moved_from: date | None = None
    shift: Shift | None = None

    def onward(self, day: date) -> date:
        """The first day from `day` on that counts."""
        while True:
            self.years.add(day.year)
            off = self.calendar.why_off(day)
            if off is None:
                return day
            self.skipped.append(Skipped(day, off.why, off.note))
            day += ONE_DAY

    def taken_in(self, at: datetime, cutoff: time | None, closing: time | None = None) -> date:
        """The working day that it counts as received on: that day, or the next after rest or a late hour."""
        day = self.onward(at.date())
        if day == at.date():
            if cutoff is not None and at.time() > cutoff:
                self.shift = Shift.AFTER_CUTOFF
            elif closing is not None and at.time() >= closing:
                self.shift = Shift.AFTER_CLOSING
        return self.onward(day + ONE_DAY) if self.shift else day

    def rest_moves(self, last: date) -> date:
        day = self.onward(last)
        self.moved_from = last if day != last else None
        return day


def _same_day(walk: _Walk, at: datetime, number: int) -> datetime:
    day = walk.taken_in(at, walk.cutoff, walk.calendar.hours.afternoon_to)
    walk.counted.append(day)
    return walk.calendar.closing(day)


def _working_days(walk: _Walk, at: datetime, number: int) -> datetime:
    day = walk.start
    for _ in range(number):
        day = walk.onward(day + ONE_DAY)
        walk.counted.append(day)
    return walk.calendar.closing(day)


def _days(walk: _Walk, at: datetime, number: int) -> datetime:
    walk.counted.extend(walk.start + timedelta(days=past) for past in range(1, number + 1))
    return walk.calendar.closing(walk.rest_moves(walk.counted[-1]))


def _months(walk: _Walk, at: datetime, number: int) -> datetime:
    year, month = divmod(walk.start.year * 12 + walk.start.month - 1 + number, 12)
    longest = months.monthrange(year, month + 1)[1]
    last = date(year, month + 1, min(walk.start.day, longest))
    return _days(walk, at, (last - walk.start).days)


def _hours(walk: _Walk, at: datetime, number: int) -> datetime:
    left = timedelta(hours=number)
    day = walk.taken_in(at, walk.cutoff)
    now = at if day == at.date() else datetime.combine(day, time(), VIETNAM)
    while True:
        for opens, closes in walk.calendar.hours.spans:
            begins = max(now, datetime.combine(day, opens, VIETNAM))
            ends = datetime.combine(day, closes, VIETNAM)
            if begins < ends:
                walk.counted.append(day)
                if begins + left <= ends:
                    return begins + left
                left -= ends - begins
        day = walk.onward(day + ONE_DAY)
        now = datetime.combine(day, time(), VIETNAM)


_RULES: dict[Unit, Callable[[_Walk, datetime, int], datetime]] = {
    Unit.SAME_DAY: _same_day,
    Unit.WORKING_DAY: _working_days,
    Unit.DAY: _days,
    Unit.MONTH: _months,
    Unit.HOUR: _hours,
}
_FROM_A_DAY = {Unit.WORKING_DAY, Unit.DAY, Unit.MONTH}


def promise(
    limit: TimeLimit, received_at: datetime, calendar: WorkCalendar, *, verification: bool = False
) -> Promise:
    """The return date of a dossier received complete at that time.

    The day of receipt is not counted (BLDS 2015, Điều 147 k2), a month ends on the day of the same number or
    the month's last (Điều 148 k3), a last day of rest moves to the next working day (k5); hours run from the
    receipt through office hours. A dossier after the cut-off, or with a cut-off on a rest day, is the next
    working day's (hộ tịch and chứng thực after 15:00; NĐ 63/2024). Seconds do not count: the paper shows
    minutes. The same-day cut-off says nothing about the longer limit for verification.
    Raises BadInput: "time-without-zone", "no-verification-limit".
    """
    at = local(received_at)
    number, unit, cutoff = limit.number, limit.unit, limit.cutoff
    if verification:
        if limit.verification is None or limit.verification_unit is None:
            raise BadInput("no-verification-limit", field="verification")
        cutoff = None if unit is Unit.SAME_DAY else cutoff
        number, unit = limit.verification, limit.verification_unit
    walk = _Walk(calendar, at.date(), cutoff)
    if cutoff is not None and unit in _FROM_A_DAY:
        walk.start = walk.taken_in(at, cutoff)
    due = _RULES[unit](walk, at, number)
    return Promise(
        due=due,
        received_at=received_at,
        limit=limit,
        starts=walk.counted[0],
        counted=tuple(dict.fromkeys(walk.counted)),
        skipped=tuple(walk.skipped),
        moved_from=walk.moved_from,
        unknown_years=tuple(sorted(year for year in walk.years if not calendar.knows(year))),
        verification=verification,
        shift=walk.shift,
    )


def step_end(limit: TimeLimit, handed: datetime, calendar: WorkCalendar, due: datetime | None) -> datetime:
    """When a step ends whose holder was handed the dossier at that time: never after the dossier is due.

    Raises BadInput("time-without-zone").
    """
    end = promise(limit, handed, calendar).due
    return end if due is None else min(end, due.astimezone(VIETNAM))


def typed_promise(due_day: date, received_at: datetime, calendar: WorkCalendar, reason: str) -> Promise:
    """The day that the officer names where the procedure has no limit, or for an extension.

    Raises BadInput: "time-without-zone", "reason-missing", "due-before-receipt", "due-too-far",
    "due-on-rest-day" (nearest: the next day that counts; why).
    """
    at = local(received_at)
    reason = clean_line(reason)
    value = due_day.isoformat()
    if not reason:
        raise BadInput("reason-missing", field="due_reason")
    if due_day > at.date() + FURTHEST:
        raise BadInput("due-too-far", field="due", value=value)
    due = calendar.closing(due_day)
    if due <= at:
        raise BadInput("due-before-receipt", field="due", value=value, received=at.date().isoformat())
    off = calendar.why_off(due_day)
    if off is not None:
        nearest = calendar.next_counting(due_day).isoformat()
        raise BadInput(
            "due-on-rest-day", field="due", value=value, nearest=nearest, rest=off.why.value, note=off.note
        )
    unknown = () if calendar.knows(due_day.year) else (due_day.year,)
    return Promise(due, received_at, None, due_day, unknown_years=unknown, reason=reason)


def local(at: datetime) -> datetime:
    """The time in Viet Nam to the minute, as papers show it; raises BadInput("time-without-zone")."""
    if at.tzinfo is None:
        raise BadInput("time-without-zone", field="received_at", value=at.isoformat())
    return at.astimezone(VIETNAM).replace(second=0, microsecond=0)

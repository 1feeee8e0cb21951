"""What a sample commune gives at once in its month: certified copies above all, each line of the register."""

from __future__ import annotations

from datetime import datetime
from random import Random
from typing import Any, Final, NamedTuple

from counter_app.domain.calendar import WorkCalendar
from counter_app.services.sample import people
from counter_app.services.sample.month import Line, OfficeTime

A_DAY: Final = (2, 3, 4, 4, 5, 6)  # acts on an office day
TODAY: Final = 6
_BY_AN_ORGANISATION: Final = 0.12
_EXEMPT: Final = 0.08


class _Act(NamedTuple):
    """A procedure, the papers that people bring with their pages, and how many copies or cases at most."""

    code: str
    share: int
    papers: tuple[tuple[str, int], ...]
    most: int = 1
    counts: str = "copies"


_ACTS: Final = (
    _Act(
        "2.000815",  # certified copies
        78,
        (
            *(("Giấy khai sinh", 1), ("Căn cước", 1), ("Bằng tốt nghiệp THPT", 1), ("Học bạ THPT", 12)),
            *(("Giấy chứng nhận kết hôn", 1), ("Giấy chứng nhận quyền sử dụng đất", 4)),
            *(("Giấy đăng ký xe mô tô", 1), ("Hợp đồng lao động", 3), ("Giấy xác nhận hộ nghèo", 1)),
        ),
        most=6,
    ),
    _Act(
        "2.000884",  # signatures
        12,
        (("Sơ yếu lý lịch", 2), ("Giấy ủy quyền nhận lương hưu", 1), ("Đơn xin xác nhận nơi cư trú", 1)),
        counts="cases",
    ),
    _Act("2.000635", 10, (("Trích lục khai sinh", 1), ("Trích lục khai tử", 1)), most=3),
)


def given(calendar: WorkCalendar, now: datetime, seed: int = 2026) -> list[Line]:
    """The acts of the month before `now` by their time, those of its own day last; these are given now where
    the counter is closed. The same every run but for the dates."""
    rng = Random(seed)  # noqa: S311  invented people, nothing secret
    hours = OfficeTime(calendar, now, rng)
    today = hours.now.date()
    before = [day for day in hours.days if day < today]
    moments = [hours.on(day) for day in before for _ in range(rng.choice(A_DAY))]
    lines = [_line(rng, moment) for moment in sorted(moments)]
    if today in hours.days:
        lines += [_line(rng, moment) for moment in sorted(hours.on(today) for _ in range(TODAY))]
    else:
        lines += [_line(rng, None, hours.now.year) for _ in range(TODAY)]
    return lines


def _line(rng: Random, moment: datetime | None, year: int = 0) -> Line:
    (act,) = rng.choices(_ACTS, [one.share for one in _ACTS])
    what, pages = rng.choice(act.papers)
    line: dict[str, Any] = {
        "procedure": act.code,
        "applicant": _who(rng, moment.year if moment else year, act),
        "what": what,
        "pages": pages,
        act.counts: rng.randint(1, act.most),
    }
    if rng.random() < _EXEMPT and act.code == "2.000815":
        line["exemption"] = "hộ nghèo"
    if moment is not None:
        line |= {"received_at": moment.isoformat(), "late_reason": "dữ liệu mẫu"}
    return line


def _who(rng: Random, year: int, act: _Act) -> people.Fields:
    if act.counts == "copies" and rng.random() < _BY_AN_ORGANISATION:
        return people.some_organisation(rng)
    return people.somebody(rng, year, (18, 75))

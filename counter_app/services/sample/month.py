"""A month of a sample commune's counter: what people submit, when they come, and what becomes of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any, Final

from counter_app.domain.calendar import WorkCalendar
from counter_app.domain.zone import VIETNAM
from counter_app.services.sample import people

Line = dict[str, Any]
DOSSIERS: Final = 200
LATE: Final = 6  # of those whose date has come, left lying
UNCOLLECTED: Final = 7  # of those whose date has come, finished and not yet fetched
CUTOFF: Final = time(15)  # what comes later is returned on the next working day (NĐ 118/2025/NĐ-CP)


@dataclass(frozen=True)
class _Row:
    """A procedure: how often among the settled and among the open, within how many office days it is open."""

    code: str
    settled: int
    open: int
    days: int = 0
    who: str = "person"  # or elder, woman, org, any
    fields: tuple[tuple[str, Any], ...] = ()
    typed: int = 0  # days to the date that the officer types, where the procedure has no limit


_PAID = ("fee", {"paid": True})
_CHECKED = ("verification", True)
_MONTH: Final = (
    _Row("2.000815", 36, 4, who="any", fields=(_PAID, ("pages", 3), ("copies", 4))),
    _Row("2.000815", 12, 1, fields=(("fee", {"exemption": "hộ nghèo"}), ("copies", 2))),
    _Row("2.000884", 14, 1, fields=(_PAID,)),
    _Row("2.000635", 14, 1, fields=(_PAID, ("copies", 2))),
    _Row("1.001193", 12, 1, who="woman"),
    _Row("1.000894", 5, 1),
    _Row("1.000656", 5, 1, fields=(("note", "Gia đình báo tử tại nhà, có trưởng bản làm chứng."),)),
    _Row("1.004873", 12, 3, days=2, fields=(("fee", {"amount": 5000, "paid": True}),)),
    _Row("1.004873", 0, 5, days=12, fields=(_CHECKED, ("fee", {"amount": 5000, "paid": True}))),
    _Row("1.004859", 5, 3, days=2, fields=(("fee", {"amount": 10000}),)),
    _Row("1.004884", 0, 4, days=14, who="elder", fields=(_CHECKED,)),
    _Row("1.004772", 0, 3, days=14, who="elder", fields=(_CHECKED,)),
    _Row("1.000689", 0, 2, days=2, who="woman"),
    _Row("1.004222", 0, 6, days=5, fields=(("fee", {"paid": True}), ("channel", "online"))),
    _Row("1.004194", 4, 2, days=2, fields=(_PAID,)),
    _Row("1.001612", 6, 3, days=2, fields=(("fee", {"amount": 100000, "paid": True}),)),
    _Row("2.000720", 0, 1, days=2),
    _Row("2.001035", 3, 2, days=1, fields=(_PAID,)),
    _Row("1.014027", 0, 7, days=8, who="elder", fields=(("return_by", "home"),)),
    _Row("1.011607", 0, 3, days=8),
    _Row("1.011608", 0, 2, days=8),
    _Row("1.001776", 0, 5, days=15, who="elder", typed=32),
    _Row("1.001699", 0, 3, days=15, typed=35),
    _Row("1.001731", 0, 1, days=10, typed=24),
    _Row("1.014028", 0, 1, days=10, typed=24),
    _Row("1.010824", 0, 1, days=12, who="elder", typed=30),
    _Row("2.002307", 0, 1, days=12, who="elder", typed=30),
    _Row("1.013978", 0, 2, days=18, typed=40, fields=(("channel", "post"), ("return_by", "post"))),
    _Row("1.013227", 0, 1, days=10, who="org", typed=21),
    _Row("1.003622", 0, 1, days=6, who="org", typed=14),
)
_AGES: Final = {"elder": (75, 92), "woman": (19, 38), "person": (18, 66)}
_NEVER_BY_ANOTHER: Final = frozenset({"1.000894", "2.000884"})  # both must come, and sign, themselves


class OfficeTime:
    """Moments at which the counter is open, in the month before `now`."""

    def __init__(self, calendar: WorkCalendar, now: datetime, rng: Random) -> None:
        self.calendar, self.now, self._rng = calendar, now.astimezone(VIETNAM), rng
        today = self.now.date()
        days = [today - timedelta(days=n) for n in range(30)]
        # A day that has only just begun has no visitors yet.
        self.days = [day for day in days if calendar.is_open(day) and self._opened(day) < self.now]

    def _opened(self, day: date) -> datetime:
        return datetime.combine(day, self.calendar.hours.morning_from, VIETNAM) + timedelta(minutes=15)

    def on(self, day: date, after: datetime | None = None) -> datetime:
        """A moment of that day, not later than now, and later than `after` where that is of the same day."""
        spans = self.calendar.hours.spans
        moments = [
            moment
            for begin, end in spans
            for minute in range(0, (end.hour - begin.hour) * 60 + end.minute - begin.minute - 5, 3)
            if (moment := datetime.combine(day, begin, VIETNAM) + timedelta(minutes=minute)) < self.now
            and (after is None or moment > after)
        ]
        return self._rng.choice(moments) if moments else max(after or self.now, self._opened(day))

    def fresh(self) -> datetime:
        """A moment whose same-day promise is still open now."""
        while True:
            moment = self.on(self._rng.choice(self.days[:2]))
            day = moment.date() if moment.time() < CUTOFF else self.calendar.next_counting(moment.date())
            if self.calendar.closing(day) > self.now or not self._some_are_fresh():
                return moment

    def _some_are_fresh(self) -> bool:
        last = self.days[0]
        day = self.calendar.next_counting(last)
        return self.calendar.closing(day) > self.now

    def later(self, after: datetime, most_days: int) -> datetime:
        """A moment after `after` and within so many office days, never later than now."""
        days = [day for day in reversed(self.days) if day >= after.date()][: most_days + 1]
        found = self.on(self._rng.choice(days), after) if days else after
        return min(max(found, after), self.now).replace(microsecond=0)


def dossiers(calendar: WorkCalendar, now: datetime, seed: int = 2026, *, few: bool = False) -> list[Line]:
    """The lines to receive, by the time of reception; the same every run but for the dates.

    `few`: a third of them, of each procedure at least one.
    """
    rng = Random(seed)  # noqa: S311  invented people, nothing secret
    hours = OfficeTime(calendar, now, rng)
    settled = [row for row in _MONTH for _ in range(_some(row.settled, few, 6))]
    waiting = [row for row in _MONTH for _ in range(_some(row.open, few, 2))]
    lines = [_line(row, hours.on(rng.choice(hours.days[4:])), calendar, rng) for row in settled]
    for row in waiting:
        moment = hours.on(rng.choice(hours.days[: row.days])) if row.days else hours.fresh()
        lines.append(_line(row, moment, calendar, rng))
    return sorted(lines, key=lambda line: str(line["received_at"]))


def _some(count: int, few: bool, share: int) -> int:
    return -(-count // share) if few else count


def _line(row: _Row, moment: datetime, calendar: WorkCalendar, rng: Random) -> Line:
    who = _who(row, moment.year, rng)
    line: Line = {
        "procedure": row.code,
        "applicant": who,
        "received_at": moment.isoformat(),
        "late_reason": "dữ liệu mẫu",
        **dict(row.fields),
    }
    if who["kind"] == "person" and row.code not in _NEVER_BY_ANOTHER and rng.random() < 0.15:
        line["submitter"] = people.same_household(rng, who, moment.year)
    if row.typed:
        line["due"] = calendar.next_counting(moment.date() + timedelta(days=row.typed - 1)).isoformat()
        line["due_reason"] = "Danh mục chưa có thời hạn; hẹn theo thông báo của phòng chuyên môn."
    return line


def _who(row: _Row, year: int, rng: Random) -> people.Fields:
    if row.who == "org" or (row.who == "any" and rng.random() < 0.2):
        return people.some_organisation(rng)
    sex = people.FEMALE if row.who == "woman" else ""
    return people.somebody(rng, year, _AGES.get(row.who, _AGES["person"]), sex)


@dataclass(frozen=True)
class Accepted:
    """A dossier as the counter answered: what the acts on it need."""

    code: str
    received_at: datetime
    due: datetime
    applicant: people.Fields


@dataclass(frozen=True)
class Deed:
    """One act on a dossier: its name on the command line, and what goes with it by name."""

    verb: str
    code: str
    given: Mapping[str, Any]


Chain = list[Deed]  # on one dossier, in their order


def _deed(verb: str, a: Accepted, **given: Any) -> Deed:
    return Deed(verb, a.code, given)


def acts(
    accepted: Sequence[Accepted], calendar: WorkCalendar, now: datetime, seed: int = 2026
) -> list[Chain]:
    """What became of them: those whose date has come are done but for LATE, some others are on their way."""
    rng = Random(seed)  # noqa: S311
    hours = OfficeTime(calendar, now, rng)
    past = sorted((a for a in accepted if a.due <= now), key=lambda a: a.due)
    late = past[:: max(1, len(past) // LATE)][:LATE]
    done = [a for a in past if a not in late]
    chains = [_done(a, hours, collected=n >= UNCOLLECTED) for n, a in enumerate(reversed(done))]
    ready = [a for a in accepted if a.due > now and a.received_at < now - timedelta(days=4)]
    ready.sort(key=lambda a: a.received_at)
    return chains + [
        make(a, hours) for make, a in zip(_ON_THEIR_WAY, _spread(ready, len(_ON_THEIR_WAY)), strict=False)
    ]


def _spread(accepted: list[Accepted], count: int) -> list[Accepted]:
    return accepted[:: max(1, len(accepted) // count)]


def _done(a: Accepted, hours: OfficeTime, *, collected: bool) -> Chain:
    ready = hours.later(a.received_at, 0)
    chain = [_deed("finish", a, at=ready)]
    if collected:
        name, number = a.applicant["name"], a.applicant.get("id_number", "")
        if a.applicant["kind"] == "org":
            name, number = "Trần Thị Thu Hường", ""
        at = hours.later(ready, 2)
        known = {"id_number": number} if number else {"authority": "Giấy giới thiệu của đơn vị"}
        chain.append(_deed("return", a, to=name, **known, at=at))
    return chain


def _at(hours: OfficeTime, a: Accepted) -> datetime:
    return hours.later(a.received_at, 2)


def _processed(step: str, holder: str) -> Any:
    return lambda a, h: [_deed("process", a, step=step, holder=holder, at=_at(h, a))]


def _supplement(a: Accepted, h: OfficeTime) -> Chain:
    needs = ["Bản chính sổ hộ khẩu cũ hoặc giấy xác nhận cư trú", "Ảnh 3 × 4 chụp trong 6 tháng"]
    return [_deed("supplement", a, need=needs, at=_at(h, a))]


def _resubmitted(a: Accepted, h: OfficeTime) -> Chain:
    asked = h.later(a.received_at, 1)
    back = h.later(asked, 3)
    return [
        _deed("supplement", a, need=["Tờ khai thiếu chữ ký"], at=asked),
        _deed("resubmit", a, at=back),
    ]


def _extended(a: Accepted, h: OfficeTime) -> Chain:
    until = h.calendar.next_counting(a.due.date() + timedelta(days=4))
    reason = "Đường vào bản bị sạt lở, chưa xác minh được tại nhà."
    return [_deed("extend", a, until=until, reason=reason)]


def _stopped(a: Accepted, h: OfficeTime) -> Chain:
    return [_deed("stop", a, reason="Đã được giải quyết ở nơi cư trú cũ.", at=_at(h, a))]


def _withdrawn(a: Accepted, h: OfficeTime) -> Chain:
    return [_deed("withdraw", a, reason="Công dân xin rút để bổ sung sau mùa vụ.", at=_at(h, a))]


def _refused(a: Accepted, h: OfficeTime) -> Chain:
    reason = "Không thuộc thẩm quyền của xã; đã hướng dẫn nộp ở tỉnh."
    return [_deed("refuse", a, reason=reason, at=_at(h, a))]


def _corrected(a: Accepted, _: OfficeTime) -> Chain:
    name = a.applicant["address"].replace("trung tâm ", "thôn Tân Lập, ")
    changes = {"applicant.address": f"Nhóm 2, {name}"}
    return [_deed("correct", a, changes=changes, reason="Ghi thiếu số nhóm")]


def _voided(a: Accepted, _: OfficeTime) -> Chain:
    return [_deed("void", a, reason="Nhập nhầm hai lần cùng một hồ sơ")]


def _late_fee(a: Accepted, h: OfficeTime) -> Chain:
    return [_deed("pay", a, amount=8000, at=_at(h, a))]


def _handed(to: str, step: str, within: str, *, taken: bool, then: str = "") -> Any:
    """Handed on with a step that has an end; taken over half a day later, or not yet; and handed on again."""

    def chain(a: Accepted, h: OfficeTime) -> Chain:
        at = _at(h, a)
        acts_ = [_deed("hand-over", a, to=to, step=step, within=within, at=at)]
        if taken:
            at = h.later(at, 0)
            acts_.append(_deed("take-over", a, at=at))
        if then:
            at = h.later(at, 1)
            acts_.append(_deed("hand-over", a, to=then, step="Ký duyệt", within="2 ngày làm việc", at=at))
        return acts_

    return chain


_CLERK: Final = "Công chức chuyên môn"
_ON_THEIR_WAY: Final = (
    _processed("Thẩm định hồ sơ", "Tư pháp – hộ tịch"),
    _supplement,
    _processed("Xác minh tại bản", "Văn hóa – xã hội"),
    _resubmitted,
    _extended,
    _processed("Trình lãnh đạo ký", "Văn phòng"),
    _supplement,
    _stopped,
    _processed("Thẩm định hồ sơ", "Địa chính"),
    _corrected,
    _withdrawn,
    _resubmitted,
    _processed("Xác minh nơi cư trú", "Công an xã"),
    _refused,
    _voided,
    _late_fee,
    _supplement,
    _handed(_CLERK, "Thẩm tra", "4 giờ", taken=True),
    _handed(_CLERK, "Thẩm tra", "30 ngày làm việc", taken=True, then="Lãnh đạo UBND xã"),
    _handed("Công an xã", "Xác minh nơi cư trú", "20 ngày làm việc", taken=False),
    _handed("Văn hóa – xã hội", "Xác minh tại bản", "25 ngày làm việc", taken=False),
)

"""Why a result is due on its day, from the promise as an event carries it (`Promise.to_fields`)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from counter_app.domain.calendar import Rest
from counter_app.domain.lifecycle import State
from counter_app.domain.limits import TimeLimit, Unit
from counter_app.domain.promise import Shift
from counter_app.domain.zone import VIETNAM
from counter_app.words import dates
from counter_app.words.language import Words, listed
from counter_app.words.states import RESTS, STATES

_ONE_DAY = timedelta(days=1)
_SATURDAY = 5
# Published notes mostly begin with the words that we would put before them.
_ALREADY_SAID = re.compile(r"(?:nghỉ\s+)?(?:bù|hoán đổi)\s*(?:cho\s+)?", re.IGNORECASE)
_REMARK = re.compile(r"\s*\([^()]*\)\s*$")

_LIMITS = Words(
    {
        Unit.HOUR: "{n} giờ làm việc",
        Unit.WORKING_DAY: "{n} ngày làm việc",
        Unit.DAY: "{n} ngày",
        Unit.MONTH: "{n} tháng",
        Unit.SAME_DAY: "trong ngày",
    }
)
_SHIFTS = Words(
    {
        Shift.AFTER_CUTOFF: "nhận sau {cutoff} nên tính sang ngày làm việc tiếp theo",
        Shift.AFTER_CLOSING: "nhận sau giờ làm việc nên tính sang ngày làm việc tiếp theo",
    }
)
_PARTS = Words(
    {
        "verified": "{limit} vì phải xác minh",
        "typed": "ngày do cán bộ chọn: {reason}",
        "typed-bare": "ngày do cán bộ chọn",
        "from": "đếm từ {day}",
        "skipped": "bỏ {days}",
        "moved": "ngày cuối {day} là ngày nghỉ",
        "waited-supplement": "dừng {days} chờ bổ sung",
        "waited-payment": "dừng {days} chờ nộp phí, lệ phí",
        "restarted": "đủ giấy tờ ngày {day} nên tính lại từ đầu",
        "between": "từ {first} đến {last}",
        "unknown": "chưa có lịch nghỉ năm {years} nên chỉ trừ cuối tuần, lễ cố định",
        "cutoff-from": "{limit}; nhận sau {cutoff}: đếm từ ngày làm việc tiếp theo",
        "run": "{days} {why}",
        "cutoff": "{limit}; sau {cutoff}: ngày làm việc tiếp theo",
        "mistaken": "{days} ghi nhầm là “{state}” nên vẫn tính vào thời hạn",
    }
)
_NOTED = Words({Rest.COMPENSATORY: "nghỉ bù {note}", Rest.SWAPPED_OFF: "nghỉ hoán đổi {note}"})


def limit_words(number: int | None, unit: str | None, cutoff: str | None = None) -> str:
    """`5 ngày làm việc`; `trong ngày; sau 15 giờ: ngày làm việc tiếp theo`; "" where the law states none."""
    if unit is None:
        return ""
    limit = _LIMITS.say(Unit(unit), n=number)
    if not cutoff:
        return limit
    how = "cutoff" if unit == Unit.SAME_DAY else "cutoff-from"
    return _PARTS.say(how, limit=limit, cutoff=_hour(cutoff))


def catalogue_limit(limit: TimeLimit | None, *, verification: bool = False) -> str:
    """The same for a limit of the catalogue, and its longer one where facts are verified."""
    if limit is None:
        return ""
    if verification:
        return limit_words(limit.verification, limit.verification_unit)
    return limit_words(limit.number, limit.unit, limit.cutoff.isoformat("minutes") if limit.cutoff else None)


def receipt_limit(promise: Mapping[str, Any]) -> str:
    """The limit that a receipt states, in full; "" where the officer typed the day."""
    # The cut-off is that of the ordinary limit.
    cutoff = None if promise.get("verification") else promise.get("cutoff")
    return limit_words(promise.get("number", 0), promise.get("unit"), cutoff)


def reasoning(promise: Mapping[str, Any], never_stood: Iterable[tuple[State, date, date]] = ()) -> str:
    """`5 ngày làm việc, đếm từ 21/4; bỏ 25–26/4 cuối tuần, 27/4 nghỉ bù Giỗ Tổ Hùng Vương`.

    `never_stood` are ends that were taken back, with their days: those count as any other.
    """
    unit = promise.get("unit")
    if unit is None:
        typed = "typed" if promise.get("reason") else "typed-bare"
        parts = [_PARTS.say(typed, reason=promise.get("reason", ""))]
    else:
        parts = [_counted(promise, Unit(unit))]
    if "shift" in promise:
        parts.append(_SHIFTS.say(Shift(promise["shift"]), cutoff=_hour(promise.get("cutoff"))))
    parts += _waited(promise)
    if "moved_from" in promise:
        parts.append(_PARTS.say("moved", day=dates.short_day(date.fromisoformat(promise["moved_from"]))))
    if skipped := _skipped(promise):
        parts.append(_PARTS.say("skipped", days=", ".join(skipped)))
    if years := promise.get("unknown_years"):
        parts.append(_PARTS.say("unknown", years=listed([str(year) for year in years])))
    for state, first, last in never_stood:
        parts.append(_PARTS.say("mistaken", days=dates.span(first, last), state=STATES.say(state)))
    return "; ".join(parts)


def _waited(promise: Mapping[str, Any]) -> list[str]:
    """What was subtracted since the citizen had to bring or to pay something."""
    if "restarted" in promise:
        day = dates.short_day(date.fromisoformat(promise["restarted"]))
        return [_PARTS.say("restarted", day=day)]
    return [
        _PARTS.say(f"waited-{why}", days=_stretch(first, last))
        for first, last, why in promise.get("paused", ())
        if f"waited-{why}" in _PARTS
    ]


def _stretch(first: str, last: str) -> str:
    """`21–24/4`, or for a limit in hours `từ 9 giờ ngày 21/4/2026 đến 15 giờ ngày 21/4/2026`."""
    if "T" not in first:
        return dates.span(date.fromisoformat(first), date.fromisoformat(last))
    begins, ends = (dates.moment(datetime.fromisoformat(text)) for text in (first, last))
    return _PARTS.say("between", first=begins, last=ends)


def _counted(promise: Mapping[str, Any], unit: Unit) -> str:
    limit = _LIMITS.say(unit, n=promise.get("number", 0))
    if promise.get("verification"):
        limit = _PARTS.say("verified", limit=limit)
    if unit in (Unit.HOUR, Unit.SAME_DAY):
        return limit
    begins = dates.short_day(date.fromisoformat(promise["starts"]))
    return f"{limit}, {_PARTS.say('from', day=begins)}"


def _skipped(promise: Mapping[str, Any]) -> list[str]:
    """Stretches of rest in words; a holiday that falls on a weekend beside one is the weekend's."""
    runs: list[tuple[date, date, str]] = []
    for first_text, last_text, why, note in promise.get("skipped", ()):
        first, last = date.fromisoformat(first_text), date.fromisoformat(last_text)
        words = _why(Rest(why), note)
        weekend = all(day.weekday() >= _SATURDAY for day in _days(first, last))
        if runs and weekend and runs[-1][2] == RESTS.say(Rest.WEEKEND) and runs[-1][1] + _ONE_DAY == first:
            runs[-1] = (runs[-1][0], last, runs[-1][2])
        else:
            runs.append((first, last, words))
    return [_PARTS.say("run", days=dates.span(first, last), why=words) for first, last, words in runs]


def _why(why: Rest, note: str) -> str:
    note, plain = _REMARK.sub("", note), RESTS.say(why)
    if why not in _NOTED:
        return note or plain
    bare = _ALREADY_SAID.sub("", note, count=1) if _ALREADY_SAID.match(note) else note
    return _NOTED.say(why, note=bare) if bare else plain


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=past) for past in range((last - first).days + 1)]


def _hour(cutoff: str | None) -> str:
    if not cutoff:
        return ""
    return dates.hour(datetime.combine(date(2000, 1, 1), time.fromisoformat(cutoff), VIETNAM))


def due_words(promise_due: datetime) -> str:
    """`thứ ba, trước 17 giờ`, under the large date."""
    return f"{dates.weekday(promise_due.astimezone(VIETNAM).date())}, {dates.before(promise_due)}"

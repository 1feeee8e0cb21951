"""How a dossier stands against its return date: colour, word and days, for a list's row and a story's tag."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from counter_app.desk.widgets.speech import QT_TRANSLATE_NOOP, translate
from counter_app.domain.calendar import WorkCalendar
from counter_app.domain.lifecycle import OPEN, State
from counter_app.domain.zone import VIETNAM
from counter_app.services.lookup import SOON

MOST_DAYS: Final = 99  # a larger number says no more than this one, and need not be counted


@dataclass(frozen=True)
class Standing:
    """`state` is one of the theme's; `brief` is a row's word, `words` the tag's; no `days`: no date runs."""

    state: str
    brief: str
    words: str
    days: int | None = None
    days_are: str = ""


# Dossiers whose date does not run: the theme's state, and the word.
_STILL: Final = {
    State.REGISTERED: ("soon", QT_TRANSLATE_NOOP("Standing", "Chờ tiếp nhận")),
    State.WAITING_SUPPLEMENT: ("paused", QT_TRANSLATE_NOOP("Standing", "Chờ bổ sung")),
    State.WAITING_PAYMENT: ("paused", QT_TRANSLATE_NOOP("Standing", "Chờ nộp phí")),
    State.FINISHED: ("in_time", QT_TRANSLATE_NOOP("Standing", "Chờ trả")),
    State.RETURNED: ("in_time", QT_TRANSLATE_NOOP("Standing", "Đã trả")),
    State.REFUSED: ("paused", QT_TRANSLATE_NOOP("Standing", "Từ chối")),
    State.WITHDRAWN: ("paused", QT_TRANSLATE_NOOP("Standing", "Đã rút")),
    State.STOPPED: ("paused", QT_TRANSLATE_NOOP("Standing", "Đã dừng")),
    State.VOIDED: ("paused", QT_TRANSLATE_NOOP("Standing", "Đã hủy")),
}


class Days:
    """Working days from and to one day, each counted once for a whole list; 99 is the most."""

    def __init__(self, today: date, calendar: WorkCalendar) -> None:
        self.today = today
        self._calendar = calendar
        self._back, self._on = {today: 0}, {today: 0}
        self._first = self._last = today

    def since(self, day: date) -> int:
        """Working days after `day` up to today."""
        while self._first > day and self._back[self._first] < MOST_DAYS:
            more = self._back[self._first] + self._calendar.counts(self._first)
            self._first -= timedelta(days=1)
            self._back[self._first] = more
        return self._back.get(day, 0 if day > self.today else MOST_DAYS)

    def until(self, day: date) -> int:
        """Working days after today up to `day`."""
        while self._last < day and self._on[self._last] < MOST_DAYS:
            before = self._on[self._last]
            self._last += timedelta(days=1)
            self._on[self._last] = before + self._calendar.counts(self._last)
        return self._on.get(day, 0 if day < self.today else MOST_DAYS)


def standing(
    state: State,
    due: datetime | None,
    now: datetime,
    calendar: WorkCalendar,
    days_of: Days | None = None,
) -> Standing:
    """Where the dossier stands at `now`; days are working days of `calendar`, 0 is today.

    A list hands in its `days_of`, which counts them once for all rows.
    """
    if state in _STILL and (due is None or state is not State.REGISTERED):
        look, word = _STILL[state]
        return still(look, translate("Standing", word))
    if due is None or state not in OPEN:
        return still("soon", translate("Standing", "Chưa có ngày hẹn"))
    due, now = due.astimezone(VIETNAM), now.astimezone(VIETNAM)
    days_of = days_of or Days(now.date(), calendar)
    if now > due:
        days = days_of.since(due.date())
        late = translate("Standing", "Quá hạn {n} ngày") if days else translate("Standing", "Quá hạn hôm nay")
        since = translate("Standing", "quá hạn\ntừ {hour}").format(hour=f"{due.hour}:{due.minute:02}")
        brief, are = translate("Standing", "Quá hạn"), translate("Standing", "ngày\nquá hạn")
        are = are if days else since
        return Standing("late", brief, late.format(n=days), days, are)
    days = days_of.until(due.date())
    if due.date() == now.date():
        today = translate("Standing", "Hôm nay, trước {hour}")
        ends = translate("Standing", "ngày\nhạn {hour}")
        hour = f"{due.hour}:{due.minute:02}"
        brief = translate("Standing", "Hôm nay")
        return Standing("soon", brief, today.format(hour=hour), 0, ends.format(hour=hour))
    left = translate("Standing", "Còn {n} ngày").format(n=days)
    are = translate("Standing", "ngày\ncòn lại")
    if days <= SOON:
        return Standing("soon", translate("Standing", "Sắp đến hạn"), left, days, are)
    return Standing("in_time", translate("Standing", "Trong hạn"), left, days, are)


def still(state: str, words: str) -> Standing:
    """One whose date does not run."""
    return Standing(state, words, words)

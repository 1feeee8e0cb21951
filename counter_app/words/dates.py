"""Days, times and money as people write them."""

from __future__ import annotations

from datetime import date, datetime

from counter_app.domain.zone import VIETNAM
from counter_app.words.language import Words

_WEEKDAYS = Words(
    dict(enumerate(("thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy", "chủ nhật")))
)
_FORMS = Words(
    {
        "day": "{day}/{month}/{year}",
        "short": "{day}/{month}",
        "hour": "{hour} giờ",
        "minute": "{hour} giờ {minute}",
        "moment": "{time} ngày {day}",
        "paper": "{hour} giờ {minute} phút, ngày {day} tháng {month} năm {year}",
        "brief": "{hour}:{minute} {day}",
        "before": "trước {time}",
        "money": "{amount} đ",
    }
)


def day(on: date) -> str:
    """`28/4/2026`."""
    return _FORMS.say("day", day=on.day, month=on.month, year=on.year)


def short_day(on: date) -> str:
    """`28/4`, where the year is plain."""
    return _FORMS.say("short", day=on.day, month=on.month)


def span(first: date, last: date) -> str:
    """`27/4`, `25–26/4`, `30/4–1/5`, and with years where these differ."""
    if first == last:
        return short_day(first)
    if first.year != last.year:
        return f"{day(first)}–{day(last)}"
    begins = str(first.day) if first.month == last.month else short_day(first)
    return f"{begins}–{short_day(last)}"


def weekday(on: date) -> str:
    """`thứ ba`."""
    return _WEEKDAYS.say(on.weekday())


def hour(at: datetime) -> str:
    """`17 giờ`, `8 giờ 05`."""
    at = _local(at)
    return _FORMS.say("minute" if at.minute else "hour", hour=at.hour, minute=f"{at.minute:02d}")


def brief(at: datetime) -> str:
    """`8:05 20/4`, where there is little room and the year is plain."""
    at = _local(at)
    return _FORMS.say("brief", hour=at.hour, minute=f"{at.minute:02d}", day=short_day(at.date()))


def before(due: datetime) -> str:
    """`trước 17 giờ`."""
    return _FORMS.say("before", time=hour(due))


def moment(at: datetime) -> str:
    """`8 giờ 05 ngày 20/4/2026`."""
    return _FORMS.say("moment", time=hour(at), day=day(_local(at).date()))


def paper_moment(at: datetime) -> str:
    """`08 giờ 15 phút, ngày 20 tháng 4 năm 2026`; days below 10 and months 1, 2 take a zero (NĐ 30/2020)."""
    at = _local(at)
    month = f"{at.month:02d}" if at.month < 3 else str(at.month)
    return _FORMS.say(
        "paper",
        hour=f"{at.hour:02d}",
        minute=f"{at.minute:02d}",
        day=f"{at.day:02d}",
        month=month,
        year=at.year,
    )


def money(amount: int) -> str:
    """`8.000 đ`."""
    return _FORMS.say("money", amount=f"{amount:,}".replace(",", "."))


def _local(at: datetime) -> datetime:
    return at.astimezone(VIETNAM)

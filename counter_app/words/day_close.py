"""The closing of a day in words: its lines on the screen and on the sheet, and what reminds of it."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from counter_app.domain.payments import Method
from counter_app.domain.zone import VIETNAM
from counter_app.paper.day_close import DayFacts
from counter_app.services.closing import Closed, DayOrder, DayView, Left
from counter_app.services.day import Done
from counter_app.words import dates
from counter_app.words.cash_book import counted_words
from counter_app.words.language import Words, on_paper
from counter_app.words.receipt import office_words, place_words
from counter_app.words.states import SHORT_METHODS
from counter_app.words.syncing import age

_SUMS: Final = Words(
    {
        "received": "Hồ sơ đã nhận",
        "returned": "Hồ sơ đã trả kết quả",
        "money": "Đã thu, {method}",
        "total": "Cộng tiền đã thu (đã trừ tiền hoàn)",
        "expected": "Két máy này phải có",
        "counted": "Đếm được trong két lúc {at}",
        "uncounted": "Đếm được trong két",
        "given": "Số máy này đã cấp trong ngày",
        "slips": "Phiếu in sẵn chưa nhập, chưa khai bỏ",
        "missing": "Số đã cấp mà chưa rõ ở đâu",
        "unprinted": "Hồ sơ chưa có giấy hẹn ra giấy",
        "papers": "Giấy chưa rõ đã ra khỏi máy in (mọi ngày)",
        "unpaid": "Hồ sơ chưa thu đủ phí",
        "waiting": "Hồ sơ chưa gửi lên máy chủ",
        "oldest": "{n}, cũ nhất {age}",
        "others": "0; việc khác chờ gửi, cũ nhất {age}",
        "none": "chưa đếm",
        "alone": "chưa nối máy chủ",
        "codes": "{n}: {codes}",
    }
)
_OPEN: Final = Words({"unprinted": "giấy hẹn chưa ra giấy", "unpaid": "còn thu {amount}"})
_CLOSED: Final = Words(
    {
        "yes": "Máy này đã chốt ngày này lúc {at}, {officer}[; {note}].",
        "no": "Máy này chưa chốt ngày này.",
        "today": "Hôm nay chưa chốt sổ: bấm F7, Alt+3, rồi F9.",
        "yesterday": "Hôm qua chưa chốt sổ: bấm F7, Alt+3, chọn ngày rồi F9.",
        "day": "Ngày {day} chưa chốt sổ: bấm F7, Alt+3, chọn ngày rồi F9.",
    }
)
_MOST_CODES: Final = 6


def sums(seen: DayView, now: datetime) -> list[tuple[str, str, bool]]:
    """Each line of the day: what, how much, and whether it asks for something to be done."""
    book, counted = seen.book, seen.book.counted_here
    money = book.by_method
    lines = [
        (_SUMS.say("received"), str(seen.received), False),
        (_SUMS.say("returned"), str(seen.returned), False),
        *(
            (_SUMS.say("money", method=SHORT_METHODS.say(method)), dates.money(money[method]), False)
            for method in Method
            if method in money
        ),
        (_SUMS.say("total"), dates.money(sum(money.values())), False),
        (_SUMS.say("expected"), dates.money(book.in_drawer), False),
    ]
    if counted is not None:
        words = _SUMS.say("counted", at=dates.hour(counted.at))
        lines.append(
            (words, counted_words(counted.counted, book.in_drawer), counted.counted != book.in_drawer)
        )
    elif book.in_drawer:
        lines.append((_SUMS.say("uncounted"), _SUMS.say("none"), True))
    lines += [
        (_SUMS.say("given"), str(seen.given), False),
        (_SUMS.say("slips"), str(seen.slips_open), seen.slips_open > 0),
        (_SUMS.say("missing"), _missing(seen), bool(seen.missing)),
        (_SUMS.say("unprinted"), str(seen.unprinted), seen.unprinted > 0),
        (_SUMS.say("papers"), str(seen.papers_out), seen.papers_out > 0),
        (_SUMS.say("unpaid"), str(seen.unpaid), seen.unpaid > 0),
        (_SUMS.say("waiting"), _waiting(seen, now), seen.waiting > 0),
    ]
    return lines


def closed(seen: DayView) -> str:
    """Whether this machine has closed the day, when and by whom."""
    last = seen.closed_here
    if last is None:
        return _CLOSED.say("no")
    return _CLOSED.say("yes", at=_clock(last), officer=last.officer, note=last.note or None)


def not_closed(left: Left, now: datetime) -> str:
    """The reminder of a day that this machine has not closed."""
    if left.is_today:
        return _CLOSED.say("today")
    if (now.astimezone(VIETNAM).date() - left.day).days == 1:
        return _CLOSED.say("yesterday")
    return _CLOSED.say("day", day=dates.day(left.day))


@on_paper
def day_facts(order: DayOrder) -> DayFacts:
    """What the sheet says of its day, as far as it is known here."""
    seen = order.seen
    return DayFacts(
        authority=order.agency_name.upper(),
        office=office_words(order.settings),
        place=place_words(order.agency_name),
        hotline=order.settings.hotline,
        day=dates.day(seen.day),
        dated=order.now.astimezone(VIETNAM),
        sums=tuple((what, amount) for what, amount, _ in sums(seen, order.now)),
        left=tuple((one.line.code, one.line.applicant, open_words(one)) for one in seen.left_open),
        closes=tuple((one.machine, _clock(one), one.officer, one.note) for one in seen.closes),
        signer=order.officer_name,
    )


def open_words(one: Done) -> str:
    """What of a dossier of the day is not done yet."""
    unpaid = one.glance.unpaid if one.glance is not None else 0
    parts = [_OPEN.say("unprinted")] if one.unprinted else []
    if unpaid > 0:
        parts.append(_OPEN.say("unpaid", amount=dates.money(unpaid)))
    return ", ".join(parts)


def _missing(seen: DayView) -> str:
    if not seen.missing:
        return "0"
    codes = ", ".join(seen.missing[:_MOST_CODES]) + ("…" if len(seen.missing) > _MOST_CODES else "")
    return _SUMS.say("codes", n=len(seen.missing), codes=codes)


def _waiting(seen: DayView, now: datetime) -> str:
    if seen.unsent is None:
        return _SUMS.say("alone")
    if seen.unsent.oldest is None:
        return "0"
    waited = age(now - seen.unsent.oldest)
    if not seen.waiting:  # what the office's books say, as that a drawer was counted
        return _SUMS.say("others", age=waited)
    return _SUMS.say("oldest", n=seen.waiting, age=waited)


def _clock(one: Closed) -> str:
    return f"{one.at:%H:%M}"

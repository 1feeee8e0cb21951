"""The day's cash book in words."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from counter_app.domain.payments import Method
from counter_app.domain.zone import VIETNAM
from counter_app.paper.cash_book import CashFacts
from counter_app.services.cashbook import CashBook, CashOrder, Count, Moved
from counter_app.words import dates
from counter_app.words.language import Words, on_paper
from counter_app.words.receipt import office_words, place_words
from counter_app.words.states import SHORT_METHODS

_WORDS: Final = Words(
    {
        "why": "{officer}: {note}",
        "mistaken": "{payer} – đã rút lại, không tính: {why}",
        "erased": "hồ sơ đã xóa",
        "less": "{amount}, thiếu {difference}",
        "more": "{amount}, thừa {difference}",
        "outdated": "Sổ đã đổi sau lúc đếm: đây là chênh lệch theo sổ hiện nay; cần đếm lại.",
    }
)


@on_paper
def cash_facts(order: CashOrder) -> CashFacts:
    """What the book says of its day, as far as it is known here."""
    book, sums = order.book, order.book.by_method
    return CashFacts(
        authority=order.agency_name.upper(),
        office=office_words(order.settings),
        place=place_words(order.agency_name),
        hotline=order.settings.hotline,
        day=dates.day(book.day),
        dated=order.now.astimezone(VIETNAM),
        rows=tuple(_moved(one) for one in book.moved),
        cash=_sum(sums.get(Method.CASH, 0)),
        transfer=_sum(sums.get(Method.TRANSFER, 0)),
        portal=_sum(sums.get(Method.PORTAL, 0)),
        total=_sum(sum(sums.values())),
        officers=tuple((who, _sum(amount)) for who, amount in sorted(book.by_officer.items())),
        counts=tuple(row for one in book.counts for row in _count(book, one)),
        signer=order.officer_name,
    )


def counted_words(counted: int, expected: int) -> str:
    """`70.000 đ, thiếu 6.000 đ`: what lay in a drawer, and how that differs from what it must hold."""
    amount, difference = dates.money(counted), dates.money(abs(counted - expected))
    if counted == expected:
        return amount
    return _WORDS.say("less" if counted < expected else "more", amount=amount, difference=difference)


def _moved(one: Moved) -> tuple[str, str, str, str, str, str]:
    method = SHORT_METHODS.say(one.method)
    if one.mistaken:
        payer = _WORDS.say("mistaken", payer=one.payer, why=one.mistaken)
        return _clock(one.at), one.code, payer, f"({_sum(one.amount)})", method, one.receipt
    payer = _WORDS.say("erased") if one.erased else one.payer
    return _clock(one.at), one.code, payer, _sum(one.amount), method, one.receipt


def _count(book: CashBook, one: Count) -> list[tuple[str, str, str, str, str, str]]:
    who = _WORDS.say("why", officer=one.officer, note=one.note) if one.note else one.officer
    sums = (_sum(one.counted), _sum(one.expected), _sum(one.difference))
    rows = [(one.machine, _clock(one.at), *sums, who)]
    if book.outdated(one):
        sums = (_sum(one.counted), _sum(one.now), _sum(one.difference_now))
        rows.append((one.machine, "", *sums, _WORDS.say("outdated")))
    return rows


def _clock(at: datetime) -> str:
    return f"{at.astimezone(VIETNAM):%H:%M}"


def _sum(amount: int) -> str:
    """`8.000`, `–3.000`: the column says what they are."""
    shown = f"{abs(amount):,}".replace(",", ".")
    return f"–{shown}" if amount < 0 else shown

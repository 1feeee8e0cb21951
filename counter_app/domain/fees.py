"""What a procedure costs: the published fee texts, read into rates and reckoned in whole đồng."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from counter_app.domain.errors import BadInput
from counter_app.domain.names import clean_line

LARGEST_AMOUNT = 10**12


class Per(StrEnum):
    """What an amount is multiplied by; an amount without any is paid once."""

    PAGE = "page"  # trang
    COPY = "copy"  # bản
    CASE = "case"  # trường hợp, giao dịch, sự kiện, người…


DIRECT = frozenset({"counter", "home", "post"})  # nộp trực tiếp hoặc qua bưu chính
ONLINE = frozenset({"online"})  # nộp trực tuyến
CHANNELS = DIRECT | ONLINE

_UNITS = {
    "trang": Per.PAGE,
    "bản": Per.COPY,
    "sự kiện": Per.CASE,
    "trường hợp": Per.CASE,
    "giao dịch": Per.CASE,
    "di chúc": Per.CASE,
    "văn bản": Per.CASE,
    "hồ sơ": Per.CASE,
    "lần": Per.CASE,
    "người": Per.CASE,
}
_CONDITIONS: dict[str, frozenset[str] | bool] = {
    "trực tiếp": DIRECT,
    "trực tuyến": ONLINE,
    "đúng hạn": False,
    "quá hạn": True,
}
_FREE = re.compile(r"không|(?:miễn|không thu)(?: toàn bộ)?(?: phí| lệ phí| phí, lệ phí)?")

_AMOUNT = r"(?P<amount>\d{1,3}(?:[., ]\d{3})+|\d+)\s*(?:đồng|vnđ|vnd|đ)?"
_CONDITION = "|".join(_CONDITIONS)
_CAP = re.compile(rf"tối đa\s+{_AMOUNT}\s*/\s*bản")
_RATE = re.compile(
    rf"(?:(?P<before>{_CONDITION})\s*:?\s*)?{_AMOUNT}(?P<units>(?:\s*/\s*(?:{'|'.join(_UNITS)}))*)"
    rf"\s*(?:(?:nếu\s+)?(?P<after>{_CONDITION}))?\s*(?:\((?P<remark>[^()]*)\))?"
)
_ELSEWHERE = re.compile(rf"(?:(?P<before>{_CONDITION})\s*:?\s*)?theo\s.*")
_REDUCTION = re.compile(rf"giảm\s+(?:(?P<percent>\d{{1,3}})\s*%|{_AMOUNT})")
_PAGES = re.compile(r"trang (\d+)\s*[-–]\s*(\d+)")
_FROM_PAGE = re.compile(r"từ trang (\d+)")


@dataclass(frozen=True)
class Rate:
    """One clause of a fee; `amount` None means that another text sets it (theo HĐND tỉnh)."""

    amount: int | None
    per: tuple[Per, ...] = ()
    first_page: int = 1
    last_page: int | None = None
    channels: frozenset[str] = CHANNELS
    late: bool | None = None  # only when in time, only when late, or either

    def pages_of(self, pages: int) -> int:
        last = pages if self.last_page is None else min(pages, self.last_page)
        return max(0, last - self.first_page + 1)


@dataclass(frozen=True)
class Reduction:
    """What a group of citizens pays less: so many of a hundred, or so many đồng of the whole."""

    percent: int = 0
    amount: int = 0

    def of(self, whole: int) -> int:
        """What is left to pay of `whole` đồng; a part of a đồng is given to the citizen."""
        return max(0, whole * (100 - self.percent) // 100 - self.amount)


WHOLE: Final = Reduction()
"""Nothing is taken off."""


@dataclass(frozen=True)
class FeeRule:
    """A published fee: the text as it stands there, and what was read from it."""

    text: str = ""
    rates: tuple[Rate, ...] = ()
    cap: int | None = None  # the most for one copy
    off: Reduction = WHOLE


UNSTATED = FeeRule()


@dataclass(frozen=True)
class Proof:
    """The paper that was shown for an exemption: what it is, and its number or whatever tells it."""

    kind: str
    number: str

    def fields(self) -> dict[str, str]:
        return {"number": self.number, **({"kind": self.kind} if self.kind else {})}


@dataclass(frozen=True)
class Fee:
    """What is to be paid, in đồng; `amount` None where the rule does not tell, and the officer states it."""

    amount: int | None
    rule: str
    exempt: str | None = None
    proof: Proof | None = None


def parse_fee(text: str) -> FeeRule:
    """The rule that a `fee_vnd` text states; an amount given as an example of a province is not an amount.

    A text without figures ("theo quy định") is kept as it stands, its amount unknown.
    Raises BadInput("fee-unreadable") where figures stand in a form that could be misread.
    """
    text = clean_line(text)
    rates: list[Rate] = []
    cap = None
    for clause in filter(None, (part.strip() for part in re.split(r";(?![^(]*\))", text.lower()))):
        if found := _CAP.fullmatch(clause):
            cap = _money(found["amount"], text)
        elif found := _RATE.fullmatch(clause):
            rates.append(_rate(found, text))
        elif found := _ELSEWHERE.fullmatch(clause):
            rates.append(_conditioned(None, found["before"]))
        elif _FREE.fullmatch(clause):
            rates.append(Rate(0))
        elif not re.search(r"\d", clause):
            rates.append(Rate(None))
        else:
            raise BadInput("fee-unreadable", field="fee_vnd", value=text)
    flat = [(rate.channels, rate.late) for rate in rates if Per.PAGE not in rate.per]
    if len(set(flat)) < len(flat):
        raise BadInput("fee-unreadable", field="fee_vnd", value=text)
    return FeeRule(text, tuple(rates), cap)


def parse_reduction(text: str) -> Reduction | None:
    """What `giảm 50%` or `giảm 5.000 đồng` takes off; None for a text that says no such thing.

    Raises BadInput("fee-unreadable") for more than all of it.
    """
    found = _REDUCTION.fullmatch(clean_line(text).lower())
    if found is None:
        return None
    if found["percent"] is None:
        return Reduction(amount=_money(found["amount"], text))
    if not 0 < int(found["percent"]) <= 100:
        raise BadInput("fee-unreadable", field="fee_vnd", value=text)
    return Reduction(percent=int(found["percent"]))


def amount(
    rule: FeeRule,
    *,
    pages: int = 1,
    copies: int = 1,
    cases: int = 1,
    channel: str = "counter",
    exemption: str | None = None,
    late: bool = False,
) -> Fee:
    """The fee for so many pages in each of so many copies, or so many cases (TT 226/2016, TT 281/2016).

    An exemption (its group is named, its proof kept with the dossier) makes it nothing.
    Raises BadInput: "not-positive", "channel-unknown", "empty" for an exemption without a name.
    """
    for name, number in (("pages", pages), ("copies", copies), ("cases", cases)):
        if number < 1:
            raise BadInput("not-positive", field=name, value=number)
    if channel not in CHANNELS:
        raise BadInput("channel-unknown", field="channel", value=channel, known=",".join(sorted(CHANNELS)))
    if exemption is not None:
        group = clean_line(exemption)
        if not group:
            raise BadInput("empty", field="exemption", value=exemption)
        return Fee(0, rule.text, group)
    rates = [rate for rate in rule.rates if channel in rate.channels and rate.late in (None, late)]
    times = {Per.COPY: copies, Per.CASE: cases}
    total = a_copy = 0
    for rate in rates:
        if rate.amount is None:
            return Fee(None, rule.text)
        if Per.PAGE in rate.per:
            a_copy += rate.amount * rate.pages_of(pages)
        else:
            product = rate.amount
            for unit in rate.per:
                product *= times[unit]
            total += product
    if rule.cap is not None:
        a_copy = min(a_copy, rule.cap)
    return Fee(rule.off.of(total + a_copy * copies) if rates else None, rule.text)


def _rate(found: re.Match[str], text: str) -> Rate:
    per = tuple(_UNITS[unit.strip()] for unit in found["units"].split("/") if unit.strip())
    remark = found["remark"] or ""
    first, last = 1, None
    if pages := _PAGES.search(remark):
        first, last = int(pages[1]), int(pages[2])
    elif pages := _FROM_PAGE.search(remark):
        first = int(pages[1])
    both = found["before"] and found["after"]
    if both or len(set(per)) < len(per):
        raise BadInput("fee-unreadable", field="fee_vnd", value=text)
    rate = _conditioned(_money(found["amount"], text), found["before"] or found["after"])
    return Rate(rate.amount, per, first, last, rate.channels, rate.late)


def _conditioned(amount: int | None, condition: str | None) -> Rate:
    means = _CONDITIONS[condition] if condition else None
    if isinstance(means, frozenset):
        return Rate(amount, channels=means)
    return Rate(amount, late=means)


def _money(digits: str, text: str) -> int:
    number = int(re.sub(r"\D", "", digits)) if len(digits) < 20 else LARGEST_AMOUNT + 1
    if number > LARGEST_AMOUNT:
        raise BadInput("fee-unreadable", field="fee_vnd", value=text)
    return number

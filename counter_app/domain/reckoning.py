"""How a fee comes about, step by step, so that the counter can show and say it: the sum is that of `fees`."""

from __future__ import annotations

from dataclasses import dataclass

from counter_app.domain.fees import WHOLE, Fee, FeeRule, Per, Rate, Reduction, amount


@dataclass(frozen=True)
class Step:
    """`count` times `each` đồng; `per` None is paid once."""

    count: int
    each: int
    per: Per | None


@dataclass(frozen=True)
class Reckoning:
    """`steps` make `a_copy` (after the cap) where pages are counted, times `copies`; else the whole fee, of
    which `off` is taken."""

    fee: Fee
    steps: tuple[Step, ...]
    a_copy: int | None = None
    copies: int = 1
    capped: bool = False
    off: Reduction = WHOLE


def asked(rule: FeeRule, channel: str = "counter") -> frozenset[Per]:
    """What an officer must count for this fee: pages of a copy, copies, cases; nothing where it is flat."""
    units = {unit for rate in _rates(rule, channel) if rate.amount for unit in rate.per}
    return frozenset(units | {Per.COPY} if Per.PAGE in units else units)


def reckon(
    rule: FeeRule,
    *,
    pages: int = 1,
    copies: int = 1,
    cases: int = 1,
    channel: str = "counter",
    exemption: str | None = None,
    late: bool = False,
) -> Reckoning:
    """The fee of `fees.amount` with its steps; none where an exemption or an unknown amount leaves none.

    Raises what `fees.amount` raises.
    """
    fee = amount(
        rule, pages=pages, copies=copies, cases=cases, channel=channel, exemption=exemption, late=late
    )
    if not fee.amount or fee.exempt:
        return Reckoning(fee, ())
    by_page, flat = [], []
    for rate in _rates(rule, channel, late):
        if Per.PAGE in rate.per and rate.pages_of(pages):
            by_page.append(Step(rate.pages_of(pages), rate.amount or 0, Per.PAGE))
        elif Per.PAGE not in rate.per and rate.amount:
            flat.append(_flat(rate, copies, cases))
    if not by_page:
        return Reckoning(fee, tuple(flat), off=rule.off)
    a_copy = sum(step.count * step.each for step in by_page)
    capped = rule.cap is not None and a_copy > rule.cap
    made = rule.cap if capped and rule.cap is not None else a_copy
    return Reckoning(fee, (*by_page, *flat), made, copies, capped, rule.off)


def _flat(rate: Rate, copies: int, cases: int) -> Step:
    times = {Per.COPY: copies, Per.CASE: cases}
    count = 1
    for unit in rate.per:
        count *= times[unit]
    # Of several units the first is the one that the counter speaks of: 8.000 đ a bản and event.
    return Step(count, rate.amount or 0, rate.per[0] if rate.per else None)


def _rates(rule: FeeRule, channel: str, late: bool = False) -> list[Rate]:
    return [rate for rate in rule.rates if channel in rate.channels and rate.late in (None, late)]

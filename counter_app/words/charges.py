"""What is to be paid and why, so that it can be read aloud: `2 trang × 2.000 + 3 trang × 1.000`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from counter_app.domain.certification import RegisterNumber
from counter_app.domain.fees import Per
from counter_app.domain.reckoning import Reckoning, Step
from counter_app.words import dates
from counter_app.words.language import Words

_STEPS = Words(
    {
        Per.PAGE: "{n} trang × {each}",
        Per.COPY: "{n} bản × {each}",
        Per.CASE: "{n} trường hợp × {each}",
        None: "{each}",
    }
)
_PARTS = Words(
    {
        "copies": "({steps} = {copy}) × {n} bản",
        "capped": "mỗi bản thu nhiều nhất {copy}",
        "capped-copies": "mỗi bản thu nhiều nhất {copy}, × {n} bản",
        "exempt": "miễn, giảm: {group}",
        "free": "không thu phí",
        "unknown": "mức phí do tỉnh quy định: ghi số tiền",
        "register": "số {number}, quyển {volume}",
    }
)
_UNITS: Final = Words({"pages": "{n} trang", "copies": "{n} bản", "cases": "{n} trường hợp"})


def reckoning_words(found: Reckoning) -> str:
    """How the amount comes about, or why there is none."""
    if found.fee.exempt:
        return _PARTS.say("exempt", group=found.fee.exempt)
    if found.fee.amount is None:
        return _PARTS.say("unknown")
    if not found.fee.amount:
        return _PARTS.say("free")
    steps = " + ".join(_step(step) for step in found.steps)
    if found.a_copy is None:
        return steps
    copy, n = _bare(found.a_copy), found.copies
    if found.capped:
        return _PARTS.say("capped-copies" if n > 1 else "capped", copy=copy, n=n)
    return _PARTS.say("copies", steps=steps, copy=copy, n=n) if n > 1 else steps


def amounts_words(payload: Mapping[str, object]) -> str:
    """`3 trang, 2 bản`; what was not counted is not said."""
    said = [_UNITS.say(unit, n=n) for unit in _UNITS if isinstance(n := payload.get(unit), int)]
    return ", ".join(said)


def register_words(number: RegisterNumber | None) -> str:
    """`số 12, quyển 01/2026-SCT/BS`."""
    return _PARTS.say("register", number=number.number, volume=number.volume) if number else ""


def _step(step: Step) -> str:
    return _STEPS.say(step.per, n=step.count, each=_bare(step.each))


def _bare(amount: int) -> str:
    return dates.money(amount).removesuffix(" đ")

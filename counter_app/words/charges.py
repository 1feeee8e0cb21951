"""What is to be paid and why, so that it can be read aloud: `2 trang × 2.000 + 3 trang × 1.000`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from counter_app.domain.certification import RegisterNumber
from counter_app.domain.dossier import Dossier
from counter_app.domain.fees import WHOLE, Per
from counter_app.domain.reckoning import Reckoning, Step
from counter_app.words import dates
from counter_app.words.language import Words
from counter_app.words.states import fee_words

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
        "less": "{steps}; giảm {off}: {group}",
        "free": "không thu phí",
        "unknown": "mức phí do tỉnh quy định: ghi số tiền",
        "register": "số {number}, quyển {volume}",
    }
)
_UNITS: Final = Words({"pages": "{n} trang", "copies": "{n} bản", "cases": "{n} trường hợp"})


_SHOWN: Final = Words(
    {
        "exempt": "{fee}; miễn, giảm: {group}",
        "proof": "{group} ({proof})",
        "over": "{fee}, thừa {amount} phải hoàn lại",
    }
)


def reckoning_words(found: Reckoning) -> str:
    """How the amount comes about, or why there is none."""
    group, off = found.fee.exempt, found.off
    if found.fee.amount is None:
        return _PARTS.say("unknown")
    if not found.fee.amount:
        return _PARTS.say("exempt", group=group) if group else _PARTS.say("free")
    steps = _steps(found)
    if group and off != WHOLE:
        less = f"{off.percent} %" if off.percent else _bare(off.amount)
        return _PARTS.say("less", steps=steps, off=less, group=group)
    return "; ".join([steps, *([_PARTS.say("exempt", group=group)] if group else [])])


def exempt_words(fee: Mapping[str, Any]) -> str:
    """`Hộ nghèo (Sổ hộ nghèo 12/2026)` of a dossier's `fee`; "" where all of it is to be paid."""
    group, proof = str(fee.get("exemption") or ""), fee.get("proof") or {}
    shown = " ".join(filter(None, (proof.get("kind", ""), proof.get("number", ""))))
    return _SHOWN.say("proof", group=group, proof=shown) if group and shown else group


def dossier_fee_words(dossier: Dossier) -> str:
    """What is to be paid for the dossier, whether it was, and why it is less."""
    owed = dossier.owed
    said = fee_words(owed, owed is not None and dossier.paid >= owed)
    if dossier.overpaid:
        said = _SHOWN.say("over", fee=said, amount=dates.money(dossier.overpaid))
    group = exempt_words(dossier.values.get("fee", {}))
    return _SHOWN.say("exempt", fee=said, group=group) if group else said


def _steps(found: Reckoning) -> str:
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

"""How a scanner delivers a code: what came through of a card, and what was lost on the way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from counter_app.domain.card import looks_like_card, read_card
from counter_app.domain.names import clean_line

SAMPLE: Final = "001199000000||Nguyễn Thị Mẫu|01021999|Nữ|Số 1 đường Thử Nghiệm, xã Nậm Mây|01012024"
"""A card of nobody, with letters that a wrong keyboard breaks; the number is of no family (NĐ 137/2015)."""

_NUMBER: Final = SAMPLE.partition("|")[0]


@dataclass(frozen=True)
class Trial:
    """`kind`: card, sample, code (any other) or nothing. `faults`: accents, date, torn."""

    kind: str
    faults: tuple[str, ...] = ()
    name: str = ""
    birth_date: str = ""


def judge(text: str) -> Trial:
    """What a scan that was typed into a field is, and what is wrong with it."""
    line = clean_line(text)
    if not line:
        return Trial("nothing")
    if not looks_like_card(line):
        torn = _NUMBER in line or line.count("|") >= 3
        return Trial("code", ("torn",) if torn else ())
    card = read_card(line)
    found = {warning.code for warning in card.warnings}
    faults = []
    if "name-mangled" in found:
        faults.append("accents")
    if "date-unreadable" in found:
        faults.append("date")
    is_sample = card.id_number == _NUMBER
    if is_sample and not faults and card.name != read_card(SAMPLE).name:
        faults.append("accents")
    return Trial("sample" if is_sample else "card", tuple(faults), card.name, card.birth_date or "")

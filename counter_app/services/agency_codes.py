"""What the code of a commune's agency begins with, as far as the name can tell: its province's part.

The part of the commune itself is given out by the province and follows from nothing. The whole national list
(QĐ 20/2020/QĐ-TTg) is not here: `agency_codes.csv` has the provinces whose codes were seen, each with where.
"""

from __future__ import annotations

import csv
from functools import lru_cache
from typing import Final

from counter_app.domain.names import fold
from counter_app.services import places
from counter_app.system import paths

LEADS: Final = ("ubnd ", "uy ban nhan dan ")
"""How an agency's name begins, folded."""


def proposed(name: str, within: str = "") -> str:
    """`H55.` for "UBND xã Đồng Hỷ"; "" where the province or its code is not known.

    `within` is the province (`tỉnh Thái Nguyên`) where it was chosen along with the name: many communes of
    several provinces have one name.
    """
    provinces = {within} if within else {place.within for place in places.read().communes_called(bare(name))}
    if len(provinces) != 1:
        return ""
    code = _codes().get(provinces.pop(), "")
    return f"{code}." if code else ""


def bare(name: str) -> str:
    """The place in an agency's name, folded: "UBND xã Ea Mlung" gives "xa ea mlung"."""
    asked = fold(name)
    for lead in LEADS:
        asked = asked.removeprefix(lead)
    return asked


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    """By the province as within a sentence."""
    known = {place.code: place.called for place in places.read().provinces()}
    with paths.resource("agency_codes.csv").open(encoding="utf-8", newline="") as file:
        return {known[row["province_code"]]: row["code"] for row in csv.DictReader(file)}

"""Satisfaction with the counter: scales whose levels are data, and what a period's slips add up to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from counter_app.domain.errors import BadInput, BadLine
from counter_app.domain.published import read_sheet

_COLUMNS: Final = ("scale", "level", "words", "content", "valid_from", "source")
_IS_PAGE: Final = re.compile(r"https?://[^\s/]+\S*")
_UNSAFE: Final = re.compile(r"[^A-Za-z0-9._~-]")  # RFC 3986, 2.3
MOST_LEVELS: Final = 9
"""One digit key an answer."""


class Channel(StrEnum):  # kênh lấy ý kiến
    PAPER = "paper"
    QR = "qr"
    SPOKEN = "spoken"


@dataclass(frozen=True)
class Level:
    """An answer of a scale; `content` says whether it counts as satisfied."""

    name: str
    words: str
    content: bool


@dataclass(frozen=True)
class Scale:  # thang đánh giá
    name: str
    levels: tuple[Level, ...]

    def level(self, answer: str) -> Level:
        """The level of that name, or of that place counted from 1; raises BadInput("not-a-level")."""
        named = next((level for level in self.levels if level.name == answer), None)
        if named is not None:
            return named
        if answer.isascii() and answer.isdigit() and 1 <= int(answer) <= len(self.levels):
            return self.levels[int(answer) - 1]
        choices = ", ".join(level.name for level in self.levels)
        raise BadInput("not-a-level", field="answer", value=answer, most=len(self.levels), choices=choices)


def parse_scales(text: str) -> dict[str, Scale]:
    """The scales of the CSV (`scale,level,words,content,valid_from,source`), levels in their order.

    Raises BadLine: those of `read_sheet`, "kind-unknown", "out-of-range" for more than nine levels.
    """
    found: dict[str, list[Level]] = {}
    for row in read_sheet(text, _COLUMNS).rows:
        content = row.cell("content")
        if content not in ("yes", "no"):
            raise BadLine("kind-unknown", line=row.line, field="content", value=content, known="yes,no")
        levels = found.setdefault(row.cell("scale"), [])
        levels.append(Level(row.cell("level"), row.cell("words"), content == "yes"))
        if len(levels) > MOST_LEVELS:
            raise BadLine(
                "out-of-range", line=row.line, field="level", value=len(levels), least=1, most=MOST_LEVELS
            )
    return {name: Scale(name, tuple(levels)) for name, levels in found.items()}


def page_of(url: str, code: str = "") -> str:
    """The survey page's address, a dossier's code in the place of `{code}`; "" where there is no page."""
    escaped = _UNSAFE.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), code)
    return url.replace("{code}", escaped)


def check_page(url: str) -> str:
    """The address of a survey page; raises BadInput("not-a-web-address")."""
    if not _IS_PAGE.fullmatch(url):
        raise BadInput("not-a-web-address", field="survey_url", value=url)
    return url


@dataclass(frozen=True)
class Slip:
    """One answer as it was typed: `answer` is a level of `scale`."""

    day: date
    channel: str
    scale: str
    answer: str
    procedure: str = ""
    dossier: str = ""
    remark: str = ""
    id: str = ""


@dataclass(frozen=True)
class Share:
    """How many slips chose a level of a scale, in all and by channel."""

    scale: str
    level: str
    count: int
    by_channel: Mapping[str, int]
    percent: float
    """Of the slips of its scale; two decimals, as index 766 reckons."""


def shares(slips: Iterable[Slip], scales: Mapping[str, Scale]) -> tuple[Share, ...]:
    """Each level of each scale that was answered, in the scale's order; levels that nobody chose as well."""
    counted = Counter((one.scale, one.answer, one.channel) for one in slips)
    totals: Counter[str] = Counter()
    for (scale, _, _), count in counted.items():
        totals[scale] += count
    found = []
    for scale in sorted(totals):
        known = [level.name for level in scales[scale].levels] if scale in scales else []
        others = sorted({answer for name, answer, _ in counted if name == scale} - {*known})
        for level in [*known, *others]:
            by = {c: n for (s, a, c), n in sorted(counted.items()) if (s, a) == (scale, level)}
            count = sum(by.values())
            found.append(Share(scale, level, count, by, round(100 * count / totals[scale], 2)))
    return tuple(found)


def content_percent(slips: Iterable[Slip], scales: Mapping[str, Scale]) -> float | None:
    """The share of satisfied answers among those whose scale is known; None where there is none."""
    known = [one for one in slips if one.scale in scales]
    if not known:
        return None
    content = {
        (name, level.name) for name, scale in scales.items() for level in scale.levels if level.content
    }
    return round(100 * sum((one.scale, one.answer) in content for one in known) / len(known), 2)

"""How long a procedure may take: number, unit, cut-off hour and the longer limit where facts are verified."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from typing import Any

from counter_app.domain.errors import BadInput
from counter_app.domain.names import clean_line

LONGEST_LIMIT = 999


class Unit(StrEnum):
    """How a limit is counted; never converted into another unit."""

    HOUR = "hour"  # giờ làm việc
    WORKING_DAY = "working_day"  # ngày làm việc
    DAY = "day"  # ngày
    MONTH = "month"  # tháng
    SAME_DAY = "same_day"  # trong ngày


class Resubmission(StrEnum):
    """What the clock does when missing papers come in: sector laws differ, so the catalogue says it."""

    RESUME = "resume"  # what was left goes on
    RESTART = "restart"  # the whole limit begins anew


class Confidence(StrEnum):
    """How sure the catalogue is of a limit; a catalogue without the column simply gives it."""

    GIVEN = "given"
    SURE = "sure"
    FOUND = "found"
    UNSURE = "unsure"


@dataclass(frozen=True)
class TimeLimit:  # thời hạn giải quyết
    """A limit as stated: number and unit, the hour after which a dossier counts as the next working day's,
    and the longer limit, in all, where facts must be verified.

    `number` is 0 for the same day only. Raises BadInput("limit-out-of-range").
    """

    number: int
    unit: Unit
    cutoff: time | None = None
    verification: int | None = None
    verification_unit: Unit | None = None
    confidence: Confidence = Confidence.GIVEN

    def __post_init__(self) -> None:
        least, most = (0, 0) if self.unit is Unit.SAME_DAY else (1, LONGEST_LIMIT)
        longer = self.verification
        if not least <= self.number <= most or (longer is not None and not 1 <= longer <= LONGEST_LIMIT):
            raise BadInput(
                "limit-out-of-range", field="time_limit", value=self.number, least=least, most=most
            )
        if (longer is None) != (self.verification_unit is None) or self.verification_unit is Unit.SAME_DAY:
            raise BadInput("limit-out-of-range", field="verification", value=longer)

    def to_fields(self) -> dict[str, Any]:
        fields = {
            "number": self.number,
            "unit": self.unit.value,
            "cutoff": self.cutoff and self.cutoff.isoformat("minutes"),
            "verification": self.verification,
            "verification_unit": self.verification_unit and self.verification_unit.value,
            "confidence": self.confidence.value,
        }
        return {name: value for name, value in fields.items() if value is not None}

    @classmethod
    def from_fields(cls, fields: Mapping[str, Any]) -> TimeLimit:
        cutoff, longer_unit = fields.get("cutoff"), fields.get("verification_unit")
        return cls(
            fields["number"],
            Unit(fields["unit"]),
            time.fromisoformat(cutoff) if cutoff else None,
            fields.get("verification"),
            Unit(longer_unit) if longer_unit else None,
            Confidence(fields.get("confidence", Confidence.GIVEN)),
        )


# What `time_unit` may say: the names of the interface, and the Vietnamese of published catalogues.
_UNITS: dict[str, Unit] = {unit.value: unit for unit in Unit} | {
    "giờ làm việc": Unit.HOUR,
    "giờ": Unit.HOUR,
    "ngày làm việc": Unit.WORKING_DAY,
    "ngày": Unit.DAY,
    "tháng": Unit.MONTH,
    "trong ngày": Unit.SAME_DAY,
    "ngay": Unit.SAME_DAY,
}
_LIMIT = re.compile(r"(?P<unit>[^()]*?)(?:_cutoff_(?P<hour>\d{1,2})h)?\s*(?P<remark>\(.*\))?")
_VERIFICATION = re.compile(
    r"xác minh\s*(?:≤|<=|không quá)?\s*(?P<number>\d+)\s*(?P<unit>giờ|ngày làm việc|ngày|tháng)?"
)
# What the `confidence` column says of the limit.
_UNSURE = re.compile(r"\b(?:time|rest) unsure|^unsure")
_SURE = re.compile(r"\btime\b[^;]*\bsure\b")
_FOUND = re.compile(r"^found \((?:\d+ ngày|time)|\b15h rule")


def parse_limit(number: str, unit: str, cutoff: str = "", confidence: str = "") -> TimeLimit | None:
    """The limit of catalogue cells; None where none is stated ("", or a yearly campaign).

    Raises BadInput: "limit-not-a-number", "unit-unknown", "cutoff-unreadable", "limit-out-of-range".
    """
    number, unit, confidence = clean_line(number), clean_line(unit).lower(), clean_line(confidence).lower()
    if number and not (number.isascii() and number.isdigit() and len(number) <= 4):
        raise BadInput("limit-not-a-number", field="time_limit", value=number)
    found = _LIMIT.fullmatch(unit)
    read = _UNITS.get(found["unit"].strip()) if found else None
    if found is None or read is None:
        if number:
            raise BadInput("unit-unknown", field="time_unit", value=unit)
        return None
    if not number and read is not Unit.SAME_DAY:
        return None
    longer = _VERIFICATION.search(found["remark"] or "")
    longer_unit = Unit.WORKING_DAY if read is Unit.SAME_DAY else read
    return TimeLimit(
        int(number or 0),
        read,
        _time(cutoff or (f"{found['hour']}:00" if found["hour"] else "")),
        int(longer["number"]) if longer else None,
        (_UNITS[longer["unit"]] if longer["unit"] else longer_unit) if longer else None,
        _confidence(unit, confidence),
    )


def _time(text: str) -> time | None:
    if not text:
        return None
    found = re.fullmatch(r"([01]?\d|2[0-3]):([0-5]\d)", text)
    if not found:
        raise BadInput("cutoff-unreadable", field="cutoff", value=text)
    return time(int(found[1]), int(found[2]))


def _confidence(unit: str, column: str) -> Confidence:
    rules = (
        (_UNSURE.search(column), Confidence.UNSURE),
        (_SURE.search(column), Confidence.SURE),
        (_FOUND.search(column), Confidence.FOUND),
        ("unsure" in unit, Confidence.UNSURE),
        (column.startswith("found"), Confidence.FOUND),
    )
    return next((means for fits, means in rules if fits), Confidence.GIVEN)

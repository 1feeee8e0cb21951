"""How long an office may take over each act on a petition: dated data, by the rule that it comes from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

from counter_app.domain.calendar import WorkCalendar
from counter_app.domain.errors import BadInput, BadLine
from counter_app.domain.limits import TimeLimit, Unit
from counter_app.domain.promise import promise
from counter_app.domain.published import read_sheet

EVERYWHERE: Final = "766"
"""The rule that binds every office: QĐ 766/QĐ-TTg (2022)."""
_COLUMNS: Final = ("rule", "act", "limit", "unit", "valid_from", "source")


class Act(StrEnum):
    """What is owed: that it is refused, asked about, answered or published in time."""

    REFUSE = "refuse"
    ASK = "ask"
    ANSWER = "answer"
    PUBLISH = "publish"


@dataclass(frozen=True)
class Limit:
    """One line: `rule` gives `act` so long from the day `valid_from` on."""

    rule: str
    act: Act
    limit: TimeLimit
    valid_from: date
    source: str


@dataclass(frozen=True)
class Deadline:
    """By when, and the line that it was reckoned by."""

    due: datetime
    by: Limit

    def to_fields(self) -> dict[str, Any]:
        """For an event's payload."""
        limit = self.by.limit
        return {
            "due": self.due.isoformat(),
            "number": limit.number,
            "unit": limit.unit.value,
            "rule": self.by.rule,
            "source": self.by.source,
        }


def parse_limits(text: str) -> tuple[Limit, ...]:
    """The lines of the CSV (`rule,act,limit,unit,valid_from,source`). Raises BadLine: those of `read_sheet`,
    "limit-not-a-number", "kind-unknown", "unit-unknown", "date-unreadable", "limit-out-of-range"."""
    found = []
    for row in read_sheet(text, _COLUMNS).rows:
        act, number, unit = row.cell("act"), row.cell("limit"), row.cell("unit")
        if act not in set(Act):
            raise BadLine("kind-unknown", line=row.line, field="act", value=act, known=",".join(Act))
        if not (number.isascii() and number.isdigit()):
            raise BadLine("limit-not-a-number", line=row.line, field="limit", value=number)
        if unit not in set(Unit):
            raise BadLine("unit-unknown", line=row.line, field="unit", value=unit)
        try:
            since = date.fromisoformat(row.cell("valid_from"))
        except ValueError as error:
            value = row.cell("valid_from")
            raise BadLine("date-unreadable", line=row.line, field="valid_from", value=value) from error
        try:
            limit = TimeLimit(int(number), Unit(unit))
        except BadInput as bad:
            raise BadLine(bad.why, line=row.line, **bad.facts) from bad
        found.append(Limit(row.cell("rule"), Act(act), limit, since, row.cell("source")))
    return tuple(found)


def rules_of(limits: Iterable[Limit]) -> tuple[str, ...]:
    """The names of the rules, that of every office first."""
    return tuple(dict.fromkeys([EVERYWHERE, *(limit.rule for limit in limits)]))


def deadline(
    limits: Iterable[Limit], act: Act, at: datetime, calendar: WorkCalendar, rule: str = ""
) -> Deadline | None:
    """By when `act` is owed for what came at that time; None where no line says it.

    The line of the rule for every office counts, and that of `rule`, each as in force on the day; the earlier
    deadline of both, so that a local rule can only be stricter.
    """
    day = at.astimezone(calendar.closing(at.date()).tzinfo).date()
    found = []
    for name in {EVERYWHERE, rule}:
        valid = [one for one in limits if (one.rule, one.act) == (name, act) and one.valid_from <= day]
        if valid:
            by = max(valid, key=lambda one: one.valid_from)
            found.append(Deadline(promise(by.limit, at, calendar).due, by))
    return min(found, key=lambda one: (one.due, one.by.rule != EVERYWHERE)) if found else None


def moved(due: datetime, asked: datetime, supplied: datetime, calendar: WorkCalendar) -> datetime:
    """The deadline after the sender was waited for: as many working days later as passed meanwhile.

    No text says it of petitions; waiting for a citizen is never the office's delay (QĐ 766/QĐ-TTg, 2.1).
    """
    zone = due.tzinfo
    waited = calendar.counting(asked.astimezone(zone).date(), supplied.astimezone(zone).date())
    return due if waited <= 0 else calendar.closing(calendar.after(due.date(), waited))

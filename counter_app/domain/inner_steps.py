"""The steps of a procedure inside its offices (quy trình nội bộ): who does what, and within how long.

The steps divide the time that the law gives, and never make more of it: `promise.step_end` ends each at the
dossier's own day at the latest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from counter_app.domain.errors import BadInput
from counter_app.domain.limits import LONGEST_LIMIT, TimeLimit, Unit
from counter_app.domain.names import clean_line, fold

COLUMN: Final = "inner_steps"
"""Of a catalogue, optional: `who: what: 2 giờ; who: what: 1 ngày làm việc`."""
MOST: Final = 30
_UNITS: Final = {
    "giờ làm việc": Unit.HOUR,
    "giờ": Unit.HOUR,
    "ngày làm việc": Unit.WORKING_DAY,
    "ngày": Unit.DAY,
    **{unit.value: unit for unit in (Unit.HOUR, Unit.WORKING_DAY, Unit.DAY)},
}
_WITHIN: Final = re.compile(r"(\d{1,3}) *(" + "|".join(_UNITS) + ")")
# To compare limits of different units: a day of work has eight hours (Bộ luật Lao động 2019, Điều 105), a
# week five of them, a month thirty days.
_HOURS: Final = {
    Unit.HOUR: Fraction(1),
    Unit.WORKING_DAY: Fraction(8),
    Unit.SAME_DAY: Fraction(8),
    Unit.DAY: Fraction(8 * 5, 7),
    Unit.MONTH: Fraction(8 * 5 * 30, 7),
}


@dataclass(frozen=True)
class InnerStep:  # bước trong quy trình nội bộ
    """`holder` does `name` within `number` of `unit` (hours of work, days of work, days) from when he is
    handed the dossier."""

    holder: str
    name: str
    number: int
    unit: Unit

    @property
    def limit(self) -> TimeLimit:
        return TimeLimit(self.number, self.unit)

    def to_fields(self) -> list[Any]:
        return [self.holder, self.name, self.number, self.unit.value]

    @classmethod
    def from_fields(cls, fields: Sequence[Any]) -> InnerStep:
        holder, name, number, unit = fields
        return cls(holder, name, number, Unit(unit))


def parse_steps(text: str) -> tuple[InnerStep, ...]:
    """The steps of a catalogue's cell, in their order; none where it is empty.

    Raises BadInput("step-unreadable", field, value: the step as written), BadInput("steps-too-many").
    """
    parts = [part for raw in text.split(";") if (part := clean_line(raw))]
    if len(parts) > MOST:
        raise BadInput("steps-too-many", field=COLUMN, value=len(parts), most=MOST)
    return tuple(map(_step, parts))


def _step(text: str) -> InnerStep:
    cells = [clean_line(cell) for cell in text.split(":")]
    if len(cells) != 3 or not all(cells):
        raise BadInput("step-unreadable", field=COLUMN, value=text)
    try:
        limit = parse_within(cells[2])
    except BadInput as bad:
        raise BadInput("step-unreadable", field=COLUMN, value=text) from bad
    return InnerStep(cells[0], cells[1], limit.number, limit.unit)


def parse_within(text: str) -> TimeLimit:
    """A step's own limit as people write it: `4 giờ`, `2 ngày làm việc`, `3 ngày`, `2 working_day`.

    Raises BadInput("within-unreadable").
    """
    found = _WITHIN.fullmatch(clean_line(text).lower())
    if not found or not 1 <= int(found[1]) <= LONGEST_LIMIT:
        raise BadInput("within-unreadable", field="within", value=text)
    return TimeLimit(int(found[1]), _UNITS[found[2]])


def exceed(steps: Iterable[InnerStep], limit: TimeLimit | None) -> bool:
    """Whether the steps take longer than the whole may; it goes by its limit all the same."""
    if limit is None:
        return False
    number = 1 if limit.unit is Unit.SAME_DAY else limit.number
    return sum(_HOURS[one.unit] * one.number for one in steps) > _HOURS[limit.unit] * number


def step_after(steps: Sequence[InnerStep], done: Iterable[str]) -> InnerStep | None:
    """The first of the steps that no name among those `done` is; None where all of them are."""
    names = {fold(name) for name in done}
    return next((one for one in steps if fold(one.name) not in names), None)


def named(steps: Iterable[InnerStep], name: str) -> InnerStep | None:
    """The step of that name, however it is spelt."""
    return next((one for one in steps if fold(one.name) == fold(name)), None)

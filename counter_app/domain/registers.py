"""Values that several machines write: what is shown, and where acts that did not know of each other disagree.

A register keeps every write that no later act has seen overwritten (a multi-value register, Shapiro et al.
2011). Several different values left are a conflict; the shown one is the last fact, else the last decision,
which is the same on every machine because the order is. A null takes the value away.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from counter_app.domain import canonical
from counter_app.domain.events import Ref
from counter_app.domain.order import Arranged


class Side(NamedTuple):
    """One side of a disagreement: the event that wrote the value."""

    event: Ref
    value: Any
    fact: bool
    place: int  # in the dossier's order


@dataclass(frozen=True)
class Conflict:
    """Acts that disagree on `field` and did not know of each other; `shown` is the side that is displayed."""

    field: str
    sides: tuple[Side, ...]
    shown: Ref


Agree = Callable[[str, list[Side]], Side | None]


class Registers:
    """Filled in the order of `arranged`, one act after the other."""

    def __init__(self, arranged: Arranged) -> None:
        self._arranged = arranged
        self._sides: dict[str, list[Side]] = {}

    def write(self, place: int, values: Mapping[str, Any]) -> None:
        behind = self._arranged.behind[place]
        event = self._arranged.events[place]
        ref, fact = event.ref, event.header.fact
        for name, value in values.items():
            left = [side for side in self._sides.get(name, ()) if not behind >> side.place & 1]
            left.append(Side(ref, value, fact, place))
            self._sides[name] = left

    def settle(self, agree: Agree = lambda name, sides: None) -> tuple[dict[str, Any], tuple[Conflict, ...]]:
        """The shown value of each register, and the conflicts; `agree` may name the side all accept."""
        values: dict[str, Any] = {}
        conflicts = []
        for name in sorted(self._sides):
            sides = self._sides[name]
            if len(sides) == 1:
                if sides[0].value is not None:
                    values[name] = sides[0].value
                continue
            shown = max(sides, key=lambda side: (side.fact, side.place))
            if any(not canonical.same(side.value, sides[0].value) for side in sides[1:]):
                agreed = agree(name, sides)
                if agreed is None:
                    conflicts.append(Conflict(name, tuple(sides), shown.event))
                else:
                    shown = agreed
            if shown.value is not None:
                values[name] = shown.value
        return values, tuple(conflicts)

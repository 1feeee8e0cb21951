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
    """Acts that disagree on `field` and did not know of each other; `shown` is the side that is displayed.

    `others` are the codes of other dossiers that it is about.
    """

    field: str
    sides: tuple[Side, ...]
    shown: Ref
    others: tuple[str, ...] = ()


Agree = Callable[[str, list[Side]], Side | None]


class Registers:
    """Filled in the order of `arranged`, one act after the other."""

    def __init__(self, arranged: Arranged) -> None:
        self._arranged = arranged
        self._written: dict[int, Mapping[str, Any]] = {}  # by place
        self._places: dict[str, list[int]] = {}  # of the writes that nobody has seen overwritten

    def write(self, place: int, values: Mapping[str, Any]) -> None:
        behind, places = self._arranged.behind[place], self._places
        self._written[place] = values
        for name in values:
            left = [other for other in places.get(name, ()) if not behind >> other & 1]
            left.append(place)
            places[name] = left

    def settle(self, agree: Agree = lambda name, sides: None) -> tuple[dict[str, Any], tuple[Conflict, ...]]:
        """The shown value of each register, and the conflicts; `agree` may name the side all accept."""
        values: dict[str, Any] = {}
        conflicts = []
        for name in sorted(self._places):
            places = self._places[name]
            if len(places) == 1:
                value = self._written[places[0]][name]
                if value is not None:
                    values[name] = value
                continue
            sides = [self._side(name, place) for place in places]
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

    def _side(self, name: str, place: int) -> Side:
        event = self._arranged.events[place]
        return Side(event.ref, self._written[place][name], event.header.fact, place)

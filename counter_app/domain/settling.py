"""What the acts of a story make of a dossier's registers, and where they disagree."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Final

from counter_app.domain import kinds, taken_back
from counter_app.domain.entry import Entry
from counter_app.domain.kinds import OWN
from counter_app.domain.lifecycle import PROGRESS
from counter_app.domain.order import Arranged
from counter_app.domain.registers import Conflict, Registers, Side

RECEPTIONS: Final = ("received", "registered")
_PROGRESS: Final = {state.value: rank for rank, state in enumerate(PROGRESS)}
# Acts that take the work further; taking one back (void, resolve) is no progress.
_FORWARD: Final = frozenset(
    {*RECEPTIONS, "accepted", "step_taken", "resubmitted", "paid", "finished", "returned", "returned_partly"}
)


def settled(
    arranged: Arranged, entries: Sequence[Entry], without: Collection[int] = ()
) -> tuple[dict[str, Any], tuple[Conflict, ...]]:
    """What the acts make of the registers, those at the places `without` left out."""
    left_out = {*without, *taken_back.undone(arranged, entries)}
    registers = Registers(arranged)
    for place, entry in enumerate(entries):
        if entry.kind is not None and entry.name in kinds.OF_DOSSIER and place not in left_out:
            own = str(entry.ref)
            registers.write(place, {n: own if v is OWN else v for n, v in entry.writes.items()})
    return registers.settle(lambda name, sides: _agree(arranged, name, sides))


def _agree(arranged: Arranged, name: str, sides: list[Side]) -> Side | None:
    if name != "state" or any(
        side.value not in _PROGRESS or arranged.events[side.place].header.kind not in _FORWARD
        for side in sides
    ):
        return None
    return max(sides, key=lambda side: (_PROGRESS[side.value], side.place))

"""How a dossier went from hand to hand: who gave it, who took it, when, and whether that was in time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from counter_app.domain.fold import Dossier, Entry
from counter_app.domain.zone import VIETNAM

COUNTER: Final = ""
"""The receiving office itself, as one of the two hands."""


class Pace(StrEnum):
    EARLY = "early"
    ON_TIME = "on_time"
    LATE = "late"


@dataclass(frozen=True)
class Hop:
    """One handing over. `pace` is known where the work ended, or where its day had passed already."""

    gave: str
    took: str
    at: datetime
    note: str = ""
    pace: Pace | None = None


def hops_of(dossier: Dossier) -> tuple[Hop, ...]:
    """The hand-overs that count, in the order of the story; the work's end brings it back to the counter.

    What its holder does with it is no hand-over, nor are the citizen's own papers. A step has no day of its
    own here, so nothing is said of one that was in time: an officer marks it.
    """
    found: list[Hop] = []
    holder = COUNTER
    for entry in dossier.entries:
        if not entry.counts or entry.payload is None:
            continue
        payload = entry.payload
        gave, took = payload.get("frm") or holder, holder
        if entry.name == "passed_on":
            took = payload["to"]
        elif entry.name in ("step_taken", "assigned"):
            took = payload.get("holder") or holder
        elif entry.name == "finished":
            took = COUNTER
        if took == gave:
            continue
        note = payload.get("step") or payload.get("result") or ""
        found.append(Hop(gave, took, entry.happened_at, note, _pace(dossier, entry)))
        holder = took
    return tuple(found)


def _pace(dossier: Dossier, entry: Entry) -> Pace | None:
    """By the appointment that lateness is measured by: an apology makes nothing punctual (QĐ 766/QĐ-TTg)."""
    due = dossier.measured_due
    if due is None:
        return None
    if entry.happened_at > due:
        return Pace.LATE
    if entry.name != "finished":
        return None
    days = (one.astimezone(VIETNAM).date() for one in (entry.happened_at, due))
    return Pace.ON_TIME if next(days) == next(days) else Pace.EARLY

"""How a dossier went from hand to hand: who gave it, who took it, when, and whether that was in time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from itertools import dropwhile, takewhile
from typing import Any, Final

from counter_app.domain.dossier import Dossier
from counter_app.domain.entry import Entry
from counter_app.domain.errors import NotAllowed
from counter_app.domain.events import Ref
from counter_app.domain.kinds import Payload
from counter_app.domain.lifecycle import ENDED, RUNNING, State
from counter_app.domain.zone import VIETNAM

COUNTER: Final = ""
"""The receiving office itself, as one of the two hands."""
_PAUSES: Final = frozenset({"supplement_requested", "payment_requested"})


class Pace(StrEnum):
    EARLY = "early"
    ON_TIME = "on_time"
    LATE = "late"


class By(StrEnum):
    """How a dossier is handed on."""

    ELECTRONIC = "electronic"
    """In the program: the taker says there that he has it."""
    PAPER = "paper"
    """With a list that both sign."""


@dataclass(frozen=True)
class Hop:
    """One handing over, `at` that time; `taken` is when the other side said that it has the dossier.

    `pace` goes by the dossier's appointment, and is known where the work ended, or where its day had passed
    already. `step_pace` is that of the step that `gave` had done, where it had an end of its own. `due` is
    the end of the step that `took` does. `given` is False where nobody said that he gave it. `act` tells of
    it: the giver's, where he said so; `taken_by` is the act of who said that he has it.
    """

    gave: str
    took: str
    at: datetime
    note: str = ""
    pace: Pace | None = None
    step_pace: Pace | None = None
    due: datetime | None = None
    taken: datetime | None = None
    by: str = ""
    batch: str = ""
    signed_by: str = ""
    given: bool = True
    act: Ref | None = None
    taken_by: Ref | None = None

    @property
    def waits(self) -> bool:
        """Whether it was handed on in the program, and the other side has not said that it has it."""
        return self.by == By.ELECTRONIC and self.taken is None


def hops_of(dossier: Dossier) -> tuple[Hop, ...]:
    """The hand-overs that count, in the order of the story; the work's end brings it back to the counter.

    What its holder does with it is no hand-over, nor are the citizen's own papers. A step whose dossier had
    to wait for the citizen has no end of its own any more: it is handed on anew, or goes by the dossier's.
    Where two that did not know of each other handed it on, each gave it from the hand that he knew of; the
    one of them whose taker says that he has it is the last.
    """
    found: list[Hop] = []
    holder = COUNTER
    places = {entry.ref: place for place, entry in enumerate(dossier.entries)}

    def knew(entry: Entry, hop: Hop) -> bool:
        return hop.act is None or not dossier.arranged.concurrent(places[entry.ref], places[hop.act])

    for entry in dossier.entries:
        if not entry.counts or entry.payload is None:
            continue
        payload = entry.payload
        if entry.name == "taken_over" and found and found[-1].took != payload["to"]:
            holder = _taken_first(found, payload["to"]) or holder
        last = found[-1] if found else None
        if entry.name in _PAUSES and last is not None:
            last = found[-1] = replace(last, due=None)
        known = next((hop.took for hop in reversed(found) if knew(entry, hop)), COUNTER)
        gave, took = payload.get("frm") or known, holder
        if entry.name in ("passed_on", "taken_over"):
            took = payload["to"]
        elif entry.name in ("step_taken", "assigned"):
            took = payload.get("holder") or holder
        elif entry.name == "finished":
            took = COUNTER
        if last is not None and took == last.took == holder:
            found[-1] = _confirmed(last, entry, payload)
        if took in (gave, holder):
            continue
        hop = Hop(gave, took, entry.happened_at, pace=_pace(dossier, entry), **_told(entry, payload))
        step_pace = _step_pace(last.due, entry.happened_at) if last else None
        found.append(replace(hop, step_pace=step_pace))
        holder = took
    return tuple(found)


def _taken_first(found: list[Hop], taker: str) -> str | None:
    """Puts last, of those that the same hand gave to several, the one whose taker has it now."""
    hop = next((hop for hop in _tied(found) if hop.took == taker and hop.taken is None), None)
    if hop is None:
        return None
    found.remove(hop)
    found.append(hop)
    return taker


def _tied(found: Sequence[Hop]) -> list[Hop]:
    """The last hand-over, and those before it by which the same hand had given the dossier already."""
    return list(takewhile(lambda hop: hop.gave == found[-1].gave and hop.given, reversed(found)))


def last_hop(dossier: Dossier) -> Hop | None:
    """The hand-over that brought the dossier to where it is, of those that `passed_on` tells of or that the
    other side confirmed; None where no such act is in the story."""
    if not any(entry.name in ("passed_on", "taken_over") for entry in dossier.entries):
        return None  # most dossiers: nothing to gather
    hops = hops_of(dossier)
    return hops[-1] if hops else None


def handed_to(dossier: Dossier, taker: str) -> Hop | None:
    """The hand-over to that hand which nothing has followed but others of those who did not know of it."""
    hops = hops_of(dossier)
    return next((hop for hop in _tied(hops) if hop.took == taker and hop.given), None) if hops else None


def waiting_hop(dossier: Dossier) -> Hop | None:
    """The hand-over whose other side has not said yet that it has the dossier."""
    hop = last_hop(dossier) if dossier.state not in ENDED else None
    return hop if hop is not None and hop.waits else None


def given_by_mistake(dossier: Dossier, batch: str = "") -> tuple[Ref, ...]:
    """The acts that are mistaken where the dossier's last hand-over is taken back; none where they are
    already.

    With `batch` it is that pile's. Raises NotAllowed("not-handed-on"), and where the other side has it, or it
    went further, NotAllowed("taken-over-already" | "went-on").
    """
    given = [
        entry
        for entry in dossier.entries
        if entry.name == "passed_on" and entry.payload and batch in ("", entry.payload.get("batch"))
    ]
    if not given:
        raise NotAllowed("not-handed-on", code=dossier.code)
    if given[-1].mistaken:
        return ()
    hop = last_hop(dossier)
    begun = {one.act for one in _tied(hops_of(dossier))} if hop is not None else set()
    since = [entry.ref for entry in dropwhile(lambda e: e.ref not in begun, dossier.entries)]
    if hop is None or given[-1].ref not in since:
        raise NotAllowed("went-on", code=dossier.code)
    if hop.taken is not None:
        raise NotAllowed("taken-over-already", code=dossier.code, holder=hop.took)
    # To whom it was given twice, by machines that did not know of each other, both are mistaken.
    return tuple(e.ref for e in dossier.entries if e.name == "passed_on" and e.counts and e.ref in since)


def running_step(dossier: Dossier) -> Hop | None:
    """The hand-over that began the step which is under way, where that has an end of its own."""
    hop = last_hop(dossier) if dossier.state in RUNNING and dossier.state is not State.REGISTERED else None
    return hop if hop is not None and hop.due is not None else None


def _told(entry: Entry, payload: Payload) -> dict[str, Any]:
    """What an act that brings the dossier to another hand says beside that."""
    told: dict[str, Any] = {"note": payload.get("step") or payload.get("result") or "", "act": entry.ref}
    if entry.name == "passed_on":
        due = payload.get("due")
        told |= {"by": payload.get("by", ""), "batch": payload.get("batch", "")}
        told["due"] = datetime.fromisoformat(due) if due else None
    elif entry.name == "taken_over":
        told |= {"taken": entry.happened_at, "given": False, "signed_by": payload.get("signed_by", "")}
        told["taken_by"] = entry.ref
    return told


def _confirmed(last: Hop, entry: Entry, payload: Payload) -> Hop:
    """The same hand-over with what its two sides, in whichever order they were heard, say of it."""
    if entry.name == "taken_over" and last.taken is None:
        signed = payload.get("signed_by", "")
        return replace(last, taken=entry.happened_at, signed_by=signed, taken_by=entry.ref)
    if entry.name == "step_taken" and payload.get("holder") and last.taken is None:
        return replace(last, taken=entry.happened_at)  # who works on it has it
    if entry.name == "passed_on" and not last.given:
        return replace(last, at=entry.happened_at, given=True, **_told(entry, payload))
    return last


def _pace(dossier: Dossier, entry: Entry) -> Pace | None:
    """By the appointment that lateness is measured by: an apology makes nothing punctual (QĐ 766/QĐ-TTg)."""
    due = dossier.measured_due
    if due is None:
        return None
    if entry.happened_at > due:
        return Pace.LATE
    return _step_pace(due, entry.happened_at) if entry.name == "finished" else None


def _step_pace(due: datetime | None, ended: datetime) -> Pace | None:
    if due is None:
        return None
    if ended > due:
        return Pace.LATE
    last, day = (one.astimezone(VIETNAM).date() for one in (due, ended))
    return Pace.ON_TIME if day == last else Pace.EARLY

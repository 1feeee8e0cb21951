"""What was entered by mistake and taken back: it stays in the story, marked, and the dossier is as before it.

An end (refused, withdrawn, stopped, finished) that was taken back never was one: its time counts as any other
time of the work, and the date is what it would have been.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from counter_app.domain.errors import NotAllowed
from counter_app.domain.events import Ref
from counter_app.domain.lifecycle import State
from counter_app.domain.order import Arranged
from counter_app.domain.zone import VIETNAM

if TYPE_CHECKING:
    from counter_app.domain.fold import Dossier, Entry

ENDS: Final = ("refused", "withdrawn", "stopped", "finished")
"""Acts that end the work, as far as the dossier is not in the citizen's hands."""
_GIVEN: Final = ("returned", "returned_partly")
_SETTLES: Final = ("voided", "resolved")


class What(StrEnum):
    MONEY = "money"
    """The last charge, payment or refund."""
    END = "end"
    """The refusal, withdrawal, stop or finish by which the dossier stands."""


def linked(entries: list[Entry]) -> list[Entry]:
    """The same: who takes acts back knows them; they, and papers about them, know when that was."""
    known = {str(entry.ref): entry for entry in entries}
    undid: dict[Ref, tuple[Entry, ...]] = {}
    when: dict[str, datetime] = {}
    for entry in entries:
        if entry.name != "voided" or not entry.counts or entry.payload is None:
            continue
        if entry.payload["set"].get("state") == State.VOIDED:
            continue
        names = entry.payload.get("events", ())
        undid[entry.ref] = tuple(known[name] for name in names if name in known)
        for name in names:
            when.setdefault(name, entry.happened_at)
    if not when:
        return entries
    return [
        replace(entry, undid=undid.get(entry.ref, ()), taken_back=when.get(_told_of(entry)))
        for entry in entries
    ]


def _told_of(entry: Entry) -> str:
    """The act itself, or the one that a paper is about."""
    return str((entry.payload or {}).get("about") or entry.ref)


def undone(arranged: Arranged, entries: Sequence[Entry]) -> set[int]:
    """Places of ends that were taken back, and of what took them back: all stands as if neither had been.

    Not where somebody went on from the end, or ended the work as well, and knew nothing of it: he disagrees.
    """
    taking = [place for place, entry in enumerate(entries) if _takes_ends(entry)]
    if not taking:
        return set()
    places = {entry.ref: place for place, entry in enumerate(entries)}
    takers = {place: {places[end.ref] for end in entries[place].undid} for place in taking}
    gone: set[int] = set()
    for end in sorted({end for ends in takers.values() for end in ends}, reverse=True):
        mine = [place for place, ends in takers.items() if end in ends]
        others = (place for place in range(len(entries)) if place not in gone and place not in mine)
        if any(_acts_on(arranged, entries, other, end, mine) for other in others):
            continue
        gone.add(end)
        gone.update(place for place in mine if takers[place] <= gone)
    return gone


def _takes_ends(entry: Entry) -> bool:
    named = (entry.payload or {}).get("events", ()) if entry.undid else ()
    return 0 < len(named) == len(entry.undid) and all(end.name in ENDS for end in entry.undid)


def _acts_on(arranged: Arranged, entries: Sequence[Entry], act: int, end: int, takers: list[int]) -> bool:
    entry = entries[act]
    if not entry.counts or "state" not in entry.writes:
        return False
    if arranged.reaches(act, end):
        return not any(arranged.reaches(act, taker) for taker in takers)
    return entry.name in ENDS and all(arranged.concurrent(act, one) for one in (end, *takers))


def standing(dossier: Dossier) -> tuple[Entry, ...]:
    """The ends by which the dossier stands as it does: several where they did not know of each other."""
    writers = [
        (place, entry)
        for place, entry in enumerate(dossier.entries)
        if entry.counts and entry.name not in _SETTLES and "state" in entry.writes
    ]
    return tuple(
        entry
        for place, entry in writers
        if entry.name in ENDS and entry.writes["state"] == dossier.state
        if not any(dossier.arranged.reaches(other, place) for other, _ in writers)
    )


def settled_for(dossier: Dossier, ends: Sequence[Entry]) -> tuple[Entry, ...]:
    """What settled a dispute in favour of one of these."""
    names = {str(end.ref) for end in ends}
    settled = (entry for entry in dossier.entries if entry.name == "resolved" and entry.counts)
    return tuple(entry for entry in settled if entry.payload and names & set(entry.payload["keep"]))


def require_takeable(dossier: Dossier) -> tuple[Entry, ...]:
    """The ends by which it stands.

    Raises NotAllowed("no-end-entered"), and where the citizen has the result, or a part of it,
    NotAllowed("result-handed-over"): what is in his hands no entry brings back.
    """
    given = [entry for entry in dossier.entries if entry.name in _GIVEN and entry.counts]
    if given and dossier.state in (State.FINISHED, State.RETURNED):
        day = given[-1].happened_at.astimezone(VIETNAM).date()
        raise NotAllowed("result-handed-over", code=dossier.code, day=day.isoformat())
    ends = standing(dossier)
    if not ends:
        raise NotAllowed("no-end-entered", code=dossier.code, state=dossier.state.value)
    return ends


def payload(dossier: Dossier, ends: Sequence[Entry]) -> dict[str, Any]:
    """What the act that takes these back says: them, and what of the dossier was before."""
    before = dossier.without([one.ref for one in (*ends, *settled_for(dossier, ends))])
    names = sorted({name for end in ends for name in end.writes})
    return {"set": {name: before.get(name) for name in names}, "events": [str(end.ref) for end in ends]}


def never_stood(dossier: Dossier) -> Iterator[tuple[State, date, date]]:
    """Ends that were taken back: the state that never was, the day of the entry and the day of its end."""
    for entry in dossier.entries:
        if entry.name in ENDS and entry.mistaken and entry.taken_back is not None:
            first, last = (at.astimezone(VIETNAM).date() for at in (entry.happened_at, entry.taken_back))
            yield State(entry.writes["state"]), first, last

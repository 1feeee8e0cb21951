"""What was entered by mistake and taken back: it stays in the story, marked, and the dossier is as before it.

An end (refused, withdrawn, stopped, finished) that was taken back never was one: its time counts as any other
time of the work, and the date is what it would have been.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from counter_app.domain.entry import Entry
from counter_app.domain.events import Ref
from counter_app.domain.lifecycle import State
from counter_app.domain.order import Arranged

ENDS: Final = ("refused", "withdrawn", "stopped", "finished")
"""Acts that end the work, as far as the dossier is not in the citizen's hands."""


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

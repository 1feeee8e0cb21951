"""The ends by which a dossier stands, and taking a mistaken one back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from enum import StrEnum
from typing import Any, Final

from counter_app.domain.dossier import Dossier
from counter_app.domain.entry import Entry
from counter_app.domain.errors import NotAllowed
from counter_app.domain.lifecycle import State
from counter_app.domain.taken_back import ENDS
from counter_app.domain.zone import VIETNAM

_GIVEN: Final = ("returned", "returned_partly")
_SETTLES: Final = ("voided", "resolved")


class What(StrEnum):
    MONEY = "money"
    """The last charge, payment or refund."""
    END = "end"
    """The refusal, withdrawal, stop or finish by which the dossier stands."""


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

"""What the counter has to do today: dossiers by what hurts first, each with who holds it and since when."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Any, Final

from counter_app.domain.calendar import WorkCalendar
from counter_app.domain.fold import Dossier
from counter_app.domain.lifecycle import State
from counter_app.domain.zone import VIETNAM
from counter_app.services import lookup
from counter_app.services.lookup import Line
from counter_app.services.office import Office, standing_in
from counter_app.store import search

SOON: Final = 3  # working days
MOST: Final = 60  # dossiers of a section


class Group(StrEnum):
    """The sections of the board, the most urgent first."""

    LATE = "late"
    TODAY = "today"
    SOON = "soon"
    SUPPLEMENT = "supplement"
    PAYMENT = "payment"
    READY = "ready"


@dataclass(frozen=True)
class Item:
    """A dossier of a section. `since` is when it came to stand so; None where its date runs."""

    line: Line
    holder: str
    phone: str
    needs: tuple[str, ...]
    since: datetime | None


@dataclass(frozen=True)
class Section:
    """`total` counts all; `items` are the first of them."""

    group: Group
    total: int
    items: tuple[Item, ...]


# The state of a section whose date does not run, and the acts that lead to it.
_WAITING: Final[Mapping[Group, tuple[State, Collection[str]]]] = {
    Group.SUPPLEMENT: (State.WAITING_SUPPLEMENT, ("supplement_requested",)),
    Group.PAYMENT: (State.WAITING_PAYMENT, ("payment_requested",)),
    Group.READY: (State.FINISHED, ("finished",)),
}
_HOLDS: Final = frozenset({"received", "registered", "accepted", "resubmitted", "finished"})


def board(
    office: Office, now: datetime, groups: Sequence[Group] = tuple(Group), most: int = MOST
) -> list[Section]:
    """The sections as they stand at `now`; of each the `most` that hurt first."""
    with office.reading() as (connection, where):
        standing = standing_in(connection, where)
        names = {officer.id: officer.name for officer in standing.commune.officers.values()}
        spans = _spans(now, standing.calendar)
        found = []
        for group in Group:
            if group in spans:
                after, before = spans[group]
                total = search.count_due(connection, after_minute=after, before_minute=before)
                rows = search.due(connection, after_minute=after, before_minute=before, limit=most)
            else:
                state = _WAITING[group][0].value
                total = search.count_in_state(connection, state)
                rows = search.in_state(connection, state, most)
            items = []
            if group in groups:
                for line in lookup.lines(rows):
                    dossier = lookup.folded(connection, line.dossier, where)
                    items.append(_item(group, line, dossier, names))
            found.append(Section(group, total, tuple(items)))
        return found


def _spans(now: datetime, calendar: WorkCalendar) -> Mapping[Group, tuple[int | None, int]]:
    """Minutes since 1970, first and last, of the sections whose date runs."""
    today = now.astimezone(VIETNAM).date()
    last = today
    for _ in range(SOON):
        last = calendar.next_counting(last)
    ends = [datetime.combine(day + timedelta(days=1), time(), VIETNAM) for day in (today, last)]
    past, tonight, later = lookup.last_past(now), *(lookup.minute(end) for end in ends)
    return {
        Group.LATE: (None, past),
        Group.TODAY: (past + 1, tonight - 1),
        Group.SOON: (tonight, later - 1),
    }


def _item(group: Group, line: Line, dossier: Dossier, names: Mapping[str, str]) -> Item:
    values: Mapping[str, Any] = dossier.values
    party = dossier.party()
    since = None
    if group in _WAITING:
        led = [e for e in dossier.entries if e.counts and e.name in _WAITING[group][1]]
        since = led[-1].happened_at if led else None
    worked = [e for e in dossier.entries if e.counts and e.name in _HOLDS]
    actor = worked[-1].event.header.actor if worked else ""
    holder = str(values.get("holder") or names.get(actor, actor))
    phone = str(party.get("phone") or party.get("contact_via") or "")
    needs = tuple(str(need) for need in values.get("needs", ())) if group is Group.SUPPLEMENT else ()
    return Item(line, holder, phone, needs, since)

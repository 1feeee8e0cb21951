"""What the counter has to do today: dossiers by what hurts first, each with who holds it and since when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Any, Final

from counter_app.domain.calendar import WorkCalendar
from counter_app.domain.lifecycle import State
from counter_app.domain.zone import VIETNAM
from counter_app.services import lookup
from counter_app.services.glance import Glance, glance, known
from counter_app.services.lookup import SOON, Line
from counter_app.services.office import Office, standing_in
from counter_app.store import hands, search

MOST: Final = 60  # dossiers of a section

_Spans = Mapping["Group", tuple[int | None, int]]
_Marks = Mapping["Group", tuple[hands.Sort, int]]


class Group(StrEnum):
    """The sections of the board, the most urgent first."""

    LATE = "late"
    TODAY = "today"
    TOMORROW = "tomorrow"
    """One working day left."""
    SOON = "soon"
    STEP = "step"
    """In time, but the step that is under way is not."""
    HANDED = "handed"
    """Handed on in the program, and not taken over within the time for that."""
    REGISTERED = "registered"
    """From above, or from a visit: to be accepted or refused."""
    SUPPLEMENT = "supplement"
    PAYMENT = "payment"
    READY = "ready"


@dataclass(frozen=True)
class Item:
    """A dossier of a section; no `glance` where it was not asked for yet."""

    line: Line
    glance: Glance | None
    holder: str = ""


@dataclass(frozen=True)
class Section:
    """`total` counts all, `apart` those that no section before it has; `items` are the first of all."""

    group: Group
    total: int
    items: tuple[Item, ...]
    apart: int


BESIDE: Final = frozenset({Group.STEP, Group.HANDED})
"""Sections whose dossiers may stand in another one too."""
# The state of a section whose date does not run.
WAITING: Final[Mapping[Group, State]] = {
    Group.REGISTERED: State.REGISTERED,
    Group.SUPPLEMENT: State.WAITING_SUPPLEMENT,
    Group.PAYMENT: State.WAITING_PAYMENT,
    Group.READY: State.FINISHED,
}


def board(
    office: Office,
    now: datetime,
    groups: Sequence[Group] = tuple(Group),
    most: int = MOST,
    fold: int | None = None,
) -> list[Section]:
    """The sections as they stand at `now`; of each of `groups` the `most` that hurt first.

    With `fold`, so many dossiers at most are folded, those that stand first; the others come without their
    glance, unless it is known. A screen of rows stands there at once, and the rest is asked for after.
    """
    with office.reading() as (connection, where):
        standing = standing_in(connection, where)
        spans = _spans(now, standing.calendar)
        marks = _marks(now, standing.calendar, office.settings.acknowledge_hours)
        left = fold if fold is not None else most * len(Group)
        found = []
        for group in Group:
            total = _count(connection, group, spans, marks)
            items = []
            for row in _rows(connection, group, spans, marks, most) if group in groups and total else ():
                seen = known(connection, row)
                if seen is None and left > 0:
                    left -= 1
                    office.breathe()
                    seen = glance(connection, row, where)
                holder = seen.holder if seen else ""
                if seen and not holder and seen.worked:
                    holder = standing.commune.name_of(seen.worked)
                items.append(Item(lookup.lines([row])[0], seen, holder))
            found.append(Section(group, total, tuple(items), _apart(connection, group, total, spans, marks)))
        return found


def _count(connection: Any, group: Group, spans: _Spans, marks: _Marks) -> int:
    if group in marks:
        return hands.count(connection, *marks[group])
    if group in spans:
        after, before = spans[group]
        return search.count_due(connection, after_minute=after, before_minute=before)
    return search.count_in_state(connection, WAITING[group].value)


def _apart(connection: Any, group: Group, total: int, spans: _Spans, marks: _Marks) -> int:
    """Of what stands beside the others, that which is due so late that they do not have it."""
    if group not in marks or not total:
        return total
    (_, step), (_, handed), (_, soon) = marks[Group.STEP], marks[Group.HANDED], spans[Group.SOON]
    beyond = hands.count_beyond(connection, -1, step, soon)
    if group is Group.STEP:
        return beyond
    return hands.count_beyond(connection, handed, step, soon) - beyond


def _rows(connection: Any, group: Group, spans: _Spans, marks: _Marks, most: int) -> Sequence[Any]:
    if group in marks:
        return hands.first(connection, *marks[group], most)
    if group in spans:
        after, before = spans[group]
        return search.due(connection, after_minute=after, before_minute=before, limit=most)
    return search.in_state(connection, WAITING[group].value, most)


def _spans(now: datetime, calendar: WorkCalendar) -> _Spans:
    """Minutes since 1970, first and last, of the sections whose date runs."""
    today = now.astimezone(VIETNAM).date()
    days = (today, calendar.after(today, 1), calendar.after(today, SOON))
    ends = [datetime.combine(day + timedelta(days=1), time(), VIETNAM) for day in days]
    past, tonight, next_day, later = lookup.last_past(now), *(lookup.minute(end) for end in ends)
    return {
        Group.LATE: (None, past),
        Group.TODAY: (past + 1, tonight - 1),
        Group.TOMORROW: (tonight, next_day - 1),
        Group.SOON: (next_day, later - 1),
    }


def _marks(now: datetime, calendar: WorkCalendar, hours: int) -> _Marks:
    """Until which minute since 1970 a step had to end, and a dossier to be handed on, to be late by now."""
    handed = calendar.worked_before(now, hours)
    return {
        Group.STEP: (hands.Sort.STEP, lookup.last_past(now)),
        Group.HANDED: (hands.Sort.HANDED, lookup.last_past(handed)),
    }

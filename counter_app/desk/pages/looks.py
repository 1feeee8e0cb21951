"""What the board shows: all sections, one of them, whom to call, the day; and how each is read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from counter_app.desk.widgets.board_rows import BoardRow, Heading, board_rows
from counter_app.desk.widgets.call_rows import call_rows
from counter_app.desk.widgets.day_rows import day_rows, day_words
from counter_app.services import calls, day
from counter_app.services.boards import MOST, Group, board
from counter_app.services.calls import REASONS, CallList
from counter_app.services.office import Office

SCREEN: Final = 20  # dossiers that a screen shows; the others are folded after it is painted
AT_ONCE: Final = 60  # of those, so that a scan between finds the lane free
_WHOLE: Final = 500  # dossiers of a section that is looked at alone


class Look(StrEnum):
    """What the board shows beside its sections."""

    CALLS = "calls"
    DAY = "day"


Chosen = Group | Look | None  # None: all sections


@dataclass(frozen=True)
class Seen:
    """`is_whole`: nothing is left to be folded. `says` stands over the list; `calls` are all to call,
    of whom the rows are of the `hamlet` with that key, where it is one.
    """

    chosen: Chosen
    is_first: bool
    is_whole: bool
    counts: dict[Chosen, int]
    rows: list[Heading | BoardRow]
    says: str = ""
    calls: CallList | None = None
    hamlet: str | None = None


def lane(chosen: Chosen, *, first: bool) -> str:
    """Where `look` belongs: a list that is folded to its end at once keeps no scan waiting."""
    return "lists" if chosen in set(Look) and not first else "read"


def look(office: Office, now: datetime, chosen: Chosen, hamlet: str | None = None, *, first: bool) -> Seen:
    """Reads what is chosen, and the counts of all; of whom to call, with `hamlet` those of that key alone.

    At `first` a screen of rows, so that they stand there at once; then all, as far as it can be folded
    without keeping a scan from the lane. Asked again it comes further, until it `is_whole`.
    """
    most, fold = (SCREEN, SCREEN) if first else (MOST if chosen is None else _WHOLE, AT_ONCE)
    wanted = tuple(Group) if chosen is None else (chosen,) if isinstance(chosen, Group) else ()
    found = board(office, now, wanted, most, fold)
    counts: dict[Chosen, int] = {section.group: section.total for section in found}
    counts[None] = sum(section.apart for section in found)
    counts[Look.CALLS] = sum(counts[why] for why in REASONS)
    counts[Look.DAY] = day.counted(office, now)
    calendar = office.calendar()
    if chosen is Look.CALLS:
        to_call = calls.call_list(office, now, *((SCREEN, SCREEN) if first else ()))
        if first and to_call.left:
            to_call = replace(to_call, is_whole=False)
        counts[Look.CALLS] = to_call.total
        shown = call_rows(to_call, now, calendar, hamlet)
        return Seen(chosen, first, to_call.is_whole, counts, shown.rows, shown.says, to_call, hamlet)
    if chosen is Look.DAY:
        today = day.day(office, now, *((SCREEN, SCREEN) if first else ()))
        return Seen(chosen, first, today.is_whole, counts, day_rows(today, now, calendar), day_words(today))
    more = first and any(section.total > most for section in found if section.items)
    whole = not more and all(item.glance for section in found for item in section.items)
    rows = board_rows(found, now, calendar) if first or whole else []
    return Seen(chosen, first, whole, counts, rows)

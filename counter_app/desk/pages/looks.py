"""What the board shows: all sections, one of them, whom to call, the day; and how each is read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from counter_app.desk.widgets.board_rows import BoardRow, Heading, board_rows
from counter_app.desk.widgets.call_rows import call_rows
from counter_app.desk.widgets.day_rows import day_rows, day_words
from counter_app.services import calls, day
from counter_app.services.boards import MOST, Group, board
from counter_app.services.calls import REASONS, Round
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
    """`is_whole`: nothing is left to be folded. `says` stands over the list; `rounds` are those to call."""

    chosen: Chosen
    is_first: bool
    is_whole: bool
    counts: dict[Chosen, int]
    rows: list[Heading | BoardRow]
    says: str = ""
    rounds: tuple[Round, ...] = ()


def look(office: Office, now: datetime, chosen: Chosen, fold: int = SCREEN) -> Seen:
    """Reads what is chosen, and the counts of all; folds `fold` dossiers at most. For the "read" lane."""
    first = fold == SCREEN
    wanted = tuple(Group) if chosen is None else (chosen,) if isinstance(chosen, Group) else ()
    found = board(office, now, wanted, MOST if chosen is None else _WHOLE, fold)
    counts: dict[Chosen, int] = {section.group: section.total for section in found}
    counts[None] = sum(counts.values())
    counts[Look.CALLS] = sum(counts[why] for why in REASONS)
    counts[Look.DAY] = day.counted(office, now)
    calendar = office.calendar()
    if chosen is Look.CALLS:
        to_call = calls.call_list(office, now, fold, MOST if first else calls.MOST)
        whole = to_call.is_whole and (not first or to_call.left == 0)
        rows = call_rows(to_call, now, calendar) if first or whole else []
        return Seen(chosen, first, whole, counts, rows, rounds=to_call.rounds)
    if chosen is Look.DAY:
        today = day.day(office, now, fold)
        rows = day_rows(today, now, calendar) if first or today.is_whole else []
        return Seen(chosen, first, today.is_whole, counts, rows, day_words(today))
    whole = all(item.glance for section in found for item in section.items)
    rows = board_rows(found, now, calendar) if first or whole else []
    return Seen(chosen, first, whole, counts, rows)

"""Which dossiers will miss the day that they were promised for, and what an apology for each would say.

The apology is to be sent before the date (NĐ 61/2018/NĐ-CP; NĐ 118/2025/NĐ-CP keeps the paper).
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from counter_app.domain.calendar import WorkCalendar
from counter_app.domain.dossier import Dossier
from counter_app.domain.hops import hops_of
from counter_app.domain.lifecycle import RUNNING, STEPS
from counter_app.domain.zone import VIETNAM

AHEAD: Final = 3
"""Working days that an apology is drafted ahead."""
_CAN: Final = RUNNING & STEPS["extended"][0]


def will_miss(dossier: Dossier, now: datetime, calendar: WorkCalendar) -> bool:
    """Whether the appointment is near or past, and nothing is finished yet.

    One that was moved is near on its eve alone: it would else be listed again as soon as it was moved.
    """
    if dossier.due is None or dossier.state not in _CAN:
        return False
    last = calendar.after(now.astimezone(VIETNAM).date(), 1 if dossier.extensions else AHEAD)
    return dossier.due.astimezone(VIETNAM).date() <= last


def proposed(dossier: Dossier, now: datetime, calendar: WorkCalendar, days: int) -> date:
    """The day that an apology proposes: so many working days after the appointment, or after today."""
    today = now.astimezone(VIETNAM).date()
    missed = dossier.due.astimezone(VIETNAM).date() if dossier.due else today
    return calendar.after(max(today, missed), days)


def held_since(dossier: Dossier) -> tuple[str, datetime | None]:
    """Who holds the dossier, "" for the counter, and since when."""
    hops = hops_of(dossier)
    return (hops[-1].took, hops[-1].at) if hops else ("", dossier.received_at)

"""What the officer is reminded of unasked: an open day, an old backup or drill, a full disk, loose pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from counter_app.services import backups, closing, drill, room, unkept
from counter_app.services.closing import Left
from counter_app.services.office import Office
from counter_app.store import lately


@dataclass(frozen=True)
class Reminders:
    """Each is None where there is nothing to say."""

    day: Left | None = None
    backup: timedelta | None = None
    """How old the last backup is; where none could ever be made, how long ago that was first tried."""
    second: timedelta | None = None
    """The same of the second place's, where one is named."""
    drill: timedelta | None = None
    room: int | None = None
    """The megabytes that the disk still has, where they are few."""
    pages: Mapping[str, int] = field(default_factory=dict)
    """How many scanned pages are on no paper yet, by their dossiers' codes."""


def reminders(office: Office, now: datetime) -> Reminders:
    """What is due to be said at `now`; nothing of a store to practise on."""
    if office.training:
        return Reminders()
    stands, chosen = backups.standing(office), office.settings
    with office.database.reading() as connection:
        began = lately.began(connection)
    days, drills = timedelta(days=chosen.backup_days), timedelta(days=chosen.drill_days)
    return Reminders(
        closing.not_closed(office, now),
        _older(now, backups.waited_since(office, stands.made), days),
        _older(now, stands.second_made or stands.made, days) if stands.second is not None else None,
        _older(now, drill.last_good(office) or began, drills),
        room.low(office.places, chosen.disk_warn_mb),
        unkept.waiting(office),
    )


def _older(now: datetime, at: datetime | None, than: timedelta) -> timedelta | None:
    return now - at if at is not None and now - at > than else None

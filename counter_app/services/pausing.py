"""A synchronisation that somebody has paused: kept in the store, so that a restart does not forget it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from counter_app.services.office import BEHIND, Office
from counter_app.store import own

_PAUSE: Final = "sync/pause"  # own: JSON of when it began and when it ends


@dataclass(frozen=True)
class Pause:
    """Ends by itself at `until`; None: when somebody goes on."""

    since: datetime
    until: datetime | None = None

    def holds(self, now: datetime) -> bool:
        """Not where the clock stands before its beginning: who knows how long that would last."""
        return self.until is None or self.since - BEHIND <= now < self.until


def pause(office: Office, span: timedelta | None) -> Pause:
    """From now on nothing is exchanged by itself, for a while or until `go_on`."""
    with office.writing(guard_clock=False) as (pen, now):
        made = Pause(now, None if span is None else now + span)
        kept = {"since": now.isoformat(), "until": made.until.isoformat() if made.until else None}
        own.put_text(pen.connection, _PAUSE, json.dumps(kept))
    return made


def go_on(office: Office) -> None:
    if paused(office) is not None:
        with office.writing(guard_clock=False) as (pen, _):
            own.drop(pen.connection, _PAUSE)


def paused(office: Office) -> Pause | None:
    """The pause that holds now."""
    with office.reading() as (connection, _):
        kept = own.get_text(connection, _PAUSE)
    if not kept:
        return None
    told = json.loads(kept)
    found = Pause(
        datetime.fromisoformat(told["since"]),
        datetime.fromisoformat(told["until"]) if told["until"] else None,
    )
    return found if found.holds(office.now()) else None

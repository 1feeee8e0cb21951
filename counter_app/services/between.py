"""What stands between two hands: handed on and not taken over, and whose step is past its end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from counter_app.domain.hops import Hop
from counter_app.services import lookup
from counter_app.services.glance import glance
from counter_app.services.holders import Holders
from counter_app.services.lookup import Line
from counter_app.services.office import Office, commune_in
from counter_app.services.passing import MOST
from counter_app.store import catalogue as shelf
from counter_app.store import hands

_ALL: Final = 100_000  # more than ever lie between two hands


@dataclass(frozen=True)
class Between:
    """A dossier between two hands, or in a step that has an end; `overdue` where its time has passed."""

    line: Line
    hop: Hop
    overdue: bool


def waiting(office: Office, now: datetime, to: str = "", most: int = MOST) -> list[Between]:
    """What was handed on in the program, to that holder where one is named, and is not taken over yet;
    what has waited longest first, `overdue` beyond the setting's hours of work."""
    last = lookup.last_past(office.calendar().worked_before(now, office.settings.acknowledge_hours))
    return _found(office, hands.Sort.HANDED, lookup.minute(now), last, to, most)


def late_steps(office: Office, now: datetime, to: str = "", most: int = MOST) -> list[Between]:
    """Dossiers in time whose step is past its own end, the latest first."""
    last = lookup.last_past(now)
    return _found(office, hands.Sort.STEP, last, last, to, most)


def _found(office: Office, sort: hands.Sort, minute: int, overdue: int, to: str, most: int) -> list[Between]:
    found: list[Between] = []
    with office.reading() as (connection, where):
        known = Holders(connection, where)
        for row in hands.first(connection, sort, minute, _ALL):
            office.breathe()
            hop = glance(connection, row, where).hop
            if hop is None or (to and not known.same(to, hop.took)):
                continue
            at = row.handed_minute if sort is hands.Sort.HANDED else row.step_minute
            found.append(Between(lookup.lines([row])[0], hop, at <= overdue))
            if len(found) == most:
                break
    return found


def holders(office: Office, most: int = 40) -> list[str]:
    """To whom dossiers go from here: lately, the officers, and whom the catalogue's steps name."""
    with office.reading() as (connection, where):
        known = Holders(connection, where)
        officers = [one.name for one in commune_in(connection, where).officers.values() if one.active]
        steps = [step.holder for one in shelf.current(connection) for step in one.steps]
        lately = map(known.spelled, known.lately)
        return list(dict.fromkeys(filter(None, [*lately, *officers, *steps])))[:most]

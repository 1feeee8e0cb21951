"""What was said when a store was made gives way to what its commune had said before."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from counter_app.domain.events import Ref
from counter_app.domain.registers import Conflict, Side
from counter_app.services.office import Office, commune_in
from counter_app.store import log
from counter_app.store.writer import SYSTEM


def give_way(office: Office) -> int:
    """Says again what the commune had said where this machine's first events, which are later, are shown.

    Else a machine that enters would rename its commune and its administrator. Gives how much was said.
    """
    with office.reading() as (connection, where):
        if not _overridden(connection, where):
            return 0
    with office.writing(guard_clock=False) as (pen, _):
        said = _overridden(pen.connection, pen.map)
        homes = commune_in(pen.connection, pen.map).homes
        for field, value in said:
            kind, payload = _as_event(field, value, lambda account: homes.named(pen.commune, account))
            pen.append(kind, pen.commune, payload, SYSTEM)
    return len(said)


def _overridden(connection: Any, where: log.Map) -> list[tuple[str, Any]]:
    """Registers of the commune, each with what stood there before."""
    mine = {row.log for row in where.logs.values() if row.trust == log.OWN}
    known = commune_in(connection, where)
    if not known.conflicts:
        return []
    by_program = {event.ref for event in known.arranged.events if event.header.actor == SYSTEM}
    found = []
    for conflict in known.conflicts:
        if conflict.shown.log in mine and conflict.shown in by_program:
            kept = _before(conflict, by_program, mine)
            if kept is not None:
                found.append((conflict.field, kept.value))
    return found


def _before(conflict: Conflict, by_program: set[Ref], mine: set[bytes]) -> Side | None:
    """What an officer said last; of the agency's name, which each store is made with, what was said first."""
    people = [side for side in conflict.sides if side.event not in by_program]
    if people:
        return max(people, key=lambda side: side.place)
    others = [side for side in conflict.sides if side.event.log not in mine]
    return min(others, key=lambda side: side.place) if others and conflict.field == "agency" else None


def _as_event(field: str, value: Any, named: Callable[[str], str]) -> tuple[str, dict[str, Any]]:
    """What writes this value into that register; `named` is how an event of this machine names an account."""
    room, _, rest = field.partition("/")
    if room == "calendar":
        return "calendar_adopted", {"year": int(rest), **value}
    if room == "officer":
        officer, _, name = rest.rpartition("/")
        return "officer_set", {"officer": named(officer), "set": {name: value}}
    return "agency_named", dict(value)

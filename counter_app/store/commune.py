"""Reads what this store holds of its commune: the events that count, and their fold."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, func, select

from counter_app.domain import commune
from counter_app.domain.events import Event
from counter_app.store import log
from counter_app.store.prepared import Prepared
from counter_app.store.tables import events


def commune_stamp(connection: Connection, where: log.Map) -> tuple[object, ...]:
    """Changes whenever `commune_events_in` would give something else here: cheaper than reading them."""
    ids = sorted({row.commune for row in where.logs.values() if row.trust != log.ASIDE})
    standing = tuple((row.id, row.trust) for row in where.logs.values())
    return (standing, tuple(where.branches.values()), *(_STAMP.first(connection, d=id_) for id_ in ids))


def commune_of(connection: Connection, where: log.Map) -> commune.Commune:
    """The commune as its trusted events make it."""
    return commune.fold(commune_events_in(connection, where), where.above, where.origins)


def commune_events_in(connection: Connection, where: log.Map) -> list[Event]:
    """The commune's events, under all the ids that its stores gave it."""
    ids = {row.commune for row in where.logs.values() if row.trust != log.ASIDE}
    return [event for id_ in sorted(ids) for event in log.dossier_events(connection, id_, where)]


# Every hash, since what was read inside a transaction that never ended may have looked alike at both ends.
_STAMP = Prepared(
    select(func.group_concat(func.hex(events.c.hash)), func.count(events.c.payload)).where(
        events.c.dossier == bindparam("d")
    )
)

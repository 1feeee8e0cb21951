"""Reads what this store holds of its commune: the events that count, and their fold."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, bindparam, func, select

from counter_app.domain import commune
from counter_app.domain.events import Event
from counter_app.store import log
from counter_app.store.prepared import Prepared
from counter_app.store.tables import events


def commune_stamp(connection: Connection, where: log.Map) -> tuple[object, ...]:
    """Changes whenever `commune_events_in` would give something else here: cheaper than reading them."""
    ids = sorted({row.commune for row in where.logs.values() if row.trust != log.ASIDE})
    standing = (tuple(where.logs.values()), tuple(where.branches.values()))
    return (*standing, *(_STAMP.first(connection, d=id_) for id_ in ids))


def commune_of(connection: Connection, where: log.Map) -> commune.Commune:
    """The commune as its trusted events make it: the very same while they stay what they are."""
    # Folding some dozens of events anew would be a quarter of every save.
    stamp = commune_stamp(connection, where)
    kept, found = _KEPT.get(connection.engine, (None, None))
    if found is None or kept != stamp:
        found = commune.fold(commune_events_in(connection, where), where.above, where.origins)
        _KEPT[connection.engine] = stamp, found
    return found


def commune_events_in(connection: Connection, where: log.Map) -> list[Event]:
    """The commune's events, under all the ids that its stores gave it."""
    ids = {row.commune for row in where.logs.values() if row.trust != log.ASIDE}
    return [event for id_ in sorted(ids) for event in log.dossier_events(connection, id_, where)]


_KEPT: WeakKeyDictionary[Any, tuple[Hashable, commune.Commune]] = WeakKeyDictionary()  # of each open store

# Every hash, since what was read inside a transaction that never ended may have looked alike at both ends.
_STAMP = Prepared(
    select(func.group_concat(func.hex(events.c.hash)), func.count(events.c.payload)).where(
        events.c.dossier == bindparam("d")
    )
)

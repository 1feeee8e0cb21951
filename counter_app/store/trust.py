"""Whose events count: this store's own logs, those that it paired with, and the successors they endorsed."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, func, select, update

from counter_app.crypto.signing import LOG, verify
from counter_app.domain import commune
from counter_app.domain.events import Event
from counter_app.store import log
from counter_app.store.prepared import Prepared
from counter_app.store.tables import events, logs
from counter_app.store.writer import Writer


def settle_trust(writer: Writer) -> None:
    """Decides again which logs are trusted; the dossiers of a log whose standing changed are folded again.

    A log's word counts only once it is trusted itself, so this goes on until nothing changes.
    """
    while changed := _once(writer):
        for log_id in changed:
            for dossier in _dossiers_of(writer, log_id):
                writer.touch(dossier)


def commune_stamp(connection: Connection, where: log.Map) -> tuple[object, ...]:
    """Changes whenever `commune_events_in` would give something else here: cheaper than reading them."""
    ids = sorted({row.commune for row in where.logs.values() if row.trust != log.ASIDE})
    standing = tuple((row.id, row.trust) for row in where.logs.values())
    return (standing, tuple(where.branches.values()), *(_STAMP.first(connection, d=id_) for id_ in ids))


def commune_events_in(connection: Connection, where: log.Map) -> list[Event]:
    """The commune's events, under all the ids that its stores gave it."""
    ids = {row.commune for row in where.logs.values() if row.trust != log.ASIDE}
    return [event for id_ in sorted(ids) for event in log.dossier_events(connection, id_, where)]


def _once(writer: Writer) -> list[int]:
    aside = [row for row in writer.map.logs.values() if row.trust == log.ASIDE]
    if not aside:
        return []
    paired = commune.fold(commune_events_in(writer.connection, writer.map)).paired
    let_in = [row for row in aside if row.public in paired or _endorsed(writer, row)]
    for row in let_in:
        writer.connection.execute(update(logs).where(logs.c.id == row.id).values(trust=log.TRUSTED))
    if let_in:
        writer.reload()
    return [row.id for row in let_in]


def _endorsed(writer: Writer, row: log.LogRow) -> bool:
    """Whether the log's first event is endorsed by a trusted log that it says it left."""
    opening = [
        event
        for branch in writer.map.branches_of(row.id)
        if branch.parent_id is None
        for event in log.first_of(writer.connection, branch.id)
    ]
    left = opening[0].get("left") if opening else None
    if not isinstance(left, dict):
        return False
    try:
        old = writer.map.find(bytes.fromhex(left["log"]))
        endorsement = bytes.fromhex(left["endorsed"])
    except (KeyError, TypeError, ValueError):
        return False
    return old is not None and old.trust != log.ASIDE and verify(old.public, LOG, row.public, endorsement)


def _dossiers_of(writer: Writer, log_id: int) -> list[bytes]:
    ids = [row.id for row in writer.map.branches_of(log_id)]
    found = writer.connection.execute(select(events.c.dossier).where(events.c.branch_id.in_(ids)).distinct())
    return [bytes(dossier) for dossier in found.scalars()]


# Every hash, since what was read inside a transaction that never ended may have looked alike at both ends.
_STAMP = Prepared(
    select(func.group_concat(func.hex(events.c.hash)), func.count(events.c.payload)).where(
        events.c.dossier == bindparam("d")
    )
)

"""Decides anew whose events count in this store."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import select, update

from counter_app.domain.commune import Commune
from counter_app.store import log
from counter_app.store.commune import commune_of
from counter_app.store.ledger import Shelf
from counter_app.store.tables import branches, events, logs
from counter_app.store.writer import Writer
from counter_app.sync.trust import let_in, limits

_ROUNDS: Final = 8  # of limits that undo each other, which no honest district sets


def settle_trust(writer: Writer) -> None:
    """Decides again which logs are trusted; the dossiers of a log whose standing changed are folded again.

    A log's word counts only once it is trusted itself, so this goes on until nothing changes. Where the
    district has set a limit, whoever else was let in by a word beyond it must be let in anew.
    """
    before = standing(writer.map)
    known = _commune(writer)
    for _ in range(_ROUNDS):
        while _let_in(writer, known):
            known = _commune(writer)
        if not _limit(writer, known):
            break
        known = _commune(writer)
    for branch, stands in standing(writer.map).items():
        if before.get(branch, (log.ASIDE, None)) != stands:
            for dossier in _dossiers_of(writer, branch):
                writer.touch(dossier)


def standing(where: log.Map) -> dict[int, tuple[str, int | None]]:
    """Of each branch, its log's trust and the place after which it is set aside."""
    return {row.id: (where.logs[row.log_id].trust, row.until) for row in where.branches.values()}


def _commune(writer: Writer) -> Commune:
    return commune_of(writer.connection, writer.map)


def _let_in(writer: Writer, known: Commune) -> bool:
    aside = [row for row in writer.map.logs.values() if row.trust == log.ASIDE]
    if not aside:
        return False
    new = let_in(aside, known, lambda row: _opening(writer, row), lambda name: _trusted(writer, name))
    for row, above in new:
        trust = log.DISTRICT if above else log.TRUSTED
        writer.connection.execute(update(logs).where(logs.c.id == row.id).values(trust=trust))
    if new:
        writer.reload()
    return bool(new)


def _limit(writer: Writer, known: Commune) -> bool:
    """Sets the limits that the district's events tell; whether one of them is new."""
    writers = {row.log: row for row in writer.map.logs.values()}
    ends = limits(known, writers, lambda row: _opening(writer, row), Shelf(writer.connection, writer.map))
    changed = [row for row in writer.map.branches.values() if ends.get(row.id) != row.until]
    for row in changed:
        until = update(branches).where(branches.c.id == row.id).values(until=ends.get(row.id))
        writer.connection.execute(until)
    if changed:
        others = logs.c.trust != log.OWN
        writer.connection.execute(update(logs).where(others).values(trust=log.ASIDE))
        writer.reload()
    return bool(changed)


def _opening(writer: Writer, row: log.LogRow) -> dict[str, Any] | None:
    firsts = (found for one in writer.map.firsts_of(row.id) for found in log.first_of(writer.connection, one))
    return next(firsts, None)


def _trusted(writer: Writer, name: bytes) -> bytes | None:
    row = writer.map.find(name)
    return None if row is None or row.trust == log.ASIDE else row.public


def _dossiers_of(writer: Writer, branch: int) -> list[bytes]:
    found = writer.connection.execute(select(events.c.dossier).where(events.c.branch_id == branch).distinct())
    return [bytes(dossier) for dossier in found.scalars()]

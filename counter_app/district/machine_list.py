"""The list of all machines of the district, brought to each commune: see domain/machine_list.py.

It is written from the tables whenever a commune's machine asks and it was not looked at for a while. New
machines may wait a day, so that a district that sets up many issues few lists; a revocation does not. A
district of one commune needs none: its machines are told of each other by their enrolment.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from sqlalchemy import Connection, func, select

from counter_app.district import journal, posting
from counter_app.district.identity import Identity
from counter_app.district.issuing import issue_in
from counter_app.district.ledger import CommuneLedger
from counter_app.district.tables import agencies, branches, communes, devices, logs
from counter_app.domain.hlc import moment
from counter_app.domain.issued import Issue, What
from counter_app.domain.machine_list import MACHINES, Machine, find, written
from counter_app.store.log import TRUSTED

LOOKED_AT_MS: Final = 10 * 60 * 1000
_WAITS_MS: Final = 24 * 60 * 60 * 1000


def bring(ledger: CommuneLedger, who: Identity, now_ms: int) -> bool:
    """Issues the list to the commune where it has changed; whether it was issued. The ledger is locked."""
    named = _communes(ledger.connection)
    known = journal.known_of(ledger).issued
    if len(named) < 2 and (What.MACHINES, MACHINES) not in known.highest:
        return False
    machines = _machines(ledger.connection, named)
    wanted = Issue(What.MACHINES, MACHINES, 0, written(machines, dict(named.values())))
    current = known.current.get(wanted.key)
    if current is not None and not _presses(current, machines):
        age = now_ms - round(moment(current.at).timestamp() * 1000)
        if 0 <= age < _WAITS_MS:
            return False
    return issue_in(ledger, who, wanted, now_ms)[1]


def _presses(current: Issue, machines: list[Machine]) -> bool:
    """Whether a machine was revoked, or moved to another commune, since."""
    before = ((find(current.text, one.log), one) for one in machines)
    return any(
        (old.revoked_on, old.agency) != (new.revoked_on, new.agency) if old else new.revoked_on is not None
        for old, new in before
    )


def _communes(connection: Connection) -> dict[int, tuple[str, str]]:
    """Code and name of each commune that still is one, by its number."""
    rows = connection.execute(
        select(agencies.c.commune, agencies.c.code, communes.c.name)
        .join(communes, communes.c.commune == agencies.c.commune)
        .where(agencies.c.until.is_(None))
        .order_by(agencies.c.since.desc(), agencies.c.code.desc())
    )
    return {row.commune: (row.code, row.name) for row in rows}  # the oldest code, as merging calls it


def _machines(connection: Connection, named: dict[int, tuple[str, str]]) -> list[Machine]:
    """The logs that count in their commune. One of a revoked machine's that was never enrolled itself is
    revoked since the first of its commune's was."""
    limited = select(branches.c.commune, branches.c.log_id).where(branches.c.until.is_not(None)).distinct()
    ends = {(row.commune, row.log_id) for row in connection.execute(limited)}
    entered = select(devices.c.log, devices.c.revoked_ms).where(devices.c.log.is_not(None))
    revoked = {bytes(row.log): row.revoked_ms for row in connection.execute(entered)}
    earliest = select(devices.c.commune, func.min(devices.c.revoked_ms)).group_by(devices.c.commune)
    firsts = {row[0]: row[1] for row in connection.execute(earliest)}
    found = {}
    for row in connection.execute(select(logs).where(logs.c.trust == TRUSTED).order_by(logs.c.commune)):
        if row.commune not in named:
            continue
        since_ms = revoked.get(bytes(row.log))
        ended = (row.commune, row.id) in ends
        day = posting.day(since_ms) if since_ms is not None else None
        if day is None and ended:
            day = _first(connection, row.commune, firsts.get(row.commune))
        found[bytes(row.log)] = Machine(bytes(row.public), named[row.commune][0], revoked_on=day)
    return list(found.values())


def _first(connection: Connection, commune: int, ms: int | None) -> date:
    if ms is None:  # a district that was put back knows of it by its own events alone
        events = journal.known_of(CommuneLedger(connection, commune)).arranged.events
        clocks = [event.header.hlc for event in events if event.header.kind == "revoked"]
        ms = round(moment(min(clocks, default=0)).timestamp() * 1000)
    return posting.day(ms)

"""On which days a machine serves a commune: kept here, told to the commune, looked at in each exchange."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from enum import Enum, auto
from typing import Any, Final

from sqlalchemy import Connection, delete, insert, or_, select, update

from counter_app.district import journal
from counter_app.district.identity import Identity
from counter_app.district.ledger import CommuneLedger
from counter_app.district.tables import agencies, devices, postings
from counter_app.domain import merging
from counter_app.domain.postings import Posting
from counter_app.domain.zone import VIETNAM

HANDS_OVER: Final = timedelta(days=31)
"""After its last day: so long what a machine still delivers counts; then it is as one that was revoked."""


class Stands(Enum):
    BEFORE = auto()
    WITHIN = auto()
    AFTER = auto()
    LAPSED = auto()


def day(ms: int) -> date:
    """The day in Viet Nam of ms since 1970."""
    return datetime.fromtimestamp(ms / 1000, UTC).astimezone(VIETNAM).date()


def keep(connection: Connection, commune: int, device: int, posting: Posting) -> None:
    """As the device's only posting in the commune: a machine that comes back there is given another place."""
    connection.execute(delete(postings).where(postings.c.commune == commune, postings.c.device == device))
    days = {"since": posting.since.isoformat(), "until": posting.until and posting.until.isoformat()}
    row = {"commune": commune, "device": device, **days, "awaited": int(posting.awaited)}
    connection.execute(insert(postings).values(row))


def close(connection: Connection, commune: int, device: int, last: date) -> None:
    """Ends the device's days in the commune; those that would begin later were never its."""
    at = (postings.c.commune == commune, postings.c.device == device)
    connection.execute(delete(postings).where(*at, postings.c.since > last.isoformat()))
    longer = or_(postings.c.until.is_(None), postings.c.until > last.isoformat())
    connection.execute(update(postings).where(*at, longer).values(until=last.isoformat()))


def kept(connection: Connection, commune: int, device: int) -> Posting | None:
    at = (postings.c.commune == commune, postings.c.device == device)
    row = connection.execute(select(postings).where(*at)).first()
    if row is None:
        return None
    until = None if row.until is None else date.fromisoformat(row.until)
    return Posting(date.fromisoformat(row.since), until, bool(row.awaited))


def all_of(connection: Connection) -> dict[int, list[dict[str, Any]]]:
    """Each device's dated set of communes, as `device list` prints it, oldest first."""
    found: dict[int, list[dict[str, Any]]] = {}
    rows = connection.execute(
        select(postings, agencies.c.code)
        .outerjoin(agencies, (agencies.c.commune == postings.c.commune) & agencies.c.until.is_(None))
        .order_by(postings.c.since, postings.c.commune)
    )
    for row in rows:
        one = {"number": row.commune, "commune": row.code, "since": row.since, "until": row.until}
        found.setdefault(row.device, []).append(one)
    return found


def entered(ledger: CommuneLedger, who: Identity, device: int, log: bytes, now_ms: int) -> Stands:
    """Tells the commune the days of a machine that has just entered, where any but its first were set."""
    posting = kept(ledger.connection, ledger.commune, device)
    if posting is not None and (posting.until is not None or posting.awaited):
        _tell(ledger, who, log, posting, "", now_ms)
    return _stands(posting, day(now_ms))


def post(
    ledger: CommuneLedger,
    who: Identity,
    device: int,
    log: bytes | None,
    posting: Posting,
    reason: str,
    now_ms: int,
) -> None:
    """Sets a machine's days anew, under its commune's lock."""
    keep(ledger.connection, ledger.commune, device, posting)
    if log is not None:
        _tell(ledger, who, log, posting, reason, now_ms)


def stands(ledger: CommuneLedger, device: int, now_ms: int) -> Stands:
    return _stands(kept(ledger.connection, ledger.commune, device), day(now_ms))


def learn(ledger: CommuneLedger) -> None:
    """Keeps what the district's own events say: once put back, it is told again what it has forgotten."""
    known = journal.known_of(ledger)
    told, merged = known.postings, merging.of(known.arranged.events).ids
    of_commune = select(devices.c.device, devices.c.log).where(devices.c.commune == ledger.commune)
    for device, log in ledger.connection.execute(of_commune).all():
        if (posting := told.get(bytes(log or b""))) is not None:
            before = kept(ledger.connection, ledger.commune, device)
            if merged and before is not None:  # days in a commune that was merged are not this one's
                posting = replace(posting, since=max(before.since, posting.since))
            keep(ledger.connection, ledger.commune, device, posting)


def _stands(posting: Posting | None, today: date) -> Stands:
    if posting is None or posting.covers(today):
        return Stands.WITHIN
    if posting.until is None or today <= posting.until:
        return Stands.BEFORE
    return Stands.AFTER if today <= posting.until + HANDS_OVER else Stands.LAPSED


def _tell(
    ledger: CommuneLedger, who: Identity, log: bytes, posting: Posting, reason: str, now_ms: int
) -> None:
    said = {"log": log.hex(), "since": posting.since.isoformat()}
    said |= {"until": posting.until.isoformat()} if posting.until else {}
    journal.append(ledger, who, now_ms, "posted", {**said, **({"reason": reason} if reason else {})})

"""What came into the store since a moment, found without an index on time: numbers of events only grow."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Connection, text

from counter_app.domain.hlc import moment
from counter_app.domain.zone import VIETNAM
from counter_app.store import log, own

_LOG: Final = slice(1, 9)
_HLC: Final = slice(17, 25)  # of a header's bytes: after format, log and seq (see domain/events.py)
_KIND_AT: Final = 42  # the kind's length, then the kind itself: after hlc, dossier and flags
_PLACES: Final = {"clock_at": _HLC.start + 1, "kind_at": _KIND_AT + 1}  # as SQLite counts, from 1
_UNSURE: Final = 5_000  # events looked through where this machine's log has nothing older


def dossiers_with(
    connection: Connection, kinds: Iterable[str], since_ms: int, saying: str = ""
) -> list[bytes]:
    """Dossiers with an event of one of `kinds` whose clock is not before `since_ms`, the last first.

    With `saying`, only those whose payload holds that text. Looks through what came after this machine's last
    event before that moment: its own acts, and those of others that were carried here since.
    """
    after, since = _last_before(connection, since_ms), (max(0, since_ms) << 16).to_bytes(8, "big")
    found: dict[bytes, int] = {}
    for kind in kinds:
        begins = bytes([len(kind)]) + kind.encode()
        for number, dossier in connection.execute(
            _WITH, {"i": after, "h": since, "k": begins, "n": len(begins), "s": saying.encode(), **_PLACES}
        ):
            found[bytes(dossier)] = max(number, found.get(bytes(dossier), 0))
    return sorted(found, key=lambda dossier: -found[dossier])


def said_since(connection: Connection, kind: str, since_ms: int, saying: str) -> list[tuple[bytes, bytes]]:
    """Dossier and payload of such events, the last first."""
    begins = bytes([len(kind)]) + kind.encode()
    rows = connection.execute(
        _SAID,
        {
            **{"i": _last_before(connection, since_ms), "h": (max(0, since_ms) << 16).to_bytes(8, "big")},
            **{"k": begins, "n": len(begins), "s": saying.encode(), **_PLACES},
        },
    )
    return [(bytes(dossier), bytes(payload)) for dossier, payload in rows]


def days_with(
    connection: Connection, kinds: Iterable[str], since_ms: int, logs: Collection[bytes]
) -> set[date]:
    """The days, as they are in Viet Nam, on which one of `logs` wrote an event of these kinds, since then."""
    after, since = _last_before(connection, since_ms), (max(0, since_ms) << 16).to_bytes(8, "big")
    found: set[date] = set()
    for kind in kinds:
        begins = bytes([len(kind)]) + kind.encode()
        asked = {"i": after, "h": since, "k": begins, "n": len(begins), **_PLACES, "log_at": _LOG.start + 1}
        for clock, name in connection.execute(_DAYS, asked):
            if bytes(name) in logs:
                at = moment(int.from_bytes(bytes(clock), "big"))
                found.add(at.astimezone(VIETNAM).date())
    return found


def began(connection: Connection) -> datetime:
    """When the first event that is here was written."""
    header = connection.execute(_FIRST).scalar_one()
    return moment(int.from_bytes(bytes(header)[_HLC], "big"))


def _last_before(connection: Connection, since_ms: int) -> int:
    """The number of this log's last event before the moment; its events' clocks only grow."""
    here = own.keys(connection).branch
    where = log.read_map(connection)
    last = log.head(connection, here).seq
    for branch in where.lineage(here):
        low, high = branch.from_seq, last
        before: Any = None
        while low <= high:
            middle = (low + high) // 2
            row = connection.execute(_AT, {"b": branch.id, "s": middle}).first()
            if row is None:
                break
            if int.from_bytes(bytes(row[1])[_HLC], "big") >> 16 < since_ms:
                before, low = row, middle + 1
            else:
                high = middle - 1
        if before is not None:
            return int(before[0])
        last = branch.from_seq - 1
    return max(0, int(connection.execute(_NEWEST).scalar_one() or 0) - _UNSURE)


_AT = text("SELECT id, header FROM events WHERE branch_id = :b AND seq = :s")
_NEWEST = text("SELECT max(id) FROM events")
_FIRST = text("SELECT header FROM events WHERE id = (SELECT min(id) FROM events)")
_DAYS = text(
    "SELECT DISTINCT substr(header, :clock_at, 8), substr(header, :log_at, 8) FROM events WHERE id > :i "
    "AND substr(header, :clock_at, 8) >= :h AND substr(header, :kind_at, :n) = :k"
)
_WITH = text(
    "SELECT id, dossier FROM events WHERE id > :i "
    "AND substr(header, :clock_at, 8) >= :h AND substr(header, :kind_at, :n) = :k "
    "AND (:s = x'' OR instr(payload, :s) > 0)"
)
_SAID = text(
    "SELECT dossier, payload FROM events WHERE id > :i AND substr(header, :clock_at, 8) >= :h "
    "AND substr(header, :kind_at, :n) = :k AND instr(payload, :s) > 0 ORDER BY id DESC"
)

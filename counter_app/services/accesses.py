"""The access log (nhật ký truy cập): which officer looked at whose dossier on this machine, when and how.

It is no event: it stays in this store, encrypted as all of it, and goes by its days (`access_days`). What is
noted waits in memory for the next act, or for `flush` a few seconds later, so that no look waits for a disk.
Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15 and NĐ 13/2023/NĐ-CP ask for records of how personal data is handled;
for how long such a log is kept neither says, so that it is a setting.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from counter_app.domain.errors import BadInput, Surroundings
from counter_app.domain.hlc import at as clock_at
from counter_app.domain.hlc import moment
from counter_app.domain.rights import Right
from counter_app.domain.zone import VIETNAM
from counter_app.store import accesses, search
from counter_app.store.accesses import Access

if TYPE_CHECKING:
    from counter_app.services.office import Office, Session

_AGAIN_MS: Final = 10 * 60 * 1000
"""Who looks at the same dossier in the same way so soon after is not noted again: a page reads it anew."""
_MOST_REMEMBERED: Final = 2000
_DAY_MS: Final = 24 * 3600 * 1000


class Why(StrEnum):
    """How a dossier was opened."""

    FIND = "find"
    """It stood in a list on the command line, or was opened from one in the window."""
    SHOW = "show"
    SCAN = "scan"
    FILE = "file"
    """One of its scans, or files, was opened or written out."""
    EXPORT = "export"
    PRINT = "print"


class Accesses:
    """Those of an open store; any thread may note."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: list[Access] = []
        self._noted: dict[tuple[str, bytes, str], int] = {}

    def note(self, now_ms: int, officer: str, dossiers: Iterable[bytes], why: Why) -> None:
        """Costs no disk; what was noted of the same lately is not again."""
        with self._lock:
            for dossier in dossiers:
                key = (officer, dossier, why.value)
                last = self._noted.get(key)
                if last is not None and 0 <= now_ms - last < _AGAIN_MS:
                    continue
                if len(self._noted) >= _MOST_REMEMBERED:
                    self._noted.clear()
                self._noted[key] = now_ms
                self._waiting.append(Access(now_ms, officer, dossier, why.value))

    @property
    def waits(self) -> bool:
        return bool(self._waiting)

    def write(self, connection: Any) -> int:
        """Writes what waits into an open transaction; the number is for `written`, once that is committed."""
        some = list(self._waiting)
        if some:
            accesses.add(connection, some)
        return len(some)

    def written(self, count: int) -> None:
        if count:
            with self._lock:
                del self._waiting[:count]


def note(office: Office, session: Session | None, dossiers: Iterable[bytes], why: Why) -> None:
    """Who acts in the session looks at these dossiers now."""
    officer = session.officer.id if session is not None and session.officer is not None else ""
    office.accesses.note(office.wall_ms(), officer, dossiers, why)


def flush(office: Office) -> None:
    """What was noted is on the disk, what is older than its days is gone; raises DiskFull, CannotWrite."""
    if office.accesses.waits:
        with office.writing(guard_clock=False) as (pen, _):
            days = office.settings.access_days
            if days:
                accesses.forget_before(pen.connection, pen.now_ms - days * _DAY_MS)


@dataclass(frozen=True)
class Looked:
    """A line of the log; `code` is the dossier's, empty where it is not here any more."""

    at: datetime
    officer: str
    dossier: bytes
    code: str
    why: str


def listing(
    office: Office,
    session: Session,
    first: date,
    last: date,
    *,
    code: str = "",
    officer: str | None = None,
) -> Iterator[Looked]:
    """Who looked at what from the day `first` to `last`, the last look first; of one dossier, by one officer.

    Raises NotPermitted, BadInput("span-backwards"), NotFound("no-such-dossier"), NotAllowed("code-of-two").
    """
    from counter_app.services.acting import find_one  # it needs the office, which holds the log

    session.require(Right.SEE_ACCESSES)
    if last < first:
        raise BadInput("span-backwards", field="until", value=last.isoformat(), since=first.isoformat())
    with suppress(Surroundings):  # on a full disk it can still be read
        flush(office)
    with office.reading() as (connection, where):
        dossier = find_one(connection, where, code).id if code else b""
        found = accesses.between(
            connection, _begin(first), _begin(last + timedelta(days=1)), dossier, officer
        )
        rows = {one.dossier: search.line(connection, one.dossier) for one in found}
    for one in found:
        at = moment(clock_at(one.at_ms)).astimezone(VIETNAM).replace(microsecond=0)
        yield Looked(
            at, one.officer, one.dossier, row.code if (row := rows[one.dossier]) is not None else "", one.why
        )


def _begin(day: date) -> int:
    return round(datetime(day.year, day.month, day.day, tzinfo=VIETNAM).timestamp() * 1000)

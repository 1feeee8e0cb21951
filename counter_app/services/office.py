"""An open store with all that an act needs: the time, the officer, the rules in force."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final
from weakref import WeakKeyDictionary

from counter_app.crypto.pins import check_pin
from counter_app.domain import commune as communes
from counter_app.domain.commune import Commune, Officer, Role
from counter_app.domain.errors import ClockWrong, CounterError, NotPermitted
from counter_app.domain.rights import MAY, Right, who_may
from counter_app.domain.training import is_training
from counter_app.paper import watermark
from counter_app.services import room
from counter_app.services.accesses import Accesses, flush
from counter_app.services.throttle import Throttle
from counter_app.store import log, own
from counter_app.store.commune import commune_of
from counter_app.store.database import Database
from counter_app.store.writer import Writer
from counter_app.system.paths import Places
from counter_app.system.settings import Settings

if TYPE_CHECKING:
    from counter_app.domain.calendar import WorkCalendar
    from counter_app.domain.fee_table import FeeTable
    from counter_app.domain.orders import Lock
    from counter_app.domain.postings import Posting

OVERRULED: Final = "order/overruled"  # own: the order to lock that the recovery sheet has overruled here
BEHIND: Final = timedelta(minutes=10)  # a wall that lags more than this stops the intake

Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Session:
    """Who acts. Without `officer` the store can only be read."""

    officer: Officer | None
    claiming: bool = False  # an administrator without a PIN where others have one: he may only set it
    signs: str = ""
    """How events of this machine name him, which no merging changes; empty where that is the officer's id."""

    def may(self, right: Right) -> bool:
        """Whether who sits here has the right, as far as is known without asking the store."""
        return self.officer is not None and not self.claiming and self.officer.role in MAY[right]

    def require(self, right: Right | None = None) -> str:
        """Who acts, as an event of this machine says it; raises NotPermitted where nobody does, or one
        without the right (None: any)."""
        if self.officer is None:
            raise NotPermitted("officer-needed")
        if self.claiming:
            raise NotPermitted("pin-missing", officer=self.officer.id)
        role = self.officer.role
        if role is Role.READER if right is None else not self.may(right):
            who = who_may(right or Right.HANDLE)
            raise NotPermitted("role-lacks-right", officer=self.officer.id, role=role.value, who=who)
        return self.signature

    @property
    def signature(self) -> str:
        """How events of this machine name the officer; empty where nobody acts."""
        return self.signs or (self.officer.id if self.officer is not None else "")


class Office:
    """The services' common ground: one open store, its folder, its clock."""

    def __init__(self, places: Places, database: Database, clock: Clock, settings: Settings) -> None:
        self.places = places
        self.database = database
        self.settings = settings
        self._clock = clock
        self.throttle = Throttle(database)
        self.accesses = Accesses()
        """Who looked at which dossier, until it is on the disk."""
        self.breathe: Callable[[], object] = lambda: None
        """Called between the small steps of long work, by the thread that does it."""
        self.settings_fault: CounterError | None = None
        """Why the defaults stand for this machine's settings: then no act writes."""
        with self.reading() as (connection, where):
            self.put_back = own.get(connection, own.UNTOLD) is not None
            """Whether it is older than the receipts printed from it, found now or not told since."""
            self.origin = where.log_of(own.keys(connection).branch).commune
        """The commune's id that this store drew; its log names accounts from there."""
        self.training = is_training(self.origin)
        """Whether all in this store is practice; its papers say so."""
        self._unmark = watermark.hold() if self.training else lambda: None

    def close(self) -> None:
        with suppress(CounterError):
            flush(self)
        self.database.close()
        self._unmark()

    @contextmanager
    def reading(self) -> Iterator[tuple[Any, log.Map]]:
        """A connection with one consistent view, and the map of logs."""
        with self.database.reading() as connection:
            yield connection, log.read_map(connection)

    @contextmanager
    def writing(self, *, guard_clock: bool = True) -> Iterator[tuple[Writer, datetime]]:
        """A writer and the act's time; on the disk when the block ends.

        Of an officer's own act, which is guarded: ClockWrong where the wall lags, DiskFull before it begins
        where it might not be saved to its end, `settings_fault`. What comes from elsewhere is taken as long
        as it fits.
        """
        if guard_clock and self.settings_fault is not None:
            raise self.settings_fault
        room.require(self.places, own_act=guard_clock)
        with self.database.writing() as connection:
            notes = own.Notes(connection)
            now, lag = self._time(notes)
            if guard_clock and lag > BEHIND:
                raise ClockWrong("clock-behind", now=now.isoformat(), last=(now + lag).isoformat())
            pen = Writer(connection, to_ms(now), notes, self.breathe)
            yield pen, now
            notes.last_act = to_ms(now)
            looks = self.accesses.write(connection)
            pen.finish()
        self.accesses.written(looks)
        if pen.erased:
            self.database.fold_in()  # what lay in the write-ahead log is gone with it
            self._tell_erased()

    def _tell_erased(self) -> None:
        """The list beside the backups names it at once, by whatever road its tombstone came."""
        from counter_app.services import erased_copies  # which needs an office

        with suppress(CounterError):  # the next backup writes it anew
            erased_copies.tell(self, erased_copies.folders(self, make=True))

    def wall_ms(self) -> int:
        """The wall clock, as it is, for what is no act: ms since 1970."""
        return to_ms(self._clock())

    def now(self) -> datetime:
        """The office's time, to the second, with what a supervisor typed taken into account."""
        with self.database.reading() as connection:
            return self._time(own.Notes(connection))[0]

    def _time(self, notes: own.Notes) -> tuple[datetime, timedelta]:
        wall = self._clock()
        offset = timedelta(milliseconds=notes.offset or 0)
        last_ms = notes.last_act
        if last_ms is None:
            return (wall + offset).replace(microsecond=0), timedelta(0)
        last = from_ms(last_ms, wall)
        now = wall + offset
        # A typed time stands in for a wrong wall until the wall is mended.
        if offset > timedelta(0) and wall >= last - BEHIND:
            now = wall
        if offset < timedelta(0) and now < last - BEHIND and wall >= last - BEHIND:
            now = wall
        return now.replace(microsecond=0), last - now

    def set_clock(self, session: Session, typed: datetime, reason: str = "") -> None:
        """A supervisor states the time; the machine's own events go on from it, marked."""
        officer = session.require(Right.SET_CLOCK)
        wall = self._clock()
        with self.database.writing() as connection:
            pen = Writer(connection, to_ms(wall))
            payload = {"to": typed.isoformat(), "frm": wall.replace(microsecond=0).isoformat()}
            pen.append(
                "clock_set", pen.commune, {**payload, **({"reason": reason} if reason else {})}, officer
            )
            pen.clock = to_ms(typed) << 16
            offset = typed - wall
            small = abs(offset) < timedelta(minutes=1)
            pen.notes.offset = None if small else round(offset.total_seconds() * 1000)
            pen.notes.last_act = to_ms(typed)
            pen.finish()

    def commune(self) -> Commune:
        """Officers, calendars and pairings as they stand."""
        with self.reading() as (connection, where):
            return commune_in(connection, where)

    def lock(self) -> Lock | None:
        """The district's order that nobody sits at this machine."""
        with self.reading() as (connection, where):
            return lock_in(connection, where)

    def posting(self) -> Posting | None:
        """On which days this machine takes in dossiers, where the district set any."""
        with self.reading() as (connection, where):
            return commune_in(connection, where).postings.get(own.speaker(connection))

    def calendar(self) -> WorkCalendar:
        """The calendars that the commune adopted, with this office's hours."""
        with self.reading() as (connection, where):
            return calendar_in(connection, where)

    def fees(self) -> FeeTable:
        """The table of fees in force."""
        with self.reading() as (connection, where):
            return standing_in(connection, where).fees

    def session(self, officer_id: str = "", ask_pin: Callable[[], str] = lambda: "") -> Session:
        """Who may act: `admin` while nobody has a PIN, else the officer whose PIN `ask_pin` gives.

        Raises NotPermitted("no-such-officer" | "wrong-pin" | "pin-waits" | "pin-missing" | "machine-locked").
        """
        if (lock := self.lock()) is not None:
            raise NotPermitted("machine-locked", reason=lock.reason)
        known = self.commune()
        first_id = known.homes.account(self.origin, communes.FIRST_OFFICER)
        first = known.officers.get(first_id)
        if not officer_id and (known.guarded or (first is not None and not first.active)):
            return Session(None)
        officer = known.officers.get(officer_id or first_id)
        if officer is None or not officer.active:
            raise NotPermitted("no-such-officer", officer=officer_id)
        signs = known.homes.named(self.origin, officer.id)
        if officer.pin:
            self._check(officer, signs, ask_pin())
        if known.guarded and not officer.pin and officer.role is Role.ADMINISTRATOR:
            return Session(officer, claiming=True, signs=signs)
        if known.guarded and not officer.pin:
            raise NotPermitted("pin-missing", officer=officer.id)
        return Session(officer, signs=signs)

    def standing_of(self, session: Session, known: Commune) -> Session | None:
        """The session of the same person as the commune stands now; None where he may sit here no more."""
        officer = known.officers.get(known.homes.account(self.origin, session.signature))
        if officer is None or not officer.active:
            return None
        return Session(officer, claiming=known.guarded and not officer.pin, signs=session.signs)

    def wait(self, officer_id: str) -> float:
        """Seconds until this officer's PIN may be tried; 0 where it may be now."""
        return self.throttle.wait(self.commune().homes.named(self.origin, officer_id))

    def _check(self, officer: Officer, signs: str, pin: str) -> None:
        if not pin:  # nobody was there to be asked: no try
            raise NotPermitted("wrong-pin", officer=officer.id)
        self.throttle.begin(signs, officer.id)
        if not check_pin(officer.pin, pin):
            raise NotPermitted("wrong-pin", officer=officer.id)
        self.throttle.passed(signs)


def commune_in(connection: Any, where: log.Map) -> Commune:
    return standing_in(connection, where).commune


def lock_in(connection: Any, where: log.Map) -> Lock | None:
    """The order to lock this machine that stands, unless the recovery sheet has overruled that very one."""
    if not (speaker := own.speaker(connection)):
        return None
    lock = commune_in(connection, where).locks.get(speaker)
    return None if lock is None or lock.event == own.get(connection, OVERRULED) else lock


def calendar_in(connection: Any, where: log.Map) -> WorkCalendar:
    return standing_in(connection, where).calendar


@dataclass(frozen=True)
class Standing:
    """The commune, its calendar and its fees as of a stamp of its events."""

    commune: Commune

    @cached_property
    def calendar(self) -> WorkCalendar:
        # The start asks who sits here, and for no date.
        from counter_app.services.years import calendar_of

        return calendar_of(self.commune)

    @cached_property
    def fees(self) -> FeeTable:
        """What is taken for a procedure; empty where the catalogue's texts alone say it."""
        from counter_app.services.fee_tables import table_of  # as above

        return table_of(self.commune)


_KEPT: WeakKeyDictionary[Any, Standing] = WeakKeyDictionary()  # of each open store


def standing_in(connection: Any, where: log.Map) -> Standing:
    """Officers, calendars and pairings with the work calendar that they make."""
    known = commune_of(connection, where)
    found = _KEPT.get(connection.engine)
    if found is None or found.commune is not known:
        found = _KEPT[connection.engine] = Standing(known)
    return found


def to_ms(moment: datetime) -> int:
    """Milliseconds since 1970-01-01T00:00Z."""
    return round(moment.timestamp() * 1000)


def from_ms(ms: int, like: datetime) -> datetime:
    return datetime.fromtimestamp(ms / 1000, like.tzinfo)


def new_dossier_id(now_ms: int) -> bytes:
    """A UUIDv7 (RFC 9562): 48 bits of time, 74 random."""
    raw = bytearray(max(0, now_ms).to_bytes(8, "big")[2:] + os.urandom(10))
    raw[6] = 0x70 | raw[6] & 0x0F
    raw[8] = 0x80 | raw[8] & 0x3F
    return bytes(raw)

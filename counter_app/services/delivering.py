"""Files to the district, after the events: soonest due first, piece by piece, while nothing else waits."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Any, Final

from counter_app.domain.errors import CannotRead, Damaged, NotFound, Unreachable
from counter_app.domain.pace import Pace as Speed
from counter_app.services.blobs import Blobs, blobs_of
from counter_app.services.enrolled import district
from counter_app.services.filing import Line, allowance, settle_epoch, spend, spent_in, under
from counter_app.services.office import Office, to_ms
from counter_app.services.pacing import Pace
from counter_app.services.syncing import Road
from counter_app.store import blobs, log, own
from counter_app.store.blobs import Tally, Waiting
from counter_app.sync.file_message import (
    HELD,
    LATER,
    NAMED,
    OPEN,
    PIECE,
    PUT,
    UNKNOWN,
    WHOLE,
    FileAnswer,
    FileRequest,
)
from counter_app.sync.portions import LARGEST

_STILL: Final = 3  # answers to pieces that did not bring a file further
_LONG: Final = 300.0  # seconds: then it is asked whether the district has news


class Ended(Enum):
    """Why no more files went."""

    DONE = auto()  # none is left, but for those with a fault
    EVENTS = auto()  # something was written here, or may have been elsewhere, and goes first
    STOPPED = auto()
    RATIONED = auto()  # by the hours, or the bytes of a day
    UNTAKEN = auto()  # the district's program is too old for files
    LATER = auto()  # the district cannot keep files at the moment
    DOUBTED = auto()  # the district has begun anew: its next answer to events says so


@dataclass
class Delivered:
    """What came of it: whole files, bodies in bytes."""

    files: int = 0
    bytes_up: int = 0
    bytes_down: int = 0
    requests: int = 0
    refused: list[str] = field(default_factory=list)
    """Why files were not taken."""
    ended: Ended = Ended.DONE


@dataclass(frozen=True)
class FileProgress:
    """After a piece, while others follow."""

    tally: Tally
    dossier: bytes
    sent: int
    size: int
    left: timedelta | None
    """For all that wait; None where nothing has gone yet."""


def written(office: Office) -> int:
    """How far this machine's own log is."""
    with office.reading() as (connection, _):
        head = log.head(connection, own.keys(connection).branch)
    return head.seq if head is not None else 0


def deliver(
    office: Office,
    road: Road,
    since: int,
    progress: Callable[[FileProgress], object] = lambda so_far: None,
    stops: Callable[[], bool] = lambda: False,
    *,
    rationed: bool = True,
) -> Delivered:
    """Gives the district the files that it lacks, until something was written after `since` (`written`).

    A fault of one file is kept with it, and others go on. Raises Refused with the district's reason where it
    concerns them all, Unreachable; what the district has by then is known.
    """
    known, done = district(office), Delivered()
    if known is None:
        return done
    epoch = settle_epoch(office)
    line = Line(office, road, known)
    work = _Work(office, line, Pace(office), blobs_of(office), epoch, since, progress, stops, rationed)
    try:
        done.ended = work.all(done)
    except Unreachable as fault:
        if fault.why != "not-the-district" or line.requests:
            raise
        done.ended = Ended.UNTAKEN  # it answered to the events a moment ago, and has no place for files
    finally:
        done.bytes_up, done.bytes_down, done.requests = line.up, line.down, line.requests
    return done


class _Stop(Exception):
    def __init__(self, ended: Ended) -> None:
        self.ended = ended


class _Work:
    def __init__(
        self,
        office: Office,
        line: Line,
        pace: Pace,
        folder: Blobs,
        epoch: bytes,
        since: int,
        progress: Callable[[FileProgress], object],
        stops: Callable[[], bool],
        rationed: bool,
    ) -> None:
        self._office, self._line, self._pace, self._folder = office, line, pace, folder
        self._epoch, self._since, self._progress, self._stops = epoch, since, progress, stops
        self._rationed = rationed
        self._speed = Speed()
        self._gone = 0  # bytes of a file in the last message
        self._until = time.monotonic() + _LONG

    def all(self, done: Delivered) -> Ended:
        passed: set[bytes] = set()
        try:
            while (one := self._next(passed)) is not None:
                passed.add(one.digest)
                why = self._one(one)
                if why:
                    done.refused.append(why)
                else:
                    done.files += 1
        except _Stop as stop:
            return stop.ended
        return Ended.DONE

    def _next(self, passed: set[bytes]) -> Waiting | None:
        with self._office.reading() as (connection, _):
            return blobs.first_waiting(connection, passed)

    def _one(self, one: Waiting) -> str:
        """Until the district has it whole; else why it is not taken."""
        opening = under(FileRequest(OPEN, b"", b"", one.digest, one.dossier, one.size))
        still, held = 0, -1
        answer = self._ask(opening)
        while True:
            if answer.verdict == WHOLE:
                return self._safe(one, answer)
            if answer.verdict == UNKNOWN:
                answer, still = self._ask(opening), still + 1
            elif answer.verdict == HELD:
                still = still + 1 if answer.offset <= held else 0
                held = answer.offset
                self._note(one, held)
                try:
                    answer = self._put(one, held)
                except (NotFound, Damaged, CannotRead) as fault:
                    return self._fault(one, fault.why)
            elif answer.why == LATER:
                self._fault(one, LATER)
                raise _Stop(Ended.LATER)
            else:
                return self._fault(one, answer.why)
            if still >= _STILL:
                return self._fault(one, "file-stands-still")

    def _put(self, one: Waiting, held: int) -> FileAnswer:
        piece = self._folder.piece(one.digest, held, min(PIECE, self._room))
        if not piece:
            raise Damaged("attachment-damaged")
        began = time.monotonic()
        answer = self._ask(under(FileRequest(PUT, b"", b"", one.digest[:NAMED], offset=held, piece=piece)))
        self._gone = len(piece)
        self._speed.note(time.monotonic() - began, self._gone, self._gone)
        return answer

    @property
    def _room(self) -> int:
        """A link that broke under larger messages is given smaller ones."""
        return PIECE if self._pace.room >= LARGEST else self._pace.room

    def _ask(self, make: Callable[[bytes, bytes], FileRequest]) -> FileAnswer:
        self._look()
        try:
            answer = self._line.ask(make)
        except Unreachable:
            self._pace.shrink()
            raise
        self._pace.grow()
        return answer

    def _look(self) -> None:
        """Raises _Stop where another thing goes first."""
        if self._stops():
            raise _Stop(Ended.STOPPED)
        if time.monotonic() > self._until or written(self._office) != self._since:
            raise _Stop(Ended.EVENTS)
        if not self._rationed:
            return
        with self._office.reading() as (connection, _):
            spent = spent_in(connection)
        if not allowance(self._office).holds(spent, self._office.now(), self._room):
            raise _Stop(Ended.RATIONED)

    def _note(self, one: Waiting, held: int) -> None:
        self._keep(one, held, lambda connection, now: blobs.set_sent(connection, one.digest, held))

    def _safe(self, one: Waiting, answer: FileAnswer) -> str:
        if answer.epoch != self._epoch:
            raise _Stop(Ended.DOUBTED)
        self._keep(one, one.size, lambda connection, now: blobs.set_safe(connection, one.digest, to_ms(now)))
        return ""

    def _keep(self, one: Waiting, held: int, what: Callable[[Any, datetime], object]) -> None:
        with self._office.writing(guard_clock=False) as (pen, now):
            what(pen.connection, now)
            spend(pen.connection, spent_in(pen.connection).more(now, self._gone))
            tally = blobs.tally(pen.connection)
        self._gone = 0
        self._progress(FileProgress(tally, one.dossier, held, one.size, self._speed.left(tally.bytes)))

    def _fault(self, one: Waiting, why: str) -> str:
        with self._office.writing(guard_clock=False) as (pen, _):
            blobs.set_fault(pen.connection, one.digest, why)
        return why

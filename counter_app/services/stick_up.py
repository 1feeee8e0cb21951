"""Onto a stick: what the district has not acknowledged, in parts; a pulled stick goes on where it stopped."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from counter_app.crypto.sealing import MAGIC, SealingKey
from counter_app.crypto.signing import Signer
from counter_app.domain.errors import CannotRead, Damaged, DiskFull, NotAllowed, NotFound
from counter_app.domain.rights import Right
from counter_app.services import filing, sticks
from counter_app.services.blobs import blobs_of
from counter_app.services.enrolled import (
    COUNTER,
    PROOF,
    READS,
    SPEAKER,
    THEIRS,
    District,
    district_in,
    tips_in,
)
from counter_app.services.office import Office, Session, to_ms
from counter_app.services.packing import packer
from counter_app.services.safety import below, waited
from counter_app.services.sticks import Kept, Name, Set
from counter_app.services.syncing import claims_of
from counter_app.store import blobs, own
from counter_app.store.blobs import Waiting
from counter_app.store.ledger import Shelf
from counter_app.sync import giving
from counter_app.sync.agreed import NOTHING, Tip, highest, tips_of, vector_of
from counter_app.sync.batch import COMMON, FORMAT
from counter_app.sync.message import Facts, Request
from counter_app.sync.portions import Portions
from counter_app.sync.stick import BATCH, PART, PIECE, Events, Piece, Up, Writer
from counter_app.system import files

_LOG: Final = 8
_AN_EVENT: Final = 64  # bytes, about, of an event in a part: measured at 40
_AROUND: Final = 8 * 1024  # bytes of a part besides


@dataclass(frozen=True)
class Copied:
    """So far: parts that lie on the stick, of this and of earlier times, and what this time has come to."""

    parts: int = 0
    stick_bytes: int = 0
    new_parts: int = 0
    bytes: int = 0
    events: int = 0
    files: int = 0
    left: int = 0
    """Events that are not there yet."""
    files_left: int = 0

    def to_json(self) -> dict[str, Any]:
        return {
            "sent": self.events,
            "recipients": 1,
            "bytes_up": self.bytes,
            "parts": self.parts,
            "files": self.files,
            "files_left": self.files_left,
        }


Note = Callable[[Copied], object]


def copy_out(
    office: Office, session: Session, target: Path, progress: Note = lambda so_far: None, room: int = PART
) -> Copied:
    """Into the folder `target`, in parts; into a file of any other name what there is of events, whole.

    A folder that holds parts of an earlier time is gone on with, if they are unaltered and not acknowledged;
    those that are go. Raises NotAllowed("not-enrolled"), what `files.refuse_other` does, and
    DiskFull("stick-full") or CannotWrite("stick-gone"): what lies there by then stays, and is gone on with.
    """
    session.require(Right.CARRY)
    folder = target if target.is_dir() else None
    if folder is None:
        files.refuse_other(target, MAGIC)
    filing.settle_epoch(office)
    asked = _ask(office)
    if folder is None:
        return _in_one(office, asked, target)
    return _Copying(office, asked, folder, progress, room).all()


@dataclass(frozen=True)
class _Asked:
    """What all parts of this time begin with."""

    counter: int
    head: Up
    signer: Signer
    district: District
    log: bytes
    form: int


def _ask(office: Office) -> _Asked:
    with office.writing(guard_clock=False) as (pen, now):
        connection = pen.connection
        known = district_in(connection)
        if known is None:
            raise NotAllowed("not-enrolled")
        speaker = own.get(connection, SPEAKER) or b""
        signer, shelf = Signer(speaker[_LOG:]), Shelf(connection, pen.map)
        theirs = tips_in(connection, THEIRS).tips
        counter = int(own.get_text(connection, COUNTER, "0")) + 1
        own.put_text(connection, COUNTER, str(counter))
        request = Request(
            log=speaker[:_LOG],
            nonce=bytes(_LOG),
            counter=counter,
            time_ms=to_ms(now),
            agreed=NOTHING.name,
            claims=tuple(claims_of(shelf, NOTHING, theirs, set())),
            facts=Facts(_lacks(shelf, theirs), waited(shelf, theirs, now), reads=FORMAT),
            proof=own.get(connection, PROOF) or b"",
        )
        body = request.to_bytes(signer, known.ed25519)
        head = Up(body, SealingKey(own.keys(connection).sealing).public)
        form = min(FORMAT, int(own.get_text(connection, READS, str(COMMON))))
        return _Asked(counter, head, signer, known, speaker[:_LOG], form)


def _lacks(shelf: Shelf, theirs: Iterable[Tip]) -> int:
    return below(shelf, tips_of(shelf)) - below(shelf, theirs)


def _in_one(office: Office, asked: _Asked, target: Path) -> Copied:
    part, events, left, ends = _events_part(office, asked, set(), None)
    data = part.close()
    sticks.put(target, data)
    kept = Kept(len(data), sha256(data).digest(), ends)
    with office.writing(guard_clock=False) as (pen, now):
        sticks.keep_set(pen.connection, Set(asked.counter, now, (kept,)))
    return Copied(1, len(data), 1, len(data), events, left=left, files_left=filing.tally(office).files)


def _events_part(
    office: Office, asked: _Asked, there: set[Tip], room: int | None
) -> tuple[Writer, int, int, tuple[Tip, ...]]:
    """The next part, how many events it holds and leave, where its runs end; `there` lies there already."""
    part = Writer(asked.head, asked.signer, asked.district.x25519)
    with office.reading() as (connection, where):
        shelf = Shelf(connection, where)
        common = highest(shelf, tips_in(connection, THEIRS).tips | there)
        lacks = Portions(packer(), giving.runs_for(shelf, vector_of(common)), form=asked.form)
        events, ends = 0, set[Tip]()
        while room is None or part.size < room:
            runs, batch = lacks.take(BATCH if room is None else min(BATCH, room))
            if not runs:
                break
            part.put(Events(batch))
            events += sum(len(run.events) for run in runs)
            ends |= set(giving.ends(shelf, runs))
        ends = set(highest(shelf, ends)) if ends else ends
        left = _lacks(shelf, highest(shelf, common | ends))
    return part, events, left, tuple(sorted(ends))


class _Copying:
    def __init__(self, office: Office, asked: _Asked, folder: Path, progress: Note, room: int) -> None:
        self._office, self._asked, self._folder = office, asked, folder
        self._progress, self._room = progress, room
        self._done = Copied()
        self._set = self._go_on()

    def all(self) -> Copied:
        sticks.remove(sticks.halves(self._folder))
        with self._office.reading() as (connection, where):
            shelf = Shelf(connection, where)
            lacks = _lacks(shelf, highest(shelf, tips_in(connection, THEIRS).tips | self._set.ends))
        sticks.room_for(self._folder, lacks * _AN_EVENT + _AROUND)
        self._tell(left=lacks, files_left=filing.tally(self._office).files)
        self._events()
        self._files()
        ours = (one for one in sticks.parts_in(self._folder, up=True) if one.name.log == self._asked.log)
        sticks.remove(one.path for one in ours if not self._lies(one.name))
        return self._done

    def _lies(self, name: Name) -> bool:
        return name.set == self._set.id and name.number <= len(self._set.parts)

    def _go_on(self) -> Set:
        """The set that lies in the folder, as far as it does; a new one where there is none."""
        with self._office.reading() as (connection, _):
            sets = sticks.sets_in(connection)
        for one in sets:
            lying = one.lying_in(self._folder, self._asked.log)
            if lying.parts:
                return lying
        return Set(self._asked.counter, self._office.now())

    def _events(self) -> None:
        while True:
            part, events, left, ends = _events_part(self._office, self._asked, self._set.ends, self._room)
            if not events and self._set.parts:
                return
            self._put(part, ends=ends)
            self._tell(events=self._done.events + events, left=left)
            if not left or not events:
                return

    def _files(self) -> None:
        """Soonest due first, as far as there is room: they are sent another time."""
        with self._office.reading() as (connection, _):
            waiting = blobs.all_waiting(connection)
        there, ends, part = self._set.files, dict[bytes, int](), self._part()
        try:
            for one in waiting:
                at = there.get(one.digest, 0)
                while piece := self._piece(one, at) if at < one.size else b"":
                    if part.count and part.size + len(piece) > self._room:
                        self._put_files(part, ends, waiting)
                        part, ends = self._part(), {}
                    part.put(Piece(one.dossier, one.digest, one.size, at, piece))
                    at += len(piece)
                    ends[one.digest] = at
            if part.count:
                self._put_files(part, ends, waiting)
        except DiskFull:
            pass
        there = self._set.files
        self._tell(files_left=sum(there.get(one.digest, 0) < one.size for one in waiting))

    def _part(self) -> Writer:
        return Writer(self._asked.head, self._asked.signer, self._asked.district.x25519)

    def _piece(self, one: Waiting, at: int) -> bytes:
        try:
            return blobs_of(self._office).piece(one.digest, at, PIECE)
        except (NotFound, Damaged, CannotRead) as fault:
            with self._office.writing(guard_clock=False) as (pen, _):
                blobs.set_fault(pen.connection, one.digest, fault.why)
            return b""

    def _put_files(self, part: Writer, ends: dict[bytes, int], waiting: Iterable[Waiting]) -> None:
        self._put(part, files=tuple(ends.items()))
        whole = sum(ends.get(one.digest) == one.size for one in waiting)
        self._tell(files=self._done.files + whole)

    def _put(
        self, part: Writer, ends: tuple[Tip, ...] = (), files: tuple[tuple[bytes, int], ...] = ()
    ) -> None:
        data = part.close()
        name = Name(True, self._asked.log, self._set.id, len(self._set.parts) + 1)
        sticks.put(self._folder / name.text, data)
        kept = Kept(len(data), sha256(data).digest(), ends, files)
        with self._office.writing(guard_clock=False) as (pen, now):
            self._set = replace(self._set, at=now, parts=(*self._set.parts, kept))
            sticks.keep_set(pen.connection, self._set)
        self._done = replace(
            self._done, new_parts=self._done.new_parts + 1, bytes=self._done.bytes + len(data)
        )

    def _tell(self, **now: int) -> None:
        self._done = replace(self._done, parts=len(self._set.parts), stick_bytes=self._set.size, **now)
        self._progress(self._done)

"""What somebody carries to the district on a stick, and the answer that he carries home."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from counter_app.crypto.sealing import MAGIC
from counter_app.crypto.signing import SIGNATURE_BYTES
from counter_app.district import devices
from counter_app.district.devices import Device
from counter_app.district.exchange import Exchange, waits
from counter_app.district.filing import Filing
from counter_app.domain.errors import BadInput, CannotRead, CounterError, NotFound, Refused
from counter_app.services import sticks
from counter_app.services.sticks import Name
from counter_app.sync import giving, stick
from counter_app.sync.agreed import NOTHING, Agreed, Tip, held, highest
from counter_app.sync.file_message import WHOLE
from counter_app.sync.message import Request, read_request
from counter_app.sync.stick import BATCH, PART, Down, Events, Piece, Up, Whole, Writer
from counter_app.system import files

Fault = Callable[[Path, CounterError], object]
_SOME: Final = 4096  # digests in one value
_MOST_REFUSED: Final = 256  # runs that an answer names


@dataclass
class Brought:
    """What one machine's parts came to."""

    device: Device
    request: Request
    body: bytes
    """The latest request of all parts."""
    reply: bytes
    parts: int = 0
    received: int = 0
    known: int = 0
    forks: int = 0
    ends: set[Tip] = field(default_factory=set)
    refused: list[tuple[str, int, str]] = field(default_factory=list)
    files: set[bytes] = field(default_factory=set)
    """Digests of those that are whole here."""
    untaken: dict[bytes, str] = field(default_factory=dict)
    """Why others are not."""

    def to_json(self) -> dict[str, Any]:
        return {
            "device": self.device.device,
            "parts": self.parts,
            "received": self.received,
            "known": self.known,
            "forks": self.forks,
            "files": len(self.files),
            "refused": [
                *({"log": log, "why": why} for log, _, why in self.refused),
                *({"file": digest.hex(), "why": why} for digest, why in self.untaken.items()),
            ],
        }


@dataclass(frozen=True)
class Carrier:
    """Takes parts in by the same door as messages, and writes the answers."""

    exchange: Exchange
    filing: Filing | None = None

    def bring(self, source: Path, fault: Fault) -> list[Brought]:
        """Takes in the part, or each that lies in the folder; `fault` hears of those that are none, and the
        others go on. To do it again is harmless, and mends what a cut left.

        Raises NotFound("nothing-on-stick"), and of a single file what is wrong with it.
        """
        if source.is_dir():
            paths = [one.path for one in sticks.parts_in(source, up=True)]
            if not paths:
                raise NotFound("nothing-on-stick", path=source)
        else:
            paths = [source]
        found: dict[bytes, Brought] = {}
        for path in paths:
            try:
                self._part(path, found)
            except (Refused, CannotRead) as error:
                if not source.is_dir():
                    raise
                fault(path, error)
        return list(found.values())

    def _part(self, path: Path, found: dict[bytes, Brought]) -> None:
        try:
            with path.open("rb") as file:
                part = stick.read(file, self.exchange.who.sealing)
                if not isinstance(part.head, Up):
                    raise Refused("bundle-not-for-this-store")
                brought = self._known(part.sender, part.head, found)
                for item in part.items:
                    if isinstance(item, Events):
                        self._hear(brought, item.batch)
                    elif isinstance(item, Piece):
                        self._keep(brought, item)
        except FileNotFoundError as error:
            raise CannotRead("file-missing", path=path) from error
        except OSError as error:
            raise CannotRead("cannot-read", path=path, code=error.errno) from error
        brought.parts += 1

    def _known(self, sender: bytes, head: Up, found: dict[bytes, Brought]) -> Brought:
        """Raises Refused("device-unknown" | "request-forged" | "message-…")."""
        signed = read_request(head.request)
        asked = signed.request
        with self.exchange.base.reading() as connection:
            device = devices.find(connection, asked.log)
        if device is None:
            raise Refused("device-unknown")
        if sender != device.public or not signed.by(sender, self.exchange.who.signing.public):
            raise Refused("request-forged")
        if asked.agreed != NOTHING.name or asked.batch:
            raise Refused("message-damaged")
        one = found.setdefault(asked.log, Brought(device, asked, head.request, head.reply))
        if asked.counter > one.request.counter:
            one.request, one.body, one.reply = asked, head.request, head.reply
        return one

    def _hear(self, brought: Brought, batch: bytes) -> None:
        # A transaction each: others of the commune wait no longer than for one another's.
        with self.exchange.base.writing() as connection:
            visit = self.exchange.visit(connection, brought.request, brought.device.commune)
            taken = self.exchange.hear(visit, batch)
            visit.ledger.finish()
        if visit.ledger.erased:
            self.exchange.sweep()
        brought.received += taken.new
        brought.known += taken.known
        brought.forks += taken.forks
        brought.ends |= set(taken.ends)
        brought.refused += taken.refused
        self.exchange.meter.events(taken.new, 0)

    def _keep(self, brought: Brought, item: Piece) -> None:
        digest = item.digest
        if self.filing is None or digest in brought.files or digest in brought.untaken:
            return
        try:
            answer = self.filing.carried(item.as_request(brought.request.log))
        except Refused as refusal:
            brought.untaken[digest] = refusal.why
            return
        if answer.verdict == WHOLE:
            brought.files.add(digest)

    def refuse_out(self, brought: Sequence[Brought], out: Path) -> None:
        """Raises BadInput("answers-need-folder") where one file is to hold several machines' answers, or what
        `files.refuse_other` does."""
        if out.is_dir():
            return
        if len(brought) > 1:
            raise BadInput("answers-need-folder", value=str(out))
        files.refuse_other(out, MAGIC)

    def answer(self, brought: Brought, out: Path, room: int = PART) -> list[Path]:
        """Writes the machine's answer into the folder `out`, in place of that of before, or into a file.

        Raises DiskFull("stick-full"), CannotWrite("stick-gone" | "cannot-write").
        """
        asked, signing = brought.request, self.exchange.who.signing
        body, theirs, epoch = self._told(brought)
        head = Down(brought.body, body)
        whole = sorted(brought.files)
        written: list[Path] = []
        there = set(theirs)
        while True:
            part = Writer(head, signing, brought.reply)
            if not written:
                for start in range(0, len(whole), _SOME):
                    part.put(Whole(epoch, tuple(whole[start : start + _SOME])))
            more = self._give(brought, there, part, room if out.is_dir() else None)
            name = Name(False, asked.log, asked.counter, len(written) + 1)
            path = out / name.text if out.is_dir() else out
            sticks.put(path, part.close())
            written.append(path)
            if not more:
                break
        if out.is_dir():
            before = (one for one in sticks.parts_in(out, up=False) if one.name.log == asked.log)
            sticks.remove(one.path for one in before if one.path not in written)
        return written

    def _told(self, brought: Brought) -> tuple[bytes, frozenset[Tip], bytes]:
        """The signed answer, what both hold, the epoch."""
        asked, now_ms = brought.request, self.exchange.clock()
        with self.exchange.base.writing() as connection:
            visit = self.exchange.visit(connection, asked, brought.device.commune)
            self.exchange.hear(visit, b"")
            ledger = visit.ledger
            agreed = Agreed(highest(ledger, {*held(ledger, asked.claims), *brought.ends}))
            position = ledger.finish()
            if asked.counter > visit.device.counter:
                told = waits(asked.facts, brought.received + brought.known, now_ms)
                devices.spoke(connection, visit.device, counter=asked.counter, seen_ms=now_ms, **told)
            answer = self.exchange.taken(visit, asked, agreed.tips, brought.refused[:_MOST_REFUSED], position)
        self.exchange.note_runs(visit.device, answer)
        signature = brought.body[-SIGNATURE_BYTES:]
        data = answer.to_bytes(self.exchange.who.signing, signature, agreed.digest)
        return data, agreed.tips, answer.epoch

    def _give(self, brought: Brought, there: set[Tip], part: Writer, room: int | None) -> bool:
        """Fills the part with what the machine lacks that has `there`, and adds it; whether more is left."""
        with self.exchange.base.writing() as connection:
            visit = self.exchange.visit(connection, brought.request, brought.device.commune)
            ledger = visit.ledger
            lacks = self.exchange.lacking(visit, brought.request, there)
            while room is None or part.size < room:
                runs, batch = lacks.take(BATCH if room is None else min(BATCH, room))
                if not runs:
                    break
                part.put(Events(batch))
                there |= set(giving.ends(ledger, runs))
            return lacks.more

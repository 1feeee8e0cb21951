"""Home from the district: its signed word on what it holds, and what this machine lacks."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from counter_app.crypto.sealing import SealingKey, open_sealed
from counter_app.crypto.signing import SIGNATURE_BYTES, Signer
from counter_app.domain.errors import CannotRead, NotAllowed, NotFound, Refused
from counter_app.domain.rights import Right
from counter_app.services import filing, issued, refusals, sticks, yielding
from counter_app.services.enrolled import (
    ACK,
    PROOF,
    READS,
    SPEAKER,
    THEIRS,
    WORD,
    District,
    district_in,
    tips_in,
)
from counter_app.services.office import Office, Session, to_ms
from counter_app.services.packing import packer
from counter_app.services.refusals import By, Refusal
from counter_app.services.safety import below
from counter_app.store import blobs, ingest, own
from counter_app.store.ledger import Shelf
from counter_app.store.writer import Writer
from counter_app.sync import stick
from counter_app.sync.agreed import NOTHING, Agreed, Tip, held, highest
from counter_app.sync.message import TAKEN, Answer, read_answer, read_request
from counter_app.sync.stick import Down, Events, Item, Part, Whole

_LOG: Final = 8
_NONE: Final = bytes(32)


@dataclass
class Brought:
    """What came of it; sizes in bytes."""

    acknowledged: int = 0
    """Events that only now are known to be at the district."""
    files: int = 0
    received: int = 0
    parts: int = 0
    bytes: int = 0
    old: bool = False
    """An answer to an earlier copy than the district's last word: it confirms nothing any more."""
    revoked: bool = False
    refused: tuple[tuple[str, str], ...] = ()  # (log, why)

    def to_json(self) -> dict[str, Any]:
        return {
            "received": self.received,
            "files": self.files,
            "parts": self.parts,
            "bytes_down": self.bytes,
            "refused": [{"log": log, "why": why} for log, why in self.refused],
        }


Note = Callable[[Brought], object]


def answers_in(office: Office, folder: Path) -> list[Path]:
    """The district's answers to this machine that lie there, in order; raises CannotWrite("stick-gone")."""
    with office.reading() as (connection, _):
        log = own.speaker(connection)
    return [one.path for one in sticks.parts_in(folder, up=False) if one.name.log == log]


def bring_home(
    office: Office, session: Session, source: Path, progress: Note = lambda so_far: None
) -> Brought:
    """Takes in an answer, or all that lie in the folder; again, or after a cut, harmlessly.

    Raises NotAllowed("not-enrolled"), NotFound("no-answer-there"), CannotRead("file-missing" |
    "cannot-read"), Refused("bundle-…" | "answer-…" | the district's reason).
    """
    session.require(Right.CARRY)
    paths = answers_in(office, source) if source.is_dir() else [source]
    if not paths:
        raise NotFound("no-answer-there", path=source)
    done = Brought()
    for path in paths:
        _bring(office, path, done)
        done.parts += 1
        done.bytes += path.stat().st_size
        progress(done)
    if done.received:
        yielding.give_way(office)
    return done


def is_answer(office: Office, path: Path) -> bool:
    """Whether that file was sealed to this machine by its district."""
    with office.reading() as (connection, _):
        known, sealing = district_in(connection), SealingKey(own.keys(connection).sealing)
    if known is None:
        return False
    with suppress(OSError, Refused), path.open("rb") as file:
        return open_sealed(file, sealing).sender == known.ed25519
    return False


def _bring(office: Office, path: Path, done: Brought) -> None:
    with office.reading() as (connection, _):
        known, speaker = district_in(connection), own.get(connection, SPEAKER) or b""
        sealing = SealingKey(own.keys(connection).sealing)
    if known is None:
        raise NotAllowed("not-enrolled")
    try:
        with path.open("rb") as file:
            part = stick.read(file, sealing)
            word = _word(office, part, known, speaker)
            _mark(office, word, done)
            for item in part.items:
                _take(office, item, word, done)
    except FileNotFoundError as error:
        raise CannotRead("file-missing", path=path) from error
    except OSError as error:
        raise CannotRead("cannot-read", path=path, code=error.errno) from error


@dataclass(frozen=True)
class _Word:
    """What the district signed, on the request of that counter."""

    counter: int
    answer: Answer
    tips: frozenset[Tip]
    proof: bytes


def _word(office: Office, part: Part, known: District, speaker: bytes) -> _Word:
    """Raises Refused("answer-of-another-district" | "answer-of-another-machine" | "answer-of-another-time" |
    "message-…" | "district-forged" | the district's reason)."""
    if part.sender != known.ed25519:
        raise Refused("answer-of-another-district")
    if not isinstance(part.head, Down):
        raise Refused("bundle-damaged")
    signed = read_request(part.head.request)
    if not signed.by(Signer(speaker[_LOG:]).public, known.ed25519):
        raise Refused("answer-of-another-machine")
    told = read_answer(part.head.answer)
    answer = told.answer
    with office.reading() as (connection, where):
        tips = held(Shelf(connection, where), answer.agreed)
    if len(tips) != len(answer.agreed):
        raise Refused("answer-of-another-time")  # a store put back to before it was copied
    agreed = NOTHING.moved(tips)
    digest = agreed.digest if answer.verdict == TAKEN else _NONE
    request = part.head.request[-SIGNATURE_BYTES:]
    if not told.by(known.ed25519, request, digest):
        raise Refused("district-forged")
    if answer.verdict != TAKEN:
        raise Refused(answer.why or "message-damaged")
    return _Word(signed.request.counter, answer, agreed.tips, told.proof(request, digest))


def _mark(office: Office, word: _Word, done: Brought) -> None:
    """What the district holds is safe, where this is its last word."""
    answer = word.answer
    with office.writing(guard_clock=False) as (pen, now):
        connection = pen.connection
        if not _is_last(connection, word):
            done.old = True
            return
        shelf = Shelf(connection, pen.map)
        before = tips_in(connection, THEIRS).tips
        asked_before = word.counter == int(own.get_text(connection, WORD, "0"))
        _hold(pen, {*word.tips, *(before if asked_before else ())})
        theirs = tips_in(connection, THEIRS).tips
        done.acknowledged += max(0, below(shelf, theirs) - below(shelf, before))
        done.revoked = answer.revoked
        refused = [Refusal(By.DISTRICT, run.log, run.first, run.why, now) for run in answer.refused]
        refusals.renew(connection, refused, theirs, more=False)
        done.refused = tuple((run.log.hex(), run.why) for run in answer.refused)
        own.put(connection, PROOF, word.proof)
        own.put_text(connection, WORD, str(word.counter))
        if answer.reads:
            own.put_text(connection, READS, str(answer.reads))
        own.put_text(connection, ACK, json.dumps(_acknowledgement(answer, done, now)))
        sticks.keep_sets(connection, (one for one in sticks.sets_in(connection) if one.id > word.counter))
    filing.settle_epoch(office)


def _is_last(connection: Any, word: _Word) -> bool:
    """Whether nothing is known that the district said later: that may have been in another epoch."""
    last = int(own.get_text(connection, WORD, "0"))
    if word.counter != last:
        return word.counter > last
    told = json.loads(own.get_text(connection, ACK, "{}"))
    same = told.get("epoch") == word.answer.epoch.hex()
    return bool(same and word.answer.position >= told.get("position", 0))


def _acknowledgement(answer: Answer, done: Brought, now: datetime) -> dict[str, Any]:
    said = min(now, datetime.fromtimestamp(answer.time_ms // 1000, UTC).astimezone(now.tzinfo))
    return {
        "epoch": answer.epoch.hex(),
        "position": answer.position,
        "told": said.isoformat(),
        "sent": done.acknowledged,
        "received": done.received,
        "revoked": answer.revoked,
    }


def _hold(pen: Writer, tips: Iterable[Tip]) -> None:
    theirs = highest(Shelf(pen.connection, pen.map), tips)
    own.put(pen.connection, THEIRS, Agreed(theirs).to_bytes())


def _take(office: Office, item: Item, word: _Word, done: Brought) -> None:
    if isinstance(item, Events):
        runs = packer().unpack(item.batch)
        with office.writing(guard_clock=False) as (pen, now):
            taken = ingest.ingest(pen, runs)
            issued.put_on(pen)
            if not done.old:
                # It gave them: it has them.
                _hold(pen, {*tips_in(pen.connection, THEIRS).tips, *taken.ends})
        done.received += taken.new
        done.refused += tuple((log, why) for log, _, why in taken.refused)
    elif isinstance(item, Whole) and not done.old and item.epoch == word.answer.epoch:
        with office.writing(guard_clock=False) as (pen, now):
            for digest in item.digests:
                if (one := blobs.find(pen.connection, digest)) is not None and not one.safe:
                    blobs.set_safe(pen.connection, digest, to_ms(now))
                    done.files += 1

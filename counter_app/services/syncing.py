"""The counter and its district: enrolment, and exchanges until both hold the same."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Protocol

from counter_app.crypto.escrow import seal_key
from counter_app.crypto.signing import SIGNATURE_BYTES, Signer
from counter_app.crypto.wraps import KeyFile
from counter_app.domain.errors import AlreadyThere, NotAllowed, Refused, Unreachable
from counter_app.domain.rights import Right
from counter_app.domain.training import is_training
from counter_app.domain.vectors import EMPTY
from counter_app.services import issued, refusals
from counter_app.services.ahead import Ahead, Wanted
from counter_app.services.enrolled import (
    ACK,
    AGREED,
    COUNTER,
    DISTRICT,
    NONCE,
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
from counter_app.services.opening import start_new_log
from counter_app.services.pacing import Pace
from counter_app.services.packing import packer
from counter_app.services.refusals import By, Refusal
from counter_app.services.safety import Counts, below, waited
from counter_app.store import ingest, own
from counter_app.store.ledger import Shelf
from counter_app.store.trust import settle_trust
from counter_app.sync import enrolment, giving
from counter_app.sync.agreed import NOTHING, Agreed, Claim, Tip, held, highest, tips_of
from counter_app.sync.batch import COMMON, FORMAT
from counter_app.sync.enrolment import OneTimeCode, Place
from counter_app.sync.message import (
    AGAIN,
    LOST,
    MOST_CLAIMS,
    REFUSED,
    TAKEN,
    Answer,
    Facts,
    Request,
    read_answer,
)
from counter_app.system import files

_ENROL, EXCHANGE = "/sync/v1/enrol", "/sync/v1/exchange"
_LOG: Final = 8  # bytes of a log's name


class Road(Protocol):
    """Carries a message to the district and its answer back; raises Unreachable."""

    def post(self, path: str, body: bytes) -> bytes: ...


@dataclass
class Synced:
    """What came of it."""

    sent: int = 0
    received: int = 0
    requests: int = 0
    bytes_up: int = 0
    bytes_down: int = 0
    waiting: int = 0
    """Events here that the server lacks, after the last exchange."""
    more: bool = False
    """Whether the server has more to give."""
    refused: tuple[tuple[str, str], ...] = ()  # (log, why)
    revoked: bool = False
    """The district has revoked this machine: it keeps what it is sent, and sets it aside."""


def enrol(
    office: Office,
    session: Session,
    road: Road,
    url: str,
    typed: str,
    confirm: Callable[[tuple[bytes, ...]], object] = lambda pins: None,
    *,
    anew: bool = False,
) -> District:
    """Enters the commune that the one-time code was made for. To ask again with the same code is harmless.

    `confirm` is given the keys that the district names as its own before anything is kept; it raises where
    another one answered. With `anew` a machine that was enrolled before, and revoked, or forgotten by its
    district, enters under a log that it begins for this.

    Raises BadInput("not-a-code-of-enrolment"), AlreadyThere("enrolled-already"),
    NotAllowed("training-stays"), Refused with the district's reason, Unreachable.
    """
    officer = session.require(Right.PAIR)
    code = OneTimeCode.read(typed)
    with office.reading() as (connection, where):
        if (known := district_in(connection)) is not None and not anew:
            raise AlreadyThere("enrolled-already", name=known.name)
        speaks = (own.get(connection, SPEAKER) or b"")[:_LOG]
        mine = where.log_of(own.keys(connection).branch)
        if is_training(mine.commune):
            raise NotAllowed("training-stays")
    if speaks == mine.log:
        _begin_another_log(office)
    try:
        place = _enter(office, road, code)
    except Refused as refusal:
        # An earlier try was heard, and its answer lost: that place is taken for ever.
        if refusal.why != "log-enrolled-elsewhere":
            raise
        _begin_another_log(office)
        place = _enter(office, road, code)
    confirm(place.pins)
    found = District(
        url,
        place.name,
        place.ed25519,
        place.x25519,
        place.epoch,
        place.commune,
        place.device,
        place.pins,
    )
    store = KeyFile.from_bytes(files.read_bytes(office.places.keys)).store_id
    with office.writing(guard_clock=False) as (pen, _now):
        signing = own.keys(pen.connection).signing
        told = {
            "ed25519": found.ed25519.hex(),
            "x25519": found.x25519.hex(),
            "name": found.name,
            "url": url,
            "commune": found.commune,
            "device": found.device,
        }
        pen.append("joined", pen.commune, told, officer)
        sealed = seal_key(store, office.database.key, found.x25519, Signer(signing))
        pen.append("escrowed", pen.commune, {"store": store, "sealed": sealed.hex()}, officer)
        settle_trust(pen)
        own.put_text(pen.connection, DISTRICT, found.to_json())
        own.put(pen.connection, SPEAKER, pen.log + signing)
        own.put(pen.connection, NONCE, place.nonce)
        for name in (AGREED, THEIRS, COUNTER, WORD, ACK, PROOF, READS):
            own.drop(pen.connection, name)
    return found


def _begin_another_log(office: Office) -> None:
    with office.writing(guard_clock=False) as (pen, _now):
        start_new_log(pen)


def _enter(office: Office, road: Road, code: OneTimeCode) -> Place:
    with office.reading() as (connection, where):
        keys = own.keys(connection)
        mine = where.log_of(keys.branch)
        first = next(run for run in giving.runs_for(Shelf(connection, where), EMPTY) if run.log == mine.log)
    sent = enrolment.request(code, to_ms(office.now()), packer().pack([first]), Signer(keys.signing))
    return enrolment.read_answer(road.post(_ENROL, sent), code, sent)


def sync(office: Office, road: Road, progress: Callable[[Synced], object] = lambda so_far: None) -> Synced:
    """Exchanges with the district until neither side has more for the other, or one of them gets no further.

    Raises NotAllowed("not-enrolled"), Refused with the district's reason, Unreachable. Whatever an exchange
    has confirmed is kept, also where a later one fails, or where `progress`, called between two of them,
    raises what ends it.
    """
    done, state = Synced(), Pace(office)
    again = 0
    with Ahead(office) as ahead:
        while True:
            asked = _ask(office, state, ahead)
            state.seen |= asked.agreed.tips | asked.theirs
            try:
                answer, proof = _send(office, road, asked, done)
            except Unreachable:
                state.shrink()
                raise
            except Refused as refusal:
                if refusal.why != "district-older" or asked.form == COMMON:
                    raise
                _forget_what_it_reads(office)  # a server that was put back to an older program
                continue
            if answer.verdict == AGAIN:
                again += 1
                if again > 1:
                    raise Unreachable("district-silent")
                continue
            again = 0
            if answer.verdict == LOST:
                if state.lost:
                    raise Unreachable("district-silent")
                state.lost = True
                state.seen = frozenset()
                state.found = _common(office, answer)
                continue
            before = asked.agreed
            agreed, received, theirs, waits = _keep(office, asked, answer, proof, done)
            done.waiting, done.more = waits, answer.more
            state.found = None
            state.grow()
            progress(done)
            moved = agreed != before or theirs != asked.theirs
            if answer.refused and not state.whole:
                state.whole, done.refused = True, ()
                continue
            if not (received or moved) or not (answer.more or waits):
                return done
            if not state.further(received, agreed, theirs):
                return done


@dataclass(frozen=True)
class _Asked:
    """A request with what it was made of."""

    body: bytes
    agreed: Agreed
    theirs: frozenset[Tip]
    sent: int
    district: District
    form: int


def _ask(office: Office, state: Pace, ahead: Ahead) -> _Asked:
    now = office.now()
    with office.reading() as (connection, where):
        known = district_in(connection)
        if known is None:
            raise NotAllowed("not-enrolled")
        # A store that had to begin another log is still the machine that was enrolled.
        speaker = own.get(connection, SPEAKER) or b""
        shelf = Shelf(connection, where)
        agreed = NOTHING if state.found is not None else tips_in(connection, AGREED)
        common = tips_in(connection, THEIRS).tips if state.found is None else state.found
        form = min(FORMAT, int(own.get_text(connection, READS, str(COMMON))))
        wanted = Wanted(common, state.room, state.whole, form)
        portion = ahead.take(shelf, wanted)
        sent = {(run.log, run.last) for run in portion.runs}
        request = Request(
            log=speaker[:_LOG],
            nonce=own.get(connection, NONCE) or bytes(8),
            counter=int(own.get_text(connection, COUNTER, "0")) + 1,
            time_ms=to_ms(now),
            agreed=agreed.name,
            claims=tuple(claims_of(shelf, agreed, common, sent)),
            facts=Facts(
                below(shelf, tips_of(shelf)) - below(shelf, common),
                waited(shelf, common, now),
                reads=FORMAT,
            ),
            room=state.room,
            proof=b"" if state.found is None else own.get(connection, PROOF) or b"",
            batch=portion.batch,
        )
        body = request.to_bytes(Signer(speaker[_LOG:]), known.ed25519)
        ahead.begin(shelf, wanted._replace(room=state.next_room), portion)
        return _Asked(body, agreed, common, sum(len(run.events) for run in portion.runs), known, form)


def claims_of(
    shelf: Shelf, agreed: Agreed, common: Iterable[Tip], sent: set[tuple[bytes, int]]
) -> Iterable[Claim]:
    """What the request must say besides its batch: other tips than those that its name stands for."""
    tips = {tip for tip in tips_of(shelf) if (tip.log, tip.seq) not in sent} | set(common)
    return sorted({tip.claim for tip in tips - agreed.tips})[:MOST_CLAIMS]


def _send(office: Office, road: Road, asked: _Asked, done: Synced) -> tuple[Answer, bytes]:
    """The answer, and what proves later what it acknowledged."""
    data = road.post(EXCHANGE, asked.body)
    done.requests += 1
    done.bytes_up += len(asked.body)
    done.bytes_down += len(data)
    told = read_answer(data)
    answer = told.answer
    digest = bytes(32)
    if answer.verdict == TAKEN:
        digest = _moved(office, asked, answer).digest
    request = asked.body[-SIGNATURE_BYTES:]
    if not told.by(asked.district.ed25519, request, digest):
        raise Refused("district-forged")
    if answer.verdict == REFUSED:
        raise Refused(answer.why)
    if answer.verdict == AGAIN or answer.verdict == LOST:
        with office.writing(guard_clock=False) as (pen, _):
            own.put(pen.connection, NONCE, answer.nonce)
    return answer, told.proof(request, digest)


def _forget_what_it_reads(office: Office) -> None:
    with office.writing(guard_clock=False) as (pen, _):
        own.drop(pen.connection, READS)


def _moved(office: Office, asked: _Asked, answer: Answer) -> Agreed:
    """What is agreed on now; Refused("district-forged") where the answer names what is not here."""
    with office.reading() as (connection, where):
        tips = held(Shelf(connection, where), answer.agreed)
    if len(tips) != len(answer.agreed):
        raise Refused("district-forged")
    return asked.agreed.moved(tips)


def _common(office: Office, answer: Answer) -> frozenset[Tip]:
    """The highest that both hold, from all that the server tells of itself."""
    theirs = {
        Tip(name, seq, hash_)
        for name, places in answer.vector.samples.items()
        for seq, hashes in places.items()
        for hash_ in hashes
    }
    with office.reading() as (connection, where):
        shelf = Shelf(connection, where)
        return highest(shelf, theirs & held(shelf, [tip.claim for tip in theirs]))


def _keep(
    office: Office, asked: _Asked, answer: Answer, proof: bytes, done: Synced
) -> tuple[Agreed, int, frozenset[Tip], int]:
    """What the answer brought and confirmed, in one transaction.

    Gives what is agreed on, how many events are new here, what the server holds, how many events it lacks.
    """
    runs = packer().unpack(answer.batch) if answer.batch else []
    agreed = _moved(office, asked, answer)
    with office.writing(guard_clock=False) as (pen, now):
        taken = ingest.ingest(pen, runs)
        issued.put_on(pen)
        own.put(pen.connection, NONCE, answer.nonce)
        own.put(pen.connection, PROOF, proof)
        own.put(pen.connection, AGREED, agreed.to_bytes())
        if answer.reads:
            own.put_text(pen.connection, READS, str(answer.reads))
        shelf = Shelf(pen.connection, pen.map)
        # All that was known of the server was claimed: what it does not agree to hold, it has lost.
        theirs = highest(shelf, {*agreed.tips, *taken.ends})
        own.put(pen.connection, THEIRS, Agreed(theirs).to_bytes())
        waits = below(shelf, tips_of(shelf)) - below(shelf, theirs)
        counter = int(own.get_text(pen.connection, COUNTER, "0")) + 1
        own.put_text(pen.connection, COUNTER, str(counter))
        own.put_text(pen.connection, WORD, str(counter))
        refused = [Refusal(By.DISTRICT, run.log, run.first, run.why, now) for run in answer.refused]
        refused += [Refusal(By.HERE, bytes.fromhex(log), at, why, now) for log, at, why in taken.refused]
        refusals.renew(pen.connection, refused, theirs, more=answer.more)
        done.sent += asked.sent
        done.received += taken.new
        done.revoked = answer.revoked
        own.put_text(pen.connection, ACK, json.dumps(_acknowledgement(answer, done, now)))
    done.refused += tuple((one.log.hex(), one.why) for one in refused)
    return agreed, taken.new, theirs, waits


def _acknowledgement(answer: Answer, done: Synced, now: datetime) -> dict[str, Any]:
    """The server's last word, and what its exchange has come to so far."""
    return {
        "epoch": answer.epoch.hex(),
        "position": answer.position,
        "told": now.isoformat(),
        "sent": done.sent,
        "received": done.received,
        "bytes_up": done.bytes_up,
        "bytes_down": done.bytes_down,
        "revoked": done.revoked,
    }


def to_line(done: Synced, standing: Counts, conflicts: int) -> dict[str, Any]:
    """What `sync` prints."""
    return {
        "sent": done.sent,
        "received": done.received,
        "acknowledged": standing.acknowledged,
        "pending": standing.pending,
        "conflicts": conflicts,
        "bytes_up": done.bytes_up,
        "bytes_down": done.bytes_down,
        "requests": done.requests,
    }

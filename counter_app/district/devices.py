"""Communes and their machines: who was invited, who entered, who may still speak."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Row, func, insert, or_, select, update

from counter_app.crypto.proof import headers_of, introduction
from counter_app.district import escrow, journal, leasing, posting
from counter_app.district.identity import Identity, one_at_a_time
from counter_app.district.ledger import CommuneLedger, shown
from counter_app.district.posting import Stands
from counter_app.district.tables import agencies, aliases, communes, devices
from counter_app.domain.codes import check_agency
from counter_app.domain.errors import AlreadyThere, BadInput, NotAllowed, NotFound, Refused
from counter_app.domain.names import clean_line
from counter_app.domain.postings import Posting
from counter_app.domain.training import is_training
from counter_app.sync.agreed import tips_of
from counter_app.sync.batch import Packer
from counter_app.sync.enrolment import Entry, OneTimeCode, Place, code_name
from counter_app.sync.taking import take
from counter_app.sync.trust import left_by, successors

CODE_LIVES_MS: Final = 7 * 24 * 3600 * 1000
NONCE: Final = 8  # bytes


@dataclass(frozen=True)
class Device:
    commune: int
    device: int
    name: str
    log: bytes | None
    public: bytes | None
    nonce: bytes | None
    counter: int
    agreed: bytes
    agreed_before: bytes
    revoked_ms: int | None


def add_commune(
    connection: Connection, code: str, name: str, since: str, draw: Callable[[int], bytes]
) -> int:
    """A commune's number, which it keeps for ever; raises BadInput, AlreadyThere("commune-there")."""
    code, name = check_agency(code), clean_line(name)
    if not name:
        raise BadInput("empty", field="name")
    if connection.execute(select(agencies).where(agencies.c.code == code)).first():
        raise AlreadyThere("commune-there", code=code)
    one_at_a_time(connection)
    number = 1 + (connection.execute(select(func.max(communes.c.commune))).scalar() or 0)
    connection.execute(insert(communes).values(commune=number, name=name, position=0))
    connection.execute(insert(agencies).values(commune=number, code=code, since=since))
    connection.execute(insert(aliases).values(commune=number, number=1, id=draw(16)))
    return int(number)


def commune_of(connection: Connection, code: str) -> int:
    """Raises NotFound("no-such-commune")."""
    found = connection.execute(
        select(agencies.c.commune).where(agencies.c.code == check_agency(code))
    ).scalar()
    if found is None:
        raise NotFound("no-such-commune", code=code)
    return int(found)


def invite(
    connection: Connection,
    commune: int,
    name: str,
    now_ms: int,
    replaces: int | None = None,
    posted: Posting | None = None,
    also: int | None = None,
) -> tuple[int, OneTimeCode]:
    """A place for a machine, and the code that takes it once, within seven days.

    Who takes it is handed the store key of the machine that it `replaces`, if that one left it here; it
    may be one more place of a machine that is `also` in another commune, with a store of its own for each.
    Raises BadInput, NotFound("no-such-machine" | "commune-gone").
    """
    name = clean_line(name)
    if not name:
        raise BadInput("empty", field="name")
    ledger = CommuneLedger(connection, commune)
    ledger.lock()
    journal.own_id(ledger)  # the communes may have been merged since its code was looked up
    if replaces is not None and _log_of(connection, commune, replaces) is None:
        raise NotFound("no-such-machine", device=replaces)
    machine = None if also is None else _row(connection, also).machine or also
    one_at_a_time(connection)
    device = 1 + (connection.execute(select(func.max(devices.c.device))).scalar() or 0)
    code = OneTimeCode.draw()
    connection.execute(
        insert(devices).values(
            commune=commune,
            device=device,
            name=name,
            code=code_name(code.key),
            code_key=code.key,
            code_until=now_ms + CODE_LIVES_MS,
            machine=machine,
            replaces=replaces,
            counter=0,
        )
    )
    posting.keep(connection, commune, int(device), posted or Posting(posting.day(now_ms)))
    return int(device), code


def enter(
    connection: Connection,
    who: Identity,
    packer: Packer,
    entry: Entry,
    now_ms: int,
    pins: tuple[bytes, ...] = (),
) -> bytes:
    """Binds the machine's log to the commune of its code; the answer. The same machine may ask again.

    Raises Refused("code-unknown" | "code-expired" | "code-used" | "request-forged" | "batch-…" | "run-…" |
    "log-of-another-commune" | "log-enrolled-elsewhere" | "training-stays").
    """
    row = connection.execute(select(devices).where(devices.c.code == entry.code)).first()
    if row is None or not entry.knows(bytes(row.code_key)):
        raise Refused("code-unknown")
    ledger = CommuneLedger(connection, row.commune)
    ledger.lock()
    row = connection.execute(select(devices).where(devices.c.code == entry.code)).one()
    if row.commune != ledger.commune:
        return enter(connection, who, packer, entry, now_ms, pins)  # the communes were merged meanwhile
    runs = packer.unpack(entry.batch)
    if len(runs) != 1:
        raise Refused("message-damaged")
    stranger = introduction(runs[0], headers_of(runs[0])[0])
    if not entry.by(stranger.public):
        raise Refused("request-forged")
    if is_training(stranger.commune):
        raise Refused("training-stays")
    if row.log not in (None, stranger.log):
        raise Refused("code-used")
    if row.revoked_ms is not None:
        raise Refused("device-revoked")
    if row.code_until < now_ms:
        raise Refused("code-expired")
    if row.log is None:
        _bind(connection, ledger, who, row, stranger.log, stranger.public, now_ms)
        taken = take(ledger, runs)
        if taken.refused:
            raise Refused(taken.refused[0][2])
        _alias(connection, row.commune, stranger.commune)
        said = {
            "commune": stranger.commune.hex(),
            "ed25519": stranger.public.hex(),
            "x25519": stranger.sealing.hex(),
            "machine": shown(stranger.machine),
            "device": row.device,
        }
        journal.append(ledger, who, now_ms, "enrolled", said)
        if posting.entered(ledger, who, row.device, stranger.log, now_ms) is Stands.WITHIN:
            leasing.lease(ledger, who, row.device, stranger.log, now_ms)
        if row.replaces is not None and (old := _log_of(connection, row.commune, row.replaces)):
            escrow.release(ledger, who, _logs_of(ledger, old), stranger.log, stranger.sealing, now_ms)
        journal.settle_trust(ledger)
        if ledger.limited(stranger.log):
            # A later log of a machine that was revoked: all that it said is named already.
            raise Refused("log-enrolled-elsewhere")
        ledger.finish()
    nonce = os.urandom(NONCE)
    _change(connection, row.commune, row.device, nonce=nonce)
    place = Place(
        who.signing.public,
        who.sealing.public,
        who.epoch,
        nonce,
        now_ms,
        row.commune,
        row.device,
        who.name,
        pins,
    )
    return place.to_bytes(bytes(row.code_key), entry.proof)


def _bind(
    connection: Connection,
    ledger: CommuneLedger,
    who: Identity,
    row: Row[Any],
    log: bytes,
    public: bytes,
    now_ms: int,
) -> None:
    if connection.execute(select(devices.c.device).where(devices.c.log == log)).first():
        raise Refused("log-enrolled-elsewhere")
    _change(connection, row.commune, row.device, log=log, public=public, enrolled_ms=now_ms)


def _log_of(connection: Connection, commune: int, device: int) -> bytes | None:
    at = (devices.c.commune == commune, devices.c.device == device)
    log = connection.execute(select(devices.c.log).where(*at)).scalar()
    return None if log is None else bytes(log)


def _alias(connection: Connection, commune: int, id_: bytes) -> None:
    home = connection.execute(select(aliases.c.commune).where(aliases.c.id == id_)).scalar()
    if home not in (None, commune):
        raise Refused("log-of-another-commune")
    if home is None:
        top = select(func.max(aliases.c.number)).where(aliases.c.commune == commune)
        number = 1 + (connection.execute(top).scalar() or 0)
        connection.execute(insert(aliases).values(commune=commune, number=number, id=id_))


def find(connection: Connection, log: bytes, *, alone: bool = False) -> Device | None:
    """`alone`: whoever else wants this machine alone waits until the transaction ends."""
    wanted = select(devices).where(devices.c.log == log)
    row = connection.execute(wanted.with_for_update() if alone else wanted).first()
    if row is None:
        return None
    return Device(
        row.commune,
        row.device,
        row.name,
        row.log,
        row.public,
        row.nonce,
        row.counter,
        bytes(row.agreed or b"\0"),
        bytes(row.agreed_before or b"\0"),
        row.revoked_ms,
    )


def revoke(connection: Connection, who: Identity, number: int, reason: str, now_ms: int) -> None:
    """What the machine writes from now on, in any of its places, is kept and set aside until it is admitted.

    Raises NotFound("no-such-machine"), AlreadyThere("revoked-already").
    """
    standing = [one for one in places_of(connection, number) if one.revoked_ms is None]
    if not standing:
        raise AlreadyThere("revoked-already", device=number)
    for one in standing:
        row, ledger = locked(connection, one.device)
        end(ledger, who, row.device, row.log, reason, now_ms)


def end(
    ledger: CommuneLedger, who: Identity, device: int, log: bytes | None, reason: str, now_ms: int
) -> None:
    """Revokes one place of a machine, under its commune's lock."""
    _change(ledger.connection, ledger.commune, device, revoked_ms=now_ms, code=None, code_key=None)
    if log is not None:
        _rule(ledger, who, "revoked", bytes(log), reason, now_ms)


def admit(connection: Connection, who: Identity, number: int, reason: str, now_ms: int) -> None:
    """Takes in all that a revoked machine has delivered so far.

    Raises NotFound("no-such-machine"), NotAllowed("not-revoked").
    """
    row, ledger = locked(connection, number)
    if row.revoked_ms is None or row.log is None:
        raise NotAllowed("not-revoked", device=number)
    _rule(ledger, who, "admitted", bytes(row.log), reason, now_ms)


def places_of(connection: Connection, number: int) -> Sequence[Row[Any]]:
    """All places of that machine, in the order of their communes; raises NotFound("no-such-machine")."""
    machine = _row(connection, number).machine or number
    same = or_(devices.c.device == machine, devices.c.machine == machine)
    return connection.execute(select(devices).where(same).order_by(devices.c.commune, devices.c.device)).all()


def _row(connection: Connection, number: int) -> Row[Any]:
    row = connection.execute(select(devices).where(devices.c.device == number)).first()
    if row is None:
        raise NotFound("no-such-machine", device=number)
    return row


def locked(connection: Connection, number: int) -> tuple[Row[Any], CommuneLedger]:
    """The machine's place as it stands under its commune's lock; raises NotFound("no-such-machine")."""
    while True:
        row = _row(connection, number)
        ledger = CommuneLedger(connection, row.commune)
        ledger.lock()
        if (row := _row(connection, number)).commune == ledger.commune:
            return row, ledger


def _rule(ledger: CommuneLedger, who: Identity, kind: str, log: bytes, reason: str, now_ms: int) -> None:
    """Names the last events that count: the furthest that are here of the log and of those that follow it."""
    machine = _logs_of(ledger, log)
    for tip in sorted(tip for tip in tips_of(ledger) if tip.log in machine):
        said = {"log": tip.log.hex(), "seq": tip.seq, "hash": tip.hash.hex()}
        journal.append(ledger, who, now_ms, kind, {**said, **({"reason": reason} if reason else {})})
    journal.settle_trust(ledger)
    ledger.finish()


def _logs_of(ledger: CommuneLedger, log: bytes) -> set[bytes]:
    """Those that a machine wrote under one place: a log with which it was enrolled anew is of another."""
    entered = select(devices.c.log).where(devices.c.commune == ledger.commune, devices.c.log.is_not(None))
    places = {bytes(name) for name in ledger.connection.execute(entered).scalars()} - {log}
    rows = [row for row in ledger.map.logs.values() if row.log not in places]
    return successors(log, {row.log: left_by(journal.opening(ledger, row)) for row in rows})


def lines(connection: Connection) -> Iterator[dict[str, Any]]:
    """What `device list` prints: times in ms since 1970, null where it never was."""
    rows = connection.execute(
        select(devices, agencies.c.code.label("agency"), communes.c.name.label("commune_name"))
        .join(communes, communes.c.commune == devices.c.commune)
        .join(agencies, agencies.c.commune == devices.c.commune)
        .where(agencies.c.until.is_(None))
        .order_by(devices.c.device)
    )
    posted = posting.all_of(connection)
    for row in rows:
        yield {
            "device": row.device,
            "commune": row.agency,
            "name": row.name,
            "enrolled": row.enrolled_ms,
            "revoked": row.revoked_ms,
            "replaces": row.replaces,
            "machine": row.machine or row.device,
            "posted": posted.get(row.device, []),
            "wiped": row.wiped_ms,
            "last_sync": row.seen_ms,
            "clock_behind": row.behind_ms,
            "waiting": row.waiting,
        }


def spoke(connection: Connection, device: Device, **values: Any) -> None:
    """Keeps what an exchange has left of the device."""
    _change(connection, device.commune, device.device, **values)


def _change(connection: Connection, commune: int, device: int, **values: Any) -> None:
    connection.execute(
        update(devices).where(devices.c.commune == commune, devices.c.device == device).values(**values)
    )

"""Stores of one commune meet and tell each other what they know: pairing, and bundles that people carry."""

from __future__ import annotations

import hashlib
import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from counter_app.crypto.sealing import MAGIC, SealingKey
from counter_app.crypto.signing import PAIR, Signer, verify
from counter_app.crypto.spoken import six_words
from counter_app.domain import canonical
from counter_app.domain.errors import BadInput, CannotRead, NotAllowed, Refused
from counter_app.domain.events import log_name
from counter_app.domain.rights import Right
from counter_app.domain.training import is_training
from counter_app.domain.vectors import EMPTY, Vector
from counter_app.services import issued
from counter_app.services.blobs import drop_erased
from counter_app.services.office import Office, Session, commune_in, to_ms
from counter_app.store import ingest, keeping, log, own
from counter_app.store.ledger import Shelf
from counter_app.store.trust import settle_trust
from counter_app.store.writer import Writer
from counter_app.sync import bundle, giving
from counter_app.system import files

_PEER: Final = "peer/"  # own: + log hex -> the vector that the peer last told
_OFFER, _REPLY = "pair-offer", "pair-reply"
_LARGEST_CARD: Final = 64 * 1024  # bytes of an offer or reply


@dataclass(frozen=True)
class _Introduction:
    """Who a store is: what the other will write into its `paired` event."""

    commune: str
    ed25519: str
    x25519: str
    machine: str

    def fields(self) -> dict[str, str]:
        return {
            "commune": self.commune,
            "ed25519": self.ed25519,
            "x25519": self.x25519,
            "machine": self.machine,
        }


def offer(office: Office, target: Path) -> str:
    """The new store's introduction, for the store that it joins; the words that name it."""
    with office.reading() as (connection, where):
        card = _sign(_OFFER, _introduce(connection, where), connection)
    files.write_atomically(target, card)
    return six_words(hashlib.sha256(card).digest())


def accept(office: Office, session: Session, source: Path, reply: Path) -> str:
    """Lets the offering store in, and writes the reply that lets it let us in.

    The six words, printed at both ends, prove that nobody put himself between. Raises
    Refused("not-an-offer" | "pair-forged" | "pair-with-itself"), and those of training as `bring_in` does.
    """
    officer = session.require(Right.PAIR)
    card = _read_card(source)
    theirs, _ = _open_card(card, _OFFER)
    with office.writing() as (pen, _now):
        _let_in(pen, theirs, officer)
        extra = {"offer": hashlib.sha256(card).hexdigest()}
        answer = _sign(_REPLY, _introduce(pen.connection, pen.map), pen.connection, extra)
    files.write_atomically(reply, answer)
    return _words(card, answer)


def finish(office: Office, session: Session, reply: Path) -> str:
    """Lets in the store that accepted our offer; the same six words.

    Raises Refused("not-a-reply" | "reply-to-another" | "pair-forged").
    """
    officer = session.require(Right.PAIR)
    answer = _read_card(reply)
    theirs, extra = _open_card(answer, _REPLY)
    with office.writing() as (pen, _now):
        mine = _sign(_OFFER, _introduce(pen.connection, pen.map), pen.connection)
        if extra.get("offer") != hashlib.sha256(mine).hexdigest():
            raise Refused("reply-to-another")
        _let_in(pen, theirs, officer)
    return _words(mine, answer)


def _introduce(connection: Any, where: log.Map) -> _Introduction:
    row = where.log_of(own.keys(connection).branch)
    return _Introduction(row.commune.hex(), row.public.hex(), row.sealing.hex(), row.machine)


def _sign(kind: str, who: _Introduction, connection: Any, extra: dict[str, str] | None = None) -> bytes:
    # Ed25519 is deterministic, so the same offer can be made again when the reply comes.
    said = {"kind": kind, "version": 1, **who.fields(), **(extra or {})}
    signature = Signer(own.keys(connection).signing).sign(PAIR, canonical.encode(said))
    return canonical.encode({**said, "signature": signature.hex()})


def _read_card(path: Path) -> bytes:
    data = files.read_bytes(path)
    if len(data) > _LARGEST_CARD:
        raise Refused("not-an-offer", path=path)
    return data


def _open_card(data: bytes, kind: str) -> tuple[_Introduction, dict[str, Any]]:
    wrong = "not-an-offer" if kind == _OFFER else "not-a-reply"
    try:
        said = canonical.decode(data)
        signature = bytes.fromhex(said.pop("signature"))
        who = _Introduction(said["commune"], said["ed25519"], said["x25519"], said["machine"])
        public = bytes.fromhex(who.ed25519)
        sizes = (len(bytes.fromhex(who.commune)), len(public), len(bytes.fromhex(who.x25519)))
    except (BadInput, KeyError, TypeError, ValueError, json.JSONDecodeError) as error:
        raise Refused(wrong) from error
    if said.get("kind") != kind or sizes != (16, 32, 32):
        raise Refused(wrong)
    if not verify(public, PAIR, canonical.encode(said), signature):
        raise Refused("pair-forged")
    return who, said


def _let_in(pen: Writer, theirs: _Introduction, officer: str) -> None:
    if log_name(bytes.fromhex(theirs.ed25519)) == pen.log:
        raise Refused("pair-with-itself")
    _refuse_other_sort(pen.commune, bytes.fromhex(theirs.commune))
    if bytes.fromhex(theirs.ed25519) not in commune_in(pen.connection, pen.map).paired:
        pen.append("paired", pen.commune, theirs.fields(), officer)
    settle_trust(pen)


def _refuse_other_sort(ours: bytes, theirs: bytes) -> None:
    """Practice never comes into a real store, nor real dossiers into practice."""
    if is_training(theirs) and not is_training(ours):
        raise Refused("training-into-real")
    if is_training(ours) and not is_training(theirs):
        raise Refused("real-into-training")


def _words(offer_card: bytes, reply_card: bytes) -> str:
    return six_words(hashlib.sha256(offer_card + reply_card).digest())


def export(office: Office, session: Session, target: Path, to: str = "") -> dict[str, Any]:
    """A bundle of all that the paired stores (or the one named `to`) lack, as far as they have told.

    Raises NotAllowed("nobody-paired"), BadInput("no-such-device"), and what `files.refuse_other` does.
    """
    session.require(Right.CARRY)
    files.refuse_other(target, MAGIC)
    now = office.now()
    with office.reading() as (connection, where):
        peers = _recipients(connection, where, to)
        shelf = Shelf(connection, where)
        mine = giving.vector(shelf)
        theirs = _least([_told(connection, peer) for peer in peers])
        keys = own.keys(connection)
        whole = io.BytesIO()
        events = bundle.write(
            whole,
            giving.runs_for(shelf, theirs),
            signer=Signer(keys.signing),
            recipients=[sealing for _, sealing in peers],
            commune=where.log_of(keys.branch).commune,
            log=where.log_of(keys.branch).log,
            made_ms=to_ms(now),
            vector=mine,
        )
    files.write_atomically(target, whole.getvalue())
    return {"sent": events, "recipients": len(peers), "bytes_up": len(whole.getvalue())}


def peers(office: Office) -> tuple[str, ...]:
    """The machines that a bundle can be made for, by name."""
    with office.reading() as (connection, where):
        return tuple(sorted(machine for machine, _ in _peers(connection, where).values()))


def _recipients(connection: Any, where: log.Map, to: str) -> list[tuple[bytes, bytes]]:
    """(log, sealing key) of the peers, or of the one named `to`."""
    others = _peers(connection, where)
    if not others:
        raise NotAllowed("nobody-paired")
    if to:
        others = {n: p for n, p in others.items() if to in (p[0], n.hex())}
        if not others:
            raise BadInput("no-such-device", field="to", value=to)
    return [(name, sealing) for name, (_, sealing) in sorted(others.items())]


def _peers(connection: Any, where: log.Map) -> dict[bytes, tuple[str, bytes]]:
    """Machine and sealing key of the trusted stores; those that were only introduced have no log here yet."""
    known = commune_in(connection, where)
    ours = where.log_of(own.keys(connection).branch)
    writing, practice = ours.log, is_training(ours.commune)
    mine = {row.log for row in where.logs.values() if row.trust == log.OWN}
    peers: dict[bytes, tuple[str, bytes]] = {
        row.log: (row.machine, row.sealing)
        for row in where.logs.values()
        if row.trust == log.TRUSTED and is_training(row.commune) is practice
    }
    for event in known.arranged.events:
        if event.header.kind == "paired" and event.payload is not None:
            if is_training(bytes.fromhex(event.payload["commune"])) is not practice:
                continue
            name = log_name(bytes.fromhex(event.payload["ed25519"]))
            peers.setdefault(name, (event.payload["machine"], bytes.fromhex(event.payload["x25519"])))
            if event.header.log == writing:
                # A restored copy may meet the store that it was copied from, which goes on under that log.
                mine.discard(name)
    return {name: peer for name, peer in peers.items() if name not in mine | {writing}}


def _told(connection: Any, peer: tuple[bytes, bytes]) -> Vector:
    raw = own.get(connection, _PEER + peer[0].hex())
    if raw is None:
        return EMPTY
    rows = json.loads(raw)
    return Vector(
        {
            bytes.fromhex(name): {int(s): frozenset(map(bytes.fromhex, h)) for s, h in places.items()}
            for name, places in rows.items()
        }
    )


def _keep_told(connection: Any, name: bytes, vector: Vector) -> None:
    rows = {
        log_.hex(): {str(s): sorted(h.hex() for h in hashes) for s, hashes in places.items()}
        for log_, places in vector.samples.items()
    }
    own.put(connection, _PEER + name.hex(), json.dumps(rows).encode())


def _least(vectors: list[Vector]) -> Vector:
    """What all of them know: a bundle for several must bring each what it lacks."""
    common = dict(vectors[0].samples)
    for vector in vectors[1:]:
        common = {
            name: {seq: hashes & vector.samples[name].get(seq, frozenset()) for seq, hashes in places.items()}
            for name, places in common.items()
            if name in vector.samples
        }
    return Vector(common)


def bring_in(office: Office, session: Session, source: Path) -> dict[str, Any]:
    """Takes a bundle in, in one transaction: all that it proves, each event once.

    Raises Refused("bundle-…") for one that is damaged, for others, or from a stranger, and
    Refused("training-into-real" | "real-into-training").
    """
    session.require(Right.CARRY)
    try:
        file = source.open("rb")
    except OSError as error:
        raise CannotRead("file-missing", path=source) from error
    with file, office.writing(guard_clock=False) as (pen, _now):
        label, runs = bundle.read(file, SealingKey(own.keys(pen.connection).sealing))
        _refuse_other_sort(pen.commune, label.commune)
        taken = ingest.ingest(pen, runs)
        issued.put_on(pen)
        # Only now: the sender may be the successor that a trusted log endorses in this very bundle.
        _refuse_strangers(pen, label)
        _keep_told(pen.connection, label.log, label.vector)
        size = source.stat().st_size
    if pen.erased:
        drop_erased(office)
    return {
        "received": taken.new,
        "known": taken.known,
        "forks": taken.forks,
        "refused": [{"log": name, "why": why} for name, _, why in taken.refused],
        "conflicts": keeping.conflict_count(office.database),
        "bytes_down": size,
    }


def _refuse_strangers(pen: Writer, label: bundle.Label) -> None:
    trusted = {row.public for row in pen.map.logs.values() if row.trust != log.ASIDE}
    if label.sender not in trusted | commune_in(pen.connection, pen.map).paired:
        raise Refused("bundle-from-stranger")
    if log_name(label.sender) != label.log:
        raise Refused("bundle-damaged")

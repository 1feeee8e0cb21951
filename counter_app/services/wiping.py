"""Destroys a store on two officers' word, once all that it holds is in safe hands."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from counter_app.crypto.signing import SIGNATURE_BYTES, Signer
from counter_app.domain.commune import Officer, Role
from counter_app.domain.errors import (
    BadInput,
    NotAllowed,
    NotPermitted,
    Refused,
    Unreachable,
)
from counter_app.domain.rights import Right
from counter_app.services import destroying, syncing, unkept
from counter_app.services.carrying import carry
from counter_app.services.enrolled import (
    AGREED,
    COUNTER,
    NONCE,
    SPEAKER,
    District,
    district,
    tips_in,
)
from counter_app.services.filing import tally
from counter_app.services.office import Office, Session, to_ms
from counter_app.services.opening import Vault, refuse_inside
from counter_app.services.safety import counts, standing
from counter_app.services.sealing_up import Sealed, seal
from counter_app.services.syncing import Road, Synced
from counter_app.store import own
from counter_app.store.keeping import Told
from counter_app.sync.agreed import Agreed
from counter_app.sync.message import TAKEN, Facts, Request, read_answer
from counter_app.system import files

_LOG: Final = 8  # bytes
_LastWord = tuple[Signer, Request, Agreed]


@dataclass(frozen=True)
class Wiped:
    """`delivered` to the district, else sealed for it in a file; `confirmed`: it knows that it is done."""

    delivered: bool
    sealed: str
    confirmed: bool
    files: int = 0
    """Scanned files that are sealed in it."""


@dataclass(frozen=True)
class Outlook:
    """What a wipe would take; `officers` have a PIN, and two of them decide."""

    district: str
    dossiers: int
    waiting: int
    """Dossiers that the district does not hold whole."""
    unsent: bool
    """Whether anything waits, of dossiers or of the commune."""
    officers: tuple[Officer, ...]
    files: int = 0
    """Scanned files that the district does not hold."""


def outlook(office: Office) -> Outlook | None:
    """None where the machine is enrolled with no district."""
    known, now = district(office), standing(office)
    if known is None or now is None:
        return None
    officers = office.commune().officers.values()
    able = tuple(one for one in officers if one.active and one.pin and one.role is not Role.READER)
    files = tally(office).files
    return Outlook(known.name, now.dossiers, now.waiting, now.oldest is not None or files > 0, able, files)


def wipe(
    office: Office,
    first: Session,
    second: Session,
    typed: str,
    reason: str,
    vault: Vault,
    make_road: Callable[[District], Road],
    sealed: Path | None = None,
    progress: Callable[[Synced], object] = lambda so_far: None,
    told: Told = lambda part: None,
) -> Wiped:
    """Delivers what the district lacks, or seals it to the district in the file `sealed`, scanned files and
    all; then destroys the keys and the database, and tells the district so. `typed` is the agency's code,
    which confirms the wipe; `told` is told how far the sealing is.

    Raises NotPermitted("two-needed"), NotAllowed("wipe-not-enrolled"), BadInput("wipe-not-confirmed" |
    "empty"), Refused("wipe-pages-wait") for scanned pages that are on no paper yet, what `seal` raises; and
    Unreachable or Refused where nothing could be delivered and no file was named: then the store stands as it
    stood.
    """
    officers = [first.require(Right.KEEP_STORE), second.require()]
    pinned = [one.officer is not None and one.officer.pin for one in (first, second)]
    if officers[0] == officers[1] or not all(pinned):
        raise NotPermitted("two-needed")
    if not reason.strip():
        raise BadInput("empty", field="reason")
    known = district(office)
    if known is None:
        raise NotAllowed("wipe-not-enrolled")
    if typed.strip().upper() != office.commune().agency:
        raise BadInput("wipe-not-confirmed", value=typed)
    for code, n in unkept.waiting(office).items():
        raise Refused("wipe-pages-wait", code=code, n=n)
    if sealed is not None:
        refuse_inside(office.places, [sealed])
    _tell(office, officers, reason.strip())
    delivered, made = True, Sealed()
    try:
        _deliver(office, make_road(known), progress)
    except (Unreachable, Refused):
        if sealed is None:
            raise
        delivered = False
    places, now = office.places, office.now()
    with office.database.writing():  # nothing is written between the last look and the end
        if not delivered and sealed is not None:
            made = seal(office, known, sealed, told)
        elif counts(office).pending or tally(office).files:
            raise Refused("wipe-not-delivered")
        last_word = _last_word(office)
        said = {
            "officers": list(officers),
            "delivered": delivered,
            "sealed": made.digest,
            "files": made.files,
        }
        # From here on nothing goes back: whoever opens the folder next ends what was begun.
        files.write_atomically(places.wiping, json.dumps({**said, "at": now.isoformat()}).encode())
        office.close()
    destroying.finish(places, vault)
    confirmed = delivered and _confirm(known, make_road, last_word)
    return Wiped(delivered, made.digest, confirmed, made.files)


def _tell(office: Office, officers: Sequence[str], reason: str) -> None:
    """The log's last event, unless an earlier try has written it."""
    with office.writing(guard_clock=False) as (pen, _now):
        last = [e.header for e in pen.events_of(pen.commune) if e.header.kind == "wiped"]
        if not any((head.log, head.seq) == (pen.log, pen.seq) for head in last):
            pen.append("wiped", pen.commune, {"officers": list(officers), "reason": reason}, officers[0])


def _deliver(office: Office, road: Road, progress: Callable[[Synced], object]) -> None:
    carried = carry(office, road, lambda: progress, rationed=False)
    if carried.events.refused or counts(office).pending or tally(office).files:
        raise Refused("wipe-not-delivered")


def _last_word(office: Office) -> _LastWord:
    """What tells the district that it is done, made while there is still a key to sign it with."""
    with office.reading() as (connection, _):
        speaker = own.get(connection, SPEAKER) or b""
        agreed = tips_in(connection, AGREED)
        request = Request(
            log=speaker[:_LOG],
            nonce=own.get(connection, NONCE) or bytes(_LOG),
            counter=int(own.get_text(connection, COUNTER, "0")) + 1,
            time_ms=to_ms(office.now()),
            agreed=agreed.name,
            facts=Facts(wiped=1),
        )
    return Signer(speaker[_LOG:]), request, agreed


def _confirm(known: District, make_road: Callable[[District], Road], last: _LastWord) -> bool:
    signer, request, agreed = last
    body = request.to_bytes(signer, known.ed25519)
    try:
        told = read_answer(make_road(known).post(syncing.EXCHANGE, body))
    except (Refused, Unreachable):
        return False
    answer = told.answer
    moved = answer.verdict == TAKEN and not answer.agreed
    return moved and told.by(known.ed25519, body[-SIGNATURE_BYTES:], agreed.digest)

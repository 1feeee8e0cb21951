"""One message about a file to the district, and its answer; what is known of the files that wait."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any, Final, NamedTuple

from counter_app.crypto.signing import SIGNATURE_BYTES, Signer
from counter_app.domain import sync_hours
from counter_app.domain.allowance import MEGABYTE, Allowance, Spent
from counter_app.domain.errors import Refused, Unreachable
from counter_app.services.enrolled import ACK, NONCE, SPEAKER, District
from counter_app.services.office import Office
from counter_app.services.syncing import Road
from counter_app.store import blobs, own
from counter_app.store.blobs import Tally
from counter_app.sync.file_message import AGAIN, REFUSED, FileAnswer, FileRequest, read_file_answer

FILE: Final = "/sync/v1/file"
_EPOCH: Final = "files/epoch"  # own: of the district, when it said what it holds of the files
_SPENT: Final = "files/spent"  # own: the day, and the bytes of files that went on it
_LOG: Final = 8
_TRIES: Final = 3  # another program of this machine may take a nonce in between
_OF_FILES: Final = "file-"
"""How the reasons begin for which one file is not taken or given; others concern all that travels."""

Make = Callable[[bytes, bytes], FileRequest]
"""A request of this log under this nonce."""


class Line:
    """Speaks to the district about files; counts bodies in bytes."""

    def __init__(self, office: Office, road: Road, known: District) -> None:
        self._office, self._road, self._known = office, road, known
        self.up = self.down = self.requests = 0

    def ask(self, make: Make) -> FileAnswer:
        """The answer, of which the nonce is kept; REFUSED only with a reason of that one file.

        Raises Refused, Unreachable.
        """
        for _ in range(_TRIES):
            with self._office.reading() as (connection, _where):
                speaker = own.get(connection, SPEAKER) or b""
                nonce = own.get(connection, NONCE) or bytes(_LOG)
            body = make(speaker[:_LOG], nonce).to_bytes(Signer(speaker[_LOG:]), self._known.ed25519)
            data = self._road.post(FILE, body)
            self.requests += 1
            self.up, self.down = self.up + len(body), self.down + len(data)
            answer = read_file_answer(data, self._known.ed25519, body[-SIGNATURE_BYTES:])
            if any(answer.nonce):
                with self._office.writing(guard_clock=False) as (pen, _now):
                    own.put(pen.connection, NONCE, answer.nonce)
            if answer.verdict == REFUSED and not answer.why.startswith(_OF_FILES):
                raise Refused(answer.why)
            if answer.verdict != AGAIN:
                return answer
        raise Unreachable("district-silent")


def allowance(office: Office) -> Allowance:
    """As the settings say it."""
    settings = office.settings
    return Allowance(sync_hours.read(settings.sync_hours), settings.file_mb_a_day * MEGABYTE)


def spent_in(connection: Any) -> Spent:
    day, _, size = own.get_text(connection, _SPENT).partition(" ")
    return Spent(date.fromisoformat(day), int(size)) if size else Spent(date.min)


def spend(connection: Any, spent: Spent) -> None:
    own.put_text(connection, _SPENT, f"{spent.day.isoformat()} {spent.bytes}")


def settle_epoch(office: Office) -> bytes:
    """The district's epoch; where it is another than the files were acknowledged in, they are doubted."""
    with office.reading() as (connection, _):
        told = own.get_text(connection, ACK)
        epoch = bytes.fromhex(json.loads(told)["epoch"]) if told else b""
        before = own.get(connection, _EPOCH)
    if before != epoch:
        with office.writing(guard_clock=False) as (pen, _now):
            own.put(pen.connection, _EPOCH, epoch)
            blobs.doubt_all(pen.connection)
    return epoch


def tally(office: Office) -> Tally:
    """The files that wait for the district."""
    with office.reading() as (connection, _):
        return blobs.tally(connection)


class Fault(NamedTuple):
    """Why the district has not taken the file of a dossier; `size` in bytes."""

    code: str
    digest: bytes
    size: int
    why: str


def faults(office: Office) -> list[Fault]:
    """Of all files that were not taken, by their dossiers' codes."""
    with office.reading() as (connection, _):
        return [Fault(*one) for one in blobs.faults(connection)]


def to_line(sent: int, waits: Tally) -> dict[str, int]:
    """What `sync` prints of files: whole ones that went, those that wait, with their bytes and faults."""
    return {"sent": sent, "waiting": waits.files, "bytes": waits.bytes, "faults": waits.faults}


def under(request: FileRequest) -> Make:
    """The same request of whichever log and nonce."""
    return lambda log, nonce: replace(request, log=log, nonce=nonce)

"""Whether a run is what its log's author wrote: headers in order, the chain, the signature at its end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from counter_app.crypto.signing import HEAD, verify
from counter_app.domain import canonical
from counter_app.domain.errors import BadInput, Refused
from counter_app.domain.events import SALT, Absent, Header, chain, head_data, log_name
from counter_app.domain.runs import Packed, Run

LONGEST_RUN: Final = 16 * 1024  # bytes of headers and payloads: what a carrier must be able to cut
_PROOF: Final = 32  # bytes of p and of k


class Proven(NamedTuple):
    """An event that its author signed for.

    `mark` is the payload's proof in the chain; `salt` the one that gave it, None where a key of its own or
    nothing did; `absent` why there is no payload that counts.
    """

    header: Header
    hash: bytes
    packed: Packed
    mark: bytes
    salt: bytes | None
    absent: Absent

    @property
    def named(self) -> tuple[bytes, int, bytes]:
        """Its log, its seq there, its hash."""
        return self.header.log, self.header.seq, self.hash


@dataclass(frozen=True)
class Introduction:
    """What the first event of a log says of its writer."""

    log: bytes
    public: bytes
    sealing: bytes
    commune: bytes
    machine: str


def headers_of(run: Run) -> list[Header]:
    """The headers, read; raises Refused("run-unreadable" | "run-too-long")."""
    try:
        headers = list(run.headers) or [Header.from_bytes(packed.header) for packed in run.events]
    except BadInput as error:
        raise Refused("run-unreadable") from error
    seqs = range(run.first, run.first + len(headers))
    if {head.log for head in headers} != {run.log} or [head.seq for head in headers] != list(seqs):
        raise Refused("run-unreadable")
    # HMAC takes keys of any length, and pads them: only one length makes one form of each.
    proofs = {len(part) for one in run.events for part in (one.key, one.proof) if part is not None}
    if not proofs <= {_PROOF} or not set(map(len, run.salts.values())) <= {SALT}:
        raise Refused("run-unreadable")
    if sum(len(packed.header) + len(packed.payload or b"") for packed in run.events) > LONGEST_RUN:
        raise Refused("run-too-long")
    return headers


def introduction(run: Run, first: Header) -> Introduction:
    """Who writes a log that was never met. Its name is the hash of the key that its event 1 states.

    Raises Refused("log-unknown") where the run does not begin with that event.
    """
    payload = run.events[0].payload
    if run.first != 1 or first.kind != "log_opened" or payload is None:
        raise Refused("log-unknown")
    try:
        told = canonical.decode(payload)
        public, sealing, commune = (
            _hex(told[name], size) for name, size in (("ed25519", 32), ("x25519", 32), ("commune", 16))
        )
        machine = told["machine"]
    except (BadInput, KeyError, TypeError, ValueError) as error:
        raise Refused("log-unknown") from error
    if log_name(public) != run.log or commune != first.dossier or not isinstance(machine, str):
        raise Refused("log-unknown")
    return Introduction(run.log, public, sealing, commune, machine)


def prove(
    run: Run, headers: list[Header], public: bytes, befores: Iterable[bytes]
) -> tuple[bytes, list[Proven]]:
    """The head of `befores` that the run continues, and its events.

    Raises Refused("run-incomplete") where a payload has no proof, Refused("run-not-proven") where the
    signature fits none of the chains.
    """
    absences = _absences(run.events)
    for before in befores:
        proven, head = [], before
        for packed, header, absent in zip(run.events, headers, absences, strict=True):
            salt = run.salts.get(header.dossier)
            mark = packed.proved(salt, header.seq)
            if mark is None:
                raise Refused("run-incomplete")
            head = chain(head, packed.header, mark)
            by_salt = packed.payload is not None and packed.key is None
            proven.append(Proven(header, head, packed, mark, salt if by_salt else None, absent))
        if verify(public, HEAD, head_data(run.log, run.last, head), run.signature):
            return before, proven
    raise Refused("run-not-proven")


def _hex(text: str, size: int) -> bytes:
    data = bytes.fromhex(text)
    if len(data) != size or data.hex() != text:
        raise ValueError(text)
    return data


def _absences(events: Sequence[Packed]) -> list[Absent]:
    """Why each has no payload that counts."""
    readable = iter(canonical.readable([one.payload for one in events if one.payload is not None]))
    how = Absent.UNREADABLE, Absent.NO  # a look at a member of an enumeration costs a call
    return [
        how[next(readable)]
        if one.payload is not None
        else (Absent.ERASED if one.absent == Absent.ERASED else Absent.NOT_CARRIED)
        for one in events
    ]

"""What this machine keeps of its district: who it is, and what both were last known to hold."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Final

from counter_app.services.office import Office
from counter_app.store import own
from counter_app.sync.agreed import NOTHING, Agreed

DISTRICT: Final = "district"  # own: JSON of what enrolment gave
SPEAKER: Final = own.SPEAKER
NONCE: Final = "sync/nonce"
COUNTER: Final = "sync/counter"
WORD: Final = "sync/word"  # own: the counter of the request that the district's last word was about
ACK: Final = "sync/ack"  # own: JSON of the last answer
PROOF: Final = "sync/proof"  # own: what proves the last acknowledgement to the district itself
AGREED: Final = "sync/agreed"  # what both know to hold
THEIRS: Final = "sync/theirs"  # what the server told that it holds
BROKE: Final = "sync/broke"  # own: whether the last exchange did
READS: Final = "sync/reads"  # own: the newest format of batches that the server told to read
ROOM: Final = "sync/room"  # bytes of a batch, where the link broke under larger ones


@dataclass(frozen=True)
class District:
    """The district that this machine is enrolled with, as its first answer proved it."""

    url: str
    name: str
    ed25519: bytes
    x25519: bytes
    epoch: bytes
    commune: int
    device: int
    pins: tuple[bytes, ...] = ()
    """The keys of its TLS; none where the system's authorities vouch for its name."""

    def to_json(self) -> str:
        keys = {name: getattr(self, name).hex() for name in ("ed25519", "x25519", "epoch")}
        told = {"url": self.url, "name": self.name, "commune": self.commune, "device": self.device}
        told |= {"pins": [pin.hex() for pin in self.pins]}
        return json.dumps({**told, **keys})

    @classmethod
    def from_json(cls, text: str) -> District:
        told = json.loads(text)
        ed25519, x25519, epoch = (bytes.fromhex(told[name]) for name in ("ed25519", "x25519", "epoch"))
        pins = tuple(bytes.fromhex(pin) for pin in told.get("pins", ()))
        return cls(told["url"], told["name"], ed25519, x25519, epoch, told["commune"], told["device"], pins)


def district(office: Office) -> District | None:
    with office.reading() as (connection, _):
        return district_in(connection)


def district_in(connection: Any) -> District | None:
    told = own.get_text(connection, DISTRICT)
    return District.from_json(told) if told else None


def tips_in(connection: Any, name: str) -> Agreed:
    kept = own.get(connection, name)
    return Agreed.from_bytes(kept) if kept else NOTHING

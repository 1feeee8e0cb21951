"""Stores to act on: a commune's counter in a folder, with a passphrase and a clock that the test turns."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from counter_app.domain.zone import VIETNAM
from counter_app.services import entry, opening, reception, rules
from counter_app.services.office import Office, Session
from counter_app.services.opening import NewStore, Openers
from counter_app.services.reception import Received
from counter_app.system.paths import Places
from tests import schema
from tests.vaults import NoVault, OpenVault

PASSPHRASE = "mật khẩu dài"
MORNING = datetime(2026, 11, 20, 8, 15, tzinfo=VIETNAM)


OPENERS = Openers(NoVault(), lambda: PASSPHRASE)
BY_KEYRING = Openers(OpenVault())


@dataclass
class Wall:
    """The wall clock: every look at it is a second later."""

    now: datetime = MORNING
    step: timedelta = timedelta(seconds=1)

    def __call__(self) -> datetime:
        self.now += self.step
        return self.now


@dataclass
class Counter:
    """One machine of the commune."""

    folder: Path
    wall: Wall = field(default_factory=Wall)
    device: str = "QUẦY 1"
    openers: Openers = BY_KEYRING

    def make(self) -> Counter:
        sheet = None if self.openers is OPENERS else lambda words: None
        passphrase = PASSPHRASE if self.openers is OPENERS else ""
        order = NewStore(
            "H55.242", "UBND xã Ea Mlung", device=self.device, passphrase=passphrase, sheet=sheet
        )
        with schema.remembered():
            opening.create(self.places, order, self.openers, self.wall).close()
        return self

    @property
    def places(self) -> Places:
        return Places(self.folder)

    def open(self) -> Office:
        return opening.open_store(self.places, self.openers, self.wall)


def receive(office: Office, session: Session | None = None, paper: str = "", **fields: Any) -> Received:
    """Receives one dossier; what is not given is an ordinary birth registration."""
    given = {"procedure": "1.004884", "applicant": {"name": "H’Loan Niê Kđăm", "phone": "0900000123"}}
    form = entry.read_form({**given, **fields}, rules.catalogue(office), office.now())
    return reception.receive(office, session or office.session(), form, paper=paper)

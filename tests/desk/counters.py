"""A commune's counter to act at: a real store in a folder, a clock to turn, a printer to read."""

from __future__ import annotations

import atexit
import shutil
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from counter_app.desk.page import Desk, Page
from counter_app.desk.tasks import Tasks
from counter_app.domain.zone import VIETNAM
from counter_app.services import accounts, acts, entry, exchange, lookup, opening, papers, reception, rules
from counter_app.services.office import Office, Session
from counter_app.services.opening import NewStore, Openers
from counter_app.services.reception import Received
from counter_app.store.database import Database
from counter_app.system.paths import Places
from counter_app.system.printing import Job, PrinterState, Stage
from counter_app.system.settings import Settings
from counter_app.words.receipt import receipt_facts
from tests.vaults import NoVault

MADE = datetime(2026, 4, 1, 7, 30, tzinfo=VIETNAM)
MONDAY = datetime(2026, 4, 20, 8, 15, tzinfo=VIETNAM)
REBIRTH, COPY, GUARDIAN, SHOP = "1.004884", "2.000635", "1.004837", "1.001612"


@cache
def made_store(device: str) -> tuple[Path, bytes]:
    """A fresh store of the commune, made once and copied by every test, and its key."""
    folder = TemporaryDirectory()
    atexit.register(folder.cleanup)
    places, openers = Places(Path(folder.name)), Openers(NoVault(), lambda: "mật khẩu dài")
    order = NewStore("H99.042", "UBND xã Ea Mlung", device=device, passphrase="mật khẩu dài")
    opening.create(places, order, openers, lambda: MADE).close()
    return places.data, opening.open_key(places, openers)


@dataclass
class Wall:
    """The wall clock, a second later at every look."""

    now: datetime = MONDAY

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now

    def go(self, text: str) -> None:
        """To a time of 2026: "15/4 09:20"."""
        self.now = datetime.strptime(f"2026 {text} +0700", "%Y %d/%m %H:%M %z").astimezone(VIETNAM)


@dataclass
class Paper:
    """Keeps what was printed."""

    printed: list[tuple[bytes, str, str]] = field(default_factory=list)

    def print(self, pdf: bytes, title: str, paper: str = "a5") -> str:
        self.printed.append((pdf, title, paper))
        return title

    def state(self) -> PrinterState:
        return PrinterState("giấy")

    def job(self, name: str) -> Job:
        return Job(name, Stage.PRINTED)

    def cancel(self, name: str) -> None:
        raise AssertionError("nothing waits here")


class Counter:
    """One machine of the commune, with its desk."""

    def __init__(self, folder: Path, device: str = "QUẦY 1", wall: Wall | None = None) -> None:
        self.wall = wall or Wall()
        self.paper = Paper()
        fresh, key = made_store(device)
        shutil.copytree(fresh, folder)
        places = Places(folder)
        self.office = Office(places, Database(places.database, key), self.wall, Settings())
        self.desk = Desk(self.office, self.office.session(), Tasks(), self.paper, self.wall)

        self._pages: list[Page] = []

    def show(self, page: Page, width: int = 1206, height: int = 672) -> None:
        """Brings a page up as a window of its own; it goes when the counter closes."""
        self._pages.append(page)
        page.resize(width, height)
        page.show()
        page.activateWindow()

    @property
    def session(self) -> Session:
        return self.desk.session

    def officer(self, name: str) -> None:
        """`name` takes the seat; nobody has a PIN yet."""
        self.desk.session = Session(
            accounts.add_officer(self.office, self.office.session(), "xuyen", name, "officer")
        )

    def receive(self, name: str, procedure: str = REBIRTH, **fields: Any) -> Received:
        """One more dossier; `fields` as they are entered."""
        party = {"name": name, "phone": fields.pop("phone", "0900000123"), **fields.pop("party", {})}
        given = {"procedure": procedure, "applicant": party, **fields}
        form = entry.read_form(given, rules.catalogue(self.office), self.office.now())
        return reception.receive(self.office, self.session, form, paper="a5")

    def finish(self, got: Received) -> Received:
        acts.finish(self.office, self.session, got.code)
        return got

    def story(self, got: Received) -> Any:
        return lookup.story(self.office, got.dossier)

    def state(self, got: Received) -> str:
        return str(self.story(got).state)

    def slip(self, got: Received) -> str:
        """The text of the QR on the receipt."""
        texts: list[str] = []

        def phrase(order: papers.PrintOrder) -> Any:
            texts.append(order.qr_text)
            return receipt_facts(order)

        papers.receipt_of(self.office, got.dossier, phrase)
        return texts[0]

    def close(self) -> None:
        self.desk.tasks.close()
        for page in self._pages:
            page.close()
            page.deleteLater()
        self.office.close()


def pair(one: Counter, two: Counter, folder: Path) -> None:
    """Lets each into the other, as two officers do with a stick."""
    exchange.offer(two.office, folder / "offer")
    exchange.accept(one.office, one.office.session(), folder / "offer", folder / "reply")
    exchange.finish(two.office, two.session, folder / "reply")


def swap(one: Counter, two: Counter, folder: Path) -> None:
    """Carries a bundle each way."""
    for giver, taker in ((one, two), (two, one)):
        exchange.export(giver.office, giver.session, folder / "bundle")
        exchange.bring_in(taker.office, taker.session, folder / "bundle")

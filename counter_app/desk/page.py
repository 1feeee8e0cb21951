"""What every page of the window is: its title, its entry, and how it asks for another page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from counter_app.desk.job_watch import JobWatch

if TYPE_CHECKING:
    from counter_app.desk.keeper import Keeper
    from counter_app.desk.sync_lane import MakeRoad
    from counter_app.desk.sync_watch import SyncWatch
    from counter_app.desk.tasks import Tasks
    from counter_app.desk.widgets.story_act import StoryAct
    from counter_app.services.office import Office, Session
    from counter_app.services.opening import Vault
    from counter_app.system.printing import Printer, Queues


class Desk:
    """What the pages share, once the store is open. Pages call services with it, always in a lane of `tasks`.

    `session` changes when another officer takes the seat: read it at each act, never keep it.
    """

    def __init__(
        self, office: Office, session: Session, tasks: Tasks, printer: Printer, now: Callable[[], datetime]
    ) -> None:
        self.office = office
        self.session = session
        self.tasks = tasks
        self.printer = printer
        """The computer's default one; `desk.prints` knows which queue a paper goes to."""
        self.queue = ""
        self.queues: Queues | None = None
        self.jobs = JobWatch(self)
        self.begun: dict[bytes, tuple[StoryAct, dict[str, str]]] = {}
        """Acts whose fields were filled in and not written, by the ids of their dossiers."""
        self.sync: SyncWatch | None = None
        """What exchanges with the district, once the window watches over it."""
        self.keeper: Keeper | None = None
        """What backs the store up by itself, once the window watches over it."""
        self.road: MakeRoad | None = None
        """The way to the district, where it is not the ordinary one."""
        self.vault: Callable[[], Vault] | None = None
        """In a lane: the keyring of this machine."""
        self.now = now

    def paper(self) -> str:
        """What receipts are printed on: that of the queue that they go to."""
        settings = self.office.settings
        return settings.queue(settings.receipts or self.queue).paper


class Page(QWidget):
    """One task of the officer, inside the window.

    A page is made once, when it is first asked for, with the desk as its only argument, and lives as long as
    the window. It holds what it shows; the window calls `entered` each time the page comes to the front. The
    signals below ask the window for another page; a page knows no other page.
    """

    open_dossier = Signal(object)
    """A dossier's id (bytes): show its story."""
    digitise = Signal(object)
    """A dossier's id (bytes): show its papers, and scan them."""
    start_intake = Signal(str)
    """A card's QR text, or "": begin a new reception."""
    intake_of = Signal(str)
    """A procedure's code: begin a new reception of it."""
    scanned = Signal(str)
    """A code that was read on this page; the page from which the officer came has it first."""
    left = Signal()
    """Back to the page from which the officer came."""
    page_asked = Signal(str)
    """The name of another page of the window (contents.py): one that has no place in the rail."""
    told = Signal(str)
    """A sentence about work that is done; the foot shows it and lets it fade."""
    office_changed = Signal()
    """The office's settings are others now: the window's top and its lock follow."""
    wipe_asked = Signal()
    """This machine's store is to be destroyed: two officers are asked."""

    takes_cards = False
    """Whether a card scanned into the window's box is this page's, too; else it begins a reception."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk

    @property
    def title(self) -> str:
        """The page's name in the rail and for a screen reader."""
        raise NotImplementedError

    def bind(self, acts: Iterable[tuple[str, Callable[[], object]]]) -> None:
        """Gives the page its keys: they work while the focus is in it, and one that is held acts once."""
        from PySide6.QtCore import Qt
        from PySide6.QtGui import QKeySequence, QShortcut

        for key, act in acts:
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(act)

    def take_scan(self, scanned: str) -> bool:
        """A code that was scanned while this page is in front; False leaves it to the window."""
        return False

    def closing(self) -> None:
        """The window closes: what is not kept yet is kept now, in a lane."""

    def entered(self) -> None:
        """Comes to the front: put the focus on the next act, and read again what may have changed."""

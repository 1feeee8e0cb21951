"""What the steps of the first run share: the machine, what was chosen, and the desk once there is one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from counter_app.desk.page import Desk
from counter_app.desk.tasks import Tasks
from counter_app.services.first_run import Found, Progress, keep
from counter_app.services.office import Clock, Office
from counter_app.services.opening import Vault
from counter_app.system.paths import Places

if TYPE_CHECKING:
    from counter_app.system.printing import Printer, Queues


class Ground(QObject):
    """`desk` stands once the store is made; `passphrase` and `words` live here and nowhere on a disk."""

    created = Signal(object)
    """What `admit` made of the store that was just made."""
    training_asked = Signal()
    named = Signal(str)
    """The agency's name, as its other machines know it."""
    seat_asked = Signal()
    """The commune's officers came, with their PINs: whoever goes on shows his."""

    def __init__(
        self,
        tasks: Tasks,
        places: Places,
        clock: Clock,
        vault: Callable[[], Vault],
        find_printer: Callable[[], Printer],
        admit: Callable[[Office], Any],
        progress: Progress,
        queues: Callable[[], Queues] | None = None,
    ) -> None:
        super().__init__()
        self.tasks, self.places, self.clock = tasks, places, clock
        self.vault, self.find_printer = vault, find_printer
        self.queues = queues
        """Those of this computer; None where one printer is given."""
        self.within = ""
        """The province of the agency, where it was chosen with its name."""
        self.admit = admit
        self.progress = progress
        self.desk: Desk | None = None
        self.keyring: Found | None = None
        self.passphrase = ""
        self.words: tuple[str, ...] = ()
        self.sheet = ""
        """The file of the recovery sheet; "" where none was made in this run."""
        self.sheet_printed = ""
        self.printer: Printer | None = None

    @property
    def office(self) -> Office | None:
        return self.desk.office if self.desk is not None else None

    def advance(self, progress: Progress, **changes: Any) -> Callable[[], object]:
        """For a lane: keeps the progress and settings on the disk; the new state counts at once."""
        self.progress = progress
        places, office = self.places, self.office
        return lambda: keep(places, progress, office, **changes)

    def done(self, step: str) -> Progress:
        before = self.progress
        return replace(before, done=before.done | {step}, later=before.later - {step})

    def put_off(self, step: str) -> Progress:
        before = self.progress
        return replace(before, later=(before.later | {step}) - before.done)

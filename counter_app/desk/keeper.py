"""Keeps the store while the window stands: checks, backups when they are due, a word of a day left open."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from counter_app.desk.foot import Foot
from counter_app.desk.page import Desk

if TYPE_CHECKING:
    from datetime import date

    from counter_app.domain.errors import CounterError
    from counter_app.services.backups import Made
    from counter_app.services.reminders import Reminders
    from counter_app.store.checking import Verdict

_TAIL: Final = 1_000  # ms: what came since the last check is looked at once the first page stands
_FIRST: Final = 60_000  # ms: a start has other things to do
_AGAIN: Final = 300_000  # ms between two looks: a stick that is back, an hour that has come


class Keeper(QObject):
    """All of it in the lane of backups and checks; the window only hears what came of it."""

    kept = Signal()
    """A backup was made, or could not be: what shows them looks again."""

    def __init__(self, desk: Desk, foot: Foot, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._foot = desk, foot
        self._busy = False
        self._told_on: date | None = None  # the day on which the reminder was said
        self._complained = ""  # the fault that was told last
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.timeout.connect(self.tend)
        self._next.start(_FIRST)
        self._tail = QTimer(self)
        self._tail.setSingleShot(True)
        self._tail.timeout.connect(self.check_tail)
        self._tail.start(_TAIL)

    def check_tail(self) -> None:
        """Looks at what came since the store was last found whole."""
        office = self._desk.office

        def work() -> object:
            from counter_app.services import checks

            return checks.tail(office)

        self._desk.tasks.run("keep", work, None, self._complain)

    def check_whole(self) -> None:
        """Looks at all of it, and mends lines that differ; a word only where something was wrong."""
        office = self._desk.office

        def work() -> Verdict:
            from counter_app.services import checks

            return checks.whole(office, mends=True)

        def then(found: Verdict) -> None:
            from counter_app.words import keeping

            if not found.healthy:
                self._foot.tell(keeping.found_wrong(found), bad=True)
            self.kept.emit()

        self._desk.tasks.run("keep", work, then, self._on_failed)

    def tend(self) -> None:
        """Does what is due, and says once a day that a day is not closed."""
        office, now = self._desk.office, self._desk.now()
        self._next.start(_AGAIN)
        if self._busy or office.training:
            return
        self._busy = True

        def work() -> tuple[Made | None, Reminders]:
            from counter_app.domain.errors import Surroundings
            from counter_app.services import accesses, backups, reminders, room

            room.keep_reserve(office.places)
            with suppress(Surroundings):  # what waits is written with a later act
                accesses.flush(office)
            found = reminders.reminders(office, now)
            return backups.tend(office), found

        self._desk.tasks.run("keep", work, self._on_tended, self._on_failed)

    def back_up(self) -> None:
        """Now, because the day was closed or something was erased, which older backups still hold; the foot
        says what came of it. Then the whole store is checked."""
        office = self._desk.office
        if office.training:
            return

        def work() -> Made:
            from counter_app.services import backups

            return backups.run(office)

        def then(made: Made) -> None:
            from counter_app.words import keeping

            self._foot.tell(keeping.made(made), bad=made.fault is not None)
            self.kept.emit()

        self._desk.tasks.run("keep", work, then, self._on_failed)
        self.check_whole()

    def end(self) -> None:
        """The window closes."""
        self._next.stop()
        self._tail.stop()

    def _on_tended(self, found: tuple[Made | None, Reminders]) -> None:
        from counter_app.words import keeping

        self._busy = False
        made, reminded = found
        if made is not None:
            if made.fault is not None:
                self._complain(made.fault)
            else:
                self._complained = ""
            self.kept.emit()
        now = self._desk.now()
        if (reminded.day is not None or reminded.room is not None) and self._told_on != now.date():
            self._told_on = now.date()
            self._foot.tell(keeping.reminded(reminded, now)[0], bad=True)

    def _on_failed(self, fault: CounterError) -> None:
        self._busy = False
        self._complain(fault)
        self.kept.emit()

    def _complain(self, fault: CounterError) -> None:
        """Once: a stick that is full is full five minutes later, too."""
        from counter_app.words.errors import sentence

        if self._complained != (words := sentence(fault)):
            self._complained = words
            self._foot.tell(words, bad=True)

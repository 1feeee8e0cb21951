"""The way of what is given at once: onto the disk, onto paper where it is wished, and back within minutes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from counter_app.desk.page import Desk
from counter_app.domain.certification import RegisterNumber
from counter_app.domain.errors import CounterError
from counter_app.services import instant
from counter_app.services.instant import Given
from counter_app.services.instant_entry import InstantForm

if TYPE_CHECKING:
    from counter_app.desk.prints import Sent


@dataclass(frozen=True)
class Entered:
    """An act on its way to the disk, to be put back on the page where it does not get there."""

    id: bytes
    controls: Mapping[str, Any]


class Giving(QObject):
    """One act at a time; the next one may be entered meanwhile."""

    given = Signal(object, object)
    """The Given that is on the disk now, and the register's next line or None."""
    refused = Signal(object, object)
    """The Entered that was not written, and the CounterError that stopped it."""
    taken_back = Signal(object, object)
    """The Given that counts no more, and what had been Entered, if that is known."""
    not_taken_back = Signal(object)
    """The CounterError that stopped it."""
    not_printed = Signal(object)
    """The CounterError of its paper."""
    told = Signal(str)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._on_its_way: Entered | None = None
        self._done: Entered | None = None
        self._printing = False

    @property
    def is_busy(self) -> bool:
        """Whether an act is on its way to the disk."""
        return self._on_its_way is not None

    @property
    def last(self) -> Entered | None:
        """What was entered last and left the page."""
        return self._on_its_way or self._done

    def give(self, entered: Entered, form: InstantForm) -> None:
        office, session = self._desk.office, self._desk.session
        self._on_its_way = entered

        def work() -> tuple[Given, RegisterNumber | None]:
            given = instant.give_at_once(office, session, form)
            return given, instant.proposed(office, form.entry.procedure)

        def then(done: tuple[Given, RegisterNumber | None]) -> None:
            self._on_its_way, self._done = None, entered
            self.given.emit(*done)

        def failed(error: CounterError) -> None:
            self._on_its_way = None
            self.refused.emit(entered, error)

        self._desk.tasks.run("store", work, then, failed)

    def print(self, given: Given | None) -> None:
        """A paper of it, where the citizen wishes one."""
        desk, session = self._desk, self._desk.session
        if given is None or given.taken_back or self._printing:
            return
        self._printing = True
        why = self.tr("người dân xin giấy")

        def work() -> Sent:
            from counter_app.desk import prints

            return prints.together(desk, session, {given.dossier: given.code}, why)

        def printed(sent: Sent) -> None:
            self._printing = False
            desk.jobs.follow(sent)
            words = (
                self.tr("Giấy {} đã thành tệp, chưa in") if sent.is_file else self.tr("Đã gửi giấy {} đi in")
            )
            self.told.emit(words.format(given.code))

        def failed(error: CounterError) -> None:
            self._printing = False
            self.not_printed.emit(error)

        desk.tasks.run("paper", work, printed, failed)

    def take_back(self, given: Given, why: str) -> None:
        office, session, entered = self._desk.office, self._desk.session, self._done

        def then(back: Given) -> None:
            self.taken_back.emit(back, entered)

        self._desk.tasks.run(
            "store",
            lambda: instant.take_back(office, session, given.dossier, why),
            then,
            self.not_taken_back.emit,
        )

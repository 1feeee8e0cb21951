"""The way of a reception from the form to the disk and on to the printer."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from counter_app.desk.page import Desk
from counter_app.desk.pages.saved import SavedPanel
from counter_app.domain.errors import CounterError
from counter_app.services import reception
from counter_app.services.entry import Form
from counter_app.services.reception import Received
from counter_app.words.errors import sentence
from counter_app.words.states import warning_words

if TYPE_CHECKING:
    from counter_app.desk.prints import Sent


class Saving(QObject):
    """Commits first and prints after; how the print went stands in the panel as long as that is shown."""

    received = Signal(object)
    """The Received of what is on the disk now."""
    refused = Signal(object)
    """The CounterError that stopped it: nothing was written."""
    told = Signal(str)

    def __init__(self, desk: Desk, panel: SavedPanel, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._panel = panel
        self._name = ""
        self._shown: Received | None = None
        panel.reprint_asked.connect(self._on_reprint)
        panel.label_asked.connect(self._on_label)
        desk.jobs.changed.connect(panel.show_job)

    def save(self, form: Form) -> None:
        office, session, paper = self._desk.office, self._desk.session, self._desk.paper()
        self._name = form.applicant.name
        self._desk.tasks.run(
            "store",
            lambda: reception.receive(office, session, form, paper=paper),
            self._on_received,
            self.refused.emit,
        )

    def leave(self) -> None:
        """The panel is put away: what comes home later is told in the foot alone."""
        self._shown = None

    def _on_received(self, received: Received) -> None:
        self._shown = received
        self._panel.show_saved(received, self._name)
        unmarked = [w for w in received.warnings if w["code"] == "number-not-marked"]
        said = warning_words(unmarked[0]) if unmarked else self.tr("Đã lưu hồ sơ {}").format(received.code)
        self.told.emit(said)
        desk = self._desk

        def make_and_print() -> Sent:
            from counter_app.desk import prints

            return prints.first(desk, received)

        self._run_print(received, make_and_print)
        self.received.emit(received)

    def _on_reprint(self, why: str) -> None:
        received, desk, session = self._shown, self._desk, self._desk.session
        if received is None:
            return
        spoiled, before = self._panel.spoils, self._panel.sent
        if before is not None:
            desk.jobs.forget(before)

        def print_again() -> Sent:
            from counter_app.desk import prints

            return prints.again(desk, session, received, why, spoiled=spoiled, before=before)

        self._run_print(received, print_again)

    def _on_label(self) -> None:
        received, desk, session = self._shown, self._desk, self._desk.session
        if received is None:
            return

        def print_label() -> Sent:
            from counter_app.desk import prints

            return prints.label(desk, session, received.dossier, received.code)

        def printed(sent: Sent) -> None:
            desk.jobs.follow(sent)
            told = self.tr("Nhãn đã thành tệp {}") if sent.is_file else self.tr("Đã gửi nhãn đi in ({})")
            self.told.emit(told.format(sent.where))

        desk.tasks.run("paper", print_label, printed)

    def _run_print(self, received: Received, work: Callable[[], Any]) -> None:
        self._desk.tasks.run("paper", work, self._if_still(received), self._not_printed(received))

    def _if_still(self, received: Received) -> Callable[[Sent], None]:
        def printed(sent: Sent) -> None:
            if self._shown is received:
                self._panel.show_printed(sent)
            self._desk.jobs.follow(sent)
            told = self.tr("Giấy hẹn {} đã thành tệp, chưa in") if sent.is_file else ""
            self.told.emit((told or self.tr("Đã gửi giấy hẹn {} đi in")).format(received.code))

        return printed

    def _not_printed(self, received: Received) -> Callable[[CounterError], None]:
        def failed(error: CounterError) -> None:
            if self._shown is received:
                self._panel.show_failed(sentence(error))
            else:
                self._desk.tasks.failed.emit(error)

        return failed

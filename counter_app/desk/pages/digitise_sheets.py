"""The sheets that part a pile of a dossier's papers, sent to the printer."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from counter_app.desk.page import Desk


class SeparatorSheets(QObject):
    told = Signal(str)
    refused = Signal(object)
    """A CounterError."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk

    def print(self, code: str) -> None:
        """Those of the dossier's papers that may be scanned."""
        from counter_app.desk import prints

        desk, session = self._desk, self._desk.session

        def then(sent: prints.Sent) -> None:
            desk.jobs.follow(sent)
            said = self.tr("Tờ ngăn đã thành tệp, chưa in") if sent.is_file else ""
            self.told.emit(said or self.tr("Đã gửi tờ ngăn đi in"))

        desk.tasks.run("paper", lambda: prints.separators(desk, session, code), then, self.refused.emit)

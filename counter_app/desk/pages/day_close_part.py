"""Chốt ngày: what is left open of the day, whether it is closed here, and the key that closes it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from counter_app.desk.page import Desk
from counter_app.desk.parts import Field, KeyButton, Notice, typed
from counter_app.desk.theme import styled, text
from counter_app.domain.errors import BadInput, CounterError
from counter_app.services import closing
from counter_app.services.closing import DayView
from counter_app.words import dates, day_close


class DayClosePart(QWidget):
    written = Signal(str)
    """The day is closed: the sentence for the foot."""
    refused = Signal(object)

    def __init__(self, desk: Desk, key: str) -> None:
        super().__init__()
        self._desk = desk
        self.state, self.open = text("", "strong", wrap=True), Notice()
        self.sums = text("", "body", wrap=True)
        self.note = QLineEdit()
        self.close_day = KeyButton(self.tr("Chốt ngày"), key, "primary")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for part in (self.state, self.open, Field(self.tr("Ghi chú (nếu có)"), self.note)):
            column.addWidget(part)
        column.addWidget(self.close_day, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.sums)

    def show_day(self, seen: DayView) -> None:
        lines = day_close.sums(seen, self._desk.now())
        self.state.setText(day_close.closed(seen))
        styled(self.state, state="in_time" if seen.closed_here else "")
        self.open.say("\n".join(f"{what}: {amount}" for what, amount, asks in lines if asks), "soon")
        self.sums.setText("\n".join(f"{what}: {amount}" for what, amount, asks in lines if not asks))

    def says(self) -> str:
        return "\n".join(filter(None, (self.state.text(), self.open.words(), self.sums.text())))

    def write(self, day: date | None, said: str) -> None:
        """Closes the day, which was typed as `said`; then the store is backed up by itself."""
        if not self.close_day.isEnabled():
            return
        desk, note = self._desk, typed(self.note)
        if day is None:
            self.refused.emit(BadInput("not-a-day", field="day", value=said))
            return
        self.close_day.setEnabled(False)

        def done(_: DayView) -> None:
            self.close_day.setEnabled(True)
            self.note.clear()
            self.written.emit(self.tr("Đã chốt sổ ngày {day}.").format(day=dates.day(day)))
            if desk.keeper is not None:
                desk.keeper.back_up()

        def failed(error: CounterError) -> None:
            self.close_day.setEnabled(True)
            self.refused.emit(error)

        desk.tasks.run("store", lambda: closing.close(desk.office, desk.session, day, note), done, failed)

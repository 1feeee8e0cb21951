"""The panels of giving out while nothing is open: what to scan, and what was just given to whom."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout

from counter_app.desk import theme
from counter_app.desk.parts import KeyButton, Notice
from counter_app.desk.theme import styled, text


class TeachingPanel(QFrame):
    def __init__(self) -> None:
        super().__init__()
        column = _column(self)
        column.addWidget(text(self.tr("Quét ô vuông trên giấy hẹn"), "name", wrap=True))
        words = self.tr(
            "Máy nhận ra giấy thật hay giả, kể cả khi không có mạng.\n"
            "Nhiều giấy của một người: quét lần lượt, rồi ghi trả một lần.\n"
            "Mất giấy hẹn? Quét thẻ căn cước, hoặc gõ tên người nộp."
        )
        column.addWidget(text(words, "second", wrap=True))
        column.addStretch(1)


class GivenPanel(QFrame):
    slip_asked = Signal()
    """The collector is to sign."""

    def __init__(self) -> None:
        super().__init__()
        self._title, self._words = text("", "page", wrap=True), text("", wrap=True)
        row = QHBoxLayout()
        row.setSpacing(12)
        icon = QLabel()
        icon.setPixmap(theme.pixmap("in_time", theme.STATES["in_time"][0], 32))
        styled(self._title, state="in_time")
        row.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._title, 1)
        self.slip = KeyButton(self.tr("In phiếu ký nhận"), "Ctrl+P")
        self.slip.clicked.connect(self.slip_asked)
        self.fault = Notice()
        column = _column(self)
        column.addLayout(row)
        column.addWidget(self._words)
        column.addSpacing(16)
        printing = QHBoxLayout()
        printing.addWidget(self.slip)
        printing.addStretch(1)
        column.addLayout(printing)
        column.addWidget(self.fault)
        column.addSpacing(8)
        column.addWidget(text(self.tr("Quét giấy tiếp theo."), "second"))
        column.addStretch(1)

    def show_given(self, title: str, lines: list[str]) -> None:
        self.fault.say("")
        self._title.setText(title)
        self._words.setText("\n".join(lines))

    def words(self) -> str:
        """What was given; "" where nothing was."""
        return "\n".join(filter(None, (self._title.text(), self._words.text())))


def _column(sheet: QFrame) -> QVBoxLayout:
    sheet.setProperty("kind", "sheet")
    column = QVBoxLayout(sheet)
    column.setContentsMargins(32, 32, 32, 32)
    column.setSpacing(8)
    return column

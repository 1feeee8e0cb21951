"""The panels of giving out while nothing is open: what to scan, and what was just given to whom."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout

from counter_app.desk import theme
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
        self.column = _column(self)
        self.column.addLayout(row)
        self.column.addWidget(self._words)
        self.column.addSpacing(16)
        self.column.addWidget(text(self.tr("Quét giấy tiếp theo."), "second"))
        self.column.addStretch(1)

    def show_given(self, title: str, lines: list[str]) -> None:
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

"""The pad of pre-numbered slips in Thiết lập: prints one, and has every number explained."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QSpinBox, QVBoxLayout, QWidget

from counter_app.desk.lines import Lines
from counter_app.desk.parts import Field, KeyButton, typed
from counter_app.desk.settings.queue_row import at_foot
from counter_app.desk.theme import text
from counter_app.services.slips import MOST, Found

_USUAL = 20


class PadPart(QWidget):
    pad_asked = Signal(int)
    unused_asked = Signal(str, str)
    """A slip's number, and why it will not be used."""

    def __init__(self) -> None:
        super().__init__()
        self.count = QSpinBox()
        self.count.setRange(1, MOST)
        self.count.setValue(_USUAL)
        self.count.lineEdit().setTextMargins(9, 0, 0, 0)
        self.code, self.reason = QLineEdit(), QLineEdit()
        self.make = KeyButton(self.tr("In tập phiếu dự phòng"))
        self.unused = KeyButton(self.tr("Ghi không dùng"))
        self.open = text("", "second", wrap=True)
        first, second = Lines(), Lines()
        count = Field(self.tr("Số phiếu"), self.count)
        count.setFixedWidth(96)
        first.add(count)
        first.add(at_foot(self.make))
        second.add(Field(self.tr("Số trên phiếu không dùng"), self.code, self.tr("quét hoặc gõ")), 2, 176)
        second.add(Field(self.tr("Vì sao"), self.reason, self.tr("như: kẹt giấy, rách")), 3, 176)
        second.add(at_foot(self.unused))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        words = self.tr(
            "Mất điện thì ghi tay lên phiếu đã có số, có điện lại thì nhập vào máy theo đúng giờ nhận."
        )
        column.addWidget(text(words, "second", wrap=True))
        for row in (first, second):
            column.addLayout(row)
        column.insertWidget(2, self.open)
        self.make.clicked.connect(lambda: self.pad_asked.emit(self.count.value()))
        self.unused.clicked.connect(self._on_unused)
        self.reason.returnPressed.connect(self._on_unused)
        self.code.returnPressed.connect(self.reason.setFocus)

    def show_open(self, slips: Sequence[Found]) -> None:
        """The numbers that are on paper and in no dossier yet."""
        if not slips:
            self.open.setText(self.tr("Không có phiếu nào chờ nhập."))
            return
        words = self.tr("{n} phiếu chưa nhập vào máy, từ {first} đến {last}.")
        self.open.setText(words.format(n=len(slips), first=slips[0].code, last=slips[-1].code))

    def clear(self) -> None:
        self.code.clear()
        self.reason.clear()
        self.code.setFocus()

    def _on_unused(self) -> None:
        self.unused_asked.emit(typed(self.code), typed(self.reason))

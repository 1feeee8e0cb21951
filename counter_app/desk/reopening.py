"""No administrator is left: the recovery sheet opens the account of one again, though nobody sits here."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit

from counter_app.desk.door import Door
from counter_app.desk.parts import Field, keeps_escape, typed
from counter_app.desk.seat import PinLine
from counter_app.domain.commune import Officer


class ReopenDoor(Door):
    """Whose account, the words of the sheet, a new PIN twice; Esc goes back to the seat."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__(
            self.tr("Mở lại một tài khoản quản trị"),
            self.tr(
                "Không còn quản trị nào vào được quầy. Chọn một người từng là quản trị, gõ các từ trên phiếu "
                "khôi phục của kho (tắt bộ gõ tiếng Việt) và mã PIN mới; Esc để thôi."
            ),
            self.tr("Mở lại tài khoản"),
        )
        self.who, self.sheet, self.pin, self.again = QComboBox(), QLineEdit(), PinLine(), PinLine()
        self.add(Field(self.tr("Quản trị"), self.who))
        self.add(Field(self.tr("Các từ trên phiếu khôi phục"), self.sheet))
        pins = QHBoxLayout()
        pins.setSpacing(16)
        pins.addWidget(Field(self.tr("Mã PIN mới, từ 4 đến 12 chữ số"), self.pin))
        pins.addWidget(Field(self.tr("Gõ lại mã PIN mới"), self.again))
        self.column.addLayout(pins)
        self.finish()

    def start(self, officers: Sequence[Officer]) -> None:
        """Asks for one of these; what was typed before is gone."""
        self.who.clear()
        for officer in officers:
            self.who.addItem(f"{officer.name} ({officer.id})", officer.id)
        for line in (self.sheet, self.pin, self.again):
            line.clear()
        self.set_busy(False)
        self.notice.say("")
        self.sheet.setFocus()

    def answer(self) -> tuple[str, str, str]:
        """The account's id, the new PIN, the words of the sheet."""
        return str(self.who.currentData()), self.pin.text(), typed(self.sheet)

    def fault(self) -> str:
        """What cannot stand as it is, in words; "" where all can."""
        if self.pin.text() == self.again.text():
            return ""
        return self.tr("Hai lần gõ mã PIN không giống nhau; hãy gõ lại.")

    def give_way(self, tight: bool) -> None:
        super().give_way(tight)
        self.words.setVisible(not tight)

    def event(self, event: QEvent) -> bool:
        return keeps_escape(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

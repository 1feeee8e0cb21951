"""The district has locked this counter: the recovery sheet opens it all the same."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from counter_app.desk.door import Door
from counter_app.desk.parts import Field, keeps_escape, typed


class OverruleDoor(Door):
    """The words of the sheet; Esc goes back to the seat."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__(
            self.tr("Mở quầy đang bị khóa"),
            self.tr(
                "Máy chủ đã khóa quầy này. Ai giữ phiếu khôi phục của kho thì mở lại được: gõ các từ trên "
                "phiếu (tắt bộ gõ tiếng Việt); Esc để thôi."
            ),
            self.tr("Mở quầy"),
        )
        self.sheet = QLineEdit()
        self.add(Field(self.tr("Các từ trên phiếu khôi phục"), self.sheet))
        self.finish()

    def start(self) -> None:
        """What was typed before is gone."""
        self.sheet.clear()
        self.set_busy(False)
        self.notice.say("")
        self.sheet.setFocus()

    def answer(self) -> str:
        return typed(self.sheet)

    def event(self, event: QEvent) -> bool:
        return keeps_escape(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

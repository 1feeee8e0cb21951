"""The forms of an account: a new one, its name and role, its PIN; one at a time, in the list's place."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from counter_app.desk.parts import Field, KeyButton, Notice, keeps_escape, typed
from counter_app.desk.seat import PinLine
from counter_app.desk.theme import text
from counter_app.domain.commune import Officer, Role
from counter_app.services.accounts import proposed_id
from counter_app.words.language import capital
from counter_app.words.states import ROLES

_WIDEST: Final = 480


class OfficerForm(QWidget):
    """Fields under a name; Enter asks for the act, Esc leaves everything as it was."""

    asked = Signal()
    left = Signal()

    def __init__(self, title: str, words: str = "") -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(12)
        self.column.addWidget(text(title, "name", wrap=True))
        if words:
            self.column.addWidget(text(words, "second", wrap=True))
        self.notice = Notice()
        self.button = KeyButton(self.tr("Ghi"), "Enter", "primary")
        self.button.clicked.connect(self.asked)
        self.back = KeyButton(self.tr("Thôi"), "Esc")
        self.back.clicked.connect(self.left)
        self._first: QWidget | None = None

    def add(self, label: str, control: QWidget, hint: str = "") -> None:
        field = Field(label, control, hint)
        field.setMaximumWidth(_WIDEST)
        self.column.addWidget(field)
        self._first = self._first or control

    def finish(self) -> None:
        self.column.addWidget(self.notice)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.button)
        row.addWidget(self.back)
        row.addStretch(1)
        self.column.addLayout(row)

    def take_focus(self) -> None:
        if self._first is not None:
            self._first.setFocus(Qt.FocusReason.OtherFocusReason)

    def fault(self) -> str:
        """What cannot stand as it is, in words; "" where all can."""
        return ""

    def differ(self) -> str:
        return self.tr("Hai lần gõ mã PIN không giống nhau; hãy gõ lại.")

    def complain(self, words: str) -> None:
        self.button.setEnabled(True)
        self.notice.say(words, "late")

    def event(self, event: QEvent) -> bool:
        return keeps_escape(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.button.isEnabled():
            if not event.isAutoRepeat():
                self.asked.emit()
        else:
            super().keyPressEvent(event)


class AccountForm(OfficerForm):
    """Name and role of `officer`, or of a new one; `pins` where a new one may be given a PIN at once."""

    def __init__(
        self, title: str, taken: Collection[str], officer: Officer | None = None, *, pins: bool = False
    ) -> None:
        super().__init__(title)
        self._taken = taken
        self.name, self.id, self.role = QLineEdit(), QLineEdit(), QComboBox()
        for role in Role:
            self.role.addItem(capital(ROLES.say(role)), role.value)
        self.pin, self.again = PinLine(), PinLine()
        self.add(self.tr("Họ và tên"), self.name)
        if officer is None:
            self.add(self.tr("Mã cán bộ (không đổi được về sau)"), self.id, self.tr("như lan.nt"))
            self.name.textEdited.connect(self._on_named)
        self.add(self.tr("Vai trò"), self.role)
        if officer is not None:
            self.name.setText(officer.name)
            self.role.setCurrentIndex(self.role.findData(officer.role.value))
        elif pins:
            self.add(self.tr("Mã PIN, từ 4 đến 12 chữ số (có thể đặt sau)"), self.pin)
            self.add(self.tr("Gõ lại mã PIN"), self.again)
        else:
            words = self.tr("Hãy đặt mã PIN của mình trước; sau đó mới đặt được cho người khác.")
            self.column.addWidget(text(words, "second", wrap=True))
        self.finish()

    def fault(self) -> str:
        return "" if self.pin.text() == self.again.text() else self.differ()

    def _on_named(self) -> None:
        if not self.id.isModified():
            self.id.setText(proposed_id(typed(self.name), self._taken))


class PinForm(OfficerForm):
    """A PIN, typed twice; before it the old one, or the words of the recovery sheet, where it needs them."""

    def __init__(self, title: str, words: str, *, asks_old: bool = False, asks_sheet: bool = False) -> None:
        super().__init__(title, words)
        self.old, self.sheet, self.pin, self.again = PinLine(), QLineEdit(), PinLine(), PinLine()
        if asks_old:
            self.add(self.tr("Mã PIN đang dùng"), self.old)
        if asks_sheet:
            self.add(self.tr("Các từ trên phiếu khôi phục (tắt bộ gõ tiếng Việt)"), self.sheet)
        self.add(self.tr("Mã PIN mới, từ 4 đến 12 chữ số"), self.pin)
        self.add(self.tr("Gõ lại mã PIN mới"), self.again)
        self.finish()

    def fault(self) -> str:
        return "" if self.pin.text() == self.again.text() else self.differ()

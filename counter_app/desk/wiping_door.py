"""The doors of a wipe: what it takes and who decides it, and what is left when it is done."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QLineEdit, QWidget

from counter_app.desk.door import Door
from counter_app.desk.lines import Lines
from counter_app.desk.parts import Field, KeyButton, keeps_escape, typed
from counter_app.desk.seat import PinLine
from counter_app.desk.theme import text
from counter_app.desk.widgets.course_line import CourseLine
from counter_app.domain.commune import Officer
from counter_app.domain.errors import CounterError
from counter_app.services.wiping import Outlook, Wiped
from counter_app.words import wiping as words
from counter_app.words.errors import sentence

KEY = "Ctrl+Shift+X"
"""Enter and Space do not begin it: a scanner types them, and so does whoever is in a hurry."""
SEAL_KEY = "Ctrl+Shift+S"
_PRESSES = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Select)
_PIN, _NAME, _REASON, _CODE = 150, 200, 260, 200  # pixels under which a field takes a line of its own


class Answer(NamedTuple):
    """As typed; `second` is an officer's id."""

    pin: str
    second: str
    second_pin: str
    reason: str
    code: str


class WipeDoor(Door):
    """Two officers, a reason, the agency's code; Esc leaves all as it is."""

    left = Signal()
    seal_asked = Signal(object)
    """The file (Path) into which what cannot be sent is sealed."""

    def __init__(self) -> None:
        super().__init__(
            self.tr("Xóa kho của máy này?"),
            self.tr(
                "Dành cho máy thanh lý, trả lại hay chuyển đi nơi khác. Hai cán bộ cùng quyết, mỗi người gõ "
                "mã PIN của mình; Esc để thôi."
            ),
            self.tr("Gửi hết rồi xóa kho"),
            KEY,
        )
        self.goes, self.safe, self.waits = CourseLine(), CourseLine(), CourseLine()
        self.pin, self.second, self.second_pin = PinLine(), QComboBox(), PinLine()
        self.reason, self.code = QLineEdit(), QLineEdit()
        self._mine = Field(self.tr("Mã PIN của bạn"), self.pin)
        self._fill: list[QLineEdit] = [self.pin, self.second_pin, self.reason, self.code]
        for line in (self.goes, self.safe, self.waits):
            self.column.addWidget(line)
        self._form = QWidget()
        form = Lines(self._form)
        form.add(self._mine, 1, _PIN)
        form.add(Field(self.tr("Người thứ hai"), self.second), 2, _NAME)
        form.add(Field(self.tr("Mã PIN của người thứ hai"), self.second_pin), 1, _PIN)
        form.add(Field(self.tr("Vì sao xóa"), self.reason, self.tr("như: máy thanh lý")), 2, _REASON)
        form.add(Field(self.tr("Mã cơ quan, để xác nhận"), self.code), 1, _CODE)
        self.add(self._form)
        self.course = text("", "strong", wrap=True)
        self.column.addWidget(self.course)
        self.seal = KeyButton(self.tr("Niêm phong vào tệp rồi xóa kho…"), SEAL_KEY)
        self.seal.clicked.connect(self._on_seal)
        for button in (self.button, self.seal):
            button.installEventFilter(self)
        self.finish()
        self._holds = False

    def show_outlook(self, now: Outlook, me: Officer) -> None:
        """Who sits here begins; nothing of an earlier time stands in a field."""
        self._forget()
        self.goes.say(words.goes(now), "late")
        self.safe.say(words.safe(now), "soon" if now.waiting else "in_time")
        self.waits.say(words.waits(now))
        self._mine.rename(self.tr("Mã PIN của {}").format(me.name))
        self.second.clear()
        for officer in now.officers:
            if officer.id != me.id:
                self.second.addItem(f"{officer.name} ({officer.id})", officer.id)
        self.course.setText("")
        self.notice.say("")
        self.set_busy(False)
        self.pin.setFocus(Qt.FocusReason.OtherFocusReason)

    def answer(self) -> Answer:
        second = str(self.second.currentData() or "")
        return Answer(self.pin.text(), second, self.second_pin.text(), typed(self.reason), typed(self.code))

    def follow(self, said: str) -> None:
        """How far it is."""
        self.course.setText(said)
        self.course.setVisible(bool(said))

    def set_busy(self, on: bool) -> None:
        super().set_busy(on)
        self._form.setEnabled(not on)
        self.seal.setEnabled(not on)
        if not on:
            self.follow("")

    def refuse(self, error: CounterError, *, may_seal: bool) -> None:
        """Nothing was destroyed; where nothing could be sent, a file may take it."""
        self.set_busy(False)
        kept = self.tr("{} Kho còn nguyên.").format(sentence(error))
        self.notice.say(kept, "late", *([self.seal] if may_seal else []))
        wrong = self._wrong(error)
        wrong.setFocus(Qt.FocusReason.OtherFocusReason)
        wrong.selectAll()

    def _wrong(self, error: CounterError) -> QLineEdit:
        if error.why == "empty":
            return self.reason
        if "officer" in error.facts:
            return self.second_pin if error.facts["officer"] == self.second.currentData() else self.pin
        return self.code

    def give_way(self, tight: bool) -> None:
        super().give_way(tight)
        self.words.setVisible(not tight)

    def hold(self, on: bool) -> None:
        """While it is held what was typed outlives another page in front."""
        self._holds = on

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not self._holds:
            self._forget()

    def _forget(self) -> None:
        for line in self._fill:
            line.clear()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        press = event.type() in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease)
        return press and isinstance(event, QKeyEvent) and event.key() in _PRESSES

    def event(self, event: QEvent) -> bool:
        return keeps_escape(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers()
        chord = held == Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        if event.isAutoRepeat():
            event.accept()
        elif event.key() == Qt.Key.Key_Escape:
            if self.button.isEnabled():
                self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go_on()
        elif chord and event.key() == Qt.Key.Key_X and self.button.isEnabled():
            self.asked.emit()
        elif chord and event.key() == Qt.Key.Key_S and self.seal.isVisible() and self.seal.isEnabled():
            self._on_seal()
        else:
            QWidget.keyPressEvent(self, event)

    def _go_on(self) -> None:
        """Enter leads through the fields, and no further."""
        order: list[QWidget] = [self.pin, self.second, self.second_pin, self.reason, self.code]
        here = QApplication.focusWidget()
        if here in order[:-1]:
            order[order.index(here) + 1].setFocus(Qt.FocusReason.TabFocusReason)

    def _on_seal(self) -> None:
        title, kinds = self.tr("Niêm phong vào"), self.tr("Tệp niêm phong (*.niemphong)")
        where = str(Path.home() / f"{typed(self.code) or 'kho'}.niemphong")
        chosen, _ = QFileDialog.getSaveFileName(self, title, where, kinds)
        if chosen and self.seal.isEnabled():
            self.seal_asked.emit(Path(chosen))


class WipedDoor(Door):
    """The machine is empty; the program ends."""

    def __init__(self, done: Wiped, district: str, sealed: Path | None, leave: Callable[[], object]) -> None:
        super().__init__(self.tr("Máy này đã trống"), words.empty(), self.tr("Đóng chương trình"))
        self.kept, self.known = CourseLine(), CourseLine()
        self.column.addWidget(self.kept)
        self.column.addWidget(self.known)
        self.kept.say(words.kept(done, district, sealed), "in_time" if done.delivered else "soon")
        self.known.say(words.known(done), "in_time" if done.confirmed else "soon")
        self.asked.connect(leave)
        self.finish()

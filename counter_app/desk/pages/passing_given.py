"""What was handed on last: its list again, and taken back with a reason while nobody has taken it over."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from counter_app.desk.lines import Lines
from counter_app.desk.parts import Field, KeyButton, keeps_escape, typed
from counter_app.desk.theme import text
from counter_app.services.given_today import GivenPile
from counter_app.words import dates

PRINT, BACK = "Ctrl+P", "Ctrl+Z"


class LastPile(QWidget):
    back_asked = Signal(str)
    """Why it was a mistake."""
    left = Signal()
    """Nothing is taken back after all."""

    def __init__(self) -> None:
        super().__init__()
        self.pile: GivenPile | None = None
        self.told = text("", "second", wrap=True)
        self.print = KeyButton(self.tr("In danh sách"), PRINT)
        self.back = KeyButton(self.tr("Rút lại chồng này"), BACK)
        self.reason = QLineEdit()
        self._asked = Field(self.tr("Vì sao rút lại (Enter để rút, Esc để thôi)"), self.reason)
        self._ways = QWidget()
        ways = Lines(self._ways, spacing=8)
        for way in (self.print, self.back):
            ways.add(way)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for part in (self.told, self._ways, self._asked):
            column.addWidget(part)
        self.back.clicked.connect(self.ask)
        self.reason.installEventFilter(self)
        self.show_pile(None)

    def show_pile(self, pile: GivenPile | None, may: bool = True) -> None:
        """`may` says whether the officer takes anything back."""
        if self.asks() and self.pile is not None and pile is not None and pile.batch == self.pile.batch:
            return  # the reason is being typed
        self.pile = pile
        self._asked.hide()
        self._ways.show()
        for button in (self.print, self.back):
            button.setEnabled(pile is not None)
        self.back.setVisible(may and pile is not None)
        self.told.setVisible(pile is not None)
        if pile is not None:
            words = self.tr("Giao lần cuối lúc {hour}: {n} hồ sơ cho {to}.")
            self.told.setText(words.format(hour=dates.hour(pile.at), n=len(pile.dossiers), to=pile.to))

    def asks(self) -> bool:
        return not self._asked.isHidden()

    def ask(self) -> None:
        if self.pile is None or self.back.isHidden():
            return
        self.reason.setText(self.tr("giao nhầm"))
        self._ways.hide()
        self._asked.show()
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
        self.reason.selectAll()

    def leave(self) -> None:
        self._asked.hide()
        self._ways.show()
        self.left.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc leaves the reason, Enter gives it; one that is held down gives none."""
        if not isinstance(event, QKeyEvent) or watched is not self.reason:
            return super().eventFilter(watched, event)
        if keeps_escape(event, self.asks):
            return True
        if event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat() and (why := typed(self.reason)):
                self.leave()
                self.back_asked.emit(why)
            return True
        return super().eventFilter(watched, event)


def is_the_pages(field: QLineEdit, event: QEvent) -> bool:
    """Whether Ctrl+Z in this field is the page's key: nothing is typed that could be taken back."""
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    return event.matches(QKeySequence.StandardKey.Undo) and not typed(field)

"""One of a few: a column of radio buttons, each with the number that chooses it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from counter_app.desk.theme import text


class Choices(QWidget):
    """Nothing is chosen beforehand. A number chooses and goes on; Enter goes on with what is chosen."""

    chosen = Signal(str)
    """The value that is chosen now."""
    gone_on = Signal()

    def __init__(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._values = [value for value, _ in choices]
        self._group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for number, (_, words) in enumerate(choices, start=1):
            button = QRadioButton(words)
            button.setAccessibleName(f"{name}: {words}")
            button.setAccessibleDescription(str(number))
            self._group.addButton(button, number - 1)
            row = QHBoxLayout()
            row.setSpacing(8)
            row.addWidget(text(str(number), "cap"))
            row.addWidget(button)
            row.addStretch(1)
            column.addLayout(row)
        self._group.idToggled.connect(self._on_toggled)
        self.setFocusProxy(self._group.button(0))

    def value(self) -> str:
        """ "" while nothing is chosen."""
        number = self._group.checkedId()
        return self._values[number] if number >= 0 else ""

    def choose(self, value: str) -> None:
        if value in self._values:
            self._group.button(self._values.index(value)).setChecked(True)

    def choose_number(self, number: int) -> bool:
        """Chooses the `number`-th, counted from 1; False where there is none."""
        if not 1 <= number <= len(self._values):
            return False
        self._group.button(number - 1).setChecked(True)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        number = event.key() - Qt.Key.Key_1
        if 0 <= number < len(self._values) and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._group.button(number).setChecked(True)
            self.gone_on.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.gone_on.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        (self._group.checkedButton() or self._group.button(0)).setFocus(event.reason())

    def _on_toggled(self, number: int, on: bool) -> None:
        if on:
            self.setFocusProxy(self._group.button(number))
            self.chosen.emit(self._values[number])

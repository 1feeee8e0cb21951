"""Letters in a field that stand for one of some names: Enter takes it, Down and Up go through them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from counter_app.domain.paper_names import is_short, suggested

_WAYS: Final = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class Shorthand(QObject):
    """`say` shows what is offered. The names may change, the likeliest stands first."""

    def __init__(self, field: QLineEdit, say: Callable[[str], object]) -> None:
        super().__init__(field)
        self.names: Sequence[str] = ()
        self._field, self._shown = field, say
        self._offered: list[str] = []
        field.textChanged.connect(self.follow)
        field.installEventFilter(self)

    def follow(self) -> None:
        """What the letters may stand for now."""
        self._offered = suggested(self._field.text(), self.names)
        self._say()

    def take(self) -> bool:
        """The offered name stands in the field; False where none is offered."""
        if not self._offered:
            return False
        self._field.setText(self._offered[0])
        self._offered = []
        self._say()
        return True

    @property
    def offers(self) -> bool:
        """Whether the letters may stand for a name."""
        return bool(self._offered)

    def settle(self) -> None:
        """Takes what letters stand for that can be no name of their own."""
        if is_short(self._field.text()):
            self.take()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and len(self._offered) > 1:
            way = _WAYS.get(Qt.Key(event.key()))
            if way is not None:
                self._offered = self._offered[way:] + self._offered[:way]
                self._say()
                return True
        return super().eventFilter(watched, event)

    def _say(self) -> None:
        first, *others = self._offered or [""]
        words = self.tr("Enter: {}").format(first) if first else ""
        self._shown("   ↓ ".join([words, *others[:2]]))

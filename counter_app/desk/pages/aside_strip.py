"""Over the intake's form: whom the officer has set aside, each with a key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from counter_app.desk.pages.drafting import MOST
from counter_app.desk.parts import KeyButton, Notice
from counter_app.desk.theme import text
from counter_app.services.drafts import Draft

_IN_A_ROW: Final = 3
_NAME: Final = 132  # pixels of a name in its place


class AsideStrip(QWidget):
    """Hidden while there is nobody; what the disk does not take is told here until it does."""

    asked = Signal(int)
    more_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.notice = Notice()
        self._row = QWidget()
        row = QHBoxLayout(self._row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        label = text(self.tr("Đang gác lại:"), "second")
        label.setFixedHeight(32)
        row.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
        places = QGridLayout()
        places.setHorizontalSpacing(8)
        places.setVerticalSpacing(0)
        self.buttons: list[KeyButton] = []
        for number in range(MOST):
            button = KeyButton("", f"Alt+{number + 1}", "link")
            button.clicked.connect(lambda _=False, n=number: self.asked.emit(n))
            self.buttons.append(button)
        self.more = KeyButton("", f"Alt+{MOST + 1}", "link")
        self.more.clicked.connect(self.more_asked)
        for number, button in enumerate((*self.buttons, self.more)):
            places.addWidget(button, number // _IN_A_ROW, number % _IN_A_ROW, Qt.AlignmentFlag.AlignLeft)
        row.addLayout(places)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(8)
        column.addWidget(self._row)
        column.addWidget(self.notice)
        self.hide()

    def show_aside(self, aside: Sequence[Draft], trouble: str) -> None:
        """All who wait; `trouble` is why the disk does not take what was typed."""
        for number, button in enumerate(self.buttons):
            button.setVisible(number < len(aside))
            if number < len(aside):
                self._say(button, self._name(aside[number].fields))
        left = len(aside) - MOST
        self.more.setVisible(left > 0)
        self.more.say(self.tr("và {} người nữa").format(left))
        self._row.setVisible(bool(aside))
        words = self.tr("Chưa giữ được những gì đã gõ: {} Đừng tắt chương trình; máy tự thử lại.")
        self.notice.say(words.format(trouble) if trouble else "", "late")
        self.setVisible(bool(aside) or bool(trouble))

    def _say(self, button: KeyButton, name: str) -> None:
        shown = button.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, _NAME)
        button.say(shown)
        button.setAccessibleName(name)
        button.setToolTip(name)

    def _name(self, fields: Mapping[str, Any]) -> str:
        person = fields.get("person", {})
        shown = person.get("name") or fields.get("procedure_name") or self.tr("chưa có tên")
        return self.tr("vừa bỏ: {}").format(shown) if fields.get("dropped") else str(shown)

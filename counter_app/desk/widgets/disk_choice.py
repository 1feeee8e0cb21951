"""A disk, such as that of a dead machine: its folder, typed or chosen."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from counter_app.desk.lines import Lines
from counter_app.desk.parts import Field, KeyButton, typed

_LEAST = 240  # pixels under which the button takes a line of its own


class DiskChoice(QWidget):
    def __init__(self, label: str, key: str = "", *, hint: str = "", title: str = "") -> None:
        super().__init__()
        self._title = title or self.tr("Ổ đĩa của máy cũ")
        hint = hint or self.tr("như D:\\ hoặc /media/o-dia-cu")
        self.path = QLineEdit()
        self.choose = KeyButton(self.tr("Chọn…"), key)
        self.choose.clicked.connect(self._on_choose)
        row = Lines(self, spacing=12)
        row.add(Field(label, self.path, hint), 1, _LEAST)
        row.add(self.choose, align=Qt.AlignmentFlag.AlignBottom)

    def folder(self) -> str:
        """ "" where none is named."""
        said = typed(self.path)
        return str(Path(said).expanduser()) if said else ""

    def _on_choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self._title, typed(self.path))
        if chosen:
            self.path.setText(chosen)
            self.path.setFocus(Qt.FocusReason.OtherFocusReason)

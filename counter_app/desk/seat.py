"""Who sits at the counter: an officer is chosen and shows the PIN; until then the store is only read."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit

from counter_app.desk.door import Door
from counter_app.desk.parts import Field
from counter_app.domain.commune import Officer
from counter_app.words.states import ROLES


class SeatDoor(Door):
    """Stands where the pages stand; while it does, nothing of the store is shown."""

    chosen = Signal(str, str)
    """An officer's id and the PIN as typed."""

    def __init__(self) -> None:
        super().__init__(
            self.tr("Ai ngồi quầy?"),
            self.tr("Chọn tên và gõ mã PIN. Mọi việc làm từ bây giờ ghi tên người này."),
            self.tr("Vào quầy"),
        )
        self.who, self.pin = QComboBox(), QLineEdit()
        self.pin.setEchoMode(QLineEdit.EchoMode.Password)
        self.add(Field(self.tr("Cán bộ"), self.who))
        self.add(Field(self.tr("Mã PIN"), self.pin))
        self.finish()
        self.asked.connect(lambda: self.chosen.emit(str(self.who.currentData()), self.pin.text()))

    def offer(self, officers: Sequence[Officer]) -> None:
        kept = self.who.currentData()
        self.who.clear()
        for officer in officers:
            self.who.addItem(f"{officer.name} – {ROLES.say(officer.role)}", officer.id)
        self.who.setCurrentIndex(max(0, self.who.findData(kept)))
        self.pin.clear()
        self.set_busy(False)
        self.pin.setFocus()

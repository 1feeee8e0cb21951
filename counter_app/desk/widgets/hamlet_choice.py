"""Which hamlet's list is looked at: all of them, or one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox

from counter_app.desk.widgets.call_rows import hamlet_name
from counter_app.services.calls import Round

_LETTERS: Final = 16  # of a name, as wide as the box is at least


class HamletChoice(QComboBox):
    chosen = Signal()
    """Somebody chose; no sign of a list that was read again."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Thôn"))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(_LETTERS)
        self.addItem(self.tr("Tất cả các thôn"))
        self.activated.connect(lambda _: self.chosen.emit())

    @property
    def hamlet(self) -> str | None:
        """The chosen hamlet's key; None for all."""
        key = self.currentData()
        return key if isinstance(key, str) else None

    def show_hamlets(self, rounds: Sequence[Round]) -> None:
        """Offers these; the one that is chosen stays, even where nobody of it is to be called any more."""
        offered = [(f"{hamlet_name(one)} · {len(one.calls)}", one.key) for one in rounds]
        here = self.hamlet
        if here is not None and here not in {key for _, key in offered}:
            offered.append((f"{self.currentText().rpartition(' · ')[0]} · 0", here))
        if self.view().isVisible() or offered == self._offered():
            return
        self.clear()
        self.addItem(self.tr("Tất cả các thôn"))
        for words, key in offered:
            self.addItem(words, key)
        self.setCurrentIndex(self.findData(here, Qt.ItemDataRole.UserRole) if here is not None else 0)

    def _offered(self) -> list[tuple[str, str]]:
        return [(self.itemText(number), self.itemData(number)) for number in range(1, self.count())]

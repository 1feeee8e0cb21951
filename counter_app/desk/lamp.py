"""The lamp at the foot: how safe the dossiers are, in words; as a button it synchronises now."""

from __future__ import annotations

from PySide6.QtGui import QPixmap

from counter_app.desk import theme
from counter_app.desk.early import takes_tab
from counter_app.desk.parts import KeyButton
from counter_app.desk.theme import styled

KEY = "Shift+F8"


class Lamp(KeyButton):
    """Its key stands in the tool tip: the foot has no room for a cap."""

    def __init__(self) -> None:
        super().__init__("", KEY, "foot", icon="offline")
        takes_tab(self)  # a click leaves the focus in the field that is being filled
        self._words.setProperty("kind", "strong")
        self._row.setSpacing(8)
        self._row.setContentsMargins(5, 0, 5, 0)
        self.show_key(False)

    def show_state(self, icon: str, state: str) -> None:
        self._icon.setPixmap(theme.pixmap(icon, theme.STATES[state][0]))
        styled(self._words, state=state)

    def explain(self, words: str, why: str) -> None:
        """The tool tip, and what a screen reader hears beside the words."""
        self.setToolTip("\n".join(filter(None, (words, why, self.tr("Đồng bộ ngay ({})").format(KEY)))))
        self.setAccessibleDescription(". ".join(filter(None, (why, KEY))))

    def only_icon(self, on: bool) -> None:
        self._words.setVisible(not on)
        self.updateGeometry()

    def shows_words(self) -> bool:
        return self._words.isVisible()

    def text(self) -> str:
        return self.words()

    def pixmap(self) -> QPixmap:
        return self._icon.pixmap()

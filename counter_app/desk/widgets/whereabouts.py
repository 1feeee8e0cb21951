"""Whether the district has a dossier, in one line over its story."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from counter_app.desk import theme
from counter_app.desk.theme import text
from counter_app.services.safety import Safe

_ICON = 16  # pixels


class Whereabouts(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._icon, self._words = QLabel(), text("", "small", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._icon)
        row.addWidget(self._words, 1)

    def say(self, safe: Safe) -> None:
        icon, state, words = {
            "local": ("offline", "", self.tr("Chỉ nằm ở máy này: chưa ghi danh với máy chủ.")),
            "waiting": ("soon", "soon", self.tr("Máy chủ chưa có đủ hồ sơ này: còn việc chờ gửi (F8).")),
            "files": ("soon", "soon", self.tr("Hồ sơ đã gửi; {n} tệp còn chờ lên máy chủ (F8).")),
            "safe": ("in_time", "in_time", self.tr("An toàn: máy chủ có đủ hồ sơ này.")),
        }[safe.state]
        colour = theme.STATES[state][0] if state else theme.SECOND
        self._icon.setPixmap(theme.pixmap(icon, colour, _ICON))
        self._words.setText(words.format(n=safe.files))

    def words(self) -> str:
        return self._words.text()

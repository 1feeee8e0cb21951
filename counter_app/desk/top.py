"""The bar on top: whose counter this is, and the box that takes a scan or a search."""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from counter_app.desk import theme
from counter_app.desk.early import shortened
from counter_app.desk.parts import KeyButton
from counter_app.desk.theme import text

PICTURE_KEY: Final = "Ctrl+I"
CAMERA_KEY: Final = "Ctrl+Shift+I"
_NAME_WIDTH: Final = 160  # pixels of the agency's name, left of the box
_BOX: Final = 560
_WIDE: Final = 900
_HIGH, _LOW = 56, 46  # pixels; the low one where a screen is enlarged
_LOW_UNDER: Final = 520  # pixels of the window


class Top(QFrame):
    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "top")
        self.scan_box = self._scan_box()
        self._bare = False
        self._agency, self._office = text("", "strong"), text("", "small")
        names = QVBoxLayout()
        names.setContentsMargins(0, 0, 8, 0)
        names.setSpacing(0)
        names.addStretch(1)
        names.addWidget(self._agency)
        names.addWidget(self._office)
        names.addStretch(1)
        self._names = QWidget()
        self._names.setFixedWidth(_NAME_WIDTH + 8)
        self._names.setLayout(names)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(0)
        row.addWidget(self._names)
        row.addWidget(self.scan_box, 1)
        self.picture = KeyButton(self.tr("Quét từ ảnh…"), PICTURE_KEY, "foot")
        row.addSpacing(8)
        row.addWidget(self.picture)
        self.camera = KeyButton(self.tr("Camera"), CAMERA_KEY, "foot")
        row.addWidget(self.camera)
        row.addStretch()
        self.setFixedHeight(_HIGH)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where the window is narrow the keys are known by heart; the box keeps its room."""
        super().resizeEvent(event)
        shows = self.width() >= _WIDE and not self._bare
        self.picture.setVisible(shows)
        self.camera.setVisible(shows)

    def bare(self, on: bool) -> None:
        """The agency alone, while there is nothing yet to find."""
        self._bare = on
        for part in (self.scan_box, self.picture, self.camera):
            part.setVisible(not on)

    def show_office(self, agency: str, office: str) -> None:
        for label, words in ((self._agency, agency), (self._office, office or self.tr("Bộ phận Một cửa"))):
            label.ensurePolished()
            label.setText(shortened(words, label.fontMetrics(), _NAME_WIDTH))
            label.setToolTip(words)
            label.setAccessibleName(words)

    def office(self) -> str:
        """The office as it is named on the screen."""
        return self._office.toolTip()

    def fit(self, height: int) -> int:
        """Gives way where the window is low; its own height."""
        own = _LOW if height < _LOW_UNDER else _HIGH
        self.setFixedHeight(own)
        return own

    def _scan_box(self) -> QLineEdit:
        box = QLineEdit()
        box.setFixedHeight(40)
        box.setMinimumWidth(240)
        box.setMaximumWidth(_BOX)
        box.setPlaceholderText(self.tr("Quét thẻ căn cước, giấy hẹn – hoặc gõ tên, số, mã hồ sơ"))
        box.setAccessibleName(self.tr("Quét hoặc tìm"))
        box.setTextMargins(30, 0, 48, 0)
        row = QHBoxLayout(box)
        row.setContentsMargins(12, 0, 10, 0)
        looks = QLabel()
        looks.setPixmap(theme.pixmap("scan", theme.SECOND))
        cap = text("Esc", "cap")
        row.addWidget(looks)
        row.addStretch(1)
        row.addWidget(cap)
        return box

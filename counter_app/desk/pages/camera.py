"""Scanning with the computer's camera: what it sees, until it has seen a code."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QHideEvent, QImage, QKeyEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from counter_app.desk.looking import Looking, image_of
from counter_app.desk.page import Desk, Page
from counter_app.desk.parts import KeyButton, Notice, keeps_escape
from counter_app.desk.theme import text
from counter_app.desk.title_row import TitleRow
from counter_app.domain.errors import CounterError
from counter_app.system.barcodes import codes_in
from counter_app.system.camera import Camera, Frame, OpenCvCamera
from counter_app.words.errors import sentence

_SMALLEST, _SMALLER = QSize(160, 120), QSize(80, 60)


class _Seen(NamedTuple):
    shown: QImage
    codes: list[str]


def _see(frame: Frame) -> _Seen:
    return _Seen(image_of(frame), codes_in(frame.grey, frame.width, frame.height))


class CameraPage(Page):
    """The camera is open only while the page is in front."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.open_camera: Callable[[], Camera] = OpenCvCamera
        self.looking = Looking(desk.tasks, _see, self)
        self.looking.seen.connect(self._on_seen)
        self.looking.failed.connect(self._on_failed)
        self._shown = QImage()
        self.view, self.fault = QLabel(), Notice()
        self.view.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.view.setMinimumSize(_SMALLEST)
        self.view.setAccessibleName(self.tr("Hình từ camera"))
        self._again = KeyButton(self.tr("Thử lại"), "Enter")
        self._again.clicked.connect(self.entered)
        self._back = KeyButton(self.tr("Quay lại"), "Esc")
        self._back.clicked.connect(self.left)
        sheet = QFrame()
        sheet.setProperty("kind", "sheet")
        inside = QVBoxLayout(sheet)
        inside.addWidget(self.view, 1)
        bar = QHBoxLayout()
        bar.setSpacing(12)
        bar.addWidget(self._again)
        bar.addStretch(1)
        bar.addWidget(self._back)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 0, 24, 16)
        column.setSpacing(12)
        column.addWidget(TitleRow(self.title))
        words = self.tr("Đưa mã trên thẻ hoặc giấy hẹn vào giữa hình, cách camera chừng một gang tay.")
        self._words = text(words, "second", wrap=True)
        column.addWidget(self._words)
        column.addWidget(self.fault)
        column.addWidget(sheet, 1)
        column.addLayout(bar)

    @property
    def title(self) -> str:
        return self.tr("Quét bằng camera")

    def give_way(self, tight: bool) -> None:
        """The picture has the room of the words."""
        self._words.setVisible(not tight)
        self.view.setMinimumSize(_SMALLER if tight else _SMALLEST)

    def entered(self) -> None:
        self.fault.say("")
        self._again.hide()
        self._show(QImage())
        self.view.setText(self.tr("Đang mở camera…"))
        self._back.setFocus(Qt.FocusReason.OtherFocusReason)
        self.looking.begin(self.open_camera)

    def event(self, event: QEvent) -> bool:
        return keeps_escape(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._again.isVisible():
            self.entered()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.looking.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show(self._shown)

    def _on_seen(self, seen: _Seen) -> None:
        self._show(seen.shown)
        if seen.codes:
            self.looking.stop()
            self.scanned.emit(seen.codes[0])

    def _on_failed(self, error: CounterError) -> None:
        self._show(QImage())
        self.view.clear()
        self.fault.say(sentence(error))
        self._again.show()

    def _show(self, image: QImage) -> None:
        self._shown = image
        if not image.isNull():
            size = self.view.size().boundedTo(image.size() * 2)
            self.view.setPixmap(QPixmap.fromImage(image.scaled(size, Qt.AspectRatioMode.KeepAspectRatio)))

"""What a camera sees of a page, upright, with the keys that turn it and take it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPixmap, QResizeEvent, QTransform
from PySide6.QtWidgets import QComboBox, QFrame, QLabel, QSizePolicy, QVBoxLayout, QWidget

from counter_app.desk.lines import Lines
from counter_app.desk.parts import KeyButton, keys
from counter_app.desk.theme import text
from counter_app.system.camera import Port

_SMALLEST = QSize(96, 72)


class CameraView(QFrame):  # which a screen reader knows the role of
    wanted = Signal()
    """The page that lies there is to be taken."""
    chosen = Signal(object)
    """Another camera: a Port."""
    digit = Signal(int)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Hình từ camera"))
        self.turn = 0
        """Degrees clockwise, by which the picture is turned until it stands upright."""
        self._tight = False
        self._shown = QImage()
        self.picture = QLabel()
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.setMinimumSize(_SMALLEST)
        self.picture.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.words = text("", "small", wrap=True)
        self.ports = QComboBox()
        self.ports.setAccessibleName(self.tr("Camera"))
        self.ports.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.ports.activated.connect(self._choose)
        self.take = KeyButton(self.tr("Chụp trang"), "Space", "primary")
        self.take.clicked.connect(self.wanted)
        self.around = KeyButton(self.tr("Xoay"), "→")
        self.around.clicked.connect(lambda: self._turn(90))
        self.close_ = KeyButton(self.tr("Xong"), "Esc")
        self.close_.clicked.connect(self.closed)
        for button in (self.take, self.around, self.close_):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.wait()
        bar = QWidget()
        row = Lines(bar, spacing=8)
        for part in (self.take, self.around, self.close_, self.ports):
            row.add(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(6)
        column.addWidget(self.picture, 1)
        column.addWidget(self.words)
        column.addWidget(bar)
        self._hints = keys(
            ("1–9, 0", self.tr("chọn giấy tờ")), ("← →", self.tr("xoay")), ("↑ ↓", self.tr("đổi camera"))
        )
        column.addWidget(self._hints)

    def give_way(self, tight: bool) -> None:
        """The picture has the room of what only keys need."""
        self._tight = tight
        for part in (self.around, self.close_):
            part.setVisible(not tight)
        self.ports.setVisible(not tight and self.ports.count() > 1)

    def begin(self, ports: list[Port], port: Port) -> None:
        """`port` is opened; where there are several, the list stands there."""
        self.ports.clear()
        for one in ports:
            self.ports.addItem(one.label, one)
        self.ports.setCurrentIndex(ports.index(port))
        self.ports.setVisible(not self._tight and len(ports) > 1)
        self.wait()

    def wait(self) -> None:
        """Nothing was seen yet."""
        self._shown = QImage()
        self.picture.setText(self.tr("Đang mở camera…"))
        self.words.setText("")
        self.take.setEnabled(False)

    def show_image(self, image: QImage, words: str) -> None:
        self._shown = image
        self.take.setEnabled(True)
        if words != self.words.text():
            self.words.setText(words)
        self._paint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, digit = event.key(), event.text()
        if key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.take.isEnabled() and not event.isAutoRepeat():
                self.wanted.emit()
        elif key == Qt.Key.Key_Right:
            self._turn(90)
        elif key == Qt.Key.Key_Left:
            self._turn(-90)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            place = self.ports.currentIndex() + (1 if key == Qt.Key.Key_Down else -1)
            if 0 <= place < self.ports.count():
                self._choose(place)
        elif digit.isdecimal() and digit.isascii():
            self.digit.emit(int(digit))
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._paint()

    def _turn(self, by: int) -> None:
        self.turn = (self.turn + by) % 360
        self._paint()

    def _choose(self, place: int) -> None:
        self.ports.setCurrentIndex(place)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.chosen.emit(self.ports.currentData())

    def _paint(self) -> None:
        if not self._shown.isNull():
            upright = self._shown.transformed(QTransform().rotate(self.turn))
            size = self.picture.size().boundedTo(upright.size() * 2)
            self.picture.setPixmap(
                QPixmap.fromImage(upright.scaled(size, Qt.AspectRatioMode.KeepAspectRatio))
            )

"""What stands in the window before the store is open: it opens, asks for the passphrase, or is made."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from counter_app.desk.parts import Field, KeyButton, Notice, typed
from counter_app.desk.theme import text

_WIDTH = 640


class Door(QWidget):
    """A sheet in the middle: what this is, the fields that are needed, one key."""

    asked = Signal()
    """Enter, or the button."""

    def __init__(self, title: str, words: str, button: str = "") -> None:
        super().__init__()
        sheet = QFrame()
        sheet.setProperty("kind", "sheet")
        sheet.setFixedWidth(_WIDTH)
        self.column = QVBoxLayout(sheet)
        self.column.setContentsMargins(32, 24, 32, 24)
        self.column.setSpacing(12)
        self.column.addWidget(text(title, "page"))
        self.words = text(words, "body", wrap=True)
        self.column.addWidget(self.words)
        self.notice = Notice()
        self._fields: list[QWidget] = []
        self.button = KeyButton(button, "Enter", "primary")
        self.button.clicked.connect(self.asked)
        outer = QVBoxLayout(self)
        outer.addStretch(1)
        outer.addWidget(sheet, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addStretch(2)
        self.setAccessibleName(title)

    def add(self, widget: QWidget) -> None:
        self.column.addWidget(widget)
        self._fields.append(widget)

    def finish(self) -> None:
        self.column.addWidget(self.notice)
        row = QHBoxLayout()
        row.addWidget(self.button)
        row.addStretch(1)
        self.column.addLayout(row)

    def complain(self, words: str) -> None:
        self.set_busy(False)
        self.notice.say(words, "late")

    def set_busy(self, on: bool) -> None:
        self.button.setEnabled(not on)
        if on:
            self.notice.say("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and self.button.isEnabled() and not self.button.isHidden():
            self.asked.emit()
        else:
            super().keyPressEvent(event)


class OpeningDoor(Door):
    """What is seen first, for as long as the store opens; later it says why it does not."""

    def __init__(self) -> None:
        title = self.tr("Một cửa")
        super().__init__(title, self.tr("Đang mở kho dữ liệu của máy này…"), self.tr("Thử lại"))
        self.button.hide()
        self.finish()

    def complain(self, words: str) -> None:
        self.words.setText(self.tr("Kho dữ liệu chưa mở được; dữ liệu vẫn còn nguyên."))
        self.button.show()
        self.button.setFocus()
        super().complain(words)

    def wait(self) -> None:
        self.words.setText(self.tr("Đang mở kho dữ liệu của máy này…"))
        self.button.hide()
        self.notice.say("")


class PassphraseDoor(Door):
    """The keyring does not open the store: its passphrase does, or the words of the recovery sheet."""

    def __init__(self) -> None:
        super().__init__(
            self.tr("Nhập mật khẩu của kho"),
            self.tr(
                "Máy này không tự mở được kho dữ liệu. Gõ mật khẩu đã đặt khi tạo kho; "
                "quên mật khẩu thì gõ các từ trên phiếu khôi phục (tắt bộ gõ tiếng Việt)."
            ),
            self.tr("Mở kho"),
        )
        self.passphrase, self.recovery = QLineEdit(), QLineEdit()
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.add(Field(self.tr("Mật khẩu của kho"), self.passphrase))
        self.add(Field(self.tr("Hoặc các từ trên phiếu khôi phục"), self.recovery))
        self.finish()

    def start(self) -> None:
        self.set_busy(False)
        self.passphrase.setFocus()
        self.passphrase.selectAll()


class NewStoreDoor(Door):
    """No store in this folder yet: the few things that one is made of."""

    def __init__(self, folder: str) -> None:
        super().__init__(
            self.tr("Tạo kho dữ liệu cho máy này"),
            self.tr(
                "Thư mục {} chưa có kho. Kho giữ hồ sơ, mã hóa, chỉ ở máy này; chưa cần mạng. "
                "Phiếu khôi phục là tệp PDF để in ra và cất trong tủ có khóa."
            ).format(folder),
            self.tr("Tạo kho"),
        )
        self.agency, self.name = QLineEdit(), QLineEdit()
        self.passphrase, self.again = QLineEdit(), QLineEdit()
        for secret in (self.passphrase, self.again):
            secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.sheet = QLineEdit()
        self.add(Field(self.tr("Mã cơ quan"), self.agency, self.tr("như H55.242")))
        self.add(Field(self.tr("Tên cơ quan"), self.name, self.tr("như UBND xã Ea Mlung")))
        self.add(Field(self.tr("Mật khẩu của kho"), self.passphrase))
        self.add(Field(self.tr("Gõ lại mật khẩu"), self.again))
        choose = KeyButton(self.tr("Chọn chỗ khác…"))
        choose.clicked.connect(self._on_choose)
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(Field(self.tr("Phiếu khôi phục (PDF) lưu vào"), self.sheet), 1)
        layout.addWidget(choose, 0, Qt.AlignmentFlag.AlignBottom)
        self.add(row)
        self.finish()

    def start(self) -> None:
        self.set_busy(False)
        self.agency.setFocus()

    def fault(self) -> str:
        """What cannot stand as it is, in words; "" where all can."""
        if not typed(self.agency) or not typed(self.name):
            return self.tr("Hãy ghi mã và tên cơ quan; cả hai in trên giấy hẹn.")
        if self.passphrase.text() != self.again.text():
            return self.tr("Hai lần gõ mật khẩu không giống nhau; hãy gõ lại.")
        if not self.passphrase.text() and not typed(self.sheet):
            return self.tr("Hãy đặt mật khẩu hoặc chọn chỗ lưu phiếu khôi phục, để khi máy hỏng vẫn mở được.")
        return ""

    def _on_choose(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("Lưu phiếu khôi phục"), typed(self.sheet), self.tr("Tệp PDF (*.pdf)")
        )
        if chosen:
            self.sheet.setText(chosen)

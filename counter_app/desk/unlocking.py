"""The doors of a store that does not open by itself: its passphrase is asked for, or it is made."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QWidget

from counter_app.desk.door import Door
from counter_app.desk.parts import Field, KeyButton, typed
from counter_app.desk.widgets.place_completer import PlaceCompleter, of_agency


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
        PlaceCompleter(self.name, of_agency)
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

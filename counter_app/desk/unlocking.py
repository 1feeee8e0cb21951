"""The door of a store that does not open by itself: its passphrase is asked for."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from counter_app.desk.door import Door
from counter_app.desk.parts import Field
from counter_app.domain.errors import NoKey
from counter_app.words.errors import sentence


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

    def ask(self, error: NoKey) -> None:
        """The next try; says why the last one did not open the store, if there was one."""
        wrong = {
            "wrong-passphrase": self.tr("Mật khẩu không đúng; hãy gõ lại, hoặc dùng phiếu khôi phục."),
            "wrong-recovery": self.tr("Các từ này không mở được kho; hãy xem đúng phiếu và đúng thứ tự."),
        }
        words = wrong.get(error.why, "")
        if not words and error.why != "nothing-opens":
            words = sentence(error)
        self.start()
        if words:
            self.complain(words)

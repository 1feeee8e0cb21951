"""Step 2, what opens the store: the machine's keyring, tried, and a passphrase."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit

from counter_app.desk.first_run.ground import Ground
from counter_app.desk.first_run.step import Step
from counter_app.desk.parts import Field, KeyButton
from counter_app.desk.theme import styled, text
from counter_app.domain.passphrases import Strength, strength
from counter_app.services import first_run
from counter_app.services.first_run import Found

SHORTEST = 8  # letters; as crypto/wraps asks


class KeyringTrial(Step):
    step, ends, before_store = "keys", False, True

    def __init__(self, ground: Ground) -> None:
        super().__init__(
            ground,
            self.tr("Kho khóa của máy có dùng được không?"),
            self.tr("Hồ sơ được mã hóa. Nếu Windows hay Linux giữ được chìa khóa thì kho tự mở."),
        )
        self.again = KeyButton(self.tr("Thử lại"))
        self.again.clicked.connect(self._try)
        self.finish()

    def entered(self) -> None:
        if self.ground.keyring is None:
            self._try()

    def leave(self, then: Callable[[], object]) -> None:
        if self.ground.keyring is not None:
            then()

    def _try(self) -> None:
        vault = self.ground.vault
        self.again.hide()
        self.notice.say(self.tr("Đang cất thử một chìa khóa, đọc lại rồi bỏ đi…"), "soon")
        self.busy.emit(True)
        self.ground.tasks.run("read", lambda: first_run.try_keyring(vault()), self._on_tried)

    def _on_tried(self, found: Found) -> None:
        self.busy.emit(False)
        self.ground.keyring = found
        said = {
            "ok": self.tr("Được: đã cất và đọc lại đúng. Mỗi sáng kho tự mở, không phải gõ mật khẩu."),
            "absent": self.tr(
                "Máy này không có kho khóa: mỗi lần mở sẽ phải gõ mật khẩu. Bước sau đặt mật khẩu ấy."
            ),
            "locked": self.tr(
                "Kho khóa của máy đang khóa hoặc không trả lời. Mở nó rồi thử lại, "
                "hoặc đi tiếp: mỗi lần mở sẽ phải gõ mật khẩu."
            ),
            "forgets": self.tr(
                "Kho khóa của máy đọc lại không đúng thứ đã cất nên không tin được: "
                "mỗi lần mở sẽ phải gõ mật khẩu."
            ),
        }[found]
        ways = [] if found == "ok" else [self.again]
        self.notice.say(said, "in_time" if found == "ok" else "soon", *ways)


class Passphrase(Step):
    step, before_store = "keys", True

    def __init__(self, ground: Ground) -> None:
        super().__init__(
            ground,
            self.tr("Đặt mật khẩu của kho"),
            self.tr("Để mở kho khi máy không tự mở, như sau khi cài lại. Ba, bốn từ dễ nhớ là tốt."),
        )
        self.passphrase, self.again = QLineEdit(), QLineEdit()
        for secret in (self.passphrase, self.again):
            secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.fields = [self.passphrase, self.again]
        self.strength = text("", "strong", wrap=True)
        self.passphrase.textChanged.connect(self._on_typed)
        self.column.addWidget(Field(self.tr("Mật khẩu của kho"), self.passphrase))
        self.column.addWidget(self.strength)
        self.column.addWidget(Field(self.tr("Gõ lại mật khẩu"), self.again))
        self.finish()

    def entered(self) -> None:
        self.passphrase.setFocus()

    def later(self) -> str:
        if self.ground.keyring != "ok":
            return ""
        return self.tr("Kho sẽ mở bằng kho khóa của máy và phiếu khôi phục")

    puts_off_step = False

    def put_off(self, then: Callable[[], object]) -> None:
        self.ground.passphrase = ""
        then()

    def leave(self, then: Callable[[], object]) -> None:
        first, second = self.passphrase.text(), self.again.text()
        if len(first) < SHORTEST:
            self.complain(
                self.tr("Mật khẩu cần ít nhất {} chữ; hãy gõ dài hơn.").format(SHORTEST), self.passphrase
            )
        elif first != second:
            self.complain(self.tr("Hai lần gõ không giống nhau; hãy gõ lại."), self.again)
        else:
            self.notice.say("")
            self.ground.passphrase = first
            then()

    def _on_typed(self, typed: str) -> None:
        said, state = {
            Strength.WEAK: (self.tr("Yếu: ai lấy được ổ đĩa có thể đoán ra. Thêm một từ nữa."), "late"),
            Strength.FAIR: (self.tr("Được: khó đoán."), "in_time"),
            Strength.STRONG: (self.tr("Mạnh: không đoán được."), "in_time"),
        }[strength(typed)]
        self.strength.setText(said if typed else "")
        styled(self.strength, state=state)

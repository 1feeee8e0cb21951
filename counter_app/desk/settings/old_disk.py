"""Kho dữ liệu: what the disk of a dead machine still holds is taken over, when it turns up."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from counter_app.desk.page import Desk
from counter_app.desk.parts import Field, KeyButton, Notice, rule
from counter_app.desk.theme import text
from counter_app.desk.widgets.course_line import CourseLine
from counter_app.desk.widgets.disk_choice import DiskChoice
from counter_app.domain.errors import BadInput, CounterError, NoKey
from counter_app.services import replacing
from counter_app.services.opening import Vault
from counter_app.services.replacing import Salvaged
from counter_app.words import replacing as words
from counter_app.words.errors import sentence

_WIDEST = 560


class OldDisk(QWidget):
    """The disk, and the old store's secret only where the district's key does not open it."""

    told = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.disk = DiskChoice(self.tr("Ổ đĩa, hoặc thư mục dữ liệu, của máy cũ"))
        self.secret = QLineEdit()
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        label = self.tr("Mật khẩu của kho cũ, hoặc các từ trên phiếu khôi phục của kho ấy")
        self._secret = Field(label, self.secret)
        self._secret.hide()
        self.line, self.notice = CourseLine(), Notice()
        self.take = KeyButton(self.tr("Lấy hồ sơ"))
        self.disk.setMaximumWidth(_WIDEST)
        self._secret.setMaximumWidth(_WIDEST)
        row = QHBoxLayout()
        row.addWidget(self.take)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(rule())
        column.addWidget(text(self.tr("Lấy hồ sơ từ ổ đĩa của máy cũ"), "strong"))
        said = self.tr(
            "Ổ đĩa của một máy đã hỏng có thể còn hồ sơ chưa kịp gửi. Cắm vào máy này rồi chọn; ổ đĩa ấy chỉ "
            "được đọc, làm lại bao nhiêu lần cũng không sao."
        )
        column.addWidget(text(said, "second", wrap=True))
        for part in (self.disk, self._secret, self.line, self.notice):
            column.addWidget(part)
        column.addLayout(row)
        self.take.clicked.connect(self.salvage)
        self.disk.path.textEdited.connect(self._on_edited)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not event.isAutoRepeat() and (self.disk.path.hasFocus() or self.secret.hasFocus()):
            self.salvage()
        else:
            super().keyPressEvent(event)

    def salvage(self) -> None:
        """Takes over what the disk holds, beside all other work."""
        if not self.take.isEnabled():
            return
        folder, secret = self.disk.folder(), self.secret.text().strip()
        if not folder:
            self.notice.say(self.tr("Hãy chọn ổ đĩa của máy cũ."), "late")
            self.disk.path.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        desk = self._desk
        office, session, vault = desk.office, desk.session, desk.vault or _no_vault

        def work() -> Salvaged:
            return replacing.from_disk(office, session, Path(folder), vault(), secret)

        self.take.setEnabled(False)
        self.notice.say("")
        self.line.say(words.reading())
        desk.tasks.run("keep", work, self._on_salvaged, self._on_failed)

    def _on_salvaged(self, given: Salvaged) -> None:
        self.take.setEnabled(True)
        self._on_edited()
        said = words.from_disk(given)
        self.line.say(said, "late" if given.refused or given.aside else "in_time")
        self.told.emit(said)
        if given.events and self._desk.sync is not None:
            self._desk.sync.exchange()

    def _on_failed(self, error: CounterError) -> None:
        self.take.setEnabled(True)
        self.line.say("")
        said = sentence(error)
        if isinstance(error, NoKey) and self.secret.text():
            said = self.tr("Mật khẩu hoặc các từ này không mở được kho cũ; hãy gõ lại.")
        self.notice.say(said, "late")
        asks = isinstance(error, NoKey | BadInput)
        self._secret.setVisible(asks)
        if asks:
            self.secret.setFocus(Qt.FocusReason.OtherFocusReason)
            self.secret.selectAll()

    def _on_edited(self) -> None:
        """Another disk has another secret."""
        if self.secret.hasFocus():
            self.disk.path.setFocus(Qt.FocusReason.OtherFocusReason)
        self.secret.clear()
        self._secret.hide()
        self.notice.say("")


def _no_vault() -> Vault:
    from counter_app.system.secrets import KeyringVault

    return KeyringVault()

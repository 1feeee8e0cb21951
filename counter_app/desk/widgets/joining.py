"""Enrols this machine with its district: the server's address and the one-time code, or one scan of both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout

from counter_app.desk.lines import Lines
from counter_app.desk.page import Desk
from counter_app.desk.parts import Field, KeyButton, Notice, typed
from counter_app.desk.theme import text
from counter_app.domain.errors import BadInput, CounterError
from counter_app.services import joining
from counter_app.sync.enrolment import Invitation
from counter_app.words.errors import sentence

if TYPE_CHECKING:
    from counter_app.services.enrolled import District

KEY = "F9"
_ADDRESS, _CODE = 280, 200  # pixels under which a field takes a line of its own


class JoinForm(QFrame):
    joined = Signal(str)
    """The district's name: this machine is enrolled with it now."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("kind", "sheet")
        self._desk = desk
        self._invited: Invitation | None = None
        self._anew = False
        self.address, self.code = QLineEdit(), QLineEdit()
        self.notice = Notice()
        self.go = KeyButton(self.tr("Ghi danh"), KEY, "primary")
        fields = Lines(spacing=12)
        address = Field(self.tr("Địa chỉ máy chủ"), self.address, "https://")
        fields.add(address, 2, _ADDRESS)
        fields.add(Field(self.tr("Mã ghi danh, dùng một lần"), self.code), 1, _CODE)
        fields.add(self.go, align=Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        words = self.tr(
            "Xin huyện địa chỉ và mã, hoặc quét mã QR ghi danh. Hồ sơ ở máy này được gửi lên, không mất gì."
        )
        self._words = text(words, "second", wrap=True)
        column.addWidget(self._words)
        column.addLayout(fields)
        column.addWidget(self.notice)
        self.address.textEdited.connect(self._on_edited)
        self.code.textEdited.connect(self._on_edited)
        self.address.returnPressed.connect(self.code.setFocus)
        self.code.returnPressed.connect(self.join)
        self.go.clicked.connect(self.join)
        self.hide()

    def offer(self, *, anew: bool) -> None:
        """Shows itself; `anew` where the machine is known to its district, which has revoked it."""
        self._anew = anew
        self.show()

    def take_scan(self, scanned: str) -> bool:
        """Fills in what an invitation holds; False for anything else."""
        try:
            invited = Invitation.read(scanned)
        except BadInput as error:
            self.notice.say(sentence(error), "late")
            return True
        if invited is None:
            return False
        self._invited = invited
        self.address.setText(invited.url)
        self.code.setText(invited.code.text)
        self.notice.say("")
        self.go.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def join(self) -> None:
        """Asks the district, in a lane of its own."""
        if not self.isVisible() or not self.go.isEnabled():
            return
        office, session, anew = self._desk.office, self._desk.session, self._anew
        told = self._invited.text if self._invited is not None else typed(self.address)
        code = typed(self.code)
        self._enable(False)
        self.notice.say(self.tr("Đang hỏi máy chủ…"), "soon")
        self._desk.tasks.run(
            "sync",
            lambda: joining.join(office, session, told, code, anew=anew),
            self._on_joined,
            self._on_refused,
        )

    def _on_edited(self) -> None:
        self._invited = None

    def _on_joined(self, found: District) -> None:
        self._enable(True)
        self.notice.say("")
        self._invited = None
        for field in (self.address, self.code):
            field.clear()
        self.hide()
        self.joined.emit(found.name)

    def _on_refused(self, error: CounterError) -> None:
        self._enable(True)
        self.notice.say(sentence(error), "late")
        wrong = self.code if error.facts.get("field") == "code" else self.address
        wrong.setFocus(Qt.FocusReason.OtherFocusReason)
        wrong.selectAll()

    def _enable(self, on: bool) -> None:
        for part in (self.address, self.code, self.go):
            part.setEnabled(on)

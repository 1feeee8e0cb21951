"""Step 4 of a machine that takes a dead one's place: by which server it enters, and where the old disk is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from counter_app.desk.first_run.ground import Ground
from counter_app.desk.first_run.step import Step
from counter_app.desk.lines import Lines
from counter_app.desk.parts import Field, typed
from counter_app.desk.widgets.disk_choice import DiskChoice
from counter_app.domain.errors import BadInput, CounterError, Unreachable
from counter_app.services import enrolled, joining
from counter_app.services.first_run import REPLACE
from counter_app.sync.enrolment import Invitation

if TYPE_CHECKING:
    from counter_app.services.enrolled import District

_ADDRESS, _CODE = 260, 200  # pixels under which a field takes a line of its own


class Rejoining(Step):
    """Left, the machine is enrolled; what follows is fetched without a word typed."""

    step, ends = REPLACE, False

    def __init__(self, ground: Ground) -> None:
        super().__init__(
            ground,
            self.tr("Lấy lại hồ sơ từ đâu?"),
            self.tr(
                "Xin nơi quản lý máy chủ địa chỉ và mã thay máy cũ, hoặc quét mã QR của họ vào một ô. "
                "Ổ đĩa cũ còn đọc được thì cắm vào và chọn luôn: hồ sơ chưa kịp gửi nằm ở đó."
            ),
        )
        self.address, self.code = QLineEdit(), QLineEdit()
        self.disk = DiskChoice(self.tr("Ổ đĩa của máy cũ (để trống nếu chưa có)"), "Ctrl+O")
        self._invited: Invitation | None = None
        self._joined = False
        self._server = QWidget()
        row = Lines(self._server)
        row.add(Field(self.tr("Địa chỉ máy chủ"), self.address, "https://"), 2, _ADDRESS)
        row.add(Field(self.tr("Mã ghi danh, dùng một lần"), self.code), 1, _CODE)
        self.column.addWidget(self._server)
        self.column.addWidget(self.disk)
        self.address.textEdited.connect(self._on_edited)
        self.code.textEdited.connect(self._on_edited)
        self.fields = [self.address, self.code, self.disk.path]
        self.finish()

    def entered(self) -> None:
        desk = self.ground.desk
        assert desk is not None
        if not self.disk.path.text():
            self.disk.path.setText(self.ground.progress.disk)
        if self._joined:
            self.disk.path.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        super().entered()
        self.ground.tasks.run("read", lambda: enrolled.district(desk.office), self._on_looked)

    def later(self) -> str:
        return self.tr("Ghi danh ở Đồng bộ (F8); ổ đĩa cũ ở Thiết lập (F11), phần Kho dữ liệu")

    def put_off(self, then: Callable[[], object]) -> None:
        """The officers come with the rest: whoever named himself now would take the administrator's place."""
        self.ground.progress = self.ground.put_off("officers")
        then()

    def next_words(self) -> str:
        return self.tr("Lấy lại hồ sơ")

    def takes_enter(self, focused: QWidget | None) -> bool:
        if isinstance(focused, QLineEdit) and self._take_scan(typed(focused)):
            return True
        return super().takes_enter(focused)

    def leave(self, then: Callable[[], object]) -> None:
        ground, desk = self.ground, self.ground.desk
        assert desk is not None
        office, session = desk.office, desk.session
        told = self._invited.text if self._invited is not None else typed(self.address)
        code, joined = typed(self.code), self._joined
        keep = ground.advance(replace(ground.progress, disk=self.disk.folder()))

        def work() -> District | None:
            keep()
            return None if joined else joining.join(office, session, told, code)

        def entered(_: District | None) -> None:
            self.busy.emit(False)
            self.notice.say("")
            self._now_joined()
            then()

        self.busy.emit(True)
        self.notice.say("" if joined else self.tr("Đang hỏi máy chủ…"), "soon")
        ground.tasks.run("sync", work, entered, self._on_refused)

    def _take_scan(self, scanned: str) -> bool:
        """Fills in what an invitation holds, whatever field it was scanned into; False for anything else."""
        try:
            invited = Invitation.read(scanned)
        except BadInput as error:
            self.explain(error)
            return True
        if invited is None:
            return False
        if typed(self.disk.path) == scanned:
            self.disk.path.clear()
        self._invited = invited
        self.address.setText(invited.url)
        self.code.setText(invited.code.text)
        self.notice.say(self.tr("Đã đọc mã QR của máy chủ."), "in_time")
        self.disk.path.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _on_edited(self) -> None:
        self._invited = None

    def _on_looked(self, known: District | None) -> None:
        """A power cut came after the machine was enrolled: nothing is asked again."""
        if known is not None and not self._joined:
            self._now_joined()
            self.ahead.emit()

    def _now_joined(self) -> None:
        self._joined = True
        self._server.hide()
        self.fields = [self.disk.path]

    def _on_refused(self, error: CounterError) -> None:
        self.explain(error)
        if isinstance(error, Unreachable):  # nothing to mend here: Enter tries again
            self.disk.path.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        of_code = error.facts.get("field") == "code" or error.why.startswith("code-")
        wrong = self.code if of_code else self.address
        wrong.setFocus(Qt.FocusReason.OtherFocusReason)
        wrong.selectAll()

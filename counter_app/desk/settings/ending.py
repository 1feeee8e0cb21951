"""Ngừng dùng máy: where this machine's store is destroyed, once all that it holds is in safe hands."""

from __future__ import annotations

from PySide6.QtCore import Qt

from counter_app.desk.page import Desk
from counter_app.desk.parts import KeyButton, Notice
from counter_app.desk.settings.section import Section
from counter_app.desk.theme import text
from counter_app.domain.errors import CounterError, NotAllowed, NotPermitted
from counter_app.domain.rights import Right
from counter_app.services import wiping
from counter_app.services.wiping import Outlook
from counter_app.words.errors import sentence
from counter_app.words.states import only_for


class EndingSection(Section):
    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        said = self.tr(
            "Khi máy được thanh lý, trả lại hay chuyển đi nơi khác: gửi hết hồ sơ lên máy chủ, rồi xóa kho "
            "và chìa khóa của máy này. Cần hai cán bộ có mã PIN. Bấm nút chưa xóa gì: màn hình sau nói rõ "
            "sẽ mất gì, còn gì, và hỏi lại."
        )
        self.column.addWidget(text(said, "body", wrap=True))
        self.notice = Notice()
        self.column.addWidget(self.notice)
        self.wipe = KeyButton(self.tr("Xóa kho của máy này…"))
        self.wipe.clicked.connect(self._on_wipe)
        self.column.addWidget(self.wipe, 0, Qt.AlignmentFlag.AlignLeft)

    def entered(self) -> None:
        office = self.desk.office
        self.desk.tasks.run("read", lambda: wiping.outlook(office), self._show, latest="outlook")

    def _on_wipe(self) -> None:
        """Where something stands in the way it is said again, and nothing else happens."""
        office = self.desk.office

        def known(now: Outlook | None) -> None:
            self._show(now)
            if not self.notice.words():
                self.wipe_asked.emit()

        self.desk.tasks.run("read", lambda: wiping.outlook(office), known)

    def _show(self, now: Outlook | None) -> None:
        self.notice.say(self._why(now), "paused")

    def _why(self, now: Outlook | None) -> str:
        """What stands in the way; "" where nothing does."""
        session = self.desk.session
        fault: CounterError | None = None
        if self.desk.office.training:
            return self.tr("Kho tập dùng không xóa ở đây: nút ở dải tím trên cùng làm lại từ đầu.")
        if not session.may(Right.KEEP_STORE):
            return only_for(Right.KEEP_STORE)
        if now is None:
            fault = NotAllowed("wipe-not-enrolled")
        elif session.officer is None or not session.officer.pin or len(now.officers) < 2:
            fault = NotPermitted("two-needed")
        return sentence(fault) if fault else ""

"""Step 4, the officers: the administrator's own name and PIN, then the others."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from counter_app.desk.first_run.ground import Ground
from counter_app.desk.first_run.step import Step
from counter_app.desk.page import Desk
from counter_app.desk.parts import Field, typed
from counter_app.desk.theme import text
from counter_app.domain.commune import FIRST_OFFICER, Officer, Role
from counter_app.services import accounts
from counter_app.services.office import Session
from counter_app.words.states import ROLES

_ROLES = (Role.OFFICER, Role.HEAD, Role.CASHIER, Role.READER, Role.ADMINISTRATOR)


class OwnAccount(Step):
    step, ends = "officers", False

    def __init__(self, ground: Ground) -> None:
        super().__init__(
            ground,
            self.tr("Bạn là ai?"),
            self.tr("Bạn là quản trị của kho. Mã PIN từ 4 đến 12 chữ số, gõ mỗi khi vào quầy."),
        )
        self.name, self.pin, self.again = QLineEdit(), QLineEdit(), QLineEdit()
        for secret in (self.pin, self.again):
            secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.fields = [self.name, self.pin, self.again]
        self.column.addWidget(Field(self.tr("Họ và tên"), self.name, self.tr("như Nông Thị Xuyến")))
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(Field(self.tr("Mã PIN"), self.pin))
        row.addWidget(Field(self.tr("Gõ lại mã PIN"), self.again))
        self.column.addLayout(row)
        self.finish()

    def entered(self) -> None:
        officer = self._desk().session.officer
        if officer is not None and not self.name.text() and officer.pin:
            self.name.setText(officer.name)
        self.name.setFocus()

    def later(self) -> str:
        return self.tr("Thiết lập (F11), phần Cán bộ; đến lúc ấy ai mở máy cũng vào được quầy")

    def leave(self, then: Callable[[], object]) -> None:
        name, pin = typed(self.name), self.pin.text()
        if not name:
            self.complain(self.tr("Hãy ghi họ và tên; tên này in trên giấy hẹn."), self.name)
        elif not (pin.isascii() and pin.isdigit() and 4 <= len(pin) <= 12):
            self.complain(self.tr("Mã PIN phải có từ 4 đến 12 chữ số."), self.pin)
        elif pin != self.again.text():
            self.complain(self.tr("Hai lần gõ mã PIN không giống nhau; hãy gõ lại."), self.again)
        else:
            self._settle(name, pin, then)

    def _settle(self, name: str, pin: str, then: Callable[[], object]) -> None:
        desk = self._desk()
        office, session = desk.office, desk.session
        me = session.officer.id if session.officer is not None else FIRST_OFFICER

        def work() -> Session:
            # Both are decisions that may be repeated: after a power cut the step is simply done again.
            accounts.change_officer(office, session, me, name=name)
            accounts.set_pin(office, session, pin)
            return office.session(me, lambda: pin)

        def settled(session: Session) -> None:
            desk.session = session
            self.busy.emit(False)
            then()

        self.notice.say("")
        self.busy.emit(True)
        self.ground.tasks.run("store", work, settled, self.explain)

    def _desk(self) -> Desk:
        assert self.ground.desk is not None
        return self.ground.desk


class MoreOfficers(Step):
    """A row that is filled again and again; each Enter at its end has one more account on the disk."""

    step = "officers"

    def __init__(self, ground: Ground) -> None:
        super().__init__(
            ground,
            self.tr("Ai nữa ngồi quầy?"),
            self.tr("Mỗi người một dòng, Enter để thêm. Hết thì Enter ở dòng trống."),
        )
        self.name, self.role, self.pin = QLineEdit(), QComboBox(), QLineEdit()
        self.pin.setEchoMode(QLineEdit.EchoMode.Password)
        for role in _ROLES:
            self.role.addItem(ROLES.say(role), role.value)
        self.fields = [self.name, self.role, self.pin]
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(Field(self.tr("Họ và tên"), self.name), 3)
        row.addWidget(Field(self.tr("Vai trò"), self.role), 2)
        row.addWidget(Field(self.tr("Mã PIN"), self.pin), 2)
        self.column.addLayout(row)
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        self.column.addLayout(self._list)
        self._shown: dict[str, QWidget] = {}
        self.finish()

    def entered(self) -> None:
        self.name.setFocus()
        desk = self.ground.desk
        assert desk is not None
        self.ground.tasks.run("read", lambda: accounts.officers(desk.office), self._on_officers)

    puts_off_step = False

    def takes_enter(self, focused: QWidget | None) -> bool:
        return bool(typed(self.name)) and super().takes_enter(focused)

    def later(self) -> str:
        return self.tr("Thiết lập (F11), phần Cán bộ")

    def next_words(self) -> str:
        return self.tr("Thêm, hoặc tiếp tục")

    def leave(self, then: Callable[[], object]) -> None:
        name, role, pin = typed(self.name), str(self.role.currentData()), self.pin.text()
        if not name:
            then()
            return
        desk = self.ground.desk
        assert desk is not None
        session = desk.session
        if not _has_pin(session):
            self.complain(self.tr("Hãy đặt mã PIN của chính bạn trước (Shift+Enter để lùi)."), self.name)
            return
        if not (pin.isascii() and pin.isdigit() and 4 <= len(pin) <= 12):
            self.complain(self.tr("Mã PIN phải có từ 4 đến 12 chữ số."), self.pin)
            return

        def work() -> list[Officer]:
            taken = {officer.id for officer in accounts.officers(desk.office)}
            accounts.add_officer(desk.office, session, accounts.proposed_id(name, taken), name, role, pin)
            return accounts.officers(desk.office)

        def added(officers: Any) -> None:
            self.busy.emit(False)
            self._on_officers(officers)
            self.name.clear()
            self.pin.clear()
            self.name.setFocus()

        self.notice.say("")
        self.busy.emit(True)
        self.ground.tasks.run("store", work, added, self.explain)

    def _on_officers(self, officers: list[Officer]) -> None:
        for officer in officers:
            if officer.id not in self._shown:
                line = text(f"{officer.name} – {ROLES.say(officer.role)} ({officer.id})", "strong")
                self._shown[officer.id] = line
                self._list.addWidget(line)


def _has_pin(session: Session) -> bool:
    return session.officer is not None and bool(session.officer.pin)

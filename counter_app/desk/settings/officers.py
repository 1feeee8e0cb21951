"""Cán bộ: who may sit at the counter, with which role; accounts are opened and shut here, and PINs set."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, NamedTuple

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QPainter, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from counter_app.desk import theme
from counter_app.desk.page import Desk
from counter_app.desk.parts import KeyButton, Notice, typed
from counter_app.desk.settings.officer_forms import AccountForm, OfficerForm, PinForm
from counter_app.desk.settings.section import Section
from counter_app.desk.theme import text
from counter_app.desk.widgets.rows import Index, RowsView, paint_ground, paint_line
from counter_app.desk.widgets.rows import Role as Data
from counter_app.domain.commune import Officer, Role
from counter_app.domain.errors import CounterError
from counter_app.domain.rights import Right
from counter_app.services import accounts
from counter_app.services.office import Session
from counter_app.words.errors import sentence
from counter_app.words.states import ROLES, only_for

_ROW: Final = 52


class _Work(NamedTuple):
    """What a form asks of its lane, and whose account it is about."""

    whose: str
    do: Callable[[], object]


class OfficersSection(Section):
    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.list = RowsView(self.tr("Danh sách cán bộ"))
        self.list.setItemDelegate(_Painter(self.list))
        self.form: OfficerForm | None = None
        self._asker: Officer | None = None
        self.notice = Notice()
        self.leaderless = Notice()
        self._why = text("", "second", wrap=True)
        self.new = self._key(self.tr("Thêm cán bộ"), "Ctrl+N", self._on_new)
        self.edit = self._key(self.tr("Đổi tên, vai trò"), "Enter", self._on_edit)
        self.pin = self._key(self.tr("Mã PIN"), "Ctrl+Shift+M", self._on_pin)
        self.shut = self._key(self.tr("Khóa tài khoản"), "Ctrl+Shift+L", self._on_shut)
        self._front = self._list_side()
        self.column.addWidget(self._front)
        self.list.opened.connect(lambda _: self._on_edit())
        self.list.selectionModel().currentChanged.connect(self._offer)

    def entered(self) -> None:
        if self.form is not None and self.desk.session.officer != self._asker:
            self._close_form()  # another one sits here now: what was typed was not his
            self._front.show()
        office = self.desk.office
        self.desk.tasks.run("read", lambda: accounts.officers(office), self._show, latest="officers")

    def take_focus(self) -> None:
        if self.form is not None:
            self.form.take_focus()
        else:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def officer(self) -> Officer | None:
        """The one whose row is here."""
        row = self.list.row()
        return row.officer if row else None

    def choose(self, officer: str) -> None:
        self.list.go_to([known.id for known in self._known()].index(officer))

    # the list

    def _show(self, officers: list[Officer]) -> None:
        here = self.officer()
        ordered = sorted(officers, key=lambda one: (not one.active, one.name.casefold()))
        self.list.show_rows([self._row(one) for one in ordered])
        self.list.setFixedHeight(_ROW * min(8, max(1, len(ordered))))
        ids = [one.id for one in ordered]
        self.list.go_to(ids.index(here.id) if here and here.id in ids else 0)
        self._offer()
        led = any(one.active and one.role is Role.ADMINISTRATOR for one in officers)
        words = self.tr(
            "Không còn tài khoản quản trị nào mở, thường vì hai máy khóa lẫn nhau; "
            "hãy khóa quầy (F12) rồi mở lại bằng phiếu khôi phục."
        )
        self.leaderless.say("" if led or not officers else words, "late")

    def _row(self, one: Officer) -> _Row:
        pin = self.tr("có mã PIN") if one.pin else self.tr("chưa có mã PIN")
        shut = "" if one.active else self.tr("Đã khóa")
        return _Row(one, f"{one.id} · {ROLES.say(one.role)} · {pin}", shut)

    def _offer(self) -> None:
        """Only what this officer may do can be pressed; why not stands beside it."""
        session, here = self.desk.session, self.officer()
        may = session.may(Right.SET_OFFICERS)
        own = here is not None and session.officer is not None and here.id == session.officer.id
        self.new.setEnabled(may)
        self.edit.setEnabled(may and here is not None)
        self.shut.setEnabled(may and here is not None and not own)
        self.pin.setEnabled(own or (here is not None and session.may(Right.RESET_PIN)))
        self.shut.say(
            self.tr("Khóa tài khoản") if here is None or here.active else self.tr("Mở lại tài khoản")
        )
        self._why.setText("" if may else only_for(Right.SET_OFFICERS))
        self._why.setVisible(not may)

    def _known(self) -> list[Officer]:
        rows = self.list.rows
        return [rows.index(n, 0).data(Data.ROW).officer for n in range(rows.rowCount())]

    # the acts

    def _on_new(self) -> None:
        session, office = self.desk.session, self.desk.office
        if not self.new.isEnabled() or session.officer is None:
            return
        taken = {one.id for one in self._known()}
        form = AccountForm(self.tr("Cán bộ mới"), taken, pins=bool(session.officer.pin))

        def act(session: Session) -> _Work:
            given = typed(form.id), typed(form.name), str(form.role.currentData()), form.pin.text()
            return _Work(given[1], lambda: accounts.add_officer(office, session, *given))

        self._ask(form, act, self.tr("Đã thêm cán bộ {}"))

    def _on_edit(self) -> None:
        here, office = self.officer(), self.desk.office
        if not self.edit.isEnabled() or here is None:
            return
        form = AccountForm(self.tr("Đổi tên, vai trò: {}").format(here.name), (), here)

        def act(session: Session) -> _Work:
            name, role = typed(form.name), str(form.role.currentData())
            return _Work(
                name, lambda: accounts.change_officer(office, session, here.id, name=name, role=role)
            )

        self._ask(form, act, self.tr("Đã ghi tài khoản của {}"))

    def _on_shut(self) -> None:
        here, session, office = self.officer(), self.desk.session, self.desk.office
        if not self.shut.isEnabled() or here is None:
            return
        told = self.tr("Đã khóa tài khoản của {}") if here.active else self.tr("Đã mở lại tài khoản của {}")

        def work() -> Officer:
            return accounts.change_officer(office, session, here.id, active=not here.active)

        self.desk.tasks.run("store", work, lambda _: self._on_done(told.format(here.name)), self._refuse)

    def _on_pin(self) -> None:
        here, session, office = self.officer(), self.desk.session, self.desk.office
        if not self.pin.isEnabled() or here is None or session.officer is None:
            return
        if here.id == session.officer.id:
            form = PinForm(
                self.tr("Mã PIN của tôi"),
                self.tr("Từ khi một người có mã PIN, ai cũng phải gõ mã PIN mới được làm việc."),
                asks_old=bool(here.pin),
            )

            def act(session: Session) -> _Work:
                old, new = form.old.text(), form.pin.text()
                return _Work(here.name, lambda: accounts.change_pin(office, session, old, new))
        elif not session.officer.pin:
            self._say(self.tr("Hãy đặt mã PIN của mình trước; sau đó mới đặt được cho người khác."))
            return
        elif here.pin:
            form = PinForm(
                self.tr("Đặt lại mã PIN: {}").format(here.name),
                self.tr("Cần phiếu khôi phục của kho; việc này ghi tên người đặt lại."),
                asks_sheet=True,
            )

            def act(session: Session) -> _Work:
                new, sheet = form.pin.text(), typed(form.sheet)
                return _Work(here.name, lambda: accounts.reset_pin(office, session, here.id, new, sheet))
        else:
            form = PinForm(self.tr("Mã PIN đầu tiên: {}").format(here.name), "")

            def act(session: Session) -> _Work:
                new = form.pin.text()
                return _Work(here.name, lambda: accounts.give_pin(office, session, here.id, new))

        self._ask(form, act, self.tr("Đã đặt mã PIN của {}"))

    # the form

    def _ask(self, form: OfficerForm, act: Callable[[Session], _Work], told: str) -> None:
        self._close_form()
        self.form, self._asker = form, self.desk.session.officer
        form.asked.connect(partial(self._on_asked, form, act, told))
        form.left.connect(self._on_left)
        self._front.hide()
        self.column.addWidget(form)
        form.show()
        form.take_focus()

    def _on_asked(self, form: OfficerForm, act: Callable[[Session], _Work], told: str) -> None:
        if fault := form.fault():
            form.complain(fault)
            return
        form.button.setEnabled(False)
        whose, work = act(self.desk.session)  # what was typed is read here, on the window's thread

        def done(_: object) -> None:
            self._on_left()
            self._on_done(told.format(whose))

        self.desk.tasks.run("store", work, done, lambda error: form.complain(sentence(error)))

    def _on_left(self) -> None:
        self._close_form()
        self._front.show()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _close_form(self) -> None:
        if self.form is not None:
            self.column.removeWidget(self.form)
            self.form.hide()
            self.form.deleteLater()
            self.form = None

    def _on_done(self, told: str) -> None:
        self._say("")
        self.told.emit(told)
        self.office_changed.emit()
        self.entered()

    def _refuse(self, error: CounterError) -> None:
        self._say(sentence(error))

    def _say(self, words: str) -> None:
        self.notice.say(words, "late")

    # the look

    def _key(self, words: str, key: str, slot: Callable[[], Any]) -> KeyButton:
        button = KeyButton(words, key)
        button.clicked.connect(slot)
        if key != "Enter":
            within = Qt.ShortcutContext.WidgetWithChildrenShortcut
            QShortcut(QKeySequence(key), self, context=within).activated.connect(slot)
        return button

    def _list_side(self) -> QWidget:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.leaderless)
        sheet = QFrame()
        sheet.setProperty("kind", "sheet")
        inside = QVBoxLayout(sheet)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.list)
        column.addWidget(sheet)
        for pair in ((self.new, self.edit), (self.pin, self.shut)):
            row = QHBoxLayout()
            row.setSpacing(8)
            for button in pair:
                row.addWidget(button)
            row.addStretch(1)
            column.addLayout(row)
        column.addWidget(self._why)
        column.addWidget(self.notice)
        column.addStretch(1)
        return side


@dataclass(frozen=True)
class _Row:
    officer: Officer
    line: str
    shut: str

    @property
    def spoken(self) -> str:
        return ", ".join(part for part in (self.officer.name, self.line, self.shut) if part)


class _Painter(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: _Row = index.data(Data.ROW)
        painter.save()
        paint_ground(painter, option)
        box = option.rect.adjusted(16, 4, -16, -4)
        name, line = box.adjusted(0, 0, -90, -box.height() // 2), box.adjusted(0, box.height() // 2, 0, 0)
        ink = theme.INK if row.officer.active else theme.SECOND
        paint_line(painter, name, row.officer.name, "strong", ink)
        paint_line(painter, line, row.line, colour=theme.SECOND)
        paused = theme.STATES["paused"][0]
        right = box.adjusted(0, 0, 0, -box.height() // 2)
        paint_line(painter, right, row.shut, "strong", paused, Qt.AlignmentFlag.AlignRight)
        painter.restore()

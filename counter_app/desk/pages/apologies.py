"""Chờ ký (Shift+F4): apologies for what will miss its date, that the head signs as a stack."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from counter_app.desk.following import FollowingArea
from counter_app.desk.page import Desk, Page
from counter_app.desk.pages.apology_form import ApologyForm
from counter_app.desk.parts import keeps_escape, keys
from counter_app.desk.signing_lane import Done, Stack
from counter_app.desk.theme import text
from counter_app.desk.title_row import TitleRow
from counter_app.desk.widgets.apology_rows import ApologyList, ApologyRow, apology_rows
from counter_app.domain.rights import Right
from counter_app.services import apologies
from counter_app.services.apologies import Issued, Wanted
from counter_app.words.errors import sentence
from counter_app.words.states import only_for

_FORM: Final = 416  # pixels
_NARROW: Final = 900  # under this width the form takes the list's place, and Esc returns

Read = tuple[list[ApologyRow], int, list[Issued]]


class ApologiesPage(Page):
    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.list = ApologyList(self.tr("Thư xin lỗi chờ ký"))
        self.form = ApologyForm()
        self.stack = Stack(desk)
        self._rows: list[ApologyRow] = []
        self._alone = False
        self._empty = text("", "second", wrap=True)
        self._left, self._right = self._list_side(), self._form_side()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._left, 1)
        row.addWidget(self._right)
        self.list.toggled.connect(self._on_toggled)
        self.list.opened.connect(self._on_opened)
        self.list.selectionModel().currentChanged.connect(lambda: self._show_here())
        self.form.edited.connect(self._on_edited)
        self.form.sign.clicked.connect(lambda: self._begin(signed=True))
        self.form.print.clicked.connect(lambda: self._begin(signed=False))
        self.stack.stepped.connect(self._on_stepped)
        self.stack.ended.connect(self._on_ended)
        self.bind([("F9", self.form.sign.click), ("Ctrl+P", self.form.print.click)])

    @property
    def title(self) -> str:
        return self.tr("Chờ ký")

    def entered(self) -> None:
        self._alone = False
        self._arrange()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self.form.show_key(self.desk.office.settings.signing_file)
        self.look()

    def look(self) -> None:
        """Reads the drafts again; what the head has changed of one stays."""
        office, now, busy = self.desk.office, self.desk.now(), self.stack.is_busy

        def read() -> Read:
            lost = [] if busy else apologies.settle(office)
            found = apologies.drafts(office, now)
            return apology_rows(found.found, now, office.calendar()), found.left, lost

        self.desk.tasks.run("lists", read, self._show, latest=f"apologies-{id(self)}")

    def rows(self) -> list[ApologyRow]:
        return self._rows

    def says(self) -> str:
        """The words in the list's place; "" where there is a list."""
        return self._empty.text() if self._middle.currentIndex() == 1 else ""

    def event(self, event: QEvent) -> bool:
        return keeps_escape(event, self._is_over) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._is_over():
            self._alone = False
            self._arrange()
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _show(self, read: Read) -> None:
        rows, left, lost = read
        before = {row.draft.code: row for row in self._rows}
        self._rows = [_as_before(row, before.get(row.draft.code)) for row in rows]
        more = self.tr("Còn {n} hồ sơ trễ nữa chưa liệt kê.").format(n=left) if left else ""
        self._more.setText(more)
        self._more.setVisible(bool(more))
        if lost:
            self.form.say("\n".join(sentence(one.error) for one in lost if one.error), "late")
        self._renew()

    def _renew(self) -> None:
        self.list.renew_rows(self._rows, _name)
        self._empty.setText(
            self.tr("Không có hồ sơ nào sắp trễ hẹn trong 3 ngày làm việc tới. Không có thư nào chờ ký.")
        )
        self._middle.setCurrentIndex(0 if self._rows else 1)
        self._show_here()

    def _show_here(self) -> None:
        row = self.list.row()
        self.form.show_row(row if isinstance(row, ApologyRow) else None)
        may = self.desk.session.may(Right.EXTEND)
        ticked = sum(one.ticked for one in self._rows)
        self.form.allow(ticked if may and not self.stack.is_busy else 0)
        if not may:
            self.form.say(only_for(Right.EXTEND), "paused")

    def _on_toggled(self, here: ApologyRow | None) -> None:
        if self.stack.is_busy:
            return
        able = [row for row in self._rows if row.can]
        on = not all(row.ticked for row in able) if here is None else not here.ticked
        wanted = {row.draft.code for row in (able if here is None else [here]) if row.can}
        self._change(lambda row: replace(row, ticked=on) if row.draft.code in wanted else row)

    def _on_edited(self, code: str) -> None:
        until, reason = self.form.until(self.desk.now().date()), self.form.reason_typed()
        self._change(
            lambda row: (
                replace(row, until=until or row.until, reason=reason, fault="")
                if row.draft.code == code
                else row
            )
        )

    def _change(self, change: Callable[[ApologyRow], ApologyRow]) -> None:
        self._rows = [change(row) for row in self._rows]
        self.list.renew_rows(self._rows, _name)
        self._show_here()

    def _begin(self, *, signed: bool) -> None:
        if self.stack.is_busy:
            return
        self.form.commit()
        chosen = [row for row in self._rows if row.ticked]
        if not chosen:
            return
        if (fault := self.form.fault(self.desk.now().date())) != "":
            self.form.say(fault, "late")
            return
        wanted = [Wanted(row.draft.code, row.until, row.reason) for row in chosen]
        if signed:
            key = self.form.key_file()
            self.stack.sign(wanted, Path(key) if key else None, self.form.take_passphrase())
        else:
            self.stack.print(wanted)
        self.form.say(self.tr("Đang chuẩn bị {n} thư…").format(n=len(wanted)), "soon")
        self._show_here()

    def _on_stepped(self, done: int, of: int) -> None:
        self.form.say(self.tr("Đang làm thư {n} trên {of}…").format(n=done + 1, of=of), "soon")

    def _on_ended(self, done: Done) -> None:
        faults = {one.code: sentence(one.error) for one in done.issued if one.error is not None}
        gone = {one.code for one in done.issued if one.error is None}
        self._rows = [
            replace(row, fault=faults.get(row.draft.code, row.fault))
            for row in self._rows
            if row.draft.code not in gone
        ]
        self._renew()
        self.form.show_key(self.desk.office.settings.signing_file)
        self.form.say(*self._result(done, len(gone), faults))
        if gone:
            self.told.emit(self.tr("Đã hẹn lại và ghi {n} thư xin lỗi").format(n=len(gone)))

    def _result(self, done: Done, n: int, faults: dict[str, str]) -> tuple[str, str]:
        parts = []
        if n and done.signer:
            said = self.tr("{signer} đã ký {n} thư, nằm ở thư mục {folder}.")
            parts.append(said.format(signer=done.signer, n=n, folder=done.folder))
        elif n:
            parts.append(self.tr("Đã gửi {n} thư đi in để ký tay, đóng dấu.").format(n=n))
        parts += [f"{code}: {said}" for code, said in faults.items()]
        if done.error is not None:
            parts.append(sentence(done.error))
        return "\n".join(parts), "late" if faults or done.error else "in_time"

    def _is_over(self) -> bool:
        return self._alone and self.width() < _NARROW

    def _on_opened(self) -> None:
        self._alone = True
        self._arrange()
        self.form.take_focus()

    def _arrange(self) -> None:
        narrow = self.width() < _NARROW
        self._left.setVisible(not (narrow and self._alone))
        self._right.setVisible(not narrow or self._alone)
        self._right.setFixedWidth(self.width() if narrow else _FORM)
        self._form_column.setContentsMargins(24 if narrow else 0, 0, 24, 12)

    def _list_side(self) -> QWidget:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(24, 0, 24, 12)
        column.setSpacing(12)
        column.addWidget(TitleRow(self.title))
        self._more = text("", "second", wrap=True)
        self._more.hide()
        sheet = QFrame()
        sheet.setProperty("kind", "sheet")
        self._middle = QStackedLayout(sheet)
        self._middle.setContentsMargins(1, 1, 1, 1)
        self._middle.addWidget(self.list)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setMargin(48)
        self._middle.addWidget(self._empty)
        column.addWidget(sheet, 1)
        column.addWidget(self._more)
        column.addWidget(
            keys(
                ("Space", self.tr("chọn, bỏ chọn")),
                ("Shift+Space", self.tr("tất cả")),
                ("Enter", self.tr("sửa ngày, lý do")),
                ("F9", self.tr("ký")),
            )
        )
        return side

    def _form_side(self) -> QWidget:
        side = QWidget()
        column = self._form_column = QVBoxLayout(side)
        column.setSpacing(12)
        column.addWidget(TitleRow(self.tr("Thư xin lỗi")))
        sheet = QFrame()
        sheet.setProperty("kind", "sheet")
        inside = QVBoxLayout(sheet)
        inside.setContentsMargins(20, 16, 8, 16)
        inside.addWidget(FollowingArea(self.form))
        column.addWidget(sheet, 1)
        column.addWidget(self.form.foot)
        return side


def _as_before(row: ApologyRow, before: ApologyRow | None) -> ApologyRow:
    """What was changed by hand stays; a proposal that moved with the day follows."""
    if before is None:
        return row
    until = row.until if before.until == before.draft.until else before.until
    reason = row.reason if before.reason == before.draft.reason else before.reason
    return replace(row, until=until, reason=reason, ticked=before.ticked and row.can)


def _name(row: ApologyRow) -> str:
    return row.draft.code

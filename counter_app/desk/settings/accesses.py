"""Nhật ký truy cập: who looked at which dossier on this machine, for those who may know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
)

from counter_app.desk import theme
from counter_app.desk.page import Desk
from counter_app.desk.parts import Field, Notice, typed
from counter_app.desk.settings.section import Section, number
from counter_app.desk.theme import text
from counter_app.desk.widgets.rows import Index, Role, RowsView, paint_ground, paint_line
from counter_app.domain.errors import CounterError
from counter_app.domain.rights import Right
from counter_app.domain.zone import VIETNAM
from counter_app.services import accesses
from counter_app.services.accesses import Looked
from counter_app.words import dates
from counter_app.words.accesses import how
from counter_app.words.errors import sentence
from counter_app.words.states import only_for

_ROW: Final = 48
_MOST: Final = 500  # lines
_FEWEST: Final = 3  # rows at a time; a lower window scrolls the section
_WIDEST: Final = 560
_DAYS: Final = 7


@dataclass(frozen=True)
class _Row:
    upper: str
    lower: str

    @property
    def spoken(self) -> str:
        return f"{self.upper}, {self.lower}"


class AccessesSection(Section):
    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.code = QLineEdit()
        self.days = number(1, 3650, self.tr(" ngày"))
        self.days.setValue(_DAYS)
        self.list = RowsView(self.tr("Ai đã xem hồ sơ nào"))
        self.list.setItemDelegate(_Painter(self.list))
        self.list.setMinimumHeight(_FEWEST * _ROW)
        self.told_of = text("", "second", wrap=True)
        self.notice = Notice()
        self.code.editingFinished.connect(self._look)
        self.days.valueChanged.connect(self._look)
        code = Field(self.tr("Mã hồ sơ (để trống: mọi hồ sơ)"), self.code)
        code.setMaximumWidth(_WIDEST)
        asked = QHBoxLayout()
        asked.setSpacing(16)
        asked.addWidget(code, 1)
        asked.addWidget(Field(self.tr("Trong"), self.days))
        asked.addStretch()
        self.column.addLayout(asked)
        self._sheet = QFrame()
        self._sheet.setProperty("kind", "sheet")
        inside = QVBoxLayout(self._sheet)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.list)
        for part in (self.told_of, self.notice):
            self.column.addWidget(part)
        self.column.addWidget(self._sheet, 1)
        words = self.tr(
            "Chỉ ghi lần xem ở máy này: mở hồ sơ, tra, quét, xem tệp, in, xuất; không gửi đi đâu."
        )
        self.column.addWidget(text(words, "second", wrap=True))
        self.column.addStretch()
        self.fill()

    def entered(self) -> None:
        may = self.desk.session.may(Right.SEE_ACCESSES)
        for part in (self.code, self.days):
            part.setEnabled(may)
        self._sheet.setVisible(may)
        self.list.show_rows([])
        self.told_of.setText("" if may else only_for(Right.SEE_ACCESSES))
        if may:
            self._look()

    def _look(self) -> None:
        office, session, code = self.desk.office, self.desk.session, typed(self.code)
        last = self.desk.now().astimezone(VIETNAM).date()
        first = last - timedelta(days=self.days.value() - 1)

        def work() -> tuple[list[_Row], bool]:
            names = {one.id: one.name for one in office.commune().officers.values()}
            found = list(islice(accesses.listing(office, session, first, last, code=code), _MOST + 1))
            return [_row(one, names) for one in found[:_MOST]], len(found) > _MOST

        self.desk.tasks.run("read", work, self._show, self._on_refused, latest="accesses")

    def _show(self, found: tuple[Sequence[_Row], bool]) -> None:
        rows, more = found
        self.notice.say("")
        self.list.show_rows(rows)
        self.list.go_to(0)
        if not rows:
            self.told_of.setText(self.tr("Chưa ai xem hồ sơ nào trong những ngày ấy."))
        elif more:
            self.told_of.setText(
                self.tr("{n} lần xem mới nhất; ghi mã hồ sơ để thấy trọn.").format(n=len(rows))
            )
        else:
            self.told_of.setText(self.tr("{n} lần xem, mới nhất trước.").format(n=len(rows)))

    def _on_refused(self, error: CounterError) -> None:
        self.list.show_rows([])
        self.told_of.setText("")
        self.notice.say(sentence(error), "late")


def _row(one: Looked, names: dict[str, str]) -> _Row:
    who = names.get(one.officer, one.officer)
    return _Row(f"{one.code or one.dossier.hex()}", how(one.why, who, dates.moment(one.at)))


class _Painter(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: _Row = index.data(Role.ROW)
        painter.save()
        paint_ground(painter, option)
        box = option.rect.adjusted(16, 4, -16, -4)
        half = box.height() // 2
        paint_line(painter, box.adjusted(0, 0, 0, -half), row.upper, "strong")
        paint_line(painter, box.adjusted(0, half, 0, 0), row.lower, colour=theme.SECOND)
        painter.restore()

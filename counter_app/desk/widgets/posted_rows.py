"""The procedures that are posted, as a list: the name over its code, field, limit and fee."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from counter_app.desk import theme
from counter_app.desk.widgets.rows import Role, RowsView, paint_ground, paint_line
from counter_app.domain.procedures import Procedure
from counter_app.services.disclosing import PostOrder
from counter_app.words.disclosure import fee_brief, time_words

_HEIGHT: Final = 60
_EDGE: Final = 16


@dataclass(frozen=True)
class PostedRow:
    procedure: Procedure
    brief: str

    @property
    def spoken(self) -> str:
        return f"{self.procedure.name}, {self.brief}"


def posted_row(one: Procedure, order: PostOrder) -> PostedRow:
    brief = (one.code, one.field, time_words(one, brief=True), fee_brief(one, order))
    return PostedRow(one, "  ·  ".join(filter(None, brief)))


class PostedList(RowsView):
    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.setItemDelegate(_Painter(self))


class _Painter(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, _HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row, rect = index.data(Role.ROW), option.rect
        painter.save()
        paint_ground(painter, option)
        wide = rect.width() - 2 * _EDGE
        paint_line(
            painter, QRect(rect.left() + _EDGE, rect.top() + 6, wide, 26), row.procedure.name, "strong"
        )
        brief = QRect(rect.left() + _EDGE, rect.top() + 31, wide, 22)
        paint_line(painter, brief, row.brief, "small", theme.SECOND)
        painter.restore()

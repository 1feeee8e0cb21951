"""Dossiers whose retention has run out: a tick, whose it is, when it ended, until when it had to be kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from counter_app.desk import theme
from counter_app.desk.widgets.rows import Index, Role, RowsView, paint_ground, paint_line, paint_tick
from counter_app.desk.widgets.speech import translate
from counter_app.services.retention import Kept
from counter_app.words.retention import kept_words

ROW: Final = 48
_TICK: Final = 40  # pixels of the tick's column


@dataclass(frozen=True)
class KeptRow:
    kept: Kept
    ticked: bool = False

    @property
    def upper(self) -> str:
        return f"{self.kept.code}  {self.kept.applicant}".strip()

    @property
    def spoken(self) -> str:
        chosen = translate("Apologies", "đã chọn") if self.ticked else translate("Apologies", "không chọn")
        return f"{chosen}, {self.upper}, {kept_words(self.kept)}"


class KeptList(RowsView):
    """Space ticks the row that is here, Shift+Space all of them; so does a click."""

    toggled = Signal(object)
    """The row whose tick is to be turned; None is all."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.setItemDelegate(_Painter(self))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            every = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.toggled.emit(None if every else self.row())
        else:
            super().keyPressEvent(event)

    def _on_clicked(self, index: Index) -> None:
        self.toggled.emit(index.data(Role.ROW))


class _Painter(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: KeptRow = index.data(Role.ROW)
        painter.save()
        paint_ground(painter, option)
        paint_tick(painter, option.rect, on=row.ticked, can=True)
        box = option.rect.adjusted(_TICK, 4, -16, -4)
        half = box.height() // 2
        paint_line(painter, box.adjusted(0, 0, 0, -half), row.upper, "strong")
        paint_line(painter, box.adjusted(0, half, 0, 0), kept_words(row.kept), colour=theme.SECOND)
        painter.restore()

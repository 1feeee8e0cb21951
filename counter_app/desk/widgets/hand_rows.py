"""Dossiers that change hands: whose each is, the step with its end, and what stands against it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from counter_app.desk import theme
from counter_app.desk.widgets.rows import Index, Role, RowsView, paint_ground, paint_line, paint_tick
from counter_app.desk.widgets.speech import QT_TRANSLATE_NOOP, translate
from counter_app.services.piles import Candidate, Doubt
from counter_app.words import dates
from counter_app.words.errors import sentence
from counter_app.words.language import capital

HEIGHT: Final = 44
_NUMBER: Final = 40  # pixels of the tick's, or the number's, column
_STEP: Final = 196
_NARROW: Final = 460  # pixels of a row; under this the step stands in the second line
_DOUBTS: Final = {
    Doubt.ELSEWHERE: QT_TRANSLATE_NOOP("Hands", "đang ở {whose}"),
    Doubt.NOT_TAKEN: QT_TRANSLATE_NOOP("Hands", "đã giao {whose}, chưa nhận"),
    Doubt.OTHERS_STEP: QT_TRANSLATE_NOOP("Hands", "bước tiếp theo là của {whose}"),
    Doubt.UNANNOUNCED: QT_TRANSLATE_NOOP("Hands", "chưa ai ghi giao cho {to}"),
    Doubt.TAKEN: QT_TRANSLATE_NOOP("Hands", "{whose} đã nhận rồi"),
}


@dataclass(frozen=True)
class HandRow:
    """A dossier of a pile at its place; `ticked` None where all of the pile goes."""

    candidate: Candidate
    place: int
    ticked: bool | None = None

    @property
    def id(self) -> bytes:
        return self.candidate.line.dossier

    @property
    def can(self) -> bool:
        return self.candidate.obstacle is None

    @property
    def warning(self) -> str:
        """Why it would be refused, else what is told before it goes."""
        one = self.candidate
        if one.obstacle is not None:
            return sentence(one.obstacle)
        if one.doubt is None:
            return ""
        return capital(translate("Hands", _DOUBTS[one.doubt]).format(whose=one.whose, to=one.to))

    @property
    def step(self) -> tuple[str, str]:
        """The step; until when it is to be done."""
        due = self.candidate.due
        until = translate("Hands", "hạn {when}").format(when=dates.brief(due)) if due else ""
        return self.candidate.step, until

    @property
    def handed(self) -> str:
        """To whom, and when, where it waits to be taken over."""
        hop = self.candidate.hop
        if self.ticked is None or hop is None or not hop.given:
            return ""
        return translate("Hands", "giao {to} lúc {when}").format(to=hop.took, when=dates.brief(hop.at))

    @property
    def spoken(self) -> str:
        line = self.candidate.line
        tick = ""
        if self.ticked is not None:
            tick = translate("Hands", "đã chọn") if self.ticked else translate("Hands", "không chọn")
        parts = (tick, line.code, line.applicant, line.procedure, *self.step, self.handed, self.warning)
        return ", ".join(filter(None, parts))


class _Painter(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: HandRow = index.data(Role.ROW)
        painter.save()
        paint_ground(painter, option)
        box = option.rect
        if row.ticked is None:
            number = QRect(box.left(), box.top(), _NUMBER - 8, HEIGHT)
            paint_line(painter, number, str(row.place), "body", theme.SECOND, Qt.AlignmentFlag.AlignRight)
        else:
            paint_tick(painter, box, on=row.ticked, can=row.can)
        _paint_row(painter, box.adjusted(_NUMBER, 0, -16, 0), row)
        painter.restore()


def _paint_row(painter: QPainter, box: QRect, row: HandRow) -> None:
    line, (step, until) = row.candidate.line, row.step
    narrow = box.width() < _NARROW
    room = box.width() - (0 if narrow else _STEP)
    name = " · ".join(filter(None, (line.applicant, line.code)))
    paint_line(painter, QRect(box.left(), box.top() + 4, room - 8, 19), name, "strong")
    below = [row.handed, line.procedure] if row.ticked is not None else [line.procedure]
    if narrow:
        below = [step, until, *below]
    words, colour = " · ".join(filter(None, below)), theme.SECOND
    if row.warning:
        words, colour = row.warning, theme.STATES["late" if not row.can else "soon"][0]
    paint_line(painter, QRect(box.left(), box.top() + 22, room - 8, 18), words, colour=colour)
    if not narrow:
        left = box.left() + room
        paint_line(painter, QRect(left, box.top() + 4, _STEP, 19), step)
        paint_line(painter, QRect(left, box.top() + 22, _STEP, 18), until, colour=theme.SECOND)


class HandList(RowsView):
    """Space ticks the row that is here, Shift+Space all; Delete takes it out of the pile."""

    toggled = Signal(object)
    """The row whose tick is to be turned; None is all."""
    removed = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.setItemDelegate(_Painter(self))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.row()
        if event.key() == Qt.Key.Key_Space and row is not None and row.ticked is not None:
            every = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.toggled.emit(None if every else row)
        elif event.key() == Qt.Key.Key_Delete and row is not None:
            self.removed.emit(row)
        else:
            super().keyPressEvent(event)

    def _on_clicked(self, index: Index) -> None:
        row = index.data(Role.ROW)
        if row.ticked is not None:
            self.toggled.emit(row)

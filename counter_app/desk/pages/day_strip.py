"""The days from receipt to return in one strip: which ones count, and which are passed over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from counter_app.desk import theme
from counter_app.domain.calendar import Rest
from counter_app.domain.promise import Promise

MOST = 9
_HEIGHT = 60
_GAP = None  # a cell that stands for the days left out


@dataclass(frozen=True)
class Cell:
    """One day: `under` counts it, or says why it does not count."""

    day: date
    under: str
    rest: bool = False
    due: bool = False


def cells(promise: Promise) -> list[Cell | None]:
    """At most nine days; None stands for a stretch in the middle that is left out."""
    received, due = promise.received_at.date(), promise.due.date()
    counts = {day: number for number, day in enumerate(promise.counted, start=1)}
    skipped = {one.day: one.why for one in promise.skipped}
    whole = [received + timedelta(days=past) for past in range((due - received).days + 1)]
    found: list[Cell | None] = [
        Cell(day, _under(day, received, counts, skipped), day in skipped, day == due) for day in whole
    ]
    if len(found) > MOST:
        found = [*found[:5], _GAP, *found[-3:]]
    return found


def _under(day: date, received: date, counts: Mapping[date, int], skipped: Mapping[date, Rest]) -> str:
    if day in counts:
        return str(counts[day])
    if day in skipped:
        return QCoreApplication.translate("DayStrip", str(_RESTS[skipped[day]]))
    return QCoreApplication.translate("DayStrip", "nhận") if day == received else ""


_RESTS: Final = {
    Rest.WEEKEND: QT_TRANSLATE_NOOP("DayStrip", "nghỉ"),
    Rest.HOLIDAY: QT_TRANSLATE_NOOP("DayStrip", "lễ"),
    Rest.COMPENSATORY: QT_TRANSLATE_NOOP("DayStrip", "bù"),
    Rest.SWAPPED_OFF: QT_TRANSLATE_NOOP("DayStrip", "đổi"),
}
_WEEKDAYS: Final = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")


class DayStrip(QWidget):
    """Painted; what it shows stands in words above it."""

    def __init__(self) -> None:
        super().__init__()
        self._cells: list[Cell | None] = []
        self.setFixedHeight(_HEIGHT)

    def show_promise(self, promise: Promise | None) -> None:
        self._cells = cells(promise) if promise else []
        self.setVisible(bool(self._cells))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(333, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._cells:
            return
        painter = QPainter(self)
        width = min((self.width() - 1) / len(self._cells), 48)
        for number, cell in enumerate(self._cells):
            left = round(number * width)
            box = QRect(left, 0, round((number + 1) * width) - left, _HEIGHT - 1)
            self._paint(painter, box, cell)
        painter.end()

    def _paint(self, painter: QPainter, box: QRect, cell: Cell | None) -> None:
        ground = theme.SURFACE
        if cell is not None:
            ground = theme.ACCENT if cell.due else theme.RAIL if cell.rest else theme.SURFACE
        painter.fillRect(box, QColor(ground))
        painter.setPen(QColor(theme.LINE))
        painter.drawRect(box)
        ink = theme.SURFACE if cell and cell.due else theme.SECOND if not cell or cell.rest else theme.INK
        painter.setPen(QColor(ink))
        if cell is None:
            painter.setFont(theme.font("strong"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "…")
            return
        big = "body" if cell.rest else "strong"
        lines = (
            (_WEEKDAYS[cell.day.weekday()], "small", 3),
            (str(cell.day.day), big, 20),
            (cell.under, "small", 38),
        )
        for words, kind, top in lines:
            painter.setFont(theme.font(kind))
            line = QRect(box.left(), top, box.width(), 19)
            painter.drawText(line, Qt.AlignmentFlag.AlignCenter, words)

"""Dossiers in a list: days and what they mean, person over procedure, state over code, return date."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from counter_app.desk import theme
from counter_app.desk.widgets.rows import Index, Role, RowsView, paint_ground, paint_line
from counter_app.desk.widgets.speech import translate
from counter_app.desk.widgets.standing import Days, Standing, standing, still
from counter_app.domain.calendar import WorkCalendar
from counter_app.domain.lifecycle import State
from counter_app.domain.zone import VIETNAM
from counter_app.services.lookup import Line
from counter_app.words import dates

HEIGHT = 44
DAYS, DUE = 57, 64  # columns; person and procedure take the rest
_ARE, _ARE_NARROW = 84, 60
_BESIDE, _BESIDE_NARROW = 176, 112
_NARROW = 560  # pixels of a row


class Columns(NamedTuple):
    """Where a row has what: pixels from its left edge, and widths."""

    person: int
    width: int
    beside: int
    beside_width: int
    due: int


def columns(box: QRect) -> Columns:
    """Person and procedure keep their room where the row is narrow."""
    narrow = box.width() < _NARROW
    left = box.left() + DAYS + 8 + (_ARE_NARROW if narrow else _ARE)
    due = box.right() - 16 - DUE
    beside = _BESIDE_NARROW if narrow else _BESIDE
    return Columns(left, due - beside - left - 8, due - beside, beside, due)


@dataclass(frozen=True)
class DossierRow:
    """A dossier's line, reckoned once, where it was read."""

    line: Line
    standing: Standing
    due: str
    spoken: str
    whose: str = ""
    """What tells namesakes apart, where somebody has to choose among them."""


def dossier_rows(lines: Iterable[Line], now: datetime, calendar: WorkCalendar) -> list[DossierRow]:
    days = Days(now.astimezone(VIETNAM).date(), calendar)
    return [_row(line, now, calendar, days) for line in lines]


def _row(line: Line, now: datetime, calendar: WorkCalendar, days: Days) -> DossierRow:
    due = datetime.fromisoformat(line.due).astimezone(VIETNAM) if line.due else None
    if line.held:
        stands = still("soon", translate("DossierRows", "Chờ phần tiếp nhận"))
    elif line.conflicts:
        stands = still("late", translate("DossierRows", "Ghi khác nhau"))
    else:
        stands = standing(State(line.state), due, now, calendar, days)
    shown = ""
    if due:
        shown = dates.short_day(due.date()) if due.year == now.year else dates.day(due.date())
    said = [line.applicant, line.procedure, stands.words, line.code]
    if due:
        said.append(translate("DossierRows", "hẹn trả {day}").format(day=dates.day(due.date())))
    return DossierRow(line, stands, shown, ", ".join(part for part in said if part))


class _Painter(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: DossierRow = index.data(Role.ROW)
        painter.save()
        paint_ground(painter, option)
        box = option.rect
        colour = theme.STATES[row.standing.state][0]
        paint_days(painter, box, row.standing, colour)
        at = columns(box)
        upper = QRect(at.person, box.top() + 4, at.width, 19)
        lower = QRect(at.person, box.top() + 22, at.width, 18)
        paint_line(painter, upper, row.line.applicant or row.line.code, "strong")
        below = " · ".join(part for part in (row.whose, row.line.procedure) if part)
        paint_line(painter, lower, below, colour=theme.SECOND)
        _state(painter, QRect(at.beside, box.top(), at.beside_width, HEIGHT), row, colour)
        due = QRect(at.due, box.top(), DUE, HEIGHT)
        paint_line(painter, due, row.due, align=Qt.AlignmentFlag.AlignRight)
        painter.restore()


def paint_days(painter: QPainter, box: QRect, stands: Standing, colour: str) -> None:
    """The days, the largest thing in the row, and what they mean; an icon where none run."""
    if stands.days is None:
        icon = theme.pixmap(stands.state, colour)
        painter.drawPixmap(box.left() + DAYS - 20, box.top() + 12, icon)
    else:
        number = QRect(box.left(), box.top(), DAYS, HEIGHT)
        paint_line(painter, number, str(stands.days), "days", colour, Qt.AlignmentFlag.AlignRight)
    left = box.left() + DAYS + 8
    for place, words in enumerate(stands.days_are.split("\n")):
        line = QRect(left, box.top() + 5 + 17 * place, columns(box).person - left - 4, 17)
        paint_line(painter, line, words, "small", colour)


def _state(painter: QPainter, box: QRect, row: DossierRow, colour: str) -> None:
    painter.drawPixmap(box.left(), box.top() + 6, theme.pixmap(row.standing.state, colour, 16))
    words = QRect(box.left() + 22, box.top() + 4, box.width() - 22, 19)
    paint_line(painter, words, row.standing.brief, "strong", colour)
    code = QRect(box.left(), box.top() + 23, box.width() - 8, 17)
    # What is told apart by is the end of a code.
    shown = row.line.code if box.width() >= _BESIDE else "…" + row.line.code.rpartition("-")[2]
    paint_line(painter, code, shown, "small", theme.SECOND)


class DossierList(RowsView):
    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.setItemDelegate(_Painter(self))

    def here(self) -> bytes | None:
        """The id of the dossier whose row is here."""
        row = self.row()
        return row.line.dossier if row is not None else None

    def show_dossiers(self, rows: list[DossierRow], keep: bytes | None = None) -> None:
        """Shows the rows; the one of `keep` stays here if it is among them, else the first is."""
        self.show_rows(rows)
        places = {row.line.dossier: place for place, row in enumerate(rows)}
        self.go_to(places.get(keep, 0) if keep is not None else 0)

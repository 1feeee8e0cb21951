"""Apologies that wait for the head: a tick, the days left, whose dossier, who holds it, the new date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from counter_app.desk import theme
from counter_app.desk.widgets.dossier_rows import DAYS, HEIGHT, DossierRow, dossier_rows, paint_days
from counter_app.desk.widgets.rows import Index, Role, RowsView, paint_ground, paint_line, paint_tick
from counter_app.desk.widgets.speech import translate
from counter_app.domain.calendar import WorkCalendar
from counter_app.domain.zone import VIETNAM
from counter_app.services.apologies import Draft
from counter_app.words import dates
from counter_app.words.errors import sentence

_TICK: Final = 40  # pixels of the tick's column
_ARE: Final = 84  # what the days mean
_HELD, _UNTIL = 176, 104
_NARROW: Final = 620  # pixels of a row; under this who holds it stands in the second line


@dataclass(frozen=True)
class ApologyRow:
    """A draft as the head has it now: `until` and `reason` may be his own."""

    draft: Draft
    row: DossierRow
    until: date
    reason: str
    ticked: bool
    fault: str = ""
    """Why it cannot be signed, or was not."""

    @property
    def can(self) -> bool:
        return self.draft.obstacle is None

    @property
    def held(self) -> tuple[str, str]:
        since = self.draft.since
        day = dates.short_day(since.astimezone(VIETNAM).date()) if since else ""
        return self.draft.holder, translate("Apologies", "giữ từ {day}").format(day=day) if day else ""

    @property
    def spoken(self) -> str:
        chosen = translate("Apologies", "đã chọn") if self.ticked else translate("Apologies", "không chọn")
        until = translate("Apologies", "hẹn mới {day}").format(day=dates.day(self.until))
        return ", ".join(part for part in (chosen, self.row.spoken, *self.held, until, self.fault) if part)


def apology_rows(drafts: tuple[Draft, ...], now: datetime, calendar: WorkCalendar) -> list[ApologyRow]:
    """Reckoned where it was read; what can be signed is ticked."""
    rows = dossier_rows([draft.line for draft in drafts], now, calendar)
    return [
        ApologyRow(
            draft,
            row,
            draft.until,
            draft.reason,
            draft.obstacle is None,
            sentence(draft.obstacle) if draft.obstacle else "",
        )
        for draft, row in zip(drafts, rows, strict=True)
    ]


class _Painter(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: ApologyRow = index.data(Role.ROW)
        painter.save()
        paint_ground(painter, option)
        paint_tick(painter, option.rect, on=row.ticked, can=row.can)
        _paint_row(painter, option.rect.adjusted(_TICK, 0, 0, 0), row)
        painter.restore()


def _paint_row(painter: QPainter, box: QRect, row: ApologyRow) -> None:
    stands = row.row.standing
    paint_days(painter, box, stands, theme.STATES[stands.state][0])
    narrow = box.width() < _NARROW
    left = box.left() + DAYS + 8 + _ARE
    until = QRect(box.right() - 16 - _UNTIL, box.top(), _UNTIL, HEIGHT)
    held = QRect(until.left() - _HELD, box.top(), 0 if narrow else _HELD, HEIGHT)
    room = (until if narrow else held).left() - left - 8
    line, (holder, since) = row.row.line, row.held
    below = " · ".join(filter(None, (holder, since))) if narrow else line.procedure
    upper = QRect(left, box.top() + 4, room, 19)
    paint_line(painter, upper, line.applicant or line.code, "strong")
    lower = QRect(left, box.top() + 22, room, 18)
    paint_line(
        painter, lower, row.fault or below, colour=theme.STATES["late"][0] if row.fault else theme.SECOND
    )
    if not narrow:
        paint_line(painter, QRect(held.left(), box.top() + 4, held.width() - 8, 19), holder)
        second = QRect(held.left(), box.top() + 22, held.width() - 8, 18)
        paint_line(painter, second, since, colour=theme.SECOND)
    right = Qt.AlignmentFlag.AlignRight
    new = translate("Apologies", "đến {day}").format(day=dates.short_day(row.until))
    paint_line(painter, QRect(until.left(), box.top() + 4, _UNTIL, 19), new, "strong", align=right)
    was = translate("Apologies", "hẹn {day}").format(day=row.row.due)
    second = QRect(until.left(), box.top() + 22, _UNTIL, 18)
    paint_line(painter, second, was, colour=theme.SECOND, align=right)


class ApologyList(RowsView):
    """Space ticks the row that is here, Shift+Space all of them; so does a click on the tick."""

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

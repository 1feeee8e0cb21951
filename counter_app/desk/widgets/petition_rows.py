"""The list of petitions: days left the largest, then what it is about, where it stands, its number."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from counter_app.desk import theme
from counter_app.desk.widgets.dossier_rows import DAYS, HEIGHT, paint_days
from counter_app.desk.widgets.rows import Index, Role, RowsView, paint_ground, paint_line
from counter_app.desk.widgets.speech import translate
from counter_app.desk.widgets.standing import Days, Standing, standing, still
from counter_app.domain.calendar import WorkCalendar
from counter_app.domain.lifecycle import State
from counter_app.domain.petitions import Petition, Stage
from counter_app.domain.zone import VIETNAM
from counter_app.words import dates
from counter_app.words.feedback import STAGES, source_words

_ARE: Final = 84  # pixels of what the days mean
_BESIDE: Final = 190
_NARROW: Final = 620  # pixels of a row; under it the stage stands in the second line


@dataclass(frozen=True)
class PetitionRow:
    """A petition, reckoned where it was read."""

    petition: Petition
    standing: Standing
    owes: str
    """What is to be done by the day, or how it ended."""
    spoken: str


def petition_rows(found: list[Petition], now: datetime, calendar: WorkCalendar) -> list[PetitionRow]:
    """What hurts first: what is owed by its day, then what waits for the sender, then what has ended."""
    days = Days(now.astimezone(VIETNAM).date(), calendar)
    rows = [_row(one, now, calendar, days) for one in found]
    far = datetime.max.replace(tzinfo=VIETNAM)

    def hurts(row: PetitionRow) -> tuple[int, datetime]:
        one = row.petition
        if one.held or one.conflicts:
            return 0, far
        running = one.stage is not Stage.ASKED and one.next_due is not None
        return (1, one.next_due or far) if running else (2 if one.stage is Stage.ASKED else 3, far)

    return sorted(rows, key=hurts)  # of those that have ended, the last received is first already


def _row(one: Petition, now: datetime, calendar: WorkCalendar, days: Days) -> PetitionRow:
    owes = STAGES.say(one.stage)
    if one.held:
        stands = still("soon", translate("Petitions", "Chờ phần tiếp nhận"))
    elif one.conflicts:
        stands = still("late", translate("Petitions", "Ghi khác nhau"))
    elif one.stage is Stage.ASKED or one.next_due is None:
        stands = still("paused" if one.stage in (Stage.ASKED, Stage.VOIDED) else "in_time", owes)
    else:
        stands = standing(State.RECEIVED, one.next_due, now, calendar, days)
        day = dates.short_day(one.next_due.astimezone(VIETNAM).date())
        owed = one.stage is Stage.ANSWERED
        template = (
            translate("Petitions", "công khai trước {day}")
            if owed
            else translate("Petitions", "trả lời trước {day}")
        )
        owes = template.format(day=day)
    if stands.days is None:
        stands = replace(stands, days_are="")
    said = [one.subject or unread(one), stands.words, owes if owes != stands.words else "", one.number]
    return PetitionRow(one, stands, owes, ", ".join(part for part in said if part))


def unread(one: Petition) -> str:
    """What stands in the place of a subject that is not here."""
    if one.held:
        return translate("Petitions", "Chưa có phần tiếp nhận")
    return translate("Petitions", "Nội dung đã xóa hoặc không có ở máy này")


class _Painter(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: PetitionRow = index.data(Role.ROW)
        box, one = option.rect, row.petition
        painter.save()
        paint_ground(painter, option)
        colour = theme.STATES[row.standing.state][0]
        paint_days(painter, box, row.standing, colour)
        narrow = box.width() < _NARROW
        left = box.left() + DAYS + 8 + _ARE
        beside = box.right() - 16 - (0 if narrow else _BESIDE)
        source = source_words(str((one.reception or {}).get("source", "")))
        below = (row.owes, one.number) if narrow else (source, one.values.get("holder", ""))
        upper = QRect(left, box.top() + 4, beside - left - 8, 19)
        paint_line(painter, upper, one.subject or unread(one), "strong")
        lower = QRect(left, box.top() + 22, beside - left - 8, 18)
        paint_line(painter, lower, " · ".join(filter(None, below)), colour=theme.SECOND)
        if not narrow:
            right = Qt.AlignmentFlag.AlignRight
            paint_line(
                painter, QRect(beside, box.top() + 4, _BESIDE, 19), row.owes, colour=colour, align=right
            )
            number = QRect(beside, box.top() + 22, _BESIDE, 18)
            paint_line(painter, number, one.number, "small", theme.SECOND, right)
        painter.restore()


class PetitionList(RowsView):
    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.setItemDelegate(_Painter(self))

    def here(self) -> Petition | None:
        row = self.row()
        return row.petition if isinstance(row, PetitionRow) else None

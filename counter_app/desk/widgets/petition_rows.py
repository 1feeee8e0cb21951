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
from counter_app.domain.petitions import Petition, Stage, sharing
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
    twice: bool
    """Another petition bears its number."""

    @property
    def number(self) -> str:
        """As the list shows it."""
        number = self.petition.number
        return translate("Petitions", "{number} · trùng số").format(number=number) if self.twice else number


def petition_rows(found: list[Petition], now: datetime, calendar: WorkCalendar) -> list[PetitionRow]:
    """What hurts first: what is owed by its day, then what waits for the sender, then what has ended."""
    days = Days(now.astimezone(VIETNAM).date(), calendar)
    twice = sharing(found)
    rows = [_row(one, now, calendar, days, one.id in twice) for one in found]
    far = datetime.max.replace(tzinfo=VIETNAM)

    def hurts(row: PetitionRow) -> tuple[int, datetime]:
        one = row.petition
        if one.held or one.conflicts:
            return 0, far
        running = one.stage is not Stage.ASKED and one.next_due is not None
        return (1, one.next_due or far) if running else (2 if one.stage is Stage.ASKED else 3, far)

    return sorted(rows, key=hurts)  # of those that have ended, the last received is first already


def _row(one: Petition, now: datetime, calendar: WorkCalendar, days: Days, twice: bool) -> PetitionRow:
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
    row = PetitionRow(one, stands, owes, "", twice)
    said = [one.subject or unread(one), stands.words, owes if owes != stands.words else "", row.number]
    return replace(row, spoken=", ".join(part for part in said if part))


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
        source = source_words(one.source)
        below = (row.owes, row.number) if narrow else (source, one.values.get("holder", ""))
        if narrow and row.twice:  # what is elided at the end is what the days say already
            below = (row.number, row.owes)
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
            told = theme.STATES["late"][0] if row.twice else theme.SECOND
            paint_line(painter, number, row.number, "small", told, right)
        painter.restore()


class PetitionList(RowsView):
    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.setItemDelegate(_Painter(self))

    def shown(self) -> PetitionRow | None:
        """The row that is here."""
        row = self.row()
        return row if isinstance(row, PetitionRow) else None

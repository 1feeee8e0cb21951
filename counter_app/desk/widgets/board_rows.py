"""The board's list: headings that say what to do, and under each the dossiers, those that hurt most first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from counter_app.desk import theme
from counter_app.desk.widgets.acts import ACCEPT, EXTEND
from counter_app.desk.widgets.call_acts import CALL, REMIND
from counter_app.desk.widgets.dossier_rows import (
    DUE,
    HEIGHT,
    DossierRow,
    columns,
    dossier_rows,
    paint_days,
)
from counter_app.desk.widgets.rows import Index, Role, RowsView, paint_ground, paint_line
from counter_app.desk.widgets.speech import QT_TRANSLATE_NOOP, translate
from counter_app.desk.widgets.standing import Days
from counter_app.desk.widgets.story_act import StoryAct
from counter_app.domain.calendar import WorkCalendar
from counter_app.domain.zone import VIETNAM
from counter_app.services.boards import BESIDE, Group, Item, Section
from counter_app.services.glance import Glance
from counter_app.words import dates

HEADING: Final = 32
_HOLDER: Final = 184  # the column of who holds it

# A section's state, its name, what is to be done, and the act that does it.
HEADINGS: Final[Mapping[Group, tuple[str, str, str, StoryAct]]] = {
    Group.LATE: (
        "late",
        QT_TRANSLATE_NOOP("Board", "Quá hạn"),
        QT_TRANSLATE_NOOP("Board", "xin lỗi, hẹn ngày mới"),
        EXTEND,
    ),
    Group.TODAY: (
        "soon",
        QT_TRANSLATE_NOOP("Board", "Hẹn hôm nay"),
        QT_TRANSLATE_NOOP("Board", "giục người đang giữ"),
        REMIND,
    ),
    Group.TOMORROW: (
        "soon",
        QT_TRANSLATE_NOOP("Board", "Còn 1 ngày"),
        QT_TRANSLATE_NOOP("Board", "nhắc người đang giữ"),
        REMIND,
    ),
    Group.SOON: (
        "soon",
        QT_TRANSLATE_NOOP("Board", "3 ngày tới"),
        QT_TRANSLATE_NOOP("Board", "nhắc trước"),
        REMIND,
    ),
    Group.STEP: (
        "late",
        QT_TRANSLATE_NOOP("Board", "Quá hạn bước"),
        QT_TRANSLATE_NOOP("Board", "giục người đang giữ; hồ sơ còn trong hạn"),
        REMIND,
    ),
    Group.HANDED: (
        "soon",
        QT_TRANSLATE_NOOP("Board", "Giao chưa nhận"),
        QT_TRANSLATE_NOOP("Board", "nhắc bên nhận"),
        REMIND,
    ),
    Group.REGISTERED: (
        "soon",
        QT_TRANSLATE_NOOP("Board", "Chờ nhận"),
        QT_TRANSLATE_NOOP("Board", "xem giấy tờ, nhận hoặc từ chối"),
        ACCEPT,
    ),
    Group.SUPPLEMENT: (
        "paused",
        QT_TRANSLATE_NOOP("Board", "Chờ bổ sung"),
        QT_TRANSLATE_NOOP("Board", "gọi người dân; đồng hồ dừng"),
        CALL,
    ),
    Group.PAYMENT: (
        "paused",
        QT_TRANSLATE_NOOP("Board", "Chờ phí"),
        QT_TRANSLATE_NOOP("Board", "gọi người dân; đồng hồ dừng"),
        CALL,
    ),
    Group.READY: (
        "in_time",
        QT_TRANSLATE_NOOP("Board", "Chờ trả"),
        QT_TRANSLATE_NOOP("Board", "mời đến lấy"),
        CALL,
    ),
}
_WAIT_FOR: Final = {
    Group.REGISTERED: QT_TRANSLATE_NOOP("Board", "ngày\nchờ nhận"),
    Group.SUPPLEMENT: QT_TRANSLATE_NOOP("Board", "ngày\nchờ dân"),
    Group.PAYMENT: QT_TRANSLATE_NOOP("Board", "ngày\nchờ phí"),
    Group.READY: QT_TRANSLATE_NOOP("Board", "ngày\nchờ lấy"),
}


@dataclass(frozen=True)
class Heading:
    """Of a section: `key` does what `verb` says; `more` says how many of it are not listed."""

    state: str
    name: str
    verb: str
    more: str
    spoken: str
    key: str = ""
    is_heading: bool = True


@dataclass(frozen=True)
class BoardRow:
    """A dossier's row; `holder` and `beside` are the two lines of who has it now.

    `section` where one dossier may stand in several sections of a list.
    """

    dossier: DossierRow
    holder: str
    beside: str
    spoken: str
    section: str = ""


def board_rows(
    sections: Iterable[Section], now: datetime, calendar: WorkCalendar
) -> list[Heading | BoardRow]:
    """The list of some sections; an empty one has no heading. Reckoned where it was read."""
    days = Days(now.astimezone(VIETNAM).date(), calendar)
    rows: list[Heading | BoardRow] = []
    for section in sections:
        if not section.items:
            continue
        rows.append(_heading(section))
        lines = dossier_rows([item.line for item in section.items], now, calendar)
        rows += [
            _row(section.group, item, line, days) for item, line in zip(section.items, lines, strict=True)
        ]
    return rows


def group_name(group: Group) -> str:
    return translate("Board", HEADINGS[group][1])


def _heading(section: Section) -> Heading:
    state, _, verb, act = HEADINGS[section.group]
    name, verb = group_name(section.group), translate("Board", verb)
    left = section.total - len(section.items)
    more = translate("Board", "còn {n} hồ sơ nữa").format(n=left) if left else ""
    return Heading(state, name, verb, more, f"{name}: {verb}", act.key.replace("Return", "Enter"))


def _row(group: Group, item: Item, row: DossierRow, days: Days) -> BoardRow:
    seen = item.glance
    if seen is not None and seen.since is not None:
        row = waited(group, seen.since, row, days)
    elif item.line.conflicts:
        stands = replace(row.standing, days_are=translate("Board", "hai máy ghi\nkhác nhau"))
        row = replace(row, standing=stands)
    holder, beside = _held(group, item, seen) if seen else ("", "")
    spoken = ", ".join(part for part in (row.spoken, holder, beside) if part)
    apart = group is Group.REGISTERED or group in BESIDE  # with a day of its own it may be due as well
    return BoardRow(row, holder, beside, spoken, group.value if apart else "")


def waited(group: Group, since: datetime, row: DossierRow, days: Days) -> DossierRow:
    """The row of a dossier whose date does not run: its days are those that it has waited."""
    n = days.since(since.astimezone(VIETNAM).date())
    return replace(row, standing=replace(row.standing, days=n, days_are=translate("Board", _WAIT_FOR[group])))


def _held(group: Group, item: Item, seen: Glance) -> tuple[str, str]:
    if group is Group.SUPPLEMENT:
        missing = translate("Board", "thiếu {n} giấy").format(n=len(seen.needs)) if seen.needs else ""
        return seen.reach or translate("Board", "Người dân"), missing
    if group in (Group.REGISTERED, Group.PAYMENT, Group.READY):
        return seen.reach or translate("Board", "không có số gọi"), ""
    return item.holder, _since(group, seen) or (translate("Board", "đang giữ") if item.holder else "")


def _since(group: Group, seen: Glance) -> str:
    """What is late beside the dossier itself: the step's own end, or that it was taken over."""
    if group is Group.STEP and seen.hop is not None and seen.hop.due is not None:
        due = translate("Board", "hạn {when}").format(when=dates.brief(seen.hop.due))
        return f"{due} · {seen.hop.note}" if seen.hop.note else due
    if group is Group.HANDED and seen.hop is not None:
        return translate("Board", "giao {when}").format(when=dates.brief(seen.hop.at))
    return ""


class _Painter(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, HEADING if isinstance(index.data(Role.ROW), Heading) else HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(Role.ROW)
        painter.save()
        if isinstance(row, Heading):
            paint_heading(painter, option.rect, row)
        else:
            paint_ground(painter, option)
            _paint_row(painter, option.rect, row)
        painter.restore()


def paint_heading(painter: QPainter, box: QRect, row: Heading) -> None:
    """A section's name in its colour, what is to be done, and at the right what is not listed."""
    painter.fillRect(box, QColor(theme.WINDOW))
    painter.setPen(QColor(theme.LINE))
    painter.drawLine(box.bottomLeft(), box.bottomRight())
    colour = theme.STATES[row.state][0] if row.state in theme.STATES else theme.INK
    painter.drawPixmap(box.left() + 16, box.top() + 6, theme.pixmap(row.state, colour))
    left = box.left() + 44
    painter.setFont(theme.font("strong"))
    width = painter.fontMetrics().horizontalAdvance(row.name) + 10
    paint_line(painter, QRect(left, box.top(), width, box.height()), row.name, "strong", colour)
    rest = QRect(left + width, box.top(), box.right() - 16 - left - width, box.height())
    paint_line(painter, rest, row.verb, colour=theme.SECOND)
    if row.key:
        beyond = left + width + painter.fontMetrics().horizontalAdvance(row.verb) + 10
        _paint_cap(painter, beyond, box, row.key)
    paint_line(painter, rest, row.more, "small", theme.SECOND, Qt.AlignmentFlag.AlignRight)


def _paint_cap(painter: QPainter, left: int, box: QRect, key: str) -> None:
    """A key as `parts.keys` shows one."""
    painter.setFont(theme.font("key"))
    cap = QRect(left, box.top() + 6, painter.fontMetrics().horizontalAdvance(key) + 12, 20)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QColor(theme.EDGE))
    painter.setBrush(QColor(theme.SURFACE))
    painter.drawRoundedRect(cap, 3, 3)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QColor(theme.INK))
    painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, key)


def _paint_row(painter: QPainter, box: QRect, row: BoardRow) -> None:
    stands = row.dossier.standing
    colour = theme.STATES[stands.state][0]
    paint_days(painter, box, stands, colour)
    at = columns(box)
    line = row.dossier.line
    paint_line(painter, QRect(at.person, box.top() + 4, at.width, 19), line.applicant or line.code, "strong")
    paint_line(painter, QRect(at.person, box.top() + 22, at.width, 18), line.procedure, colour=theme.SECOND)
    top, height = (4, 19) if row.beside else (0, HEIGHT)
    held = QRect(at.beside, box.top() + top, at.beside_width - 8, height)
    paint_line(painter, held, row.holder)
    paint_line(painter, QRect(held.left(), box.top() + 22, held.width(), 18), row.beside, colour=theme.SECOND)
    due = QRect(at.due, box.top(), DUE, HEIGHT)
    paint_line(painter, due, row.dossier.due, align=Qt.AlignmentFlag.AlignRight)


class BoardList(RowsView):
    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.setUniformItemSizes(False)
        self.setItemDelegate(_Painter(self))

    def here(self) -> bytes | None:
        """The id of the dossier whose row is here."""
        row = self.row()
        return row.dossier.line.dossier if isinstance(row, BoardRow) else None

    def show_board(
        self, rows: list[Heading | BoardRow], *, anew: bool = False, keep_here: bool = True
    ) -> None:
        """Shows the rows; the dossier that is here stays here and the list stands still.

        `anew` for another section: the list begins at its top where that dossier is not in it, and in any
        case where it is not to be kept.
        """
        row = self.row()
        here = None if row is None or not keep_here else _name(row)
        if anew:
            self.show_rows([])
        self.renew_rows(rows, _name, here)


def _name(row: Heading | BoardRow) -> tuple[str, bytes | str]:
    return ("", row.name) if isinstance(row, Heading) else (row.section, row.dossier.line.dossier)


def in_order_of(shown: list[Heading | BoardRow], rows: list[Heading | BoardRow]) -> list[Heading | BoardRow]:
    """The rows in the order of those shown, where they are the same ones; else as they come."""
    by_name = {_name(row): row for row in rows}
    names = [_name(row) for row in shown]
    return [by_name[name] for name in names] if set(names) == by_name.keys() else rows

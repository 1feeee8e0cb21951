"""Beside the form: what was given last, and all that was given today, as the closing's check needs it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from counter_app.desk import theme
from counter_app.desk.parts import Field, KeyButton, Notice, Tag, rule, typed
from counter_app.desk.theme import styled, text
from counter_app.desk.widgets.rows import Index, Role, RowsView, paint_ground, paint_line
from counter_app.services.instant import Given
from counter_app.words import dates
from counter_app.words.charges import amounts_words, register_words

HEIGHT = 44
_NUMBER, _MONEY = 52, 84  # columns


class LastGiven(QWidget):
    """The number to write on the paper, large; and what may still be done with that act."""

    print_asked = Signal()
    more_asked = Signal()
    story_asked = Signal()
    back_asked = Signal(str)
    """Why it was a mistake."""
    left = Signal()
    """Nothing is taken back after all."""

    def __init__(self) -> None:
        super().__init__()
        self.given: Given | None = None
        self.tag = Tag(self.tr("Đã ghi và trả"), "in_time")
        self.number = text("", "days")
        self.volume = text("", "strong", wrap=True)
        self.who = text("", "body", wrap=True)
        self.code = text("", "small")
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.teaching = text(self.tr("Việc vừa trả hiện ở đây, với số ghi lên giấy."), "second", wrap=True)
        self.notice = Notice()
        self.reason = QLineEdit()
        self._reason_field = Field(self.tr("Vì sao rút lại (Enter để rút, Esc để thôi)"), self.reason)
        self.print = KeyButton(self.tr("In giấy"), "Ctrl+P", "link")
        self.more = KeyButton(self.tr("Giấy nữa"), "Ctrl+T", "link")
        self.back = KeyButton(self.tr("Rút lại"), "Ctrl+Z", "link")
        self.story = KeyButton(self.tr("Xem hồ sơ"), "Ctrl+O", "link")
        self.more.setToolTip(self.tr("Giấy nữa của cùng người này"))
        self._ways = QWidget()
        grid = QGridLayout(self._ways)
        grid.setContentsMargins(0, 4, 0, 0)
        grid.setSpacing(4)
        for place, way in enumerate((self.print, self.more, self.back, self.story)):
            way.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            grid.addWidget(way, place // 2, place % 2, Qt.AlignmentFlag.AlignLeft)
        grid.setColumnStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.tag, 0, Qt.AlignmentFlag.AlignLeft)
        for part in (self.number, self.volume, self.who, self.code, self.teaching):
            column.addWidget(part)
        for below in (self.notice, self._reason_field, self._ways):
            column.addWidget(below)
        self.print.clicked.connect(self.print_asked)
        self.more.clicked.connect(self.more_asked)
        self.story.clicked.connect(self.story_asked)
        self.back.clicked.connect(self.ask_reason)
        self.show_given(None)

    def show_given(self, given: Given | None) -> None:
        self.given = given
        there = given is not None
        for part in (self.tag, self.number, self.who, self.code, self._ways):
            part.setVisible(there)
        self.teaching.setVisible(not there)
        self._reason_field.hide()
        self.notice.say("")
        self.volume.hide()
        if given is None:
            return
        back = given.taken_back
        self.tag.say(
            self.tr("Đã rút lại") if back else self.tr("Đã ghi và trả"), "late" if back else "in_time"
        )
        line = given.register
        self.number.setText(self.tr("Số {}").format(line.number) if line else money_words(given))
        if line:
            self.volume.setText(self.tr("Quyển {}").format(line.volume))
            self.volume.show()
        else:
            self.volume.clear()
        paid = money_words(given) if line else ""
        self.who.setText(" – ".join(filter(None, (given.name, given.what, paid))))
        self.code.setText(self.tr("Mã hồ sơ {}").format(given.code))
        for way in (self.print, self.back):
            way.setEnabled(not back)

    def in_short(self) -> str:
        """The number to write on the paper, and whose it is; "" where nothing was given."""
        if self.given is None:
            return ""
        told = (self.tag.words(), self.number.text(), self.volume.text(), self.given.name)
        return " – ".join(filter(None, told))

    def ask_reason(self) -> None:
        if self.given is None or self.given.taken_back:
            return
        self.reason.setText(self.tr("nhập nhầm"))
        self._ways.hide()
        self._reason_field.show()
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
        self.reason.selectAll()

    def asks(self) -> bool:
        return not self._reason_field.isHidden()

    def enter(self) -> None:
        """The reason is given."""
        why = typed(self.reason)
        if not why:
            self.notice.say(self.tr("Ghi một lý do, như: nhập nhầm người."), "soon")
            return
        self._put_away()
        self.back_asked.emit(why)

    def leave(self) -> None:
        self._put_away()
        self.notice.say("")
        self.left.emit()

    def _put_away(self) -> None:
        self._reason_field.hide()
        self._ways.show()


@dataclass(frozen=True)
class DayRow:
    """One act of the day's list."""

    given: Given
    number: str
    money: str
    spoken: str


def day_rows(given: Sequence[Given]) -> list[DayRow]:
    rows = []
    for one in given:
        money = money_words(one)
        said = (one.name, one.what, register_words(one.register), counts_words(one), money)
        number = str(one.register.number) if one.register else "–"
        rows.append(DayRow(one, number, money, ", ".join(filter(None, said))))
    return rows


def counts_words(given: Given) -> str:
    return amounts_words({"pages": given.pages, "copies": given.copies, "cases": given.cases})


def money_words(given: Given) -> str:
    """What was taken, or is owed still."""
    return dates.money(given.paid if given.paid or given.fee is None else given.fee)


class _Painter(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: DayRow = index.data(Role.ROW)
        painter.save()
        paint_ground(painter, option)
        box = option.rect
        ink = theme.DISABLED_TEXT if row.given.taken_back else theme.INK
        right = Qt.AlignmentFlag.AlignRight
        paint_line(
            painter, QRect(box.left(), box.top(), _NUMBER - 10, HEIGHT), row.number, "name", ink, right
        )
        left, width = box.left() + _NUMBER, box.width() - _NUMBER - _MONEY - 12
        paint_line(painter, QRect(left, box.top() + 4, width, 19), row.given.name, "strong", ink)
        about = ", ".join(filter(None, (row.given.what or row.given.procedure, counts_words(row.given))))
        paint_line(painter, QRect(left, box.top() + 22, width, 18), about, "small", theme.SECOND)
        money = QRect(box.right() - _MONEY - 8, box.top(), _MONEY, HEIGHT)
        if row.given.taken_back:
            paint_line(painter, money, self.tr("đã rút"), "strong", theme.STATES["late"][0], right)
        else:
            owed = not row.given.paid and bool(row.given.fee)
            paint_line(painter, money, row.money, "strong", theme.STATES["soon"][0] if owed else ink, right)
        painter.restore()


class DayList(QWidget):
    """The day's acts, newest first, with their sums; Enter opens one."""

    def __init__(self) -> None:
        super().__init__()
        self.list = RowsView(self.tr("Việc trả ngay hôm nay"))
        self.list.setItemDelegate(_Painter(self.list))
        self.sums = text("", "strong")
        self.gaps = text("", "small", wrap=True)
        styled(self.gaps, state="soon")
        self.nothing = text(self.tr("Chưa có việc nào hôm nay."), "second", wrap=True)
        head = QHBoxLayout()
        head.addWidget(text(self.tr("Hôm nay"), "heading"))
        head.addStretch(1)
        head.addWidget(self.sums)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.gaps)
        column.addWidget(rule())
        column.addWidget(self.nothing)
        column.addWidget(self.list, 1)
        # Where the list is hidden, what is left stands at the top.
        column.addStretch()
        self.show_day([])

    def show_day(self, given: Sequence[Given]) -> None:
        rows = day_rows(given)
        if self.list.hasFocus():
            self.list.renew_rows(rows, lambda row: row.given.dossier)
        else:
            self.list.show_rows(rows)
        self.list.setVisible(bool(given))
        self.nothing.setVisible(not given)
        counted = [one for one in given if not one.taken_back]
        copies = sum(one.copies or 0 for one in counted)
        said = [
            self.tr("{} việc").format(len(counted)),
            self.tr("{} bản").format(copies) if copies else "",
            dates.money(sum(one.paid for one in counted)),
        ]
        self.sums.setText(" · ".join(filter(None, said)) if given else "")
        missing = skipped(given)
        self.gaps.setText(self.tr("Số bỏ cách: {}").format(", ".join(missing)) if missing else "")
        self.gaps.setVisible(bool(missing))


def skipped(given: Sequence[Given]) -> list[str]:
    """Numbers that the day's acts passed by, volume by volume: `13–14`; a paper register may have them."""
    lines: dict[str, list[int]] = {}
    for one in given:
        if one.register is not None:
            lines.setdefault(one.register.volume, []).append(one.register.number)
    found = []
    for numbers in lines.values():
        ordered = sorted(numbers)
        for before, after in pairwise(ordered):
            if after - before > 1:
                found.append(f"{before + 1}" if after - before == 2 else f"{before + 1}–{after - 1}")
    return found

"""Who sits at the counter: an officer is chosen and shows the PIN; until then the store is only read."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QRegularExpression, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QRegularExpressionValidator
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
)

from counter_app.desk import theme
from counter_app.desk.door import Door
from counter_app.desk.parts import Field, KeyButton, Notice, keys
from counter_app.desk.widgets.rows import Index, Role, RowsView, paint_ground, paint_line
from counter_app.domain.commune import Officer
from counter_app.domain.errors import NotPermitted
from counter_app.domain.names import fold
from counter_app.words.states import ROLES

if TYPE_CHECKING:
    from counter_app.domain.orders import Lock
    from counter_app.services.accounts import Seats

_ROW: Final = 48
_MOST, _LEAST, _FEWEST = 7, 3, 2  # rows that are seen at once, where there is room and where there is none
_WORD: Final = 1.0  # seconds between two letters of one name
_TICK: Final = 200  # ms


class SeatDoor(Door):
    """Stands where the pages stand; while it does, nothing of the store is shown.

    The PIN has the focus from the first moment; letters, arrows and Alt with a number choose the officer
    without leaving it.
    """

    chosen = Signal(str, str)
    """An officer's id and the PIN as typed."""
    picked = Signal(str)
    """Another officer is in question: may this PIN be tried yet?"""
    reopen_asked = Signal()
    """No administrator is left, and somebody has the recovery sheet in hand."""
    overrule_asked = Signal()
    """The district has locked this counter, and somebody has the recovery sheet in hand."""

    def __init__(self, ticks: Callable[[], float] = time.monotonic) -> None:
        super().__init__(
            self.tr("Ai ngồi quầy?"),
            self.tr(
                "Chọn tên và gõ mã PIN; chưa có mã thì bấm Enter. Mọi việc làm từ bây giờ ghi tên người này."
            ),
            self.tr("Vào quầy"),
        )
        self._ticks = ticks
        self._letters, self._typed_at, self._until = "", 0.0, 0.0
        self._mine = ""  # who was chosen by hand since the seat was left
        self._offering = False
        self.who = _Names(self.tr("Cán bộ"))
        self.pin = PinLine()
        self.reopenable: tuple[Officer, ...] = ()
        self.leaderless = Notice()
        self.reopen = KeyButton(self.tr("Mở lại bằng phiếu khôi phục"), "Ctrl+R", "link")
        self.reopen.hide()
        self.reopen.clicked.connect(self._on_reopen)
        self.lock: Lock | None = None
        sheet = QFrame()
        sheet.setProperty("kind", "sheet")
        inside = QVBoxLayout(sheet)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.who)
        self.add(self.leaderless)
        self.add(sheet)
        ways = (("↑ ↓", ""), (self.tr("chữ đầu của tên"), ""), (self.tr("Alt + số"), self.tr("chọn tên")))
        self.add(keys(*ways))
        self.add(Field(self.tr("Mã PIN"), self.pin))
        self.finish()
        self.setTabOrder(self.pin, self.button)
        self.setTabOrder(self.button, self.who)
        self._counting = QTimer(self)
        self._counting.timeout.connect(self._count_down)
        self.asked.connect(self._on_entered)
        self.who.opened.connect(lambda _: self.pin.setFocus())
        self.who.selectionModel().currentChanged.connect(self._on_picked)
        self.pin.moved.connect(lambda by: self._take(max(0, self.who.currentIndex().row() + by)))
        self.pin.numbered.connect(lambda number: self._take(number - 1))
        self.pin.lettered.connect(self._on_letter)

    def give_way(self, tight: bool) -> None:
        super().give_way(tight)
        self.words.setVisible(not tight)
        self.who.set_least(_FEWEST if tight else _LEAST)

    def begin(self) -> None:
        """The seat was left: the next PIN may be typed at once, where the names are known from before."""
        self.pin.clear()
        self._letters = ""
        if self.officer():
            self.pin.setFocus()
            self._on_picked()
        self._mine = ""

    def offer(self, seats: Seats) -> None:
        """Shows who may sit down, the first of them chosen; who was chosen meanwhile, and a PIN, stays."""
        was_locked, self.lock = self.lock is not None, seats.lock
        self._show_trouble(seats.reopenable)
        names = [_Name(n, o.id, o.name, _role(o)) for n, o in enumerate(seats.officers, 1)]
        first = not self.officer()
        if names != self.who.all():
            self._offering = True
            self.who.show_rows(names)
            self.who.updateGeometry()
            self.who.go_to(next((n for n, name in enumerate(names) if name.id == self._mine), 0))
            self._offering = False
        opens = bool(names) and self.lock is None
        if opens is not self.pin.isEnabled():
            for control in (self.pin, self.button):
                control.setEnabled(opens)
        if self.lock is not None or (not names and self.reopenable):
            self.reopen.setFocus()
        elif first or was_locked:  # later the focus may be in the middle of a scan
            self.pin.setFocus()

    def _on_reopen(self) -> None:
        if self.lock is not None:
            self.overrule_asked.emit()
        else:
            self.reopen_asked.emit()

    def _show_trouble(self, reopenable: tuple[Officer, ...]) -> None:
        self.reopenable = reopenable
        if self.lock is not None:
            from counter_app.words.errors import sentence

            fault = NotPermitted("machine-locked", reason=self.lock.reason)
            self.leaderless.say(sentence(fault), "late", self.reopen)
            self.setTabOrder(self.who, self.reopen)
            return
        said = self.tr(
            "Không còn tài khoản quản trị nào mở, thường vì hai máy khóa lẫn nhau; "
            "ai giữ phiếu khôi phục của kho thì mở lại được một tài khoản."
        )
        self.leaderless.say(said if reopenable else "", "late", *([self.reopen] if reopenable else []))
        if reopenable:
            self.setTabOrder(self.who, self.reopen)

    def officer(self) -> str:
        """The id of the one who is chosen."""
        row = self.who.row()
        return row.id if row else ""

    def choose(self, officer: str) -> None:
        self.who.go_to([row.id for row in self.who.all()].index(officer))

    def must_wait(self, officer: str, seconds: float) -> None:
        """Counts down until this officer's PIN may be tried again; the wall clock has no say in it."""
        if officer == self.officer() and seconds > 0:
            self._until = self._ticks() + seconds
            self._counting.start(_TICK)
            self._count_down()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if control and event.key() == Qt.Key.Key_R and (self.reopenable or self.lock is not None):
            self._on_reopen()
        else:
            super().keyPressEvent(event)

    def complain(self, words: str) -> None:
        super().complain(words)
        self.pin.selectAll()
        self.pin.setFocus()

    def set_busy(self, on: bool) -> None:
        super().set_busy(on)
        if self.lock is not None:
            self.button.setEnabled(False)

    def _on_entered(self) -> None:
        if self.officer():
            self.chosen.emit(self.officer(), self.pin.text())

    def _on_picked(self) -> None:
        if not self._offering:
            self._mine = self.officer()
        self._counting.stop()
        self.notice.say("")
        self.set_busy(False)
        if self.officer():
            self.picked.emit(self.officer())

    def _count_down(self) -> None:
        left = math.ceil(self._until - self._ticks())
        self.button.setEnabled(left <= 0)
        if left <= 0:
            self._counting.stop()
            self.notice.say("")
            return
        words = self.tr(
            "Mã PIN không đúng nhiều lần; hãy chờ {} giây rồi gõ lại, hoặc nhờ người quản trị."
        ).format(left)
        if words != self.notice.words():
            self.notice.say(words, "late")

    def _on_letter(self, letter: str) -> None:
        now = self._ticks()
        self._letters = self._letters + letter if now - self._typed_at < _WORD else letter
        self._typed_at = now
        rows = self.who.all()
        here = max(0, self.who.currentIndex().row())
        # A single letter again goes on to the next one of that letter.
        order = rows[here + 1 :] + rows[: here + 1] if len(self._letters) == 1 else rows[here:] + rows[:here]
        found = next((row for row in order if row.begins(self._letters)), None)
        if found is not None:
            self._take(found.number - 1)

    def _take(self, row: int) -> None:
        self.who.go_to(row)
        self._mine = self.officer()  # also where it was the one in question already


class PinLine(QLineEdit):
    """A PIN: digits that nobody sees; every other key says who is meant."""

    moved = Signal(int)
    numbered = Signal(int)
    lettered = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setMaxLength(12)
        self.setValidator(QRegularExpressionValidator(QRegularExpression("[0-9]*"), self))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        digit = event.key() - Qt.Key.Key_0
        way = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if way is not None:
            self.moved.emit(way)
        elif held == Qt.KeyboardModifier.AltModifier and 1 <= digit <= 9:
            self.numbered.emit(digit)
        elif not held & ~Qt.KeyboardModifier.ShiftModifier and event.text().isalpha():
            self.lettered.emit(fold(event.text()))
        else:
            super().keyPressEvent(event)


@dataclass(frozen=True)
class _Name:
    number: int
    id: str
    name: str
    role: str

    @property
    def spoken(self) -> str:
        return f"{self.name}, {self.role}"

    def begins(self, letters: str) -> bool:
        """Any word of the name, for Vietnamese are called by the last one; or the id."""
        return any(word.startswith(letters) for word in (*fold(self.name).split(), self.id))


def _role(officer: Officer) -> str:
    """With the code of the commune that was, where he is of one: both may have one of that name."""
    return " · ".join(filter(None, (ROLES.say(officer.role), officer.home)))


class _Names(RowsView):
    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._least = _LEAST
        self.setItemDelegate(_Painter(self))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def set_least(self, rows: int) -> None:
        """So many are seen where there is no room for more."""
        self._least = rows
        self.updateGeometry()

    def all(self) -> list[_Name]:
        return [self.rows.index(n, 0).data(Role.ROW) for n in range(self.rows.rowCount())]

    def sizeHint(self) -> QSize:
        return QSize(400, _ROW * min(max(1, self.rows.rowCount()), _MOST))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, _ROW * min(max(1, self.rows.rowCount()), self._least))


class _Painter(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: _Name = index.data(Role.ROW)
        painter.save()
        paint_ground(painter, option)
        box: QRect = option.rect
        if row.number <= 9:
            cap = QRect(box.left() + 14, box.center().y() - 10, 22, 21)
            painter.setPen(QColor(theme.EDGE))
            painter.setBrush(QColor(theme.SURFACE))
            painter.drawRoundedRect(cap, 3, 3)
            paint_line(painter, cap, str(row.number), "key", align=Qt.AlignmentFlag.AlignHCenter)
        here = theme.ACCENT if option.state & QStyle.StateFlag.State_Selected else theme.INK
        painter.setFont(theme.font("small"))
        width = min(painter.fontMetrics().horizontalAdvance(row.role) + 4, box.width() // 3)
        paint_line(painter, box.adjusted(50, 0, -width - 24, 0), row.name, "name", here)
        side = QRect(box.right() - width - 12, box.top(), width, box.height())
        paint_line(painter, side, row.role, "small", theme.SECOND, Qt.AlignmentFlag.AlignRight)
        painter.restore()

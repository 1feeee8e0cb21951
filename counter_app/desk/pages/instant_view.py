"""What stands on the page that gives at once: procedure and act, the keys, what was given beside them."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from counter_app.desk.following import FollowingArea
from counter_app.desk.lines import Lines
from counter_app.desk.pages.instant_day import DayList, LastGiven
from counter_app.desk.pages.instant_form import EntryBand
from counter_app.desk.pages.procedure import ProcedureBand
from counter_app.desk.parts import KeyButton, Notice, keys, rule
from counter_app.desk.theme import text
from counter_app.desk.title_row import TitleRow
from counter_app.services.instant import Given

_SIDE, _NARROW_SIDE, _NARROW = 424, 300, 1180  # pixels; NARROW is the window's
_REASON: Final = 168  # pixels of the reason beside F9, before it takes a line of its own


class InstantView(QWidget):
    """Shows; what a key does is the page's."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.procedure, self.entry = ProcedureBand(1), EntryBand()
        self.last, self.day = LastGiven(), DayList()
        self.fault = Notice()
        self.save = KeyButton(self.tr("Ghi và trả"), "F9", "primary")
        self.reason = text("", "second", wrap=True)
        self.other = KeyButton(self.tr("Thủ tục khác"), "Ctrl+F")
        self._short = text("", "strong", wrap=True)
        self._is_tight = False
        self._side = self._beside()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(self._main(title), 1)
        row.addWidget(self._side)

    def show_given(self, given: Given) -> None:
        """What was given last, or taken back."""
        self.last.show_given(given)
        self._say_short()

    def open_procedures(self) -> None:
        """A procedure is chosen first."""
        self.procedure.query.clear()
        self.procedure.set_open(True)
        self.procedure.refresh()
        self.entry.set_here(False)
        self.procedure.start()

    def close_procedures(self) -> None:
        """The act is entered, if there is a procedure."""
        self.procedure.set_open(self.procedure.procedure is None)
        self.procedure.refresh()
        self.entry.set_here(self.procedure.procedure is not None)

    def give_way(self, tight: bool) -> None:
        """Without the day's list; what was given last stands in one line, and whole under the form."""
        focused = QApplication.focusWidget()
        self._side.setVisible(not tight)
        self._is_tight = tight
        if tight:
            self._sheet.insertWidget(self._sheet.count() - 1, self.last)
            self.last.setContentsMargins(16, 12, 16, 12)
        else:
            self._beside_column.insertWidget(0, self.last)
            self.last.setContentsMargins(0, 0, 0, 0)
        if focused is not None and self.last.isAncestorOf(focused):
            focused.setFocus(Qt.FocusReason.OtherFocusReason)  # which it loses on the way
        self._say_short()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._side.setFixedWidth(_SIDE if self.window().width() >= _NARROW else _NARROW_SIDE)

    def _say_short(self) -> None:
        self._short.setText(self.last.in_short())
        self._short.setVisible(self._is_tight and bool(self._short.text()))

    def _main(self, title: str) -> QVBoxLayout:
        sheet = QFrame()
        sheet.setProperty("kind", "sheet")
        column = QVBoxLayout(sheet)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(self.procedure)
        column.addWidget(rule())
        column.addWidget(self.entry)
        column.addStretch(1)
        self._sheet = column
        head = TitleRow(title, below=4)
        head.add_stretch()
        ways = (("Enter", self.tr("tiếp")), ("Shift+Enter", self.tr("lùi")), ("Ctrl+N", self.tr("làm lại")))
        head.add(keys(*ways))
        act = Lines()
        act.setContentsMargins(0, 12, 0, 0)
        act.add(self.save)
        act.add(self.reason, 1, _REASON)
        act.add(self.other)
        main = QVBoxLayout()
        main.setContentsMargins(24, 0, 24, 16)
        main.setSpacing(0)
        main.addWidget(head)
        area = FollowingArea(sheet)
        self.entry.pointed.connect(lambda notice: area.show_with(notice, self.entry.bring_notice))
        main.addWidget(area, 1)
        main.addWidget(self._short)
        main.addWidget(self.fault)
        main.addLayout(act)
        return main

    def _beside(self) -> QWidget:
        side = QWidget()
        side.setProperty("kind", "side")
        side.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._beside_column = column = QVBoxLayout(side)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(16)
        column.addWidget(self.last)
        column.addWidget(self.day, 1)
        return side

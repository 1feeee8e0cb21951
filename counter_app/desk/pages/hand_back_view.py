"""What stands on the page that gives results out: the box, its panels, the keys, the story beside."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from counter_app.desk.following import FollowingArea
from counter_app.desk.lines import Lines
from counter_app.desk.pages.given import GivenPanel, TeachingPanel
from counter_app.desk.parts import KeyButton, Notice, keys
from counter_app.desk.theme import text
from counter_app.desk.title_row import TitleRow
from counter_app.desk.widgets.beside import NARROW
from counter_app.desk.widgets.dossier_rows import DossierList
from counter_app.desk.widgets.hand_sheet import HandBackSheet
from counter_app.desk.widgets.pile import Pile
from counter_app.desk.widgets.timeline import Timeline, happenings

TEACHES, DONE, CHOOSES, OPEN = range(4)
"""The panels, in their order."""
_SIDE: Final = 424
_LEAST: Final = 80  # pixels of a panel under a notice


class HandBackView(QWidget):
    """Shows; what a key does is the page's."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.box = QLineEdit()
        self.box.setAccessibleName(self.tr("Quét giấy hẹn hoặc gõ mã hồ sơ, tên"))
        self.box.setPlaceholderText(self.tr("Quét giấy hẹn – hoặc gõ mã hồ sơ, tên người nộp"))
        self.fault = Notice()
        self.join = KeyButton(self.tr("Trả cùng lúc"), "Ctrl+J")
        self.given, self.sheet = GivenPanel(), HandBackSheet()
        self.choices = DossierList(self.tr("Các hồ sơ khớp"))
        self.timeline = Timeline(self.tr("Diễn biến hồ sơ, mới nhất trước"))
        self.record = KeyButton(self.tr("Ghi đã trả"), "F9", "primary")
        self.why_not = text("", "second", wrap=True)
        self.other = KeyButton(self.tr("Giấy khác"), "Esc")
        self.hands = KeyButton(self.tr("Giao nhận"), "Shift+F5", "link")
        self._holder = QWidget()
        self._holder.setMinimumHeight(_LEAST)
        self._middle = QStackedLayout(self._holder)
        # A low screen scrolls what is told; the bar with the keys stays.
        sheet = FollowingArea(self.sheet)
        self.sheet.shown_more.connect(lambda: sheet.ensureWidgetVisible(self.sheet.last))
        for part in (FollowingArea(TeachingPanel()), FollowingArea(self.given), self._choosing(), sheet):
            self._middle.addWidget(part)
        self._side = self._timeline_side()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(self._main(title), 1)
        row.addWidget(self._side)

    @property
    def panel(self) -> int:
        return self._middle.currentIndex()

    def says(self) -> str:
        """What stands here about the last slip."""
        faults = (self.fault.words(), *self.sheet.says(), self.why_not.text())
        return "\n".join(filter(None, (*faults, self.given.words())))

    def show_pile(self, pile: Pile) -> None:
        """The keys, and the story of what was put down last, beside the sheet."""
        self._clear()
        story = pile.last
        self.timeline.show_story(happenings(story.dossier, story.name_of, story.machines, story.now))
        self._show(OPEN)

    def show_none(self, panel: int) -> None:
        """No dossier is open."""
        self._clear()
        self._show(panel)
        self.why_not.clear()
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_choices(self) -> None:
        self._middle.setCurrentIndex(CHOOSES)
        self.choices.setFocus(Qt.FocusReason.OtherFocusReason)

    def give_way(self, tight: bool) -> None:
        """Without the title, which the rail tells too."""
        self._head.setVisible(not tight)
        self._column.setContentsMargins(*((24, 8, 24, 8) if tight else (24, 0, 24, 16)))
        self._column.setSpacing(8 if tight else 12)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._side.setVisible(self.width() >= NARROW)

    def _clear(self) -> None:
        self.box.clear()
        self.fault.say("")
        self.given.show_given("", [])

    def _show(self, panel: int) -> None:
        self._middle.setCurrentIndex(panel)
        for part in (self.record, self.other, self._side_heading, self.timeline):
            part.setVisible(panel == OPEN)

    def _main(self, title: str) -> QVBoxLayout:
        column = self._column = QVBoxLayout()
        column.setContentsMargins(24, 0, 24, 16)
        column.setSpacing(12)
        top = self._head = TitleRow(title)
        top.add_stretch()
        top.add(self.hands)
        top.add(keys(("Enter", self.tr("tiếp")), ("F9", self.tr("ghi"))))
        column.addWidget(top)
        column.addWidget(self.box)
        column.addWidget(self.fault)
        column.addWidget(self._holder, 1)
        bar = Lines()
        bar.add(self.record)
        bar.add(self.why_not, 1, 168)
        bar.add(self.other)
        column.addLayout(bar)
        return column

    def _choosing(self) -> QWidget:
        sheet = QFrame()
        sheet.setProperty("kind", "sheet")
        column = QVBoxLayout(sheet)
        column.setContentsMargins(1, 8, 1, 1)
        heading = text(self.tr("Hồ sơ nào? Chọn bằng ↑ ↓ rồi Enter."), "strong")
        heading.setContentsMargins(16, 0, 16, 0)
        column.addWidget(heading)
        column.addWidget(self.choices, 1)
        return sheet

    def _timeline_side(self) -> QWidget:
        side = QWidget()
        side.setProperty("kind", "side")
        side.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        side.setFixedWidth(_SIDE)
        column = QVBoxLayout(side)
        column.setContentsMargins(18, 16, 16, 16)
        column.setSpacing(16)
        self._side_heading = text(self.tr("Diễn biến"), "heading")
        self._side_heading.setContentsMargins(6, 0, 0, 0)
        column.addWidget(self._side_heading)
        column.addWidget(self.timeline)
        column.addStretch(1)
        return side

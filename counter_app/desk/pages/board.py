"""Hẹn trả (F4): what is late, due, waited for and ready, to act on from the top down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from counter_app.desk.page import Desk, Page
from counter_app.desk.parts import keys
from counter_app.desk.theme import styled, text
from counter_app.desk.widgets.beside import StoryBeside
from counter_app.desk.widgets.board_rows import (
    HEADINGS,
    BoardList,
    BoardRow,
    Heading,
    board_rows,
    group_name,
)
from counter_app.desk.widgets.call_acts import CALL
from counter_app.services.boards import MOST, Group, board
from counter_app.services.calls import Outcome

_PAST: Final = 1_100  # ms after the minute: what was due then is late, even where the clock tells no less
_STILL: Final = 1_500  # ms without a move, before a list that is being walked is read again
_WHOLE: Final = 500  # dossiers of a section that is looked at alone
_SCREEN: Final = 20  # dossiers that a screen shows; the others are folded after it is painted
_CALLED: Final = {str(number): outcome for number, outcome in enumerate(Outcome, start=1)}
_AT_ONCE: Final = 60  # of those, so that a scan between finds the lane free


@dataclass(frozen=True)
class _Read:
    """`is_whole`: nothing is left to be folded."""

    chosen: Group | None
    is_first: bool
    is_whole: bool
    counts: dict[Group, int]
    rows: list[Heading | BoardRow]


class Tab(QPushButton):
    """One section, or all, with its count."""

    def __init__(self, words: str, state: str = "") -> None:
        super().__init__()
        self.setProperty("kind", "tab")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._words, self._count = QLabel(words), text("", "count")
        styled(self._count, state=state)
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 0)
        row.setSpacing(6)
        for label in (self._words, self._count):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            row.addWidget(label)
        self.say(0)

    def say(self, count: int) -> None:
        self._count.setText(str(count))
        self.setAccessibleName(f"{self._words.text()}: {count}")
        self.setMinimumWidth(self._row.sizeHint().width())


class BoardPage(Page):
    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.list = BoardList(self.tr("Hồ sơ hẹn trả"))
        self._empty = text("", "second", wrap=True)
        self.tabs: dict[Group | None, Tab] = {}
        self._shown: Group | None = None
        self._group = QButtonGroup(self)
        self._beside = StoryBeside(desk, self._list_side(), keys_in=self, here=self._here)
        self.view = self._beside.view
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._beside)
        self.list.opened.connect(lambda row: self._beside.open(row.dossier.line.dossier))
        self._beside.returned.connect(self._to_list)
        self.view.told.connect(self.told)
        self.view.changed.connect(lambda _: self._look())
        self._moving = QTimer(self)
        self._moving.setSingleShot(True)
        self._moving.setInterval(_STILL)
        self.list.selectionModel().currentChanged.connect(lambda: self._moving.start())
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setTimerType(Qt.TimerType.PreciseTimer)
        self._again.timeout.connect(self.tick)
        self._again.start(_to_next_minute(desk.now()))

    @property
    def title(self) -> str:
        return self.tr("Hẹn trả")

    def entered(self) -> None:
        self._to_list()
        self._look()
        self.view.refresh()

    def choose(self, group: Group | None) -> None:
        """Looks at one section alone; None at all of them."""
        self.tabs[group].setChecked(True)
        self._look()

    def says(self) -> str:
        """The words in the list's place; "" where there is a list."""
        return self._empty.text() if self._middle.currentIndex() == 1 else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right go from section to section; 1 to 5 tell what came of a call."""
        if event.text() in _CALLED and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._call(_CALLED[event.text()])
            return
        way = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()))
        if way is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
            return
        groups = list(self.tabs)
        self.choose(groups[(groups.index(self._chosen()) + way) % len(groups)])
        self._to_list()

    def _chosen(self) -> Group | None:
        return next((group for group, tab in self.tabs.items() if tab.isChecked()), None)

    def _here(self) -> bytes | None:
        """The dossier that an act's key means: that of the row here, while the list has the focus."""
        return self.list.here() if self.list.hasFocus() else None

    def _call(self, outcome: str) -> None:
        if (here := self._here()) is not None and not self.view.is_about_to_ask():
            self._beside.act_on(here, [CALL], {"outcome": outcome})

    def _look(self, fold: int = _SCREEN) -> None:
        office, now, chosen = self.desk.office, self.desk.now(), self._chosen()
        wanted = tuple(Group) if chosen is None else (chosen,)
        most = MOST if chosen is None else _WHOLE

        def work() -> _Read:
            found = board(office, now, wanted, most, fold)
            counts = {section.group: section.total for section in found}
            whole = all(item.glance for section in found for item in section.items)
            first = fold == _SCREEN
            rows = board_rows(found, now, office.calendar()) if first or whole else []
            return _Read(chosen, first, whole, counts, rows)

        self.desk.tasks.run("read", work, self._show, latest="board")

    def _show(self, read: _Read) -> None:
        if not read.is_whole:
            self._look(_AT_ONCE)
            if not read.is_first:
                return
        for group, tab in self.tabs.items():
            tab.say(sum(read.counts.values()) if group is None else read.counts[group])
        self.list.show_board(read.rows, anew=read.chosen != self._shown)
        self._shown = read.chosen
        words = self.tr("Không có hồ sơ nào đang chờ. Bấm F2 rồi quét thẻ căn cước để tiếp nhận.")
        if any(read.counts.values()):
            words = self.tr("Mục này không có hồ sơ nào. Bấm ← → để sang mục khác.")
        self._empty.setText(words)
        self._middle.setCurrentIndex(0 if read.rows else 1)

    def tick(self) -> None:
        """A minute has passed: what is due moves on with the clock, but never under a moving hand."""
        if self._moving.isActive():
            self._again.start(_STILL)
            return
        self._again.start(_to_next_minute(self.desk.now()))
        if self.isVisible():
            self._look()

    def _to_list(self) -> None:
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _list_side(self) -> QWidget:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(24, 12, 24, 6)
        column.setSpacing(12)
        top = QHBoxLayout()
        top.setSpacing(16)
        top.addWidget(text(self.title, "page"))
        top.addStretch(1)
        top.addWidget(keys(("← →", self.tr("mục")), ("↑ ↓", self.tr("chọn")), ("Enter", self.tr("mở"))))
        column.addLayout(top)
        column.addLayout(self._tab_row())
        sheet = QFrame()
        sheet.setProperty("kind", "sheet")
        self._middle = QStackedLayout(sheet)
        self._middle.setContentsMargins(1, 1, 1, 1)
        self._middle.addWidget(self.list)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setMargin(48)
        self._middle.addWidget(self._empty)
        column.addWidget(sheet, 1)
        return side

    def _tab_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        every: tuple[Group | None, ...] = (None, *Group)
        for group in every:
            words = group_name(group) if group else self.tr("Tất cả")
            tab = Tab(words, HEADINGS[group][0] if group else "")
            tab.clicked.connect(lambda: self._look())
            self._group.addButton(tab)
            self.tabs[group] = tab
            row.addWidget(tab)
        row.addStretch(1)
        self.tabs[None].setChecked(True)
        return row


def _to_next_minute(now: datetime) -> int:
    """Milliseconds until just after the next full minute."""
    return 60_000 - now.second * 1_000 - now.microsecond // 1_000 + _PAST

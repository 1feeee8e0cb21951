"""The board's tabs: all sections, each alone, whom to call, the day's work; each with its count."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from counter_app.desk.lines import Lines
from counter_app.desk.pages.looks import Chosen, Look
from counter_app.desk.theme import styled, text
from counter_app.desk.widgets.board_rows import HEADINGS, group_name
from counter_app.services.boards import BESIDE, Group


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
        row.setContentsMargins(7, 0, 7, 0)
        row.setSpacing(6)
        for label in (self._words, self._count):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            row.addWidget(label)
        self.say(0)

    def say(self, count: int) -> None:
        self._count.setText(str(count))
        self.setAccessibleName(f"{self._words.text()}: {count}")
        self.setMinimumWidth(self._row.sizeHint().width())

    def give_way(self, tight: bool) -> None:
        beside, between = (3, 4) if tight else (7, 6)
        self._row.setContentsMargins(beside, 0, beside, 0)
        self._row.setSpacing(between)
        self.setMinimumWidth(self._row.sizeHint().width())


class BoardTabs(QWidget):
    """Title and the two lists beside the sections above, the sections below."""

    asked = Signal()
    """Another tab was pressed."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.tabs: dict[Chosen, Tab] = {}
        self._group = QButtonGroup(self)
        self._title = text(title, "page")
        self._upper = upper = QHBoxLayout()
        upper.setSpacing(8)
        upper.addWidget(self._title)
        upper.addStretch(1)
        self._lower = lower = Lines(spacing=4)
        self._add(lower, None, self.tr("Tất cả"))
        for group in Group:
            self._add(lower, group, group_name(group), HEADINGS[group][0])
        self._add(upper, Look.CALLS, self.tr("Cần gọi"))
        self._add(upper, Look.DAY, self.tr("Hôm nay"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(upper)
        column.addLayout(lower)
        self.tabs[None].setChecked(True)

    @property
    def chosen(self) -> Chosen:
        return next((look for look, tab in self.tabs.items() if tab.isChecked()), None)

    def choose(self, look: Chosen) -> None:
        self.tabs[look].setChecked(True)

    def step(self, way: int) -> None:
        """To the next tab, or the one before; after the last comes the first."""
        looks = [look for look, tab in self.tabs.items() if not tab.isHidden() or look is self.chosen]
        self.choose(looks[(looks.index(self.chosen) + way) % len(looks)])

    def say(self, counts: Mapping[Chosen, int]) -> None:
        for look, tab in self.tabs.items():
            tab.say(counts[look])

    def give_way(self, tight: bool) -> None:
        """All tabs in the same lines, without the title, which the rail tells too, nor those of sections
        whose dossiers stand in others as well: in the whole list they are all."""
        self._title.setVisible(not tight)
        for one in self.tabs.values():
            one.give_way(tight)
        for group in BESIDE:
            self.tabs[group].setVisible(not tight)
        for look in Look:
            tab = self.tabs[look]
            if tight:
                self._upper.removeWidget(tab)
                self._lower.add(tab)
            else:
                self._lower.removeWidget(tab)
                self._upper.addWidget(tab)

    def _add(self, row: QHBoxLayout | Lines, look: Chosen, words: str, state: str = "") -> None:
        tab = Tab(words, state)
        tab.clicked.connect(self.asked)
        self._group.addButton(tab)
        self.tabs[look] = tab
        row.add(tab) if isinstance(row, Lines) else row.addWidget(tab)

"""What stands on the page where dossiers change hands: the side, its fields, the box for scans, the pile."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QCompleter,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from counter_app.desk.following import FollowingArea
from counter_app.desk.lines import Lines
from counter_app.desk.pages.passing_given import LastPile
from counter_app.desk.parts import Field, KeyButton, Notice, keys, typed
from counter_app.desk.theme import text
from counter_app.desk.title_row import TitleRow
from counter_app.desk.widgets.hand_rows import HandList
from counter_app.domain.hops import By
from counter_app.services.passing import Passing

WRITE: Final = "F9"
_SIDE: Final = (320, 212)  # pixels of the fields, and where the window is narrow
_NARROW: Final = 760


class Side(StrEnum):
    GIVE = "give"
    TAKE = "take"


class PassingView(QWidget):
    """Shows; what a key does is the page's."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.tabs = {
            Side.GIVE: KeyButton(self.tr("Giao"), "Alt+1", "tab"),
            Side.TAKE: KeyButton(self.tr("Nhận"), "Alt+2", "tab"),
        }
        self.to, self.step, self.within = QLineEdit(), QLineEdit(), QLineEdit()
        self.on_paper = QCheckBox(self.tr("Giao giấy, hai bên ký"))
        self.taker, self.signed = QLineEdit(), QLineEdit()
        self.names = QStringListModel(self)
        for field in (self.to, self.taker):
            completer = QCompleter(self.names, field)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            field.setCompleter(completer)
        self.box = QLineEdit()
        self.box.setAccessibleName(self.tr("Quét từng hồ sơ, hoặc gõ mã"))
        self.box.setPlaceholderText(self.tr("Quét từng hồ sơ, hoặc gõ mã"))
        self.fault = Notice()
        self.list = HandList(self.tr("Hồ sơ của chồng này"))
        self.write = KeyButton("", WRITE, "primary")
        self.last = LastPile()
        self.why_not = text("", "second", wrap=True)
        self._empty = text("", "second", wrap=True)
        self._lay_out(title)

    def how(self, batch: bytes = b"") -> Passing:
        """How the pile is handed on, as the fields have it."""
        by = By.PAPER if self.on_paper.isChecked() else By.ELECTRONIC
        return Passing(typed(self.to), typed(self.step), typed(self.within), by, batch=batch)

    def fields(self) -> dict[str, QLineEdit]:
        """What is typed, by the names of a draft."""
        return {
            "to": self.to,
            "step": self.step,
            "within": self.within,
            "taker": self.taker,
            "signed": self.signed,
        }

    def offer(self, names: Sequence[str]) -> None:
        self.names.setStringList(list(names))

    def show_side(self, side: Side) -> None:
        for one, tab in self.tabs.items():
            tab.setChecked(one is side)
        for one, parts in self._of_side.items():
            for part in parts:
                part.setVisible(one is side)

    def show_empty(self, words: str) -> None:
        """In the list's place; "" where there is a list."""
        self._empty.setText(words)
        self._middle.setCurrentIndex(1 if words else 0)

    def says(self) -> str:
        """What stands here beside the pile."""
        empty = self._empty.text() if self._middle.currentIndex() == 1 else ""
        last = self.last.told.text() if self.last.told.isVisibleTo(self) else ""
        return "\n".join(filter(None, (self.fault.words(), self.why_not.text(), last, empty)))

    def give_way(self, tight: bool) -> None:
        self._outer.setContentsMargins(*((12, 0, 12, 4) if tight else (24, 0, 24, 12)))
        self._outer.setSpacing(6 if tight else 12)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._side.setFixedWidth(_SIDE[self.width() < _NARROW])

    def _lay_out(self, title: str) -> None:
        group = QButtonGroup(self)
        tabs = Lines(spacing=8)
        for tab in self.tabs.values():
            tab.setCheckable(True)
            group.addButton(tab)
            tabs.add(tab)
        give = (
            Field(self.tr("Giao cho"), self.to, self.tr("người hoặc phòng")),
            Field(self.tr("Bước"), self.step, self.tr("theo danh mục")),
            Field(self.tr("Làm trong"), self.within, self.tr("4 giờ, 2 ngày…")),
            self.on_paper,
        )
        take = (
            Field(self.tr("Người nhận"), self.taker, self.tr("người được giao")),
            Field(self.tr("Ai ký danh sách giấy"), self.signed, self.tr("nếu giao giấy")),
        )
        self._of_side: dict[Side, tuple[QWidget, ...]] = {Side.GIVE: (*give, self.last), Side.TAKE: take}
        asked = QWidget()
        column = QVBoxLayout(asked)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(10)
        column.addLayout(tabs)
        for part in (*give, *take):
            column.addWidget(part)
        column.addSpacing(4)
        column.addWidget(self.write, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.why_not)
        column.addWidget(self.last)
        column.addStretch(1)
        self._side = FollowingArea(asked)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self._side)
        row.addLayout(self._pile_side(), 1)
        outer = self._outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 0, 24, 12)
        outer.setSpacing(12)
        outer.addWidget(TitleRow(title))
        outer.addLayout(row, 1)

    def _pile_side(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addWidget(self.box)
        column.addWidget(self.fault)
        sheet = QFrame()
        sheet.setProperty("kind", "sheet")
        self._middle = QStackedLayout(sheet)
        self._middle.setContentsMargins(1, 1, 1, 1)
        self._middle.addWidget(self.list)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setMargin(16)
        self._middle.addWidget(FollowingArea(self._empty))
        column.addWidget(sheet, 1)
        column.addWidget(
            keys(
                ("Delete", self.tr("bỏ ra khỏi chồng")),
                ("Space", self.tr("chọn, bỏ chọn")),
                ("Enter", self.tr("mở hồ sơ")),
            )
        )
        return column

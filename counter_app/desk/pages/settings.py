"""Thiết lập (F11): sections in a list, and beside it the one that is chosen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Final, cast

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from counter_app.desk import theme
from counter_app.desk.following import FollowingArea
from counter_app.desk.page import Desk, Page
from counter_app.desk.parts import keeps_escape, keys
from counter_app.desk.settings.section import Section
from counter_app.desk.title_row import TitleRow
from counter_app.desk.widgets.rows import Index, Role, RowsView, paint_ground, paint_line
from counter_app.desk.widgets.speech import QT_TRANSLATE_NOOP, translate

MakeSection = Callable[[Desk], Section]
_LIST: Final = 216  # pixels
_NARROW: Final = 760  # under this width the section takes the list's place, and Esc returns
_ROW: Final = 44


def _from(module: str, name: str) -> MakeSection:
    """A section whose module is read when it is first chosen."""

    def make(desk: Desk) -> Section:
        return cast(Section, getattr(import_module(f"counter_app.desk.settings.{module}"), name)(desk))

    return make


SECTIONS: Final[tuple[tuple[str, str, MakeSection], ...]] = (
    ("officers", QT_TRANSLATE_NOOP("Settings", "Cán bộ"), _from("officers", "OfficersSection")),
    ("counter", QT_TRANSLATE_NOOP("Settings", "Quầy và giấy tờ"), _from("counter", "CounterSection")),
    ("printers", QT_TRANSLATE_NOOP("Settings", "Máy in"), _from("printers", "PrintersSection")),
    ("digitising", QT_TRANSLATE_NOOP("Settings", "Số hóa"), _from("digitising", "DigitisingSection")),
    ("sync", QT_TRANSLATE_NOOP("Settings", "Đồng bộ"), _from("sync", "SyncSection")),
    ("store", QT_TRANSLATE_NOOP("Settings", "Kho dữ liệu"), _from("store", "StoreSection")),
    ("accesses", QT_TRANSLATE_NOOP("Settings", "Nhật ký truy cập"), _from("accesses", "AccessesSection")),
    ("retention", QT_TRANSLATE_NOOP("Settings", "Thời hạn lưu trữ"), _from("retention", "RetentionSection")),
    ("ending", QT_TRANSLATE_NOOP("Settings", "Ngừng dùng máy"), _from("ending", "EndingSection")),
    ("training", QT_TRANSLATE_NOOP("Settings", "Tập dùng"), _from("training", "TrainingSection")),
)
"""Name, title and maker of each section, in the order of the list."""


@dataclass(frozen=True)
class _Row:
    name: str
    spoken: str


class SettingsPage(Page):
    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.list = RowsView(self.tr("Các phần thiết lập"))
        self.list.setItemDelegate(_Painter(self.list))
        self.list.show_rows([_Row(name, translate("Settings", title)) for name, title, _ in SECTIONS])
        self.sections: dict[str, Section] = {}
        self._alone = False
        self._section_head = TitleRow("")
        self._heading = self._section_head.name()
        self._scroll = FollowingArea()
        self._left, self._right = self._list_side(), self._section_side()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._left)
        row.addWidget(self._right, 1)
        self.list.selectionModel().currentChanged.connect(self._on_moved)
        self.list.opened.connect(self._on_opened)
        self.list.go_to(0)

    @property
    def title(self) -> str:
        return self.tr("Thiết lập")

    def entered(self) -> None:
        self._alone = False
        self._arrange()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self.section().entered()

    def take_scan(self, scanned: str) -> bool:
        return self.section().take_scan(scanned)

    def choose(self, name: str) -> Section:
        """Shows the section of that name; the focus stays."""
        self.list.go_to([known for known, _, _ in SECTIONS].index(name))
        return self.section()

    def section(self) -> Section:
        """The one that is shown."""
        return self.sections[self.list.row().name]

    def event(self, event: QEvent) -> bool:
        return keeps_escape(event, self._is_over) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._is_over():
            self.entered()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _on_moved(self) -> None:
        row = self.list.row()
        if row.name not in self.sections:
            self.sections[row.name] = self._make(row.name)
        section = self.sections[row.name]
        self._heading.setText(row.spoken)
        if self._scroll.widget() is not section:
            self._scroll.takeWidget()
            self._scroll.setWidget(section)
            section.show()
        if self.isVisible():
            section.entered()

    def _on_opened(self) -> None:
        self._alone = True
        self._arrange()
        self.section().take_focus()

    def _make(self, name: str) -> Section:
        section = next(make for known, _, make in SECTIONS if known == name)(self.desk)
        section.setAccessibleName(self.list.row().spoken)
        section.told.connect(self.told)
        section.office_changed.connect(self.office_changed)
        section.wipe_asked.connect(self.wipe_asked)
        return section

    def _is_over(self) -> bool:
        return self._alone and self.width() < _NARROW

    def _arrange(self) -> None:
        narrow = self.width() < _NARROW
        self._left.setVisible(not (narrow and self._alone))
        self._right.setVisible(not narrow or self._alone)
        self._left.setMaximumWidth(self.maximumWidth() if narrow else _LIST)
        self._list_column.setContentsMargins(24, 0, 24 if narrow else 0, 12)

    def _list_side(self) -> QWidget:
        side = QWidget()
        side.setMinimumWidth(_LIST)
        column = self._list_column = QVBoxLayout(side)
        column.setContentsMargins(24, 0, 0, 12)
        column.setSpacing(12)
        column.addWidget(TitleRow(self.title))
        sheet = QFrame()
        sheet.setProperty("kind", "sheet")
        inside = QVBoxLayout(sheet)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.list)
        column.addWidget(sheet, 1)
        column.addWidget(keys(("Enter", self.tr("vào")), ("F11", self.tr("ra"))))
        return side

    def _section_side(self) -> QWidget:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(16, 0, 24, 12)
        column.setSpacing(12)
        column.addWidget(self._section_head)
        sheet = QFrame()
        sheet.setProperty("kind", "sheet")
        inside = QVBoxLayout(sheet)
        inside.setContentsMargins(24, 16, 8, 16)
        inside.addWidget(self._scroll)
        column.addWidget(sheet, 1)
        return side


class _Painter(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(_LIST, _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        paint_ground(painter, option)
        box: QRect = option.rect
        here = bool(option.state & QStyle.StateFlag.State_Selected)
        colour = theme.ACCENT if here else theme.INK
        row: _Row = index.data(Role.ROW)
        paint_line(painter, box.adjusted(16, 0, -8, 0), row.spoken, "strong" if here else "body", colour)
        painter.restore()

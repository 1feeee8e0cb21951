"""A list that paints its rows itself: the model, and the view with the ring of focus around one row."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from enum import IntEnum
from typing import Any, Final, Protocol

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyle, QStyleOptionViewItem, QWidget

from counter_app.desk import theme

Index = QModelIndex | QPersistentModelIndex
_BOX: Final = 20  # pixels of a tick's box


class Role(IntEnum):
    ROW = Qt.ItemDataRole.UserRole + 1
    """The row's own value, as it was given to `Rows.show`."""


class Spoken(Protocol):
    """A row; `spoken` is what a screen reader says of it."""

    @property
    def spoken(self) -> str: ...


class Rows(QAbstractListModel):
    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[Spoken] = ()

    def show(self, rows: Sequence[Spoken]) -> None:
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not 0 <= index.row() < len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == Role.ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.spoken
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A heading is no place to stand on: the arrows pass it by."""
        row = self.data(index, Role.ROW)
        return Qt.ItemFlag.NoItemFlags if getattr(row, "is_heading", False) else super().flags(index)


class RowsView(QListView):
    """Arrows move, Enter or a click opens; the row that is here has the ring while the list has the focus."""

    opened = Signal(object)
    """The row that was asked for."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = Rows(self)
        self.setModel(self.rows)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setStyleSheet("QListView, QListView:focus { border: none; background: transparent; }")
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.clicked.connect(self._on_clicked)

    def show_rows(self, rows: Sequence[Spoken]) -> None:
        self.rows.show(rows)

    def renew_rows(
        self, rows: Sequence[Spoken], name_of: Callable[[Any], Hashable], keep: Hashable = None
    ) -> None:
        """Shows rows in the place of those shown, and moves nothing under the cursor.

        The row of the name `keep` (None: that of the row that is here) stays here, at the same height of the
        view; where it is gone, the one that took its place is here.
        """
        was = self.currentIndex()
        here = was.data(Role.ROW) if was.isValid() else None
        wanted = keep if keep is not None or here is None else name_of(here)
        height = self.visualRect(was).top() if was.isValid() else 0
        before = self.verticalScrollBar().value()
        self.show_rows(rows)
        names = [name_of(row) for row in rows]
        if wanted is not None and wanted in names:
            self.go_to(names.index(wanted))
        else:
            self.go_to(min(was.row(), len(rows) - 1) if wanted is not None and was.isValid() else 0)
        if here is None:
            return
        self.doItemsLayout()
        self.verticalScrollBar().setValue(before)
        if name_of(here) == self._name_here(name_of):
            moved = self.visualRect(self.currentIndex()).top() - height
            self.verticalScrollBar().setValue(before + moved)
        self.scrollTo(self.currentIndex())

    def _name_here(self, name_of: Callable[[Any], Hashable]) -> Hashable:
        row = self.row()
        return None if row is None else name_of(row)

    def row(self) -> Any:
        """The row that is here, or None."""
        index = self.currentIndex()
        return index.data(Role.ROW) if index.isValid() else None

    def go_to(self, number: int) -> None:
        """The row of that number; from a heading, the one after it."""
        while 0 <= number < self.rows.rowCount():
            index = self.rows.index(number, 0)
            if index.flags() & Qt.ItemFlag.ItemIsEnabled:
                self.setCurrentIndex(index)
                return
            number += 1

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Where a key leads; from a heading, which is no place to stand on, to the nearest row."""
        index = super().moveCursor(action, modifiers)
        if not index.isValid() or index.flags() & Qt.ItemFlag.ItemIsEnabled:
            return index
        below, above = range(index.row(), self.rows.rowCount()), range(index.row(), -1, -1)
        ways = (above, below) if index.row() > self.currentIndex().row() else (below, above)
        rows = (self.rows.index(number, 0) for way in ways for number in way)
        return next((row for row in rows if row.flags() & Qt.ItemFlag.ItemIsEnabled), QModelIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            if (row := self.row()) is not None:
                self.opened.emit(row)
            return
        if event.text().strip() or event.key() == Qt.Key.Key_Escape:
            event.ignore()  # a list has no search of its own: what is typed belongs to the page
            return
        super().keyPressEvent(event)

    def _on_clicked(self, index: QModelIndex) -> None:
        if index.flags() & Qt.ItemFlag.ItemIsEnabled:
            self.opened.emit(index.data(Role.ROW))


def paint_ground(painter: QPainter, option: QStyleOptionViewItem) -> None:
    """The row's ground: tint where it is selected, the ring where it has the focus too, else a line below."""
    rect = option.rect
    if option.state & QStyle.StateFlag.State_Selected:
        painter.fillRect(rect, QColor(theme.TINT))
        view = option.widget
        if view is not None and view.hasFocus():
            painter.setPen(QPen(QColor(theme.ACCENT), 3))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
            return
    elif option.state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(rect, QColor(theme.WINDOW))
    painter.setPen(QColor(theme.LINE))
    painter.drawLine(rect.bottomLeft(), rect.bottomRight())


def paint_line(
    painter: QPainter,
    rect: QRect,
    words: str,
    kind: str = "body",
    colour: str = theme.INK,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    """One line of text, cut with an ellipsis where it is too long."""
    painter.setFont(theme.font(kind))
    painter.setPen(QColor(colour))
    cut = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, align | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, cut)


def paint_tick(painter: QPainter, row: QRect, *, on: bool, can: bool) -> None:
    """The box at a row's left edge that says whether it is chosen; pale where it cannot be."""
    square = QRect(row.left() + 14, row.top() + (row.height() - _BOX) // 2, _BOX, _BOX)
    painter.setPen(QPen(QColor(theme.EDGE if can else theme.LINE), 1))
    painter.setBrush(QColor(theme.SURFACE if can else theme.WINDOW))
    painter.drawRoundedRect(square, 3, 3)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if on:
        painter.drawPixmap(square.left() + 2, square.top() + 2, theme.pixmap("tick", theme.ACCENT, 16))

"""The pile as small pictures under the names of their papers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from counter_app.desk import theme
from counter_app.desk.scan_pile import NOWHERE, Group, Leaf
from counter_app.desk.widgets.rows import Index, Role, RowsView, paint_line
from counter_app.desk.widgets.speech import QT_TRANSLATE_NOOP, translate
from counter_app.domain.attachments import RESULT
from counter_app.services.page_images import Doubt

_CELL: Final = QSize(140, 196)
_HEAD: Final = 30
_MARKS: Final = {  # colour, icon, word
    "out": ("paused", "paused", QT_TRANSLATE_NOOP("Scan", "bỏ ra")),
    Doubt.BLANK: ("soon", "warning", QT_TRANSLATE_NOOP("Scan", "trang trắng")),
    Doubt.BLACK: ("late", "late", QT_TRANSLATE_NOOP("Scan", "đen kín")),
    Doubt.GREY: ("late", "late", QT_TRANSLATE_NOOP("Scan", "xám đều")),
    Doubt.BLURRED: ("late", "late", QT_TRANSLATE_NOOP("Scan", "mờ")),
    Doubt.ALTERED: ("late", "late", QT_TRANSLATE_NOOP("Scan", "sửa sau khi ký")),
    "electronic": ("in_time", "in_time", QT_TRANSLATE_NOOP("Scan", "điện tử")),
    "whole": ("in_time", "in_time", QT_TRANSLATE_NOOP("Scan", "cả tệp")),
}


def name_of(group: Group, own: str) -> str:
    """The paper that the pages go to; with its dossier's code where it is another's than `own`."""
    if group.key == NOWHERE:
        return translate("Scan", "Chưa chọn giấy tờ")
    code, number = group.key
    what = group.name or translate("Scan", "không rõ")
    if number == RESULT:
        name = translate("Scan", "0. Kết quả: {name}").format(name=what)
    else:
        name = f"{number}. {what}"
    return name if code == own else f"{code} – {name}"


@dataclass(frozen=True)
class HeadRow:
    """The paper over its pages."""

    group: Group
    own: str
    is_heading: bool = True

    @property
    def words(self) -> str:
        n = translate("Scan", "{n} trang").format(n=self.group.pages)
        return f"{name_of(self.group, self.own)} · {n}"

    @property
    def spoken(self) -> str:
        return ", ".join(filter(None, (self.words, self.group.why)))


@dataclass(frozen=True)
class LeafRow:
    leaf: Leaf
    place: int
    group: Group
    own: str

    @property
    def mark(self) -> str:
        """The name of what is told of the page, "" for nothing."""
        if self.leaf.out:
            return "out"
        if self.leaf.page.doubt is not None:
            return self.leaf.page.doubt
        return "electronic" if self.leaf.electronic else "whole" if self.leaf.whole else ""

    @property
    def number(self) -> str:
        if self.leaf.whole:
            return translate("Scan", "{n} trang").format(n=self.leaf.sheets)
        return translate("Scan", "Trang {n}").format(n=self.place)

    @property
    def spoken(self) -> str:
        mark = translate("Scan", _MARKS[self.mark][2]) if self.mark else ""
        return ", ".join(filter(None, (self.number, name_of(self.group, self.own), mark)))


class PileView(RowsView):
    """Arrows and Shift+arrows choose pages; Space takes them out or back, a digit moves them to a paper."""

    turned = Signal()
    sent = Signal(int)
    """The number of the paper that the chosen pages go to."""
    moved_on = Signal()
    """Another page is here."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.setItemDelegate(_Painter(self))
        self.setUniformItemSizes(False)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.verticalScrollBar().setSingleStep(40)

    def show_groups(self, groups: Sequence[Group], own: str) -> None:
        chosen = {id(leaf) for leaf in self.chosen()}
        rows: list[HeadRow | LeafRow] = []
        for group in groups:
            rows.append(HeadRow(group, own))
            rows += [LeafRow(leaf, place, group, own) for place, leaf in enumerate(group.leaves, start=1)]
        self.renew_rows(rows, lambda row: id(row.leaf) if isinstance(row, LeafRow) else row.group.key)
        if len(chosen) > 1:
            model = self.selectionModel()
            for place, row in enumerate(rows):
                if isinstance(row, LeafRow) and id(row.leaf) in chosen:
                    model.select(self.rows.index(place, 0), model.SelectionFlag.Select)

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Of the first pages of a paper, with its name over them."""
        row = index.data(Role.ROW)
        if isinstance(row, LeafRow) and index.row() >= row.place:
            head = self.visualRect(self.rows.index(index.row() - row.place, 0))
            if 0 <= self.visualRect(index).top() - head.bottom() < 4:
                super().scrollTo(self.rows.index(index.row() - row.place, 0), hint)
        super().scrollTo(index, hint)

    def chosen(self) -> list[Leaf]:
        rows = (index.data(Role.ROW) for index in sorted(self.selectedIndexes(), key=QModelIndex.row))
        return [row.leaf for row in rows if isinstance(row, LeafRow)]

    def group(self) -> Group | None:
        """That of the page that is here."""
        row = self.row()
        return row.group if isinstance(row, LeafRow) else None

    def currentChanged(self, now: QModelIndex, before: QModelIndex) -> None:  # type: ignore[override]
        super().currentChanged(now, before)
        self.moved_on.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() == Qt.Key.Key_Space and self.chosen():
            self.turned.emit()
        elif plain and event.text().isdecimal() and event.text().isascii() and self.chosen():
            self.sent.emit(int(event.text()))
        else:
            super().keyPressEvent(event)


class _Painter(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row = index.data(Role.ROW)
        if isinstance(row, HeadRow):
            view = option.widget
            width = view.viewport().width() if isinstance(view, QAbstractItemView) else 400
            return QSize(max(_CELL.width(), width - 1), _HEAD * 2 - 8 if row.group.why else _HEAD)
        return _CELL

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(Role.ROW)
        painter.save()
        if isinstance(row, HeadRow):
            _paint_head(painter, option.rect, row)
        elif isinstance(row, LeafRow):
            _paint_leaf(painter, option, row)
        painter.restore()


def _paint_head(painter: QPainter, box: QRect, row: HeadRow) -> None:
    inside = box.adjusted(8, 4, -8, 0)
    late = theme.STATES["late"][0]
    colour = theme.INK if not row.group.why else late
    paint_line(painter, QRect(inside.left(), inside.top(), inside.width(), 22), row.words, "strong", colour)
    if row.group.why:
        painter.drawPixmap(inside.left(), inside.top() + 25, theme.pixmap("late", late, 16))
        why = QRect(inside.left() + 22, inside.top() + 22, inside.width() - 22, 22)
        paint_line(painter, why, row.group.why, colour=late)


def _paint_leaf(painter: QPainter, option: QStyleOptionViewItem, row: LeafRow) -> None:
    box: QRect = option.rect.adjusted(4, 2, -4, -2)
    view = option.widget
    if option.state & QStyle.StateFlag.State_Selected:
        painter.fillRect(box, QColor(theme.TINT))
    if isinstance(view, PileView) and view.hasFocus() and view.row() is row:
        painter.setPen(QPen(QColor(theme.ACCENT), 3))
        painter.drawRect(box.adjusted(1, 1, -2, -2))
    thumb = row.leaf.thumb
    left = box.left() + (box.width() - thumb.width()) // 2
    frame = QRect(left, box.top() + 6, thumb.width(), thumb.height())
    painter.setOpacity(0.3 if row.leaf.out else 1)
    painter.drawImage(frame, thumb)
    painter.setOpacity(1)
    painter.setPen(QColor(theme.LINE))
    painter.drawRect(frame)
    foot = QRect(box.left() + 8, box.bottom() - 23, box.width() - 12, 20)
    if not row.mark:
        paint_line(painter, foot, row.number, "small", theme.SECOND, Qt.AlignmentFlag.AlignHCenter)
        return
    state, icon, words = _MARKS[row.mark]
    colour, tint = theme.STATES[state]
    painter.fillRect(foot.adjusted(-4, 0, 4, 0), QColor(tint))
    painter.drawPixmap(foot.left(), foot.top() + 2, theme.pixmap(icon, colour, 16))
    said = f"{row.place} · {translate('Scan', words)}"
    paint_line(painter, foot.adjusted(20, 0, 4, 0), said, "small", colour)

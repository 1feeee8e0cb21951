"""A row of controls that breaks into lines where it has no room, so that nothing is cut off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QLabel, QLayout, QLayoutItem, QWidget, QWidgetItem

if TYPE_CHECKING:
    from PySide6.QtCore import Qt

_LEAST: Final = 96  # pixels of a control that shares what is left


class _Part(NamedTuple):
    item: QLayoutItem
    share: int
    least: int


class _Need(NamedTuple):
    """What a control asks for, asked once until something in the layout changes: to ask is dear."""

    in_line: int
    """The width that it needs to stand in a line with others."""
    hint: QSize
    minimum: QSize


class Lines(QLayout):
    """A control without a share is as wide as it asks; the others part what is left of their line."""

    def __init__(self, parent: QWidget | None = None, *, spacing: int = 12, between: int = 8) -> None:
        """`spacing` is between controls of a line, `between` is between lines; both in pixels."""
        super().__init__(parent) if parent is not None else super().__init__()
        self._parts: list[_Part] = []
        self._between = between
        self._heights: dict[int, int] = {}
        self._needs: dict[_Part, _Need] = {}
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)

    def add(
        self,
        widget: QWidget,
        share: int = 0,
        least: int = _LEAST,
        align: Qt.AlignmentFlag | None = None,
    ) -> None:
        """`least` is the width under which a control that has a share goes to the next line.

        Words that wrap and are shorter than that need only their own length.
        """
        self.insert(len(self._parts), widget, share, least, align)

    def insert(
        self,
        place: int,
        widget: QWidget,
        share: int = 0,
        least: int = _LEAST,
        align: Qt.AlignmentFlag | None = None,
    ) -> None:
        """As `add`, before the control that has that place now."""
        self.addChildWidget(widget)
        item = QWidgetItem(widget)
        if align is not None:
            item.setAlignment(align)
        self._parts.insert(place, _Part(item, share, least))
        self.invalidate()

    # as Qt asks for it

    def addItem(self, item: QLayoutItem) -> None:
        self._parts.append(_Part(item, 0, 0))

    def count(self) -> int:
        return len(self._parts)

    def itemAt(self, index: int) -> QLayoutItem:
        # Qt asks until nothing comes; what the stubs say of None is stricter than what Qt does.
        return self._parts[index].item if 0 <= index < len(self._parts) else None  # type: ignore[return-value]

    def takeAt(self, index: int) -> QLayoutItem:
        if not 0 <= index < len(self._parts):
            return None  # type: ignore[return-value]
        self.invalidate()
        return self._parts.pop(index).item

    def expandingDirections(self) -> Qt.Orientation:
        from PySide6.QtCore import Qt

        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            self._heights[width] = self._lay(QRect(0, 0, width, 0), move=False)
        return self._heights[width]

    def invalidate(self) -> None:
        self._heights, self._needs = {}, {}
        super().invalidate()

    def sizeHint(self) -> QSize:
        needs = [self._need(part) for part in self._there()]
        width = sum(max(need.in_line, need.hint.width()) for need in needs)
        width += self.spacing() * max(0, len(needs) - 1)
        return self._with_margins(width, max((need.hint.height() for need in needs), default=0))

    def minimumSize(self) -> QSize:
        needs = [self._need(part) for part in self._there()]
        width = max((need.minimum.width() for need in needs), default=0)
        return self._with_margins(width, max((need.minimum.height() for need in needs), default=0))

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._lay(rect, move=True)

    # how it breaks

    def _there(self) -> list[_Part]:
        return [part for part in self._parts if not part.item.isEmpty()]

    def _need(self, part: _Part) -> _Need:
        if part not in self._needs:
            hint, minimum = part.item.sizeHint(), part.item.minimumSize()
            self._needs[part] = _Need(_least(part, hint, minimum), hint, minimum)
        return self._needs[part]

    def _with_margins(self, width: int, height: int) -> QSize:
        around = self.contentsMargins()
        return QSize(width + around.left() + around.right(), height + around.top() + around.bottom())

    def _lay(self, rect: QRect, *, move: bool) -> int:
        """The height that the lines take at this width; with `move` the controls go to their places."""
        around = self.contentsMargins()
        inside = rect.marginsRemoved(around)
        top = inside.top()
        lines = self._lines(inside.width())
        for number, line in enumerate(lines):
            top += self._between if number else 0
            widths = self._parted(line, inside.width() - self.spacing() * (len(line) - 1))
            height = max(self._height(part, width) for part, width in zip(line, widths, strict=True))
            if move and len(lines) == 1:
                height = max(height, inside.height())
            left = inside.left()
            for part, width in zip(line, widths, strict=True):
                if move:
                    part.item.setGeometry(QRect(QPoint(left, top), QSize(width, height)))
                left += width + self.spacing()
            top += height
        return top - rect.top() + around.bottom()

    def _lines(self, width: int) -> list[list[_Part]]:
        lines: list[list[_Part]] = []
        taken = 0
        for part in self._there():
            needed = self._need(part).in_line
            if lines and taken + self.spacing() + needed <= width:
                lines[-1].append(part)
                taken += self.spacing() + needed
            else:
                lines.append([part])
                taken = needed
        return lines

    def _parted(self, line: list[_Part], width: int) -> list[int]:
        """The width of each control of a line: those with a share part what is left, none under its least."""
        needs = [self._need(part) for part in line]
        widths = [min(need.in_line, max(width, need.minimum.width())) for need in needs]
        sharing = [n for n, part in enumerate(line) if part.share]
        while sharing:
            free = width - sum(own for n, own in enumerate(widths) if n not in sharing)
            shares = sum(line[n].share for n in sharing)
            tight = [n for n in sharing if free * line[n].share // shares < widths[n]]
            if not tight:
                for n in sharing:
                    widths[n] = min(free * line[n].share // shares, line[n].item.maximumSize().width())
                break
            sharing = [n for n in sharing if n not in tight]
        return widths

    def _height(self, part: _Part, width: int) -> int:
        item = part.item
        return item.heightForWidth(width) if item.hasHeightForWidth() else self._need(part).hint.height()


def _least(part: _Part, hint: QSize, minimum: QSize) -> int:
    widget = part.item.widget()
    if isinstance(widget, QLabel) and widget.wordWrap():
        return min(widget.fontMetrics().horizontalAdvance(widget.text()) + 1, part.least)
    if part.share:
        return max(minimum.width(), part.least)
    return max(minimum.width(), hint.width())


def shared(*parts: tuple[QWidget, int]) -> Lines:
    """Controls, each with its share of the line."""
    row = Lines()
    for widget, share in parts:
        row.add(widget, share)
    return row

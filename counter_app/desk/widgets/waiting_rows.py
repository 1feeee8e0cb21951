"""What cannot rest, as a list: headings that say what to do, under each the dossiers, the oldest first."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from counter_app.desk import theme
from counter_app.desk.widgets.board_rows import HEADING, Heading, paint_heading
from counter_app.desk.widgets.dossier_rows import HEIGHT
from counter_app.desk.widgets.rows import Index, Role, RowsView, paint_ground, paint_line
from counter_app.desk.widgets.speech import translate
from counter_app.services.waiting import Item, Section, Why
from counter_app.words import waiting as words
from counter_app.words.syncing import age

_NUMBER, _UNIT = 48, 56  # pixels of how long it has waited: the number, its unit
_FEWEST: Final = QSize(200, HEADING + 2 * HEIGHT)  # a low window scrolls rather than show fewer rows
_NARROW: Final = 560  # pixels of a row; under this what waits stands in the second line


@dataclass(frozen=True)
class WaitingRow:
    """An item in words, reckoned where it was read."""

    item: Item
    age: str
    title: str
    below: str
    about: str
    beside: str
    spoken: str

    @property
    def why(self) -> str:
        """Why, and what to do: two sentences."""
        return f"{words.reason(self.item)} {words.to_do(self.item)}"

    @property
    def name(self) -> Hashable:
        item = self.item
        return item.why, item.dossier, item.machine, item.reason


def waiting_rows(sections: Iterable[Section], now: datetime) -> list[Heading | WaitingRow]:
    """The list; an empty section has no heading."""
    rows: list[Heading | WaitingRow] = []
    for section in sections:
        if section.total:
            rows.append(_heading(section))
            rows += [_row(item, now) for item in section.items]
    return rows


def _heading(section: Section) -> Heading:
    name, verb = words.HEADINGS.say(section.why), words.VERBS.say(section.why)
    said = f"{name}: {section.total}"
    left = section.total - len(section.items)
    more = translate("Waiting", "còn {n} nữa").format(n=left) if left else ""
    return Heading(words.STATES[section.why], said, verb, more, f"{said}, {verb}")


def _row(item: Item, now: datetime) -> WaitingRow:
    waited = age(max(timedelta(0), now - item.since)) if item.since is not None else ""
    title, about, beside = words.title(item), words.about(item), words.beside(item)
    line = item.line
    below = " · ".join(filter(None, (line.code, line.procedure))) if line is not None else ""
    said = (title, below, waited, about, words.reason(item))
    return WaitingRow(item, waited, title, below, about, beside, ", ".join(filter(None, said)))


class _Painter(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, HEADING if isinstance(index.data(Role.ROW), Heading) else HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(Role.ROW)
        painter.save()
        if isinstance(row, Heading):
            paint_heading(painter, option.rect, row)
        else:
            paint_ground(painter, option)
            _paint_row(painter, option.rect, row)
        painter.restore()


def _paint_row(painter: QPainter, box: QRect, row: WaitingRow) -> None:
    state = words.STATES[row.item.why]
    colour = theme.STATES[state][0]
    number, _, unit = row.age.partition(" ")
    right, middle = Qt.AlignmentFlag.AlignRight, box.top()
    paint_line(painter, QRect(box.left() + 8, middle, _NUMBER, HEIGHT), number, "days", colour, right)
    unit_box = QRect(box.left() + _NUMBER + 14, middle + 4, _UNIT, HEIGHT)
    paint_line(painter, unit_box, unit, "small", colour)
    left = box.left() + _NUMBER + _UNIT + 24
    room = box.right() - 16 - left
    if box.width() < _NARROW:
        paint_line(painter, QRect(left, middle + 4, room, 19), row.title, "strong")
        paint_line(painter, QRect(left, middle + 22, room, 18), row.about or row.below, colour=theme.SECOND)
        return
    half = room // 2
    paint_line(painter, QRect(left, middle + 4, half - 12, 19), row.title, "strong")
    paint_line(painter, QRect(left, middle + 22, half - 12, 18), row.below, colour=theme.SECOND)
    beside = QRect(left + half, middle + 4, half, 19)
    paint_line(painter, beside, row.about)
    paint_line(painter, QRect(beside.left(), middle + 22, half, 18), row.beside, colour=theme.SECOND)


class WaitingList(RowsView):
    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.setUniformItemSizes(False)
        self.setItemDelegate(_Painter(self))

    def sizeHint(self) -> QSize:
        return _FEWEST

    def here(self) -> bytes | None:
        """The id of the dossier whose row is here; None where there is none that can be opened."""
        row = self.row()
        return _opens(row) if isinstance(row, WaitingRow) else None

    def in_conflict(self) -> list[bytes | None]:
        """The dossiers that a person must settle, in their order."""
        rows = (self.rows.index(n, 0).data(Role.ROW) for n in range(self.rows.rowCount()))
        conflicts = (r.item for r in rows if isinstance(r, WaitingRow) and r.item.why is Why.CONFLICT)
        return [item.dossier for item in conflicts]

    def go_to_conflict(self, place: int) -> None:
        """To the dossier of that place among those in conflict; past the last one, to the first."""
        count = len(self.in_conflict())
        if count:
            self.go_to(1 + (place if place < count else 0))  # their section is the first, under its heading

    def show_waiting(self, rows: list[Heading | WaitingRow]) -> None:
        """Shows the rows; the one that is here stays here, and the list stands still."""
        self.renew_rows(rows, lambda row: row.name)


def _opens(row: WaitingRow) -> bytes | None:
    return row.item.dossier if row.item.line is not None else None

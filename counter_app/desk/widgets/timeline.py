"""A dossier's story as a line of sentences, newest first: when, what, who and from which machine."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen, QResizeEvent, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from counter_app.desk import theme
from counter_app.desk.widgets.rows import Index, Role, RowsView, paint_line
from counter_app.desk.widgets.speech import translate
from counter_app.domain.dossier import Dossier
from counter_app.domain.entry import Entry
from counter_app.domain.events import Header
from counter_app.domain.homes import NOBODY
from counter_app.domain.zone import VIETNAM
from counter_app.words import dates
from counter_app.words.story import tell, written

NameOf = Callable[[Header], str]
"""The name of who did the act of this head."""
_WHEN, _AXIS, _GAP = 108, 20, 16  # columns of time and axis; between two sentences
_WRAP = int(Qt.TextFlag.TextWordWrap)
_TALL = 10_000


@dataclass(frozen=True)
class Happening:
    """One event as it is told. `look`: "" plain, "mistaken" struck, "soon" to look at, "late" disputed."""

    when: str
    sentence: str
    by: str
    look: str = ""
    struck: int = 0
    """Letters of the sentence, from its beginning, that were a mistake; what became of them stands behind."""

    @property
    def spoken(self) -> str:
        return ". ".join(part for part in (self.when, self.sentence.rstrip("."), self.by) if part)


def happenings(
    dossier: Dossier, name_of: NameOf, machines: Mapping[bytes, str], now: datetime
) -> list[Happening]:
    """The dossier's events, newest first; `name_of` who acted, names of machines by log."""
    disputed = {side.event for found in dossier.conflicts for side in found.sides}
    return [
        Happening(
            when_words(entry.happened_at, now),
            _capital(tell(entry)),
            said_by(entry, name_of, machines),
            _look(entry, entry.ref in disputed),
            len(written(entry)) if entry.mistaken else 0,
        )
        for entry in reversed(dossier.entries)
    ]


def said_by(entry: Entry, name_of: NameOf, machines: Mapping[bytes, str]) -> str:
    head = entry.event.header
    machine = machines.get(head.log)
    if machine and head.actor in NOBODY:
        return machine
    who = name_of(head)
    return translate("Timeline", "{who} · máy {machine}").format(who=who, machine=machine) if machine else who


def when_words(moment: datetime, now: datetime) -> str:
    """`Hôm nay 08:52`, `T4 15/4 17:00`, with the year where it is another."""
    moment = moment.astimezone(VIETNAM)
    clock = f"{moment.hour:02}:{moment.minute:02}"
    if moment.date() == now.astimezone(VIETNAM).date():
        return translate("Timeline", "Hôm nay {clock}").format(clock=clock)
    if moment.year != now.year:
        return dates.day(moment.date())
    return f"{short_weekday(moment)} {dates.short_day(moment.date())} {clock}"


def short_weekday(moment: datetime) -> str:
    """`T2` to `T7`, `CN`."""
    return translate("Timeline", "T2 T3 T4 T5 T6 T7 CN").split()[moment.weekday()]


def _look(entry: Entry, disputed: bool) -> str:
    if entry.mistaken:
        return "mistaken"
    if disputed:
        return "late"
    return "soon" if entry.unknown or entry.payload is None else ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


class _Painter(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        view = option.widget
        width = view.contentsRect().width() if isinstance(view, RowsView) else option.rect.width()
        return QSize(width, _height(index.data(Role.ROW), width))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Happening = index.data(Role.ROW)
        box = option.rect
        painter.save()
        view = option.widget
        if option.state & QStyle.StateFlag.State_Selected and view is not None and view.hasFocus():
            painter.setPen(QPen(QColor(theme.ACCENT), 3))
            painter.drawRect(box.adjusted(1, 1, -2, -_GAP // 2))
        top = box.top() + 4
        paint_line(painter, QRect(box.left() + 6, top + 1, _WHEN - 10, 18), row.when, "small", theme.SECOND)
        self._axis(
            painter, box, row, first=index.row() == 0, last=index.row() == index.model().rowCount() - 1
        )
        words = QRect(box.left() + _WHEN + _AXIS, top, _width(box.width()), box.height())
        painter.setFont(theme.font("body"))
        painter.setPen(QColor(theme.SECOND if row.look == "mistaken" else theme.INK))
        if row.struck:
            _draw_struck(painter, words, row)
        else:
            painter.drawText(words, _WRAP, row.sentence)
        below = top + _words_height(row, words.width())
        paint_line(painter, QRect(words.left(), below, words.width(), 18), row.by, "small", theme.SECOND)
        painter.restore()

    def _axis(self, painter: QPainter, box: QRect, row: Happening, *, first: bool, last: bool) -> None:
        x, y = box.left() + _WHEN + 4, box.top() + 14
        painter.setPen(QPen(QColor(theme.LINE), 2))
        if not first:
            painter.drawLine(x, box.top(), x, y)
        if not last:
            painter.drawLine(x, y, x, box.bottom() + 1)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(_COLOURS.get(row.look, theme.ACCENT if first else theme.EDGE)))
        painter.drawEllipse(QPoint(x, y), 5, 5)
        painter.setBrush(Qt.BrushStyle.NoBrush)


_COLOURS = {"mistaken": theme.SECOND, "late": theme.STATES["late"][0], "soon": theme.STATES["soon"][0]}


def _draw_struck(painter: QPainter, box: QRect, row: Happening) -> None:
    mistaken = QTextLayout.FormatRange()
    mistaken.start, mistaken.length = 0, row.struck
    strikes = QTextCharFormat()
    strikes.setFontStrikeOut(True)
    mistaken.format = strikes
    layout = QTextLayout(row.sentence, painter.font())
    layout.setFormats([mistaken])
    layout.beginLayout()
    y = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(box.width())
        line.setPosition(QPointF(0, y))
        y += line.height()
    layout.endLayout()
    layout.draw(painter, QPointF(box.topLeft()))


def _width(whole: int) -> int:
    return max(80, whole - _WHEN - _AXIS - 8)


def _words_height(row: Happening, width: int) -> int:
    metrics = QFontMetrics(theme.font("body"))
    return metrics.boundingRect(QRect(0, 0, width, _TALL), _WRAP, row.sentence).height()


def _height(row: Happening, whole: int) -> int:
    return 4 + _words_height(row, _width(whole)) + 18 + _GAP


class Timeline(RowsView):
    """As tall as its story: what holds it scrolls."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.setUniformItemSizes(False)
        self.setItemDelegate(_Painter(self))
        self.setResizeMode(RowsView.ResizeMode.Adjust)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._rows: list[Happening] = []

    def show_story(self, rows: list[Happening]) -> None:
        self._rows = rows
        self.show_rows(rows)
        self.go_to(0)
        self._fit()

    def sentences(self) -> list[str]:
        return [row.sentence for row in self._rows]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        width = self.contentsRect().width()
        self.setFixedHeight(max(1, sum(_height(row, width) for row in self._rows)))
        self.scheduleDelayedItemsLayout()

"""Places offered under a field while it is typed in; who does not look at them types on as before."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QGuiApplication, QInputMethodEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from counter_app.desk import theme
from counter_app.desk.parts import keys
from counter_app.desk.tasks import Tasks
from counter_app.desk.widgets.rows import Index, Role, RowsView, paint_ground, paint_line
from counter_app.services import agency_codes, places
from counter_app.services.places import Gazetteer

MOST: Final = 7
_ROW: Final = 36
_AWAY: Final = 2  # pixels between the field and its list
_PAUSE: Final = 40  # ms; a scanner types faster, so that nothing flickers through a scan
_AGENCY: Final = "UBND"
_MOVED: Final = (QEvent.Type.Move, QEvent.Type.Resize)


@dataclass(frozen=True)
class Offer:
    """A row of the list, and the `text` of the whole field once it is taken."""

    label: str
    text: str
    beside: str = ""

    @property
    def spoken(self) -> str:
        return ", ".join(filter(None, (self.label, self.beside)))


Offers = Callable[[Gazetteer, str], list[Offer]]


def of_address(known: Gazetteer, typed: str) -> list[Offer]:
    """What the words after the last comma may mean; what stands before it is kept."""
    before, _, last = typed.rpartition(",")
    kept = f"{before.strip()}, " if before.strip() else ""
    return [Offer(place.full, kept + place.full) for place in known.match(last, MOST)]


def of_agency(known: Gazetteer, typed: str) -> list[Offer]:
    """The people's committees of the communes; the province only tells two of one name apart."""
    found = known.match(agency_codes.bare(typed), MOST, communes_only=True)
    names = [f"{_AGENCY} {place.called}" for place in found]
    return [Offer(name, name, place.within) for name, place in zip(names, found, strict=True)]


class PlaceCompleter(QObject):
    """Up and Down choose in the list; Enter, Tab or a click takes; Esc closes the list alone.

    The field keeps the focus always. As long as nothing is chosen it is as if there were no list: Enter, a
    scanner's too, goes its way. The places are read in a lane when the field first gets the focus.
    """

    taken = Signal(object)
    """The Offer that stands in the field now."""

    def __init__(self, field: QLineEdit, offers: Offers = of_address) -> None:
        super().__init__(field)
        self._field, self._offers = field, offers
        self._tasks: Tasks | None = None
        self._known: Gazetteer | None = None
        self._composed = ""
        self._list: _PlaceList | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._offer)
        field.textEdited.connect(self._on_edited)
        field.installEventFilter(self)

    def is_open(self) -> bool:
        return self._list is not None and not self._list.isHidden()

    def offered(self) -> list[str]:
        """What the list says, row by row; [] while it is closed."""
        return self._list.spoken() if self._list is not None and self.is_open() else []

    def close(self) -> None:
        """Takes the list away; what stands in the field stays."""
        self._pause.stop()
        if self._list is not None and self.is_open():
            for above in self._surroundings():
                above.removeEventFilter(self)
            self._list.hide()
            self._field.setAccessibleDescription("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if self.is_open() and kind in _MOVED:
            self._place()
        if watched is not self._field:
            if kind == QEvent.Type.MouseButtonPress:
                self.close()  # a click beside the list
            return False
        if kind == QEvent.Type.FocusIn:
            self._read()
        elif kind == QEvent.Type.FocusOut:
            self.close()
        elif isinstance(event, QInputMethodEvent):
            self._composed = event.preeditString()
            self._on_edited()
        elif isinstance(event, QKeyEvent) and kind == QEvent.Type.ShortcutOverride:
            if self.is_open() and event.key() == Qt.Key.Key_Escape:
                event.accept()  # else it is the window's key and takes the focus from the field
                return True
        elif isinstance(event, QKeyEvent) and kind == QEvent.Type.KeyPress:
            return self._takes_key(event)
        return False

    # keys

    def _takes_key(self, event: QKeyEvent) -> bool:
        """Whether the key was for the list; any other one goes to the field."""
        opened, key = self._list, event.key()
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab):
            chosen = opened.chosen() if opened is not None and self.is_open() and plain else None
            self.close()
            if chosen is not None:
                self._take(chosen)
            return chosen is not None and key != Qt.Key.Key_Tab
        if opened is None or not self.is_open() or not plain:
            return False
        if key == Qt.Key.Key_Escape:
            self.close()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            opened.step(1 if key == Qt.Key.Key_Down else -1)
            self._say(opened)
        else:
            return False
        return True

    def _take(self, offer: Offer) -> None:
        """Writes it as if it were typed, so that Ctrl+Z brings back what was."""
        # To select makes an input method write what it still holds, behind what is then selected.
        QGuiApplication.inputMethod().reset()
        if self._composed:
            QApplication.sendEvent(self._field, QInputMethodEvent())
        self._field.selectAll()
        self._field.insert(offer.text)
        self.close()
        self.taken.emit(offer)

    # the list

    def _read(self) -> None:
        if self._tasks is None:
            self._tasks = Tasks(self)
            self.destroyed.connect(self._tasks.close)
            self._tasks.run("read", places.read, self._on_read)

    def _on_read(self, known: Gazetteer) -> None:
        assert self._tasks is not None
        self._tasks.close()
        self._known = known
        if self._field.isModified():
            self._offer()

    def _on_edited(self) -> None:
        if self._list is not None:
            self._list.choose(-1)  # it was chosen for other letters
        self._pause.start()

    def _offer(self) -> None:
        """Opens the list for what stands in the field, or closes it where nothing fits."""
        field = self._field
        typed = unicodedata.normalize("NFC", field.text() + self._composed)
        at_end = field.cursorPosition() == len(field.text())
        found: list[Offer] = []
        if self._known is not None and field.hasFocus() and at_end:
            found = [one for one in self._offers(self._known, typed) if one.text != typed.strip()]
        if not found:
            self.close()
            return
        if self._list is None:
            self._list = _PlaceList(field.window())
            self._list.taken.connect(self._take)
        self._list.offer(found)
        self._place()
        if not self.is_open():
            for above in self._surroundings():
                above.installEventFilter(self)
            self._list.show()
        self._say(self._list)

    def _place(self) -> None:
        """Under the field, or over it where the window ends before the list does."""
        assert self._list is not None
        if self._field.visibleRegion().isEmpty():
            self.close()  # scrolled away
            return
        window = self._field.window()
        size = QSize(self._field.width(), self._list.sizeHint().height())
        over = self._field.mapTo(window, QPoint(0, -_AWAY - size.height()))
        under = self._field.mapTo(window, QPoint(0, self._field.height() + _AWAY))
        fits = under.y() + size.height() <= window.height() or over.y() < 0
        self._list.setGeometry(QRect(under if fits else over, size))
        self._list.raise_()

    def _say(self, opened: _PlaceList) -> None:
        """The field keeps the focus, so it is the field that tells a screen reader of its list."""
        chosen = opened.chosen()
        count = len(opened.spoken())
        words = chosen.spoken if chosen else self.tr("{} nơi gợi ý, phím ↓ để chọn").format(count)
        self._field.setAccessibleDescription(words)

    def _surroundings(self) -> list[QWidget]:
        """What the field stands in, out to the window: where one of them moves, the list moves along."""
        found: list[QWidget] = []
        widget: QWidget | None = self._field
        while widget is not None and not widget.isWindow():
            widget = widget.parentWidget()
            if widget is not None:
                found.append(widget)
        return found


class _PlaceList(QFrame):
    """The rows, and the keys that work on them; a child of the window, over its pages."""

    taken = Signal(object)
    """The Offer that was clicked."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.hide()
        self.setObjectName("offers")
        self.setStyleSheet(
            f"#offers {{ background: {theme.SURFACE}; border: 1px solid {theme.EDGE}; border-radius: 4px; }}"
        )
        self.setAccessibleName(self.tr("Nơi gợi ý"))
        self._rows = RowsView(self.tr("Nơi gợi ý"))
        self._rows.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._rows.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._rows.setItemDelegate(_Painter(self._rows))
        self._rows.opened.connect(self.taken)
        hint = keys(("↑ ↓", self.tr("chọn")), ("Enter", self.tr("lấy")), ("Esc", self.tr("đóng")))
        hint.setContentsMargins(12, 6, 12, 6)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(self._rows)
        column.addWidget(hint)
        self._offers: list[Offer] = []

    def offer(self, offers: list[Offer]) -> None:
        self._offers = offers
        self._rows.show_rows(offers)
        self._rows.setFixedHeight(_ROW * len(offers))

    def spoken(self) -> list[str]:
        return [offer.spoken for offer in self._offers]

    def chosen(self) -> Offer | None:
        row: Offer | None = self._rows.row()
        return row

    def step(self, way: int) -> None:
        """One row on; above the first one nothing is chosen."""
        self.choose(min(self._rows.currentIndex().row() + way, len(self._offers) - 1))

    def choose(self, row: int) -> None:
        """The row that is here now; -1 for none."""
        self._rows.setCurrentIndex(self._rows.model().index(row, 0))


class _Painter(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        offer: Offer = index.data(Role.ROW)
        here = bool(option.state & QStyle.StateFlag.State_Selected)
        box = option.rect
        painter.save()
        paint_ground(painter, option)
        if here:
            painter.fillRect(box.left(), box.top(), 4, box.height(), QColor(theme.ACCENT))
        line = box.adjusted(12, 0, -12, 0)
        paint_line(painter, line, offer.label, colour=theme.ACCENT if here else theme.INK)
        line.setLeft(line.left() + painter.fontMetrics().horizontalAdvance(offer.label) + 16)
        paint_line(painter, line, offer.beside, colour=theme.SECOND)
        painter.restore()

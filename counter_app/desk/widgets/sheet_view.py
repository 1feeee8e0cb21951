"""A paper as it will be printed, page by page: drawn in the lane of papers, as wide as there is room."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from counter_app.desk.following import FollowingArea
from counter_app.desk.lines import Lines
from counter_app.desk.parts import KeyButton
from counter_app.desk.theme import text
from counter_app.services.contents import Content, opened
from counter_app.words.errors import sentence

if TYPE_CHECKING:
    from counter_app.desk.page import Desk

_SETTLES: Final = 200  # ms after the last change of the window's size
_WIDEST: Final = 1600  # pixels: a larger picture shows no more of a paper
_LEAST: Final = 200
NEXT, BEFORE = "PgDown", "PgUp"


class _Drawn(NamedTuple):
    picture: QImage
    page: int
    of: int


class SheetView(QWidget):
    """`page` counts from 0."""

    shown = Signal()
    """Another page, or another paper, stands there."""

    def __init__(self, desk: Desk, name: str) -> None:
        super().__init__()
        self._desk = desk
        self._papers, self.page, self.of = list[Content](), 0, 0
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        self._picture.setAccessibleName(name)
        self._where = text("", "second")
        self.before = KeyButton(self.tr("Trang trước"), BEFORE, "link")
        self.next = KeyButton(self.tr("Trang sau"), NEXT, "link")
        self.before.clicked.connect(lambda: self.turn(-1))
        self.next.clicked.connect(lambda: self.turn(1))
        self._words = text("", "second", wrap=True)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._words)
        column.addWidget(self._picture)
        column.addStretch(1)
        self._area = FollowingArea(inside)
        sheet = QFrame()
        sheet.setProperty("kind", "sheet")
        around = QVBoxLayout(sheet)
        around.setContentsMargins(8, 8, 8, 8)
        around.addWidget(self._area)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(6)
        outer.addWidget(sheet, 1)
        bar = self._bar = Lines(spacing=8)
        bar.add(self._where, 1, 90)
        bar.add(self.before)
        bar.add(self.next)
        outer.addLayout(bar)
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(_SETTLES)
        self._settling.timeout.connect(self._draw)
        self.say("")

    def say(self, words: str) -> None:
        """Words in the place of a paper."""
        self._papers, self.page, self.of = [], 0, 0
        self._words.setText(words)
        self._words.setVisible(bool(words))
        self._picture.clear()
        self._show_where()

    def show_papers(self, papers: Sequence[Content]) -> None:
        """The first page of these PDFs, one behind the other; the same one as before, where they were only
        drawn anew."""
        self._papers = list(papers)
        self._draw()

    def turn(self, way: int) -> None:
        wanted = self.page + way
        if self._papers and 0 <= wanted < self.of:
            self.page = wanted
            self._area.verticalScrollBar().setValue(0)
            self._draw()

    def says(self) -> str:
        return self._words.text() if not self._words.isHidden() else self._where.text()

    def has_picture(self) -> bool:
        return not self._picture.pixmap().isNull()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._papers:
            self._settling.start()

    def _draw(self) -> None:
        if not self._papers:
            return
        papers, page, ratio = self._papers, self.page, self.devicePixelRatioF()
        width = min(_WIDEST, max(_LEAST, self._area.viewport().width()))

        def work() -> _Drawn:
            return _drawn(papers, page, round(width * ratio))

        def show(found: _Drawn) -> None:
            if papers is not self._papers:
                return
            picture = QPixmap.fromImage(found.picture)
            picture.setDevicePixelRatio(ratio)
            self._words.hide()
            self._picture.setPixmap(picture)
            self.page, self.of = found.page, found.of
            self._show_where()
            self.shown.emit()

        self._desk.tasks.run(
            "paper", work, show, lambda error: self.say(sentence(error)), latest=f"sheet-{id(self)}"
        )

    def _show_where(self) -> None:
        place = self.tr("Trang {n}/{of}").format(n=self.page + 1, of=self.of) if self.of else ""
        self._where.setText(place)
        self._picture.setAccessibleDescription(place)
        self.before.setEnabled(self.page > 0)
        self.next.setEnabled(self.page + 1 < self.of)
        for part in (self.before, self.next):
            part.setVisible(self.of > 1)


def _drawn(papers: Sequence[Content], page: int, width: int) -> _Drawn:
    """The page of that number, or the last one; `width` in pixels of the screen."""
    import pypdfium2 as pdfium

    with ExitStack() as open_:
        documents = [pdfium.PdfDocument(opened(one), autoclose=True) for one in papers]
        for document in documents:
            open_.callback(document.close)
        places = [(document, number) for document in documents for number in range(len(document))]
        here = min(page, len(places) - 1)
        document, number = places[here]
        sheet = document[number]
        bitmap = sheet.render(scale=width / sheet.get_width(), prefer_bgrx=True)
        dots = QImage(bitmap.buffer, bitmap.width, bitmap.height, QImage.Format.Format_RGB32).copy()
        bitmap.close()
        return _Drawn(dots, here, len(places))

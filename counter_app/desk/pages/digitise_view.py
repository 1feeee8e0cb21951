"""What stands on the page where a dossier is scanned: its papers, the ways in, the pile, its keeping."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from counter_app.desk.following import FollowingArea
from counter_app.desk.lines import Lines
from counter_app.desk.page import Desk
from counter_app.desk.parts import Elided, Field, KeyButton, Notice, keys
from counter_app.desk.theme import text
from counter_app.desk.title_row import TitleRow
from counter_app.desk.widgets.camera_view import CameraView
from counter_app.desk.widgets.paper_rows import PaperList
from counter_app.desk.widgets.scan_rows import PileView
from counter_app.desk.widgets.sheet_view import SheetView

SCAN, LOOK, CHOOSE, FILED = "Ctrl+Enter", "Ctrl+Shift+Enter", "Ctrl+N", "Alt+N"
PRINT, BACK, KEEP = "Ctrl+P", "Ctrl+Z", "F9"
_SIDE: Final = ((1100, 400), (760, 300), (0, 212))  # from this width on, so many pixels of papers
_COUNT: Final = 190
_LOW: Final = 460  # pixels of height; below it the hints give way to the ways in


class DigitiseView(QWidget):
    """Shows; what a key does is the page's."""

    def __init__(self, desk: Desk, title: str) -> None:
        super().__init__()
        self._tight = False
        self.head = TitleRow(title)
        self.of = Elided("second")
        self.head.add(self.of, 1)
        self.papers = PaperList(self.tr("Giấy tờ của hồ sơ"))
        self.scan = KeyButton(self.tr("Quét từ máy"), SCAN)
        self.look = KeyButton(self.tr("Chụp bằng camera"), LOOK)
        self.choose = KeyButton(self.tr("Thêm tệp"), CHOOSE)
        self.filed = KeyButton(self.tr("Nộp bằng tệp"), FILED)
        self.both = QCheckBox(self.tr("Hai mặt"))
        self.device = QComboBox()
        self.device.setAccessibleName(self.tr("Máy quét"))
        self.device.hide()
        self.back = KeyButton(self.tr("Rút lại tệp"), BACK, "link")
        self.print = KeyButton(self.tr("In tờ ngăn"), PRINT, "link")
        self.reason = QLineEdit()
        self.asked = Field(self.tr("Vì sao rút lại (Enter)"), self.reason)
        self.asked.hide()
        self.folder = text("", "small", wrap=True)
        self.fault = Notice()
        self.pile = PileView(self.tr("Các trang chưa lưu"))
        self.sheet = SheetView(desk, self.tr("Tệp của giấy tờ"))
        self.camera = CameraView()
        self.count = QLineEdit()
        self.counting = Field(self.tr("Số trang trên giấy"), self.count, self.tr("nếu muốn máy so"))
        self.keep = KeyButton("", KEEP, "primary")
        self.under_way = text("", "second", wrap=True)
        self._empty = text("", "second", wrap=True)
        self._hints = keys(
            ("Space", self.tr("bỏ ra, lấy lại")),
            ("1–9, 0", self.tr("chuyển sang giấy tờ")),
            ("Shift+↓", self.tr("chọn nhiều trang")),
        )
        self.ways = (self.scan, self.look, self.choose, self.filed, self.both, self.print, self.back)
        self._lay_out()

    def say_folder(self, words: str) -> None:
        """Of the watched folder; "" where there is none."""
        self.folder.setText(words)
        self.folder.setVisible(bool(words) and not self._tight)

    def say_progress(self, words: str) -> None:
        self.under_way.setText(words)
        self.under_way.setVisible(bool(words))

    def show_pile(self) -> None:
        self._bring(self.pile)

    def show_empty(self, words: str) -> None:
        """In the pile's place."""
        self._empty.setText(words)
        self._bring(self._nothing)

    def show_sheet(self) -> None:
        self._bring(self.sheet)

    def shows_sheet(self) -> bool:
        return self._middle.currentWidget() is self.sheet

    def show_camera(self) -> None:
        self._bring(self.camera)

    def shows_camera(self) -> bool:
        return self._middle.currentWidget() is self.camera

    def says(self) -> str:
        """What stands here beside the papers and the pile."""
        empty = self._empty.text() if self._middle.currentWidget() is self._nothing else ""
        return "\n".join(filter(None, (self.fault.words(), self.under_way.text(), self.folder.text(), empty)))

    def give_way(self, tight: bool) -> None:
        self._outer.setContentsMargins(*((12, 0, 12, 4) if tight else (24, 0, 24, 12)))
        self._outer.setSpacing(6 if tight else 12)
        for part in (self.counting, self.look, self.filed):  # their keys are in the help
            part.setVisible(not tight)
        self._tight = tight
        self.camera.give_way(tight)
        self._offer_hints()
        self.say_folder(self.folder.text())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._side.setFixedWidth(next(side for least, side in _SIDE if self.width() >= least))
        self.look.show_key(self.width() >= _SIDE[0][0])
        self._offer_hints()

    def _bring(self, part: QWidget) -> None:
        """The picture of a camera has the room of the other ways in."""
        self._middle.setCurrentWidget(part)
        self._ways_in.setVisible(part is not self.camera)
        self._offer_hints()

    def _offer_hints(self) -> None:
        self._hints.setVisible(not self._tight and self.height() >= _LOW and not self.shows_camera())

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(16)
        self._side = self._papers_side()
        row.addWidget(self._side)
        row.addLayout(self._pile_side(), 1)
        outer = self._outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 0, 24, 12)
        outer.setSpacing(12)
        outer.addWidget(self.head)
        outer.addLayout(row, 1)

    def _papers_side(self) -> QWidget:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        sheet = QFrame()
        sheet.setProperty("kind", "sheet")
        inside = QVBoxLayout(sheet)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.papers)
        column.addWidget(sheet, 1)
        column.addWidget(self.asked)
        ways = QWidget()
        acts = Lines(ways, spacing=8, between=0)
        acts.add(self.back)
        acts.add(self.print)
        column.addWidget(ways)
        return side

    def _pile_side(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(8)
        self._ways_in = QWidget()
        ways_in = Lines(self._ways_in, spacing=8)
        for part in (self.scan, self.look, self.choose, self.filed, self.both, self.device):
            ways_in.add(part)
        column.addWidget(self._ways_in)
        column.addWidget(self.folder)
        column.addWidget(self.fault)
        sheet = QFrame()
        sheet.setProperty("kind", "sheet")
        self._middle = QStackedLayout(sheet)
        self._middle.setContentsMargins(1, 1, 1, 1)
        self._middle.addWidget(self.pile)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setMargin(16)
        self._nothing = FollowingArea(self._empty)
        self._middle.addWidget(self._nothing)
        self._middle.addWidget(self.sheet)
        self._middle.addWidget(self.camera)
        column.addWidget(sheet, 1)
        below = QWidget()
        foot = Lines(below, spacing=16)
        self.counting.setFixedWidth(_COUNT)
        foot.add(self.counting)
        foot.add(self.keep, align=Qt.AlignmentFlag.AlignBottom)
        foot.add(self.under_way, 1, 160)
        column.addWidget(below)
        column.addWidget(self._hints)
        return column

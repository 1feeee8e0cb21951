"""Step 6, the scanner: one code is scanned, and what was lost on the way is told with its cure."""

from __future__ import annotations

import time
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from counter_app.desk import theme
from counter_app.desk.first_run.ground import Ground
from counter_app.desk.first_run.step import Step
from counter_app.desk.parts import Field, typed
from counter_app.desk.theme import text
from counter_app.domain.scanner_trial import SAMPLE, Trial, judge
from counter_app.paper import barcode

_PAUSE: Final = 1_200  # ms without a key: the scanner has said all that it says
_FAST: Final = 0.06  # seconds a letter, below what hands can do
_SHORTEST: Final = 8
_SIDE: Final = 4  # pixels of a module


class ScannerTrial(Step):
    step = "scanner"

    def __init__(self, ground: Ground) -> None:
        super().__init__(
            ground,
            self.tr("Máy quét đọc có đúng không?"),
            self.tr("Quét mã vuông ở bên, một thẻ căn cước hay mã vạch bất kỳ. Không lưu gì cả."),
        )
        self.scanned = QLineEdit()
        self.square = QLabel()
        self.square.setAccessibleName(self.tr("Thẻ mẫu để quét thử"))
        self.came = text("", "strong", wrap=True)
        self._began = self._last = 0.0
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._on_pause)
        self.scanned.textEdited.connect(self._on_letter)
        self.fields = [self.scanned]
        row = QHBoxLayout()
        row.setSpacing(24)
        here = Field(self.tr("Con trỏ ở đây, quét đi"), self.scanned)
        row.addWidget(here, 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.square)
        self.column.addLayout(row)
        self.column.addWidget(self.came)
        self.finish()

    def entered(self) -> None:
        self.scanned.setFocus()
        self.ground.tasks.run("paper", lambda: barcode.qr(SAMPLE), self._on_square)

    def later(self) -> str:
        return self.tr("Không có máy quét vẫn làm việc được, gõ thay cho quét")

    def takes_enter(self, focused: QWidget | None) -> bool:
        """The Enter at the end of a scan is the scanner's, and does not go on."""
        said = typed(self.scanned)
        if not said:
            return False
        self._pause.stop()
        self._show(judge(said), enter=True)
        self.scanned.clear()
        return True

    def _on_letter(self) -> None:
        now = time.monotonic()
        if not self._pause.isActive():
            self._began = now
        self._last = now
        self._pause.start()

    def _on_pause(self) -> None:
        said = typed(self.scanned)
        fast = (self._last - self._began) / max(1, len(said)) < _FAST
        if len(said) >= _SHORTEST and fast:
            self._show(judge(said), enter=False)
            self.scanned.clear()

    def _show(self, trial: Trial, *, enter: bool) -> None:
        what = {
            "card": self.tr("Đọc được thẻ: {}, sinh {}.").format(trial.name, _day(trial.birth_date)),
            "sample": self.tr("Đọc được thẻ mẫu: {}, sinh {}.").format(trial.name, _day(trial.birth_date)),
            "code": self.tr("Đọc được một mã."),
            "nothing": "",
        }[trial.kind]
        self.came.setText(what)
        cures = {
            "accents": self.tr(
                "Dấu tiếng Việt bị hỏng: chuyển bộ gõ (Unikey, EVKey) sang E khi quét; "
                "vẫn hỏng thì đặt máy quét gõ Unicode (theo sách máy)."
            ),
            "date": self.tr(
                "Ngày sinh không đọc được: đặt bàn phím của máy là US và máy quét là bàn phím US."
            ),
            "torn": self.tr("Mã bị đứt đoạn: tắt bộ gõ tiếng Việt, đặt bàn phím US rồi quét lại."),
            "enter": self.tr("Máy quét không bấm Enter ở cuối: quét mã “Suffix CR” trong sách máy quét."),
        }
        faults = [*trial.faults, *(() if enter else ("enter",))]
        if faults:
            self.notice.say(" ".join(cures[fault] for fault in faults), "soon")
        else:
            self.notice.say(self.tr("Tốt: chữ, dấu và Enter đều đúng. Enter để tiếp tục."), "in_time")

    def _on_square(self, pattern: barcode.Pattern) -> None:
        side = pattern.columns * _SIDE
        drawn = QPixmap(side, side)
        drawn.fill(QColor(theme.SURFACE))
        painter = QPainter(drawn)
        for column, row, length in pattern.dark:
            above = (pattern.rows - 1 - row) * _SIDE
            painter.fillRect(column * _SIDE, above, length * _SIDE, _SIDE, QColor(theme.INK))
        painter.end()
        self.square.setPixmap(drawn)


def _day(iso: str) -> str:
    return "/".join(reversed(iso.split("-"))) if iso else "?"

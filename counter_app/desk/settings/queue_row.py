"""One queue in Thiết lập: how it stands, its paper, how wide it really prints, its test page."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QSpinBox, QVBoxLayout, QWidget

from counter_app.desk.lines import Lines
from counter_app.desk.parts import Field, KeyButton, Tag
from counter_app.desk.theme import text
from counter_app.system.printing import PrinterState
from counter_app.system.settings import PAPERS, Queue
from counter_app.words.printing import PAPER_WORDS, SHORT

_PAPER: Final = 220  # pixels
_WIDTH: Final = 120


class QueueRow(QFrame):
    chosen = Signal(str, object)
    """The queue's name and its Queue, as the officer wants it."""
    trial_asked = Signal(str, object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setProperty("kind", "sheet")
        self.name = name
        self.paper, self.width_mm = QComboBox(), QSpinBox()
        for paper in PAPERS:
            self.paper.addItem(PAPER_WORDS.say(paper), paper)
        self.width_mm.setRange(40, 120)
        self.width_mm.setSuffix(" mm")
        self.width_mm.lineEdit().setTextMargins(9, 0, 0, 0)
        self.tag = Tag(self.tr("Đang hỏi…"), "paused")
        self.trial = KeyButton(self.tr("In trang thử"))
        self._wide = Field(self.tr("Bề rộng in"), self.width_mm)
        title, below = Lines(), Lines()
        title.add(text(name, "strong"))
        title.add(self.tag)
        for field, wide in ((Field(self.tr("Khổ giấy"), self.paper), _PAPER), (self._wide, _WIDTH)):
            field.setFixedWidth(wide)
            below.add(field)
        for control, words in ((self.paper, self.tr("Khổ giấy")), (self.width_mm, self.tr("Bề rộng in"))):
            control.setAccessibleName(f"{words}, {name}")
        self.trial.setAccessibleName(f"{self.trial.words()}, {name}")
        below.add(at_foot(self.trial))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addLayout(title)
        column.addLayout(below)
        self.paper.activated.connect(self._on_chosen)
        self.width_mm.valueChanged.connect(self._on_chosen)
        self.trial.clicked.connect(lambda: self.trial_asked.emit(self.name, self.queue()))

    def queue(self) -> Queue:
        return Queue(str(self.paper.currentData()), self.width_mm.value())

    def show_queue(self, queue: Queue) -> None:
        for control in (self.paper, self.width_mm):
            control.blockSignals(True)
        self.paper.setCurrentIndex(self.paper.findData(queue.paper))
        self.width_mm.setValue(queue.printable_mm)
        for control in (self.paper, self.width_mm):
            control.blockSignals(False)
        self._wide.setVisible(queue.paper == "80mm")

    def show_state(self, state: PrinterState) -> None:
        if state.trouble and state.trouble in SHORT:
            self.tag.say(SHORT.say(state.trouble), "late")
        elif state.waiting:
            self.tag.say(self.tr("{} giấy chưa in ra").format(state.waiting), "soon")
        else:
            self.tag.say(self.tr("Sẵn sàng"), "in_time")

    def _on_chosen(self) -> None:
        self._wide.setVisible(self.queue().paper == "80mm")
        self.chosen.emit(self.name, self.queue())


def at_foot(button: KeyButton) -> QWidget:
    """Level with the controls beside it, which stand under their labels."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.addStretch(1)
    column.addWidget(button)
    return holder

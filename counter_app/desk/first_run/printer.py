"""Step 5, the printer: which of those there are, on which paper, and whether a page really comes out."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType
from typing import Final, NamedTuple

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSpinBox

from counter_app.desk.first_run.ground import Ground
from counter_app.desk.first_run.step import Step
from counter_app.desk.parts import Field, KeyButton
from counter_app.domain.errors import CounterError
from counter_app.services import printers
from counter_app.system.printing import Printer, PrinterState
from counter_app.system.settings import Queue
from counter_app.words.errors import sentence
from counter_app.words.printing import PAPER_WORDS

_WIDTH: Final = 120  # pixels


class _Found(NamedTuple):
    """The queues, the default one first; without any, `states` has the folder or the one printer given."""

    names: list[str]
    states: list[PrinterState]


class PrinterTrial(Step):
    step = "printer"

    def __init__(self, ground: Ground) -> None:
        super().__init__(ground, self.tr("Máy in có ra giấy không?"), self.tr("Đang tìm máy in…"))
        self.queue, self.paper, self.width_mm = QComboBox(), QComboBox(), QSpinBox()
        for paper, said in (
            ("a5", self.tr("A5, hai liên")),
            ("a4", self.tr("A4, hai liên trên một tờ")),
            ("80mm", self.tr("Giấy cuộn 80 mm")),
        ):
            self.paper.addItem(said, paper)
        self.width_mm.setRange(40, 120)
        self.width_mm.setValue(Queue().printable_mm)
        self.width_mm.setSuffix(" mm")
        self.width_mm.lineEdit().setTextMargins(9, 0, 0, 0)
        self._names: list[str] = []
        self._states: dict[str, PrinterState] = {}
        self._chosen: dict[str, Queue] = {}
        self.trial = KeyButton(self.tr("In thử một trang"), "Ctrl+P")
        self.trial.clicked.connect(self._on_trial)
        self.yes, self.no = KeyButton(self.tr("Rồi, giấy đẹp")), KeyButton(self.tr("Chưa ra"))
        self.yes.clicked.connect(self._on_yes)
        self.no.clicked.connect(self._on_no)
        self.fields = []
        self._where = Field(self.tr("Giấy hẹn in ở"), self.queue)
        self._where.hide()
        self._wide = Field(self.tr("Bề rộng in"), self.width_mm)
        self._wide.setFixedWidth(_WIDTH)
        self._wide.hide()
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(Field(self.tr("Giấy hẹn in trên"), self.paper), 1)
        row.addWidget(self._wide)
        row.addStretch(1)
        self.column.addWidget(self._where)
        self.column.addLayout(row)
        line = QHBoxLayout()
        line.addWidget(self.trial)
        line.addStretch(1)
        self.column.addLayout(line)
        self.finish()
        self.queue.activated.connect(self._on_queue)
        self.paper.activated.connect(self._on_paper)
        self.width_mm.valueChanged.connect(self._on_paper)

    def entered(self) -> None:
        self.trial.setFocus()
        self.ground.tasks.run("paper", self._look, self._on_found)

    def later(self) -> str:
        return self.tr("Thiết lập (F11), phần Máy in; chưa có máy in thì giấy vào thư mục")

    def leave(self, then: Callable[[], object]) -> None:
        """What was chosen for each queue is kept; receipts go to the one that is shown."""
        changes: dict[str, object] = {"paper": self._wanted().paper}
        if name := self._name():
            office = self.ground.office
            before = office.settings.queues if office is not None else {}
            kept = {**before, **self._chosen, name: self._wanted()}
            changes |= {"queues": MappingProxyType(kept), "receipts": str(self.queue.currentData())}
        self.work("store", self.ground.advance(self.ground.progress, **changes), then)

    # which queue

    def _look(self) -> _Found:
        queues = self.ground.queues() if self.ground.queues is not None else None
        names = queues.names() if queues is not None else []
        if queues is None or not names:
            return _Found([], [self.ground.find_printer().state()])
        return _Found(names, [queues.printer(name).state() for name in names])

    def _on_found(self, found: _Found) -> None:
        self._names = found.names
        self._states = {state.name: state for state in found.states}
        chosen = str(self.queue.currentData() or "")
        self.queue.clear()
        for place, name in enumerate(found.names):
            said = self.tr("Máy in mặc định ({})").format(name) if place == 0 else name
            self.queue.addItem(said, name if place else "")
        self.queue.setCurrentIndex(max(0, self.queue.findData(chosen)))
        self._where.setVisible(len(found.names) > 1)
        self._show_queue()
        if not found.names:
            self._say_state(found.states[0])

    def _name(self) -> str:
        """The queue that is shown; "" where there is none."""
        place = self.queue.currentIndex()
        return self._names[place] if 0 <= place < len(self._names) else ""

    def _wanted(self) -> Queue:
        return Queue(str(self.paper.currentData()), self.width_mm.value())

    def _on_queue(self) -> None:
        self.notice.say("")
        self._show_queue()

    def _on_paper(self) -> None:
        self._wide.setVisible(self.paper.currentData() == "80mm")
        if name := self._name():
            self._chosen[name] = self._wanted()

    def _show_queue(self) -> None:
        name, office = self._name(), self.ground.office
        if name and office is not None:
            queue = self._chosen.get(name) or office.settings.queue(name)
            for control in (self.paper, self.width_mm):
                control.blockSignals(True)
            self.paper.setCurrentIndex(self.paper.findData(queue.paper))
            self.width_mm.setValue(queue.printable_mm)
            for control in (self.paper, self.width_mm):
                control.blockSignals(False)
        self._wide.setVisible(self.paper.currentData() == "80mm")
        if name in self._states:
            self._say_state(self._states[name])

    def _say_state(self, state: PrinterState) -> None:
        if state.is_folder:
            said = self.tr(
                "Chưa thấy máy in nào. Cắm và bật máy in, cài trong Windows hay Linux rồi in thử; "
                "đến lúc ấy giấy hẹn vào thư mục {}."
            ).format(state.name)
        elif state.ready:
            said = self.tr("Thấy máy in {}, sẵn sàng.").format(state.name)
        else:
            said = self.tr("Thấy máy in {} nhưng đang tắt hoặc dừng.").format(state.name)
        self.words.setText(said)

    # its test page

    def _on_trial(self) -> None:
        ground, queue, name = self.ground, self._wanted(), self._name()
        office = ground.office
        assert office is not None

        def work() -> None:
            printer = self._printer(name)
            pdf = printers.trial(office, printer.state().name, queue, PAPER_WORDS[queue.paper])
            printer.print(pdf, "trang-in-thu", queue.paper)

        def failed(error: CounterError) -> None:
            self.notice.say(sentence(error), "late")

        self.notice.say(self.tr("Đang in thử…"))
        ground.tasks.run("paper", work, lambda _: self._ask(), failed)

    def _printer(self, name: str) -> Printer:
        """In a lane."""
        if name and self.ground.queues is not None:
            return self.ground.queues().printer(name)
        return self.ground.find_printer()

    def _ask(self) -> None:
        self.notice.say(
            self.tr("Giấy đã ra chưa? Khung sát mép phải còn đủ bốn cạnh."), "soon", self.yes, self.no
        )
        self.yes.setFocus()

    def _on_yes(self) -> None:
        self.notice.say("")
        self.ahead.emit()

    def _on_no(self) -> None:
        self.notice.say(
            self.tr(
                "Xem máy in đã bật, có giấy, dây đã cắm, không báo đèn đỏ; giấy đúng khổ đã chọn. "
                "Rồi in thử lại. Chưa được thì làm sau, hồ sơ vẫn nhận được."
            ),
            "late",
        )
        self.trial.setFocus()

"""Step 5, the printer: what there is, on which paper, and whether a page really comes out."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QComboBox, QHBoxLayout

from counter_app.desk.first_run.ground import Ground
from counter_app.desk.first_run.step import Step
from counter_app.desk.parts import Field, KeyButton
from counter_app.domain.errors import CounterError
from counter_app.services import printers
from counter_app.system.printing import FolderPrinter, Printer, PrinterState
from counter_app.system.settings import Queue
from counter_app.words.errors import sentence
from counter_app.words.printing import PAPER_WORDS


class PrinterTrial(Step):
    step = "printer"

    def __init__(self, ground: Ground) -> None:
        super().__init__(ground, self.tr("Máy in có ra giấy không?"), self.tr("Đang tìm máy in…"))
        self.paper = QComboBox()
        for paper, said in (
            ("a5", self.tr("A5, hai liên")),
            ("a4", self.tr("A4, hai liên trên một tờ")),
            ("80mm", self.tr("Giấy cuộn 80 mm")),
        ):
            self.paper.addItem(said, paper)
        self.trial = KeyButton(self.tr("In thử một trang"), "Ctrl+P")
        self.trial.clicked.connect(self._on_trial)
        self.yes, self.no = KeyButton(self.tr("Rồi, giấy đẹp")), KeyButton(self.tr("Chưa ra"))
        self.yes.clicked.connect(self._on_yes)
        self.no.clicked.connect(self._on_no)
        self.fields = []
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(Field(self.tr("Giấy hẹn in trên"), self.paper), 1)
        row.addStretch(1)
        self.column.addLayout(row)
        line = QHBoxLayout()
        line.addWidget(self.trial)
        line.addStretch(1)
        self.column.addLayout(line)
        self.finish()

    def entered(self) -> None:
        self.trial.setFocus()
        self.ground.tasks.run("paper", self._look, self._on_found)

    def later(self) -> str:
        return self.tr("Thiết lập (F11), phần Máy in; chưa có máy in thì giấy vào thư mục")

    def leave(self, then: Callable[[], object]) -> None:
        paper = str(self.paper.currentData())
        self.work("store", self.ground.advance(self.ground.progress, paper=paper), then)

    def _look(self) -> tuple[Printer, PrinterState]:
        found = self.ground.find_printer()
        return found, found.state()

    def _on_found(self, found: tuple[Printer, PrinterState]) -> None:
        printer, state = found
        self.ground.printer = printer
        if isinstance(printer, FolderPrinter):
            said = self.tr(
                "Chưa thấy máy in nào. Cắm và bật máy in, cài trong Windows hay Linux rồi in thử; "
                "đến lúc ấy giấy hẹn vào thư mục {}."
            ).format(state.name)
        elif state.ready:
            said = self.tr("Thấy máy in {}, sẵn sàng.").format(state.name)
        else:
            said = self.tr("Thấy máy in {} nhưng đang tắt hoặc dừng.").format(state.name)
        self.words.setText(said)

    def _on_trial(self) -> None:
        ground, paper = self.ground, str(self.paper.currentData())
        office = ground.office
        assert office is not None
        queue = Queue(paper, office.settings.slip_width_mm)

        def work() -> None:
            printer = ground.find_printer()
            pdf = printers.trial(office, printer.state().name, queue, PAPER_WORDS[paper])
            printer.print(pdf, "trang-in-thu", paper)

        def failed(error: CounterError) -> None:
            self.notice.say(sentence(error), "late")

        self.notice.say(self.tr("Đang in thử…"))
        ground.tasks.run("paper", work, lambda _: self._ask(), failed)

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

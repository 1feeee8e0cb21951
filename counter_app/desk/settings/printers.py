"""Máy in: which paper goes to which queue, what is chosen once for each, test pages, emergency slips."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout

from counter_app.desk import prints
from counter_app.desk.lines import Lines
from counter_app.desk.page import Desk
from counter_app.desk.parts import Field, Notice, typed
from counter_app.desk.prints import Sent, Way
from counter_app.desk.settings.pad import PadPart
from counter_app.desk.settings.queue_row import QueueRow
from counter_app.desk.settings.section import Section
from counter_app.desk.theme import text
from counter_app.domain.errors import CounterError
from counter_app.paper.trial import CODE
from counter_app.services import printers, slips
from counter_app.services.office import Office, Session
from counter_app.services.slips import Found
from counter_app.system.printing import PrinterState
from counter_app.system.settings import LABEL_STOCKS, Queue, Settings
from counter_app.words.errors import sentence
from counter_app.words.printing import PAPER_WORDS, STOCK_WORDS

_NAMED = 320  # pixels in which a queue's name is read
_AGAIN = 5_000  # ms between two looks at how the queues stand, while the section is seen


class _Known(NamedTuple):
    states: list[PrinterState]
    open: list[Found]


class PrintersSection(Section):
    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.uses = {use: QComboBox() for use in ("receipts", "labels", "slips")}
        self.stock = QComboBox()
        for stock in LABEL_STOCKS:
            self.stock.addItem(STOCK_WORDS.say(stock), stock)
        self.rows: dict[str, QueueRow] = {}
        self.scanned = QLineEdit()
        self.pad = PadPart()
        self._drawing = False
        self.notice = Notice()
        self.none = text(
            self.tr(
                "Máy tính này chưa có máy in, giấy được ghi thành tệp. Hãy cắm máy in và cài nó trong máy"
                " tính; ít giây sau nó hiện ở đây."
            ),
            "second",
            wrap=True,
        )
        names = (self.tr("Giấy hẹn"), self.tr("Nhãn hồ sơ"), self.tr("Phiếu dự phòng"))
        where = Lines()
        for name, (use, box) in zip(names, self.uses.items(), strict=True):
            # As wide as its line, not as its longest name: some queues have very long ones.
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            where.add(Field(self.tr("{} in ở").format(name), box), 1, _NAMED)
            box.activated.connect(lambda _=0, u=use: self._on_use(u))
        where.add(Field(self.tr("Loại nhãn"), self.stock), 1, _NAMED)
        self._queues = QVBoxLayout()
        self._queues.setSpacing(8)
        self._queues.addWidget(self.none)
        scanning = Field(self.tr("Quét một mã trên trang in thử vào đây"), self.scanned)
        scanning.setMaximumWidth(360)
        self.column.addWidget(self.notice)
        self.column.addLayout(where)
        self.column.addWidget(text(self.tr("Máy in trên máy tính này"), "heading"))
        self.column.addLayout(self._queues)
        self.column.addWidget(scanning)
        self.column.addWidget(text(self.tr("Phiếu dự phòng khi mất điện"), "heading"))
        self.column.addWidget(self.pad)
        self.stock.activated.connect(self._on_stock)
        self.scanned.returnPressed.connect(self._on_scanned)
        self.pad.pad_asked.connect(self._on_pad)
        self.pad.unused_asked.connect(self._on_unused)
        self._looking = QTimer(self)
        self._looking.timeout.connect(lambda: self._look() if self.isVisible() else None)

    def entered(self) -> None:
        self.notice.say("")
        self._look()
        self._looking.start(_AGAIN)

    def take_scan(self, scanned: str) -> bool:
        """The test page's code, or a slip's, where the cursor stands in its field."""
        if self.scanned.hasFocus():
            self.scanned.setText(scanned)
            self._on_scanned()
        elif self.pad.code.hasFocus():
            self.pad.code.setText(scanned)
            self.pad.reason.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            return False
        return True

    # how the queues stand

    def _look(self) -> None:
        queues, office = self.desk.queues, self.desk.office

        def work() -> _Known:
            names = queues.names() if queues is not None else []
            states = [queues.printer(name).state() for name in names] if queues is not None else []
            return _Known(states, slips.listed(office, slips.OPEN))

        self.desk.tasks.run("paper", work, self._on_known, latest="queues")

    def _on_known(self, known: _Known) -> None:
        settings = self.desk.office.settings
        names = [state.name for state in known.states]
        if names != list(self.rows):
            self._show_rows(names)
        for state in known.states:
            self.rows[state.name].show_state(state)
        self.none.setVisible(not names)
        self._show_uses(names, settings)
        self.stock.setCurrentIndex(self.stock.findData(settings.label_stock))
        self.pad.show_open(known.open)

    def _show_rows(self, names: list[str]) -> None:
        for row in self.rows.values():
            row.hide()
            row.deleteLater()
        self.rows = {name: QueueRow(name) for name in names}
        for row in self.rows.values():
            row.show_queue(self.desk.office.settings.queue(row.name))
            row.chosen.connect(self._on_queue)
            row.trial_asked.connect(self._on_trial)
            self._queues.addWidget(row)

    def _show_uses(self, names: list[str], settings: Settings) -> None:
        default = self.tr("Máy in mặc định ({})").format(names[0]) if names else self.tr("Máy in mặc định")
        for use, box in self.uses.items():
            chosen = settings.queue_for(use)
            offered = [("", default), *((name, name) for name in names)]
            if chosen and chosen not in names:
                offered.append((chosen, self.tr("{} (đã bị gỡ)").format(chosen)))
            if [(box.itemData(n), box.itemText(n)) for n in range(box.count())] != offered:
                box.clear()
                for data, words in offered:
                    box.addItem(words, data)
            if not box.view().isVisible():
                box.setCurrentIndex(box.findData(chosen))

    # what is chosen

    def _on_use(self, use: str) -> None:
        queue = str(self.uses[use].currentData())
        self._keep(lambda office, session: printers.send_to(office, session, use, queue))

    def _on_queue(self, name: str, queue: Queue) -> None:
        self._keep(lambda office, session: printers.use_queue(office, session, name, queue))

    def _on_stock(self) -> None:
        stock = str(self.stock.currentData())
        self._keep(lambda office, session: printers.use_labels(office, session, stock))

    def _keep(self, work: Callable[[Office, Session], Settings]) -> None:
        office, session = self.desk.office, self.desk.session

        def kept(_settings: Settings) -> None:
            self.notice.say("")
            self.told.emit(self.tr("Đã lưu thiết lập máy in"))

        self.desk.tasks.run("store", lambda: work(office, session), kept, self._on_refused)

    # papers

    def _on_trial(self, name: str, queue: Queue) -> None:
        desk, words = self.desk, PAPER_WORDS[queue.paper]  # on paper, which is Vietnamese
        assert desk.queues is not None
        printer = desk.queues.printer(name)

        def work() -> Sent:
            pdf = printers.trial(desk.office, name, queue, words)
            return prints.send(Way(printer, queue), pdf, "trang-in-thu")

        self._print(work, self.tr("Đã gửi trang thử tới {}").format(name))

    def _on_pad(self, count: int) -> None:
        if self._drawing:  # every number of a second pad would have to be explained
            return
        desk, session, to = self.desk, self.desk.session, prints.way(self.desk, "slips")
        paper = to.queue.paper if to.queue.paper in ("a5", "a4") else "a5"
        on = Queue(paper, to.queue.printable_mm)

        def draw() -> slips.Pad:
            return slips.print_pad(desk.office, session, count, paper=paper)

        def drawn(pad: slips.Pad) -> None:
            self._drawing = False
            self._print(
                lambda: prints.send(Way(to.printer, on), pad.pdf, f"phieu-{pad.codes[0]}"),
                self.tr("Đã gửi {} phiếu đi in").format(len(pad.codes)),
            )
            self._look()

        def refused(error: CounterError) -> None:
            self._drawing = False
            self._on_refused(error)

        self._drawing = True
        desk.tasks.run("store", draw, drawn, refused)

    def _print(self, work: Callable[[], Sent], said: str) -> None:
        def sent(paper: Sent) -> None:
            self.desk.jobs.follow(paper)
            if paper.is_file:
                self.notice.say(self.tr("Máy này chưa có máy in: giấy là tệp {}").format(paper.where), "soon")
            else:
                self.notice.say("")
                self.told.emit(said)

        self.desk.tasks.run("paper", work, sent, self._on_refused)

    def _on_unused(self, code: str, reason: str) -> None:
        office, session = self.desk.office, self.desk.session

        def done(_codes: Any) -> None:
            self.pad.clear()
            self.notice.say("")
            self.told.emit(self.tr("Đã ghi phiếu {} không dùng").format(code))
            self._look()

        self.desk.tasks.run(
            "store", lambda: slips.declare_unused(office, session, [code], reason), done, self._on_refused
        )

    def _on_scanned(self) -> None:
        right = typed(self.scanned).upper() == CODE
        self.scanned.selectAll()
        if right:
            self.notice.say(self.tr("Máy in và máy quét đều đúng: mã trên trang thử đọc được."), "in_time")
        else:
            words = self.tr("Đọc ra chữ khác với trang thử; hãy xem lại bề rộng in, hoặc lau đầu in.")
            self.notice.say(words, "soon")

    def _on_refused(self, error: CounterError) -> None:
        self.notice.say(sentence(error), "late")
        settings = self.desk.office.settings
        self._show_uses(list(self.rows), settings)
        for row in self.rows.values():
            row.show_queue(settings.queue(row.name))

"""Over the intake: receipts whose paper waits, or may never have come out; none is forgotten."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

from counter_app.desk.page import Desk
from counter_app.desk.pages.saving import Saving
from counter_app.desk.parts import KeyButton, Notice
from counter_app.desk.printer_watch import NoPrinter
from counter_app.services import print_journal
from counter_app.services.print_journal import Unprinted
from counter_app.system.printing import Stage

if TYPE_CHECKING:
    from counter_app.desk.job_watch import News
    from counter_app.desk.prints import Sent

_UNTIL_FOUND: Final = 1_000  # ms until the printers are looked for again
_NAMED: Final = 3  # receipts that are named; of more only the number is told


class UnprintedHere(QObject):
    """Reads the print journal when something moved, and says what is left in `notice`."""

    def __init__(self, desk: Desk, saving: Saving, parent: QObject) -> None:
        super().__init__(parent)
        self.notice = Notice()
        self.left: list[Unprinted] = []
        self._desk = desk
        self._saving = saving
        self._print = KeyButton("", "Ctrl+Shift+P", "link")
        self._settle = KeyButton(self.tr("Đã có đủ giấy"), "Ctrl+Shift+G", "link")
        for button in (self._print, self._settle):
            button.hide()
        self._print.clicked.connect(self.print_now)
        self._settle.clicked.connect(self.settle)
        saving.moved.connect(self.look)
        desk.jobs.changed.connect(self._on_news)
        self._asked: set[str] = set()  # jobs whose end is known, or is asked for
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.timeout.connect(self.look)

    def look(self) -> None:
        office = self._desk.office
        self._desk.tasks.run(
            "read", lambda: print_journal.unprinted(office), self._on_read, latest="unprinted"
        )

    def print_now(self) -> None:
        if self.left:
            left, self.left = self.left, []
            self._saving.print_left(left)
            self._say()

    def settle(self) -> None:
        """The officer has the papers in hand; what is held was never sent, and stays."""
        sure = [one for one in self.left if not one.held]
        if not sure:
            return
        office, session, named = self._desk.office, self._desk.session, [one.dossier for one in sure]
        self._desk.tasks.run(
            "store", lambda: print_journal.in_hand(office, session, named), lambda _: self.look()
        )

    def _on_read(self, found: list[Unprinted]) -> None:
        told = self._saving.told_of() | self._desk.jobs.dossiers()
        left = [one for one in found if one.dossier not in told]
        sent = [one for one in left if one.job and one.job not in self._asked]
        if sent:
            self._ask(sent)
        self.left = [one for one in left if one not in sent]
        self._say()

    def _ask(self, sent: list[Unprinted]) -> None:
        """A queue took these before the window was closed, or its computer fell: what became of them?"""
        desk = self._desk
        if isinstance(desk.printer, NoPrinter):
            self._again.start(_UNTIL_FOUND)
            return
        self._asked |= {one.job for one in sent}
        jobs = {one.job: tuple(o.dossier for o in sent if o.job == one.job) for one in sent}

        def work() -> list[Sent]:
            from counter_app.desk.prints import Sent, way

            printer = way(desk).printer
            return [Sent(job, is_file=False, printer=printer, dossiers=whose) for job, whose in jobs.items()]

        def found(papers: list[Sent]) -> None:
            for paper in papers:
                desk.jobs.follow(paper)
            self.look()

        desk.tasks.run("paper", work, found)

    def _on_news(self, news: News) -> None:
        if news.job.stage is not Stage.WAITING:
            self._asked.add(news.sent.where)
            self.look()

    def _say(self) -> None:
        held = [one for one in self.left if one.held]
        doubtful = [one for one in self.left if not one.held]
        said = []
        if held:
            said.append(self.tr("Chờ in: giấy hẹn {}").format(self._named(held)))
        if doubtful:
            said.append(self.tr("Có thể chưa in ra: giấy hẹn {}").format(self._named(doubtful)))
        if len(self.left) == 1:
            self._print.say(self.tr("In giấy ấy") if held else self.tr("In lại giấy ấy"))
        else:
            self._print.say(self.tr("In cả {} giấy").format(len(self.left)))
        ways = [self._print, *([self._settle] if doubtful else [])]
        self.notice.say("\n".join(said), "soon", *(ways if said else []))

    def _named(self, some: Sequence[Unprinted]) -> str:
        named = [f"{one.code} ({one.applicant})" for one in some[:_NAMED]]
        if len(some) > _NAMED:
            named.append(self.tr("và {} giấy nữa").format(len(some) - _NAMED))
        return ", ".join(named)

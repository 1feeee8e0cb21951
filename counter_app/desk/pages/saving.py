"""The way of a citizen's receptions from the form to the disk and on to the printer, one visit at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from counter_app.desk.page import Desk
from counter_app.desk.pages.saved import SavedPanel
from counter_app.desk.pages.visit import HELD, NOT_OUT, ON_ITS_WAY, SENT, Served
from counter_app.domain.errors import CounterError
from counter_app.services import reception
from counter_app.services.entry import Form
from counter_app.services.print_journal import Unprinted
from counter_app.services.reception import Received
from counter_app.words.errors import sentence
from counter_app.words.printing import WHY_AGAIN
from counter_app.words.states import warning_words

if TYPE_CHECKING:
    from counter_app.desk.prints import Sent


@dataclass(frozen=True)
class _Job:
    """Papers that go to the printer together, by the ids and codes of their dossiers."""

    codes: dict[bytes, str]

    def words(self) -> str:
        return ", ".join(self.codes.values())


class Saving(QObject):
    """Commits first and prints after; how the print went stands in the panel as long as that is shown."""

    received = Signal(object)
    """The Received of what is on the disk now."""
    held = Signal(object)
    """The same, where the citizen has another dossier and the papers are printed together."""
    refused = Signal(object)
    """The CounterError that stopped it: nothing was written."""
    moved = Signal()
    """A paper was taken by the printer, or refused: what waits for its paper may be another."""
    told = Signal(str)

    def __init__(self, desk: Desk, panel: SavedPanel, parent: QObject) -> None:
        super().__init__(parent)
        self.visit: list[Served] = []
        """The dossiers of the citizen who stands here."""
        self._busy: set[bytes] = set()  # dossiers whose paper is being made or sent
        self._desk = desk
        self._panel = panel
        self._name = ""
        self._shown: _Job | None = None
        self._labelling = False
        panel.reprint_asked.connect(self._on_reprint)
        panel.label_asked.connect(self._on_label)
        desk.jobs.changed.connect(panel.show_job)

    def save(self, form: Form, *, hold: bool) -> None:
        """Receives it; with `hold` its paper waits for those of the same visit, which are printed with it."""
        office, session = self._desk.office, self._desk.session
        joined = hold or any(one.paper == HELD for one in self.visit)
        paper = "" if joined else self._desk.paper()
        self._name = form.applicant.name

        def saved(received: Received) -> None:
            paper_now = HELD if joined else ON_ITS_WAY
            self.visit.append(Served(received.dossier, received.code, form.procedure.name, paper_now))
            self._say_saved(received)
            if hold:
                self.held.emit(received)
            else:
                self._print_visit(received, joined=joined)
                self.received.emit(received)
            self.moved.emit()

        self._desk.tasks.run(
            "store",
            lambda: reception.receive(office, session, form, paper=paper, journal=True),
            saved,
            self.refused.emit,
        )

    def put_away(self) -> None:
        """The panel goes: what comes home later is told in the foot, what is not out by the print journal."""
        if self._shown is not None:
            self._shown = None
            self.moved.emit()

    def told_of(self) -> set[bytes]:
        """Dossiers whose paper is on its way, or is told of in the panel."""
        return self._busy | set(self._shown.codes if self._shown else ())

    def print_left(self, left: Sequence[Unprinted]) -> None:
        """Prints what waits for its paper, as one job; what may have come out already is marked as a copy."""
        desk, session = self._desk, self._desk.session
        job = _Job({one.dossier: one.code for one in left})

        def work() -> Sent:
            from counter_app.desk import prints

            return prints.together(desk, session, job.codes, WHY_AGAIN["perhaps-not-out"])

        self._run(job, work)

    def _say_saved(self, received: Received) -> None:
        unmarked = [w for w in received.warnings if w["code"] == "number-not-marked"]
        said = warning_words(unmarked[0]) if unmarked else self.tr("Đã lưu hồ sơ {}").format(received.code)
        self.told.emit(said)

    def _print_visit(self, received: Received, *, joined: bool) -> None:
        desk, session = self._desk, self._desk.session
        mine = [one for one in self.visit if one.paper == HELD] if joined else self.visit[-1:]
        job = self._shown = _Job({one.dossier: one.code for one in mine})
        self._panel.show_saved(received, self._name, len(job.codes))

        def work() -> Sent:
            from counter_app.desk import prints

            if joined:
                return prints.together(desk, session, job.codes, WHY_AGAIN["perhaps-not-out"])
            return prints.first(desk, received)

        self._run(job, work)

    def _on_reprint(self, why: str) -> None:
        job, desk, session = self._shown, self._desk, self._desk.session
        if job is None:
            return
        spoiled, before = self._panel.spoils, self._panel.sent
        if len(job.codes) > 1 and self._panel.is_out:
            # The others came out well: a copy of the last one alone, and nothing is taken back.
            last = list(job.codes)[-1]
            job, before = _Job({last: job.codes[last]}), None
        if before is not None:
            desk.jobs.forget(before)
        self._shown = job

        def work() -> Sent:
            from counter_app.desk import prints

            return prints.again(desk, session, job.codes, why, spoiled=spoiled, before=before)

        self._run(job, work)

    def _on_label(self) -> None:
        job, desk, session = self._shown, self._desk, self._desk.session
        if job is None or self._labelling:
            return
        self._labelling = True

        def print_labels() -> list[Sent]:
            from counter_app.desk import prints

            return [prints.label(desk, session, dossier, code) for dossier, code in job.codes.items()]

        def printed(labels: list[Sent]) -> None:
            self._labelling = False
            for sent in labels:
                desk.jobs.follow(sent)
                told = self.tr("Nhãn đã thành tệp {}") if sent.is_file else self.tr("Đã gửi nhãn đi in ({})")
                self.told.emit(told.format(sent.where))

        def failed(error: CounterError) -> None:
            self._labelling = False
            desk.tasks.failed.emit(error)

        desk.tasks.run("paper", print_labels, printed, failed)

    def _run(self, job: _Job, work: Callable[[], Sent]) -> None:
        self._busy |= set(job.codes)
        self._mark(job, ON_ITS_WAY)
        self._desk.tasks.run(
            "paper", work, lambda sent: self._on_sent(job, sent), lambda error: self._on_failed(job, error)
        )

    def _on_sent(self, job: _Job, sent: Sent) -> None:
        self._busy -= set(job.codes)
        self._mark(job, SENT)
        if self._shown is job:
            self._panel.show_printed(sent)
        self._desk.jobs.follow(sent)
        told = self.tr("Giấy hẹn {} đã thành tệp, chưa in") if sent.is_file else ""
        self.told.emit((told or self.tr("Đã gửi giấy hẹn {} đi in")).format(job.words()))
        self.moved.emit()

    def _on_failed(self, job: _Job, error: CounterError) -> None:
        self._busy -= set(job.codes)
        self._mark(job, NOT_OUT)
        if self._shown is job:
            self._panel.show_failed(sentence(error))
        else:
            self._desk.tasks.failed.emit(error)
        self.moved.emit()

    def _mark(self, job: _Job, paper: str) -> None:
        self.visit = [one.with_paper(paper) if one.dossier in job.codes else one for one in self.visit]
        self._panel.visit.show_visit(self.visit)

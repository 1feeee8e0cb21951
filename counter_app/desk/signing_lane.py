"""A stack of letters on its way: one job of the lane "store" each, so that others get their turn between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from counter_app.desk.page import Desk
from counter_app.domain.errors import CounterError
from counter_app.services import apologies, signing
from counter_app.services.apologies import FORM, Issued, Wanted
from counter_app.services.signing import Pen
from counter_app.system import printing
from counter_app.words.letters import apology_reason, letter_facts

FOLDER = "Thu-xin-loi"


@dataclass(frozen=True)
class Done:
    """What became of the stack; `error` where it ended before its end. No `signer` where it is for a pen."""

    issued: tuple[Issued, ...]
    folder: Path
    signer: str = ""
    error: CounterError | None = None


class Stack(QObject):
    """One at a time, of one page."""

    stepped = Signal(int, int)
    """So many letters of so many are done."""
    ended = Signal(object)
    """A Done."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.is_busy = False
        self._issued: list[Issued] = []
        self._left: list[Wanted] = []
        self._pen: Pen | None = None
        self._session = desk.session

    def folder(self) -> Path:
        """Where letters go: beside the other papers that are files."""
        chosen = self._desk.office.settings.other.get("papers")
        papers = Path(chosen) if isinstance(chosen, str) else printing.papers_folder(Path.home())
        return papers / FOLDER

    def sign(self, wanted: Sequence[Wanted], key: Path | None, passphrase: str) -> None:
        """Nothing is issued where the key does not open."""
        self._start(wanted)
        office, session = self._desk.office, self._session

        def opened() -> Pen:
            pen = signing.open_pen(office, session, key, passphrase)
            signing.warm_up()
            return pen

        def begin(pen: Pen) -> None:
            self._pen = pen
            self._step()

        self._desk.tasks.run("lists", opened, begin, self._end)

    def print(self, wanted: Sequence[Wanted]) -> None:
        self._start(wanted)
        self._step()

    def _start(self, wanted: Sequence[Wanted]) -> None:
        self.is_busy = True
        self._issued, self._left, self._pen = [], list(wanted), None
        self._session = self._desk.session

    def _step(self) -> None:
        if not self._left or self._desk.session is not self._session:  # somebody else sits here now
            self._end()
            return
        total = len(self._issued) + len(self._left)
        self.stepped.emit(len(self._issued), total)
        desk, session, pen, folder = self._desk, self._session, self._pen, self.folder()
        wanted = self._left.pop(0)

        def one() -> tuple[Issued, Any]:
            from counter_app.desk import prints

            how = {"why": apology_reason(), "paper": prints.sheets(desk).queue.paper}
            issue = apologies.issue(desk.office, session, [wanted], folder, letter_facts, pen, **how)
            (issued,) = issue
            sent = None
            if pen is None and issued.file is not None:
                sent = prints.others(desk, issued.file.read_bytes(), issued.code, FORM)
            return issued, sent

        def done(result: tuple[Issued, Any]) -> None:
            issued, sent = result
            self._issued.append(issued)
            if sent is not None:
                desk.jobs.follow(sent)
            self._step()

        desk.tasks.run("store", one, done, self._end)

    def _end(self, error: CounterError | None = None) -> None:
        self.is_busy = False
        pen, self._pen = self._pen, None
        done = Done(tuple(self._issued), self.folder(), pen.name if pen else "", error)
        self._left = []
        self.ended.emit(done)

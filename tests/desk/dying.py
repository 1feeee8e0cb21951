"""A window in a process of its own that is killed while it prints: `python -m tests.desk.dying FOLDER STAGE`.

The kernel ends it (SIGKILL) where STAGE says: "offered", as the printer is asked to take the paper; "taken",
when the queue has it and the program does not know it yet; "waiting", while the queue's job is followed.
What the queue took lies in FOLDER/spool.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from counter_app.desk import theme
from counter_app.desk.app import Start, Surroundings
from counter_app.desk.application import application
from counter_app.desk.pages.intake import IntakePage
from counter_app.system.printing import Job, PrinterState, Stage
from tests.desk.hands import HandClock, press
from tests.desk.test_intake import fill
from tests.vaults import OpenVault


class DyingPrinter:
    def __init__(self, spool: Path, stage: str) -> None:
        self.spool, self.stage = spool, stage

    def print(self, pdf: bytes, title: str, paper: str = "a5") -> str:
        self._die("offered")
        name = f"LASER-{len(list(self.spool.iterdir())) + 1}"
        (self.spool / name).write_bytes(pdf)
        self._die("taken")
        return name

    def state(self) -> PrinterState:
        return PrinterState("LASER")

    def job(self, name: str) -> Job:
        self._die("waiting")
        return Job(name, Stage.WAITING)

    def cancel(self, name: str) -> None: ...

    def _die(self, stage: str) -> None:
        if stage == self.stage:
            os.kill(os.getpid(), signal.SIGKILL)


def until(so: Callable[[], object]) -> None:
    end = time.monotonic() + 90
    while not so():
        assert time.monotonic() < end
        QTest.qWait(5)
        time.sleep(0.005)  # the lanes' turn: Qt waits with the interpreter held


def main(folder: Path, stage: str) -> None:
    theme.apply(application("vi"))
    printer = DyingPrinter(folder / "spool", stage)
    given = {"COUNTER_PASSPHRASE": "mat khau"}
    start = Start(folder / "data", Surroundings(HandClock(), OpenVault, lambda: printer, given))
    start.window.show()
    start.window.activateWindow()
    until(start.window.isActiveWindow)
    start.open()
    until(lambda: start.window.desk is not None and isinstance(start.window.desk.printer, DyingPrinter))
    page = start.window.go("intake")
    assert isinstance(page, IntakePage)
    until(lambda: page.procedure.found.topLevelItemCount() > 0)
    fill(page)
    until(page.save.isEnabled)
    press(Qt.Key.Key_F9)
    until(lambda: False)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])

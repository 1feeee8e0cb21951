"""From the start of the process to a painted window, and to a window that takes a scan, against bare ones.

Each is a process of its own that says a line when it is there; the page cache is warm, no display is needed.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from benchmarks import stores, workload
from benchmarks.figures import Figure, Group, p50
from counter_app.services import opening, reception, rules
from counter_app.services.entry import read_form
from counter_app.system import clock
from counter_app.system.paths import Places

_TITLE: Final = "Cold start of the window, from the process's beginning"
_ROUNDS: Final = 15

_EMPTY = """
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView
app = QApplication([])
window = QMainWindow()
window.setCentralWidget(QTableView())
window.show()
app.processEvents()
"""
_OPEN = """
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import create_engine, text
def connect():
    raw = sqlcipher.connect({database!r})
    raw.execute("PRAGMA key=\\"x'{key}'\\"")
    raw.execute("PRAGMA journal_mode=WAL")
    return raw
with create_engine("sqlite://", module=sqlcipher, creator=connect).connect() as connection:
    connection.execute(text("SELECT count(*) FROM dossiers")).scalar()
"""
_START = """
import gc, os
gc.disable()
from pathlib import Path
from counter_app.desk import app as desk, application
from PySide6.QtCore import QTimer
class Vault:
    def get(self, name): return bytes.fromhex({secret!r})
    def set(self, name, secret): pass
    def delete(self, name): pass
    def status(self): return "ok"
def say():
    print("there", flush=True)
    os._exit(0)
app = application.application()
start = desk.Start(Path({data!r}), desk.Surroundings(vault=Vault))
window = start.window
"""
_PAINTED_FIRST = (
    _START
    + """
window.painted.connect(say)
window.show()
app.exec()
"""
)
# From here on what is scanned is kept until the store is open, and then answered.
_TAKEN = _PAINTED_FIRST.replace("connect(say)", "connect(lambda: window.scan_box.hasFocus() and say())")
# The scanner is quicker than the store: what it types at the first paint waits until it can be looked up.
_SCANNED = (
    _START
    + """
def scan():
    window.scan_box.setText({code!r})
    window.scan_box.returnPressed.emit()
    start.open()
def look():
    if window.pages.currentWidget().view.dossier is not None:
        window.repaint()
        say()
looking = QTimer()
looking.timeout.connect(look)
def turned():
    if type(window.pages.currentWidget()).__name__ == "StoryPage":
        looking.start(1)
window.pages.currentChanged.connect(turned)
window.painted.connect(scan)
window.show()
app.exec()
"""
)
# The open store has said which dossier it is; from here on only the page that shows it is made.
_FOUND = _SCANNED.replace(
    "window.pages.currentChanged.connect(turned)",
    "window.scans.understood.disconnect(); window.scans.understood.connect(say)",
)
_SAY = "\nprint('there', flush=True)\nimport os; os._exit(0)\n"
_WINDOW, _STORE = "floor: an empty PySide6 window", "floor: empty window, SQLAlchemy Core, encrypted open"


class _Timed(NamedTuple):
    """A program that says when it is there, its floor, and how many times that it may take."""

    program: str
    floor: str = ""
    goal: float = 0.0


_TIMED: Final = {
    _WINDOW: _Timed(_EMPTY + _SAY),
    "first paint": _Timed(_PAINTED_FIRST, _WINDOW, 1.5),
    _STORE: _Timed(_EMPTY + _OPEN + _SAY),
    "a scan is taken; the store need not be open yet": _Timed(_TAKEN, _STORE),
    "a scan is accepted: the open store knows its dossier": _Timed(_FOUND, _STORE, 1.3),
    "and the dossier is in front": _Timed(_SCANNED, _STORE),
}


def run() -> Group:
    with tempfile.TemporaryDirectory(dir=stores.scratch()) as folder:
        facts = _store(Path(folder) / "data")
        programs = {what: _filled(timed.program, facts) for what, timed in _TIMED.items()}
        times: dict[str, list[float]] = {what: [] for what in programs}
        for program in programs.values():
            _wall(program)  # warm
        for _ in range(_ROUNDS):
            for what, program in programs.items():
                times[what].append(_wall(program))
    return _TITLE, [_figure(what, times) for what in _TIMED]


def _figure(what: str, times: Mapping[str, Sequence[float]]) -> Figure:
    _, floor, goal = _TIMED[what]
    mine = times[what]
    if not floor:
        return Figure(what, p50(mine), max(mine))
    # The fastest of each: what else runs on the machine only ever adds (so also the documentation of timeit).
    ratio = min(mine) / min(times[floor])
    words = f"{ratio:.2f}x the floor"
    if not goal:
        return Figure(what, p50(mine), max(mine), words)
    return Figure(what, p50(mine), max(mine), words, f"<= {goal}x", ratio <= goal)


def _filled(program: str, facts: Mapping[str, str]) -> str:
    for name, value in facts.items():
        program = program.replace(f"{{{name}!r}}", repr(value)).replace(f"{{{name}}}", value)
    return program


def _store(data: Path) -> dict[str, str]:
    """An office with a keyring that opens it, and what the programs need to open it too."""
    places, vault = Places(data), stores.Vault()
    office = stores.office(data, clock.now, vault)
    item = next(iter(workload.dossiers(1, seed=11)))
    offered = rules.catalogue(office)
    fields = {"procedure": "1.004884", "applicant": item.reception["applicant"]}
    received = reception.receive(office, office.session(), read_form(fields, offered, office.now()))
    office.close()
    key = opening.open_key(places, opening.Openers(vault))
    return {
        "data": str(data),
        "code": received.code,
        "database": str(places.database),
        "key": key.hex(),
        "secret": vault.secret.hex(),
    }


def _wall(program: str) -> float:
    # As installed: with the bytecode that pip makes, which the environment of a build may forbid to write.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment |= {"QT_QPA_PLATFORM": "offscreen", "PYTHONPYCACHEPREFIX": str(stores.scratch() / "bytecode")}
    began = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-c", program], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        line = process.stdout.readline()
        took = (time.perf_counter() - began) * 1000
        if line.strip() != b"there":
            raise RuntimeError(process.stderr.read().decode())
    return took

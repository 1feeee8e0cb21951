"""From the start of the process to a painted window, and to a window that takes a scan, against bare ones.

Each is a process of its own that says a line when it is there; the page cache is warm, no display is needed.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from benchmarks import stores
from benchmarks.figures import Figure, Group, p50
from counter_app.services import opening
from counter_app.system import clock
from counter_app.system.paths import Places

_TITLE: Final = "Cold start of the window, from the process's beginning"
_ROUNDS: Final = 9
_PAINTED, _SCAN = 1.5, 1.3  # goals: times the floor

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
from pathlib import Path
from PySide6.QtWidgets import QApplication
from counter_app.desk import app as desk, theme
class Vault:
    def get(self, name): return bytes.fromhex({secret!r})
    def set(self, name, secret): pass
    def delete(self, name): pass
    def status(self): return "ok"
app = QApplication([])
theme.apply(app)
desk.sweep_here(app)
start = desk.Start(Path({data!r}), desk.Surroundings(vault=Vault))
start.window.show()
app.processEvents()
"""
_SCANNABLE = """
from PySide6.QtCore import QTimer
look = QTimer()
look.timeout.connect(lambda: start.window.scan_box.isEnabled() and app.quit())
look.start(1)
QTimer.singleShot(0, start.open)
app.exec()
"""
_SAY = "\nprint('there', flush=True)\nimport os; os._exit(0)\n"
_PROGRAMS: Final = {
    "floor: an empty PySide6 window": _EMPTY,
    "first paint": _START,
    "floor: empty window, SQLAlchemy Core, encrypted open": _EMPTY + _OPEN,
    "a scan is taken": _START + _SCANNABLE,
}


def run() -> Group:
    with tempfile.TemporaryDirectory(dir=stores.scratch()) as folder:
        facts = _store(Path(folder) / "data")
        programs = {what: _filled(program, facts) + _SAY for what, program in _PROGRAMS.items()}
        times: dict[str, list[float]] = {what: [] for what in programs}
        for program in programs.values():
            _wall(program)  # warm
        for _ in range(_ROUNDS):
            for what, program in programs.items():
                times[what].append(_wall(program))
    empty, painted, opened, scannable = times.values()
    judged = {
        "first paint": (p50(painted) / p50(empty), _PAINTED),
        "a scan is taken": (p50(scannable) / p50(opened), _SCAN),
    }
    found = []
    for what, walls in times.items():
        if what in judged:
            ratio, goal = judged[what]
            found.append(
                Figure(what, p50(walls), max(walls), f"{ratio:.2f}x the floor", f"<= {goal}x", ratio <= goal)
            )
        else:
            found.append(Figure(what, p50(walls), max(walls)))
    return _TITLE, found


def _filled(program: str, facts: Mapping[str, str]) -> str:
    for name, value in facts.items():
        program = program.replace(f"{{{name}!r}}", repr(value)).replace(f"{{{name}}}", value)
    return program


def _store(data: Path) -> dict[str, str]:
    """An office with a keyring that opens it, and what the programs need to open it too."""
    places, vault = Places(data), stores.Vault()
    stores.office(data, clock.now, vault).close()
    key = opening.open_key(places, opening.Openers(vault))
    return {
        "data": str(data),
        "database": str(places.database),
        "key": key.hex(),
        "secret": vault.secret.hex(),
    }


def _wall(program: str) -> float:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
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

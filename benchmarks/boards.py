"""The board's lists in a big store, from the key that asks to the painted rows, where nothing was folded yet.

`make bench ARGS="boards 1000000"` takes another size than the default.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from benchmarks import stores, workload
from benchmarks.figures import Figure, Group, p50, p99
from counter_app.services import glance
from counter_app.services.office import Office, Session
from counter_app.system.paths import Places
from counter_app.system.printing import PrinterState
from counter_app.system.settings import Settings

SIZE: Final = 200_000
PAINTED_MS: Final = 100.0  # goal at the 99th percentile
_EACH: Final = 100
_WHOLE_LISTS: Final = 5
_PATIENCE: Final = 10.0  # seconds


class _NoPrinter:
    def print(self, pdf: bytes, title: str, paper: str = "a5") -> str:
        return ""

    def state(self) -> PrinterState:
        return PrinterState("")


def run(size: int = SIZE) -> Group:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from counter_app.desk import prints, theme
    from counter_app.desk.page import Desk
    from counter_app.desk.pages.board import BoardPage
    from counter_app.desk.pages.looks import Chosen, Look
    from counter_app.desk.tasks import Tasks
    from counter_app.services.boards import Group as Section

    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme.apply(app)
    database = stores.big(size)
    office = Office(Places(Path()), database, lambda: workload.NOW, Settings())
    tasks = Tasks()
    desk = Desk(office, Session(None), tasks, _NoPrinter(), lambda: workload.NOW)
    page = BoardPage(desk)
    page.resize(1206, 672)
    page.show()

    def painted(look: Chosen, other: Chosen) -> float:
        page.choose(other)
        _until(app, lambda: page.looks_at() is other)
        _until(app, page.is_settled)
        with database.reading() as connection:
            glance.forget(connection)
        start = time.perf_counter()
        page.choose(look)
        _until(app, lambda: page.looks_at() is look)
        page.repaint()
        return (time.perf_counter() - start) * 1000

    def drawn() -> float:
        with database.reading() as connection:
            glance.forget(connection)
        start = time.perf_counter()
        prints.draw_call_list(desk, None)
        return (time.perf_counter() - start) * 1000

    looks: list[tuple[str, Chosen]] = [("all sections", None), *((group.value, group) for group in Section)]
    looks += [("whom to call", Look.CALLS), ("the day's work", Look.DAY)]
    found = []
    for what, look in looks:
        other = Section.PAYMENT if look is not Section.PAYMENT else Section.SUPPLEMENT
        times = [painted(look, other) for _ in range(_EACH)]
        met = p99(times) <= PAINTED_MS
        found.append(Figure(what, p50(times), p99(times), "", f"p99 <= {PAINTED_MS:.0f}", met))
    whole = [drawn() for _ in range(_WHOLE_LISTS)]
    found.append(Figure("whom to call, everybody on paper", p50(whole), max(whole)))
    tasks.close()
    page.close()
    database.close()
    return f"Boards of {size:,} dossiers, from the key to the painted rows, nothing folded before", found


def _until(app: object, so: Callable[[], bool]) -> None:
    from PySide6.QtCore import QCoreApplication

    ends = time.monotonic() + _PATIENCE
    while not so():
        QCoreApplication.processEvents()
        if time.monotonic() > ends:
            raise TimeoutError

"""Reads ahead what the pages are made of, so that the first use of each does not wait for it.

Classes of Qt are made on the window's thread alone: PySide keeps all of them in one table without a lock,
into which the window looks while it holds no lock of Python's. So a lane imports what knows nothing of Qt,
and the window its own modules, one at a turn.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from importlib import import_module
from importlib.abc import InspectLoader
from importlib.util import find_spec
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from counter_app.desk.tasks import Tasks

_OURS: Final = "counter_app."
_WINDOW: Final = "counter_app.desk."
_QT: Final = ("PySide6", "shiboken6")
_PAUSE: Final = 10  # ms between two modules: whatever the window has to do comes before the next


class ReadAhead(QObject):
    done = Signal()

    def __init__(self, tasks: Tasks, names: Sequence[str], parent: QObject) -> None:
        super().__init__(parent)
        self._tasks, self._names = tasks, names
        self._left: list[str] = []
        self._ended = False

    def end(self) -> None:
        """The window closes: nothing more is read, nor told."""
        self._ended = True

    def begin(self) -> None:
        if self._ended:
            return
        self._tasks.run("paper", lambda: read_what_they_need(self._names), self._on_read)

    def _on_read(self, listed: list[str]) -> None:
        self._left = listed
        self._next()

    def _next(self) -> None:
        if self._ended:
            return
        if not self._left:
            self.done.emit()
            return
        import_module(self._left.pop(0))
        QTimer.singleShot(_PAUSE, self, self._next)


def read_what_they_need(names: Sequence[str]) -> list[str]:
    """In a lane: imports what these modules need and is no part of the window, and lists those of the window
    that they consist of, each after all that it needs."""
    listed: dict[str, None] = {}
    for name in names:
        _read(name, listed, set())
    return list(listed)


def load_library(name: str) -> None:
    """In a lane: has the system load a module of Qt; to import it, classes and all, is left to the window."""
    import ctypes

    spec = find_spec(name)
    with suppress(OSError):
        if spec is not None and spec.origin:
            ctypes.CDLL(spec.origin)


def _read(name: str, listed: dict[str, None], above: set[str]) -> None:
    if name in listed or name in above:
        return
    if not name.startswith(_WINDOW):
        import_module(name)
        return
    for needed in _needs(name):
        _read(needed, listed, above | {name})
    listed[name] = None


def _needs(name: str) -> Iterator[str]:
    """The modules that a module imports when it is read; what its functions import comes later."""
    import dis

    spec = find_spec(name)
    code = spec.loader.get_code(name) if spec is not None and isinstance(spec.loader, InspectLoader) else None
    package = ""
    for step in dis.get_instructions(code) if code is not None else ():
        if step.opname == "IMPORT_NAME":
            package = step.argval if step.argval.split(".")[0] not in _QT else ""
            if package:
                yield package
        elif step.opname == "IMPORT_FROM" and package.startswith(_OURS):
            inner = f"{package}.{step.argval}"  # what a package of ours gives may be a module in it
            if _is_package(package) and find_spec(inner) is not None:
                yield inner


def _is_package(name: str) -> bool:
    spec = find_spec(name)
    return spec is not None and spec.submodule_search_locations is not None

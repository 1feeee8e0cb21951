"""A bug of ours met in the window: logged without the data that it met, and told in one sentence."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Final

from counter_app.domain.errors import CounterError, Unforeseen

_AGAIN: Final = (
    60.0  # seconds in which the same bug is not reported once more: a timer may meet it each second
)


class BugReports:
    """Takes Python's two hooks for what nobody caught; COUNTER_TRACE has the traceback printed as well."""

    def __init__(self, logs: Path, tell: Callable[[CounterError], object]) -> None:
        """`logs` is the folder of the log; `tell` is called on the window's thread."""
        self._logs, self._tell = logs, tell
        self._met: dict[tuple[type[BaseException], str, int], float] = {}

    def install(self) -> None:
        sys.excepthook = self._on_uncaught
        threading.excepthook = self._on_uncaught_in_thread

    def _on_uncaught(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self._report(error, trace)
        # A thread of the library's own may end in a bug too; words are for the window's thread alone.
        if threading.current_thread() is threading.main_thread():
            self._tell(Unforeseen("bug", log=self._logs))

    def _on_uncaught_in_thread(self, told: threading.ExceptHookArgs) -> None:
        if told.exc_value is not None:
            self._report(told.exc_value, told.exc_traceback)

    def _report(self, error: BaseException, trace: TracebackType | None) -> None:
        from counter_app.system import clock
        from counter_app.system.logs import Log

        if os.environ.get("COUNTER_TRACE"):
            sys.__excepthook__(type(error), error, trace)
        if self._is_new(error, trace):
            Log(self._logs, now=clock.now).failure("window-failed", error)

    def _is_new(self, error: BaseException, trace: TracebackType | None) -> bool:
        while trace is not None and trace.tb_next is not None:
            trace = trace.tb_next
        place = (trace.tb_frame.f_code.co_filename, trace.tb_lineno) if trace else ("", 0)
        now, last = time.monotonic(), self._met.get((type(error), *place))
        if last is not None and now - last < _AGAIN:
            return False
        self._met[(type(error), *place)] = now
        return True

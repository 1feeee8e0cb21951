"""The one door off the window's thread: work runs in a lane, its result comes home through one signal."""

from __future__ import annotations

import queue
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from counter_app.domain.errors import CounterError, Unforeseen

T = TypeVar("T")
_BREATH: Final = 0.05  # seconds that a lane lets the window's thread through at a time
_NAP: Final = 0.001
_NETWORK_ENDS: Final = 0.5  # seconds
_BEAT: Final = 5  # ms
_LATE: Final = 0.009  # seconds between two beats: the window's thread has something to do
LANES: Final = ("store", "read", "lists", "paper", "camera", "keep", "sync")
"""Acts one after the other; reads; long lists to their end, beside those reads; making and
printing papers; pictures of a camera; backups and checks; exchanges with the district."""


class _Job(NamedTuple):
    work: Callable[[], Any]
    then: Callable[[Any], object] | None
    failed: Callable[[CounterError], object] | None
    latest: str
    number: int


class _Outcome(NamedTuple):
    job: _Job
    value: Any = None
    error: Exception | None = None


class Tasks(QObject):
    """Lanes are Python threads with a queue each; only `_came_home` crosses to the window's thread."""

    failed = Signal(object)
    """A CounterError of a job that named no `failed` of its own."""
    _came_home = Signal(object)

    def __init__(self, parent: QObject | None = None, logs: Path | None = None) -> None:
        """`logs` is the folder that a bug's sentence names."""
        super().__init__(parent)
        self.logs = logs
        self._queues: dict[str, queue.SimpleQueue[_Job | None]] = {}
        self._threads: list[threading.Thread] = []
        self._latest: dict[str, int] = {}
        self._number = 0
        self._closed = False
        self._handed: list[tuple[str, _Job]] = []  # by the event that the window's thread is still at
        self._done = dict.fromkeys(LANES, 0)
        self._beating = QTimer(self)
        self._beating.timeout.connect(self._on_beat)
        self._last_beat = 0.0
        self._came_home.connect(self._on_came_home)  # emitted by the lanes alone, so Qt queues it

    def run(
        self,
        lane: str,
        work: Callable[[], T],
        then: Callable[[T], object] | None = None,
        failed: Callable[[CounterError], object] | None = None,
        *,
        latest: str = "",
    ) -> None:
        """Does `work` in the lane; `then` or `failed` follow on the window's thread.

        Of the jobs that share a `latest` word only the newest comes home: what an earlier search found is
        dropped. Anything but a CounterError is a bug: `sys.excepthook` reports it, and then it fails as
        Unforeseen, so that nobody waits for ever.
        """
        if lane not in LANES:
            raise ValueError(lane)
        self._number += 1
        if latest:
            self._latest[latest] = self._number
        if not self._beating.isActive():
            self._last_beat = time.monotonic()
            self._beating.start(_BEAT)
        if not self._handed:
            QTimer.singleShot(0, self, self._hand_over)
        self._handed.append((lane, _Job(work, then, failed, latest, self._number)))

    def breathe(self) -> None:
        """In a lane: lets the window's thread through while it has work, 50 ms at most.

        Work of many small steps calls it between two of them: else each return from Qt has to wait for the
        other thread's turn to end.
        """
        ends = time.monotonic() + _BREATH
        while not self._closed and time.monotonic() - self._last_beat > _LATE and time.monotonic() < ends:
            time.sleep(_NAP)

    def done(self, lane: str) -> int:
        """How many jobs the lane has done."""
        return self._done[lane]

    def close(self) -> None:
        """Lets the lanes end what they hold; nothing comes home any more.

        A lane that waits for the network is left to itself soon: it may be half a minute until that is given
        up, and what it brings then is asked for again.
        """
        self._hand_over()
        self._closed = True
        for lane in self._queues.values():
            lane.put(None)
        for thread in self._threads:
            thread.join(_NETWORK_ENDS if thread.name == "lane-sync" else None)

    def _lane(self, name: str) -> queue.SimpleQueue[_Job | None]:
        if name not in self._queues:
            self._queues[name] = queue.SimpleQueue()
            thread = threading.Thread(target=self._work_off, args=(name,), name=f"lane-{name}")
            thread.daemon = True
            self._threads.append(thread)
            thread.start()
        return self._queues[name]

    def _hand_over(self) -> None:
        """The window's thread is through with its event: the lanes begin, and do not hold it up in it."""
        handed, self._handed = self._handed, []
        for lane, job in handed:
            self._lane(lane).put(job)

    @Slot()
    def _on_beat(self) -> None:
        self._last_beat = time.monotonic()
        if sum(self._done.values()) == self._number:
            self._beating.stop()  # nobody asks until there is work again

    def _work_off(self, name: str) -> None:
        jobs = self._queues[name]
        while (job := jobs.get()) is not None:
            if not self._is_late(job):
                self._work(job)
            self._done[name] += 1

    def _work(self, job: _Job) -> None:
        try:
            outcome = _Outcome(job, job.work())
        except Exception as error:  # noqa: BLE001 - whatever it is goes home and is told there
            outcome = _Outcome(job, error=error)
        if not self._closed:
            self._came_home.emit(outcome)

    def _is_late(self, job: _Job) -> bool:
        return bool(job.latest) and self._latest[job.latest] != job.number

    @Slot(object)
    def _on_came_home(self, outcome: _Outcome) -> None:
        job, error = outcome.job, outcome.error
        if self._closed:
            return
        if error is not None and not isinstance(error, CounterError):
            sys.excepthook(type(error), error, error.__traceback__)
            error = Unforeseen("bug", **({"log": self.logs} if self.logs else {}))
        if self._is_late(job):
            return
        if error is None:
            if job.then:
                job.then(outcome.value)
        elif job.failed:
            job.failed(error)
        else:
            self.failed.emit(error)

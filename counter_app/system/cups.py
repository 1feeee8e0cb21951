"""Printing through CUPS: `lp` with the PDF on its input, `lpstat` for what became of it.

Page size, one side and no scaling are given with every job. So there is no driver's dialog that could put its
own A4 back, a queue that prints on both sides does not put both copies of a receipt on one sheet, and a
barcode keeps the width of its bars.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Sequence
from typing import Final

from counter_app.domain.errors import CannotWrite
from counter_app.system.printing import Job, Printer, PrinterState, Stage, Trouble, page_size

GIVING: Final = 20.0  # seconds; a print service that has not taken a paper by then is told as a failure
ASKING: Final = 5.0  # seconds
_TIMED_OUT: Final = 124
_ALWAYS: Final = ("-o", "sides=one-sided", "-o", "print-scaling=none")

Run = Callable[[Sequence[str], bytes], tuple[int, str]]
"""Runs a command with bytes on its input; gives its exit code and what it printed."""

# printer-state-reasons of RFC 8011, 5.4.12, as they begin; what stands first is told first.
_ALERTS: Final = (
    ("media-jam", Trouble.JAMMED),
    ("media-empty", Trouble.PAPER_OUT),
    ("media-needed", Trouble.PAPER_OUT),
    ("cover-open", Trouble.OPEN),
    ("door-open", Trouble.OPEN),
    ("interlock-open", Trouble.OPEN),
    ("toner-empty", Trouble.INK_OUT),
    ("marker-supply-empty", Trouble.INK_OUT),
    ("offline", Trouble.OFFLINE),
    ("shutdown", Trouble.OFFLINE),
    ("timed-out", Trouble.OFFLINE),
    ("paused", Trouble.PAUSED),
    ("stopped", Trouble.PAUSED),
)
# What CUPS's own backends say of a printer that they do not reach; they give no reason for it.
_UNREACHED: Final = ("unavailable", "not responding", "unreachable", "not connected", "waiting for printer")
_WHY: Final[dict[Trouble | None, str]] = {
    Trouble.REMOVED: "printer-gone",
    Trouble.SILENT: "printer-silent",
}


class CupsPrinter:
    """One queue of CUPS. The PDF goes through a pipe: a citizen's paper is never a temporary file."""

    def __init__(self, queue: str, run: Run | None = None) -> None:
        self.queue = queue
        self._run = run or run_command

    def print(self, pdf: bytes, title: str, paper: str = "a5") -> str:
        """The job's name; raises CannotWrite("printer-refused" | "printer-gone" | "printer-silent")."""
        media = ("-o", f"media={_media(pdf, paper)}")
        code, said = self._run(["lp", "-d", self.queue, "-t", title, *media, *_ALWAYS, "-"], pdf)
        if code == _TIMED_OUT:
            raise CannotWrite("printer-silent", printer=self.queue)
        if code != 0:
            raise CannotWrite(_WHY.get(self._absence(), "printer-refused"), printer=self.queue)
        return next((word for word in said.split() if word.startswith(f"{self.queue}-")), self.queue)

    def state(self) -> PrinterState:
        # `lp` takes jobs for a dead printer too: only the queue tells whether they came out.
        code, said = self._run(["lpstat", "-l", "-p", self.queue], b"")
        if code != 0:
            return PrinterState(self.queue, ready=False, trouble=self._absence())
        jobs = self._jobs("not-completed") or {}
        trouble = _queue_trouble(said)
        return PrinterState(self.queue, ready=trouble is None, waiting=len(jobs), trouble=trouble)

    def job(self, name: str) -> Job:
        """What became of a job that `print` named; never raises."""
        active = self._jobs("not-completed")
        if active is None:
            absence = self._absence()
            # A queue takes its jobs with it; a service that is silent may still have them.
            return Job(name, Stage.ENDED if absence is Trouble.REMOVED else Stage.WAITING, absence)
        if name in active:
            _, said = self._run(["lpstat", "-l", "-p", self.queue], b"")
            return Job(name, Stage.WAITING, _queue_trouble(said) or _unreached(active[name]))
        done = (self._jobs("completed") or {}).get(name)
        if done is None:
            return Job(name, Stage.ENDED, Trouble.LOST)
        if "canceled" in done:
            return Job(name, Stage.ENDED, Trouble.CANCELLED)
        if "aborted" in done or "with-errors" in done or "job-stopped" in done:
            return Job(name, Stage.ENDED, Trouble.FAILED)
        return Job(name, Stage.PRINTED)

    def cancel(self, name: str) -> None:
        self._run(["cancel", name], b"")

    def _jobs(self, which: str) -> dict[str, str] | None:
        """What is said of each job of the queue; None where it does not answer."""
        code, said = self._run(["lpstat", "-l", "-W", which, "-o", self.queue], b"")
        if code != 0:
            return None
        jobs: dict[str, str] = {}
        name = ""
        for line in said.splitlines():
            if line[:1].isspace():
                jobs[name] = jobs.get(name, "") + line.lower() + "\n"
            elif line.strip():
                name = line.split()[0]
                jobs[name] = ""
        return jobs

    def _absence(self) -> Trouble | None:
        """Why the queue does not answer; None where it stands there."""
        code, said = self._run(["lpstat", "-e"], b"")
        if code != 0 or "not running" in self._run(["lpstat", "-r"], b"")[1]:
            return Trouble.SILENT
        return None if self.queue in said.split() else Trouble.REMOVED


class CupsQueues:
    """The queues of CUPS."""

    def __init__(self, run: Run | None = None) -> None:
        self._run = run or run_command

    def names(self) -> list[str]:
        """The default queue first; none where CUPS is missing."""
        code, said = self._run(["lpstat", "-e"], b"")
        names = said.split() if code == 0 else []
        code, said = self._run(["lpstat", "-d"], b"")
        default = said.rpartition(":")[2].strip() if code == 0 and ":" in said else ""
        return sorted(names, key=lambda name: (name != default, name))

    def printer(self, name: str) -> Printer:
        return CupsPrinter(name, self._run)


def run_command(command: Sequence[str], given: bytes) -> tuple[int, str]:
    """Exit code 127 where the command is missing, 124 where it does not end in time."""
    found = shutil.which(command[0])
    if found is None:
        return 127, ""
    try:
        done = subprocess.run(  # noqa: S603 - a fixed command, no shell
            [found, *command[1:]],
            input=given,
            capture_output=True,
            timeout=GIVING if given else ASKING,
            check=False,
            env={**os.environ, "LC_ALL": "C"},
        )
    except subprocess.TimeoutExpired:
        return _TIMED_OUT, ""
    return done.returncode, done.stdout.decode("utf-8", "replace")


def _media(pdf: bytes, paper: str) -> str:
    """A roll's page is as long as its text."""
    if paper in ("a4", "a5"):
        return paper.upper()
    width, height = page_size(pdf)
    return f"Custom.{width:.0f}x{height:.0f}mm"


def _queue_trouble(said: str) -> Trouble | None:
    lines = [line.strip().lower() for line in said.splitlines()]
    alerts = " ".join(line for line in lines if line.startswith("alerts:"))
    words = alerts.replace("alerts:", " ").replace(",", " ").split()
    for beginning, trouble in _ALERTS:
        if any(word.startswith(beginning) for word in words):
            return trouble
    return Trouble.PAUSED if lines and " disabled since " in f"{lines[0]} " else None


def _unreached(said: str) -> Trouble | None:
    return Trouble.OFFLINE if any(words in said for words in _UNREACHED) else None

"""Printers of this computer: a CUPS queue fed through a pipe, or a folder where there is no queue.

Windows comes with the next issue, behind the same protocol: the PDF is then rendered onto the system's own
printer. Until then a Windows machine prints into a folder.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from counter_app.domain.errors import CannotWrite
from counter_app.system import files

TIMEOUT: Final = 20.0  # seconds; a print server that does not answer by then is told as a failure
_MEDIA: Final = {"a5": ("-o", "media=A5"), "a4": ("-o", "media=A4")}

Run = Callable[[Sequence[str], bytes], tuple[int, str]]
"""Runs a command with bytes on its input; gives its exit code and what it printed."""


@dataclass(frozen=True)
class PrinterState:
    """What the foot of the window says. `waiting` jobs are in the queue's hands but not on paper."""

    name: str
    is_folder: bool = False
    ready: bool = True
    waiting: int = 0


class Printer(Protocol):
    """Where papers go. `print` gives the place or job that it went to; a job taken is not yet paper."""

    def print(self, pdf: bytes, title: str, paper: str = "a5") -> str: ...
    def state(self) -> PrinterState: ...


class CupsPrinter:
    """One queue of CUPS. The PDF goes through a pipe: a citizen's paper is never a temporary file."""

    def __init__(self, queue: str, run: Run | None = None) -> None:
        self.queue = queue
        self._run = run or run_command

    def print(self, pdf: bytes, title: str, paper: str = "a5") -> str:
        """The job's name; raises CannotWrite("printer-refused")."""
        command = ["lp", "-d", self.queue, "-t", title, *_MEDIA.get(paper, ()), "-"]
        code, said = self._run(command, pdf)
        if code != 0:
            raise CannotWrite("printer-refused", printer=self.queue)
        return next((word for word in said.split() if word.startswith(f"{self.queue}-")), self.queue)

    def state(self) -> PrinterState:
        # `lp` takes jobs for a dead printer too: only the queue tells whether they came out.
        code, said = self._run(["lpstat", "-p", self.queue], b"")
        ready = code == 0 and "disabled" not in said
        jobs = self._run(["lpstat", "-o", self.queue], b"")[1]
        return PrinterState(
            self.queue, ready=ready, waiting=len([ln for ln in jobs.splitlines() if ln.strip()])
        )


class FolderPrinter:
    """Papers as PDF files in a folder that the officer chose, where the machine has no queue."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def print(self, pdf: bytes, title: str, paper: str = "a5") -> str:
        """The file's path; never over an earlier paper. Raises CannotWrite, DiskFull."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise files.cannot_write(self.folder, error) from error
        name = "".join(sign if sign.isalnum() or sign in "-." else "_" for sign in title)
        path, number = self.folder / f"{name}.pdf", 1
        while path.exists():
            number += 1
            path = self.folder / f"{name}-{number}.pdf"
        files.write_atomically(path, pdf)
        return str(path)

    def state(self) -> PrinterState:
        return PrinterState(str(self.folder), is_folder=True)


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
            timeout=TIMEOUT,
            check=False,
            env={**os.environ, "LC_ALL": "C"},
        )
    except subprocess.TimeoutExpired:
        return 124, ""
    return done.returncode, done.stdout.decode("utf-8", "replace")


def queues(run: Run = run_command) -> list[str]:
    """The queues of this machine, the default one first; none where CUPS is missing."""
    code, said = run(["lpstat", "-e"], b"")
    names = said.split() if code == 0 else []
    code, said = run(["lpstat", "-d"], b"")
    default = said.rpartition(":")[2].strip() if code == 0 and ":" in said else ""
    return sorted(names, key=lambda name: (name != default, name))


def papers_folder(home: Path) -> Path:
    """Where papers go without a queue, unless the officer chose: the documents' folder, else the home."""
    documents = home / "Documents"
    return (documents if documents.is_dir() else home) / "Giay-hen"


def printer_for(folder: Path, run: Run = run_command) -> Printer:
    """The default queue, or the folder where there is none."""
    found = queues(run)
    return CupsPrinter(found[0], run) if found else FolderPrinter(folder)

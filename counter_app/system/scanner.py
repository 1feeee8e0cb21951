"""Scanners behind one protocol: SANE's through `scanimage`, those of Windows through WIA in `wia.py`.

A scan is pages as they come, each a picture in memory. `scanimage` writes a feeder's pages into files only:
these lie in the memory's own file system where there is one, are readable by this user alone, and go as soon
as they are read.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from counter_app.domain.errors import CannotRead

FINDING: Final = 20.0  # seconds; SANE asks the network too
SILENT: Final = 90.0  # seconds without a page, after which a scanner is told to be stuck
_MEMORY: Final = Path("/dev/shm")  # noqa: S108  private folders in it
_PREFIX: Final = "counter-scan-"
_STALE: Final = 3600.0  # seconds
_FEEDER: Final = re.compile(r"--source\s+(.*?)(?:\[|$)", re.MULTILINE)
_OUT_OF_PAPER: Final = "out of documents"
_FAULTS: Final = (
    ("jammed", "scanner-jammed"),
    ("cover", "scanner-open"),
    ("busy", "scanner-busy"),
    ("no such device", "scanner-gone"),
    ("invalid argument", "scanner-gone"),
    ("open of device", "scanner-gone"),
)


@dataclass(frozen=True)
class Device:
    """`name` is the system's, `label` what people call it."""

    name: str
    label: str


@dataclass(frozen=True)
class Order:
    """A scan: `feeder` takes every sheet that lies in it, `both_sides` where the scanner can."""

    dpi: int = 200
    colour: bool = True
    feeder: bool = True
    both_sides: bool = False


class Scanner(Protocol):
    """Every call may take seconds: a lane's work."""

    def devices(self) -> list[Device]:
        """Raises CannotRead("no-scanner-program")."""

    def scan(self, device: str, order: Order) -> Iterator[bytes]:
        """The pages one by one, each a PNM, PNG or JPEG; closing the iterator ends the scan.

        Raises CannotRead("scanner-empty" | "scanner-jammed" | "scanner-open" | "scanner-busy" |
        "scanner-gone" | "scanner-silent" | "scanner-failed" | "no-scanner-program").
        """


def scanner() -> Scanner:
    """That of this system."""
    if sys.platform == "win32":
        from counter_app.system.wia import WiaScanner

        return WiaScanner()
    return SaneScanner()


class SaneScanner:
    """`command` is scanimage, or what stands in for it."""

    def __init__(self, command: Sequence[str] = ("scanimage",)) -> None:
        self._command = tuple(command)

    def devices(self) -> list[Device]:
        told = self._ask("--formatted-device-list=%d\t%v %m%n")
        rows = (line.split("\t", 1) for line in told.splitlines() if "\t" in line)
        return [Device(name, " ".join(label.split())) for name, label in rows]

    def scan(self, device: str, order: Order) -> Iterator[bytes]:
        sources = self._sources(device) if order.feeder or order.both_sides else ()
        source = _choose(sources, order)
        _sweep()
        folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=_place()))
        words = [
            *(*self._command, "--device-name", device, "--format=pnm", "--batch-print"),
            *("--resolution", str(order.dpi), "--mode", "Color" if order.colour else "Gray"),
            *(("--source", source) if source else ()),
            f"--batch={folder}/%d.pnm",
            *(() if source and _feeds(source) else ("--batch-count=1",)),
        ]
        try:
            yield from self._pages(words)
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _pages(self, words: Sequence[str]) -> Iterator[bytes]:
        with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as said:
            try:
                process = subprocess.Popen(  # noqa: S603  the command is ours, no shell reads it
                    words,
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.PIPE,
                    stderr=said,
                    text=True,
                    start_new_session=True,
                    env={**os.environ, "LC_ALL": "C"},
                )
            except OSError as error:
                raise CannotRead("no-scanner-program") from error
            count = 0
            try:
                for path in _lines(process):
                    page = Path(path)
                    content = page.read_bytes()
                    page.unlink()
                    count += 1
                    yield content
                code = process.wait(timeout=SILENT)
            except subprocess.TimeoutExpired as error:
                raise CannotRead("scanner-silent") from error
            finally:
                _end(process)
            said.seek(0)
            _judge(code, count, said.read().lower())

    def _sources(self, device: str) -> tuple[str, ...]:
        found = _FEEDER.search(self._ask("--device-name", device, "--all-options"))
        return tuple(part.strip() for part in found[1].split("|")) if found else ()

    def _ask(self, *words: str) -> str:
        try:
            done = subprocess.run(  # noqa: S603
                (*self._command, *words),
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                errors="replace",
                timeout=FINDING,
                check=False,
                env={**os.environ, "LC_ALL": "C"},
            )
        except FileNotFoundError as error:
            raise CannotRead("no-scanner-program") from error
        except (OSError, subprocess.TimeoutExpired) as error:
            raise CannotRead("scanner-silent") from error
        return done.stdout


def _place() -> Path:
    return _MEMORY if _MEMORY.is_dir() else Path(tempfile.gettempdir())


def _sweep() -> None:
    """What a scan left whose program was killed goes; another user's is out of reach."""
    before = time.time() - _STALE
    for folder in _place().glob(f"{_PREFIX}*"):
        with suppress(OSError):
            if folder.stat().st_mtime < before:
                shutil.rmtree(folder, ignore_errors=True)


def _choose(sources: Sequence[str], order: Order) -> str:
    """The name of the source that fits best; "" leaves it to the scanner."""
    feeders = [one for one in sources if _feeds(one)]
    if order.both_sides and (both := [one for one in feeders if "duplex" in one.lower()]):
        return both[0]
    if order.feeder and feeders:
        return next((one for one in feeders if "duplex" not in one.lower()), feeders[0])
    return next((one for one in sources if "flatbed" in one.lower()), "")


def _feeds(source: str) -> bool:
    return any(word in source.lower() for word in ("adf", "feeder", "duplex"))


def _lines(process: subprocess.Popen[str]) -> Iterator[str]:
    """What it prints, line by line; raises TimeoutExpired where it prints nothing for too long."""
    import selectors

    assert process.stdout is not None
    with selectors.DefaultSelector() as waits:
        waits.register(process.stdout, selectors.EVENT_READ)
        while True:
            if not waits.select(SILENT):
                raise subprocess.TimeoutExpired("scanimage", SILENT)
            if not (line := process.stdout.readline()):
                return
            yield line.rstrip("\n")


def _judge(code: int, count: int, said: str) -> None:
    """What an end of the program means: without paper in it a feeder ends in order, once it gave a page."""
    if _OUT_OF_PAPER in said and count == 0:
        raise CannotRead("scanner-empty")
    if code == 0 or (_OUT_OF_PAPER in said and count):
        return
    why = next((why for words, why in _FAULTS if words in said), "scanner-failed")
    raise CannotRead(why, pages=count)


def _end(process: subprocess.Popen[str]) -> None:
    """A scan that is broken off leaves no scanner that goes on: asked first, then made to."""
    if process.poll() is None:
        for sign in (signal.SIGINT, signal.SIGKILL):
            with suppress(ProcessLookupError, subprocess.TimeoutExpired):
                os.killpg(process.pid, sign)
                process.wait(timeout=5)
                break
    if process.stdout is not None:
        process.stdout.close()

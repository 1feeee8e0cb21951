"""This program once more, as a process of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from counter_app.domain.errors import CannotRead


def forbid_core_dumps() -> None:
    """What this process holds in memory, the store's key among it, is not put on the disk where it crashes.

    Windows has no such limit: what its error reporting keeps is the system's to say.
    """
    try:
        from resource import RLIMIT_CORE, getrlimit, setrlimit
    except ImportError:
        return
    setrlimit(RLIMIT_CORE, (0, getrlimit(RLIMIT_CORE)[1]))


def own_command() -> list[str]:
    """What starts this program; a frozen one is its own interpreter."""
    return [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "counter_app"]


def district_command() -> list[str]:
    """What starts the district's server with the same interpreter; a frozen program does not carry it."""
    return [sys.executable, "-m", "counter_app.district"]


def start_training(data: Path) -> subprocess.Popen[bytes]:
    """Opens a second window, over the store to practise on beside `data`, and does not wait for it.

    Raises CannotRead("cannot-read") where the program cannot be started.
    """
    command = [*own_command(), "--data", str(data), "--training"]
    try:
        return subprocess.Popen(  # noqa: S603  this program itself
            command, stdin=subprocess.DEVNULL, start_new_session=True
        )
    except OSError as error:
        raise CannotRead("cannot-read", path=command[0], code=error.errno) from error

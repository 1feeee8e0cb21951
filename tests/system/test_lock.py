"""One window a store, also after a crash."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from counter_app.domain.errors import Busy, CannotWrite
from counter_app.system.lock import single_window

HOLD = """
import pathlib, sys
from counter_app.system.lock import single_window
with single_window(pathlib.Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def hold(path: Path) -> subprocess.Popen[str]:
    other = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert other.stdout is not None
    assert other.stdout.readline() == "held\n"
    return other


def test_a_second_window_is_refused_until_the_first_closes(tmp_path: Path) -> None:
    path = tmp_path / "window.lock"

    with hold(path) as other:
        with pytest.raises(Busy), single_window(path):
            pass
        other.communicate()

    with single_window(path):
        pass


def test_a_killed_window_leaves_no_lock(tmp_path: Path) -> None:
    path = tmp_path / "window.lock"

    with hold(path) as other:
        other.kill()
        other.wait()

        with single_window(path):
            pass


def test_the_lock_is_given_back_when_the_work_fails(tmp_path: Path) -> None:
    path = tmp_path / "window.lock"

    with pytest.raises(RuntimeError), single_window(path):
        raise RuntimeError

    with single_window(path):
        pass


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite), single_window(tmp_path / "nowhere" / "lock"):
        pass

"""A part of `make faultlib`, short enough for every test run; and that it would see a careless store."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest

from tests.faults.table import LAST, SAMPLE

pytestmark = pytest.mark.faults
FAULTS = (
    *("EIO of write", "ENOSPC of fsync", "EIO of rename", "power cut at write", "power cut at unlink"),
    *("half-done migration, power cut at write", "two programs at once", "suspended process"),
    *("clock ten years ahead", "clock ten years behind", "20 MB file system", "read-only folder"),
    *("bit flipped in the header", "bit flipped in a page", "bit flipped in the log (WAL)"),
    *("stale log (WAL)", "wrong key"),
)


def test_nothing_is_lost_or_doubled_on_a_disk_that_fails_and_a_careless_store_would_be_seen() -> None:
    if shutil.which("cc") is None:
        sentence = "a broken disk was NOT tested: as root, install gcc libc6-dev"
        if os.environ.get("CI") == "true":
            pytest.fail(sentence)
        pytest.skip(sentence)
    program = [sys.executable, "-m", "tests.faults.table", "sample"]

    done = subprocess.run(program, capture_output=True, encoding="utf-8", timeout=600)

    assert done.returncode == 0, done.stdout + done.stderr
    counted = read(done.stdout)
    assert all(rest == [0, 0, 0] for _, *rest in counted.values())
    assert sum(counted[one][0] for one in counted if one.startswith(("EIO", "ENOSPC", "power"))) == SAMPLE
    assert {"a careless store", "two programs at once", "suspended process", "stale log (WAL)"} <= set(
        counted
    )


def test_the_last_full_run_lost_and_doubled_nothing() -> None:
    counted = read(LAST.read_text("utf-8"))

    assert set(FAULTS) <= set(counted)
    assert counted["all"][0] >= 250
    assert all(rest == [0, 0, 0] for _, *rest in counted.values())


def read(told: str) -> dict[str, list[int]]:
    """The table's lines: points, and at how many something was lost, doubled, or otherwise wrong."""
    lines = told.split("\n\n")[1].splitlines()[1:]
    return {(cells := line.rsplit(maxsplit=4))[0]: [int(cell) for cell in cells[1:]] for line in lines}

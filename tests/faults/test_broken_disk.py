"""A part of `make faultlib`, short enough for every test run; and that it would see a careless store."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest

from tests.faults.broken_disk import LAST, SAMPLE

pytestmark = pytest.mark.faults


def test_nothing_is_lost_or_doubled_on_a_disk_that_fails_and_a_careless_store_would_be_seen() -> None:
    if shutil.which("cc") is None:
        sentence = "a broken disk was NOT tested: as root, install gcc libc6-dev"
        if os.environ.get("CI") == "true":
            pytest.fail(sentence)
        pytest.skip(sentence)
    program = [sys.executable, "-m", "tests.faults.broken_disk", "sample"]

    done = subprocess.run(program, capture_output=True, encoding="utf-8", timeout=600)

    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{SAMPLE} of " in done.stdout and "; 0 left anything wrong" in done.stdout


def test_the_last_full_run_left_nothing_wrong() -> None:
    told = LAST.read_text("utf-8")

    assert int(told.splitlines()[1].split(" of ", 1)[0]) >= 200
    assert "; 0 left anything wrong" in told

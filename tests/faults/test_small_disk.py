"""A disk of 20 MB that fills up, and a read-only one: refused in time, readable always, nothing lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from counter_app.services import room
from tests.faults.small_disk import NAMESPACE, able


@pytest.mark.faults
def test_a_disk_that_fills_up_is_refused_in_time_and_read_always(tmp_path: Path) -> None:
    if not able():
        sentence = "a full disk was NOT tested: this user may mount nothing in a namespace of his own"
        if os.environ.get("CI") == "true":
            pytest.fail(sentence)
        pytest.skip(sentence)
    program = [*NAMESPACE, sys.executable, "-m", "tests.faults.small_disk", str(tmp_path)]

    done = subprocess.run(program, capture_output=True, encoding="utf-8", timeout=120)

    assert done.returncode == 0, done.stderr
    told: dict[str, dict[str, Any]] = json.loads(done.stdout)
    codes = {(where, name): end[0] for where, ends in told.items() for name, end in ends.items()}
    refused = {at for at, code in codes.items() if code}
    assert refused == {
        *(("nearly full", "receive"), ("full", "receive"), ("read-only", "receive")),
        *(("full for good", "receive"), ("full for good", "print")),
    }
    assert {codes[at] for at in refused} == {3}
    said = {at: told[at[0]][at[1]][2].strip() for at in refused}
    assert said["nearly full", "receive"].startswith("Ổ đĩa gần đầy")
    assert said["full", "receive"].startswith("Ổ đĩa gần đầy")
    assert said["full for good", "print"].startswith("Ổ đĩa đã đầy")
    assert int(told["reserve"]["made anew"][1]) == room.RESERVE
    assert said["read-only", "receive"].startswith("Kho đang bị khóa không cho ghi")
    band, page = told["window"]["read-only"][1:]
    assert band.startswith("Kho chỉ đọc được") and "1 hồ sơ" in page
    assert json.loads(told["writable again"]["verify"][1])["dossiers"] == 3

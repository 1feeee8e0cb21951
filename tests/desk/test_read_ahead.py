"""What is read ahead in one lane, another may want at the same moment: neither gets half of a module."""

from __future__ import annotations

import subprocess
import sys
from typing import Final

import pytest

# A thread changes at each step, as it may on a slow machine.
_BOTH: Final = """
import sys, threading
import reportlab.pdfgen.canvas
from counter_app.desk import contents, prints
from counter_app.services import known
from counter_app.store import search

contents.PAGES = {{}}
sys.setswitchinterval(1e-6)
gate = threading.Barrier(2)
failed = []

def begin(work):
    gate.wait()
    try:
        work()
    except BaseException as error:
        failed.append(repr(error))

works = (contents.read_ahead, lambda: {asked})
threads = [threading.Thread(target=begin, args=(work,)) for work in works]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
sys.exit("; ".join(failed) or None)
"""


@pytest.mark.parametrize("asked", ["search._near('nguyen', ['nguyen'])", "known._one_off('lan', 'lam')"])
def test_a_search_at_the_start_finds_whole_modules(asked: str) -> None:
    for _ in range(3):
        done = subprocess.run(
            [sys.executable, "-c", _BOTH.format(asked=asked)], capture_output=True, text=True, check=False
        )

        assert (done.returncode, done.stderr) == (0, "")

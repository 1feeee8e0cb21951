"""What is read ahead in one lane, another may want at the same moment: neither gets half of a module."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from counter_app.services import opening
from counter_app.services.opening import NewStore, Openers
from counter_app.system import clock
from counter_app.system.paths import Places
from tests.vaults import OpenVault

PASSPHRASE: Final = "một hai ba bốn năm"

# A thread changes at each step, as it may on a slow machine.
_BOTH: Final = """
import sys, threading
import reportlab.pdfgen.canvas
from counter_app.desk import ahead, prints
from counter_app.services import known
from counter_app.store import search

sys.setswitchinterval(1e-6)
gate = threading.Barrier(2)
failed = []

def begin(work):
    gate.wait()
    try:
        work()
    except BaseException as error:
        failed.append(repr(error))

works = (lambda: ahead.read_what_they_need(["reportlab.pdfgen.canvas", "rapidfuzz"]), lambda: {asked})
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


# Who imports what: of a class of Qt that a lane makes, the window may want to know in that very moment.
_WATCHED: Final = """
import sys, threading, traceback
from importlib.abc import MetaPathFinder
from pathlib import Path

class Watch(MetaPathFinder):
    def find_spec(self, name, path, target=None):
        ours = name.startswith("counter_app.desk") and name != "counter_app.desk.prints"  # has no such class
        if (ours or name.startswith("PySide6")) and threading.current_thread() is not main:
            if not any(frame.name == "find_spec" for frame in traceback.extract_stack()[:-1]):
                print(name, "in", threading.current_thread().name, file=sys.stderr)
        return None

main = threading.main_thread()
sys.meta_path.insert(0, Watch())
from PySide6.QtCore import QCoreApplication, QTimer
from counter_app.desk import ahead, app, sync_lane

begun = ahead.ReadAhead.begin

def begin(self):
    self.done.connect(lambda: QTimer.singleShot(0, QCoreApplication.quit))
    begun(self)
    tasks = self._tasks
    tasks.run("sync", lambda: ahead.load_library(sync_lane._NETWORK), lambda _: None)

ahead.ReadAhead.begin = begin
QTimer.singleShot(0, lambda: QTimer.singleShot(100_000, lambda: sys.exit("too slow")))
done = app.main(Path(sys.argv[1]))
assert "counter_app.desk.pages.hand_back" in sys.modules
sys.exit(done)
"""


def test_no_class_of_qt_is_made_in_a_lane(tmp_path: Path) -> None:
    order = NewStore("H55.242", "UBND xã Nậm Mây", passphrase=PASSPHRASE)
    opening.create(Places(tmp_path / "store"), order, Openers(OpenVault()), clock.now).close()
    surroundings = {**os.environ, "COUNTER_PASSPHRASE": PASSPHRASE, "QT_QPA_PLATFORM": "offscreen"}

    done = subprocess.run(
        [sys.executable, "-c", _WATCHED, str(tmp_path / "store")],
        env=surroundings,
        capture_output=True,
        text=True,
        check=False,
    )

    told = [line for line in done.stderr.splitlines() if " in " in line or "Error" in line]
    assert (done.returncode, told) == (0, []), done.stderr

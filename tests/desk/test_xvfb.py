"""The real program on a real (virtual) screen, driven by a keyboard: card, procedure, papers, F9."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image

from counter_app.services import lookup, opening
from counter_app.services.opening import NewStore, Openers
from counter_app.system import clock
from counter_app.system.paths import Places
from tests.desk.hands import FakeVault

pytestmark = pytest.mark.xvfb
TOOLS = ("Xvfb", "xdotool", "import")
CARD = "066074000456||Trần Văn Đức|05081974|Nam|Thôn 3, xã Ea Mlung, tỉnh Đắk Lắk|10052021"
PASSPHRASE = "mat khau cua kho"
RUN = """
import sys
from pathlib import Path
from counter_app.desk.app import main
sys.exit(main(Path(sys.argv[1])))
"""


class Screen:
    """A display of its own, the program on it, and hands on its keyboard."""

    def __init__(self, places: Places, home: Path) -> None:
        read, write = os.pipe()
        command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1366x768x24", "-nolisten", "tcp"]
        self.server = subprocess.Popen(command, pass_fds=(write,), stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as pipe:
            self.display = f":{pipe.readline().strip()}"
        self.environment = {
            **os.environ,
            "DISPLAY": self.display,
            "QT_QPA_PLATFORM": "xcb",
            "LC_ALL": "C.UTF-8",  # xdotool types nothing but ASCII without it
            "HOME": str(home),
            "COUNTER_PASSPHRASE": PASSPHRASE,
        }
        self.environment.pop("DBUS_SESSION_BUS_ADDRESS", None)
        self.program = subprocess.Popen(
            [sys.executable, "-c", RUN, str(places.data)],
            env=self.environment,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *command: str) -> str:
        done = subprocess.run(
            command, env=self.environment, capture_output=True, text=True, check=True, timeout=30
        )
        return done.stdout

    def find_window(self) -> None:
        found = self.run("xdotool", "search", "--sync", "--onlyvisible", "--name", "Một cửa – ").split()
        self.run("xdotool", "windowmove", "--sync", found[0], "0", "0")
        self.run("xdotool", "windowfocus", "--sync", found[0])

    def type(self, text: str) -> None:
        # A letter that the keyboard lacks is put on a spare key first, and the program must see that in time.
        self.run("xdotool", "type", "--delay", "4" if text.isascii() else "60", text)
        time.sleep(0.3)

    def key(self, *names: str) -> None:
        for name in names:
            self.run("xdotool", "key", name)
            time.sleep(0.2)

    def shoot(self, path: Path) -> None:
        self.run("import", "-window", "root", str(path))

    def end(self) -> str:
        """What the program said on its way."""
        for process in (self.program, self.server):
            process.terminate()
            process.wait(20)
        assert self.program.stderr is not None
        said = self.program.stderr.read()
        self.program.stderr.close()
        return said


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Screen]:
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing:
        sentence = f"no real window was opened: install xvfb, xdotool and imagemagick ({', '.join(missing)})"
        if os.environ.get("CI") == "true":
            pytest.fail(sentence)
        pytest.skip(sentence)
    places = Places(tmp_path / "data")
    order = NewStore("H15.321", "UBND xã Ea Mlung", device="QUẦY 1", passphrase=PASSPHRASE)
    opening.create(places, order, Openers(FakeVault()), clock.now).close()
    (tmp_path / "home").mkdir()
    made = Screen(places, tmp_path / "home")
    yield made
    if made.program.poll() is None:
        made.end()


def until(condition: Callable[[], bool], seconds: float = 20) -> None:
    ends = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < ends, "it did not happen in time"
        time.sleep(0.1)


def test_a_dossier_is_received_on_a_real_screen(screen: Screen, tmp_path: Path) -> None:
    papers_folder = tmp_path / "home" / "Giay-hen"
    screen.find_window()

    screen.type(CARD)
    screen.key("Return")
    screen.type("0900000123")
    screen.key("Return")
    screen.type("lks")
    screen.key("Return", "space", "Return", "space")
    screen.shoot(tmp_path / "intake.png")
    screen.key("Return", "space", "Return")
    screen.key("F9")
    until(lambda: bool(list(papers_folder.glob("*.pdf"))))
    time.sleep(0.5)
    screen.shoot(tmp_path / "saved.png")
    said = screen.end()

    # The store was never opened by two: the window has let it go.
    office = opening.open_store(
        Places(tmp_path / "data"), Openers(FakeVault(), lambda: PASSPHRASE), clock.now
    )
    (line,) = lookup.newest(office)
    office.close()
    assert line.applicant == "Trần Văn Đức"
    assert line.procedure_code == "1.004884"
    assert [path.stem for path in papers_folder.glob("*.pdf")] == [line.code]
    assert "Traceback" not in said
    for shot in ("intake.png", "saved.png"):
        with Image.open(tmp_path / shot) as picture:
            assert picture.size == (1366, 768)
            assert len(picture.convert("RGB").getcolors(1 << 24)) > 20  # not an empty screen

"""A real (virtual) screen with the program on it, a person's fingers on its keyboard, and eyes."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from counter_app.services import opening
from counter_app.services.office import Office
from counter_app.services.opening import NewStore, Openers
from counter_app.system import clock
from counter_app.system.paths import Places
from tests import calendars
from tests.vaults import OpenVault

PASSPHRASE = "mat khau cua kho"
TOOLS = ("Xvfb", "xdotool", "import")
_ANSWERS = 5  # s; longer, and the program is at something else than its events
# Asked through its input, the program notes what stands on its page, as eyes would read it, and whether its
# lanes rest; asked by a signal, it says where each of its threads is.
RUN = """
import faulthandler, os, signal, sys
faulthandler.enable()
faulthandler.register(signal.SIGUSR1, all_threads=True)
from pathlib import Path
from PySide6.QtCore import QSocketNotifier
from PySide6.QtWidgets import QApplication, QAbstractButton, QLabel, QLineEdit, QWidget
from counter_app.desk import app

def look(start):
    asked = os.read(0, 1 << 16).split()
    if not asked:  # whoever asked has gone
        return start._eyes.setEnabled(False)
    lines = [
        w.text()
        for w in start.window.findChildren(QWidget)
        if isinstance(w, QLabel | QLineEdit | QAbstractButton) and w.isVisible() and w.text()
    ]
    focused = QApplication.focusWidget()
    lanes = "busy" if start.tasks._number > sum(start.tasks._done.values()) else "rest"
    head = f"{asked[-1].decode()} {lanes}"
    new = Path(sys.argv[2]).with_suffix(".new")
    new.write_text("\\n".join([head, *lines, f"focus: {focused.accessibleName() if focused else None}"]))
    new.replace(sys.argv[2])

start = app.Start.__init__
def watched(self, *given, **named):
    start(self, *given, **named)
    self._eyes = QSocketNotifier(0, QSocketNotifier.Type.Read, self)
    self._eyes.activated.connect(lambda: look(self))
app.Start.__init__ = watched
sys.exit(app.main(Path(sys.argv[1])))
"""

# ICCCM 4.2.8.1, WM_DELETE_WINDOW: a client message, laid out as Xlib's XClientMessageEvent.
CLOSE = """
import ctypes, ctypes.util, sys

class Message(ctypes.Structure):
    _fields_ = [
        ("type", ctypes.c_int), ("serial", ctypes.c_ulong), ("sent", ctypes.c_int),
        ("display", ctypes.c_void_p), ("window", ctypes.c_ulong), ("kind", ctypes.c_ulong),
        ("format", ctypes.c_int), ("data", ctypes.c_long * 5), ("rest", ctypes.c_long * 12),
    ]

x = ctypes.CDLL(ctypes.util.find_library("X11"))
x.XOpenDisplay.restype = ctypes.c_void_p
x.XInternAtom.restype = ctypes.c_ulong
display = ctypes.c_void_p(x.XOpenDisplay(None))
atoms = [x.XInternAtom(display, name, 0) for name in (b"WM_PROTOCOLS", b"WM_DELETE_WINDOW")]
message = Message(type=33, window=int(sys.argv[1]), kind=atoms[0], format=32)
message.data[0] = atoms[1]
x.XSendEvent(display, ctypes.c_ulong(message.window), 0, ctypes.c_long(0), ctypes.byref(message))
x.XSync(display, 0)
"""

# Vietnamese letters lie on keys that no keyboard has: put on a spare one as each is typed, as xdotool does, a
# busy program would miss some.
LETTERS = """
import ctypes, ctypes.util, sys, unicodedata

x, names = (ctypes.CDLL(ctypes.util.find_library(name)) for name in ("X11", "xkbcommon"))
x.XOpenDisplay.restype = ctypes.c_void_p
display = ctypes.c_void_p(x.XOpenDisplay(None))
tones = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
marked = (unicodedata.normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưy" for tone in tones)
letters = "đ’" + "".join(one for one in marked if not one.isascii())
free = (key for key in range(254, 7, -1) if not 203 <= key <= 207)  # those five are modifiers
for key, letter in zip(free, letters):
    both = (ctypes.c_ulong * 2)(*(names.xkb_utf32_to_keysym(ord(one)) for one in (letter, letter.upper())))
    x.XChangeKeyboardMapping(display, key, 2, both, 1)
x.XSync(display, 0)
"""


class Screen:
    """A display of its own, the program on it, and hands on its keyboard."""

    def __init__(self, data: Path, home: Path, more: Mapping[str, str]) -> None:
        self.eyes, self.errors = home / "seen", home / "errors"
        read, write = os.pipe()
        command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1366x768x24", "-nolisten", "tcp"]
        command.append("-noreset")  # else it forgets its letters between two programs
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
            "COUNTER_TRACE": "1",  # a bug is printed, not only logged
            **more,
        }
        self.environment.pop("DBUS_SESSION_BUS_ADDRESS", None)
        subprocess.run([sys.executable, "-c", LETTERS], env=self.environment, check=True, timeout=120)
        with self.errors.open("wb") as errors:
            self.program = subprocess.Popen(
                [sys.executable, "-c", RUN, str(data), str(self.eyes)],
                env=self.environment,
                stdin=subprocess.PIPE,
                stderr=errors,
            )
        self._asked = 0

    def run(self, *command: str) -> str:
        done = subprocess.run(
            command, env=self.environment, capture_output=True, text=True, check=True, timeout=120
        )
        return done.stdout

    def find_window(self) -> None:
        found = self.run("xdotool", "search", "--sync", "--onlyvisible", "--name", "Một cửa").split()
        self.run("xdotool", "windowmove", "--sync", found[0], "0", "0")
        self.run("xdotool", "windowfocus", "--sync", found[0])

    def type(self, text: str) -> None:
        """Letter by letter, as a scanner or a person does."""
        self.run("xdotool", "type", "--delay", "4", text)
        self._settle()

    def key(self, *names: str) -> None:
        for name in names:
            self.run("xdotool", "key", name)
            self._settle()

    def _settle(self) -> None:
        """Until what was typed is taken in and the lanes rest, looked at twice; a person waits no longer than
        this for a lane that works on."""
        ends = time.monotonic() + 0.25
        rests = 0
        while rests < 2 and time.monotonic() < ends:
            time.sleep(0.03)
            rests = rests + 1 if self._look()[0] == "rest" else 0

    def seen(self) -> str:
        """What stands on the page; what stood there last, once the program has ended or does not answer."""
        return self._look()[1]

    def _look(self) -> tuple[str, str]:
        assert self.program.stdin is not None
        self._asked += 1
        with suppress(BrokenPipeError):
            self.program.stdin.write(b"%d\n" % self._asked)
            self.program.stdin.flush()
        ends = time.monotonic() + _ANSWERS
        while True:
            head, _, page = (self.eyes.read_text() if self.eyes.exists() else "0 busy\n").partition("\n")
            number, lanes = head.split()
            late = time.monotonic() > ends or self.program.poll() is not None
            if int(number) == self._asked or late:
                return lanes, page
            time.sleep(0.005)

    def see(self, *words: str, seconds: float = 90) -> str:
        """Waits until one of the words stands there; the whole of what stands there then."""
        until(lambda: any(word in self.seen() for word in words), seconds, self.told)
        return self.seen()

    def rest(self) -> None:
        """Waits until no lane works on anything."""
        until(lambda: self._look()[0] == "rest", 90, self.told)

    def told(self) -> str:
        """What stands on the page and since when, what the program said, and where its threads are or how it
        ended."""
        age = time.time() - self.eyes.stat().st_mtime if self.eyes.exists() else None
        self.program.send_signal(signal.SIGUSR1)
        time.sleep(1)
        ended = self.program.poll()
        return f"{self.seen()}\nseen {age} s ago, ended: {ended}\n{self.errors.read_text(errors='replace')}"

    def shoot(self, path: Path) -> None:
        self.run("import", "-window", "root", str(path))

    def close_window(self) -> None:
        """As the cross in its title does: there is no window manager here that could be clicked."""
        found = self.run("xdotool", "search", "--onlyvisible", "--name", "Một cửa").split()[0]
        subprocess.run([sys.executable, "-c", CLOSE, found], env=self.environment, check=True, timeout=120)

    def end(self) -> str:
        """What the program said on its way."""
        for process in (self.program, self.server):
            process.terminate()
            process.wait(60)
        if self.program.stdin is not None:
            with suppress(BrokenPipeError):
                self.program.stdin.close()
        return self.errors.read_text(errors="replace")


@contextmanager
def at_work(
    folder: Path, prepare: Callable[[Office], object] | None = None, more: Mapping[str, str] | None = None
) -> Iterator[Screen]:
    """The program on the new store of a commune, in `data`; its officer is at `home`. `prepare` is done on
    the store before, `more` stands in the program's environment."""
    need_tools()
    order = NewStore(
        "H15.321",
        "UBND xã Ea Mlung",
        device="QUẦY 1",
        calendar=calendars.of_these_years(),
        passphrase=PASSPHRASE,
    )
    office = opening.create(Places(folder / "data"), order, Openers(OpenVault()), clock.now)
    if prepare is not None:
        prepare(office)
    office.close()
    (folder / "home").mkdir()
    screen = Screen(folder / "data", folder / "home", {"COUNTER_PASSPHRASE": PASSPHRASE, **(more or {})})
    try:
        screen.find_window()
        yield screen
    finally:
        if screen.program.poll() is None:
            screen.end()


def left(folder: Path) -> Office:
    """The store that the program has let go."""
    return opening.open_store(Places(folder / "data"), Openers(OpenVault(), lambda: PASSPHRASE), clock.now)


def until(
    condition: Callable[[], bool], seconds: float = 60, told: Callable[[], str] = lambda: "it did not happen"
) -> None:
    ends = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < ends, told()
        time.sleep(0.05)


def need_tools() -> None:
    """Fails, or skips loudly on an officer's machine, where the screen's programs are missing."""
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing:
        sentence = f"no real window was opened: install xvfb, xdotool and imagemagick ({', '.join(missing)})"
        if os.environ.get("CI") == "true":
            pytest.fail(sentence)
        pytest.skip(sentence)

"""An hour at the counter with 200,000 dossiers: does the window's thread ever keep a key waiting?

`python -m benchmarks.heartbeat [minutes [dossiers]]`. Each minute of the simulated hour an officer receives a
citizen from his card and prints, looks for a name key by key, opens a dossier, goes through the board, and
hands a result back, while the machine takes in another machine's bundle, and makes a backup now and then. A
timer beats every 5 ms on the window's thread; what delays a beat would have delayed a key.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any, Final

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from benchmarks import stores, workload
from benchmarks.figures import machine, p50
from counter_app.desk.app import Start, Surroundings
from counter_app.desk.application import application
from counter_app.domain.names import fold
from counter_app.services import entry, exchange, keeping, lookup, opening, reception, rules
from counter_app.services.office import Office
from counter_app.system.paths import Places
from counter_app.system.printing import FolderPrinter

MINUTES: Final = 60
DOSSIERS: Final = 200_000
GOAL: Final = 100.0  # ms
LAST: Final = Path(__file__).with_name("heartbeat.txt")
_BEAT: Final = 5  # ms
_KEY: Final = 60  # ms from key to key: a quick hand
_LOOK: Final = 700  # ms that the officer looks at what came
_SIMULATED: Final = 12  # seconds of the office's clock for one of ours


class Heart(QObject):
    """Notes how late each beat is, and what the officer was doing."""

    def __init__(self) -> None:
        super().__init__()
        self.late: list[tuple[float, str]] = []
        self.doing = "opens the store"
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_beat)
        self._last = 0.0

    def start(self) -> None:
        self._last = time.perf_counter()
        self._timer.start(_BEAT)

    def stop(self) -> None:
        self._timer.stop()

    def _on_beat(self) -> None:
        now = time.perf_counter()
        self.late.append(((now - self._last) * 1000 - _BEAT, self.doing))
        self._last = now


class Hour:
    """The officer: a script of keys and looks, each step answered before the next key can be typed."""

    def __init__(self, start: Start, heart: Heart, minutes: int, bundles: list[Path], scratch: Path) -> None:
        self.start, self.heart, self.minutes = start, heart, minutes
        self.bundles, self.scratch = bundles, scratch
        self.done: dict[str, int] = {}
        self._draw = random.Random(7)
        self._people = [item.reception["applicant"] for item in islice(workload.dossiers(DOSSIERS, 2), 4000)]

    def run(self) -> None:
        steps = self._hour()

        def step() -> None:
            try:
                pause = next(steps)
            except StopIteration:
                self.heart.stop()  # what the window does as it goes away keeps nobody waiting
                QApplication.quit()
            else:
                QTimer.singleShot(pause, step)

        QTimer.singleShot(0, step)

    def _hour(self) -> Iterator[int]:
        while self.start.window.desk is None:
            yield 50
        yield 3_000  # what the program does once it is open
        self.heart.start()
        for minute in range(self.minutes):
            self._others_work(minute)
            yield from self._receive()
            yield from self._search()
            yield from self._board()
            yield from self._hand_back()

    def _others_work(self, minute: int) -> None:
        desk = self.start.window.desk
        assert desk is not None
        bundle = self.bundles[minute]
        desk.tasks.run("store", lambda: exchange.bring_in(desk.office, desk.session, bundle))
        self._count("imports")
        if minute % 10 == 5:
            target = self.scratch / f"backup-{minute}.zip"
            desk.tasks.run("paper", lambda: (keeping.backup(desk.office, target), target.unlink()))
            self._count("backups")

    def _receive(self) -> Iterator[int]:
        self.heart.doing = "receives and prints"
        who = workload.form(self._draw)
        born = "".join(reversed(who["birth_date"].split("-")))
        card = f"{who['id_number']}||{who['name']}|{born}|{who['sex']}|{who['address']}|10052021"
        yield from self._scan(card)
        yield from self._keys("0900000123")
        yield from self._press(Qt.Key.Key_Return)
        yield from self._keys("lks")
        for key in ("Return", "Space", "Return", "Space", "Return", "Space", "Return", "F9"):
            yield from self._press(getattr(Qt.Key, f"Key_{key}"))
        yield 2 * _LOOK
        self._count("receptions and prints")

    def _search(self) -> Iterator[int]:
        self.heart.doing = "looks for a name"
        yield from self._press(Qt.Key.Key_F3)
        name = fold(self._draw.choice(self._people)["name"])
        yield from self._keys("".join(sign for sign in name if sign.isascii()))
        yield _LOOK
        yield from self._press(Qt.Key.Key_Return)
        yield from self._press(Qt.Key.Key_Return)
        yield _LOOK
        self._count("searches, key by key")

    def _board(self) -> Iterator[int]:
        self.heart.doing = "goes through the board"
        yield from self._press(Qt.Key.Key_F4)
        yield _LOOK
        for key in ("Right", "Right", "Down", "Down", "Return"):
            yield from self._press(getattr(Qt.Key, f"Key_{key}"))
        yield _LOOK
        self._count("boards")

    def _hand_back(self) -> Iterator[int]:
        self.heart.doing = "hands a result back"
        desk = self.start.window.desk
        assert desk is not None
        held: list[lookup.Line] = []  # the citizen's receipt, which no counter has to look up
        desk.tasks.run("lists", lambda: lookup.newest(desk.office, 5), held.extend)
        while not held:
            yield _KEY
        yield from self._press(Qt.Key.Key_F5)
        yield from self._keys(held[-1].code)
        yield from self._press(Qt.Key.Key_Return)
        yield _LOOK
        yield from self._press(Qt.Key.Key_F9)
        yield _LOOK
        self._count("results handed back")

    def _scan(self, words: str) -> Iterator[int]:
        """As a scanner types, but all letters at once: the box takes what no keyboard here has."""
        yield from self._press(Qt.Key.Key_Escape)
        self.start.window.scan_box.setText(words)
        yield from self._press(Qt.Key.Key_Return)
        yield _LOOK

    def _keys(self, words: str) -> Iterator[int]:
        for letter in words:
            where = QApplication.focusWidget()
            if where is not None:
                QTest.keyClicks(where, letter)
            yield _KEY

    def _press(self, key: Qt.Key) -> Iterator[int]:
        where = QApplication.focusWidget() or self.start.window
        QTest.keyClick(where, key)
        yield _KEY

    def _count(self, what: str) -> None:
        self.done[what] = self.done.get(what, 0) + 1


def measure(minutes: int, dossiers: int) -> str:
    """The table of one hour."""
    source = stores.big_office(dossiers)
    with tempfile.TemporaryDirectory(dir=stores.scratch()) as folder:
        scratch = Path(folder)
        places = _copy(source, scratch / "data")
        began, base = time.monotonic(), workload.NOW + timedelta(minutes=1)

        def clock() -> datetime:
            return base + timedelta(seconds=(time.monotonic() - began) * _SIMULATED)

        print("making another machine's bundles …", file=sys.stderr, flush=True)
        bundles = _bundles(places, scratch, minutes, clock)
        application()
        around = Surroundings(
            clock,
            stores.Vault,
            lambda: FolderPrinter(scratch / "papers"),
            {"COUNTER_PASSPHRASE": stores.PASSPHRASE},
        )
        start, heart = Start(places.data, around), Heart()
        start.window.show()
        start.window.activateWindow()
        start.open()
        hour = Hour(start, heart, minutes, bundles, scratch)
        hour.run()
        app = QApplication.instance()
        assert app is not None
        app.exec()
        start.window.close()
        printed = len(list((scratch / "papers").glob("*.pdf")))
    return _table(heart, hour, printed, dossiers)


def _table(heart: Heart, hour: Hour, printed: int, dossiers: int) -> str:
    late = sorted((ms for ms, _ in heart.late), reverse=True)
    worst: dict[str, float] = {}
    for ms, doing in heart.late:
        worst[doing] = max(ms, worst.get(doing, 0.0))
    over = sum(ms > GOAL for ms in late)
    lines = [
        f"{date.today().isoformat()}, {machine()}",
        f"A simulated hour of {hour.minutes} minutes over {dossiers:,} dossiers, {len(late):,} beats",
        *(f"  {number:>6} {what}" for what, number in hour.done.items()),
        f"  {printed:>6} papers in the printer's folder",
        f"  a beat is late by {p50(late):.1f} ms (p50), {late[len(late) // 1000]:.1f} (p99.9), {late[0]:.1f}"
        f" at most; over {GOAL:.0f} ms: {over} (goal 0, {'met' if not over else 'missed'})",
        *(f"    at most {ms:5.1f} ms while the officer {doing}" for doing, ms in sorted(worst.items())),
    ]
    return "\n".join(lines) + "\n"


def _copy(source: Places, data: Path) -> Places:
    import shutil

    shutil.copytree(source.data, data)
    return Places(data)


def _bundles(places: Places, scratch: Path, minutes: int, clock: Any) -> list[Path]:
    """Another machine of the commune joins, works on, and tells what it did, minute by minute."""
    openers = opening.Openers(stores.Vault(), lambda: stores.PASSPHRASE)
    ours = opening.open_store(places, openers, clock)
    theirs = stores.office(scratch / "other", clock)
    try:
        exchange.offer(theirs, scratch / "offer")
        exchange.accept(ours, ours.session(), scratch / "offer", scratch / "reply")
        exchange.finish(theirs, theirs.session(), scratch / "reply")
        return [_bundle(theirs, scratch / f"bundle-{minute}", minute) for minute in range(minutes)]
    finally:
        theirs.close()
        ours.close()


def _bundle(theirs: Office, target: Path, minute: int) -> Path:
    offered = rules.catalogue(theirs)
    draw = random.Random(f"other/{minute}")
    for _ in range(8):
        form = entry.read_form(
            {"procedure": "1.004884", "applicant": workload.form(draw)}, offered, theirs.now()
        )
        reception.receive(theirs, theirs.session(), form, paper="a5")
    exchange.export(theirs, theirs.session(), target)
    return target


def main(asked: list[str]) -> int:
    numbers = [int(word) for word in asked]
    minutes, dossiers = [*numbers, *(MINUTES, DOSSIERS)[len(numbers) :]]
    shown = measure(minutes, dossiers)
    print(shown, end="")
    if not asked:
        LAST.write_text(shown, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

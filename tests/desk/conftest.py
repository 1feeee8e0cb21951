"""A real store in a temporary folder, a vault and a printer by hand, and the window over them."""

from __future__ import annotations

import atexit
import gc
import os
import shutil
from collections.abc import Callable, Iterator
from functools import cache, wraps
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from counter_app.desk import sync_watch, theme
from counter_app.desk.app import Start, Surroundings
from counter_app.desk.page import Desk
from counter_app.desk.pages.board import BoardPage
from counter_app.desk.pages.intake import IntakePage
from counter_app.desk.pages.looks import Chosen
from counter_app.desk.printer_watch import PrinterWatch
from counter_app.desk.sync_watch import SyncWatch
from counter_app.desk.window import Window
from counter_app.services import opening, syncing
from counter_app.services.office import Office
from counter_app.services.opening import NewStore, Openers
from counter_app.system.paths import Places
from tests.desk.counters import Counter
from tests.desk.enrolled import Looked
from tests.desk.hands import FakePrinter, HandClock
from tests.district import bases
from tests.district.test_exchange import Road, invite
from tests.vaults import OpenVault

_LONGEST_WAIT = 60_000  # ms


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    # The offscreen platform says so of every window that has a smallest size.
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("propagateSizeHints", extend=True))


def _patient(wait: Callable[..., Any]) -> Callable[..., Any]:
    """A machine that is busy may take its time: only what never comes fails."""

    @wraps(wait)
    def waits(bot: QtBot, awaited: Any, *, timeout: int = 0, **more: Any) -> Any:
        return wait(bot, awaited, timeout=max(timeout, _LONGEST_WAIT), **more)

    return waits


QtBot.waitUntil = _patient(QtBot.waitUntil)  # type: ignore[method-assign]
# What must not come is awaited through this one too, and for no longer than the test says.
QtBot.waitSignal.__kwdefaults__["timeout"] = _LONGEST_WAIT


@pytest.fixture(autouse=True)
def _garbage_on_this_thread(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As in the program: a widget never dies in a lane."""
    gc.disable()
    # Modules stay, and nothing looks through them for garbage: that was half a second of each test.
    gc.freeze()
    monkeypatch.setattr(gc, "unfreeze", lambda: None)
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    gc.enable()


@pytest.fixture
def vault() -> OpenVault:
    return OpenVault()


@pytest.fixture
def printer() -> FakePrinter:
    return FakePrinter()


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(tmp_path / "data")


@cache
def _made() -> tuple[Path, dict[str, bytes]]:
    """A store that every test copies, and what its keyring keeps: the passphrase is slow, as it should be."""
    folder, vault = TemporaryDirectory(), OpenVault()
    atexit.register(folder.cleanup)
    order = NewStore("H15.321", "UBND xã Ea Mlung", device="QUẦY 1", passphrase="mat khau")
    opening.create(Places(Path(folder.name)), order, Openers(vault), HandClock()).close()
    return Path(folder.name), vault.kept


@pytest.fixture
def store(places: Places, vault: OpenVault) -> Places:
    """A commune's store, closed; the keyring opens it, and so does "mat khau"."""
    made, kept = _made()
    shutil.copytree(made, places.data)
    vault.kept.update(kept)
    return places


@pytest.fixture
def app(qapp: QApplication) -> QApplication:
    if not qapp.styleSheet():
        theme.apply(qapp)
    return qapp


@pytest.fixture
def make_start(
    app: QApplication, qtbot: QtBot, vault: OpenVault, printer: FakePrinter, clock: HandClock
) -> Iterator[Callable[[Places], Start]]:
    """The program over a folder, its window shown; closed when the test ends."""
    started: list[Start] = []

    def make(places: Places, road: Callable[..., Any] | None = None) -> Start:
        around = Surroundings(clock, lambda: vault, lambda: printer, {}, road)
        start = Start(places.data, around)
        started.append(start)
        start.window.show()
        start.window.activateWindow()
        qtbot.waitUntil(start.window.isActiveWindow)
        start.open()
        return start

    yield make
    for start in started:
        start.window.close()
        if start.window.isVisible():
            start.close()  # it asks first, as of one that is enrolled
        start.window.deleteLater()


@pytest.fixture
def window(store: Places, make_start: Callable[[Places], Start], qtbot: QtBot) -> Window:
    """The open desk, the intake ready to be filled."""
    start = make_start(store)
    qtbot.waitUntil(lambda: start.window.desk is not None, timeout=10_000)
    watch = start.findChild(PrinterWatch)
    if watch._first.isActive():
        watch.find()  # no test waits until it is time to; a second answer would undo the printer of a test
    start.window.resize(1366, 768)
    page = start.window.go("intake")
    assert isinstance(page, IntakePage)
    qtbot.waitUntil(lambda: page.procedure.found.topLevelItemCount() > 0)
    qtbot.waitUntil(lambda: start.window.desk is not None and not _without_printer(start.window.desk))
    return start.window


def _without_printer(desk: Desk) -> bool:
    return type(desk.printer).__name__ == "NoPrinter"


@pytest.fixture
def desk(window: Window) -> Desk:
    assert window.desk is not None
    return window.desk


@pytest.fixture
def office(desk: Desk) -> Office:
    return desk.office


@pytest.fixture
def intake(window: Window) -> IntakePage:
    page = window.pages.currentWidget()
    assert isinstance(page, IntakePage)
    return page


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    """A machine of the commune with its desk, for pages that need no window."""
    made = Counter(tmp_path / "one")
    yield made
    made.close()


@pytest.fixture
def show_board(counter: Counter, qtbot: QtBot) -> Callable[[Chosen], BoardPage]:
    """The board in front, at one of its looks, the list read."""

    def shown(chosen: Chosen) -> BoardPage:
        page = BoardPage(counter.desk)
        counter.show(page)
        page.entered()
        page.choose(chosen)
        qtbot.waitUntil(lambda: page.looks_at() == chosen)
        qtbot.waitUntil(lambda: page.list.rows.rowCount() > 0 or page.says() != "")
        return page

    return shown


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Synchronises by itself within a fraction of a second."""
    for name, ms in (("_FIRST", 10), ("_LOOK", 20), ("_AFTER_SAVE", 30), ("_SHORTEST", 20), ("_AGAIN", 200)):
        monkeypatch.setattr(sync_watch, name, ms)


@pytest.fixture
def district(tmp_path: Path) -> Iterator[bases.Server]:
    """A district's server without a network before it."""
    base = bases.fresh(tmp_path)
    server = bases.Server(base)
    server.commune = bases.commune_in(base)
    yield server
    base.close()


@pytest.fixture
def watched(
    counter: Counter, district: bases.Server, qtbot: QtBot, quick: None
) -> Iterator[tuple[Counter, Looked, Road, SyncWatch]]:
    """A counter that is enrolled, its foot, and its road, which may be cut."""
    road = Road(district)
    foot, above = Looked(counter.desk.now), QObject()
    qtbot.addWidget(foot)
    foot.resize(1366, 40)
    foot.show()
    foot.activateWindow()
    office = counter.desk.office
    code = invite(district, district.commune)
    syncing.enrol(office, office.session(), road, "http://localhost", code)
    watch = SyncWatch(counter.desk, foot, above, lambda url: road)
    yield counter, foot, road, watch
    above.deleteLater()

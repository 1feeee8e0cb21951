"""Every face of the window over a store that has work in it: long names, a dispute, an owed fee."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from counter_app.desk.app import Start
from counter_app.desk.contents import PAGES
from counter_app.desk.door import OpeningDoor
from counter_app.desk.first_run.wizard import FirstRun
from counter_app.desk.pages.board import BoardPage
from counter_app.desk.pages.camera import CameraPage
from counter_app.desk.pages.find import FindPage
from counter_app.desk.pages.hand_back import HandBackPage
from counter_app.desk.pages.instant import InstantPage
from counter_app.desk.pages.intake import IntakePage
from counter_app.desk.pages.looks import Look
from counter_app.desk.pages.settings import SECTIONS, SettingsPage
from counter_app.desk.pages.story import StoryPage
from counter_app.desk.unlocking import PassphraseDoor
from counter_app.desk.window import Window
from counter_app.domain.errors import CannotRead
from counter_app.services import mending
from tests.desk.counters import COPY, SHOP, Counter, pair, swap
from tests.desk.hands import CARD, press, type_in

COMPANY = "Công ty TNHH Một thành viên Xây dựng và Thương mại Phiêng Ban"
HMONG, EDE = "Vàng Thị Xuân Chấu Sùng Páo", "H’Loan Niê Kđăm Buôn Krông"
ENTER, CTRL = Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
Scene = tuple[str, Window]


def work(folder: Path) -> bytes:
    """A store in folder/one with a day's work in it, its passphrase "mật khẩu dài"; its disputed dossier."""
    one = Counter(folder / "one")
    other = Counter(folder / "two", "QUẦY 2", one.wall)
    pair(one, other, folder)
    one.officer("Nguyễn Hoàng Thị Phương Thảo")
    disputed = one.receive(HMONG, party={"address": "Bản Sín Chải, xã Tả Van, tỉnh Lào Cai"})
    swap(one, other, folder)
    for counter, last in ((one, "1"), (other, "2")):
        changes = {"applicant.phone": f"090000011{last}", "applicant.address": f"Thôn {last}, xã Ea Mlung"}
        mending.correct(counter.office, counter.session, disputed.code, changes, "dân báo lại ở quầy hôm sau")
    swap(one, other, folder)
    one.receive(COMPANY, SHOP, party={"kind": "org", "phone": "0900000456"})
    one.finish(one.receive(EDE, COPY, fee={"amount": 12_000}))
    one.receive("Hà Thị Mơ")
    one.close()
    other.close()
    return disputed.dossier


class Faces:
    """Brings the window to one face after the other; each stands until the next is asked for."""

    def __init__(self, window: Window, qtbot: QtBot) -> None:
        self.window, self.qtbot = window, qtbot

    def until(self, so: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(so()), timeout=10_000)

    def all(self, disputed: bytes) -> Iterator[str]:
        for walk in (self._intake, self._instant, self._find, self._board):
            yield from walk()
        yield from self._story(disputed)
        yield from self._hand_back(disputed)
        yield from self._camera()
        yield from self._settings()
        yield from self._help()

    def _intake(self) -> Iterator[str]:
        page = self.window.go("intake")
        assert isinstance(page, IntakePage)
        self.until(lambda: page.procedure.found.topLevelItemCount())
        yield "intake"
        page.person.has_submitter.setChecked(True)
        yield "intake for another"
        page.person.has_submitter.setChecked(False)
        page.form.ask_late(True)
        yield "intake keyed in later"
        page.form.ask_late(False)
        page.person.name.setFocus()
        type_in(CARD)
        press(ENTER)
        type_in("0900000123")
        press(Qt.Key.Key_K, CTRL)
        page.person.name.setFocus()
        type_in(CARD)
        press(ENTER)
        type_in("0900000123")
        press(ENTER)
        self.until(lambda: page.procedure.is_open)
        yield "intake choosing a procedure, one set aside"
        type_in("lks")
        press(ENTER)
        page.components.insist()
        self.until(lambda: page.procedure.notice.words())
        yield "intake with papers missing"
        press(Qt.Key.Key_D, CTRL)
        self.until(lambda: page.fee.is_open)
        yield "intake ready to save"
        press(Qt.Key.Key_F9)
        self.until(lambda: page.saved.isVisible() and "LASER" in page.saved.printing.words())
        yield "intake saved"
        page.saved.ask_reason()
        yield "intake saved, to be printed again"
        page.clear()

    def _instant(self) -> Iterator[str]:
        page = self.window.go("instant")
        assert isinstance(page, InstantPage)
        self.until(lambda: page.entry.entry.text())
        yield "instant"
        page.view.open_procedures()
        yield "instant choosing a procedure"
        page._to_form()
        page.entry.name.setText(COMPANY)
        page.entry.what.setText("Giấy chứng nhận đăng ký doanh nghiệp")
        press(Qt.Key.Key_F9)
        self.until(lambda: page.last.given)
        yield "instant given"
        page.last.ask_reason()
        yield "instant to be taken back"
        page.last.leave()

    def _find(self) -> Iterator[str]:
        page = self.window.go("find")
        assert isinstance(page, FindPage)
        self.until(lambda: page.list.row())
        yield "find"
        page.search("khongcoai")
        self.until(lambda: page.list.row() is None)
        yield "find nothing"
        page.search("")

    def _board(self) -> Iterator[str]:
        page = self.window.go("board")
        assert isinstance(page, BoardPage)
        self.until(page.is_settled)
        yield "board"
        for look in Look:
            page.choose(look)
            self.until(lambda look=look: page.looks_at() is look and page.is_settled())
            yield f"board {look}"
        page.choose(None)
        self.until(lambda: page.looks_at() is None and page.is_settled())
        press(ENTER)
        self.until(lambda: page.view.dossier)
        yield "board with a story"

    def _story(self, disputed: bytes) -> Iterator[str]:
        self.window._on_open_dossier(disputed)
        page = self.window.go("story")
        assert isinstance(page, StoryPage)
        self.until(lambda: page.view.dossier and page.view.disputes.isVisible())
        yield "story with a dispute"
        page.view.band.toggle_more()
        yield "story with all that can be done"
        found = [one for one in page.view.band.findChildren(type(page.view.band._more)) if one.key]
        for button in found:
            if button.isVisible() and button.isEnabled() and not page.view.band.is_asking():
                button.click()
        if page.view.band.is_asking():
            yield "story asking"
            page.view.band.leave()

    def _hand_back(self, disputed: bytes) -> Iterator[str]:
        page = self.window.go("hand_back")
        assert isinstance(page, HandBackPage)
        yield "hand back"
        with self.qtbot.waitSignal(page.answered):
            page.box.setText("ea mlung khong co")
            page._on_asked()
        yield "hand back, nothing found"
        with self.qtbot.waitSignal(page.answered):
            page._open([disputed])
        yield "hand back, not finished"
        with self.qtbot.waitSignal(page.answered):
            page.box.setText("Krông")
            page._on_asked()
        if page.choices.isVisible():
            yield "hand back, which one"
            press(ENTER)
        self.until(lambda: page.record.isVisible() and page.record.isEnabled())
        yield "hand back, open"
        for choice in (page.collector.other, page.collector.relative):
            choice.setChecked(True)
            yield f"hand back to {choice.text()}"
        page.collector.owner.setChecked(True)
        page._on_record()
        self.until(lambda: page.given.words())
        yield "hand back, given"

    def _camera(self) -> Iterator[str]:
        page = self.window._page("camera")
        assert isinstance(page, CameraPage)

        def broken() -> object:
            raise CannotRead("camera-gone")

        page.open_camera = broken  # type: ignore[assignment]
        self.window.go("camera")
        self.until(page.fault.isVisible)
        yield "camera that is not there"

    def _settings(self) -> Iterator[str]:
        page = self.window.go("settings")
        assert isinstance(page, SettingsPage)
        yield "settings"
        for name, _, _ in SECTIONS:
            page.choose(name)
            page._on_opened()
            self.qtbot.wait(30)
            yield f"settings {name}"
            page.entered()

    def _help(self) -> Iterator[str]:
        for name in PAGES:
            if name != "help":
                self.window.go(name)
                self.window.go("help")
                self.qtbot.wait(20)
                yield f"help for {name}"
                self.window.go("help")


def doors(start: Start, qtbot: QtBot) -> Iterator[str]:
    """The faces of the window while nobody sits at it."""
    window = start.window
    opening = OpeningDoor()
    window.show_door(opening)
    yield "door, opening"
    opening.complain(
        "Kho dữ liệu đang được một cửa sổ khác của chương trình mở; hãy đóng cửa sổ ấy rồi thử lại."
    )
    yield "door, not opened"
    passphrase = PassphraseDoor()
    window.show_door(passphrase)
    passphrase.start()
    yield "door, passphrase"
    passphrase.complain("Mật khẩu không đúng; hãy gõ lại, hoặc dùng phiếu khôi phục.")
    yield "door, wrong passphrase"
    assert start.seating is not None
    start.seating._on_asked()
    door = start.seating.door
    assert door is not None
    qtbot.waitUntil(lambda: bool(door.officer()))
    yield "door, seat"
    door.must_wait(door.officer(), 30)
    yield "door, seat that must wait"


def first_run(window: Window) -> Iterator[str]:
    """Every page of the first run, as it comes to the front."""
    wizard = window.pages.currentWidget()
    assert isinstance(wizard, FirstRun)
    for place, page in enumerate(wizard.steps):
        if page.before_store:
            wizard._go(place)
        else:  # it asks a store that is not there yet; what it says stands there already
            wizard._stack.setCurrentIndex(place)
        QApplication.sendPostedEvents()
        yield f"first run, {type(page).__name__}"

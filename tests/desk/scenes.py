"""Every face of the window over a store that has work in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from counter_app.desk.app import Start
from counter_app.desk.contents import PAGES
from counter_app.desk.door import OpeningDoor
from counter_app.desk.first_run.printer import PrinterTrial
from counter_app.desk.first_run.wizard import FirstRun
from counter_app.desk.leaving import Leaving
from counter_app.desk.pages.apologies import ApologiesPage
from counter_app.desk.pages.board import BoardPage
from counter_app.desk.pages.books import Book, BooksPage
from counter_app.desk.pages.camera import CameraPage
from counter_app.desk.pages.digitise import DigitisePage
from counter_app.desk.pages.feedback import FeedbackPage
from counter_app.desk.pages.feedback import Look as Feedback
from counter_app.desk.pages.find import FindPage
from counter_app.desk.pages.hand_back import HandBackPage
from counter_app.desk.pages.instant import InstantPage
from counter_app.desk.pages.intake import IntakePage
from counter_app.desk.pages.looks import Look
from counter_app.desk.pages.passing import PassingPage
from counter_app.desk.pages.passing_view import Side
from counter_app.desk.pages.posting import PostingPage
from counter_app.desk.pages.settings import SECTIONS, SettingsPage
from counter_app.desk.pages.stick import Seen, StickPage
from counter_app.desk.pages.story import StoryPage
from counter_app.desk.pages.sync import SyncPage
from counter_app.desk.settings.officers import OfficersSection
from counter_app.desk.settings.printers import PrintersSection
from counter_app.desk.settings.section import Section
from counter_app.desk.settings.store import StoreSection
from counter_app.desk.training import AnewDoor
from counter_app.desk.unlocking import PassphraseDoor
from counter_app.desk.widgets.story_view import StoryView
from counter_app.desk.window import Window
from counter_app.desk.wiping_door import WipedDoor, WipeDoor
from counter_app.domain.commune import Officer, Role
from counter_app.domain.errors import CannotRead, CannotWrite, Damaged, Unreachable
from counter_app.domain.zone import VIETNAM
from counter_app.services import lookup
from counter_app.services.safety import Standing
from counter_app.services.stick_down import Brought
from counter_app.services.sticks import Kept, Set
from counter_app.services.wiping import Outlook, Wiped
from counter_app.system.drives import Drive
from counter_app.system.printing import Trouble
from counter_app.system.settings import Queue
from counter_app.words import sticks
from counter_app.words.errors import sentence
from tests.desk import scans
from tests.desk.act_scenes import act_forms
from tests.desk.hand_back_scenes import hand_back
from tests.desk.hands import CARD, NOW, HandQueues, press, type_in
from tests.desk.stocked import COMPANY, Stock

LAMP = "An toàn trên máy chủ: 199997/200000; 3 hồ sơ chờ, cũ nhất 30 ngày"
ANSWER = "Máy chủ trả lời lúc 10 giờ 47 ngày 20/11/2026: đã gửi 200 việc, nhận 140 việc (1,2 MB)."
DISTRICT = "Trung tâm Phục vụ hành chính công tỉnh Đắk Lắk"
FAULT = "Chưa tới được máy chủ; hãy xem dây mạng và mạng của cơ quan, máy sẽ tự thử lại."
LONGEST = "Nguyễn Hoàng Thị Phương Thảo Niê Kđăm Buôn Krông"
ENTER, CTRL = Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier


class Faces:
    """Brings the window to one face after the other; each stands until the next is asked for."""

    def __init__(self, window: Window, qtbot: QtBot) -> None:
        self.window, self.qtbot = window, qtbot

    def until(self, so: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(so()), timeout=10_000)

    def all(self, stock: Stock) -> Iterator[str]:
        self.window.foot.show_officer(LONGEST)
        for walk in (self._intake, self._instant, self._find):
            yield from walk()
        yield from self._board(stock)
        yield from self._story(stock)
        yield from self._digitise(stock)
        page = self.window.go("hand_back")
        assert isinstance(page, HandBackPage)
        yield from hand_back(page, stock, self.qtbot)
        yield from self._passing(stock)
        yield from self._posting()
        yield from self._books()
        yield from self._feedback()
        yield from self._sync()
        yield from self._stick()
        yield from self._apologies()
        yield from self._camera()
        yield from self._settings()
        yield from self._leaving()
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

    def _stick(self) -> Iterator[str]:
        page = self.window.go("stick")
        assert isinstance(page, StickPage)
        page.find_drives = lambda: [Drive(Path("/media/KINGSTON"), LONGEST, 14_200_000_000)]
        page.look()
        self.until(lambda: page.drive.count())
        at = datetime(2026, 11, 20, 14, 5, tzinfo=VIETNAM)
        copied = Set(1, at, (Kept(4_000_000, b"", ()),) * 37)
        page._busy = True  # what a lane reads meanwhile stays away
        page._show(Seen(DISTRICT, 1234, 56, copied, page.find_drives(), 3))
        page.out.said.setText(f"{sticks.waits(1234, 56)}\n{sticks.on_stick(copied)}")
        page.out.notice.say(sentence(CannotWrite("stick-gone")), "late")
        page.home.notice.say(sticks.taken(Brought(1234, 56, 4321)), "in_time")
        page.stop.show()
        yield "by stick"
        page._busy = False

    def _apologies(self) -> Iterator[str]:
        page = self.window.go("apologies")
        assert isinstance(page, ApologiesPage)
        self.until(lambda: bool(page.rows()))
        yield "apologies"
        page.form.say("Mật khẩu của tệp chứng thư không đúng; hãy gõ lại (biến COUNTER_P12).", "late")
        press(ENTER)
        yield "an apology's date"

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

    def _board(self, stock: Stock) -> Iterator[str]:
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
        for act in self._acts(page.view, stock, page._beside.open, refused=True):
            yield f"board, {act}"

    def _story(self, stock: Stock) -> Iterator[str]:
        self.window._on_open_dossier(stock.disputed)
        page = self.window.go("story")
        assert isinstance(page, StoryPage)
        self.until(lambda: page.view.dossier and page.view.disputes.isVisible())
        yield "story with a dispute"
        page.view.band.toggle_more()
        yield "story with all that can be done"
        for act in self._acts(page.view, stock, page.open):
            yield f"story, {act}"
        page.open(stock.erased)
        self.until(lambda: page.view.dossier and page.view.dossier.erased)
        yield "story, erased"

    def _digitise(self, stock: Stock) -> Iterator[str]:
        self.window._on_digitise(stock.waiting)
        page = self.window.go("digitise")
        assert isinstance(page, DigitisePage)
        self.until(page.rows)
        yield "digitise, nothing scanned"
        assert self.window.desk is not None
        picture = scans.picture(self.window.desk.office.places.data / "a.tif", "x", "", "y")
        page.take_files([picture, picture])
        self.until(lambda: not page.ways.at_work and len(page.pile.leaves) == 6)
        page.view.pile.setFocus()
        press(Qt.Key.Key_9)
        press(Qt.Key.Key_F9)
        self.until(page.view.fault.words)
        page.view.say_folder(
            page.tr("Đang lấy từ thư mục {folder}").format(folder="//may-chu/van-phong/quet")
        )
        yield "digitise, a pile that is asked of"
        page.view.asked.show()
        page.view.show_sheet()
        yield "digitise, a file shown and to be taken back"
        page.camera.cameras = scans.HandCamera()
        page._on_look()
        self.until(lambda: page.view.camera.take.isEnabled())
        yield "digitise, before a camera"
        for _ in range(5):
            page._on_escape()

    def _acts(
        self, view: StoryView, stock: Stock, open_: Callable[[bytes], object], *, refused: bool = False
    ) -> Iterator[str]:
        assert self.window.desk is not None
        office = self.window.desk.office
        return act_forms(view, office, stock.of_each_state, self.qtbot, open_, refused=refused)

    def _passing(self, stock: Stock) -> Iterator[str]:
        page = self.window.go("passing")
        assert isinstance(page, PassingPage)
        self.until(lambda: "chồng" in page.says() or "pile" in page.says())
        yield "passing, nothing scanned"
        for code in (stock.anothers, *(lookup.id_text(one) for one in stock.of_each_state)):
            page.take_scan(code)
        self.until(lambda: len(page.rows()) == 1 + len(stock.of_each_state))
        page.view.to.setText(COMPANY)
        self.until(lambda: any(row.warning for row in page.rows()))
        page.take_scan("khong-co-ai")
        self.until(page.view.fault.words)
        yield "passing, a pile with warnings"
        page.choose(Side.TAKE)
        self.until(lambda: page.rows() and not page.view.fault.words())
        yield "passing, what waits"
        page.choose(Side.GIVE)

    def _feedback(self) -> Iterator[str]:
        page = self.window.go("feedback")
        assert isinstance(page, FeedbackPage)
        self.until(lambda: len(page.petitions.rows()) == 4)
        self.until(lambda: page.petitions.form.dispute.words())
        yield "feedback: a petition that was answered twice"
        page.petitions.list.go_to(1)
        self.until(lambda: not page.petitions.form.buttons["answer"].isHidden())
        yield "feedback: a petition that waits for its answer"
        press(ENTER, CTRL)
        press(Qt.Key.Key_F9)
        self.until(lambda: page.petitions.form.notice.words())
        yield "feedback: an answer that says nothing"
        press(Qt.Key.Key_Escape)
        press(Qt.Key.Key_N, CTRL)
        yield "feedback: a new petition"
        press(Qt.Key.Key_Escape)
        page.choose(Feedback.SLIPS)
        type_in("2")
        press(ENTER)
        type_in("9")
        press(ENTER)
        yield "feedback: slips typed in"
        page.choose(Feedback.FIGURES)
        self.until(lambda: "%" in page.figures.says())
        yield "feedback: the figures"

    def _posting(self) -> Iterator[str]:
        page = self.window.go("posting")
        assert isinstance(page, PostingPage)
        self.until(lambda: page.chosen() is not None)
        yield "posting, one is shown"
        page.box.setText("zzzz")
        page.box.textEdited.emit("zzzz")
        self.until(lambda: page.chosen() is None)
        yield "posting, nothing found"

    def _books(self) -> Iterator[str]:
        page = self.window.go("books")
        assert isinstance(page, BooksPage)
        self.until(page.sheet.has_picture)
        yield "books: the register"
        page.choose(Book.CASH)
        self.until(lambda: page.cash is not None and page.sheet.has_picture())
        page.counted.setText("11.000")
        press(Qt.Key.Key_F9)
        self.until(page.fault.words)
        yield "books: a drawer counted, the difference unexplained"

    def _sync(self) -> Iterator[str]:
        page = self.window.go("sync")
        assert isinstance(page, SyncPage)
        self.until(lambda: page.is_settled() and page.list.row())
        yield "sync"
        press(ENTER)
        self.until(lambda: page.view.dossier and page.view.disputes.isVisible())
        yield "sync with a dispute"
        page.form.take_scan("mc-enrol:https://dongbo.tinh.gov.vn#K7QX")
        page._beside.close_story()
        yield "sync with a QR that was read in part"
        page.head.say(LAMP, ANSWER, "late", 0.4)
        page.head.complain(FAULT)
        page._beside.close_story()
        yield "sync, with what waits and why nothing was sent"

    def _camera(self) -> Iterator[str]:
        page = self.window._page("camera")
        assert isinstance(page, CameraPage)

        def broken() -> object:
            raise CannotRead("camera-gone")

        page.open_camera = broken  # type: ignore[assignment]
        self.window.go("camera")
        self.until(page.fault.isVisible)
        yield "camera that is not there"

    def _leaving(self) -> Iterator[str]:
        self.until(lambda: self.window.findChild(Leaving))
        leaving = self.window.findChild(Leaving)
        assert isinstance(leaving, Leaving)
        waits = Standing(40, 3, NOW, None)
        leaving._ask(waits)
        yield "leaving"
        leaving._ask(waits, Unreachable("captive-portal"))
        yield "leaving, behind a network that wants a login"
        leaving._stay()

    def _settings(self) -> Iterator[str]:
        page = self.window.go("settings")
        assert isinstance(page, SettingsPage)
        yield "settings"
        for name, _, _ in SECTIONS:
            section = page.choose(name)
            page._on_opened()
            self.qtbot.wait(30)
            yield f"settings {name}"
            yield from self._in(section)
            page.entered()

    def _in(self, section: Section) -> Iterator[str]:
        """What a section shows beside its first face."""
        if isinstance(section, OfficersSection):
            section.choose("xuyen")
            section._on_pin()
            yield "settings officers, a PIN that must wait"
            section.choose("admin")
            for ask in (section._on_new, section._on_edit, section._on_pin):
                ask()
                assert section.form is not None
                yield f"settings officers, {type(section.form).__name__}"
                section._on_left()
        elif isinstance(section, PrintersSection):
            queues = HandQueues("HP-LaserJet-Pro-M404dn", "POS-80")
            queues.printers["POS-80"].trouble = Trouble.PAPER_OUT
            section.desk.queues = queues
            section.entered()
            self.until(lambda: section.rows)
            section.rows["POS-80"].show_queue(Queue("80mm", 48))
            yield "settings printers, two of them"
        elif isinstance(section, StoreSection):
            section._begin("Đang sao lưu…")
            yield "settings store, at work"
            section._on_backed_up({"file": "/media/usb/sao-luu-20260420-0815.zip", "bytes": 5_000_000})
            yield "settings store, backed up"
            section._on_failed(Damaged("store-does-not-verify"))
            yield "settings store, damaged"

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
    asks = WipeDoor()
    window.show_door(asks)
    me, *others = (Officer(name, LONGEST, Role.OFFICER, "x") for name in ("xuyen", "lan"))
    asks.show_outlook(Outlook(DISTRICT, 200_000, 40, True, (me, *others)), me)
    yield "door, wipe"
    asks.follow("Đang đồng bộ: 12/40 hồ sơ, còn 96 KB, khoảng 2 phút")
    yield "door, wipe under way"
    asks.refuse(Unreachable("captive-portal"), may_seal=True)
    yield "door, wipe without a network"
    sealed = Path("/media/usb-cua-phong-van-thu/kho-H15.321.niemphong")
    window.show_door(WipedDoor(Wiped(False, "ab", False), DISTRICT, sealed, lambda: None))
    yield "door, wiped"
    anew = AnewDoor()
    window.show_door(anew)
    anew.start()
    anew.complain(anew.tr("Chưa đúng hai chữ LAM LAI; kho tập còn nguyên."))
    yield "door, practice begun anew"


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
        if isinstance(page, PrinterTrial):
            page._ask()
            yield "first run, PrinterTrial asks"
        page.complain("Chưa đúng; hãy xem số ở góc ô, và tắt bộ gõ tiếng Việt rồi gõ lại.")
        yield f"first run, {type(page).__name__} complains"
        page.notice.say("")

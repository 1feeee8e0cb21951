"""The window: rail, scan box, pages and foot; it opens a page where another one asks for it."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from counter_app.desk.contents import (
    APOLOGIES,
    BOARD,
    BOOKS,
    CAMERA,
    DIGITISE,
    FEEDBACK,
    FIND,
    HAND_BACK,
    HELP,
    INSTANT,
    INTAKE,
    PASSING,
    POSTING,
    SETTINGS,
    STORY,
    SYNC,
    Finds,
    MakePage,
    Receives,
    Tells,
)
from counter_app.desk.foot import Foot
from counter_app.desk.helping import Helping
from counter_app.desk.page import Desk, Page
from counter_app.desk.parts import TIGHT
from counter_app.desk.rail import Rail
from counter_app.desk.scans import Scans
from counter_app.desk.sweeping import sweep_all
from counter_app.desk.tight import fit, is_tight
from counter_app.desk.top import Top
from counter_app.desk.ways_in import WaysIn
from counter_app.domain.errors import CounterError

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QPaintEvent, QResizeEvent

    from counter_app.desk.training import TrainingBand
    from counter_app.services.lookup import Scan

_APOLOGIES: Final = "Shift+F4"
_PASSING: Final = "Shift+F5"
_FEEDBACK: Final = "Shift+F7"
_POSTING: Final = "Shift+F2"
_PAUSE: Final = 150  # ms between two pages that are made ahead


class Window(QMainWindow):
    """Rail items show only pages that exist; their keys never move."""

    painted = Signal()
    """The window stands on the screen for the first time; work that can wait may begin."""
    seat_asked = Signal()
    """F12: the seat is left, or another officer takes it."""
    office_changed = Signal()
    """A page has changed the office's settings."""
    wipe_asked = Signal()
    """A page asks that this machine's store be destroyed."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.desk: Desk | None = None
        self._makers: dict[str, MakePage] = {}
        self._pages: dict[str, Page] = {}
        self._untold = ""
        self._locked = True
        self._last = self._came_from = INTAKE
        self._has_painted = False
        self._closing: Callable[[], object] = lambda: None
        self._may_close: Callable[[], bool] = lambda: True
        self.setWindowTitle(self.tr("Một cửa"))
        self.resize(1366, 768)
        self.setMinimumSize(640, 360)  # a screen of 1366 by 768, enlarged twice, less its task bar
        self.foot = Foot(now)
        self.pages = QStackedWidget()
        self.top = Top()
        self.scan_box = self.top.scan_box
        self.scans = Scans(self.scan_box, self.foot, self)
        self.scans.understood.connect(self._on_understood)
        self.scans.not_understood.connect(self._on_not_understood)
        self.scans.unused.connect(self._on_unused)
        self._ways = WaysIn(self, self.scan_box)
        self._ways.scanned.connect(self.take_scan)
        self._ways.refused.connect(self.tell)
        self.rail = self._rail()
        self._helping = Helping(self.pages, self.rail, self._pages)
        body = QWidget()
        body.setProperty("kind", "window")
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.rail)
        self._beside_rail = QVBoxLayout()
        self._beside_rail.setSpacing(0)
        self._beside_rail.addWidget(self.pages, 1)
        row.addLayout(self._beside_rail, 1)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._column = column
        column.addWidget(self.top)
        column.addLayout(row, 1)
        column.addWidget(self.foot)
        self.setCentralWidget(body)
        self.rail.setEnabled(False)
        self.top.picture.setEnabled(False)
        self.top.camera.setEnabled(False)
        self.top.camera.clicked.connect(lambda: self._on_key(CAMERA))
        self.top.picture.clicked.connect(self._on_picture_asked)
        self.setAcceptDrops(True)

    def bare(self, on: bool) -> None:
        """Without rail and scan box, while there is nothing yet to go to or to find."""
        self.rail.setVisible(not on)
        self.top.bare(on)
        if on:
            self.scan_box.setEnabled(False)

    def show_training(self) -> TrainingBand:
        """Says on every screen, from now on, that all of it is practice."""
        from counter_app.desk.training import TrainingBand

        band = TrainingBand()
        self._column.insertWidget(0, band)
        return band

    def show_office(self, agency: str, office: str) -> None:
        self.top.show_office(agency, office)
        if agency:
            self.setWindowTitle(self.tr("Một cửa – {}").format(agency))

    def show_door(self, door: QWidget, *, takes_scans: bool = False) -> None:
        """A page from before the store is open; what is scanned meanwhile is kept where it `takes_scans`."""
        self.scan_box.setEnabled(takes_scans or self.desk is not None)
        if takes_scans:
            self.scan_box.setFocus()
        if self.pages.indexOf(door) < 0:
            self.pages.addWidget(door)
            fit(door, self)
        self.pages.setCurrentWidget(door)

    def lock(self, door: QWidget) -> None:
        """Nothing is shown or done until `begin`; a scan meanwhile is kept."""
        self._locked = True
        self.foot.hush()
        self.scans.lock()
        self._forget()
        self._enable(False)
        self.show_door(door, takes_scans=True)

    def open_desk(self, desk: Desk, makers: dict[str, MakePage]) -> None:
        """The store is open; pages are made when they are first asked for."""
        self.desk = self.scans.desk = desk
        self._makers = makers
        desk.tasks.failed.connect(self.tell)
        self.top.picture.setEnabled(True)
        self.top.camera.setEnabled(True)
        self._ways.open(desk.tasks)
        self._take_keys()

    def begin(self) -> None:
        """Somebody sits here: what was scanned meanwhile is answered, else the page of before is back."""
        self._locked = False
        self._enable(True)
        if self._untold:
            self.foot.tell(self._untold)
            self._untold = ""
        if not self.scans.begin():
            self.go(self._last)

    def _enable(self, on: bool) -> None:
        # A page that is hidden still takes the focus where its work comes home; a disabled one does not.
        self.rail.setEnabled(on)
        for page in self._pages.values():
            page.setEnabled(on)

    def go(self, name: str) -> Page:
        """Brings a page to the front; help tells of the one that stands there, and the same key returns."""
        page = self._page(name)
        if name == HELP:
            self._helping.turn_to(page)
            return page
        if name != self._last:
            self._came_from, self._last = self._last, name
        if self._locked:
            return page
        self.pages.setCurrentWidget(page)
        self.rail.mark(name)
        page.entered()
        return page

    def at_close(self, closing: Callable[[], object]) -> None:
        self._closing = closing

    def ask_before_close(self, may_close: Callable[[], bool]) -> None:
        """Where it says no, the window stays; whoever said it closes it later."""
        self._may_close = may_close

    def show_above(self, band: QWidget) -> None:
        """Over whatever page stands there; the rail keeps its height."""
        self._beside_rail.insertWidget(0, band)

    def keep(self) -> None:
        """What the pages hold and is not kept yet is kept now, in a lane."""
        for page in self._pages.values():
            page.closing()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._has_painted:
            self._has_painted = True
            QTimer.singleShot(0, self, self._on_painted)

    def _on_painted(self) -> None:
        self.painted.emit()
        self.foot.tick()
        self._ways.watch()

    def resizeEvent(self, event: QResizeEvent) -> None:
        tight = is_tight(self)
        turned = tight != bool(self.property(TIGHT))
        self.setProperty(TIGHT, tight)  # before anything is shown anew
        super().resizeEvent(event)
        below = self.height() - self.top.fit(self.height()) - self.foot.fit(self.width(), self.height())
        self.rail.fit(self.width(), below)
        if turned:
            for page in (self.top, *self._stacked()):
                fit(page, self)

    def _stacked(self) -> Iterator[QWidget]:
        for place in range(self.pages.count()):
            if (page := self.pages.widget(place)) is not None:
                yield page

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        turned = event.type() == event.Type.ActivationChange
        if turned and self.desk is not None and QApplication.activeWindow() is None:
            sweep_all()  # another program is in front; for a dialog of ours the officer waits

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._may_close():
            event.ignore()
            return
        self.keep()
        self._forget()
        self._closing()
        super().closeEvent(event)

    def _forget(self) -> None:
        if self.desk is not None:  # nothing of it is read before the first paint
            from counter_app.desk import pasteboard

            pasteboard.forget()

    def _page(self, name: str) -> Page:
        if name not in self._pages:
            assert self.desk is not None
            page = self._makers[name](self.desk)
            page.setAccessibleName(page.title)
            page.open_dossier.connect(self._on_open_dossier)
            page.digitise.connect(self._on_digitise)
            page.start_intake.connect(self._on_start_intake)
            page.page_asked.connect(self.go)
            page.intake_of.connect(self._on_intake_of)
            page.told.connect(self._on_told)
            page.scanned.connect(self._on_page_scanned)
            page.left.connect(self._helping.leave if name == HELP else lambda: self.go(self._came_from))
            page.office_changed.connect(self.office_changed)
            page.wipe_asked.connect(self.wipe_asked)
            self._pages[name] = page
            self.pages.addWidget(page)
            fit(page, self)
        return self._pages[name]

    def prepare(self, *names: str) -> None:
        """Makes these pages, one in each pause, so that no key has to wait for it later."""
        waiting = [name for name in names if name not in self._pages]
        if not waiting or not self.isVisible():
            return
        self._page(waiting[0]).setEnabled(not self._locked)
        QTimer.singleShot(_PAUSE, self, lambda: self.prepare(*waiting[1:]))

    def _on_open_dossier(self, dossier: bytes) -> None:
        cast(Tells, self._page(STORY)).open(dossier)
        self.go(STORY)

    def _on_digitise(self, dossier: bytes) -> None:
        cast(Tells, self._page(DIGITISE)).open(dossier)
        self.go(DIGITISE)

    def _on_start_intake(self, card: str) -> None:
        page = self.go(INTAKE)
        cast(Receives, page).begin(card)

    def _on_intake_of(self, procedure: str) -> None:
        page = self.go(INTAKE)
        cast(Receives, page).ask_for(procedure)

    def _on_escape(self) -> None:
        from PySide6.QtCore import Qt

        if self.scan_box.isEnabled():
            self.scan_box.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.scan_box.selectAll()

    def _on_told(self, words: str) -> None:
        if self._locked:  # it may name a citizen: told to whoever sits down next
            self._untold = words
        else:
            self.foot.tell(words)

    def tell(self, error: CounterError) -> None:
        """Says at the foot what has failed."""
        from counter_app.words.errors import sentence

        self.foot.tell(sentence(error), bad=True)

    def _on_page_scanned(self, scanned: str) -> None:
        self.go(self._came_from)
        self.take_scan(scanned)

    def _on_picture_asked(self) -> None:
        if self.top.picture.isEnabled():
            self._ways.ask_picture()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._ways.takes(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if self._ways.take(event.mimeData()):
            event.acceptProposedAction()

    def take_scan(self, scanned: str) -> None:
        """What came by another way than the box: the page in front has it first."""
        scanned = unicodedata.normalize("NFC", scanned).strip()
        page = self.pages.currentWidget()
        if self._locked or not (isinstance(page, Page) and page.take_scan(scanned)):
            self.scans.take(scanned)

    def _on_understood(self, scan: Scan) -> None:
        if scan.kind == "card":
            self._on_card(scan.text)
        elif scan.kind == "slip":
            cast(Receives, self.go(INTAKE)).begin(slip=scan.text)
        elif scan.kind == "receipt" and scan.signature == "forged":
            self.foot.tell(
                self.tr("Mã trên giấy không đúng chữ ký của máy nào: giấy có thể bị sửa."), bad=True
            )
            self._leave_door()
        elif scan.claim and scan.verdict and scan.verdict.foreign and not scan.lines:
            words = self.tr("Giấy hẹn thật, nhưng hồ sơ {code} do {name} nhận: mời người dân đến đó.")
            name = scan.verdict.commune or scan.verdict.agency
            self.foot.tell(words.format(code=scan.claim.code, name=name), bad=True)
            self._leave_door()
        elif scan.claim and scan.signature == "verified" and not scan.lines:
            cast(Tells, self._page(STORY)).open(scan.claim.dossier, scan)
            self.go(STORY)
        elif len(scan.lines) == 1:
            self._on_open_dossier(scan.lines[0].dossier)
        else:
            code = scan.claim.code if scan.claim else scan.text
            page = self.go(FIND)
            cast(Finds, page).search(code)
            if scan.signature == "unknown_device":
                words = self.tr("Giấy do máy lạ in: đồng bộ (Shift+F8) rồi quét lại, hoặc hỏi nơi cấp giấy.")
                self.foot.tell(words, bad=True)

    def _on_card(self, card: str) -> None:
        """Into the page in front where that takes cards, else into a new reception."""
        asking = self._came_from if self._last == CAMERA else self._last
        page = self._pages.get(asking)
        if page is not None and page.takes_cards:
            self.go(asking)
            page.take_scan(card)
        else:
            self._on_start_intake(card)

    def _on_not_understood(self, error: CounterError) -> None:
        self.tell(error)
        self._leave_door()

    def _on_unused(self) -> None:
        self._leave_door()
        self.scan_box.setFocus()  # somebody is still typing: the page must not take the rest, nor the Enter

    def _leave_door(self) -> None:
        # A scan that was kept led nowhere: the counter still opens.
        if self.pages.currentWidget() not in self._pages.values():
            self.go(self._last)

    def _rail(self) -> Rail:
        above = (
            (INTAKE, self.tr("Tiếp nhận"), "F2"),
            (INSTANT, self.tr("Trả ngay"), "F10"),
            (FIND, self.tr("Tra cứu"), "F3"),
            (BOARD, self.tr("Hẹn trả"), "F4"),
            (HAND_BACK, self.tr("Trả kết quả"), "F5"),
            (BOOKS, self.tr("Sổ sách"), "F7"),
            (SYNC, self.tr("Đồng bộ"), "F8"),
        )
        below = ((SETTINGS, self.tr("Thiết lập"), "F11"), (HELP, self.tr("Trợ giúp"), "F1"))
        rail = Rail(above, below)
        rail.chosen.connect(self.go)
        return rail

    def _take_keys(self) -> None:
        # Not read before the first paint: until the store is open there is nowhere to go.
        from PySide6.QtGui import QKeySequence, QShortcut

        QShortcut(QKeySequence("Esc"), self).activated.connect(self._on_escape)
        for name, item in self.rail.items.items():
            QShortcut(QKeySequence(item.key), self).activated.connect(lambda n=name: self._on_key(n))
        QShortcut(QKeySequence(self.top.picture.key), self).activated.connect(self._on_picture_asked)
        QShortcut(QKeySequence(self.top.camera.key), self).activated.connect(lambda: self._on_key(CAMERA))
        QShortcut(QKeySequence(_APOLOGIES), self).activated.connect(lambda: self._on_key(APOLOGIES))
        QShortcut(QKeySequence(_PASSING), self).activated.connect(lambda: self._on_key(PASSING))
        QShortcut(QKeySequence(_FEEDBACK), self).activated.connect(lambda: self._on_key(FEEDBACK))
        QShortcut(QKeySequence(_POSTING), self).activated.connect(lambda: self._on_key(POSTING))
        QShortcut(QKeySequence("F12"), self).activated.connect(self.seat_asked)

    def _on_key(self, name: str) -> None:
        if name == HELP or not self._locked:
            self.go(name)

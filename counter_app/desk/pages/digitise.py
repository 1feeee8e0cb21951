"""Số hóa (Ctrl+Shift+Q in a dossier): its papers, the pages that go to them, and what is kept of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from counter_app.desk.page import Desk, Page
from counter_app.desk.pages.digitise_camera import CameraIntoPile
from counter_app.desk.pages.digitise_files import PaperFiles
from counter_app.desk.pages.digitise_hands import PileHands
from counter_app.desk.pages.digitise_keep import Keeping
from counter_app.desk.pages.digitise_papers import DossierPapers
from counter_app.desk.pages.digitise_sheets import SeparatorSheets
from counter_app.desk.pages.digitise_view import BACK, CHOOSE, FILED, KEEP, LOOK, PRINT, DigitiseView
from counter_app.desk.pages.digitise_ways import WaysIntoPile
from counter_app.desk.parts import keeps_escape
from counter_app.desk.scan_pile import NOWHERE, Group, Pile
from counter_app.desk.widgets.paper_rows import PaperRow
from counter_app.domain.attachments import Way
from counter_app.domain.errors import CounterError
from counter_app.services import unkept
from counter_app.words.errors import sentence


class DigitisePage(Page):
    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._knows_sources = False
        self._asked: object = None  # what the officer was asked of and may now mean
        self.view = DigitiseView(desk, self.title)
        self.ways = WaysIntoPile(desk, self.view.device, self._into, self)
        self.papers = DossierPapers(desk, self.view.papers, self.ways.place, self._refuse, self)
        self.camera = CameraIntoPile(desk, self.view, self.ways, self)
        self.keeping = Keeping(desk, self.ways.folder, self)
        self.files = PaperFiles(desk, self.view, self)
        self.hands = PileHands(self.view, self.papers, self)
        self.sheets = SeparatorSheets(desk, self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.view)
        self.setAcceptDrops(True)
        self._connect()
        self._offer()

    @property
    def title(self) -> str:
        return self.tr("Số hóa")

    def open(self, dossier: bytes) -> None:
        """The dossier whose papers are scanned now; the pile of another waits until that is opened again."""
        if dossier != self.papers.dossier:
            self.camera.close()
            self.ways.stop()
            self.view.fault.say("")
        self.papers.open(dossier)

    def entered(self) -> None:
        if not self._knows_sources:
            self._knows_sources = True
            office = self.desk.office
            self.desk.tasks.run("read", lambda: unkept.sources(office), self.ways.leave, self._refuse)
        self.read()
        self._say_folder()
        here = self.view.pile if self.pile is not None and self.pile.leaves else self.view.papers
        here.setFocus(Qt.FocusReason.OtherFocusReason)

    def give_way(self, tight: bool) -> None:
        self.view.give_way(tight)

    @property
    def pile(self) -> Pile | None:
        return self.papers.pile

    def groups(self) -> list[Group]:
        return self.papers.groups()

    def rows(self) -> Sequence[PaperRow]:
        return self.papers.rows()

    def says(self) -> str:
        return self.view.says()

    # the papers

    def read(self) -> None:
        self.papers.read()

    def _on_read(self) -> None:
        found = self.papers.found
        assert found is not None
        self.files.of(found.code, found.dossier)
        self.view.of.setText(f"{found.code} · {found.about}")
        self._offer()

    # ways in

    def take_files(self, paths: Sequence[Path], way: Way = Way.FILE) -> None:
        self.ways.take_files(paths, way)

    def _into(self) -> tuple[Pile, int | None] | None:
        """The pile that pages come into, and the paper that is chosen."""
        return None if self.keeping.at_work else self.papers.here()

    def _on_look(self) -> None:
        if self._into() is not None:
            self.view.fault.say("")
            self.files.close()
            self.camera.begin()

    def _on_scan(self) -> None:
        self.camera.close()
        self.ways.scan(both_sides=self.view.both.isChecked())

    def _on_choose(self, way: Way) -> None:
        if self._into() is not None:
            self.ways.choose(self, way)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.take_files(paths)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.ways.watch(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.camera.close()
        self.ways.watch(False)

    def _say_folder(self) -> None:
        named = self.desk.office.settings.scan_folder
        words = self.tr("Đang lấy từ thư mục {folder}; tệp được xóa khỏi đó sau khi đã lưu.")
        self.view.say_folder(words.format(folder=named) if named else "")

    def _on_began(self) -> None:
        self.view.fault.say("")
        self._offer()

    def _on_ended(self) -> None:
        self._offer()
        if self.groups() and self.isVisible() and not self.camera.is_open():
            self.view.pile.setFocus(Qt.FocusReason.OtherFocusReason)

    # the pile

    def _ask_anew(self) -> None:
        self._asked = None

    def _on_pages(self) -> None:
        self._asked = None
        self._offer()

    def _changed(self) -> None:
        self._asked = None
        self.view.fault.say("")
        self._offer()

    def _offer(self) -> None:
        """Shows the pile as it is, and what may be done."""
        groups = self.groups()
        self.view.pile.show_groups(groups, self.pile.code if self.pile else "")
        self.hands.show_count()
        n = sum(group.pages for group in groups)
        ready = self.papers.found is not None
        self.view.keep.say(self.tr("Lưu {n} trang").format(n=n))
        self.view.keep.setEnabled(
            ready and bool(groups) and not self.keeping.at_work and not self.ways.at_work
        )
        for way in self.view.ways:
            way.setEnabled(ready and not self.keeping.at_work)
        self._say_progress(n)
        if self.files.is_open() or self.camera.is_open():
            return
        if groups:
            self.view.show_pile()
        elif not ready and not self.papers.dossier:
            self.view.show_empty(self.tr("Mở một hồ sơ (F3, hoặc quét mã của nó) rồi Ctrl+Shift+Q."))
        else:
            words = self.tr(
                "Chưa có trang nào. Ctrl+Enter quét từ máy, Ctrl+N thêm tệp, hay kéo tệp vào đây."
            )
            self.view.show_empty(words)

    def _say_progress(self, n: int) -> None:
        words = ""
        if self.ways.at_work:
            words = self.tr("Đang đọc trang {n}… Esc để dừng.").format(n=n + 1)
        elif self.keeping.at_work:
            words = self.tr("Đang lưu…")
        self.view.say_progress(words)

    # keeping

    def _on_keep(self) -> None:
        if not self.view.keep.isEnabled():
            return
        groups = self.groups()
        lost = next((group for group in groups if group.key == NOWHERE and group.kept), None)
        if lost is not None:
            self.view.fault.say(self.tr("Có trang chưa biết của giấy tờ nào: chọn trang rồi bấm số giấy tờ."))
            return
        doubts = self.keeping.doubts(self.pile, groups)
        signature = [(group.key, len(group.kept), group.counted) for group in groups]
        if doubts and self._asked != signature:
            self._asked = signature
            words = self.tr("{what} F9 lần nữa thì vẫn lưu.")
            self.view.fault.say(words.format(what=" ".join(doubts)), "soon")
            return
        self._asked = None
        assert self.pile is not None
        self.camera.close()
        self.view.fault.say("")
        self.keeping.begin(self.pile)
        self._offer()

    def _on_kept(self) -> None:
        done, failed = self.keeping.kept, self.keeping.failed
        self.view.fault.say("\n".join((*failed, *done)), "late" if failed else "in_time")
        if done:
            self.told.emit(" ".join(done))
        self.read()
        self._offer()
        if self.isVisible():
            here = self.view.pile if self.groups() else self.view.papers
            here.setFocus(Qt.FocusReason.OtherFocusReason)

    def _give_up(self) -> None:
        """All that is not kept goes; what came from the folder still lies there."""
        if self.pile is not None:
            for group in self.groups():
                for source in self.pile.drop(group):
                    self.ways.folder.give_again(source.path)
        self.papers.give_up()
        self._changed()

    # keys

    def _connect(self) -> None:
        view = self.view
        view.scan.clicked.connect(self._on_scan)
        view.look.clicked.connect(self._on_look)
        view.choose.clicked.connect(lambda: self._on_choose(Way.FILE))
        view.filed.clicked.connect(lambda: self._on_choose(Way.ELECTRONIC))
        view.print.clicked.connect(self._on_print)
        view.back.clicked.connect(self.files.ask)
        view.keep.clicked.connect(self._on_keep)
        view.papers.digit.connect(self.papers.choose)
        view.papers.opened.connect(self.files.open)
        self.papers.changed.connect(self._on_read)
        view.camera.digit.connect(self.papers.choose)
        self.camera.closed.connect(self._on_ended)
        self.camera.failed.connect(lambda words: view.fault.say(words, "late"))
        self.hands.changed.connect(self._changed)
        self.hands.counted.connect(self._ask_anew)
        self.sheets.told.connect(self.told)
        self.sheets.refused.connect(self._refuse)
        self.ways.began.connect(self._on_began)
        self.ways.changed.connect(self._on_pages)
        self.ways.ended.connect(self._on_ended)
        self.ways.said.connect(lambda words: view.fault.say(words, "late"))
        self.ways.devices.asked.connect(lambda words: view.fault.say(words, "soon"))
        self.ways.folder_gone.connect(lambda error: view.say_folder(sentence(error)))
        self.keeping.progress.connect(view.say_progress)
        self.keeping.done.connect(self._on_kept)
        self.keeping.refused.connect(self._refuse)
        self.files.changed.connect(self.read)
        self.files.told.connect(self.told)
        self.files.closed.connect(self._offer)
        self.bind(
            (
                ("Ctrl+Return", self._on_scan),
                ("Ctrl+Enter", self._on_scan),
                ("Ctrl+Shift+Return", self._on_look),
                (LOOK, self._on_look),
                (CHOOSE, lambda: self._on_choose(Way.FILE)),
                (FILED, lambda: self._on_choose(Way.ELECTRONIC)),
                (PRINT, self._on_print),
                (BACK, self.files.ask),
                (KEEP, self._on_keep),
            )
        )

    def event(self, event: QEvent) -> bool:
        return keeps_escape(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._on_escape()
        else:
            super().keyPressEvent(event)

    def _on_escape(self) -> None:
        if self.files.close() or self.camera.close():
            return
        if self.ways.at_work:
            self.ways.stop()
            return
        n = sum(group.pages for group in self.groups())
        if self.keeping.at_work:
            return
        if n and self._asked != "leave":
            self._asked = "leave"
            words = self.tr("Còn {n} trang chưa lưu: F9 để lưu, Esc lần nữa thì bỏ hết.")
            self.view.fault.say(words.format(n=n), "late")
            return
        self._give_up()
        self.left.emit()

    def _on_print(self) -> None:
        if self.pile is not None:
            self.sheets.print(self.pile.code)

    def _refuse(self, error: CounterError) -> None:
        self.view.fault.say(sentence(error), "late")

"""Đồng bộ (F8): how safe all is at the district, and what cannot rest yet: why, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from counter_app.desk.following import FollowingArea
from counter_app.desk.lamp import KEY as SYNC_KEY
from counter_app.desk.page import Desk, Page
from counter_app.desk.parts import KeyButton, keys
from counter_app.desk.theme import text
from counter_app.desk.title_row import TitleRow
from counter_app.desk.widgets.beside import StoryBeside
from counter_app.desk.widgets.board_rows import Heading
from counter_app.desk.widgets.exporting import Exporting
from counter_app.desk.widgets.joining import KEY as JOIN_KEY
from counter_app.desk.widgets.joining import JoinForm
from counter_app.desk.widgets.safety_head import SafetyHead
from counter_app.desk.widgets.waiting_rows import WaitingList, WaitingRow, waiting_rows
from counter_app.domain.rights import Right
from counter_app.services import exchange, filing, safety, waiting
from counter_app.services.office import Office
from counter_app.services.safety import LastAnswer, Standing
from counter_app.services.sticks import waiting as waiting_stick
from counter_app.words import sticks
from counter_app.words import waiting as words
from counter_app.words.errors import reason, sentence
from counter_app.words.filing import sending, told
from counter_app.words.syncing import lamp, paused

if TYPE_CHECKING:
    from counter_app.desk.sync_lane import Came
    from counter_app.domain.errors import CounterError

_EXPORT_KEY: Final = "Ctrl+Shift+E"
_STICK_KEY: Final = "Alt+U"
_AGAIN: Final = 30_000  # ms between two looks while the page stands there: what waits grows older
_LOOK: Final = 500  # ms between two looks whether an act was saved
_TWO_LINES: Final = 44  # pixels of the sentences under the list


@dataclass(frozen=True)
class Overview:
    """What the page shows, read at one time; no `standing` where the machine is enrolled nowhere."""

    standing: Standing | None
    last: LastAnswer | None
    rows: list[Heading | WaitingRow]
    peers: tuple[str, ...]
    """Machines that can open a bundle."""
    files: str = ""
    """The files that wait, and what stands in their way."""
    on_stick: str = ""
    """What lies on a stick and is not confirmed."""


def overview(office: Office, now: datetime) -> Overview:
    """For a lane: the first look at many dossiers that wait takes a second."""
    standing = safety.standing(office)
    rows = waiting_rows(waiting.sections(office), now)
    files = _files(office) if standing is not None else ""
    on_stick = sticks.on_stick(waiting_stick(office)) if standing is not None else ""
    return Overview(standing, safety.last_answer(office), rows, exchange.peers(office), files, on_stick)


def _files(office: Office) -> str:
    faults = filing.faults(office)
    return told(filing.tally(office), reason(faults[0].why) if faults else "")


class SyncPage(Page):
    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.list = WaitingList(self.tr("Hồ sơ chưa yên"))
        self.head = SafetyHead()
        self.retry = KeyButton(self.tr("Thử lại ngay"), SYNC_KEY, "link")
        self.export = KeyButton(self.tr("Xuất…"), _EXPORT_KEY, "link")
        self.stick = KeyButton(self.tr("Mang bằng USB"), _STICK_KEY, "link")
        self._exporting = Exporting(desk, self)
        self.form = JoinForm(desk)
        self._why, self._empty = text("", "body", wrap=True), text("", "second", wrap=True)
        self._seen: Overview | None = None
        self._entering = False
        self._stands_in: QWidget | None = None
        self._fault: CounterError | None = None
        self._settling: tuple[bytes, int] | None = None  # the dossier, its place among those in conflict
        self._beside = StoryBeside(desk, self.list, self._list_side(), keys_in=self)
        self.view = self._beside.view
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._beside)
        self.view.told.connect(self.told)
        self.view.digitise.connect(self.digitise)
        self.view.changed.connect(self._on_changed)
        self._exporting.told.connect(self.told)
        self.export.clicked.connect(self._on_export)
        self.stick.clicked.connect(lambda: self.page_asked.emit("stick"))
        self.form.joined.connect(self._on_joined)
        self.bind([(_EXPORT_KEY, self.export.click), (JOIN_KEY, self.form.join)])
        self.bind([(_STICK_KEY, self.stick.click)])
        self.list.selectionModel().currentChanged.connect(self._show_why)
        self._saved = desk.tasks.done("store")
        self._looking, self._again = QTimer(self), QTimer(self)
        self._looking.timeout.connect(self._on_look)
        self._again.timeout.connect(self._look)
        if desk.sync is not None:
            self.retry.clicked.connect(desk.sync.sync_by_hand)
            desk.sync.came.connect(self._on_came)
            desk.sync.filed.connect(lambda progress: self.head.tell_files(sending(progress)[0]))
            self._fault = desk.sync.last.fault if desk.sync.last is not None else None
        self.retry.setVisible(desk.sync is not None)

    @property
    def title(self) -> str:
        return self.tr("Đồng bộ")

    def entered(self) -> None:
        self._entering = True
        self._take_focus()
        self._look()
        self._looking.start(_LOOK)
        self._again.start(_AGAIN)
        self.view.refresh()

    def take_scan(self, scanned: str) -> bool:
        """An invitation is this page's, while it may enrol the machine."""
        return self.form.isVisible() and self.form.take_scan(scanned)

    def is_settled(self) -> bool:
        """Whether the list was read."""
        return self._seen is not None

    def says(self) -> str:
        """The words in the list's place; "" where there is a list."""
        return self._empty.text() if self._middle.currentIndex() == 1 else ""

    def why(self) -> str:
        """Why the row here cannot rest, and what to do."""
        return self._why.text()

    def give_way(self, tight: bool) -> None:
        self.head.give_way(tight)
        self._why.setVisible(not tight)

    def _look(self) -> None:
        office, now = self.desk.office, self.desk.now()
        self.desk.tasks.run("lists", lambda: overview(office, now), self._show, latest=f"sync-{id(self)}")

    def _show(self, seen: Overview) -> None:
        self._seen = seen
        self.list.show_waiting(seen.rows)
        self._go_on()
        went = not seen.rows and self.list.hasFocus()
        self._middle.setCurrentIndex(0 if seen.rows else 1)
        self._show_head(seen)
        self._show_why()
        here = QApplication.focusWidget()
        came = bool(seen.rows) and here is not None and here is self._stands_in
        if came or went or (self._entering and (here is None or self.isAncestorOf(here))):
            self._take_focus()  # else somebody types already into the box on top
        self._entering = False

    def _take_focus(self) -> None:
        """To the list; where there is none, to what can be done."""
        self._stands_in = None
        if self._middle.currentIndex() == 0:
            self._beside.to_list()
        else:
            control = self.form.address if self.form.isVisible() else self.retry
            control.setFocus(Qt.FocusReason.OtherFocusReason)
            self._stands_in = control  # until there is a list

    def _show_head(self, seen: Overview) -> None:
        self._offer_to_join(seen)
        if seen.standing is None:
            self.head.say(
                self.tr("Máy này chưa ghi danh với máy chủ"),
                self._alone_words(),
                "paused",
            )
            self._empty.setText(self.tr("Không có hồ sơ nào chờ bạn chọn."))
        else:
            last = self.desk.sync.last if self.desk.sync is not None else None
            said, _, state = lamp(seen.standing, self.desk.now())
            if last is not None and last.pause is not None:
                said, _, state = paused(last.pause, seen.standing)
            dossiers = seen.standing.dossiers
            part = (dossiers - seen.standing.waiting) / dossiers if dossiers else 1.0
            self.head.say(said, words.answer(seen.last), state, part)
            self._empty.setText(self.tr("Mọi hồ sơ đều an toàn trên máy chủ. Không có gì phải chờ."))
        self.head.tell_files("\n".join(filter(None, [seen.on_stick, seen.files])))
        self.head.complain(sentence(self._fault) if self._fault and seen.standing else "")
        self.retry.setEnabled(seen.standing is not None)

    def _alone_words(self) -> str:
        if self.desk.office.training:
            return self.tr("Đây là kho tập dùng: không ghi danh, hồ sơ tập không rời máy này.")
        if not self.desk.session.may(Right.PAIR):
            return self.tr("Hồ sơ chỉ nằm ở máy này. Quản trị ghi danh máy ở đây, bằng mã của huyện.")
        return self.tr("Hồ sơ chỉ nằm ở máy này; chưa ghi danh thì hãy sao lưu đều (F11, Kho dữ liệu).")

    def _offer_to_join(self, seen: Overview) -> None:
        revoked = seen.last is not None and seen.last.revoked
        may = self.desk.session.may(Right.PAIR) and not self.desk.office.training
        if may and (seen.standing is None or revoked):
            self.form.offer(anew=revoked)
        else:
            self.form.hide()

    def _on_joined(self, district: str) -> None:
        self.told.emit(self.tr("Máy này đã ghi danh với {}; đang đồng bộ.").format(district))
        if self.desk.sync is not None:
            self.desk.sync.sync_by_hand()
        self._beside.to_list()
        self._look()

    def _show_why(self) -> None:
        row = self.list.row()
        self._why.setText(row.why if isinstance(row, WaitingRow) else "")

    def _on_changed(self, dossier: bytes) -> None:
        conflicts = self.list.in_conflict()
        if dossier in conflicts:
            self._settling = dossier, conflicts.index(dossier)
        self._look()

    def _go_on(self) -> None:
        """From a dossier that was just settled to the next one in conflict: Enter opens it."""
        if self._settling is None:
            return
        (dossier, place), self._settling = self._settling, None
        if dossier not in self.list.in_conflict():
            self.list.go_to_conflict(place)
            self._beside.back_to_list()

    def _on_export(self) -> None:
        if self._seen is not None:
            self._exporting.ask(self._seen.peers)

    def _on_came(self, came: Came) -> None:
        if came.done is not None or came.fault is not None:
            self._fault = came.fault
        if self.isVisible():
            self._look()
            self.view.refresh()

    def _on_look(self) -> None:
        if not self.isVisible():
            self._looking.stop()
            self._again.stop()
        elif (done := self.desk.tasks.done("store")) != self._saved:
            self._saved = done
            self._look()

    def _list_side(self) -> QWidget:
        side, below = QWidget(), QWidget()
        whole, column = QVBoxLayout(side), QVBoxLayout(below)
        top = TitleRow(self.title)
        top.add_stretch()
        top.add(self.retry)
        top.add(self.stick)
        top.add(self.export)
        heading = QVBoxLayout()
        heading.setContentsMargins(24, 0, 24, 0)
        heading.addWidget(top)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        whole.addLayout(heading)
        whole.addWidget(FollowingArea(below), 1)
        column.setContentsMargins(24, 0, 24, 6)
        column.setSpacing(8)
        column.addWidget(self.head)
        column.addWidget(self.form)
        sheet = QFrame()
        sheet.setProperty("kind", "sheet")
        self._middle = QStackedLayout(sheet)
        self._middle.setContentsMargins(1, 1, 1, 1)
        self._middle.addWidget(self.list)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setMargin(32)
        self._middle.addWidget(self._empty)
        column.addWidget(sheet, 1)
        self._why.setMinimumHeight(_TWO_LINES)
        self._why.setAlignment(Qt.AlignmentFlag.AlignTop)
        column.addWidget(self._why)
        column.addWidget(
            keys(
                ("↑ ↓", self.tr("chọn")),
                ("Enter", self.tr("mở")),
                ("Ctrl+1 …", self.tr("giữ một bên")),
            )
        )
        return side

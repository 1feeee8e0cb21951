"""Step 4, the second page: what the server holds comes, then what the old disk has; and what is here now."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLineEdit

from counter_app.desk.first_run.ground import Ground
from counter_app.desk.first_run.step import Step
from counter_app.desk.page import Desk
from counter_app.desk.parts import Field
from counter_app.desk.sync_lane import Ending, Stopped
from counter_app.desk.theme import text
from counter_app.desk.widgets.course_line import CourseLine
from counter_app.domain.backoff import back_off
from counter_app.domain.errors import BadInput, CounterError, NoKey, NotAllowed, Unreachable
from counter_app.services import enrolled, replacing
from counter_app.services.first_run import REPLACE
from counter_app.services.replacing import Fetched, Salvaged
from counter_app.services.roads import road_to
from counter_app.words import replacing as words

_LOOK: Final = 200  # ms between two looks at how far the lane is
_SHORTEST, _LONGEST = 2_000, 60_000  # ms between two tries: somebody waits before the screen


class Fetching(Step):
    """Begins by itself, and goes on by itself where the network failed; Enter tries at once."""

    step = REPLACE

    def __init__(self, ground: Ground) -> None:
        super().__init__(ground, self.tr("Lấy lại hồ sơ"))
        self.server, self.given, self.sent = CourseLine(), CourseLine(), CourseLine()
        self.secret = QLineEdit()
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        label = self.tr("Mật khẩu của kho cũ, hoặc các từ trên phiếu khôi phục của kho ấy")
        self._secret = Field(label, self.secret)
        self.said = text("", "name", wrap=True)
        for part in (self.server, self.given, self.sent, self._secret, self.said):
            self.column.addWidget(part)
        self._secret.hide()
        self.said.hide()
        self._act: Callable[[], object] = self._fetch
        """What Enter tries next."""
        self._working = self._done = False
        self._failed = 0
        self._size = 0  # bytes that came, over all tries
        self._now: Fetched | None = None
        self._stops = threading.Event()
        self._course: Fetched | None = None  # the lane only writes it, the window only reads it
        self._looking = QTimer(self)
        self._looking.timeout.connect(self._on_look)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.timeout.connect(lambda: self._act())
        self.finish()

    def entered(self) -> None:
        if not (self._working or self._done):
            self._act()

    def may_go_on(self) -> bool:
        return not self._working

    def next_words(self) -> str:
        if self._working:
            return self.tr("Đang lấy…")
        return self.tr("Tiếp tục") if self._done else self.tr("Thử lại")

    def later(self) -> str:
        if self._done:
            return ""
        return self.tr("Máy tự nhận tiếp khi có mạng; ổ đĩa cũ ở Thiết lập (F11), phần Kho dữ liệu")

    def leave(self, then: Callable[[], object]) -> None:
        if self._done:
            self._go_on(then)
        else:
            self._act()

    def put_off(self, then: Callable[[], object]) -> None:
        """The window's own exchanges go on with it, and bring the officers if they are not here yet."""
        self._again.stop()
        self._stops.set()
        if self._now is not None:
            self._go_on(then)
            return
        office = self._desk().office

        def known(guarded: bool) -> None:
            ground = self.ground
            ground.progress = ground.done("officers") if guarded else ground.put_off("officers")
            then()
            if guarded:
                ground.seat_asked.emit()

        self.ground.tasks.run("read", lambda: office.commune().guarded, known, self.explain)

    def _go_on(self, then: Callable[[], object]) -> None:
        then()
        if self._now is not None and self._now.guarded:
            self.ground.seat_asked.emit()

    def _desk(self) -> Desk:
        assert self.ground.desk is not None
        return self.ground.desk

    # from the server

    def _fetch(self, then: Callable[[Fetched], object] | None = None) -> None:
        """Exchanges until both hold the same."""
        desk, stops = self._desk(), self._stops
        stops.clear()
        office = desk.office
        ends = [stops] if desk.sync is None else [stops, desk.sync.ends]

        def work() -> Fetched | None:
            known = enrolled.district(office)
            if known is None:
                raise NotAllowed("not-enrolled")
            road = (desk.road or road_to)(known)
            try:
                return replacing.fetch(office, Ending(road, *ends), self._note)
            except Stopped:
                return None

        def came(now: Fetched | None) -> None:
            self._stop()
            if now is not None:
                self._failed = 0
                self._now = now
                (then or self._on_fetched)(now)

        self._begin(self.server if then is None else self.sent)
        self.ground.tasks.run("sync", work, came, self._on_failed)

    def _note(self, so_far: Fetched) -> None:
        self._course = so_far

    def _on_look(self) -> None:
        if self._course is not None and not self.sent.words():
            self.server.say(words.coming(self._course))

    def _on_fetched(self, now: Fetched) -> None:
        self._size += now.size
        self.server.say(words.came(now.dossiers, self._size), "in_time")
        if now.agency:
            self.ground.named.emit(now.agency)
        if now.guarded:  # they came along
            self.ground.progress = self.ground.done("officers")
        if self.ground.progress.disk:
            self._act = self._salvage
            self._salvage()
        else:
            self.given.say(words.no_disk(), "paused")
            self._end(now)

    # from the old disk

    def _salvage(self) -> None:
        desk, secret = self._desk(), self.secret.text().strip()
        office, session, folder = desk.office, desk.session, Path(self.ground.progress.disk)
        vault = self.ground.vault

        def work() -> Salvaged:
            return replacing.from_disk(office, session, folder, vault(), secret)

        self._begin(self.given)
        self.given.say(words.reading())
        self.ground.tasks.run("keep", work, self._on_salvaged, self._on_disk_failed)

    def _on_salvaged(self, given: Salvaged) -> None:
        self._secret.hide()
        self.fields = []
        self.secret.clear()
        self.given.say(words.from_disk(given), "late" if given.refused or given.aside else "in_time")
        self._act = self._deliver
        self._deliver()

    def _deliver(self) -> None:
        self._fetch(self._end)
        self.sent.say(words.delivering())

    def _on_disk_failed(self, error: CounterError) -> None:
        self.given.say("")
        tried = bool(self.secret.text())
        self._on_failed(error)
        if isinstance(error, NoKey | BadInput):
            self._secret.show()
            self.fields = [self.secret]
            self.secret.setFocus(Qt.FocusReason.OtherFocusReason)
            self.secret.selectAll()
            if tried and isinstance(error, NoKey):
                self.complain(self.tr("Mật khẩu hoặc các từ này không mở được kho cũ; hãy gõ lại."))

    # how it stands

    def _begin(self, line: CourseLine) -> None:
        self._again.stop()
        self._working = True
        self._course = None
        self.notice.say("")
        if line is self.server:
            line.say(words.coming(None))
        self._looking.start(_LOOK)
        self.turned.emit()

    def _end(self, now: Fetched) -> None:
        self._stop()
        self._done = True
        self.sent.say("")
        self.said.setText(words.end(now))
        self.said.show()
        self.turned.emit()
        if (sync := self._desk().sync) is not None:
            sync.exchange()  # the lamp counts what is here now

    def _on_failed(self, error: CounterError) -> None:
        self._stop()
        for line in (self.server, self.sent):
            if line.words() in (words.coming(None), words.delivering()):
                line.say("")
        self.explain(error)
        if isinstance(error, Unreachable):
            self._failed += 1
            again = self.tr("{} Máy sẽ tự thử lại; bấm Enter để thử ngay.")
            self.complain(again.format(self.notice.words()))
            told = error.facts.get("after_s")
            wait = back_off(self._failed, _SHORTEST, _LONGEST, after_s=told if isinstance(told, int) else 0)
            self._again.start(wait)
        self.turned.emit()

    def _stop(self) -> None:
        self._looking.stop()
        self._working = False

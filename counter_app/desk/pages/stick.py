"""Mang bằng USB (from Đồng bộ): copied out, carried to the district, brought home, in three steps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QFileDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from counter_app.desk.following import FollowingArea
from counter_app.desk.lines import Lines
from counter_app.desk.page import Desk, Page
from counter_app.desk.parts import Field, KeyButton, Notice, keeps_escape, keys
from counter_app.desk.theme import styled, text
from counter_app.desk.title_row import TitleRow
from counter_app.domain.errors import CounterError, NotAllowed
from counter_app.domain.rights import Right
from counter_app.services import enrolled, filing, opening, safety, stick_down, stick_up, sticks
from counter_app.services.office import Office
from counter_app.services.stick_down import Brought
from counter_app.services.stick_up import Copied
from counter_app.services.sticks import Set
from counter_app.system import drives, files
from counter_app.system.drives import Drive
from counter_app.words import sticks as words
from counter_app.words.errors import sentence
from counter_app.words.states import only_for
from counter_app.words.syncing import size

_OUT_KEY, _HOME_KEY, _CHOOSE_KEY = "F9", "Ctrl+Enter", "Ctrl+O"
_LOOK: Final = 2000  # ms between two looks at what is plugged in
_PROGRESS: Final = 250  # ms between two looks at how far a lane is
_LEAST: Final = 280  # pixels under which the drive takes a line of its own
_BETWEEN: Final = 12
_CHOSEN: Final = Qt.ItemDataRole.UserRole


@dataclass(frozen=True)
class Seen:
    """What the page shows, read at one time; `district` is "" where the machine is enrolled nowhere."""

    district: str
    events: int
    files: int
    copied: Set | None
    plugged: list[Drive]
    answers: int
    """Parts of an answer to this machine in the chosen folder."""


def look(office: Office, folder: Path | None, plugged: list[Drive]) -> Seen:
    """For a lane."""
    known = enrolled.district(office)
    answers = 0
    if folder is not None and folder.is_dir():
        try:
            answers = len(stick_down.answers_in(office, folder))
        except CounterError:  # it was pulled out in this moment
            answers = 0
    name = office.settings.district or (known.name if known is not None else "")
    events = safety.counts(office).pending
    return Seen(
        name if known else "", events, filing.tally(office).files, sticks.waiting(office), plugged, answers
    )


class _Step(QFrame):
    """A numbered step: the one that is next has the accent."""

    def __init__(self, number: int, title: str) -> None:
        super().__init__()
        self.setProperty("kind", "band")
        self._number = text(str(number), "step")
        self._number.setFixedSize(32, 32)
        self._number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._title = text(title, "heading")
        self.said = text("", "body", wrap=True)
        self.notice = Notice()
        column = QVBoxLayout()
        column.setSpacing(6)
        for part in (self._title, self.said, self.notice):
            column.addWidget(part)
        self.acts = Lines(spacing=_BETWEEN)
        column.addLayout(self.acts)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 11, 16, 8)
        row.setSpacing(16)
        row.addWidget(self._number, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)
        self.setAccessibleName(title)

    def stand(self, *, here: bool, done: bool) -> None:
        styled(self, here=here)
        styled(self._title, here=here)
        styled(self._number, here=here, done=done and not here)

    def rename(self, title: str) -> None:
        self._title.setText(title)
        self.setAccessibleName(title)


class StickPage(Page):
    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.find_drives: Callable[[], list[Drive]] = drives.drives
        self.out, self.carry, self.home = (
            _Step(1, self.tr("Chép ra USB")),
            _Step(2, self.tr("Mang lên máy chủ")),
            _Step(3, self.tr("Nhận về")),
        )
        self.drive = QComboBox()
        self.choose = KeyButton(self.tr("Xem thư mục khác…"), _CHOOSE_KEY)
        self.copy = KeyButton(self.tr("Chép ra USB"), _OUT_KEY, "primary")
        self.stop = KeyButton(self.tr("Dừng"))
        self.take = KeyButton(self.tr("Nhận về"), _HOME_KEY)
        self.notice = Notice()
        self._folder: Path | None = None  # that was chosen where no drive was
        self._seen: Seen | None = None
        self._progress: Copied | Brought | None = None  # a lane writes it, the window reads it
        self._stopped = self._busy = self._lost_focus = False
        self._lay()
        self.copy.clicked.connect(self._on_copy)
        self.stop.clicked.connect(self._on_stop)
        self.take.clicked.connect(self._on_take)
        self.choose.clicked.connect(self._on_choose)
        self.drive.currentIndexChanged.connect(lambda: self.look())
        self.bind(
            [
                (_OUT_KEY, self.copy.click),
                ("Ctrl+Return", self.take.click),
                (_CHOOSE_KEY, self.choose.click),
            ]
        )
        self._looking, self._watching = QTimer(self), QTimer(self)
        self._looking.timeout.connect(self._on_look)
        self._watching.timeout.connect(self._on_watch)

    @property
    def title(self) -> str:
        return self.tr("Mang bằng USB")

    def entered(self) -> None:
        self._lost_focus = True
        self.choose.setFocus(Qt.FocusReason.OtherFocusReason)
        self.look()
        self._looking.start(_LOOK)

    def is_settled(self) -> bool:
        return self._seen is not None and not self._busy

    def event(self, event: QEvent) -> bool:
        return keeps_escape(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def look(self) -> None:
        """What waits, what is plugged in, what lies there."""
        office, find, folder = self.desk.office, self.find_drives, self.folder()
        self.desk.tasks.run(
            "lists", lambda: look(office, folder, find()), self._show, latest=f"stick-{id(self)}"
        )

    def folder(self) -> Path | None:
        """Where the parts lie: a folder of their own on a drive, or the one that was chosen."""
        chosen = self.drive.currentData(_CHOSEN)
        return Path(chosen) if chosen else None

    # what it shows

    def _show(self, seen: Seen) -> None:
        self._seen = seen
        self._list_drives(seen.plugged)
        able = bool(seen.district) and self.desk.session.may(Right.CARRY)
        there = self.folder() is not None
        if not seen.district:
            self.notice.say(self.tr("Máy này chưa ghi danh với máy chủ; hãy ghi danh trước, ở Đồng bộ (F8)."))
        elif not able:
            self.notice.say(only_for(Right.CARRY))
        elif not there:
            self.notice.say(self.tr("Chưa thấy USB nào; hãy cắm USB vào, hoặc chọn một thư mục."), "soon")
        else:
            self.notice.say("")
        self.carry.rename(
            self.tr("Mang lên {name}").format(name=seen.district)
            if seen.district
            else self.tr("Mang lên máy chủ")
        )
        step = 3 if seen.answers and seen.copied else 2 if seen.copied else 1
        for number, one in enumerate((self.out, self.carry, self.home), 1):
            one.stand(here=number == step, done=number < step)
        if not self._busy:
            waits = words.waits(seen.events, seen.files)
            self.out.said.setText("\n".join(filter(None, [waits, words.on_stick(seen.copied)])))
            self.home.said.setText(
                self.tr("Trên USB có trả lời của máy chủ: {n} phần.").format(n=seen.answers)
                if seen.answers
                else self.tr("Khi USB trở về, cắm lại vào máy này rồi nhận trả lời của máy chủ.")
            )
        for button, on in ((self.copy, able and there), (self.take, able and bool(seen.answers))):
            button.setEnabled(on and not self._busy)
        self.copy.say(self.tr("Chép tiếp") if seen.copied else self.tr("Chép ra USB"))

        if self._lost_focus and not self._busy:
            self._lost_focus = False
            if self.choose.hasFocus():  # else somebody has gone on meanwhile
                self._take_focus(step)

    def _take_focus(self, step: int) -> None:
        """To what can be done next."""
        acts = (self.take, self.copy) if step == 3 else (self.copy, self.take)
        able = [one for one in (*acts, self.choose) if one.isEnabled()]
        if able:
            able[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _list_drives(self, plugged: list[Drive]) -> None:
        """The same drive stays chosen while it is plugged in."""
        free = self.tr("{name} (còn trống {size})")
        rows = [
            (free.format(name=one.name, size=size(one.free)), one.path / sticks.FOLDER) for one in plugged
        ]
        if self._folder is not None:
            rows.append((str(self._folder), self._folder))
        before, now = self.drive.currentData(_CHOSEN), [str(path) for _, path in rows]
        self.drive.blockSignals(True)
        self.drive.clear()
        for said, path in rows:
            self.drive.addItem(said, str(path))
        if before in now:
            self.drive.setCurrentIndex(now.index(before))
        self.drive.blockSignals(False)
        self.drive.setEnabled(bool(rows) and not self._busy)
        if self.drive.currentData(_CHOSEN) != before:
            self.look()  # for what lies on it

    # what it does

    def _on_copy(self) -> None:
        folder, office, session = self.folder(), self.desk.office, self.desk.session
        if folder is None or self._busy:
            return

        def work() -> Copied:
            opening.refuse_inside(office.places, [folder])
            files.shared_folder(folder)
            return stick_up.copy_out(office, session, folder, self._note)

        self._begin(self.out)
        self.desk.tasks.run("keep", work, self._on_copied, self._failed(self.out))

    def _on_copied(self, done: Copied) -> None:
        self._end()
        self.out.notice.say(words.copied(done), "soon")

    def _on_take(self) -> None:
        folder, office, session = self.folder(), self.desk.office, self.desk.session
        if folder is None or self._busy:
            return
        self._begin(self.home)
        self.desk.tasks.run(
            "keep",
            lambda: stick_down.bring_home(office, session, folder, self._note),
            self._on_taken,
            self._failed(self.home),
        )

    def _on_taken(self, done: Brought) -> None:
        self._end()
        self.out.notice.say("")
        self.home.notice.say(words.taken(done), "late" if done.refused or done.revoked else "in_time")
        self.told.emit(words.taken(done))

    def _on_stop(self) -> None:
        self._stopped = True

    def _note(self, so_far: Copied | Brought) -> None:
        """In a lane, between two parts."""
        self._progress = so_far
        if self._stopped:
            raise NotAllowed("stick-stopped")

    def _begin(self, step: _Step) -> None:
        self._busy, self._stopped, self._progress = True, False, None
        step.notice.say("")
        for part in (self.copy, self.take, self.drive, self.choose):
            part.setEnabled(False)
        self.stop.show()
        self.stop.setFocus(Qt.FocusReason.OtherFocusReason)
        self._watching.start(_PROGRESS)

    def _end(self) -> None:
        self._busy = False
        self._watching.stop()
        self.choose.setEnabled(True)
        if self.stop.hasFocus():
            self.choose.setFocus(Qt.FocusReason.OtherFocusReason)  # until it is known what is next
            self._lost_focus = True
        self.stop.hide()
        self.look()

    def _failed(self, step: _Step) -> Callable[[CounterError], object]:
        def failed(error: CounterError) -> None:
            self._end()
            step.notice.say(sentence(error), "soon" if error.why == "stick-stopped" else "late")

        return failed

    def _on_watch(self) -> None:
        now = self._progress
        if isinstance(now, Copied):
            self.out.said.setText(words.copying(now))
        elif isinstance(now, Brought):
            self.home.said.setText(words.taking(now))

    def _on_choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.tr("USB hoặc thư mục"), str(self.folder() or ""))
        if chosen and self.isEnabled():
            self.use(Path(chosen))

    def use(self, folder: Path) -> None:
        """Has the parts lie in that folder, where no drive is recognised."""
        self._folder = folder
        self._list_drives(self._seen.plugged if self._seen else [])
        self.drive.setCurrentIndex(self.drive.count() - 1)

    def _on_look(self) -> None:
        if not self.isVisible():
            self._looking.stop()
        elif not self._busy:
            self.look()

    def _lay(self) -> None:
        column, whole = QVBoxLayout(), QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        heading = QVBoxLayout()
        heading.setContentsMargins(24, 0, 24, 0)
        heading.addWidget(TitleRow(self.title))
        whole.addLayout(heading)
        below = QWidget()
        below.setLayout(column)
        whole.addWidget(FollowingArea(below), 1)
        column.setContentsMargins(24, 4, 24, 12)
        column.setSpacing(8)
        where = Lines(spacing=_BETWEEN)
        where.add(Field(self.tr("USB đang cắm"), self.drive), 1, _LEAST)
        where.add(self.choose, align=Qt.AlignmentFlag.AlignBottom)
        column.addLayout(where)
        column.addWidget(self.notice)
        self.out.acts.add(self.copy)
        self.out.acts.add(self.stop)
        self.stop.hide()
        self.home.acts.add(self.take)
        self.carry.said.setText(
            self.tr(
                "Rút USB an toàn, mang lên đó. Người giữ máy chủ nhận việc và ghi trả lời vào chính USB này. "
                "Rút nhầm giữa chừng thì cắm lại, chương trình chép tiếp."
            )
        )
        sheet = QFrame()
        sheet.setProperty("kind", "sheet")
        steps = QVBoxLayout(sheet)
        steps.setContentsMargins(1, 1, 1, 1)
        steps.setSpacing(0)
        for one in (self.out, self.carry, self.home):
            steps.addWidget(one)
        steps.addStretch(1)
        column.addWidget(sheet, 1)
        column.addWidget(
            keys(
                (_OUT_KEY, self.tr("chép ra")),
                (_HOME_KEY, self.tr("nhận về")),
                ("Esc", self.tr("về Đồng bộ")),
            )
        )

"""The frame of the first run: the steps on the left with their marks, one page, and the keys under it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from counter_app.desk import theme
from counter_app.desk.first_run.agency import AgencyCode, AgencyName, OfficeFacts
from counter_app.desk.first_run.fetching import Fetching
from counter_app.desk.first_run.ground import Ground
from counter_app.desk.first_run.keys import KeyringTrial, Passphrase
from counter_app.desk.first_run.officers import MoreOfficers, OwnAccount
from counter_app.desk.first_run.printer import PrinterTrial
from counter_app.desk.first_run.ready import Ready
from counter_app.desk.first_run.rejoining import Rejoining
from counter_app.desk.first_run.rules import RulesHeld
from counter_app.desk.first_run.scanner import ScannerTrial
from counter_app.desk.first_run.sheet import SheetCheck, SheetPlace
from counter_app.desk.first_run.step import Step
from counter_app.desk.following import FollowingArea
from counter_app.desk.lines import Lines
from counter_app.desk.parts import KeyButton, keys
from counter_app.desk.theme import styled, text
from counter_app.services.first_run import REPLACE

_LIST: Final = 208
_PAGES: Final[tuple[Callable[[Ground], Step], ...]] = (
    *(AgencyName, AgencyCode, OfficeFacts, KeyringTrial, Passphrase, SheetPlace, SheetCheck),
    *(Rejoining, Fetching),
    *(OwnAccount, MoreOfficers, PrinterTrial, ScannerTrial, RulesHeld, Ready),
)
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FirstRun(QWidget):
    """Enter goes on, Shift+Enter or Esc back, Ctrl+Enter puts off what may wait."""

    finished = Signal()

    def __init__(self, ground: Ground) -> None:
        super().__init__()
        self.ground = ground
        self.setAccessibleName(self.tr("Thiết lập lần đầu"))
        self._marks: dict[str, tuple[QLabel, QLabel]] = {}
        self.steps: list[Step] = [page(ground) for page in _PAGES]
        self._stack = QStackedWidget()
        self._busy = self._tight = False
        self._held: QWidget | None = None  # what had the focus before the page worked
        for page in self.steps:
            page.ahead.connect(self._leave)
            page.busy.connect(self._on_busy)
            page.turned.connect(self._on_turned)
            self._stack.addWidget(_scrolled(page))
        self.onward = KeyButton("", "Enter", "primary")
        self.onward.clicked.connect(self._leave)
        self.postpone = KeyButton(self.tr("Bỏ qua, làm sau"), "Ctrl+Enter")
        self.postpone.clicked.connect(self._put_off)
        self._where = text("", "small", wrap=True)
        self._back = keys(("Shift+Enter", self.tr("lùi")))
        sheet = QFrame()
        sheet.setProperty("kind", "sheet")
        inside = QVBoxLayout(sheet)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self._stack)
        buttons = Lines()
        buttons.add(self.onward)
        buttons.add(self.postpone)
        buttons.add(self._where, 1, 168)
        buttons.add(self._back)
        self._right = right = QVBoxLayout()
        right.setContentsMargins(32, 24, 32, 16)
        right.setSpacing(16)
        right.addWidget(sheet, 1)
        right.addLayout(buttons)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._side = self._list()
        row.addWidget(self._side)
        row.addLayout(right, 1)
        self._at = 0

    @property
    def page(self) -> Step:
        return self.steps[self._at]

    def give_way(self, tight: bool) -> None:
        """The page alone, without the list of steps."""
        self._tight = tight
        self._side.setVisible(not tight)
        self._right.setContentsMargins(*((16, 8, 16, 8) if tight else (32, 24, 32, 16)))
        self._right.setSpacing(8 if tight else 16)
        self._show_keys()

    def start(self) -> None:
        """At the first step that is not done; what was chosen and never kept is asked again."""
        ground = self.ground
        if ground.desk is None:
            lost = {"keys", "sheet"}
            ground.progress = replace(ground.progress, done=ground.progress.done - lost)
        self._go(self._next(-1))

    def event(self, event: QEvent) -> bool:
        # The window has keys of its own, Esc and the F-keys, which here mean nothing else than they say.
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, held = event.key(), event.modifiers()
        control = bool(held & Qt.KeyboardModifier.ControlModifier)
        if event.isAutoRepeat() and key in _ENTER:  # a key that lies under a file sets nothing up
            return
        if key == Qt.Key.Key_Escape or (key in _ENTER and held & Qt.KeyboardModifier.ShiftModifier):
            self._go_back()
        elif key in _ENTER and control:
            self._put_off()
        elif key in _ENTER:
            self._on_enter()
        elif key == Qt.Key.Key_F2 and self._at == len(self.steps) - 1:
            self._leave()
        elif control and (button := self._button_of(key)) is not None:
            button.click()
        else:
            super().keyPressEvent(event)

    def _button_of(self, key: int) -> KeyButton | None:
        named = f"Ctrl+{chr(key)}" if 32 < key < 127 else ""
        found = [b for b in self.page.findChildren(KeyButton) if b.key == named and b.isVisibleTo(self)]
        return found[0] if named and found else None

    def _on_enter(self) -> None:
        focused = QApplication.focusWidget()
        if isinstance(focused, QPushButton) and self.page.isAncestorOf(focused):
            focused.click()
        elif not self._busy and not self.page.takes_enter(focused):
            self._leave()

    def _leave(self) -> None:
        if not self._busy and self.page.may_go_on():
            self.page.leave(self._on_left)

    def _on_left(self) -> None:
        page, ground = self.page, self.ground
        last = self._at == len(self.steps) - 1
        then = self.finished.emit if last else lambda: self._go(self._next(self._at))
        if page.ends:
            page.work("store", ground.advance(ground.done(page.step)), then)
        else:
            then()

    def _put_off(self) -> None:
        if not self._busy and self.page.later():
            self.page.put_off(self._on_put_off)

    def _on_put_off(self) -> None:
        page, ground = self.page, self.ground
        beyond = max(place for place, other in enumerate(self.steps) if other.step == page.step)
        if page.marks_later:
            kept = ground.put_off(page.step) if page.puts_off_step else ground.done(page.step)
            page.work("store", ground.advance(kept), lambda: self._go(self._next(beyond)))
        else:
            self._go(self._next(beyond))

    def _go_back(self) -> None:
        if not self._busy and (before := self._before()) is not None:
            self._go(before)

    def _before(self) -> int | None:
        if self._at == 0:
            return None
        before = next(place for place in range(self._at - 1, -1, -1) if self._is_asked(place))
        return before if self._is_open(before) else None

    def _is_open(self, place: int) -> bool:
        return self.ground.desk is None or not self.steps[place].before_store

    def _is_asked(self, place: int) -> bool:
        return self.ground.progress.replaces or self.steps[place].step != REPLACE

    def _next(self, place: int) -> int:
        """The next page whose step is neither done nor put off; the last one at last."""
        settled = self.ground.progress.done | self.ground.progress.later
        for after in range(place + 1, len(self.steps)):
            same = place >= 0 and self.steps[after].step == self.steps[place].step
            if (
                self._is_open(after)
                and self._is_asked(after)
                and (same or self.steps[after].step not in settled)
            ):
                return after
        return len(self.steps) - 1

    def _go(self, place: int) -> None:
        self._at = place
        page = self.page
        self._stack.setCurrentIndex(place)
        page.notice.say("")
        self._show_keys()
        self._show_marks()
        self.onward.setFocus(Qt.FocusReason.OtherFocusReason)
        page.entered()

    def _show_keys(self) -> None:
        page, later = self.page, self.page.later()
        self.onward.say(page.next_words())
        self.onward.setEnabled(page.may_go_on() and not self._busy)
        self.postpone.setVisible(bool(later))
        self._where.setText(later)
        self._back.setVisible(self._before() is not None and not self._tight)

    def _on_busy(self, on: bool) -> None:
        self._busy = on
        if on:
            self._held = QApplication.focusWidget()
            self.setFocus()  # what is switched off gives the focus to whatever comes next
        for widget in (self.page, self.onward, self.postpone):
            widget.setEnabled(not on)
        if not on:
            self._show_keys()
            if self._held is not None and self.isAncestorOf(self._held):
                self._held.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_turned(self) -> None:
        waits = not self.page.may_go_on()
        if waits:
            self.setFocus()  # a key that is pressed once too often must not skip anything
        self._show_keys()
        self._show_marks()
        focused = QApplication.focusWidget()
        if not waits and (focused is None or not self.page.isAncestorOf(focused)):
            self.onward.setFocus(Qt.FocusReason.OtherFocusReason)

    # the list

    def _list(self) -> QWidget:
        names = {
            "agency": self.tr("Cơ quan"),
            "keys": self.tr("Chìa khóa kho"),
            "sheet": self.tr("Phiếu khôi phục"),
            REPLACE: self.tr("Hồ sơ máy cũ"),
            "officers": self.tr("Cán bộ"),
            "printer": self.tr("Máy in"),
            "scanner": self.tr("Máy quét"),
            "rules": self.tr("Danh mục, lịch"),
            "ready": self.tr("Xong"),
        }
        side = QWidget()
        side.setProperty("kind", "rail")
        side.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        side.setFixedWidth(_LIST)
        column = QVBoxLayout(side)
        column.setContentsMargins(16, 24, 16, 16)
        column.setSpacing(4)
        column.addWidget(text(self.tr("Thiết lập lần đầu"), "heading"))
        column.addSpacing(8)
        for step, said in names.items():
            mark, name = text("", "step"), text(said)
            mark.setFixedSize(28, 28)
            mark.setAlignment(Qt.AlignmentFlag.AlignCenter)
            row = QWidget()
            line = QHBoxLayout(row)
            line.setContentsMargins(0, 0, 0, 12)
            line.setSpacing(12)
            line.addWidget(mark)
            line.addWidget(name, 1)
            column.addWidget(row)
            self._marks[step] = mark, name
        column.addStretch(1)
        return side

    def _show_marks(self) -> None:
        progress, here = self.ground.progress, self.page.step
        steps = progress.steps
        for step, (mark, name) in self._marks.items():
            row = mark.parentWidget()
            assert row is not None
            row.setVisible(step in steps)
            if step not in steps:
                continue
            number = steps.index(step) + 1
            done = step in progress.done and step != here
            styled(mark, here=step == here, done=done)
            styled(name, kind="strong" if step == here else "body")
            if done:
                mark.setPixmap(theme.pixmap("tick", theme.STATES["in_time"][0]))
            else:
                mark.setText("–" if step in progress.later and step != here else str(number))


def _scrolled(page: Step) -> QWidget:
    """The page in a frame that scrolls where the window is low and the letters large."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(32, 24, 32, 16)
    row.addWidget(page, 1)
    row.addStretch(0)
    return FollowingArea(holder)

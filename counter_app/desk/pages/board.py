"""Hẹn trả (F4): what is late, due, waited for and ready, whom to call, and what the day has left to do."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from counter_app.desk.page import Desk, Page
from counter_app.desk.pages.board_strip import BoardStrip
from counter_app.desk.pages.board_tabs import BoardTabs
from counter_app.desk.pages.from_above import FromAbove
from counter_app.desk.pages.looks import Chosen, Look, Seen, lane, look
from counter_app.desk.pages.reminding import Reminding
from counter_app.desk.parts import keys
from counter_app.desk.theme import text
from counter_app.desk.title_row import MIDDLE
from counter_app.desk.widgets.beside import StoryBeside
from counter_app.desk.widgets.board_rows import BoardList, in_order_of
from counter_app.desk.widgets.call_acts import CALL
from counter_app.services.boards import Group
from counter_app.services.calls import Outcome

_PAST: Final = 1_100  # ms after the minute: what was due then is late, even where the clock tells no less
_STILL: Final = 1_500  # ms without a move, before a list that is being walked is read again
_TAB: Final = 40  # pixels of a tab, which stands beside the title
_PAINTED: Final = 30  # ms for the first rows to be painted, before the others are folded beside them
_CALLED: Final = {str(number): outcome for number, outcome in enumerate(Outcome, start=1)}


class BoardPage(Page):
    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.list = BoardList(self.tr("Hồ sơ hẹn trả"))
        self._empty = text("", "second", wrap=True)
        self._tabs = BoardTabs(self.title)
        self._strip = BoardStrip(desk, self.list.here, keys_in=self)
        self.above = FromAbove(desk)
        self.bind((button.key, button.click) for button in (self.above.done, self.above.more))
        self.reminding = Reminding(desk)
        if desk.keeper is not None:
            desk.keeper.kept.connect(self.reminding.look)
        self._seen: Seen | None = None
        self._keeps_order = False
        self._beside = StoryBeside(desk, self.list, self._list_side(), keys_in=self)
        self.view = self._beside.view
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._beside)
        self._tabs.asked.connect(self._look)
        self._strip.hamlets.chosen.connect(self._look)
        self._strip.told.connect(self.told)
        self.view.told.connect(self.told)
        self.view.digitise.connect(self.digitise)
        self.view.changed.connect(self._on_changed)
        self._moving = QTimer(self)
        self._moving.setSingleShot(True)
        self._moving.setInterval(_STILL)
        self.list.selectionModel().currentChanged.connect(lambda: self._moving.start())
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(lambda: self._read(first=False))
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setTimerType(Qt.TimerType.PreciseTimer)
        self._again.timeout.connect(self.tick)
        self._again.start(_to_next_minute(desk.now()))

    @property
    def title(self) -> str:
        return self.tr("Hẹn trả")

    @property
    def tabs(self) -> BoardTabs:
        return self._tabs

    @property
    def strip(self) -> BoardStrip:
        return self._strip

    def give_way(self, tight: bool) -> None:
        self._tabs.give_way(tight)

    def entered(self) -> None:
        self._beside.to_list()
        self._look()
        self.above.look()
        self.reminding.look()
        self.view.refresh()

    def choose(self, chosen: Chosen) -> None:
        """Looks at one section, list or day alone; None at all sections."""
        self._tabs.choose(chosen)
        self._look()

    def looks_at(self) -> Chosen:
        """What is shown now, which may come a moment after it was chosen."""
        return self._seen.chosen if self._seen is not None else None

    def is_settled(self) -> bool:
        """Whether all that is shown has its details."""
        return self._seen is not None and self._seen.is_whole

    def says(self) -> str:
        """The words in the list's place; "" where there is a list."""
        return self._empty.text() if self._middle.currentIndex() == 1 else ""

    def sums_up(self) -> str:
        """The line over the list; "" where there is none."""
        return self._strip.says()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right go from tab to tab; 1 to 5 tell what came of a call."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        way = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()))
        if plain and event.text() in _CALLED:
            self._call(_CALLED[event.text()])
        elif plain and way is not None:
            self._tabs.step(way)
            self._look()
            self._beside.to_list()
        else:
            super().keyPressEvent(event)

    def take_scan(self, scanned: str) -> bool:
        """Left to the window; but a slow scanner's first key may have opened the fields of a call."""
        if scanned[:1] in _CALLED:
            outcome, begun = _CALLED[scanned[0]], self.view.band.begun()
            if self.view.is_about_to_ask() or begun == (CALL, {"outcome": outcome, "more": ""}):
                self.view.leave()
        return False

    def tick(self) -> None:
        """A minute has passed: what is due moves on with the clock, but never under a moving hand."""
        if self._moving.isActive():
            self._again.start(_STILL)
            return
        self._again.start(_to_next_minute(self.desk.now()))
        self._keeps_order = False
        if self.isVisible():
            self._look()
            self.above.look()
            self.reminding.look()

    def _call(self, outcome: str) -> None:
        if (here := self._beside.here()) is not None and not self.view.is_about_to_ask():
            self._beside.act_on(here, [CALL], {"outcome": outcome})

    def _look(self) -> None:
        self._rest.stop()
        # A list that stands there already is read whole: its rows and the cursor stay where they are.
        self._read(first=self._seen is None or self._seen.chosen != self._tabs.chosen)

    def _read(self, *, first: bool) -> None:
        office, now, chosen = self.desk.office, self.desk.now(), self._tabs.chosen
        hamlet = self._strip.hamlets.hamlet
        self.desk.tasks.run(
            lane(chosen, first=first),
            lambda: look(office, now, chosen, hamlet, first=first),
            self._show,
            latest=f"board-{id(self)}",
        )

    def _show(self, seen: Seen) -> None:
        if not seen.is_whole:
            if not seen.is_first:
                self._read(first=False)
                return
            self._rest.start(_PAINTED)
        before, self._seen = self._seen, seen
        anew = before is None or (before.chosen, before.hamlet) != (seen.chosen, seen.hamlet)
        self._tabs.say(seen.counts)
        rows = seen.rows
        if self._keeps_order and before is not None and not anew:
            rows = in_order_of(before.rows, rows)
            self._seen = Seen(**{**vars(seen), "rows": rows})
        # Who stood first in a screen of rows is not who stands first of all; a hand that moved keeps its row.
        began = before is not None and not anew and not before.is_whole and not self._was_moved()
        self.list.show_board(rows, anew=anew or began, keep_here=not began)
        self._strip.show_seen(seen)
        self._empty.setText(self._empty_words(seen))
        self._middle.setCurrentIndex(0 if rows or not seen.is_whole else 1)

    def _was_moved(self) -> bool:
        """Whether another row than the first is here, or one is open."""
        return self._beside.opened is not None or self.list.currentIndex().row() > 1

    def _empty_words(self, seen: Seen) -> str:
        if seen.chosen is Look.DAY:
            return self.tr("Hôm nay chưa nhận, chưa trả hồ sơ nào. Bấm F2 rồi quét thẻ căn cước để bắt đầu.")
        if not seen.counts[None]:
            return self.tr("Không có hồ sơ nào đang chờ. Bấm F2 rồi quét thẻ căn cước để tiếp nhận.")
        if seen.chosen is Look.CALLS and seen.calls is not None and seen.calls.rounds:
            return self.tr("Thôn này không còn ai cần gọi. Chọn thôn khác ở trên.")
        about: dict[Chosen, str] = {
            None: "",
            Look.CALLS: self.tr("Không có ai cần gọi: không hồ sơ nào có kết quả, thiếu giấy hay quá hạn."),
            Group.LATE: self.tr("Không có hồ sơ nào quá hạn."),
            Group.TODAY: self.tr("Hôm nay không còn hồ sơ nào phải trả."),
            Group.TOMORROW: self.tr("Ngày làm việc tới không có hồ sơ nào đến hạn."),
            Group.SOON: self.tr("Ba ngày làm việc tới không có hồ sơ nào đến hạn."),
            Group.STEP: self.tr("Không có bước nào quá hạn."),
            Group.HANDED: self.tr("Không có hồ sơ nào đã giao mà bên nhận chưa ghi nhận."),
            Group.REGISTERED: self.tr("Không có hồ sơ nào chờ tiếp nhận."),
            Group.SUPPLEMENT: self.tr("Không có hồ sơ nào chờ người dân bổ sung giấy tờ."),
            Group.PAYMENT: self.tr("Không có hồ sơ nào chờ người dân nộp phí."),
            Group.READY: self.tr("Không có kết quả nào chờ người dân đến nhận."),
        }
        return about[seen.chosen] + " " + self.tr("Bấm ← → để sang mục khác.")

    def _on_changed(self, dossier: bytes) -> None:
        # A call that was just recorded stays where it is until the next minute: the hand goes on from there.
        self._keeps_order = self._tabs.chosen is Look.CALLS
        self._look()

    def _list_side(self) -> QWidget:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(24, MIDDLE - _TAB // 2, 24, 6)
        column.setSpacing(8)
        column.addWidget(self._tabs)
        column.addWidget(self.above)
        column.addWidget(self.reminding)
        column.addWidget(self._strip)
        sheet = QFrame()
        sheet.setProperty("kind", "sheet")
        self._middle = QStackedLayout(sheet)
        self._middle.setContentsMargins(1, 1, 1, 1)
        self._middle.addWidget(self.list)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setMargin(48)
        self._middle.addWidget(self._empty)
        column.addWidget(sheet, 1)
        column.addWidget(
            keys(
                ("← →", self.tr("mục")),
                ("↑ ↓", self.tr("chọn")),
                ("Enter", self.tr("mở")),
                ("1 … 5", self.tr("ghi cuộc gọi")),
                ("Shift+F4", self.tr("thư chờ ký")),
            )
        )
        return side


def _to_next_minute(now: datetime) -> int:
    """Milliseconds until just after the next full minute."""
    return 60_000 - now.second * 1_000 - now.microsecond // 1_000 + _PAST

"""Trả kết quả (F5): scan the slip, see who may take what, give it out, and be ready for the next slip."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from counter_app.desk.page import Desk, Page
from counter_app.desk.pages.asking import Meaning, ask
from counter_app.desk.pages.given import GivenPanel, TeachingPanel
from counter_app.desk.parts import KeyButton, Notice, keys, typed
from counter_app.desk.theme import text
from counter_app.desk.widgets.beside import NARROW
from counter_app.desk.widgets.collector import Collector
from counter_app.desk.widgets.dossier_rows import DossierList
from counter_app.desk.widgets.hand_sheet import HandBackSheet
from counter_app.desk.widgets.pile import Pile, blocked
from counter_app.desk.widgets.reading import Story, read_story
from counter_app.desk.widgets.story_view import takes
from counter_app.desk.widgets.timeline import Timeline, happenings
from counter_app.domain.card import Card
from counter_app.domain.errors import CounterError
from counter_app.domain.fold import Dossier
from counter_app.services import handover
from counter_app.services.handover import CAN_FINISH
from counter_app.services.lookup import Scan, id_text
from counter_app.words.errors import sentence

if TYPE_CHECKING:
    from counter_app.desk.prints import Sent

SIDE_WIDTH: Final = 424
_TEACHES, _DONE, _CHOOSES, _OPEN = range(4)


class HandBackPage(Page):
    answered = Signal()
    """What was scanned or typed has its answer on the page."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._pile, self._before = Pile(), Pile()
        self._card: Card | None = None
        self.box = QLineEdit()
        self.box.setAccessibleName(self.tr("Quét giấy hẹn hoặc gõ mã hồ sơ, tên"))
        self.box.setPlaceholderText(self.tr("Quét giấy hẹn – hoặc gõ mã hồ sơ, tên người nộp"))
        self.box.returnPressed.connect(self._on_asked)
        self.fault = Notice()
        self._join = KeyButton(self.tr("Trả cùng lúc"), "Ctrl+J")
        self._join.clicked.connect(self._on_join)
        self.sheet = HandBackSheet()
        self.sheet.paid.connect(self._on_paid)
        self.sheet.changed.connect(self._offer)
        self.choices = DossierList(self.tr("Các hồ sơ khớp"))
        self.choices.opened.connect(lambda row: self._open([row.line.dossier]))
        self.timeline = Timeline(self.tr("Diễn biến hồ sơ, mới nhất trước"))
        self.given = GivenPanel()
        self.given.slip_asked.connect(self._on_slip_asked)
        self._given: list[str] = []
        self.record = KeyButton(self.tr("Ghi đã trả"), "F9", "primary")
        self.record.clicked.connect(self._on_record)
        self.collector.complete.connect(self.record.setFocus)
        self._why_not = text("", "second", wrap=True)
        self._other = KeyButton(self.tr("Giấy khác"), "Esc")
        self._other.clicked.connect(self.begin)
        self._holder = QWidget()
        self._middle = QStackedLayout(self._holder)
        for part in (TeachingPanel(), self.given, self._choosing(), self._scrolling()):
            self._middle.addWidget(part)
        self._side = self._timeline_side()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(self._main(), 1)
        row.addWidget(self._side)
        self._bind()
        self.begin()

    @property
    def title(self) -> str:
        return self.tr("Trả kết quả")

    @property
    def collector(self) -> Collector:
        return self.sheet.collector

    def entered(self) -> None:
        if self._pile:
            self._open([story.dossier.id for story in self._pile.stories])
        else:
            self.box.setFocus(Qt.FocusReason.OtherFocusReason)

    def begin(self) -> None:
        """Ready for a slip; nothing is written."""
        self._show_none(_TEACHES)

    def take_scan(self, scanned: str) -> bool:
        """A slip is put with what lies here; a card says who collects."""
        self.box.setText(scanned)
        self._on_asked()
        return True

    def says(self) -> str:
        """What stands on the page about the last slip, for whoever looks over the shoulder."""
        faults = (self.fault.words(), *self.sheet.says(), self._why_not.text())
        return "\n".join(filter(None, (*faults, self.given.words())))

    def event(self, event: QEvent) -> bool:
        if takes(event, Qt.Key.Key_Escape) and self._middle.currentIndex() > _DONE:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._middle.currentIndex() > _DONE:
            self.begin()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            # In a field Enter goes on, or ends a scan: it never records.
            if isinstance(here := self.focusWidget(), QPushButton) and here is not self.record:
                here.click()
            elif not isinstance(here, QLineEdit):
                self._on_record()
        elif event.text().strip() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            # A scanner types: the next slip never lands in what is open, and its Enter never records that.
            self.box.setText(event.text())
            self.box.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        self._side.setVisible(self.width() >= NARROW)
        self._side_heading.setVisible(bool(self._pile))
        self.timeline.setVisible(bool(self._pile))

    # what was scanned

    def _on_asked(self) -> None:
        asked = typed(self.box)
        if not asked:
            return
        office, now, is_open = self.desk.office, self.desk.now(), bool(self._pile)
        self.desk.tasks.run(
            "read",
            lambda: ask(office, asked, now, is_open=is_open),
            self._on_meaning,
            self._on_refused,
            latest="hand-back",
        )

    def _on_meaning(self, meaning: Meaning) -> None:
        if meaning.card is not None and self._pile:
            self.box.clear()
            self.fault.say("")
            self.collector.take_card(meaning.card)
        elif meaning.stories:
            self._card = meaning.card
            self._lay(meaning)
        else:
            self._choose(meaning)
        self.answered.emit()

    def _lay(self, meaning: Meaning) -> None:
        """Puts dossiers down: with what lies here where one owner has them all, else in its place."""
        put = Pile(meaning.stories)
        put.by_slip.update(meaning.slips)
        lying, self._before = self._pile, Pile()
        if lying and all(lying.belongs(story) for story in meaning.stories):
            lying.join(put)
            self._show(lying, meaning.scan, keep=True)
            return
        self._show(put, meaning.scan, keep=False)
        if lying.chosen:
            self._before = lying
            name = str(lying.last.dossier.party().get("name", ""))
            words = self.tr("Chưa ghi trả hồ sơ vừa mở của {name}. Cùng một người nhận?").format(name=name)
            self.fault.say(words, "soon", self._join)

    def _on_join(self) -> None:
        if self._before:
            pile, self._before = self._before, Pile()
            pile.join(self._pile)
            self._show(pile, None, keep=False)

    def _choose(self, meaning: Meaning) -> None:
        asked, self._card = typed(self.box), meaning.card
        self._show_none(_TEACHES)
        if meaning.rows:
            self.choices.show_dossiers(list(meaning.rows))
            self._middle.setCurrentIndex(_CHOOSES)
            self.choices.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.fault.say(meaning.fault, "late" if meaning.late else "soon")
        self.box.setText(asked)
        self.box.selectAll()

    def _open(self, dossiers: list[bytes]) -> None:
        """Reads these dossiers anew."""
        office, now = self.desk.office, self.desk.now()

        def then(stories: list[Story]) -> None:
            lies_here = bool(self._pile) and all(story.dossier.id in self._pile for story in stories)
            pile = self._pile if lies_here else Pile()
            for story in stories:
                pile.put(story)
            self._show(pile, None, keep=lies_here)
            self.answered.emit()

        self.desk.tasks.run(
            "read",
            lambda: [read_story(office, dossier, now) for dossier in dossiers],
            then,
            self._on_refused,
            latest="hand-back",
        )

    def _show(self, pile: Pile, scan: Scan | None, *, keep: bool) -> None:
        self._pile = pile
        self.box.clear()
        self.fault.say("")
        self.given.show_given("", [])
        self.sheet.show_pile(pile, scan, keep=keep)
        story = pile.last
        self.timeline.show_story(happenings(story.dossier, story.officers, story.machines, story.now))
        self._middle.setCurrentIndex(_OPEN)
        self.record.show()
        self._other.show()
        self._offer()
        self._arrange()
        if not keep:
            self.collector.focus_first() if pile.chosen else self._other.setFocus()
        if self._card is not None:
            self.collector.take_card(self._card)
            self._card = None

    def _offer(self) -> None:
        """What F9 does now, or why it does nothing."""
        chosen = self._pile.chosen
        unfinished = [dossier for dossier in chosen if dossier.state in CAN_FINISH]
        why_not = "" if chosen else self.tr("Chưa chọn hồ sơ nào.")
        if len(self._pile) == 1:
            why_not = blocked(self._pile.last)
        if self.sheet.is_part:
            self.record.say(self.tr("Ghi trả một phần"))
        else:
            self.record.say(self.tr("Xong và trả") if unfinished else self.tr("Ghi đã trả"))
        self.record.setEnabled(not why_not)
        note = self.tr("Chưa ghi có kết quả: F9 ghi cả hai việc.") if unfinished else ""
        if any(dossier.conflicts for dossier in chosen):
            note = self.tr("Hai máy ghi khác nhau: nên chọn bên đúng ở Tra cứu (F3) trước.")
        self._why_not.setText(why_not or note)

    # acts

    def _on_record(self) -> None:
        if typed(self.box):
            self._on_asked()  # another slip was begun: that one first
            return
        chosen = self._pile.chosen
        if not chosen or not self.record.isEnabled() or self._middle.currentIndex() != _OPEN:
            return
        self.record.setEnabled(False)
        taken, named = self.collector.taken(), [id_text(dossier.id) for dossier in chosen]
        office, session = self.desk.office, self.desk.session
        is_part, (given, left) = self.sheet.is_part, self.sheet.things()

        def work() -> None:
            who = taken.read()
            if is_part:
                handover.hand_partly(office, session, named[0], who, given, left, asks_paper=True)
            else:
                handover.hand_over(office, session, named, who, finish=True, asks_paper=True)

        def then(_: None) -> None:
            self._on_recorded(chosen, taken.name, left if is_part else [])

        self.desk.tasks.run("store", work, then, self._on_not_recorded)

    def _on_recorded(self, given: list[Dossier], name: str, left: list[str]) -> None:
        said = self.tr("Đã trả kết quả cho {name}").format(name=name)
        if left:
            said = self.tr("Đã trả một phần cho {name}").format(name=name)
        elif len(given) > 1:
            said = self.tr("Đã trả {n} hồ sơ cho {name}").format(n=len(given), name=name)
        self.told.emit(said)
        self._show_none(_DONE)
        self._given = [id_text(dossier.id) for dossier in given]
        lines = [
            self.tr("{procedure}  –  {code}").format(
                procedure=dossier.values.get("procedure", {}).get("name", ""), code=dossier.code
            )
            for dossier in given
        ]
        if left:
            lines.append(self.tr("Còn lại: {left}").format(left="; ".join(left)))
        self.given.show_given(said, lines)

    def _on_slip_asked(self) -> None:
        if self._middle.currentIndex() != _DONE:
            return
        desk, session, named = self.desk, self.desk.session, self._given

        def work() -> Sent:
            from counter_app.desk import prints

            return prints.handover(desk, session, named)

        def then(sent: Sent) -> None:
            told = self.tr("Phiếu ký nhận đã thành tệp, chưa in") if sent.is_file else ""
            self.told.emit(told or self.tr("Đã gửi phiếu ký nhận đi in"))

        self.desk.tasks.run("paper", work, then, lambda error: self.given.fault.say(sentence(error), "late"))

    def _on_not_recorded(self, error: CounterError) -> None:
        self.record.setEnabled(True)
        self.sheet.fault.say(sentence(error), "late")
        self.sheet.mark(str(error.facts.get("field", "")))

    def _on_refused(self, error: CounterError) -> None:
        self.fault.say(sentence(error), "late")

    def _on_paid(self) -> None:
        owing = self._pile.chosen if len(self._pile) > 1 else [self._pile.last.dossier]
        named = [id_text(dossier.id) for dossier in owing if dossier.unpaid]
        office, session = self.desk.office, self.desk.session

        def then(_: int) -> None:
            self.told.emit(self.tr("Đã thu lệ phí."))
            self._open([story.dossier.id for story in self._pile.stories])

        self.desk.tasks.run("store", lambda: handover.pay_all(office, session, named), then, self._on_refused)

    def _show_none(self, place: int) -> None:
        """No dossier is open."""
        self._pile, self._before = Pile(), Pile()
        self.fault.say("")
        self.given.show_given("", [])
        self.box.clear()
        self._middle.setCurrentIndex(place)
        self.record.hide()
        self._other.hide()
        self._why_not.clear()
        self._arrange()
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)

    # how it is built

    def _bind(self) -> None:
        keys_ = (
            ("F9", self._on_record),
            ("Ctrl+L", self.sheet.pay),
            ("Ctrl+M", self.sheet.toggle_part),
            ("Ctrl+J", self._on_join),
            ("Ctrl+P", self._on_slip_asked),
        )
        for key, act in keys_:
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _main(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setContentsMargins(24, 12, 24, 16)
        column.setSpacing(12)
        top = QHBoxLayout()
        top.addWidget(text(self.title, "page"))
        top.addStretch(1)
        top.addWidget(keys(("Enter", self.tr("tiếp")), ("F9", self.tr("ghi"))))
        column.addLayout(top)
        column.addWidget(self.box)
        column.addWidget(self.fault)
        column.addWidget(self._holder, 1)
        bar = QHBoxLayout()
        bar.setSpacing(12)
        bar.addWidget(self.record)
        bar.addWidget(self._why_not, 1)
        bar.addWidget(self._other)
        column.addLayout(bar)
        return column

    def _scrolling(self) -> QScrollArea:
        """A low screen scrolls the sheet; the bar with the keys stays."""
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self.sheet)
        self.sheet.shown_more.connect(lambda: area.ensureWidgetVisible(self.sheet.last))
        return area

    def _choosing(self) -> QWidget:
        sheet = QFrame()
        sheet.setProperty("kind", "sheet")
        column = QVBoxLayout(sheet)
        column.setContentsMargins(1, 8, 1, 1)
        heading = text(self.tr("Hồ sơ nào? Chọn bằng ↑ ↓ rồi Enter."), "strong")
        heading.setContentsMargins(16, 0, 16, 0)
        column.addWidget(heading)
        column.addWidget(self.choices, 1)
        return sheet

    def _timeline_side(self) -> QWidget:
        side = QWidget()
        side.setProperty("kind", "side")
        side.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        side.setFixedWidth(SIDE_WIDTH)
        column = QVBoxLayout(side)
        column.setContentsMargins(18, 16, 16, 16)
        column.setSpacing(16)
        self._side_heading = text(self.tr("Diễn biến"), "heading")
        self._side_heading.setContentsMargins(6, 0, 0, 0)
        column.addWidget(self._side_heading)
        column.addWidget(self.timeline)
        column.addStretch(1)
        return side

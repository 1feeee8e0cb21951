"""Trả kết quả (F5): scan the slip, see who may take what, give it out, and be ready for the next slip."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QWidget,
)

from counter_app.desk.page import Desk, Page
from counter_app.desk.pages.asking import Meaning, ask
from counter_app.desk.pages.hand_back_view import DONE, OPEN, TEACHES, HandBackView
from counter_app.desk.parts import keeps_escape, typed
from counter_app.desk.widgets.collector import Collector
from counter_app.desk.widgets.pile import Pile, blocked
from counter_app.desk.widgets.reading import Story, read_story
from counter_app.domain.card import Card
from counter_app.domain.citizen import Warning
from counter_app.domain.dossier import Dossier
from counter_app.domain.errors import CounterError
from counter_app.services import handover
from counter_app.services.handover import CAN_FINISH
from counter_app.services.lookup import Scan, id_text
from counter_app.words.errors import sentence
from counter_app.words.states import warning_words

if TYPE_CHECKING:
    from counter_app.desk.prints import Sent


class HandBackPage(Page):
    answered = Signal()
    """What was scanned or typed has its answer on the page."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._pile, self._before = Pile(), Pile()
        self._card: Card | None = None
        self._given: list[str] = []
        self._recording = self._printing = False
        self.view = HandBackView(self.title)
        self.box, self.fault, self.record = self.view.box, self.view.fault, self.view.record
        self.sheet, self.choices, self.given = self.view.sheet, self.view.choices, self.view.given
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.view)
        self._connect()
        self._bind()
        self.begin()

    @property
    def title(self) -> str:
        return self.tr("Trả kết quả")

    @property
    def collector(self) -> Collector:
        return self.sheet.collector

    def give_way(self, tight: bool) -> None:
        self.view.give_way(tight)

    def entered(self) -> None:
        if self._pile:
            self._open([story.dossier.id for story in self._pile.stories])
        else:
            self.box.setFocus(Qt.FocusReason.OtherFocusReason)

    def begin(self) -> None:
        """Ready for a slip; nothing is written."""
        self._show_none(TEACHES)

    def take_scan(self, scanned: str) -> bool:
        """A slip is put with what lies here; a card says who collects."""
        self.box.setText(scanned)
        self._on_asked()
        return True

    def says(self) -> str:
        """What stands on the page about the last slip, for whoever looks over the shoulder."""
        return self.view.says()

    def event(self, event: QEvent) -> bool:
        return keeps_escape(event, lambda: self.view.panel > DONE) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.view.panel > DONE:
            self.begin()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.isAutoRepeat():  # a key that lies under a file must not record
                return
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

    # what was scanned

    def _on_asked(self) -> None:
        asked = typed(self.box)
        if not asked:
            return
        office, session = self.desk.office, self.desk.session
        now, is_open = self.desk.now(), bool(self._pile)
        self.desk.tasks.run(
            "read",
            lambda: ask(office, session, asked, now, is_open=is_open),
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
            self.fault.say(words, "soon", self.view.join)

    def _on_join(self) -> None:
        if self._before:
            pile, self._before = self._before, Pile()
            pile.join(self._pile)
            self._show(pile, None, keep=False)

    def _choose(self, meaning: Meaning) -> None:
        asked, self._card = typed(self.box), meaning.card
        self._show_none(TEACHES)
        if meaning.rows:
            self.choices.show_dossiers(list(meaning.rows))
            self.view.show_choices()
            self.fault.say(meaning.fault, "soon")
            if meaning.fault:
                self.box.setText(asked)
            return
        self.fault.say(meaning.fault, "late" if meaning.late else "soon")
        self.box.setText(asked)
        self.box.selectAll()

    def _open(self, dossiers: list[bytes]) -> None:
        """Reads these dossiers anew."""
        office, session, now = self.desk.office, self.desk.session, self.desk.now()

        def then(stories: list[Story]) -> None:
            lies_here = bool(self._pile) and all(story.dossier.id in self._pile for story in stories)
            pile = self._pile if lies_here else Pile()
            for story in stories:
                pile.put(story)
            self._show(pile, None, keep=lies_here)
            self.answered.emit()

        self.desk.tasks.run(
            "read",
            lambda: [read_story(office, session, dossier, now) for dossier in dossiers],
            then,
            self._on_refused,
            latest="hand-back",
        )

    def _show(self, pile: Pile, scan: Scan | None, *, keep: bool) -> None:
        self._pile = pile
        self.sheet.show_pile(pile, scan, keep=keep)
        self.view.show_pile(pile)
        self._offer()
        if not keep:
            self.collector.focus_first() if pile.chosen else self.view.other.setFocus()
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
        self.record.setEnabled(not why_not and not self._recording)
        note = self.tr("Chưa ghi có kết quả: F9 ghi cả hai việc.") if unfinished else ""
        if any(dossier.conflicts for dossier in chosen):
            note = self.tr("Hai máy ghi khác nhau: nên chọn bên đúng ở Tra cứu (F3) trước.")
        self.view.why_not.setText(why_not or note)

    # acts

    def _on_record(self) -> None:
        if typed(self.box):
            self._on_asked()  # another slip was begun: that one first
            return
        chosen = self._pile.chosen
        if not chosen or not self.record.isEnabled() or self.view.panel != OPEN:
            return
        self._recording = True
        self.record.setEnabled(False)
        taken, named = self.collector.taken(), [self._pile.named(dossier.id) for dossier in chosen]
        office, session = self.desk.office, self.desk.session
        is_part, (given, left) = self.sheet.is_part, self.sheet.things()

        def work() -> None:
            who = taken.read()
            if is_part:
                handover.hand_partly(office, session, named[0], who, given, left, asks_paper=True)
            else:
                handover.hand_over(office, session, named, who, finish=True, asks_paper=True)

        lay = {story.dossier.id for story in self._pile.stories}

        def then(_: None) -> None:
            self._recording = False
            came = [story.dossier.id for story in self._pile.stories if story.dossier.id not in lay]
            self._on_recorded(chosen, taken.name, left if is_part else [])
            if came:  # the next slip was quicker than the disk
                self._open(came)

        def failed(error: CounterError) -> None:
            self._recording = False
            self._offer() if self._pile else None
            if all(dossier.id in self._pile for dossier in chosen):
                self._on_not_recorded(error)
            else:  # another slip lies here by now
                self.fault.say(f"{taken.name}: {sentence(error)}", "late", self.view.join)

        self.desk.tasks.run("store", work, then, failed)

    def _on_recorded(self, given: list[Dossier], name: str, left: list[str]) -> None:
        said = self.tr("Đã trả kết quả cho {name}").format(name=name)
        if left:
            said = self.tr("Đã trả một phần cho {name}").format(name=name)
        elif len(given) > 1:
            said = self.tr("Đã trả {n} hồ sơ cho {name}").format(n=len(given), name=name)
        self.told.emit(said)
        self._show_none(DONE)
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
        if self.view.panel != DONE or self._printing:
            return
        self._printing = True
        desk, session, named = self.desk, self.desk.session, self._given

        def work() -> Sent:
            from counter_app.desk import prints

            return prints.handover(desk, session, named)

        def then(sent: Sent) -> None:
            self._printing = False
            desk.jobs.follow(sent)
            told = self.tr("Phiếu ký nhận đã thành tệp, chưa in") if sent.is_file else ""
            self.told.emit(told or self.tr("Đã gửi phiếu ký nhận đi in"))

        def failed(error: CounterError) -> None:
            self._printing = False
            self.given.fault.say(sentence(error), "late")

        self.desk.tasks.run("paper", work, then, failed)

    def _on_not_recorded(self, error: CounterError) -> None:
        self.sheet.fault.say(sentence(error), "late")
        self.sheet.mark(str(error.facts.get("field", "")))

    def _on_refused(self, error: CounterError) -> None:
        self.fault.say(sentence(error), "late")

    def _on_paid(self) -> None:
        owing = self._pile.chosen if len(self._pile) > 1 else [self._pile.last.dossier]
        named = [id_text(dossier.id) for dossier in owing if dossier.unpaid]
        office, session = self.desk.office, self.desk.session

        def then(warnings: Sequence[Warning]) -> None:
            self.told.emit(" ".join([self.tr("Đã thu lệ phí."), *map(warning_words, warnings)]))
            if self._pile:
                self._open([story.dossier.id for story in self._pile.stories])

        self.desk.tasks.run("store", lambda: handover.pay_all(office, session, named), then, self._on_refused)

    def _show_none(self, panel: int) -> None:
        """No dossier is open."""
        self._pile, self._before = Pile(), Pile()
        self.view.show_none(panel)

    def _connect(self) -> None:
        self.box.returnPressed.connect(self._on_asked)
        self.view.join.clicked.connect(self._on_join)
        self.view.other.clicked.connect(self.begin)
        self.view.hands.clicked.connect(lambda: self.page_asked.emit("passing"))
        self.choices.opened.connect(lambda row: self._open([row.line.dossier]))
        self.sheet.paid.connect(self._on_paid)
        self.sheet.changed.connect(self._offer)
        self.given.slip_asked.connect(self._on_slip_asked)
        self.record.clicked.connect(self._on_record)
        self.collector.complete.connect(self.record.setFocus)

    def _bind(self) -> None:
        keys_ = (
            ("F9", self._on_record),
            ("Ctrl+L", self.sheet.pay),
            ("Ctrl+M", self.sheet.toggle_part),
            ("Ctrl+J", self._on_join),
            ("Ctrl+P", self._on_slip_asked),
        )
        self.bind(keys_)

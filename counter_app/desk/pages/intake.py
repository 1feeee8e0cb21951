"""Tiếp nhận (F2): the intake on one page, its keys, and a dossier's way from the form to what is saved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout

from counter_app.desk.page import Desk, Page
from counter_app.desk.pages.controls import fill, read
from counter_app.desk.pages.drafting import MOST
from counter_app.desk.pages.from_above import NewsHint
from counter_app.desk.pages.intake_form import IntakeForm, Rules, read_rules
from counter_app.desk.pages.saved import SavedPanel
from counter_app.desk.pages.saving import Saving
from counter_app.desk.pages.turns import Turns
from counter_app.desk.pages.unprinted import UnprintedHere
from counter_app.desk.parts import Elided, keys
from counter_app.desk.title_row import TitleRow
from counter_app.domain.card import read_card
from counter_app.domain.errors import BadInput, CounterError
from counter_app.domain.names import fold
from counter_app.services.drafts import Draft
from counter_app.services.entry import read_form
from counter_app.services.reception import Received
from counter_app.words.errors import sentence

NARROW: Final = 1180  # under this the receipt becomes one line above the keys
_RENEW: Final = 30_000  # ms; the date shown is reckoned afresh as the day goes on


class IntakePage(Page):
    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._waiting = "", ""
        self.form = IntakeForm(desk)
        self.person, self.procedure = self.form.person, self.form.procedure
        self.components, self.fee = self.form.components, self.form.fee
        self.preview, self.save, self.reason = self.form.preview, self.form.save, self.form.reason
        self.saved = SavedPanel()
        self.saving = Saving(desk, self.saved, self)
        self.unprinted = UnprintedHere(desk, self.saving, self)
        self.turns = Turns(desk, self.form, self)
        self.drafting, self.aside, self.heed = self.turns.drafting, self.turns.aside, self.turns.heed
        self.news = NewsHint(desk, "F4", self)
        self.who = Elided("name")
        """For whom the officer writes, once the band that tells it may have scrolled away."""
        self._stack = QStackedWidget()
        self._stack.addWidget(self.form)
        self._stack.addWidget(self.saved)
        left = QVBoxLayout()
        left.setContentsMargins(24, 0, 24, 0)
        left.setSpacing(0)
        left.addWidget(self._head())
        left.addWidget(self.aside)
        left.addWidget(self.heed)
        left.addWidget(self.unprinted.notice)
        left.addWidget(self._stack, 1)
        left.addSpacing(12)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(left, 1)
        row.addWidget(self.preview)
        self._connect()
        self.clear()

    @property
    def title(self) -> str:
        return self.tr("Tiếp nhận hồ sơ")

    def entered(self) -> None:
        office, before = self.desk.office, self.form.rules
        self.desk.tasks.run("read", lambda: read_rules(office, before), self._on_rules, latest="intake-rules")
        if self.form.received is not None:
            self.saved.next.setFocus()
        else:
            self.form.current().start()
        self.turns.say_heed()
        self.news.look()

    def give_way(self, tight: bool) -> None:
        self.form.give_way(tight)
        self.saved.give_way(tight)

    def closing(self) -> None:
        self.drafting.close()

    def begin(self, card: str = "", slip: str = "") -> None:
        """A new reception, from a card or a pre-numbered slip that was scanned anywhere in the window.

        What is being entered of somebody else is set aside; of the same person, his card is only filled in.
        """
        if self.form.saving:
            self._waiting = card, slip
            return
        if slip:
            self._begin_slip(slip)
            return
        with self.form.at_once():
            if self.form.received is not None or (not card and self.turns.draft() is None):
                self.clear()
            elif card and not self._is_of(card):
                self.turns.set_aside()
            if card:
                self.form.open(self.person)
                self.person.take_card(card)
        if card:
            self.person.go_on_from_card()

    def ask_for(self, procedure: str) -> None:
        """A new reception of the procedure of that code; what is being entered of another one stays."""
        if self.form.saving:
            return
        if self.form.received is not None:
            self.begin()
        chosen = self.form.chosen
        if chosen is not None and chosen.code != procedure:
            words = self.tr("Đang nhập thủ tục khác: lưu (F9), gác lại (Ctrl+K) hoặc làm lại (Ctrl+N) trước")
            self.told.emit(words)
        elif chosen is None:
            found = (one for one in self.form.rules.catalogue if one.code == procedure)
            day = self.form.received_at().date()
            self.procedure.choose(next((one for one in found if one.in_force(day)), None))

    def _begin_slip(self, slip: str) -> None:
        if not self.form.late.wants(slip):
            if self.form.received is None:
                self.turns.set_aside()
            self.clear()
        self.form.ask_late(True, slip)

    def _is_of(self, card: str) -> bool:
        """Whether the page may be filled from the card: it holds nobody yet, or this very person."""
        fields = self.person.fields()
        if not fields.get("name"):
            return True
        try:
            read_ = read_card(card)
        except BadInput:
            return True
        return read_.id_number == fields.get("id_number") or (
            not fields.get("id_number") and fold(read_.name) == fold(fields["name"])
        )

    def restore(self, draft: Draft) -> None:
        """Takes a draft up where it was left."""
        self.clear()
        self.turns.hold(draft)
        if not self.form.restore(draft.fields):
            self.told.emit(self.tr("Thủ tục của hồ sơ đang nhập dở đã thay đổi; hãy xem lại mục 2 đến 4"))

    def clear(self) -> None:
        """The next citizen: an empty page under a new id."""
        self.turns.begin()
        self.saving.visit = []
        self.saving.put_away()
        self._stack.setCurrentIndex(0)
        self.form.clear()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on, Shift+Enter goes back; a text field leaves both to the page."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif event.isAutoRepeat():  # a key that lies under a file must not receive
            return
        elif self.form.received is not None:
            self.saved.enter()
        else:
            self.form.enter(back=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))

    # saving

    def _on_save(self, *, hold: bool = False) -> None:
        if self.form.saving or self.form.received is not None:
            return
        self.form.fee.less.settle()
        renewed = self.form.follow_day()
        obstacle = self.form.obstacles.first()
        if obstacle is not None:
            self.form.stop_at(obstacle)
            return
        if renewed:  # the officer sees first what he would promise now
            self.form.open(self.procedure)
            return
        try:
            known = self.form.rules
            fields = self.form.entry(self.turns.id)
            entered = read_form(fields, known.catalogue, self.desk.now(), known.tariff)
        except BadInput as fault:
            self.form.point_out(fault)
            return
        self.drafting.keep_now()  # until it is received, or where it cannot be
        self.form.saving = True
        self.drafting.rest()
        self.form.refresh()
        self.saving.save(entered, hold=hold)

    def _on_received(self, received: Received) -> None:
        self.form.saving, self.form.received = False, received
        self.turns.end()
        self._stack.setCurrentIndex(1)
        self.saved.next.setFocus()
        self.form.refresh()
        self._begin_waiting()

    def _on_held(self, received: Received) -> None:
        """Its paper waits: the same citizen's next dossier is entered at once."""
        self.form.saving = False
        self.told.emit(self.tr("Đã lưu {}; giấy hẹn in cùng hồ sơ cuối").format(received.code))
        self._begin_next_of_him()
        self._begin_waiting()

    def _on_not_received(self, error: CounterError) -> None:
        self.form.saving = False
        if isinstance(error, BadInput):
            self.form.point_out(error)
        self.form.refresh()
        self.form.complain(sentence(error))
        self._begin_waiting()

    def _begin_waiting(self) -> None:
        """A card or a slip that was scanned while the last dossier was being saved."""
        (card, slip), self._waiting = self._waiting, ("", "")
        if card or slip:
            self.begin(card, slip)

    # whom it serves

    def _say_who(self) -> None:
        told = self.form.received is not None or self.person.is_open
        name = "" if told else self.person.fields().get("name", "")
        self.who.setText(name)
        self.who.setToolTip(name)

    def _on_rules(self, read_: Rules) -> None:
        self.form.take_rules(read_)
        if not self.turns.are_read:
            self.turns.load()
            self.unprinted.look()

    def _on_more(self) -> None:
        """The next dossier of the citizen who stands here: birth, insurance, residence in one visit."""
        if self.form.received is not None:
            self._begin_next_of_him()
        else:
            self._on_save(hold=True)

    def _begin_next_of_him(self) -> None:
        person, warnings = read(self.person.controls()), self.person.card_warnings
        visit = self.saving.visit
        self.clear()
        self.saving.visit = visit
        self.form.known.served(one.dossier for one in visit)
        fill(self.person.controls(), person)
        self.person.card_warnings = warnings
        self.form.open(self.procedure)
        self.form.refresh()

    # how it is built

    def _head(self) -> TitleRow:
        head = TitleRow(self.title, below=4)
        head.add(self.who, 1)
        head.add(self.news.label)
        head.add(self.form.later)
        head.add(keys(("Enter", self.tr("tiếp")), ("Shift+Enter", self.tr("lùi"))))
        return head

    def _connect(self) -> None:
        self.form.edited.connect(self.turns.touch)
        self.form.edited.connect(self._say_who)
        self.form.area.opened.connect(self._say_who)
        self.form.save_asked.connect(self._on_save)
        self.form.known.story_asked.connect(self.open_dossier)
        self.form.more.clicked.connect(self._on_more)
        self.form.later.clicked.connect(self._on_late)
        self.form.late.leave.clicked.connect(self._on_late)
        self.form.park.clicked.connect(self.turns.set_aside)
        self.form.fresh.clicked.connect(self.turns.drop)
        self.saving.received.connect(self._on_received)
        self.saving.held.connect(self._on_held)
        self.saving.refused.connect(self._on_not_received)
        self.saving.told.connect(self.told)
        self.turns.taken_up.connect(self.restore)
        self.turns.freed.connect(self.clear)
        self.turns.told.connect(self.told)
        self.saved.next_asked.connect(self.clear)
        self.saved.more_asked.connect(self._on_more)
        self.saved.story_asked.connect(self._on_story_asked)
        acts: Sequence[tuple[str, Any]] = (
            ("F9", self._on_save),
            ("Ctrl+N", self.turns.drop),
            ("Ctrl+K", self.turns.set_aside),
            ("Ctrl+T", self._on_more),
            ("Ctrl+D", self._on_all_taken),
            ("Ctrl+P", self._on_again),
            ("Ctrl+U", self._on_label),
            ("Ctrl+O", self._on_story_asked),
            ("Ctrl+Shift+N", self._on_late),
            ("Ctrl+Shift+P", self.unprinted.print_now),
            ("Ctrl+Shift+G", self.unprinted.settle),
            *((f"Alt+{n + 1}", lambda n=n: self.turns.take_up(n)) for n in range(MOST)),
            (f"Alt+{MOST + 1}", self.turns.turn),
        )
        self.bind(acts)
        self._renewing = QTimer(self)
        self._renewing.timeout.connect(self._on_time_passed)
        self._renewing.start(_RENEW)

    def _on_time_passed(self) -> None:
        if self.isVisible() and self.form.received is None and not self.form.saving:
            self.form.refresh()

    def _on_all_taken(self) -> None:
        if self.components.is_open and self.form.received is None:
            self.components.take_all()

    def _on_late(self) -> None:
        if self.form.received is None and not self.form.saving:
            self.form.ask_late(not self.form.late.is_on)

    def _on_label(self) -> None:
        if self.form.received is not None:
            self.saved.label_asked.emit()

    def _on_again(self) -> None:
        if self.form.received is not None:
            self.saved.ask_reason()

    def _on_story_asked(self) -> None:
        if self.form.received is not None:
            self.open_dossier.emit(self.form.received.dossier)
        else:
            self.form.known.ask_story()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        window = self.window().width()
        self.preview.setVisible(window >= NARROW)
        self.form.narrow(window < NARROW)

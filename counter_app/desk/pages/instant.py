"""Trả ngay (F10): certified copies and same-day acts, one after the other; F9 records and returns at once."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QHBoxLayout,
)

from counter_app.desk.page import Desk, Page
from counter_app.desk.pages.drafting import Drafting
from counter_app.desk.pages.giving import Entered, Giving
from counter_app.desk.pages.instant_view import InstantView
from counter_app.desk.parts import keeps_escape, typed
from counter_app.domain import at_once
from counter_app.domain.card import looks_like_card
from counter_app.domain.certification import RegisterNumber
from counter_app.domain.errors import BadInput, CounterError
from counter_app.domain.fee_table import FeeTable
from counter_app.domain.names import fold
from counter_app.domain.procedures import COMMONEST, Procedure
from counter_app.services import drafts, instant, paper_names, rules
from counter_app.services.drafts import Draft
from counter_app.services.instant import Given
from counter_app.services.instant_entry import InstantForm, read_instant
from counter_app.services.office import Office, new_dossier_id, to_ms
from counter_app.words.charges import register_words
from counter_app.words.errors import sentence
from counter_app.words.states import OF_MONEY, warning_words


class InstantPage(Page):
    takes_cards = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._offered: list[Procedure] = []
        self._own_names: list[str] = []
        self._id = b""
        self._drafts_read = False
        self.view = InstantView(self.title)
        self.procedure, self.entry = self.view.procedure, self.view.entry
        self.last, self.day = self.view.last, self.view.day
        self.fault, self.save, self.reason = self.view.fault, self.view.save, self.view.reason
        self.giving = Giving(desk, self)
        self.drafting = Drafting(desk, self._draft, self, drafts.AT_ONCE)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.view)
        self._connect()
        self._bind()
        self.clear()

    @property
    def title(self) -> str:
        return self.tr("Trả ngay")

    def entered(self) -> None:
        office = self.desk.office
        self.desk.tasks.run("read", lambda: _same_day(office), self._on_offered, latest="instant-rules")
        self._read_day()
        self._ask_line()
        if not self.last.asks():
            self._to_form()

    def closing(self) -> None:
        self.drafting.close()

    def take_scan(self, scanned: str) -> bool:
        """A card fills the citizen while this page is in front; every other code is the window's."""
        if not looks_like_card(scanned):
            return False
        self.view.close_procedures()
        before = typed(self.entry.name)
        try:
            self.entry.take_card(scanned)
        except BadInput as fault:
            self.entry.notice.say(sentence(fault), "soon")
            return True
        self.entry.go_on_from_card()
        if before and fold(before) != fold(self.entry.name.text()):
            self.told.emit(self.tr("Thẻ vừa quét thay cho tên đã gõ: {}").format(before))
        return True

    def clear(self) -> None:
        """The next citizen, under a new id; the procedure stays chosen."""
        self._id = new_dossier_id(to_ms(self.desk.now()))
        self.entry.clear()
        self._to_form()
        self._refresh()

    def give_way(self, tight: bool) -> None:
        self.view.give_way(tight)

    # keys

    def event(self, event: QEvent) -> bool:
        """Esc is this page's as long as there is something to leave; else it is the window's."""
        return keeps_escape(event, self._can_leave) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on, Shift+Enter goes back; a text field leaves both to the page."""
        if event.key() == Qt.Key.Key_Escape and self._can_leave():
            self.last.leave()
            return
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
            return
        if event.isAutoRepeat():  # a key that lies under a file must not record
            return
        focused = QApplication.focusWidget()
        if focused is self.last.reason:
            self.last.enter()
        elif isinstance(focused, QAbstractButton) and not isinstance(focused, QCheckBox):
            focused.click()
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.entry.retreat()
        elif self.procedure.is_open:
            self.procedure.take_current()
        elif not self.entry.advance():
            self.save.setFocus(Qt.FocusReason.OtherFocusReason)

    def _can_leave(self) -> bool:
        return self.last.asks() or (self.procedure.is_open and self.procedure.procedure is not None)

    def _to_form(self) -> None:
        self.view.close_procedures()
        if self.procedure.procedure is None:
            self.view.open_procedures()
        else:
            steps = [step for step in self.entry.steps() if not step.isHidden()]
            name, what = self.entry.name, self.entry.what
            empty = [step for step in (name, what) if not step.text().strip()]
            self.entry.focus((empty or steps[2:] or [name])[0])

    # recording

    def _on_save(self) -> None:
        if self.giving.is_busy or self.last.asks():
            return
        self.entry.settle()
        if self.procedure.is_open:
            self._to_form()
            return
        if self.desk.session.officer is None:
            return
        try:
            form = self._read()
        except BadInput as fault:
            self.entry.point_out(fault, sentence(fault))
            return
        self.drafting.keep_now()  # until it is written, or where it cannot be
        self.drafting.rest()
        self.giving.give(Entered(self._id, self.entry.snapshot()), form)
        self.fault.say("")
        # The next citizen may begin meanwhile; what is on its way comes back where it cannot be kept.
        self.clear()

    def _on_given(self, given: Given, line: RegisterNumber | None) -> None:
        self.view.show_given(given)
        self.entry.show_line(line)
        self._take_up_waiting()
        said = self.tr("Đã ghi và trả cho {name}: {line}").format(
            name=given.name, line=register_words(given.register) or given.code
        )
        warned = (warning_words(one) for one in given.warnings if one["code"] in OF_MONEY)
        self.told.emit(". ".join([said, *warned]))
        self._read_day()
        self._refresh()

    def _on_refused(self, entered: Entered, error: CounterError) -> None:
        if (begun := self._draft()) is not None:  # somebody began already: he waits until this is settled
            self.drafting.set_aside(begun)
        self._id = entered.id
        self.entry.restore(entered.controls)
        self._to_form()
        self.fault.say(sentence(error), "late")
        if isinstance(error, BadInput) and self.entry.step_of(str(error.facts.get("field"))) is not None:
            self.fault.say("")
            self.entry.point_out(error, sentence(error))
        self._ask_line(self.entry.own_volume())
        self._refresh()

    def _take_up_waiting(self) -> None:
        if self.entry.is_empty() and (waiting := self.drafting.take(0)) is not None:
            self._take_up(waiting)

    def _read(self) -> InstantForm:
        fields = {**self.entry.fields(), "id": str(UUID(bytes=self._id))}
        return read_instant(fields, self._offered, self.desk.now(), self.entry.less.tariff)

    # the last one

    def _on_more(self) -> None:
        last = self.giving.last
        if not self.entry.is_empty():
            self.told.emit(self.tr("Đang nhập dở người khác: ghi (F9) hoặc làm lại (Ctrl+N) trước"))
        elif last is not None:
            self._id = new_dossier_id(to_ms(self.desk.now()))
            self.entry.keep_person(last.controls)
            self._to_form()
            self._ask_line()

    def _on_print(self) -> None:
        self.giving.print(self.last.given)

    def _on_back(self, why: str) -> None:
        assert self.last.given is not None
        self.giving.take_back(self.last.given, why)

    def _on_taken_back(self, back: Given, entered: Entered | None) -> None:
        self.view.show_given(back)
        self.told.emit(self.tr("Đã rút lại việc vừa ghi; số của nó không cấp cho việc khác"))
        if entered is not None and self.entry.is_empty():
            self.entry.restore(entered.controls, own_line=False)
            self._id = new_dossier_id(to_ms(self.desk.now()))
        self._to_form()
        self._read_day()
        self._ask_line()

    def _on_not_taken_back(self, error: CounterError) -> None:
        self._on_trouble(error)
        self._to_form()

    def _on_trouble(self, error: CounterError) -> None:
        self.last.notice.say(sentence(error), "late")

    def _on_afresh(self) -> None:
        self.fault.say("")
        self.entry.clear()
        self.drafting.keep_now()  # nothing: what was kept goes
        self.clear()
        self._ask_line()

    def _on_story(self) -> None:
        if self.last.given is not None:
            self.open_dossier.emit(self.last.given.dossier)

    # what stands on the page

    def _on_offered(self, read: tuple[list[Procedure], list[str], FeeTable]) -> None:
        self._offered, self._own_names, tariff = read
        self.entry.follow(tariff, self.desk.now().date())
        self.procedure.offer(self._offered)
        chosen = self.procedure.procedure
        there = next((one for one in self._offered if chosen and one.code == chosen.code), None)
        common = (one for code in COMMONEST for one in self._offered if one.key == code)
        wanted = there or next(common, None)
        if wanted is not chosen:
            self.procedure.choose(wanted)
        self._refresh()
        if not self._drafts_read:
            self._drafts_read = True
            self.drafting.load(self._on_draft)

    def _draft(self) -> Draft | None:
        """What would be lost with the page; None where nothing is."""
        if self.entry.is_empty() or self.entry.procedure is None:
            return None
        return Draft(self._id, {"procedure": self.entry.procedure.code, **self.entry.snapshot()})

    def _on_draft(self, open_: Draft | None) -> None:
        """What was being entered when the power went."""
        if open_ is not None and not self.entry.is_empty():  # somebody was quicker: it waits its turn
            self.drafting.set_aside(open_)
        elif open_ is not None:
            self._take_up(open_)
        else:
            self._take_up_waiting()

    def _take_up(self, draft: Draft) -> None:
        there = [one for one in self._offered if one.code == draft.fields.get("procedure")]
        if there:
            self.procedure.choose(there[0])
            self._id = draft.id
            self.entry.restore(draft.fields)
            self._to_form()
            self._ask_line(self.entry.own_volume())
            self.told.emit(self.tr("Đã mở lại việc đang nhập dở"))

    def _on_chosen(self) -> None:
        chosen = self.procedure.procedure
        if chosen is not self.entry.procedure:
            self.entry.ask_for(chosen)
            self._ask_line()
        if chosen is not None and self.isVisible():
            self._to_form()

    def _ask_line(self, volume: str = "") -> None:
        chosen, office = self.procedure.procedure, self.desk.office
        if chosen is None:
            return
        self.desk.tasks.run(
            "read",
            lambda: instant.proposed(office, chosen, volume),
            lambda found: self.entry.show_line(found) if found else None,
            lambda error: self.entry.notice.say(sentence(error), "late"),
            latest="instant-line",
        )

    def _read_day(self) -> None:
        office, today = self.desk.office, self.desk.now().date()
        self.desk.tasks.run(
            "read", lambda: instant.given_on(office, today), self._on_day, latest="instant-day"
        )

    def _on_day(self, given: list[Given]) -> None:
        self.day.show_day(given)
        used = [one.what for one in given if one.what]
        often = sorted(dict.fromkeys(used), key=used.count, reverse=True)
        self.entry.letters.names = [*often, *self._own_names]

    def _refresh(self) -> None:
        """Whether it can be recorded now, and what it waits for."""
        if not self.giving.is_busy:
            self.drafting.touch()
        words = self._waits_for()
        self.save.setEnabled(not words)
        self.reason.setText(words)

    def _waits_for(self) -> str:
        if self.desk.session.officer is None:
            return self.tr("Chọn cán bộ ở góc dưới trước khi ghi")
        if self.giving.is_busy:
            return self.tr("Đang ghi…")
        if self.procedure.procedure is None:
            return self.tr("Chọn thủ tục")
        if not self.entry.name.text().strip():
            return self.tr("Quét thẻ, hoặc gõ tên người dân")
        try:
            self._read()
        except BadInput as fault:
            if fault.why == "what-needed":
                return self.tr("Ghi tên giấy tờ")
            return sentence(fault)
        return ""

    def _connect(self) -> None:
        self.procedure.changed.connect(self._on_chosen)
        self.procedure.ended.connect(self._to_form)
        self.procedure.asked.connect(self.view.open_procedures)
        self.entry.changed.connect(self._refresh)
        self.entry.volume_asked.connect(self._ask_line)
        self.save.clicked.connect(self._on_save)
        self.view.other.clicked.connect(self.view.open_procedures)
        self.last.print_asked.connect(self._on_print)
        self.last.more_asked.connect(self._on_more)
        self.last.story_asked.connect(self._on_story)
        self.last.back_asked.connect(self._on_back)
        self.last.left.connect(self._to_form)
        self.giving.given.connect(self._on_given)
        self.giving.refused.connect(self._on_refused)
        self.giving.taken_back.connect(self._on_taken_back)
        self.giving.not_taken_back.connect(self._on_not_taken_back)
        self.giving.not_printed.connect(self._on_trouble)
        self.giving.told.connect(self.told)
        self.day.list.opened.connect(lambda row: self.open_dossier.emit(row.given.dossier))

    def _bind(self) -> None:
        acts = (
            ("F9", self._on_save),
            ("Ctrl+N", self._on_afresh),
            ("Ctrl+F", self.view.open_procedures),
            ("Ctrl+P", self._on_print),
            ("Ctrl+T", self._on_more),
            ("Ctrl+Z", self.last.ask_reason),
            ("Ctrl+O", self._on_story),
        )
        self.bind(acts)


def _same_day(office: Office) -> tuple[list[Procedure], list[str], FeeTable]:
    """The procedures that may be given at once, the names of papers that ship with the program, the fees."""
    today = office.now().date()
    offered = [one for one in rules.catalogue(office) if one.in_force(today) and at_once.fits(one)]
    return offered, paper_names.common(), office.fees()

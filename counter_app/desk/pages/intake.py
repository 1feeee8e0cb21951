"""The intake on one page: four bands from the citizen to the date, and F9 saves and prints."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QRadioButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from counter_app.desk.page import Desk, Page
from counter_app.desk.pages.band import Band
from counter_app.desk.pages.components import ComponentRow, ComponentsBand
from counter_app.desk.pages.controls import fill, read
from counter_app.desk.pages.drafting import MOST, AsideStrip, Drafting
from counter_app.desk.pages.fee_and_date import FeeAndDateBand
from counter_app.desk.pages.known import KnownHere
from counter_app.desk.pages.person import PersonBand
from counter_app.desk.pages.procedure import ProcedureBand
from counter_app.desk.pages.receipt_preview import Paper, Preview, ReceiptPreview
from counter_app.desk.pages.saved import SavedPanel
from counter_app.desk.parts import KeyButton, keys, rule
from counter_app.desk.theme import styled, text
from counter_app.domain.calendar import WorkCalendar
from counter_app.domain.card import read_card
from counter_app.domain.errors import BadInput, CounterError
from counter_app.domain.names import fold
from counter_app.domain.procedures import Procedure
from counter_app.domain.promise import Promise
from counter_app.services import reception, rules
from counter_app.services.drafts import Draft
from counter_app.services.entry import read_form
from counter_app.services.office import Office, new_dossier_id, to_ms
from counter_app.services.reception import Received
from counter_app.words import dates
from counter_app.words.errors import sentence
from counter_app.words.language import capital
from counter_app.words.reasoning import due_words
from counter_app.words.states import RETURN_BY, fee_words, paper_kind_words, warning_words

if TYPE_CHECKING:
    from counter_app.desk.prints import Sent

NARROW: Final = 1180  # under this the receipt becomes one line above the keys
_ROOM_TO_WARN: Final = 72  # pixels: a sentence and its keys
_RENEW: Final = 30_000  # ms; the date shown is reckoned afresh as the day goes on


@dataclass(frozen=True)
class _Rules:
    """What the office decides about a reception, read together."""

    catalogue: list[Procedure]
    calendar: WorkCalendar
    agency: str


@dataclass(frozen=True)
class _Obstacle:
    """Why it cannot be saved yet: the band, the words, the fault where a field has one."""

    band: Band
    words: str
    fault: BadInput | None = None


class IntakePage(Page):
    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._rules = _Rules([], WorkCalendar(), "")
        self._procedure: Procedure | None = None
        self._promise: Promise | None = None
        self._id = b""
        self._saving, self._settling = False, False
        self._saving_name = self._waiting_card = ""
        self._received: Received | None = None
        self._drafts_read = False
        self.drafting = Drafting(desk, self._draft, self)
        self.aside = AsideStrip()
        self.person, self.procedure = PersonBand(), ProcedureBand()
        self.components, self.fee = ComponentsBand(), FeeAndDateBand()
        self.known = KnownHere(desk, self.person, self.procedure, self)
        self.bands: tuple[Band, ...] = (self.person, self.procedure, self.components, self.fee)
        self.preview = ReceiptPreview()
        self.saved = SavedPanel()
        self.save = KeyButton(self.tr("Lưu và in giấy hẹn"), "F9", "primary")
        self.reason = text("", "second", wrap=True)
        self.fresh = KeyButton(self.tr("Làm lại từ đầu"), "Ctrl+N")
        self.park = KeyButton(self.tr("Gác lại"), "Ctrl+K")
        self.park.setToolTip(self.tr("Giữ hồ sơ đang nhập, tiếp người khác trước"))
        self._short = text("", "strong", wrap=True)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._form())
        self._stack.addWidget(self.saved)
        left = QVBoxLayout()
        left.setContentsMargins(24, 8, 24, 0)
        left.setSpacing(0)
        left.addLayout(self._head())
        left.addWidget(self.aside)
        left.addWidget(self._stack, 1)
        left.addSpacing(16)
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
        office = self.desk.office
        self.desk.tasks.run("read", lambda: _read_rules(office), self._on_rules, latest="intake-rules")
        if self._received is not None:
            self.saved.next.setFocus()
        else:
            next((band for band in self.bands if band.is_open), self.person).start()

    def closing(self) -> None:
        self.drafting.keep_now()

    def begin(self, card: str = "") -> None:
        """A new reception, from a card that was scanned anywhere in the window.

        What is being entered of somebody else is set aside; of the same person, his card is only filled in.
        """
        if self._saving:
            self._waiting_card = card
            return
        if self._received is not None or (not card and self._draft() is None):
            self.clear()
        elif card and not self._is_of(card):
            self._on_set_aside()
        if card:
            self._open(self.person)
            self.person.take_card(card)
            self.person.go_on_from_card()

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
        self._id = draft.id
        fields = draft.fields
        fill(self.person.controls(), fields.get("person", {}))
        today = self.desk.now().date()
        there = [one for one in self._rules.catalogue if one.code == fields.get("procedure")]
        there = [one for one in there if one.in_force(today)]
        same = [one for one in there if one.version == fields.get("version")]
        self.procedure.choose(next(iter(same or there), None))
        if fields.get("procedure") and not same:
            self.told.emit(self.tr("Thủ tục của hồ sơ đang nhập dở đã thay đổi; hãy xem lại mục 2 đến 4"))
        if self._procedure is not None:
            self.components.restore(fields.get("papers", ()))
            self.fee.restore(fields.get("fee", {}))
        waiting = next((band for band in self.bands if not band.is_done()), self.fee)
        self._open(waiting)
        self._refresh()

    def clear(self) -> None:
        """The next citizen: an empty page under a new id."""
        self._received, self._promise, self._saving = None, None, False
        self.known.forget()
        self._id = new_dossier_id(to_ms(self.desk.now()))
        self._settling = True
        self.person.clear()
        self.procedure.clear()
        self._ask_for(None)
        self._stack.setCurrentIndex(0)
        self._open(self.person)
        self._scroll.verticalScrollBar().setValue(0)

    def entry(self) -> dict[str, Any]:
        """The fields of the reception as `read_form` takes them; raises BadInput for an amount."""
        chosen = self.procedure.procedure
        other = self.person.submitter()
        return {
            "id": str(UUID(bytes=self._id)),
            "procedure": chosen.code if chosen else "",
            "applicant": self.person.fields(),
            **({"submitter": other} if other is not None else {}),
            "components": self.components.fields(),
            **self.fee.fields(self.desk.now().date()),
        }

    # keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on, Shift+Enter goes back; a text field leaves both to the page."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
            return
        if self._received is not None:
            self.saved.enter()
            return
        focused = QApplication.focusWidget()
        if isinstance(focused, QAbstractButton) and not isinstance(focused, QCheckBox | QRadioButton):
            focused.click()
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._go_back()
        else:
            self._go_on()

    def _go_on(self) -> None:
        band = self._current()
        if not band.advance():
            self._on_ended(band)

    def _go_back(self) -> None:
        band = self._current()
        at = self.bands.index(band)
        if not band.retreat() and at > 0:
            self._open(self.bands[at - 1], at_end=True)

    def _on_ended(self, band: Band) -> None:
        """The band is through: its faults are told in it, else the next one opens."""
        obstacle = self._obstacle_in(band)
        if obstacle is not None and obstacle.fault is not None:
            band.point_out(obstacle.fault, obstacle.words)
            return
        if obstacle is not None:
            band.start()
            return
        if band is self.person:
            self.person.warn()
        later = self.bands[self.bands.index(band) + 1 :]
        waiting = next((b for b in later if not b.is_done()), None)
        if waiting is not None:
            self._open(waiting)
            if band is self.person:
                self.person.warn()
        elif self.save.isEnabled():
            self.save.setFocus()
        else:
            self._on_save()

    # saving

    def _on_save(self) -> None:
        if self._saving or self._received is not None:
            return
        obstacle = self._obstacle()
        if obstacle is not None:
            self._open(obstacle.band)
            if obstacle.fault is not None:
                obstacle.band.point_out(obstacle.fault, obstacle.words)
            elif obstacle.band is self.components:
                self.components.insist()
            return
        office, session = self.desk.office, self.desk.session
        try:
            form = read_form(self.entry(), self._rules.catalogue, self.desk.now())
        except BadInput as fault:
            self._point_out(fault)
            return
        self.drafting.keep_now()  # until it is received, or where it cannot be
        self._saving, self._saving_name = True, form.applicant.name
        self.drafting.rest()
        self._refresh()
        self.desk.tasks.run(
            "store",
            lambda: reception.receive(office, session, form, paper=office.settings.paper),
            self._on_received,
            self._on_not_received,
        )

    def _on_received(self, received: Received) -> None:
        self._saving, self._received = False, received
        self.saved.show_saved(received, self._saving_name)
        self._stack.setCurrentIndex(1)
        self.saved.next.setFocus()
        self._refresh()
        unmarked = [w for w in received.warnings if w["code"] == "number-not-marked"]
        said = warning_words(unmarked[0]) if unmarked else self.tr("Đã lưu hồ sơ {}").format(received.code)
        self.told.emit(said)
        desk = self.desk

        def make_and_print() -> Sent:
            from counter_app.desk import prints

            return prints.first(desk, received)

        self.desk.tasks.run("paper", make_and_print, self._if_still(received), self._not_printed(received))
        self._begin_waiting()

    def _on_not_received(self, error: CounterError) -> None:
        self._saving = False
        if isinstance(error, BadInput):
            self._point_out(error)
        self._refresh()
        styled(self.reason, kind="fault")
        self.reason.setText(sentence(error))
        self._begin_waiting()

    def _begin_waiting(self) -> None:
        """A card that was scanned while the last dossier was being saved."""
        card, self._waiting_card = self._waiting_card, ""
        if card:
            self.begin(card)

    def _point_out(self, fault: BadInput) -> None:
        field = str(fault.facts.get("field", ""))
        band = next((band for band in self.bands if band.step_of(field) is not None), self._current())
        self._open(band)
        band.point_out(fault, sentence(fault))

    def _on_reprint(self, why: str) -> None:
        received, desk, session = self._received, self.desk, self.desk.session
        if received is None:
            return
        failed = self.saved.failed

        def print_again() -> Sent:
            from counter_app.desk import prints

            return prints.again(desk, session, received, why, spoiled=failed)

        self.desk.tasks.run("paper", print_again, self._if_still(received), self._not_printed(received))

    def _if_still(self, received: Received) -> Any:
        def printed(sent: Sent) -> None:
            if self._received is received:
                self.saved.show_printed(sent)
            told = self.tr("Giấy hẹn {} đã thành tệp, chưa in") if sent.is_file else ""
            self.told.emit((told or self.tr("Đã gửi giấy hẹn {} đi in")).format(received.code))

        return printed

    def _not_printed(self, received: Received) -> Callable[[CounterError], None]:
        def failed(error: CounterError) -> None:
            if self._received is received:
                self.saved.show_failed(sentence(error))
            else:
                self.desk.tasks.failed.emit(error)

        return failed

    # what stands on the page

    def _on_rules(self, read: _Rules) -> None:
        self._rules = read
        today = self.desk.now().date()
        self.procedure.offer([one for one in read.catalogue if one.in_force(today)])
        self._refresh()
        if not self._drafts_read:
            self._drafts_read = True
            self.drafting.load(self._on_drafts)

    def _on_changed(self) -> None:
        self.known.touch()
        chosen = self.procedure.procedure
        if chosen is not self._procedure:
            self._ask_for(chosen)
        else:
            self._refresh()

    def _ask_for(self, chosen: Procedure | None) -> None:
        """The papers, the fee and the limit of another procedure, told once when all of them are there."""
        self._settling, self._procedure = True, chosen
        self.fee.ask_for(chosen)
        self.components.ask_for(chosen.components if chosen else ())
        self.known.choose(chosen)
        self._settling = False
        self._refresh()

    def _refresh(self) -> None:
        """Date, receipt, bands and the reason beside F9, all from what the bands hold now."""
        if self._settling:
            return
        self._promise, waits = None, self.tr("Chọn thủ tục thì ngày hẹn hiện ở đây.")
        if self._procedure is not None:
            try:
                self._promise = self.fee.promise(self._received_at(), self._rules.calendar)
            except BadInput as fault:
                waits = sentence(fault)
        if self._received is None:
            self.fee.show_promise(self._promise)
        obstacle = self._obstacle()
        for band in self.bands:
            band.refresh()
        self.save.setEnabled(obstacle is None and not self._saving)
        styled(self.reason, kind="second")
        self.reason.setText(self.tr("Đang lưu…") if self._saving else obstacle.words if obstacle else "")
        self.preview.show_preview(self._preview(obstacle is None, waits))
        self._short.setText(self._in_short(waits))
        if self._received is None and not self._saving:
            self.drafting.touch()

    def _received_at(self) -> datetime:
        return self._received.received_at if self._received else self.desk.now()

    def _preview(self, firm: bool, waits: str) -> Preview:
        rows = self.components.rows
        taken = [row for row in rows if row.taken or row.missing]
        try:
            money = self.fee.money()
        except BadInput:
            money = None
        return Preview(
            promise=self._promise,
            firm=firm,
            code=self._received.code if self._received else "",
            applicant=self.person.fields().get("name", ""),
            procedure=self._procedure.name if self._procedure else "",
            papers=tuple(_paper(row) for row in taken),
            fee=fee_words(money, self.fee.paid.isChecked()) if self._procedure else "",
            return_at=capital(RETURN_BY.say(self.fee.return_by())),
            waits_for=waits,
        )

    def _in_short(self, waits: str) -> str:
        if self._promise is None:
            return waits
        due = self._promise.due
        return self.tr("Hẹn trả {}, {}").format(dates.day(due.date()), due_words(due))

    def _obstacle(self) -> _Obstacle | None:
        found = (self._obstacle_in(band) for band in self.bands)
        first = next((obstacle for obstacle in found if obstacle is not None), None)
        if first is None and self.desk.session.officer is None:
            words = self.tr("Chọn cán bộ ở góc dưới trước khi lưu")
            return _Obstacle(self.fee, words)
        return first

    def _obstacle_in(self, band: Band) -> _Obstacle | None:
        try:
            if band is self.person:
                if not self.person.fields().get("name"):
                    fault = BadInput("empty", field="applicant.name")
                    return _Obstacle(band, self.tr("Quét thẻ căn cước, hoặc gõ tên người nộp"), fault)
                self.person.party(self.desk.now().date())
            elif band is self.procedure:
                if self._procedure is None:
                    return _Obstacle(band, self.tr("Chọn thủ tục ở mục 2"))
            elif band is self.components:
                missing = len(self.components.missing())
                if missing:
                    return _Obstacle(band, self.tr("Còn thiếu {} giấy ở mục 3").format(missing))
            elif self._procedure is not None:
                self.fee.money()
                found = self.fee.promise(self._received_at(), self._rules.calendar)
                if found.unknown_years and not self.fee.confirmed.isChecked():
                    return _Obstacle(band, self.tr("Xem lịch nghỉ rồi xác nhận ngày hẹn ở mục 4"))
        except BadInput as fault:
            return _Obstacle(band, sentence(fault), fault)
        return None

    # drafts

    def _draft(self) -> Draft | None:
        """What would be lost with the page; None where nothing is."""
        person = read(self.person.controls())
        if self._received is not None or self._saving or not (person or self._procedure):
            return None
        chosen = self._procedure
        fields: dict[str, Any] = {"person": person}
        if chosen is not None:
            named = {"procedure": chosen.code, "version": chosen.version, "procedure_name": chosen.name}
            fields |= {**named, "papers": self.components.draft(), "fee": read(self.fee.controls())}
        return Draft(self._id, fields)

    def _on_drafts(self, open_: Draft | None) -> None:
        if open_ is None:
            return
        if self._draft() is None:
            self.restore(open_)
            self.told.emit(self.tr("Đã mở lại hồ sơ đang nhập dở"))
        else:  # somebody was quicker with a card: what was open waits its turn
            self.drafting.set_aside(open_)

    def _on_set_aside(self) -> None:
        if (draft := self._draft()) is not None:
            self.drafting.set_aside(draft)
            self.told.emit(self.tr("Đã gác lại; mời người tiếp theo"))
            self.clear()

    def _on_take_up(self, number: int) -> None:
        if self._saving or (wanted := self.drafting.take(number)) is None:
            return
        if (draft := self._draft()) is not None:
            self.drafting.set_aside(draft)
        self.restore(wanted)

    def _on_more(self) -> None:
        """The next dossier of the citizen who stands here: birth, insurance, residence in one visit."""
        if self._received is None:
            return
        person, warnings = read(self.person.controls()), self.person.card_warnings
        self.clear()
        fill(self.person.controls(), person)
        self.person.card_warnings = warnings
        self._open(self.procedure)
        self._refresh()

    def _on_afresh(self) -> None:
        if self._saving:
            return
        if (draft := self._draft()) is not None:
            self.drafting.drop(draft)
        self.clear()

    def _current(self) -> Band:
        return next((band for band in self.bands if band.is_open), self.person)

    def _open(self, band: Band, *, at_end: bool = False) -> None:
        for one in self.bands:
            one.set_open(one is band)
            one.refresh()
        band.start(at_end=at_end)
        QTimer.singleShot(0, self._show_open_band)

    def _show_open_band(self) -> None:
        band = self._current()
        # Room for a warning under the band is made at once, so that nothing moves when one comes.
        self._scroll.ensureVisible(0, band.geometry().bottom() + _ROOM_TO_WARN, 0, 0)
        self._scroll.ensureVisible(0, band.y(), 0, 8)

    # how it is built

    def _form(self) -> QWidget:
        sheet = QFrame()
        sheet.setProperty("kind", "sheet")
        column = QVBoxLayout(sheet)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        for number, band in enumerate(self.bands):
            if number:
                column.addWidget(rule())
            column.addWidget(band)
        column.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(sheet)
        act = QHBoxLayout()
        act.setSpacing(12)
        act.setContentsMargins(0, 12, 0, 0)
        act.addWidget(self.save)
        act.addWidget(self.reason, 1)
        act.addWidget(self.park)
        act.addWidget(self.fresh)
        form = QWidget()
        whole = QVBoxLayout(form)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._scroll, 1)
        whole.addWidget(self._short)
        whole.addLayout(act)
        return form

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 8)
        head.addWidget(text(self.title, "page"))
        head.addStretch(1)
        head.addWidget(keys(("Enter", self.tr("tiếp")), ("Shift+Enter", self.tr("lùi"))))
        return head

    def _connect(self) -> None:
        for band in self.bands:
            band.changed.connect(self._on_changed)
            band.ended.connect(lambda band=band: self._on_ended(band))
            band.asked.connect(lambda band=band: self._open(band))
        self.save.clicked.connect(self._on_save)
        self.park.clicked.connect(self._on_set_aside)
        self.fresh.clicked.connect(self._on_afresh)
        self.drafting.changed.connect(lambda: self.aside.show_aside(self.drafting.aside[:MOST]))
        self.aside.asked.connect(self._on_take_up)
        for number in range(MOST):
            taking = QShortcut(QKeySequence(f"Alt+{number + 1}"), self)
            taking.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            taking.activated.connect(lambda n=number: self._on_take_up(n))
        self.saved.next_asked.connect(self.clear)
        self.saved.more_asked.connect(self._on_more)
        self.saved.reprint_asked.connect(self._on_reprint)
        self.saved.story_asked.connect(self._on_story_asked)
        acts: Sequence[tuple[str, Any]] = (
            ("F9", self._on_save),
            ("Ctrl+N", self._on_afresh),
            ("Ctrl+K", self._on_set_aside),
            ("Ctrl+T", self._on_more),
            ("Ctrl+D", self._on_all_taken),
            ("Ctrl+P", self._on_again),
            ("Ctrl+O", self._on_story_asked),
        )
        for key, act in acts:
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        self._renewing = QTimer(self)
        self._renewing.timeout.connect(self._on_time_passed)
        self._renewing.start(_RENEW)

    def _on_time_passed(self) -> None:
        if self.isVisible() and self._received is None and not self._saving:
            self._refresh()

    def _on_all_taken(self) -> None:
        if self.components.is_open and self._received is None:
            self.components.take_all()

    def _on_again(self) -> None:
        if self._received is not None:
            self.saved.ask_reason()

    def _on_story_asked(self) -> None:
        if self._received is not None:
            self.open_dossier.emit(self._received.dossier)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        window = self.window().width()
        self.preview.setVisible(window >= NARROW)
        self._short.setVisible(window < NARROW)


def _paper(row: ComponentRow) -> Paper:
    fields = row.fields()
    count = 0 if row.missing else fields["count"]
    return Paper(row.number, fields["name"], paper_kind_words(fields["kind"]), count)


def _read_rules(office: Office) -> _Rules:
    known = office.commune()
    return _Rules(rules.catalogue(office), office.calendar(), known.name)

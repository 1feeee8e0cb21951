"""The form of the intake: its four bands in their order, what follows from them, the receipt that grows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from counter_app.desk.lines import Lines
from counter_app.desk.page import Desk
from counter_app.desk.pages.band import Band
from counter_app.desk.pages.band_sheet import BandSheet
from counter_app.desk.pages.components import ComponentRow, ComponentsBand
from counter_app.desk.pages.controls import fill, read
from counter_app.desk.pages.fee_and_date import FeeAndDateBand
from counter_app.desk.pages.known import KnownHere
from counter_app.desk.pages.late import LateBand
from counter_app.desk.pages.obstacles import Obstacle, Obstacles
from counter_app.desk.pages.person import PersonBand
from counter_app.desk.pages.procedure import ProcedureBand
from counter_app.desk.pages.receipt_preview import Paper, Preview, ReceiptPreview
from counter_app.desk.parts import KeyButton
from counter_app.desk.theme import styled, text
from counter_app.domain.calendar import WorkCalendar
from counter_app.domain.citizen import Warning
from counter_app.domain.errors import BadInput, NotFound
from counter_app.domain.fee_table import NO_TABLE, FeeTable
from counter_app.domain.postings import Posting
from counter_app.domain.procedures import Procedure, by_code
from counter_app.domain.promise import Promise
from counter_app.services import rules
from counter_app.services.office import Office
from counter_app.services.reception import Received
from counter_app.words import dates
from counter_app.words.errors import sentence
from counter_app.words.language import capital
from counter_app.words.reasoning import due_words
from counter_app.words.states import RETURN_BY, fee_words, paper_kind_words

_REASON: Final = 168  # pixels of the reason beside F9, before it takes a line of its own


@dataclass(frozen=True)
class Rules:
    """What the office decides about a reception, read together."""

    catalogue: list[Procedure]
    calendar: WorkCalendar
    agency: str
    posting: Posting | None = None
    tariff: FeeTable = NO_TABLE


def read_rules(office: Office, before: Rules) -> Rules:
    """What holds now. A catalogue that is still the one of `before` is that very list."""
    known = office.commune()
    catalogue = rules.catalogue(office)
    if catalogue == before.catalogue:
        catalogue = before.catalogue
    for one in catalogue:
        one.folded  # noqa: B018 - asked here, so that the window's thread need not fold five hundred names
    return Rules(catalogue, office.calendar(), known.name, office.posting(), office.fees())


class IntakeForm(QWidget):
    """`preview` is shown beside the form by the page; where there is no room, `short` stands for it."""

    edited = Signal()
    """What the form holds, or what follows from it, may have changed."""
    save_asked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.rules = Rules([], WorkCalendar(), "")
        self.chosen: Procedure | None = None
        self.promise: Promise | None = None
        self._offered: tuple[date, list[Procedure]] | None = None
        self.received: Received | None = None
        """What has become of it, once it is saved."""
        self.saving = False
        self._settling = self._is_tight = self._is_narrow = False
        self.late = LateBand()
        self.person, self.procedure = PersonBand(), ProcedureBand()
        self.components, self.fee = ComponentsBand(), FeeAndDateBand()
        self.known = KnownHere(desk, self.person, self.procedure, self)
        self.bands: tuple[Band, ...] = (self.person, self.procedure, self.components, self.fee)
        self.preview = ReceiptPreview()
        self.save = KeyButton(self.tr("Lưu và in giấy hẹn"), "F9", "primary")
        self.reason = text("", "second", wrap=True)
        self.fresh = KeyButton(self.tr("Làm lại"), "Ctrl+N")
        self.park = KeyButton(self.tr("Gác lại"), "Ctrl+K")
        self.park.setToolTip(self.tr("Giữ hồ sơ đang nhập, tiếp người khác trước"))
        self.more = KeyButton(self.tr("Lưu, hồ sơ nữa"), "Ctrl+T")
        self.more.setToolTip(
            self.tr("Lưu hồ sơ này, nhập hồ sơ tiếp theo của người này; giấy hẹn in cùng ở hồ sơ cuối")
        )
        self.later = KeyButton(self.tr("Nhập sau"), "Ctrl+Shift+N", "link")
        self.later.setToolTip(self.tr("Hồ sơ đã nhận trước đó: trên phiếu dự phòng, lúc mất điện"))
        self.short = text("", "strong", wrap=True)
        self.obstacles = Obstacles(self)
        self.area = BandSheet(self.late, self.bands)
        self.open, self.current, self.enter = self.area.open, self.area.current, self.area.enter
        self._arrange()
        for band in (self.late, *self.bands):
            band.changed.connect(self._on_changed)
        self.area.ended.connect(self._on_ended)
        self.save.clicked.connect(self.save_asked)

    # what it holds

    def entry(self, id_: bytes) -> dict[str, Any]:
        """The fields of the reception as `read_form` takes them; raises BadInput for an amount."""
        chosen = self.procedure.procedure
        other = self.person.submitter()
        return {
            "id": str(UUID(bytes=id_)),
            "procedure": chosen.code if chosen else "",
            "applicant": self.person.fields(),
            **({"submitter": other} if other is not None else {}),
            "components": self.components.fields(),
            **self.fee.fields(self.desk.now().date()),
            **self.late.fields(self.desk.now()),
        }

    def state(self) -> dict[str, Any]:
        """What would be lost with the page, for a draft; empty where nothing would be."""
        person = read(self.person.controls())
        if not (person or self.chosen):
            return {}
        fields: dict[str, Any] = {"person": person}
        if self.late.is_on:
            fields["late"] = read(self.late.controls())
        if warnings := self.person.card_warnings:
            fields["card_warnings"] = [{"code": w.code, **w.facts} for w in warnings]
        if (chosen := self.chosen) is not None:
            named = {"procedure": chosen.code, "version": chosen.version, "procedure_name": chosen.name}
            fields |= {**named, "papers": self.components.draft(), "fee": self.fee.draft()}
        return fields

    def restore(self, fields: Mapping[str, Any]) -> bool:
        """Takes up what `state` gave; False where the procedure has changed since."""
        if late := fields.get("late"):
            self.late.set_on(True, self.desk.now())
            fill(self.late.controls(), late)
        fill(self.person.controls(), fields.get("person", {}))
        warnings = (dict(one) for one in fields.get("card_warnings", ()))
        self.person.card_warnings = tuple(Warning(str(w.pop("code", "")), w) for w in warnings)
        self.person.warn()
        day = self.received_at().date()
        there = [one for one in self.rules.catalogue if one.code == fields.get("procedure")]
        there = [one for one in there if one.in_force(day)]
        same = [one for one in there if one.version == fields.get("version")]
        self.procedure.choose(next(iter(same or there), None))
        if self.chosen is not None:
            self.components.restore(fields.get("papers", ()))
            self.fee.restore(fields.get("fee", {}))
        waiting = next((band for band in self.area.walked if not band.is_done()), self.fee)
        self.open(waiting)
        self.refresh()
        return bool(same) or not fields.get("procedure")

    def clear(self) -> None:
        """An empty form for the next citizen."""
        self.received, self.promise, self.saving = None, None, False
        self.known.forget()
        with self.at_once():
            asked = self.chosen is not None
            self.late.set_on(False, self.desk.now())
            self.person.clear()
            self.procedure.clear()
            if not asked:  # else the procedure that went has asked for none
                self._ask_for(None)
            self.open(self.person)
        self.area.to_top()

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """Around many changes: what stands in the form is said again once, when all of them are there."""
        outer, self._settling = self._settling, True
        try:
            yield
        finally:
            self._settling = outer
            self.refresh()

    def take_rules(self, read_: Rules) -> None:
        self.rules = read_
        self.refresh()

    def follow_day(self) -> bool:
        """Holds to the procedures in force on the day of reception: past midnight, or keyed in later.

        True where the chosen one has another version that day, or none: it is told in its band.
        """
        if self.received is not None or self.saving:
            return False
        day, chosen = self.received_at().date(), self.chosen
        catalogue = self.rules.catalogue
        if self._offered is None or self._offered[0] != day or self._offered[1] is not catalogue:
            self._offered = day, catalogue
            self.procedure.offer([one for one in catalogue if one.in_force(day)])
        if chosen is None:
            return False
        try:
            then = by_code(chosen.code, self.rules.catalogue, day)
        except NotFound:
            self.procedure.choose(None)
            words = self.tr("{} không có hiệu lực ngày {}: hãy chọn thủ tục khác.")
            self.procedure.say_renewed(words.format(chosen.name, dates.day(day)))
            return True
        if then.version == chosen.version:
            return False
        papers, fee = self.components.draft(), self.fee.draft()
        self.procedure.choose(then)
        self.components.restore(papers)
        self.fee.restore(fee)
        words = self.tr("Ngày {} thủ tục này theo bản khác: hãy xem lại giấy tờ, phí và ngày hẹn ở mục 3, 4.")
        self.procedure.say_renewed(words.format(dates.day(day)))
        return True

    def ask_late(self, on: bool, slip: str = "") -> None:
        """Begins, or ends, keying in what was received earlier, on a pre-numbered `slip` perhaps."""
        self.late.set_on(on, self.desk.now(), slip)
        if on:
            self.open(self.late)
        elif self.current() is self.late or not any(band.is_open for band in self.bands):
            self.open(self.person)

    def point_out(self, fault: BadInput) -> None:
        """Opens the band that the fault is in, and says it there."""
        field = str(fault.facts.get("field", ""))
        band = next((band for band in self.area.walked if band.step_of(field) is not None), self.current())
        self.open(band)
        band.point_out(fault, sentence(fault))

    def stop_at(self, obstacle: Obstacle) -> None:
        self.open(obstacle.band)
        if obstacle.fault is not None:
            obstacle.band.point_out(obstacle.fault, obstacle.words)
        else:
            obstacle.band.insist()

    def _on_ended(self, band: Band) -> None:
        """The band is through: its faults are told in it, else the next one opens."""
        obstacle = self.obstacles.in_band(band)
        if obstacle is not None and obstacle.fault is not None:
            band.point_out(obstacle.fault, obstacle.words)
            return
        if obstacle is not None:
            band.start()
            return
        if band is self.person:
            self.person.warn()
        later = self.area.walked[self.area.walked.index(band) + 1 :]
        waiting = next((b for b in later if not b.is_done()), None)
        if waiting is not None:
            self.open(waiting)
            if band is self.person:
                self.person.warn()
        elif self.save.isEnabled():
            self.save.setFocus()
        else:
            self.save_asked.emit()

    def give_way(self, tight: bool) -> None:
        """What the saving waits for stands over the bar, in the place of the date that is not there yet."""
        self._is_tight = tight
        self._act.setContentsMargins(0, 6 if tight else 12, 0, 0 if tight else 4)
        if tight:
            self._act.removeWidget(self.reason)
            self._whole.insertWidget(1, self.reason)
        else:
            self._whole.removeWidget(self.reason)
            self._act.insert(2, self.reason, 1, _REASON)
        self._say_short()

    def narrow(self, on: bool) -> None:
        """Whether the receipt has no room beside the form."""
        self._is_narrow = on
        self._say_short()

    def _say_short(self) -> None:
        says_reason = self._is_tight and bool(self.reason.text())
        self.reason.setVisible(says_reason or not self._is_tight)
        self.short.setVisible(self._is_narrow and not says_reason)

    # what stands in it

    def refresh(self) -> None:
        """Date, receipt, bands and the reason beside F9, all from what the bands hold now."""
        if self._settling or self.follow_day():
            return
        self.fee.follow(self.rules.tariff, self.received_at().date())
        self.promise, waits = None, self.tr("Chọn thủ tục thì ngày hẹn hiện ở đây.")
        if self.chosen is not None:
            try:
                self.promise = self.fee.promise(self.received_at(), self.rules.calendar)
            except BadInput as fault:
                waits = sentence(fault)
        if self.received is None:
            self.fee.show_promise(self.promise)
        obstacle = self.obstacles.first()
        self.area.refresh()
        self.save.setEnabled(obstacle is None and not self.saving)
        self.more.setVisible(self.save.isEnabled())  # else the reason stands there
        styled(self.reason, kind="second")
        self.reason.setText(self.tr("Đang lưu…") if self.saving else obstacle.words if obstacle else "")
        self.preview.show_preview(self._preview(obstacle is None, waits))
        self.short.setText(self._in_short(waits))
        self._say_short()
        self.edited.emit()

    def complain(self, words: str) -> None:
        """Beside F9, where the saving itself was refused."""
        self.more.hide()
        styled(self.reason, kind="fault")
        self.reason.setText(words)
        self._say_short()

    def received_at(self) -> datetime:
        """When it was, or will have been, received; now, as long as the true time is still being typed."""
        if self.received is not None:
            return self.received.received_at
        now = self.desk.now()
        try:
            return self.late.moment(now) or now
        except BadInput:
            return now

    def _on_changed(self) -> None:
        self.known.touch()
        chosen = self.procedure.procedure
        if chosen is not self.chosen:
            self._ask_for(chosen)
        else:
            self.refresh()

    def _ask_for(self, chosen: Procedure | None) -> None:
        """The papers, the fee and the limit of another procedure, told once when all of them are there."""
        self.chosen = chosen
        with self.at_once():
            self.fee.ask_for(chosen)
            self.components.ask_for(chosen.components if chosen else ())
            self.known.choose(chosen)

    def _preview(self, firm: bool, waits: str) -> Preview:
        rows = self.components.rows
        taken = [row for row in rows if row.taken or row.missing]
        try:
            money = self.fee.money()
        except BadInput:
            money = None
        return Preview(
            promise=self.promise,
            firm=firm,
            code=self.received.code if self.received else "",
            applicant=self.person.fields().get("name", ""),
            procedure=self.chosen.name if self.chosen else "",
            papers=tuple(_paper(row) for row in taken),
            fee=fee_words(money, self.fee.paid.isChecked()) if self.chosen else "",
            return_at=capital(RETURN_BY.say(self.fee.return_by())),
            waits_for=waits,
        )

    def _in_short(self, waits: str) -> str:
        if self.promise is None:
            return waits
        due = self.promise.due
        return self.tr("Hẹn trả {}, {}").format(dates.day(due.date()), due_words(due))

    # how it is built

    def _arrange(self) -> None:
        act = self._act = Lines(spacing=8)
        act.setContentsMargins(0, 12, 0, 4)
        act.add(self.save)
        act.add(self.more)
        act.add(self.reason, 1, _REASON)
        act.add(self.park)
        act.add(self.fresh)
        whole = self._whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.area, 1)
        whole.addWidget(self.short)
        whole.addLayout(act)


def _paper(row: ComponentRow) -> Paper:
    fields = row.fields()
    count = 0 if row.missing else fields["count"]
    return Paper(row.number, fields["name"], paper_kind_words(fields["kind"]), count)

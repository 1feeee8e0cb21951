"""Band 4 of the intake: what is to be paid, how the result comes back, and what the date rests on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QRadioButton,
    QSpinBox,
    QWidget,
)

from counter_app.desk.lines import Lines
from counter_app.desk.pages.band import Band
from counter_app.desk.pages.controls import Controls, fill, read
from counter_app.desk.pages.days import read_day
from counter_app.desk.parts import Field, Notice, typed
from counter_app.desk.theme import styled, text
from counter_app.desk.widgets.exemption import Exemption
from counter_app.domain.calendar import WorkCalendar
from counter_app.domain.errors import BadInput
from counter_app.domain.fee_table import Applied, FeeTable
from counter_app.domain.fees import Per, Proof
from counter_app.domain.limits import Confidence
from counter_app.domain.procedures import Procedure
from counter_app.domain.promise import Promise, promise, typed_promise
from counter_app.services.entry import fee_doubts
from counter_app.words import dates
from counter_app.words.language import capital, listed
from counter_app.words.reasoning import catalogue_limit
from counter_app.words.states import CHANNELS, RETURN_BY, fee_words, warning_words


class FeeAndDateBand(Band):
    def __init__(self) -> None:
        super().__init__(4, self.tr("Phí và hẹn trả"))
        self.procedure: Procedure | None = None
        self._own_amount = False
        self.unknown_years: tuple[int, ...] = ()
        self.amount, self.note = QLineEdit(), QLineEdit()
        self.less = Exemption(self, self.tr("Miễn, giảm vì"))
        self.exemption, self.proof = self.less.reason, self.less.proof
        self.paid, self.overdue = QCheckBox(self.tr("Đã thu")), QCheckBox(self.tr("Đăng ký quá hạn"))
        self.pages, self.copies, self.cases = QSpinBox(), QSpinBox(), QSpinBox()
        for box in (self.pages, self.copies, self.cases):
            box.setRange(1, 999)
        self.channel, self.sets = QComboBox(), QSpinBox()
        for value in ("counter", "home", "post"):
            self.channel.addItem(capital(CHANNELS.say(value)), value)
        self.sets.setRange(1, 99)
        self.due, self.due_reason = QLineEdit(), QLineEdit()
        self.verification = QCheckBox()
        self.confirmed = QCheckBox(self.tr("Đã xem kỹ, hẹn ngày này"))
        self.calendar_notice = Notice()
        self._by = QButtonGroup(self)
        self._radios: list[QRadioButton] = []
        self._due_field = Field(self.tr("Ngày hẹn trả"), self.due, self.tr("ngày/tháng/năm"))
        self._reason_field = Field(
            self.tr("Lý do chọn ngày ấy"), self.due_reason, self.tr("như: theo lịch họp xét của xã")
        )
        self._pages_field = Field(self.tr("Số trang"), self.pages)
        self._copies_field = Field(self.tr("Số bản"), self.copies)
        self._cases_field = Field(self.tr("Số người, việc"), self.cases)
        days = Lines()
        days.add(self._due_field, 1)
        days.add(self._reason_field, 3, 240)
        money = Lines()
        money.add(self._pages_field)
        money.add(self._copies_field)
        money.add(self._cases_field)
        money.add(Field(self.tr("Phí, lệ phí (đồng)"), self.amount), 2)
        money.add(self.less.reason_field, 3)
        money.add(self.less.proof_field, 3, 180)
        for tick in (self.overdue, self.paid):
            tick.setFixedHeight(40)
            money.add(tick, align=Qt.AlignmentFlag.AlignBottom)
        self._rule = text("", "small", wrap=True)
        ways = Lines(spacing=16, between=0)
        ways.add(text(self.tr("Nhận kết quả")))
        for value in ("counter", "home", "post"):
            radio = QRadioButton(capital(RETURN_BY.say(value)))
            radio.setProperty("value", value)
            radio.setAccessibleDescription(self.tr("Nhận kết quả"))
            self._by.addButton(radio)
            self._radios.append(radio)
            ways.add(radio)
        self._radios[0].setChecked(True)
        self.content.addLayout(days)
        self.content.addLayout(money)
        self.content.addWidget(self._rule)
        self.content.addLayout(ways)
        self.content.addWidget(self.verification)
        last = Lines()
        last.add(Field(self.tr("Ghi chú (không in cho người nộp)"), self.note), 1, 200)
        last.add(Field(self.tr("Cách nộp"), self.channel))
        self.sets.setFixedWidth(72)
        self.sets.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        last.add(Field(self.tr("Số bộ"), self.sets))
        self.content.addLayout(last)
        self.content.addWidget(self.calendar_notice)
        self.amount.textEdited.connect(self._on_amount_edited)
        for field in (self.amount, self.exemption, self.proof, self.due, self.due_reason, self.note):
            field.textChanged.connect(self._on_changed)
        self.less.changed.connect(self._propose)
        for box in (self.pages, self.copies, self.cases):
            box.valueChanged.connect(self._propose)
        self.overdue.toggled.connect(self._propose)
        self.channel.currentIndexChanged.connect(self._on_channel)
        self.sets.valueChanged.connect(self._on_changed)
        for tick in (self.paid, self.verification, self.confirmed):
            tick.toggled.connect(self._on_changed)
        self._by.buttonToggled.connect(self._on_changed)
        self.ask_for(None)

    def ask_for(self, procedure: Procedure | None) -> None:
        """What this procedure asks: pages and copies, the longer limit, a date where it has none."""
        self.procedure = procedure
        self.less.ask_for(procedure)
        limit = procedure.limit if procedure else None
        self._own_amount = False
        for box in (self.pages, self.copies, self.cases, self.sets):
            box.setValue(1)
        self.channel.setCurrentIndex(0)
        for tick in (self.paid, self.overdue, self.verification, self.confirmed):
            tick.setChecked(False)
        for field in (self.due, self.due_reason, self.exemption, self.proof, self.note):
            field.clear()
        self._radios[0].setChecked(True)
        no_limit = procedure is not None and limit is None
        self._due_field.setVisible(no_limit)
        self._reason_field.setVisible(no_limit)
        longer = catalogue_limit(limit, verification=True) if limit and limit.verification else ""
        self.verification.setVisible(bool(longer))
        self.verification.setText(self.tr("Phải xác minh: {}").format(longer))
        self._on_rule()
        self._say_doubt()

    def follow(self, tariff: FeeTable, day: date) -> None:
        """The table of fees in force, and the day of the reception."""
        if self.less.follow(tariff, day):
            self._on_rule()

    def _on_rule(self) -> None:
        """Another rule may hold: of the procedure, the channel, the table or the day."""
        self.less.ask_for(self.procedure, str(self.channel.currentData()))
        self._propose()

    # what it holds

    def promise(self, at: datetime, calendar: WorkCalendar) -> Promise:
        """The date as it stands; raises BadInput where it cannot be promised yet."""
        assert self.procedure is not None
        limit = self.procedure.limit
        if limit is not None:
            return promise(limit, at, calendar, verification=self.verification.isChecked())
        day = read_day(typed(self.due), at.date())
        if day is None:
            raise BadInput(
                "due-needed" if not typed(self.due) else "not-a-day", field="due", value=typed(self.due)
            )
        return typed_promise(day, at, calendar, typed(self.due_reason))

    def fields(self, today: date) -> dict[str, Any]:
        """This band's part of the entry; raises BadInput for an amount that is no number."""
        fee: dict[str, Any] = {"paid": self.paid.isChecked(), "exemption": typed(self.exemption)}
        fee |= {"proof": self.less.shown(), "late": self.overdue.isChecked()}
        amount = self.money()
        if amount is not None:
            fee["amount"] = amount
        given: dict[str, Any] = {
            "fee": fee,
            "channel": str(self.channel.currentData()),
            "sets": self.sets.value(),
            "return_by": self.return_by(),
            "pages": self.pages.value(),
            "copies": self.copies.value(),
            "cases": self.cases.value(),
            "verification": self.verification.isChecked(),
            "calendar_confirmed": self.confirmed.isChecked() and bool(self.unknown_years),
            "note": typed(self.note),
        }
        if self.procedure is not None and self.procedure.limit is None:
            day = read_day(typed(self.due), today)
            given |= {
                "due": day.isoformat() if day else typed(self.due),
                "due_reason": typed(self.due_reason),
            }
        return given

    def money(self) -> int | None:
        """The amount in đồng, None where the field is empty; raises BadInput("not-a-whole-number")."""
        text_ = typed(self.amount)
        digits = re.sub(r"[.\s,]|đ(?:ồng)?$", "", text_)
        if not digits:
            return None
        if not (digits.isascii() and digits.isdigit() and len(digits) < 11):
            raise BadInput("not-a-whole-number", field="fee.amount", value=text_)
        return int(digits)

    def show_promise(self, found: Promise | None) -> None:
        """A year without a calendar is confirmed here, before the date is printed."""
        years = found.unknown_years if found else ()
        if years != self.unknown_years:
            self.unknown_years = years
            self.confirmed.setChecked(False)
            if not years:
                self.confirmed.hide()
        words = self.tr(
            "Chưa có lịch nghỉ năm {}: ngày hẹn chỉ trừ cuối tuần, lễ cố định. Hãy so với lịch nghỉ của xã."
        ).format(listed([str(year) for year in years]))
        self.calendar_notice.say(words if years else "", "soon", self.confirmed)

    def insist(self) -> None:
        """A date that rests on an unknown calendar is confirmed first."""
        if self.unknown_years:
            self.focus(self.confirmed)
            self.pointed.emit(self.calendar_notice)

    def return_by(self) -> str:
        checked = self._by.checkedButton()
        return str(checked.property("value")) if checked else "counter"

    def controls(self) -> Controls:
        """What a draft keeps of this band."""
        names = (
            "pages",
            "copies",
            "channel",
            "sets",
            "cases",
            "overdue",
            "exemption",
            "proof",
            "amount",
            "paid",
            "due",
            "due_reason",
            "verification",
            "note",
        )
        radios = {f"by-{radio.property('value')}": radio for radio in self._radios}
        return {**{name: getattr(self, name) for name in names}, **radios}

    def draft(self) -> dict[str, Any]:
        """What stands in it; an amount that the rule gives is left to the rule."""
        values = read(self.controls())
        if self.amount.text() == self._by_rule():
            values.pop("amount", None)
        return values

    def restore(self, values: Mapping[str, Any]) -> None:
        """Puts a draft's values back; an amount that the rule does not give is the officer's own."""
        fill({name: one for name, one in self.controls().items() if one is not self.amount}, values)
        fill({"amount": self.amount}, values)
        self._own_amount = self.amount.text() != self._by_rule()

    # as a band

    def is_done(self) -> bool:
        return False  # it is done when the dossier is saved

    def summary(self) -> tuple[str, list[str]]:
        if self.procedure is None:
            return "", []
        try:
            money = self.money()
        except BadInput:
            money = None
        exempt = typed(self.exemption)
        facts = [
            fee_words(money, self.paid.isChecked()),
            self.tr("miễn, giảm: {}").format(exempt) if exempt else "",
            self.tr("nhận {}").format(RETURN_BY.say(self.return_by())),
        ]
        return "", [fact for fact in facts if fact]

    def steps(self) -> list[QWidget]:
        no_limit = self.procedure is not None and self.procedure.limit is None
        own: list[QWidget] = [self.due, self.due_reason] if no_limit else []
        own += [
            box
            for box, field in ((self.pages, self._pages_field), (self.copies, self._copies_field))
            if not field.isHidden()
        ]
        own += [self.amount, self.exemption]
        own += [self.proof] if not self.less.proof_field.isHidden() else []
        own.append(self.paid)
        own.append(next((r for r in self._radios if r.isChecked()), self._radios[0]))
        own += [self.verification, self.note]
        if self.unknown_years:
            own.append(self.confirmed)
        return own

    def advance(self) -> bool:
        return self.less.advance() or super().advance()

    def skips(self, step: QWidget) -> bool:
        if step is self.amount:
            return False
        optional = step in (self.exemption, self.note, *self._radios)
        settled = step is self.paid and (self.paid.isChecked() or not self._owes())
        return optional or settled or super().skips(step)

    def step_of(self, field: str) -> QWidget | None:
        return {
            "due": self.due,
            "due_reason": self.due_reason,
            "fee": self.amount,
            "fee.amount": self.amount,
            "fee.exemption": self.exemption,
            "fee.proof": self.proof,
            "note": self.note,
        }.get(field)

    def _say_doubt(self) -> None:
        limit = self.procedure.limit if self.procedure else None
        doubt = limit is not None and limit.confidence is Confidence.UNSURE
        words = self.tr("Danh mục chưa chắc thời hạn này; hãy so với quyết định công bố trước khi hẹn.")
        self.notice.say(words if doubt else "")

    def _owes(self) -> bool:
        try:
            return bool(self.money())
        except BadInput:
            return True

    def _propose(self, *_: object) -> None:
        """What the rule counts, and the fee that it gives, as long as the officer typed none of his own."""
        if self._own_amount:
            self._say_rule()
            return
        self.amount.setText(self._by_rule())
        self._say_rule()
        unknown = self.procedure is not None and not self.amount.text()
        self.amount.setPlaceholderText(self.tr("theo tỉnh") if unknown else "")

    def _say_rule(self) -> None:
        rule = self.less.applied() if self.procedure is not None else None
        rates = rule.rule.rates if rule else ()
        units = self.less.counted()
        self._pages_field.setVisible(Per.PAGE in units)
        self._copies_field.setVisible(bool(units & {Per.PAGE, Per.COPY}))
        self._cases_field.setVisible(Per.CASE in units and Per.COPY not in units)
        self.overdue.setVisible(any(rate.late is not None for rate in rates))
        said = [self.tr("Mức phí công bố: {}").format(rule.said)] if rule and rule.said else []
        said += self._doubts(rule) if rule else []
        self._rule.setText(" ".join(said))
        self._rule.setVisible(bool(said))

    def _doubts(self, rule: Applied) -> list[str]:
        try:
            amount = self.money()
        except BadInput:
            return []
        proof = Proof(rule.proof, self.less.shown()) if self.less.shown() else None
        if rule.exempt and not rule.by_group and not self.less.has_own_reason():
            return []  # letters that are no reason yet
        return [warning_words(one) for one in fee_doubts(rule, self._reckoned(), amount, proof)]

    def _by_rule(self) -> str:
        fee = self._reckoned()
        return "" if fee is None else dates.money(fee).removesuffix(" đ")

    def _reckoned(self) -> int | None:
        if self.procedure is None:
            return None
        return (
            self.less.applied()
            .reckon(
                pages=self.pages.value(),
                copies=self.copies.value(),
                cases=self.cases.value(),
                channel=str(self.channel.currentData()),
                late=self.overdue.isChecked(),
            )
            .fee.amount
        )

    def _on_channel(self) -> None:
        self._on_rule()
        self.changed.emit()

    def _on_amount_edited(self, now: str) -> None:
        self._own_amount = bool(now.strip())
        self._say_rule()

    def _on_changed(self, *_: object) -> None:
        sender = self.sender()
        if isinstance(sender, QLineEdit):
            styled(sender, wrong=False)
        self._say_doubt()
        self.changed.emit()

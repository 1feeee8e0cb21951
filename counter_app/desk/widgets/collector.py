"""What a result is given out by: the dossier, the slip's verdict, the fee, and who collects."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from counter_app.desk.parts import Field, KeyButton, Notice, Tag, rule, typed
from counter_app.desk.theme import styled, text
from counter_app.desk.widgets.acts import unpaid
from counter_app.desk.widgets.reading import Story
from counter_app.domain.fold import Dossier
from counter_app.domain.zone import VIETNAM
from counter_app.services.lookup import Scan
from counter_app.words import dates
from counter_app.words.states import fee_words


@dataclass(frozen=True)
class Taken:
    """Who takes the result, as typed."""

    name: str
    id_number: str
    authority: str
    by_owner: bool


class Collector(QWidget):
    """The owner unless said otherwise; somebody else has a name, a number and a paper."""

    complete = Signal()
    """Enter was pressed in the last field."""

    def __init__(self) -> None:
        super().__init__()
        self.owner = QRadioButton(self.tr("Chính chủ"))
        self.other = QRadioButton(self.tr("Người được uỷ quyền"))
        for choice in (self.owner, self.other):
            choice.setAccessibleName(choice.text())
        group = QButtonGroup(self)
        group.addButton(self.owner)
        group.addButton(self.other)
        self.name, self.id_number, self.authority = QLineEdit(), QLineEdit(), QLineEdit()
        self._fields = {"to": self.name, "id_number": self.id_number, "authority": self.authority}
        self._owner_name = ""
        self._others = QWidget()
        fields = QHBoxLayout(self._others)
        fields.setContentsMargins(0, 0, 0, 0)
        fields.setSpacing(12)
        fields.addWidget(Field(self.tr("Họ và tên"), self.name), 3)
        fields.addWidget(Field(self.tr("Số căn cước, hộ chiếu"), self.id_number), 2)
        fields.addWidget(Field(self.tr("Giấy uỷ quyền"), self.authority, self.tr("số, ngày")), 3)
        row = QHBoxLayout()
        row.setSpacing(24)
        row.addWidget(self.owner)
        row.addWidget(self.other)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self._others)
        self.other.toggled.connect(self._on_other)
        self.authority.returnPressed.connect(self.complete)
        fields_in_order = list(self._fields.values())
        for here, following in pairwise(fields_in_order):
            here.returnPressed.connect(lambda to=following: to.setFocus(Qt.FocusReason.TabFocusReason))

    def start(self, dossier: Dossier) -> None:
        """The owner; one who handed in for him stands ready as the other."""
        stands_in = dossier.party("submitter")
        self._owner_name = dossier.party().get("name", "")
        self.owner.setText(self.tr("Chính chủ: {name}").format(name=self._owner_name.replace("&", "&&")))
        self.owner.setAccessibleName(self.tr("Chính chủ: {name}").format(name=self._owner_name))
        self.name.setText(stands_in.get("name", ""))
        self.id_number.setText(stands_in.get("id_number", ""))
        self.authority.clear()
        self.mark("")
        self.owner.setChecked(True)
        self._on_other(False)

    def focus_first(self) -> None:
        (self.owner if self.owner.isChecked() else self.name).setFocus(Qt.FocusReason.OtherFocusReason)

    def taken(self) -> Taken:
        if self.owner.isChecked():
            return Taken(self._owner_name, "", "", True)
        return Taken(typed(self.name), typed(self.id_number), typed(self.authority), False)

    def mark(self, wrong: str) -> None:
        """Marks the field that a refusal names, and goes there."""
        for name, field in self._fields.items():
            styled(field, wrong=name == wrong)
            if name == wrong:
                field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_other(self, on: bool) -> None:
        self._others.setVisible(on)


class HandBackSheet(QFrame):
    paid = Signal()
    """The fee was put on the counter."""
    shown_more = Signal()
    """Something appeared at the end."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "sheet")
        self._tag, self._verdict = Tag(), Tag()
        self._name, self._procedure = text("", "page", wrap=True), text("", wrap=True)
        self._about, self._result = text("", "second", wrap=True), text("", "strong", wrap=True)
        self._fee, self._fee_notice = text("", "body"), Notice()
        self._pay = KeyButton("", "Ctrl+L")
        self._pay.clicked.connect(self.paid)
        self.collector, self.fault = Collector(), Notice()
        self._who = QWidget()
        self.collector.other.toggled.connect(self.shown_more)
        tags = QHBoxLayout()
        tags.setSpacing(8)
        tags.addWidget(self._tag)
        tags.addWidget(self._verdict)
        tags.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(4)
        column.addLayout(tags)
        column.addSpacing(4)
        for part in (self._name, self._procedure, self._about, self._result):
            column.addWidget(part)
        column.addSpacing(8)
        column.addWidget(rule())
        column.addSpacing(8)
        column.addWidget(self._fee)
        owed = QHBoxLayout()
        owed.setSpacing(12)
        owed.addWidget(self._fee_notice, 1)
        owed.addWidget(self._pay)
        column.addLayout(owed)
        column.addSpacing(8)
        who = QVBoxLayout(self._who)
        who.setContentsMargins(0, 0, 0, 0)
        who.setSpacing(8)
        who.addWidget(rule())
        who.addSpacing(4)
        who.addWidget(text(self.tr("Ai nhận kết quả"), "heading"))
        who.addWidget(self.collector)
        who.addWidget(self.fault)
        column.addWidget(self._who)
        column.addStretch(1)

    @property
    def last(self) -> QWidget:
        """What stands at the end."""
        return self._who

    def show_story(self, story: Story, scan: Scan | None, *, keep: bool) -> None:
        """`keep` leaves what was typed about the collector."""
        dossier = story.dossier
        self.fault.say("")
        self._tag.say(story.standing.words, story.standing.state)
        verdict = scan.signature if scan is not None and scan.kind == "receipt" else None
        if verdict == "verified":
            self._verdict.say(self.tr("Giấy hẹn thật"), "in_time")
        elif verdict == "unknown_device":
            self._verdict.say(self.tr("Giấy do máy lạ in, hãy hỏi thêm"), "soon")
        self._verdict.setVisible(verdict in ("verified", "unknown_device"))
        self._name.setText(dossier.party().get("name", "") or dossier.code)
        self._procedure.setText(str(dossier.values.get("procedure", {}).get("name", "")))
        about = [", ".join(dossier.codes)]
        if dossier.due is not None:
            due = dates.day(dossier.due.astimezone(VIETNAM).date())
            about.append(self.tr("hẹn trả {day}").format(day=due))
        self._about.setText("  –  ".join(about))
        result = dossier.values.get("result", "")
        self._result.setText(self.tr("Kết quả: {result}").format(result=result))
        self._result.setVisible(bool(result))
        self._show_fee(dossier)
        if not keep:
            self.collector.start(dossier)

    def pay(self) -> None:
        """The same as the button, by its key."""
        if self.isVisible() and self._pay.isVisible():
            self._pay.click()

    def _show_fee(self, dossier: Dossier) -> None:
        owed = unpaid(dossier)
        self._fee.setText(self.tr("Lệ phí: {fee}").format(fee=fee_words(dossier.owed, not owed)))
        self._fee.setVisible(not owed)
        amount = dates.money(owed)
        self._pay.say(self.tr("Đã thu {amount}").format(amount=amount))
        words = self.tr("Chưa thu {amount} lệ phí.").format(amount=amount) if owed else ""
        self._fee_notice.say(words, "soon")
        self._pay.setVisible(bool(owed))

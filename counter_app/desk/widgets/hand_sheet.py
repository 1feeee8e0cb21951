"""What results are given out by: the dossiers, the slip's verdict, the fees, a part or all, who collects."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from counter_app.desk.lines import Lines
from counter_app.desk.parts import Field, KeyButton, Notice, Tag, rule, typed
from counter_app.desk.theme import text
from counter_app.desk.widgets.collector import Collector
from counter_app.desk.widgets.pile import Pile, PileRows
from counter_app.desk.widgets.reading import Story
from counter_app.domain.lifecycle import State
from counter_app.domain.zone import VIETNAM
from counter_app.services.lookup import Scan
from counter_app.words import dates
from counter_app.words.states import fee_words


class HandBackSheet(QFrame):
    paid = Signal()
    """The fees were put on the counter."""
    shown_more = Signal()
    """Something appeared at the end."""
    changed = Signal()
    """What goes out is another now: a tick, a part instead of all."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "sheet")
        self._pile = Pile()
        self._tag, self._verdict = Tag(), Tag()
        self._name, self._procedure = text("", "page", wrap=True), text("", wrap=True)
        self._about, self._result = text("", "second", wrap=True), text("", "strong", wrap=True)
        self._left = Notice()
        self.rows = PileRows()
        self.rows.ticked.connect(self._on_ticked)
        self._fee, self._fee_notice = text("", "body"), Notice()
        self._pay = KeyButton("", "Ctrl+L")
        self._pay.clicked.connect(self.paid)
        self.given, self.left = QLineEdit(), QLineEdit()
        self.part = KeyButton(self.tr("Chỉ trả một phần"), "Ctrl+M", "link")
        self.part.clicked.connect(self.toggle_part)
        self._parts = self._part_fields()
        self.collector, self.fault = Collector(), Notice()
        self.collector.shown_more.connect(self.shown_more)
        self.given.returnPressed.connect(lambda: self.left.setFocus(Qt.FocusReason.TabFocusReason))
        self.left.returnPressed.connect(self.collector.focus_first)
        self._who = self._who_collects()
        self._lay_out()

    @property
    def last(self) -> QWidget:
        """What stands at the end."""
        return self._who

    @property
    def is_part(self) -> bool:
        return not self._parts.isHidden()

    def says(self) -> tuple[str, str]:
        """What stands in its notices."""
        return self._left.words(), self.fault.words()

    def things(self) -> tuple[list[str], list[str]]:
        """What is given of one dossier, and what is left."""
        return typed(self.given).split(";"), typed(self.left).split(";")

    def show_pile(self, pile: Pile, scan: Scan | None, *, keep: bool) -> None:
        """`keep` leaves what was typed about the collector."""
        self._pile = pile
        self.fault.say("")
        several = len(pile) > 1
        for part in (self._procedure, self._about, self._result, self._tag, self._verdict):
            part.setHidden(several)
        self.rows.setVisible(several)
        if several:
            self.rows.show_pile(pile)
            self._left.say("")
        else:
            self._show_one(pile.last, scan)
        if not keep:
            self._show_part(False)
        one = pile.last.dossier
        if several or not (one.on_receipt or one.state is State.FINISHED):
            self._show_part(False)
            self.part.hide()
        else:
            self.part.show()
        self._show_sums()
        if keep:
            self.collector.regard(pile.owners, has_slip=pile.has_slips)
        else:
            self.collector.start(pile.owners, has_slip=pile.has_slips)

    def pay(self) -> None:
        """The same as the button, by its key."""
        if self.isVisible() and self._pay.isVisible():
            self._pay.click()

    def toggle_part(self) -> None:
        """Asks what is given now and what stays, or takes the question back."""
        if self.part.isHidden():
            return
        self._show_part(not self.is_part)
        (self.given if self.is_part else self.collector.owner).setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def mark(self, wrong: str) -> None:
        """Goes to the field that a refusal names."""
        if wrong in ("given", "left"):
            (self.given if wrong == "given" else self.left).setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.collector.mark(wrong)

    def _show_part(self, on: bool) -> None:
        self._parts.setVisible(on)
        self.given.clear()
        self.left.clear()
        self.part.say(self.tr("Trả trọn hồ sơ") if on else self.tr("Chỉ trả một phần"))

    def _show_one(self, story: Story, scan: Scan | None) -> None:
        dossier = story.dossier
        self._tag.say(story.standing.words, story.standing.state)
        verdict = scan.signature if scan is not None and scan.kind == "receipt" else None
        if verdict == "verified":
            self._verdict.say(self.tr("Giấy hẹn thật"), "in_time")
        elif verdict == "unknown_device":
            self._verdict.say(self.tr("Giấy do máy lạ in, hãy hỏi thêm"), "soon")
        self._verdict.setVisible(verdict in ("verified", "unknown_device"))
        self._name.setText(dossier.party().get("name", "") or dossier.code)
        self._procedure.setText(str(dossier.values.get("procedure", {}).get("name", "")) or story.procedure)
        about = [", ".join(dossier.codes)]
        told = dossier.claim.get("due")
        due = dossier.due or (datetime.fromisoformat(told) if told else None)
        if due is not None:
            day = dates.day(due.astimezone(VIETNAM).date())
            about.append(self.tr("hẹn trả {day}").format(day=day))
        self._about.setText("  –  ".join(about))
        result = dossier.values.get("result", "")
        self._result.setText(self.tr("Kết quả: {result}").format(result=result))
        self._result.setVisible(bool(result))
        left = "; ".join(dossier.left_to_collect) if dossier.state is State.FINISHED else ""
        words = self.tr("Đã trả một phần; còn lại: {left}.").format(left=left) if left else ""
        if dossier.on_receipt:
            words = self.tr("Hồ sơ chưa về máy này: ghi tên và số giấy tờ của người nhận.")
        self._left.say(words)

    def _show_sums(self) -> None:
        pile, owed = self._pile, self._pile.unpaid
        if len(pile) > 1:
            out = len(pile.chosen)
            words = self.tr("{n} hồ sơ trả cùng lúc").format(n=out)
            if out < len(pile):
                words = self.tr("{n} trong {all} hồ sơ trả cùng lúc").format(n=out, all=len(pile))
            self._name.setText(words)
        if len(pile) > 1:
            total = sum(dossier.owed or 0 for dossier in pile.chosen)
        else:
            total, owed = pile.last.dossier.owed or 0, pile.last.dossier.unpaid
        known = len(pile) > 1 or pile.last.dossier.owed is not None
        self._fee.setText(self.tr("Lệ phí: {fee}").format(fee=fee_words(total if known else None, not owed)))
        self._fee.setVisible(not owed and not (len(pile) == 1 and pile.last.dossier.held))
        amount = dates.money(owed)
        self._pay.say(self.tr("Đã thu {amount}").format(amount=amount))
        words = self.tr("Chưa thu {amount} lệ phí.").format(amount=amount) if owed else ""
        self._fee_notice.say(words, "soon")
        self._pay.setVisible(bool(owed))

    def _on_ticked(self) -> None:
        self._show_sums()
        self.collector.regard(self._pile.owners, has_slip=self._pile.has_slips)
        self.changed.emit()

    def _part_fields(self) -> QWidget:
        holder = QWidget()
        row = Lines(holder)
        hint = self.tr("1 bản trích lục; sổ đỏ")
        row.add(Field(self.tr("Đưa hôm nay, cách nhau bằng dấu ;"), self.given, hint), 1)
        row.add(Field(self.tr("Còn lại"), self.left, self.tr("2 bản trích lục")), 1)
        return holder

    def _who_collects(self) -> QWidget:
        holder = QWidget()
        who = QVBoxLayout(holder)
        who.setContentsMargins(0, 0, 0, 0)
        who.setSpacing(8)
        who.addWidget(rule())
        heading = QHBoxLayout()
        heading.addWidget(text(self.tr("Ai nhận kết quả"), "heading"))
        heading.addStretch(1)
        heading.addWidget(self.part)
        who.addLayout(heading)
        for part in (self._parts, self.collector, self.fault):
            who.addWidget(part)
        return holder

    def _lay_out(self) -> None:
        tags = QHBoxLayout()
        tags.setSpacing(8)
        tags.addWidget(self._tag)
        tags.addWidget(self._verdict)
        tags.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(4)
        column.addLayout(tags)
        for part in (self._name, self._procedure, self._about, self._result, self._left, self.rows):
            column.addWidget(part)
        column.addSpacing(4)
        column.addWidget(rule())
        column.addSpacing(4)
        column.addWidget(self._fee)
        owed = Lines()
        owed.add(self._fee_notice, 1, 240)
        owed.add(self._pay)
        column.addLayout(owed)
        column.addSpacing(4)
        column.addWidget(self._who)
        column.addStretch(1)

"""Sổ thu phí: what was taken on the day, and this machine's drawer, which is counted here."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from counter_app.desk.page import Desk
from counter_app.desk.parts import Field, KeyButton, typed
from counter_app.desk.theme import text
from counter_app.domain.errors import BadInput, CounterError
from counter_app.domain.payments import Method, read_amount
from counter_app.services import cashbook
from counter_app.services.cashbook import CashBook
from counter_app.words import dates
from counter_app.words.cash_book import counted_words
from counter_app.words.states import METHODS


class CashPart(QWidget):
    written = Signal(str)
    """What was counted stands in the book: the sentence for the foot."""
    refused = Signal(object)
    """A CounterError; the field that it is about has the focus."""

    def __init__(self, desk: Desk, key: str) -> None:
        super().__init__()
        self._desk = desk
        self.counted, self.why = QLineEdit(), QLineEdit()
        self.sums = text("", "body", wrap=True)
        self.drawer = text("", "strong", wrap=True)
        self.count = KeyButton(self.tr("Ghi số đếm"), key, "primary")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for part in (
            self.sums,
            self.drawer,
            Field(self.tr("Đếm được trong két (đồng)"), self.counted),
            Field(self.tr("Vì sao khác số phải có (nếu khác)"), self.why),
        ):
            column.addWidget(part)
        column.addWidget(self.count, 0, Qt.AlignmentFlag.AlignLeft)

    def show_book(self, cash: CashBook) -> None:
        parts = [
            f"{METHODS.say(method)} {dates.money(amount)}"
            for method in Method
            if (amount := cash.by_method.get(method, 0))
        ]
        none = self.tr("Chưa thu khoản nào.")
        self.sums.setText(self.tr("Đã thu: {sums}.").format(sums=", ".join(parts)) if parts else none)
        self.drawer.setText(self._drawer_words(cash))

    def write(self, day: date | None, said: str) -> None:
        """Writes down what was counted of the day, which was typed as `said`."""
        if not self.count.isEnabled():
            return
        desk, note = self._desk, typed(self.why)
        try:
            if day is None:
                raise BadInput("not-a-day", field="day", value=said)
            counted = read_amount(typed(self.counted))
        except CounterError as error:
            self.refused.emit(error)
            return
        self.count.setEnabled(False)

        def done(_: CashBook) -> None:
            self.count.setEnabled(True)
            self.counted.clear()
            self.why.clear()
            self.written.emit(self.tr("Đã ghi số đếm {amount}.").format(amount=dates.money(counted)))

        def failed(error: CounterError) -> None:
            self.count.setEnabled(True)
            self.refused.emit(error)
            differs = error.why == "difference-unexplained"
            (self.why if differs else self.counted).setFocus(Qt.FocusReason.OtherFocusReason)

        desk.tasks.run(
            "store", lambda: cashbook.count(desk.office, desk.session, day, counted, note), done, failed
        )

    def _drawer_words(self, cash: CashBook) -> str:
        words = self.tr("Két máy này phải có {amount}").format(amount=dates.money(cash.in_drawer))
        counted = cash.counted_here
        if counted is None:
            return self.tr("{words}; chưa đếm.").format(words=words)
        at, amount = dates.hour(counted.at), counted_words(counted.counted, cash.in_drawer)
        said = self.tr("{words}; lúc {at} đếm được {amount}.").format(words=words, at=at, amount=amount)
        if not cash.outdated(counted):
            return said
        return self.tr("{said} Sổ đã đổi sau lúc đếm: hãy đếm lại.").format(said=said)

"""Why a citizen pays less: a group of the fees' table by a few letters, or a reason; the paper he showed."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from counter_app.desk.parts import Field, typed
from counter_app.desk.widgets.shorthand import Shorthand
from counter_app.domain.fee_table import NO_TABLE, Applied, FeeTable
from counter_app.domain.fees import Per
from counter_app.domain.procedures import Procedure
from counter_app.services.entry import proof_of


class Exemption(QObject):
    """The two fields, to be laid out by the band that asks; the second is there where a group asks for it."""

    changed = Signal()

    def __init__(self, band: QWidget, label: str, hint: str = "") -> None:
        super().__init__(band)
        self.reason, self.proof = QLineEdit(), QLineEdit()
        self.reason_field = Field(label, self.reason, hint)
        self.proof_field = Field(self.tr("Giấy đã xem"), self.proof)
        self._letters = Shorthand(self.reason, self.reason_field.remark)
        self.tariff, self.day = NO_TABLE, date.min
        self._procedure: Procedure | None = None
        self._channel = "counter"
        self.proof_field.hide()
        self.reason.textChanged.connect(self._on_changed)
        self.reason.editingFinished.connect(self.settle)
        self.proof.textChanged.connect(self.changed)

    def follow(self, tariff: FeeTable, day: date) -> bool:
        """The table that holds, and the day of the reception; whether either is another one now."""
        if tariff is self.tariff and day == self.day:
            return False
        self.tariff, self.day = tariff, day
        self._offer()
        return True

    def ask_for(self, procedure: Procedure | None, channel: str = "counter") -> None:
        self._procedure, self._channel = procedure, channel
        self._offer()

    def applied(self) -> Applied:
        """The rule for the procedure that was asked for."""
        assert self._procedure is not None
        wanted = typed(self.reason)
        return self.tariff.applied(self._procedure, self.day, channel=self._channel, exemption=wanted)

    def counted(self) -> frozenset[Per]:
        """What is to be counted for the fee."""
        if self._procedure is None:
            return frozenset()
        return self.tariff.counted(
            self._procedure, self.day, channel=self._channel, exemption=typed(self.reason)
        )

    def advance(self) -> bool:
        """Enter in the first field: from what its letters stand for to the paper, where one is asked for."""
        if not self.reason.hasFocus():
            return False
        self.settle()
        if self.proof_field.isHidden() or typed(self.proof):
            return False
        self.proof.setFocus()
        return True

    def settle(self) -> None:
        """No group is left half written: its paper would not be asked for."""
        self._letters.take()

    def shown(self) -> str:
        """The paper's number, "" where none is asked for."""
        return "" if self.proof_field.isHidden() else typed(self.proof)

    def has_own_reason(self) -> bool:
        """Whether the reason is no group of the table, and not letters that may stand for one."""
        if self._procedure is None or self._letters.offers:
            return False
        rule = self.applied()
        return bool(rule.exempt) and not rule.by_group

    def check(self, field: str) -> None:
        """Raises BadInput("proof-needed") at `field` where the paper is not said."""
        if self._procedure is not None:
            proof_of(self.applied(), self.shown(), field)

    def _offer(self) -> None:
        known = self.tariff.groups(self._procedure, self.day, self._channel) if self._procedure else []
        self._letters.names = [group.name for group in known]
        self._letters.follow()
        self._ask_proof()

    def _on_changed(self) -> None:
        self._ask_proof()
        self.changed.emit()

    def _ask_proof(self) -> None:
        rule = self.applied() if self._procedure is not None else None
        asked = rule.proof if rule else ""
        self.proof_field.setVisible(bool(asked) or self.has_own_reason())
        self.proof.setPlaceholderText(self.tr("số của {}").format(asked) if asked else "")
        self.proof.setToolTip(asked)

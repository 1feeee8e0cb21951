"""Who collects a result: the owner, somebody whom he authorised, a relative; known by his card or a paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from counter_app.desk.lines import Lines
from counter_app.desk.parts import Field, KeyButton, Notice, typed
from counter_app.desk.theme import styled
from counter_app.domain.card import Card
from counter_app.domain.collecting import Collector as Who
from counter_app.domain.collecting import Identity, Relation, identity, is_civil_status
from counter_app.domain.dossier import Dossier
from counter_app.domain.errors import BadInput
from counter_app.words.states import AUTHORITIES, RELATIONS


@dataclass(frozen=True)
class Taken:
    """Who takes the result, as typed."""

    name: str
    id_number: str = ""
    authority: str = ""
    relation: str = ""
    receipt_lost: bool = False
    is_relative: bool = False

    def read(self) -> Who:
        """Raises BadInput with the field."""
        if self.is_relative and not self.relation:
            raise BadInput("empty", field="relation")
        return Who.read(self.name, self.id_number, self.authority, self.relation, self.receipt_lost)


class Collector(QWidget):
    """The owner unless said otherwise; a scanned card says who it is."""

    complete = Signal()
    """Enter was pressed in the last field."""
    shown_more = Signal()
    """Fields appeared."""

    def __init__(self) -> None:
        super().__init__()
        self._owners: list[Dossier] = []
        self.owner = QRadioButton()
        self.other = QRadioButton(self.tr("Người được ủy quyền"))
        self.relative = QRadioButton(self.tr("Người thân"))
        self.lost = QCheckBox(self.tr("Mất giấy hẹn"))
        self.name, self.id_number, self.own_number = QLineEdit(), QLineEdit(), QLineEdit()
        self.paper, self.authority, self.day = QComboBox(), QLineEdit(), QLineEdit()
        self.relation, self.proof = QComboBox(), QLineEdit()
        for key in AUTHORITIES:
            self.paper.addItem(AUTHORITIES.say(key), key)
        self.relation.addItem(self.tr("chọn…"), "")
        for relation in Relation:
            self.relation.addItem(RELATIONS.say(relation), relation.value)
        self.notice = Notice()
        self._group = QButtonGroup(self)
        for choice in (self.owner, self.other, self.relative):
            choice.setAccessibleName(choice.text())
            self._group.addButton(choice)
            choice.toggled.connect(self._on_chosen)
        self.lost.setAccessibleName(self.lost.text())
        self.lost.toggled.connect(self._on_chosen)
        self._to_relative = KeyButton(self.tr("Là người thân"))
        self._to_relative.clicked.connect(lambda: self._choose(self.relative))
        self._to_authorised = KeyButton(self.tr("Ghi giấy ủy quyền"))
        self._to_authorised.clicked.connect(lambda: self._choose(self.other))
        self._build()
        self._connect()

    def start(self, owners: Sequence[Dossier], *, has_slip: bool) -> None:
        """The owner, where all is his; one who handed in for him stands ready as the other."""
        self._owners = list(owners)
        stands_in = owners[0].party("submitter")
        self._name_owner()
        self.name.setText(stands_in.get("name", ""))
        self.id_number.setText(stands_in.get("id_number", ""))
        for field in (self.authority, self.day, self.proof, self.own_number):
            field.clear()
        self.relation.setCurrentIndex(0)
        self.lost.setChecked(False)
        self.lost.setHidden(has_slip)
        self.mark("")
        (self.owner if self.owner.isEnabled() else self.other).setChecked(True)
        self.notice.say("")
        self._on_chosen()

    def regard(self, owners: Sequence[Dossier], *, has_slip: bool) -> None:
        """Other dossiers go out now; what was typed stays."""
        self._owners = list(owners)
        self._name_owner()
        self.lost.setHidden(has_slip)
        if self._unknown or (self.owner.isChecked() and not self.owner.isEnabled()):
            self.other.setChecked(True)

    def take_card(self, card: Card) -> None:
        """A card on the counter: the owner's says so, another's asks for a paper."""
        found = {identity(owner.party(), card.name, card.id_number) for owner in self._owners}
        if self._unknown:
            self.name.setText(card.name)
            self.id_number.setText(card.id_number)
            self.id_number.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if all(one.owns for one in found):
            self.owner.setChecked(True)
            self.own_number.setText(card.id_number)
            if found == {Identity.OWNER}:
                self.notice.say(self.tr("Đúng chủ hồ sơ, theo thẻ căn cước."), "in_time")
            elif Identity.RENAMED in found:
                words = self.tr("Đúng số căn cước của chủ hồ sơ, nhưng thẻ ghi tên {name}.")
                self.notice.say(words.format(name=card.name))
            else:
                self.notice.say(
                    self.tr("Trùng tên chủ hồ sơ; hồ sơ không có số căn cước để so, hãy hỏi ngày sinh.")
                )
            self.owner.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if self.owner.isChecked():
            self.other.setChecked(True)
        self.name.setText(card.name)
        self.id_number.setText(card.id_number)
        words = self.tr("Thẻ của {name}, không phải chủ hồ sơ: cần giấy ủy quyền, hoặc là người thân.")
        self.notice.say(words.format(name=card.name), "soon", self._to_relative)
        (self.authority if self.other.isChecked() else self.relation).setFocus(
            Qt.FocusReason.OtherFocusReason
        )

    def focus_first(self) -> None:
        (self.owner if self.owner.isChecked() else self.name).setFocus(Qt.FocusReason.OtherFocusReason)

    def taken(self) -> Taken:
        lost = self.lost.isChecked() and not self.lost.isHidden()
        if self.owner.isChecked():
            return Taken(self._owner_name(), typed(self.own_number), receipt_lost=lost)
        number = typed(self.id_number)
        if self.relative.isChecked():
            relation = str(self.relation.currentData())
            return Taken(typed(self.name), number, typed(self.proof), relation, lost, is_relative=True)
        return Taken(typed(self.name), number, self._authority(), receipt_lost=lost)

    def mark(self, wrong: str) -> None:
        """Marks the field that a refusal names, and goes there."""
        paper = self.proof if self.relative.isChecked() else self.authority
        number = self.own_number if self.owner.isChecked() else self.id_number
        wanted = {"to": self.name, "id_number": number, "authority": paper}.get(wrong)
        for field in (self.name, self.id_number, self.own_number, self.authority, self.proof):
            styled(field, wrong=field is wanted)
            if field is wanted:
                field.setFocus(Qt.FocusReason.OtherFocusReason)
        if wrong == "relation":
            self.relation.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def _unknown(self) -> bool:
        """Whether a receipt alone is here: whose the dossier is nobody can say, and no paper proves it."""
        return any(one.held for one in self._owners)

    def _owner_name(self) -> str:
        return str(self._owners[0].party().get("name", ""))

    def _name_owner(self) -> None:
        one = len(self._owners) == 1
        words = self.tr("Chính chủ: {name}").format(name=self._owner_name())
        if not one:
            words = self.tr("Chính chủ (các hồ sơ khác chủ)")
        self.owner.setText(words.replace("&", "&&"))
        self.owner.setAccessibleName(words)
        self.owner.setEnabled(one and not self._unknown)
        bearer = self.tr("Người cầm giấy hẹn") if self._unknown else self.tr("Người được ủy quyền")
        self.other.setText(bearer)
        self.other.setAccessibleName(bearer)
        for choice in (self.owner, self.relative):
            choice.setHidden(self._unknown)

    def _authority(self) -> str:
        """The paper in one line, as the dossier keeps it: kind, number, day."""
        number, day = typed(self.authority), typed(self.day)
        if not (number or day):
            return ""
        kind = AUTHORITIES[str(self.paper.currentData())]
        return " ".join(filter(None, (kind, number and f"số {number}", day and f"ngày {day}")))

    def _choose(self, choice: QRadioButton) -> None:
        choice.setChecked(True)
        (self.relation if choice is self.relative else self.authority).setFocus(
            Qt.FocusReason.OtherFocusReason
        )

    def _on_chosen(self) -> None:
        owner, relative = self.owner.isChecked(), self.relative.isChecked()
        lost = self.lost.isChecked() and not self.lost.isHidden()
        self._who.setHidden(owner)
        self._own.setVisible(owner and lost)
        self._by_paper.setVisible(self.other.isChecked() and not self._unknown)
        self._by_blood.setVisible(relative)
        foreign = [d for d in self._owners if not is_civil_status(d.values.get("procedure", {}))]
        if relative and foreign:
            self.notice.say(
                self.tr("Thủ tục này không thuộc hộ tịch: người thân cũng cần giấy ủy quyền."),
                "soon",
                self._to_authorised,
            )
        elif lost and not typed(self.own_number if owner else self.id_number):
            self.notice.say(self.tr("Mất giấy hẹn: quét thẻ căn cước của người nhận, hoặc gõ số giấy tờ."))
        else:
            self.notice.say("")
        self.shown_more.emit()

    def _connect(self) -> None:
        rows = ((self.name, self.id_number), (self.authority, self.day))
        for row in rows:
            for here, following in pairwise(row):
                here.returnPressed.connect(lambda to=following: to.setFocus(Qt.FocusReason.TabFocusReason))
        self.id_number.returnPressed.connect(self._on_number_entered)
        for last in (self.day, self.proof, self.own_number):
            last.returnPressed.connect(self.complete)

    def _on_number_entered(self) -> None:
        if self._unknown:
            self.complete.emit()
            return
        paper = self.proof if self.relative.isChecked() else self.authority
        paper.setFocus(Qt.FocusReason.TabFocusReason)

    def _build(self) -> None:
        self._who, who = _row()
        who.add(Field(self.tr("Họ và tên"), self.name), 3)
        who.add(Field(self.tr("Số căn cước, hộ chiếu"), self.id_number), 2)
        self._own, own = _row()
        own.add(Field(self.tr("Số căn cước, hộ chiếu của chủ hồ sơ"), self.own_number), 2)
        self._by_paper, paper = _row()
        paper.add(Field(self.tr("Giấy tờ"), self.paper), 2)
        paper.add(Field(self.tr("Số giấy ủy quyền"), self.authority), 2)
        paper.add(Field(self.tr("Ngày giấy ủy quyền"), self.day, "20/11/2026"), 1)
        self._by_blood, blood = _row()
        blood.add(Field(self.tr("Là gì của chủ hồ sơ"), self.relation), 2)
        blood.add(Field(self.tr("Giấy chứng minh quan hệ"), self.proof, self.tr("giấy khai sinh, số…")), 3)
        choices = Lines(spacing=16, between=0)
        for choice in (self.owner, self.other, self.relative):
            choices.add(choice)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(choices)
        for part in (self.notice, self._who, self._by_paper, self._by_blood, self.lost, self._own):
            column.addWidget(part)


def _row() -> tuple[QWidget, Lines]:
    holder = QWidget()
    return holder, Lines(holder)

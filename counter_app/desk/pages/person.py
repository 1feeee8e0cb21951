"""Band 1 of the intake: who applies, from the card's QR or typed, and who brings it where that is another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QVBoxLayout, QWidget

from counter_app.desk.lines import Lines, shared
from counter_app.desk.pages.band import Band
from counter_app.desk.pages.controls import Controls
from counter_app.desk.parts import Field, KeyButton, typed
from counter_app.desk.theme import styled
from counter_app.desk.widgets.place_completer import PlaceCompleter
from counter_app.domain import people
from counter_app.domain.card import looks_like_card, read_card
from counter_app.domain.citizen import FEMALE, MALE, Warning
from counter_app.domain.errors import BadInput
from counter_app.domain.people import ORG, PERSON, Party
from counter_app.words import dates
from counter_app.words.states import warning_words

_PASTED = 20  # more letters than this at once are no typing


class PersonBand(Band):
    """A card scanned, pasted or typed into the first field fills the rest; nothing typed is lost by it."""

    card_taken = Signal()

    def __init__(self) -> None:
        super().__init__(1, self.tr("Người nộp"))
        self.card_warnings: tuple[Warning, ...] = ()
        self.known: tuple[str, ...] = ()
        """What this person has here already, in sentences."""
        self._offered: dict[QLineEdit, str] = {}
        self._offered_on = ""
        self._length = 0
        self._filling = False
        self.name = QLineEdit()
        self.number = QLineEdit()
        self.birth = QLineEdit()
        self.sex = QComboBox()
        self.phone = QLineEdit()
        self.contact = QLineEdit()
        self.address = QLineEdit()
        self.is_org = QCheckBox(self.tr("Tổ chức"))
        self.has_submitter = QCheckBox(self.tr("Người khác nộp thay"))
        self.other_name, self.other_number, self.other_phone = QLineEdit(), QLineEdit(), QLineEdit()
        self.other_address = QLineEdit()
        for address in (self.address, self.other_address):
            PlaceCompleter(address)
        for words, value in ((self.tr("chưa rõ"), ""), ("Nam", MALE), ("Nữ", FEMALE)):
            self.sex.addItem(words, value)
        self._number_field = Field(self.tr("Số định danh"), self.number, self.tr("12 chữ số"))
        self._birth_field = Field(self.tr("Ngày hoặc năm sinh"), self.birth)
        self._sex_field = Field(self.tr("Giới tính"), self.sex)
        hint = self.tr("Quét thẻ căn cước vào đây, hoặc gõ họ tên")
        self._name_field = Field(self.tr("Họ và tên"), self.name, hint)
        self._reach = {
            self.phone: Field(self.tr("Điện thoại"), self.phone),
            self.contact: Field(self.tr("Không có máy: nhờ ai nhắn"), self.contact),
            self.address: Field(self.tr("Địa chỉ"), self.address),
        }
        rows = (
            ((self._name_field, 5), (self._number_field, 3)),
            (
                (self._birth_field, 3),
                (self._sex_field, 2),
                (self._reach[self.phone], 3),
                (self._reach[self.contact], 4),
            ),
            ((self._reach[self.address], 1),),
        )
        for row in rows:
            self.content.addLayout(shared(*row))
        self._other = QWidget()
        who = shared(
            (Field(self.tr("Họ tên người nộp thay"), self.other_name), 5),
            (Field(self.tr("Số định danh của người nộp thay"), self.other_number), 4),
            (Field(self.tr("Điện thoại của người nộp thay"), self.other_phone), 3),
        )
        other = QVBoxLayout(self._other)
        other.setContentsMargins(0, 0, 0, 0)
        other.setSpacing(8)
        other.addLayout(who)
        other.addWidget(Field(self.tr("Địa chỉ của người nộp thay"), self.other_address))
        self._other.hide()
        choices = Lines(spacing=16, between=0)
        choices.add(self.has_submitter)
        choices.add(self.is_org)
        self.content.addLayout(choices)
        self.content.addWidget(self._other)
        self._use_proposed = KeyButton("", "", "")
        self._use_proposed.clicked.connect(self._on_proposed_taken)
        self._use_proposed.hide()
        self.name.textChanged.connect(self._on_name_changed)
        self.name.editingFinished.connect(self._on_name_left)
        for field in self._texts():
            field.textChanged.connect(self._on_changed)
        for reach in self._reach:
            reach.textChanged.connect(lambda _, field=reach: self._on_reach_changed(field))
        self.sex.currentIndexChanged.connect(self._on_changed)
        self.is_org.toggled.connect(self._on_kind)
        self.has_submitter.toggled.connect(self._on_submitter)

    # what it holds

    def fields(self) -> dict[str, str]:
        """The applicant as `read_form` takes him; what is not known is absent."""
        org = self.is_org.isChecked()
        given = {
            "kind": ORG if org else PERSON,
            "name": typed(self.name),
            "tax_code" if org else "id_number": typed(self.number),
            "birth_date": "" if org else typed(self.birth),
            "sex": "" if org else str(self.sex.currentData()),
            "address": typed(self.address),
            "phone": typed(self.phone),
            "contact_via": typed(self.contact),
        }
        return {name: value for name, value in given.items() if value}

    def submitter(self) -> dict[str, str] | None:
        if not self.has_submitter.isChecked():
            return None
        given = {
            "name": typed(self.other_name),
            "id_number": typed(self.other_number),
            "phone": typed(self.other_phone),
            "address": typed(self.other_address),
        }
        return {name: value for name, value in given.items() if value}

    def party(self, today: date | None = None) -> Party:
        """The applicant; raises BadInput for him or for who brings it."""
        party = Party.from_fields(self.fields(), "applicant", today=today)
        if (other := self.submitter()) is not None:
            Party.from_fields(other, "submitter", today=today)
        return party

    def read(self) -> Party | None:
        try:
            return self.party()
        except BadInput:
            return None

    def clear(self) -> None:
        self.card_warnings, self.known = (), ()
        with self._at_once():
            self.offer({}, "")
            self.is_org.setChecked(False)
            self.has_submitter.setChecked(False)
            for field in self._texts():
                field.clear()
            self.sex.setCurrentIndex(0)
        self.notice.say("")

    def take_card(self, scanned: str) -> bool:
        """Fills the fields from a card; False where the text is none."""
        if not looks_like_card(scanned):
            return False
        card = read_card(scanned)
        own = {"unknown-province", "birth-year-differs", "sex-differs", "old-number"}
        read = (
            (self.name, card.name),
            (self.number, card.id_number),
            (self.birth, _day(card.birth_date)),
            (self.address, card.address),
        )
        with self._at_once():
            if card.id_number != typed(self.number):
                self.offer({}, "")  # what was offered of another person goes with him
            self.is_org.setChecked(False)
            for field, value in read:
                field.setText(value)
            self.sex.setCurrentIndex(max(0, self.sex.findData(card.sex or "")))
            self.card_warnings = tuple(w for w in card.warnings if w.code not in own)
            for field in self._texts():
                field.setCursorPosition(0)
        self.card_taken.emit()
        return True

    def offer(self, reach: Mapping[str, str], day: str) -> None:
        """Fills what is empty from the person's dossier of that day; each label says so until it is changed.

        What was offered before and not touched since is taken back.
        """
        self._offered_on = self.tr("hồ sơ {}").format(day)
        names = {self.phone: "phone", self.contact: "contact_via", self.address: "address"}
        for field, name in names.items():
            value = reach.get(name, "")
            if field in self._offered and self._offered[field] != value:
                field.clear()
            if value and not typed(field):
                field.setText(value)
                field.setCursorPosition(0)
                self._offered[field] = value
                self._reach[field].remark(self._offered_on)
                if field.hasFocus():
                    field.selectAll()

    def _on_reach_changed(self, field: QLineEdit) -> None:
        if typed(field) != self._offered.get(field, ""):
            self._offered.pop(field, None)
            self._reach[field].remark("")

    def go_on_from_card(self) -> None:
        """To what a card does not say, or to the name where the scan lost something of it."""
        self.focus(self.name if self.card_warnings else self.phone)

    def warn(self) -> None:
        """What the officer should look at, as far as it is known now; a fault is looked at first."""
        if self.tells_fault:
            return
        party = self.read()
        found = [*self.card_warnings, *(people.warnings(party) if party else [])]
        # Whether there is a way to reach him is asked at the end of the band, not while he is typed.
        found = [w for w in found if w.code != "no-contact" or not self.is_open]
        proposed = next((w.facts["proposed"] for w in found if "proposed" in w.facts), "")
        ways: tuple[QWidget, ...] = ()
        if proposed and typed(self.name) != proposed:
            self._use_proposed.say(self.tr("Ghi là “{}”").format(proposed))
            self._proposed = proposed
            ways = (self._use_proposed,)
        self.notice.say("\n".join([*(warning_words(w) for w in found), *self.known]), "soon", *ways)

    def controls(self) -> Controls:
        """What a draft keeps of this band."""
        names = ("name", "number", "birth", "phone", "contact", "address")
        others = ("other_name", "other_number", "other_phone", "other_address")
        ticks = ("is_org", "has_submitter")
        return {name: getattr(self, name) for name in (*ticks, *names, "sex", *others)}

    # as a band

    def is_done(self) -> bool:
        return self.read() is not None

    def summary(self) -> tuple[str, list[str]]:
        party = self.read()
        if party is None:
            return typed(self.name), []
        born = self.tr("sinh {}").format(_day(party.birth_date)) if party.birth_date else ""
        number = f"CCCD {_spaced(party.id_number)}" if party.id_number else ""
        earlier = f" ({self._offered_on})" if self.phone in self._offered else ""
        facts = [
            ", ".join(filter(None, (party.sex, born))),
            number or (self.tr("MST {}").format(party.tax_code) if party.tax_code else ""),
            self.tr("ĐT {}").format(_phone(party.phone)) + earlier if party.phone else "",
            self.tr("nhắn qua {}").format(party.contact_via) if party.contact_via else "",
        ]
        other = self.submitter()
        who = other["name"] if other and "name" in other else ""
        facts.append(self.tr("{} nộp thay").format(who) if who else self.tr("Nộp cho chính mình"))
        return party.name, [fact for fact in facts if fact]

    def steps(self) -> list[QWidget]:
        person: list[QWidget] = [] if self.is_org.isChecked() else [self.birth, self.sex]
        steps = [self.name, self.number, *person, self.phone, self.contact, self.address]
        if self.has_submitter.isChecked():
            steps += [self.other_name, self.other_number, self.other_phone, self.other_address]
        return steps

    def skips(self, step: QWidget) -> bool:
        if step is self.contact and self.phone.text().strip():
            return True
        return super().skips(step) or (step is self.sex and bool(self.sex.currentData()))

    def step_of(self, field: str) -> QWidget | None:
        where: Mapping[str, QWidget] = {
            "applicant.name": self.name,
            "applicant.id_number": self.number,
            "applicant.tax_code": self.number,
            "applicant.birth_date": self.birth,
            "applicant.sex": self.sex,
            "applicant.address": self.address,
            "applicant.phone": self.phone,
            "applicant.contact_via": self.contact,
            "submitter.name": self.other_name,
            "submitter.id_number": self.other_number,
            "submitter.phone": self.other_phone,
            "submitter.address": self.other_address,
        }
        return where.get(field)

    def _texts(self) -> tuple[QLineEdit, ...]:
        own = (self.name, self.number, self.birth, self.phone, self.contact, self.address)
        return (*own, self.other_name, self.other_number, self.other_phone, self.other_address)

    def _on_name_changed(self, now: str) -> None:
        grown, self._length = len(now) - self._length, len(now)
        if grown > _PASTED:
            self.take_card(now)

    def _on_name_left(self) -> None:
        if not self.name.hasFocus():
            self.take_card(self.name.text())

    def advance(self) -> bool:
        for field in (self.name, self.number):  # a slow scanner types into whatever has the focus
            if field.hasFocus() and self.take_card(field.text()):
                self.go_on_from_card()
                return True
        return super().advance()

    @contextmanager
    def _at_once(self) -> Iterator[None]:
        """Around a change of many fields, which is one change to those who follow the band."""
        self._filling = True
        try:
            yield
        finally:
            self._filling = False
            self._on_changed()

    def _on_changed(self, *_: Any) -> None:
        sender = self.sender()
        if isinstance(sender, QWidget):
            styled(sender, wrong=False)
        self.tells_fault = False
        if self._filling:
            return
        if not looks_like_card(self.name.text()):
            self.warn()
        self.changed.emit()

    def _on_kind(self, org: bool) -> None:
        self._birth_field.setVisible(not org)
        self._sex_field.setVisible(not org)
        self._number_field.rename(self.tr("Mã số thuế") if org else self.tr("Số định danh"))
        self._name_field.rename(self.tr("Tên tổ chức") if org else self.tr("Họ và tên"))
        self._on_changed()

    def _on_submitter(self, on: bool) -> None:
        self._other.setVisible(on)
        if on:
            self.focus(self.other_name)
        self._on_changed()

    def _on_proposed_taken(self) -> None:
        self.name.setText(self._proposed)
        self.card_warnings = tuple(w for w in self.card_warnings if w.code != "name-mangled")
        self.warn()
        self.focus(self.phone)


def _day(text: str | None) -> str:
    """`12/3/1974` of `1974-03-12`; a year or month alone as they are."""
    parts = (text or "").split("-")
    if len(parts) == 3:
        return dates.day(date.fromisoformat(str(text)))
    return f"{int(parts[1])}/{parts[0]}" if len(parts) == 2 else parts[0]


def _phone(number: str) -> str:
    return f"{number[:4]} {number[4:7]} {number[7:]}" if len(number) == 10 else number


def _spaced(number: str | None) -> str:
    digits = number or ""
    return " ".join(digits[n : n + 3] for n in range(0, len(digits), 3)) if digits.isdigit() else digits

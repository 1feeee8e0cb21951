"""What is entered to be given at once: citizen, paper, how much of it, fee, line of the register."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QCheckBox, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from counter_app.desk.lines import Lines, shared
from counter_app.desk.pages.band import Band
from counter_app.desk.pages.controls import fill, read
from counter_app.desk.parts import Field, typed
from counter_app.desk.theme import styled, text
from counter_app.desk.widgets.exemption import Exemption
from counter_app.desk.widgets.shorthand import Shorthand
from counter_app.domain.card import looks_like_card, read_card
from counter_app.domain.certification import RegisterNumber, book_of
from counter_app.domain.errors import BadInput
from counter_app.domain.fee_table import FeeTable
from counter_app.domain.fees import Per
from counter_app.domain.procedures import Procedure
from counter_app.domain.reckoning import Reckoning
from counter_app.words import dates
from counter_app.words.charges import reckoning_words
from counter_app.words.language import capital
from counter_app.words.states import warning_words

_PASTED: Final = 20  # more letters than this at once are no typing
_OF_CARD: Final = ("birth_date", "sex", "address")  # what a card says and the page does not ask


class EntryBand(Band):
    """One act. Enter goes name, paper, pages, copies; what else there is stands aside, reached by Tab."""

    volume_asked = Signal(str)
    """Another volume was typed: which number comes next in it?"""

    def __init__(self) -> None:
        super().__init__(2, self.tr("Người dân và giấy tờ"))
        self.procedure: Procedure | None = None
        self._card: dict[str, str] = {}
        self._card_reads_ill = False
        self._length = 0
        self._own_number = self._own_volume = False
        self.name, self.number, self.what = QLineEdit(), QLineEdit(), QLineEdit()
        self.pages, self.copies, self.cases = QSpinBox(), QSpinBox(), QSpinBox()
        self.less = Exemption(self, self.tr("Miễn, giảm"), self.tr("lý do, như: hộ nghèo"))
        self.exemption, self.proof, self.amount = self.less.reason, self.less.proof, QLineEdit()
        self.paid = QCheckBox(self.tr("Đã thu"))
        self.entry, self.volume = QLineEdit(), QLineEdit()
        self.fee, self.why = text("", "date-long"), text("", "second", wrap=True)
        self.short_for = text("", "small")
        self.letters = Shorthand(self.what, self.short_for.setText)
        self._build()
        self._connect()
        self.set_open(True)
        self.ask_for(None)

    # what it holds

    def ask_for(self, procedure: Procedure | None) -> None:
        """What this procedure asks: the counts of its fee, an amount where the province sets it, a line."""
        self.procedure = procedure
        book = book_of(procedure) if procedure else None
        self._register.setVisible(book is not None)
        self.less.ask_for(procedure)
        self.show_line(None)
        self.refresh()
        self._reckon()

    def follow(self, tariff: FeeTable, day: date) -> None:
        """The table of fees in force on the day."""
        if self.less.follow(tariff, day):
            self._reckon()

    def fields(self) -> dict[str, Any]:
        """The act as `read_instant` takes it; raises BadInput for an amount or a number that is none."""
        given: dict[str, Any] = {
            "procedure": self.procedure.code if self.procedure else "",
            "applicant": self._applicant(),
            "what": typed(self.what),
            "paid": self.paid.isChecked(),
            "exemption": typed(self.exemption),
            "proof": self.less.shown(),
            "pages": self.pages.value(),
            "copies": self.copies.value(),
            "cases": self.cases.value(),
        }
        for unit, name in ((Per.PAGE, "pages"), (Per.COPY, "copies"), (Per.CASE, "cases")):
            if self._counts[unit].isHidden():
                del given[name]
        if not self._amount_field.isHidden() and typed(self.amount):
            given["amount"] = _whole(self.amount, "amount")
        elif self.reckoning().fee.amount is None:
            given["paid"] = False
        if (self._own_number or self._own_volume) and not self._register.isHidden():
            number = {"number": _whole(self.entry, "register.number")} if self._own_number else {}
            given["register"] = {"volume": typed(self.volume), **number}
        return given

    def reckoning(self) -> Reckoning:
        return self.less.applied().reckon(
            pages=self.pages.value(), copies=self.copies.value(), cases=self.cases.value()
        )

    def is_empty(self) -> bool:
        return not (typed(self.name) or typed(self.what) or typed(self.number))

    def snapshot(self) -> dict[str, Any]:
        """All that was entered, as plain values, to be put back by `restore`."""
        own = {"own_number": self._own_number, "own_volume": self._own_volume}
        return {"entry": read(self._controls()), "card": dict(self._card), **own}

    def restore(self, kept: Mapping[str, Any], *, own_line: bool = True) -> None:
        """Puts it back; without `own_line` the register's next line is meant, whatever was written."""
        self.clear()
        self.paid.setChecked(False)
        fill(self._controls(), kept.get("entry", {}))
        self._card = {name: str(value) for name, value in kept.get("card", {}).items()}
        self._own_number = own_line and kept.get("own_number") is True
        self._own_volume = own_line and kept.get("own_volume") is True
        self._reckon()

    def keep_person(self, kept: Mapping[str, Any]) -> None:
        """The same citizen's next paper."""
        self.clear()
        fill({"name": self.name, "number": self.number}, kept["entry"])
        self._card = dict(kept["card"])
        self._reckon()

    def clear(self) -> None:
        """The next citizen; the procedure stays."""
        self._card, self._card_reads_ill = {}, False
        self._own_number = self._own_volume = False
        for field in (self.name, self.number, self.what, self.exemption, self.proof, self.amount):
            field.setText("")  # takes what could be undone with it, which `clear` keeps
            styled(field, wrong=False)
        for box in (self.pages, self.copies, self.cases):
            box.setValue(1)
        self.paid.setChecked(True)
        self.notice.say("")
        self._reckon()

    def show_line(self, found: RegisterNumber | None) -> None:
        """The line that the register comes to, unless the officer wrote his own."""
        if found is None:
            self._own_number = self._own_volume = False
        if not self._own_number:
            self.entry.setText(str(found.number) if found else "")
        if not self.volume.isModified():
            self.volume.setText(found.volume if found else "")
            self.volume.setCursorPosition(0)

    def own_volume(self) -> str:
        """The volume that the officer wrote, "" for the register's present one."""
        return typed(self.volume) if self._own_volume else ""

    def take_card(self, scanned: str) -> bool:
        """Fills the citizen from a card; False where the text is none."""
        if not looks_like_card(scanned):
            return False
        card = read_card(scanned)
        self.name.setText(card.name)
        self.number.setText(card.id_number)
        said = {"birth_date": card.birth_date, "sex": card.sex, "address": card.address}
        self._card = {name: value for name, value in said.items() if value}
        self._card |= {"for": f"{card.name}/{card.id_number}"}
        lost = [w for w in card.warnings if w.code == "name-mangled"]
        self.notice.say("\n".join(warning_words(w) for w in lost), "soon")
        self.name.setCursorPosition(0)
        self._card_reads_ill = bool(lost)
        return True

    def go_on_from_card(self) -> None:
        """To what a card does not say, or to the name where the scan lost something of it."""
        self.focus(self.name if self._card_reads_ill else self.steps()[1])

    def set_here(self, on: bool) -> None:
        """Whether the act is entered now, or a procedure chosen first."""
        self.setEnabled(on)
        for part in (self, self._title, self._step):
            styled(part, here=on)

    def settle(self) -> None:
        """Letters that stand for a paper become its name."""
        self.letters.settle()
        self.less.settle()

    # as a band

    def is_done(self) -> bool:
        return False

    def summary(self) -> tuple[str, list[str]]:
        return "", []

    def steps(self) -> list[QWidget]:
        counts = {Per.PAGE: self.pages, Per.COPY: self.copies, Per.CASE: self.cases}
        steps = [self.name, self.what, *(b for unit, b in counts.items() if self._is_asked(unit))]
        return [*steps, *([self.amount] if not self._amount_field.isHidden() else [])]

    def skips(self, step: QWidget) -> bool:
        return False

    def advance(self) -> bool:
        if self.name.hasFocus() and self.take_card(self.name.text()):
            self.go_on_from_card()
            return True
        if self.what.hasFocus():
            self.letters.take()
        if self.less.advance():
            return True
        if not any(step.hasFocus() for step in self.steps()):
            return False  # aside of the way: the act is through
        return super().advance()

    def step_of(self, field: str) -> QWidget | None:
        return {
            "applicant.name": self.name,
            "applicant.id_number": self.number,
            "what": self.what,
            "pages": self.pages,
            "copies": self.copies,
            "cases": self.cases,
            "amount": self.amount,
            "exemption": self.exemption,
            "proof": self.proof,
            "register.number": self.entry,
            "register.volume": self.volume,
        }.get(field)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ctrl+Z takes back typing while there is some; else it is the page's key."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            field = watched.lineEdit() if isinstance(watched, QSpinBox) else watched
            undo = event.matches(QKeySequence.StandardKey.Undo)
            if undo and isinstance(field, QLineEdit) and not field.isUndoAvailable():
                event.ignore()
                return True
        return super().eventFilter(watched, event)

    # how it follows what is typed

    def _applicant(self) -> dict[str, str]:
        who = {"name": typed(self.name), "id_number": typed(self.number)}
        if self._card.get("for") == f"{who['name']}/{who['id_number']}":
            who |= {name: self._card[name] for name in _OF_CARD if name in self._card}
        return {name: value for name, value in who.items() if value}

    def _is_asked(self, unit: Per) -> bool:
        return not self._counts[unit].isHidden()

    def _on_name_changed(self, now: str) -> None:
        grown, self._length = len(now) - self._length, len(now)
        if grown > _PASTED:
            self.take_card(now)

    def _on_line_edited(self) -> None:
        if self.sender() is self.entry:
            self._own_number = bool(typed(self.entry))
        else:
            self._own_volume = bool(typed(self.volume))
        self.changed.emit()

    def _on_volume_left(self) -> None:
        if self.volume.isModified():
            self.volume.setModified(False)
            self.volume_asked.emit(self.own_volume())

    def _reckon(self, *_: object) -> None:
        """The fee, large, and how it comes about, as the counts change."""
        if self.procedure is None:
            self.fee.setText("")
            self.why.setText("")
            self._amount_field.hide()
        else:
            units = self.less.counted()
            for unit, field in self._counts.items():
                field.setVisible(unit in units)
            found = self.reckoning()
            unknown = found.fee.amount is None
            self._amount_field.setVisible(unknown)
            self.fee.setText("…" if found.fee.amount is None else dates.money(found.fee.amount))
            self.why.setText(capital(reckoning_words(found)))
            self.paid.setEnabled(found.fee.amount != 0)
        self.changed.emit()

    def _on_changed(self, *_: object) -> None:
        sender = self.sender()
        if isinstance(sender, QLineEdit):
            styled(sender, wrong=False)
        self.changed.emit()

    def _controls(self) -> dict[str, QWidget]:
        names = ("name", "number", "what", "pages", "copies", "cases", "exemption", "proof", "amount")
        return {name: getattr(self, name) for name in (*names, "paid", "entry", "volume")}

    # how it is built

    def _build(self) -> None:
        for box in (self.pages, self.copies, self.cases):
            box.setRange(1, 999)
            box.setAlignment(Qt.AlignmentFlag.AlignCenter)
        hint = self.tr("Quét thẻ, hoặc gõ họ tên")
        page, copy, case = self.tr("Số trang"), self.tr("Số bản"), self.tr("Số trường hợp")
        self._counts = {
            Per.PAGE: Field(page, self.pages),
            Per.COPY: Field(copy, self.copies),
            Per.CASE: Field(case, self.cases),
        }
        self._amount_field = Field(self.tr("Số tiền"), self.amount, self.tr("theo tỉnh"))
        self._register = QWidget()
        line = shared(
            (Field(self.tr("Số chứng thực"), self.entry), 3), (Field(self.tr("Quyển"), self.volume), 5)
        )
        self._register.setLayout(line)
        costs = QWidget()
        money = QVBoxLayout(costs)
        money.setContentsMargins(0, 0, 0, 0)
        money.setSpacing(0)
        money.addWidget(self.fee)
        money.addWidget(self.why)
        self.content.addLayout(
            shared(
                (Field(self.tr("Họ và tên"), self.name, hint), 5),
                (Field(self.tr("Số định danh"), self.number), 3),
            )
        )
        paper = Field(self.tr("Tên giấy tờ"), self.what, self.tr("gks = Giấy khai sinh, hoặc gõ tên"))
        self.content.addLayout(shared((paper, 5), *((field, 1) for field in self._counts.values())))
        self.content.addWidget(self.short_for)
        lower = Lines()
        lower.add(costs, 1, 200)
        lower.add(self._register, 1, 270, Qt.AlignmentFlag.AlignBottom)
        self.content.addLayout(lower)
        last = shared((self.less.reason_field, 5), (self.less.proof_field, 5), (self._amount_field, 2))
        last.add(self.paid, 2, align=Qt.AlignmentFlag.AlignBottom)
        self.content.addLayout(last)

    def _connect(self) -> None:
        self.name.textChanged.connect(self._on_name_changed)
        for field in (self.name, self.number, self.what, self.amount):
            field.textChanged.connect(self._on_changed)
        self.less.changed.connect(self._reckon)
        self.proof.textChanged.connect(self._on_changed)
        for box in (self.pages, self.copies, self.cases):
            box.valueChanged.connect(self._reckon)
        self.paid.toggled.connect(self._on_changed)
        for field in (self.entry, self.volume):
            field.textEdited.connect(self._on_line_edited)
        self.volume.editingFinished.connect(self._on_volume_left)
        texts = (self.name, self.number, self.what, self.exemption, self.proof, self.amount, self.entry)
        for control in (*texts, self.volume, self.pages, self.copies, self.cases):
            control.installEventFilter(self)


def _whole(field: QLineEdit, name: str) -> int:
    digits = "".join(typed(field).replace(".", "").split()).removesuffix("đ")
    if not (digits.isascii() and digits.isdigit() and len(digits) < 11):
        raise BadInput("not-a-whole-number", field=name, value=typed(field))
    return int(digits)

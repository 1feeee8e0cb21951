"""Beside the apologies: the new date and the reason of the one that is here, and what signs the stack."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFileDialog, QLineEdit, QVBoxLayout, QWidget

from counter_app.desk.lines import Lines
from counter_app.desk.pages.days import read_day
from counter_app.desk.parts import Field, KeyButton, Notice, rule, typed
from counter_app.desk.theme import text
from counter_app.desk.widgets.apology_rows import ApologyRow
from counter_app.domain.errors import BadInput
from counter_app.words import dates
from counter_app.words.errors import sentence

_LEAST: Final = 180  # pixels of the path, under which the button takes a line of its own


class ApologyForm(QWidget):
    edited = Signal(str)
    """The code of the dossier whose date or reason was changed."""

    def __init__(self) -> None:
        super().__init__()
        self._code = ""
        self._whose = text("", "strong", wrap=True)
        self._about = text("", "second", wrap=True)
        self.day, self.reason = QLineEdit(), QLineEdit()
        self.key, self.passphrase = QLineEdit(), QLineEdit()
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.choose = KeyButton(self.tr("Chọn…"))
        self.sign = KeyButton(self.tr("Ký các thư đã chọn"), "F9", "primary")
        self.print = KeyButton(self.tr("In để ký tay"), "Ctrl+P")
        self.notice = Notice()
        self.choose.clicked.connect(self._on_choose)
        self.passphrase.returnPressed.connect(self.sign.click)
        for field in (self.day, self.reason):
            field.editingFinished.connect(self.commit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 12, 0)
        column.setSpacing(10)
        for widget in (
            self._whose,
            self._about,
            Field(self.tr("Hẹn lại đến ngày"), self.day, self.tr("như 28/4")),
            Field(self.tr("Lý do ghi trong thư"), self.reason),
            rule(),
        ):
            column.addWidget(widget)
        key_row = QWidget()
        key = Lines(key_row, spacing=8)
        label, hint = self.tr("Tệp chứng thư của người ký (.p12)"), self.tr("trên USB, hoặc ở máy này")
        key.add(Field(label, self.key, hint), 1, _LEAST)
        key.add(self.choose, align=Qt.AlignmentFlag.AlignBottom)
        column.addWidget(key_row)
        column.addWidget(Field(self.tr("Mật khẩu của tệp chứng thư, không lưu lại"), self.passphrase))
        column.addStretch(1)
        self.foot = QWidget()
        """What came of it and the keys, which stay in view whatever is scrolled."""
        below = QVBoxLayout(self.foot)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(8)
        below.addWidget(self.notice)
        row = QWidget()
        buttons = Lines(row, spacing=8)
        for button in (self.sign, self.print):
            buttons.add(button)
        below.addWidget(row)

    def show_row(self, row: ApologyRow | None) -> None:
        """The dossier that is here; what is typed just now of the same one stays."""
        same, self._code = row is not None and row.draft.code == self._code, row.draft.code if row else ""
        for field in (self.day, self.reason):
            field.setEnabled(row is not None and row.can)
        for words in (self._whose, self._about):
            words.setVisible(row is not None)
        self._whose.setText(row.row.line.applicant if row else "")
        self._about.setText("\n".join(self._words(row)) if row else "")
        if row is None or not (same and self.day.hasFocus()):
            self.day.setText(dates.day(row.until) if row else "")
        if row is None or not (same and self.reason.hasFocus()):
            self.reason.setText(row.reason if row else "")

    def _words(self, row: ApologyRow) -> list[str]:
        holder, since = row.held
        held = f"{holder}, {since}" if holder and since else holder or since
        return [row.row.line.procedure, row.draft.code, *filter(None, (held, row.fault))]

    def show_key(self, path: str) -> None:
        """The file that was used last, where none is named."""
        if not typed(self.key):
            self.key.setText(path)

    def allow(self, n: int) -> None:
        """So many letters are ticked and may be issued."""
        self.sign.say(self.tr("Ký {n} thư đã chọn").format(n=n) if n else self.tr("Ký các thư đã chọn"))
        self.sign.setEnabled(bool(n))
        self.print.setEnabled(bool(n))

    def say(self, words: str, state: str) -> None:
        self.notice.say(words, state)

    def until(self, today: date) -> date | None:
        """The day that stands in the field; None where it is none."""
        return read_day(typed(self.day), today)

    def fault(self, today: date) -> str:
        """Why the stack cannot begin as the form stands; "" where it can."""
        if self._code and self.day.isEnabled() and self.until(today) is None:
            return sentence(BadInput("not-a-day", field="until", value=typed(self.day)))
        return ""

    def reason_typed(self) -> str:
        return typed(self.reason)

    def key_file(self) -> str:
        said = typed(self.key)
        return str(Path(said).expanduser()) if said else ""

    def take_passphrase(self) -> str:
        """What was typed, which the field forgets."""
        said = self.passphrase.text()
        self.passphrase.clear()
        return said

    def take_focus(self) -> None:
        field = self.day if self.day.isEnabled() else self.key
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        field.selectAll()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.passphrase.clear()

    def commit(self) -> None:
        """What is typed counts now; the focus may still be in its field."""
        if self._code:
            self.edited.emit(self._code)

    def _on_choose(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self, self.tr("Tệp chứng thư của người ký"), typed(self.key), "PKCS#12 (*.p12 *.pfx)"
        )
        if chosen:
            self.key.setText(chosen)
            self.passphrase.setFocus(Qt.FocusReason.OtherFocusReason)

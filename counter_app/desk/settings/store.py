"""Kho dữ liệu: where the store lies, when it was last backed up, whether it is whole, what opens it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QFileDialog, QGridLayout, QLineEdit, QWidget

from counter_app.desk.page import Desk
from counter_app.desk.parts import Field, KeyButton, Notice, Tag, rule
from counter_app.desk.settings.backups import BackupsPart
from counter_app.desk.settings.old_disk import OldDisk
from counter_app.desk.settings.section import Section, row_of
from counter_app.desk.theme import styled, text
from counter_app.domain.errors import CounterError, Damaged, NoKey
from counter_app.domain.rights import Right
from counter_app.services import drill, keeping, opening, sheet
from counter_app.services.drill import Drilled
from counter_app.system.printing import papers_folder
from counter_app.words import dates, language
from counter_app.words.errors import sentence
from counter_app.words.keeping import checked, drilled, last_drill
from counter_app.words.states import only_for

_TICK: Final = 100  # ms between two looks at how far the work is
_WIDEST: Final = 560


class StoreSection(Section):
    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.place, self.weight, self.tag = text("", wrap=True), text(""), Tag()
        self.checked = text("", wrap=True)
        self.opens = text("", "second", wrap=True)
        self.doing, self.notice = text("", "second"), Notice()
        self._focus: QWidget | None = None  # where it was when the work began: a disabled key loses it
        self._part = 0.0  # how far the lane is; it only writes it, the window only reads it
        self._looking = QTimer(self)
        self._looking.timeout.connect(self._on_tick)
        self.backup = self._key(self.tr("Sao lưu ngay…"), "Ctrl+Shift+B", self._on_backup)
        self.verify = self._key(self.tr("Kiểm tra kho"), "Ctrl+Shift+K", self._on_verify)
        self.proof = QLineEdit()
        self.proof.setEchoMode(QLineEdit.EchoMode.Password)
        self.sheet = self._key(self.tr("Lập phiếu khôi phục mới…"), "Ctrl+R", self._on_sheet)
        self.drill = self._key(self.tr("Diễn tập khôi phục"), "Ctrl+Shift+W", self._on_drill)
        self.drilled = text("", "second", wrap=True)
        self.backups = BackupsPart(desk)
        self.backups.told.connect(self.told)
        self._why = text("", "second", wrap=True)
        facts = QGridLayout()
        facts.setHorizontalSpacing(16)
        facts.setVerticalSpacing(8)
        facts.setColumnStretch(1, 1)
        names = (
            self.tr("Nằm ở"),
            self.tr("Dung lượng"),
            self.tr("Sao lưu gần nhất"),
            self.tr("Kiểm tra gần nhất"),
        )
        values: tuple[QWidget, ...] = (self.place, self.weight, self.tag, self.checked)
        for line, (name, value) in enumerate(zip(names, values, strict=True)):
            facts.addWidget(text(name, "second"), line, 0)
            left = Qt.AlignmentFlag.AlignLeft if value is self.tag else Qt.AlignmentFlag(0)
            facts.addWidget(value, line, 1, left)
        self.column.addLayout(facts)
        self.column.addLayout(row_of(self.backup, self.verify))
        self.column.addWidget(self.doing)
        self.column.addWidget(self.notice)
        self.column.addWidget(self.backups)
        self.column.addWidget(rule())
        self.column.addWidget(text(self.tr("Mở được kho này"), "strong"))
        self.column.addWidget(self.opens)
        words = self.tr("Mật khẩu của kho, hoặc các từ trên phiếu khôi phục đang có")
        field = Field(words, self.proof)
        field.setMaximumWidth(_WIDEST)
        self.column.addWidget(field)
        self.column.addLayout(row_of(self.sheet, self.drill))
        self.column.addWidget(self._why)
        self.column.addWidget(self.drilled)
        self.old_disk = OldDisk(desk)
        self.old_disk.told.connect(self.told)
        self.column.addWidget(self.old_disk)
        if desk.office.training:
            self.old_disk.hide()
            self.backups.hide()
        if desk.keeper is not None:
            desk.keeper.kept.connect(self.entered)
        self.column.addStretch(1)
        self.doing.hide()

    def entered(self) -> None:
        office, may = self.desk.office, self.desk.session.may(Right.KEEP_STORE)
        for control in (self.proof, self.sheet, self.old_disk):
            control.setEnabled(may)
        self._why.setText("" if may else only_for(Right.KEEP_STORE))
        self._why.setVisible(not may)
        self.desk.tasks.run("read", lambda: keeping.standing(office), self._show, latest="standing")
        self.desk.tasks.run("read", lambda: drill.last_good(office), self._show_drill, latest="drill")
        self.backups.look()

    def back_up_to(self, target: Path) -> None:
        """Copies the store into one file; the counter goes on working meanwhile."""
        office, places = self.desk.office, self.desk.office.places

        def work() -> dict[str, Any]:
            opening.refuse_inside(places, [target])
            return keeping.backup(office, target, self._on_part)

        self._begin(self.tr("Đang sao lưu…"))
        self.desk.tasks.run("keep", work, self._on_backed_up, self._on_failed)

    def make_sheet(self, target: Path) -> None:
        """A new recovery sheet as a file to print; who asks shows that he may open the store."""
        office, session, proof = self.desk.office, self.desk.session, self.proof.text().strip()

        def done(_: object) -> None:
            self.proof.clear()
            self._end(
                self.tr("Phiếu khôi phục ở {}: in ra, cất trong tủ có khóa, rồi xóa tệp này.").format(target)
            )

        self._begin(self.tr("Đang lập phiếu…"))
        self.desk.tasks.run(
            "keep", lambda: sheet.add_sheet(office, session, proof, target), done, self._on_unproven
        )

    def _on_backup(self) -> None:
        if not self.backup.isEnabled():
            return
        name = f"sao-luu-{self.desk.now():%Y%m%d-%H%M}.zip"
        title, kinds = self.tr("Sao lưu kho vào"), self.tr("Tệp sao lưu (*.zip)")
        chosen, _ = QFileDialog.getSaveFileName(self, title, str(Path.home() / name), kinds)
        if chosen and self.isEnabled():  # else the counter was locked behind the dialog
            self.back_up_to(Path(chosen))

    def _on_sheet(self) -> None:
        if not self.sheet.isEnabled():
            return
        name = f"phieu-khoi-phuc-{self.desk.now():%Y%m%d-%H%M}.pdf"
        where = papers_folder(Path.home()).parent / name
        title, kinds = self.tr("Lưu phiếu khôi phục"), self.tr("Tệp PDF (*.pdf)")
        chosen, _ = QFileDialog.getSaveFileName(self, title, str(where), kinds)
        if chosen:
            self.make_sheet(Path(chosen))

    def _on_verify(self) -> None:
        if not self.verify.isEnabled():
            return
        office = self.desk.office
        self._begin(self.tr("Đang kiểm tra từng việc đã ghi…"))
        self.desk.tasks.run("keep", lambda: keeping.verify(office), self._on_verdict, self._on_failed)

    def _on_drill(self) -> None:
        """The newest backup is restored as a drill, by what stands in the field, else by the store's key."""
        if not self.drill.isEnabled():
            return
        office, ways = self.desk.office, sheet.ways_of(self.proof.text().strip())

        def work() -> Drilled:
            done = drill.drill(office, None, ways, self._on_part)
            done.require_good()
            return done

        def then(done: Drilled) -> None:
            self.proof.clear()
            self._end(drilled(done))

        self._begin(self.tr("Đang khôi phục thử bản sao lưu mới nhất…"))
        self.desk.tasks.run("keep", work, then, self._on_unproven)

    def _show_drill(self, last: datetime | None) -> None:
        self.drilled.setText(last_drill(last))

    def _on_backed_up(self, made: dict[str, Any]) -> None:
        self._end(self.tr("Đã sao lưu vào {} ({}).").format(made["file"], _megabytes(made["bytes"])))

    def _on_verdict(self, verdict: Any) -> None:
        if not verdict.healthy:
            self._on_failed(Damaged("store-does-not-verify"))
            return
        words = self.tr("Kho nguyên vẹn: {} việc của {} hồ sơ, việc nào cũng đúng chữ ký.")
        self._end(words.format(verdict.events, verdict.dossiers))

    def _begin(self, words: str) -> None:
        self._focus = QApplication.focusWidget()
        for button in (self.backup, self.verify, self.sheet, self.drill):
            button.setEnabled(False)
        self._part, self._words = 0.0, words
        self.notice.say("")
        self.doing.setText(words)
        self.doing.show()
        self._looking.start(_TICK)

    def _end(self, words: str) -> None:
        self._stop()
        self.notice.say(words, "in_time")
        self.told.emit(words)
        self.entered()

    def _on_failed(self, error: CounterError) -> None:
        self._stop()
        self.notice.say(sentence(error), "late")
        self.entered()

    def _on_unproven(self, error: CounterError) -> None:
        self._on_failed(error)
        if isinstance(error, NoKey):
            self.notice.say(self.tr("Mật khẩu hoặc các từ này không mở được kho; hãy gõ lại."), "late")
            self.proof.setFocus()

    def _stop(self) -> None:
        self._looking.stop()
        self.doing.hide()
        self.backup.setEnabled(True)
        self.verify.setEnabled(True)
        self.drill.setEnabled(True)
        self.sheet.setEnabled(self.desk.session.may(Right.KEEP_STORE))
        here = QApplication.focusWidget()
        if here is not None and self.isAncestorOf(here) and self._focus is not None:
            self._focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_part(self, part: float) -> None:
        self._part = part

    def _on_tick(self) -> None:
        if self._part:
            self.doing.setText(f"{self._words} {self._part:.0%}")

    def _show(self, now: keeping.Standing) -> None:
        self.place.setText(str(now.folder))
        self.weight.setText(_megabytes(now.size))
        if now.backed_up is None:
            self.tag.say(self.tr("Chưa sao lưu lần nào"), "soon")
        else:
            old = (self.desk.now() - now.backed_up).days > self.desk.office.settings.backup_days
            self.tag.say(dates.moment(now.backed_up), "soon" if old else "in_time")
        words, state = checked(now.checked)
        self.checked.setText(words)
        styled(self.checked, state=state)
        names = {
            "keyring": self.tr("chùm khóa của máy"),
            "passphrase": self.tr("mật khẩu của kho"),
            "recovery": self.tr("phiếu khôi phục"),
            "escrow": self.tr("bản gửi máy chủ huyện"),
        }
        days = [dates.day(datetime.fromisoformat(wrap["created"]).date()) for wrap in now.wraps]
        lines = [f"{names[wrap['kind']]}, {day}" for wrap, day in zip(now.wraps, days, strict=True)]
        self.opens.setText("\n".join(lines))

    def _key(self, words: str, key: str, slot: Callable[[], Any]) -> KeyButton:
        button = KeyButton(words, key)
        button.clicked.connect(slot)
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence(key), self, context=within).activated.connect(slot)
        return button


def _megabytes(size: int) -> str:
    said = f"{max(0.1, size / 1e6):.1f} MB"
    return said.replace(".", ",") if language.spoken() == language.SOURCE else said

"""Thời hạn lưu trữ: dossiers that need not be kept any longer; what is decided of them is done by hand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QFileDialog, QFrame, QLineEdit, QVBoxLayout, QWidget

from counter_app.desk.page import Desk
from counter_app.desk.parts import Field, KeyButton, Notice, keys, typed
from counter_app.desk.settings.section import Section, row_of
from counter_app.desk.theme import text
from counter_app.desk.widgets.kept_rows import ROW, KeptList, KeptRow
from counter_app.desk.widgets.story_act import read_day
from counter_app.domain.errors import BadInput, CounterError
from counter_app.domain.rights import Right
from counter_app.domain.zone import VIETNAM
from counter_app.services import erasing, opening, retention
from counter_app.services.acting import needed
from counter_app.services.erasing import Erased, Ruling
from counter_app.services.lookup import id_text
from counter_app.services.retention import Listing
from counter_app.system import files
from counter_app.words import dates
from counter_app.words import retention as words
from counter_app.words.errors import sentence
from counter_app.words.states import only_for

ERASE_KEY: Final = "Ctrl+Shift+Del"
_EXPORT_KEY: Final = "Ctrl+Shift+E"
_SEEN: Final = 6  # rows at a time
_WIDEST: Final = 560
_FIELDS: Final = ("act_of_law", "dated", "decided_by", "reason", "confirm")


class RetentionSection(Section):
    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.on = QLineEdit()
        self.list = KeptList(self.tr("Hồ sơ đã hết thời hạn lưu trữ"))
        self.list.toggled.connect(self._on_toggled)
        self.told_of, self.notice = text("", "body", wrap=True), Notice()
        self.lines = {name: QLineEdit() for name in _FIELDS}
        self._listing: Listing | None = None
        self._rows: list[KeptRow] = []
        self._why = text(only_for(Right.ERASE), "second", wrap=True)
        self._office_words = text(words.rule(), "second", wrap=True)
        self.export = self._key(self.tr("Xuất danh mục…"), _EXPORT_KEY, self._on_export)
        self.erase = self._key(self.tr("Xóa các hồ sơ đã chọn"), ERASE_KEY, self._on_erase)
        self.on.editingFinished.connect(self._look)
        day = Field(self.tr("Tính đến ngày"), self.on, "31/12/2026")
        day.setMaximumWidth(_WIDEST)
        self._sheet = QFrame()
        self._sheet.setProperty("kind", "sheet")
        inside = QVBoxLayout(self._sheet)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.list)
        self._hints = keys(("Space", self.tr("chọn, bỏ chọn")), ("Shift+Space", self.tr("tất cả")))
        for part in (day, self.told_of, self._sheet, self._hints):
            self.column.addWidget(part)
        self.column.addLayout(row_of(self.export))
        self.column.addWidget(self._why)
        self.column.addWidget(self._form())
        self.column.addWidget(self.notice)
        self.column.addWidget(self._office_words)
        self.column.addStretch(1)

    def entered(self) -> None:
        self.erase.setEnabled(True)
        if not typed(self.on):
            self.on.setText(dates.day(self.desk.now().astimezone(VIETNAM).date()))
        self._look()

    def chosen(self) -> list[KeptRow]:
        """The rows that are ticked."""
        return [row for row in self._rows if row.ticked]

    def _look(self) -> None:
        office, today = self.desk.office, self.desk.now().astimezone(VIETNAM).date()
        try:
            day = read_day(self.on.text(), today, "on")
        except BadInput as bad:
            self.notice.say(sentence(bad), "late")
            return
        self.desk.tasks.run(
            "lists", lambda: retention.expired(office, day), self._show, self._on_refused, latest="retention"
        )

    def _show(self, found: Listing) -> None:
        ticked = {row.kept.dossier for row in self.chosen()}
        self._listing = found
        self._put([KeptRow(one, one.dossier in ticked) for one in found.rows], 0)
        self.told_of.setText("\n".join(words.told(found)))
        for part in (self._sheet, self._hints, self.export):
            part.setVisible(bool(found.rows))
        self._say_chosen()

    def _on_toggled(self, row: KeptRow | None) -> None:
        every = not all(one.ticked for one in self._rows)
        turned = [
            replace(one, ticked=every if row is None else one.ticked is not (one == row))
            for one in self._rows
        ]
        self._put(turned, self.list.currentIndex().row())
        self._say_chosen()

    def _put(self, rows: list[KeptRow], here: int) -> None:
        self._rows = rows
        self.list.setFixedHeight(min(_SEEN, max(1, len(rows))) * ROW)
        self.list.show_rows(rows)
        self.list.go_to(here)

    def _say_chosen(self) -> None:
        """The fields of the act stand there as soon as something is chosen, for who may erase."""
        n, may = len(self.chosen()), self.desk.session.may(Right.ERASE)
        self._asked.setVisible(bool(n) and may)
        self._warning.say(words.batch(n) if n else "", "soon")
        self._why.setVisible(bool(n) and not may)

    def _on_export(self) -> None:
        found = self._listing
        if found is None or not found.rows:
            return
        name = f"het-thoi-han-luu-tru-{found.on:%Y%m%d}.xlsx"
        kinds = self.tr("Bảng tính (*.xlsx);;Tệp CSV (*.csv)")
        chosen, _ = QFileDialog.getSaveFileName(self, self.tr("Xuất ra"), str(Path.home() / name), kinds)
        if chosen and self.isEnabled():  # else the counter was locked behind the dialog
            self.write(Path(chosen))

    def write(self, target: Path) -> None:
        """The list as a file for the council and the archive."""
        office, session, found = self.desk.office, self.desk.session, self._listing
        assert found is not None

        def work() -> None:
            session.require(Right.CARRY)
            opening.refuse_inside(office.places, [target])
            rows = [words.row(number, one) for number, one in enumerate(found.rows, start=1)]
            files.write_atomically(target, retention.table(office, target, words.headings(), rows))

        self.desk.tasks.run(
            "lists",
            work,
            lambda _: self.told.emit(self.tr("Đã ghi danh mục ra {}").format(target)),
            self._on_refused,
        )

    def _on_erase(self) -> None:
        chosen = self.chosen()
        if not (chosen and self.erase.isEnabled() and not self._asked.isHidden()):
            return
        office, session = self.desk.office, self.desk.session
        said = {name: typed(line) for name, line in self.lines.items()}
        today = self.desk.now().astimezone(VIETNAM).date()
        ids = [id_text(row.kept.dossier) for row in chosen]

        def work() -> list[Erased]:
            dated = read_day(said["dated"], today, "dated", past=True)
            who, why = needed(said["decided_by"], "decided_by"), needed(said["reason"], "reason")
            under = Ruling(needed(said["act_of_law"], "act_of_law"), dated, who, why)
            return erasing.erase_all(office, session, ids, under, said["confirm"])

        self.erase.setEnabled(False)
        self.notice.say("")
        self.desk.tasks.run("store", work, self._on_erased, self._on_refused)

    def _on_erased(self, done: list[Erased]) -> None:
        self.erase.setEnabled(True)
        for line in self.lines.values():
            line.clear()
        failed = [one for one in done if one.fault is not None]
        told = words.batch_done(done)
        self.notice.say(told, "late" if failed else "in_time")
        self.told.emit(told)
        self._put([], 0)
        self._look()
        if self.desk.keeper is not None:
            self.desk.keeper.back_up()

    def _on_refused(self, error: CounterError) -> None:
        self.erase.setEnabled(True)
        self.notice.say(sentence(error), "late")
        wrong = self.lines.get(str(error.facts.get("field", "")))
        if wrong is not None:
            wrong.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_on(self) -> None:
        """Enter leads through the fields, and no further."""
        order = list(self.lines.values())
        here = QApplication.focusWidget()
        if here in order[:-1]:
            order[order.index(here) + 1].setFocus(Qt.FocusReason.TabFocusReason)

    def _form(self) -> QWidget:
        self._asked, self._warning = QWidget(), Notice()
        column = QVBoxLayout(self._asked)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._warning)
        labels = {
            "act_of_law": (self.tr("Văn bản quyết định, số"), "Quyết định 12/QĐ-UBND"),
            "dated": (self.tr("Ngày của văn bản"), "20/11/2026"),
            "decided_by": (self.tr("Ai quyết định"), "Chủ tịch UBND xã"),
            "reason": (self.tr("Lý do"), self.tr("hết thời hạn lưu trữ")),
            "confirm": (self.tr("Gõ số hồ sơ sắp xóa để xác nhận"), ""),
        }
        for name, (label, hint) in labels.items():
            field = Field(label, self.lines[name], hint)
            field.setMaximumWidth(_WIDEST)
            self.lines[name].returnPressed.connect(self._go_on)
            column.addWidget(field)
        column.addLayout(row_of(self.erase))
        self._asked.hide()
        return self._asked

    def _key(self, said: str, key: str, slot: object) -> KeyButton:
        button = KeyButton(said, key)
        button.setAutoDefault(False)
        button.clicked.connect(slot)
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence(key), self, context=within).activated.connect(slot)
        return button

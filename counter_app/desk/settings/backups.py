"""Kho dữ liệu: the backups that are made by themselves, and the second disk that is given a copy of each."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from counter_app.desk.page import Desk
from counter_app.desk.parts import KeyButton, Notice, rule
from counter_app.desk.theme import styled, text
from counter_app.desk.widgets.disk_choice import DiskChoice
from counter_app.domain.errors import CounterError
from counter_app.domain.rights import Right
from counter_app.services import backups, preferences
from counter_app.services.backups import Standing
from counter_app.words import keeping
from counter_app.words.errors import sentence

_WIDEST: Final = 560


class BackupsPart(QWidget):
    told = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._named = ""  # the second place as it was last shown
        self.here, self.there = text("", "second", wrap=True), text("", "second", wrap=True)
        self.notice = Notice()
        self.second = DiskChoice(
            self.tr("Thư mục trên ổ thứ hai hoặc USB (để trống: không dùng)"),
            hint=self.tr("như E:\\sao-luu hoặc /media/usb/sao-luu"),
            title=self.tr("Nơi sao lưu thứ hai"),
        )
        self.second.setMaximumWidth(_WIDEST)
        self.all_files = QCheckBox(self.tr("Sao lưu cả tệp quét mà máy chủ đã có"))
        self.all_files.toggled.connect(self._on_all_files)
        self.use = KeyButton(self.tr("Dùng nơi này"))
        self.use.clicked.connect(self._on_use)
        row = QHBoxLayout()
        row.addWidget(self.use)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(rule())
        column.addWidget(text(self.tr("Tự sao lưu"), "strong"))
        for part in (self.here, self.there, self.second, self.notice):
            column.addWidget(part)
        column.addLayout(row)
        column.addWidget(self.all_files)
        said = self.tr("Tệp quét mà máy chủ chưa có thì bản nào cũng kèm.")
        column.addWidget(text(said, "second", wrap=True))

    def look(self) -> None:
        """Reads anew where the backups lie, and how old they are."""
        office, may = self._desk.office, self._desk.session.may(Right.SET_COUNTER)
        self.second.setEnabled(may)
        self.use.setEnabled(may)
        self.all_files.setEnabled(may)
        with QSignalBlocker(self.all_files):
            self.all_files.setChecked(office.settings.backup_all_files)
        self._desk.tasks.run("read", lambda: backups.standing(office), self._show, latest="backups")

    def _show(self, stands: Standing) -> None:
        self.here.setText(keeping.kept_here(stands))
        words, state = keeping.kept_there(stands, self._desk.now(), self._desk.office.settings.backup_days)
        self.there.setText(words)
        styled(self.there, state=state)
        named = str(stands.second or "")
        if self.second.path.text() == self._named:  # else something else was typed or chosen meanwhile
            self.second.path.setText(named)
        self._named = named

    def _on_all_files(self, on: bool) -> None:
        office, session = self._desk.office, self._desk.session

        def done(_: object) -> None:
            all_, lacking = (
                self.tr("Từ bản sau, sao lưu kèm mọi tệp quét ở máy này."),
                self.tr("Từ bản sau, sao lưu chỉ kèm tệp quét mà máy chủ chưa có."),
            )
            self.told.emit(all_ if on else lacking)

        def failed(error: CounterError) -> None:
            self.look()
            self.notice.say(sentence(error), "late")

        self._desk.tasks.run(
            "keep", lambda: preferences.change(office, session, backup_all_files=on), done, failed
        )

    def _on_use(self) -> None:
        office, session, folder = self._desk.office, self._desk.session, self.second.folder()
        self.use.setEnabled(False)
        self.notice.say("")

        def done(_: None) -> None:
            self._named = self.second.path.text()
            self.look()
            if folder and self._desk.keeper is not None:
                self._desk.keeper.back_up()
            named, none = self.tr("Đã ghi nơi sao lưu thứ hai."), self.tr("Đã thôi dùng ổ thứ hai.")
            self.told.emit(named if folder else none)

        def failed(error: CounterError) -> None:
            self.use.setEnabled(True)
            self.notice.say(sentence(error), "late")
            self.second.path.setFocus(Qt.FocusReason.OtherFocusReason)

        self._desk.tasks.run(
            "keep",
            lambda: backups.choose_second(office, session, Path(folder) if folder else None),
            done,
            failed,
        )

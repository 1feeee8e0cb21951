"""Đồng bộ: the hours in which the machine synchronises by itself, and a pause."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit

from counter_app.desk.lamp import KEY
from counter_app.desk.page import Desk
from counter_app.desk.parts import Field, KeyButton, Notice, rule, typed
from counter_app.desk.settings.section import Section, row_of
from counter_app.desk.sync_watch import HOUR, PAUSE_KEY
from counter_app.desk.theme import text
from counter_app.domain.errors import CounterError
from counter_app.services import preferences
from counter_app.system.settings import Settings
from counter_app.words.errors import sentence

_WIDEST: Final = 560


class SyncSection(Section):
    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.hours, self.notice = QLineEdit(), Notice()
        self.save = KeyButton(self.tr("Lưu"), "F9", "primary")
        self.save.clicked.connect(self._on_save)
        self.now = KeyButton(self.tr("Đồng bộ ngay"), KEY)
        self.pause = KeyButton(self.tr("Tạm dừng một giờ"), PAUSE_KEY)
        self.rest = KeyButton(self.tr("Tạm dừng đến khi bấm đồng bộ"))
        self.now.clicked.connect(self._on_now)
        self.pause.clicked.connect(lambda: self._on_pause(for_an_hour=True))
        self.rest.clicked.connect(lambda: self._on_pause(for_an_hour=False))
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence("F9"), self, context=within).activated.connect(self._on_save)
        field = Field(
            self.tr("Chỉ tự đồng bộ trong các giờ (để trống: lúc nào cũng được)"),
            self.hours,
            self.tr("như 11:30–13:00, 18:00–06:00"),
        )
        field.setMaximumWidth(_WIDEST)
        self.column.addWidget(field)
        self.column.addWidget(
            text(
                self.tr(
                    "Dành cho nơi trả tiền mạng theo giờ. Ngoài các giờ này hồ sơ vẫn nằm an toàn ở máy này, "
                    "và chỉ gửi đi khi có người bấm đồng bộ."
                ),
                "second",
                wrap=True,
            )
        )
        self.column.addWidget(self.notice)
        self.column.addLayout(row_of(self.save))
        self.column.addWidget(rule())
        self.column.addWidget(text(self.tr("Bây giờ"), "strong"))
        self.column.addLayout(row_of(self.now))
        self.column.addLayout(row_of(self.pause, self.rest))

    def entered(self) -> None:
        if not self.hours.isModified():
            self._show(self.desk.office.settings)

    def _show(self, settings: Settings) -> None:
        self.hours.setText(settings.sync_hours)
        self.notice.say("")

    def _on_now(self) -> None:
        if self.desk.sync is not None:
            self.desk.sync.sync_by_hand()

    def _on_pause(self, *, for_an_hour: bool) -> None:
        if self.desk.sync is not None:
            self.desk.sync.pause_by_hand(HOUR if for_an_hour else None)

    def _on_save(self) -> None:
        if not self.save.isEnabled():
            return
        office, session, hours = self.desk.office, self.desk.session, typed(self.hours)
        self.save.setEnabled(False)
        self.desk.tasks.run(
            "store",
            lambda: preferences.change(office, session, sync_hours=hours),
            self._on_saved,
            self._on_refused,
        )

    def _on_saved(self, settings: Settings) -> None:
        self.save.setEnabled(True)
        self._show(settings)
        self.told.emit(self.tr("Đã lưu giờ đồng bộ"))
        self.office_changed.emit()

    def _on_refused(self, error: CounterError) -> None:
        self.save.setEnabled(True)
        self.notice.say(sentence(error), "late")
        self.hours.setFocus(Qt.FocusReason.OtherFocusReason)

"""Số hóa: how scanned pages are kept, where a scanner puts its files, and how much of a line they may use."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QWidget

from counter_app.desk.page import Desk
from counter_app.desk.parts import Field, KeyButton, Notice, rule
from counter_app.desk.settings.section import Section, number, row_of
from counter_app.desk.theme import text
from counter_app.desk.widgets.disk_choice import DiskChoice
from counter_app.domain.errors import CounterError
from counter_app.services import preferences
from counter_app.services.scan_folder import require_folder
from counter_app.system.settings import Settings
from counter_app.words.errors import sentence

_WIDEST: Final = 560
_SHORT: Final = 160


class DigitisingSection(Section):
    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._shown: Settings | None = None
        self.dpi = number(100, 600, self.tr(" điểm/inch"))
        self.quality = number(10, 95, "")
        self.colour = QComboBox()
        self.colour.addItem(self.tr("Giữ màu của trang có màu"), True)
        self.colour.addItem(self.tr("Đen trắng, nhẹ hơn"), False)
        self.colour.setMaximumWidth(2 * _SHORT)
        self.folder = DiskChoice(
            self.tr("Thư mục mà máy quét của cơ quan ghi tệp vào (để trống: không dùng)"),
            hint=self.tr("như D:\\Quet"),
            title=self.tr("Thư mục quét"),
        )
        self.a_day = number(0, 100_000, self.tr(" MB một ngày"))
        self.keep_days = number(0, 3650, self.tr(" ngày"))
        self.keep_free = number(0, 1_000_000, " MB")
        self.notice = Notice()
        self.save = KeyButton(self.tr("Lưu"), "F9", "primary")
        self.save.clicked.connect(self._on_save)
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence("F9"), self, context=within).activated.connect(self._on_save)
        self._put(
            Field(self.tr("Trang quét được giữ ở độ nét"), self.dpi),
            Field(self.tr("Chất lượng ảnh (10 nhẹ nhất, 95 nặng nhất)"), self.quality),
            Field(self.tr("Màu"), self.colour),
            self.folder,
        )
        self._say(self.tr("Tệp trong thư mục này được lấy vào hồ sơ đang mở, rồi xóa khỏi thư mục."))
        self.column.addWidget(rule())
        self.column.addWidget(text(self.tr("Bản quét và mạng"), "strong"))
        self._put(
            Field(self.tr("Chỉ gửi bản quét lên máy chủ tới (0: không hạn chế)"), self.a_day),
            Field(self.tr("Bỏ khỏi máy này sau khi trả kết quả (0: giữ mãi)"), self.keep_days),
            Field(self.tr("Bỏ sớm hơn khi ổ đĩa còn trống dưới"), self.keep_free),
        )
        self._say(self.tr("Chỉ bỏ bản quét mà máy chủ đã giữ trọn; khi cần, máy lấy về lại."))
        self.column.addWidget(self.notice)
        self.column.addLayout(row_of(self.save))

    def entered(self) -> None:
        if self._shown != self.desk.office.settings:  # else what is being typed stays
            self._show(self.desk.office.settings)

    def _put(self, *fields: QWidget) -> None:
        for field in fields:
            field.setMaximumWidth(_WIDEST)
            self.column.addWidget(field)

    def _say(self, words: str) -> None:
        self.column.addWidget(text(words, "second", wrap=True))

    def _show(self, settings: Settings) -> None:
        self._shown = settings
        self.dpi.setValue(settings.scan_dpi)
        self.quality.setValue(settings.scan_quality)
        self.colour.setCurrentIndex(self.colour.findData(settings.scan_colour))
        self.folder.path.setText(settings.scan_folder)
        self.a_day.setValue(settings.file_mb_a_day)
        self.keep_days.setValue(settings.files_keep_days)
        self.keep_free.setValue(settings.files_keep_free_mb)
        self.notice.say("")

    def _on_save(self) -> None:
        if not self.save.isEnabled():
            return
        office, session, folder = self.desk.office, self.desk.session, self.folder.folder()
        given = {
            "scan_dpi": self.dpi.value(),
            "scan_quality": self.quality.value(),
            "scan_colour": bool(self.colour.currentData()),
            "scan_folder": folder,
            "file_mb_a_day": self.a_day.value(),
            "files_keep_days": self.keep_days.value(),
            "files_keep_free_mb": self.keep_free.value(),
        }

        def work() -> Settings:
            if folder:
                require_folder(office.places, Path(folder))
            return preferences.change(office, session, **given)

        self.save.setEnabled(False)
        self.desk.tasks.run("store", work, self._on_saved, self._on_refused)

    def _on_saved(self, settings: Settings) -> None:
        self.save.setEnabled(True)
        self._show(settings)
        self.told.emit(self.tr("Đã lưu thiết lập số hóa"))
        self.office_changed.emit()

    def _on_refused(self, error: CounterError) -> None:
        self.save.setEnabled(True)
        self.notice.say(sentence(error), "late")
        self.folder.path.setFocus(Qt.FocusReason.OtherFocusReason)

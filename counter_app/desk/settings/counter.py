"""Quầy và giấy tờ: how papers and the window name this office, and when the counter locks itself."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QLineEdit

from counter_app.desk.page import Desk
from counter_app.desk.parts import Field, KeyButton, Notice, typed
from counter_app.desk.settings.section import Section, number, row_of
from counter_app.domain.errors import CounterError
from counter_app.domain.petition_limits import rules_of
from counter_app.services import preferences
from counter_app.services.feedback_rules import limits, scales
from counter_app.system.settings import Settings
from counter_app.words.errors import sentence

_WIDEST: Final = 560
_SHORT: Final = 160
_LINES: Final = (
    *("office", "address", "hotline", "head_title", "head_name", "hours"),
    *("bank", "account", "payee", "district", "apology_reason", "survey_url"),
)
_LANGUAGES: Final = (("vi", "Tiếng Việt"), ("en", "English"))  # each by its own name


class CounterSection(Section):
    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.lines = {name: QLineEdit() for name in _LINES}
        self.minutes = number(1, 240, self.tr(" phút"))
        self.extensions = number(0, 20, self.tr(" lần"))
        self.apology_days = number(1, 60, self.tr(" ngày làm việc"))
        self.acknowledge = number(1, 80, self.tr(" giờ làm việc"))
        self.close_hour = number(11, 23, self.tr(" giờ"))
        self.backup_days = number(1, 60, self.tr(" ngày"))
        self.drill_days = number(7, 400, self.tr(" ngày"))
        self.disk_warn = number(50, 1_000_000, " MB")
        self.rule, self.scale = QComboBox(), QComboBox()
        self.rule.addItem(self.tr("Quyết định 766 của Thủ tướng Chính phủ"), "")
        for rule in rules_of(limits())[1:]:
            self.rule.addItem(self.tr("quy định riêng, ngắn hơn") if rule == "local" else rule, rule)
        for scale in scales().values():
            self.scale.addItem(" / ".join(level.words for level in scale.levels), scale.name)
        self.language = QComboBox()
        for language, name in _LANGUAGES:
            self.language.addItem(name, language)
        self.language.setMaximumWidth(_SHORT)
        self.notice = Notice()
        self.save = KeyButton(self.tr("Lưu"), "F9", "primary")
        self.save.clicked.connect(self._on_save)
        QShortcut(
            QKeySequence("F9"), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut
        ).activated.connect(self._on_save)
        for field in (
            self._line("office", self.tr("Tên Bộ phận Một cửa trên giấy hẹn"), self.tr("Bộ phận Một cửa")),
            self._line("address", self.tr("Địa chỉ"), self.tr("như thôn 2, xã Ea Mlung")),
            self._line("hotline", self.tr("Đường dây nóng"), self.tr("như 0262 000 0123")),
            self._line(
                "head_title",
                self.tr("Chức danh người đứng đầu cơ quan, khi ký giấy"),
                self.tr("Thủ trưởng cơ quan"),
            ),
            self._line(
                "head_name", self.tr("Họ tên người đứng đầu cơ quan"), self.tr("để trống thì in dấu chấm")
            ),
            self._line("hours", self.tr("Giờ làm việc"), self.tr("như 7:30–11:30, 13:30–17:00")),
            self._line("bank", self.tr("Ngân hàng nhận phí chuyển khoản, 6 số do NAPAS cấp"), "970436"),
            self._line("account", self.tr("Số tài khoản"), self.tr("để trống: không nhận chuyển khoản")),
            self._line("payee", self.tr("Tên tài khoản"), "UBND XA EA MLUNG"),
            self._line("district", self.tr("Nơi đồng bộ, như màn hình gọi"), self.tr("Máy chủ huyện")),
            Field(self.tr("Tự khóa quầy sau khi không ai chạm vào máy"), self.minutes),
            Field(self.tr("Mỗi hồ sơ được hẹn lại"), self.extensions),
            Field(self.tr("Thư xin lỗi đề xuất hẹn lại thêm"), self.apology_days),
            Field(self.tr("Giao trên máy thì bên nhận phải ghi nhận trong"), self.acknowledge),
            Field(self.tr("Nhắc chốt sổ trong ngày từ"), self.close_hour),
            Field(self.tr("Nhắc khi bản sao lưu mới nhất đã quá"), self.backup_days),
            Field(self.tr("Nhắc diễn tập khôi phục sau"), self.drill_days),
            Field(self.tr("Nhắc khi ổ đĩa của kho còn trống dưới"), self.disk_warn),
            self._line("apology_reason", self.tr("Lý do ghi sẵn trong thư xin lỗi"), ""),
            self._line(
                "survey_url",
                self.tr("Trang khảo sát, cho mã QR trên giấy ({code}: mã hồ sơ)"),
                "https://…/khao-sat?ma={code}",
            ),
            Field(self.tr("Câu trả lời trên phiếu khảo sát"), self.scale),
            Field(self.tr("Hạn trả lời phản ánh, kiến nghị theo"), self.rule),
            Field(self.tr("Ngôn ngữ của cửa sổ (từ lần mở sau; giấy luôn bằng tiếng Việt)"), self.language),
        ):
            field.setMaximumWidth(_WIDEST)
            self.column.addWidget(field)
        self.column.addWidget(self.notice)
        self.column.addLayout(row_of(self.save))

    def entered(self) -> None:
        if not self._is_touched():
            self._show(self.desk.office.settings)

    def _line(self, name: str, label: str, hint: str) -> Field:
        return Field(label, self.lines[name], hint)

    def _typed(self) -> dict[str, str | int]:
        return {
            **{name: typed(line) for name, line in self.lines.items()},
            "lock_minutes": self.minutes.value(),
            "max_extensions": self.extensions.value(),
            "apology_days": self.apology_days.value(),
            "acknowledge_hours": self.acknowledge.value(),
            "close_hour": self.close_hour.value(),
            "backup_days": self.backup_days.value(),
            "drill_days": self.drill_days.value(),
            "disk_warn_mb": self.disk_warn.value(),
            "petition_rule": str(self.rule.currentData()),
            "survey_scale": str(self.scale.currentData()),
            "language": str(self.language.currentData()),
        }

    def _is_touched(self) -> bool:
        return any(line.isModified() for line in self.lines.values())

    def _show(self, settings: Settings) -> None:
        for name, line in self.lines.items():
            line.setText(getattr(settings, name))
        self.minutes.setValue(settings.lock_minutes)
        self.extensions.setValue(settings.max_extensions)
        self.apology_days.setValue(settings.apology_days)
        self.acknowledge.setValue(settings.acknowledge_hours)
        self.close_hour.setValue(settings.close_hour)
        self.backup_days.setValue(settings.backup_days)
        self.drill_days.setValue(settings.drill_days)
        self.disk_warn.setValue(settings.disk_warn_mb)
        self.rule.setCurrentIndex(max(0, self.rule.findData(settings.petition_rule)))
        self.scale.setCurrentIndex(max(0, self.scale.findData(settings.survey_scale)))
        self.language.setCurrentIndex(self.language.findData(settings.language))
        self.notice.say("")

    def _on_save(self) -> None:
        office, session, given = self.desk.office, self.desk.session, self._typed()
        self.save.setEnabled(False)
        self.desk.tasks.run(
            "store", lambda: preferences.change(office, session, **given), self._on_saved, self._on_refused
        )

    def _on_saved(self, settings: Settings) -> None:
        self.save.setEnabled(True)
        self._show(settings)
        self.told.emit(self.tr("Đã lưu thiết lập của quầy"))
        self.office_changed.emit()

    def _on_refused(self, error: CounterError) -> None:
        self.save.setEnabled(True)
        self.notice.say(sentence(error), "late")

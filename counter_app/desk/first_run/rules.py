"""Step 7, procedures and calendars: what came with the program, and what is missing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from PySide6.QtWidgets import QFileDialog, QHBoxLayout

from counter_app.desk.first_run.ground import Ground
from counter_app.desk.first_run.step import Step
from counter_app.desk.page import Desk
from counter_app.desk.parts import KeyButton
from counter_app.desk.theme import text
from counter_app.domain.errors import BadInput
from counter_app.services import rules
from counter_app.services.office import Office
from counter_app.system import files
from counter_app.words.hands import over_words


class _Held(NamedTuple):
    procedures: int
    years: tuple[int, ...]
    wanted: int  # the year whose calendar will be needed next
    over: tuple[str, ...]  # what is said of procedures whose steps take longer than they may


class RulesHeld(Step):
    step = "rules"

    def __init__(self, ground: Ground) -> None:
        super().__init__(
            ground,
            self.tr("Danh mục và lịch nghỉ"),
            self.tr("Danh mục kèm theo là mẫu: nhập danh mục tỉnh công bố khi có. Đăng ký máy làm sau."),
        )
        self.held = text("", "name", wrap=True)
        self.missing = text("", "body", wrap=True)
        self.column.addWidget(self.held)
        self.column.addWidget(self.missing)
        self.catalogue = KeyButton(self.tr("Nhập danh mục (CSV)…"))
        self.calendar = KeyButton(self.tr("Nhập lịch nghỉ (CSV)…"))
        self.catalogue.clicked.connect(lambda: self._import(rules.import_catalogue))
        self.calendar.clicked.connect(lambda: self._import(rules.import_calendar))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.catalogue)
        row.addWidget(self.calendar)
        row.addStretch(1)
        self.column.addLayout(row)
        self.finish()

    def entered(self) -> None:
        self._read()

    def later(self) -> str:
        return self.tr("Lệnh catalogue import và calendar import, khi có tệp")

    def _desk(self) -> Desk:
        assert self.ground.desk is not None
        return self.ground.desk

    def _read(self) -> None:
        office = self._desk().office
        self.ground.tasks.run("read", lambda: _held(office), self._on_held)

    def _on_held(self, held: _Held) -> None:
        years = ", ".join(map(str, held.years))
        self.held.setText(self.tr("{} thủ tục; lịch nghỉ các năm {}").format(held.procedures, years))
        if held.wanted in held.years:
            known = self.tr("Đủ lịch đến hết năm {}.").format(held.wanted)
        else:
            known = self.tr(
                "Chưa có lịch năm {}: hẹn trả sang năm ấy chưa tính được ngày nghỉ. "
                "Nhập khi có thông báo nghỉ lễ, thường vào tháng 12."
            ).format(held.wanted)
        self.missing.setText("\n".join((known, *held.over)))

    def _import(self, into: Callable[..., object]) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, self.tr("Chọn tệp CSV"), "", self.tr("Tệp CSV (*.csv)"))
        if chosen:
            self.take(into, Path(chosen))

    def take(self, into: Callable[..., object], path: Path) -> None:
        """Imports the file, and counts again."""
        desk = self._desk()
        office, session = desk.office, desk.session

        def work() -> None:
            try:
                said = files.read_bytes(path).decode("utf-8-sig")
            except UnicodeDecodeError as error:
                raise BadInput("not-utf8", value=path.name) from error
            into(office, session, said)

        def done() -> None:
            self.notice.say(self.tr("Đã nhập {}.").format(path.name), "in_time")
            self._read()

        self.work("store", work, done)


def _held(office: Office) -> _Held:
    years = tuple(sorted(office.commune().calendars))
    over = tuple(map(over_words, rules.over_limit(office)))
    return _Held(len(rules.catalogue(office)), years, office.now().year + 1, over)

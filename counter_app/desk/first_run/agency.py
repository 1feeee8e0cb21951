"""Step 1, the agency: its name, its code, and what papers say of the office."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from counter_app.desk.first_run.ground import Ground
from counter_app.desk.first_run.step import Step
from counter_app.desk.parts import Field, KeyButton, typed
from counter_app.desk.theme import text
from counter_app.desk.widgets.place_completer import Offer, PlaceCompleter, of_agency
from counter_app.domain.codes import check_agency, proposed_agency
from counter_app.domain.errors import BadInput
from counter_app.domain.training import AGENCY
from counter_app.services import agency_codes
from counter_app.services.preferences import LONGEST


class AgencyName(Step):
    step, ends, before_store = "agency", False, True

    def __init__(self, ground: Ground) -> None:
        super().__init__(
            ground,
            self.tr("Cơ quan nào?"),
            self.tr("Tên này in trên mọi giấy hẹn. Gõ vài chữ của tên xã rồi chọn bằng phím ↓."),
        )
        self.name = QLineEdit(ground.progress.name)
        self.name.textEdited.connect(self._on_edited)
        PlaceCompleter(self.name, of_agency).taken.connect(self._on_taken)
        self.fields = [self.name]
        self.column.addWidget(Field(self.tr("Tên cơ quan"), self.name, self.tr("như UBND xã Ea Mlung")))
        self.finish()
        self.training = KeyButton(self.tr("Chỉ muốn tập dùng, với hồ sơ bịa"), "Ctrl+T", "link")
        self.training.clicked.connect(ground.training_asked)
        self.replaces = KeyButton("", "Ctrl+M", "link")
        self.replaces.clicked.connect(self._on_replaces)
        self.column.addWidget(self.replaces, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self.training, 0, Qt.AlignmentFlag.AlignLeft)
        self._show_choice()

    def leave(self, then: Callable[[], object]) -> None:
        name = typed(self.name)
        if not name:
            self.complain(self.tr("Hãy ghi tên cơ quan; tên này in trên giấy hẹn."), self.name)
            return
        self.notice.say("")
        self.ground.progress = replace(self.ground.progress, name=name)  # on the disk with the whole step
        then()

    def _on_replaces(self) -> None:
        before = self.ground.progress
        self.ground.progress = replace(before, replaces=not before.replaces)
        self._show_choice()
        self.turned.emit()
        self.name.setFocus()

    def _show_choice(self) -> None:
        replaces = self.ground.progress.replaces
        self.replaces.say(
            self.tr("Không thay máy nào: đây là máy mới") if replaces else self.tr("Thay máy cũ bị hỏng")
        )
        said = self.tr(
            "Thay máy cũ: đặt tên cơ quan và chìa khóa cho máy này trước, rồi lấy lại hồ sơ từ máy chủ "
            "và từ ổ đĩa cũ."
        )
        self.notice.say(said if replaces else "", "in_time")

    def entered(self) -> None:
        super().entered()
        self._show_choice()

    def _on_edited(self) -> None:
        self.ground.within = ""

    def _on_taken(self, offer: Offer) -> None:
        self.ground.within = offer.beside


class AgencyCode(Step):
    step, ends, before_store = "agency", False, True

    def __init__(self, ground: Ground) -> None:
        super().__init__(
            ground,
            self.tr("Mã của cơ quan?"),
            self.tr(
                "Mã định danh điện tử, đứng đầu mọi mã hồ sơ. Không nhớ thì quét, hay gõ, mã hồ sơ trên một "
                "giấy hẹn cũ của cơ quan."
            ),
        )
        self.code = QLineEdit(ground.progress.agency)
        self.example = text("", "strong", wrap=True)
        self._proposed = ""
        self.fields = [self.code]
        self.code.textChanged.connect(self._on_typed)
        self.code.textEdited.connect(self._on_edited)
        self.column.addWidget(Field(self.tr("Mã cơ quan"), self.code, self.tr("như H55.242")))
        self.column.addWidget(self.example)
        self.finish()
        self._on_typed()

    def entered(self) -> None:
        super().entered()
        name, within = self.ground.progress.name, self.ground.within
        self.ground.tasks.run("read", lambda: agency_codes.proposed(name, within), self._propose)

    def leave(self, then: Callable[[], object]) -> None:
        from counter_app.words.errors import sentence

        if self._is_half():  # which is the code of the province's own office
            self.complain(self._rest_words(), self.code)
            self.code.end(False)
            return
        try:
            code = check_agency(proposed_agency(typed(self.code)))
            if code == AGENCY:
                raise BadInput("agency-of-training", field="agency", value=code)
        except BadInput as error:
            self.complain(sentence(error), self.code)
            return
        self.code.setText(code)
        self.ground.progress = replace(self.ground.progress, agency=code)
        then()

    def _propose(self, begins: str) -> None:
        """What was typed stands."""
        if self.code.text() in ("", self._proposed):
            self._proposed = begins
            self.code.setText(begins)

    def _on_edited(self, words: str) -> None:
        behind = words.removeprefix(self._proposed)
        if self._proposed and behind != words and behind[:1].isalpha():
            self.code.setText(behind)  # the whole code was typed behind the part that stood there

    def _on_typed(self) -> None:
        self.notice.say("")
        if self._is_half():
            self.example.setText(self._rest_words())
            return
        try:
            code = check_agency(proposed_agency(typed(self.code)))
        except BadInput:
            self.example.setText("")
            return
        day = f"{self.ground.clock():%y%m%d}"
        self.example.setText(self.tr("Mã hồ sơ sẽ như {}").format(f"{code}-{day}-1001"))

    def _is_half(self) -> bool:
        return bool(self._proposed) and typed(self.code) == self._proposed

    def _rest_words(self) -> str:
        words = self.tr("{} là phần của tỉnh; hãy gõ tiếp phần của xã, như {}242.")
        return words.format(self._proposed.rstrip("."), self._proposed)


class OfficeFacts(Step):
    step, before_store = "agency", True

    def __init__(self, ground: Ground) -> None:
        super().__init__(
            ground,
            self.tr("Giấy hẹn ghi gì về quầy?"),
            self.tr("Để công dân biết đến đâu, gọi số nào. Ô nào chưa có thì để trống."),
        )
        self.office, self.address = QLineEdit(self.tr("Bộ phận Một cửa")), QLineEdit()
        self.hotline, self.hours = QLineEdit(), QLineEdit("7:30–11:30, 13:30–17:00")
        self.fields = [self.office, self.address, self.hotline, self.hours]
        for line in (self.office, self.address, self.hotline, self.hours):
            line.setMaxLength(LONGEST)
        for field in (
            Field(self.tr("Tên bộ phận"), self.office),
            Field(self.tr("Địa chỉ"), self.address, self.tr("như thôn 2, xã Ea Mlung")),
            Field(self.tr("Đường dây nóng"), self.hotline, self.tr("như 0262 000 0123")),
            Field(self.tr("Giờ làm việc"), self.hours),
        ):
            self.column.addWidget(field)
        self.finish()

    def entered(self) -> None:
        self.address.setFocus()

    puts_off_step = False

    def later(self) -> str:
        return self.tr("Thiết lập (F11), phần Quầy và giấy tờ")

    def leave(self, then: Callable[[], object]) -> None:
        said = {
            "office": typed(self.office),
            "address": typed(self.address),
            "hotline": typed(self.hotline),
            "hours": typed(self.hours),
        }
        self.work("store", self.ground.advance(self.ground.progress, **said), then)

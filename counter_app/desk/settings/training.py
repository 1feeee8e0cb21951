"""Tập dùng: the store to practise on, in a window of its own."""

from __future__ import annotations

from PySide6.QtCore import Qt

from counter_app.desk.page import Desk
from counter_app.desk.parts import KeyButton, Notice
from counter_app.desk.settings.section import Section
from counter_app.desk.theme import text
from counter_app.domain.errors import CounterError
from counter_app.system import processes
from counter_app.words.errors import sentence


class TrainingSection(Section):
    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        training = desk.office.training
        said = (
            self.tr("Đây là kho tập dùng. Làm lại từ đầu: nút ở dải tím trên cùng.")
            if training
            else self.tr(
                "Kho riêng với các hồ sơ bịa, để người mới tập mọi việc. Mọi giấy của nó in dòng "
                "“TẬP DÙNG – KHÔNG CÓ GIÁ TRỊ”; không gì ở đó sang được kho thật."
            )
        )
        self.column.addWidget(text(said, "body", wrap=True))
        self.open = KeyButton(self.tr("Mở kho tập dùng"))
        self.open.setEnabled(not training)
        self.open.clicked.connect(self._on_open)
        self.column.addWidget(self.open, 0, Qt.AlignmentFlag.AlignLeft)
        self.notice = Notice()
        self.column.addWidget(self.notice)

    def _on_open(self) -> None:
        data = self.desk.office.places.data

        def refused(error: CounterError) -> None:
            self.notice.say(sentence(error), "late")

        self.notice.say(self.tr("Đang mở ở một cửa sổ khác…"), "in_time")
        self.desk.tasks.run("read", lambda: processes.start_training(data), None, refused)

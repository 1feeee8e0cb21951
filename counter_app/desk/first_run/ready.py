"""Step 8: what is done, what was put off, and the first dossier."""

from __future__ import annotations

from counter_app.desk.first_run.ground import Ground
from counter_app.desk.first_run.step import Step
from counter_app.desk.theme import text


class Ready(Step):
    step = "ready"

    def __init__(self, ground: Ground) -> None:
        super().__init__(ground, self.tr("Xong. Quầy đã sẵn sàng."))
        self.summary = text("", "body", wrap=True)
        self.column.addWidget(self.summary)
        self.finish()

    def entered(self) -> None:
        count = len(self.ground.progress.later)
        if count:
            said = self.tr("{} bước để làm sau; từ bây giờ đã lưu hồ sơ và in giấy được.").format(count)
        else:
            said = self.tr("Không còn bước nào; từ bây giờ đã lưu hồ sơ và in giấy được.")
        self.summary.setText(said)

    def next_words(self) -> str:
        return self.tr("Tiếp nhận hồ sơ đầu tiên")

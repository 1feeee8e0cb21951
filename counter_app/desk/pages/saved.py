"""What stands on the intake page after F9: the code, the date, how the print went, and the next citizen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from counter_app.desk.parts import Field, KeyButton, Notice, Tag, typed
from counter_app.desk.theme import text
from counter_app.services.reception import Received
from counter_app.system.printing import Job, Stage
from counter_app.words import dates
from counter_app.words.language import capital
from counter_app.words.printing import news_words, why_again
from counter_app.words.reasoning import due_words

if TYPE_CHECKING:
    from counter_app.desk.job_watch import News
    from counter_app.desk.prints import Sent


class SavedPanel(QFrame):
    """The dossier is on the disk when this is shown; its paper may still be on the way."""

    next_asked = Signal()
    more_asked = Signal()
    """The same citizen has another dossier."""
    story_asked = Signal()
    label_asked = Signal()
    reprint_asked = Signal(str)
    """Why the receipt is printed once more."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "sheet")
        self.failed = False
        self.sent: Sent | None = None
        self._job: Job | None = None
        self.tag = Tag(self.tr("Đã lưu ở máy này"), "in_time")
        self.code = text("", "days")
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.who = text("", "name", wrap=True)
        self.date = text("", "date")
        self.due = text("", "name")
        self.printing = Notice()
        self.next = KeyButton(self.tr("Người tiếp theo"), "Enter", "primary")
        self.more = KeyButton(self.tr("Hồ sơ nữa của người này"), "Ctrl+T")
        self.again = KeyButton(self.tr("In lại, bản trước hỏng"), "Ctrl+P")
        self.label = KeyButton(self.tr("In nhãn"), "Ctrl+U")
        self.story = KeyButton(self.tr("Xem hồ sơ"), "Ctrl+O")
        self.reason = QLineEdit()
        self._offered = ""
        self._reason_field = Field(self.tr("Lý do in lại (Enter để in)"), self.reason)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 24, 32, 24)
        column.setSpacing(8)
        column.addWidget(self.tag, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(text(self.tr("Mã hồ sơ"), "second"))
        for label in (self.code, self.who):
            column.addWidget(label)
        column.addSpacing(8)
        column.addWidget(text(self.tr("Hẹn trả"), "second"))
        below: tuple[QWidget, ...] = (self.date, self.due, self.printing, self._reason_field)
        for widget in below:
            column.addWidget(widget)
        column.addStretch(1)
        for buttons in ((self.next, self.more), (self.again, self.label, self.story)):
            row = QHBoxLayout()
            row.setSpacing(12)
            for button in buttons:
                row.addWidget(button)
            row.addStretch(1)
            column.addLayout(row)
        self.next.clicked.connect(self.next_asked)
        self.more.clicked.connect(self.more_asked)
        self.story.clicked.connect(self.story_asked)
        self.again.clicked.connect(self.ask_reason)
        self.label.clicked.connect(self.label_asked)
        self._reason_field.hide()

    def show_saved(self, received: Received, who: str) -> None:
        self.failed, self.sent, self._job = False, None, None
        self.code.setText(received.code)
        self.who.setText(who)
        self.date.setText(dates.day(received.due.date()))
        self.due.setText(capital(due_words(received.due)))
        self.printing.say(self.tr("Đang in giấy hẹn…"), "in_time")
        self._reason_field.hide()
        self.next.setFocus()

    def show_printed(self, sent: Sent) -> None:
        self.failed, self.sent, self._job = False, sent, None
        if sent.is_file:
            words = self.tr("Máy này chưa có máy in: giấy hẹn là tệp {}, in ra rồi hãy đưa người dân.")
            self.printing.say(words.format(sent.where), "soon")
        else:
            self._say_sent(sent)

    def show_job(self, news: News) -> None:
        """What became of the paper that this panel tells of; other papers are the foot's."""
        if self.sent is None or news.sent.where != self.sent.where:
            return
        self._job = news.job
        if news.job.stage is Stage.PRINTED:
            words = self.tr("Giấy hẹn đã in xong ({}); giấy hỏng thì bấm In lại.")
            self.printing.say(words.format(news.sent.where), "in_time")
        elif news.job.trouble is None:
            self._say_sent(news.sent)
        else:
            self.failed = news.job.stage is Stage.ENDED
            self.printing.say(news_words(news.job), "late" if self.failed else "soon")

    def _say_sent(self, sent: Sent) -> None:
        words = self.tr("Đã gửi giấy hẹn tới máy in ({}); hãy đợi giấy ra.")
        self.printing.say(words.format(sent.where), "in_time")

    def show_failed(self, why: str) -> None:
        self.failed, self.sent, self._job = True, None, None
        words = self.tr("Hồ sơ đã lưu, nhưng giấy hẹn chưa in được. {} Sửa xong thì bấm In lại.")
        self.printing.say(words.format(why), "late")

    def ask_reason(self) -> None:
        self._offered = why_again(self._job, failed=self.failed)
        self.reason.setText(self._offered)
        self._reason_field.show()
        self.reason.setFocus()
        self.reason.selectAll()

    @property
    def spoils(self) -> bool:
        """Whether the last print is given up as unusable, which is what the offered reason says."""
        return self.failed or typed(self.reason) == self._offered

    def enter(self) -> None:
        """Enter prints again while a reason is asked for, else it is the next citizen's turn."""
        if self.reason.hasFocus():
            self._reason_field.hide()
            self.printing.say(self.tr("Đang in lại giấy hẹn…"), "in_time")
            self.next.setFocus()
            self.reprint_asked.emit(typed(self.reason))
        elif not isinstance(_focused(self), KeyButton) or self.next.hasFocus():
            self.next_asked.emit()
        else:
            focused = _focused(self)
            assert isinstance(focused, KeyButton)
            focused.click()


def _focused(widget: QWidget) -> QWidget | None:
    return widget.focusWidget()

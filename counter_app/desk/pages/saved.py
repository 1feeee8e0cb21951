"""What stands on the intake page after F9: the code, the date, how the print went, and the next citizen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QLineEdit, QVBoxLayout, QWidget

from counter_app.desk.following import FollowingArea
from counter_app.desk.lines import Lines
from counter_app.desk.pages.visit import VisitList
from counter_app.desk.parts import Field, KeyButton, Notice, Tag, typed
from counter_app.desk.theme import styled, text
from counter_app.services.reception import Received
from counter_app.system.printing import Job, Stage
from counter_app.words import dates
from counter_app.words.language import capital
from counter_app.words.printing import news_words, why_again
from counter_app.words.reasoning import due_words
from counter_app.words.states import OF_MONEY, warning_words

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from counter_app.desk.job_watch import News
    from counter_app.desk.prints import Sent


_DOWN, _ASIDE = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
_LOW: Final = 500  # pixels: a panel that is lower has no room for captions
_FEW: Final = 3  # dossiers of a visit that it has room for


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
        self.failed = self._is_tight = False
        self.sent: Sent | None = None
        self._job: Job | None = None
        self.tag = Tag(self.tr("Đã lưu ở máy này"), "in_time")
        self.code = text("", "days")
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.who = text("", "name", wrap=True)
        self.date = text("", "date")
        self.due = text("", "name")
        self.warned, self.printing = Notice(), Notice()
        self.visit = VisitList()
        self.next = KeyButton(self.tr("Người tiếp theo"), "Enter", "primary")
        self.more = KeyButton(self.tr("Hồ sơ nữa của người này"), "Ctrl+T")
        self.again = KeyButton(self.tr("In lại, bản trước hỏng"), "Ctrl+P")
        self.label = KeyButton(self.tr("In nhãn"), "Ctrl+U")
        self.story = KeyButton(self.tr("Xem hồ sơ"), "Ctrl+O")
        self.reason = QLineEdit()
        self._offered = ""
        self._reason_field = Field(self.tr("Lý do in lại (Enter để in)"), self.reason)
        self._captions = (text(self.tr("Mã hồ sơ"), "second"), text(self.tr("Hẹn trả"), "second"))
        told = QWidget()
        column = self._told = QVBoxLayout(told)
        column.setContentsMargins(0, 0, 0, 0)
        self._what, self._when = QBoxLayout(_DOWN), QBoxLayout(_DOWN)
        for box, pair in ((self._what, (self.code, self.who)), (self._when, (self.date, self.due))):
            for label in pair:
                box.addWidget(label)
        column.addWidget(self.tag, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._captions[0])
        column.addLayout(self._what)
        column.addWidget(self._captions[1])
        column.addLayout(self._when)
        for widget in (self.warned, self.printing, self._reason_field, self.visit):
            column.addWidget(widget)
        column.addStretch(1)
        whole = self._column = QVBoxLayout(self)
        whole.addWidget(FollowingArea(told), 1)
        for buttons in ((self.next, self.more), (self.again, self.label, self.story)):
            row = Lines()
            for button in buttons:
                row.add(button)
            whole.addLayout(row)
        self.next.clicked.connect(self.next_asked)
        self.more.clicked.connect(self.more_asked)
        self.story.clicked.connect(self.story_asked)
        self.again.clicked.connect(self.ask_reason)
        self.label.clicked.connect(self.label_asked)
        self._reason_field.hide()

    def give_way(self, tight: bool) -> None:
        """Says two things in a line."""
        self._is_tight = tight
        self._stand()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a low screen the captions go, and what is left stands closer."""
        super().resizeEvent(event)
        self._stand()

    def _stand(self) -> None:
        low = self.height() < _LOW
        for caption in self._captions:
            caption.setVisible(not low)
        lowest = self._is_tight
        beside, above = (16, 8) if lowest else (32, 12 if low else 24)
        self._column.setContentsMargins(beside, above, beside, above)
        for column in (self._column, self._told, self._what, self._when):
            column.setSpacing(4 if low else 8)
        styled(self.date, kind="days" if lowest else "date")
        styled(self.code, kind="name" if lowest else "days")
        for box in (self._what, self._when):
            box.setDirection(_ASIDE if lowest else _DOWN)
            box.setStretch(1, int(lowest))
            box.setSpacing(16 if lowest else 4 if low else 8)
        self.visit.set_room(_FEW if low else None)

    def show_saved(self, received: Received, who: str, papers: int = 1) -> None:
        """What was received of whom; so many `papers` are on their way to the printer."""
        self.failed, self.sent, self._job = False, None, None
        self.code.setText(received.code)
        self.who.setText(who)
        assert received.due is not None, "the window takes in what is complete"
        self.date.setText(dates.day(received.due.date()))
        self.due.setText(capital(due_words(received.due)))
        of_money = [warning for warning in received.warnings if warning["code"] in OF_MONEY]
        self.warned.say("\n".join(map(warning_words, of_money)))
        words = (
            self.tr("Đang in giấy hẹn…") if papers == 1 else self.tr("Đang in {} giấy hẹn…").format(papers)
        )
        self.printing.say(words, "in_time")
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
        self.visit.setVisible(not self.visit.is_cramped and self.visit.isVisible())
        self._offered = why_again(self._job, failed=self.failed)
        self.reason.setText(self._offered)
        self._reason_field.show()
        self.reason.setFocus()
        self.reason.selectAll()

    @property
    def is_out(self) -> bool:
        """Whether the last print is on paper as far as the printer tells, or lies as a file."""
        printed = self._job is not None and self._job.stage is Stage.PRINTED
        return printed or (self.sent is not None and self.sent.is_file)

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

"""Survey slips of the page Phản ánh: a stack is typed in, a digit an answer, and saved as one."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QComboBox, QFrame, QLineEdit, QVBoxLayout, QWidget

from counter_app.desk.following import FollowingArea
from counter_app.desk.lines import Lines
from counter_app.desk.page import Desk
from counter_app.desk.pages.days import read_day
from counter_app.desk.pages.drafting import Drafting
from counter_app.desk.parts import Field, KeyButton, Notice, keys, typed
from counter_app.desk.prints import Sent
from counter_app.desk.theme import text
from counter_app.domain.errors import BadInput, CounterError
from counter_app.domain.surveys import Channel, Scale
from counter_app.domain.zone import VIETNAM
from counter_app.services import drafts, surveys
from counter_app.services.drafts import Draft
from counter_app.services.entry import text_in
from counter_app.services.feedback_rules import scale_of, scales
from counter_app.services.office import new_dossier_id, to_ms
from counter_app.services.surveys import LONGEST_REMARK, MOST, Stack
from counter_app.words import dates
from counter_app.words.errors import sentence
from counter_app.words.feedback import SURVEY_CHANNELS

_WIDEST: Final = 640
_LAST: Final = 30  # answers of the stack that are shown
PRINTED: Final = 50  # blank slips at a time


class SlipsPart(QWidget):
    told = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.slips: list[dict[str, str]] = []
        self.day, self.answer, self.remark = QLineEdit(), QLineEdit(), QLineEdit()
        self.channel = QComboBox()
        for channel in Channel:
            self.channel.addItem(SURVEY_CHANNELS.say(channel), channel.value)
        self.save = KeyButton(self.tr("Lưu xấp phiếu"), "F9", "primary")
        self.back = KeyButton(self.tr("Rút lại xấp vừa lưu"), "Ctrl+Z")
        self.blank = KeyButton(self.tr("In phiếu trắng"), "Ctrl+P")
        self.sheet = KeyButton(self.tr("In tờ dán tường"), "Ctrl+Shift+P")
        self._levels = text("", "strong", wrap=True)
        self._typed = text("", "body", wrap=True)
        self._sums = text("", "strong", wrap=True)
        self.notice = Notice()
        self._id = b""
        self._scale = ""
        """The scale that is shown, and so typed by: one that is set meanwhile asks from the next stack on."""
        self.drafting = Drafting(desk, self._draft, self, drafts.SLIPS)
        self.drafting.load(self._take_up)
        self._lay_out()
        for field in (self.day, self.remark):
            field.textChanged.connect(lambda _: self.drafting.touch())
        self.channel.currentIndexChanged.connect(lambda _: self.drafting.touch())
        self.answer.installEventFilter(self)
        self.remark.installEventFilter(self)
        self.save.clicked.connect(self.commit)
        self.back.clicked.connect(self.take_back)
        self.blank.clicked.connect(lambda: self.print(sheet=False))
        self.sheet.clicked.connect(lambda: self.print(sheet=True))

    @property
    def scale(self) -> Scale:
        return scales().get(self._scale) or scale_of(self.desk.office.settings)

    def entered(self) -> None:
        if not typed(self.day):
            self.day.setText(dates.day(self._today()))
        if not (self.slips or typed(self.answer)):
            self._scale = ""
        self._renew()
        self.answer.setFocus(Qt.FocusReason.OtherFocusReason)

    def says(self) -> str:
        parts = (self._levels.text(), self._sums.text(), self._typed.text(), self.notice.words())
        return "\n".join(filter(None, parts))

    def next(self) -> None:
        """The answer that stands in the field is the stack's next slip."""
        try:
            level = self._level(typed(self.answer))
            remark = text_in({"remark": typed(self.remark)}, "remark", LONGEST_REMARK)
            if len(self.slips) >= MOST:
                raise BadInput("out-of-range", field="slips", value=len(self.slips) + 1, least=1, most=MOST)
        except CounterError as error:
            self._refuse(error)
            return
        self.slips.append({"answer": level, **({"remark": remark} if remark else {})})
        self.notice.say("")
        self.answer.clear()
        self.remark.clear()
        self.answer.setFocus(Qt.FocusReason.OtherFocusReason)
        self._renew()

    def commit(self) -> None:
        """Saves the stack; an answer that still stands in the field belongs to it."""
        if typed(self.answer):
            self.next()
            if typed(self.answer):
                return
        day = read_day(typed(self.day), self._today(), past=True)
        if day is None:
            self._refuse(BadInput("not-a-day", field="day", value=typed(self.day)))
            return
        if not self.slips:
            self.notice.say(self.tr("Chưa có phiếu nào; gõ số của câu trả lời rồi Enter."), "soon")
            return
        self.drafting.keep_now()
        desk, slips, draft, scale = self.desk, self.slips, self._id, self.scale.name
        channel = str(self.channel.currentData())
        self.drafting.rest()
        self.slips, self._id, self._scale = [], b"", ""
        self._renew()
        self.save.setEnabled(False)

        def saved(_: tuple[Stack, ...]) -> None:
            self.save.setEnabled(True)
            self.told.emit(self.tr("Đã lưu {n} phiếu").format(n=len(slips)))

        def refused(error: CounterError) -> None:
            if self._scale == scale or not (self.slips or typed(self.answer)):
                self.slips, self._scale = slips + self.slips, scale
                begun, self._id = self._id, draft
                self._renew()
                self.drafting.keep_now()
                if begun:  # what was typed meanwhile is in the stack's own draft now
                    desk.tasks.run("store", lambda: drafts.discard(desk.office, begun, drafts.SLIPS))
            # Else it stays in its own draft: slips of two scales are two stacks.
            self._refuse(error)

        desk.tasks.run(
            "store",
            lambda: surveys.add(desk.office, desk.session, day, channel, slips, draft, scale),
            saved,
            refused,
        )

    def take_back(self) -> None:
        """The stack that this machine saved last for the day counts no more."""
        day, desk = read_day(typed(self.day), self._today(), past=True), self.desk
        if day is None:
            self._refuse(BadInput("not-a-day", field="day", value=typed(self.day)))
            return

        def work() -> int:
            last = surveys.last_here(desk.office, day)
            surveys.take_back(desk.office, desk.session, last)
            return sum(len(stack.slips) for stack in last)

        words = self.tr("Đã bỏ ra {n} phiếu vừa lưu")
        desk.tasks.run("store", work, lambda n: self.told.emit(words.format(n=n)), self._refuse)

    def print(self, *, sheet: bool) -> None:
        """Blank slips, or the sheet for the wall."""
        from counter_app.desk import feedback_prints

        desk = self.desk

        def work() -> Sent:
            return feedback_prints.wall_sheet(desk) if sheet else feedback_prints.blank_slips(desk, PRINTED)

        def done(sent: Sent) -> None:
            desk.jobs.follow(sent)
            words = self.tr("Giấy nằm ở {file}") if sent.is_file else self.tr("Đã gửi giấy tới máy in")
            self.told.emit(words.format(file=sent.where))

        desk.tasks.run("paper", work, done, self._refuse)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Backspace in an empty field takes the last answer back into it; Ctrl+Z of an empty field is the
        page's key."""
        if not isinstance(event, QKeyEvent) or not isinstance(watched, QLineEdit):
            return super().eventFilter(watched, event)
        if event.type() == QEvent.Type.ShortcutOverride:
            if event.matches(QKeySequence.StandardKey.Undo) and not typed(watched):
                event.ignore()
                return True
        elif event.type() == QEvent.Type.KeyPress and not event.isAutoRepeat():
            empty = not watched.text()
            if event.key() == Qt.Key.Key_Backspace and watched is self.answer and empty and self.slips:
                last = self.slips.pop()
                names = [level.name for level in self.scale.levels]
                self.answer.setText(str(names.index(last["answer"]) + 1))
                self.remark.setText(last.get("remark", ""))
                self._renew()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.next()
                return True
        return super().eventFilter(watched, event)

    def _draft(self) -> Draft | None:
        """The stack as it was typed so far: a power cut takes none of it."""
        remark = typed(self.remark)
        if not (self.slips or remark):
            return None
        self._id = self._id or new_dossier_id(to_ms(self.desk.now()))
        fields = {
            "slips": json.dumps(self.slips, ensure_ascii=False),
            "day": typed(self.day),
            "channel": str(self.channel.currentData()),
            "scale": self.scale.name,
            "remark": remark,
        }
        return Draft(self._id, fields)

    def _take_up(self, draft: Draft | None) -> None:
        if draft is None or self.slips or typed(self.answer) or typed(self.remark):
            return
        scale = scales().get(str(draft.fields.get("scale"))) or self.scale
        known = {level.name for level in scale.levels}
        remark = str(draft.fields.get("remark", ""))
        try:
            found = [dict(slip) for slip in json.loads(str(draft.fields.get("slips", "[]")))]
        except (ValueError, TypeError):
            return
        if not (found or remark) or not all(slip.get("answer") in known for slip in found):
            return  # of another scale: it lies where it is
        self._id, self.slips, self._scale = draft.id, found, scale.name
        self.remark.setText(remark)
        self.day.setText(str(draft.fields.get("day", "")))
        self.channel.setCurrentIndex(max(0, self.channel.findData(draft.fields.get("channel"))))
        self._renew()

    def _level(self, answer: str) -> str:
        """The level of that place: what the page shows are places, whatever the levels are called."""
        levels = self.scale.levels
        if answer.isascii() and answer.isdigit() and 1 <= int(answer) <= len(levels):
            return levels[int(answer) - 1].name
        choices = ", ".join(str(n) for n in range(1, len(levels) + 1))
        raise BadInput("not-a-level", field="answer", value=answer, choices=choices)

    def _today(self) -> date:
        return self.desk.now().astimezone(VIETNAM).date()

    def _renew(self) -> None:
        self._scale = self.scale.name
        levels = self.scale.levels
        shown = [f"{n} – {level.words}" for n, level in enumerate(levels, start=1)]
        self._levels.setText("     ".join(shown))
        places = {level.name: n for n, level in enumerate(levels, start=1)}
        counted = Counter(slip["answer"] for slip in self.slips)
        sums = [f"{level.words}: {counted[level.name]}" for level in levels if counted[level.name]]
        n = len(self.slips)
        self._sums.setText(
            self.tr("{n} phiếu chưa lưu").format(n=n) + (f" – {', '.join(sums)}" if sums else "")
        )
        shown = [f"{places[slip['answer']]}{'*' if 'remark' in slip else ''}" for slip in self.slips[-_LAST:]]
        self._typed.setText(("… " if n > _LAST else "") + "  ".join(shown))
        self.save.setEnabled(True)
        self.drafting.touch()

    def _refuse(self, error: CounterError) -> None:
        self.save.setEnabled(True)
        self.notice.say(sentence(error), "soon")

    def _lay_out(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 12, 0)
        column.setSpacing(12)
        top = QWidget()
        row = Lines(top, spacing=12)
        row.add(Field(self.tr("Ngày của phiếu"), self.day), 1, 140)
        row.add(Field(self.tr("Kênh"), self.channel), 1, 160)
        column.addWidget(top)
        column.addWidget(self._levels)
        middle = QWidget()
        line = Lines(middle, spacing=12)
        line.add(Field(self.tr("Câu trả lời (một số)"), self.answer), 1, 150)
        line.add(Field(self.tr("Ý kiến khác (nếu có)"), self.remark), 2, 260)
        column.addWidget(middle)
        column.addWidget(self._sums)
        column.addWidget(self._typed)
        column.addWidget(self.notice)
        buttons = QWidget()
        row = Lines(buttons, spacing=8)
        for button in (self.save, self.back, self.blank, self.sheet):
            row.add(button)
        column.addWidget(buttons)
        column.addWidget(keys(("Enter", self.tr("phiếu nữa")), ("Backspace", self.tr("sửa phiếu vừa gõ"))))
        column.addStretch(1)
        sheet = QFrame()
        sheet.setProperty("kind", "sheet")
        sheet.setMaximumWidth(_WIDEST)
        around = QVBoxLayout(sheet)
        around.setContentsMargins(20, 16, 8, 16)
        around.addWidget(FollowingArea(inside))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(sheet)

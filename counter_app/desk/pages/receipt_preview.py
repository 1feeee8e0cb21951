"""The receipt as it grows at the right of the intake: the date large, why it is that day, what it says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from counter_app.desk.pages.day_strip import DayStrip
from counter_app.desk.parts import Tag, rule
from counter_app.desk.theme import styled, text
from counter_app.domain.promise import Promise
from counter_app.words import dates
from counter_app.words.language import capital
from counter_app.words.reasoning import due_words, reasoning

WIDTH = 424
_FEW_PAPERS: Final = 3  # as many have room for their whole names
_MOST_PAPERS: Final = 6  # lines; the receipt itself names them all
_PAPER_WIDTH: Final = 238  # pixels of a line
_LONG = 10  # a date of more signs takes the smaller letters


class Paper(NamedTuple):
    """A paper of the dossier as the receipt will name it; no copies say that it is not here yet."""

    number: int
    name: str
    kind: str
    copies: int


@dataclass(frozen=True)
class Preview:
    """What the receipt would say now. `firm`: nothing is missing any more."""

    promise: Promise | None = None
    firm: bool = False
    code: str = ""
    applicant: str = ""
    procedure: str = ""
    papers: tuple[Paper, ...] = ()
    fee: str = ""
    return_at: str = ""
    waits_for: str = ""  # why there is no date yet


class ReceiptPreview(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(WIDTH)
        sheet = QFrame()
        sheet.setProperty("kind", "paper")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 16, 24, 16)
        outer.addWidget(sheet)
        column = QVBoxLayout(sheet)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(4)
        title = text(self.tr("GIẤY TIẾP NHẬN HỒ SƠ\nVÀ HẸN TRẢ KẾT QUẢ"), "strong")
        title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(title)
        column.addSpacing(8)
        self.tag = Tag()
        column.addWidget(self.tag, 0, Qt.AlignmentFlag.AlignLeft)
        self.date = text("", "date")
        self.due = text("", "name", wrap=True)
        self.why = text("", "body", wrap=True)
        self.strip = DayStrip()
        for widget in (self.date, self.due, self.why, self.strip):
            column.addWidget(widget)
        self.waits = text("", "second", wrap=True)
        column.addWidget(self.waits)
        column.addSpacing(4)
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(5)
        grid.setColumnMinimumWidth(0, 88)
        grid.setColumnStretch(1, 1)
        labels = (
            self.tr("Mã hồ sơ"),
            self.tr("Người nộp"),
            self.tr("Thủ tục"),
            self.tr("Giấy tờ"),
            self.tr("Lệ phí"),
            self.tr("Nhận tại"),
        )
        self._values: list[QLabel] = []
        for number, label in enumerate(labels):
            grid.addWidget(rule(), 2 * number, 0, 1, 2)
            grid.addWidget(text(label, "second"), 2 * number + 1, 0, Qt.AlignmentFlag.AlignTop)
            value = text("", "body", wrap=True)
            self._values.append(value)
            grid.addWidget(value, 2 * number + 1, 1)
        column.addLayout(grid)
        column.addStretch(1)
        self.show_preview(Preview())

    def show_preview(self, now: Preview) -> None:
        promise = now.promise
        for widget in (self.tag, self.date, self.due, self.why):
            widget.setVisible(promise is not None)
        self.waits.setVisible(promise is None)
        self.waits.setText(now.waits_for)
        self.strip.show_promise(promise)
        if promise is not None:
            due_day = dates.day(promise.due.date())
            self.date.setText(due_day)
            styled(self.date, kind="date-long" if len(due_day) >= _LONG else "date")
            self.due.setText(capital(due_words(promise.due)))
            self.why.setText(capital(reasoning(promise.to_fields())))
            if now.code:
                self.tag.say(self.tr("Đã hẹn"), "in_time")
            elif now.firm:
                self.tag.say(self.tr("Đủ giấy: hẹn được ngày này"), "in_time")
            else:
                self.tag.say(self.tr("Dự kiến: nếu hôm nay đủ giấy"), "soon")
        values = (
            now.code or self.tr("cấp khi lưu (F9)"),
            now.applicant,
            now.procedure,
            self._papers(now.papers),
            now.fee,
            now.return_at,
        )
        for label, value in zip(self._values, values, strict=True):
            label.setText(value or "–")
            styled(label, kind="body" if value else "second")
        styled(self._values[0], kind="strong" if now.code else "second")

    def _papers(self, papers: tuple[Paper, ...]) -> str:
        if len(papers) <= _FEW_PAPERS:
            return "\n".join(f"{paper.number}. {paper.name}{self._end(paper)}" for paper in papers)
        shown = papers if len(papers) <= _MOST_PAPERS else papers[: _MOST_PAPERS - 1]
        lines = [self._paper(paper) for paper in shown]
        if more := len(papers) - len(shown):
            lines.append(self.tr("… và {} giấy nữa").format(more))
        return "\n".join(lines)

    def _paper(self, paper: Paper) -> str:
        """One line: of a long name the beginning, since the count at its end is what is checked."""
        end = self._end(paper)
        letters = self._values[3].fontMetrics()
        left = _PAPER_WIDTH - letters.horizontalAdvance(end)
        return letters.elidedText(f"{paper.number}. {paper.name}", Qt.TextElideMode.ElideRight, left) + end

    def _end(self, paper: Paper) -> str:
        return f" – {paper.kind},\N{NO-BREAK SPACE}{paper.copies}" if paper.copies else self.tr(" – chưa có")

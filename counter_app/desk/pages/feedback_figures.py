"""Figures of the page Phản ánh: satisfaction by level and channel; petitions as communes publish them."""

from __future__ import annotations

from datetime import date
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from counter_app.desk.following import FollowingArea
from counter_app.desk.lines import Lines
from counter_app.desk.page import Desk
from counter_app.desk.pages.days import read_day
from counter_app.desk.parts import Field, Notice, rule, typed
from counter_app.desk.theme import text
from counter_app.domain.errors import BadInput, CounterError
from counter_app.domain.surveys import Channel
from counter_app.domain.zone import VIETNAM
from counter_app.services import petition_figures, surveys
from counter_app.services.feedback_rules import scales
from counter_app.services.petition_figures import Figures
from counter_app.services.surveys import SurveyFigures
from counter_app.words import dates
from counter_app.words.errors import sentence
from counter_app.words.feedback import SURVEY_CHANNELS, source_words

_PAUSE_MS: Final = 400
_WIDEST: Final = 760


class FiguresPart(QWidget):
    told = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.first, self.last = QLineEdit(), QLineEdit()
        self.notice = Notice()
        self._table = QWidget()
        self._cells: list[QLabel] = []
        self._grid = QGridLayout(self._table)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._content, self._petitions = text("", "strong", wrap=True), text("", "body", wrap=True)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.look)
        self._lay_out()
        for field in (self.first, self.last):
            field.textEdited.connect(lambda _: self._pause.start())

    def entered(self) -> None:
        today = self._today()
        if not typed(self.last):
            self.first.setText(dates.day(today.replace(day=1)))
            self.last.setText(dates.day(today))
        self.first.setFocus(Qt.FocusReason.OtherFocusReason)
        self.look()

    def look(self) -> None:
        """Adds up the days that stand in the fields."""
        self._pause.stop()
        days = [read_day(typed(field), self._today(), past=True) for field in (self.first, self.last)]
        for field, day in zip((self.first, self.last), days, strict=True):
            if day is None:
                self._refuse(BadInput("not-a-day", field="day", value=typed(field)))
                return
        first, last = (day for day in days if day is not None)
        office = self.desk.office

        def work() -> tuple[SurveyFigures, Figures]:
            return surveys.figures(office, first, last), petition_figures.figures(office, first, last)

        self.desk.tasks.run(
            "lists", work, lambda told: self._show(*told), self._refuse, latest=f"figures-{id(self)}"
        )

    def says(self) -> str:
        words = [cell.text() for cell in self._cells]
        parts = (self._content.text(), " | ".join(words), self._petitions.text(), self.notice.words())
        return "\n".join(filter(None, parts))

    def _show(self, slips: SurveyFigures, came: Figures) -> None:
        self.notice.say("")
        if slips.content is None:
            self._content.setText(self.tr("Chưa có phiếu khảo sát nào trong những ngày này."))
        else:
            said = self.tr("{n} phiếu khảo sát, {percent} % hài lòng trở lên")
            self._content.setText(said.format(n=slips.slips, percent=_percent(slips.content)))
        for cell in self._cells:
            self._grid.removeWidget(cell)
            cell.deleteLater()
        self._cells = []
        self._table.setVisible(bool(slips.shares))
        heads = [self.tr("Mức"), self.tr("Số phiếu"), "%", *(SURVEY_CHANNELS.say(c) for c in Channel)]
        rows: list[list[str]] = [heads] if slips.shares else []
        known = {(s.name, level.name): level.words for s in scales().values() for level in s.levels}
        for one in slips.shares:
            channels = [str(one.by_channel.get(channel, 0)) for channel in Channel]
            words = known.get((one.scale, one.level), one.level)
            rows.append([words, str(one.count), _percent(one.percent), *channels])
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for place, row in enumerate(rows):
            for column, words in enumerate(row):
                cell = text(words, "second" if place == 0 else "body", wrap=place == 0)
                self._grid.addWidget(cell, place, column)
                self._cells.append(cell)
                if column:
                    cell.setAlignment(right)
        self._petitions.setText(self._words(came))

    def _words(self, came: Figures) -> str:
        if not came.received:
            return self.tr("Không nhận phản ánh, kiến nghị nào trong những ngày này.")
        sources = ", ".join(f"{source_words(name)} {n}" for name, n in came.by_source.items())
        handled = came.handled_percent
        lines = [
            self.tr("Phản ánh, kiến nghị đã nhận: {n} ({sources})").format(n=came.received, sources=sources),
            self.tr("Đã trả lời {n}, trong đó đúng hạn {in_time}; đã công khai {published}").format(
                n=came.answered, in_time=came.in_time, published=came.published
            ),
            self.tr("Không tiếp nhận xử lý {n}; đang xử lý {waiting}; trễ hạn {late}").format(
                n=came.refused, waiting=came.waiting, late=came.late
            ),
        ]
        if handled is not None:
            lines.append(self.tr("Đã xử lý {percent} %").format(percent=_percent(handled)))
        return "\n".join(lines)

    def _today(self) -> date:
        return self.desk.now().astimezone(VIETNAM).date()

    def _refuse(self, error: CounterError) -> None:
        self.notice.say(sentence(error), "soon")

    def _lay_out(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 12, 0)
        column.setSpacing(12)
        days = QWidget()
        row = Lines(days, spacing=12)
        row.add(Field(self.tr("Từ ngày"), self.first), 1, 120)
        row.add(Field(self.tr("đến hết ngày"), self.last), 1, 120)
        for part in (days, self.notice, self._content, self._table, rule(), self._petitions):
            column.addWidget(part)
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


def _percent(value: float) -> str:
    """Two decimals, with the comma of Vietnamese numbers."""
    return f"{value:.2f}".rstrip("0").rstrip(".").replace(".", ",")

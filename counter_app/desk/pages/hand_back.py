"""Trả kết quả (F5): scan the slip, see who may take what, give it out, and be ready for the next slip."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from counter_app.desk import theme
from counter_app.desk.page import Desk, Page
from counter_app.desk.parts import KeyButton, Notice, keys, typed
from counter_app.desk.theme import styled, text
from counter_app.desk.widgets.acts import unpaid
from counter_app.desk.widgets.collector import Collector, HandBackSheet
from counter_app.desk.widgets.dossier_rows import DossierList, DossierRow, dossier_rows
from counter_app.desk.widgets.reading import Story, read_story
from counter_app.desk.widgets.story_view import takes
from counter_app.desk.widgets.timeline import Timeline, happenings
from counter_app.domain.collecting import Collector as Collector_
from counter_app.domain.errors import CounterError
from counter_app.domain.lifecycle import STEPS, State
from counter_app.services import acts, handover, lookup
from counter_app.services.lookup import Line, Scan, id_text
from counter_app.words.errors import sentence

FEW: Final = 8  # a name that fits more people than this is too short to choose by
SIDE_WIDTH: Final = 424
NARROW: Final = 1020
_CAN_FINISH: Final = STEPS["finished"][0]


@dataclass(frozen=True)
class _Meaning:
    """What was scanned or typed: one dossier's story, or a few to choose from."""

    scan: Scan
    story: Story | None
    rows: list[DossierRow]


class HandBackPage(Page):
    answered = Signal()
    """What was scanned or typed has its answer on the page."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._story: Story | None = None
        self._scan: Scan | None = None
        self.box = QLineEdit()
        self.box.setAccessibleName(self.tr("Quét giấy hẹn hoặc gõ mã hồ sơ, tên"))
        self.box.setPlaceholderText(self.tr("Quét giấy hẹn – hoặc gõ mã hồ sơ, tên người nộp"))
        self.box.returnPressed.connect(self._on_asked)
        self.fault = Notice()
        self.sheet = HandBackSheet()
        self.sheet.paid.connect(self._on_paid)
        self.choices = DossierList(self.tr("Các hồ sơ khớp"))
        self.choices.opened.connect(lambda row: self._open(row.line.dossier))
        self.timeline = Timeline(self.tr("Diễn biến hồ sơ, mới nhất trước"))
        self._done_title, self._done_words = text("", "page", wrap=True), text("", wrap=True)
        self.record = KeyButton(self.tr("Ghi đã trả"), "F9", "primary")
        self.record.clicked.connect(self._on_record)
        self.collector.complete.connect(self.record.setFocus)
        self._why_not = text("", "second", wrap=True)
        self._other = KeyButton(self.tr("Giấy khác"), "Esc")
        self._other.clicked.connect(self.begin)
        self._holder = QWidget()
        self._middle = QStackedLayout(self._holder)
        for part in (self._teaching(), self._done(), self._choosing(), self._scrolling()):
            self._middle.addWidget(part)
        self._side = self._timeline_side()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(self._main(), 1)
        row.addWidget(self._side)
        inside = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence("F9"), self, context=inside).activated.connect(self._on_record)
        QShortcut(QKeySequence("Ctrl+L"), self, context=inside).activated.connect(self.sheet.pay)
        self.begin()

    @property
    def title(self) -> str:
        return self.tr("Trả kết quả")

    @property
    def collector(self) -> Collector:
        return self.sheet.collector

    def entered(self) -> None:
        if self._story is None:
            self.box.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._open(self._story.dossier.id)

    def begin(self) -> None:
        """Ready for a slip; nothing is written."""
        self._show_none(0)

    def says(self) -> str:
        """What stands on the page about the last slip, for whoever looks over the shoulder."""
        faults = (self.fault.words(), self.sheet.fault.words(), self._why_not.text())
        return "\n".join(filter(None, (*faults, self._done_title.text(), self._done_words.text())))

    def event(self, event: QEvent) -> bool:
        if takes(event, Qt.Key.Key_Escape) and self._middle.currentIndex() > 1:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._middle.currentIndex() > 1:
            self.begin()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            # In a field Enter goes on, or ends a scan: it never records.
            if not isinstance(self.focusWidget(), QLineEdit):
                self._on_record()
        elif event.text().strip() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            # A scanner types: the next slip never lands in what is open, and its Enter never records that.
            self.box.setText(event.text())
            self.box.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        self._side.setVisible(self.width() >= NARROW)
        self._side_heading.setVisible(self._story is not None)
        self.timeline.setVisible(self._story is not None)

    def _on_asked(self) -> None:
        asked = typed(self.box)
        if not asked:
            return
        office, now = self.desk.office, self.desk.now()

        def work() -> _Meaning:
            scan = lookup.scan(office, asked)
            lines = list(scan.lines)
            if scan.card is not None:
                lines = _ready_first(lookup.find(office, scan.card.id_number))
            elif scan.kind == "unknown":
                lines = _ready_first(lookup.find(office, asked, FEW + 1))
            if len(lines) == 1 and scan.signature != "forged":
                return _Meaning(scan, read_story(office, lines[0].dossier, now), [])
            return _Meaning(scan, None, dossier_rows(lines, now, office.calendar()))

        self.desk.tasks.run("read", work, self._on_meaning, self._on_refused, latest="hand-back")

    def _on_meaning(self, meaning: _Meaning) -> None:
        self._answer(meaning)
        self.answered.emit()

    def _answer(self, meaning: _Meaning) -> None:
        self._scan = meaning.scan
        if meaning.story is not None:
            self._show(meaning.story)
            return
        asked = typed(self.box)
        self._show_none(0)
        if meaning.scan.signature == "forged":
            self.fault.say(
                self.tr("Mã trên giấy không đúng chữ ký: giấy có thể đã bị sửa, chưa trả theo giấy này."),
                "late",
            )
        elif meaning.scan.claim is not None:
            code = meaning.scan.claim.code
            self.fault.say(
                self.tr(
                    "Giấy thật, nhưng hồ sơ {code} chưa có ở đây; trao đổi với máy đã nhận rồi quét lại."
                ).format(code=code)
                if meaning.scan.signature == "verified"
                else self.tr("Giấy do máy lạ in, hồ sơ {code} chưa có trên máy này.").format(code=code)
            )
        elif 1 < len(meaning.rows) <= FEW:
            self.choices.show_dossiers(meaning.rows)
            self._middle.setCurrentIndex(2)
            self.choices.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        elif meaning.rows:
            self.fault.say(self.tr("Nhiều hồ sơ khớp “{asked}”; hãy gõ thêm chữ.").format(asked=asked))
        else:
            self.fault.say(
                self.tr("Không thấy hồ sơ nào khớp “{asked}”; hãy quét lại, hoặc gõ tên không dấu.").format(
                    asked=asked
                )
            )
        self.box.setText(asked)
        self.box.selectAll()

    def _open(self, dossier: bytes) -> None:
        office, now = self.desk.office, self.desk.now()

        def then(story: Story) -> None:
            self._show(story)
            self.answered.emit()

        self.desk.tasks.run(
            "read", lambda: read_story(office, dossier, now), then, self._on_refused, latest="hand-back"
        )

    def _show(self, story: Story) -> None:
        same = self._story is not None and self._story.dossier.id == story.dossier.id
        self._story = story
        self.box.clear()
        self.fault.say("")
        self._done_title.clear()
        self._done_words.clear()
        self.sheet.show_story(story, self._scan, keep=same)
        self.timeline.show_story(happenings(story.dossier, story.officers, story.machines, story.now))
        self._middle.setCurrentIndex(3)
        state = story.dossier.state
        blocked = self._blocked(story)
        self.record.say(self.tr("Xong và trả") if state in _CAN_FINISH else self.tr("Ghi đã trả"))
        self.record.setEnabled(not blocked)
        self.record.show()
        self._other.show()
        note = self.tr("Chưa ghi có kết quả: F9 ghi cả hai việc.") if state in _CAN_FINISH else ""
        if story.dossier.conflicts:
            note = self.tr("Hai máy ghi khác nhau: nên chọn bên đúng ở Tra cứu (F3) trước.")
        self._why_not.setText(blocked or note)
        self._arrange()
        if not same:
            self.collector.focus_first() if not blocked else self._other.setFocus()

    def _blocked(self, story: Story) -> str:
        """Why the result cannot be given out now; "" where it can."""
        dossier = story.dossier
        if dossier.held:
            return self.tr("Chưa có phần tiếp nhận trên máy này; trao đổi với máy đã nhận trước.")
        if dossier.state is State.RETURNED:
            return self.tr("Hồ sơ này đã trả kết quả rồi.")
        if dossier.state is State.FINISHED or dossier.state in _CAN_FINISH:
            return ""
        return self.tr("{state}: chưa trả được. Mở ở Tra cứu (F3) để làm bước trước.").format(
            state=story.standing.words
        )

    def _on_record(self) -> None:
        if typed(self.box):
            self._on_asked()  # another slip was begun: that one first
            return
        if self._story is None or not self.record.isEnabled() or self._middle.currentIndex() != 3:
            return
        self.record.setEnabled(False)
        story, taken = self._story, self.collector.taken()
        office, session = self.desk.office, self.desk.session
        finish = story.dossier.state in _CAN_FINISH

        def work() -> None:
            who = Collector_.read(taken.name, taken.id_number, taken.authority)
            named = [id_text(story.dossier.id)]
            handover.hand_over(office, session, named, who, finish=finish, asks_paper=True)

        self.desk.tasks.run(
            "store", work, lambda _: self._on_recorded(story, taken.name), self._on_not_recorded
        )

    def _on_recorded(self, story: Story, name: str) -> None:
        procedure = story.dossier.values.get("procedure", {}).get("name", "")
        said = self.tr("Đã trả kết quả cho {name}").format(name=name)
        self.told.emit(said)
        self._show_none(1)
        self._done_title.setText(said)
        self._done_words.setText(
            self.tr("{procedure}  –  {code}").format(procedure=procedure, code=story.dossier.code)
        )

    def _on_not_recorded(self, error: CounterError) -> None:
        self.record.setEnabled(True)
        self.sheet.fault.say(sentence(error), "late")
        self.collector.mark(str(error.facts.get("field", "")))

    def _on_refused(self, error: CounterError) -> None:
        self.fault.say(sentence(error), "late")

    def _on_paid(self) -> None:
        if self._story is None:
            return
        office, session, dossier = self.desk.office, self.desk.session, self._story.dossier
        amount = unpaid(dossier)

        def then(_: None) -> None:
            self.told.emit(self.tr("Đã thu lệ phí."))
            self._open(dossier.id)

        self.desk.tasks.run(
            "store", lambda: acts.pay(office, session, id_text(dossier.id), amount), then, self._on_refused
        )

    def _show_none(self, place: int) -> None:
        """No dossier is open: `place` 0 teaches, 1 says what was done."""
        self._story = None
        self.fault.say("")
        self._done_title.clear()
        self._done_words.clear()
        self.box.clear()
        self._middle.setCurrentIndex(place)
        self.record.hide()
        self._other.hide()
        self._why_not.clear()
        self._arrange()
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)

    def _main(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setContentsMargins(24, 12, 24, 16)
        column.setSpacing(12)
        top = QHBoxLayout()
        top.addWidget(text(self.title, "page"))
        top.addStretch(1)
        top.addWidget(keys(("Enter", self.tr("tiếp")), ("F9", self.tr("ghi"))))
        column.addLayout(top)
        column.addWidget(self.box)
        column.addWidget(self.fault)
        column.addWidget(self._holder, 1)
        bar = QHBoxLayout()
        bar.setSpacing(12)
        bar.addWidget(self.record)
        bar.addWidget(self._why_not, 1)
        bar.addWidget(self._other)
        column.addLayout(bar)
        return column

    def _teaching(self) -> QWidget:
        sheet, column = _sheet()
        column.addWidget(text(self.tr("Quét ô vuông trên giấy hẹn"), "name", wrap=True))
        words = self.tr(
            "Máy nhận ra giấy thật hay giả, kể cả khi không có mạng.\n"
            "Mất giấy hẹn? Quét thẻ căn cước, hoặc gõ tên người nộp."
        )
        column.addWidget(text(words, "second", wrap=True))
        column.addStretch(1)
        return sheet

    def _done(self) -> QWidget:
        sheet, column = _sheet()
        row = QHBoxLayout()
        row.setSpacing(12)
        icon = QLabel()
        icon.setPixmap(theme.pixmap("in_time", theme.STATES["in_time"][0], 32))
        styled(self._done_title, state="in_time")
        row.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._done_title, 1)
        column.addLayout(row)
        column.addWidget(self._done_words)
        column.addSpacing(16)
        column.addWidget(text(self.tr("Quét giấy tiếp theo."), "second"))
        column.addStretch(1)
        return sheet

    def _scrolling(self) -> QScrollArea:
        """A low screen scrolls the sheet; the bar with the keys stays."""
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self.sheet)
        self.sheet.shown_more.connect(lambda: area.ensureWidgetVisible(self.sheet.last))
        return area

    def _choosing(self) -> QWidget:
        sheet = QFrame()
        sheet.setProperty("kind", "sheet")
        column = QVBoxLayout(sheet)
        column.setContentsMargins(1, 8, 1, 1)
        heading = text(self.tr("Hồ sơ nào? Chọn bằng ↑ ↓ rồi Enter."), "strong")
        heading.setContentsMargins(16, 0, 16, 0)
        column.addWidget(heading)
        column.addWidget(self.choices, 1)
        return sheet

    def _timeline_side(self) -> QWidget:
        side = QWidget()
        side.setProperty("kind", "side")
        side.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        side.setFixedWidth(SIDE_WIDTH)
        column = QVBoxLayout(side)
        column.setContentsMargins(18, 16, 16, 16)
        column.setSpacing(16)
        self._side_heading = text(self.tr("Diễn biến"), "heading")
        self._side_heading.setContentsMargins(6, 0, 0, 0)
        column.addWidget(self._side_heading)
        column.addWidget(self.timeline)
        column.addStretch(1)
        return side


def _sheet() -> tuple[QFrame, QVBoxLayout]:
    sheet = QFrame()
    sheet.setProperty("kind", "sheet")
    column = QVBoxLayout(sheet)
    column.setContentsMargins(32, 32, 32, 32)
    column.setSpacing(8)
    return sheet, column


def _ready_first(lines: list[Line]) -> list[Line]:
    """Those that wait to be collected before the others, each newest first."""
    return sorted(lines, key=lambda line: line.state != State.FINISHED)

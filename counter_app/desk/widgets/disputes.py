"""Where two machines wrote different things: field by field, who wrote what, and the side to keep."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from counter_app.desk import theme
from counter_app.desk.parts import KeyButton, Notice, rule
from counter_app.desk.theme import text
from counter_app.desk.widgets.reading import Story
from counter_app.desk.widgets.take_back_act import TAKE_BACK
from counter_app.desk.widgets.timeline import said_by, when_words
from counter_app.domain.charges import OF_MONEY
from counter_app.domain.errors import CounterError
from counter_app.domain.registers import Conflict, Side
from counter_app.words.errors import sentence
from counter_app.words.fields import field_label
from counter_app.words.story import conflict as conflict_words
from counter_app.words.story import tell, value_words

_ACTS_THEMSELVES = ("reception", "return", "state", *OF_MONEY)  # the act says more than its value
MOST_KEYS = 9


class Disputes(QFrame):
    """Hidden while all agree. Ctrl+1, Ctrl+2… keep a side, or open another dossier, counted from the top."""

    kept = Signal(str, str)
    """The event (log:seq:mark) of the side to keep, and the field: "" where the act itself is chosen."""
    mistaken = Signal(str)
    """The event that is to be taken back, since it belongs to another dossier."""
    other_asked = Signal(str)
    """The code of another dossier that a dispute is about."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "notice")
        self.setProperty("state", "late")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(20, 12, 24, 12)
        self._column.setSpacing(8)
        self._holder = QWidget()
        self.fault = Notice()
        self._column.addWidget(self._holder)
        self._column.addWidget(self.fault)
        self._buttons: list[KeyButton] = []
        self._sides = False
        self.hide()

    def show_story(self, story: Story) -> None:
        old, self._holder = self._holder, QWidget()
        self._column.replaceWidget(old, self._holder)
        old.hide()
        old.deleteLater()
        self._buttons, self._sides = [], False
        self.fault.say("")
        column = QVBoxLayout(self._holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        heading = QHBoxLayout()
        heading.setSpacing(8)
        icon = QLabel()
        icon.setPixmap(theme.pixmap("late", theme.STATES["late"][0]))
        conflicts = story.dossier.conflicts
        said = (
            self.tr("Một khoản ghi ở hai hồ sơ – cần bạn đối chiếu")
            if all(conflict.others for conflict in conflicts)
            else self.tr("Hai máy ghi khác nhau – cần bạn chọn")
        )
        words = text(said, "strong", wrap=True)
        words.setProperty("state", "late")
        heading.addWidget(icon)
        heading.addWidget(words, 1)
        column.addLayout(heading)
        for place, conflict in enumerate(conflicts):
            if place:
                column.addWidget(rule())
            self._add(column, conflict, story)
        if self._sides:
            column.addWidget(text(self.tr("Bên không chọn vẫn còn trong hồ sơ."), "small", wrap=True))
        self.setVisible(bool(conflicts))

    def keep_number(self, number: int) -> None:
        """Presses the button of that number, from 1."""
        if not self.isHidden() and 1 <= number <= len(self._buttons):
            self._buttons[number - 1].click()

    def refuse(self, error: CounterError) -> None:
        self._enable(True)
        self.fault.say(sentence(error), "late")

    def _enable(self, on: bool) -> None:
        for button in self._buttons:
            button.setEnabled(on)

    def _keep(self, event: str, field: str) -> None:
        self._enable(False)  # one answer
        self.kept.emit(event, "" if field in _ACTS_THEMSELVES else field)

    def _add(self, column: QVBoxLayout, conflict: Conflict, story: Story) -> None:
        column.addWidget(text(field_label(conflict.field), "heading"))
        if conflict.others:  # no side of it is kept here: the dossier that is wrong takes its own back
            column.addWidget(text(conflict_words(conflict), "strong", wrap=True))
            column.addLayout(self._ways(conflict))
            return
        self._sides = True
        for side in conflict.sides:
            column.addLayout(self._side(conflict, side, story))

    def _ways(self, conflict: Conflict) -> QVBoxLayout:
        """To take it back here, and to the others, where it may be what is wrong."""
        column = QVBoxLayout()
        column.setSpacing(4)
        back = KeyButton(self.tr("Rút lại khoản này"), TAKE_BACK.key)
        back.clicked.connect(lambda: self.mistaken.emit(str(conflict.shown)))
        column.addWidget(back, 0, Qt.AlignmentFlag.AlignLeft)
        for code in conflict.others:
            button = KeyButton(self.tr("Mở {code}").format(code=code), self._next_key(), "link")
            button.clicked.connect(lambda _=False, code=code: self.other_asked.emit(code))
            self._buttons.append(button)
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return column

    def _next_key(self) -> str:
        number = len(self._buttons) + 1
        return f"Ctrl+{number}" if number <= MOST_KEYS else ""

    def _side(self, conflict: Conflict, side: Side, story: Story) -> QHBoxLayout:
        entry = story.dossier.entry(side.event)
        value = value_words(conflict.field, side.value)
        if entry is not None and conflict.field in _ACTS_THEMSELVES:
            value = tell(entry)
        by = ""
        if entry is not None:
            when = when_words(entry.happened_at, story.now)
            by = f"{when} · {said_by(entry, story.name_of, story.machines)}"
        if side.event == conflict.shown:
            by = self.tr("{by} – đang dùng").format(by=by)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(text(value, "strong", wrap=True))
        words.addWidget(text(by, "small", wrap=True))
        button = KeyButton(self.tr("Giữ bên này"), self._next_key())
        button.setAccessibleName(
            self.tr("Giữ bên này: {field} {value}").format(field=field_label(conflict.field), value=value)
        )
        button.clicked.connect(lambda: self._keep(str(side.event), conflict.field))
        self._buttons.append(button)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addLayout(words, 1)
        row.addWidget(button)
        return row

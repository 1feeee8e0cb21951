"""One numbered band of the intake: open while it is worked on, one line of facts when it is done."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLayoutItem,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from counter_app.desk import theme
from counter_app.desk.parts import Field, Notice
from counter_app.desk.theme import styled, text
from counter_app.domain.errors import BadInput


class Band(QFrame):
    """`steps` are the controls that Enter walks through; only the open band has the accent."""

    changed = Signal()
    """What the band holds has changed."""
    ended = Signal()
    """The officer is through with it: the next band, please."""
    asked = Signal()
    """Somebody clicked it while it was closed."""
    pointed = Signal(object)
    """A Notice of the band that must be seen, together with the control that has the focus."""

    def __init__(self, number: int | None, title: str) -> None:
        super().__init__()
        self.is_open = False
        self.tells_fault = False
        """Whether the notice tells of something wrong, which nothing but a change takes away."""
        self._step = text("" if number is None else str(number), "step")
        self._step.setFixedSize(32, 32)
        self._step.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._title = text(title, "heading")
        self._mark_icon, self._mark = QLabel(), text("", "strong")
        self._mark_icon.setPixmap(theme.pixmap("tick", theme.STATES["in_time"][0], 16))
        self._name = text("", "name", wrap=True)
        self._facts = text("", "second", wrap=True)
        self._facts.setContentsMargins(0, 0, 0, 3)  # a notice may stand under it
        self.body = QWidget()
        self.content = QVBoxLayout(self.body)
        self.content.setContentsMargins(0, 4, 0, 6)
        self.content.setSpacing(8)
        self.notice = Notice()
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(self._title)
        head.addStretch(1)
        self.beside = QHBoxLayout()
        head.addLayout(self.beside)
        head.addWidget(self._mark_icon)
        head.addWidget(self._mark)
        column = self._column = QVBoxLayout()
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._name)
        column.addWidget(self._facts)
        column.addWidget(self.body)
        column.addWidget(self.notice)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 11, 16, 8)
        row.setSpacing(16)
        row.addWidget(self._step, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)
        self.setAccessibleName(title)
        self.setProperty("kind", "band")
        self.changed.connect(self._take_notice_back)
        self.set_open(False)

    # what a band tells

    def is_done(self) -> bool:
        raise NotImplementedError

    def summary(self) -> tuple[str, list[str]]:
        """A name and the facts beside it, for the closed band; ("", []) where there is nothing yet."""
        raise NotImplementedError

    def steps(self) -> list[QWidget]:
        raise NotImplementedError

    def skips(self, step: QWidget) -> bool:
        """Whether Enter may pass this step by: it is filled already, or cannot be used."""
        filled = isinstance(step, QLineEdit) and bool(step.text().strip())
        return filled or not step.isEnabled() or step.isHidden()

    def mark(self) -> tuple[str, str]:
        """The words at the band's right end, and their state; "" for none."""
        return (self.tr("Xong"), "in_time") if self.is_done() else ("", "")

    # what the page does with it

    def set_open(self, on: bool) -> None:
        self.is_open, self.tells_fault = on, False
        self._take_notice_back()
        self.body.setVisible(on)
        self.setCursor(Qt.CursorShape.ArrowCursor if on else Qt.CursorShape.PointingHandCursor)
        styled(self, here=on)
        styled(self._title, here=on)

    def refresh(self) -> None:
        """Says again what the band holds."""
        done = self.is_done()
        name, facts = self.summary() if not self.is_open else ("", [])
        self._name.setText(name)
        self._name.setVisible(bool(name))
        self._facts.setText("      ".join(facts))
        self._facts.setVisible(bool(facts))
        words, state = self.mark()
        self._mark.setText(words)
        styled(self._mark, state=state)
        self._mark_icon.setVisible(done and state == "in_time")
        styled(self._step, here=self.is_open, done=done and not self.is_open)

    def start(self, *, at_end: bool = False) -> None:
        """Puts the focus on the first step that waits, or on the last one where the officer goes back."""
        steps = [s for s in self.steps() if s.isEnabled() and not s.isHidden()]
        if not steps:
            return
        waiting = [s for s in steps if not self.skips(s)]
        chosen = steps[-1] if at_end else (waiting or steps)[0]
        self.focus(chosen)

    def focus(self, step: QWidget) -> None:
        step.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(step, QLineEdit | QSpinBox):
            step.selectAll()

    def advance(self) -> bool:
        """From the focused step to the next one that waits; False when the band is at its end."""
        return self._move(1)

    def retreat(self) -> bool:
        return self._move(-1)

    def _move(self, way: int) -> bool:
        steps = [s for s in self.steps() if s.isEnabled() and not s.isHidden()]
        here = next((n for n, step in enumerate(steps) if _holds_focus(step)), None)
        if here is None:
            return False
        rest = steps[here + 1 :] if way > 0 else steps[:here][::-1]
        for step in rest:
            if way < 0 or not self.skips(step):
                self.focus(step)
                return True
        return False

    def point_out(self, error: BadInput, words: str) -> None:
        """The sentence stands in the band, the field that it is about has the focus."""
        self.tells_fault = True
        self.notice.say(words, "late")
        step = self.step_of(str(error.facts.get("field", "")))
        if step is not None:
            styled(step, wrong=True)
            self.focus(step)
        self.pointed.emit(self.notice)

    def insist(self) -> None:
        """The officer wants to go on: the band says what it waits for, where no single field is wrong."""

    def bring_notice(self, step: QWidget) -> None:
        """Puts the notice under the row of a control, until the band is changed or closed."""
        if (place := _place_of(step, self.content)) is not None:
            rows, row = place
            rows.insertWidget(row + 1, self.notice)
            self.notice.show()

    def _take_notice_back(self) -> None:
        if self.notice.parentWidget() is not self:
            hidden = self.notice.isHidden()
            self._column.addWidget(self.notice)
            self.notice.setHidden(hidden)

    def step_of(self, field: str) -> QWidget | None:
        """The control that holds a field of the entry."""
        return None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self.is_open:
            self.asked.emit()
        super().mousePressEvent(event)


def _place_of(step: QWidget, rows: QVBoxLayout) -> tuple[QVBoxLayout, int] | None:
    """The innermost rows of `rows` that a control stands in, and which of them holds it."""
    for number, item in enumerate(_items(rows)):
        widget, inside = item.widget(), item.layout()
        if widget is not None and not isinstance(widget, Field):
            inside = widget.layout()
        if isinstance(inside, QVBoxLayout) and (found := _place_of(step, inside)) is not None:
            return found
        if _has(item, step):
            return rows, number
    return None


def _has(item: QLayoutItem, step: QWidget) -> bool:
    if (widget := item.widget()) is not None:
        return widget is step or widget.isAncestorOf(step)
    inside = item.layout()
    return inside is not None and any(_has(one, step) for one in _items(inside))


def _items(layout: QLayout) -> list[QLayoutItem]:
    return [item for n in range(layout.count()) if (item := layout.itemAt(n)) is not None]


def _holds_focus(step: QWidget) -> bool:
    focused = QApplication.focusWidget()
    return focused is not None and (step is focused or step.isAncestorOf(focused))

"""One page of the first run: one thing that is asked, and what becomes of the answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from counter_app.desk.first_run.ground import Ground
from counter_app.desk.parts import Notice
from counter_app.desk.theme import text
from counter_app.domain.errors import CounterError

WIDEST: Final = 640  # pixels of a line that is still read easily


class Step(QWidget):
    """`step` is the step in the list that it belongs to; the last page of a step marks it done.

    `leave` keeps the answer, in a lane where that takes time, and calls `then`; or complains and stays.
    """

    ahead = Signal()
    """As if Enter had been pressed."""
    busy = Signal(bool)
    """The page works; nothing can be pressed meanwhile."""
    turned = Signal()
    """What its keys say, and whether it may be left, is other now."""

    step = ""
    ends = True
    """Whether the step is done when this page is left."""
    marks_later = True
    """Whether a step that is put off here is settled for now; else it is asked again at the next start."""
    puts_off_step = True
    """Whether putting this page off puts the whole step off; else the step is as good as done without it."""
    before_store = False
    """Whether what is asked here is settled for good once there is a store."""

    def __init__(self, ground: Ground, title: str, words: str = "") -> None:
        super().__init__()
        self.ground = ground
        self.title = title
        self.fields: list[QWidget] = []
        """What Enter goes through, in order, before it goes on."""
        self.setMaximumWidth(WIDEST)
        self.setAccessibleName(title)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(12)
        self.column.addWidget(text(title, "page", wrap=True))
        self.words = text(words, "second", wrap=True)
        self.column.addWidget(self.words)
        self.words.setVisible(bool(words))
        self.notice = Notice()

    def finish(self) -> None:
        """After the page's own widgets: where it complains."""
        self.column.addWidget(self.notice)
        self.column.addStretch(1)

    def entered(self) -> None:
        """Comes to the front."""
        for field in self.fields:
            if not isinstance(field, QLineEdit) or not field.text() or field is self.fields[-1]:
                field.setFocus()
                return

    def takes_enter(self, focused: QWidget | None) -> bool:
        """Whether Enter stays on the page: it goes to the next field."""
        if focused is None or focused not in self.fields[:-1]:
            return False
        following = self.fields[self.fields.index(focused) + 1]
        following.setFocus()
        if isinstance(following, QLineEdit):
            following.selectAll()
        return True

    def later(self) -> str:
        """Where what is put off can be done; "" where it cannot be put off."""
        return ""

    def put_off(self, then: Callable[[], object]) -> None:
        """What is left when the step is put off."""
        then()

    def next_words(self) -> str:
        return self.tr("Tiếp tục")

    def may_go_on(self) -> bool:
        """Whether Enter leads anywhere now."""
        return True

    def leave(self, then: Callable[[], object]) -> None:
        then()

    def complain(self, words: str, at: QWidget | None = None) -> None:
        self.notice.say(words, "late")
        if at is not None:
            at.setFocus()

    def explain(self, error: CounterError) -> None:
        from counter_app.words.errors import sentence

        self.busy.emit(False)
        self.complain(sentence(error))

    def work(self, lane: str, work: Callable[[], object], then: Callable[[], object]) -> None:
        """Does it in a lane with the page waiting; a failure stands in the page."""
        self.notice.say("")
        self.busy.emit(True)

        def came(_: object) -> None:
            self.busy.emit(False)
            then()

        self.ground.tasks.run(lane, work, came, self.explain)

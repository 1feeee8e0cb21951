"""The intake's drafts: kept at every pause, set aside for the next citizen, taken up again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from counter_app.desk.page import Desk
from counter_app.desk.parts import KeyButton
from counter_app.desk.theme import text
from counter_app.services import drafts
from counter_app.services.drafts import Draft

_PAUSE: Final = 700  # ms without a change
MOST: Final = 5  # drafts that stand in the strip, each with its key


class Drafting(QObject):
    """Of one page; `state` gives what it holds now, None where there is nothing to keep."""

    changed = Signal()
    """Another draft was set aside, or taken up."""

    def __init__(self, desk: Desk, state: Callable[[], Draft | None], parent: QObject) -> None:
        super().__init__(parent)
        self.aside: list[Draft] = []
        self._kept_last: Draft | None = None
        self._desk = desk
        self._state = state
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self.keep_now)

    def load(self, then: Callable[[Draft | None], object]) -> None:
        """Reads what is kept; `then` gets the draft that was being entered, if there was one."""
        office = self._desk.office

        def found(kept: list[Draft]) -> None:
            open_ = next((draft for draft in kept if not draft.fields.get("aside")), None)
            self.aside = [draft for draft in kept if draft is not open_]
            self.changed.emit()
            then(open_)

        self._desk.tasks.run("read", lambda: drafts.kept(office), found)

    def touch(self) -> None:
        """Something changed on the page."""
        self._pause.start()

    def keep_now(self) -> None:
        self._pause.stop()
        draft = self._state()
        if draft is not None:
            self._kept_last = draft
            self._keep(draft)
        elif self._kept_last is not None:  # all that was typed was taken away again
            self._discard(self._kept_last)
            self._kept_last = None

    def rest(self) -> None:
        """What the page holds is being received: nothing is kept of it any more."""
        self._pause.stop()
        self._kept_last = None

    def set_aside(self, draft: Draft) -> None:
        """Keeps it for later; the page is free for the next citizen."""
        self.rest()
        draft = Draft(draft.id, {**draft.fields, "aside": True})
        self._keep(draft)
        self.aside = [draft, *(d for d in self.aside if d.id != draft.id)]
        self.changed.emit()

    def take(self, number: int) -> Draft | None:
        """The draft of that place in the strip, which leaves it."""
        if not 0 <= number < min(len(self.aside), MOST):
            return None
        draft = self.aside.pop(number)
        self.changed.emit()
        return draft

    def drop(self, draft: Draft) -> None:
        """The officer begins afresh; the draft can be had back until the next one is dropped."""
        for old in [d for d in self.aside if d.fields.get("dropped")]:
            self.aside.remove(old)
            self._discard(old)
        self.set_aside(Draft(draft.id, {**draft.fields, "dropped": True}))

    def _discard(self, draft: Draft) -> None:
        office = self._desk.office
        self._desk.tasks.run("store", lambda: drafts.discard(office, draft.id))

    def _keep(self, draft: Draft) -> None:
        office = self._desk.office
        self._desk.tasks.run("store", lambda: drafts.keep(office, draft))


class AsideStrip(QWidget):
    """Whom the officer has set aside, each by name and with a key; hidden while there is nobody."""

    asked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 8)
        row.setSpacing(8)
        row.addWidget(text(self.tr("Đang gác lại:"), "second"))
        self.buttons: list[KeyButton] = []
        for number in range(MOST):
            button = KeyButton("", f"Alt+{number + 1}", "link")
            button.clicked.connect(lambda _=False, n=number: self.asked.emit(n))
            row.addWidget(button)
            self.buttons.append(button)
        row.addStretch(1)
        self.hide()

    def show_aside(self, aside: list[Draft]) -> None:
        for number, button in enumerate(self.buttons):
            button.setVisible(number < len(aside))
            if number < len(aside):
                button.say(self._name(aside[number].fields))
        self.setVisible(bool(aside))

    def _name(self, fields: Any) -> str:
        person = fields.get("person")
        name = str(person.get("name", "")) if isinstance(person, dict) else ""
        shown = name or str(fields.get("procedure_name", "")) or self.tr("chưa có tên")
        return self.tr("vừa bỏ: {}").format(shown) if fields.get("dropped") else shown

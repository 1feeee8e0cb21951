"""The intake's drafts: kept at every pause, set aside for the next citizen, taken up again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer, Signal

from counter_app.desk.page import Desk
from counter_app.domain.errors import CounterError
from counter_app.services import drafts
from counter_app.services.drafts import Draft, Kept
from counter_app.words.errors import sentence

_PAUSE: Final = 700  # ms without a change
_AGAIN: Final = 5_000  # ms until a draft that the disk refused is tried again
MOST: Final = 5  # drafts that stand in the strip at a time, each with its key


class Drafting(QObject):
    """Of one page; `state` gives what it holds now, None where there is nothing to keep."""

    changed = Signal()
    """Another draft was set aside, or taken up; or the disk took, or refused, one."""
    unread = Signal(int)
    """So many drafts lie in the store that nobody can read."""

    def __init__(
        self, desk: Desk, state: Callable[[], Draft | None], parent: QObject, room: str = drafts.RECEPTION
    ) -> None:
        super().__init__(parent)
        self.aside: list[Draft] = []
        self.trouble = ""
        """Why the disk does not take what is typed, in a sentence; it is tried again until it does."""
        self._kept_last: Draft | None = None
        self._given: dict[bytes, Mapping[str, Any]] = {}  # as the store has it, or will have it in a moment
        self._refused: dict[bytes, Draft] = {}
        self._desk = desk
        self._state = state
        self._room = room
        self._pause = _timer(self, _PAUSE, self.keep_now)
        self._again = _timer(self, _AGAIN, self._try_again)

    def load(self, then: Callable[[Draft | None], object]) -> None:
        """Reads what is kept; `then` gets the draft that was being entered, if there was one."""
        office, room = self._desk.office, self._room

        def found(kept: Kept) -> None:
            open_ = next((draft for draft in kept.drafts if not draft.fields.get("aside")), None)
            self._given |= {draft.id: draft.fields for draft in kept.drafts}
            self.aside = [*self.aside, *(draft for draft in kept.drafts if draft is not open_)]
            self.changed.emit()
            then(open_)
            if kept.unread:
                self.unread.emit(len(kept.unread))
                self._desk.tasks.run("store", lambda: drafts.told_of(office, kept.unread))

        self._desk.tasks.run("read", lambda: drafts.kept(office, room), found)

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

    def close(self) -> None:
        """The window closes: what the page holds, and what the disk refused, is given to it once more."""
        self.keep_now()
        self._try_again()

    def rest(self) -> None:
        """What the page holds is being received: nothing is kept of it any more."""
        self._pause.stop()
        if self._kept_last is not None:
            self._leave_off(self._kept_last.id)
        self._kept_last = None

    def set_aside(self, draft: Draft) -> None:
        """Keeps it for later; the page is free for the next citizen."""
        self._pause.stop()
        self._kept_last = None
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

    def turn(self) -> None:
        """Those that had no place in the strip come into it; after the last ones the first come again."""
        self.aside = self.aside[MOST:] + self.aside[:MOST]
        self.changed.emit()

    def drop(self, draft: Draft) -> None:
        """The officer begins afresh; the draft can be had back until the next one is dropped."""
        for old in [d for d in self.aside if d.fields.get("dropped")]:
            self.aside.remove(old)
            self._discard(old)
        self.set_aside(Draft(draft.id, {**draft.fields, "dropped": True}))

    def _leave_off(self, draft: bytes) -> None:
        self._given.pop(draft, None)
        self._refused.pop(draft, None)

    def _discard(self, draft: Draft) -> None:
        office, room = self._desk.office, self._room
        self._leave_off(draft.id)
        self._desk.tasks.run("store", lambda: drafts.discard(office, draft.id, room))

    def _keep(self, draft: Draft) -> None:
        if self._given.get(draft.id) == draft.fields:
            return
        office, room = self._desk.office, self._room
        self._given[draft.id] = draft.fields
        self._desk.tasks.run(
            "store",
            lambda: drafts.keep(office, draft, room),
            lambda _: self._on_kept(draft),
            lambda error: self._on_refused(draft, error),
        )

    def _on_kept(self, draft: Draft) -> None:
        self._refused.pop(draft.id, None)
        if self.trouble and not self._refused:
            self.trouble = ""
            self.changed.emit()

    def _on_refused(self, draft: Draft, error: CounterError) -> None:
        if self._given.get(draft.id) is not draft.fields:  # a later state is on its way, or none is wanted
            return
        del self._given[draft.id]
        self._refused[draft.id] = draft
        self.trouble = sentence(error)
        self._again.start()
        self.changed.emit()

    def _try_again(self) -> None:
        for draft in list(self._refused.values()):
            self._keep(draft)


def _timer(owner: QObject, span: int, act: Callable[[], object]) -> QTimer:
    timer = QTimer(owner)
    timer.setSingleShot(True)
    timer.setInterval(span)
    timer.timeout.connect(act)
    return timer

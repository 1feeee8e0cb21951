"""A damaged store in the window: what is wrong, each step while it is recovered, and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from counter_app.desk.door import Door
from counter_app.desk.parts import KeyButton
from counter_app.desk.theme import text

if TYPE_CHECKING:
    from counter_app.desk.app import Surroundings
    from counter_app.desk.opening import Opened
    from counter_app.desk.tasks import Tasks
    from counter_app.domain.errors import CounterError
    from counter_app.services.opening import Openers
    from counter_app.services.rebuilding import Step
    from counter_app.system.paths import Places

_TICK: Final = 100  # ms between two looks at how far the work is


class RecoveryDoor(Door):
    """Enter recovers; once that is through Enter opens the store."""

    anyway_asked = Signal()
    """The store opens as it is: its dossiers can be looked at before anything is done."""

    def __init__(self) -> None:
        super().__init__(
            self.tr("Kho dữ liệu bị hỏng"),
            self.tr(
                "Máy tự khôi phục: đọc những gì còn đọc được, lấy bản sao lưu tốt mới nhất, rồi hỏi máy chủ "
                "phần còn thiếu. Kho hỏng được để riêng, không tệp nào bị xóa."
            ),
            self.tr("Khôi phục"),
        )
        self.steps = text("", "body", wrap=True)
        self.add(self.steps)
        self.anyway = KeyButton(self.tr("Chưa khôi phục, mở để xem"), "Esc")
        self.anyway.setShortcut("Esc")
        self.anyway.clicked.connect(self.anyway_asked)
        self.finish()
        self.column.addWidget(self.anyway)

    def tell(self, why: str, *, opens: bool) -> None:
        """What is wrong; `opens` whether the store can be looked at as it is."""
        self.set_busy(False)
        self.notice.say(why, "late")
        self.anyway.setVisible(opens)
        self.button.setFocus()

    def set_busy(self, on: bool) -> None:
        super().set_busy(on)
        self.anyway.setEnabled(not on)

    def show_steps(self, steps: list[str]) -> None:
        self.steps.setText("\n".join(f"• {one}" for one in steps))

    def end(self, words: str, *, whole: bool) -> None:
        """All is through; the last step stands by itself."""
        self.set_busy(False)
        self.anyway.hide()
        self.notice.say(words, "in_time" if whole else "late")
        self.button.say(self.tr("Mở kho"))
        self.button.setFocus()


class Recovery(QObject):
    """Recovers in the lane of the store; the window looks now and then at the steps that were told."""

    ended = Signal(object)
    """The officer has read what came of it: an Opened."""
    failed = Signal(object)

    def __init__(self, places: Places, around: Surroundings, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self.door = RecoveryDoor()
        self._places, self._around, self._tasks = places, around, tasks
        self._told: list[str] = []  # by the lane; the window only reads it
        self._done: Opened | None = None
        self._looking = QTimer(self)
        self._looking.timeout.connect(self._on_tick)

    def is_through(self) -> bool:
        """Emits what was recovered, once it was."""
        if self._done is not None:
            self.ended.emit(self._done)
        return self._done is not None

    def begin(self, make_openers: Callable[[], Openers], take_lock: Callable[[], object]) -> None:
        places, around, told = self._places, self._around, self._told
        told.clear()
        self.door.set_busy(True)
        self._looking.start(_TICK)

        def note(step: Step) -> None:
            from counter_app.words import recovering as words

            if step.name not in ("missing", "recovered"):
                told.append(words.step(step))

        def work() -> tuple[Opened, str, bool]:
            from counter_app.desk.opening import opened
            from counter_app.services import recovering
            from counter_app.words import recovering as words

            take_lock()
            found, office = recovering.recover(
                places,
                make_openers(),
                around.clock,
                note,
                lambda office: recovering.from_above(office, around.road),
            )
            return opened(office, around.clock()), words.done(found), not found.missing

        self._tasks.run("store", work, self._on_done, self._on_failed)

    def _on_tick(self) -> None:
        self.door.show_steps(self._told)

    def _stop(self) -> None:
        self._looking.stop()
        self._on_tick()

    def _on_done(self, found: tuple[Opened, str, bool]) -> None:
        self._stop()
        self._done, words, whole = found
        self.door.end(words, whole=whole)

    def _on_failed(self, error: CounterError) -> None:
        self._stop()
        self.door.set_busy(False)
        self.failed.emit(error)

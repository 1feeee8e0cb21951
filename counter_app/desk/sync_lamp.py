"""What the foot says of the synchronisation: how safe, how far, what came of it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from counter_app.desk.foot import Foot
from counter_app.desk.lamp import KEY
from counter_app.domain.errors import CounterError, NotAllowed, Refused

if TYPE_CHECKING:
    from counter_app.services.course import Progress
    from counter_app.services.delivering import FileProgress
    from counter_app.services.pausing import Pause
    from counter_app.services.safety import Standing
    from counter_app.services.syncing import Synced
    from counter_app.store.blobs import Tally


class SyncLamp(QObject):
    """Its words are read when the first of them is said: not before the store is open."""

    def __init__(self, foot: Foot, parent: QObject) -> None:
        super().__init__(parent)
        self._foot = foot

    def show(
        self,
        standing: Standing,
        pause: Pause | None,
        fault: CounterError | None,
        begins: datetime | None,
        now: datetime,
        files: Tally | None = None,
    ) -> None:
        """`begins` is when its hours begin again, None within them; `files` those that wait."""
        from counter_app.words import filing, syncing
        from counter_app.words.errors import sentence

        words, short, state = syncing.lamp(standing, now)
        if pause is not None:
            words, short, state = syncing.paused(pause, standing)
        elif begins is not None:
            words = syncing.waits_until(words, begins)
        if files is not None and files.files:
            words = f"{words}; {filing.waiting(files)}"
            state = "soon" if state == "in_time" else state
        self._foot.show_lamp(words, short, sentence(fault) if fault else "", state)

    def show_files(self, progress: FileProgress) -> None:
        from counter_app.words.filing import sending

        words, short, state = sending(progress)
        self._foot.show_lamp(words, short, "", state)

    def show_alone(self) -> None:
        self._foot.show_alone()

    def show_course(self, progress: Progress) -> None:
        from counter_app.words.syncing import course

        words, short, state = course(progress)
        self._foot.show_lamp(words, short, "", state)

    def begin(self) -> None:
        """Somebody has asked for an exchange."""
        self._foot.tell(self.tr("Đang đồng bộ với máy chủ…"))

    def tell(self, done: Synced | None, fault: CounterError | None) -> None:
        """What came of it; both None where the machine is enrolled nowhere."""
        from counter_app.words.errors import reason, sentence
        from counter_app.words.syncing import outcome

        if fault is None and done is not None and not done.revoked:
            refused = [reason(why) for _, why in done.refused]
            self._foot.tell(*refused[:1] or [outcome(done)], bad=bool(refused))
            return
        if fault is None:
            fault = Refused("device-revoked") if done is not None else NotAllowed("not-enrolled")
        self._foot.tell(sentence(fault), bad=True)

    def tell_pause(self) -> None:
        from counter_app.words.syncing import pause_told

        self._foot.tell(pause_told(KEY))

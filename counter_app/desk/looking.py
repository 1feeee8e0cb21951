"""Looking through a camera: one picture at a time in the lane "camera", until somebody stops."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from counter_app.desk.tasks import Tasks
from counter_app.domain.errors import CannotRead, CounterError
from counter_app.system.camera import Camera, Frame


@dataclass(frozen=True)
class _Taken:
    content: bytes


class Looking(QObject):
    seen = Signal(object)
    """What `see` made of a picture."""
    taken = Signal(object)
    """A whole picture, as bytes."""
    failed = Signal(object)
    """A CounterError: the camera could not be opened, or gives nothing more. It is let go."""

    def __init__(self, tasks: Tasks, see: Callable[[Frame], Any], parent: QObject) -> None:
        """`see` is done in the lane."""
        super().__init__(parent)
        self._tasks, self._see = tasks, see
        self._camera: Camera | None = None
        self._round = 0  # of looking; what an earlier one saw is dropped
        self._wanted = 0
        self.is_on = False

    @property
    def holds_camera(self) -> bool:
        return self._camera is not None

    def begin(self, open_camera: Callable[[], Camera]) -> None:
        """Also anew, with another camera."""
        self.stop()
        self.is_on, self._wanted = True, 0
        self._look(self._round, open_camera)

    def take(self) -> None:
        """The next picture comes whole, and the looking goes on."""
        self._wanted += 1

    def stop(self) -> None:
        """Lets the camera go, in its lane, after the picture that is being taken."""
        self._round += 1
        self.is_on = False

        def close() -> None:
            camera, self._camera = self._camera, None
            if camera is not None:
                camera.close()

        self._tasks.run("camera", close)

    def _look(self, number: int, open_camera: Callable[[], Camera]) -> None:
        """One picture; the next when this one has come home."""
        whole = self._wanted > 0
        self._wanted -= whole

        def work() -> Any:
            if number != self._round:
                return None
            if self._camera is None:
                self._camera = open_camera()
            found: object
            if whole:
                content = self._camera.take()
                found = _Taken(content) if content is not None else None
            else:
                frame = self._camera.read()
                found = self._see(frame) if frame is not None else None
            if found is None:
                raise CannotRead("camera-gone")
            return found

        def then(found: Any) -> None:
            if number != self._round:
                return
            if isinstance(found, _Taken):
                self.taken.emit(found.content)
            else:
                self.seen.emit(found)
            if number == self._round:
                self._look(number, open_camera)

        def failed(error: CounterError) -> None:
            if number == self._round:
                self.stop()
                self.failed.emit(error)

        self._tasks.run("camera", work, then, failed)


def image_of(frame: Frame) -> QImage:
    """What is shown of it."""
    width, height = frame.shown_width, frame.shown_height
    return QImage(frame.shown, width, height, 3 * width, QImage.Format.Format_RGB888).copy()

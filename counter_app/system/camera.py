"""The computer's camera behind a protocol; OpenCV where the extra `webcam` is installed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Protocol

from counter_app.domain.errors import CannotRead

_SHOWN: Final = 640  # pixels; the width of what is shown


@dataclass(frozen=True)
class Frame:
    """One picture: `grey` to read codes in, a byte a pixel; `shown` smaller, three bytes a pixel, RGB."""

    width: int
    height: int
    grey: bytes
    shown_width: int
    shown_height: int
    shown: bytes


class Camera(Protocol):
    """Opened by being made; every call may take the time of a picture, so it is a lane's work."""

    def read(self) -> Frame | None:
        """The next picture; None where the camera gives none any more."""

    def close(self) -> None: ...


class OpenCvCamera:
    """`source` is a camera's number, or a video that stands in for one."""

    def __init__(self, source: int | str = 0) -> None:
        """Raises CannotRead("no-camera-reader" | "no-camera")."""
        try:
            import cv2  # 61 MB, so it is an extra: most counters have a scanner
        except ImportError as error:
            raise CannotRead("no-camera-reader") from error
        self._cv2: Any = cv2
        logs = cv2.utils.logging
        logs.setLogLevel(logs.LOG_LEVEL_SILENT)  # it writes to the terminal of whoever has no camera
        self._capture = cv2.VideoCapture(source)
        if not self._capture.isOpened():
            self._capture.release()
            raise CannotRead("no-camera")

    def read(self) -> Frame | None:
        there, picture = self._capture.read()
        if not there:
            return None
        cv2 = self._cv2
        height, width = picture.shape[:2]
        size = (min(width, _SHOWN), max(1, round(height * min(1, _SHOWN / width))))
        small = cv2.cvtColor(cv2.resize(picture, size), cv2.COLOR_BGR2RGB)
        grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
        return Frame(width, height, grey.tobytes(), *size, small.tobytes())

    def close(self) -> None:
        self._capture.release()

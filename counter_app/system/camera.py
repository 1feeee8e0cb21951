"""The computer's cameras behind a protocol; OpenCV where the extra `webcam` is installed."""

from __future__ import annotations

import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Protocol

from counter_app.domain.errors import CannotRead

_SHOWN: Final = 640  # pixels; the width of what is shown
_LARGEST: Final = 10_000  # pixels that are asked for; a driver gives the nearest that it has
_STALE: Final = 2  # pictures that a driver holds from before somebody asked for one
_TRIED: Final = 4  # cameras that are looked for where the system does not list them
_LISTED: Final = Path("/sys/class/video4linux")


@dataclass(frozen=True)
class Port:
    """A camera that may be opened: `name` is the system's, `label` what people call it."""

    name: str
    label: str


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

    def take(self) -> bytes | None:
        """The picture that is before it now, whole, as a PNM; None as above."""

    def close(self) -> None: ...


class Cameras(Protocol):
    """Those of this computer; a lane's work."""

    def ports(self) -> list[Port]:
        """Raises CannotRead("no-camera-reader")."""

    def open(self, port: Port) -> Camera:
        """For pages: as large as the camera can. Raises CannotRead("no-camera-reader" | "no-camera")."""


class OpenCvCamera:
    """`source` is a camera's number, or a video that stands in for one."""

    def __init__(self, source: int | str = 0, *, largest: bool = False) -> None:
        """`largest` asks for as many pixels as the camera has, which costs it pace.

        Raises CannotRead("no-camera-reader" | "no-camera").
        """
        self._cv2 = cv2 = _opencv()
        self._capture = cv2.VideoCapture(source)
        if not self._capture.isOpened():
            self._capture.release()
            raise CannotRead("no-camera")
        if largest:
            self._capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
            self._capture.set(cv2.CAP_PROP_FRAME_WIDTH, _LARGEST)
            self._capture.set(cv2.CAP_PROP_FRAME_HEIGHT, _LARGEST)

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

    def take(self) -> bytes | None:
        for _ in range(_STALE):
            self._capture.grab()
        there, picture = self._capture.read()
        if not there:
            return None
        made, content = self._cv2.imencode(".ppm", picture)
        return bytes(content) if made else None

    def close(self) -> None:
        self._capture.release()


class OpenCvCameras:
    """`listed` is where Linux tells of its cameras."""

    def __init__(self, listed: Path = _LISTED) -> None:
        self._listed = listed

    def ports(self) -> list[Port]:
        _opencv()
        return _told(self._listed) if sys.platform == "linux" else _tried()

    def open(self, port: Port) -> Camera:
        return OpenCvCamera(int(port.name), largest=True)


def _opencv() -> Any:
    try:
        import cv2  # 61 MB, so it is an extra: most counters have a scanner
    except ImportError as error:
        raise CannotRead("no-camera-reader") from error
    logs = cv2.utils.logging
    logs.setLogLevel(logs.LOG_LEVEL_SILENT)  # it writes to the terminal of whoever has no camera
    return cv2


def _told(listed: Path) -> list[Port]:
    """A camera has several nodes; pictures come from its first."""
    found = []
    with suppress(OSError):
        for node in listed.glob("video[0-9]*"):
            if (node / "index").read_text().strip() == "0":
                label = " ".join((node / "name").read_text(errors="replace").split())
                found.append((int(node.name.removeprefix("video")), label))
    return [Port(str(number), label) for number, label in sorted(found)]


def _tried() -> list[Port]:
    found = []
    for number in range(_TRIED):
        with suppress(CannotRead):
            OpenCvCamera(number).close()
            found.append(Port(str(number), f"Camera {number + 1}"))
    return found

"""A camera as a way into the pile: which one, what it sees, and the page that is taken."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QImage

from counter_app.desk.looking import Looking, image_of
from counter_app.desk.page import Desk
from counter_app.desk.pages.digitise_view import DigitiseView
from counter_app.desk.pages.digitise_ways import WaysIntoPile
from counter_app.domain.errors import CannotRead, CounterError
from counter_app.domain.rights import Right
from counter_app.services import preferences
from counter_app.services.page_images import dots_of_a4
from counter_app.system.camera import Cameras, Frame, OpenCvCameras, Port
from counter_app.words.errors import sentence


class _Seen(NamedTuple):
    image: QImage
    width: int
    height: int


def _see(frame: Frame) -> _Seen:
    return _Seen(image_of(frame), frame.width, frame.height)


class CameraIntoPile(QObject):
    """Open only while somebody looks at it."""

    closed = Signal()
    failed = Signal(str)
    """In words; it is closed then."""

    def __init__(self, desk: Desk, view: DigitiseView, ways: WaysIntoPile, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._view, self._ways = desk, view, ways
        self._used = ""
        self._asked = False
        self.cameras: Cameras = OpenCvCameras()
        self.looking = Looking(desk.tasks, _see, self)
        self.looking.seen.connect(self._on_seen)
        self.looking.taken.connect(self._on_taken)
        self.looking.failed.connect(self._on_failed)
        view.camera.wanted.connect(self.looking.take)
        view.camera.chosen.connect(self._open)
        view.camera.closed.connect(self.close)

    def is_open(self) -> bool:
        return self._view.shows_camera()

    def begin(self) -> None:
        """Looks which cameras there are, and through the one that was used last."""
        if self._asked or self.is_open():
            return
        self._asked = True
        cameras = self.cameras
        self._desk.tasks.run("camera", lambda: cameras.ports(), self._on_ports, self._on_failed)

    def close(self) -> bool:
        """False where it is not open."""
        self._asked = False
        if not self.is_open():
            return False
        self.looking.stop()
        self._view.show_pile()
        self.closed.emit()
        return True

    def _on_ports(self, ports: list[Port]) -> None:
        if not self._asked:
            return
        self._asked = False
        if not ports:
            self._on_failed(CannotRead("no-camera"))
            return
        named = self._used or self._desk.office.settings.scan_camera
        port = next((one for one in ports if one.label == named), ports[0])
        self._view.camera.begin(ports, port)
        self._view.show_camera()
        self._view.camera.setFocus(Qt.FocusReason.OtherFocusReason)
        self.looking.begin(partial(self.cameras.open, port))

    def _open(self, port: Port) -> None:
        self._remember(port.label)
        self._view.camera.wait()
        self.looking.begin(partial(self.cameras.open, port))

    def _on_seen(self, seen: _Seen) -> None:
        self._view.camera.show_image(seen.image, self._told(seen))

    def _told(self, seen: _Seen) -> str:
        """How fine a page will be, where that is less than the office wants."""
        dpi, wanted = dots_of_a4(seen.width, seen.height), self._desk.office.settings.scan_dpi
        if dpi >= wanted:
            return ""
        words = self.tr("{width} × {height} điểm: tờ A4 chỉ được {dpi} điểm/inch, dưới mức {wanted} đã đặt.")
        return words.format(width=seen.width, height=seen.height, dpi=dpi, wanted=wanted)

    def _on_taken(self, content: bytes) -> None:
        self._ways.take_picture(content, self._view.camera.turn)

    def _on_failed(self, error: CounterError) -> None:
        self._asked = False
        self.close()
        self.failed.emit(sentence(error))

    def _remember(self, label: str) -> None:
        """In the settings, where the officer may change them; else until the window closes."""
        self._used = label
        office, session = self._desk.office, self._desk.session
        if session.may(Right.SET_COUNTER):
            self._desk.tasks.run(
                "store", lambda: preferences.change(office, session, scan_camera=label), None, lambda _: None
            )

"""The camera as a scanner, a video standing in for it; no camera; and no reader for one."""

from __future__ import annotations

import sys
from pathlib import Path

import cv2
import numpy
import pytest
import zxingcpp
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from counter_app.desk.pages.camera import CameraPage
from counter_app.desk.pages.intake import IntakePage
from counter_app.desk.window import Window
from counter_app.domain.errors import CannotRead
from counter_app.services.page_images import Wish, page_of_camera
from counter_app.system.barcodes import codes_in
from counter_app.system.camera import OpenCvCamera, OpenCvCameras, Port
from tests.desk.hands import CARD, press

SIZE = (640, 480)
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def video(path: Path, text: str = CARD, *, empty: int = 8, shown: int = 6) -> Path:
    """A card that comes before the camera after some frames of nothing."""
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode)
    square = numpy.array(zxingcpp.write_barcode_to_image(code, scale=6, add_quiet_zones=True))
    film = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 15, SIZE)
    for number in range(empty + shown):
        picture = numpy.full((SIZE[1], SIZE[0], 3), 150, numpy.uint8)
        if number >= empty:
            high, wide = square.shape[:2]
            picture[40 : 40 + high, 60 : 60 + wide] = square.reshape(high, wide, 1)
        film.write(picture)
    film.release()
    return path


@pytest.fixture
def page(window: Window) -> CameraPage:
    made = window._page("camera")
    assert isinstance(made, CameraPage)
    return made


def test_a_card_before_the_camera_begins_an_intake_and_the_camera_is_let_go(
    window: Window, page: CameraPage, qtbot: QtBot, tmp_path: Path
) -> None:
    film = video(tmp_path / "film.avi")
    page.open_camera = lambda: OpenCvCamera(str(film))

    press(Qt.Key.Key_I, CONTROL, SHIFT)

    qtbot.waitUntil(lambda: isinstance(window.pages.currentWidget(), IntakePage))
    intake = window.pages.currentWidget()
    assert isinstance(intake, IntakePage)
    qtbot.waitUntil(lambda: intake.person.fields().get("name") == "H’Loan Niê Kđăm")
    qtbot.waitUntil(lambda: not page.looking.holds_camera)


def test_escape_leads_back_and_lets_the_camera_go(
    window: Window, page: CameraPage, qtbot: QtBot, tmp_path: Path
) -> None:
    film = video(tmp_path / "film.avi", empty=400, shown=0)
    page.open_camera = lambda: OpenCvCamera(str(film))
    window.go("find")
    press(Qt.Key.Key_I, CONTROL, SHIFT)
    qtbot.waitUntil(lambda: not page.view.pixmap().isNull())

    press(Qt.Key.Key_Escape)

    assert type(window.pages.currentWidget()).__name__ == "FindPage"
    qtbot.waitUntil(lambda: not page.looking.holds_camera)


def test_a_camera_that_ends_says_so_and_is_tried_again(
    window: Window, page: CameraPage, qtbot: QtBot, tmp_path: Path
) -> None:
    films = [video(tmp_path / "a.avi", empty=2, shown=0), video(tmp_path / "b.avi")]
    page.open_camera = lambda: OpenCvCamera(str(films.pop(0)))
    window.go("camera")
    qtbot.waitUntil(lambda: "không gửi hình nữa" in page.fault.words())

    press(Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: isinstance(window.pages.currentWidget(), IntakePage))


@pytest.mark.parametrize("missing", [True, False])
def test_without_a_camera_or_its_reader_one_sentence_says_what_to_do(
    window: Window,
    page: CameraPage,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    missing: bool,
) -> None:
    if missing:
        monkeypatch.setitem(sys.modules, "cv2", None)
    page.open_camera = lambda: OpenCvCamera(str(tmp_path / "none.avi"))

    window.go("camera")

    wanted = "gói webcam" if missing else "Không mở được camera"
    qtbot.waitUntil(lambda: wanted in page.fault.words())


def test_a_frame_holds_what_is_read_and_what_is_shown(tmp_path: Path) -> None:
    camera = OpenCvCamera(str(video(tmp_path / "film.avi", empty=0, shown=1)))

    frame = camera.read()

    assert frame is not None and camera.read() is None
    camera.close()
    assert codes_in(frame.grey, frame.width, frame.height) == [CARD]
    assert len(frame.shown) == 3 * frame.shown_width * frame.shown_height
    with pytest.raises(CannotRead):
        OpenCvCamera(str(tmp_path / "none.avi"))


def test_a_page_is_taken_whole_from_what_lies_there_now(tmp_path: Path) -> None:
    camera = OpenCvCamera(str(video(tmp_path / "film.avi", empty=2, shown=1)), largest=True)

    content = camera.take()

    assert content is not None and camera.take() is None
    camera.close()
    page = page_of_camera(content, 90, Wish())
    assert page.codes == (CARD,) and (page.picture.width, page.picture.height) == (SIZE[1], SIZE[0])


def test_linux_tells_which_cameras_there_are(tmp_path: Path) -> None:
    for node, index, name in (("video2", 0, "Máy  chụp"), ("video10", 0, "USB"), ("video3", 1, "Máy chụp")):
        (tmp_path / node).mkdir()
        (tmp_path / node / "index").write_text(f"{index}\n")
        (tmp_path / node / "name").write_text(f"{name}\n")

    assert OpenCvCameras(tmp_path).ports() == [Port("2", "Máy chụp"), Port("10", "USB")]
    assert OpenCvCameras(tmp_path / "none").ports() == []
    with pytest.raises(CannotRead, match="no-camera"):
        OpenCvCameras().open(Port("77", "none"))

"""Scans from pictures: chosen, dropped and pasted, turned by a phone, huge, or of nothing at all."""

from __future__ import annotations

from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage, QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from counter_app.desk.pages.intake import IntakePage
from counter_app.desk.pictures import LONGEST, open_pages, open_picture, read_codes
from counter_app.desk.window import Window
from counter_app.domain.errors import CannotRead
from tests.desk.hands import CARD

pytestmark = pytest.mark.usefixtures("app")
_ORIENTATION = 0x0112  # of EXIF; 6 is "turned to the right"


def picture(
    text: str, path: Path, *, size: tuple[int, int] = (901, 700), scale: int = 5, turned: int = 0
) -> Path:
    """A photograph of a code on a table, as a phone saves it."""
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode)
    square = _square(code, scale)
    photo = Image.new("RGB", size, (205, 198, 190))
    photo.paste(square, (120, 80))
    exif = Image.Exif()
    if turned:
        photo = photo.rotate(90, expand=True)
        exif[_ORIENTATION] = turned
    photo.save(path, exif=exif)
    return path


def _square(code: zxingcpp.Barcode, scale: int) -> Image.Image:
    drawn = zxingcpp.write_barcode_to_image(code, scale=scale, add_quiet_zones=True)
    raw = memoryview(drawn)
    return Image.frombytes("L", (raw.shape[1], raw.shape[0]), raw.tobytes())


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.bmp"])
def test_a_card_in_a_picture_is_read_with_its_accents(tmp_path: Path, name: str) -> None:
    assert read_codes(open_picture(picture(CARD, tmp_path / name))) == [CARD]


def test_a_pdf_is_read_page_by_page(tmp_path: Path) -> None:
    picture(CARD, tmp_path / "a.png", size=(901, 700))
    blank, photo = Image.new("RGB", (901, 700), "white"), Image.open(tmp_path / "a.png")
    blank.save(tmp_path / "a.pdf", save_all=True, append_images=[photo])

    assert [read_codes(page) for page in open_pages(tmp_path / "a.pdf")] == [[], [CARD]]
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.7 no more")
    with pytest.raises(CannotRead):
        list(open_pages(tmp_path / "b.pdf"))


def test_a_picture_that_the_phone_turned_is_upright(tmp_path: Path) -> None:
    image = open_picture(picture(CARD, tmp_path / "a.jpg", turned=6))

    assert (image.width(), image.height()) == (901, 700)
    assert read_codes(image) == [CARD]


def test_a_huge_picture_is_read_smaller(tmp_path: Path) -> None:
    image = open_picture(picture(CARD, tmp_path / "a.jpg", size=(9000, 6000), scale=40))

    assert max(image.width(), image.height()) == LONGEST
    assert read_codes(image) == [CARD]


@pytest.mark.parametrize("content", [b"", b"no picture", b"\x89PNG\r\n\x1a\n" + b"\0" * 40])
def test_what_is_no_picture_says_so(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.png").write_bytes(content)

    with pytest.raises(CannotRead):
        open_picture(tmp_path / "a.png")


def _drop(window: Window, mime: QMimeData) -> None:
    at, copy = QPoint(600, 500), Qt.DropAction.CopyAction
    button, held = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(window, QDragEnterEvent(at, copy, mime, button, held))
    QApplication.sendEvent(window, QDropEvent(at.toPointF(), copy, mime, button, held))


def _filled(window: Window, qtbot: QtBot) -> None:
    page = window.pages.currentWidget()
    assert isinstance(page, IntakePage)
    qtbot.waitUntil(lambda: page.person.fields().get("name") == "H’Loan Niê Kđăm")


@pytest.mark.parametrize("ending", ["png", "pdf"])
def test_a_picture_dropped_on_the_window_begins_an_intake(
    window: Window, qtbot: QtBot, tmp_path: Path, ending: str
) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(picture(CARD, tmp_path / f"a.{ending}")))])

    _drop(window, mime)

    _filled(window, qtbot)


def test_a_picture_pasted_in_a_field_does_too_and_text_is_pasted_as_text(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    def paste() -> None:
        control = Qt.KeyboardModifier.ControlModifier
        QApplication.sendEvent(
            window.windowHandle(), QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_V, control, "\x16")
        )

    window.scan_box.setFocus()
    QGuiApplication.clipboard().setText("giang")
    paste()
    assert window.scan_box.text() == "giang"

    QGuiApplication.clipboard().setImage(QImage(str(picture(CARD, tmp_path / "a.png"))))
    paste()

    _filled(window, qtbot)
    QGuiApplication.clipboard().clear()


def test_a_picture_of_nothing_says_one_sentence(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    Image.new("RGB", (400, 300), "white").save(tmp_path / "a.png")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "a.png"))])

    _drop(window, mime)

    qtbot.waitUntil(lambda: "Không thấy mã nào trong ảnh" in window.foot.told())


def test_the_key_asks_for_a_file(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    from PySide6.QtWidgets import QFileDialog

    window.top.picture.click()
    (dialog,) = window.findChildren(QFileDialog)
    dialog.fileSelected.emit(str(picture(CARD, tmp_path / "a.png")))
    dialog.close()

    _filled(window, qtbot)

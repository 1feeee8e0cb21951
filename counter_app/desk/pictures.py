"""Scans from pictures: a file that is chosen or dropped on the window, an image that is pasted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QMimeData, QObject, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QImage, QImageReader, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFileDialog, QWidget

from counter_app.domain.errors import CannotRead, CounterError, NotFound
from counter_app.system.barcodes import codes_in

if TYPE_CHECKING:
    from counter_app.desk.tasks import Tasks

LONGEST: Final = 4096  # pixels of a side; a larger picture is read smaller
ENDINGS: Final = (".png", ".jpg", ".jpeg", ".bmp", ".webp", ".pdf")
_PAGES: Final = 4  # of a PDF: a card's two sides, or a receipt and what was scanned with it
_DPI: Final = 200


def open_picture(path: Path) -> QImage:
    """The picture upright, as the camera's note says, and never larger than needed.

    Raises CannotRead("picture-unreadable").
    """
    reader = QImageReader(str(path))
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid() and max(size.width(), size.height()) > LONGEST:
        reader.setScaledSize(size.scaled(QSize(LONGEST, LONGEST), Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    if image.isNull():
        raise CannotRead("picture-unreadable")
    return image


def open_pages(path: Path) -> Iterator[QImage]:
    """The first pages of a PDF; raises CannotRead("picture-unreadable")."""
    from pypdfium2 import PdfiumError

    from counter_app.system import winspool

    try:
        for dots in islice(winspool.pages(path.read_bytes(), _DPI), _PAGES):
            yield QImage(dots.data, dots.width, dots.height, QImage.Format.Format_RGB32).copy()
    except (PdfiumError, OSError) as error:
        raise CannotRead("picture-unreadable") from error


def read_codes(image: QImage) -> list[str]:
    """The codes in a picture, of whatever thread."""
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    width, height, long = grey.width(), grey.height(), grey.bytesPerLine()
    raw = bytes(grey.constBits())
    # Rows end at a multiple of four bytes; the reader wants them one right after the other.
    packed = raw if long == width else b"".join(raw[y * long : y * long + width] for y in range(height))
    return codes_in(packed, width, height)


class PictureScans(QObject):
    """Reads pictures in a lane; what stands in them is told as a scan is."""

    scanned = Signal(str)
    refused = Signal(object)
    """A CounterError: the picture holds no code, or is none."""

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks

    def ask(self, window: QWidget) -> None:
        """Has a file chosen, in front of `window`."""
        kinds = self.tr("Ảnh, PDF (*.png *.jpg *.jpeg *.bmp *.webp *.pdf)")
        dialog = QFileDialog(window, self.tr("Chọn ảnh có mã"), filter=kinds)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.take_file)
        dialog.open()

    def take_file(self, path: str) -> None:
        if path.lower().endswith(".pdf"):
            # What draws a PDF works in one thread at a time, and papers are drawn in this lane too.
            self._read(lambda: open_pages(Path(path)), "paper")
        else:
            self._read(lambda: [open_picture(Path(path))])

    def take(self, mime: QMimeData) -> bool:
        """Takes a picture that was dropped or pasted; False where there is none."""
        files = [url.toLocalFile() for url in mime.urls() if url.isLocalFile()]
        if files and files[0].lower().endswith(ENDINGS):
            self.take_file(files[0])
            return True
        image = mime.imageData() if mime.hasImage() else None
        if isinstance(image, QImage) and not image.isNull():
            self._read(lambda: [image])
            return True
        return False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ctrl+V with a picture is a scan, wherever the focus is; text goes on to the field."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if not event.matches(QKeySequence.StandardKey.Paste):
            return False
        mime = QGuiApplication.clipboard().mimeData()
        return mime is not None and not mime.hasText() and self.take(mime)

    def _read(self, opened: Callable[[], Iterable[QImage]], lane: str = "read") -> None:
        def work() -> str:
            found = next((codes[0] for image in opened() if (codes := read_codes(image))), "")
            if not found:
                raise NotFound("no-code-in-picture")
            return found

        self._tasks.run(lane, work, self.scanned.emit, self._on_refused, latest="picture")

    def _on_refused(self, error: CounterError) -> None:
        self.refused.emit(error)

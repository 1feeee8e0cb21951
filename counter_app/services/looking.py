"""What a file is, by its own bytes: its kind, its pages, whether it bears a signature."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from typing import BinaryIO, Final

from counter_app.domain.errors import BadInput
from counter_app.services.contents import Content, opened

_PICTURES: Final = {"JPEG": "image/jpeg", "MPO": "image/jpeg", "PNG": "image/png", "TIFF": "image/tiff"}
PDF: Final = "application/pdf"
_MOST_PIXELS: Final = 200_000_000  # a page of A3 at 600 dpi has 70 million
_PIECE: Final = 256 * 1024  # bytes
_SIGNED: Final = (b"/ByteRange", b"/Sig")


@dataclass(frozen=True)
class Media:
    type: str
    pages: int
    signed: bool = False


def look_at(content: Content) -> Media:
    """Raises BadInput("attachment-unknown") for what is no PDF, JPEG, PNG or TIFF,
    BadInput("attachment-unreadable") for one that cannot be opened."""
    with opened(content) as file:
        if file.read(1024).lstrip()[:5] == b"%PDF-":
            return _pdf(file)
        file.seek(0)
        return _picture(file)


def _pdf(file: BinaryIO) -> Media:
    import pypdfium2  # a megabyte of library that only who attaches needs

    try:
        document = pypdfium2.PdfDocument(file)
    except pypdfium2.PdfiumError as error:
        raise BadInput("attachment-unreadable", field="file") from error
    try:
        pages = len(document)
    finally:
        document.close()
    if not pages:
        raise BadInput("attachment-unreadable", field="file")
    return Media(PDF, pages, _has_all(file, _SIGNED))


def _has_all(file: BinaryIO, marks: Iterable[bytes]) -> bool:
    missing, before = set(marks), b""
    longest = max(map(len, missing))
    file.seek(0)
    while missing and (piece := file.read(_PIECE)):
        here = before + piece
        missing = {mark for mark in missing if mark not in here}
        before = here[-longest:]
    return not missing


def _picture(file: BinaryIO) -> Media:
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(file, formats=("JPEG", "PNG", "TIFF")) as picture:
                if picture.width * picture.height > _MOST_PIXELS:
                    raise BadInput("attachment-unreadable", field="file")
                kind, pages = _PICTURES[picture.format or ""], getattr(picture, "n_frames", 1)
                picture.load()
    except UnidentifiedImageError as error:
        raise BadInput("attachment-unknown", field="file") from error
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError, Warning) as error:
        raise BadInput("attachment-unreadable", field="file") from error
    return Media(kind, pages if kind == "image/tiff" else 1)

"""What a file is, by its own bytes: its kind, its pages, whether it bears a signature."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from typing import Final

from counter_app.domain.errors import BadInput

_PICTURES: Final = {"JPEG": "image/jpeg", "MPO": "image/jpeg", "PNG": "image/png", "TIFF": "image/tiff"}
PDF: Final = "application/pdf"
_MOST_PIXELS: Final = 200_000_000  # a page of A3 at 600 dpi has 70 million
_SIGNED: Final = (b"/ByteRange", b"/Sig")


@dataclass(frozen=True)
class Media:
    type: str
    pages: int
    signed: bool = False


def look_at(content: bytes) -> Media:
    """Raises BadInput("attachment-unknown") for what is no PDF, JPEG, PNG or TIFF,
    BadInput("attachment-unreadable") for one that cannot be opened."""
    if content[:1024].lstrip()[:5] == b"%PDF-":
        return _pdf(content)
    return _picture(content)


def _pdf(content: bytes) -> Media:
    import pypdfium2  # a megabyte of library that only who attaches needs

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise BadInput("attachment-unreadable", field="file") from error
    try:
        pages = len(document)
    finally:
        document.close()
    if not pages:
        raise BadInput("attachment-unreadable", field="file")
    return Media(PDF, pages, all(mark in content for mark in _SIGNED))


def _picture(content: bytes) -> Media:
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "TIFF")) as picture:
                if picture.width * picture.height > _MOST_PIXELS:
                    raise BadInput("attachment-unreadable", field="file")
                kind, pages = _PICTURES[picture.format or ""], getattr(picture, "n_frames", 1)
                picture.load()
    except UnidentifiedImageError as error:
        raise BadInput("attachment-unknown", field="file") from error
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError, Warning) as error:
        raise BadInput("attachment-unreadable", field="file") from error
    return Media(kind, pages if kind == "image/tiff" else 1)

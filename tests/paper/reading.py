"""Reads papers back: their text from the file, their codes from the pixels."""

import io
import unicodedata

import zxingcpp
from PIL import Image
from pypdf import PdfReader

from tests.paper.samples import render


def pages(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf), strict=True).pages]


def sizes(pdf: bytes) -> list[tuple[float, float]]:
    """Width and height of each page, in points."""
    boxes = [page.mediabox for page in PdfReader(io.BytesIO(pdf)).pages]
    return [(float(box.width), float(box.height)) for box in boxes]


def squeezed(text: str) -> str:
    """Without spaces and line breaks, which a page sets anew."""
    return "".join(unicodedata.normalize("NFC", text).split())


def codes(pdf: bytes, dpi: int, page: int = 1, mode: str = "-gray") -> dict[str, str]:
    """What a reader sees in one page's pixels, by kind of code."""
    image = Image.open(io.BytesIO(render(pdf, dpi, page, mode))).convert("L")
    return {"qr" if "QR" in str(r.format) else "bars": r.text for r in zxingcpp.read_barcodes(image)}

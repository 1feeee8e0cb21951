"""Codes in a picture: what bars and squares say, read from grey pixels."""

from __future__ import annotations


def codes_in(pixels: bytes, width: int, height: int) -> list[str]:
    """The texts of the codes in a picture of `width` × `height` bytes, row by row, squares before bars."""
    import zxingcpp  # lazily: a start needs no pictures

    found = zxingcpp.read_barcodes(memoryview(pixels).cast("B", (height, width)))
    # What is square holds a card or a signed receipt; bars hold a code alone.
    squares = [code for code in found if code.format == zxingcpp.BarcodeFormat.QRCode]
    return [code.text for code in (*squares, *(code for code in found if code not in squares)) if code.text]

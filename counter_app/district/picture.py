"""A QR as a picture file, or as characters of a terminal."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path
from typing import Final

from counter_app.domain.errors import BadInput
from counter_app.paper.barcode import Pattern
from counter_app.system import files

_DOTS: Final = 8  # of a module of a PNG
_HALVES: Final = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}
_BLACK_ON_WHITE: Final = "\x1b[30;107m"
_AS_BEFORE: Final = "\x1b[0m"


def write(pattern: Pattern, path: Path) -> None:
    """Draws it into a file that its user alone can read, PNG or SVG by the name's end.

    Raises BadInput("not-a-picture-name"), CannotWrite, DiskFull.
    """
    drawers = {".png": png, ".svg": svg}
    draw = drawers.get(path.suffix.lower())
    if draw is None:
        raise BadInput("not-a-picture-name", path=path)
    files.write_atomically(path, draw(pattern))


def png(pattern: Pattern) -> bytes:
    """One bit a dot (W3C Portable Network Graphics, third edition: signature, IHDR, IDAT, IEND)."""
    lines = b""
    for row in rows(pattern):
        bits = "".join(("0" if dark else "1") * _DOTS for dark in row)
        line = int(bits, 2).to_bytes(len(bits) // 8, "big")  # a module is a byte, so that no bit is left over
        lines += (b"\0" + line) * _DOTS
    head = struct.pack(">IIBBBBB", pattern.columns * _DOTS, pattern.rows * _DOTS, 1, 0, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(lines, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_part(name, data) for name, data in parts)


def _part(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def svg(pattern: Pattern) -> bytes:
    way = "".join(
        f"M{column} {pattern.rows - 1 - row}h{length}v1h-{length}z" for column, row, length in pattern.dark
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {pattern.columns} {pattern.rows}"'
        f' width="{pattern.columns * _DOTS}" height="{pattern.rows * _DOTS}" shape-rendering="crispEdges">'
        f'<rect width="100%" height="100%" fill="#fff"/><path d="{way}"/></svg>\n'
    ).encode("ascii")


def terminal(pattern: Pattern) -> str:
    """Two rows a line, black on white whatever the terminal's own colours are."""
    grid = rows(pattern)
    grid += [[False] * pattern.columns] * (len(grid) % 2)
    lines = (
        "".join(_HALVES[pair] for pair in zip(upper, lower, strict=True))
        for upper, lower in zip(grid[::2], grid[1::2], strict=True)
    )
    return "".join(f"{_BLACK_ON_WHITE}{line}{_AS_BEFORE}\n" for line in lines)


def rows(pattern: Pattern) -> list[list[bool]]:
    """From the uppermost, true where a module is dark."""
    grid = [[False] * pattern.columns for _ in range(pattern.rows)]
    for column, row, length in pattern.dark:
        grid[pattern.rows - 1 - row][column : column + length] = [True] * length
    return grid

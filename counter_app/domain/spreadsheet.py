"""Tables as spreadsheets read them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

_COMMANDS: Final = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would reckon instead of show


def csv_file(rows: Iterable[Sequence[object]]) -> bytes:
    """CSV in UTF-8 with a mark (RFC 4180); no cell of it is ever a formula."""
    out = io.StringIO()
    csv.writer(out).writerows([_cell(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _cell(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(_COMMANDS) else value

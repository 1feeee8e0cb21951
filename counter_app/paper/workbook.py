"""A table as a workbook: what is text stays text to its last digit in every spreadsheet."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import datetime


def workbook(headings: Sequence[str], rows: Iterable[Sequence[str | int | None]], *, made: datetime) -> bytes:
    """One sheet, a row a line; the same rows give the same bytes. Nothing of it is ever a formula."""
    from xlsxwriter import Workbook  # for those who ask for one

    out = io.BytesIO()
    # In memory: the library's mode for long sheets would write people's names into a temporary file.
    book = Workbook(out, {"in_memory": True})
    book.set_properties({"created": made.replace(tzinfo=None)})
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    whole = book.add_format({"valign": "top"})
    sheet = book.add_worksheet()
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, len(headings) - 1, 20)
    for column, name in enumerate(headings):
        sheet.write_string(0, column, name, head)
    last = 0
    for last, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            if isinstance(value, int):
                sheet.write_number(last, column, value, whole)
            elif value:
                sheet.write_string(last, column, value, text)
            else:
                sheet.write_blank(last, column, None, text)
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{last + 1}"})
    book.close()
    return out.getvalue()

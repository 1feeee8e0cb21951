"""The register as a workbook: a sheet a volume, dates as dates, codes as text, totals as formulas.

It is made in memory: the library's mode for long sheets would write people's names into a temporary file. A
value is always written as what it is, so no name becomes a formula.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from counter_app.paper.register import COLUMNS, DATES, RegisterFacts, Row, day_text, heads_of
from counter_app.paper.template import Template

_WIDTHS: Final = (6, 28, 30, 9, 26, 36, 22, 12, 12, 12, 12, 12, 24)  # in characters, as spreadsheets count
_HEAD: Final = 3  # rows above the table's heads
_FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\]")
_LONGEST: Final = 31  # letters of a sheet's name
_A4: Final = 9


def register_xlsx(
    facts: RegisterFacts, volumes: Iterable[tuple[str, Iterable[Row]]], form: Template
) -> bytes:
    """The register as an Excel workbook. The same rows give the same bytes."""
    from xlsxwriter import Workbook  # for those who ask for one

    made = io.BytesIO()
    book = Workbook(made, {"in_memory": True})
    book.set_properties(
        {"title": form.title, "author": facts.authority, "created": facts.dated.replace(tzinfo=None)}
    )
    looks = _looks(book)
    sheets = 0
    for volume, rows in volumes:
        sheets += 1
        _Sheet(book, looks, facts, volume, sheets, form).fill(rows, facts.total)
    if not sheets:
        _Sheet(book, looks, facts, "", 1, form).fill((), facts.total)
    book.close()
    return made.getvalue()


def _looks(book: Any) -> dict[str, Any]:
    cell = {"font_name": "Times New Roman", "font_size": 11, "border": 1, "text_wrap": True, "valign": "top"}
    head = {**cell, "bold": True, "align": "center", "valign": "vcenter"}
    wanted = {
        "title": {"font_name": "Times New Roman", "font_size": 14, "bold": True},
        "above": {"font_name": "Times New Roman", "font_size": 11},
        "head": head,
        "number": {**head, "bold": False, "italic": True},
        "text": {**cell, "num_format": "@"},
        "count": {**cell, "align": "center"},
        "day": {**cell, "num_format": "dd/mm/yyyy", "align": "center"},
        "total": {**cell, "bold": True},
    }
    return {name: book.add_format(look) for name, look in wanted.items()}


class _Sheet:
    """The sheet of one volume."""

    def __init__(
        self, book: Any, looks: dict[str, Any], facts: RegisterFacts, volume: str, place: int, form: Template
    ) -> None:
        self._looks = looks
        self._sheet = sheet = book.add_worksheet(_name(volume, place, form))
        heads, group = heads_of(form)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&C&P/&N")
        for column, width in enumerate(_WIDTHS):
            sheet.set_column(column, column, width)
        sheet.write_string(0, 0, f"{facts.authority} – {facts.office}", looks["above"])
        sheet.write_string(1, 0, f"{form.title} – {volume}" if volume else form.title, looks["title"])
        sheet.write_string(2, 0, f"{day_text(facts.first)} – {day_text(facts.last)}", looks["above"])
        first, last = DATES[0] - 1, DATES[-1] - 1
        for column, head in enumerate(heads):
            if first <= column <= last:
                sheet.write_string(_HEAD + 1, column, head, looks["head"])
            else:
                sheet.merge_range(_HEAD, column, _HEAD + 1, column, head, looks["head"])
        sheet.merge_range(_HEAD, first, _HEAD, last, group, looks["head"])
        for column in range(COLUMNS):
            sheet.write_number(_HEAD + 2, column, column + 1, looks["number"])
        sheet.repeat_rows(_HEAD, _HEAD + 2)
        sheet.freeze_panes(_HEAD + 3, 2)

    def fill(self, rows: Iterable[Row], total: str) -> None:
        begin = at = _HEAD + 3
        codes = sets = back = 0
        for row in rows:
            self._write(at, row)
            codes, sets, back = codes + 1, sets + row.sets, back + (row.returned is not None)
            at += 1
        sheet, look = self._sheet, self._looks["total"]
        sheet.write_string(at, 0, total, look)
        for column in range(1, COLUMNS):
            sheet.write_blank(at, column, None, look)
        # The results stand beside the formulas, for readers that reckon nothing.
        for letter, formula, value in (("B", "COUNTA", codes), ("D", "SUM", sets), ("J", "COUNT", back)):
            if codes:
                span = f"{letter}{begin + 1}:{letter}{at}"
                sheet.write_formula(f"{letter}{at + 1}", f"={formula}({span})", look, value)

    def _write(self, at: int, row: Row) -> None:
        sheet, looks = self._sheet, self._looks
        for column, value in enumerate(row.values):
            if isinstance(value, date):
                sheet.write_datetime(at, column, value, looks["day"])
            elif isinstance(value, int):
                sheet.write_number(at, column, value, looks["count"])
            elif value:
                sheet.write_string(at, column, value, looks["text"])
            else:
                sheet.write_blank(at, column, None, looks["text"])


def _name(volume: str, place: int, form: Template) -> str:
    """A sheet's name; two volumes whose names are cut alike still differ."""
    name = _FORBIDDEN.sub("-", volume).strip("'")[:_LONGEST] or form.title.capitalize()
    return name if len(volume) <= _LONGEST and name == volume else f"{name[: _LONGEST - 5]} {place}"

"""Tables that say how another program spells a dossier's fields: its columns, its values, its form of a time.

A table is a CSV of `column,field,form,values,source`, a row a column of that program in its order:

    KenhThucHien,channel,whole,counter=1;home=1;post=3;online=2,…
    NgayTiepNhan,received_at,time yyyyMMddHHmmss,,…
    MaCSDL,,text,,…                                   no field: always what stands in `values`
    ThanhPhan.TenThanhPhan,component.name,text,,…     a list: its name before the point

`#` lines and `source` say where it was read. Fields are those of national.py.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from counter_app.domain.errors import BadLine
from counter_app.domain.national import COMPONENTS, FIELDS, MOMENTS, RESULTS, WHOLE, Facts
from counter_app.domain.published import Row, read_sheet
from counter_app.domain.zone import VIETNAM

COLUMNS: Final = ("column", "field", "form", "values", "source")
LISTS: Final = (COMPONENTS, RESULTS)
_PARTS: Final = {"yyyy": "%Y", "MM": "%m", "dd": "%d", "HH": "%H", "mm": "%M", "ss": "%S"}
_PART: Final = re.compile("|".join(_PARTS))
_PATTERN: Final = re.compile(rf"(?:{'|'.join(_PARTS)}|[-/:. T])+")

Cell = str | int | None
Record = dict[str, Any]
"""Column -> cell; of a list's name a list of such records."""


class Form(StrEnum):
    TEXT = "text"
    WHOLE = "whole"
    TIME = "time"


@dataclass(frozen=True)
class Column:
    """`name` without that of its list; `values` what stands for a value; `fixed` where there is no field."""

    name: str
    of: str
    field: str
    form: Form
    pattern: str = ""
    values: Mapping[str, str] | None = None
    fixed: str = ""

    def cell(self, facts: Facts) -> Cell:
        """What stands in the column; None where it is not known."""
        value = facts.get(self.field) if self.field else self.fixed
        if isinstance(value, bool):
            value = "true" if value else "false"
        if value is None or value == "":
            return None if self.form is not Form.TEXT or self.field else ""
        if isinstance(value, datetime):
            return value.astimezone(VIETNAM).strftime(self.pattern)
        if self.values is not None:
            value = self.values.get(str(value), "")
        if self.form is Form.WHOLE:
            return int(value) if _is_whole(str(value)) else None
        return str(value)


@dataclass(frozen=True)
class Table:
    """How one program wants its dossiers."""

    columns: tuple[Column, ...]
    citation: str

    def record(self, facts: Facts) -> Record:
        """The dossier as that program reads it, its columns in their order."""
        made: Record = {}
        for column in self.columns:
            if not column.of:
                made[column.name] = column.cell(facts)
            elif column.of not in made:
                made[column.of] = [self._line(column.of, line) for line in facts[self._list(column.of)]]
        return made

    @property
    def headings(self) -> tuple[str, ...]:
        """The columns of a flat file: those of a list bear its name."""
        return tuple(f"{one.of}.{one.name}" if one.of else one.name for one in self.columns)

    def cells(self, facts: Facts) -> list[Cell]:
        """The record in a row; the lines of a list stand below each other in one cell."""
        made = self.record(facts)
        return [
            made[one.name] if not one.of else "\n".join(_flat(line[one.name]) for line in made[one.of])
            for one in self.columns
        ]

    def row(self, facts: Facts) -> list[str]:
        """The same as text."""
        return list(map(_flat, self.cells(facts)))

    def lines(self, facts: Facts) -> str:
        """The record for the clipboard: a column and its cell a line, a tab between; lists number theirs."""
        made = self.record(facts)
        told = []
        for name, cell in made.items():
            if not isinstance(cell, list):
                told.append(f"{name}\t{_flat(cell)}")
                continue
            for number, line in enumerate(cell, start=1):
                told += [f"{name}.{number}.{one}\t{_flat(value)}" for one, value in line.items()]
        return "\n".join(told) + "\n"

    def _line(self, of: str, line: Facts) -> Record:
        return {one.name: one.cell(line) for one in self.columns if one.of == of}

    def _list(self, of: str) -> str:
        """Which of ours the list is, as its first field tells."""
        named = next(one.field for one in self.columns if one.of == of and one.field)
        return named.partition(".")[0]


def read_table(text: str) -> Table:
    """Reads a table; what it says of a value's spelling must be whole.

    Raises BadLine: those of `read_sheet`, "table-empty", "table-uncited", "table-name-missing",
    "table-name-twice", "table-field-unknown", "table-form-unknown", "table-form-misfit", "table-value-odd",
    "table-value-missing", "table-list-mixed".
    """
    sheet = read_sheet(text, COLUMNS)
    if not sheet.rows:
        raise BadLine("table-empty", line=1)
    if not sheet.citation:
        raise BadLine("table-uncited", line=1)
    columns: list[Column] = []
    lists: dict[str, str] = {}
    for row in sheet.rows:
        made = _column(row)
        if any((made.of, made.name) == (one.of, one.name) or made.of == _whole_name(one) for one in columns):
            raise BadLine("table-name-twice", line=row.line, value=row.cell("column"))
        if made.of and made.field:
            ours = made.field.partition(".")[0]
            if ours not in LISTS or lists.setdefault(made.of, ours) != ours:
                raise BadLine("table-list-mixed", line=row.line, value=row.cell("column"))
        columns.append(made)
    if lonely := next((one for one in columns if one.of and one.of not in lists), None):
        raise BadLine("table-list-mixed", line=1, value=f"{lonely.of}.{lonely.name}")
    return Table(tuple(columns), sheet.citation)


def _column(row: Row) -> Column:
    of, _, name = row.cell("column").rpartition(".")
    field, said, spelt = row.cell("field"), row.cell("form"), row.cell("values")
    if not name:
        raise BadLine("table-name-missing", line=row.line)
    if field and field not in FIELDS:
        raise BadLine("table-field-unknown", line=row.line, value=field)
    if field.partition(".")[0] in LISTS and not of:
        raise BadLine("table-list-mixed", line=row.line, value=name)
    form, _, pattern = said.partition(" ")
    if form not in set(Form) or (form == Form.TIME) != bool(_PATTERN.fullmatch(pattern)):
        raise BadLine("table-form-unknown", line=row.line, value=said)
    if not field:
        if form == Form.TIME or (form == Form.WHOLE and spelt and not _is_whole(spelt)):
            raise BadLine("table-form-misfit", line=row.line, value=said, of=name)
        return Column(name, of, "", Form(form), fixed=spelt)
    values = _values(row, field, spelt)
    if not _fits(Form(form), field, values):
        raise BadLine("table-form-misfit", line=row.line, value=said, of=field)
    strict = _PART.sub(lambda part: _PARTS[part[0]], pattern)
    return Column(name, of, field, Form(form), strict, values)


def _fits(form: Form, field: str, values: Mapping[str, str] | None) -> bool:
    if field in MOMENTS or form is Form.TIME:
        return field in MOMENTS and form is Form.TIME and values is None
    if form is Form.TEXT:
        return True
    return all(_is_whole(one) or not one for one in values.values()) if values else field in WHOLE


def _values(row: Row, field: str, spelt: str) -> Mapping[str, str] | None:
    """`counter=1;home=1`: every value that the field can have, and no other; None where they stay."""
    if not spelt:
        return None
    found: dict[str, str] = {}
    for part in spelt.split(";"):
        ours, equals, theirs = (one.strip() for one in part.partition("="))
        if not equals or ours in found or ours not in FIELDS[field]:
            raise BadLine("table-value-odd", line=row.line, value=part.strip())
        found[ours] = theirs
    for ours in FIELDS[field]:
        if ours not in found:
            raise BadLine("table-value-missing", line=row.line, value=ours)
    return found


def _is_whole(text: str) -> bool:
    return text.isascii() and text.isdigit()  # "²" is a digit too


def _whole_name(column: Column) -> str | None:
    return None if column.of else column.name


def _flat(cell: Cell) -> str:
    return "" if cell is None else str(cell)

"""Tables that others publish as CSV (calendar, catalogue): their lines, citation and fingerprint."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from counter_app.domain.errors import BadLine
from counter_app.domain.names import clean_line


@dataclass(frozen=True)
class Row:
    """One record: the number of its first line (from 1) and its cells by column."""

    line: int
    cells: Mapping[str, str]

    def cell(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass(frozen=True)
class Sheet:
    rows: tuple[Row, ...]
    citation: str  # the `#` lines joined: where the table was published


def read_sheet(text: str, columns: tuple[str, ...]) -> Sheet:
    """The records of a CSV text whose header names at least `columns`; cells come out in NFC, on one line.

    A byte order mark, blank lines and `#` lines between records are no data.
    Raises BadLine: "header-missing", "column-missing" (column), "column-twice" (column),
    "too-many-cells", "csv-broken".
    """
    citations: list[str] = []
    between = True  # inside a quoted cell a "#" is data
    started = 0

    def data() -> Iterator[str]:
        nonlocal between, started
        for number, raw in enumerate(io.StringIO(text.removeprefix("\ufeff"), newline=""), 1):
            bare = raw.strip().strip('"').rstrip(",").strip('"')  # what a spreadsheet adds to a comment
            if between and (not bare or bare.startswith("#")):
                citations.append(clean_line(bare.lstrip("#")))
                continue
            started = number if between else started
            between = False
            yield raw

    header: tuple[str, ...] = ()
    rows = []
    reader = csv.reader(data(), strict=True)
    while True:
        try:
            record = [clean_line(cell) for cell in next(reader)]
        except StopIteration:
            break
        except csv.Error as error:
            raise BadLine("csv-broken", line=started) from error
        between = True
        if not header:
            header = _checked_header(record, columns, started)
        elif len(record) > len(header) and any(record[len(header) :]):
            raise BadLine("too-many-cells", line=started, expected=len(header))
        else:
            rows.append(Row(started, dict(zip(header, record, strict=False))))
    if not header:
        raise BadLine("header-missing", line=1, expected=",".join(columns))
    return Sheet(tuple(rows), "\n".join(filter(None, citations)))


def read_day(text: str) -> date:
    """The date of YYYY-MM-DD and of no other form; raises ValueError."""
    day = date.fromisoformat(text)
    if day.isoformat() != text:  # fromisoformat also reads 20260101 and 2026-W01-1
        raise ValueError
    return day


def fingerprint(fields: object) -> str:
    """SHA-256 (hex) over the sorted, spaceless JSON of plain fields: the same content, the same name."""
    text = json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _checked_header(record: list[str], columns: tuple[str, ...], line: int) -> tuple[str, ...]:
    header = tuple(cell.lower() for cell in record)
    for column in columns:
        if column not in header:
            raise BadLine("column-missing", line=line, column=column, expected=",".join(columns))
    for column in filter(None, header):
        if header.count(column) > 1:
            raise BadLine("column-twice", line=line, column=column)
    return header

"""Texts before they are issued: read and checked as the counters read them, so that no bad one leaves."""

from __future__ import annotations

import csv
import hashlib
import io
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Final

from counter_app.domain.calendar import YearFile, parse_calendar
from counter_app.domain.errors import BadInput
from counter_app.domain.fee_table import parse_fees
from counter_app.domain.inner_steps import exceed
from counter_app.domain.issued import FEES, PROCEDURES, Issue, What
from counter_app.domain.names import clean_line
from counter_app.domain.procedures import Procedure, parse_catalogue
from counter_app.paper import forms
from counter_app.system import files

LONGEST: Final = 512 * 1024  # bytes of a text
LONGEST_NOTICE: Final = 2_000  # letters
_ID: Final = 8  # hex digits


def of_file(what: str, path: Path, version: int = 0) -> list[Issue]:
    """What the file issues: a calendar of several years one issue a year.

    Raises BadInput: those of the parsers, "not-utf8", "issue-too-long"; CannotRead.
    """
    try:
        text = files.read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput("not-utf8", value=str(path)) from error
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n")
    if len(text.encode()) > LONGEST:
        raise BadInput("issue-too-long", path=path, most=LONGEST // 1024)
    return [
        Issue(what, name, version, whole, source=source) for name, whole, source in _READ[What(what)](text)
    ]


def over_limit(issue: Issue) -> list[Procedure]:
    """Of a catalogue the procedures whose steps take longer together than the law's limit."""
    found = parse_catalogue(issue.text) if issue.what == What.CATALOGUE else []
    return [one for one in found if exceed(one.steps, one.limit)]


def _catalogue(text: str) -> list[tuple[str, str, str]]:
    parse_catalogue(text)
    return [(PROCEDURES, text, "")]


def _calendar(text: str) -> list[tuple[str, str, str]]:
    years = parse_calendar(text)
    return [(str(year.year), _year_text(year), year.source.partition("\n")[0]) for year in years]


def _fees(text: str) -> list[tuple[str, str, str]]:
    return [(FEES, text, parse_fees(text).citation.partition("\n")[0])]


def _year_text(year: YearFile) -> str:
    out = io.StringIO()
    out.writelines(f"# {line}\n" for line in year.source.split("\n") if line)
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(("date", "kind", "note"))
    rows.writerows((mark.day.isoformat(), mark.kind.value, mark.note) for mark in year.marks)
    return out.getvalue()


def _template(text: str) -> list[tuple[str, str, str]]:
    made = forms.read(text)
    return [(f"{made.form}-{made.valid_from.isoformat()}.json", text, clean_line(made.source))]


_READ: Final[Mapping[What, Callable[[str], list[tuple[str, str, str]]]]] = {
    What.CATALOGUE: _catalogue,
    What.CALENDAR: _calendar,
    What.TEMPLATE: _template,
    What.FEES: _fees,
}


def notice(
    text: str, title: str = "", first: date | None = None, last: date | None = None, name: str = ""
) -> Issue:
    """A notice. Without a name it is named by what it says: to send the same once more sends nothing.

    Raises BadInput: "empty", "too-long", "ends-before-it-begins".
    """
    lines = unicodedata.normalize("NFC", text).strip().splitlines()
    text, title = "\n".join(map(clean_line, lines)), clean_line(title)
    if not text:
        raise BadInput("empty", field="text")
    if len(text) > LONGEST_NOTICE or len(title) > LONGEST_NOTICE:
        raise BadInput("too-long", field="text", limit=LONGEST_NOTICE)
    if first and last and last < first:
        raise BadInput("ends-before-it-begins", field="last", value=last.isoformat())
    said = "\0".join([title, text, str(first or ""), str(last or "")])
    name = clean_line(name) or hashlib.sha256(said.encode()).hexdigest()[:_ID]
    return Issue(What.NOTICE, name, 0, text, title, first=first, last=last)

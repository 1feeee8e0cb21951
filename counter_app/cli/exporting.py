"""Dossiers in the fields of another program, as JSON lines or tables."""

from __future__ import annotations

import json
from collections.abc import Iterable

from counter_app.cli.context import Context, put
from counter_app.domain.errors import BadInput
from counter_app.domain.mapping import Table
from counter_app.domain.national import Facts
from counter_app.domain.spreadsheet import csv_file
from counter_app.services import opening, records
from counter_app.services.office import Office
from counter_app.system import files


def export(context: Context) -> int:
    """To standard output, or whole into a file; a dossier that cannot be exported leaves no file."""
    asked, office = context.asked, context.office
    to = records.table(asked.to, records.today(office))
    if asked.out is None:
        if asked.form != "json":
            raise BadInput("missing", field="out")
        for one in list(_chosen(context)):  # a bad code among them is told before anything is printed
            put(to.record(one))
        return 0
    opening.refuse_inside(context.places, [asked.out])
    made, count = _file(office, to, _chosen(context), asked.form)
    files.write_atomically(asked.out, made)
    put({"file": str(asked.out), "dossiers": count})
    return 0


def _chosen(context: Context) -> Iterable[Facts]:
    asked, office, session = context.asked, context.office, context.session()
    if asked.code:
        if asked.since or asked.until:
            raise BadInput("codes-or-days", field="from")
        return records.named(office, session, asked.code)
    if asked.since is None:
        raise BadInput("nothing-to-export", field="code")
    return records.received(office, session, asked.since, asked.until or asked.since)


def _file(office: Office, to: Table, chosen: Iterable[Facts], form: str) -> tuple[bytes, int]:
    if form == "csv":
        rows = [to.row(one) for one in chosen]
        return csv_file([to.headings, *rows]), len(rows)
    if form == "xlsx":
        return records.table_book(office, to, chosen)
    lines = [json.dumps(to.record(one), ensure_ascii=False) + "\n" for one in chosen]
    return "".join(lines).encode(), len(lines)

"""Receiving dossiers line by line, each with its receipt where papers are wanted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from counter_app.cli.context import Context, put
from counter_app.cli.json_lines import bad_line
from counter_app.domain.errors import BadInput, NotFound
from counter_app.domain.rights import Right
from counter_app.services import entry, opening, papers, reception, rules
from counter_app.services.json_lines import numbered_lines, read_json, source
from counter_app.services.office import Office, Session
from counter_app.system import files
from counter_app.words.receipt import receipt_facts


def receive(context: Context) -> int:
    """Each good line is on the disk before its answer is printed; a bad one is told, the others go on."""
    asked = context.asked
    if asked.papers is not None:
        opening.refuse_inside(context.places, [asked.papers])
        files.prove_writable(files.shared_folder(asked.papers) / "giay.pdf")
    office, session = context.office, context.session()
    session.require(Right.RECEIVE)
    offered, tariff = rules.catalogue(office), office.fees()
    bad = 0
    with source(asked.file) as given:
        for number, raw in numbered_lines(given):
            try:
                form = entry.read_form(read_json(raw), offered, office.now(), tariff)
                put({"line": number, **_one(office, session, form, asked.papers, asked.paper)})
            except (BadInput, NotFound) as error:
                bad += 1
                put({"line": number, "error": bad_line(error, number)})
    return 2 if bad else 0


def _one(
    office: Office, session: Session, form: entry.Form, folder: Path | None, paper: str
) -> dict[str, Any]:
    received = reception.receive(office, session, form, paper=paper if folder else "")
    written = []
    if folder is not None and not form.registered:
        target = folder / f"{received.code}-{paper}.pdf"
        pdf = papers.receipt_of(office, received.dossier, receipt_facts, paper=paper)
        files.write_atomically(target, pdf)
        written.append(str(target))
    answer: dict[str, Any] = {
        "code": received.code,
        "received_at": received.received_at.isoformat(),
        "due": received.due.isoformat() if received.due else None,
        "papers": written,
    }
    if received.warnings:
        answer["warnings"] = list(received.warnings)
    if received.again:
        answer["again"] = True
    return answer

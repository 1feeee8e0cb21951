"""Giving results at once, line by line: received, paid, finished and returned as one act."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from counter_app.cli.context import Context, put
from counter_app.cli.json_lines import bad_line
from counter_app.domain.errors import NotPermitted, RuleBroken
from counter_app.services import instant as giving
from counter_app.services import opening, papers, rules
from counter_app.services.instant_entry import InstantForm, read_instant
from counter_app.services.json_lines import numbered_lines, read_json, source
from counter_app.services.office import Office, Session
from counter_app.system import files
from counter_app.words.receipt import receipt_facts


def instant(context: Context) -> int:
    """Each good line is on the disk before its answer is printed; a bad one is told, the others go on."""
    asked = context.asked
    if asked.papers is not None:
        opening.refuse_inside(context.places, [asked.papers])
        files.prove_writable(files.shared_folder(asked.papers) / "giay.pdf")
    office, session = context.office, context.session()
    session.require()
    offered, tariff = rules.catalogue(office), office.fees()
    bad = 0
    with source(asked.file) as given:
        for number, raw in numbered_lines(given):
            try:
                form = read_instant(read_json(raw), offered, office.now(), tariff)
                put({"line": number, **_one(office, session, form, asked.papers, asked.paper)})
            except NotPermitted:
                raise
            except RuleBroken as error:
                bad += 1
                put({"line": number, "error": bad_line(error, number)})
    return 2 if bad else 0


def _one(
    office: Office, session: Session, form: InstantForm, folder: Path | None, paper: str
) -> dict[str, Any]:
    done = giving.give_at_once(office, session, form, paper=paper if folder else "")
    written = []
    if folder is not None:
        target = folder / f"{done.code}-{paper}.pdf"
        pdf = papers.receipt_of(office, done.dossier, receipt_facts, paper=paper)
        files.write_atomically(target, pdf)
        written.append(str(target))
    answer: dict[str, Any] = {
        "code": done.code,
        "number": done.register.number if done.register else None,
        "volume": done.register.volume if done.register else None,
        "fee": done.fee,
        "paid": done.paid,
        "papers": written,
    }
    if done.warnings:
        answer["warnings"] = list(done.warnings)
    if done.again:
        answer["again"] = True
    return answer

"""Papers of one dossier, and the pad of pre-numbered slips."""

from __future__ import annotations

from typing import Any

from counter_app.cli.context import Context, put
from counter_app.domain.errors import BadInput
from counter_app.services import control_slip, labels, letters, lookup, opening, papers
from counter_app.services import slips as pads
from counter_app.system import files
from counter_app.words.control import control_facts
from counter_app.words.letters import letter_facts
from counter_app.words.receipt import label_facts, receipt_facts


def print_paper(context: Context) -> int:
    asked = context.asked
    opening.refuse_inside(context.places, [asked.out])
    office, session = context.office, context.session()
    more: dict[str, Any] = {}
    if asked.form == "label":
        label = labels.print_label(
            office,
            session,
            asked.code,
            label_facts,
            stock=asked.stock,
            start=asked.start,
            printable_mm=papers.queue_of(office).printable_mm,
        )
        pdf, more = label.pdf, {"next": label.next} if label.next is not None else {}
    elif asked.form in letters.ACTS:
        pdf = letters.print_letter(
            office, session, asked.code, asked.form, letter_facts, paper=asked.paper, reason=asked.reason
        )
    elif asked.form == "control":
        pdf = control_slip.print_control(
            office, session, asked.code, control_facts, paper=asked.paper, reason=asked.reason
        )
    else:
        pdf = papers.print_receipt(
            office, session, asked.code, receipt_facts, paper=asked.paper, reason=asked.reason
        )
    files.write_atomically(asked.out, pdf)
    put({"file": str(asked.out), "pages": papers.page_count(pdf), **more})
    return 0


def slips(context: Context) -> int:
    """Draws a pad, explains numbers, reconciles a day; else lists what is not keyed in yet."""
    asked = context.asked
    if asked.count is not None:
        return _pad(context)
    if asked.reconcile is not None:
        put(pads.reconcile(context.office, asked.reconcile))
    elif asked.unused:
        pads.declare_unused(context.office, context.session(), asked.unused, asked.reason)
        for code in asked.unused:
            put(_line(context, pads.find(context.office, code)))
    else:
        for found in pads.listed(context.office, *(() if asked.all else (pads.OPEN,))):
            put(_line(context, found))
    return 0


def _pad(context: Context) -> int:
    """The numbers are on the disk before the paper is written."""
    asked = context.asked
    if asked.out is None:
        raise BadInput("missing", field="out")
    opening.refuse_inside(context.places, [asked.out])
    pad = pads.print_pad(context.office, context.session(), asked.count, paper=asked.paper)
    files.write_atomically(asked.out, pad.pdf)
    put({"file": str(asked.out), "pages": papers.page_count(pad.pdf), "codes": list(pad.codes)})
    return 0


def _line(context: Context, found: pads.Found) -> dict[str, Any]:
    line: dict[str, Any] = {"code": found.code, "state": found.state}
    if found.slip is not None:
        machines = lookup.machines(context.office)
        line["printed_at"] = found.slip.printed_at
        line["machine"] = machines.get(found.slip.log, found.slip.log.hex())
        if found.slip.unused:
            line["reason"] = found.slip.unused
    return line

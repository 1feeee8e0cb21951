"""Papers of one dossier, and the pad of pre-numbered slips."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from counter_app.cli.context import Context, put
from counter_app.cli.parser import read_day
from counter_app.domain.errors import BadInput
from counter_app.domain.letters import ACTS
from counter_app.services import (
    cashbook,
    closing,
    control_slip,
    disclosing,
    handover_list,
    labels,
    letters,
    lookup,
    papers,
    register,
)
from counter_app.services import slips as pads
from counter_app.system import files
from counter_app.words.cash_book import cash_facts
from counter_app.words.control import control_facts
from counter_app.words.day_close import day_facts
from counter_app.words.disclosure import list_facts as posted_facts
from counter_app.words.disclosure import sheet_facts
from counter_app.words.disclosure_board import board_html
from counter_app.words.handover_list import list_facts
from counter_app.words.letters import letter_facts
from counter_app.words.receipt import label_facts, receipt_facts
from counter_app.words.register import register_facts, register_row


def print_paper(context: Context) -> int:
    """A paper of a dossier; or one of the office's books, or the list of dossiers that change hands."""
    asked = context.asked
    context.outgoing(asked.out)
    what, *others = asked.code
    more: dict[str, Any] = {}
    if what in _OF_MANY and asked.form is None:
        made = _OF_MANY[what](context, others)
    elif others:
        raise BadInput("one-code", value=others[0])
    elif asked.form is None:
        raise BadInput("missing", field="form")
    else:
        made, more = _of_one(context, what)
    files.write_atomically(asked.out, made)
    if made.startswith(b"%PDF"):
        more = {"pages": papers.page_count(made), **more}
    put({"file": str(asked.out), **more})
    return 0


_REGISTERS: Final = ("", ".pdf", ".xlsx")


def _of_one(context: Context, code: str) -> tuple[bytes, dict[str, Any]]:
    asked, office, session = context.asked, context.office, context.session()
    how = {"paper": asked.paper, "reason": asked.reason}
    if asked.form == "label":
        width = papers.queue_of(office).printable_mm
        label = labels.print_label(
            office, session, code, label_facts, stock=asked.stock, start=asked.start, printable_mm=width
        )
        return label.pdf, {"next": label.next} if label.next is not None else {}
    if asked.form in ACTS:
        return letters.print_letter(office, session, code, asked.form, letter_facts, **how), {}
    if asked.form == "control":
        return control_slip.print_control(office, session, code, control_facts, **how), {}
    return papers.print_receipt(office, session, code, receipt_facts, **how), {}


def _register(context: Context, others: list[str]) -> bytes:
    asked = context.asked
    if others:
        raise BadInput("one-code", value=others[0])
    if asked.out.suffix.lower() not in _REGISTERS:
        raise BadInput("not-one-of", field="out", value=asked.out.name, choices=", ".join(_REGISTERS[1:]))
    first, last = read_day(_given(asked.since, "from")), read_day(_given(asked.to, "to"))
    return register.print_register(
        context.office,
        context.session(),
        first,
        last,
        register_facts,
        register_row,
        workbook=asked.out.suffix.lower() == ".xlsx",
    )


def _cash_book(context: Context, others: list[str]) -> bytes:
    asked = context.asked
    if others:
        raise BadInput("one-code", value=others[0])
    day = _one_day(context)
    return cashbook.print_book(context.office, context.session(), day, cash_facts, paper=asked.paper)


def _day_close(context: Context, others: list[str]) -> bytes:
    asked = context.asked
    if others:
        raise BadInput("one-code", value=others[0])
    day = _one_day(context)
    return closing.print_day(context.office, context.session(), day, day_facts, paper=asked.paper)


def _one_day(context: Context) -> date:
    asked = context.asked
    if asked.to and asked.to != asked.since:
        raise BadInput("book-of-a-day", field="to", value=asked.to)
    return read_day(_given(asked.since, "from"))


def _list(context: Context, codes: list[str]) -> bytes:
    asked = context.asked
    between = (_given(asked.since, "from"), _given(asked.to, "to"))
    return handover_list.print_list(
        context.office, context.session(), codes, *between, list_facts, paper=asked.paper
    )


def _posting(context: Context, codes: list[str]) -> bytes:
    return disclosing.print_sheets(context.office, codes, sheet_facts, paper=context.asked.paper or "a4")


def _posted_list(context: Context, others: list[str]) -> bytes:
    if others:
        raise BadInput("one-code", value=others[0])
    if context.asked.out.suffix.lower() in (".html", ".htm"):
        return board_html(disclosing.order(context.office)).encode()
    return disclosing.print_list(context.office, posted_facts, paper=context.asked.paper or "a4")


def _given(text: str, name: str) -> str:
    if not text:
        raise BadInput("missing", field=name)
    return text


_OF_MANY: Final[dict[str, Callable[[Context, list[str]], bytes]]] = {
    "register": _register,
    "handover-list": _list,
    "cash-book": _cash_book,
    "day-close": _day_close,
    "posting": _posting,
    "posted-list": _posted_list,
}


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
    context.outgoing(asked.out)
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

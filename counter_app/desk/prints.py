"""Receipts on their way from a page to the printer, always in the paper lane."""

from __future__ import annotations

from counter_app.desk.page import Desk
from counter_app.services import papers
from counter_app.services.office import Session
from counter_app.words.receipt import receipt_facts


def first(desk: Desk, dossier: bytes, code: str) -> str:
    """Prints the receipt that the reception recorded; the printer's or the folder's name."""
    pdf = papers.receipt_of(desk.office, dossier, receipt_facts)
    return desk.printer.print(pdf, code, desk.office.settings.paper)


def again(desk: Desk, session: Session, code: str, why: str, *, spoiled: bool) -> str:
    """Records a reprint with its reason, and prints it; `spoiled` where the last one came out unusable."""
    if spoiled:
        papers.spoiled(desk.office, session, code, why)
    pdf = papers.print_receipt(desk.office, session, code, receipt_facts, reason=why)
    return desk.printer.print(pdf, f"{code}-in-lai", desk.office.settings.paper)

"""Receipts on their way from a page to the printer; never on the window's thread."""

from __future__ import annotations

from counter_app.desk.page import Desk
from counter_app.services import papers
from counter_app.services.office import Office, Session
from counter_app.words.receipt import receipt_facts


def first(desk: Desk, dossier: bytes, code: str) -> str:
    """Prints the receipt that the reception recorded; the printer's or the folder's name."""
    pdf = papers.receipt_of(desk.office, dossier, receipt_facts)
    return desk.printer.print(pdf, code, desk.office.settings.paper)


def again(desk: Desk, session: Session, code: str, why: str, *, spoiled: bool) -> str:
    """Records a reprint with its reason, and prints it; `spoiled` where the last one came out unusable."""
    if spoiled:
        papers.spoiled(desk.office, session, code, why)
    pdf = copy(desk.office, session, code, why)
    return desk.printer.print(pdf, f"{code}-in-lai", desk.office.settings.paper)


def copy(office: Office, session: Session, code: str, why: str) -> bytes:
    """Records a reprint with its reason; the PDF that is to be printed."""
    return papers.print_receipt(office, session, code, receipt_facts, reason=why)

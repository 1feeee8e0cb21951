"""Receipts on their way from a page to the printer; never on the window's thread."""

from __future__ import annotations

from typing import NamedTuple

from counter_app.desk.page import Desk
from counter_app.services import papers
from counter_app.services.lookup import id_text
from counter_app.services.office import Office, Session
from counter_app.services.reception import Received
from counter_app.system.printing import FolderPrinter
from counter_app.words.receipt import receipt_facts


class Sent(NamedTuple):
    """Where a paper went: a job of a printer, or a file that is still to be printed."""

    where: str
    is_file: bool


def first(desk: Desk, received: Received) -> Sent:
    """Prints the receipt that the reception recorded."""
    return _print(desk, papers.receipt_of(desk.office, received.dossier, receipt_facts), received.code)


def again(desk: Desk, session: Session, received: Received, why: str, *, spoiled: bool) -> Sent:
    """Records a reprint with its reason, and prints it; `spoiled` where the last one came out unusable."""
    named = id_text(received.dossier)
    if spoiled:
        papers.spoiled(desk.office, session, named, why)
    return _print(desk, copy(desk.office, session, named, why), f"{received.code}-in-lai")


def copy(office: Office, session: Session, named: str, why: str) -> bytes:
    """Records a reprint with its reason; the PDF that is to be printed. `named` is a code or an id."""
    return papers.print_receipt(office, session, named, receipt_facts, reason=why)


def _print(desk: Desk, pdf: bytes, title: str) -> Sent:
    where = desk.printer.print(pdf, title, desk.office.settings.paper)
    return Sent(where, isinstance(desk.printer, FolderPrinter))

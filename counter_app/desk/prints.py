"""Papers on their way from a page to the printer; never on the window's thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from counter_app.desk.page import Desk
from counter_app.paper.call_list import call_list_pdf
from counter_app.services import handover_slip, labels, papers
from counter_app.services.calls import Round
from counter_app.services.lookup import id_text
from counter_app.services.office import Office, Session
from counter_app.services.reception import Received
from counter_app.system.printing import FolderPrinter, Printer
from counter_app.system.settings import Queue
from counter_app.words.call_list import call_sheets
from counter_app.words.handover import handover_facts
from counter_app.words.receipt import label_facts, receipt_facts


class Sent(NamedTuple):
    """Where a paper went: a job of a printer, or a file that is still to be printed."""

    where: str
    is_file: bool
    printer: Printer | None = None


class Way(NamedTuple):
    """The printer of a use, and what was chosen for its queue."""

    printer: Printer
    queue: Queue


def way(desk: Desk, use: str = "receipts") -> Way:
    """Where papers of a `use` go: receipts, labels, slips. Asks nobody, so it may stand on any thread."""
    settings = desk.office.settings
    chosen = settings.queue_for(use)
    if chosen and desk.queues is not None:
        return Way(desk.queues.printer(chosen), settings.queue(chosen))
    return Way(desk.printer, settings.queue(desk.queue))


def first(desk: Desk, received: Received) -> Sent:
    """Prints the receipt that the reception recorded."""
    to = way(desk)
    pdf = papers.receipt_of(desk.office, received.dossier, receipt_facts, on=to.queue)
    return send(to, pdf, received.code)


def again(
    desk: Desk, session: Session, received: Received, why: str, *, spoiled: bool, before: Sent | None = None
) -> Sent:
    """Records a reprint with its reason, and prints it; `spoiled` where the last one came out unusable.

    The paper `before` is taken back where it still waits in the queue: it would come out beside this one.
    """
    named = id_text(received.dossier)
    if before is not None and before.printer is not None:
        before.printer.cancel(before.where)
    if spoiled:
        papers.spoiled(desk.office, session, named, why)
    to = way(desk)
    pdf = papers.print_receipt(desk.office, session, named, receipt_facts, reason=why, on=to.queue)
    return send(to, pdf, f"{received.code}-in-lai")


def call_list(desk: Desk, rounds: Sequence[Round]) -> Sent:
    """Prints the sheets that the heads of these hamlets carry; nothing of it is in any file's name."""
    agency = desk.office.commune().name
    pdf = call_list_pdf(call_sheets(rounds), agency=agency, made=desk.now())
    to = way(desk)
    return send(to._replace(queue=replace(to.queue, paper="a4")), pdf, "danh-sach-moi")


def label(desk: Desk, session: Session, dossier: bytes, code: str) -> Sent:
    """Records the label of a dossier's folder, and prints it."""
    to = way(desk, "labels")
    made = labels.print_label(
        desk.office, session, id_text(dossier), label_facts, printable_mm=to.queue.printable_mm
    )
    on = replace(to.queue, paper=desk.office.settings.label_stock)
    return send(Way(to.printer, on), made.pdf, f"{code}-nhan")


def copy(office: Office, session: Session, named: str, why: str, on: Queue | None = None) -> bytes:
    """Records a reprint with its reason; the PDF that is to be printed. `named` is a code or an id."""
    return papers.print_receipt(office, session, named, receipt_facts, reason=why, on=on)


def handover(desk: Desk, session: Session, named: Sequence[str]) -> Sent:
    """Records and prints the slip that the collector of these dossiers signs."""
    to = way(desk)
    pdf = handover_slip.print_handover(desk.office, session, named, handover_facts, on=to.queue)
    return send(to, pdf, "phieu-tra-ket-qua")


def send(to: Way, pdf: bytes, title: str) -> Sent:
    """Gives a paper to its printer. Raises CannotWrite, DiskFull."""
    where = to.printer.print(pdf, title, to.queue.paper)
    return Sent(where, isinstance(to.printer, FolderPrinter), to.printer)


def wished(desk: Desk, session: Session, named: str, code: str, why: str) -> Sent:
    """A receipt that the citizen asks for after all."""
    to = way(desk)
    return send(to, copy(desk.office, session, named, why, to.queue), code)
